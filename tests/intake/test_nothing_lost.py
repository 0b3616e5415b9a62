"""What a company typed is read or told: cells are counted twice, and what stands beside them or is struck out is said.

The count in the file and the count of what was read are made in two ways in each format, so that a cell which a reader
drops is missed.
"""

from __future__ import annotations

import base64
import io
import re
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from openpyxl.styles import Font, PatternFill

from tests import office
from tests.intake import biff, binary
from tests.intake.parts import one_sheet, sheet_xml, strings_xml, styles_xml, workbook_parts, zipped
from tests.intake.test_other_formats import FLOAT, ods, ods_cell, table
from workbook_engine.findings import CellRef
from workbook_engine.grid import Cell
from workbook_engine.intake import legacy
from workbook_engine.intake.biff import stored_sheets
from workbook_engine.intake.limits import DEFAULT_LIMITS
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.intake.store import RowStore
from workbook_engine.intake.struck import struck_out
from workbook_engine.pipeline import read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book

NOTES = {"file-values-only"}


def read(data: bytes) -> tuple[Book, list[Finding]]:
    """Read a workbook in this process, an .xls too; without the notes on its format."""
    if data.startswith(b"PK"):
        opened = open_bytes(data)
        assert opened.book
        book, findings = opened.book, list(opened.findings)
    else:
        book, findings = legacy.read_xls(data, DEFAULT_LIMITS)
    return book, [finding for finding in findings if finding.code not in NOTES]


def values(book: Book) -> dict[tuple[int, int], object]:
    return {(row, column): cell.value for row, found in book.sheets[0].rows() for column, cell in found.items()}


def lost(findings: Sequence[Finding]) -> list[tuple[object, object]]:
    return [(f.params["stored"], f.params["delivered"]) for f in findings if f.code == "cells-lost"]


def xlsb_row(number: int, *values: float) -> bytes:
    return binary.row(number) + b"".join(
        binary.cell(5, column, struct.pack("<d", value)) for column, value in enumerate(values, 1)
    )


def ods_row(*values: float) -> str:
    return (
        f"<table:table-row>{''.join(ods_cell(FLOAT.format(value), str(value)) for value in values)}</table:table-row>"
    )


SAME = {  # 1 2 3 over 4, in each format
    "xlsx": lambda: one_sheet(
        '<row r="1"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row><row r="2"><c><v>4</v></c></row>'
    ),
    "xlsb": lambda: binary.workbook({"表": binary.sheet(xlsb_row(1, 1, 2, 3), xlsb_row(2, 4))}),
    "xls": lambda: biff.workbook({
        "表": biff.substream(
            biff.WORKSHEET, biff.number(1, 1, 1), biff.numbers(1, 2, 2, 3), biff.number(2, 1, 4)
        )
    }),
    "ods": lambda: ods(table(ods_row(1, 2, 3) + ods_row(4))),
}  # fmt: skip


# --- cells that a reader drops ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SAME)
def test_a_cell_that_a_reader_drops_is_missed(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = SAME[kind]()
    book, findings = read(data)
    assert values(book) == {(1, 1): 1.0, (1, 2): 2.0, (1, 3): 3.0, (2, 1): 4.0}
    assert findings == []

    keep = RowStore.add
    monkeypatch.setattr(RowStore, "add", lambda store, row, cells: keep(store, row, {**dict(list(cells.items())[:2])}))
    book, findings = read(data)
    assert (1, 3) not in values(book)
    assert lost(findings) == [(4, 3)]


def test_a_cell_that_xlrd_drops_is_missed() -> None:
    """Of a cell that an .xls holds twice xlrd keeps the last; of a run of numbers what its last column covers."""
    twice = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5), biff.number(1, 1, 6), biff.number(2, 1, 7))
    book, findings = read(biff.workbook({"表": twice, "二": biff.substream(biff.WORKSHEET, biff.number(1, 1, 8))}))
    assert values(book) == {(1, 1): 6.0, (2, 1): 7.0}
    assert lost(findings) == [(3, 2)]

    short = biff.substream(biff.WORKSHEET, biff.numbers(1, 1, 1, 2, 3, last=2))
    book, findings = read(biff.workbook({"表": short}))
    assert values(book) == {(1, 1): 1.0, (1, 2): 2.0}
    assert lost(findings) == [(3, 2)]


