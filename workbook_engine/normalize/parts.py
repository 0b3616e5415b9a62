"""Rows that are written as parts of a row above them: `- 螺栓`, `·螺母`, `　垫片`, `└ 铜线` below 紧固件.

Whether such a row is one more or a part of the row above, its figures tell: what fits within the row above, in the same
unit and on the same basis, may be counted twice; what adds up to it, is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.patterns import pattern
from workbook_engine.units import parse_unit

if TYPE_CHECKING:
    from workbook_engine.findings import CellRef
    from workbook_engine.model import ActivityLine
    from workbook_engine.normalize.context import Context, Row

_SIGNS = frozenset("-‐‑‒–—―－─·•・●○◦▪■□◆※＊*→>＞├└│┣┗┃┠┖\u3000①②③④⑤⑥⑦⑧⑨")
_BEFORE_NUMBERS = frozenset("0123456789(（")
_BRACKETED_NUMBER = pattern(r"[(（]?[0-9]{1,2}[)）]")
_NUMBER = pattern(r"([0-9]{1,2}(?:\.[0-9]{1,2})*)[.、．]?(?:\s|(?=[^\x00-\x7f、．]))")
_INDENT = "  "  # one blank is a slip
ADDS_UP = 1e-3  # relative: parts that are rounded still are the whole
METERS_AGREE = 0.02  # what meters of parts may read above that of the whole


@dataclass(slots=True)
class Parts:
    """The last row that is not marked as a part, and the marked ones below it."""

    _whole: ActivityLine | None = None
    _typed: str = ""  # item of the whole
    _parts: list[tuple[CellRef, str, float]] = field(default_factory=list)  # amounts in the unit of the whole

    def add(self, row: Row, line: ActivityLine) -> bool:
        """Take the next line of the table: a part of the last whole, or a new whole, before which that one is told.

        Return whether an error was reported.
        """
        text = _typed(row)
        if not _is_marked(text, self._typed):
            is_wrong = self.report(row.context)
            self._whole, self._typed = line, text
            return is_wrong
        if self._whole is not None:
            self._add_part(row, line, self._whole)
        return False

    def _add_part(self, row: Row, line: ActivityLine, whole: ActivityLine) -> None:
        own, unit = parse_unit(line.unit), parse_unit(whole.unit)
        is_alike = (line.basis, line.product, line.plant) == (whole.basis, whole.product, whole.plant)
        if own is None or unit is None or not own.converts_to(unit) or not is_alike or not line.amount:
            return
        where = row.slot("mass" if row.has("mass") else "amount").where
        self._parts.append((where, line.item, line.amount * own.factor / unit.factor))

    def report(self, context: Context) -> bool:
        """Report the parts of the last whole, which are all known now. Return whether that is an error."""
        if not self._parts:
            return False
        parts, self._parts = self._parts, []
        amount = self._whole.amount if self._whole else None
        summed = math.fsum(part for _, _, part in parts)
        if self._whole is None or not amount or summed > amount * (1 + METERS_AGREE):
            return False
        where, item, _ = parts[0]
        adds_up = math.isclose(summed, amount, rel_tol=ADDS_UP)
        kind = catalogue.SUBITEMS_ADD_UP if adds_up else catalogue.SUBITEMS_FIT
        context.report(kind, where, item=item, count=len(parts), whole=self._whole.item)
        return adds_up


def _typed(row: Row) -> str:
    """Return the item as it was typed: with the blanks before it."""
    cell = row.record.cells.get("item")
    return cell.value if cell is not None and isinstance(cell.value, str) else ""


def _is_marked(text: str, whole: str) -> bool:
    """Tell whether an item is written as a part of the whole above: by a sign, blanks, or its number, 1.2 below 1."""
    first = text[:1]
    if first == " ":
        return text.startswith(_INDENT)
    if first in _SIGNS:
        return not text[1:2].isdigit()  # -10℃冷库 is a name
    if first not in _BEFORE_NUMBERS:
        return False
    if _BRACKETED_NUMBER.match(text):
        return not _BRACKETED_NUMBER.match(whole)
    number, above = _NUMBER.match(text), _NUMBER.match(whole)
    return bool(number and above and number[1].startswith(above[1] + "."))
