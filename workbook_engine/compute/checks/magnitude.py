"""Slips of magnitude: kWh typed where 万kWh was asked, t where kg was. Judged by the study's own numbers, never mended.

The bounds are wide on purpose: a real figure should not stand out. So a slip of a thousand in a small line does not
either, unless the product's mass, its other months or its own other figures give it away.
"""

from __future__ import annotations

import heapq
import math
import re
import statistics
from itertools import islice
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.balance import net_mass_kg
from workbook_engine.compute.checks.wording import amount, number, percent
from workbook_engine.findings import Finding
from workbook_engine.model import Basis, Stage
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified
from workbook_engine.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import ActivityLine, Footprint, LineResult, ProductFootprint

SLIP = 300.0  # two figures that should be alike and are further apart than this are a slip of 1000 or 10 000
LARGE = 500.0  # a typed figure that would be smaller in the larger unit
ALIKE = 30.0  # typed figures within this factor look alike
MATERIAL = 10.0  # one material: so many times the product's mass
KWH_PER_KG = 100.0  # energy for one kg of product: primary aluminium takes some 15, polycrystalline silicon some 60
LEAST_KWH_PER_KG = 3e-4  # mixing concrete takes some 0.001
LEAST_ELECTRICITY = 1e-4  # kWh per kg, beside other energy: a cement works takes some 0.08
CARRIED_KWH_PER_KG = 5.0  # energy for carrying one kg of it: some 0.4 kg of diesel
CARRYING = frozenset((Stage.RAW_MATERIAL_TRANSPORT, Stage.DISTRIBUTION))
_HANDLING = pattern(
    r"叉车|铲车|装载机|堆高|搬运|厂内.{0,2}车|厂内运输|\b(?:fork ?lift|loader|handling)\b", re.IGNORECASE
)
REFERENCE_UNITS_PER_NCV_UNIT = {"t": 1000.0}  # kg; else 10⁴ m³
LEAST_HEAT_KWH_PER_KG = 1e-3  # warms water by less than a degree, steel by eight
KWH_TO_WARM_WATER = 4.19 / 3600  # kWh for each kg and degree
MOST_GAS_A_YEAR = 1000.0  # kg of a fluorinated gas, which few plants lose in a year …
PLAIN_GASES = frozenset({"co2", "ch4", "ch4_fossil", "ch4_biogenic", "n2o"})
MATTERS = 0.05  # … and of the product's total, below which it is not asked about
KWH_A_YEAR = 1e9  # a year's electricity of a smelter of some 70,000 t of aluminium
KWH_PER_GJ = 1000 / 3.6
DOMINANT = 0.99  # of the total …
OUTWEIGHS = 200.0  # … and so many times the second largest line
LINES_TO_COMPARE = 5
# Process heat, not that of a canteen or an office, nor what only lights a kiln.
_HEATING = pattern(
    r"窑|炉|锅炉|蒸汽|烘|退火|固化|熔|加热|干燥|定型|热处理|\b(?:furnace|kiln|boiler|steam|oven|dry|anneal|cur|melt)",
    re.IGNORECASE,
)
_OTHER_HEAT = pattern(
    r"食堂|餐|厨|宿舍|生活|办公|采暖|供暖|点火|启动|备用|canteen|kitchen|office|ignition|start|backup|standby",
    re.IGNORECASE,
)
_Group = tuple[Stage, str, Basis]


def check_magnitudes(footprint: Footprint) -> Iterator[Finding]:
    """Yield figures that are out of proportion; the effect is what would be left if they were a thousandth."""
    for product in footprint.products:
        for result in _active(product):
            yield from _against_mass(product, result)
        yield from _little_energy(product)
        yield from _little_heat(product)
        yield from _much_gas(product)
        yield from _dominant(product)
    for result in _once(footprint):
        yield from _months(result)
        yield from _year(result)
    yield from _units(footprint)


def _active(product: ProductFootprint) -> Iterator[LineResult]:
    return (result for result in product.lines if result.activity)


def _once(footprint: Footprint) -> Iterator[LineResult]:
    """Yield each line that is active once, also where it counts for several products."""
    seen: set[str] = set()
    for product in footprint.products:
        for result in _active(product):
            if len(footprint.products) == 1:
                yield result
            elif result.line.id not in seen:
                seen.add(result.line.id)
                yield result


def _slip(result: LineResult) -> float | None:
    return None if result.kg_co2e is None else result.kg_co2e * 0.999


