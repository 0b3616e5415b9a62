"""排放因子: the factors that the study used, each with its source, and how its value comes about.

A fuel's factor is live: NCV × carbon content × oxidation × 44/12 (GB/T 32151, IPCC 2006 vol. 2), or NCV × the factor
per GJ that a document prints. Any other is the printed value × a conversion of units.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.factors.remarks import note_in
from workbook_engine.grid import address
from workbook_engine.results.columns import FactorColumns as At
from workbook_engine.results.layout import GASES, HEADER_ROW
from workbook_engine.results.package import shown
from workbook_engine.results.raw import SUPPLIER_SERIES
from workbook_engine.results.sheets import Column, Table, freeze, open_table, write_texts
from workbook_engine.results.words import capitalised, region_title, series_title, tier_title, unit_title
from workbook_engine.texts import Text
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from workbook_engine.model import EmissionFactor, FuelParameters
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("采用的排放因子", "Emission factors used")
HINT: Final = Text(
    "可信度 P：官方文件原文；S2：两份二手资料一致；S1：一份二手资料。浅黄底色的数可改，结果随之更新。",
    "Tier P: the official document; S2: two secondary copies agree; S1: one secondary copy. Light yellow numbers "
    "can be changed; the results follow.",
)
TONNE_CO2_PER_TONNE_C: Final = "44/12"  # molar masses of CO2 and C
NCV_UNITS: Final = {"10^4 m3": "10⁴ m³"}  # as they are printed
KILO: Final = 1000.0  # tC/TJ -> tC/GJ

COLUMNS: Final = {
    At.ID: Column(Text("因子编号", "Factor id"), 19),
    At.NAME: Column(Text("名称", "Name"), 18),
    At.VALUE: Column(Text("采用值", "Value used"), 11),
    At.UNIT: Column(Text("单位", "Unit"), 13),
    At.PRINTED: Column(Text("原文数值", "Printed value"), 12),
    At.PRINTED_UNIT: Column(Text("原文单位", "Printed unit"), 13),
    At.CONVERSION: Column(Text("单位折算", "Conversion"), 9),
    At.NCV: Column(Text("低位发热量 NCV", "NCV"), 10),
    At.NCV_UNIT: Column(Text("NCV 单位", "NCV unit"), 12),
    At.CARBON: Column(Text("单位热值含碳量 tC/TJ", "Carbon content tC/TJ"), 10),
    At.OXIDATION: Column(Text("碳氧化率", "Oxidation"), 9),
    At.PER_GJ: Column(Text("tCO2/GJ", "tCO2/GJ"), 11),
    At.OTHER_GASES: Column(Text("CH4、N2O 等", "CH4, N2O etc."), 11),
    At.SERIES: Column(Text("系列", "Series"), 14),
    At.YEAR: Column(Text("年份", "Year"), 7),
    At.REGION: Column(Text("地区", "Region"), 9),
    At.PUBLISHER: Column(Text("发布机构", "Publisher"), 20),
    At.DOCUMENT: Column(Text("文件", "Document"), 28),
    At.TIER: Column(Text("可信度", "Tier"), 10),
    At.NOTE: Column(Text("备注", "Note"), 20),
}


class _Fuel(NamedTuple):
    """A fuel's factor taken apart: factor per GJ, conversion of units, and what other gases add."""

    per_gj: float
    conversion: float
    others: float


