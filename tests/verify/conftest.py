"""LibreOffice takes seconds to start: it is asked only where a test is about it."""

from __future__ import annotations

import pytest

from workbook_engine.verify import Why


@pytest.fixture(autouse=True)
def _without_libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.node.get_closest_marker("libreoffice"):
        monkeypatch.setattr("workbook_engine.verify.by_libreoffice", lambda _: Why.NOT_INSTALLED)
