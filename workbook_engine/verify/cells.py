"""Cells held against each other: what counts as the same, and which differences only follow from others."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_engine.grid import address, column_number
from workbook_engine.verify.result import Difference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from workbook_engine.grid import Book, Cell

TOLERANCE = 1e-9  # relative: two engines round differently in the last binary digits
SMALLEST = 1e-12  # kgCO2e: below it two figures are both nothing
MOST_TRACED = 3_000  # differing cells of which it is worked out which follow from which

NOISE = 1e-13  # of a figure: what double precision leaves uncertain in it after many steps
MAGNIFIED = 10.0  # what is computed from a rounded figure may be so much farther off than that

Place = tuple[str, int, int]  # sheet, row, column
Area = tuple[str, int, int, int, int]

Values = Mapping[Place, object]

_LONG_NUMBER = re.compile(r"(?<![\w.$])(?:\d+\.\d+(?:E[+-]?\d+)?|\d+E[+-]?\d+)(?![\w.])")
_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d*"
_REFERENCE = re.compile(
    rf"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!)?(?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w(])"
)


def cells_of(book: Book) -> Iterator[tuple[Place, Cell]]:
    """Yield every cell of a book."""
    for sheet in book.sheets:
        for row, cells in sheet.rows():
            for column, cell in cells.items():
                yield (sheet.name, row, column), cell


def followers(differing: Collection[Place], formulas: Mapping[Place, Cell], sheets: Collection[str] = ()) -> set[Place]:
    """Return the cells whose formulas refer to others of them, or to one of `sheets`.

    None where they are so many that this would be slow.
    """
    if len(differing) > MOST_TRACED:
        return set()
    return {
        place
        for place in differing
        if any(
            area[0] in sheets or any(_lies_in(other, area) for other in differing)
            for area in _areas(place[0], formulas[place].formula or "" if place in formulas else "")
        )
    }


def _areas(sheet: str, formula: str) -> list[Area]:
    """Return the areas that a formula refers to, as (sheet, first row, first column, last row, last column)."""
    areas: list[Area] = []
    for found in _REFERENCE.finditer(formula):
        name = (found["quoted"] or "").replace("''", "'") or found["plain"] or sheet
        first, last = found["first"], found["last"] or found["first"]
        areas.append((name, *_row_column(first), *_row_column(last)))
    return areas


def _row_column(cell: str) -> tuple[int, int]:
    letters = cell.replace("$", "").rstrip("0123456789")
    return int(cell.replace("$", "").removeprefix(letters)), column_number(letters)


def _lies_in(place: Place, area: Area) -> bool:
    sheet, row, column = place
    return sheet == area[0] and area[1] <= row <= area[3] and area[2] <= column <= area[4]


def rounding(differing: Mapping[Place, float], formulas: Mapping[Place, Cell], values: Values) -> set[Place]:
    """Return those of the differing cells (with how far they are apart, relatively) that only rounding tells apart.

    A small difference of large figures has few digits: what an engine rounds in the last digit of a total of 20,000 is
    a millionth of a change of 0.00001. So has what is computed from such a difference.
    """
    if len(differing) > MOST_TRACED:
        return set()
    areas = {place: _areas(place[0], formulas[place].formula or "") for place in differing if place in formulas}
    excused: set[Place] = set()
    for place, found in areas.items():
        stored, other = formulas[place].value, values.get(place)
        if not isinstance(stored, int | float) or not isinstance(other, int | float):
            continue
        sizes = [abs(size) for area in found if isinstance(size := values.get(area[:3]), int | float)]
        is_difference = not set("*/") & set(formulas[place].formula or "")
        if is_difference and sizes and abs(stored - other) <= NOISE * max(sizes):
            excused.add(place)
    pending = len(excused)
    while pending:
        more = {
            place
            for place, found in areas.items()
            if place not in excused
            and any(
                _lies_in(other, area) and differing[place] <= MAGNIFIED * differing[other]
                for area in found
                for other in excused
            )
        }
        excused |= more
        pending = len(more)
    return excused


def distance(stored: object, other: object) -> float:
    """Return the relative difference of two figures; infinity where one is no figure or two texts differ."""
    if isinstance(stored, int | float) and isinstance(other, int | float):
        return abs(stored - other) / max(abs(stored), abs(other), SMALLEST)
    return 0.0 if (stored or "") == (other or "") else math.inf


def difference(place: Place, stored: str, expected: str, *, follows: bool = False) -> Difference:
    """Return the difference of a place; its column is 0 where it is a whole row."""
    sheet, row, column = place
    cell = address(row, column) if column else f"{row}:{row}"
    return Difference(sheet, cell, stored, expected, follows)


def shown(value: object) -> str:
    """Return a cell's value as a report shows it."""
    return f"{value:.12g}" if isinstance(value, float) else str("" if value is None else value)


def content(cell: Cell | None) -> str:
    """Return a cell's formula, or its value where it has none, as a report shows it."""
    if cell is None:
        return ""
    return f"={cell.formula}" if cell.formula is not None else shown(cell.value)


def plain(formula: str | None) -> str | None:
    """Return a formula as programs differ not in writing it: no quotes round sheet names, no spaces, upper case.

    Numbers are as LibreOffice writes them, to 15 digits. What stands in double quotes is left alone: it is text.
    """
    if formula is None:
        return None
    parts = formula.split('"')
    parts[::2] = [_LONG_NUMBER.sub(_shortened, re.sub(r"['\s]", "", part).upper()) for part in parts[::2]]
    return '"'.join(parts)


def _shortened(number: re.Match[str]) -> str:
    return f"{float(number[0]):.15g}"
