"""Shares and rates: 5 % as the cell 0.05 in the format %, as the text `5%`, or as the number 5.

The template's cells have the format %, in which Excel and WPS store a typed 5 as 0.05. A cell that was pasted over, or
set to another format, has lost it: a number above 1 is then a percentage, and is read as such with a note; one up to 1
may be a fraction or a percentage (0.9: 90 % or 0.9 %), and is asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.frozen import frozen
from workbook_engine.model import Operation, Step
from workbook_engine.texts import Text
from workbook_engine.units import UNITS

if TYPE_CHECKING:
    from workbook_engine.findings import CellRef
    from workbook_engine.normalize.context import Slot

WHOLE = 100.0  # per cent
FROM_NONE_TO_ALL = Text("在 0% 到 100% 之间", "between 0 % and 100 %")
FROM_NONE_TO_BELOW_ALL = Text("不小于 0%、小于 100%", "from 0 % to below 100 %")
MOST_OF_A_WHOLE = 3.0  # no transformer or motor runs at three times its rated load for long


@frozen
class Ratio:
    """A fraction of 1, the number that stands in its cell, and how the one comes of the other ("x" or "x/100")."""

    value: float
    cell_value: float
    expression: str
    where: CellRef
    typed: str

    def step(self, operation: Operation, label: Text, *, rest: bool = False) -> Step:
        """Return the step with this fraction, or with what it leaves of 1."""
        if rest:
            return Step(
                operation, 1 - self.value, label, self.where, rule=f"1-{self.expression}", cell_value=self.cell_value
            )
        rule = "" if self.expression == "x" else self.expression
        return Step(operation, self.value, label, self.where, rule=rule, cell_value=self.cell_value)


def read_ratio(slot: Slot, *, below_one: bool = False, may_exceed: bool = False) -> Ratio | None:
    """Return the fraction of a cell between 0 and 1, None where blank or (reported) not certain.

    `below_one`: the whole itself is not allowed (a loss of 100 % leaves nothing to divide by). `may_exceed`: the thing
    itself can be above its whole (a load), so that 1.2 is as likely 120 % as 1.2 %, and not read.
    """
    reading = slot.reading()
    if reading.unit is not None:
        reading = reading.in_unit(UNITS["无量纲"])
    slot.context.findings += reading.findings(slot.where)
    value = reading.value
    if value is None:
        return None
    ratio = Ratio(value, value, "x", slot.where, slot.text)
    typed = reading.typed or slot.text
    if reading.unit is None and 0 < value <= (MOST_OF_A_WHOLE if may_exceed else 1):
        both = {"small": f"{value:.10g}%", "large": f"{value * WHOLE:.10g}%"}
        slot.context.report(catalogue.PERCENT_UNCLEAR, slot.where, typed=typed, field=slot.spec.title, **both)
        return None
    if reading.unit is None and value > 1:
        ratio = Ratio(value / WHOLE, value, "x/100", slot.where, slot.text)
        slot.context.report(catalogue.PERCENT_AS_NUMBER, slot.where, typed=typed, field=slot.spec.title)
    if 0 <= ratio.value < 1 or (ratio.value == 1 and not below_one):
        return ratio
    limit = FROM_NONE_TO_BELOW_ALL if below_one else FROM_NONE_TO_ALL
    slot.context.report(catalogue.OUT_OF_RANGE, slot.where, field=slot.spec.title, typed=typed, limit=limit)
    return None
