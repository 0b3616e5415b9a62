"""What a consultant states of an amount's quality beside it: scores from 1 to 5, a spread or a distribution.

Neither is needed for the result: what cannot be read is left out with a warning, and the rules rate the amount.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.model import Dimension, Distribution, Quantity, Spread
from workbook_engine.texts import Text
from workbook_engine.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.normalize.context import Row


SPREAD_KEYS = ("distribution", "spread", "low", "high")
NO_PARAMETER = Text("只填了分布，没有 ±% 或上下限", "a distribution without ± % or limits")
ONE_LIMIT = Text("上限和下限要一起填", "a lower and an upper limit belong together")
BOTH = Text("±% 和上下限只填一种", "± % and limits: give one of them")
NO_LIMITS = Text("上下限只用于三角分布和均匀分布", "limits are for triangular and uniform distributions")
OF_ZERO = Text("数量为 0，没有相对的不确定度", "an amount of 0 has no relative spread")
OUTSIDE = Text("数量不在上下限之间", "the amount is not between its limits")
BELOW_ZERO = Text("这样的 ±% 使数量低于零", "such a ± % reaches below zero")
_KEYS = tuple(f"rating_{dimension.value}" for dimension in Dimension)
_NONE: dict[Dimension, Quantity] = {}  # what most lines share


def stated_ratings(row: Row) -> Mapping[Dimension, Quantity]:
    """Return the scores typed in a row."""
    if not row.has_any(_KEYS):
        return _NONE
    found = {dimension: _score(row, f"rating_{dimension.value}") for dimension in Dimension}
    return {dimension: score for dimension, score in found.items() if score is not None}


def _score(row: Row, key: str) -> Quantity | None:
    if not row.has(key):
        return None
    quiet = _quiet(row)
    slot = quiet.slot(key)
    choice = slot.choice()
    if choice is None:
        row.context.report(catalogue.QUALITY_NOT_READ, slot.where, field=slot.spec.title, typed=slot.text)
        return None
    return Quantity(float(choice), slot.where, slot.text)


def stated_spread(row: Row, amount: float | None) -> Spread | None:
    """Return the spread typed in a row; None, reported, where it makes no sense."""
    if not row.has_any(SPREAD_KEYS):
        return None
    known = {key: _number(row, key) for key in ("spread", "low", "high") if row.has(key)}
    if None in known.values() or amount is None:
        return None  # reported; or the line has no amount, which is
    percent, low, high = (known.get(key) for key in ("spread", "low", "high"))
    distribution = _distribution(row, low, high)
    if distribution is None:
        return None
    spread = Spread(distribution, percent, low, high)
    reason = _nonsense(spread, amount)
    if reason is None:
        return spread
    where = next(row.slot(key) for key in SPREAD_KEYS if row.has(key)).where
    row.context.report(catalogue.SPREAD_NOT_USED, where, reason=reason)
    return None


def _number(row: Row, key: str) -> Quantity | None:
    quiet = _quiet(row)
    slot = quiet.slot(key)
    number = slot.number(UNITS["%"] if key == "spread" else None)  # the limits have the amount's unit
    if number is None or quiet.context.errors_since(0):
        row.context.report(catalogue.QUALITY_NOT_READ, slot.where, field=slot.spec.title, typed=slot.text)
        return None
    return number


def _distribution(row: Row, low: Quantity | None, high: Quantity | None) -> Distribution | None:
    """Return the distribution; blank is lognormal, or triangular where limits stand: the amount is the likeliest.

    None, reported, where it cannot be read.
    """
    if not row.has("distribution"):
        return Distribution.TRIANGULAR if low or high else Distribution.LOGNORMAL
    slot = _quiet(row).slot("distribution")
    choice = slot.choice()
    if choice is None:
        row.context.report(catalogue.QUALITY_NOT_READ, slot.where, field=slot.spec.title, typed=slot.text)
        return None
    return Distribution(choice)


def _nonsense(spread: Spread, amount: float) -> Text | None:
    """Return what is wrong with a spread, None where it can be used."""
    low, high, percent = spread.low, spread.high, spread.percent
    for is_wrong, words in (
        (low is None and high is None and percent is None, NO_PARAMETER),
        ((low is None) != (high is None), ONE_LIMIT),
        (low is not None and percent is not None, BOTH),
        (low is not None and not spread.distribution.has_limits, NO_LIMITS),
        (amount == 0, OF_ZERO),
        (low is not None and high is not None and not low.value <= amount <= high.value, OUTSIDE),
        (percent is not None and percent.value >= 100 and spread.distribution is Distribution.NORMAL, BELOW_ZERO),
        (percent is not None and percent.value > 100 and spread.distribution.has_limits, BELOW_ZERO),
    ):
        if is_wrong:
            return words
    return None


def _quiet(row: Row) -> Row:
    """Return the row with findings of its own: an error in them must not block the line."""
    return replace(row, context=replace(row.context, findings=[]))
