"""Emission of a line = activity per functional unit × emission factor; stage = Σ lines; CFP = Σ stages.

GB/T 24067-2024 and ISO 14067:2018. A line that a finding blocks has no emission; its stage and its product's total
then have none either: what is not known is never counted as zero. Apart from the result stand recycling credits
(cut-off approach, unless the settings include them) and the alternative with the factors of electricity contracts.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.compute.allocation import coefficient_key, coefficients, plant_controls
from workbook_engine.model import Footprint, LineResult, ProductFootprint, Stage, StageResult
from workbook_engine.model.columns import in_columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.compute.allocation import Key
    from workbook_engine.model import ActivityLine, Inventory, Product

# A result without one of these is a partial CFP (ISO 14067, 3.1.1.2). Storage is left out without harm: it is most
# often counted with distribution.
WHOLE_LIFE = frozenset(Stage) - {Stage.STORAGE}


def compute_footprint(inventory: Inventory) -> Footprint:
    """Compute the footprint of every product of `inventory`, kgCO2e per functional or declared unit."""
    known = coefficients(inventory)
    lines: dict[Stage, list[ActivityLine]] = {stage: [] for stage in inventory.stages}
    for line in inventory.lines:
        if line.stage in lines:
            lines[line.stage].append(line)
    products = tuple(_product_footprint(inventory, product, lines, known) for product in inventory.products)
    return Footprint(products, plant_controls(inventory))


def _product_footprint(
    inventory: Inventory,
    product: Product,
    lines: Mapping[Stage, list[ActivityLine]],
    known: Mapping[Key, float | None],
) -> ProductFootprint:
    stages: list[StageResult] = []
    apart_from_it: list[LineResult] = []
    for stage in inventory.stages:
        results = _line_results(lines[stage], product, known)
        counted = in_columns(_without_apart(results, inventory, apart_from_it))
        stages.append(StageResult(stage, counted, _sum_known(result.kg_co2e for result in counted), None))
    total = _sum_known(stage.kg_co2e for stage in stages)
    if product.key in inventory.blocked_products:
        total = None
    return ProductFootprint(
        product=product,
        stages=tuple(_with_shares(stage, total) for stage in stages),
        cfp_kg_co2e=total,
        is_partial=not WHOLE_LIFE.issubset(inventory.stages),
        credits=tuple(apart_from_it),
        contractual_kg_co2e=_contractual(stages, total),
    )


def _line_results(
    lines: Iterable[ActivityLine], product: Product, known: Mapping[Key, float | None]
) -> Iterator[LineResult]:
    return (_line_result(line, product, known) for line in lines if _concerns(line, product, known))


def _without_apart(
    results: Iterable[LineResult], inventory: Inventory, apart: list[LineResult]
) -> Iterator[LineResult]:
    """Yield the results that count; those to be shown apart go into `apart`."""
    for result in results:
        if _is_apart(result, inventory):
            apart.append(result)
        else:
            yield result


def _is_apart(result: LineResult, inventory: Inventory) -> bool:
    """Tell whether a line is a recycling credit that the settings keep out of the result."""
    return result.line.is_credit and not inventory.settings.include_credits


def _concerns(line: ActivityLine, product: Product, known: Mapping[Key, float | None]) -> bool:
    """Tell whether a line counts for a product: it names it, or none; and its plant, if it is a plant's, makes it.

    A plant total without a plant (which is reported) concerns every product: their totals hang on it.
    """
    if line.product is not None and line.product != product.key:
        return False
    return line.plant is None or coefficient_key(product.key, line) in known


def _line_result(line: ActivityLine, product: Product, known: Mapping[Key, float | None]) -> LineResult:
    share = known.get(coefficient_key(product.key, line))
    amount = line.reference_amount
    activity = None if share is None or amount is None or line.blocked else amount * share
    emission = None if activity is None or line.factor is None else activity * line.factor.value
    return LineResult(line, share, activity, emission, contractual_kg_co2e=_by_contract(line, activity, emission))


def _by_contract(line: ActivityLine, activity: float | None, emission: float | None) -> float | None:
    """Return the emission with the contract's factor for the part of the activity that the contract covers."""
    contract = line.contract
    if contract is None or contract.factor is None or activity is None or emission is None:
        return None
    return emission * (1 - contract.share) + activity * contract.share * contract.factor.value


def _contractual(stages: Iterable[StageResult], total: float | None) -> float | None:
    """Return the total with contracts' factors; None where no line has a contract or one of them has no factor."""
    covered = [result for stage in stages for result in stage.lines if result.line.contract]
    if total is None or not covered or any(result.contractual_kg_co2e is None for result in covered):
        return None
    changes = [(result.contractual_kg_co2e or 0.0) - (result.kg_co2e or 0.0) for result in covered]
    return math.fsum((total, *changes))


def _with_shares(stage: StageResult, total: float | None) -> StageResult:
    if not total:
        return stage
    shares = ((line, None if line.kg_co2e is None else line.kg_co2e / total) for line in stage.lines)
    lines = in_columns(replace(line, share=share) for line, share in shares)
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
