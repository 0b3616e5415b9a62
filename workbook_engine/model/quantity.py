"""Quantities: a number that was read, with its cell, and the steps that it went through."""

from __future__ import annotations

import enum
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from workbook_engine.findings import CellRef
    from workbook_engine.texts import Text


class Operation(enum.Enum):
    """How a step of a line's way from the typed amount to the activity acts."""

    MULTIPLY = "×"
    DIVIDE = "÷"

    __hash__ = object.__hash__  # as of stages


@frozen
class Step:
    """One multiplication or division on the way from a typed amount to the amount in the flow's reference unit.

    `where` is the cell that holds the operand, if it was typed; else `source` says where the constant comes from.
    Where the operand is worked out of the number in that cell, `rule` says how, as a spreadsheet would ("1-x": a loss
    rate; "x/100": a percentage typed as a whole number), and `cell_value` is that number x.
    """

    operation: Operation
    operand: float
    label: Text
    where: CellRef | None = None
    source: str = ""
    rule: str = ""
    cell_value: float | None = None

    @property
    def read(self) -> float:
        """Return the number that stands in the cell."""
        return self.operand if self.cell_value is None else self.cell_value


def apply_steps(amount: float, steps: tuple[Step, ...]) -> float:
    """Return the amount after the steps, taken one after another as the results workbook does."""
    for step in steps:
        amount = amount * step.operand if step.operation is Operation.MULTIPLY else amount / step.operand
    return amount


@frozen
class Quantity:
    """A number that was read: its value, the unit symbol beside it, the cell, and the text as typed.

    Where `parts` are given the value is their sum (an output that only the plants state); where `steps` are given the
    number of the cell, or the sum, went through them (an output brought to functional units).
    """

    value: float
    where: CellRef
    typed: str
    unit: str = ""
    parts: tuple[Quantity, ...] = ()
    steps: tuple[Step, ...] = ()
    before_steps: float | None = None

    @property
    def read(self) -> float:
        """Return the number of the cell, or the sum of the parts, before the steps."""
        return self.value if self.before_steps is None else self.before_steps

    def after(self, *steps: Step) -> Quantity:
        """Return the quantity after further steps."""
        value = apply_steps(self.value, steps)
        return replace(self, value=value, steps=(*self.steps, *steps), before_steps=self.read)
