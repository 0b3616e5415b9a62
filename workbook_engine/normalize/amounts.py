"""The amount of a row: its flow, its number (or the months of it), its unit, by one of the routes.

activity   flow, amount or months, unit; a power (W) becomes energy by its hours
freight    mode, mass, mass unit, distance: mass × distance = t·km
trips      see trips.py
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.factors.conversion import conversion_steps
from workbook_engine.frozen import frozen
from workbook_engine.model import Operation, Quantity, Step
from workbook_engine.normalize.context import typed
from workbook_engine.normalize.denominators import read_denominator, without_denominator
from workbook_engine.normalize.use_profile import power_steps
from workbook_engine.normalize.wording import figure, rounded
from workbook_engine.spec.limits import MONTHS_TOLERANCE
from workbook_engine.texts import Text, joined
from workbook_engine.units import UNITS, parse_unit, parse_unit_phrase

if TYPE_CHECKING:
    from workbook_engine.findings import CellRef
    from workbook_engine.model import EmissionFactor, Flow
    from workbook_engine.normalize.context import Row, Slot
    from workbook_engine.normalize.denominators import Denominator
    from workbook_engine.normalize.numbers import NumberReading
    from workbook_engine.units import Unit

MONTHS = tuple(f"month_{month:02d}" for month in range(1, 13))
MONTHS_TO_COMPARE = 3  # of fewer months a mean says nothing
MONTHS_TO_RISE = 6  # by chance six months rise once in 720 times, twelve never
STRONG_DEVIATION = 0.5  # of the mean: seasons and holidays stay below it in most plants
TONNE_KG = 1000.0
SHARE = UNITS["%"]
LEAST_KM = 1.0
LEAST_KM_BY = {"rail": 10.0, "inland": 10.0, "ship": 10.0, "water": 10.0, "sea": 100.0, "air": 100.0}  # by flow's key
HALF_ROUND_THE_EARTH_KM = 20_000.0  # ships go some 20,000 km from China to Europe round the Cape
DISTANCE = Text("运距（km）", "Distance (km)")
_OTHER_STATE = {
    "lng": Text("（气化后按 m³ 计量的，品种请填“天然气”）", " (choose “natural gas” for m³ of the vaporised gas)"),
    "natural_gas": Text("（以液态购入的，品种请填“液化天然气”）", " (choose “LNG” if it was bought as a liquid)"),
}
TO_TONNES = Text("换算为 t", "to t")


@frozen
class Amount:
    """What a row says of its flow and amount. `omitted`: the row states that nothing occurs.

    `first` are the steps before the unit is converted (t × km), after which the amount is in `converts_from`.
    """

    where: CellRef
    flow: Flow | None
    flow_where: CellRef
    quantities: tuple[Quantity, ...] = ()
    unit: Unit | None = None
    unit_text: str = ""
    unit_where: CellRef | None = None
    first: tuple[Step, ...] = ()
    converts_from: Unit | None = None
    omitted: bool = False
    per: Denominator | None = None  # 台 in `120kg/台`
    by_months: bool = False

    @property
    def total(self) -> float | None:
        """Return the amount in the typed unit, None where it is not known."""
        return math.fsum(quantity.value for quantity in self.quantities) if self.quantities else None

    def steps_to(self, row: Row, flow: Flow, factor: EmissionFactor | None) -> tuple[Step, ...] | None:
        """Return the steps from the typed unit to the flow's; None, reported, where there is no way."""
        source = self.converts_from or self.unit
        if source is None:
            return None
        steps = conversion_steps(source, flow, factor)
        if steps is None:
            params = {"flow": flow.name, "typed": self.unit_text, "example": flow.unit}
            by_density = _by_density(source, flow)
            kind = catalogue.DENSITY_MISSING if by_density else catalogue.UNIT_MISMATCH
            row.context.report(kind, self.unit_where, **params, **by_density)
            return None
        return (*self.first, *steps)


def _by_density(source: Unit, flow: Flow) -> dict[str, object]:
    """Return what to say of a volume where a mass is wanted, or the other way round; nothing of other units."""
    wanted = parse_unit(flow.unit)
    if wanted is None or {source.dimension, wanted.dimension} != {"volume", "mass"}:
        return {}
    to_mass = wanted.dimension == "mass"
    mass, volume, sign = (wanted, source, "×") if to_mass else (source, wanted, "÷")
    zh, en = (f"{wanted} = {source} {sign} {word} {mass}/{volume}" for word in ("密度", "density in"))
    return {"formula": Text(zh, en), "hint": _OTHER_STATE.get(flow.key, Text("", ""))}


