"""Slips of magnitude that a study's own proportions give away where no mass of the product is known.

The bounds are those of stages' shares of the footprint without its use stage. In the three published studies materials
have 29 to 98 %, their transport 0.6 to 2.6 %, production 0.1 to 20.1 %, distribution 0.8 to 6.1 %, end of life 0.4 to
43.9 % (T4000402, T400104-14-2026, T410267-1: example_workbooks/*/expected.json). A stage beyond its bound is asked
about, never corrected: carrying sand costs more than digging it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.balance import is_water, net_mass_kg, without_water
from workbook_engine.compute.checks.magnitude import dominant_line
from workbook_engine.compute.checks.wording import number, percent
from workbook_engine.findings import Finding
from workbook_engine.model import Basis, Stage
from workbook_engine.model.biogenic import is_biogenic_co2, without_biogenic_co2
from workbook_engine.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook_engine.findings import FindingType
    from workbook_engine.model import ActivityLine, Footprint, Inventory, LineResult, ProductFootprint, StageResult

MOST = {
    Stage.RAW_MATERIAL_TRANSPORT: 0.5,
    Stage.PRODUCTION: 0.9,
    Stage.DISTRIBUTION: 0.5,
    Stage.STORAGE: 0.5,
    Stage.END_OF_LIFE: 2 / 3,
}
# Of materials, of transport, of the electricity of production and end of life: far below what the studies have.
LEAST = {
    Stage.RAW_MATERIAL_ACQUISITION: 0.01,
    Stage.RAW_MATERIAL_TRANSPORT: 5e-5,
    Stage.PRODUCTION: 5e-5,
    Stage.DISTRIBUTION: 5e-5,
    Stage.END_OF_LIFE: 5e-5,
}
BY_ELECTRICITY = (Stage.PRODUCTION, Stage.END_OF_LIFE)  # beside which fuels and freight would hide it
GOODS = 5.0  # times the mass of all materials, or of a product delivered: packaging and offcuts stay far below it
HEAVY = 50.0  # times the mass of the product, where that of the materials is not known
PACKAGING = 2.0  # times the mass of the product
PACKAGING_WORDS = ("包装", "纸箱", "木箱", "托盘", "packag", "carton", "pallet")
SERIES = 100.0  # functional units a year: of fewer, single pieces, little electricity may be right
KWH_A_YEAR = 500.0  # the electricity of a plant in a year; a household uses five times that
MOST_WATER = 0.05  # of the footprint: dyeing cloth and making paper, with 10 to 100 t a tonne, stay below a hundredth
HOLDS_WATER = 2.0  # times the product's mass: a drink is of water itself
FEWEST_MATERIALS = 0.95  # of the product's mass: only then are the materials all there


def check_proportions(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Yield stages, goods and plants that are out of proportion; the effect is what would be left of a slip."""
    for product in footprint.products:
        yield from _shares(product)
        yield from _water(product)
        yield from _goods(product)
        yield from _packaging(product)
    yield from _plants(inventory)


def _shares(product: ProductFootprint) -> Iterator[Finding]:
    """Yield stages with too large or too small a part. Only where materials are in the boundary: else parts say little.

    What kWh typed for 万kWh leave of a stage is a ten thousandth.
    """
    counted = [stage for stage in product.stages if stage.stage is not Stage.USE]
    emissions = {stage.stage: _without_biogenic(stage) for stage in counted}
    if emissions.get(Stage.RAW_MATERIAL_ACQUISITION) is None or product.cfp_kg_co2e is None:
        return
    whole = math.fsum(emission for emission in emissions.values() if emission is not None)
    if whole <= 0 or dominant_line(product) is not None:
        return  # told by that line, beside which everything is small
    large = [stage for stage in counted if (emissions[stage.stage] or 0.0) > MOST.get(stage.stage, 1.0) * whole]
    for stage in large:
        largest = _largest(stage.lines)
        if largest is not None:
            yield _share(
                catalogue.MAGNITUDE_STAGE_LARGE, product, stage, largest, (emissions[stage.stage] or 0.0) / whole
            )
    for stage in counted if not large else ():
        lines = _electricity(stage) if stage.stage in BY_ELECTRICITY else stage.lines
        largest = _largest(lines)
        share = math.fsum(map(without_biogenic_co2, lines)) / whole
        if largest is not None and 0 < share < LEAST.get(stage.stage, 0.0):
            yield _share(catalogue.MAGNITUDE_STAGE_SMALL, product, stage, largest, share)


