"""Read a number from a cell.

A number stored as a number is taken as it is, a text is read by the rules of number_texts.py, anything else (an error
value, a date, TRUE, a formula that was never calculated) is a finding.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.grid import shown_date
from workbook_engine.normalize.number_formats import read_formatted
from workbook_engine.normalize.number_readings import BLANK, NumberKind, NumberReading, unclear
from workbook_engine.normalize.number_texts import read_number_text
from workbook_engine.normalize.wording import figure, uncalculated

if TYPE_CHECKING:
    from workbook_engine.findings import FindingType
    from workbook_engine.grid import Cell

__all__ = ["NumberKind", "NumberReading", "plain_number", "read_number", "read_number_text"]


def plain_number(cell: Cell | None) -> float | None:
    """Return the value of a cell that shows a finite number and no more, else None: the fast way of `read_number`."""
    if cell is None or cell.kind != "number" or cell.format or not isinstance(cell.value, float | int):
        return None
    return cell.value if math.isfinite(cell.value) else None


def read_number(cell: Cell | None, *, date1904: bool = False) -> NumberReading:
    """Return what a cell says where a number belongs. Never raises, never returns NaN or an infinite value.

    `date1904`: the workbook counts days from 1904; what is said of a date in the place of a number shows the date.
    """
    value = plain_number(cell)
    if value is not None:
        return NumberReading("number", value)
    if cell is None:
        return BLANK
    if cell.format and cell.kind == "number" and isinstance(cell.value, float | int) and math.isfinite(cell.value):
        return read_formatted(cell.value, cell.format)
    if cell.kind == "text":
        return read_number_text(str(cell.value))
    if cell.kind == "uncached":
        return unclear(*uncalculated(cell.formula or ""))
    return unclear(_shown(cell, date1904=date1904), _NO_TEXT[cell.kind])


def _shown(cell: Cell, *, date1904: bool) -> str:
    """Return what a cell that holds no number and no text shows: an error's code, TRUE, a date."""
    if not isinstance(cell.value, float) or not math.isfinite(cell.value):
        return str(cell.value).upper() if cell.kind == "bool" else str(cell.value)
    return shown_date(cell.value, date1904=date1904) if cell.kind == "date" else figure(cell.value)


_NO_TEXT: dict[str, FindingType] = {
    "error": catalogue.CELL_ERROR,
    "bool": catalogue.BOOLEAN_FOR_NUMBER,
    "date": catalogue.DATE_FOR_NUMBER,
    "invalid": catalogue.INVALID_VALUE,
    "number": catalogue.INVALID_VALUE,  # NaN or infinite
}
