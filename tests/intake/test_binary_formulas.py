"""Formulas of .xls and .xlsb are read from their tokens, and the checks of formulas hold there as in an .xlsx."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula

from example_workbooks import fill
from tests import office
from tests.books import LINE, changed, returned
from tests.intake import biff, binary
from tests.intake.binary import token
from workbook_engine.intake.limits import Limits
from workbook_engine.intake.open import open_bytes
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.grid import Book, Cell

NUMBER = re.compile(r"(?<![\w.$])\d+\.\d+(?:E[-+]?\d+)?")
MOVES = 0xC000  # in a column: row and column move along when the formula is filled down


def call(number: int, count: int) -> bytes:
    return token(0x42, "BH", count, number)


def cells_of(data: bytes) -> tuple[dict[tuple[str, int, int], Cell], list[str]]:
    """Return the cells of a workbook by their places, and what reading it found."""
    opened = open_bytes(data)
    assert opened.book, opened.findings
    return of_book(opened.book), [finding.code for finding in opened.findings]


def of_book(book: Book) -> dict[tuple[str, int, int], Cell]:
    return {
        (s.name, row, column): cell for s in book.sheets for row, cells in s.rows() for column, cell in cells.items()
    }


# --- tokens -----------------------------------------------------------------------------------------------------------


def xlsb_text(text: str) -> bytes:
    return token(0x17, "H", len(text)) + text.encode("utf-16-le")


B1, B2, C5 = (token(0x44, "IH", row - 1, column | MOVES) for row, column in ((1, 1), (2, 1), (5, 2)))
B1_B9, C1_C9 = (token(0x25, "2I2H", 0, 8, column | MOVES, column | MOVES) for column in (1, 2))
TWO, SUM, LAST_ROW, LAST_COLUMN = token(0x1E, "H", 2), 4, 1_048_575, 16_383
ARRAY = struct.pack("<2I", 2, 2) + b"\0" + struct.pack("<d", 1) + b"\1\1\0x\0" + b"\2\1" + b"\4\x2a\0\0\0"

TOKENS: list[tuple[bytes, str]] = [
    (C5 + TWO + token(5), "C5*2"),
    (token(0x44, "IH", 0, 1) + token(0x13) + token(0x14) + token(0x15), "(-$B$1%)"),
    (B1_B9 + token(0x19, "BH", 0x10, 0), "SUM(B1:B9)"),
    (B1_B9 + C1_C9 + call(SUM, 2), "SUM(B1:B9,C1:C9)"),
    (B1_B9 + C1_C9 + xlsb_text("电") + call(482, 3), 'SUMIFS(B1:B9,C1:C9,"电")'),
    (B1 + TWO + token(0x41, "H", 480), "IFERROR(B1,2)"),
    (token(0x25, "2I2H", 0, LAST_ROW, 1 | MOVES, 2 | MOVES) + call(SUM, 1), "SUM(B:C)"),
    (token(0x25, "2I2H", 2, 3, MOVES, LAST_COLUMN | MOVES) + call(SUM, 1), "SUM(3:4)"),
    (token(0x5A, "HIH", 0, 1, MOVES) + token(0x1F, "d", 1.5e-5) + token(5), "'台 账'!A2*1.5E-05"),
    (token(0x3B, "H2I2H", 0, 0, 9, 0, 2 | MOVES) + call(SUM, 1), "SUM('台 账'!$A$1:C10)"),
    (B1 + B2 + token(0x0E), "B1<>B2"),
    (xlsb_text('说"明"') + B1 + token(8), '"说""明"""&B1'),
    (token(0x16) + B1 + B2 + call(1, 3), "IF(,B1,B2)"),
    (TWO + B1 + token(0x19, "BHHH", 4, 1, 0, 0) + B2 + token(0x19, "BH", 8, 3) + call(100, 3), "CHOOSE(2,B1,B2)"),
    (B1_B9 + token(0x29, "H", 9) + C1_C9 + token(0x0F) + call(SUM, 1), "SUM(B1:B9 C1:C9)"),
    (token(0x60, "14x") + call(SUM, 1), 'SUM({1,"x";TRUE,#N/A})'),
    (token(0x3C, "8x") + B1 + token(3), "#REF!+B1"),
]  # fmt: skip
UNKNOWN = [b"", call(255, 0), TWO + call(255, 0),
           b"\xff\xff", token(0x44), TWO + TWO, token(5), xlsb_text("电")[:-1], call(9_999, 0), call(SUM, 1),
           token(0x23, "I", 9), token(0x5A, "HIH", 7, 1, 0),
           TWO + token(0x12) * 17_000, token(0x60, "14x") * 2 + call(SUM, 2)]  # fmt: skip


