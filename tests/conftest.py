"""Shared by all tests: LibreOffice, where it is installed; Ctrl-C, which stops the program."""

from __future__ import annotations

import os
import shutil
import signal

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip LibreOffice's tests with a reason where it is absent; where CI wants them, they must run."""
    if shutil.which("soffice") or os.environ.get("REQUIRE_LIBREOFFICE"):
        return
    skip = pytest.mark.skip(reason="LibreOffice (soffice) is not installed")
    for item in items:
        if item.get_closest_marker("libreoffice"):
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def _heard() -> None:
    """Hear Ctrl-C, as in a terminal: tests begun in the background of a script inherit that it is ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
