"""The cells that the template keeps for itself: its live check, and the hidden sheets that count for it and hold lists.

Nothing on them is input; what somebody typed beside or over them is told like any other cell that nobody read. Where a
format keeps no formulas (.xls, .xlsb), or values were pasted over all of them, a formula's value is known by its look.
"""

from __future__ import annotations

import functools
from itertools import islice
from typing import TYPE_CHECKING

from workbook_engine.patterns import pattern
from workbook_engine.spec.words import COUNT_HEADINGS, STATES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from workbook_engine.grid import Cell, Sheet
    from workbook_engine.spec.index import SpecIndex

_PARTICULARS = pattern(r"[0-9]+\.[0-9]+|zh|en|wbe:.*")  # the template's version and language
_COUNT_KEY = pattern(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")  # of what is counted: "gap.products"
_MOST_TEXTS = 1_000  # that are looked for; the template's sheet has some 250
_SENTENCE_ENDS = ("。", ".")
_STATE_WORDS = frozenset(word for state in STATES for word in state)
_STATE, _FILLED, _SENTENCES = 1, 2, 3  # columns of the check, from that of the sheet's title
NO_TEXT = 0.0  # what LibreOffice stores in an .xls for a formula whose text it did not work out
_COUNTS = frozenset(COUNT_HEADINGS[0])


def own_cells(sheet: Sheet, index: SpecIndex, others: Iterable[Sheet]) -> set[tuple[int, int]]:
    """Return row and column of the cells of the first sheet that the template writes there itself.

    A row for each sheet's title is worked out by formulas. Where they are gone, one of the `others` has what they say.
    """
    sentences = None if _columns_of_formulas(sheet) else _sentences(others)
    return {(row, column) for row, cells in sheet.rows() for column in _own_columns(cells, index, sentences)}


def _columns_of_formulas(sheet: Sheet) -> set[int]:
    return {column for _, cells in sheet.rows() for column, cell in cells.items() if cell.formula is not None}


def _own_columns(cells: Mapping[int, Cell], index: SpecIndex, sentences: Collection[str] | None) -> Iterator[int]:
    if all(_PARTICULARS.fullmatch(str(cell.value)) for cell in cells.values()):
        yield from cells
        return
    title = next((column for column, cell in cells.items() if _is_title(cell, index)), None)
    for column, cell in cells.items():
        is_shown = title is not None and sentences is not None and _is_shown(cell, column - title, sentences)
        if column == title or cell.formula is not None or is_shown:
            yield column


def _is_title(cell: Cell, index: SpecIndex) -> bool:
    match = index.sheets.find(str(cell.value)) if cell.kind == "text" else None
    return match is not None and match.step != "similar"


def _is_shown(cell: Cell, column: int, sentences: Collection[str]) -> bool:
    """Tell whether a cell looks like what a formula of the check shows there."""
    if column == _FILLED or cell.value == NO_TEXT:
        return cell.kind == "number"
    text = str(cell.value) if cell.kind == "text" else ""
    return (column == _STATE and text in _STATE_WORDS) or (column == _SENTENCES and _is_made_of(text, sentences))


def _is_made_of(text: str, sentences: Collection[str]) -> bool:
    for sentence in sentences:
        text = text.replace(sentence, "")
    return not text.strip()


def _sentences(sheets: Iterable[Sheet]) -> list[str]:
    """Return what stands on the sheet that counts, the longest first; nothing where it is gone."""
    texts = (
        str(cell.value)
        for sheet in sheets
        if _is_of_counts(next(sheet.rows(), (0, {}))[1])
        for _, cells in sheet.rows()
        for cell in cells.values()
        if cell.kind == "text" and str(cell.value).strip()
    )
    return sorted(set(islice(texts, _MOST_TEXTS)), key=len, reverse=True)


def _is_of_counts(headings: Mapping[int, Cell]) -> bool:
    return any(cell.value in _COUNTS for cell in headings.values())


# --- the hidden sheets ------------------------------------------------------------------------------------------------


def foreign_cells(sheet: Sheet, index: SpecIndex) -> Iterator[tuple[int, dict[int, Cell]]]:
    """Yield of each row of the template's hidden sheets the cells that the template did not write."""
    first, headings = next(sheet.rows(), (0, {}))
    own = (_Counts if _is_of_counts(headings) else _Lists)(sheet, headings)
    headed = headings.keys() - {own.mark}
    for row, cells in sheet.rows():
        is_own = functools.partial(own.is_heading, index) if row == first else functools.partial(own.is_own, row)
        # most of the cells hold formulas below a heading: these need no call
        others = ((c, cell) for c, cell in cells.items() if cell.formula is None or c not in headed)
        if found := {column: cell for column, cell in others if not is_own(column, cell)}:
            yield row, found


def list_words(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of each word in the lists of a hidden sheet, but for those that formulas give."""
    first, headings = next(sheet.rows(), (0, {}))
    if _is_of_counts(headings):
        return
    own = _Lists(sheet, headings)
    for row, cells in sheet.rows():
        for column, cell in cells.items():
            if row > first and own.is_word(row, column, cell):
                yield row, column, str(cell.value)


class _OwnSheet:
    """What a hidden sheet's cells look like: columns of formulas, columns of words below their heading."""

    def __init__(self, sheet: Sheet, headings: Mapping[int, Cell]) -> None:
        self.headings = headings
        self.mark = min(headings, default=1)
        self.formulas = _columns_of_formulas(sheet)

    def is_heading(self, index: SpecIndex, column: int, cell: Cell) -> bool:
        """Tell whether a cell of the first row is the template's."""
        before = self.headings.get(column - 1)
        is_number = cell.kind != "text" and before is not None and before.kind == "text"
        return column == self.mark or cell.formula is not None or is_number or index.is_printed(str(cell.value))

    def is_own(self, row: int, column: int, cell: Cell) -> bool:
        """Tell whether a cell below the first row is the template's."""
        if cell.formula is None and not str(cell.value).strip():
            return True
        if column == self.mark or column not in self.headings:
            return False
        return cell.formula is not None or (column not in self.formulas and self.is_value(row, column, cell))

    def is_value(self, row: int, column: int, cell: Cell) -> bool:
        """Tell whether a constant is what the template writes, or the value of its formula."""
        raise NotImplementedError


class _Counts(_OwnSheet):
    """Key, count, sentence."""

    def is_value(self, row: int, column: int, cell: Cell) -> bool:
        """Tell it by the kind of content that each column has."""
        del row
        place, text = column - self.mark, str(cell.value)
        if place == 1:
            return bool(_COUNT_KEY.fullmatch(text))
        is_sentence = cell.value == NO_TEXT or text.strip().endswith(_SENTENCE_ENDS)
        return cell.kind == "number" if place == 2 else is_sentence


class _Lists(_OwnSheet):
    """The words of a list in each column, without a gap; beside those of products and plants a column of numbers."""

    def __init__(self, sheet: Sheet, headings: Mapping[int, Cell]) -> None:
        super().__init__(sheet, headings)
        self._ends = dict.fromkeys(headings, next(sheet.rows(), (1, {}))[0])

    def is_value(self, row: int, column: int, cell: Cell) -> bool:
        """Tell it by the cell above."""
        if self.headings[column].kind != "text":
            return cell.kind == self.headings[column].kind
        if self._is_of_names(column):
            return cell.kind == "text" or cell.value == NO_TEXT
        return self.is_word(row, column, cell)

    def is_word(self, row: int, column: int, cell: Cell) -> bool:
        """Tell whether a cell continues a list of words."""
        if column in self.formulas or self._is_of_names(column):
            return False
        is_next = self._ends.get(column) == row - 1
        if is_next:
            self._ends[column] = row
        return is_next and cell.kind == "text"

    def _is_of_names(self, column: int) -> bool:
        beside = self.headings.get(column + 1)
        return beside is not None and beside.kind != "text"
