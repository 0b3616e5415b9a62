"""Where the files that come with the package lie: beside it in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """Return the path of a shipped template by its file name."""
    installed = _PACKAGE / "templates" / name
    return installed if installed.exists() else _PACKAGE.parent / "templates" / name


DATA_COLLECTION_TEMPLATE = "data_collection_template.xlsx"
FACTOR_LIBRARY = "factor_library.xlsx"