def write_factors(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    parts = [_part_of(gas) for gas in layout.gases]
    columns = COLUMNS | {
        column: Column(part, max(17, text_width(part.to(layout.language)) + 2))
        for column, part in enumerate(parts, At.NOTE + 1)
    }
    title = (TITLE.to(layout.language), HINT.to(layout.language))
    page = open_table(package, job, layout, "factors", title, Table(columns, At.NAME, _unused(job)))
    page.landmark("factors", HEADER_ROW, At.ID)
    row = 0
    for factor in job.factors:
        row = layout.factors[factor.id]
        _write_factor(page, job, layout, row, factor)
    freeze(page, At.NAME, row, At.NOTE + len(layout.gases))


def _unused(job: ResultsJob) -> set[int]:
    """Return the columns of fuels, and that of other gases, where no factor has any: the sheet is wide enough."""
    fuels = [fuel for fuel in map(_fuel, job.factors) if fuel]
    unused = () if fuels else tuple(range(At.NCV, At.PER_GJ + 1))
    return {*unused, *(() if any(fuel.others for fuel in fuels) else (At.OTHER_GASES,))}


def _write_factor(page: Page, job: ResultsJob, layout: Layout, row: int, factor: EmissionFactor) -> None:
    fuel = _fuel(factor)
    conversion = fuel.conversion if fuel else _conversion(factor)
    page.landmark(f"factor {factor.id}", row, At.ID)
    write_texts(page, row, [(At.ID, factor.id), (At.NAME, factor.name.to(layout.language))])
    page.formula(row, At.VALUE, _value_formula(row, fuel, conversion), factor.value)
    page.text(row, At.UNIT, unit_title(factor.unit, layout.language), "centre")
    own = layout.raw.live(factor.where, factor.printed_value) if factor.series == SUPPLIER_SERIES else None
    if own:
        page.formula(row, At.PRINTED, own, factor.printed_value)
    else:
        page.number(row, At.PRINTED, factor.printed_value, "number" if fuel else "input")
    page.text(row, At.PRINTED_UNIT, shown(factor.printed_unit), "centre")
    page.number(row, At.CONVERSION, conversion, "input")
    _write_fuel(page, row, factor.fuel if fuel else None, fuel)
    write_texts(
        page,
        row,
        [
            (At.SERIES, series_title(job, factor, layout.language)),
            (At.YEAR, str(factor.year or "")),
            (At.REGION, region_title(factor, layout.language)),
            (At.PUBLISHER, factor.publisher),
            (At.DOCUMENT, factor.document),
            (At.TIER, tier_title(factor, layout.language)),
            (At.NOTE, capitalised(note_in(layout.language, factor.note))),
        ],
    )
    _write_gases(page, layout, row, factor)


def typed_inputs(factor: EmissionFactor) -> dict[int, float]:
    """Return the numbers that the factor's row holds as inputs of the live model, by column."""
    fuel, parameters = _fuel(factor), factor.fuel
    inputs = {At.CONVERSION: fuel.conversion if fuel else _conversion(factor)}
    if factor.series != SUPPLIER_SERIES:  # that one stands in the company's own cell
        inputs[At.PRINTED] = factor.printed_value
    if fuel is None or parameters is None:
        return inputs
    parts = (
        (At.NCV, parameters.ncv_gj),
        (At.CARBON, parameters.carbon_content_t_per_tj),
        (At.OXIDATION, parameters.oxidation),
        (At.PER_GJ, parameters.printed_t_co2_per_gj),
        (At.OTHER_GASES, fuel.others or None),
    )
    return inputs | {column: value for column, value in parts if value is not None}


def is_one_gas(factor: EmissionFactor) -> bool:
    """Tell whether all of a factor is one gas."""
    return [*factor.gases.values()] == [factor.value]


def _part_of(gas: str) -> Text:
    return Text(f"其中\n{GASES[gas].zh}", f"Of which\n{GASES[gas].en}")


def _write_gases(page: Page, layout: Layout, row: int, factor: EmissionFactor) -> None:
    """Write the parts that the source tells apart: 0 where it gives others, blank where it gives none.

    A factor that is one gas throughout takes its value, so that a trial of another value is all that gas, too.
    """
    for column, gas in enumerate(layout.gases, start=At.NOTE + 1):
        if gas in factor.gases and is_one_gas(factor):
            page.formula(row, column, address(row, At.VALUE), factor.value)
        elif factor.gases:
            page.number(row, column, factor.gases.get(gas, 0.0), "input")
        else:
            page.blank(row, column)


def _write_fuel(page: Page, row: int, parameters: FuelParameters | None, fuel: _Fuel | None) -> None:
    if parameters is None or fuel is None:
        for column in range(At.NCV, At.OTHER_GASES + 1):
            page.blank(row, column)
        return
    page.number(row, At.NCV, parameters.ncv_gj, "input")
    page.text(row, At.NCV_UNIT, f"GJ/{NCV_UNITS.get(parameters.ncv_unit, parameters.ncv_unit)}", "centre")
    for column, value in ((At.CARBON, parameters.carbon_content_t_per_tj), (At.OXIDATION, parameters.oxidation)):
        if value is None:
            page.blank(row, column)
        else:
            page.number(row, column, value, "input" if parameters.printed_t_co2_per_gj is None else "number")
    if parameters.printed_t_co2_per_gj is None:
        carbon, oxidation = address(row, At.CARBON), address(row, At.OXIDATION)
        page.formula(row, At.PER_GJ, f"{carbon}*{oxidation}*{TONNE_CO2_PER_TONNE_C}/{KILO:g}", fuel.per_gj)
    else:
        page.number(row, At.PER_GJ, parameters.printed_t_co2_per_gj, "input")
    if fuel.others:
        page.number(row, At.OTHER_GASES, fuel.others, "input")
    else:
        page.blank(row, At.OTHER_GASES)


def _value_formula(row: int, fuel: _Fuel | None, conversion: float) -> str:
    if fuel is None:
        printed = address(row, At.PRINTED)
        return printed if conversion == 1 else f"{printed}*{address(row, At.CONVERSION)}"
    formula = f"{address(row, At.NCV)}*{address(row, At.PER_GJ)}"
    if fuel.conversion != 1:
        formula += f"*{address(row, At.CONVERSION)}"
    return f"{formula}+{address(row, At.OTHER_GASES)}" if fuel.others else formula


def _fuel(factor: EmissionFactor) -> _Fuel | None:
    """Return how a fuel's value comes about of its parameters, or None where it does not."""
    parameters = factor.fuel
    if parameters is None:
        return None
    per_gj = _per_gj(parameters)
    if not per_gj or not parameters.ncv_gj:
        return None
    # GJ/t gives tCO2/t = kgCO2/kg; GJ/10⁴ m³ gives tCO2/10⁴ m³ = 0.1 kgCO2/m³.
    conversion = 1.0 if parameters.ncv_unit == "t" else 0.1
    co2 = parameters.ncv_gj * per_gj * conversion
    if math.isclose(co2, factor.value, rel_tol=1e-12):
        return _Fuel(per_gj, conversion, 0.0)
    if factor.value > co2 and len(factor.gases) > 1:
        return _Fuel(per_gj, conversion, factor.value - co2)
    ratio = _clean(factor.value / (parameters.ncv_gj * per_gj))
    return _Fuel(per_gj, ratio, 0.0)


def per_gj(factor: EmissionFactor) -> float | None:
    """Return a fuel's tCO2 per GJ where its row shows one."""
    fuel = _fuel(factor)
    return fuel.per_gj if fuel else None


def _per_gj(parameters: FuelParameters) -> float | None:
    if parameters.printed_t_co2_per_gj is not None:
        return parameters.printed_t_co2_per_gj
    if parameters.carbon_content_t_per_tj is None or parameters.oxidation is None:
        return None
    return parameters.carbon_content_t_per_tj * parameters.oxidation * 44 / 12 / KILO


def _conversion(factor: EmissionFactor) -> float:
    """Return value / printed value: 1, or the conversion of units (kgCO2e/t -> kgCO2e/kg: 0.001)."""
    return _clean(factor.value / factor.printed_value) if factor.printed_value else 1.0


def _clean(ratio: float) -> float:
    """Drop the last binary digits of a ratio that is a short decimal."""
    short = float(f"{ratio:.12g}")
    return short if math.isclose(short, ratio, rel_tol=1e-13) else ratio