SHARED = token(0x4C, "IH", 0, 0x3FFF | MOVES) + token(0x4C, "IH", 0xFFFFFFFF, 1 | MOVES) + token(3)  # left, upper right
IN_ARRAY = B1_B9 + TWO + token(5)


def of_others(row: int, column: int, first: int) -> bytes:
    return binary.row(row) + binary.formula(column, token(1, "I", first - 1), 0.0, struct.pack("<I", column - 1))


SEVERAL = (
    of_others(31, 3, 31) + binary.record(427, struct.pack("<4I", 30, 31, 2, 2) + binary.parsed(SHARED)),
    of_others(32, 3, 31),
    of_others(33, 5, 33) + binary.record(426, struct.pack("<4IB", 32, 33, 4, 4, 0) + binary.parsed(IN_ARRAY)),
    of_others(34, 5, 33),
)
FILLED_DOWN = {(31, 3): "B31+D30", (32, 3): "B32+D31", (33, 5): "B1:B9*2", (34, 5): "B1:B9*2"}


THIS_BOOK = binary.record(353) + binary.record(357) + binary.record(362, struct.pack("<I3i", 1, 0, 1, 1))


def xlsb(*formulas: bytes, of_sheet: tuple[bytes, ...] = ()) -> bytes:
    records = (
        binary.row(n) + binary.formula(1, each, 0.0, ARRAY if each[:1] == b"\x60" else b"")
        for n, each in enumerate(formulas, 1)
    )
    sheets = {"产品生产": binary.sheet(*records, *of_sheet), "台 账": binary.sheet()}
    return binary.workbook(sheets, of_book=THIS_BOOK + binary.record(354))


def test_formulas_of_an_xlsb_read_as_excel_shows_them() -> None:
    cells, said = cells_of(xlsb(*(tokens for tokens, _ in TOKENS), of_sheet=SEVERAL))
    assert said == []
    expected = {(n, 1): text for n, (_, text) in enumerate(TOKENS, 1)} | FILLED_DOWN
    assert {(row, column): cell.formula for (_, row, column), cell in cells.items()} == expected


@pytest.mark.libreoffice
def test_formulas_of_an_xlsb_are_those_that_libreoffice_reads(tmp_path: Path) -> None:
    """It has no truths in arrays."""
    (tmp_path / "a.xlsb").write_bytes(xlsb(*(tokens for tokens, _ in TOKENS), of_sheet=SEVERAL))
    (saved,) = office.converted([tmp_path / "a.xlsb"], "xlsx", tmp_path / "out", tmp_path / "profile").values()
    theirs, _ = cells_of(saved.read_bytes())
    ours, _ = cells_of((tmp_path / "a.xlsb").read_bytes())
    assert {place: alike(cell.formula).replace("TRUE", "1") for place, cell in ours.items()} == {
        place: alike(cell.formula) for place, cell in theirs.items()
    }


def alike(formula: str | None) -> str:
    """Return a formula without what programs write in ways of their own."""
    plain = NUMBER.sub(lambda number: f"{float(number[0]):g}", (formula or "").replace("_xlfn.", "").replace("()", ""))
    return plain.replace("'", "").replace(" ", "").upper()


