"""The marks in column A by which the program knows its own sheets again."""

from __future__ import annotations

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