def read_activity(row: Row, item: str) -> Amount:
    """Read a row that states a flow and its amount."""
    slot = row.slot("amount")
    reading = slot.reading(per_year=True)
    months = row.slots(MONTHS)
    where = months[0].where if months and reading.kind == "blank" else slot.where
    if reading.kind == "nothing" and not months and row.slot("unit").reading().kind == "number":
        row.slot("unit").unknown(catalogue.UNIT_UNKNOWN)  # the two cells may be swapped: the number is not passed over
        return Amount(where, None, row.slot("flow").where)
    if reading.kind == "nothing" and not months:
        row.context.report(catalogue.ROW_NOT_APPLICABLE, slot.where, item=item, typed=slot.text)
        return Amount(where, None, row.slot("flow").where, omitted=True)
    named, counted_in = row.slot("flow"), row.slot("unit")
    flow = read_flow(named, item)
    headed = next((each.heading_unit for each in (slot, *months) if each.heading_unit), None)
    unit, unit_text = read_unit(counted_in, reading, item, flow, headed, may_be_per=True)
    by_months = bool(months) and reading.kind == "blank"
    counted, counts = (months[0], months[0].reading()) if by_months else (slot, reading)
    per = read_denominator(counted, counts, counted_in)
    quantities = _months(row, item, months, unit) if months else ()
    stated = stated_quantity(slot, reading, item, unit, required=not months)
    if stated and quantities:
        _compare(row, item, stated, quantities)
    is_whole = len(quantities) == len(row.context.months)
    hours, energy = power_steps(row, item, unit)
    return Amount(
        where=where,
        flow=flow,
        flow_where=named.where,
        quantities=(stated,) if stated else quantities if is_whole else (),
        per=per,
        by_months=by_months,
        unit=unit,
        unit_text=unit_text,
        unit_where=counted_in.where,
        first=hours,
        converts_from=energy,
    )


def read_freight(row: Row, item: str) -> Amount:
    """Read a row that states mass, distance and mode."""
    mass, distance, mode = row.slot("mass"), row.slot("distance_km"), row.slot("mode")
    weighed_in = row.slot("mass_unit")
    missing = [slot for slot in (mass, distance, mode) if slot.cell is None]
    if missing:
        names = joined(slot.spec.title for slot in missing)
        row.context.report(catalogue.ROUTE_INCOMPLETE, missing[0].where, item=item, missing=names)
    if row.has("flow") and not row.has("amount"):
        fuel = row.slot("flow")
        row.context.report(catalogue.FUEL_BESIDE_MODE, fuel.where, item=item, field=fuel.spec.title, typed=fuel.text)
    reading = mass.reading(per_year=True)
    km = distance.number(UNITS["km"])
    flow = read_flow(mode, item) if mode.cell else None
    unit, unit_text = read_unit(weighed_in, reading, item, None, mass.heading_unit, may_be_per=True)
    is_mass = _is_mass(row, unit)
    check_distance(row, km, item, flow)
    stated = stated_quantity(mass, reading, item, unit, required=False)
    return Amount(
        where=mass.where,
        flow=flow,
        flow_where=mode.where,
        quantities=(stated,) if stated else (),
        per=read_denominator(mass, reading, weighed_in),
        unit=unit if is_mass and km else None,  # without its distance a mass converts to nothing, and that is told
        unit_text=unit_text,
        unit_where=weighed_in.where,
        first=_freight_steps(unit, km),
        converts_from=UNITS["t·km"] if is_mass and km else None,
    )


def check_distance(row: Row, distance: Quantity | None, item: str, mode: Flow | None = None) -> None:
    """Ask about a leg of more than half round the Earth, and about one that no lorry, train or ship is loaded for."""
    if distance is None or not distance.value:
        return
    least = LEAST_KM_BY.get(mode.key.partition("_")[0], LEAST_KM) if mode else LEAST_KM
    if distance.value > HALF_ROUND_THE_EARTH_KM:
        row.context.report(catalogue.DISTANCE_FAR, distance.where, item=item, value=f"{distance.value:,.12g}")
    elif distance.value < least:
        row.context.report(catalogue.DISTANCE_NEAR, distance.where, item=item, value=figure(distance.value))


