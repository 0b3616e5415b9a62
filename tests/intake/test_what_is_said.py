"""What is said of cells that were not read, and what is not: dates, many of a kind, keys, estimates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.books import line, returned
from tests.studies import process_book
from workbook_engine.batch.record import record_of
from workbook_engine.pipeline import process, read_workbook

EXAMPLE = next((Path(__file__).parents[2] / "example_workbooks" / "T4000402").glob("*.xlsx"))


@pytest.mark.parametrize("is_1904", [False, True])
def test_a_date_that_was_not_read_is_shown_as_a_date(tmp_path: Path, is_1904: bool) -> None:  # noqa: FBT001
    book = openpyxl.load_workbook(EXAMPLE)
    if is_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["产品生产"]["P2"] = dt.date(2026, 1, 17)
    book.save(tmp_path / "a.xlsx")
    (finding,) = [f for f in read_workbook(tmp_path / "a.xlsx").findings if f.code == "content-not-read"]
    assert "2026-01-17" in finding.message("zh")


def _struck(tmp_path: Path, sheet: str, rows: range, column: int) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(EXAMPLE)
    if sheet not in book.sheetnames:
        book.create_sheet(sheet)
    for row in rows:
        cell = book[sheet].cell(row, column, f"旧 {row}" if column > 1 and sheet != "产品生产" else "旧")
        cell.font = Font(strike=True)
    book.save(tmp_path / "a.xlsx")
    found = read_workbook(tmp_path / "a.xlsx").findings
    return [
        (f.code, str(f.where)) for f in found if f.code in ("cell-struck-out", "row-struck-out", "cells-more-like-it")
    ]


def test_many_struck_cells_outside_the_inputs_are_no_more_like_it(tmp_path: Path) -> None:
    assert _struck(tmp_path, "我们的草稿", range(1, 260), 3) == []


def test_many_struck_inputs_are_counted(tmp_path: Path) -> None:
    found = _struck(tmp_path, "产品生产", range(20, 270), 2)  # items of lines
    assert [code for code, _ in found] == ["cell-struck-out"] * 100 + ["cells-more-like-it"]


def test_keys_above_a_table_without_marks_and_names_are_not_explained(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    for name in list(book.defined_names):
        del book.defined_names[name]
    for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
        if str(cell.value).startswith("wbe:"):
            cell.value = None
    book.save(tmp_path / "a.xlsx")
    done = process(tmp_path / "a.xlsx")
    assert any(finding.code == "found-by-label" for finding in done.findings)
    assert [f for f in done.findings if f.code == "understood-as" and "_" in f.message("zh")] == []


@pytest.mark.parametrize(
    ("source", "remark", "is_asked"),
    [
        ("估算", "按工时推算", False),
        ("估算", "估算值", False),
        ("经验值", "partly estimated", False),
        ("估算", "12月数据暂估", True),
        ("计量仪表", "按工时推算", True),
        ("", "估算值", True),
    ],
)
def test_an_estimate_is_asked_about_unless_its_source_says_so(source: str, remark: str, is_asked: bool) -> None:  # noqa: FBT001
    outcome = process_book(returned({"production": [line(data_source=source, remark=remark)]}))
    assert ("remark-may-count" in outcome.codes()) == is_asked


def test_a_study_that_lost_a_stages_sheet_is_not_complete(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    del book["成品运输"]
    book.save(tmp_path / "a.xlsx")
    (product,) = record_of(process(tmp_path / "a.xlsx")).products
    assert product.lines_done == product.lines - 1
    (product,) = record_of(process(EXAMPLE)).products
    assert product.lines_done == product.lines
