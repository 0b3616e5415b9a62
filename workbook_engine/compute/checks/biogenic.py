"""Biogenic carbon: what biomass took up and what is given off again must be the same over a whole life.

By ISO 14067:2018, 6.5.2 CO2 taken up counts -1 and given off +1, so that they cancel out where all of it is given off
again. What stays in the product at the gate, or is stored for good, is stated apart in the report; nothing is assumed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.wording import number
from workbook_engine.findings import Finding
from workbook_engine.model import Stage
from workbook_engine.model.biogenic import biogenic_carbon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Footprint, Inventory, ProductFootprint

BALANCED = 0.01  # of the larger side: moisture and carbon content are hardly known better
CARBON_IN_CO2 = 12 / 44  # kg C in 1 kg CO2


def check_biogenic(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Yield products whose biogenic carbon does not balance; the effect is what the missing side would move."""
    for product in footprint.products:
        yield from _balance(product, is_whole=Stage.END_OF_LIFE in inventory.stages)


def _balance(product: ProductFootprint, *, is_whole: bool) -> Iterator[Finding]:
    carbon = biogenic_carbon(product)
    if carbon is None:
        return
    kept = carbon.removed - carbon.released
    if abs(kept) <= BALANCED * max(carbon.removed, carbon.released):
        return
    params = {
        "product": product.product.name,
        "removed": number(carbon.removed),
        "released": number(carbon.released),
        "kept": number(abs(kept)),
    }
    if kept < 0:
        yield Finding(catalogue.BIOGENIC_WITHOUT_UPTAKE, carbon.releases[0].line.where, params, kept)
    elif is_whole:
        yield Finding(catalogue.BIOGENIC_NOT_RELEASED, carbon.removals[0].line.where, params, kept)
    else:
        more = {"carbon": number(kept * CARBON_IN_CO2)}
        yield Finding(catalogue.BIOGENIC_IN_PRODUCT, carbon.removals[0].line.where, params | more, kept)