def test_cells_of_a_chart_within_a_sheet_are_none_of_the_sheet() -> None:
    chart = biff.substream(biff.CHART, biff.number(9, 9, 9))
    sheet = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5), chart, biff.number(2, 1, 6))
    book, findings = read(biff.workbook({"表": sheet}))
    assert values(book) == {(1, 1): 5.0, (2, 1): 6.0}
    assert findings == []


def test_the_last_cell_of_an_xls_takes_no_memory() -> None:
    """xlrd would lay out the whole grid in between: 16.8 million cells."""
    last = biff.substream(biff.WORKSHEET, *(biff.number(65_536, column, 5) for column in (1, 256)))
    tracemalloc.start()
    book, findings = read(biff.workbook({"表": last}))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert values(book) == {(65_536, 1): 5.0, (65_536, 256): 5.0}
    assert findings == []
    assert peak < 40_000_000


def test_a_chart_sheet_of_an_xls_is_named() -> None:
    _, findings = read(biff.workbook({"表": biff.substream(biff.WORKSHEET, biff.number(1, 1, 5))}, charts=("图",)))
    assert [(finding.code, str(finding.where)) for finding in findings] == [("sheet-skipped", "图")]


# --- an .xlsb of another program --------------------------------------------------------------------------------------

# xl/worksheets/sheet1.bin and xl/comments1.bin as SheetJS 0.18.5 writes them for the rows 项目 数量 / 柴油 500, with
# comments on A2 (李四: 另有一条) and B2 (张三: 其中含宿舍用电2万度). Cells that follow another state no column.
SHEETJS_SHEET = base64.b64decode(
    "gQEAlAEQAAAAAAEAAAAAAAAAAQAAAIUBAIkBHpwDAAAAAAAAAAAAAAAAAAAAAGQAAAAAAAAAAAAAAIoBAIYBAJEBAAAZAAAAAAAAAABAAQAAAAEA"
    "AAAAAAAAAQAAAAYQAAAAAAAAAAACAAAAeZjudhEMAAAAAAIAAABwZc+RABkBAAAAAAAAAEABAAAAAQAAAAAAAAABAAAABhAAAAAAAAAAAAIAAAD0"
    "Z7lsDQgAAAAA0gcAAJIBAIgFAIkFGAQAAAABAAAAAAAAAAEAAAAAAAAAAQAAAIoFAKcEDAQAAAByAEkAZAAxAIIBAA=="
)
SHEETJS_COMMENTS = base64.b64decode(
    "9AQA9gQA+AQIAgAAAE5n21b4BAgCAAAAIF8JTvcEAPkEAPsEJAAAAAABAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP0EFQEEAAAA5lMJ"
    "ZwBOYWcBAAAAAAAAAPwEAPsEJAEAAAABAAAAAQAAAAEAAAABAAAAAAAAAAAAAAAAAAAAAAAAAP0EIQEKAAAAdlEtTitUv1sNgih1NXUyAAdOpl4B"
    "AAAAAAAAAPwEAPoEAPUEAA=="
)


def sheetjs() -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = f'<R><Relationship Id="c" Type="{office}/comments" Target="../comments1.bin"/></R>'
    return binary.workbook(
        {"生产": SHEETJS_SHEET},
        more={"xl/comments1.bin": SHEETJS_COMMENTS, "xl/worksheets/_rels/sheet1.bin.rels": relations},
    )


def test_cells_without_a_column_are_read_where_they_follow_another() -> None:
    book, _ = read(sheetjs())
    assert values(book) == {(1, 1): "项目", (1, 2): "数量", (2, 1): "柴油", (2, 2): 500.0}


