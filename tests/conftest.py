"""Shared by all tests: LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip LibreOffice's tests with a reason where it is absent; where CI wants them, they must run."""
    if shutil.which("soffice") or os.environ.get("REQUIRE_LIBREOFFICE"):
        return
    skip = pytest.mark.skip(reason="LibreOffice (soffice) is not installed")
    for item in items:
        if item.get_closest_marker("libreoffice"):
            item.add_marker(skip)