def _freight_steps(unit: Unit | None, distance: Quantity | None) -> tuple[Step, ...]:
    """Return the steps from goods mass to t·km."""
    if unit is None or distance is None or unit.dimension != "mass":
        return ()
    tonnes = unit.factor / TONNE_KG
    to_tonnes = Step(Operation.MULTIPLY, tonnes, TO_TONNES, source=f"1 {unit} = {tonnes:g} t")
    by_distance = Step(Operation.MULTIPLY, distance.value, DISTANCE, distance.where)
    return (by_distance,) if tonnes == 1 else (to_tonnes, by_distance)


def _is_mass(row: Row, unit: Unit | None) -> bool:
    """Tell whether goods are weighed in the unit; another dimension is reported."""
    if unit is None or unit.dimension == "mass":
        return unit is not None
    slot, goods = row.slot("mass_unit"), row.slot("mass").spec.title
    row.context.report(catalogue.UNIT_MISMATCH, slot.where, flow=goods, typed=slot.text, example="t")
    return False


# --- number, months ---------------------------------------------------------------------------------------------------


def stated_quantity(
    slot: Slot, reading: NumberReading, item: str, unit: Unit | None, *, required: bool
) -> Quantity | None:
    """Return the amount's quantity in the row's unit, None where it is missing or (reported) not certain."""
    context = slot.context
    reading = without_denominator(reading)
    if unit is not None:
        reading = reading.in_unit(unit)
    elif catalogue.NUMBER_WITH_UNIT in reading.types:  # the unit beside it contradicts it: that is told, as an error
        reading = reading._replace(types=tuple(t for t in reading.types if t is not catalogue.NUMBER_WITH_UNIT))
    if reading.unit is SHARE:
        context.report(catalogue.AMOUNT_IS_SHARE, slot.where, typed=reading.typed, example=unit or "kg")
        return None
    if reading.kind != "pending":  # reported below, with the item's name
        context.findings += reading.findings(slot.where)
    if reading.kind == "blank" and required:
        context.report(catalogue.AMOUNT_MISSING, slot.where, item=item)
    elif reading.kind == "pending":
        context.report(catalogue.AMOUNT_PENDING, slot.where, item=item, typed=slot.text)
    if reading.value is None:
        return None
    if reading.value < 0:
        context.report(catalogue.AMOUNT_NEGATIVE, slot.where, item=item, typed=slot.text)
        return None
    return Quantity(reading.value, slot.where, typed(slot.cell))


def _months(row: Row, item: str, months: list[Slot], unit: Unit | None) -> tuple[Quantity, ...]:
    """Return the months of the period that are given; what is missing is reported where no year's amount stands in."""
    wanted = row.context.months
    if not wanted:
        row.context.report(catalogue.MONTHS_OF_LONG_PERIOD, months[0].where, item=item)
        return ()
    quantities: list[Quantity] = []
    for slot in months:
        inside = int(slot.spec.key[-2:]) in wanted
        reading = slot.reading()
        if reading.kind == "nothing":
            if inside:
                row.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=slot.text, value="0")
                quantities.append(Quantity(0.0, slot.where, slot.text))
            continue
        stated = stated_quantity(slot, reading, item, unit, required=True)
        if stated and not inside and stated.value:
            row.context.report(catalogue.MONTH_OUTSIDE_PERIOD, slot.where, item=item, month=slot.spec.title)
        quantities += [stated] if stated and inside else []
    if len(quantities) == len(wanted):
        _note_variation(row, item, quantities)
        _check_rising(row, item, quantities)
    elif not row.has("amount"):
        params = {"item": item, "count": len(quantities), "wanted": len(wanted)}
        row.context.report(catalogue.MONTHS_INCOMPLETE, months[0].where, **params)
    return tuple(quantities)


def _note_variation(row: Row, item: str, months: list[Quantity]) -> None:
    """Say so where a month is far from the others: the variation within the period (ISO 14067, 6.3.6)."""
    mean = math.fsum(month.value for month in months) / len(months)
    if len(months) < MONTHS_TO_COMPARE or not mean:
        return
    far = max(months, key=lambda month: abs(month.value - mean))
    if abs(far.value - mean) <= STRONG_DEVIATION * mean:
        return
    spread = math.sqrt(math.fsum((month.value - mean) ** 2 for month in months) / len(months)) / mean
    params = {"item": item, "value": far.typed, "mean": rounded(mean, 6), "variation": f"{spread:.0%}"}
    row.context.report(catalogue.MONTHS_VARY, far.where, **params)


