"""What annual totals are divided by: outputs of several plants, multiples and other units, the reference flow.

Electricity counts 0.5777 kgCO2e/kWh. Each case is worked by hand in the comment before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.recalc import differences, ironcalc_values
from tests.studies import process_book, written
from workbook_engine.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

KWH = 0.5777
TOTAL = "本产品全年合计"
PLANT = "全厂全年合计"


def product(**changes: object) -> dict[str, Any]:
    return {key: value for key, value in (PRODUCT | changes).items() if value is not None}


def plants(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "allocation_basis": "产量（件数）", "justification": "单一产品"} for name in names]


TWO_PLANTS = {
    "production": [line(amount=3000, basis=PLANT, plant="东厂"), line(amount=1000, basis=PLANT, plant="西厂")],
    "plants": plants("东厂", "西厂"),
    "plant_products": [
        {"plant": "东厂", "product": "分支箱", "output": 600, "unit": "台"},
        {"plant": "西厂", "product": "分支箱", "output": 400, "unit": "台"},
    ],
}


def test_output_that_only_the_plants_state_is_their_sum(tmp_path: Path) -> None:
    # (3000 + 1000) kWh / (600 + 400) pieces = 4 kWh a piece
    book = returned(TWO_PLANTS, products=[product(output=None)])
    outcome = process_book(book)
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(4 * KWH)
    path = written(book, tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []


def test_each_plant_total_is_divided_without_rest() -> None:
    # Σ wO = 2 × 100 + 1 × 300 = 500. Of 1000 kWh the study's product gets 2 × 100 / 500 = 40 %: 400 kWh; 600 outside.
    tables = {
        "production": [line(amount=1000, basis=PLANT, plant="南厂")],
        "plants": [{"name": "南厂", "allocation_basis": "质量", "justification": "同类产品"}],
        "plant_products": [
            {"product": "分支箱", "output": 100, "weight": 2},
            {"product": "端子排", "output": 300, "weight": 1},
        ],
    }
    outcome = process_book(returned(tables, products=[product(output=100)]))
    (control,) = outcome.footprint.controls
    assert (control.total, control.in_study, control.outside) == (1000, pytest.approx(400), pytest.approx(600))
    assert control.difference == pytest.approx(0, abs=1e-9)
    assert outcome.cfp == pytest.approx(400 / 100 * KWH)


@pytest.mark.parametrize(
    ("unit", "output", "output_unit", "kwh"),
    [
        ("1 台", 2000, "台", 3),  # 6000 kWh / 2000
        ("每台", 2000, "台", 3),
        ("1000 件", 2000, "件", 3000),  # 2000 pieces are 2 functional units
        ("1 千件", 2000, "件", 3000),
        ("1 台", 0.2, "万台", 3),  # 2000 pieces
        ("1 kg", 3, "t", 2),  # 3000 kg
        ("1 t", 3000, "kg", 2000),
        ("100 kg", 3, "t", 200),
        ("1 套", 2000, "台", 3),  # both count
        ("1 台（含附件）", 2000, "台", 3),
        ("每 1000 件", 2000, "件", 3000),
        ("per 1000 pieces", 2000, "pcs", 3000),
        ("百台", 2000, "台", 300),
        # numbers in names count for nothing
        ("10kV断路器 1台", 2000, "台", 3),
        ("一二次融合断路器 1 台", 2000, "台", 3),
        ("一套 DTU", 2000, "套", 3),
        ("1 kg 铜排", 3, "t", 2),
        ("1 台", 2000, "台/年", 3),
    ],
)
def test_output_is_brought_to_functional_units(unit: str, output: float, output_unit: str, kwh: float) -> None:
    products = [product(unit=unit, output=output, output_unit=output_unit)]
    outcome = process_book(returned({"production": [line(amount=6000, basis=TOTAL)]}, products=products))
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(kwh * KWH)


@pytest.mark.parametrize(
    ("stated", "kwh"),
    [
        # 6000 kWh for 2000 pieces are 3 kWh a piece; a piece delivers 5000 kWh in its life, so that 1 kWh delivered
        # takes 1/5000 piece: 3 / 5000 kWh
        ({"reference_flow": 0.0002}, 3 / 5000),
        ({"units_per_output": 5000}, 3 / 5000),
        ({"units_per_output": 5000, "reference_flow": 0.0002}, 3 / 5000),
    ],
)
def test_reference_flow_ties_functional_unit_and_output(stated: dict[str, float], kwh: float, tmp_path: Path) -> None:
    products = [product(unit="1 kWh", **stated, output=2000)]
    book = returned({"production": [line(amount=6000, basis=TOTAL)]}, products=products)
    outcome = process_book(book)
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(kwh * KWH)
    path = written(book, tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []


def test_reference_flow_holds_for_plant_totals_too(tmp_path: Path) -> None:
    # 4 kWh a piece (see above); a functional unit of 10 pieces takes 40
    book = returned(TWO_PLANTS, products=[product(unit="10 台", output=None)])
    outcome = process_book(book)
    assert outcome.cfp == pytest.approx(40 * KWH)
    path = written(book, tmp_path / "results.xlsx")
    assert differences(path, ironcalc_values(path)) == []


def test_amount_per_functional_unit_needs_no_reference_flow() -> None:
    outcome = process_book(returned(products=[product(unit="1 kWh")]))
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(100 * KWH)


def test_output_of_another_kind_than_the_functional_unit_wants_a_reference_flow() -> None:
    book = returned({"production": [line(basis=TOTAL)]}, products=[product(unit="1 kWh")])
    outcome = process_book(book)
    assert "reference-flow-missing" in outcome.codes()
    assert outcome.cfp is None


def test_reference_flow_stated_twice_must_agree() -> None:
    products = [product(unit="1 kWh", reference_flow=0.0002, units_per_output=4000)]
    outcome = process_book(returned({"production": [line(basis=TOTAL)]}, products=products))
    assert "reference-flow-twice" in outcome.codes()
    assert outcome.cfp is None


def test_functional_unit_of_no_known_unit_is_taken_as_one_to_one_with_a_warning() -> None:
    products = [product(unit="1 次开断操作")]
    outcome = process_book(returned({"production": [line(amount=5000, basis=TOTAL)]}, products=products))
    assert "functional-unit-unclear" in {code for _, _, code in outcome.said(Severity.WARNING)}
    assert outcome.cfp == pytest.approx(5 * KWH)


def test_name_with_a_number_is_no_count_and_is_questioned() -> None:
    products = [product(unit="一二次融合环网箱")]
    outcome = process_book(returned({"production": [line(amount=5000, basis=TOTAL)]}, products=products))
    assert "functional-unit-unclear" in outcome.codes()
    assert outcome.cfp == pytest.approx(5 * KWH)


def test_output_per_year_is_no_output_of_half_a_year() -> None:
    fields = {"study.period_start": "2025-01-01", "study.period_end": "2025-06-30"}
    book = returned({"production": [line(basis=TOTAL)]}, fields, products=[product(output_unit="台/年")])
    outcome = process_book(book)
    assert "unit-unknown" in outcome.codes()
    assert outcome.cfp is None


def test_output_in_functional_units_is_shown_in_their_unit() -> None:
    products = [product(unit="1 kWh", units_per_output=5000, output=2000)]
    output = process_book(returned({"production": [line(basis=TOTAL)]}, products=products)).inventory.products[0].output
    assert output is not None
    assert (output.value, output.unit, output.read) == (10_000_000, "1 kWh", 2000)


def test_missing_output_is_said_once_and_blocks_only_the_product_that_needs_it() -> None:
    products = [product(), product(name="环网箱", model="B", output=None)]
    tables = {
        "production": [
            line(product="分支箱", basis=TOTAL),
            line(product="环网箱"),
            line(product="环网箱", basis=TOTAL),
            line(product="环网箱", basis=TOTAL),
        ]
    }
    outcome = process_book(returned(tables, products=products))
    assert [code for _, _, code in outcome.said()] == ["output-missing"]
    first, second = (each.cfp_kg_co2e for each in outcome.footprint.products)
    assert first == pytest.approx(100 / 1000 * KWH)
    assert second is None


def test_plant_total_that_names_one_of_several_products_is_questioned() -> None:
    tables = {
        "production": [line(amount=1000, basis=PLANT, product="分支箱")],
        "plants": plants("南厂"),
        "plant_products": [{"product": "分支箱"}, {"product": "端子排", "output": 3000}],
    }
    outcome = process_book(returned(tables))
    assert "plant-total-of-one-product" in outcome.codes()
    assert outcome.cfp == pytest.approx(1000 / 4000 * KWH)  # its part of the plant's total, and nothing guessed


def test_total_of_a_plant_that_does_not_make_the_product_is_an_error() -> None:
    tables = {
        "production": [line(amount=1000, basis=PLANT, product="分支箱")],
        "plants": plants("南厂"),
        "plant_products": [{"product": "端子排", "output": 3000}],
    }
    other = PRODUCT | {"name": "端子排", "model": "D-1"}
    assert "plant-does-not-make" in process_book(returned(tables, products=[PRODUCT, other])).codes()
    outcome = process_book(returned(tables))
    assert "plant-makes-others" in outcome.codes()  # of the study's it makes none, and that is told once
    assert "plant-does-not-make" not in outcome.codes()
    assert outcome.cfp is None


def test_plants_that_mix_units_of_output_by_count_are_questioned() -> None:
    tables = {
        "production": [line(amount=1000, basis=PLANT)],
        "plants": plants("南厂"),
        "plant_products": [{"product": "分支箱"}, {"product": "铜排", "output": 30, "unit": "t"}],
    }
    assert "plant-units-mixed" in process_book(returned(tables)).codes()


TWO_COUNTS = """
1/2 台
1-2台
1～2 台
1 台×1000
1台x10
1 台（千）
台（万）
1 台 (1000)
1 台（每千台）
1 台（100台）
"""
ONE_COUNT = """
1000 台（千台）
1 台（1台）
1 台（一台）
1 箱（24瓶）
1 套（3台）
1 台（2024）
1 根 3×70
1 m 电缆3x70
1 台（含附件）
1 m²（厚度9.5mm）
1 m² (1.44 m²/箱)
1 块（550W）
1 kg（25kg装）
1 kWh（3.6MJ）
1 t（1000kg）
10kV/0.4kV 变压器 1台
1 台（10kV）
1 台/套
1 t(95%)
1 只（750ml）
1 km（3芯）
1 piece
per 1000 pieces
"""


@pytest.mark.parametrize("unit", TWO_COUNTS.strip().splitlines())
def test_a_functional_unit_of_two_counts_is_asked_about(unit: str) -> None:
    """1 台（千） may be 1 or 1000 pieces: 100 kWh of a year of 1000 pieces are 0.1 or 100 kWh."""
    done = process_book(returned({"production": [line(basis="本产品全年合计")]}, products=[product(unit=unit)]))
    assert ("基本信息", "E28", "functional-unit-count") in done.said(Severity.ERROR)
    assert not done.is_final


@pytest.mark.parametrize("unit", ONE_COUNT.strip().splitlines())
def test_words_beside_a_functional_unit_are_no_second_count(unit: str) -> None:
    done = process_book(returned({"production": [line()]}, products=[product(unit=unit)]))
    assert "functional-unit-count" not in done.codes()
