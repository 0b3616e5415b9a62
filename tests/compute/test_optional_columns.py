"""Every rule that an optional column adds, each case worked by hand; and the results workbook agrees on recalculation.

Electricity counts 0.5777 kgCO2e/kWh (national footprint, 2024). Diesel: 0.84 kg/L, 42.652 GJ/t × 20.2 tC/TJ × 98 % ×
44/12 = 3.095910 kgCO2/kg (GB/T 32151).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.recalc import differences, ironcalc_values, stored_values
from tests.studies import process_book, written
from workbook_engine.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

KWH = 0.5777
DIESEL = 42.652 * 20.2 * 0.98 * 44 / 12 / 1000
LITRE = 0.84
PV = 0.0520  # 2024 photovoltaic, 关于发布2024年电力碳足迹因子数据的公告
WIND = 0.0324
TOTAL = "本产品全年合计"

RAW, TRANSPORT = "raw_material_acquisition", "raw_material_transport"
MAKE, USE, END = "production", "use", "end_of_life"


def row(**cells: object) -> dict[str, Any]:
    """Return a row with nothing but what is typed, source and quality."""
    return {"item": "壳体", "data_source": "供应商提供", "quality": "初级数据", **cells}


CASES: list[tuple[str, str, dict[str, Any], float]] = [
    # 2.5 kWh for each of 3 parts
    ("supplier's energy per part", RAW, line(amount=2.5, basis="每件零部件", pieces=3), 7.5 * KWH),
    # 120 000 kWh a year ÷ 40 000 parts × 2 parts = 6 kWh
    (
        "supplier's annual total",
        RAW,
        line(amount=12, unit="万kWh", basis="供应商全年合计", supplier_output=40000, pieces=2),
        6 * KWH,
    ),
    # 4.2 kgCO2e a part, 3 parts
    ("supplier's footprint per part", RAW, row(own_cfp=4.2, own_cfp_unit="kgCO2e/件", pieces=3), 12.6),
    # 1.8 kgCO2e/kg × 2500 g
    (
        "supplier's footprint per kg",
        RAW,
        row(flow="铜", own_cfp=1.8, own_cfp_unit="kgCO2e/kg", amount=2500, unit="g", basis="每功能单位"),
        4.5,
    ),
    # 1800 gCO2e/kg × 5 t a year ÷ 1000 pieces
    (
        "supplier's footprint in grams, annual amount",
        RAW,
        row(own_cfp=1800, own_cfp_unit="gCO2e/kg", amount=5, unit="t", basis=TOTAL),
        9.0,
    ),
    # 95 kWh net ÷ (1 - 5 %) = 100 kWh
    ("loss rate as a fraction", MAKE, line(amount=95, loss_rate=0.05), 100 * KWH),
    ("loss rate as a number", MAKE, line(amount=95, loss_rate=5), 100 * KWH),
    ("loss rate as text", MAKE, line(amount=95, loss_rate="5%"), 100 * KWH),
    # 93.1 ÷ 0.95 ÷ 0.98 = 100
    ("loss and scrap", RAW, line(amount=93.1, loss_rate=0.05, scrap_rate=0.02), 100 * KWH),
    # 24 trips × 300 km × 28 L / 100 km = 2016 L of diesel a year, ÷ 1000 pieces
    (
        "trips",
        TRANSPORT,
        row(flow="柴油", trips=24, distance_km=300, per_100km=28, basis=TOTAL),
        2.016 * LITRE * DIESEL,
    ),
    # there and back: twice; by an electric truck of 90 kWh / 100 km: 12960 kWh
    (
        "trips there and back, by electricity",
        TRANSPORT,
        row(flow="电力", unit="kWh", trips=24, distance_km=300, per_100km=90, round_trip="是", basis=TOTAL),
        12.96 * KWH,
    ),
    # 200 kWh a year × 15 years × 60 %
    ("use: energy per year", USE, line(amount=200, years=15, load_factor=0.6), 1800 * KWH),
    # 12 W × 8760 h × 20 years = 2102.4 kWh
    ("use: standing losses", USE, line(amount=12, unit="W", years=20), 2102.4 * KWH),
    # 0.5 kW × 2000 h × 10 years × 0.36 (load 60 %, squared) = 3600 kWh
    (
        "use: load losses",
        USE,
        line(amount=0.5, unit="kW", hours_per_year=2000, years=10, load_factor="36%"),
        3600 * KWH,
    ),
]


@pytest.mark.parametrize(("stage", "cells", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_rule_gives_what_is_worked_by_hand(stage: str, cells: dict[str, Any], expected: float, tmp_path: Path) -> None:
    book = returned({stage: [cells]})
    outcome = process_book(book)
    assert outcome.said() == []
    assert outcome.cfp == pytest.approx(expected)
    path = written(book, tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []


def test_every_step_of_a_rule_names_the_cell_it_came_from() -> None:
    cells = line(amount=12, unit="万kWh", basis="供应商全年合计", supplier_output=40000, pieces=2, loss_rate=0.05)
    (activity,) = process_book(returned({RAW: [cells]})).inventory.lines
    typed = {step.label.zh: (step.where.cell if step.where else step.source) for step in activity.steps}
    assert typed["万kWh 换算为 kWh"] == "1 万kWh = 10000 kWh"
    columns = {label: cell[:-1] for label, cell in typed.items() if cell.endswith("7")}
    assert set(columns) == {"供应商产量（件）", "单位产品用量（件）", "1 − 损耗率"}


def test_declared_footprint_counts_as_primary_and_names_its_documents() -> None:
    cells = row(
        own_cfp=4.2, own_cfp_unit="kgCO2e/件", pieces=3, supplier="甲厂", own_cfp_report="CFP-001",
        own_cfp_standard="ISO 14067:2018", own_cfp_boundary="摇篮到大门",
    )  # fmt: skip
    outcome = process_book(returned({RAW: [{key: value for key, value in cells.items() if key != "quality"}]}))
    (activity,) = outcome.inventory.lines
    assert activity.is_primary is True
    assert activity.factor is not None
    assert (activity.factor.series, activity.factor.publisher) == ("supplier", "甲厂")
    assert activity.factor.document == "CFP-001；ISO 14067:2018；摇篮到大门"
    assert activity.factor.where is not None
    assert outcome.said(Severity.WARNING) == []


@pytest.mark.parametrize(
    ("stage", "cells", "code"),
    [
        (RAW, line(amount=2.5, basis="每件零部件"), "supplier-field-missing"),
        (RAW, line(amount=2.5, basis="供应商全年合计", pieces=2), "supplier-field-missing"),
        (RAW, row(own_cfp=4.2, own_cfp_unit="kgCO2e", pieces=3), "own-cfp-unit-unclear"),
        (RAW, row(own_cfp=4.2, pieces=3), "own-cfp-unit-unclear"),
        (RAW, row(own_cfp=4.2, own_cfp_unit="kgCO2e/件", amount=2, unit="kg", basis="每功能单位"), "unit-mismatch"),
        (RAW, row(own_cfp=4.2, own_cfp_unit="kgCO2e/件", pieces=3, basis=TOTAL), "amount-per-piece"),
        (MAKE, line(loss_rate=1), "out-of-range"),
        (MAKE, line(loss_rate=-0.1), "out-of-range"),
        (MAKE, line(loss_rate="很少"), "not-a-number"),
        (TRANSPORT, row(flow="柴油", trips=24, per_100km=28, basis=TOTAL), "trips-incomplete"),
        (TRANSPORT, row(flow="柴油", trips=2, distance_km=3, per_100km=28, amount=5, basis=TOTAL), "trips-mixed"),
        (USE, line(amount=12, unit="W"), "years-missing"),
        (MAKE, line(amount=12, unit="W"), "unit-mismatch"),
        (END, line(amount=12, route_share="60%"), "routes-not-whole"),
        (MAKE, line(flow="电力", supply="自发自用"), "own-generation-unnamed"),
    ],
)
def test_what_a_rule_lacks_is_an_error_and_never_a_zero(stage: str, cells: dict[str, Any], code: str) -> None:
    outcome = process_book(returned({stage: [cells]}))
    assert code in {found for _, _, found in outcome.said()}
    assert outcome.cfp is None


@pytest.mark.parametrize(
    ("stage", "cells", "code", "expected"),
    [
        # the amount stands as it is: 100 kWh per unit; nothing is multiplied that the basis does not ask for
        (RAW, line(pieces=3), "supplier-field-unused", 100 * KWH),
        (RAW, row(own_cfp=4.2, own_cfp_unit="kgCO2e/件", pieces=3), "own-cfp-undocumented", 12.6),
        (MAKE, line(amount=95000, basis=TOTAL, loss_rate=0.05), "loss-on-total", 100 * KWH),
        (MAKE, line(flow="柴油", amount=1, unit="kg", supply="绿证"), "supply-of-other-flow", DIESEL),
    ],
)
def test_what_may_be_meant_otherwise_is_questioned(
    stage: str, cells: dict[str, Any], code: str, expected: float
) -> None:
    outcome = process_book(returned({stage: [cells]}))
    assert code in {found for _, _, found in outcome.said(Severity.WARNING)}
    assert outcome.cfp == pytest.approx(expected)


# --- end of life ------------------------------------------------------------------------------------------------------

# 80 kg: 85 % recycled with 0.1 kWh/kg, 15 % to landfill with 0.02 kWh/kg
ROUTES = [
    line(item="壳体处理", amount=8, route="回收利用", route_share=0.85),
    line(item="壳体处理", amount=1.6, route="填埋", route_share="15%"),
]
CREDIT = line(item="替代原生钢", flow="柴油", amount=2, unit="kg", credit="是")


@pytest.mark.parametrize("typed", ["大部分", "待定", "120%", "40~60%"])
def test_a_share_that_cannot_be_read_is_told_without_the_sum_that_lacks_it(typed: str) -> None:
    rows = [line(item="外壳", amount=4, route_share=0.4), line(item="外壳", amount=4, route_share=typed)]
    errors = process_book(returned({END: rows})).said(Severity.ERROR)
    assert [cell for _, cell, _ in errors] == ["M8"]
    blank = process_book(
        returned({END: [rows[0], line(item="外壳", amount=4)]})
    )  # nothing wrong with it: it is missing
    assert "routes-not-whole" in {code for *_, code in blank.said(Severity.ERROR)}


def test_treatment_routes_count_by_their_share() -> None:
    # 8 × 0.85 + 1.6 × 0.15 = 7.04 kWh
    assert process_book(returned({END: ROUTES})).cfp == pytest.approx(7.04 * KWH)


def test_recycling_credits_are_shown_apart_by_default(tmp_path: Path) -> None:
    book = returned({END: [*ROUTES, CREDIT]})
    outcome = process_book(book)
    (product,) = outcome.footprint.products
    assert product.cfp_kg_co2e == pytest.approx(7.04 * KWH)
    assert product.credits_kg_co2e == pytest.approx(-2 * DIESEL)
    (note,) = [finding for finding in outcome.findings if finding.code == "credits-apart"]
    assert note.effect_kg_co2e == pytest.approx(-2 * DIESEL)
    path = written(book, tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []


def test_recycling_credits_count_where_the_settings_say_so(tmp_path: Path) -> None:
    book = returned({END: [*ROUTES, CREDIT]}, {"settings.credits": "计入结果"})
    outcome = process_book(book)
    assert outcome.cfp == pytest.approx(7.04 * KWH - 2 * DIESEL)
    assert outcome.footprint.products[0].credits == ()
    assert "credits-included" in outcome.codes()
    path = written(book, tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []


# --- electricity ------------------------------------------------------------------------------------------------------


def test_green_power_counts_by_the_grid_with_a_labelled_alternative() -> None:
    # 100 kWh, 60 % of them under a contract at 0.02: 100 × 0.5777 = 57.77; alternative 40 × 0.5777 + 60 × 0.02 = 24.308
    cells = line(supply="绿电合同", contract_share="60%", contract_factor=0.02, contract_no="GT-2025-07")
    outcome = process_book(returned({MAKE: [cells]}))
    (product,) = outcome.footprint.products
    assert product.cfp_kg_co2e == pytest.approx(57.77)
    assert product.contractual_kg_co2e == pytest.approx(24.308)
    (note,) = [finding for finding in outcome.findings if finding.code == "contract-alternative"]
    assert (note.params["value"], note.params["alternative"]) == ("57.77", "24.31")


def test_technology_under_a_contract_is_the_alternative_and_the_grid_the_result() -> None:
    cells = line(flow="风力发电", supply="绿证", contract_no="GEC-1")
    (product,) = process_book(returned({MAKE: [cells, line(item="其他", amount=10)]})).footprint.products
    assert product.cfp_kg_co2e == pytest.approx(110 * KWH)
    assert product.contractual_kg_co2e == pytest.approx(100 * WIND + 10 * KWH)


def test_contract_without_a_factor_gives_no_alternative_and_never_zero() -> None:
    outcome = process_book(returned({MAKE: [line(supply="绿证", contract_no="GEC-1")]}))
    assert "contract-factor-missing" in outcome.codes()
    assert outcome.footprint.products[0].contractual_kg_co2e is None
    assert outcome.cfp == pytest.approx(100 * KWH)


def test_own_generation_counts_by_its_technology() -> None:
    done = process_book(returned({MAKE: [line(flow="光伏发电", supply="自发自用")]}))
    assert done.cfp == pytest.approx(100 * PV)
    assert "power-by-technology" not in done.codes()


@pytest.mark.parametrize(
    "cells", [{}, {"flow": "水电"}, {"flow": "核电"}, {"supply": "电网"}, {"item": "外购风电", "flow": "风电"}]
)
def test_power_of_a_technology_that_nothing_says_is_own_is_asked_about(cells: dict[str, str]) -> None:
    """100 kWh of hydro power are 1.41 kgCO2e, of water and electricity in one bill (水电) up to 57.77."""
    done = process_book(returned({MAKE: [line(**{"flow": "光伏发电", **cells})]}))
    assert [place for place in done.said(Severity.WARNING) if place[2] == "power-by-technology"] == [
        ("产品生产", "D7", "power-by-technology")
    ]
    assert done.is_final


@pytest.mark.parametrize(
    "cells",
    [
        {"item": "屋顶光伏"},
        {"remark": "自发自用"},
        {"data_source": "分布式光伏电表"},
        {"flow": "电力"},
        {"factor_id": "EL-CF-2024-PV"},
    ],
)
def test_power_that_is_own_is_not_asked_about(cells: dict[str, str]) -> None:
    done = process_book(returned({MAKE: [line(**{"flow": "光伏发电", **cells})]}))
    assert "power-by-technology" not in done.codes()


def test_own_electricity_whose_fuel_is_listed_is_not_counted_twice() -> None:
    rows = [line(supply="自发自用（燃料已另列）"), line(item="发电机", flow="柴油", amount=25, unit="kg")]
    outcome = process_book(returned({MAKE: rows}))
    assert "own-electricity-by-fuel" in outcome.codes()
    assert outcome.cfp == pytest.approx(25 * DIESEL)


# --- factors named line by line ---------------------------------------------------------------------------------------


def test_factor_that_a_line_names_is_used() -> None:
    # 43.33 GJ/t × 0.0726 tCO2/GJ, the variant of report T4000402
    cells = line(flow="柴油", amount=1, unit="kg", factor_id="FU-T4000402-DIESEL")
    assert process_book(returned({MAKE: [cells]})).cfp == pytest.approx(43.33 * 0.0726)


def test_unknown_factor_id_is_no_fallback() -> None:
    outcome = process_book(returned({MAKE: [line(factor_id="FU-没有")]}))
    assert "factor-id-unknown" in outcome.codes()
    assert outcome.cfp is None


# --- months and periods -----------------------------------------------------------------------------------------------


def months(*values: object) -> dict[str, object]:
    return {f"month_{number:02d}": value for number, value in enumerate(values, 1) if value is not None}


def test_months_of_a_half_year_are_those_of_the_period() -> None:
    # July to December 2025: 6 × 100 kWh over 1000 pieces of the same half year
    fields = {"study.period_start": "2025-07-01", "study.period_end": "2025-12-31"}
    cells = line(amount=None, basis=TOTAL, **months(*[None] * 6, *[100] * 6))
    outcome = process_book(returned({MAKE: [cells]}, fields))
    assert "period-not-a-year" in outcome.codes()
    assert outcome.cfp == pytest.approx(0.6 * KWH)


def test_month_outside_the_period_is_an_error() -> None:
    fields = {"study.period_start": "2025-07-01", "study.period_end": "2025-12-31"}
    outcome = process_book(returned({MAKE: [line(amount=None, basis=TOTAL, **months(*[100] * 12))]}, fields))
    assert "month-outside-period" in outcome.codes()
    assert outcome.cfp is None


def test_year_across_two_calendar_years_takes_twelve_months() -> None:
    fields = {"study.period_start": "2024-07-01", "study.period_end": "2025-06-30"}
    outcome = process_book(returned({MAKE: [line(amount=None, basis=TOTAL, **months(*[100] * 12))]}, fields))
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(1.2 * KWH)


def test_months_of_a_longer_period_are_refused() -> None:
    fields = {"study.period_start": "2024-01-01", "study.period_end": "2025-06-30"}
    outcome = process_book(returned({MAKE: [line(amount=None, basis=TOTAL, **months(*[100] * 12))]}, fields))
    assert "months-of-long-period" in outcome.codes()
    assert outcome.cfp is None


def test_strong_variation_of_months_is_noted_with_its_measure() -> None:
    # eleven months of 100 and one of 340: mean 120, deviations 11 × 20² + 220² = 52800 / 12 = 4400, root 66.33 = 55 %
    cells = line(amount=None, basis=TOTAL, **months(*[100] * 11, 340))
    outcome = process_book(returned({MAKE: [cells]}))
    (note,) = [finding for finding in outcome.findings if finding.code == "months-vary"]
    assert (note.params["mean"], note.params["variation"]) == ("120", "55%")
    assert outcome.inventory.lines[0].variation == pytest.approx(0.5528, abs=1e-4)


def test_steady_months_are_not_noted_and_their_variation_is_shown(tmp_path: Path) -> None:
    # six months each of 100 and 120: mean 110, every deviation 10: 10 / 110 = 9 %
    book = returned({MAKE: [line(amount=None, basis=TOTAL, **months(*[100, 120] * 6))]})
    assert "months-vary" not in process_book(book).codes()
    path = tmp_path / "results.xlsx"
    written(book, path)
    assert any("月度变异系数 9%" in str(value) for value in stored_values(path).values())


def test_product_of_the_book_has_what_the_cases_assume() -> None:
    assert (PRODUCT["output"], PRODUCT["mass_kg"]) == (1000, 80)


@pytest.mark.parametrize(
    ("stage", "cells", "code"),
    [
        (USE, row(amount=2, unit="kW", years=10, hours_per_year=8), "hours-of-a-day"),
        (USE, row(amount=2, unit="kW", years=120, hours_per_year=2000), "life-long"),
        (RAW, row(item="钢板（含损耗）", flow="普通碳钢（市场平均）", unit="kg", loss_rate=0.05), "loss-twice"),
        (RAW, row(remark="领用量", flow="普通碳钢（市场平均）", unit="kg", loss_rate=0.05), "loss-twice"),
    ],
)
def test_figures_of_another_time_and_losses_that_count_twice_are_asked_about(
    stage: str, cells: dict[str, Any], code: str
) -> None:
    assert code in process_book(returned({stage: [cells]})).codes()
    sound = {"hours_per_year": 2000, "years": 20} if stage == USE else {"item": "钢板", "remark": "净重"}
    assert code not in process_book(returned({stage: [cells | sound]})).codes()
