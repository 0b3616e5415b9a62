"""The product's mass against its functional unit, reference flow and name, and against the energy of making it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import Outcome, process_book


def outcome(production: dict[str, Any] | None = None, **product: Any) -> Outcome:
    lines = [line(**(production or {}))]
    return process_book(returned({"production": lines}, products=[PRODUCT | product]))


def said(done: Outcome, code: str) -> list[str | None]:
    return [finding.where.cell for finding in done.findings if finding.code == code and finding.where]


@pytest.mark.parametrize(
    "product",
    [
        {"unit": "1 kg", "output_unit": "kg", "mass_kg": 1000},
        {"unit": "1 t", "output_unit": "t", "mass_kg": 1},
        {"unit": "1000 kg", "output_unit": "t", "mass_kg": 1},
        {"name": "复合肥 50kg 袋装", "mass_kg": 50_000},
        {"name": "洗衣液", "model": "2.5kg", "mass_kg": 2500},
        {"name": "面包（80 g）", "mass_kg": 80},
        {"unit": "1 袋（25kg）", "output_unit": "袋", "mass_kg": 0.025},
        {"unit": "1 台（净重60kg）", "output_unit": "台", "mass_kg": 60_000_000},  # g, and a heading in t
        {"unit": "1 台", "output_unit": "t", "reference_flow": 0.25, "mass_kg": 0.25},
    ],
)
def test_a_mass_that_contradicts_unit_name_or_reference_flow_is_asked_about(product: dict[str, Any]) -> None:
    assert len(said(outcome(**product), "mass-disagrees")) == 1


@pytest.mark.parametrize(
    "product",
    [
        {"unit": "1 kg", "output_unit": "kg", "mass_kg": 1},
        {"unit": "1 kg", "output_unit": "kg", "mass_kg": 1.08},  # with its packaging
        {"name": "5t 电动葫芦", "mass_kg": 420},
        {"name": "5t叉车", "mass_kg": 5200},
        {"name": "10kV断路器", "model": "ZW32-12G/630-20", "mass_kg": 120},
        {"name": "4G 模块", "mass_kg": 0.004},
        {"unit": "1 台", "output_unit": "t", "reference_flow": 0.25, "mass_kg": 250},
    ],
)
def test_a_mass_that_agrees_and_figures_that_are_no_mass_are_left_alone(product: dict[str, Any]) -> None:
    assert said(outcome(**product), "mass-disagrees") == []


@pytest.mark.parametrize("unit", ["1 台/年", "1 臺/個月", "每年 1 台", "1 台·年", "1 piece per year", "1 set/yr"])
def test_a_functional_unit_per_time_is_asked_about(unit: str) -> None:
    """100 kWh for each of 1000 pieces are 57.77 kgCO2e for one of them, however long it serves."""
    done = outcome(unit=unit)
    assert len(said(done, "unit-per-time")) == 1
    assert done.cfp == pytest.approx(57.77)


@pytest.mark.parametrize(
    "unit", ["1 台", "1 台（寿命 20 年）", "1000 件", "1 kWh", "1 台（2025年款）", "1 台 10t/h 锅炉"]
)
def test_a_functional_unit_of_pieces_is_not(unit: str) -> None:
    assert said(outcome(unit=unit), "unit-per-time") == []


def test_next_to_no_energy_for_the_mass_is_asked_about() -> None:
    """0.0125 kWh typed for 125 kWh (kWh for 万kWh): 0.00016 kWh for each of 80 kg; and 80 kg typed in g."""
    assert said(outcome({"amount": 0.0125}), "magnitude-energy-small") == ["E7"]
    assert said(outcome({"amount": 12}, mass_kg=80_000), "magnitude-energy-small") == ["E7"]
    assert said(outcome({"amount": 0.2}), "magnitude-energy-small") == []  # 0.0025 kWh/kg: a quarry


def test_energy_that_is_not_known_is_no_little_energy() -> None:
    done = process_book(returned({"production": [line(amount=0.001), line(item="燃气", flow="天然气", unit=None)]}))
    assert said(done, "magnitude-energy-small") == []


def test_what_one_piece_takes_typed_as_a_years_total_is_asked_about() -> None:
    """50 kWh a year for 1000 pieces of 80 kg are 0.05 kWh each; 50 kWh each were meant."""
    total = {"amount": 50, "basis": "本产品全年合计"}
    assert said(outcome(total), "magnitude-product-year-small") == ["E7"]
    assert said(outcome(total, output=3), "magnitude-product-year-small") == []  # three machines
    assert said(outcome(total | {"amount": 50_000}), "magnitude-product-year-small") == []


def test_a_month_as_large_as_all_others_is_asked_about() -> None:
    """Eleven months of 4000 kWh, and 48,000 of the year typed into December."""
    months = {f"month_{month:02}": 4000 for month in range(1, 12)} | {"month_12": 48_000}
    total = {"amount": None, "basis": "本产品全年合计"}
    assert said(outcome(total | months), "month-holds-others") == ["W7"]
    assert said(outcome(total | months | {"month_12": 30_000}), "month-holds-others") == []  # a season
    quarters = {f"month_{month:02}": 12_000 if month % 3 == 0 else 0 for month in range(1, 13)}
    assert said(outcome(total | quarters), "month-holds-others") == []