def _check_rising(row: Row, item: str, months: list[Quantity]) -> None:
    """Ask about months each of which is more than the one before: running totals and meter readings are, use is not.

    The year's amount, where it stands beside them, says what they are.
    """
    if row.has("amount") or len(months) < MONTHS_TO_RISE:
        return
    if all(earlier.value < later.value for earlier, later in itertools.pairwise(months)):
        summed = math.fsum(month.value for month in months)
        params = {"item": item, "count": len(months), "first": months[0].typed, "last": months[-1].typed}
        row.context.report(catalogue.MONTHS_RISING, months[0].where, **params, summed=f"{summed:.10g}")


def _compare(row: Row, item: str, stated: Quantity, months: tuple[Quantity, ...]) -> None:
    """Hold the months against the year's amount: all of them are that, some of them at most that."""
    summed = math.fsum(month.value for month in months)
    wanted = len(row.context.months)
    if len(months) < wanted and summed <= stated.value * (1 + MONTHS_TOLERANCE):
        params = {"item": item, "count": len(months), "wanted": wanted, "stated": stated.typed}
        row.context.report(catalogue.MONTHS_NOT_USED, months[0].where, **params)
    elif not math.isclose(summed, stated.value, rel_tol=MONTHS_TOLERANCE):
        row.context.report(
            catalogue.MONTHS_DISAGREE,
            stated.where,
            item=item,
            summed=rounded(summed),
            stated=stated.typed,
            difference=rounded(summed - stated.value),
        )


# --- flow, unit -------------------------------------------------------------------------------------------------------


def read_flow(slot: Slot, item: str) -> Flow | None:
    """Return the flow that a cell names; None, reported, where it is missing or not in the library."""
    text = slot.words()
    if not text:
        slot.context.report(catalogue.FLOW_MISSING, slot.where, item=item)
        return None
    library, language = slot.context.library, slot.context.language
    match = library.match_flow(text)
    if match is None:
        near = joined(flow.name.to(language) for flow in library.suggest_flows(text))
        similar = Text(f"（相近的有：{near.zh}）", f" (similar: {near.en})") if near.zh else Text("", "")
        slot.unknown(catalogue.FLOW_UNKNOWN, near=similar)
        return None
    if match.step == "similar":
        slot.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=text, value=match.value.name)
    return match.value


def read_unit(
    slot: Slot,
    reading: NumberReading,
    item: str,
    flow: Flow | None,
    headed: Unit | None = None,
    *,
    may_be_per: bool = False,
) -> tuple[Unit | None, str]:
    """Return the unit of the amount: of its column, or of the amount's own cell; both must agree.

    `headed` is the unit that the heading of the amounts names, where a company wrote one there. `may_be_per`: `kWh/年`
    is kWh, and the caller sees to what it is per.
    """
    example = flow.unit if flow else joined(("kg", "t") if slot.spec.key == "mass_unit" else ("kWh", "kg", "t", "m³"))
    if reading.unit is SHARE:  # told of the amount; the row's unit is wanted all the same
        reading = reading._replace(unit=None)
    text = slot.words()
    phrase = parse_unit_phrase(text) if text else None
    unit = phrase.unit if phrase and (may_be_per or not phrase.per_text) else None
    if phrase and unit and phrase.per_text:
        text = str(unit)
    if phrase and unit and phrase.convention:
        slot.context.report(catalogue.UNIT_BY_CONVENTION, slot.where, typed=text, convention=phrase.convention)
    if unit is SHARE:
        slot.context.report(catalogue.AMOUNT_IS_SHARE, slot.where, typed=text, example=example)
        return None, text
    if text and unit is None:
        slot.unknown(catalogue.UNIT_UNKNOWN, example=example)
        return None, text
    if reading.unit is None and headed is not None:
        return _as_headed(slot, item, unit, headed), text or headed.symbol
    if reading.unit is None:
        if unit is None:
            slot.context.report(catalogue.UNIT_MISSING, slot.where, item=item, example=example)
        return unit, text
    if unit is not None and unit != reading.unit:
        slot.context.report(catalogue.UNIT_CONFLICT, slot.where, typed=reading.typed, unit=text)
        return None, text
    return reading.unit, text or reading.unit_text


def _as_headed(slot: Slot, item: str, unit: Unit | None, headed: Unit) -> Unit | None:
    """Return the unit of a row whose amounts are headed with one: the row's own must be the same, or blank."""
    if unit is None:
        slot.context.report(catalogue.UNIT_FROM_HEADING, slot.where, item=item, unit=headed.symbol)
        return headed
    if unit != headed:
        slot.context.report(catalogue.HEADING_UNIT_CONFLICT, slot.where, unit=unit.symbol, headed=headed.symbol)
        return None
    return unit
