"""Double counting, as far as the lines tell.

One item given twice, or for one product and for all, one figure under two names, a whole beside its parts, one leg by
fuel and by t·km, a product's total within its plant's, coal beside the gas that was made of it.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.magnitude import energy_kwh
from workbook_engine.compute.checks.wording import number
from workbook_engine.findings import Finding
from workbook_engine.matching import canonical
from workbook_engine.model import Basis, Stage
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.model import ActivityLine, Footprint, Inventory, LineResult

ENERGY = frozenset(("electricity", "heat", "fuel", "water"))
FEWEST_TO_ADD_UP = 3  # a whole and two parts
ENOUGH_PARTS = 4  # of so many rows of a year even a round figure is the sum
EXACT = 1e-9  # relative: sums of typed figures are exact but for the last bits
METERS_AGREE = 0.02  # what meters of parts may read above that of the whole
_WHOLE = pattern(r"总(?:用|电|表|量|能|耗|计|共)|全厂|整厂|全公司|厂区总|\btotal\b|\bwhole\b", re.IGNORECASE)
COALS = frozenset(("anthracite", "bituminous_coal", "lignite", "cleaned_coal", "other_washed_coal"))
MADE_OF = {"other_coal_gas": COALS, "coke_oven_gas": COALS, "blast_furnace_gas": COALS | {"coke"}}
GAS_OF_COAL = (0.5, 0.95)  # of the coal's heat is in the gas of a producer; by chance elsewhere, too
_MAKES_GAS = pattern(r"煤气|造气|气化|发生炉|炼焦|焦炉|高炉|gasif|gas producer|coking|blast furnace", re.IGNORECASE)
_OWN_GAS = pattern(r"自产|自制|发生炉|回收|\b(?:own|producer)\b", re.IGNORECASE)
_BOUGHT_GAS = pattern(r"外购|购入|采购|购买|管道|市政|城市|燃气公司|purchased|bought|pipeline|town", re.IGNORECASE)
_BURNS = pattern(r"锅炉|烘干|干燥|喷雾|热风|发电|蒸汽|供热|供暖|采暖|窑|boiler|dry|steam|heating|kiln", re.IGNORECASE)
TRANSPORT_STAGES = frozenset((Stage.RAW_MATERIAL_TRANSPORT, Stage.DISTRIBUTION))


def check_doubles(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Yield lines that may count something again; the effect is what the line adds to the product it adds most to."""
    effects = _effects(footprint)
    stages = set(inventory.stages)
    lines = [line for line in inventory.lines if line.stage in stages and line.amount and not line.is_credit]
    yield from _twice(lines, effects)
    yield from _for_all_beside_each(lines, {product.key: product.name for product in inventory.products}, effects)
    yield from _same_figures(lines, effects)
    groups = _groups(lines)
    told = set()
    for finding in _wholes(groups, effects):
        told.add(finding.where)
        yield finding
    yield from (finding for finding in _sums(groups, effects) if finding.where not in told)
    yield from _legs(lines, effects)
    yield from _totals(lines, effects)
    yield from _gases(footprint, effects)


def _effects(footprint: Footprint) -> dict[str, float]:
    effects: dict[str, float] = {}
    for product in footprint.products:
        for stage in product.stages:
            for result in stage.lines:
                effects[result.line.id] = max(effects.get(result.line.id, 0.0), result.kg_co2e or 0.0)
    return effects


def _twice(lines: Iterable[ActivityLine], effects: dict[str, float]) -> Iterator[Finding]:
    """Yield lines that agree in everything that counts, within a stage or across two."""
    repeated = _repeated(hash(_what_counts(line)) for line in lines)
    seen: dict[tuple[object, ...], ActivityLine] = {}
    for line in lines if repeated else ():
        key = _what_counts(line)
        if hash(key) not in repeated:
            continue
        first = seen.setdefault(key, line)
        if first is not line:
            params = {"item": line.item, "other": str(first.where)}
            yield Finding(catalogue.LINE_TWICE, line.where, params, effects.get(line.id))


def _for_all_beside_each(
    lines: Iterable[ActivityLine], names: Mapping[str, str], effects: dict[str, float]
) -> Iterator[Finding]:
    """Yield a row without a product where its item has a row for every other product but one: it is that one's."""
    if len(names) == 1:
        return
    both = {hash(_what_it_is(line)) for line in lines if line.product is None}
    both &= {hash(_what_it_is(line)) for line in lines if line.product}
    groups: dict[tuple[object, ...], list[ActivityLine]] = {}
    for line in lines if both else ():
        key = _what_it_is(line)
        if hash(key) in both:
            groups.setdefault(key, []).append(line)
    for group in groups.values():
        of_all = [line for line in group if line.product is None]
        of_one = {line.product: line for line in group if line.product}
        missing = [name for key, name in names.items() if key not in of_one]
        if len(of_all) == 1 and len(missing) == 1:
            params = {"item": of_all[0].item, "other": str(next(iter(of_one.values())).where), "product": missing[0]}
            yield Finding(catalogue.ROW_FOR_ALL_PRODUCTS, of_all[0].where, params, effects.get(of_all[0].id))


