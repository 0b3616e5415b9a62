"""The sheet that holds an earlier report against the computed figures: the slips of the published studies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.compute.test_declared import BOX, BOX_PRINT, BREAKER, BREAKER_FIELDS, BREAKER_PRINT, declared
from tests.studies import written

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.books import Answers

SHEET = "申报结果核对"
SUBJECT, FIGURE, DECLARED, COMPUTED, DIFFERENCE, PART, VERDICT, CAUSE = range(3, 11)


def report(
    path: Path, lines: dict[str, list[Answers]], rows: list[Answers], fields: Answers | None = None,
    sources: list[Answers] | None = None,
) -> Path:  # fmt: skip
    tables = lines | {"declared": rows} | ({"declared_sources": sources} if sources else {})
    return written(returned(tables, fields, products=[PRODUCT | {"output": 4302, "mass_kg": None}]), path)


def rows_of(sheet: Worksheet) -> list[tuple[object, ...]]:
    return [tuple(row) for row in sheet.iter_rows(min_row=5, values_only=True)]


@pytest.fixture
def breaker(tmp_path: Path) -> Path:
    # the slips in print of T4000402: the total repeats the raw materials, the abstract has a digit wrong, AR5 of 2021
    rows = [*declared(BREAKER_PRINT, 1317.3597), {"printed_in": "摘要", "stage": "产品处置", "kg_co2e": 5.5401}]
    sources = [{"subject": "GWP", "named": "IPCC第五次评估报告", "year": 2021}]
    return report(tmp_path / "results.xlsx", BREAKER, rows, BREAKER_FIELDS, sources)


def test_each_slip_of_the_breaker_stands_beside_its_figure(breaker: Path) -> None:
    rows = rows_of(load_workbook(breaker, data_only=True)[SHEET])
    differing = [row for row in rows if row[VERDICT] == "不一致"]
    total, abstract, gwp = differing
    assert total[SUBJECT] == "总计"
    # 1345.6139 is what the report's own rows add up to; printed 1317.3597: 28.2542 too little, 2.10 %
    assert total[DECLARED] == 1317.3597
    assert round(float(str(total[COMPUTED])), 4) == 1345.6139
    assert total[DIFFERENCE] == pytest.approx(-28.2542)
    assert total[PART] == pytest.approx(-28.2542 / 1345.6139, rel=1e-6)
    assert "原材料获取" in str(total[CAUSE])
    assert (abstract[DECLARED], abstract[DIFFERENCE]) == (5.5401, pytest.approx(-0.0004))
    assert "2021" in str(gwp[CAUSE])
    (count,) = [row for row in rows if row[1] == "一致的个数"]
    assert count[VERDICT] == 11  # of thirteen figures
    assert count[CAUSE] == "共 13 个"


def test_the_share_that_closes_the_column_of_the_box(tmp_path: Path) -> None:
    path = report(tmp_path / "results.xlsx", BOX, declared(BOX_PRINT, 14.2922))
    rows = rows_of(load_workbook(path, data_only=True)[SHEET])
    (share,) = [row for row in rows if row[VERDICT] == "不一致"]
    assert (share[SUBJECT], share[FIGURE], share[DECLARED]) == ("产品处置", "占比", 0.4386)
    assert share[DIFFERENCE] == pytest.approx(0.0001)  # 43.86 against 43.85 %
    assert "99.99%" in str(share[CAUSE])


def test_the_sheet_is_live(breaker: Path) -> None:
    assert recalc.differences(breaker, recalc.ironcalc_values(breaker)) == []
    formulas = load_workbook(breaker)[SHEET]
    assert str(formulas.cell(5, DECLARED + 1).value).startswith("='核算设置'!") or "核算设置" in str(
        formulas.cell(5, DECLARED + 1).value
    )
    assert "结果摘要" in str(formulas.cell(5, COMPUTED + 1).value)


def test_without_a_declared_figure_there_is_no_sheet(tmp_path: Path) -> None:
    path = written(returned({"production": [line()]}), tmp_path / "results.xlsx")
    assert SHEET not in load_workbook(path).sheetnames


def test_a_stage_without_a_result_has_a_dash_and_its_reason(tmp_path: Path) -> None:
    path = report(tmp_path / "results.xlsx", BOX, [{"stage": "使用", "kg_co2e": 3.1}])
    (row, _) = rows_of(load_workbook(path, data_only=True)[SHEET])
    assert (row[DECLARED], row[COMPUTED], row[VERDICT]) == (3.1, "—", "—")
    assert "没有结果" in str(row[CAUSE])
