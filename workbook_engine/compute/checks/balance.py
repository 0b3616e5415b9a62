"""Mass balance of the bill of materials, and intensities against the other products (ISO 14067:2018, 6.4.3)."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.compute.checks.wording import number, percent
from workbook_engine.findings import Finding
from workbook_engine.model import Operation, Stage
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from workbook_engine.findings import CellRef
    from workbook_engine.model import Footprint, LineResult, ProductFootprint, StageResult

MASS_SHORT = 0.95  # materials may lack 5 % of the product's mass: what the cut-off leaves out in all
MASS_LEAST = 0.01  # of a drink more than this is no water: its bottle alone
MASS_LONG = 1.2  # … and exceed it by a fifth: packaging and offcuts; more is a slip, or a loss to be stated
INTENSITY_RATIO = 10.0  # products of one workbook are made alike: an order of magnitude apart asks for a look
PER_KG = Text("千克产品", "kg of product")
PER_UNIT = Text("功能单位", "functional unit")


def check_mass(footprint: Footprint) -> Iterator[Finding]:
    """Yield products whose materials by mass are far from the product's mass.

    A shortage is told only where every line of the stage is a material by mass, or water: where suppliers' energy
    stands for parts, their mass is not known. Water may be in the product or leave it: it fills what is missing, unless
    next to nothing else is there.
    """
    for product in footprint.products:
        stage = next((s for s in product.stages if s.stage is Stage.RAW_MATERIAL_ACQUISITION), None)
        if stage is not None and product.product.mass_kg is not None:
            yield from _mass(product, stage, product.product.mass_kg.value)


def _mass(product: ProductFootprint, stage: StageResult, mass: float) -> Iterator[Finding]:
    parts = without_water(stage.lines)
    masses = [net_mass_kg(result) for result in parts]
    known = [value for value in masses if value is not None]
    water = math.fsum(result.activity or 0.0 for result in stage.lines if is_water(result))
    summed = math.fsum(known)
    if not known or not summed:
        return
    params = {
        "product": product.product.name,
        "mass": number(mass),
        "materials": number(summed),
        "share": percent(summed / mass),
    }
    where = product.product.mass_kg.where if product.product.mass_kg else product.product.where
    emission = math.fsum(r.kg_co2e or 0.0 for r, m in zip(parts, masses, strict=True) if m is not None)
    effect = emission * (mass - summed) / summed  # what is missing, at the mean factor of what is there
    is_short = summed + water < MASS_SHORT * mass or summed < MASS_LEAST * mass
    if is_short and len(known) == len(masses):
        yield Finding(catalogue.MASS_MISSING, where, params, effect)
    elif summed > MASS_LONG * mass:
        yield Finding(catalogue.MASS_EXCEEDS, where, params, effect)


def is_water(result: LineResult) -> bool:
    """Tell whether a line is of water, which may be in the product, or wash it."""
    return result.line.flow is not None and result.line.flow.category == "water"


def without_water(lines: Iterable[LineResult]) -> list[LineResult]:
    """Return the lines of materials, and those that stand for parts."""
    return [result for result in lines if not is_water(result)]


def material_kg(result: LineResult) -> float | None:
    """Return the mass of material bought for one unit of product; None where the line is no material by mass."""
    flow = result.line.flow
    return result.activity if flow is not None and flow.category == "material" and flow.unit == "kg" else None


def net_mass_kg(result: LineResult) -> float | None:
    """Return the mass of material in one unit of product, before losses; None where the line is no material by mass."""
    mass = material_kg(result)
    if mass is None:
        return None
    for step in result.line.steps:
        if step.rule.startswith("1-"):  # a loss or scrap rate: what goes in is more than what is in the product
            mass = mass * step.operand if step.operation is Operation.DIVIDE else mass / step.operand
    return mass


# --- intensities ------------------------------------------------------------------------------------------------------


def check_intensities(footprint: Footprint) -> Iterator[Finding]:
    """Yield products whose use of a flow in a stage is an order of magnitude from that of the other products.

    Compared per kg of product where all masses are known, else per unit. Allocated plant totals are left out: their
    intensities are what the allocation made them.
    """
    if len(footprint.products) < 2:
        return
    by_mass = all(product.product.mass_kg for product in footprint.products)
    groups: dict[tuple[Stage, str], list[tuple[ProductFootprint, _Use, float]]] = {}
    for product in footprint.products:
        divisor = product.product.mass_kg.value if by_mass and product.product.mass_kg else 1.0
        for key, use in _own_uses(product).items():
            groups.setdefault(key, []).append((product, use, use.activity / divisor))
    for (stage, _), entries in groups.items():
        values = sorted(value for *_, value in entries)
        for product, use, value in entries:
            middle = _median_of_others(values, value)
            ratio = value / middle if middle else 1.0
            if value and not 1 / INTENSITY_RATIO < ratio < INTENSITY_RATIO:
                params = {
                    "product": product.product.name,
                    "stage": stage.title,
                    "flow": use.name,
                    "per": PER_KG if by_mass else PER_UNIT,
                    "value": number(value),
                    "unit": use.unit,
                    "others": number(middle),
                    "ratio": number(max(ratio, 1 / ratio)),
                }
                yield Finding(catalogue.INTENSITY_DIFFERS, use.where, params, use.kg_co2e - use.kg_co2e / ratio)


class _Use(NamedTuple):
    """What one product uses of a flow in a stage, by lines of its own: activity and emission per unit, a place."""

    activity: float
    kg_co2e: float
    where: CellRef
    name: Text
    unit: str


def _own_uses(product: ProductFootprint) -> dict[tuple[Stage, str], _Use]:
    found: dict[tuple[Stage, str], _Use] = {}
    for stage in product.stages:
        for result in stage.lines:
            line = result.line
            if line.flow is None or line.product is None or result.activity is None or line.plant:
                continue
            key = (stage.stage, line.flow.key)
            use = found.get(key) or _Use(0.0, 0.0, line.where, line.flow.name, line.flow.unit)
            emission = use.kg_co2e + (result.kg_co2e or 0.0)
            found[key] = use._replace(activity=use.activity + result.activity, kg_co2e=emission)
    return found


def _median_of_others(values: list[float], value: float) -> float:
    """Return the median of sorted values without one of them, 0 where there are no others."""
    count = len(values) - 1
    if count < 1:
        return 0.0
    without = bisect_left(values, value)

    def at(place: int) -> float:
        return values[place if place < without else place + 1]

    return (at((count - 1) // 2) + at(count // 2)) / 2
