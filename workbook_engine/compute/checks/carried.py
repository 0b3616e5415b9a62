"""What is used against what is carried: the freight of a material tells its mass a second time.

by name      a material, or coal that is burnt, and the freight called like it, far apart in mass: one of them is in kg
             for t, or in g for kg
closing      a material in a smaller unit than others, which in their unit would close the balance of masses
energy       a supplier's energy for each kg of the part that is carried in under the same name
in all       everything that is carried in against the product's mass: slips in a line that names no material
by distance  t·km of a product's delivery or disposal, of which its mass leaves hardly any distance

They hold where the balance of masses is silent because a supplier's energy or footprint stands for other parts. Which
of two figures is wrong they do not know: asked about is the smaller, unless the larger is more than the product weighs.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.compute.checks.balance import MASS_LONG, MASS_SHORT, is_water, material_kg, net_mass_kg
from workbook_engine.compute.checks.doubles import COALS
from workbook_engine.compute.checks.magnitude import KWH_PER_KG, LEAST_KWH_PER_KG, SLIP, energy_kwh
from workbook_engine.compute.checks.proportions import HEAVY, goods_kg, most_goods_kg
from workbook_engine.compute.checks.wording import named, number
from workbook_engine.findings import Finding
from workbook_engine.matching import canonical
from workbook_engine.model import Stage
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified
from workbook_engine.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook_engine.model import Footprint, LineResult, ProductFootprint

LEAST_KM = 0.2  # a part of a product's mass, some hundredth, may be carried some 20 km
CLOSES = 0.1  # of the product's mass: so near to it do materials come with the figure that was meant
COMPARED = 40_000  # pairs of a material and a leg whose names are looked into each other; beyond them equal names alone
_BRACKETS = pattern(r"[(（\[【].*?[)）\]】]")
_CARRYING = pattern(
    r"^(?:运输|运送|运)|的?(?:汽车|公路|铁路)?(?:运输|运送|进厂|入厂|到厂|运费)$"
    r"|\b(?:transport|delivery|carriage|freight)\b(?: of)?|\bto the (?:plant|works)\b",
    re.IGNORECASE,
)
_BETWEEN = pattern(r"[、，,;；/+＋&]|和|与|及|\band\b", re.IGNORECASE)
# What freight calls coal, of whatever kind it is burnt as.
_COAL_WORDS = frozenset(map(canonical, ("煤", "煤炭", "燃煤", "原煤", "动力煤", "燃料煤", "coal", "fuel coal")))
SHORTEST = 2  # letters of a name that is looked for within another: 砂 is in 砂轮, too


class _Supply(NamedTuple):
    """A line of materials or of fuel: the words by which freight may call it (the item, and the flow), and its mass."""

    result: LineResult
    item: str
    flows: frozenset[str]
    kg: float | None  # for one unit of product; None where the line is no mass


def check_carried(footprint: Footprint) -> Iterator[Finding]:
    """Yield materials, their freight and suppliers' energy that do not go together; the effect is what a slip left."""
    for product in footprint.products:
        stages = {stage.stage: stage for stage in product.stages}
        inbound = stages.get(Stage.RAW_MATERIAL_TRANSPORT)
        legs = [(kg, result) for result in inbound.lines if (kg := goods_kg(result))] if inbound else []
        told = []
        if legs:
            materials, made = (
                stages[stage].lines if stage in stages else ()
                for stage in (Stage.RAW_MATERIAL_ACQUISITION, Stage.PRODUCTION)
            )
            told = list(_by_name(product, materials, made, legs))
        yield from told
        cells = {finding.where for finding in told}
        yield from (finding for finding in _closing(product) if finding.where not in cells)
        if inbound is not None and not told and len(legs) == len(inbound.lines):
            yield from _in_all(product, legs)
        yield from _short(product)


# --- by name ----------------------------------------------------------------------------------------------------------


