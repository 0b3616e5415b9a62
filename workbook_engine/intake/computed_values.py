"""Which values of a workbook without formulas were typed: held against what the program writes from its inputs.

Such a workbook holds numbers alone in columns of formulas. What follows from a typed figure differs, too, but was not
typed: its formula looks at one that differs.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from workbook_engine.intake.formulas import area_of
from workbook_engine.patterns import pattern
from workbook_engine.spec.carried import root
from workbook_engine.spec.marks import computed_key
from workbook_engine.spec.own_words import carried_own

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook_engine.grid import Area, Book, Cell, Sheet

_SAME: Final = 1e-9  # relative: a figure that another program calculated again
_LEAST: Final = 1e-12  # figures below it are nothing
_MOST: Final = 0.5  # of the values of the sheets that differ: beyond, another version or other factors made them
_REFERENCE: Final = pattern(r"(?:'((?:[^']|'')+)'!)?(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])")

Place = tuple[str, int, int]  # sheet, row, column


def keeps_no_formulas(book: Book) -> bool:
    """Tell whether a results workbook has computed sheets, and no formula on any of them."""
    ours = [sheet for sheet in book.sheets if computed_key(sheet)]
    cells = (cell for sheet in ours for _, row in sheet.rows() for cell in row.values())
    return bool(carried_own(book)) and all(cell.formula is None for cell in cells)


def typed_values(book: Book, written: Book) -> frozenset[Place]:
    """Return the cells with a typed value in place of a formula's; `written` is what the program writes now.

    Empty where so many differ that something else made them.
    """
    there = {computed_key(sheet): sheet for sheet in book.sheets if computed_key(sheet)}
    differing: dict[Place, str] = {}  # of the sheets as the program names them -> the formula that stands there
    names: dict[str, str] = {}
    count = 0
    for sheet in written.sheets:
        now = there.get(computed_key(sheet))
        if now is None:
            continue
        names[sheet.name] = now.name
        formulas, columns = _of_formulas(sheet)
        for row, column, cell in _cells(now):
            if (row, column) in formulas:
                count += 1
                if not columns[column].has(cell):
                    differing[sheet.name, row, column] = formulas[row, column]
    if len(differing) > count * _MOST:
        return frozenset()
    places = _Places(differing)
    typed = (place for place, formula in differing.items() if not _follows(place, formula, places))
    return frozenset((names[sheet], row, column) for sheet, row, column in typed)


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    return ((row, column, cell) for row, cells in sheet.rows() for column, cell in cells.items())


def _of_formulas(sheet: Sheet) -> tuple[dict[tuple[int, int], str], dict[int, _Column]]:
    """Return the formulas by their places, and the values that they have by columns."""
    formulas: dict[tuple[int, int], str] = {}
    values: dict[int, list[object]] = {}
    for row, column, cell in _cells(sheet):
        if cell.formula is not None:
            formulas[row, column] = cell.formula
            values.setdefault(column, []).append(cell.value)
    return formulas, {column: _Column(of_column) for column, of_column in values.items()}


class _Column:
    """The values of a column's formulas, wherever their rows went."""

    def __init__(self, values: Iterable[object]) -> None:
        values = list(values)
        self._texts = {root(value) for value in values if isinstance(value, str)}
        self._numbers = sorted(float(value) for value in values if isinstance(value, int | float))

    def has(self, cell: Cell) -> bool:
        """Tell whether a value is one of the column's."""
        if isinstance(cell.value, str):
            return cell.is_blank or root(cell.value) in self._texts
        number = float(cell.value or 0)
        if not number and self._texts:
            return True  # what LibreOffice writes into an .xls for a text that a formula gives
        place = bisect_left(self._numbers, number)
        near = self._numbers[max(place - 1, 0) : place + 1]
        return any(math.isclose(number, value, rel_tol=_SAME, abs_tol=_LEAST) for value in near)


class _Places:
    """Cells, found by the areas that formulas look at."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._rows: dict[str, dict[int, list[int]]] = {}  # by sheet and column, in order
        for sheet, row, column in sorted(places):
            self._rows.setdefault(sheet, {}).setdefault(column, []).append(row)

    def others_in(self, sheet: str, area: Area, place: Place) -> bool:
        """Tell whether another cell than `place` lies in an area of a sheet."""
        count = 0
        for column, rows in self._rows.get(sheet, {}).items():
            if area.first_column <= column <= area.last_column:
                count += bisect_right(rows, area.last_row) - bisect_left(rows, area.first_row)
        is_in_itself = (
            place[0] == sheet
            and area.first_row <= place[1] <= area.last_row
            and area.first_column <= place[2] <= area.last_column
        )
        return count > is_in_itself


def _follows(place: Place, formula: str, places: _Places) -> bool:
    """Tell whether a formula looks at another cell that differs."""
    for sheet, reference in _REFERENCE.findall(formula):
        area = area_of(reference)
        if area and places.others_in(sheet.replace("''", "'") or place[0], area, place):
            return True
    return False
