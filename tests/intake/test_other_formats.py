"""Workbooks that are no .xlsx: .ods and .xlsb read by ourselves, .xls and encrypted files through libraries."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path
from types import SimpleNamespace

import msoffcrypto.format.ooxml
import pytest
import python_calamine
import xlsxwriter

from tests import office
from tests.intake import binary
from tests.intake.parts import sheet_xml, workbook_parts, zipped
from workbook_engine.grid import Area, Cell
from workbook_engine.intake.legacy import _notes
from workbook_engine.intake.ods_formulas import excel_formula
from workbook_engine.intake.open import Opened, open_bytes, open_workbook
from workbook_engine.spec.schema import COMMENT_AUTHOR

ODD = Path(__file__).resolve().parents[3] / "shared" / "odd-workbooks"
SPACES = (
    'xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c" xmlns:draw="d"'
    ' office:version="1.3"'
)


def ods(content: str, names: str = "") -> bytes:
    body = (
        f"<office:spreadsheet>{content}<table:named-expressions>{names}</table:named-expressions></office:spreadsheet>"
    )
    properties = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="ta2" style:family="table">{properties}</style:style>'
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content {SPACES}>{styles}{body}</office:document-content>",
        "meta.xml": "<m><generator>LibreOffice/7.4.7.2$Linux</generator></m>",
    })  # fmt: skip


def table(rows: str, *, name: str = "表", style: str = "ta1") -> str:
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods_cell(value: str, text: str = "", more: str = "") -> str:
    return f"<table:table-cell {value} {more}>{text and f'<text:p>{text}</text:p>'}</table:table-cell>"


def cells(data: bytes) -> dict[tuple[int, int], Cell]:
    opened = open_bytes(data)
    assert opened.book, [finding.message("en") for finding in opened.findings]
    return {(row, column): cell for row, found in opened.book.sheets[0].rows() for column, cell in found.items()}


def codes(opened: Opened) -> list[str]:
    return [finding.code for finding in opened.findings]


FLOAT = 'office:value-type="float" office:value="{}"'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (ods_cell(FLOAT.format("12.5"), "12.50"), Cell("number", 12.5)),
        (ods_cell('office:value-type="percentage" office:value="0.5"', "50%"), Cell("number", 0.5, format="%")),
        (ods_cell('office:value-type="currency" office:value="3"', "¥3"), Cell("number", 3.0)),
        (ods_cell('office:value-type="string"', "电力"), Cell("text", "电力")),
        (ods_cell('office:value-type="string"', 'a<text:s text:c="3"/>b<text:tab/>c'), Cell("text", "a   b\tc")),
        (ods_cell('office:value-type="string"', "a</text:p><text:p>b"), Cell("text", "a\nb")),
        (ods_cell('office:value-type="string"', "a<text:span>b</text:span><text:a>c</text:a>"), Cell("text", "abc")),
        (ods_cell('office:value-type="date" office:date-value="2025-03-01"', "1.3.25"), Cell("date", 45717.0)),
        (ods_cell('office:value-type="time" office:time-value="PT06H00M00S"', "06:00"), Cell("date", 0.25)),
        (ods_cell('office:value-type="time" office:time-value="PT30H00M00S"', "30:00"), Cell("number", 1.25)),
        (ods_cell('office:value-type="boolean" office:boolean-value="true"', "WAHR"), Cell("bool", value=True)),
        (ods_cell(FLOAT.format("1"), "TRUE", 'table:formula="of:=TRUE()"'), Cell("bool", True, "TRUE()")),  # noqa: FBT003
        (ods_cell(FLOAT.format("4"), "4", 'table:formula="of:=[.B1]*2"'), Cell("number", 4.0, "B1*2")),
        (ods_cell("", "", 'table:formula="of:=[.B1]"'), Cell("uncached", None, "B1")),
        (
            ods_cell('office:value-type="string" calcext:value-type="error"', "#DIV/0!", 'table:formula="of:=1/0"'),
            Cell("error", "#DIV/0!", "1/0"),
        ),
        (ods_cell(FLOAT.format("0"), "Err:502", 'table:formula="of:=X()"'), Cell("error", "Err:502", "X()")),
        (ods_cell(FLOAT.format("0"), "#REF!", 'table:formula="of:=[.#REF!]"'), Cell("error", "#REF!", "#REF!")),
        (
            ods_cell(
                FLOAT.format("7"), "7</text:p><office:annotation><text:p>备注</text:p></office:annotation><text:p>"
            ),
            Cell("number", 7.0),
        ),
    ],
)
def test_ods_value_formula_and_kind_come_together(xml: str, expected: Cell) -> None:
    assert cells(ods(table(f"<table:table-row>{xml}</table:table-row>"))) == {(1, 1): expected}


def test_ods_a_comment_is_not_part_of_the_text() -> None:
    xml = '<table:table-cell office:value-type="string"><office:annotation><text:p>备注</text:p></office:annotation>'
    xml += "<text:p>柴油</text:p></table:table-cell>"
    assert cells(ods(table(f"<table:table-row>{xml}</table:table-row>"))) == {(1, 1): Cell("text", "柴油")}


def test_ods_repeats_count_and_only_content_is_expanded() -> None:
    one = FLOAT.format("1")
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/>'
        f'<table:table-cell {one} table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
        f"<table:table-row><table:table-cell {one}/></table:table-row>"
    )
    assert sorted(cells(ods(table(rows)))) == [(1, 3), (1, 4), (2, 3), (2, 4), (3, 3), (3, 4), (1_000_004, 1)]


def test_ods_sheets_merges_hidden_state_and_names() -> None:
    first = table(
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"'
        ' table:number-columns-spanned="2" table:number-rows-spanned="3"><text:p>a</text:p></table:table-cell>'
        '<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>'
        "</table:table-row>"
    )
    name = '<table:named-range table:name="产量" table:cell-range-address="$\'表 1\'.$A$1:.$B$2"/>'
    book = open_bytes(ods(first + table("", name="二", style="ta2"), name)).book
    assert book
    assert [(sheet.name, sheet.visible) for sheet in book.sheets] == [("表", True), ("二", False)]
    assert book.sheets[0].merges == (Area(1, 1, 3, 2),)
    assert book.sheets[0].hidden_columns == {3}
    assert book.sheets[0].hidden_rows == {1}
    assert dict(book.sheets[0].rows()) == {1: {1: Cell("text", "a"), 2: Cell("text", "under")}}
    assert book.names == {"产量": "'表 1'!$A$1:$B$2"}
    assert (book.format, book.application) == ("ods", "LibreOffice/7.4.7.2$Linux")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("of:=SUM([.A1:.A3];2)", "SUM(A1:A3,2)"),
        ("of:=[$'表 1'.A1]+[Sheet2.$B$2]", "'表 1'!A1+Sheet2!$B$2"),
        ("of:=[$Sheet1.A1:.B2]", "Sheet1!A1:B2"),
        ('of:="a;[.B1]"&[.B1]', '"a;[.B1]"&B1'),
        ("of:=SUM({1;2|3;4})", "SUM({1,2;3,4})"),
        ("oooc:=[.A1]", "A1"),
        ("msoxl:=Sheet1!A1", "Sheet1!A1"),
        ("of:=SUM([.A:.A])", "SUM(A:A)"),
    ],
)
def test_ods_formulas_read_as_excel_shows_them(stored: str, shown: str) -> None:
    assert excel_formula(stored) == shown


def test_ods_with_a_password_says_so() -> None:
    parts = zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b"\x00nonsense",
        "META-INF/manifest.xml": "<m><file-entry><encryption-data/></file-entry></m>",
    })  # fmt: skip
    assert codes(open_bytes(parts, passwords=("x",))) == ["file-locked"]


def test_xlsb_every_kind_of_cell() -> None:
    rk = [(3 << 2 | 2), (1250 << 2 | 3), struct.unpack("<Q", struct.pack("<d", 1.5))[0] >> 32]
    sheet = binary.sheet(
        binary.row(2),
        *(binary.cell(2, n, struct.pack("<I", packed)) for n, packed in enumerate(rk, 1)),
        binary.cell(2, 4, struct.pack("<i", -7 << 2 | 2)),
        binary.cell(5, 5, struct.pack("<d", 45658.0), style=1),
        binary.cell(5, 6, struct.pack("<d", 0.5), style=2),
        binary.row(5, hidden=True),
        binary.cell(3, 1, b"\x17"),
        binary.cell(4, 2, b"\1"),
        binary.cell(6, 3, binary.wide("直接")),
        binary.cell(7, 4, struct.pack("<I", 1)),
        binary.cell(8, 5, binary.wide("结果") + bytes(8)),
        binary.cell(9, 6, struct.pack("<d", 2.5) + bytes(8)),
        binary.cell(11, 7, b"\x2a" + bytes(8)),
        binary.cell(1, 8, b""),
        binary.record(176, struct.pack("<4I", 0, 1, 0, 2)),
        binary.record(60, struct.pack("<IIIIH", 2, 3, 0, 0, 1)),
    )
    opened = open_bytes(binary.workbook({"表": sheet, "hidden": binary.sheet()}, ["a", "共享"], ['yyyy"年"', "0.00"]))
    assert opened.book
    assert codes(opened) == ["file-values-only"]
    first, second = opened.book.sheets
    assert dict(first.rows()) == {
        2: {
            1: Cell("number", 3.0), 2: Cell("number", 12.5), 3: Cell("number", 1.5), 4: Cell("number", -7.0),
            5: Cell("date", 45658.0), 6: Cell("number", 0.5),
        },
        5: {
            1: Cell("error", "#REF!"), 2: Cell("bool", value=True), 3: Cell("text", "直接"), 4: Cell("text", "共享"),
            5: Cell("text", "结果"), 6: Cell("number", 2.5), 7: Cell("error", "#N/A"),
        },
    }  # fmt: skip
    assert (first.merges, first.hidden_rows, first.hidden_columns) == ((Area(1, 1, 2, 3),), {5}, {3, 4})
    assert (first.visible, second.visible) == (True, False)


def test_xlsb_not_a_number_and_beyond_the_grid_are_reported() -> None:
    sheet = binary.sheet(
        binary.row(1),
        binary.cell(5, 1, struct.pack("<d", float("nan"))),
        binary.cell(5, 20_000, struct.pack("<d", 1.0)),
    )
    assert codes(open_bytes(binary.workbook({"表": sheet}))) == ["cell-invalid", "cell-beyond-grid"]


@pytest.mark.parametrize("cut", [1, 5, 9, 30])
def test_xlsb_a_record_cut_off_is_damage(cut: int) -> None:
    sheet = binary.sheet(
        binary.row(1), binary.cell(5, 1, struct.pack("<d", 1.0)), binary.cell(6, 2, binary.wide("电力"))
    )
    assert codes(open_bytes(binary.workbook({"表": sheet[:-cut] if cut > 1 else sheet + b"\x05\x7f"}))) == [
        "file-damaged"
    ]


@pytest.mark.skipif(not ODD.is_dir(), reason="the odd workbooks are not beside the repository")
@pytest.mark.parametrize(
    "name", ["apache-poi__SampleSS.ods", "phpspreadsheet__issue.3721.ods", "tafia-calamine__issue_186.xlsb"]
)
def test_ods_and_xlsb_agree_with_calamine_on_numbers_and_texts(name: str) -> None:
    data = (ODD / name).read_bytes()
    oracle = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    book = open_bytes(data).book
    assert book
    for sheet in book.sheets:
        theirs = {
            (row, column): value
            for row, values in enumerate(oracle.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False), 1)
            for column, value in enumerate(values, 1)
            if isinstance(value, str | float) and value != ""
        }
        ours = {(row, c): cell.value for row, found in sheet.rows() for c, cell in found.items() if cell.kind != "date"}
        assert ours == theirs


# --- with a password --------------------------------------------------------------------------------------------------


def encrypted(password: str) -> bytes:
    """Return a workbook with a password. msoffcrypto cannot encrypt one under 4 kB, so it carries some ballast."""
    sheet = sheet_xml('<row r="1"><c r="A1"><v>42</v></c></row>')
    ballast = random.Random(0).randbytes(9000)  # noqa: S311 - that it does not compress is enough
    plain = zipped(workbook_parts({"表": sheet}) | {"xl/media/picture.bin": ballast})
    result = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(plain)).encrypt(password, result)
    return result.getvalue()


def test_a_password_opens_and_its_absence_or_a_wrong_one_is_said() -> None:
    data = encrypted("密码 1")
    opened = open_bytes(data, passwords=("另一个", "密码 1"))
    assert opened.book
    assert dict(opened.book.sheets[0].rows()) == {1: {1: Cell("number", 42.0)}}
    assert opened.findings == ()
    assert codes(open_bytes(data)) == ["file-encrypted"]
    assert codes(open_bytes(data, passwords=("密码", "密码 2"))) == ["file-wrong-password"]


def test_a_workbook_that_excel_opens_without_asking_opens() -> None:
    """Protection against changes alone encrypts with a password that every Excel knows."""
    assert cells(encrypted("VelvetSweatshop")) == {(1, 1): Cell("number", 42.0)}


# --- what LibreOffice makes of it -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook as .xlsx, .ods and .xls, the latter two saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("converted")
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("生产 数据")
        sheet.write_row("A1", ["项目", "数量", "  空 格 ", "两\n行", 0.1, -1e-9])
        sheet.write_number("A2", 45658, date)
        sheet.write_formula("B2", "=SUM(E1:F1)*2", None, 0.2)
        sheet.write_formula("C2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("D2", "=其他!A2+$B$2", None, 3.2)
        sheet.merge_range("A4:B5", "合并")
        sheet.set_row(6, None, None, {"hidden": True})
        sheet.write("A7", "隐藏")
        sheet.set_column("H:I", None, None, {"hidden": True})
        other = book.add_worksheet("其他")
        other.write_column("A1", ["b", 3])
        other.hide()
    for kind in ("ods", "xls"):
        office.converted([folder / "a.xlsx"], kind, folder, folder / "profile")
    return folder


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_libreoffice_files_read_as_the_xlsx_they_came_from(kind: str, converted: Path) -> None:
    expected = open_workbook(converted / "a.xlsx").book
    opened = open_workbook(converted / f"a.{kind}")
    assert expected
    assert opened.book
    assert codes(opened) == []
    for ours, theirs in zip(opened.book.sheets, expected.sheets, strict=True):
        assert (ours.name, ours.visible, ours.merges) == (theirs.name, theirs.visible, theirs.merges)
        assert (ours.hidden_rows, ours.hidden_columns) == (theirs.hidden_rows, theirs.hidden_columns)
        found = {(r, c): cell for r, row in ours.rows() for c, cell in row.items()}
        wanted = {(r, c): cell for r, row in theirs.rows() for c, cell in row.items()}
        if kind == "xls":  # it quotes the names of all sheets
            wanted = {
                place: cell._replace(formula=cell.formula and cell.formula.replace("其他!", "'其他'!"))
                for place, cell in wanted.items()
            }
        assert found.keys() == wanted.keys()
        for place, cell in found.items():
            assert cell == pytest.approx(wanted[place]) if cell.kind == "number" else cell == wanted[place], place


NOTE = (
    '<office:annotation><dc:creator xmlns:dc="d">{}</dc:creator><dc:date xmlns:dc="d">2025-01-01</dc:date>'
    "<text:p>其中含宿舍用电2万度</text:p></office:annotation>"
)


def test_comments_and_text_boxes_of_an_ods_are_told() -> None:
    noted = f'<table:table-cell office:value-type="float" office:value="5">{NOTE.format("张三")}<text:p>5</text:p>'
    box = '<table:shapes><draw:frame xmlns:draw="w"><draw:text-box><text:p>见右</text:p></draw:text-box></draw:frame>'
    rows = f"{box}</table:shapes><table:table-row><table:table-cell/>{noted}</table:table-cell></table:table-row>"
    opened = open_bytes(ods(table(rows)))
    assert opened.book
    assert dict(opened.book.sheets[0].rows()) == {1: {2: Cell("number", 5.0)}}
    (finding,) = opened.findings
    assert (finding.code, finding.params["count"], finding.params["typed"]) == ("comment-not-read", 2, "见右")
    only = open_bytes(ods(table(rows.replace("见右", ""))))
    (finding,) = only.findings
    assert (str(finding.where), finding.params["typed"]) == ("表!B1", "其中含宿舍用电2万度")


def test_the_programs_own_comments_in_an_ods_are_not_told() -> None:
    row = f"<table:table-row>{ods_cell(FLOAT.format('5'), '', '')}</table:table-row>"
    noted = row.replace("</table:table-cell>", NOTE.format(COMMENT_AUTHOR) + "</table:table-cell>")
    assert open_bytes(ods(table(noted))).findings == ()


def test_a_cell_within_a_cell_of_an_ods_is_counted_as_lost() -> None:
    inner = f"<table:table-cell><table:table><table:table-row>{ods_cell(FLOAT.format('7'), '7')}</table:table-row>"
    row = f"<table:table-row>{inner}</table:table></table:table-cell></table:table-row>"
    (finding,) = open_bytes(ods(table(row))).findings
    assert (finding.code, finding.params) == ("cells-lost", {"stored": 1, "delivered": 0})


def test_comments_of_an_xls_are_told_but_for_the_programs_own() -> None:
    notes = {
        (8, 4): SimpleNamespace(author="张三", text="含宿舍"),
        (1, 1): SimpleNamespace(author=COMMENT_AUTHOR, text="请核对"),
    }
    assert _notes(SimpleNamespace(cell_note_map=notes)) == [((9, 5), "含宿舍")]


def test_a_cell_that_an_xlsb_holds_twice_is_told() -> None:
    first, second = (binary.cell(5, 1, struct.pack("<d", value)) for value in (1.0, 2.0))
    sheet = binary.sheet(binary.row(1), first, second, binary.row(2), first, binary.row(1), second)
    opened = open_bytes(binary.workbook({"表": sheet}))
    assert opened.book
    assert dict(opened.book.sheets[0].rows()) == {1: {1: Cell("number", 1.0)}, 2: {1: Cell("number", 1.0)}}
    assert [f.code for f in opened.findings if f.code != "file-values-only"] == ["cell-twice", "cell-twice"]


def test_comments_and_text_boxes_of_an_xlsb_are_told_but_for_the_programs_own() -> None:
    def comment(author: int, row: int, column: int, text: str) -> bytes:
        place = struct.pack("<5I", author, row - 1, row - 1, column - 1, column - 1) + bytes(16)
        return binary.record(635, place) + binary.record(637, b"\0" + binary.wide(text)) + binary.record(636)

    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    authors = b"".join(binary.record(632, binary.wide(name)) for name in (COMMENT_AUTHOR, "张三"))
    more: dict[str, bytes | str] = {
        "xl/comments1.bin": authors + comment(0, 1, 1, "请核对") + comment(1, 9, 5, "含宿舍 用电"),
        "xl/drawings/drawing1.xml": "<d><sp><txBody><p><r><t>另见附件</t></r></p></txBody></sp></d>",
        "xl/worksheets/_rels/sheet1.bin.rels": f'<R><Relationship Id="c" Type="{office}/comments" '
        f'Target="../comments1.bin"/><Relationship Id="d" Type="{office}/drawing" '
        'Target="../drawings/drawing1.xml"/></R>',
    }
    row = binary.row(1) + binary.cell(5, 1, struct.pack("<d", 1.0))
    (found,) = (
        f
        for f in open_bytes(binary.workbook({"表": binary.sheet(row)}, more=more)).findings
        if f.code == "comment-not-read"
    )
    assert (found.where and (found.where.row, found.where.column)) == (9, 5)
    assert (found.params["count"], found.params["typed"]) == (2, "含宿舍 用电")
