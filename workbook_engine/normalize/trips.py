"""Transport by trips: trips × distance × consumption per 100 km gives the fuel burnt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.model import Operation, Quantity, Step
from workbook_engine.normalize.amounts import Amount, check_distance, read_flow, stated_quantity
from workbook_engine.normalize.denominators import read_denominator
from workbook_engine.normalize.wording import rounded
from workbook_engine.texts import Text, joined
from workbook_engine.units import UNITS, parse_unit_phrase

if TYPE_CHECKING:
    from workbook_engine.normalize.context import Row
    from workbook_engine.units import Unit

TRIP_FIELDS = ("trips", "per_100km")
OTHER_ROUTES = ("amount", "mass", "mode")
PER_KM = 100.0
LIQUID = ("L", "kg")
LEAST_PER_100_KM, MOST_PER_100_KM = 2.0, 120.0  # of a small van, of a heavy lorry with a trailer in the mountains
DISTANCE = Text("运距（km）", "Distance (km)")
BOTH_WAYS = Text("往返", "There and back")
CONSUMPTION = Text("百公里用量", "Consumption per 100 km")
PER_100_KM = Text("每百公里", "per 100 km")


def is_by_trips(row: Row) -> bool:
    """Tell whether a row is filled in by this route."""
    return row.has_any(TRIP_FIELDS)


def read_trips(row: Row, item: str) -> Amount:
    """Read a row that states trips, distance and consumption per 100 km."""
    _check_routes(row, item)
    needed = [row.slot(key) for key in ("trips", "distance_km", "per_100km")]
    missing = [slot for slot in needed if slot.cell is None]
    if missing:
        names = joined(slot.spec.title for slot in missing)
        row.context.report(catalogue.TRIPS_INCOMPLETE, missing[0].where, item=item, missing=names)
    trips, distance = needed[:2]
    reading = trips.reading()
    number = stated_quantity(trips, reading, item, UNITS["次"], required=False)
    km = distance.number(UNITS["km"])
    per_100_km, unit = _consumption(row)
    check_distance(row, km, item)
    _check_consumption(row, per_100_km, unit, item)
    return Amount(
        where=trips.where,
        flow=read_flow(row.slot("flow"), item),
        flow_where=row.slot("flow").where,
        quantities=(number,) if number else (),
        per=read_denominator(trips, reading),
        unit=unit,
        unit_text=trips.spec.title.to(row.context.language),
        unit_where=row.slot("unit").where,
        first=_steps(row, km, per_100_km) if km and per_100_km else (),
        converts_from=unit if km and per_100_km else None,
    )


def _check_consumption(row: Row, per_100_km: Quantity | None, unit: Unit | None, item: str) -> None:
    """Ask about what no lorry takes; electricity and gases are left alone."""
    if per_100_km is None or unit is None or unit.symbol not in LIQUID:
        return
    if not LEAST_PER_100_KM <= per_100_km.value <= MOST_PER_100_KM:
        params = {"item": item, "value": rounded(per_100_km.value), "unit": unit.symbol}
        row.context.report(catalogue.CONSUMPTION_ODD, per_100_km.where, **params)


def _check_routes(row: Row, item: str) -> None:
    others = [row.slot(key).spec.title for key in OTHER_ROUTES if row.has(key)]
    if others:
        row.context.report(catalogue.TRIPS_MIXED, row.slot("trips").where, item=item, others=joined(others))


def _consumption(row: Row) -> tuple[Quantity | None, Unit | None]:
    """Return the fuel for 100 km and its unit: of the fuel unit's column, else of the cell itself, else litres.

    `28 L/100km` is what the column asks for; what is per anything else, and a unit that does not convert into the
    column's, is reported.
    """
    slot = row.slot("per_100km")
    reading = slot.reading()
    unit = _fuel_unit(row, reading.unit or UNITS["L"])
    if reading.per_text and not is_per_100_km(reading.per):
        params = {"typed": slot.text, "unit": f"{reading.unit}/{reading.per_text}", "wanted": f"{unit}/100km"}
        row.context.report(catalogue.NUMBER_UNIT_MISFIT, slot.where, **params)
        return None, unit
    if unit is not None:
        reading = reading.in_unit(unit)
    row.context.findings += [f for f in reading.findings(slot.where) if f.type is not catalogue.NUMBER_PER_UNIT]
    return Quantity(reading.value, slot.where, slot.text) if reading.value is not None else None, unit


def _fuel_unit(row: Row, otherwise: Unit) -> Unit | None:
    """Return the unit of the fuel unit's column, which may say per 100 km; the other one where it is blank."""
    slot = row.slot("unit")
    text = slot.words()
    if not text:
        return otherwise
    phrase = parse_unit_phrase(text)
    if phrase is None or (phrase.per_text and not is_per_100_km(phrase.per)):
        row.context.report(catalogue.UNIT_UNKNOWN, slot.where, typed=text, example="L、kg、kWh")
        return None
    return phrase.unit


def is_per_100_km(per: Unit | None) -> bool:
    """Tell whether a unit that something is per is that of 100 km, 百公里."""
    return per is not None and per.dimension == "length" and per.exact == PER_KM


def _steps(row: Row, km: Quantity, per_100_km: Quantity) -> tuple[Step, ...]:
    both = row.has("round_trip") and row.slot("round_trip").choice() == "yes"
    twice = (Step(Operation.MULTIPLY, 2.0, BOTH_WAYS, source=str(row.slot("round_trip").where)),) if both else ()
    return (
        Step(Operation.MULTIPLY, km.value, DISTANCE, km.where),
        *twice,
        Step(Operation.MULTIPLY, per_100_km.value, CONSUMPTION, per_100_km.where),
        Step(Operation.DIVIDE, PER_KM, PER_100_KM, source="100 km"),
    )
