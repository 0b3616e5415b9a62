"""Road freight by a vehicle whose fuel nobody named, where it matters to the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.wording import percent
from workbook_engine.factors.vehicles import fuel_is_assumed
from workbook_engine.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Footprint, Inventory


def check_vehicles(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Yield legs with a share of the result above the cut-off of one flow, whose vehicle was taken by assumption."""
    seen: set[str] = set()
    for product in footprint.products:
        for result in product.lines:
            line = result.line
            if line.flow is None or line.flow.category != "transport" or line.rung == "line" or line.id in seen:
                continue
            share = result.share or 0.0
            if share > inventory.settings.cutoff_flow and fuel_is_assumed(line.flow, line.flow_typed):
                seen.add(line.id)
                params = {"item": line.item, "typed": line.flow_typed, "flow": line.flow.name, "share": percent(share)}
                yield Finding(catalogue.VEHICLE_MATTERS, line.where, params, result.kg_co2e)
