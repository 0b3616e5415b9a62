"""The same workbook as openpyxl reads it, in the terms of `Cell`, and where the two differ."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.grid import Book

Seen = tuple[object, str | None]  # value, formula


class Difference(NamedTuple):
    sheet: str
    row: int
    column: int
    ours: Seen | None
    theirs: Seen | None


def differences(data: bytes, book: Book) -> list[Difference]:
    """Return every cell that the two read differently, in either direction."""
    ours, theirs = dict(our_cells(book)), dict(openpyxl_cells(data))
    return [
        Difference(*place, ours.get(place), theirs.get(place))
        for place in sorted(ours.keys() | theirs.keys())
        if not _same(ours.get(place), theirs.get(place))
    ]


def our_cells(book: Book) -> Iterator[tuple[tuple[str, int, int], Seen]]:
    for sheet in book.sheets:
        for row, cells in sheet.rows():
            for column, cell in cells.items():
                yield (sheet.name, row, column), (cell.value, cell.formula)


def openpyxl_cells(data: bytes) -> Iterator[tuple[tuple[str, int, int], Seen]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formulas = openpyxl.load_workbook(io.BytesIO(data))
        values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    epoch = CALENDAR_MAC_1904 if values.epoch == CALENDAR_MAC_1904 else CALENDAR_WINDOWS_1900
    for sheet in formulas.worksheets:
        cached = values[sheet.title]._cells
        for place, cell in sheet._cells.items():
            seen = (_plain(cached[place].value, epoch), _formula(cell))
            if seen != (None, None):
                yield (sheet.title, *place), seen


def _formula(cell: object) -> str | None:
    value = cell.value
    if isinstance(value, ArrayFormula):
        return (value.text or "").removeprefix("=")
    if isinstance(value, DataTableFormula):
        return f"TABLE({value.r1 or ''},{value.r2 or ''})"
    return value[1:] if cell.data_type == "f" else None


def _plain(value: object, epoch: dt.datetime) -> object:
    """Return dates as serial numbers, everything else as it is."""
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return to_excel(value, epoch)
    return value


def _same(ours: Seen | None, theirs: Seen | None) -> bool:
    if ours is None or theirs is None:
        return ours == theirs
    numbers = isinstance(ours[0], float) and isinstance(theirs[0], int | float) and not isinstance(theirs[0], bool)
    # openpyxl rounds dates to the microsecond
    return ours[1] == theirs[1] and (
        abs(ours[0] - theirs[0]) <= 1e-11 * max(1.0, abs(ours[0])) if numbers else ours[0] == theirs[0]
    )
