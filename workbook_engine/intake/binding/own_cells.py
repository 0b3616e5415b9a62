"""The cells that the template keeps for itself: its live check, and the hidden sheets that count for it and hold lists.

Nothing on them is input; what somebody typed beside or over them is told like any other cell that nobody read. Where
values were pasted over all formulas, a formula's value is known by its look.
"""

from __future__ import annotations

import functools
from dataclasses import field
from itertools import islice
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.patterns import pattern
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.sentences import is_own_sentence
from workbook_engine.spec.words import COUNT_HEADINGS, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.grid import Cell, Sheet
    from workbook_engine.spec.index import SpecIndex

_PARTICULARS = pattern(r"[0-9]+\.[0-9]+|zh|en|wbe:.*")  # the template's version and language
_COUNT_KEY = pattern(r"[a-z0-9_]+(?:\.[a-z0-9_]+)*")  # of what is counted: "gap.products"
_MOST_TEXTS = 1_000  # that are looked for; the template's sheet has some 250
_STATE_WORDS = frozenset(word for state in STATES for word in state)
_STATE, _FILLED, _SENTENCES = 1, 2, 3  # columns of the check, from that of the sheet's title
NO_TEXT = 0.0  # what LibreOffice stores in an .xls for a formula whose text it did not work out
_SENTENCE_ENDS = ("。", ".")
_COUNTS = frozenset(COUNT_HEADINGS[0])
_KEY_OF_FILLED = "filled."  # with the key of a sheet: how much of it is filled


def own_cells(sheet: Sheet, index: SpecIndex, others: Iterable[Sheet]) -> set[tuple[int, int]]:
    """Return row and column of the cells of the first sheet that the template writes there itself.

    A row for each sheet's title is worked out by formulas. Where they are gone, one of the `others` has what they say.
    """
    shown = None if _columns_of_formulas(sheet) else _Shown.on(others)
    return {(row, column) for row, cells in sheet.rows() for column in _own_columns(cells, index, shown)}


def _columns_of_formulas(sheet: Sheet) -> set[int]:
    return {column for _, cells in sheet.rows() for column, cell in cells.items() if cell.formula is not None}


def _own_columns(cells: Mapping[int, Cell], index: SpecIndex, shown: _Shown | None) -> Iterator[int]:
    if all(_PARTICULARS.fullmatch(str(cell.value)) for cell in cells.values()):
        yield from cells
        return
    title, key = next(((column, key) for column, cell in cells.items() if (key := _title_in(cell, index))), (0, ""))
    for column, cell in cells.items():
        is_shown = bool(title) and shown is not None and shown.holds(cell, column - title, key)
        if (column == title and title) or cell.formula is not None or is_shown:
            yield column


def _title_in(cell: Cell, index: SpecIndex) -> str:
    """Return the key of the sheet whose title stands in a cell, "" where it is none."""
    match = index.sheets.find(str(cell.value)) if cell.kind == "text" else None
    return match.value if match is not None and match.step != "similar" else ""


@frozen
class _Shown:
    """What the formulas of the check have to show, from the sheet that counts; nothing where that is gone."""

    sentences: tuple[str, ...] = ()  # the longest first
    filled: Mapping[str, float] = field(default_factory=dict)  # key of a sheet -> how much of it is filled

    @classmethod
    def on(cls, sheets: Iterable[Sheet]) -> _Shown:
        """Return what stands on that one of the sheets which counts."""
        sheet = next((each for each in sheets if _is_of_counts(next(each.rows(), (0, {}))[1])), None)
        rows = [cells for _, cells in sheet.rows()] if sheet is not None else []
        texts = (str(cell.value) for cells in rows for cell in cells.values() if cell.kind == "text")
        some = sorted(set(islice((text for text in texts if text.strip()), _MOST_TEXTS)), key=len, reverse=True)
        return cls(tuple(some), dict(_filled(rows)))

    def holds(self, cell: Cell, column: int, sheet: str) -> bool:
        """Tell whether a cell looks like what a formula shows there, in the line of a sheet."""
        if column == _FILLED:
            return cell.kind == "number" and self.filled.get(sheet, cell.value) == cell.value
        if cell.value == NO_TEXT:
            return cell.kind == "number"
        text = str(cell.value) if cell.kind == "text" else ""
        return (column == _STATE and text in _STATE_WORDS) or (column == _SENTENCES and self._make(text))

    def _make(self, text: str) -> bool:
        for sentence in self.sentences:
            text = text.replace(sentence, "")
        return not text.strip()


def _filled(rows: Iterable[Mapping[int, Cell]]) -> Iterator[tuple[str, float]]:
    """Yield key and count of what is filled on each sheet."""
    for cells in rows:
        keys = ((column, str(cell.value)) for column, cell in cells.items() if cell.kind == "text")
        for column, key in keys:
            count = cells.get(column + 1)
            if key.startswith(_KEY_OF_FILLED) and count is not None and isinstance(count.value, float):
                yield key.removeprefix(_KEY_OF_FILLED), count.value


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
        found = {
            column: cell
            for column, cell in cells.items()
            # most of the cells hold formulas below a heading: these need no call
            if (cell.formula is None or column not in headed) and not is_own(column, cell)
        }
        if found:
            yield row, found


def sentences_of_another(sheet: Sheet) -> set[tuple[int, int]]:
    """Return row and column of what may be a sentence of a template whose sentences are not known."""
    _, headings = next(sheet.rows(), (0, {}))
    if not _is_of_counts(headings):
        return set()
    last = max(headings)
    return {
        (row, last)
        for row, cells in sheet.rows()
        if last in cells and str(cells[last].value).strip().endswith(_SENTENCE_ENDS)
    }


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
        is_sentence = cell.value == NO_TEXT or is_own_sentence(COLLECTION, text)
        return cell.kind in {"number", "bool"} if place == 2 else is_sentence


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
