"""What differs between the cells of a workbook and those that the program writes, or digests that it kept of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.spec.carried import cell_digest
from workbook_engine.verify.cells import (
    TOLERANCE,
    cells_by_place,
    content,
    difference,
    distance,
    followers,
    plain,
    rounding,
    shown,
    side_by_side,
)
from workbook_engine.verify.moving import may_have_moved, moved, word, words
from workbook_engine.verify.result import ENGINE, About, Check, Remark, What
from workbook_engine.verify.sheets import is_values_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.grid import Cell, Sheet
    from workbook_engine.verify.cells import Cells, Line, Look, Place
    from workbook_engine.verify.moving import Moved
    from workbook_engine.verify.recalculation import Values

MARK_COLUMN = 1


class Compared:
    """Collects what differs, sheet by sheet. Of a sheet only what is not as it should be is kept in memory."""

    def __init__(
        self, recalculated: Values | None, not_there: set[str], changed: Mapping[Place, str], *, is_live: bool
    ) -> None:
        self.recalculated = recalculated  # for cells that carry no value; None where nobody recalculated them
        self.is_live = is_live  # any formula is left
        self.expected: dict[Place, Cell] = {}  # of the cells that differ
        self.contents: dict[Place, tuple[str, str]] = {}
        self.changed = dict(changed)  # cells that hold something else, of which nobody knows what it was
        self.far: dict[Place, float] = {}  # cells whose figures differ, and how far
        self.largest = 0.0  # of the differences that are none
        self.moved = not_there  # sheets to which formulas do not refer as they did
        self._values: Mapping[tuple[int, int], object] = {}  # of the sheet being compared, recalculated

    def sheet(self, stored: Sheet, expected: Sheet) -> list[Remark]:
        """Compare a sheet; return what is to be said of it as a whole."""
        if stored is expected:
            return []
        name = expected.name
        lines, count, is_live = _differing(stored, expected)
        self._values = _by_place(self.recalculated(name)) if self.recalculated and _has_uncached(lines) else {}
        if may_have_moved(sum(_other_words(there, wanted) for _, there, wanted in lines), count):
            cells, due = cells_by_place(stored), cells_by_place(expected)
            if shift := moved(name, words(cells), words(due)):
                self.moved.add(name)
                self._moved(name, cells, due, shift)
                return [shift.remark]
        values_only = not is_live and is_values_only(lines, fewest=2 if self.is_live else 1)
        for row, there, wanted in lines:
            for column in {**wanted, **there}:
                self._cell((name, row, column), there.get(column), wanted.get(column), values_only=values_only)
        return [Remark(About.VALUES_ONLY, name)] if values_only else []

    def digests(self, name: str, stored: Cells, expected: Mapping[tuple[int, int], str]) -> Remark:
        """Compare a sheet that cannot be written anew with the digests of its cells, where there are any."""
        if not expected or not self.is_live:
            return Remark(About.NOT_CHECKED, name)
        there = {place: cell for place, cell in stored.items() if not cell.is_blank and place[1] != MARK_COLUMN}
        for row, column in {**dict.fromkeys(expected), **there}:
            cell = there.get((row, column))
            if cell_digest(cell) != expected.get((row, column), ""):
                self.changed[name, row, column] = content(cell)
        return Remark(About.BY_DIGEST, name)

    def _moved(self, name: str, stored: Cells, expected: Cells, shift: Moved) -> None:
        """Compare the texts and numbers of a sheet that moved; its formulas moved along, each as its program does."""
        for place, cell in expected.items():
            now = shift.place(*place)
            if now is None or cell.formula is not None:
                continue
            there = stored.get(now)
            if there is None or there.formula is None:
                self._cell((name, *now), there, cell, values_only=False)

    def _cell(self, place: Place, stored: Cell | None, expected: Cell | None, *, values_only: bool) -> None:
        apart, contents = self._against(place, stored, expected, values_only=values_only)
        if contents is None:
            self.largest = max(self.largest, apart)
            return
        self.contents[place] = contents
        if apart < math.inf:
            self.far[place] = apart
        if expected is not None:
            self.expected[place] = expected

    def _against(
        self, place: Place, stored: Cell | None, expected: Cell | None, *, values_only: bool
    ) -> tuple[float, tuple[str, str] | None]:
        """Return how far a cell is from what it should be, and what is shown of both where they differ."""
        if stored is None or expected is None:
            is_blank = all(cell is None or (cell.formula is None and not cell.value) for cell in (stored, expected))
            return (0.0, None) if is_blank else (math.inf, (content(stored), content(expected)))
        if not values_only and plain(stored.formula) != plain(expected.formula):
            return math.inf, (content(stored), content(expected))
        value = stored.value
        if stored.kind == "uncached":
            if self.recalculated is None:
                return 0.0, None
            value = self._values.get(place[1:])  # type: ignore[assignment]
        apart = distance(value, expected.value)
        return apart, None if apart <= TOLERANCE else (shown(value), shown(expected.value))

    def check(self, look: Look) -> Check:
        """Return what was found; `look` tells what the cells of the workbook hold.

        A formula that was replaced stands by itself, whatever else differs.
        """
        for place in rounding(self.far, self.expected, look):
            del self.contents[place], self.far[place]
        follows = followers([*self.contents, *self.changed], self.expected, self.moved)
        return Check(
            ENGINE,
            "",
            max(self.far.values(), default=self.largest),
            (
                *(replace(difference(place, now, ""), what=What.CHANGED) for place, now in self.changed.items()),
                *(
                    difference(place, *contents, follows=place in follows and not self._is_replaced(place, contents))
                    for place, contents in self.contents.items()
                ),
            ),
        )

    def _is_replaced(self, place: Place, contents: tuple[str, str]) -> bool:
        """Tell whether a formula was replaced, and not because the sheet that it refers to has moved."""
        return contents[1].startswith("=") and not followers([place], self.expected, self.moved)


_Lines = list[tuple[int, "Line", "Line"]]
"""Number of a row, its cells as they are, its cells as they should be."""


def _differing(stored: Sheet, expected: Sheet) -> tuple[_Lines, int, bool]:
    """Return the rows that are not alike, how many cells there should be, whether alike rows have a formula."""
    lines: _Lines = []
    count, is_live = 0, False
    for row, there, wanted in side_by_side(stored.rows(), expected.rows()):
        count += len(wanted)
        if there != wanted:
            lines.append((row, there, wanted))
        elif not is_live:
            is_live = any(cell.formula is not None for cell in wanted.values())
    return lines, count, is_live


def _by_place(rows: Iterable[tuple[int, Mapping[int, object]]]) -> dict[tuple[int, int], object]:
    return {(row, column): value for row, values in rows for column, value in values.items()}


def _other_words(stored: Line, expected: Line) -> int:
    return sum(word(cell) != (word(stored[column]) if column in stored else "") for column, cell in expected.items())


def _has_uncached(lines: _Lines) -> bool:
    return any(cell.kind == "uncached" for _, there, _ in lines for cell in there.values())