def _water(product: ProductFootprint) -> Iterator[Finding]:
    """Yield the largest line of water of a product of which water is a part that no product has: t typed for kg."""
    lines = [result for stage in product.stages if stage.stage is not Stage.USE for result in stage.lines]
    water = [result for result in lines if is_water(result) and result.activity]
    mass = product.product.mass_kg
    used = math.fsum(result.activity or 0.0 for result in water)
    if not water or product.cfp_kg_co2e is None or (mass is not None and used <= HOLDS_WATER * mass.value):
        return
    whole, emission = (math.fsum(map(without_biogenic_co2, each)) for each in (lines, water))
    if emission > MOST_WATER * whole > 0:
        largest = max(water, key=without_biogenic_co2)
        params = {"item": largest.line.item, "product": product.product.name}
        more = {"share": percent(emission / whole), "value": number(used)}
        yield Finding(catalogue.MAGNITUDE_WATER, largest.line.where, params | more, largest.kg_co2e)


def _without_biogenic(stage: StageResult) -> float | None:
    """Return a stage's emission less its biogenic CO2: what wood takes up and gives off is no share to judge by."""
    if stage.kg_co2e is None:
        return None
    lines = [result for result in stage.lines if is_biogenic_co2(result.line.factor)]
    if not lines:
        return stage.kg_co2e
    return stage.kg_co2e - math.fsum((result.kg_co2e or 0.0) - without_biogenic_co2(result) for result in lines)


def _electricity(stage: StageResult) -> list[LineResult]:
    return [result for result in stage.lines if result.line.flow and result.line.flow.category == "electricity"]


def _largest(results: Sequence[LineResult]) -> LineResult | None:
    return max(results, key=without_biogenic_co2, default=None)


def _share(
    kind: FindingType, product: ProductFootprint, stage: StageResult, largest: LineResult, share: float
) -> Finding:
    params = {
        "stage": stage.stage.title,
        "product": product.product.name,
        "share": percent(share),
        "item": largest.line.item,
        "value": number(largest.line.amount or 0.0),
        "unit": largest.line.unit,
    }
    return Finding(kind, largest.line.where, params, largest.kg_co2e)


# --- masses -----------------------------------------------------------------------------------------------------------


def _goods(product: ProductFootprint) -> Iterator[Finding]:
    """Yield freight of far more goods than there are, or of far less than is delivered.

    Each leg by itself: several legs carry the same goods.
    """
    own = product.product.mass_kg.value if product.product.mass_kg else None
    materials = _materials(product, own)
    for stage in product.stages:
        is_delivery = stage.stage is Stage.DISTRIBUTION
        carried = materials if stage.stage is Stage.RAW_MATERIAL_TRANSPORT else None
        mass, most = (carried, GOODS) if carried else (own, GOODS if is_delivery else HEAVY)
        for result in stage.lines if mass else ():
            goods = goods_kg(result)
            if goods and mass and (goods > most * mass or (is_delivery and goods < mass / HEAVY)):
                yield _mass_finding(catalogue.MAGNITUDE_GOODS, product, result, goods, mass)


def most_goods_kg(product: ProductFootprint) -> float | None:
    """Return the mass above which goods that are carried in are asked about, None where no mass is known."""
    own = product.product.mass_kg.value if product.product.mass_kg else None
    materials = _materials(product, own)
    return materials * GOODS if materials else own and own * HEAVY


