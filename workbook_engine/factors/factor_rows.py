"""Rows of the library workbook -> emission factors. What is unsound becomes a finding.

A row that cannot be used is left out and its finding says so; what is only doubtful (a value out of range, no source)
is kept. A fuel's factor is always worked out from its parameters: the cell that shows it is only compared.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.factors.fuel import kg_co2_per_reference_unit, t_co2_per_gj
from workbook_engine.factors.plausible import implausible_parameter, is_plausible
from workbook_engine.factors.regions import NATION, find_region
from workbook_engine.factors.row_reader import RowReader, canonical, read_number
from workbook_engine.factors.rows import OWN_SERIES, FlowRow
from workbook_engine.frozen import frozen
from workbook_engine.model import EmissionFactor, Flow, FuelParameters
from workbook_engine.texts import Text
from workbook_engine.units import UNITS, Unit, convert, parse_unit_phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

# The cached value of a fuel's formula may differ in its last digits, as a spreadsheet shows 15 of them.
_CACHED_TOLERANCE = 1e-9


@frozen
class Known:
    """What rows refer to by key or by name: canonical name -> flow, canonical name -> key of a series."""

    flows: Mapping[str, FlowRow]
    series: Mapping[str, str]

    def flow(self, reader: RowReader) -> FlowRow | None:
        """Return the flow that a row names; None, with a finding, where there is none of that name."""
        found = self.flows.get(canonical(reader.text("flow")))
        if found is None:
            reader.add(catalogue.LIBRARY_UNKNOWN_FLOW, "flow", flow=reader.text("flow"))
        return found

    def series_of(self, reader: RowReader) -> str:
        """Return the key of a row's series; what is not declared stands for itself, a blank for the user's own."""
        typed = reader.text("series") or OWN_SERIES
        return self.series.get(canonical(typed), typed)


def read_factor(reader: RowReader, known: Known) -> EmissionFactor | None:
    """Return the factor of a row that gives it directly, in the flow's reference unit."""
    flow = known.flow(reader) if reader.require("id", "flow") else None
    if flow is None or not reader.require("value", "unit"):
        return None
    printed, per = reader.number("value"), _per_reference_unit(reader, flow)
    if printed is None or per is None:
        return None
    value = printed * per.times / per.over
    if not is_plausible(flow.flow, flow.unit.dimension, value):
        shown = {"id": reader.text("id"), "value": reader.text("value"), "unit": reader.text("unit")}
        reader.add(catalogue.LIBRARY_VALUE_IMPLAUSIBLE, "value", **shown)
    part = "co2" if per.co2_only else flow.part
    gases = {part: value} if part else {}
    return _factor(reader, known, flow.flow, _Worked(value, (printed, reader.text("unit")), gases))


def read_fuel(reader: RowReader, known: Known) -> EmissionFactor | None:
    """Return the factor of a fuel's row, worked out from its parameters."""
    flow = known.flow(reader) if reader.require("id", "flow") else None
    fuel = _fuel_parameters(reader, flow) if flow else None
    if flow is None or fuel is None:
        return None
    value = kg_co2_per_reference_unit(fuel)
    doubtful = implausible_parameter(fuel)
    if doubtful:
        shown = {"id": reader.text("id"), "value": reader.text(doubtful), "unit": reader.title(doubtful)}
        reader.add(catalogue.LIBRARY_VALUE_IMPLAUSIBLE, doubtful, **shown)
    _compare_cached(reader, value)
    printed = (t_co2_per_gj(fuel), "tCO2/GJ")
    return _factor(reader, known, flow.flow, _Worked(value, printed, {"co2": value}, fuel))


@frozen
class _Worked:
    """A factor's value per reference unit, as it is printed, its parts, and the fuel's parameters."""

    value: float
    printed: tuple[float, str]
    gases: Mapping[str, float]
    fuel: FuelParameters | None = None


