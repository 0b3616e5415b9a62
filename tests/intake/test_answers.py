"""Answers beside a list of findings that went out to a company: not read, and told; the list is not asked about."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.office import converted
from workbook_engine.cli import main
from workbook_engine.intake import open_workbook
from workbook_engine.pipeline import examine, factor_library

if TYPE_CHECKING:
    from workbook_engine.findings import Finding

EXAMPLE = next((Path(__file__).parents[2] / "example_workbooks" / "T4000402").glob("*.xlsx"))
ABOUT_CELLS = {"content-not-read", "cells-more-like-it", "answer-not-read"}


def asked(path: Path) -> list[Finding]:
    opened = open_workbook(path)
    done, _ = examine(path.name, opened, factor_library())
    return [finding for finding in done.findings if finding.code in ABOUT_CELLS]


@pytest.fixture(params=["correct", "correct-en", "run", "run-en"])
def listed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return a workbook with a list of findings as it goes out, saved by openpyxl in its own way."""
    kind, _, language = request.param.partition("-")
    words = ["--lang", language or "zh"]
    if kind == "correct":
        path = tmp_path / "copy.xlsx"
        assert main(["correct", str(EXAMPLE), "-o", str(path), *words]) == 0
    else:
        assert main(["run", str(EXAMPLE), "-o", str(tmp_path / "out"), *words]) == 0
        (path,) = (found for found in (tmp_path / "out").rglob("T4000402*.xlsx"))
    return path


def list_of(book: openpyxl.Workbook) -> openpyxl.worksheet.worksheet.Worksheet:
    return next(sheet for sheet in book.worksheets if sheet.title in ("问题清单", "Findings", "To mend", "Corrections"))


def test_the_list_itself_is_not_asked_about(listed: Path, tmp_path: Path) -> None:
    assert asked(listed) == []
    again = tmp_path / "again.xlsx"
    book = openpyxl.load_workbook(listed)
    book.save(again)
    assert asked(again) == []


def test_answers_beside_the_list_are_told_once_at_the_first(listed: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(listed)
    sheet = list_of(book)
    sheet["P6"], sheet["P7"] = "包装占比 0.3%", "我们没有使用阶段的数据"
    sheet["I6"] = "√"  # a tick is no answer
    book.save(tmp_path / "answered.xlsx")
    (finding,) = asked(tmp_path / "answered.xlsx")
    assert (finding.code, str(finding.where)) == ("answer-not-read", f"{sheet.title}!P6")
    assert "包装占比 0.3%" in finding.message("zh")
    assert "我们没有使用阶段的数据" in finding.message("en")


def test_what_was_written_below_the_list_is_told(listed: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(listed)
    sheet = list_of(book)
    sheet.cell(sheet.max_row + 2, 4).value = "其余的月底补"
    book.save(tmp_path / "answered.xlsx")
    (finding,) = asked(tmp_path / "answered.xlsx")
    assert "其余的月底补" in finding.message("zh")


def test_an_answer_in_the_place_of_the_tick_is_told(listed: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(listed)
    sheet = list_of(book)
    sheet["I6"] = "数据无法取得"
    book.save(tmp_path / "answered.xlsx")
    assert [str(finding.where) for finding in asked(tmp_path / "answered.xlsx")] == [f"{sheet.title}!I6"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    path = tmp_path / "copy.xlsx"
    assert main(["correct", str(EXAMPLE), "-o", str(path), "--lang", "zh"]) == 0
    return path


def test_every_text_of_a_correction_list_that_was_typed_over_is_told_at_its_cell(copy: Path, tmp_path: Path) -> None:
    """A clerk types the right figure into 现在的内容, or an answer over 怎样改, as likely as into the sheet itself."""
    texts = [c.coordinate for row in list_of(openpyxl.load_workbook(copy))["B1:H7"] for c in row if c.value is not None]
    assert {"B6", "C6", "D6", "E6", "F6"} <= set(texts)
    for cell in texts:
        book = openpyxl.load_workbook(copy)
        sheet = list_of(book)
        sheet[cell] = "是 500 kg"
        book.save(tmp_path / "answered.xlsx")
        (finding,) = asked(tmp_path / "answered.xlsx")
        assert "是 500 kg" in finding.message("zh")
        # over the place, which says what its row is about, all of the row is told
        assert finding.where is not None
        assert (finding.where.cell if not cell.startswith("D") else f"D{finding.where.row}") == cell


def test_a_figure_typed_beside_its_question_is_told(copy: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(copy)
    sheet = list_of(book)
    sheet["G7"] = 500
    book.save(tmp_path / "answered.xlsx")
    assert [str(finding.where) for finding in asked(tmp_path / "answered.xlsx")] == [f"{sheet.title}!G7"]


def test_a_list_that_was_sorted_is_not_asked_about(copy: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(copy)
    sheet = list_of(book)
    rows = [[sheet.cell(row, column).value for column in range(2, 10)] for row in range(6, 10)]
    for row, values in zip(range(6, 10), reversed(rows), strict=True):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column).value = value
    book.save(tmp_path / "sorted.xlsx")
    assert asked(tmp_path / "sorted.xlsx") == []


@pytest.mark.libreoffice
def test_a_list_that_libreoffice_saved_is_not_asked_about(copy: Path, tmp_path: Path) -> None:
    for kind in ("xlsx", "ods", "xls"):
        saved = converted([copy], kind, tmp_path / kind, tmp_path / "profile")[copy]
        assert asked(saved) == []
