"""Fuels by volume, for which no density has a source, and lorries of which nobody says what they burn."""

from __future__ import annotations

import pytest

from tests.books import line, returned
from tests.studies import Outcome, process_book

TRUCK_18T = 0.129  # kgCO2e per t·km, heavy diesel lorry of 18 t payload


def said(done: Outcome, code: str) -> list[str | None]:
    return [finding.where.cell for finding in done.findings if finding.code == code and finding.where]


@pytest.mark.parametrize(
    ("flow", "unit", "formula", "other"),
    [
        ("汽油", "L", "kg = L × 密度 kg/L", ""),
        ("92#汽油", "升", "kg = L × 密度 kg/L", ""),
        ("一般煤油", "m³", "kg = m³ × 密度 kg/m³", ""),
        ("LNG", "m³", "kg = m³ × 密度 kg/m³", "天然气"),
        ("天然气", "t", "m³ = t ÷ 密度 t/m³", "液化天然气"),
    ],
)
def test_a_fuel_without_a_density_is_refused_with_what_to_write(flow: str, unit: str, formula: str, other: str) -> None:
    done = process_book(returned({"production": [line(flow=flow, unit=unit)]}))
    assert said(done, "density-missing") == ["F7"]
    assert not done.is_final
    (finding,) = (finding for finding in done.findings if finding.code == "density-missing")
    assert formula in finding.remedy("zh")
    assert other in finding.message("zh")


def test_diesel_by_volume_has_a_density_with_a_source() -> None:
    """0.84 kg/L of the guideline for road transport: 100 L are 84 kg, 3.095910 kgCO2 each."""
    done = process_book(returned({"production": [line(flow="柴油", unit="L")]}))
    assert done.cfp == pytest.approx(84 * 42.652 * 20.2 * 0.98 * 44 / 12 / 1000)


def test_natural_gas_without_a_unit_is_not_taken_as_cubic_metres() -> None:
    done = process_book(returned({"production": [line(flow="天然气", unit=None)]}))
    assert said(done, "unit-missing") == ["F7"]
    assert done.footprint.products[0].lines[0].activity is None


def _leg(mode: str, **more: object) -> Outcome:
    leg = line(item="钢板运输", flow=None, amount=None, unit=None, mass=80, mass_unit="kg", distance_km=500, mode=mode)
    return process_book(returned({"production": [line(amount=5000)], "raw_material_transport": [leg | more]}))


@pytest.mark.parametrize("mode", ["18吨货车", "18t货车", "轻型货车", "中型货车"])
def test_a_lorry_without_its_fuel_is_told_as_assumed(mode: str) -> None:
    """80 kg × 500 km are 40 t·km: 5 kgCO2e of 2900, which matters little."""
    done = _leg(mode)
    assert said(done, "vehicle-assumed") == ["J7"]
    assert said(done, "vehicle-matters") == []


def test_an_assumed_lorry_that_matters_is_asked_about() -> None:
    done = _leg("18吨货车", distance_km=5000)  # 52 of 2940 kgCO2e: 1.8 %
    assert said(done, "vehicle-matters") == ["G7"]
    assert done.cfp == pytest.approx(5000 * 0.5777 + 80 / 1000 * 5000 * TRUCK_18T)


@pytest.mark.parametrize("mode", ["重型柴油货车（载重18t）", "中型汽油货车", "铁路运输"])
def test_a_vehicle_that_is_named_is_not_assumed(mode: str) -> None:
    done = _leg(mode, distance_km=9000)
    assert done.footprint.products[0].lines[-1].kg_co2e or done.cfp
    assert not {"vehicle-assumed", "vehicle-matters"} & done.codes()


def test_a_fuels_factor_is_said_once_to_be_of_burning_alone() -> None:
    fuel = line(item="叉车", flow="柴油", unit="kg")
    outcome = process_book(returned({"production": [fuel, line(item="锅炉", flow="柴油", unit="kg"), line()]}))
    said = [finding for finding in outcome.findings if finding.code == "fuel-without-upstream"]
    assert [str(finding.where) for finding in said] == ["产品生产!D7"]
    assert "不含燃料的开采" in said[0].message("zh")


@pytest.mark.parametrize(
    ("mode", "offered"),
    [
        ("货车", "轻型汽油货车(载重2t)"),
        ("汽运", "重型柴油货车(载重10t)"),
        ("柴油货车", "重型柴油货车(载重18t)"),
        ("船运", "干散货船(载重2500t)"),
    ],
)
def test_a_vehicle_that_is_left_open_is_asked_of_the_company(mode: str, offered: str) -> None:
    row = {"item": "钢板", "mass": 12, "mass_unit": "t", "distance_km": 100, "mode": mode, "basis": "本产品全年合计"}
    done = process_book(returned({"raw_material_transport": [row], "production": [line()]}))
    (asked,) = [finding for finding in done.findings if finding.code == "vehicle-open"]
    assert asked.where is not None
    assert (asked.where.sheet, asked.where.cell) == ("原材料运输", "J7")
    assert offered in asked.remedy("zh")
    assert "factor-missing" not in done.codes()
    assert not done.is_final


@pytest.mark.parametrize("mode", ["电动货车", "海运", "空运"])
def test_what_the_lists_do_not_offer_stays_with_the_consultant(mode: str) -> None:
    row = {"item": "钢板", "mass": 12, "mass_unit": "t", "distance_km": 100, "mode": mode, "basis": "本产品全年合计"}
    done = process_book(returned({"raw_material_transport": [row], "production": [line()]}))
    assert "factor-missing" in done.codes()
    assert "vehicle-open" not in done.codes()
