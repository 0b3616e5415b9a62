"""Cells held against each other: what counts as the same, and which differences only follow from others."""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from workbook_engine.grid import MAX_ROW, address, column_number
from workbook_engine.verify.result import Difference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from workbook_engine.grid import Book, Cell, Sheet

TOLERANCE = 1e-9  # relative: two engines round differently in the last binary digits
SMALLEST = 1e-12  # kgCO2e: below it two figures are both nothing

NOISE = 1e-13  # of a figure: what double precision leaves uncertain in it after many steps
MAGNIFIED = 10.0  # what is computed from a rounded figure may be so much farther off than that

Place = tuple[str, int, int]  # sheet, row, column
Area = tuple[str, int, int, int, int]

Look = Callable[[Iterable[Place]], Mapping[Place, object]]
"""Cells -> what those of them that are there hold."""

Cells = dict[tuple[int, int], "Cell"]
"""(row, column) -> cell of one sheet."""

Line = Mapping[int, "Cell"]
"""Column -> cell of one row."""

A = TypeVar("A")
B = TypeVar("B")

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


def cells_by_place(sheet: Sheet) -> Cells:
    """Return all cells of a sheet."""
    return {(row, column): cell for row, cells in sheet.rows() for column, cell in cells.items()}


def values_at(book: Book, places: Iterable[Place]) -> dict[Place, object]:
    """Return what cells of a book hold: of those that are there, in one pass over each of their sheets."""
    wanted = _by_sheet(places)
    return {
        (sheet.name, row, column): cells[column].value
        for sheet in book.sheets
        if (rows := wanted.get(sheet.name))
        for row, cells in sheet.rows()
        for column in rows.get(row, ())
        if column in cells
    }


def values_among(
    values: Callable[[str], Iterable[tuple[int, Mapping[int, object]]]], places: Iterable[Place]
) -> dict[Place, object]:
    """Return the same of values that are given by sheet, as rows from above."""
    return {
        (name, row, column): there[column]
        for name, rows in _by_sheet(places).items()
        for row, there in values(name)
        for column in rows.get(row, ())
        if column in there
    }


def _by_sheet(places: Iterable[Place]) -> dict[str, dict[int, list[int]]]:
    wanted: dict[str, dict[int, list[int]]] = {}
    for name, row, column in places:
        wanted.setdefault(name, {}).setdefault(row, []).append(column)
    return wanted


def side_by_side(
    one: Iterable[tuple[int, Mapping[int, A]]], other: Iterable[tuple[int, Mapping[int, B]]]
) -> Iterator[tuple[int, Mapping[int, A], Mapping[int, B]]]:
    """Yield the rows of two sheets in their order: number, what the one has in its columns, what the other."""
    ones, others = iter(one), iter(other)
    no_one: tuple[int, Mapping[int, A]] = (MAX_ROW + 1, {})
    no_other: tuple[int, Mapping[int, B]] = (MAX_ROW + 1, {})
    (row, cells), (at, opposite) = next(ones, no_one), next(others, no_other)
    while (first := min(row, at)) <= MAX_ROW:
        yield first, (cells if row == first else {}), (opposite if at == first else {})
        if row == first:
            row, cells = next(ones, no_one)
        if at == first:
            at, opposite = next(others, no_other)


class Places:
    """Cells by sheet and column, to find at once which of them lie in an area."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._rows: dict[str, dict[int, list[int]]] = {}
        for sheet, row, column in places:
            self._rows.setdefault(sheet, {}).setdefault(column, []).append(row)
        for columns in self._rows.values():
            for rows in columns.values():
                rows.sort()

    def within(self, area: Area) -> Iterator[Place]:
        """Yield those that lie in an area."""
        sheet, top, left, bottom, right = area
        for column, rows in self._rows.get(sheet, {}).items():
            if left <= column <= right:
                for row in itertools.islice(rows, bisect.bisect_left(rows, top), bisect.bisect_right(rows, bottom)):
                    yield sheet, row, column

    def are_in(self, area: Area) -> bool:
        """Tell whether any lies in an area."""
        return any(True for _ in self.within(area))


def followers(differing: Iterable[Place], formulas: Mapping[Place, Cell], sheets: Collection[str] = ()) -> set[Place]:
    """Return the cells whose formulas refer to others of them, or to one of `sheets`."""
    places = list(differing)
    known = Places(places)
    return {
        place
        for place in places
        if place in formulas
        and any(area[0] in sheets or known.are_in(area) for area in _areas(place[0], formulas[place].formula or ""))
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


def rounding(differing: Mapping[Place, float], formulas: Mapping[Place, Cell], look: Look) -> set[Place]:
    """Return those of the differing cells (with how far they are apart, relatively) that only rounding tells apart.

    A small difference of large figures has few digits: what an engine rounds in the last digit of a total of 20,000 is
    a millionth of a change of 0.00001. So has what is computed from such a difference. `look` tells what cells hold.
    """
    areas = {place: _areas(place[0], formulas[place].formula or "") for place in differing if place in formulas}
    values = look({*areas, *(area[:3] for found in areas.values() for area in found)})
    excused: set[Place] = set()
    for place, found in areas.items():
        stored, other = formulas[place].value, values.get(place)
        if not isinstance(stored, int | float) or not isinstance(other, int | float):
            continue
        sizes = [abs(size) for area in found if isinstance(size := values.get(area[:3]), int | float)]
        is_difference = not set("*/") & set(formulas[place].formula or "")
        if is_difference and sizes and abs(stored - other) <= NOISE * max(sizes):
            excused.add(place)
    pending = bool(excused)
    while pending:
        known = Places(excused)
        more = {
            place
            for place, found in areas.items()
            if place not in excused
            and any(differing[place] <= MAGNIFIED * differing[other] for area in found for other in known.within(area))
        }
        excused |= more
        pending = bool(more)
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
