"""The shares of what the cut-off criteria left out: the check and the sheet hold the same against the limits."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_engine.model import Inventory, Omission, ProductFootprint


def omitted(inventory: Inventory, product: ProductFootprint) -> tuple[tuple[Omission, float | None], ...]:
    """Return each omission that concerns a product, with its share of the whole; None without an estimate or a total.

    The whole is what is counted and what is left out, by emissions; where only a mass is estimated, by mass.
    """
    total = product.cfp_kg_co2e
    omissions = [o for o in inventory.omissions if o.product in (None, product.product.key)]
    whole = total + math.fsum(o.kg_co2e.value for o in omissions if o.kg_co2e) if total else None
    return tuple((omission, _share(omission, product, whole)) for omission in omissions)


def _share(omission: Omission, product: ProductFootprint, whole: float | None) -> float | None:
    if omission.kg_co2e is not None:
        return omission.kg_co2e.value / whole if whole else None
    if omission.mass_kg is None or product.product.mass_kg is None:
        return None
    return omission.mass_kg.value / (product.product.mass_kg.value + omission.mass_kg.value)