def _by_name(
    product: ProductFootprint,
    materials: Iterable[LineResult],
    made: Iterable[LineResult],
    legs: Sequence[tuple[float, LineResult]],
) -> Iterator[Finding]:
    flows: dict[str, frozenset[str]] = {}  # their names, made ready once
    supplies = [_supply(result, flows) for result in materials if result.activity and not is_water(result)]
    # Called by its whole name alone: what a 柴油货车 carries is no diesel.
    fuels = [fuel for result in made if result.activity and (fuel := _fuel(result))]
    by_name: dict[str, list[_Supply]] = {}
    for supply in (*supplies, *fuels):
        for word in {supply.item, *supply.flows}:
            by_name.setdefault(word, []).append(supply)
    looks_within = len(supplies) * len(legs) <= COMPARED
    groups: dict[tuple[str, ...], list[tuple[float, LineResult]]] = {}
    for kg, leg in legs:
        found = [_called(name, by_name, supplies if looks_within else ()) for name in _names(leg.line.item)]
        if found and all(found):
            ids = {supply.result.line.id for each in found for supply in each}
            groups.setdefault(tuple(sorted(ids)), []).append((kg, leg))
    by_id = {supply.result.line.id: supply for supply in (*supplies, *fuels)}
    for ids_of, group in groups.items():
        yield from _compared(product, [by_id[each] for each in ids_of], group)


def _supply(result: LineResult, flows: dict[str, frozenset[str]]) -> _Supply:
    flow = result.line.flow
    words: frozenset[str] = frozenset()
    mass = material_kg(result)
    if flow is not None and mass is not None:
        if flow.key not in flows:
            flows[flow.key] = frozenset(map(canonical, flow.name))
        words = flows[flow.key]
    return _Supply(result, canonical(_BRACKETS.sub("", result.line.item)), words, mass)


def _fuel(result: LineResult) -> _Supply | None:
    """Return what a plant burns by mass as something that is carried in, None for other lines."""
    flow = result.line.flow
    if flow is None or flow.category != "fuel" or flow.unit != "kg":
        return None
    words = frozenset(map(canonical, flow.name)) | (_COAL_WORDS if flow.key in COALS else frozenset())
    return _Supply(result, canonical(_BRACKETS.sub("", result.line.item)), words, result.activity)


def _names(item: str) -> list[str]:
    """Return what a leg carries: 石膏运输 -> 石膏; 壳体、铜排的运输 -> both."""
    parts = (_CARRYING.sub("", part.strip()) for part in _BETWEEN.split(_BRACKETS.sub("", simplified(item))))
    return [canonical(part) for part in parts if part.strip()]


def _called(name: str, by_name: dict[str, list[_Supply]], supplies: Iterable[_Supply]) -> list[_Supply]:
    """Return the lines that a name means: those of that name, else those whose name holds it, or is held by it."""
    return by_name.get(name) or [
        supply
        for supply in supplies
        if min(len(name), len(supply.item)) >= SHORTEST and (name in supply.item or supply.item in name)
    ]


def _compared(
    product: ProductFootprint, supplies: list[_Supply], legs: list[tuple[float, LineResult]]
) -> Iterator[Finding]:
    masses = [supply.kg for supply in supplies if supply.kg is not None]
    if len(masses) == len(supplies):
        yield from _masses(product, supplies, math.fsum(masses), legs)
    elif len(supplies) == 1:
        yield from _energy(supplies[0].result, *max(legs, key=lambda pair: pair[0]))


def _masses(
    product: ProductFootprint, supplies: list[_Supply], mass: float, legs: list[tuple[float, LineResult]]
) -> Iterator[Finding]:
    largest = max(supplies, key=lambda supply: supply.kg or 0.0).result
    carried, most = max(legs, key=lambda pair: pair[0])
    own = product.product.mass_kg.value if product.product.mass_kg else math.inf
    if carried >= SLIP * mass:
        if carried <= MASS_LONG * own:
            yield _apart(product, largest, mass, most, carried)
        elif carried <= (most_goods_kg(product) or 0.0):  # above it is told already
            yield _apart(product, most, carried, largest, mass)
    for kg, leg in legs:
        if kg * SLIP <= mass:
            suspect = mass > MASS_LONG * own
            yield _apart(product, largest, mass, leg, kg) if suspect else _apart(product, leg, kg, largest, mass)


def _apart(product: ProductFootprint, suspect: LineResult, kg: float, other: LineResult, other_kg: float) -> Finding:
    emission = suspect.kg_co2e or 0.0
    params = {
        "item": suspect.line.item,
        "product": product.product.name,
        "value": number(kg),
        "other": named(other.line),
        "other_value": number(other_kg),
        "ratio": number(max(kg / other_kg, other_kg / kg)),
    }
    effect = emission * (other_kg / kg - 1) if kg else None
    return Finding(catalogue.MAGNITUDE_CARRIED, suspect.line.where, params, effect)