def test_every_kind_of_cell_without_a_column() -> None:
    def short(kind: int, content: bytes, style: int = 0) -> bytes:
        return binary.record(kind, struct.pack("<I", style) + content)

    row = (
        binary.row(3), binary.cell(1, 2, b""), short(13, struct.pack("<i", 7 << 2 | 2)), short(12, b""),
        short(14, b"\x17"), short(15, b"\1"), short(16, struct.pack("<d", 45658.0), style=1),
        short(17, binary.wide("电力")), short(18, struct.pack("<I", 1)),
    )  # fmt: skip
    book, findings = read(binary.workbook({"表": binary.sheet(*row)}, ["a", "共享"], ["yyyy-mm-dd"]))
    assert dict(book.sheets[0].rows()) == {
        3: {
            3: Cell("number", 7.0), 5: Cell("error", "#REF!"), 6: Cell("bool", value=True), 7: Cell("date", 45658.0),
            8: Cell("text", "电力"), 9: Cell("text", "共享"),
        }
    }  # fmt: skip
    assert findings == []


def test_comments_of_an_xlsb_that_another_program_wrote_are_told() -> None:
    _, findings = read(sheetjs())
    assert [(f.code, str(f.where), f.params["count"], f.params["typed"]) for f in findings] == [
        ("comment-not-read", "生产!A2", 2, "另有一条")
    ]


# --- text boxes of an .xls --------------------------------------------------------------------------------------------


def test_text_boxes_of_an_xls_are_told_and_its_comments_not_twice() -> None:
    sheet = biff.substream(
        biff.WORKSHEET,
        biff.number(1, 1, 5),
        biff.box("另：柴油 500 L", " not filled in"),
        biff.box("a comment", kind=25),
        biff.box(" "),
        biff.box("second", kind=30),
    )
    _, findings = read(biff.workbook({"表": sheet}))
    assert [(f.code, str(f.where), f.params["count"], f.params["typed"]) for f in findings] == [
        ("comment-not-read", "表", 2, "另：柴油 500 L not filled in")
    ]


def test_a_stream_that_breaks_off_anywhere_counts_what_is_there() -> None:
    sheet = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5), biff.box("电力", "abc"), biff.number(2, 1, 6))
    whole = biff.workbook({"表": sheet})
    stream = whole[whole.index(struct.pack("<3H", 0x809, 16, 0x600)) :]
    end = stream.rindex(sheet) + len(sheet)
    counts = [sum(held.cells for held in stored_sheets(stream[:length])) for length in range(end + 1)]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 2)


def old_sheet(*records: bytes) -> dict[str, bytes]:
    return {"产品生产": biff.old_substream(biff.WORKSHEET, biff.number(1, 1, 5), *records)}


OLD_BOXES = (
    biff.old_box("另：柴油 500 L 未填", name="文本框 1", macro=b"\x19\x10\0\0"),
    biff.old_box("button", kind=7, name="b"), biff.old_box("", name="empty"), biff.old_box("a rectangle", kind=2),
    biff.old_box("用" * 3_000),  # longer than a record of 2,080 bytes
)  # fmt: skip


def test_text_boxes_and_margins_of_excel_95_are_told() -> None:
    book, findings = read(biff.old_workbook(old_sheet(*OLD_BOXES, biff.old_margin("&C腾飞电气"), biff.number(2, 1, 6))))
    assert [(each.place, each.text, each.sheet) for each in book.beside] == [("margin", "&C腾飞电气", "产品生产")]
    assert [[cell.value for cell in cells.values()] for _, cells in book.sheets[0].rows()] == [[5.0], [6.0]]
    (found,) = (f for f in findings if f.code == "comment-not-read")
    assert (str(found.where), found.params) == ("产品生产", {"count": 3, "typed": "另：柴油 500 L 未填"})


def test_a_control_of_excel_95_is_told_though_its_caption_is_not_read() -> None:
    _, findings = read(biff.old_workbook(old_sheet(biff.old_box("tick", kind=11))))
    assert [f.params for f in findings if f.code == "comment-not-read"] == [{"count": 1, "typed": "…"}]


