"""Spread: how far an amount may be off, as it was typed: a distribution with its parameters."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model.quantity import Quantity


class Distribution(enum.Enum):
    """How a figure is spread around its value."""

    LOGNORMAL = "lognormal"  # the value is the median
    NORMAL = "normal"  # … mean and median
    TRIANGULAR = "triangular"  # … the most likely value between two limits
    UNIFORM = "uniform"  # … somewhere between two limits that are all alike likely

    @property
    def has_limits(self) -> bool:
        """Tell whether no value lies beyond two limits."""
        return self in (Distribution.TRIANGULAR, Distribution.UNIFORM)


@frozen
class Spread:
    """A stated spread of an amount: ± `percent` of it, or two limits in the amount's unit.

    Of a lognormal and a normal distribution the percentage is that of the 95 % interval, of a triangular and a uniform
    one that of the limits.
    """

    distribution: Distribution
    percent: Quantity | None = None
    low: Quantity | None = None
    high: Quantity | None = None

    def limits(self, amount: float) -> tuple[float, float]:
        """Return the limits as multiples of the amount."""
        if self.low is not None and self.high is not None:
            return self.low.value / amount, self.high.value / amount
        part = self.percent.value / 100 if self.percent else 0.0
        return 1 - part, 1 + part

    def quantities(self) -> Iterator[Quantity]:
        """Yield what was typed."""
        yield from (typed for typed in (self.percent, self.low, self.high) if typed is not None)