def _months(result: LineResult) -> Iterator[Finding]:
    line = result.line
    if len(line.amounts) < LINES_TO_COMPARE:
        return
    middle = statistics.median(month.value for month in line.amounts)
    most = max(line.amounts, key=lambda month: month.value)
    others = math.fsum(month.value for month in line.amounts) - most.value
    if middle and others <= most.value < SLIP * middle:
        params = {"item": line.item, "value": most.typed, "others": number(others)}
        yield Finding(catalogue.MONTH_HOLDS_OTHERS, most.where, params, (result.kg_co2e or 0.0) / 2)
    for month in line.amounts:
        ratio = month.value / middle if middle else 1.0
        if ratio >= SLIP or 0 < ratio <= 1 / SLIP:
            params = {"item": line.item, "value": month.typed, "median": number(middle)}
            effect = (result.kg_co2e or 0.0) * (month.value - middle) / (line.amount or 1.0)
            params["ratio"] = number(max(ratio, 1 / ratio))
            yield Finding(catalogue.MAGNITUDE_MONTH, month.where, params, effect)


def _year(result: LineResult) -> Iterator[Finding]:
    """Yield an annual total of electricity in 万kWh or MWh that few smelters reach: it was probably typed in kWh."""
    line = result.line
    unit = parse_unit(line.unit) if line.unit else None
    is_total = line.basis is not Basis.PER_UNIT and line.flow is not None and line.flow.category == "electricity"
    kwh = line.reference_amount
    if unit and kwh and is_total and unit.factor >= SLIP and kwh >= KWH_A_YEAR:
        params = {"item": line.item, "value": amount(line.amount or 0.0), "unit": line.unit, "kwh": amount(kwh)}
        yield Finding(catalogue.MAGNITUDE_YEAR, line.where, params, _slip(result))


def _against_mass(product: ProductFootprint, result: LineResult) -> Iterator[Finding]:
    if product.product.mass_kg is None or result.line.is_credit:
        return
    mass, name, line = product.product.mass_kg.value, product.product.name, result.line
    params = {"item": line.item, "product": name, "mass": number(mass)}
    material, energy = net_mass_kg(result), energy_kwh(result)
    if material is not None and material > MATERIAL * mass:
        more = {"value": number(material), "ratio": number(material / mass)}
        yield Finding(catalogue.MAGNITUDE_MATERIAL, line.where, params | more, _slip(result))
    carries = line.stage in CARRYING or (line.stage is Stage.PRODUCTION and _HANDLING.search(simplified(line.item)))
    bound = CARRIED_KWH_PER_KG if carries else KWH_PER_KG
    if energy is not None and energy > bound * mass and line.stage is not Stage.USE:
        more = {"value": number(energy / mass)}
        yield Finding(catalogue.MAGNITUDE_ENERGY, line.where, params | more, _slip(result))


def _little_energy(product: ProductFootprint) -> Iterator[Finding]:
    """Yield production with next to no energy for its product's mass: 万kWh typed as kWh, or a mass in g.

    Electricity beside fuels is looked at by itself, too: a kiln's coal hides that of its mills.
    """
    mass = product.product.mass_kg
    stage = next((stage for stage in product.stages if stage.stage is Stage.PRODUCTION), None)
    if mass is None or not mass.value or stage is None or any(result.activity is None for result in stage.lines):
        return
    energies = [(energy, result) for result in stage.lines if (energy := energy_kwh(result))]
    electric = [
        (e, result) for e, result in energies if result.line.flow and result.line.flow.category == "electricity"
    ]
    summed, power = (math.fsum(energy for energy, _ in each) for each in (energies, electric))
    if summed >= LEAST_KWH_PER_KG * mass.value and power < LEAST_ELECTRICITY * mass.value:
        energies, summed = electric, power
    if energies and 0 < summed < LEAST_KWH_PER_KG * mass.value:
        _, largest = max(energies, key=lambda pair: pair[0])
        line = largest.line
        params = {"item": line.item, "product": product.product.name, "mass": number(mass.value)}
        more = {"value": number(summed / mass.value), "amount": number(line.amount or 0.0), "unit": line.unit}
        yield Finding(catalogue.MAGNITUDE_ENERGY_SMALL, line.where, params | more, largest.kg_co2e)


def _little_heat(product: ProductFootprint) -> Iterator[Finding]:
    """Yield process heat that would warm nothing: fuel, steam or a furnace's electricity, by their names."""
    mass = product.product.mass_kg
    stage = next((stage for stage in product.stages if stage.stage is Stage.PRODUCTION), None)
    if mass is None or not mass.value or stage is None:
        return
    for result in stage.lines:
        line = result.line
        kwh = energy_kwh(result)
        if not kwh or kwh >= LEAST_HEAT_KWH_PER_KG * mass.value or line.is_credit:
            continue
        name = simplified(line.item)
        if _HEATING.search(name) and not _OTHER_HEAT.search(name):
            each = kwh / mass.value
            params = {"item": line.item, "product": product.product.name, "value": number(each)}
            more = {"amount": number(line.amount or 0.0), "unit": line.unit, "kelvin": number(each / KWH_TO_WARM_WATER)}
            yield Finding(catalogue.MAGNITUDE_HEAT_SMALL, line.where, params | more, result.kg_co2e)


