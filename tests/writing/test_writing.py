"""The wall around XlsxWriter: nothing is refused in silence, nothing from outside becomes a formula."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
import pytest

from workbook_engine.errors import WriteError
from workbook_engine.grid import Area
from workbook_engine.writing import BookWriter

if TYPE_CHECKING:
    from pathlib import Path


def _book(content: io.BytesIO | None = None) -> BookWriter:
    book = BookWriter(content or io.BytesIO(), {"font_name": "Calibri"})
    book.set_properties({"created": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)})
    return book


@pytest.mark.parametrize("typed", ["=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@x", "{=1}", "http://example.org", "1e3"])
def test_text_stays_text_whatever_it_begins_with(typed: str) -> None:
    content = io.BytesIO()
    book = _book(content)
    book.sheet("数据").text(2, 3, typed, book.style())
    book.close()
    assert openpyxl.load_workbook(content)["数据"]["C2"].value == typed
    xml = zipfile.ZipFile(content).read("xl/worksheets/sheet1.xml").decode()
    assert 't="s"' in xml
    assert "<f>" not in xml


@pytest.mark.parametrize("is_styled", [True, False])
def test_characters_that_xml_forbids_are_written_as_excel_writes_them(*, is_styled: bool) -> None:
    content = io.BytesIO()
    book = _book(content)
    book.sheet("s").text(1, 1, "a\x00b\x0bc\ufffed\ud800", book.style() if is_styled else None)
    book.close()
    strings = zipfile.ZipFile(content).read("xl/sharedStrings.xml").decode()
    assert "<t>a_x0000_b_x000B_c_xFFFE_d\ufffd</t>" in strings


def test_a_text_longer_than_a_cell_raises_and_names_the_cell() -> None:
    with pytest.raises(WriteError, match="s!B3"):
        _book().sheet("s").text(3, 2, "x" * 32_768)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_raises(value: float) -> None:
    book = _book()
    sheet = book.sheet("s")
    with pytest.raises(WriteError, match="s!B3"):
        sheet.number(3, 2, value, book.style())
    with pytest.raises(WriteError, match="s!B3"):
        sheet.formula(3, 2, "=1", value, book.style())


def test_a_cell_beyond_the_grid_raises() -> None:
    book = _book()
    with pytest.raises(WriteError, match="refused"):
        book.sheet("s").number(1_048_577, 1, 1.0, book.style())


def test_a_validation_that_excel_would_refuse_raises() -> None:
    sheet = _book().sheet("s")
    with pytest.raises(WriteError), pytest.warns(UserWarning, match="255"):
        sheet.validate(Area(1, 1, 1, 1), {"validate": "list", "source": ["x" * 300]})


@pytest.mark.parametrize("formula", ["=2*3", "2*3"])
def test_a_formula_carries_its_value(formula: str) -> None:
    content = io.BytesIO()
    book = _book(content)
    book.sheet("s").formula(1, 1, formula, 6.0, book.style())
    book.close()
    assert openpyxl.load_workbook(content, data_only=True)["s"]["A1"].value == 6
    assert openpyxl.load_workbook(content)["s"]["A1"].value == "=2*3"


def test_an_area_is_one_cell_with_its_text() -> None:
    content = io.BytesIO()
    book = _book(content)
    sheet = book.sheet("s")
    sheet.across(Area(1, 2, 2, 4), "甲", book.style(bold=True))
    sheet.across(Area(3, 1, 3, 1), "乙", book.style(bold=True))  # Excel refuses to merge one cell
    book.close()
    read = openpyxl.load_workbook(content)["s"]
    assert [str(area) for area in read.merged_cells.ranges] == ["B1:D2"]
    assert (read["B1"].value, read["A3"].value) == ("甲", "乙")


def test_the_same_content_gives_the_same_bytes() -> None:
    def build() -> bytes:
        content = io.BytesIO()
        book = _book(content)
        sheet = book.sheet("s")
        sheet.text(1, 1, "甲", book.style(bold=True))
        sheet.date(2, 1, dt.date(2025, 1, 1), book.style(num_format="yyyy-mm-dd"))
        book.close()
        return content.getvalue()

    assert build() == build()


def test_equal_properties_share_one_format() -> None:
    book = _book()
    assert book.style(bold=True, italic=True) is book.style(italic=True, bold=True)


@pytest.mark.parametrize("constant_memory", [False, True])
@pytest.mark.parametrize(("quickly", "level"), [(True, 3), (False, 6)])
def test_the_level_of_packing_is_in_effect(tmp_path: Path, *, quickly: bool, level: int, constant_memory: bool) -> None:
    """Deflate at a level gives the same bytes each time; those of two levels differ in length for such a text."""
    path = tmp_path / "a.xlsx"
    book = BookWriter(str(path), {}, quickly=quickly, constant_memory=constant_memory)
    sheet, style = book.sheet("表"), book.style()
    for row in range(1, 400):
        sheet.number(row, 1, row * 0.37, style)
    book.close()
    with zipfile.ZipFile(path) as package:
        part = package.getinfo("xl/worksheets/sheet1.xml")
        content = package.read(part)
    sizes = {}
    for each in (3, 6):
        deflate = zlib.compressobj(each, zlib.DEFLATED, -zlib.MAX_WBITS)
        sizes[each] = len(deflate.compress(content) + deflate.flush())
    assert sizes[3] != sizes[6]
    assert part.compress_size == sizes[level]
