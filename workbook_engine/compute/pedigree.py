"""From ratings to a spread: the variance that each score adds to the logarithm of a figure.

Weidema et al. 2013, Overview and methodology: Data quality guideline for the ecoinvent database version 3, ecoinvent
report 1 (v3), chapter 10: a figure is the median of a lognormal distribution; σ² = basic uncertainty + Σ of the five
indicators. A variance is an uncertainty factor U of the earlier edition (Frischknecht et al. 2007, ecoinvent report 1,
v2.0, table 7.2 and section 7.3) as (ln U / 2)², rounded: 1.05 gives 0.0006, 1.5 gives 0.04, 2 gives 0.12. The GHG
Protocol's guidance on quantitative inventory uncertainty uses the same factors.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from workbook_engine.model import Dimension, Distribution, Pedigree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import Flow, Rating, Spread

Z95: Final = 1.96  # 97.5 % quantile of the standard normal distribution, to the two decimals that are always printed

VARIANCES: Final[Mapping[Dimension, tuple[float, ...]]] = MappingProxyType(
    {
        Dimension.TECHNOLOGY: (0.0, 0.0006, 0.008, 0.04, 0.12),
        Dimension.GEOGRAPHY: (0.0, 0.000025, 0.0001, 0.0006, 0.002),
        Dimension.TIME: (0.0, 0.0002, 0.002, 0.008, 0.04),
        Dimension.COMPLETENESS: (0.0, 0.0001, 0.0006, 0.002, 0.008),
        Dimension.RELIABILITY: (0.0, 0.0006, 0.002, 0.008, 0.04),
    }
)

# Basic uncertainty (table 7.2 of v2.0): energy, materials, waste treatment and CO2 1.05; transport services 2.00;
# other gases emitted (CH4, N2O, inorganic) 1.5.
BASIC: Final = 0.0006
BASIC_TRANSPORT: Final = 0.12
BASIC_GAS: Final = 0.04
CO2: Final = "co2"  # key of the flow


def basic_variance(flow: Flow) -> float:
    """Return the variance that even the best amount of a flow has."""
    if flow.category == "transport":
        return BASIC_TRANSPORT
    return BASIC_GAS if flow.category == "gas" and flow.key != CO2 else BASIC


def pedigree(ratings: Mapping[Dimension, Rating], basic: float, spread_percent: float | None = None) -> Pedigree:
    """Return a figure's pedigree; a stated spread (± % at 95 %) takes the place of what the ratings give."""
    if spread_percent is not None:
        return Pedigree(ratings, basic, stated_variance(spread_percent), is_stated=True)
    added = (VARIANCES[dimension][rating.score - 1] for dimension, rating in ratings.items())
    return Pedigree(ratings, basic, math.fsum([basic, *added]))


def stated_pedigree(ratings: Mapping[Dimension, Rating], basic: float, spread: Spread, amount: float) -> Pedigree:
    """Return the pedigree of an amount whose spread was typed."""
    if spread.distribution is Distribution.LOGNORMAL:
        return pedigree(ratings, basic, spread.percent.value if spread.percent else 0.0)
    low, high = spread.limits(amount)
    variance = math.log1p(relative_variance(spread.distribution, low, high))
    return Pedigree(ratings, basic, variance, is_stated=True, distribution=spread.distribution, low=low, high=high)


def relative_variance(distribution: Distribution, low: float, high: float) -> float:
    """Return the variance of a figure of 1 with limits low and high: of the square of what it is off by.

    Normal: (half the 95 % interval / 1.96)². Triangular with the mode 1: (l² + 1 + h² - l - lh - h) / 18. Uniform:
    (h - l)² / 12 (JCGM 100:2008, Guide to the expression of uncertainty in measurement, 4.3.7 and 4.3.9).
    """
    if distribution is Distribution.NORMAL:
        return ((high - low) / 2 / Z95) ** 2
    if distribution is Distribution.TRIANGULAR:
        return (low * low + 1 + high * high - low - low * high - high) / 18
    return (high - low) ** 2 / 12


def stated_variance(percent: float) -> float:
    """Return the variance of a lognormal whose 97.5 % quantile lies `percent` above its median."""
    return (math.log1p(percent / 100) / Z95) ** 2
