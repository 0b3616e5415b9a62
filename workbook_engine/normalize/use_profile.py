"""The use stage by its profile: energy of a year × service life × load factor, or standing losses in W × hours × years.

The load factor is simply multiplied. Standing losses (a transformer's no-load loss, a relay's coil) run all year
unless hours are stated: 8760 h, a common year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.model import Operation, Step
from workbook_engine.normalize.context import report_unused
from workbook_engine.normalize.ratios import read_ratio
from workbook_engine.texts import Text
from workbook_engine.units import UNITS, Unit

if TYPE_CHECKING:
    from workbook_engine.model import Quantity
    from workbook_engine.normalize.context import Row

HOURS_A_YEAR = 8760.0  # 365 days of 24 h
HOURS_A_DAY = 24.0
LONGEST_LIFE = 100.0  # years: of dams and tunnels; 120 and 240 are months
YEARS = Text("使用年限（年）", "Service life (years)")
LOAD = Text("负载率", "Load factor")
HOURS = Text("年运行小时（h）", "Hours a year (h)")
ENERGISED = "365 d × 24 h"
NO_POWER = Text("数量不是以 W、kW 计的功率", "the amount is no power in W or kW")


def power_steps(row: Row, item: str, unit: Unit | None) -> tuple[tuple[Step, ...], Unit | None]:
    """Return the step from a power to the energy of a year, and the unit that this is in; nothing for other units.

    Only where the table asks for a service life: elsewhere a power is a unit that does not fit.
    """
    if unit is None:
        _check_hours(row, item)
        return (), None
    if unit.dimension != "power" or "years" not in row.table.columns:
        report_unused(row, item, "hours_per_year", NO_POWER)
        return (), None
    if not row.has("years"):
        row.context.report(catalogue.YEARS_MISSING, row.slot("years").where, item=item)
    hours = _hours(row)
    if hours is None:
        if not row.has("hours_per_year"):
            row.context.report(catalogue.HOURS_ASSUMED, row.slot("hours_per_year").where, item=item)
        step = Step(Operation.MULTIPLY, HOURS_A_YEAR, HOURS, source=ENERGISED)
    else:
        step = Step(Operation.MULTIPLY, hours.value, HOURS, hours.where)
    # 1 W for 1 h is 1 Wh: the base unit of energy is the kWh, a thousand of them.
    return (step,), Unit(f"{unit.symbol}h", "energy", unit.exact / 1000)


def _check_hours(row: Row, item: str) -> None:
    """Tell what is wrong with the hours, and that the life is missing, where the unit is not known yet."""
    if "years" in row.table.columns and row.has("hours_per_year"):
        _hours(row)
        if not row.has("years"):
            row.context.report(catalogue.YEARS_MISSING, row.slot("years").where, item=item)


def _hours(row: Row) -> Quantity | None:
    """Return the hours of a year; hours of a day or a month are not those, and reported."""
    slot = row.slot("hours_per_year")
    per = slot.reading().per
    if per is not None and per is not UNITS["年"]:
        params = {"typed": slot.text, "unit": f"h/{per}", "wanted": "h"}
        row.context.report(catalogue.NUMBER_UNIT_MISFIT, slot.where, **params)
        return None
    hours = slot.number(UNITS["h"])
    if hours is not None and 0 < hours.value <= HOURS_A_DAY:
        row.context.report(catalogue.HOURS_OF_A_DAY, slot.where, typed=hours.typed)
    return hours


def life_steps(row: Row) -> tuple[Step, ...]:
    """Return the steps from a year to the service life, at the stated load."""
    steps: list[Step] = []
    if row.has("years"):
        years = row.slot("years").number(UNITS["年"])
        if years and years.value > LONGEST_LIFE:
            row.context.report(catalogue.LIFE_LONG, years.where, typed=years.typed)
        steps += [Step(Operation.MULTIPLY, years.value, YEARS, years.where)] if years else []
    if row.has("load_factor"):
        load = read_ratio(row.slot("load_factor"), may_exceed=True)
        steps += [load.step(Operation.MULTIPLY, LOAD)] if load else []
    return tuple(steps)
