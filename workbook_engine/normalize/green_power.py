"""Electricity that is not simply bought from the grid (ISO 14067:2018, 6.4.9.4).

own generation          by the factor of its technology, which the row names; not counted where its fuel is a row; asked
                        about where nothing says that it is own
contract, certificates  the result counts the grid's factor; the contract's factor gives a labelled alternative

A row that names a technology (风力发电) under a contract counts as grid electricity in the result, and its technology's
factor is the contract's unless one is typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.factors import choose
from workbook_engine.frozen import frozen
from workbook_engine.model import Contract, EmissionFactor
from workbook_engine.normalize.context import report_unused
from workbook_engine.normalize.ratios import read_ratio
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from workbook_engine.model import Flow, Settings
    from workbook_engine.normalize.context import Row

GRID_FLOW = "electricity"
CONTRACTED = ("contract", "certificate")
CONTRACT_FIELDS = ("contract_share", "contract_factor", "contract_no")
TECHNOLOGIES = frozenset(
    f"electricity_{each}" for each in ("coal", "gas", "hydro", "nuclear", "wind", "pv", "csp", "biomass")
)
_OWN = pattern(
    r"自[发备建有产用营]|屋顶|厂[区房内]|分布式|余热|余压|(?<!非)本厂|\bown\b|\bself|on-?site|roof|captive",
    re.IGNORECASE,
)
NO_CONTRACT = Text("“电力来源”没有选绿电合同或绿证", "its supply is neither a green power contract nor certificates")
OWN_FACTOR = Text("合同或证书因子", "Factor of the contract or certificates")


@frozen
class Supply:
    """How a row's electricity is supplied: the flow that the result counts, the contract, and whether it counts."""

    flow: Flow | None
    contract: Contract | None = None
    counts: bool = True


def read_supply(
    row: Row, line_id: str, item: str, flow: Flow | None, settings: Settings, data_year: int | None
) -> Supply:
    """Read how electricity is supplied; rows of other flows, and of tables without the column, are as they are."""
    kind = row.slot("supply").choice() if row.has("supply") else None
    for key in () if kind in CONTRACTED else CONTRACT_FIELDS:
        report_unused(row, item, key, NO_CONTRACT)
    if kind in (None, "grid") or flow is None:
        _check_technology(row, item, flow, is_grid=kind == "grid")
        return Supply(flow)
    if flow.category != "electricity":
        row.context.report(catalogue.SUPPLY_OF_OTHER_FLOW, row.slot("supply").where, item=item, flow=flow.name)
        return Supply(flow)
    if kind == "self_fuel":
        row.context.report(catalogue.OWN_ELECTRICITY_BY_FUEL, row.slot("supply").where, item=item)
        return Supply(flow, counts=False)
    if kind == "self":
        if flow.key == GRID_FLOW:
            row.context.report(catalogue.OWN_GENERATION_UNNAMED, row.slot("supply").where, item=item)
        return Supply(flow)
    factor = _typed_factor(row, line_id) or _of_technology(row, flow, settings, data_year)
    return Supply(row.context.library.flows[GRID_FLOW], _contract(row, item, kind or "", factor))


def _check_technology(row: Row, item: str, flow: Flow | None, *, is_grid: bool) -> None:
    """Ask about wind or hydro power that nothing calls the plant's own: 水电 may be water and electricity."""
    if flow is None or flow.key not in TECHNOLOGIES or row.has("factor_id"):
        return
    slot = row.slot("flow")
    said = (item, slot.text, row.text("remark"), row.text("data_source"))
    if is_grid or not any(_OWN.search(simplified(text)) for text in said):
        row.context.report(catalogue.POWER_BY_TECHNOLOGY, slot.where, item=item, typed=slot.text, flow=flow.name)


def _contract(row: Row, item: str, kind: str, factor: EmissionFactor | None) -> Contract:
    share = read_ratio(row.slot("contract_share")) if row.has("contract_share") else None
    document = _document(row)
    if not document:
        row.context.report(catalogue.CONTRACT_UNDOCUMENTED, row.slot("contract_no").where, item=item)
    if factor is None:
        row.context.report(catalogue.CONTRACT_FACTOR_MISSING, row.slot("contract_factor").where, item=item)
    else:
        params = {"item": item, "factor": f"{factor.value:g}"}
        row.context.report(catalogue.CONTRACT_APART, row.slot("supply").where, **params)
    return Contract(kind, factor, share.value if share else 1.0, document)


def _document(row: Row) -> str:
    return row.slot("contract_no").words() if row.has("contract_no") else ""


def _typed_factor(row: Row, line_id: str) -> EmissionFactor | None:
    number = row.slot("contract_factor").number() if row.has("contract_factor") else None
    if number is None:
        return None
    unit = "kgCO2e/kWh"
    return EmissionFactor(
        id=f"CONTRACT-{line_id}",
        flow=GRID_FLOW,
        name=OWN_FACTOR,
        value=number.value,
        unit=unit,
        printed_value=number.value,
        printed_unit=unit,
        series="contract",
        year=None,
        region="",
        publisher="",
        document=_document(row),
        tier="stated",
        where=number.where,
    )


def _of_technology(row: Row, flow: Flow, settings: Settings, data_year: int | None) -> EmissionFactor | None:
    if flow.key == GRID_FLOW:
        return None
    return choose(row.context.library, flow, settings, data_year=data_year).factor