@pytest.mark.parametrize("size", [(2**32 - 1, 2**32 - 1), (16_384, 2**32 - 1), (0, 1), (2, 3)])
def test_an_array_of_a_size_that_lies_is_not_known(size: tuple[int, int]) -> None:
    """Four billion columns would be 32 GB."""
    tokens = token(0x60, "14x") + call(SUM, 1)
    records = binary.row(1) + binary.formula(1, tokens, 5.0, struct.pack("<2I", *size) + ARRAY[8:])
    cells, said = cells_of(binary.workbook({"表": binary.sheet(records)}))
    assert [(cell.value, cell.formula) for cell in cells.values()] == [(5.0, None)]
    assert said == ["file-values-only"]


@pytest.mark.parametrize("tokens", UNKNOWN)
def test_a_formula_that_is_not_known_leaves_its_value_and_is_counted(tokens: bytes) -> None:
    opened = open_bytes(xlsb(tokens, TWO))
    assert opened.book
    assert [cell.formula for cell in of_book(opened.book).values()] == [None, "2"]
    assert [(each.code, each.params["count"]) for each in opened.findings] == [("file-values-only", 1)]


FORMULAS = [
    "SUM(B1:B10)", "IFERROR(B1/B2,0)", 'SUMIFS(B1:B9,C1:C9,"电",D1:D9,">3")', "VLOOKUP(B3,台账!$A$1:$C$9,2,FALSE)",
    'IF(B1="",0,IF(B2>3,0.015,-B1%))', "SUM(台账!A:A)", "年电量*1000", 'SUMPRODUCT({1,2;3,"a"},B1:C2)', "+B1",
    "CHOOSE(2,B1,B2,B3)", 'TEXT(B1,"0.00")&"说“""明”"', "ROUND(-(B1+$B$2)*3^2,2)", "SUM(B1:B3,D1:D3,(B5:B6,B8))",
    "SUM(B1:C5 C2:D9)", "EOMONTH(B1,0)", 'N("含宿舍")+B1', 'INDIRECT("A"&1)', "OFFSET(B1,1,1)", "_xlfn.STDEV.S(B1:B9)",
    "_xlfn.CONCAT(B1:B3)", "PI()*RANDBETWEEN(1,2)", 'CONVERT(1,"kg","g")', "SUBTOTAL(9,B1:B9)", "ROW()", "B1>=B2",
    "SUM(B1:INDEX(B1:B9,3))", "SUM('O''Brien 台账'!A1,'O''Brien 台账'!B$2)", 'COUNTIFS(C1:C9,"电*")',
]  # fmt: skip