def _much_gas(product: ProductFootprint) -> Iterator[Finding]:
    """Yield totals of a year of a fluorinated gas that few plants lose, where they matter: kg typed as t."""
    for result in _active(product):
        line = result.line
        is_fluorinated = line.flow is not None and line.flow.category == "gas" and line.flow.key not in PLAIN_GASES
        is_total = line.basis is not Basis.PER_UNIT and line.stage is Stage.PRODUCTION
        kg = line.reference_amount
        if not (is_fluorinated and is_total and kg and kg >= MOST_GAS_A_YEAR and line.flow):
            continue
        if (result.kg_co2e or 0.0) > MATTERS * (product.cfp_kg_co2e or math.inf):
            params = {"item": line.item, "flow": line.flow.name, "value": amount(kg)}
            yield Finding(catalogue.MAGNITUDE_GAS, line.where, params, _slip(result))


def energy_kwh(result: LineResult) -> float | None:
    """Return the electricity, heat, or heat of combustion of a line for one unit of product in kWh; None for others."""
    line = result.line
    if line.flow is None or result.activity is None:
        return None
    fuel = line.factor.fuel if line.factor else None
    if fuel is not None:
        return result.activity * fuel.ncv_gj / REFERENCE_UNITS_PER_NCV_UNIT.get(fuel.ncv_unit, 1e4) * KWH_PER_GJ
    if line.flow.category not in ("electricity", "heat"):
        return None
    return result.activity * {"kWh": 1.0, "GJ": KWH_PER_GJ}.get(line.flow.unit, 0.0)


def _units(footprint: Footprint) -> Iterator[Finding]:
    """Yield lines of one flow and stage whose typed figures are alike though their units are a thousand times apart.

    Only large figures: 5 t and 30 kg of one material are nothing to wonder at, 4800 万kWh beside 5000 kWh are.
    """
    smallest: dict[_Group, tuple[float, float, ActivityLine]] = {}  # of each group the line of the smallest unit
    large: dict[_Group, list[LineResult]] = {}
    for result in _once(footprint):
        line = result.line
        unit = parse_unit(line.unit) if line.unit and line.flow else None
        if unit is None or not line.flow or not line.amount or len(line.amounts) != 1:
            continue
        key = (line.stage, line.flow.key, line.basis)
        if key not in smallest or unit.factor < smallest[key][0]:
            smallest[key] = (unit.factor, line.amount, line)
        if line.amount >= LARGE:
            large.setdefault(key, []).append(result)
    for key, results in large.items():
        factor, least, line = smallest[key]
        for result in results:
            yield from _apart(result, factor, least, line)


def _apart(result: LineResult, factor: float, other_amount: float, other: ActivityLine) -> Iterator[Finding]:
    line, own = result.line, result.line.amount or 0.0
    unit = parse_unit(line.unit)
    ratio = unit.factor / factor if unit else 0.0
    if ratio >= SLIP and 1 / ALIKE < own / other_amount < ALIKE:
        params = {
            "item": line.item,
            "value": amount(own),
            "unit": line.unit,
            "other": other.item,
            "other_value": amount(other_amount),
            "other_unit": other.unit,
            "ratio": number(ratio),
        }
        yield Finding(catalogue.MAGNITUDE_UNIT, line.where, params, _slip(result))


def _dominant(product: ProductFootprint) -> Iterator[Finding]:
    line = dominant_line(product)
    total = product.cfp_kg_co2e
    if line is not None and total:
        second = _two_largest(product)[-1]
        params = {
            "item": line.line.item,
            "product": product.product.name,
            "share": percent((line.kg_co2e or 0.0) / total),
            "ratio": number((line.kg_co2e or 0.0) / (second.kg_co2e or 1.0)),
        }
        yield Finding(catalogue.MAGNITUDE_DOMINATES, line.line.where, params, _slip(line))


def dominant_line(product: ProductFootprint) -> LineResult | None:
    """Return the line that outweighs all others of a product, None where there is none."""
    total = product.cfp_kg_co2e
    if not total or sum(1 for _ in islice(_active(product), LINES_TO_COMPARE)) < LINES_TO_COMPARE:
        return None
    first, second = _two_largest(product)
    largest, next_largest = first.kg_co2e or 0.0, second.kg_co2e or 0.0
    dominates = largest >= DOMINANT * total and next_largest > 0 and largest >= OUTWEIGHS * next_largest
    return first if dominates else None


def _two_largest(product: ProductFootprint) -> list[LineResult]:
    return heapq.nlargest(2, _active(product), key=lambda result: result.kg_co2e or 0.0)
