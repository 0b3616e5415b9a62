"""What changes the result most: one input at a time, lower and higher by the same fraction, all else as it is.

Inputs are the amount of each line, each factor that several lines use (one that a single line uses does what that
line's amount does), and the product's output, where annual totals are divided by it. The emission is linear in amounts
and factors. With its output × (1 + δ), a line per product total becomes E / (1 + δ), and one per plant total
E / (1 + δ s), where s is the product's share of the plant: the output stands below the line, and in Σ wᵢOᵢ too.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING

from workbook_engine.compute.allocation import find_plant, plant_share
from workbook_engine.model import Basis, Swing
from workbook_engine.model.biogenic import CATEGORY
from workbook_engine.model.columns import in_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook_engine.model import Inventory, LineResult, ProductFootprint

STEP = 0.10  # of each input, by default


def swings(inventory: Inventory, product: ProductFootprint, step: float = STEP) -> Sequence[Swing]:
    """Return what each input of a product changes, the widest first; () where there is no final total."""
    total = product.cfp_kg_co2e
    results = product.lines
    if total is None or any(result.kg_co2e is None for result in results):
        return ()
    found = in_columns(chain(_linear(results, total, step), _output(inventory, product, results, step)))
    keys = [(-swing.reach, swing.kind, swing.subject) for swing in found]
    return in_columns(found[place] for place in sorted(range(len(found)), key=keys.__getitem__))


def _linear(results: Sequence[LineResult], total: float, step: float) -> Iterator[Swing]:
    by_factor: dict[str, list[float]] = {}
    for result in results:
        emission = result.kg_co2e or 0.0
        yield Swing("amount", result.line.id, total - step * emission, total + step * emission)
        if result.line.factor and not (result.line.flow and result.line.flow.category == CATEGORY):  # ±1 is exact
            by_factor.setdefault(result.line.factor.id, []).append(emission)
    for factor, emissions in by_factor.items():
        if len(emissions) > 1:
            change = step * math.fsum(emissions)
            yield Swing("factor", factor, total - change, total + change)


def _output(
    inventory: Inventory, product: ProductFootprint, results: Sequence[LineResult], step: float
) -> Iterator[Swing]:
    responses = [output_response(inventory, product, result) for result in results]
    if not any(responses):
        return

    def total(change: float) -> float:
        return math.fsum(
            (result.kg_co2e or 0.0) / (1 + change * response)
            for result, response in zip(results, responses, strict=True)
        )

    yield Swing("output", product.product.key, total(-step), total(step))


def output_response(inventory: Inventory, product: ProductFootprint, result: LineResult) -> float:
    """Return k in E / (1 + δk), the line's emission when the product's output is higher by the fraction δ."""
    if result.line.basis is Basis.PER_UNIT:
        return 0.0
    if result.line.basis is Basis.PRODUCT_TOTAL:
        return 1.0
    plant = find_plant(inventory, result.line)
    return (plant_share(plant, product.product.key) or 0.0) if plant else 0.0
