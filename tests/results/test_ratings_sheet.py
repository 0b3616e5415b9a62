"""The sheet of data quality scores: what is not known stands out, and the scale is explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import line, returned
from tests.studies import write_book_results

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "数据质量评分"


def test_scores_of_which_nothing_is_known_stand_out(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    rows = [line(data_source="估算", quality="次级数据"), line(data_source=None, quality=None)]
    write_book_results(returned({"production": rows}), path)
    sheet = openpyxl.load_workbook(path)[SHEET]
    estimated, unknown = ([sheet.cell(row, column) for column in range(5, 10)] for row in (5, 6))
    assert [cell.value for cell in estimated] == [3, 3, 3, 4, 5]
    assert [cell.value for cell in unknown] == [5, 5, 5, 5, 5]
    (red,) = {cell.fill.start_color.rgb for cell in unknown}
    assert red not in {cell.fill.start_color.rgb for cell in estimated}


def test_a_typed_score_is_read_from_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    outcome = write_book_results(returned({"production": [line(rating_time=4)]}), path)
    where = next(iter(outcome.inventory.lines[0].stated_ratings.values())).where
    cell = openpyxl.load_workbook(path)[SHEET]["G5"]
    assert cell.value == f"='{where.sheet}'!{where.cell}"


def test_the_scale_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(), path)
    rows = list(openpyxl.load_workbook(path)[SHEET].iter_rows(values_only=True))
    scale = next(row for row in reversed(rows) if row[1] == "可靠性")
    assert str(scale[9]).startswith("1 经核验的测量数据；2 部分基于假设的核验数据，或未经核验的测量数据；3 ")
    assert sum("；5 " in str(row[9]) for row in rows) == 5


def test_a_typed_distribution_is_live_and_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    rows = [
        line(distribution="正态", spread=10),
        line(distribution="均匀", low=80, high=130),
        line(low=80, high=130),
        line(distribution="三角", spread=30),
    ]
    write_book_results(returned({"production": rows}), path)
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEET]
    assert [sheet.cell(row, 12).value for row in range(5, 9)] == [
        "正态 ±10 %",
        "均匀 80 – 130",
        "三角 80 – 130",
        "三角 ±30 %",
    ]
    # ln(1 + (0.1 / 1.96)²), ln(1 + 50² / 12 / 100²), ln(1 + 0.0105556), ln(1 + 0.3² / 6)
    values = [sheet.cell(row, 11).value for row in range(5, 9)]
    assert values == pytest.approx([0.0025996977, 0.0206193, 0.0105002, 0.0148886], rel=1e-5)