def _factor(reader: RowReader, known: Known, flow: Flow, worked: _Worked) -> EmissionFactor:
    factor_id, year = reader.text("id"), reader.year("year")
    name = reader.text("name_zh") or flow.name.zh
    name_en = flow.name.en if name == flow.name.zh else name
    publisher, document = reader.text("publisher"), reader.text("document")
    if not publisher and not document:
        reader.add(catalogue.LIBRARY_SOURCE_MISSING, "document", id=factor_id)
    region = reader.text("region") or NATION
    return EmissionFactor(
        id=factor_id,
        flow=flow.key,
        name=Text(name, reader.text("name_en") or name_en),
        value=worked.value,
        unit=f"kgCO2e/{flow.unit}",
        printed_value=worked.printed[0],
        printed_unit=worked.printed[1],
        series=known.series_of(reader),
        year=year,
        region=find_region(region) or region,
        publisher=publisher,
        document=document,
        tier=reader.word("tier"),
        note=reader.text("note"),
        fuel=worked.fuel,
        gases=worked.gases,
        where=reader.row.where("id"),
        spread_percent=_spread(reader),
    )


def _spread(reader: RowReader) -> float | None:
    """Return the stated ± % of a factor; one below zero is reported and not used."""
    spread = reader.number("spread")
    if spread is not None and spread < 0:
        shown = {"id": reader.text("id"), "value": reader.text("spread"), "unit": reader.title("spread")}
        reader.add(catalogue.LIBRARY_VALUE_IMPLAUSIBLE, "spread", **shown)
        return None
    return spread


@frozen
class _Per:
    """What a printed value is to be multiplied with and divided by, and whether it is CO2 alone."""

    times: float
    over: float
    co2_only: bool


def _per_reference_unit(reader: RowReader, flow: FlowRow) -> _Per | None:
    """Read `tCO2/GJ`: an emission per something that the flow is counted in, by volume and density if need be."""
    typed = reader.text("unit")
    phrase = parse_unit_phrase(typed)
    over = _in_reference_unit(phrase.per, flow) if phrase and phrase.per else None
    if phrase is None or phrase.unit.dimension != "emission" or over is None:
        params = {"unit": typed, "flow": flow.flow.name, "expected": flow.unit.symbol}
        reader.add(catalogue.LIBRARY_UNKNOWN_UNIT, "unit", **params)
        return None
    return _Per(convert(1, phrase.unit, UNITS["kgCO2e"]), over, not phrase.unit.symbol.endswith("e"))


def _in_reference_unit(unit: Unit, flow: FlowRow) -> float | None:
    """Return how many reference units one `unit` is; None where it is of another kind."""
    if unit.converts_to(flow.unit):
        return convert(1, unit, flow.unit)
    density = flow.flow.density_kg_per_l
    if density and (unit.dimension, flow.unit.dimension) == ("volume", "mass"):
        return convert(convert(1, unit, UNITS["L"]) * density, UNITS["kg"], flow.unit)
    return None


def _fuel_parameters(reader: RowReader, flow: FlowRow) -> FuelParameters | None:
    if not reader.require("ncv", "ncv_unit"):
        return None
    per_gj = reader.number("printed_per_gj")
    if per_gj is None and not reader.require("carbon_content", "oxidation"):
        return None
    ncv, carbon, oxidation = (reader.number(key) for key in ("ncv", "carbon_content", "oxidation"))
    phrase = parse_unit_phrase(reader.text("ncv_unit"))
    per = phrase.per if phrase and phrase.unit.dimension == "energy" else None
    if phrase is None or per is None or per.dimension != flow.unit.dimension:
        params = {"unit": reader.text("ncv_unit"), "flow": flow.flow.name, "expected": flow.unit.symbol}
        reader.add(catalogue.LIBRARY_UNKNOWN_UNIT, "ncv_unit", **params)
        return None
    if ncv is None or (per_gj is None and (carbon is None or oxidation is None)):
        return None
    unit, stated = ("t", UNITS["t"]) if per.dimension == "mass" else ("10^4 m3", _TEN_THOUSAND_M3)
    in_gj = convert(ncv, phrase.unit, UNITS["GJ"])
    return FuelParameters(in_gj * convert(1, stated, per), unit, carbon, oxidation, per_gj)


_TEN_THOUSAND_M3 = Unit("万m³", "volume", UNITS["m³"].exact * 10_000)


def _compare_cached(reader: RowReader, computed: float) -> None:
    cell = reader.row.cells.get("factor")
    shown = read_number(cell) if cell is not None and cell.kind != "uncached" else None
    if shown is not None and not math.isclose(shown, computed, rel_tol=_CACHED_TOLERANCE):
        params = {"shown": f"{shown:.6g}", "computed": f"{computed:.6g}"}
        reader.add(catalogue.LIBRARY_FUEL_VALUE_DIFFERS, "factor", **params)
