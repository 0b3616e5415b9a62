"""What somebody typed on the computed sheets of a results workbook that is handed in again: nothing on them is input.

The workbook carries along what the program wrote on each of them (`spec.own_words`). A sheet may have lost rows, gained
some, been sorted, copied or renamed, and its formulas may have other values: what counts is that a text or a number,
which no formula gives, is none of its column's.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Cell, address
from workbook_engine.intake.binding.answers import OF_RESULTS, is_answer, samples
from workbook_engine.intake.binding.marks import MARK_PREFIX
from workbook_engine.intake.binding.result import listed
from workbook_engine.spec.marks import computed_key
from workbook_engine.spec.own_formulas import LOST, kind_of
from workbook_engine.spec.own_words import carried_own, has, has_kind, knows
from workbook_engine.spec.schema import MARK_RESULTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from workbook_engine.grid import Book, Row, Sheet
    from workbook_engine.intake.computed_values import Place
    from workbook_engine.spec.own_words import OwnWords


_TOP: Final = 6  # rows
_FEWEST: Final = 5  # texts by which a sheet is known
_NEARLY_ALL: Final = 0.7  # of its texts
_FIRST: Final = 40  # rows by whose texts a sheet is known: of a streamed one these have digests of their own
_AT_HAND: Final = 5_000  # contents of a sheet that are not looked up again
_MOST: Final = 20_000  # strange cells of a sheet that are kept


class _Typed(NamedTuple):
    row: int
    column: int
    cell: Cell


def typed_on_computed_sheets(
    book: Book, told: Collection[CellRef | None] = (), values: Collection[Place] = ()
) -> Iterator[Finding]:
    """Yield one finding for each computed sheet on which somebody typed; none for the cells that were `told` already.

    `values` are those that were typed in place of formulas, in a workbook that has none.

    A workbook of a version that carried nothing along gives none.
    """
    own = carried_own(book)
    looked_at = [_Looked(sheet, words) for sheet in book.sheets if (words := own.get(computed_key(sheet)))]
    is_live = any(each.formulas for each in looked_at)
    for each in looked_at:
        sheet = each.sheet
        is_told = is_answer(sheet) if computed_key(sheet) == OF_RESULTS else lambda *_: False
        places = ((CellRef(sheet.name, at.row, at.column), at) for at in each.typed(values, is_live=is_live))
        typed = [(where, at) for where, at in places if where not in told and not is_told(*at)]
        if typed:
            cells = listed(address(at.row, at.column) for _, at in typed)
            params = {
                "count": len(typed),
                "cells": cells,
                "typed": samples((at.cell for _, at in typed), date1904=book.date1904),
            }
            yield Finding(catalogue.TYPED_ON_RESULTS, typed[0][0], params)


class _Looked:
    """A computed sheet that was looked at: its cells that hold what the program did not write there."""

    def __init__(self, sheet: Sheet, words: OwnWords) -> None:
        self.sheet = sheet
        self.formulas = self.own = 0  # cells
        self._words = words
        self._seen: dict[tuple[int, object], bool] = {}  # contents of ours -> whether the sheet has digests of them
        self._texts: Counter[int] = Counter()  # of a column's own, those of which the sheet has digests
        self._strange: list[_Typed] = []
        self._alike: list[tuple[_Typed, int]] = []  # formulas that look at another column than ours, with their kind
        self._kinds: set[tuple[int, int]] = set()  # columns and kinds of the formulas that are ours
        for row, cells in sheet.rows():
            for column, cell in cells.items():
                is_own = self._is_own(column, cell) if cell.formula is None else self._is_own_formula(row, column, cell)
                if not is_own and len(self._strange) < _MOST:
                    self._strange.append(_Typed(row, column, cell))

    def _is_own(self, column: int, cell: Cell) -> bool:
        content = (column, cell.value)
        is_here = self._seen.get(content)
        if is_here is None:
            if cell.is_blank:
                return True
            value = _value(cell)
            is_here = has(self._words, value, column)
            if not is_here and not knows(self._words, value, column):
                return False
            if len(self._seen) >= _AT_HAND:
                self._seen.clear()
            self._seen[content] = is_here
        self.own += is_here
        if is_here and cell.kind == "text":
            self._texts[column] += 1
        return True

    def _is_own_formula(self, row: int, column: int, cell: Cell) -> bool:
        """Tell whether a formula may be ours: in a column of formulas, and of a kind that the column has."""
        assert cell.formula is not None  # noqa: S101 - for the type checker: the caller has looked
        self.formulas += 1
        words = self._words
        if column not in words.formulas:
            return False
        if not words.kinds or LOST in cell.formula:
            return True
        kind = kind_of(cell.formula)
        if has_kind(words, kind, column, with_columns=True):
            self._kinds.add((column, kind.without))
            return True
        if has_kind(words, kind, column, with_columns=False):
            if len(self._alike) < _MOST:
                self._alike.append((_Typed(row, column, cell), kind.without))
            return True
        return False

    def typed(self, typed_values: Collection[Place], *, is_live: bool) -> Iterator[_Typed]:
        """Yield what somebody typed; `is_live` says that the workbook has formulas on any such sheet."""
        elsewhere = self._in_other_columns()
        is_all_shifted = len(elsewhere) > self.own  # columns were inserted, deleted or swapped
        shifted = self._shifted(elsewhere)
        strange = [] if self.formulas else [each for each in self._strange if self._may_be_value(each)]
        values = [each for each in strange if (self.sheet.name, each.row, each.column) not in typed_values]
        is_values_only = len(values) > is_live  # pasted, or a format that keeps no formulas: one cell alone is typed
        # Columns that were inserted, wherever, change the letters in all formulas of a kind: one among others is typed.
        looks_aside = [each for each, kind in self._alike if (each.column, kind) in self._kinds]
        for each in sorted([*self._strange, *looks_aside], key=lambda each: each[:2]):
            is_shifted = is_all_shifted or each.column in shifted
            is_moved = each in elsewhere and (is_shifted or each.cell.kind == "text")
            is_unsure = is_shifted and (is_values_only or each.cell.formula is not None)
            if not is_moved and not is_unsure and not (is_values_only and each in values):
                yield each

    def _shifted(self, elsewhere: Collection[_Typed]) -> set[int]:
        """Return the columns in which more texts are another column's than their own: that stand further aside now."""
        texts = Counter(each.column for each in elsewhere if each.cell.kind == "text")
        return {column for column, count in texts.items() if count > self._texts[column]}

    def _may_be_value(self, typed: _Typed) -> bool:
        words = self._words
        return typed.column in (words.worded if typed.cell.kind == "text" else words.formulas)

    def _in_other_columns(self) -> set[_Typed]:
        """Return those that the program wrote on that sheet in another column."""
        columns = range(1, max((each.column for each in self._strange), default=0) + 2)
        return {
            each
            for each in self._strange
            if each.cell.formula is None and any(self._is_of(_value(each.cell), at) for at in columns)
        }

    def _is_of(self, value: float | str, column: int) -> bool:
        return has(self._words, value, column) or (not isinstance(value, str) and knows(self._words, value, column))


