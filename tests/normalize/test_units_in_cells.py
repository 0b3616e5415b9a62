"""A unit that stands in the cell of its number decides what the number means: converted, or reported, never dropped."""

from __future__ import annotations

from tests.books import LINE, PRODUCT, Answers, returned
from tests.studies import process_book
from workbook_engine.findings import Severity

PRODUCTION = "产品生产"  # its first row of data is 7; amounts stand in E, units in F
TOTAL: Answers = {**LINE, "basis": "本产品全年合计"}


def test_mass_typed_in_tonnes_is_kept_in_kilograms() -> None:
    outcome = process_book(returned(products=[{**PRODUCT, "mass_kg": "0.08 t"}]))
    (product,) = outcome.inventory.products
    assert product.mass_kg is not None
    assert product.mass_kg.value == 80
    assert "number-converted" in outcome.codes()


def test_output_with_its_own_unit_is_converted_to_its_column() -> None:
    plain = process_book(
        returned({"production": [TOTAL]}, products=[{**PRODUCT, "unit": "1 kg", "output": 2000, "output_unit": "kg"}])
    )
    typed = process_book(
        returned({"production": [TOTAL]}, products=[{**PRODUCT, "unit": "1 kg", "output": "2t", "output_unit": "kg"}])
    )
    assert plain.cfp is not None
    assert typed.cfp == plain.cfp


def test_months_with_their_own_unit_are_converted_to_the_unit_of_the_row() -> None:
    row = {key: value for key, value in TOTAL.items() if key != "amount"}
    in_column = {f"month_{month:02d}": 1000 for month in range(1, 13)}
    in_cells = {f"month_{month:02d}": "1 MWh" for month in range(1, 13)}
    plain = process_book(returned({"production": [{**row, **in_column}]}))
    typed = process_book(returned({"production": [{**row, **in_cells}]}))
    assert plain.cfp is not None
    assert typed.cfp == plain.cfp


def test_month_in_a_unit_that_does_not_convert_blocks_the_total() -> None:
    months = {f"month_{month:02d}": 1000 for month in range(1, 12)} | {"month_12": "1000 kg"}
    row = {key: value for key, value in TOTAL.items() if key != "amount"}
    outcome = process_book(returned({"production": [{**row, **months}]}))
    assert outcome.cfp is None
    assert "number-unit-misfit" in {code for _, _, code in outcome.said()}


def test_a_unit_that_contradicts_its_column_is_not_said_to_need_nothing() -> None:
    outcome = process_book(returned({"production": [{**LINE, "amount": "1.4 MWh", "unit": "kWh"}]}))
    assert outcome.said() == [(PRODUCTION, "F7", "unit-conflict")]
    assert "number-with-unit" not in outcome.codes()


def test_a_denominator_that_is_asked_about_is_not_said_to_need_nothing() -> None:
    for amount, code in (("0.5 kWh/台", "amount-per-piece"), ("24.5kWh/年×5年", "per-unclear")):
        row = TOTAL if code == "amount-per-piece" else LINE
        outcome = process_book(returned({"production": [{**row, "amount": amount}]}))
        assert outcome.said() == [(PRODUCTION, "E7", code)]
        assert "number-with-unit" not in outcome.codes()


def test_ten_thousand_in_the_cell_and_in_the_unit_is_not_guessed() -> None:
    outcome = process_book(returned({"production": [{**LINE, "amount": "3.5万", "unit": "万kWh"}]}))
    assert outcome.said() == [(PRODUCTION, "E7", "number-scaled-twice")]
    assert outcome.cfp is None


def test_distance_typed_in_metres_is_kept_in_kilometres() -> None:
    row = {"item": "铜排", "mass": 2, "mass_unit": "t", "mode": "重型柴油货车(载重18t)", "basis": "每功能单位"}
    plain = process_book(returned({"raw_material_transport": [{**row, "distance_km": 320}]}))
    typed = process_book(returned({"raw_material_transport": [{**row, "distance_km": "320000m"}]}))
    assert plain.cfp is not None
    assert typed.cfp == plain.cfp


def test_ton_is_read_as_the_metric_one_and_said_so() -> None:
    outcome = process_book(returned({"production": [{**LINE, "flow": "柴油", "amount": 2, "unit": "ton"}]}))
    assert (PRODUCTION, "F7", "unit-by-convention") in outcome.said(Severity.WARNING)
    tonnes = process_book(returned({"production": [{**LINE, "flow": "柴油", "amount": 2, "unit": "t"}]}))
    assert tonnes.cfp is not None
    assert outcome.cfp == tonnes.cfp


def test_figure_still_to_come_is_reported_once() -> None:
    outcome = process_book(returned({"production": [{**LINE, "amount": "待定"}]}))
    assert outcome.said() == [(PRODUCTION, "E7", "amount-pending")]
