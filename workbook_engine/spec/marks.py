"""The marks by which the program knows its own sheets, and what it wrote on a list, again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from workbook_engine.spec.schema import MARK_RESULTS

if TYPE_CHECKING:
    from workbook_engine.grid import Sheet


def computed_key(sheet: Sheet) -> str:
    """Return which sheet of a results workbook this is ("summary", …); "" for a sheet that nobody computed."""
    first = next(sheet.rows(), None)
    cell = first[1].get(1) if first and first[0] == 1 else None
    mark = str(cell.value) if cell else ""
    return mark.removeprefix(MARK_RESULTS) if mark.startswith(MARK_RESULTS) else ""


def own_text(place: object, column: int, content: object) -> str:
    """Return the digest of what a list says in a column of the row about a place.

    A list keeps those of its own texts: what somebody typed over one has another, wherever the row was sorted to.
    """
    said = f"{content:.12g}" if isinstance(content, int | float) else " ".join(str(content).split())
    return hashlib.sha256(f"{place or ''}\n{column}\n{said}".encode()).hexdigest()[:8]