@pytest.mark.libreoffice
def test_formulas_that_libreoffice_saved_as_xls_are_those_of_the_xlsx(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, text in enumerate(FORMULAS, 1):
        sheet.cell(number, 1, f"={text}")
        sheet.cell(number, 2, f"=C{number}*2")  # filled down
    sheet["F2"] = sheet["F3"] = 0
    sheet["F1"] = ArrayFormula("F1:F3", "=B1:B3*2")
    for name in ("台账", "O'Brien 台账"):
        book.create_sheet(name)
    book.defined_names["年电量"] = DefinedName("年电量", attr_text="'台账'!$A$1")
    book.save(tmp_path / "a.xlsx")
    paths = [tmp_path / "a.xlsx", fill.TEMPLATE, fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file]
    saved = office.converted(paths, "xls", tmp_path / "out", tmp_path / "profile")
    for path in paths:
        theirs, _ = cells_of(path.read_bytes())
        ours, said = cells_of(saved[path].read_bytes())
        assert "file-values-only" not in said
        expected = {place: alike(cell.formula) for place, cell in theirs.items() if cell.formula}
        assert {place: alike(cell.formula) for place, cell in ours.items() if cell.formula} == expected


def test_formulas_of_excel_95_are_told_to_be_values() -> None:
    record = biff.formula(1, 1, token(0x1E, "H", 2), 2.0)
    opened = open_bytes(biff.old_workbook({"表": biff.old_substream(biff.WORKSHEET, record)}))
    assert opened.book
    assert [(cell.value, cell.formula) for cell in of_book(opened.book).values()] == [(2.0, None)]
    assert [finding.code for finding in opened.findings] == ["file-values-only"]


def test_a_remark_in_a_formula_is_told() -> None:
    opened = open_bytes(xlsb(xlsb_text("含宿舍") + token(0x41, "H", 131) + B1 + token(3)))
    assert opened.book
    assert [(each.place, each.text, each.area) for each in opened.book.beside] == [("formula", "含宿舍", "A1")]


def test_a_long_formula_that_many_share_counts_for_each() -> None:
    """A million cells of 20 bytes, each with a formula of 16,000 characters, would fill any memory."""
    long = B1 + token(0x12) * 16_000
    first = of_others(1, 1, 1) + binary.record(427, struct.pack("<4I", 0, 98, 0, 0) + binary.parsed(long))
    data = xlsb(of_sheet=(first, *(of_others(row, 1, 1) for row in range(2, 100))))
    opened = open_bytes(data, limits=Limits(text_characters=1_000_000))
    assert [finding.code for finding in opened.findings] == ["text-too-much"]


# --- and the checks of formulas ---------------------------------------------------------------------------------------


PLACE = ("产品生产", 7, 5)
NOWHERE, SUM_ABOVE, ITSELF = "AZ50*1000", "SUM(AZ50:AZ52)", "E7*2"
CHECKED = {
    NOWHERE: ("formula-of-nothing", 0.0, token(0x44, "IH", 49, 51 | MOVES) + token(0x1E, "H", 1000) + token(5)),
    SUM_ABOVE: ("sum-passes-over", 300.0, token(0x25, "2I2H", 49, 51, 51 | MOVES, 51 | MOVES) + call(SUM, 1)),
    ITSELF: ("formula-circular", 0.0, token(0x44, "IH", 6, 4 | MOVES) + TWO + token(5)),
}
BESIDE = {SUM_ABOVE: {"AZ50": 100, "AZ51": "1,250", "AZ52": 200}}


def told(path: Path, code: str) -> list[str]:
    return [str(finding.where) for finding in process(path).findings if finding.code == code]


def typed(text: str, value: float) -> Book:
    book = changed(returned({"production": [LINE]}), "产品生产", "E7", value)
    for address, content in BESIDE.get(text, {}).items():
        book = changed(book, "产品生产", address, content)
    return book


@pytest.mark.parametrize("text", CHECKED)
def test_formulas_of_an_xlsb_are_checked(text: str, tmp_path: Path) -> None:
    code, value, tokens = CHECKED[text]
    (tmp_path / "a.xlsb").write_bytes(binary.from_book(typed(text, value), {PLACE: tokens}))
    assert told(tmp_path / "a.xlsb", code) == ["产品生产!E7"]
    (tmp_path / "a.xlsb").write_bytes(binary.from_book(typed(text, value)))
    assert told(tmp_path / "a.xlsb", code) == []


@pytest.mark.libreoffice
def test_formulas_of_an_xls_are_checked(tmp_path: Path) -> None:
    paths = []
    for text in (NOWHERE, SUM_ABOVE):
        book = openpyxl.load_workbook(fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file)
        book["产品生产"]["E9"] = f"={text}"
        for address, content in BESIDE.get(text, {}).items():
            book["产品生产"][address] = content
        paths.append(tmp_path / f"{CHECKED[text][0]}.xlsx")
        book.save(paths[-1])
    for path, saved in office.converted(paths, "xls", tmp_path / "out", tmp_path / "profile").items():
        assert told(saved, path.stem) == ["产品生产!E9"]
