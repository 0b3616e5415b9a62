"""Rows and columns of a sheet that moved: inserted, deleted or sorted.

Told by what each row and column holds besides formulas, which change as they move: by the texts and numbers of a sheet
that is written anew, by the digests of one of the company's.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import column_letter
from workbook_engine.verify.result import About, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbook_engine.grid import Cell
    from workbook_engine.verify.cells import Cells

Words = dict[tuple[int, int], str]
"""(row, column) -> what a cell is known by, "" where it is a formula."""

MOST_SHIFTED = 0.15  # of a sheet's cells that differ: from here on it is looked whether they only moved
FEWEST_SHIFTED = 8
MOST_OTHERS = 0.25  # of a sheet's lines that are not as they were, where others only moved
SHOWN_SHIFTS = 5


@frozen
class Moved:
    """How a sheet's cells moved: the remark, and where each row and column of the program's sheet is now."""

    remark: Remark
    rows: Mapping[int, int]
    columns: Mapping[int, int]

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """Return where a cell is now, None where it was deleted."""
        now = self.rows.get(row, 0), self.columns.get(column, 0)
        return now if all(now) else None


def moved(name: str, stored: Words, expected: Words) -> Moved | None:
    """Return how a sheet's rows or columns moved: inserted, deleted or sorted; None where they stand where they did."""
    if not may_have_moved(sum(stored.get(place, "") != word for place, word in expected.items()), len(expected)):
        return None
    rows, columns = ({place[axis]: place[axis] for place in expected} for axis in (0, 1))
    if shift := _shift(_lines(stored, 1), _lines(expected, 1)):
        said = _said(shift, column_letter)
        return Moved(Remark(About.COLUMNS_MOVED, name, *said), rows, shift)
    if shift := _shift(_lines(stored, 0), _lines(expected, 0)):
        return Moved(Remark(About.ROWS_MOVED, name, *_said(shift, str)), shift, columns)
    if shift := _permutation(_lines(stored, 0), _lines(expected, 0)):
        return Moved(Remark(About.ROWS_SORTED, name), shift, columns)
    return None


_Lines = dict[int, frozenset[tuple[int, str]]]
"""Row (or column) -> its texts with their columns (or rows)."""


def _lines(words: Words, axis: int) -> _Lines:
    lines: dict[int, set[tuple[int, str]]] = {}
    for place, word in words.items():
        if word:
            lines.setdefault(place[axis], set()).add((place[1 - axis], word))
    last = max(lines, default=0)
    return {number: frozenset(lines.get(number, ())) for number in range(1, last + 1)}


def _shift(stored: _Lines, expected: _Lines) -> dict[int, int]:
    """Return where lines are now, {} where none was inserted or deleted before others that stayed as they are.

    Nearly all must have stayed as they are: where much else was changed too, nothing is said of moving.
    """
    before, after = list(expected.values()), list(stored.values())
    where: dict[int, int] = {}
    pending = is_shifted = False
    lines = left = sum(map(bool, before))
    for kind, first, last, at, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            is_shifted = is_shifted or (pending and any(before[first:last]))
            left -= sum(map(bool, before[first:last]))
        else:
            pending = pending or last - first != end - at
        if kind == "equal" or (kind == "replace" and last - first == end - at):
            where.update((first + step + 1, at + step + 1) for step in range(last - first))
    return where if is_shifted and left <= MOST_OTHERS * lines else {}


def _permutation(stored: _Lines, expected: _Lines) -> dict[int, int]:
    before, after = list(expected.values()), list(stored.values())
    if before == after or Counter(before) != Counter(after):
        return {}
    free: dict[frozenset[tuple[int, str]], list[int]] = {}
    for number, line in reversed(stored.items()):
        free.setdefault(line, []).append(number)
    return {number: free[line].pop() for number, line in expected.items()}


def _said(shift: Mapping[int, int], name: Callable[[int], str]) -> tuple[str, str]:
    """Return which lines are new in the file, and which of the program's are gone."""
    there, known = set(shift.values()), set(shift)
    new = [number for number in range(1, max(there)) if number not in there]
    gone = [number for number in range(1, max(known)) if number not in known]
    return _listed(new, name), _listed(gone, name)


def _listed(numbers: Sequence[int], name: Callable[[int], str]) -> str:
    more = ", …" if len(numbers) > SHOWN_SHIFTS else ""
    return ", ".join(map(name, numbers[:SHOWN_SHIFTS])) + more


def may_have_moved(differing: int, count: int) -> bool:
    """Tell whether so many of a sheet's cells differ that it is worth looking whether they only moved."""
    return differing >= max(FEWEST_SHIFTED, MOST_SHIFTED * count)


def words(cells: Cells) -> Words:
    """Return what the cells of a sheet are known by."""
    return {place: word(cell) for place, cell in cells.items()}


def word(cell: Cell) -> str:
    """Return what a cell is known by."""
    return "" if cell.formula is not None or cell.is_blank else f"{cell.kind}:{cell.value}"
