"""What a workbook says besides its cells: sheets, names, merges, hidden state, who saved it, what would be lost."""

from __future__ import annotations

import gc
import pickle
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.intake.hostile import MB, merges, names
from tests.intake.parts import one_sheet, sheet_xml, strings_xml, styles_xml, workbook_parts, zipped
from workbook_engine.drawings import COUNTED
from workbook_engine.grid import LOSSY_PARTS, Area, Book, Cell
from workbook_engine.intake.limits import DEFAULT_LIMITS, Limits
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.intake.store import BlockSheet
from workbook_engine.intake.worksheet import _LOST
from workbook_engine.intake.xlsx import _LOST_PARTS
from workbook_engine.spec.schema import COMMENT_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def book(data: bytes) -> Book:
    opened = open_bytes(data)
    assert opened.book, [finding.message("en") for finding in opened.findings]
    return opened.book


def test_sheets_stand_in_order_with_their_state() -> None:
    parts = workbook_parts(
        {"一": sheet_xml(""), "二 &amp; 三": sheet_xml(""), "四": sheet_xml("")}, states=["", "hidden", "veryHidden"]
    )
    assert [(sheet.name, sheet.visible) for sheet in book(zipped(parts)).sheets] == [
        ("一", True),
        ("二 & 三", False),
        ("四", False),
    ]


def test_names_of_the_workbook_and_of_a_sheet_do_not_collide() -> None:
    listed = (
        '<definedName name="产量">一!$B$3</definedName><definedName name="产量" localSheetId="1">#REF!</definedName>'
    )
    parts = workbook_parts(
        {"一": sheet_xml(""), "O'Brien": sheet_xml("")}, workbook_extra=f"|<definedNames>{listed}</definedNames>"
    )
    assert book(zipped(parts)).names == {"产量": "一!$B$3", "'O''Brien'!产量": "#REF!"}


def test_merges_and_hidden_rows_and_columns() -> None:
    rows = (
        ROW
        + '<row r="2" hidden="true"><c r="A2"><v>1</v></c></row><row r="3" hidden="1"/>'
        + '<row r="4" hidden="0"><c><v>1</v></c></row>'
    )
    before = '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" hidden="false"/></cols>'
    after = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="$C$3"/><mergeCell ref="nonsense"/></mergeCells>'
    sheet = book(zipped(workbook_parts({"表": sheet_xml(rows, before, after)}))).sheets[0]
    assert sheet.merges == (Area(1, 1, 2, 2), Area(3, 3, 3, 3))
    assert sheet.hidden_columns == {2, 3}
    assert sheet.hidden_rows == {2}  # a hidden row without content hides nothing