def _repeated(hashes: Iterable[int]) -> set[int]:
    """Return the hashes that come more than once: what they are of takes far more memory."""
    once: set[int] = set()
    repeated: set[int] = set()
    for each in hashes:
        (repeated if each in once else once).add(each)
    return repeated


def _what_counts(line: ActivityLine) -> tuple[object, ...]:
    return canonical(line.item), *_figure(line)


def _what_it_is(line: ActivityLine) -> tuple[object, ...]:
    flow = line.flow.key if line.flow else line.flow_typed
    return line.stage, canonical(line.item), flow, line.basis, line.plant


def _same_figures(lines: Iterable[ActivityLine], effects: dict[str, float]) -> Iterator[Finding]:
    """Yield totals that are the same to the last digit under two names: 12,345 kWh of two workshops is one meter."""
    totals = [line for line in lines if line.basis is not Basis.PER_UNIT and _is_odd(line.amount or 0.0)]
    repeated = _repeated(hash(_figure(line)) for line in totals)
    seen: dict[tuple[object, ...], ActivityLine] = {}
    for line in totals if repeated else ():
        key = _figure(line)
        if hash(key) not in repeated:
            continue
        first = seen.setdefault(key, line)
        if first is not line and canonical(first.item) != canonical(line.item):
            params = {"item": line.item, "first": first.item, "other": str(first.where)}
            yield Finding(catalogue.FIGURE_TWICE, line.where, params, effects.get(line.id))


def _is_odd(amount: float) -> bool:
    """Tell whether an amount has four significant digits: rounder ones come twice by chance."""
    return amount != float(f"{amount:.3g}")


def _figure(line: ActivityLine) -> tuple[object, ...]:
    flow = line.flow.key if line.flow else line.flow_typed
    steps = tuple([(step.operation, step.operand) for step in line.steps])
    return flow, line.amount, line.unit, line.basis, line.product, line.plant, steps


def _groups(lines: Iterable[ActivityLine]) -> list[list[ActivityLine]]:
    """Return lines that say the same of one flow, of which one may hold the others; two of them at least."""
    groups: dict[tuple[object, ...], list[ActivityLine]] = {}
    for line in lines:
        if line.flow and line.flow.category != "transport" and not line.blocked:
            key = (line.stage, line.flow.key, line.basis, line.product, line.plant)
            groups.setdefault(key, []).append(line)
    return [group for group in groups.values() if len(group) > 1]


def _sums(groups: Iterable[list[ActivityLine]], effects: dict[str, float]) -> Iterator[Finding]:
    """Yield rows that are, to the last digit, the sum of the next rows of their flow, or of those before them."""
    for group in groups:
        amounts = [line.reference_amount or 0.0 for line in group] if len(group) >= FEWEST_TO_ADD_UP else []
        for place, amount in enumerate(amounts):
            count = _count_of_parts(amounts, place, 1) or -_count_of_parts(amounts, place, -1)
            if count and (_is_odd(amount) or _is_no_chance(group[place], count)):
                whole, first = group[place], group[place + (1 if count > 0 else count)]
                params = {"item": whole.item, "count": abs(count), "other": str(first.where)}
                yield Finding(catalogue.SUM_OF_ROWS, whole.where, params, effects.get(whole.id))


def _is_no_chance(whole: ActivityLine, count: int) -> bool:
    """Tell whether a round figure is a sum by no chance: a year's of many rows; small parts of a piece often are."""
    return whole.basis is not Basis.PER_UNIT and abs(count) >= ENOUGH_PARTS


def _count_of_parts(amounts: list[float], place: int, way: int) -> int:
    """Return how many amounts after (way 1) or before (-1) one add up to it; 0 where they pass it by."""
    whole, summed, at = amounts[place], 0.0, place + way
    most = whole * (1 + EXACT)
    while 0 <= at < len(amounts) and summed < most:
        summed += amounts[at]
        count = abs(at - place)
        if count > 1 and amounts[at] and abs(summed - whole) <= EXACT * whole:
            return count
        at += way
    return 0


