"""Findings that are alike are told as one, where people read them; each cell keeps its own in the data."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from workbook_engine import catalogue
from workbook_engine.cli import main
from workbook_engine.findings import CellRef, Finding, alike, also, by_weight, grouped

EXAMPLE = next((Path(__file__).parent.parent / "example_workbooks" / "T4000402").glob("*.xlsx"))
FIRST, LAST = 9, 37  # rows that lack a unit


def unit_missing(row: int, column: int = 6, example: str = "kWh") -> Finding:
    return Finding(catalogue.UNIT_MISSING, CellRef("生产", row, column), {"item": f"件{row}", "example": example})


def test_four_alike_on_a_column_are_one_and_three_are_not() -> None:
    four = [unit_missing(row) for row in (3, 4, 5, 9)]
    assert [len(group) for group in grouped(four, alike)] == [4]
    assert [len(group) for group in grouped(four[:3], alike)] == [1, 1, 1]


def test_another_column_another_remedy_or_no_place_is_another_matter() -> None:
    findings = [unit_missing(row) for row in range(1, 5)] + [unit_missing(9, column=7), unit_missing(10, example="kg")]
    findings += [Finding(catalogue.NO_PRODUCT)] * 5
    assert [len(group) for group in grouped(findings, alike)] == [4, 1, 1, *[1] * 5]


def test_a_group_stands_where_its_gravest_stands() -> None:
    findings = by_weight([unit_missing(row) for row in range(5, 9)] + [unit_missing(1, column=2)])
    assert [group[0].where for group in grouped(findings, alike)] == [CellRef("生产", 1, 2), CellRef("生产", 5, 6)]


def test_rows_are_told_as_spans() -> None:
    assert also([9, 10, 11, 14, 12], "zh") == "同一列第 10–12, 14 行也是，共 5 处。"
    assert also([9], "zh") == ""
    assert also(list(range(1, 60, 2)), "en").startswith(" The same in rows 3, 5, 7, 9, 11, 13, 15, 17 … of this")


def test_findings_stand_as_the_workbooks_sheets_do() -> None:
    places = [CellRef("附页", 1, 1), CellRef("产品生产", 9, 2), CellRef("基本信息", 12, 3), CellRef("产品生产", 8, 2)]
    findings = [*(Finding(catalogue.UNIT_MISSING, place, {}) for place in places), Finding(catalogue.UNIT_MISSING)]
    told = [str(finding.where or "") for finding in by_weight(findings, ("基本信息", "产品生产"))]
    assert told == ["", "基本信息!C12", "产品生产!B8", "产品生产!B9", "附页!A1"]


@pytest.fixture
def unitless(tmp_path: Path) -> Path:
    """Return a workbook in which many lines lack their unit."""
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book["原材料获取"]
    for row in range(FIRST, LAST + 1):
        for column, value in zip("BDEG", (f"件{row}", "电力", 10 + row, "每功能单位"), strict=True):
            sheet[f"{column}{row}"] = value
    path = tmp_path / "returned.xlsx"
    book.save(path)
    return path


def test_a_column_without_units_is_one_line_on_the_terminal_and_each_cell_in_json(
    unitless: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", str(unitless), "--lang", "zh"])
    said = capsys.readouterr().out
    assert said.count("没有填单位") == 1
    assert "原材料获取!F9: “件9”没有填单位。同一列第 10–37 行也是，共 29 处。" in said
    main(["check", str(unitless), "--json"])
    findings = json.loads(capsys.readouterr().out)["workbooks"][0]["findings"]
    cells = {finding["cell"] for finding in findings if finding["code"] == "unit-missing"}
    assert cells == {f"F{row}" for row in range(FIRST, LAST + 1)}


def test_a_correction_copy_lists_them_once_and_marks_every_cell(unitless: Path, tmp_path: Path) -> None:
    copy = tmp_path / "更正.xlsx"
    main(["correct", str(unitless), "-o", str(copy), "--lang", "zh"])
    book = openpyxl.load_workbook(copy)
    listed = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert sum("没有填单位" in text for text in listed) == 1
    for row in range(FIRST, LAST + 1):
        comment = book["原材料获取"][f"F{row}"].comment
        assert f"“件{row}”没有填单位。\n" in comment.text