def goods_kg(result: LineResult) -> float | None:
    """Return the mass of goods that a freight line moves for one unit of product; None for other lines."""
    line = result.line
    unit = parse_unit(line.unit) if line.unit else None
    is_freight = line.flow is not None and line.flow.category == "transport"
    if not is_freight or unit is None or unit.dimension != "mass" or line.amount is None:
        return None
    return None if result.share_of_total is None else line.amount * unit.factor * result.share_of_total


def _materials(product: ProductFootprint, own: float | None) -> float | None:
    """Return the mass of all materials, None where some are not by mass: suppliers' energy stands for parts."""
    stage = next((s for s in product.stages if s.stage is Stage.RAW_MATERIAL_ACQUISITION), None)
    masses = [net_mass_kg(result) for result in without_water(stage.lines)] if stage else []
    known = math.fsum(mass for mass in masses if mass is not None)
    if not known or (None in masses and (own is None or known < FEWEST_MATERIALS * own)):
        return None
    return max(known, own or 0.0)


def _packaging(product: ProductFootprint) -> Iterator[Finding]:
    """Yield packaging that is heavier than what it holds."""
    if product.product.mass_kg is None:
        return
    mass = product.product.mass_kg.value
    for stage in product.stages:
        for result in stage.lines:
            packed = net_mass_kg(result)
            is_packaging = any(word in result.line.item.casefold() for word in PACKAGING_WORDS)
            if packed is not None and is_packaging and packed > PACKAGING * mass:
                yield _mass_finding(catalogue.MAGNITUDE_PACKAGING, product, result, packed, mass)


def _mass_finding(
    kind: FindingType, product: ProductFootprint, result: LineResult, value: float, mass: float
) -> Finding:
    params = {
        "item": result.line.item,
        "product": product.product.name,
        "mass": number(mass),
        "value": number(value),
        "ratio": number(max(value / mass, mass / value)),
    }
    return Finding(kind, result.line.where, params, result.kg_co2e)


# --- plants -----------------------------------------------------------------------------------------------------------


def _plants(inventory: Inventory) -> Iterator[Finding]:
    """Yield plants, and products by their own totals, whose electricity of a year would not do for a household.

    万kWh typed as kWh, or what one piece takes as a year's total.
    """
    yield from _products(inventory)
    for plant in inventory.plants:
        lines = [line for line in _yearly(inventory) if line.basis is Basis.PLANT_TOTAL and line.plant == plant.key]
        yield from _little(lines, catalogue.MAGNITUDE_YEAR_SMALL)


def _yearly(inventory: Inventory) -> Iterator[ActivityLine]:
    """Yield the annual totals of electricity of production."""
    for line in inventory.lines:
        is_electricity = line.flow is not None and line.flow.category == "electricity"
        if is_electricity and line.stage is Stage.PRODUCTION and line.basis is not Basis.PER_UNIT:
            yield line


def _products(inventory: Inventory) -> Iterator[Finding]:
    """Yield products of which many are made by little electricity of their own, where no plant's is shared."""
    lines = list(_yearly(inventory))
    if any(line.basis is Basis.PLANT_TOTAL for line in lines):
        return
    for product in inventory.products:
        if product.output is not None and product.output.value >= SERIES:
            own = [line for line in lines if line.product in (product.key, None)]
            yield from _little(own, catalogue.MAGNITUDE_PRODUCT_YEAR_SMALL)


def _little(lines: list[ActivityLine], kind: FindingType) -> Iterator[Finding]:
    amounts = [None if line.blocked else line.reference_amount for line in lines]
    known = [amount for amount in amounts if amount is not None]
    if known and len(known) == len(amounts) and 0 < math.fsum(known) < KWH_A_YEAR:
        first = lines[0]
        params = {"item": first.item, "kwh": number(math.fsum(known)), "unit": first.unit}
        yield Finding(kind, first.where, params)
