"""What a company typed and no rule uses is told; a number's own unit counts, or is asked about.

Electricity counts 0.5777 kgCO2e/kWh; diesel 0.84 kg/L, 3.095910 kgCO2/kg (GB/T 32151).
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.findings import Severity

KWH = 0.5777
DIESEL = 42.652 * 20.2 * 0.98 * 44 / 12 / 1000
LITRE = 0.84
TOTAL = "本产品全年合计"
RAW, TRANSPORT, MAKE, USE = "raw_material_acquisition", "raw_material_transport", "production", "use"
YEAR = {f"month_{month:02d}": 100 for month in range(1, 13)}


def row(**cells: object) -> dict[str, Any]:
    return {"item": "壳体", "data_source": "供应商提供", "quality": "初级数据", **cells}


def outcome(stage: str, cells: dict[str, Any]) -> Outcome:
    return process_book(returned({stage: [cells]}))


def codes(done: Outcome, severity: Severity) -> list[str]:
    return [code for _, _, code in done.said(severity)]


FREIGHT = row(mode="重型柴油货车(载重18t)", mass=12, mass_unit="t", distance_km=100, basis=TOTAL)
STEEL = line(item="壳体", flow="普通碳钢（市场平均）", amount=80, unit="kg")
PAPERS = {"own_cfp_report": "R-2024-17", "own_cfp_standard": "ISO 14067:2018", "own_cfp_boundary": "摇篮到大门"}
DECLARED = STEEL | PAPERS | {"own_cfp": 2.4, "own_cfp_unit": "kgCO2e/kg"}


@pytest.mark.parametrize(
    ("stage", "cells", "cell"),
    [
        (USE, line(amount=5, years=10, hours_per_year=2000), "M7"),  # kWh a year have no hours
        (USE, line(amount=5, hours_per_year=2000), "M7"),
        (MAKE, line(contract_factor=0.01), "AB7"),  # no contract was chosen
        (MAKE, line(supply="电网", contract_share="50%"), "AA7"),
        (RAW, STEEL | {"own_cfp_unit": "kgCO2e/kg"}, "P7"),  # without a footprint
        (RAW, STEEL | {"own_cfp_report": "R-2024-17"}, "Q7"),
        (RAW, STEEL | {"own_cfp_standard": "ISO 14067:2018"}, "R7"),
        (RAW, STEEL | {"own_cfp_boundary": "摇篮到大门"}, "S7"),
        (RAW, STEEL | {"factor_region": "浙江"}, "AA7"),  # no electricity
        (RAW, DECLARED | {"factor_id": "MA-GBT51366D-16"}, "Z7"),  # counts by the declared footprint
        (RAW, DECLARED | {"factor_region": "浙江"}, "AA7"),
        (RAW, DECLARED | {"contract_share": "50%"}, "W7"),
        (TRANSPORT, FREIGHT | {"round_trip": "是"}, "R7"),  # only trips are doubled
        (TRANSPORT, row(flow="柴油", amount=12, unit="kg", basis=TOTAL, round_trip="是"), "R7"),
    ],
)
def test_a_field_that_the_way_of_the_row_does_not_use_is_told(stage: str, cells: dict[str, Any], cell: str) -> None:
    done = outcome(stage, cells)
    assert done.said() == []
    assert [(c, code) for _, c, code in done.said(Severity.WARNING) if code == "field-unused"] == [
        (cell, "field-unused")
    ]


def test_one_way_is_no_field_that_is_missed() -> None:
    assert "field-unused" not in outcome(TRANSPORT, FREIGHT | {"round_trip": "否"}).codes()


def test_a_fuel_beside_a_mode_is_noted() -> None:
    assert "fuel-beside-mode" in codes(outcome(TRANSPORT, FREIGHT | {"flow": "柴油"}), Severity.NOTE)


# 12 trips × 100 km a year, ÷ 1000 pieces: 1.2 km; × 28 / 100 = 0.336 L or kg
TRIPS = row(flow="柴油", trips=12, distance_km=100, basis=TOTAL)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"per_100km": 28}, 0.336 * LITRE * DIESEL),
        ({"per_100km": "28L"}, 0.336 * LITRE * DIESEL),
        ({"per_100km": "28 L/100km"}, 0.336 * LITRE * DIESEL),
        ({"per_100km": "28升/百公里"}, 0.336 * LITRE * DIESEL),
        ({"per_100km": 28, "unit": "L/100km"}, 0.336 * LITRE * DIESEL),
        ({"per_100km": "28kg"}, 0.336 * DIESEL),
        ({"per_100km": 28, "unit": "kg/百公里"}, 0.336 * DIESEL),
        ({"per_100km": "28000 mL", "unit": "L"}, 0.336 * LITRE * DIESEL),
    ],
)
def test_consumption_counts_in_the_unit_that_is_typed(cells: dict[str, Any], expected: float) -> None:
    done = outcome(TRANSPORT, TRIPS | cells)
    assert done.said() == []
    assert done.cfp == pytest.approx(expected)
    assert "number-per-unit" not in done.codes()


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"per_100km": "0.28 L/km"}, "number-unit-misfit"),  # a hundredth of what the column asks for
        ({"per_100km": "28kg", "unit": "L"}, "number-unit-misfit"),
        ({"per_100km": 28, "unit": "L/km"}, "unit-unknown"),
    ],
)
def test_consumption_of_another_kind_is_reported(cells: dict[str, Any], code: str) -> None:
    done = outcome(TRANSPORT, TRIPS | cells)
    assert code in codes(done, Severity.ERROR)
    assert not done.is_final


@pytest.mark.parametrize(
    ("stage", "cells", "expected"),
    [
        # 5 kWh × 15 years
        (USE, line(amount=5, years="180个月"), 75 * KWH),
        # 5 kW × 300 × 24 h × 10 years
        (USE, line(amount=5, unit="kW", years=10, hours_per_year="300天"), 360_000 * KWH),
        # 5 kWh a part × 24 parts
        (RAW, line(amount=5, basis="每件零部件", pieces="2打"), 120 * KWH),
        # 4.2 gCO2e a part, 3 parts
        (RAW, row(own_cfp="4.2gCO2e", own_cfp_unit="kgCO2e/件", pieces=3), 0.0126),
    ],
)
def test_a_number_with_a_unit_of_its_own_is_converted(stage: str, cells: dict[str, Any], expected: float) -> None:
    done = outcome(stage, cells)
    assert done.said() == []
    assert done.cfp == pytest.approx(expected)


@pytest.mark.parametrize(
    ("stage", "cells", "code"),
    [
        (USE, line(amount=5, unit="kW", years=10, hours_per_year="8小时/天"), "number-unit-misfit"),
        (RAW, line(amount=5, basis="供应商全年合计", pieces=1, supplier_output="4000kg"), "number-unit-misfit"),
        (RAW, row(own_cfp="4.2t", own_cfp_unit="kgCO2e/件", pieces=3), "number-unit-misfit"),
        (MAKE, line(supply="绿证", contract_factor="50gCO2e/kWh", contract_no="G1"), "number-unit-unwanted"),
        (USE, line(amount=5, years="20%"), "percent-for-number"),
        (USE, line(amount=5, years=10, load_factor=1.2), "percent-unclear"),  # 120 % or 1.2 %
    ],
)
def test_a_number_whose_meaning_is_not_certain_is_reported(stage: str, cells: dict[str, Any], code: str) -> None:
    done = outcome(stage, cells)
    assert codes(done, Severity.ERROR) == [code]
    assert not done.is_final


def test_a_reference_flow_with_a_unit_is_reported() -> None:
    product = PRODUCT | {"unit": "1 kWh", "reference_flow": "0.2g"}
    done = process_book(returned({MAKE: [line(amount=500, basis=TOTAL)]}, products=[product]))
    assert "number-unit-unwanted" in codes(done, Severity.ERROR)


@pytest.mark.parametrize(
    ("product", "code"),
    [({"output": 500, "output_unit": "台/月"}, "unit-unknown"), ({"output": "500台/月"}, "number-unit-misfit")],
)
def test_an_output_of_a_month_is_not_that_of_the_year(product: dict[str, Any], code: str) -> None:
    done = process_book(returned({MAKE: [line(amount=500, basis=TOTAL)]}, products=[PRODUCT | product]))
    assert code in codes(done, Severity.ERROR)
    assert not done.is_final


# --- months -----------------------------------------------------------------------------------------------------------


def monthly(amount: float | None, **months: object) -> Outcome:
    cells = {key: value for key, value in line(amount=amount, basis=TOTAL, **months).items() if value is not None}
    return outcome(MAKE, cells)


def test_months_that_are_not_complete_beside_the_years_amount_are_noted() -> None:
    half = {key: YEAR[key] for key in list(YEAR)[:6]}
    done = monthly(1200, **half)
    assert "months-not-used" in codes(done, Severity.NOTE)
    assert done.cfp == pytest.approx(1200 * KWH / 1000)


def test_some_months_that_are_more_than_the_year_are_reported() -> None:
    half = {key: YEAR[key] for key in list(YEAR)[:6]}  # 600 of a year's 300
    assert codes(monthly(300, **half), Severity.ERROR) == ["months-disagree"]


def test_a_dash_in_a_month_counts_nothing_and_is_said() -> None:
    done = monthly(None, **(YEAR | {"month_02": "/"}))
    assert done.cfp == pytest.approx(1100 * KWH / 1000)
    assert ("产品生产", "M7", "understood-as") in done.said(Severity.NOTE)


def test_a_yield_typed_for_a_loss_is_told() -> None:
    """95 kg net at a loss of 95 % are 1900 kg; at one of 5 %, as the yield of 95 % means, 100 kg."""
    steel = line(flow="普通碳钢（市场平均）", amount=95, unit="kg", basis="每功能单位")
    assert "loss-high" in outcome(RAW, steel | {"loss_rate": "95%"}).codes()
    assert "loss-high" not in outcome(RAW, steel | {"loss_rate": "5%"}).codes()
