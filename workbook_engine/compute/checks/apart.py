"""What stands beside a result: recycling credits and the alternative by contracts for electricity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.wording import number
from workbook_engine.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Footprint, Inventory


def say_apart(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Yield what each product shows apart; the effect is what the result would move by if it were counted."""
    credit = next((line for line in inventory.lines if line.is_credit), None)
    if credit is not None and inventory.settings.include_credits:
        yield Finding(catalogue.CREDITS_INCLUDED, credit.where)
    for product in footprint.products:
        name, credits_kg = product.product.name, product.credits_kg_co2e
        if credits_kg is not None:
            params = {"product": name, "value": number(credits_kg)}
            yield Finding(catalogue.CREDITS_APART, product.credits[0].line.where, params, credits_kg)
        total, alternative = product.cfp_kg_co2e, product.contractual_kg_co2e
        if total is not None and alternative is not None:
            params = {"product": name, "value": number(total), "alternative": number(alternative)}
            yield Finding(catalogue.CONTRACT_ALTERNATIVE, product.product.where, params, alternative - total)
