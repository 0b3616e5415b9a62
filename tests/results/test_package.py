"""The layer over XlsxWriter: strict, deterministic, and as the stock writer where it takes a short cut."""

from __future__ import annotations

import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests import recalc
from tests.results import studies
from workbook_engine.errors import WriteError
from workbook_engine.results import DEFAULT_THEME, write_results
from workbook_engine.results import write as write_module
from workbook_engine.results.package import Package
from workbook_engine.spec.own_words import MARK_KNOWN
from workbook_engine.widths import line_count, text_width
from workbook_engine.writing import BookWriter, SheetWriter
from workbook_engine.writing import book as book_module
from workbook_engine.writing.quick import QuickWorksheet

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format

    from workbook_engine.writing.sheet import FormulaValue


def _as_stock(names: dict[str, Any]) -> dict[str, Any]:
    """Return XlsxWriter's own methods of these names."""
    return {name: getattr(Worksheet, name) for name in names if name != "__init__" and hasattr(Worksheet, name)}


class Stock(SheetWriter):
    """Our methods over XlsxWriter's own writing. Its formats are numbered as cells come, not as rows are let go."""

    vars().update(_as_stock(dict(vars(QuickWorksheet))))

    def text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        assert style is not None
        style._get_xf_index()
        self._stock_text(row - 1, column - 1, text, style)

    def number(self, row: int, column: int, value: float, style: Format) -> None:
        style._get_xf_index()
        self._stock(self._write_number(row - 1, column - 1, value, style), row - 1, column - 1)

    def blank(self, row: int, column: int, style: Format) -> None:
        style._get_xf_index()
        assert not self._write_blank(row - 1, column - 1, None, style)

    def formula(self, row: int, column: int, formula: str, value: FormulaValue, style: Format | None = None) -> None:
        assert style is not None
        style._get_xf_index()
        self._stock(self._write_formula(row - 1, column - 1, "=" + formula, style, value), row - 1, column - 1)

    def boolean(self, row: int, column: int, *, value: bool, style: Format) -> None:
        style._get_xf_index()
        self._stock(self._write_boolean(row - 1, column - 1, value, style), row - 1, column - 1)

    def link(self, row: int, column: int, target: str, text: str, tip: str = "") -> None:
        self.ignore_write_string = True  # its own switch: the link only, the text is written apart
        self._write_url(row - 1, column - 1, f"internal:{target}", None, text, tip or None)


@pytest.mark.parametrize("stream_from", [1, 5_000])
def test_a_sheet_is_what_the_stock_writer_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream_from: int
) -> None:
    monkeypatch.setattr(write_module, "STREAM_FROM", stream_from)

    fast, stock = tmp_path / "fast.xlsx", tmp_path / "stock.xlsx"
    write_results(fast, studies.job(), language="zh")
    monkeypatch.setattr(book_module, "SheetWriter", Stock)
    monkeypatch.setattr(BookWriter, "_get_packager", Workbook._get_packager)
    write_results(stock, studies.job(), language="zh")
    with zipfile.ZipFile(fast) as ours, zipfile.ZipFile(stock) as theirs:
        assert ours.namelist() == theirs.namelist()
        for name in ours.namelist():
            assert _to_16_digits(ours.read(name)) == _to_16_digits(theirs.read(name)), name


def _to_16_digits(part: bytes) -> bytes:
    """Return a part with its numbers as the stock writer has them: ours keep a seventeenth digit (below)."""
    return re.sub(rb"<v>(-?[0-9][0-9.E+-]*)</v>", lambda found: b"<v>%.16G</v>" % float(found[1]), part)


def test_a_number_keeps_its_last_digit(tmp_path: Path) -> None:
    package = Package(tmp_path / "x.xlsx", DEFAULT_THEME)
    package.page("a").number(1, 1, 0.1 + 0.2)  # 0.30000000000000004: 17 digits
    package.close()
    assert recalc.stored_values(tmp_path / "x.xlsx")["a", "A1"] == 0.1 + 0.2


def test_the_same_study_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_results(first, studies.job(), language="zh")
    write_results(second, studies.job(), language="zh")
    assert first.read_bytes() == second.read_bytes()


def test_streamed_rows_hold_the_same_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, streamed = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_results(small, studies.job(), language="zh")
    monkeypatch.setattr(write_module, "STREAM_FROM", 1)
    write_results(streamed, studies.job(), language="zh")
    assert recalc.formula_cells(small) == recalc.formula_cells(streamed)
    values = recalc.stored_values(streamed)
    kept = {place: value for place, value in values.items() if str(value).startswith(MARK_KNOWN)}
    assert list(kept.values()) == [f"{MARK_KNOWN}0 0 "]  # so few contents all have digests of their own, the same ones
    assert recalc.stored_values(small) | kept == values


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_is_refused(tmp_path: Path, value: float) -> None:
    page = Package(tmp_path / "x.xlsx", DEFAULT_THEME).page("a")
    with pytest.raises(WriteError):
        page.number(1, 1, value)
    with pytest.raises(WriteError):
        page.formula(1, 1, "A2", value)


def test_a_cell_outside_the_sheet_is_refused(tmp_path: Path) -> None:
    page = Package(tmp_path / "x.xlsx", DEFAULT_THEME).page("a")
    with pytest.raises(WriteError, match="code"):
        page.number(1_048_577, 1, 1.0)


def test_rows_are_written_downwards(tmp_path: Path) -> None:
    page = Package(tmp_path / "x.xlsx", DEFAULT_THEME).page("a")
    page.number(3, 1, 1.0)
    with pytest.raises(WriteError, match="after row 3"):
        page.number(2, 1, 1.0)


def test_a_folder_that_is_not_there_is_a_write_error(tmp_path: Path) -> None:
    with pytest.raises(WriteError):
        write_results(tmp_path / "missing" / "x.xlsx", studies.job(), language="zh")


def test_the_package_holds_no_macros_links_or_calculation_chain_of_others(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(), language="zh")
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
    assert not [name for name in names if "vba" in name or "externalLink" in name]


@pytest.mark.parametrize(
    ("text", "width"), [("kWh", 3), ("电力", 4), ("电力 kWh", 8), ("（万）", 6), ("a\n电力", 4), ("", 0)]
)
def test_text_width(text: str, width: float) -> None:
    assert text_width(text) == width


@pytest.mark.parametrize(("text", "width", "lines"), [("电力", 10, 1), ("电" * 10, 12, 2), ("a\nb\nc", 20, 3)])
def test_line_count(text: str, width: float, lines: int) -> None:
    assert line_count(text, width) == lines
