"""Rows that repeat the sum of other rows, and what a table has told so far to know them by.

A row is taken as a total, and left out with a note, where that is certain: it says so and its amount is the sum of
rows above it, or its formula adds up two or more of them. Where it says so and the sum is another, it is an error:
it would be counted twice, or something is missing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.grid import column_letter
from workbook_engine.matching import canonical
from workbook_engine.normalize.numbers import read_number
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from workbook_engine.grid import Cell
    from workbook_engine.model import ActivityLine
    from workbook_engine.normalize.context import Context, Row

TOTAL_WORDS = frozenset(
    canonical(word)
    for word in ("合计", "小计", "总计", "总和", "累计", "共计", "total", "subtotal", "sum", "grand total")
)
_NAMED_LIKE = pattern(r"(?:合计|小计|总计|总和|累计|共计|subtotal|total)$|^(?:合计|小计|总计|共计|累计|subtotal|total)")
_HINT = pattern(r"[计和]|total|sum", re.IGNORECASE)
_BRACKETED = pattern(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_REFERENCE = r"\$?[A-Z]{1,3}\$?[1-9][0-9]*"
_SUM = pattern(
    rf"\s*\+?(?:SUM\((?P<inside>[^()]*)\)|(?P<cells>{_REFERENCE}(?:\s*\+\s*{_REFERENCE})+))\s*", re.IGNORECASE
)
_AREA = pattern(r"\$?([A-Z]{1,3})\$?([1-9][0-9]*)(?::\$?([A-Z]{1,3})\$?([1-9][0-9]*))?$", re.IGNORECASE)
_TOLERANCE = 1e-6  # relative: a typed total may be rounded where its rows are not
_LOOK_BACK = 200  # rows that a sum of a section may go back


@dataclass(slots=True)
class Totals:
    """The lines of a table so far, and their sums."""

    _flows: dict[int, str] = field(default_factory=dict)  # row -> what its line says that it is
    _amounts: list[float] = field(default_factory=list)
    _sum: float = 0.0
    _by_flow: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _named: list[tuple[int, Row]] = field(default_factory=list)  # lines named like totals, by their ordinal

    def add(self, row: Row, line: ActivityLine) -> None:
        """Remember a line."""
        amount = line.amount or 0.0
        if is_like_total(item_of(row)):
            self._named.append((len(self._amounts), row))
        self._flows[row.record.row] = line.flow_typed
        self._amounts.append(amount)
        self._sum += amount
        self._by_flow[line.flow_typed] += amount

    def is_total(self, row: Row, item: str) -> bool:
        """Leave out a row that repeats the sum of rows above it; report one that only looks like it."""
        cell = row.record.cells.get("amount")
        if not _HINT.search(simplified(item)) and (cell is None or cell.formula is None):
            return False  # most rows: the rest costs ten times as much
        exact = is_total_word(item)
        adds_up = cell is not None and self._adds_up(row, cell)
        if not exact and not adds_up and not self._may_be_total(row, item):
            return False
        value = read_number(cell).value
        is_sum = adds_up or (value is not None and self._is_sum(value))
        kind = catalogue.SUBTOTAL_ROW if is_sum else catalogue.SUBTOTAL_UNCERTAIN
        said = item or (f"={cell.formula}" if cell and cell.formula else "")
        row.context.report(kind, row.slot("amount").where, item=said)
        return True

    def _may_be_total(self, row: Row, item: str) -> bool:
        """Tell whether a name like 电力合计 stands below lines of the same flow: alone it is an item of its own.

        Where the flow itself is so called, it is no flow to choose another for: it would count twice.
        """
        if not is_like_total(item):
            return False
        flow = row.text("flow")
        return bool(self._amounts) if is_like_total(flow) else bool(self._same_flow(flow))

    def _same_flow(self, flow: str) -> float:
        if not flow:
            return self._sum
        return math.fsum(amount for typed, amount in self._by_flow.items() if canonical(typed) == canonical(flow))

    def _adds_up(self, row: Row, cell: Cell) -> bool:
        """Tell whether a formula adds up two or more lines of the table, and nothing else, of the row's own flow."""
        found = _SUM.fullmatch(cell.formula) if cell.formula else None
        if not found:
            return False
        parts = re.split(r"[,+]", found["inside"] if found["inside"] is not None else found["cells"])
        numbers: set[int] = set()
        for part in parts:
            area = _AREA.fullmatch(part.strip())
            letters = column_letter(row.table.columns["amount"])
            if not area or area[1].upper() != letters or (area[3] or letters).upper() != letters:
                return False
            first, last = int(area[2]), int(area[4] or area[2])
            numbers |= {n for n in self._flows if first <= n <= last}
        flow = canonical(row.text("flow"))
        flows = {canonical(self._flows[number]) for number in numbers}
        return len(numbers) > 1 and (not flow or flows == {flow})

    def _is_sum(self, value: float) -> bool:
        if any(closes(value, known) for known in (self._sum, *self._by_flow.values()) if known):
            return True
        summed = 0.0
        for amount in self._amounts[: -_LOOK_BACK - 1 : -1]:
            summed += amount
            if summed and closes(value, summed):
                return True
        return False

    def report_totals_above(self, context: Context) -> None:
        """Report lines named like totals that are the sum of the lines below them."""
        for ordinal, row in self._named:
            value, summed = self._amounts[ordinal], 0.0
            for count, amount in enumerate(self._amounts[ordinal + 1 : ordinal + 1 + _LOOK_BACK], 1):
                summed += amount
                if count > 1 and value and closes(value, summed):
                    context.report(catalogue.SUBTOTAL_UNCERTAIN, row.slot("amount").where, item=item_of(row))
                    break


def item_of(row: Row) -> str:
    """Return how a row calls itself: its item, or its flow where it has none."""
    return row.text("item") or row.text("flow")


def is_total_word(item: str) -> bool:
    """Tell whether a row is called a total and nothing else: 合计, 小计（全年）."""
    return canonical(_BRACKETED.sub("", item)) in TOTAL_WORDS


def is_like_total(item: str) -> bool:
    """Tell whether a row is called like a total of something: 电力合计."""
    return bool(_HINT.search(simplified(item))) and bool(_NAMED_LIKE.search(canonical(_BRACKETED.sub("", item))))


def closes(a: float, b: float) -> bool:
    """Tell whether two figures are one but for rounding."""
    return math.isclose(a, b, rel_tol=_TOLERANCE)
