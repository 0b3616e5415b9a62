"""The arithmetic, each case worked by hand. Electricity counts 0.5777 kgCO2e/kWh (national footprint, 2024)."""

from __future__ import annotations

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import process_book
from workbook_engine.model import Stage

KWH = 0.5777  # 关于发布2024年电力碳足迹因子数据的公告


def test_an_amount_per_functional_unit_counts_as_it_is() -> None:
    outcome = process_book(returned({"production": [line(amount=12.5)]}))
    assert outcome.cfp == pytest.approx(12.5 * KWH)


def test_an_annual_total_of_the_product_is_divided_by_its_output() -> None:
    outcome = process_book(returned({"production": [line(amount=5000, basis="本产品全年合计")]}))
    assert outcome.cfp == pytest.approx(5000 / 1000 * KWH)


def test_a_plant_total_is_allocated_by_weighted_output() -> None:
    # Σ wO = 0.9 × 2400 + 1 × 7500 = 9660; 134189.3 × 0.9 / 9660 = 12.50211 kWh and × 1 / 9660 = 13.89123 kWh a unit
    tables = {
        "production": [line(amount=134189.3, basis="全厂全年合计", plant="南昌")],
        "plants": [{"name": "南昌", "allocation_basis": "企业自定权重", "justification": "按加工量"}],
        "plant_products": [
            {"plant": "南昌", "product": "环网箱", "output": 2400, "weight": 0.9},
            {"plant": "南昌", "product": "集中式 DTU", "output": 7500, "weight": 1},
        ],
    }
    products = [
        PRODUCT | {"name": "环网箱", "output": 2400},
        PRODUCT | {"name": "集中式 DTU", "model": "B", "output": 7500},
    ]
    outcome = process_book(returned(tables, products=products))
    first, second = (product.stages[0].lines[0].activity for product in outcome.footprint.products)
    assert first == pytest.approx(12.50211, abs=5e-6)
    assert second == pytest.approx(13.89123, abs=5e-6)
    assert first is not None
    assert second is not None
    assert first * 2400 + second * 7500 == pytest.approx(134189.3)  # the allocated sum is the plant's total


# A plant uses 9600 kWh for 300 of the product and 100 of another; by hand the product's kWh a piece, total × w / Σ wO:
ALLOCATIONS = {
    "产量（件数）": ((None, None), 24.0),  # 9600 / (300 + 100)
    "质量": ((80, 240), 16.0),  # 80 and 240 kg: 9600 × 80 / (24,000 + 24,000)
    "工时": ((2, 6), 16.0),  # 2 and 6 h: 9600 × 2 / (600 + 600)
    "经济价值": ((500, 3300), 10.0),  # 500 and 3300 yuan: 9600 × 500 / (150,000 + 330,000)
    "企业自定权重": ((1, 0.2), 30.0),  # 9600 × 1 / (300 + 20)
}


@pytest.mark.parametrize(("basis", "weights", "kwh"), [(key, *case) for key, case in ALLOCATIONS.items()])
def test_a_plant_total_is_divided_by_each_basis(basis: str, weights: tuple[float | None, ...], kwh: float) -> None:
    made = ({"product": "分支箱", "output": 300}, {"product": "环网箱", "output": 100})
    tables = {
        "production": [line(amount=9600, basis="全厂全年合计")],
        "plants": [{"name": "南昌", "allocation_basis": basis, "justification": "按加工量"}],
        "plant_products": [row | {"weight": weight} for row, weight in zip(made, weights, strict=True)],
    }
    outcome = process_book(returned(tables, products=[PRODUCT | {"output": 300}]))
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(kwh * KWH)
    (control,) = outcome.footprint.controls
    assert control.in_study == pytest.approx(300 * kwh)
    assert control.difference == pytest.approx(0, abs=1e-9)  # the rest, 9600 - 300 × kwh, is the other product's


def test_a_plant_without_a_reason_for_its_basis_is_asked_for_one() -> None:
    tables = {
        "production": [line(amount=9600, basis="全厂全年合计")],
        "plants": [{"name": "南昌", "allocation_basis": "质量"}],
        "plant_products": [{"product": "分支箱", "output": 300, "weight": 80}],
    }
    outcome = process_book(returned(tables, products=[PRODUCT | {"output": 300}]))
    fields = [str(f.params["field"]) for f in outcome.findings if f.code == "recommended-empty"]
    assert any("分摊理由" in field for field in fields)