@pytest.mark.parametrize(
    ("codepage", "encoding"), [(936, "gbk"), (950, "big5"), (1252, "cp1252"), (0, "gbk"), (10008, "gbk")]
)
def test_texts_of_excel_95_have_the_code_page_of_the_workbook(codepage: int, encoding: str) -> None:
    text = "Diesel 500 l – fehlt" if encoding == "cp1252" else "柴油 500 L"
    sheet = biff.old_substream(biff.WORKSHEET, biff.number(1, 1, 5), biff.old_box(text, encoding=encoding))
    (stored,) = stored_sheets(_book_stream(biff.old_workbook({"a": sheet}, codepage, encoding)))
    assert stored.boxes == [text]


def _book_stream(data: bytes) -> bytes:
    return legacy._streams(data)("Book")


def test_objects_of_excel_95_that_are_cut_off_take_nothing_away() -> None:
    whole = biff.old_box("柴油 500 L", name="文本框 1")[4:]
    for length in range(len(whole)):
        book, _ = read(biff.old_workbook(old_sheet(biff.record(0x5D, whole[:length]), biff.number(2, 1, 6))))
        assert len(list(book.sheets[0].rows())) == 2


@pytest.mark.libreoffice
def test_libreoffice_reads_the_same_boxes_of_excel_95(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(biff.old_workbook(old_sheet(*OLD_BOXES)))
    (saved,) = office.converted([tmp_path / "a.xls"], "ods", tmp_path / "out", tmp_path / "profile").values()
    with zipfile.ZipFile(saved) as package:
        content = re.sub("<[^>]*>", "", package.read("content.xml").decode())
    assert "另：柴油 500 L 未填" in content
    assert "用" * 900 in content  # it reads no further than the first record


# --- struck through instead of deleted --------------------------------------------------------------------------------


def struck(findings: Sequence[Finding]) -> list[tuple[str, str, object]]:
    return [(f.code, str(f.where), f.params["typed"]) for f in findings if "struck" in f.code]


STRUCK = [
    ("cell-struck-out", "表!B1", "1200"),
    ("number-partly-struck-out", "表!C1", "1200 1350"),
    ("cell-partly-struck-out", "表!D1", "备注 旧新"),
    ("cell-struck-out", "表!E1", "全删"),
    ("cell-struck-out", "表!F1", "2400"),
]
FORMATS = (
    '0.00" kg"', '0.0,"t"', '0.0"%"', ";;;", "0%", "0.00", '#,##0"元"', '"约"0', "0.00E+00", '[>100]0"大";0"小"',
    '0"kg";-0"kg"', '0"kg";-0"kg";"无"', 'General"度"', "¥#,##0", "0_ ;-0 ", '# ?/?"t"',
)  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with strikes, formats and boxes, as .xlsx, and as LibreOffice saves it in other formats."""
    folder = tmp_path_factory.mktemp("saved")
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("表")
        strike = book.add_format({"font_strikeout": True})
        sheet.write("A1", "正常")
        sheet.write("B1", 1200, strike)
        sheet.write_rich_string("C1", strike, "1200", " 1350")
        sheet.write_rich_string("D1", "备注 ", strike, "旧", "新")
        sheet.write_rich_string("E1", strike, "全", strike, "删")
        sheet.write_formula("F1", "=B1*2", strike, 2400)
        sheet.write_blank("G1", None, strike)
        for row, code in enumerate(FORMATS, 2):
            sheet.write_number(row, 0, 12345.5, book.add_format({"num_format": code}))
        tonnes = book.add_format({"num_format": '0.00" t"'})
        sheet.set_column("B:B", None, tonnes)  # LibreOffice gives cells of their column's format none of their own
        sheet.write_number("B3", 5, tonnes)
        sheet.insert_textbox("J5", "另：柴油 500 L 未填")
        sheet.insert_textbox("J15", "箱" * 9_000)  # longer than a record of 8,224 bytes
    for kind in ("ods", "xls"):
        office.converted([folder / "a.xlsx"], kind, folder, folder / "profile")
    return folder


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_is_struck_through_is_told_on_its_cell(kind: str, saved: Path) -> None:
    assert sorted(struck(open_workbook(saved / f"a.{kind}").findings), key=lambda each: each[1]) == STRUCK


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_text_boxes_are_told_in_every_format(kind: str, saved: Path) -> None:
    (found,) = (f for f in open_workbook(saved / f"a.{kind}").findings if f.code == "comment-not-read")
    assert (found.params["count"], found.params["typed"]) == (2, "另：柴油 500 L 未填")


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_number_formats_mean_the_same_in_every_format(kind: str, saved: Path) -> None:
    books = [open_workbook(saved / f"a.{each}").book for each in ("xlsx", kind)]
    wanted, found = (
        {(row, column): cell.format for row, cells in book.sheets[0].rows() for column, cell in cells.items()}
        for book in books
        if book
    )
    assert found == wanted
    assert {"kg", "/1000t", "pct", ";", "%", "元", "度", "t"} <= set(wanted.values())


def test_a_struck_row_is_told_once_and_what_is_no_input_is_not(tmp_path: Path) -> None:
    path = next((Path(__file__).parents[2] / "example_workbooks" / "T4000402").glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    strike = Font(strike=True)
    stage = book["产品生产"]
    head = next(row for row in stage.iter_rows() if any(cell.value == "工序或用途" for cell in row))
    for cell in stage[head[0].row + 1]:
        cell.font = strike
    for cell in (book["基本信息"]["C7"], book["基本信息"]["D7"], stage["B2"]):  # an answer, its help, an introduction
        cell.font = strike
    book.create_sheet("草稿")["A1"] = 5
    book["草稿"]["A1"].font = strike
    book.save(tmp_path / "a.xlsx")
    told = [f for f in read_workbook(tmp_path / "a.xlsx").findings if "struck" in f.code]
    typed = sum(cell.value is not None for cell in stage[head[0].row + 1])
    assert [(f.code, str(f.where)) for f in told] == [
        ("cell-struck-out", "基本信息!C7"),
        ("row-struck-out", f"产品生产!B{head[0].row + 1}"),
    ]
    assert told[1].params["count"] == typed >= 5


def test_strikes_of_an_xlsx_in_its_odd_places() -> None:
    fonts = '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts>'
    cells = "".join(f'<xf numFmtId="0" fontId="{n}"/>' for n in ("0", "1", "2", "99999999999", "x"))
    styles = f"<styleSheet>{fonts}<cellXfs>{cells}</cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
    run = "<r><rPr><strike{}/></rPr><t>{}</t></r>"
    inline = '<c t="inlineStr"><is>{}</is></c>'
    rows = "".join((
        "<row>", *(f'<c s="{n}"><v>{n}5</v></c>' for n in range(5)), "</row><row>",
        inline.format(run.format("", "90") + "<r><t>95</t></r>"),
        inline.format(run.format(' val="0"', "91") + "<r><t>96</t></r>"),
        inline.format(run.format("", "全") + run.format("", "部")), inline.format("<t>77</t>"),
        '<c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>',
    ))  # fmt: skip
    strings = strings_xml("<t>a</t>", run.format("", "旧") + "<r><t>新</t></r>")
    _, findings = read(one_sheet(rows, strings=strings, styles=styles))
    assert struck(findings) == [
        ("cell-struck-out", "表!B1", "15"),
        ("number-partly-struck-out", "表!A2", "9095"),
        ("cell-struck-out", "表!C2", "全部"),
        ("cell-partly-struck-out", "表!E2", "旧新"),
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1200 1350", "number-partly-struck-out"),
        ("1,2001,350kg", "number-partly-struck-out"),
        ("约120130", "number-partly-struck-out"),
        ("2024-01-052024-01-06", "number-partly-struck-out"),
        ("柴油汽油", "cell-partly-struck-out"),
        ("见第3页附件的说明", "cell-partly-struck-out"),
        ("9" * 32_000, "cell-partly-struck-out"),
        ("9" * 30_000 + "x" * 9, "cell-partly-struck-out"),
    ],
    ids=lambda value: value[:12],
)
def test_what_is_a_number_where_a_part_is_struck_through(typed: str, code: str) -> None:
    assert struck_out(CellRef("表", 1, 1), typed, is_whole=False).code == code


def test_a_struck_text_among_very_many_is_shown_itself() -> None:
    texts = [f"<t>文本{n}</t>" for n in range(50_100)] + ["<r><rPr><strike/></rPr><t>作废</t></r>"]
    _, findings = read(one_sheet('<row><c t="s"><v>50100</v></c></row>', strings=strings_xml(*texts)))
    assert struck(findings) == [("cell-struck-out", "表!A1", "作废")]


def test_strikes_of_an_xlsb() -> None:
    def font(*, is_struck: bool) -> bytes:
        return binary.record(43, struct.pack("<2H", 220, 8 if is_struck else 0) + bytes(17))

    formats = b"".join(binary.record(47, struct.pack("<3H", 0, 0, number) + bytes(10)) for number in (0, 1))
    styles = font(is_struck=False) + font(is_struck=True) + binary.record(617) + formats + binary.record(618)

    def rich(text: str, *runs: tuple[int, int]) -> bytes:
        return (
            b"\1"
            + binary.wide(text)
            + struct.pack("<I", len(runs))
            + b"".join(struct.pack("<2H", *run) for run in runs)
        )

    row = (
        binary.row(1), binary.cell(5, 1, struct.pack("<d", 1200.0), style=1), binary.cell(5, 2, struct.pack("<d", 5.0)),
        binary.cell(62, 3, rich("12001350", (0, 1), (4, 0))), binary.cell(62, 4, rich("字", (0, 0))),
        binary.cell(7, 5, struct.pack("<I", 0)),
    )  # fmt: skip
    shared = {"xl/styles.bin": styles, "xl/sharedStrings.bin": binary.record(19, rich("全删", (0, 1), (1, 1)))}
    _, findings = read(binary.workbook({"表": binary.sheet(*row)}, more=shared))
    assert struck(findings) == [
        ("cell-struck-out", "表!A1", "1200"),
        ("number-partly-struck-out", "表!C1", "12001350"),
        ("cell-struck-out", "表!E1", "全删"),
    ]


# --- white on white ---------------------------------------------------------------------------------------------------


def unseen(findings: Sequence[Finding]) -> list[tuple[str, object]]:
    return [(str(f.where), f.params["typed"]) for f in findings if f.code == "cell-unseen"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_white_on_white_is_told_on_its_cell(kind: str, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("表")
        white, heading, filled = (
            book.add_format({"font_color": "white"} | more)
            for more in ({}, {"bg_color": "#1F5673"}, {"bg_color": "white"})
        )
        sheet.write("A1", "看得见")
        sheet.write("B1", 1200, white)
        sheet.write("C1", "标题", heading)
        sheet.write("D1", "藏", filled)
        sheet.write_blank("E1", None, white)
        sheet.write("F1", "绿", book.add_format({"font_color": "#00B050", "bg_color": "#00B050"}))
        sheet.write("G1", "绿字", book.add_format({"font_color": "#00B050", "bg_color": "#FFFF00"}))
    path = tmp_path / "a.xlsx"
    if kind != "xlsx":
        path = office.converted([path], kind, tmp_path, tmp_path / "profile")[path]
    assert unseen(open_workbook(path).findings) == [("表!B1", "1200"), ("表!D1", "藏"), ("表!F1", "绿")]


def test_white_by_palette_theme_and_value() -> None:
    colours = (
        'indexed="9"',
        'theme="0"',
        'rgb="FFFFFFFF"',
        'theme="0" tint="-0.35"',
        'theme="1"',
        'rgb="FF000000"',
        'auto="1"',
    )
    fonts = "".join(f"<font><color {colour}/></font>" for colour in colours)
    fills = (
        '<fill><patternFill patternType="none"/></fill><fill><gradientFill/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FF1F5673"/></patternFill></fill>'
        '<fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill>'
        '<fill><patternFill patternType="lightGrid"><fgColor theme="0"/></patternFill></fill>'
    )
    formats = [(n, 0) for n in range(len(colours))] + [(0, 1), (0, 2), (0, 99), (2, 3), (2, 4)]
    cells = "".join(f'<xf numFmtId="0" fontId="{font}" fillId="{fill}"/>' for font, fill in formats)
    styles = f"<styleSheet><fonts>{fonts}</fonts><fills>{fills}</fills><cellXfs>{cells}</cellXfs></styleSheet>"
    rows = "<row>" + "".join(f'<c s="{n}"><v>{n}</v></c>' for n in range(len(formats))) + "</row>"
    _, findings = read(one_sheet(rows, styles=styles))
    assert unseen(findings) == [("表!A1", "0"), ("表!B1", "1"), ("表!C1", "2"), ("表!K1", "10")]


def test_white_on_white_of_an_xlsb() -> None:
    """Colour: kind (1 palette, 2 value, 3 theme) in the upper bits, place, tint, value ([MS-XLSB] 2.5.12)."""

    def font(*colour: int) -> bytes:
        return binary.record(43, struct.pack("<2H", 220, 0) + bytes(8) + bytes(colour) + bytes(1))

    white, black = (5, 0, 0, 0, 255, 255, 255, 255), (5, 0, 0, 0, 0, 0, 0, 255)
    fonts = font(*white) + font(*black) + font(2, 9, 0, 0, 0, 0, 0, 0) + font(6, 0, 0, 0, 0, 0, 0, 0)
    fills = binary.record(45, bytes(4 + 64)) + binary.record(45, struct.pack("<I", 1) + bytes(black) + bytes(56))
    formats = [(0, 0), (1, 0), (2, 0), (3, 0), (0, 1)]
    xfs = b"".join(binary.record(47, struct.pack("<4H", 0, 0, *each) + bytes(8)) for each in formats)
    styles = fonts + fills + binary.record(617) + xfs + binary.record(618)
    cells = (binary.cell(5, n + 1, struct.pack("<d", float(n)), style=n) for n in range(len(formats)))
    _, findings = read(binary.workbook({"表": binary.sheet(binary.row(1), *cells)}, more={"xl/styles.bin": styles}))
    assert unseen(findings) == [("表!A1", "0"), ("表!C1", "2"), ("表!D1", "3")]


def test_white_on_white_is_told_of_inputs_alone(tmp_path: Path) -> None:
    path = next((Path(__file__).parents[2] / "example_workbooks" / "T4000402").glob("*.xlsx"))
    book = openpyxl.load_workbook(path)
    for cell in (book["产品生产"]["E9"], book["产品生产"]["B2"], book["基本信息"]["C7"]):
        cell.font = Font(color="FFFFFFFF")
        cell.fill = PatternFill()
    book.save(tmp_path / "a.xlsx")
    told = unseen(read_workbook(tmp_path / "a.xlsx").findings)
    assert [place for place, _ in told] == ["基本信息!C7", "产品生产!E9"]


def test_very_many_struck_cells_are_counted() -> None:
    styles = '<styleSheet><fonts><font><strike/></font></fonts><cellXfs><xf fontId="0"/></cellXfs></styleSheet>'
    rows = "".join(f'<row><c s="0"><v>{n}</v></c></row>' for n in range(250))
    _, findings = read(zipped(workbook_parts({"表": sheet_xml(rows)}, styles=styles)))
    assert [f.code for f in findings] == ["cell-struck-out"] * 250  # which of them are inputs is not known yet


def test_a_workbook_without_strikes_has_no_word_on_them() -> None:
    assert read(one_sheet('<row><c s="1"><v>1</v></c></row>', styles=styles_xml("0.00")))[1] == []


def test_calamine_gives_what_this_reader_gives_of_a_plain_xls() -> None:
    sheet = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5), biff.text(1, 2, "柴油"), biff.numbers(2, 1, 1, 2))
    data = biff.workbook({"表": sheet})
    theirs = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("表").to_python()
    book, _ = read(data)
    assert theirs == [[5.0, "柴油"], [1.0, 2.0]]
    assert values(book) == {(1, 1): 5.0, (1, 2): "柴油", (2, 1): 1.0, (2, 2): 2.0}
