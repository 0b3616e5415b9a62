"""What formulas look at: cells that are all empty, so that 0 stands for nothing, and numbers that a sum passes over.

A program shows 0 for a formula whose cells are empty; for a footprint that is a missing figure, not a zero. And SUM
adds what is stored as numbers alone: “1,250” that is stored as text shows in the column and not in its sum.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.intake.references import areas, has_whole_columns, names_in, without_texts
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Book, Cell, Sheet
    from workbook_engine.intake.references import Place

_SUMS = pattern(r"\b(?:SUM|SUBTOTAL|AVERAGE|PRODUCT|SUMPRODUCT)\s*\(", re.IGNORECASE)
# What a formula's text does not tell the cells of: other workbooks, structured references, addresses made of text.
_ELSEWHERE = pattern(r"\[|\b(?:INDIRECT|OFFSET)\s*\(", re.IGNORECASE)
_NUMBER = pattern(r"[约≈~]?\s*[-+]?\d[\d,.\s]*[万亿]?\s*(?:[A-Za-z%度吨升台套件只]|千瓦时|立方米?|公斤|千克){0,6}")
# Beyond them no formula is followed: cells that formulas look at, in all; cells of a sheet, which all come into memory.
_MOST_CELLS, _MOST_OF_SHEET = 500_000, 200_000


@frozen
class LookedAt:
    """What the formulas of a workbook's inputs look at, where it is not what they show."""

    nothing: frozenset[Place]  # formulas all of whose cells are empty, directly or through other such formulas
    passed_over: Mapping[Place, tuple[Place, str]]  # a sum -> the first number stored as text in its cells, as typed


def looked_at(zeros: Mapping[Place, str], others: Mapping[Place, str], book: Book) -> LookedAt:
    """Look at the cells of formulas: `zeros` are those whose value is 0 or not known, `others` the rest."""
    sums = {place: text for place, text in {**others, **zeros}.items() if _SUMS.search(text)}
    if not sums and not zeros:
        return LookedAt(frozenset(), {})
    seen = _Cells(book)
    nothing = frozenset(place for place, text in zeros.items() if seen.has_nothing(place, text))
    return LookedAt(nothing, {place: text for place in sums if (text := seen.text_number(place, sums[place]))})


class _Cells:
    """The cells of a workbook, for formulas that look at them; each sheet is gone through when first asked for."""

    def __init__(self, book: Book) -> None:
        self._names = book.names
        self._sheets = {sheet.name: sheet for sheet in book.sheets}
        self._rows: dict[str, Mapping[int, Mapping[int, Cell]] | None] = {}
        self._left = _MOST_CELLS
        self._followed: dict[Place, bool] = {}

    def has_nothing(self, place: Place, formula: str) -> bool:
        """Tell whether a formula looks at cells, and all of them are empty or formulas that look at nothing."""
        if place not in self._followed:
            self._followed[place] = False  # while it is followed: a circle is told as that
            cells = self._cells(place[0], formula)
            self._followed[place] = cells is not None and all(
                cell is None or cell.is_blank or (self._is_zero(cell) and self.has_nothing(where, cell.formula or ""))
                for where, cell in cells
            )
        return self._followed[place]

    def text_number(self, place: Place, formula: str) -> tuple[Place, str] | None:
        """Return the first number stored as text in the ranges of a sum."""
        for where, cell in self._cells(place[0], formula, ranges_alone=True) or ():
            if cell is not None and cell.kind == "text" and _is_number(str(cell.value)):
                return where, str(cell.value)
        return None

    @staticmethod
    def _is_zero(cell: Cell) -> bool:
        return cell.formula is not None and (cell.kind == "uncached" or (cell.kind == "number" and not cell.value))

    def _cells(self, sheet: str, formula: str, *, ranges_alone: bool = False) -> list[tuple[Place, Cell | None]] | None:
        """Return the cells that a formula looks at; None where they are none, too many, or not all known."""
        bare = without_texts(formula)
        behind = [self._names[name] for name in names_in(bare, self._names)]
        if any(_ELSEWHERE.search(text) or has_whole_columns(text) for text in (bare, *behind)):
            return None
        found: list[tuple[Place, Cell | None]] = []
        for name, first_row, first_column, last_row, last_column in areas(formula, sheet, self._names):
            count = (last_row - first_row + 1) * (last_column - first_column + 1)
            if ranges_alone and count == 1:
                continue
            self._left -= count
            rows = self._rows_of(name) if self._left >= 0 else None
            if rows is None:
                return None
            for row in range(first_row, last_row + 1):
                cells = rows.get(row, {})
                found += [((name, row, column), cells.get(column)) for column in range(first_column, last_column + 1)]
        return found or None

    def _rows_of(self, sheet: str) -> Mapping[int, Mapping[int, Cell]] | None:
        """Return the rows of a sheet; None where the workbook has no such sheet, or it is too large."""
        if sheet not in self._rows:
            self._rows[sheet] = _rows(self._sheets[sheet]) if sheet in self._sheets else None
        return self._rows[sheet]


def _rows(sheet: Sheet) -> dict[int, Mapping[int, Cell]] | None:
    rows: dict[int, Mapping[int, Cell]] = {}
    count = 0
    for row, cells in sheet.rows():
        rows[row] = cells
        count += len(cells)
        if count > _MOST_OF_SHEET:
            return None
    return rows


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(simplified(unicodedata.normalize("NFKC", text).strip())) is not None