def test_a_period_of_nine_months_is_divided_by_its_own_output_and_said() -> None:
    # April to December: 4500 kWh over the 750 pieces of the same nine months are 6 kWh; nothing is scaled to a year
    fields = {"study.period_start": "2025-04-01", "study.period_end": "2025-12-31"}
    book = returned(
        {"production": [line(amount=4500, basis="本产品全年合计")]}, fields, products=[PRODUCT | {"output": 750}]
    )
    outcome = process_book(book)
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(6 * KWH)
    (said,) = [finding for finding in outcome.findings if finding.code == "period-not-a-year"]
    assert said.params["days"] == 275


def test_a_year_from_july_to_june_is_a_year() -> None:
    fields = {"study.period_start": "2024-07-01", "study.period_end": "2025-06-30"}
    outcome = process_book(returned({"production": [line(amount=5000, basis="本产品全年合计")]}, fields))
    assert "period-not-a-year" not in outcome.codes()
    assert outcome.cfp == pytest.approx(5 * KWH)
    assert outcome.inventory.study.data_year == 2024  # of its middle, 2024-12-30


def test_two_plants_that_make_one_product_are_weighted_by_output() -> None:
    # (3000 + 1000) kWh / (600 + 400) pieces = 4 kWh a piece
    tables = {
        "production": [
            line(amount=3000, basis="全厂全年合计", plant="东厂"),
            line(amount=1000, basis="全厂全年合计", plant="西厂"),
        ],
        "plants": [{"name": "东厂", "allocation_basis": "产量（件数）", "justification": "单一产品"},
                   {"name": "西厂", "allocation_basis": "产量（件数）", "justification": "单一产品"}],
        "plant_products": [{"plant": "东厂", "product": "分支箱", "output": 600},
                           {"plant": "西厂", "product": "分支箱", "output": 400}],
    }  # fmt: skip
    outcome = process_book(returned(tables))
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(4 * KWH)


def test_twelve_months_stand_for_the_year() -> None:
    months = {f"month_{month:02d}": 130 - 10 * month for month in range(1, 13)}  # 120 + 110 + … + 10 = 780
    outcome = process_book(returned({"production": [line(amount=None, basis="本产品全年合计", **months)]}))
    assert outcome.cfp == pytest.approx(780 / 1000 * KWH)


def test_months_that_do_not_add_up_to_the_year_are_reported() -> None:
    months = {f"month_{month:02d}": 10 for month in range(1, 13)}
    outcome = process_book(returned({"production": [line(amount=130, basis="本产品全年合计", **months)]}))
    assert "months-disagree" in outcome.codes()
    assert outcome.cfp is None


def test_freight_is_mass_times_distance() -> None:
    # 2 t × 300 km = 600 t·km a year over 1000 pieces; heavy diesel truck of 18 t: 0.129 kgCO2e/t·km (GB/T 51366 E)
    row = {
        "item": "运壳体", "mass": 2000, "mass_unit": "kg", "distance_km": 300, "mode": "重型柴油货车(载重18t)",
        "basis": "本产品全年合计", "data_source": "估算", "quality": "次级数据",
    }  # fmt: skip
    outcome = process_book(returned({"raw_material_transport": [row]}))
    assert outcome.cfp == pytest.approx(0.6 * 0.129)


@pytest.mark.parametrize(
    ("amount", "unit", "kwh"),
    [(2, "MWh", 2000), (0.2, "万kWh", 2000), (2000, "度", 2000), (7.2, "GJ", 2000)],
)
def test_units_of_energy_are_converted(amount: float, unit: str, kwh: float) -> None:
    outcome = process_book(returned({"production": [line(amount=amount, unit=unit)]}))
    assert outcome.cfp == pytest.approx(kwh * KWH)