def _wholes(groups: Iterable[list[ActivityLine]], effects: dict[str, float]) -> Iterator[Finding]:
    """Yield energy that is called a whole (全厂, 总表) beside other rows of it that fit within."""
    for group in groups:
        flow = group[0].flow
        is_energy = flow is not None and flow.category in ENERGY
        whole = next((line for line in group if _WHOLE.search(simplified(line.item))), None) if is_energy else None
        if whole is None:
            continue
        parts = [line for line in group if line is not whole]
        summed = math.fsum(line.reference_amount or 0.0 for line in parts)
        if summed <= (whole.reference_amount or 0.0) * (1 + METERS_AGREE):
            params = {"item": whole.item, "count": len(parts), "other": str(parts[0].where)}
            yield Finding(catalogue.WHOLE_BESIDE_PARTS, whole.where, params, effects.get(whole.id))


def _legs(lines: Iterable[ActivityLine], effects: dict[str, float]) -> Iterator[Finding]:
    """Yield transports of one name that are given by fuel and by mass × distance."""
    legs = [line for line in lines if line.stage in TRANSPORT_STAGES and line.flow is not None]
    if len({line.flow.category == "transport" for line in legs if line.flow}) < 2:
        return
    seen: dict[tuple[object, ...], dict[bool, ActivityLine]] = {}
    for line in legs:
        if line.flow is None:
            continue
        key = (line.stage, canonical(line.item), line.product, line.plant)
        kinds = seen.setdefault(key, {})
        is_freight = line.flow.category == "transport"
        other = kinds.get(not is_freight)
        if other is not None and is_freight not in kinds:
            params = {"item": line.item, "other": str(other.where)}
            yield Finding(catalogue.LEG_TWICE, line.where, params, effects.get(line.id))
        kinds.setdefault(is_freight, line)


def _totals(lines: list[ActivityLine], effects: dict[str, float]) -> Iterator[Finding]:
    """Yield products' totals of a flow that the plant's total of the same stage may hold already.

    Where the products' totals are more than the plant's, the balance does not close: they cannot be part of it.
    """
    plants: dict[tuple[Stage, str], list[ActivityLine]] = {}
    products: dict[tuple[Stage, str], list[ActivityLine]] = {}
    for line in lines:
        if line.flow and line.basis is not Basis.PER_UNIT and line.reference_amount is not None:
            group = plants if line.basis is Basis.PLANT_TOTAL else products
            group.setdefault((line.stage, line.flow.key), []).append(line)
    for key, of_products in products.items():
        of_plants = plants.get(key)
        if of_plants:
            yield _within(of_plants, of_products, effects)


def _within(of_plants: list[ActivityLine], of_products: list[ActivityLine], effects: dict[str, float]) -> Finding:
    whole = math.fsum(line.reference_amount or 0.0 for line in of_plants)
    part = math.fsum(line.reference_amount or 0.0 for line in of_products)
    first = of_products[0]
    params = {
        "flow": first.flow.name if first.flow else first.flow_typed,
        "other": str(of_plants[0].where),
        "whole": number(whole),
        "part": number(part),
        "unit": first.flow.unit if first.flow else "",
    }
    kind = catalogue.TOTAL_WITHIN_TOTAL if part <= whole else catalogue.TOTALS_EXCEED_PLANT
    return Finding(kind, first.where, params, math.fsum(effects.get(line.id, 0.0) for line in of_products))


def _gases(footprint: Footprint, effects: Mapping[str, float]) -> Iterator[Finding]:
    """Yield coal gas that holds no more heat than the coal beside it of which it may be made: the carbon counts twice.

    Where neither name tells, the heat does, unless the coal is said to be burnt elsewhere.
    """
    told = set()
    for product in footprint.products:
        for stage in product.stages:
            for gas in stage.lines:
                coal = _coal_of(gas, stage.lines) if gas.line.id not in told else None
                if coal is not None:
                    told.add(gas.line.id)
                    params = {"item": gas.line.item, "coal": coal.line.item, "other": str(coal.line.where)}
                    yield Finding(catalogue.GAS_BESIDE_COAL, gas.line.where, params, effects.get(gas.line.id))


def _coal_of(gas: LineResult, lines: Iterable[LineResult]) -> LineResult | None:
    """Return the coal of which a gas may have been made, None where there is none."""
    coals = MADE_OF.get(gas.line.flow.key) if gas.line.flow else None
    heat = energy_kwh(gas) if coals else None
    name = simplified(f"{gas.line.item} {gas.line.flow_typed}")
    if not coals or not heat or _BOUGHT_GAS.search(name):
        return None
    least, most = GAS_OF_COAL
    for coal in lines:
        held = energy_kwh(coal) if coal.line.flow and coal.line.flow.key in coals else None
        if not held or heat > held:
            continue
        use = simplified(coal.line.item)
        if _MAKES_GAS.search(use):
            return coal
        if not _BURNS.search(use) and (_OWN_GAS.search(name) or least <= heat / held <= most):
            return coal
    return None
