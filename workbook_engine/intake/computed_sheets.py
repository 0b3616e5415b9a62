"""What somebody typed on the computed sheets of a results workbook that is handed in again: nothing on them is input.

The workbook carries along what the program wrote on each of them (`spec.own_words`). A sheet may have lost rows, gained
some, been sorted, copied or renamed, and its formulas may have other values: what counts is that a text or a number,
which no formula gives, is none of its column's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import address
from workbook_engine.intake.binding.answers import OF_RESULTS, is_answer, samples
from workbook_engine.intake.binding.result import listed
from workbook_engine.spec.marks import computed_key
from workbook_engine.spec.own_words import carried_own, has

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from workbook_engine.grid import Book, Cell, Sheet
    from workbook_engine.spec.own_words import OwnWords


class _Typed(NamedTuple):
    row: int
    column: int
    cell: Cell


def typed_on_computed_sheets(book: Book, told: Collection[CellRef | None] = ()) -> Iterator[Finding]:
    """Yield one finding for each computed sheet on which somebody typed; none for the cells that were `told` already.

    A workbook of a version that carried nothing along, and a study so large that it was streamed, gives none.
    """
    own = carried_own(book)
    looked_at = [_Looked(sheet, words) for sheet in book.sheets if (words := own.get(computed_key(sheet)))]
    is_live = any(each.formulas for each in looked_at)
    for each in looked_at:
        sheet = each.sheet
        is_told = is_answer(sheet) if computed_key(sheet) == OF_RESULTS else lambda *_: False
        places = ((CellRef(sheet.name, at.row, at.column), at) for at in each.typed(is_live=is_live))
        typed = [(where, at) for where, at in places if where not in told and not is_told(*at)]
        if typed:
            cells = listed(address(at.row, at.column) for _, at in typed)
            params = {"count": len(typed), "cells": cells, "typed": samples(at.cell for _, at in typed)}
            yield Finding(catalogue.TYPED_ON_RESULTS, typed[0][0], params)


class _Looked:
    """A computed sheet that was looked at: its cells that hold what the program did not write there."""

    def __init__(self, sheet: Sheet, words: OwnWords) -> None:
        self.sheet = sheet
        self.formulas = self.own = 0  # cells
        self._words = words
        self._strange: list[_Typed] = []
        for row, cells in sheet.rows():
            for column, cell in cells.items():
                if not self._is_own(column, cell):
                    self._strange.append(_Typed(row, column, cell))

    def _is_own(self, column: int, cell: Cell) -> bool:
        if cell.formula is not None:
            self.formulas += 1
            return column in self._words.formulas
        is_own = cell.is_blank or has(self._words, _value(cell), column)
        self.own += is_own
        return is_own

    def typed(self, *, is_live: bool) -> Iterator[_Typed]:
        """Yield what somebody typed; `is_live` says that the workbook has formulas on any such sheet."""
        elsewhere = self._in_other_columns()
        is_shifted = len(elsewhere) > self.own  # columns were inserted, deleted or swapped
        values = [] if self.formulas else [each for each in self._strange if self._may_be_value(each)]
        is_values_only = len(values) > is_live  # pasted, or a format that keeps no formulas: one cell alone is typed
        for each in self._strange:
            is_moved = each in elsewhere and (is_shifted or each.cell.kind == "text")
            is_unsure = is_shifted and (is_values_only or each.cell.formula is not None)
            if not is_moved and not is_unsure and not (is_values_only and each in values):
                yield each

    def _may_be_value(self, typed: _Typed) -> bool:
        words = self._words
        return typed.column in (words.worded if typed.cell.kind == "text" else words.formulas)

    def _in_other_columns(self) -> set[_Typed]:
        """Return those that the program wrote on that sheet in another column."""
        columns = range(1, max((each.column for each in self._strange), default=0) + 2)
        return {
            each
            for each in self._strange
            if each.cell.formula is None and any(has(self._words, _value(each.cell), at) for at in columns)
        }


def _value(cell: Cell) -> float | str:
    return cell.value if isinstance(cell.value, str) else float(cell.value or 0)
