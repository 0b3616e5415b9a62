"""Emission of a line = activity per functional unit × emission factor; stage = Σ lines; CFP = Σ stages.

GB/T 24067-2024 and ISO 14067:2018 (6.4.6 for the allocation). A line that a finding blocks has no emission; its stage
and its product's total then have none either: what is not known is never counted as zero.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.model import Basis, Footprint, LineResult, ProductFootprint, Stage, StageResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.model import ActivityLine, Inventory, Plant, Product

PARTIAL_WITHOUT = (Stage.USE, Stage.END_OF_LIFE)  # a result without one of these is a partial CFP (ISO 14067, 3.1.1.2)


def compute_footprint(inventory: Inventory) -> Footprint:
    """Compute the footprint of every product of `inventory`, kgCO2e per functional or declared unit."""
    lines: dict[Stage, list[ActivityLine]] = {stage: [] for stage in inventory.stages}
    for line in inventory.lines:
        if line.stage in lines:
            lines[line.stage].append(line)
    return Footprint(tuple(_product_footprint(inventory, product, lines) for product in inventory.products))


def _product_footprint(
    inventory: Inventory, product: Product, lines: Mapping[Stage, list[ActivityLine]]
) -> ProductFootprint:
    stages = [_stage_result(inventory, product, stage, lines[stage]) for stage in inventory.stages]
    total = _sum_known(stage.kg_co2e for stage in stages)
    if product.key in inventory.blocked_products:
        total = None
    return ProductFootprint(
        product=product,
        stages=tuple(_with_shares(stage, total) for stage in stages),
        cfp_kg_co2e=total,
        is_partial=any(stage not in inventory.stages for stage in PARTIAL_WITHOUT),
    )


def _stage_result(inventory: Inventory, product: Product, stage: Stage, lines: list[ActivityLine]) -> StageResult:
    results = tuple(_line_result(inventory, product, line) for line in lines if _concerns(inventory, line, product))
    return StageResult(stage, results, _sum_known(result.kg_co2e for result in results), None)


def _line_result(inventory: Inventory, product: Product, line: ActivityLine) -> LineResult:
    share = share_of_total(inventory, product, line)
    amount = line.reference_amount
    activity = None if share is None or amount is None or line.blocked else amount * share
    emission = None if activity is None or line.factor is None else activity * line.factor.value
    return LineResult(line, share, activity, emission)


def _concerns(inventory: Inventory, line: ActivityLine, product: Product) -> bool:
    """Tell whether a line counts for a product: it names it, or none; and the plant, if it is the plant's, makes it."""
    if line.product not in (None, product.key):
        return False
    plant = find_plant(inventory, line)
    return plant is None or any(made.product == product.key for made in plant.products)


def share_of_total(inventory: Inventory, product: Product, line: ActivityLine) -> float | None:
    """Return what the activity per unit of `product` is to the line's amount, or None where that is not known.

    Per unit: 1. Product total: 1 / O. Plant total: wₖOₖₚ / Σ wᵢOᵢₚ / Oₖ, where Oₖₚ is the output of product k at
    plant p and Oₖ its output at all plants; with one plant that is wₖ / Σ wᵢOᵢ.
    """
    if line.basis is Basis.PER_UNIT:
        return 1.0
    output = product.output.value if product.output else None
    if not output:
        return None
    if line.basis is Basis.PRODUCT_TOTAL:
        return 1.0 / output
    plant = find_plant(inventory, line)
    share = plant_share(plant, product) if plant else None
    return None if share is None else share / output


def plant_share(plant: Plant, product: Product) -> float | None:
    """Return the part of the plant's totals that falls to `product`: wₖOₖ / Σ wᵢOᵢ, None if nothing was made."""
    weighted = plant.weighted_output
    own = sum(
        made.output.value * (made.weight.value if made.weight else 1.0)
        for made in plant.products
        if made.product == product.key
    )
    return own / weighted if weighted else None


def find_plant(inventory: Inventory, line: ActivityLine) -> Plant | None:
    """Return the plant whose total the line states, or None where its basis is another."""
    if line.basis is not Basis.PLANT_TOTAL:
        return None
    return next((plant for plant in inventory.plants if plant.key == line.plant), None)


def _with_shares(stage: StageResult, total: float | None) -> StageResult:
    if not total:
        return stage
    lines = tuple(replace(line, share=None if line.kg_co2e is None else line.kg_co2e / total) for line in stage.lines)
    return replace(stage, lines=lines, share=None if stage.kg_co2e is None else stage.kg_co2e / total)


def _sum_known(values: Iterable[float | None]) -> float | None:
    """Sum; None if any value is not known or there is none at all: a stage without data is not a stage of zero.

    math.fsum: the order of rows does not change the last digit.
    """
    known: list[float] = []
    for value in values:
        if value is None:
            return None
        known.append(value)
    return math.fsum(known) if known else None