def test_values_under_a_merge_are_kept() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    sheet = book(
        zipped(workbook_parts({"表": sheet_xml(rows, "", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')}))
    ).sheets[0]
    assert [cell.value for cell in dict(sheet.rows())[1].values()] == [1.0, 2.0]


def test_parts_are_found_however_they_are_named() -> None:
    parts = {
        name.replace("xl/worksheets/sheet1.xml", "XL\\Worksheets\\Sheet1.xml").replace(
            "_rels/.rels", "_rels/.RELS"
        ): content
        for name, content in workbook_parts({"表": sheet_xml(ROW)}).items()
    }
    assert dict(book(zipped(parts)).sheets[0].rows()) == {1: {1: Cell("number", 1.0)}}


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "../xl/./worksheets/sheet1.xml", "worksheets%2Fsheet1.xml"]
)
def test_relationship_targets_are_resolved(target: str) -> None:
    parts = workbook_parts({"表": sheet_xml(ROW)})
    relations = str(parts["xl/_rels/workbook.xml.rels"]).replace("worksheets/sheet1.xml", target)
    assert dict(book(zipped(parts | {"xl/_rels/workbook.xml.rels": relations})).sheets[0].rows())


def test_an_archive_behind_other_bytes_is_no_workbook_but_says_so() -> None:
    assert [finding.code for finding in open_bytes(b"xx" + one_sheet(ROW)).findings] == ["file-not-a-workbook"]


@pytest.mark.parametrize(
    ("app", "custom", "expected"),
    [
        ("<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion>", "", "Microsoft Excel 16.0300"),
        ("<Application>WPS 表格</Application>", '<property name="KSOProductBuildVer"/>', "WPS 表格"),
        (
            "<Application>Microsoft Excel</Application>",
            '<property name="KSOProductBuildVer"/>',
            "Microsoft Excel (WPS)",
        ),
        ("<Application>LibreOffice/7.4</Application>", "", "LibreOffice/7.4"),
        ("", "", ""),
    ],
)
def test_who_saved_it_is_told(app: str, custom: str, expected: str) -> None:
    more = {"docProps/app.xml": f"<p>{app}</p>", "docProps/custom.xml": f"<p>{custom}</p>"}
    assert book(zipped(workbook_parts({"表": sheet_xml(ROW)}) | more)).application == expected


def test_what_openpyxl_would_lose_is_named() -> None:
    after = '<drawing/><legacyDrawing/><extLst><ext uri="x"><x14:sparklineGroups xmlns:x14="x14"/></ext></extLst>'
    parts = workbook_parts({"表": sheet_xml(ROW, "", after)}) | {"xl/media/image1.png": "", "xl/vbaProject.bin": ""}
    found = book(zipped(parts))
    assert found.lossy_parts == ("drawings", "extensions", "images", "sparklines", "vba")
    assert found.format == "xlsm"
    assert LOSSY_PARTS.keys() == {*_LOST_PARTS.values(), *_LOST.values(), *COUNTED}
    assert book(zipped(workbook_parts({"表": sheet_xml(ROW, "", "<legacyDrawing/>")}))).lossy_parts == ()


def test_array_formulas_are_shown_in_every_cell_they_fill() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:B2">C1:D2*2</f><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><v>9</v></c></row>'
        '<row r="2"><c r="A2"><v>3</v></c></row><row r="3"><c r="A3"><v>4</v></c></row>'
    )
    found = {
        (row, column): cell.formula
        for row, cells in book(one_sheet(rows)).sheets[0].rows()
        for column, cell in cells.items()
    }
    assert found == {(1, 1): "C1:D2*2", (1, 2): "C1:D2*2", (1, 3): None, (2, 1): "C1:D2*2", (3, 1): None}


def test_a_formula_that_the_file_lacks_leaves_its_value_or_none_at_all() -> None:
    """A value without its formula is not taken for typed in silence; nor is a lost formula's cell for a blank one."""
    opened = open_bytes(
        one_sheet('<row r="1"><c><f t="shared" si="9"/><v>5</v></c><c><f t="shared" si="9"/></c></row>')
    )
    assert opened.book
    assert dict(opened.book.sheets[0].rows())[1] == {1: Cell("number", 5.0), 2: Cell("uncached", None, "#REF!")}
    assert [(finding.code, str(finding.where)) for finding in opened.findings] == [("cell-formula-lost", "表!A1")]


def test_many_findings_of_a_kind_are_counted_and_not_listed() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>NaN</v></c></row>' for n in range(1, 251))
    findings = open_bytes(one_sheet(rows)).findings
    assert [finding.code for finding in findings] == ["cell-invalid"] * 100 + ["cells-more-like-it"]
    assert findings[-1].params["count"] == 150
    assert str(findings[0].where) == "表!A1"


# --- what stands beside the cells -------------------------------------------------------------------------------------


def test_comments_and_text_boxes_are_said_to_be_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as written:
        first, second, third = (written.add_worksheet(name) for name in ("甲", "乙", "丙"))
        first.write_number("B2", 120)
        first.write_comment("B2", "这个数不含三月")
        first.write_comment("C9", "另有\n一条")
        first.insert_textbox("E5", "   ")
        second.insert_textbox("E5", "柴油 500 L 未填")
        third.write_comment("A1", "程序写的批注", {"author": COMMENT_AUTHOR})
    findings = open_workbook(path).findings
    assert [(str(f.where), f.code, f.params["count"], f.params["typed"]) for f in findings] == [
        ("甲!B2", "comment-not-read", 2, "这个数不含三月"),
        ("乙", "comment-not-read", 1, "柴油 500 L 未填"),
    ]


# --- limits that can be raised ----------------------------------------------------------------------------------------

THREE = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>{n}{n}</v></c></row>' for n in (1, 2, 3))


@pytest.mark.parametrize(
    ("limit", "low", "high", "make", "code"),
    [
        ("part_bytes", 200, 2_000, lambda: one_sheet(THREE), "part-too-large"),
        ("total_bytes", 500, 5_000, lambda: one_sheet(THREE), "parts-too-large"),
        ("entries", 4, 5, lambda: one_sheet(THREE), "parts-too-many"),
        ("xml_depth", 4, 5, lambda: one_sheet(THREE), "xml-too-deep"),
        ("cells", 2, 3, lambda: one_sheet(THREE), "cells-too-many"),
        ("sheets", 1, 2, lambda: zipped(workbook_parts({"a": sheet_xml(ROW), "b": sheet_xml("")})), "sheets-too-many"),
        ("names", 2, 3, lambda: names(3), "names-too-many"),
        (
            "merges", 1, 2,
            lambda: merges(["A1:B1", "C1:D1"]),
            "merges-too-many",
        ),
        ("formats", 2, 3, lambda: one_sheet(THREE, styles=styles_xml(1, 2)), "formats-too-many"),
        ("text_characters", 5, 6, lambda: one_sheet(THREE), "text-too-much"),
        ("cell_characters", 1, 2, lambda: one_sheet(THREE), "cell-invalid"),
    ],
)  # fmt: skip
def test_each_limit_has_its_finding_and_can_be_raised(
    limit: str, low: int, high: int, make: Callable[[], bytes], code: str
) -> None:
    below, above = Limits(**{limit: low}), Limits(**{limit: high})  # type: ignore[arg-type]
    findings = open_bytes(make(), below).findings
    assert {finding.code for finding in findings} == {code}
    assert limit == "cell_characters" or limit in findings[0].advice("en")
    assert open_bytes(make(), above).findings == ()


# --- many cells -------------------------------------------------------------------------------------------------------


def big_rows(rows: int, columns: int = 10) -> str:
    letters = [chr(65 + n) for n in range(columns)]
    return "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{row}.{n}</v></c>' for n, letter in enumerate(letters))
        + "</row>"
        for row in range(1, rows + 1)
    )


