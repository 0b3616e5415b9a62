"""LibreOffice takes seconds to start: it is asked only where a test is about it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from workbook_engine.verify import Why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(autouse=True)
def _without_libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.node.get_closest_marker("libreoffice"):
        monkeypatch.setattr("workbook_engine.verify.by_libreoffice", not_installed)


@contextlib.contextmanager
def not_installed(*_: object) -> Iterator[Callable[[], Why]]:
    yield lambda: Why.NOT_INSTALLED
