"""Losses and scrap: what goes in is the net amount ÷ (1 - rate).

The rates are shares of the input. A metered annual total holds its losses already, so a rate beside one is questioned.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.model import Basis, Operation
from workbook_engine.normalize.ratios import read_ratio
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from workbook_engine.model import Step
    from workbook_engine.normalize.context import Row

RATES = {
    "loss_rate": Text("1 − 损耗率", "1 − loss rate"),
    "scrap_rate": Text("1 − 废品率", "1 − scrap rate"),
}
_HOLDS_LOSS = pattern(r"(?:含|包括|计入|考虑).{0,3}损耗|毛(?:用量|耗)|投料|领用|including loss|gross", re.IGNORECASE)
HIGH = 0.5  # few processes lose half of what goes in: a yield typed for a loss does


def loss_steps(row: Row, item: str, basis: Basis) -> tuple[Step, ...]:
    """Return the steps from the net amount to what goes in."""
    steps: list[Step] = []
    for key, label in RATES.items():
        ratio = read_ratio(row.slot(key), below_one=True) if row.has(key) else None
        if ratio is None or ratio.value == 0:
            continue
        steps.append(ratio.step(Operation.DIVIDE, label, rest=True))
        if ratio.value >= HIGH:
            times = f"{1 / (1 - ratio.value):.3g}"
            row.context.report(catalogue.LOSS_HIGH, ratio.where, item=item, typed=ratio.typed, times=times)
        if _HOLDS_LOSS.search(simplified(f"{item} {row.slot('remark').text}")):
            row.context.report(catalogue.LOSS_TWICE, ratio.where, item=item, typed=ratio.typed)
        elif basis is not Basis.PER_UNIT:
            row.context.report(catalogue.LOSS_ON_TOTAL, ratio.where, item=item, typed=ratio.typed)
    return tuple(steps)