def with_marks(book: Book) -> Book:
    """Return the book with the marks of computed sheets where a row above them, a column or a typed word took them.

    Without it such a sheet is no input all the same, and would be read as one. It is known by what it says.
    """
    own = carried_own(book)
    if not own:
        return book
    keys = [computed_key(sheet) or (not _is_marked(sheet) and _key_by_words(sheet, own)) for sheet in book.sheets]
    pairs = zip(book.sheets, keys, strict=True)
    sheets = tuple(_Marked(sheet, key) if key and not computed_key(sheet) else sheet for sheet, key in pairs)
    return replace(book, sheets=sheets)


class _Marked:
    """A sheet with its mark in A1 again."""

    def __init__(self, sheet: Sheet, key: str) -> None:
        self._sheet = sheet
        self._mark = Cell("text", MARK_RESULTS + key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sheet, name)

    def rows(self) -> Iterator[Row]:
        """Yield the rows, the first of them with the mark."""
        rows = iter(self._sheet.rows())
        row, cells = next(rows)
        if row == 1:
            yield 1, {1: self._mark, **{column: cell for column, cell in cells.items() if column > 1}}
        else:
            yield 1, {1: self._mark}
            yield row, cells
        yield from rows


def _is_marked(sheet: Sheet) -> bool:
    """Tell whether a mark of the template stands near the top: a sheet that was filled in."""
    top = islice(sheet.rows(), _TOP)
    texts = (str(cell.value) for _, cells in top for cell in cells.values() if cell.kind == "text")
    return any(text.startswith(MARK_PREFIX) and not text.startswith(MARK_RESULTS) for text in texts)


def _key_by_words(sheet: Sheet, own: Mapping[str, OwnWords]) -> str:
    """Return which computed sheet it is whose texts nearly all stand there, in their columns or all a few aside."""
    texts = {
        (column, str(cell.value))
        for _, cells in islice(sheet.rows(), _FIRST)
        for column, cell in cells.items()
        if cell.kind == "text" and cell.formula is None and not cell.is_blank
    }
    for key, words in own.items():
        for aside in (0, 1, -1):
            if len(texts) >= _FEWEST and sum(has(words, text, c + aside) for c, text in texts) > _NEARLY_ALL * len(
                texts
            ):
                return key
    return ""


def _value(cell: Cell) -> float | str:
    return cell.value if isinstance(cell.value, str) else float(cell.value or 0)