def test_a_big_sheet_gives_the_same_rows_as_often_as_asked_and_travels() -> None:
    sheet = book(one_sheet(big_rows(8_000))).sheets[0]
    assert isinstance(sheet, BlockSheet)
    first = list(sheet.rows())
    assert first == list(sheet.rows())
    assert [number for number, _ in first] == list(range(1, 8_001))
    assert first[4321][1][3] == Cell("number", 4322.2)
    assert list(pickle.loads(pickle.dumps(sheet)).rows()) == first  # noqa: S301 - between our own processes


def test_a_big_sheet_out_of_order_is_put_in_order_and_doubles_are_reported() -> None:
    rows = big_rows(7_000)
    opened = open_bytes(one_sheet(rows + '<row r="2"><c r="A2"><v>7</v></c><c r="Z2"><v>8</v></c></row>'))
    assert opened.book
    found = dict(opened.book.sheets[0].rows())
    assert list(found) == list(range(1, 7_001))
    assert (found[2][1].value, found[2][26].value) == (2.0, 8.0)
    assert [finding.code for finding in opened.findings] == ["cell-twice"]


def test_very_many_shared_strings_read_like_few() -> None:
    strings = strings_xml(*[f"<t>文本{n}</t>" for n in range(60_000)], "<t>a_x0000_b</t>")
    cells = '<c t="s"><v>0</v></c><c t="s"><v>59999</v></c><c t="s"><v>60000</v></c><c t="s"><v>60001</v></c>'
    opened = open_bytes(one_sheet(f"<row>{cells}</row>", strings=strings))
    assert opened.book
    assert [tuple(cell)[:3] for cell in dict(opened.book.sheets[0].rows())[1].values()] == [
        ("text", "文本0", None),
        ("text", "文本59999", None),
        ("invalid", "a_x0000_b", None),
        ("invalid", "60001", None),
    ]


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="tracemalloc measures CPython")
def test_memory_of_a_big_sheet_stays_far_below_its_cells() -> None:
    """300,000 cells as objects are some 60 MB; in blocks they are under 15 MB, and reading peaks little higher."""
    data = one_sheet(big_rows(30_000))
    gc.collect()
    tracemalloc.start()
    opened = open_bytes(data, DEFAULT_LIMITS)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert opened.book
    assert kept < 15 * MB
    assert peak < 40 * MB
