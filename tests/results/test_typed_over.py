"""A results workbook that is handed in again: what was typed into its computed sheets is told, and not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests import recalc
from tests.books import line, returned
from tests.studies import write_book_results
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.findings import Finding

FACTORS, SCORES = "排放因子", "数据质量评分"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(), line(flow="柴油", unit="kg", amount=7)]}), path)
    return path


def _told(path: Path) -> list[Finding]:
    return [finding for finding in process(path).findings if finding.code == "typed-over"]


def test_a_results_workbook_as_it_was_written_says_nothing(results: Path) -> None:
    assert _told(results) == []


@pytest.mark.parametrize(("cell", "value"), [("F5", 0.6), ("H5", 2.0), ("I6", 43.0), ("K6", 21.0)])
def test_a_factor_that_was_changed_is_told_with_its_cell_and_not_used(
    results: Path, tmp_path: Path, cell: str, value: float
) -> None:
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(results, changed, FACTORS, cell, value)
    (finding,) = _told(changed)
    assert (finding.where.sheet, finding.where.cell) == (FACTORS, cell) if finding.where else False
    assert f"{value:g}" in finding.message("zh")
    before, after = (process(path).footprint for path in (results, changed))
    assert before
    assert after
    assert before.products[0].cfp_kg_co2e == after.products[0].cfp_kg_co2e


def test_a_factor_that_was_emptied_or_made_text_is_told(results: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    recalc.change_text(results, changed, FACTORS, "F5", "0.6?")
    (finding,) = _told(changed)
    assert "0.6?" in finding.message("en")
    book = load_workbook(results)
    book[FACTORS]["F5"] = None
    book.save(changed)
    (finding,) = _told(changed)
    assert "空白" in finding.message("zh")


def test_a_score_that_was_changed_is_told(results: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    old = recalc.stored_values(results)[SCORES, "E5"]
    assert isinstance(old, float)
    recalc.change_cell(results, changed, SCORES, "E5", old % 5 + 1)
    (finding,) = _told(changed)
    assert finding.where is not None
    assert finding.where.cell == "E5"


def test_a_mended_amount_is_an_input_and_nothing_to_tell(results: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(results, changed, "产品生产", "E5", 200.0)
    assert _told(changed) == []


def test_scores_of_lines_that_took_the_numbers_of_removed_ones_are_not_told(tmp_path: Path) -> None:
    results, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    lines = [line(item="熔炼"), line(item="加热", flow="柴油", unit="kg", amount=7, data_source="估算")]
    write_book_results(returned({"production": lines}), results)
    book = load_workbook(results)
    sheet = book["产品生产"]
    for row in sheet.iter_rows(min_row=7, max_row=7):
        for cell in row:
            cell.value = sheet.cell(8, cell.column).value
            sheet.cell(8, cell.column).value = None
    book.save(changed)
    assert _told(changed) == []
