"""Which values of a workbook without formulas were typed: held against what the program writes from its inputs.

Formats without formulas (.xls, .xlsb) and workbooks whose formulas became values hold numbers alone in columns of
formulas. What follows from a typed figure differs, too, but was not typed: its formula looks at one that differs.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.intake.formulas import area_of
from workbook_engine.patterns import pattern
from workbook_engine.spec.carried import root
from workbook_engine.spec.marks import computed_key
from workbook_engine.spec.own_words import carried_own

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook_engine.grid import Book, Cell, Sheet

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
        formulas, values = _of_formulas(sheet)
        for row, column, cell in _cells(now):
            if (row, column) in formulas:
                count += 1
                if not _is_among(cell, values[column]):
                    differing[sheet.name, row, column] = formulas[row, column]
    if len(differing) > count * _MOST:
        return frozenset()
    typed = (place for place, formula in differing.items() if not _follows(place, formula, differing))
    return frozenset((names[sheet], row, column) for sheet, row, column in typed)


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    return ((row, column, cell) for row, cells in sheet.rows() for column, cell in cells.items())


def _of_formulas(sheet: Sheet) -> tuple[dict[tuple[int, int], str], dict[int, list[object]]]:
    """Return the formulas by their places, and the values that they have by columns."""
    formulas: dict[tuple[int, int], str] = {}
    values: dict[int, list[object]] = {}
    for row, column, cell in _cells(sheet):
        if cell.formula is not None:
            formulas[row, column] = cell.formula
            values.setdefault(column, []).append(cell.value)
    return formulas, values


def _is_among(cell: Cell, values: Iterable[object]) -> bool:
    """Tell whether a value is one of the column's, wherever its row went."""
    if isinstance(cell.value, str):
        texts = {root(value) for value in values if isinstance(value, str)}
        return cell.is_blank or root(cell.value) in texts
    number = float(cell.value or 0)
    if not number and any(isinstance(value, str) for value in values):
        return True  # what LibreOffice writes into an .xls for a text that a formula gives
    return any(
        math.isclose(number, value, rel_tol=_SAME, abs_tol=_LEAST) for value in values if isinstance(value, int | float)
    )


def _follows(place: Place, formula: str, differing: Iterable[Place]) -> bool:
    """Tell whether a formula looks at a cell that differs."""
    for sheet, reference in _REFERENCE.findall(formula):
        area = area_of(reference)
        name = sheet.replace("''", "'") or place[0]
        if area and any(
            other[0] == name
            and area.first_row <= other[1] <= area.last_row
            and area.first_column <= other[2] <= area.last_column
            for other in differing
            if other != place
        ):
            return True
    return False
