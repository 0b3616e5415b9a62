"""Filled in, read back: what goes into a template comes out of it as the same records."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.template.typist import read_marks
from workbook_engine.pipeline import read_workbook, write_template
from workbook_engine.template import Content, TemplateOptions, Typed
from workbook_engine.texts import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.model import Submission
    from workbook_engine.texts import Language


def read_back(path: Path, language: Language, content: Content) -> Submission:
    write_template(path, language, TemplateOptions(content=content))
    read = read_workbook(path)
    assert read.findings == ()
    assert read.submission is not None
    return read.submission


def rows(submission: Submission, table: str) -> list[dict[str, object]]:
    return [{key: cell.value for key, cell in record.cells.items()} for record in submission.tables[table].records]


ROWS = [
    {"item": "铜排", "flow": "用电", "amount": 12.5, "unit": "kWh", "remark": "=1+1"},
    {"item": "壳体", "amount": 0, "unit": "万kWh"},
    {"item": "-", "flow": "@x", "amount": "约120", "unit": "+kg"},
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_and_texts_come_back_as_they_went_in(tmp_path: Path, language: Language) -> None:
    submission = read_back(tmp_path / "t.xlsx", language, Content(tables={"raw_material_acquisition": ROWS}))
    assert rows(submission, "raw_material_acquisition") == ROWS


@pytest.mark.parametrize(("language", "word"), [("zh", "全厂全年合计"), ("en", "Plant, annual total")])
def test_a_choice_given_by_its_key_is_written_as_its_word(tmp_path: Path, language: Language, word: str) -> None:
    content = Content(tables={"use": [{"basis": "plant_total"}, {"basis": "按年"}]})
    submission = read_back(tmp_path / "t.xlsx", language, content)
    assert rows(submission, "use") == [{"basis": word}, {"basis": "按年"}]


def test_a_formula_comes_back_with_its_value(tmp_path: Path) -> None:
    content = Content(tables={"use": [{"amount": Typed("=1200*12", 14400.0)}]})
    submission = read_back(tmp_path / "t.xlsx", "zh", content)
    cell = submission.tables["use"].records[0].cells["amount"]
    assert (cell.value, cell.formula) == (14400.0, "1200*12")


def test_dates_come_back_as_dates(tmp_path: Path) -> None:
    content = Content(fields={"study.period_start": dt.date(2025, 1, 1), "study.company": "甲"})
    submission = read_back(tmp_path / "t.xlsx", "zh", content)
    start = submission.fields["study.period_start"].cell
    assert start is not None
    assert (start.kind, start.value) == ("date", 45658)  # days since 1899-12-30


def test_given_rows_keep_what_is_said_beside_them(tmp_path: Path) -> None:
    boundary = [
        {"stage": "使用", "included": "no", "reason": "未核算"},
        {"stage": "production", "included": "yes", "covers": "装配"},
    ]
    submission = read_back(tmp_path / "t.xlsx", "zh", Content(tables={"boundary": boundary}))
    said = {row.pop("stage"): row for row in rows(submission, "boundary")}
    assert said["use"] == {"included": "否", "reason": "未核算"}
    assert said["production"] == {"included": "是", "covers": "装配"}
    assert said["storage"] == {}


def test_content_longer_than_the_prepared_rows_extends_them_ready_to_go_on(tmp_path: Path) -> None:
    content = Content(tables={"use": [{"item": f"第{n}项", "amount": n} for n in range(1, 1201)]})
    submission = read_back(tmp_path / "t.xlsx", "zh", content)
    assert [row["amount"] for row in rows(submission, "use")] == list(range(1, 1201))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    name, first, columns = read_marks(book).tables["use"]
    after = f"{openpyxl.utils.get_column_letter(columns['amount'])}{first + 1210}"
    assert any(after in validation.sqref for validation in book[name].data_validations.dataValidation)
    assert book[name].row_dimensions[first + 1210].protection.locked is False
    check = next(cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "使用")
    assert check == "使用"


def test_content_speaks_louder_than_presets(tmp_path: Path) -> None:
    content = Content(fields={"settings.gwp_set": "AR5", "settings.electricity_year": 2022, "settings.factor_set": ""})
    submission = read_back(tmp_path / "t.xlsx", "zh", content)
    values = {key: entry.cell.value for key, entry in submission.fields.items() if entry.cell}
    assert values["settings.gwp_set"] == "IPCC AR5"
    assert values["settings.electricity_year"] == 2022
    assert values["settings.factor_set"] == "gbt32151"  # a blank says nothing


def test_the_filled_rows_are_drawn_so_that_they_print(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "zh", TemplateOptions(content=Content(tables={"use": [{"item": "x"}] * 60})))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    name, first, columns = read_marks(book).tables["use"]
    borders = [book[name].cell(first + offset, columns["item"]).border.left.style for offset in (0, 59, 100)]
    assert borders == ["thin", "thin", None]
