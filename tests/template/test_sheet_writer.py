"""The wall around XlsxWriter: nothing is refused in silence, nothing from outside becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from workbook_engine.errors import WriteError
from workbook_engine.grid import Area
from workbook_engine.template.sheet_writer import BookWriter


def _book() -> BookWriter:
    return BookWriter({"title": "t"})


@pytest.mark.parametrize("typed", ["=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@x", "{=1}", "http://example.org", "1e3"])
def test_text_stays_text_whatever_it_begins_with(typed: str) -> None:
    book = _book()
    book.sheet("数据").text(2, 3, typed)
    content = io.BytesIO(book.to_bytes())
    assert openpyxl.load_workbook(content)["数据"]["C2"].value == typed
    xml = zipfile.ZipFile(content).read("xl/worksheets/sheet1.xml").decode()
    assert 't="s"' in xml
    assert "<f>" not in xml


def test_characters_that_xml_forbids_are_left_out() -> None:
    book = _book()
    book.sheet("s").text(1, 1, "a\x00b\x0bc\ufffe")
    assert openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["s"]["A1"].value == "abc"


def test_a_text_longer_than_a_cell_raises_and_names_the_cell() -> None:
    with pytest.raises(WriteError, match="s!B3"):
        _book().sheet("s").text(3, 2, "x" * 32_768)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_raises(value: float) -> None:
    sheet = _book().sheet("s")
    with pytest.raises(WriteError):
        sheet.number(1, 1, value)
    with pytest.raises(WriteError):
        sheet.formula(1, 1, "=1", value)


def test_a_cell_beyond_the_grid_raises() -> None:
    with pytest.raises(WriteError, match="refused"):
        _book().sheet("s").number(1_048_577, 1, 1.0)


def test_a_validation_that_excel_would_refuse_raises() -> None:
    sheet = _book().sheet("s")
    with pytest.raises(WriteError), pytest.warns(UserWarning, match="255"):
        sheet.validate(Area(1, 1, 1, 1), {"validate": "list", "source": ["x" * 300]})


def test_a_formula_carries_its_value() -> None:
    book = _book()
    book.sheet("s").formula(1, 1, "=2*3", 6.0)
    content = book.to_bytes()
    assert openpyxl.load_workbook(io.BytesIO(content), data_only=True)["s"]["A1"].value == 6
    assert openpyxl.load_workbook(io.BytesIO(content))["s"]["A1"].value == "=2*3"


def test_the_same_content_gives_the_same_bytes() -> None:
    def build() -> bytes:
        book = _book()
        sheet = book.sheet("s")
        sheet.text(1, 1, "甲", book.style(bold=True))
        sheet.date(2, 1, dt.date(2025, 1, 1), book.style(num_format="yyyy-mm-dd"))
        return book.to_bytes()

    assert build() == build()


def test_equal_properties_share_one_format() -> None:
    book = _book()
    assert book.style(bold=True, italic=True) is book.style(italic=True, bold=True)
