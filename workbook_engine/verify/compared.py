"""What differs between the cells of a workbook and those that the program writes, or digests that it kept of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.spec.carried import cell_digest
from workbook_engine.verify.cells import TOLERANCE, content, difference, distance, followers, plain, rounding, shown
from workbook_engine.verify.moving import moved, words
from workbook_engine.verify.result import ENGINE, About, Check, Remark, What
from workbook_engine.verify.sheets import is_values_only

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Cell
    from workbook_engine.verify.cells import Place
    from workbook_engine.verify.moving import Moved
    from workbook_engine.verify.recalculation import Values
    from workbook_engine.verify.sheets import Cells

MARK_COLUMN = 1


class Compared:
    """Collects what differs, sheet by sheet."""

    def __init__(
        self, recalculated: Values, not_there: set[str], changed: Mapping[Place, str], *, is_live: bool
    ) -> None:
        self.recalculated = recalculated
        self.is_live = is_live  # any formula is left
        self.expected: dict[Place, Cell] = {}  # of the cells that differ
        self.contents: dict[Place, tuple[str, str]] = {}
        self.changed = dict(changed)  # cells that hold something else, of which nobody knows what it was
        self.far: dict[Place, float] = {}  # cells whose figures differ at all, and how far
        self.moved = not_there  # sheets to which formulas do not refer as they did

    def sheet(self, name: str, stored: Cells, expected: Cells) -> list[Remark]:
        """Compare a sheet; return what is to be said of it as a whole."""
        if shift := moved(name, words(stored), words(expected)):
            self.moved.add(name)
            self._moved(name, stored, expected, shift)
            return [shift.remark]
        values_only = is_values_only(stored, expected, fewest=2 if self.is_live else 1)
        for row, column in {**expected, **stored}:
            place = name, row, column
            self._cell(place, stored.get((row, column)), expected.get((row, column)), values_only=values_only)
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
        if 0.0 < apart < math.inf:
            self.far[place] = apart
        if contents:
            self.contents[place] = contents
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
            if not self.recalculated:
                return 0.0, None
            value = self.recalculated.get(place)  # type: ignore[assignment]
        apart = distance(value, expected.value)
        return apart, None if apart <= TOLERANCE else (shown(value), shown(expected.value))

    def check(self, stored: Values) -> Check:
        """Return what was found; `stored` are the values that the workbook carries.

        A formula that was replaced stands by itself, whatever else differs.
        """
        differing = {place: far for place, far in self.far.items() if place in self.contents}
        for place in rounding(differing, self.expected, stored):
            del self.contents[place], self.far[place]
        follows = followers([*self.contents, *self.changed], self.expected, self.moved)
        return Check(
            ENGINE,
            "",
            max(self.far.values(), default=0.0),
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
