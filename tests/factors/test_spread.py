"""A factor's stated spread, from the library workbook to the variance of its line."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import line, returned
from tests.factors.small_library import FACTORS, found, load
from tests.studies import process_book
from workbook_engine.compute import assess, compute_footprint
from workbook_engine.results import ResultsJob, write_results

if TYPE_CHECKING:
    from pathlib import Path

ROW = "EL-F-2024|electricity|0.5777|kgCO2e/kWh|electricity_footprint|2024|CN|MEE|notice|P"


def with_spread(typed: str) -> str:
    return FACTORS.replace("document|tier", "document|tier|spread").replace(ROW, f"{ROW}|{typed}")


@pytest.mark.parametrize(("typed", "expected"), [("5", 5.0), ("0", 0.0), ("", None)])
def test_a_spread_is_read_from_its_column(typed: str, expected: float | None) -> None:
    library, findings = load(factors=with_spread(typed))
    assert library.factors["EL-F-2024"].spread_percent == expected
    assert findings == ()


def test_a_spread_below_zero_is_reported_and_not_used() -> None:
    library, findings = load(factors=with_spread("-5"))
    assert library.factors["EL-F-2024"].spread_percent is None
    assert found(findings) == [("factors", "L4", "library-value-implausible")]


def test_it_takes_the_place_of_what_the_ratings_give(tmp_path: Path) -> None:
    # ± 5 %: σ = ln 1.05 / 1.96 = 0.0248930; the amount keeps 0.0018
    book = returned({"production": [line()]})
    outcome = process_book(book)
    lines = tuple(
        replace(found_line, factor=replace(found_line.factor, spread_percent=5.0))
        for found_line in outcome.inventory.lines
        if found_line.factor
    )
    inventory = replace(outcome.inventory, lines=lines)
    footprint = compute_footprint(inventory)
    assessment = assess(inventory, footprint)
    interval = assessment.products[0].interval
    assert interval is not None
    assert math.log(interval.gsd) ** 2 == pytest.approx(0.0018 + 0.0248930**2, rel=1e-5)

    path = tmp_path / "results.xlsx"
    job = ResultsJob(
        book, outcome.submission, inventory, footprint, tuple(outcome.findings), "returned.xlsx", assessment=assessment
    )
    write_results(path, job, language="zh")
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []
    assert "=(LN(1+5/100)/1.96)^2" in recalc.formula_cells(path).values()
