"""What a line counts by: flow, factor, contract, and the steps from its amount to the unit of the factor."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.factors import choose
from workbook_engine.factors.vehicles import vehicles_to_choose
from workbook_engine.findings import Severity
from workbook_engine.normalize.context import report_unused
from workbook_engine.normalize.green_power import read_supply
from workbook_engine.normalize.suppliers import SERIES, own_factor, own_flow
from workbook_engine.texts import Text, joined
from workbook_engine.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.factors import Choice
    from workbook_engine.findings import CellRef, Finding
    from workbook_engine.model import Contract, EmissionFactor, Flow, Settings, Step
    from workbook_engine.normalize.amounts import Amount
    from workbook_engine.normalize.context import Context, Row


VEHICLES_SHOWN = 4
NO_ELECTRICITY = Text("这一行不是电力", "the row is no electricity")


class Counting(NamedTuple):
    """How a line counts; without a factor where that is not known (reported)."""

    flow: Flow | None
    factor: EmissionFactor | None = None
    steps: tuple[Step, ...] = ()
    contract: Contract | None = None
    rung: str = ""
    alternatives: tuple[EmissionFactor, ...] = ()


def read_counting(
    row: Row, line_id: str, item: str, amount: Amount, settings: Settings, year: int | None
) -> Counting | None:
    """Choose the factor, then bring the amount to the unit in which it counts. None for a row that counts nothing."""
    if row.has("own_cfp"):
        return _by_own_factor(row, line_id, item, amount)
    supply = read_supply(row, line_id, item, amount.flow, settings, year)
    if not supply.counts:
        return None
    if supply.flow is None:
        _check_factor_id(row)
        return Counting(None)
    if supply.flow.category != "electricity":
        report_unused(row, item, "factor_region", NO_ELECTRICITY)
    choice = choose(
        row.context.library,
        supply.flow,
        settings,
        factor_id=row.slot("factor_id").words() if row.has("factor_id") else None,
        region=row.slot("factor_region").words() if row.has("factor_region") else None,
        data_year=year,
    )
    named = row.slot("factor_id").where if choice.rung == "line" else amount.flow_where
    if choice.factor is not None or not _ask_for_vehicle(row, item, supply.flow, choice, amount.flow_where):
        _tell(row.context, choice.remarks, named)
    _say_what_a_fuel_leaves_out(row.context, choice.factor, amount.flow_where)
    steps = amount.steps_to(row, supply.flow, choice.factor)
    return Counting(supply.flow, choice.factor, steps or (), supply.contract, choice.rung, choice.alternatives)


def _tell(context: Context, remarks: Sequence[Finding], where: CellRef) -> None:
    """Tell what is to be said of a choice at the cell that asked for the factor; a note once for all of its lines."""
    for remark in remarks:
        report = context.report_once if remark.severity is Severity.NOTE else context.report
        report(remark.type, where, **remark.params)


def _ask_for_vehicle(row: Row, item: str, flow: Flow, choice: Choice, where: CellRef) -> bool:
    """Ask the company for its vehicle, where the lists offer what its words leave open. Return whether it was asked."""
    offered = () if choice.rung == "line" else vehicles_to_choose(row.context.library, flow)
    if offered:
        typed = row.text("mode" if row.has("mode") else "flow")
        some = offered[:: len(offered) // VEHICLES_SHOWN or 1][:VEHICLES_SHOWN]  # of each size
        near = joined(each.name.to(row.context.language) for each in some)
        row.context.report(catalogue.VEHICLE_OPEN, where, item=item, typed=typed, flow=flow.name, near=near)
    return bool(offered)


def _check_factor_id(row: Row) -> None:
    """Report a factor that the library has not, where the ladder is not climbed for want of a flow."""
    slot = row.slot("factor_id")
    if row.has("factor_id") and row.context.library.find_factor(slot.words()) is None:
        row.context.report(catalogue.FACTOR_ID_UNKNOWN, slot.where, id=slot.words())


def _say_what_a_fuel_leaves_out(context: Context, factor: EmissionFactor | None, where: CellRef) -> None:
    """Say that what is worked out of heat and carbon content is of burning alone."""
    if factor is not None and factor.fuel is not None:
        context.report_once(catalogue.FUEL_WITHOUT_UPSTREAM, where, factor=factor.name, id=factor.id)


def _by_own_factor(row: Row, line_id: str, item: str, amount: Amount) -> Counting:
    """Take the supplier's declared footprint as the factor."""
    factor = own_factor(row, item, line_id, amount.flow)
    if factor is None:
        return Counting(amount.flow)
    flow = own_flow(line_id, factor.name, UNITS[factor.unit.partition("/")[2]])
    return Counting(flow, factor, amount.steps_to(row, flow, factor) or (), rung=SERIES)
