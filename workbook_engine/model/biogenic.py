"""Biogenic CO2 of a product: what biomass took up, what is given off again (ISO 14067:2018, 6.5.2 and 7.2).

Taken up it counts -1, given off +1: both are in the result, and shown apart from it. Carbon that goes in as CO2 and
comes out as methane is carbon given off too: 12 kg of it in 16 kg of CH4 and in 44 kg of CO2.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.model.factors import EmissionFactor
    from workbook_engine.model.footprint import LineResult, ProductFootprint

CATEGORY = "biogenic"  # of the flows
EMITTED, REMOVED = "co2_biogenic", "co2_removed"  # parts of factors; keys of the flows, too
METHANE = "ch4_biogenic"  # key of the flow: kg CH4
BIOGENIC_CO2 = frozenset((EMITTED, REMOVED))
CANCELLED_DIGITS = 12
CO2_IN_CH4 = 44 / 16  # kg CO2 that hold the carbon of 1 kg CH4


@frozen
class BiogenicCarbon:
    """Biogenic carbon of one product unit, as kg CO2, none below zero; `removals` and `releases` are lines of it."""

    removed: float
    emitted: float
    as_methane: float
    removals: tuple[LineResult, ...]
    releases: tuple[LineResult, ...]

    @property
    def released(self) -> float:
        """Return the carbon that is given off, as CO2 and as methane."""
        return self.emitted + self.as_methane

    @property
    def net_kg_co2e(self) -> float:
        """Return what biogenic CO2 adds to the result; below zero where more is taken up."""
        return self.emitted - self.removed


def cancelled(values: Iterable[float]) -> float:
    """Return a sum to 12 digits of the sizes of its terms: where uptake equals release nothing is left."""
    terms = tuple(values)
    size = math.fsum(map(abs, terms))
    return round(math.fsum(terms) / size, CANCELLED_DIGITS) * size if size else 0.0


def is_biogenic_co2(factor: EmissionFactor | None) -> bool:
    """Tell whether a factor is one of biogenic CO2, emitted or taken up, wholly or in part."""
    return factor is not None and not BIOGENIC_CO2.isdisjoint(factor.gases)


def biogenic_co2(result: LineResult) -> float:
    """Return the biogenic CO2 of a line's emission, kgCO2e; 0 where it is not known."""
    factor = result.line.factor
    if factor is None or not is_biogenic_co2(factor):
        return 0.0
    return (result.activity or 0.0) * math.fsum(factor.gases.get(part, 0.0) for part in BIOGENIC_CO2)


def without_biogenic_co2(result: LineResult) -> float:
    """Return a line's emission less its biogenic CO2, kgCO2e; 0 where it is not known."""
    return (result.kg_co2e or 0.0) - biogenic_co2(result)


def biogenic_carbon(product: ProductFootprint) -> BiogenicCarbon | None:
    """Return the biogenic carbon of a product; None where no line has any, or one that has is not known."""
    lines = [result for result in product.lines if _has_biogenic_carbon(result)]
    if not any(is_biogenic_co2(result.line.factor) for result in lines) or any(r.activity is None for r in lines):
        return None
    return BiogenicCarbon(
        removed=0.0 - math.fsum(_part(result, REMOVED) for result in lines),
        emitted=math.fsum(_part(result, EMITTED) for result in lines),
        as_methane=math.fsum((r.activity or 0.0) * CO2_IN_CH4 for r in lines if _is_methane(r)),
        removals=tuple(result for result in lines if _part(result, REMOVED)),
        releases=tuple(result for result in lines if _part(result, EMITTED) or _is_methane(result)),
    )


def _has_biogenic_carbon(result: LineResult) -> bool:
    return _is_methane(result) or is_biogenic_co2(result.line.factor)


def _is_methane(result: LineResult) -> bool:
    return result.line.flow is not None and result.line.flow.key == METHANE


def _part(result: LineResult, part: str) -> float:
    return (result.activity or 0.0) * result.line.factor.gases.get(part, 0.0) if result.line.factor else 0.0