@pytest.mark.parametrize(
    ("flow", "amount", "unit", "expected"),
    [
        ("柴油", 1, "kg", 42.652 * 20.2 * 0.98 * 44 / 12 / 1000),  # GB/T 32151: NCV × carbon × oxidation × 44/12
        ("柴油", 1, "t", 42.652 * 20.2 * 0.98 * 44 / 12),
        ("柴油", 1000, "L", 0.84 * 42.652 * 20.2 * 0.98 * 44 / 12),  # 0.84 kg/L (land transport guideline)
        ("汽油", 1, "kg", 43.070 * 18.9 * 0.98 * 44 / 12 / 1000),
        ("天然气", 1, "m³", 389.31 * 15.3 * 0.99 * 44 / 12 / 10000),
        ("天然气", 1, "万m³", 389.31 * 15.3 * 0.99 * 44 / 12),
        ("天然气", 389.31, "GJ", 389.31 * 15.3 * 0.99 * 44 / 12),  # 389.31 GJ are 10⁴ m³
        ("柴油", 1, "tce", 29.3076 * 20.2 * 0.98 * 44 / 12),  # 1 tce = 29.3076 GJ (GB/T 2589)
    ],
)
def test_fuels_by_ncv_carbon_content_and_oxidation(flow: str, amount: float, unit: str, expected: float) -> None:
    outcome = process_book(returned({"production": [line(flow=flow, amount=amount, unit=unit)]}))
    assert outcome.cfp == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gas", "kg", "ar6", "ar5"),
    [
        ("六氟化硫", 0.002, 50.4, 47.0),  # × 25200; × 23500
        ("氧化亚氮", 0.1, 27.3, 26.5),  # × 273; × 265
        ("HFC-134a", 0.01, 15.3, 13.0),  # × 1530; × 1300
        ("甲烷(化石)", 0.1, 2.98, 3.0),  # × 29.8; × 30
        ("甲烷(非化石)", 0.1, 2.7, 2.8),  # × 27.0; × 28
    ],
)
def test_a_direct_gas_counts_by_its_gwp(gas: str, kg: float, ar6: float, ar5: float) -> None:
    rows = {"production": [line(flow=gas, amount=kg, unit="kg")]}
    assert process_book(returned(rows)).cfp == pytest.approx(ar6)
    assert process_book(returned(rows, {"settings.gwp_set": "IPCC AR5"})).cfp == pytest.approx(ar5)


def test_several_legs_and_the_way_to_treatment_add_up() -> None:
    # 80 kg: 500 km by a lorry of 18 t (0.129), then 60 km by one of 2 t (0.286 kgCO2e/t·km, GB/T 51366 E); 8 t·km to
    # the scrap yard by the former
    leg = {"item": "干线", "mass": 80, "mass_unit": "kg", "distance_km": 500, "mode": "重型柴油货车(载重18t)",
           "basis": "每功能单位", "data_source": "估算", "quality": "次级数据"}  # fmt: skip
    tables = {
        "distribution": [leg, leg | {"item": "配送", "distance_km": 60, "mode": "轻型柴油货车(载重2t)"}],
        "end_of_life": [line(item="运往拆解厂", flow="重型柴油货车(载重18t)", amount=8, unit="t·km")],
    }
    stages = process_book(returned(tables)).footprint.products[0].stages
    assert [stage.kg_co2e for stage in stages] == pytest.approx([0.08 * (500 * 0.129 + 60 * 0.286), 8 * 0.129])


def test_stages_and_shares_add_up() -> None:
    tables = {"production": [line(amount=30)], "end_of_life": [line(amount=10)]}
    footprint = process_book(returned(tables)).footprint.products[0]
    assert footprint.cfp_kg_co2e == pytest.approx(40 * KWH)
    assert [(stage.stage, stage.share) for stage in footprint.stages] == [
        (Stage.PRODUCTION, pytest.approx(0.75)),
        (Stage.END_OF_LIFE, pytest.approx(0.25)),
    ]


def test_an_explicit_zero_stays_zero() -> None:
    outcome = process_book(returned({"production": [line(amount=0)], "end_of_life": [line(amount=10)]}))
    assert outcome.is_final
    assert outcome.footprint.products[0].stages[0].kg_co2e == 0
    assert outcome.cfp == pytest.approx(10 * KWH)


def test_a_row_for_one_product_counts_for_that_one_only() -> None:
    products = [PRODUCT, PRODUCT | {"name": "环网箱", "model": "B2"}]
    tables = {"production": [line(amount=3), line(amount=5, product="环网箱")]}
    outcome = process_book(returned(tables, products=products))
    totals = [product.cfp_kg_co2e for product in outcome.footprint.products]
    assert totals == [pytest.approx(3 * KWH), pytest.approx(8 * KWH)]


def test_the_footprint_as_a_frame_has_a_row_for_each_line() -> None:
    frame = process_book(
        returned({"production": [line(amount=30)], "end_of_life": [line(amount=10)]})
    ).footprint.to_frame()
    assert list(frame["stage"]) == ["production", "end_of_life"]
    assert list(frame["activity"]) == [30, 10]
    assert frame["kg_co2e"].sum() == pytest.approx(40 * KWH)
    assert frame["share"].sum() == pytest.approx(1)
