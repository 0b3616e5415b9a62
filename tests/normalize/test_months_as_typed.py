"""Twelve months are what was used in each of them: running totals, meter readings and amounts per unit are asked about.

1000 pieces a year, electricity at 0.5777 kgCO2e/kWh. Running totals 100, 200 … 1200 of a plant that uses 100 kWh a
month add up to 7800 kWh, six and a half times the 1200 of the year.
"""

from __future__ import annotations

import pytest

from tests.books import line, returned
from tests.studies import process_book
from workbook_engine.findings import Severity

TOTAL, PER_UNIT = "本产品全年合计", "每功能单位"
SHEET, FIRST_MONTH = "产品生产", "L7"
KWH, OUTPUT = 0.5777, 1000


def months(*values: object) -> dict[str, object]:
    return {f"month_{month:02d}": value for month, value in enumerate(values, 1)}


RUNNING = tuple(100 * month for month in range(1, 13))
READINGS = tuple(352_100 + 90 * month + month % 3 for month in range(1, 13))
USED = (95, 92, 113, 102, 97, 111, 105, 86, 104, 105, 89, 101)  # adds up to 1200


@pytest.mark.parametrize("typed", [RUNNING, READINGS, tuple(map(str, RUNNING))])
def test_months_that_only_rise_are_asked_about(typed: tuple[object, ...]) -> None:
    done = process_book(returned({"production": [line(amount=None, basis=TOTAL, **months(*typed))]}))
    assert done.said() == [(SHEET, FIRST_MONTH, "months-rising")]
    assert done.cfp is None


def test_months_that_go_up_and_down_count_as_they_are() -> None:
    done = process_book(returned({"production": [line(amount=None, basis=TOTAL, **months(*USED))]}))
    assert done.is_final
    assert done.cfp == pytest.approx(1200 * KWH / OUTPUT)


def test_the_years_amount_says_whether_rising_months_are_what_was_used() -> None:
    rising = months(*RUNNING)
    agrees = process_book(returned({"production": [line(amount=7800, basis=TOTAL, **rising)]}))
    assert agrees.is_final
    assert agrees.cfp == pytest.approx(7800 * KWH / OUTPUT)
    runs = process_book(returned({"production": [line(amount=1200, basis=TOTAL, **rising)]}))
    assert runs.said() == [(SHEET, "E7", "months-disagree")]


def test_months_are_no_amount_of_one_functional_unit() -> None:
    done = process_book(returned({"production": [line(amount=None, basis=PER_UNIT, **months(*USED))]}))
    assert done.said() == [(SHEET, FIRST_MONTH, "months-per-unit")]
    assert not done.is_final


def test_some_months_that_rise_are_no_question() -> None:
    half = {"study.period_end": "2025-05-31"}
    book = returned({"production": [line(amount=None, basis=TOTAL, **months(10, 20, 30, 40, 50))]}, half)
    done = process_book(book)
    assert done.said(Severity.ERROR) == []
    assert done.cfp == pytest.approx(150 * KWH / OUTPUT)
