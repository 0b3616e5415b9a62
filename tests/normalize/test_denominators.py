"""What an amount is per must be what its basis says: kWh/台 beside per functional unit, 吨/年 beside an annual total.

Electricity counts 0.5777 kgCO2e/kWh. The product is counted in 台, 1000 of them in the year of the study.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.findings import Severity
from workbook_engine.grid import Cell

KWH = 0.5777
TOTAL, PLANT = "本产品全年合计", "全厂全年合计"
PRODUCTION = "产品生产"  # amounts in E7, units in F7
NINE_MONTHS = {"study.period_end": "2025-09-30"}


def outcome(cells: dict[str, Any], fields: dict[str, Any] | None = None, **product: object) -> Outcome:
    return process_book(returned({"production": [line(**cells)]}, fields, products=[PRODUCT | product]))


def codes(done: Outcome, severity: Severity) -> list[str]:
    return [code for _, _, code in done.said(severity) if code.startswith(("per-", "amount-per", "number-per"))]


@pytest.mark.parametrize(
    ("unit", "basis"),
    [("1 把", "每把"), ("把", "每 1 把"), ("1 kg", "每kg"), ("1 kg", "/kg"), ("1 pcs", "per pcs")],
)
def test_a_basis_that_names_the_products_own_unit_is_per_functional_unit(unit: str, basis: str) -> None:
    done = outcome({"amount": 100, "basis": basis}, unit=unit, output_unit=None)
    assert done.said() == []
    assert done.cfp == pytest.approx(100 * KWH)
    assert (PRODUCTION, "G7", "understood-as") in done.said(Severity.NOTE)


@pytest.mark.parametrize(("unit", "basis"), [("1 把", "每张"), ("1000 把", "每把")])
def test_a_basis_that_names_another_unit_is_asked_about(unit: str, basis: str) -> None:
    assert outcome({"amount": 100, "basis": basis}, unit=unit).said() == [(PRODUCTION, "G7", "choice-unknown")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"amount": 5000, "unit": "kWh/年", "basis": TOTAL}, 5 * KWH),
        ({"amount": 5, "unit": "兆瓦时/年", "basis": PLANT}, 5 * KWH),
        ({"amount": 5000, "unit": "千瓦时（每年）", "basis": TOTAL}, 5 * KWH),
        ({"amount": "5000kWh/年", "unit": None, "basis": TOTAL}, 5 * KWH),
        ({"amount": 5000, "unit": "kWh/a", "basis": TOTAL}, 5 * KWH),
        ({"amount": 100, "unit": "kWh/台"}, 100 * KWH),
        ({"amount": "100度/台", "unit": "kWh"}, 100 * KWH),
        ({"amount": 100, "unit": "kWh/功能单位"}, 100 * KWH),
        ({"amount": 0.1, "unit": "MWh/单位产品"}, 100 * KWH),
        ({"amount": Cell("number", 100.0, None, "kWh/台"), "unit": None}, 100 * KWH),
        ({"amount": None, "unit": "kWh/月", "basis": TOTAL, **{f"month_{n:02d}": 500 for n in range(1, 13)}}, 6 * KWH),
    ],
)
def test_what_an_amount_is_per_is_read_where_the_basis_says_the_same(cells: dict[str, Any], expected: float) -> None:
    done = outcome(cells)
    assert done.said() == []
    assert codes(done, Severity.WARNING) == []
    assert codes(done, Severity.NOTE) == ["per-agrees"]
    assert done.cfp == pytest.approx(expected)


@pytest.mark.parametrize(
    ("cells", "fields", "code"),
    [
        ({"unit": "kWh/年"}, {}, "per-unclear"),  # a year's amount, but per functional unit
        ({"unit": "kWh/月"}, {}, "per-unclear"),
        ({"unit": "kWh/月", "basis": TOTAL}, {}, "per-unclear"),
        ({"unit": "kWh/年", "basis": TOTAL}, NINE_MONTHS, "per-unclear"),  # a year's amount, nine months' output
        ({"unit": "kWh/台", "basis": TOTAL}, {}, "amount-per-piece"),
        ({"amount": "100kWh/台", "basis": PLANT}, {}, "amount-per-piece"),
        ({"amount": "100kWh/月"}, {}, "per-unclear"),
        ({"unit": "kWh/t"}, {}, "per-unclear"),  # per tonne of a product that is counted in pieces
        ({"unit": "kWh/千台"}, {}, "per-unclear"),
        ({"unit": "kWh/批次"}, {}, "per-unclear"),
        ({"unit": "kWh/万元"}, {}, "per-unclear"),
    ],
)
def test_what_does_not_fit_its_basis_is_an_error(cells: dict[str, Any], fields: dict[str, Any], code: str) -> None:
    done = outcome(cells, fields)
    assert codes(done, Severity.ERROR) == [code]
    assert done.cfp is None
    where = "E7" if "amount" in cells else "F7"
    assert (PRODUCTION, where, code) in done.said()


def test_a_piece_by_another_word_is_asked_about() -> None:
    done = outcome({"unit": "kWh/件"})
    assert codes(done, Severity.WARNING) == ["per-another-word"]
    assert done.cfp == pytest.approx(100 * KWH)


def test_per_kilogram_of_a_product_by_mass() -> None:
    by_mass = {"unit": "1 t", "output": 50, "output_unit": "t"}
    assert outcome({"unit": "kWh/吨"}, **by_mass).cfp == pytest.approx(100 * KWH)
    assert codes(outcome({"unit": "kWh/kg"}, **by_mass), Severity.ERROR) == ["per-unclear"]


def test_a_year_of_use_goes_with_the_years_of_use() -> None:
    use = {**line(amount=5, unit="kWh/年"), "years": 10}
    assert process_book(returned({"use": [use]})).cfp == pytest.approx(50 * KWH)
    del use["years"]
    assert codes(process_book(returned({"use": [use]})), Severity.ERROR) == ["per-unclear"]


def test_freight_of_a_year() -> None:
    row = {
        "item": "铜排",
        "mass": 2,
        "mass_unit": "t",
        "mode": "重型柴油货车(载重18t)",
        "distance_km": 320,
        "basis": TOTAL,
    }
    plain = process_book(returned({"raw_material_transport": [row]}))
    typed = process_book(returned({"raw_material_transport": [{**row, "mass_unit": "吨/年"}]}))
    assert plain.cfp is not None
    assert typed.cfp == plain.cfp
    wrong = process_book(returned({"raw_material_transport": [{**row, "mass_unit": "t/月"}]}))
    assert codes(wrong, Severity.ERROR) == ["per-unclear"]


def test_a_mass_whose_distance_is_pending_is_asked_for_the_distance_alone() -> None:
    row = {
        "item": "铜排",
        "mass": 2,
        "mass_unit": "t",
        "mode": "重型柴油货车(载重18t)",
        "distance_km": "待定",
        "basis": TOTAL,
    }
    done = process_book(returned({"raw_material_transport": [row]}))
    assert [code for _, _, code in done.said()] == ["value-pending"]
    assert done.cfp is None