def _energy(supply: LineResult, kg: float, leg: LineResult) -> Iterator[Finding]:
    """Yield a supplier's electricity or fuel that is out of proportion to the mass of the part that is carried in."""
    kwh = energy_kwh(supply)
    if not kwh or LEAST_KWH_PER_KG * kg <= kwh <= KWH_PER_KG * kg:
        return
    params = {"item": supply.line.item, "product": leg.line.item, "mass": number(kg), "value": number(kwh / kg)}
    if kwh > KWH_PER_KG * kg:
        yield Finding(catalogue.MAGNITUDE_ENERGY, supply.line.where, params, supply.kg_co2e)
        return
    more = {"amount": number(supply.line.amount or 0.0), "unit": supply.line.unit}
    yield Finding(catalogue.MAGNITUDE_ENERGY_SMALL, supply.line.where, params | more, supply.kg_co2e)


# --- the balance ------------------------------------------------------------------------------------------------------


def _closing(product: ProductFootprint) -> Iterator[Finding]:
    """Yield a material in a smaller unit than others of which the larger unit would close the balance of masses.

    Where other parts are given by their suppliers' energy their mass is not known, and that some is missing tells
    nothing. That 0.71 kg of sand beside 0.28 t of dolomite is all that is missing if it were 0.71 t is no chance.
    """
    stage = next((each for each in product.stages if each.stage is Stage.RAW_MATERIAL_ACQUISITION), None)
    mass = product.product.mass_kg.value if product.product.mass_kg else 0.0
    parts = (
        []
        if stage is None or not mass
        else [(each, net_mass_kg(each), parse_unit(each.line.unit)) for each in stage.lines]
    )
    weighed = [(each, net, unit) for each, net, unit in parts if net and unit is not None and unit.dimension == "mass"]
    summed = math.fsum(net for _, net, _ in parts if net)
    if not weighed or summed >= MASS_SHORT * mass or all(net for each, net, _ in parts if not is_water(each)):
        return  # nothing is missing, or it is told by the balance itself
    largest = max(unit.factor for *_, unit in weighed)
    for result, net, unit in weighed:
        times = largest / unit.factor
        closed = summed + net * (times - 1)
        if times > 1 and abs(closed - mass) <= CLOSES * mass:
            params = {"item": result.line.item, "product": product.product.name, "mass": number(mass)}
            more = {"value": number(net), "materials": number(summed), "closed": number(closed)}
            more |= {"unit": result.line.unit, "ratio": number(times)}
            effect = (result.kg_co2e or 0.0) * (times - 1)
            yield Finding(catalogue.MAGNITUDE_MATERIAL_SMALL, result.line.where, params | more, effect)


# --- in all, by distance ----------------------------------------------------------------------------------------------


def _in_all(product: ProductFootprint, legs: Sequence[tuple[float, LineResult]]) -> Iterator[Finding]:
    """Yield freight that brings in far less than the product weighs; water comes through a pipe."""
    if product.product.mass_kg is None or not legs:
        return
    materials = next((s.lines for s in product.stages if s.stage is Stage.RAW_MATERIAL_ACQUISITION), ())
    water = math.fsum(result.activity or 0.0 for result in materials if is_water(result))
    needed, carried = product.product.mass_kg.value - water, math.fsum(kg for kg, _ in legs)
    if carried * HEAVY < needed:
        largest = max(legs, key=lambda pair: pair[0])[1]
        params = {
            "item": largest.line.item,
            "product": product.product.name,
            "mass": number(product.product.mass_kg.value),
            "value": number(carried),
            "ratio": number(product.product.mass_kg.value / carried),
        }
        yield Finding(catalogue.MAGNITUDE_GOODS, largest.line.where, params, largest.kg_co2e)


def _short(product: ProductFootprint) -> Iterator[Finding]:
    """Yield t·km of deliveries and disposal that carry the product next to nowhere."""
    mass = product.product.mass_kg
    if mass is None or not mass.value:
        return
    for stage in product.stages:
        for result in stage.lines if stage.stage in (Stage.DISTRIBUTION, Stage.END_OF_LIFE) else ():
            unit = parse_unit(result.line.unit) if result.line.flow and result.activity else None
            if unit is None or unit.dimension != "freight" or result.activity is None:
                continue
            km = result.activity * 1000 / mass.value
            if km < LEAST_KM:
                params = {"item": result.line.item, "value": number(km)}
                yield Finding(catalogue.DISTANCE_NEAR, result.line.where, params, result.kg_co2e)
