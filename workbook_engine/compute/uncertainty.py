"""How far a total may be off, by analytic propagation: first order, of lognormal amounts and factors.

    (ln GSD)² of a total = Σ over amounts (Eᵢ/E)² σ²ᵢ + Σ over factors (Σ of the Eᵢ that use it / E)² σ²

GHG Protocol, Quantitative inventory uncertainty (first-order error propagation for lognormal parameters); Imbeault-
Tétreault et al. 2013, J. Ind. Ecol. 17, 485-492. Amounts are independent of each other and of the factors; a factor
that several lines use is one figure and errs for all of them alike; so do the amounts of biogenic CO2 (carbon that is
taken up is the carbon that is given off: Σ (Eᵢ/E) σᵢ over them counts, squared). The computed value counts as the
median; the 95 % interval is value ÷ and × GSD^1.96. An amount of another distribution (normal, triangular, uniform)
enters as the lognormal one of the same coefficient of variation. Outputs and allocation weights count as exact.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.compute.pedigree import Z95
from workbook_engine.model import Interval
from workbook_engine.model.biogenic import cancelled, is_biogenic_co2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.model import LineResult, Pedigree


class Propagated(NamedTuple):
    """The variance of a sum's logarithm, and what each line adds to it, in the order of the lines."""

    variance: float
    parts: tuple[float, ...]


def propagate(
    results: Sequence[LineResult], amounts: Mapping[str, Pedigree], factors: Mapping[str, Pedigree]
) -> Propagated | None:
    """Return the variance of the sum of some lines; None where one is not known or the sum is not positive.

    A factor's part is divided among its lines by their emissions, so that the parts add up to the variance.
    """
    emissions = [result.kg_co2e for result in results]
    known = [emission for emission in emissions if emission is not None]
    total = math.fsum(known)
    if len(known) < len(emissions) or total <= 0:
        return None
    shares = [emission / total for emission in known]
    by_factor: dict[str, float] = {}
    for result, share in zip(results, shares, strict=True):
        by_factor[_factor(result)] = by_factor.get(_factor(result), 0.0) + share
    carbon = cancelled(
        share * math.sqrt(amounts[result.line.id].variance)
        for result, share in zip(results, shares, strict=True)
        if is_biogenic_co2(result.line.factor)
    )
    parts = tuple(
        share * _amount_part(result, share, amounts[result.line.id].variance, carbon)
        + share * by_factor[_factor(result)] * factors[_factor(result)].variance
        for result, share in zip(results, shares, strict=True)
    )
    return Propagated(math.fsum(parts), parts)


def _amount_part(result: LineResult, share: float, variance: float, carbon: float) -> float:
    """Return what an amount errs by; `carbon` is what all amounts of biogenic CO2 err by together."""
    return math.sqrt(variance) * carbon if is_biogenic_co2(result.line.factor) else share * variance


def _factor(result: LineResult) -> str:
    factor = result.line.factor
    if factor is None:
        msg = f"{result.line.id} has an emission but no factor"
        raise ValueError(msg)
    return factor.id


def interval(value: float | None, propagated: Propagated | None) -> Interval | None:
    """Return the 95 % interval of a value whose variance is known."""
    if value is None or propagated is None:
        return None
    sigma = math.sqrt(max(propagated.variance, 0.0))  # a removal that shares a factor can round below zero
    return Interval(math.exp(sigma), value * math.exp(-Z95 * sigma), value * math.exp(Z95 * sigma))


def variance_shares(propagated: Propagated | None, count: int) -> list[float | None]:
    """Return each line's share of the variance; None where there is none to share."""
    if propagated is None or propagated.variance <= 0:
        return [None] * count
    return [part / propagated.variance for part in propagated.parts]
