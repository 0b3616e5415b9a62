"""What a cell's XML says, as a Cell. The XML is written out: it is what other programs were seen to write."""

from __future__ import annotations

import pytest

from tests.intake.parts import one_sheet, sheet_xml, strings_xml, styles_xml, workbook_parts, zipped
from workbook_engine.grid import Cell
from workbook_engine.intake.open import Opened, open_bytes


def read(data: bytes) -> Opened:
    opened = open_bytes(data)
    assert opened.book is not None, [finding.code for finding in opened.findings]
    return opened


def cells(data: bytes) -> dict[str, Cell]:
    """Return the cells of the first sheet, `R1C1` -> Cell."""
    opened = read(data)
    assert opened.book
    assert not opened.findings
    return {f"R{row}C{column}": cell for row, found in opened.book.sheets[0].rows() for column, cell in found.items()}


def only(rows: str, **others: str) -> Cell:
    (cell,) = cells(one_sheet(rows, **others)).values()
    return cell


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1"><v>12.5</v></c>', Cell("number", 12.5)),
        ('<c r="A1" t="n"><v> -3E2 </v></c>', Cell("number", -300.0)),
        ('<c r="A1"><v>0</v></c>', Cell("number", 0.0)),
        ('<c r="A1" t="b"><v>1</v></c>', Cell("bool", value=True)),
        ('<c r="A1" t="b"><v>0</v></c>', Cell("bool", value=False)),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Cell("error", "#REF!")),
        ('<c r="A1" t="str"><v>  电 力 </v></c>', Cell("text", "  电 力 ")),
        ('<c r="A1" t="inlineStr"><is><t>铜</t></is></c>', Cell("text", "铜")),
        ('<c r="A1" t="inlineStr"><is><r><t>铜</t></r><r><t>线</t></r></is></c>', Cell("text", "铜线")),
        ('<c r="A1" t="d"><v>2025-03-01</v></c>', Cell("date", 45717.0)),
        ('<c r="A1" t="d"><v>2025-03-01T12:00:00Z</v></c>', Cell("date", 45717.5)),
        ('<c r="A1" t="d"><v>1900-01-01</v></c>', Cell("date", 1.0)),
        ('<c r="A1" t="d"><v>18:00:00</v></c>', Cell("date", 0.75)),
        ('<c r="A1"><f>1200*12</f><v>14400</v></c>', Cell("number", 14400.0, "1200*12")),
        ('<c r="A1"><f>=A2</f><v>1</v></c>', Cell("number", 1.0, "A2")),
        ('<c r="A1"><f>A2</f></c>', Cell("uncached", None, "A2")),
        ('<c r="A1"><f>A2</f><v></v></c>', Cell("uncached", None, "A2")),
        ('<c r="A1" t="str"><f>A2</f></c>', Cell("uncached", None, "A2")),
        ('<c r="A1" t="str"><f>IF(A2,"")</f><v></v></c>', Cell("text", "", 'IF(A2,"")')),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', Cell("error", "#DIV/0!", "1/0")),
        ('<c r="A1" t="str"><v>a_x000D_\nb</v></c>', Cell("text", "a\r\nb")),
        ('<c r="A1" t="str"><v>_x005F_x000D_</v></c>', Cell("text", "_x000D_")),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', Cell("text", "😀")),
    ],
)
def test_value_formula_and_kind_come_together(xml: str, expected: Cell) -> None:
    assert only(f'<row r="1">{xml}</row>') == expected


def test_shared_strings_join_rich_text_and_leave_phonetic_readings_out() -> None:
    strings = strings_xml("<t>电力</t>", "<r><t>柴</t></r><r><t>油</t></r><rPh sb='0' eb='1'><t>cháiyóu</t></rPh>")
    found = cells(one_sheet('<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>', strings=strings))
    assert found == {"R1C1": Cell("text", "电力"), "R1C2": Cell("text", "柴油")}


def test_cells_and_rows_without_address_follow_the_ones_before() -> None:
    rows = '<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row r="5"/><row><c><v>4</v></c></row>'
    assert [(place, cell.value) for place, cell in cells(one_sheet(rows)).items()] == [
        ("R1C1", 1.0),
        ("R1C4", 2.0),
        ("R1C5", 3.0),
        ("R6C1", 4.0),
    ]


def test_rows_and_cells_out_of_order_are_put_in_order() -> None:
    rows = '<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row><row r="1"><c r="C7"><v>3</v></c></row>'
    assert list(cells(one_sheet(rows))) == ["R3C1", "R3C2", "R7C3"]


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("namespace", ["spreadsheetml/2006/main", "strict"])
def test_namespaces_do_not_matter(prefix: str, namespace: str) -> None:
    sheet = (
        '<worksheet xmlns:x="N" xmlns="N"><sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData></worksheet>'
    )
    sheet = sheet.replace("N", namespace).replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}")
    assert cells(zipped(workbook_parts({"表": sheet}))) == {"R2C2": Cell("number", 7.0)}


def test_dimension_is_not_believed() -> None:
    sheet = sheet_xml('<row r="9"><c r="C9"><v>1</v></c></row>', before='<dimension ref="A1:A1"/>')
    assert list(cells(zipped(workbook_parts({"表": sheet})))) == ["R9C3"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (14, "date"),
        (22, "date"),
        (31, "date"),  # yyyy"年"m"月"d"日" in Chinese Excel and WPS
        (57, "date"),  # yyyy"年"m"月"
        (46, "number"),  # [h]:mm:ss, a duration
        (2, "number"),
        (49, "number"),
        ("yyyy-mm-dd", "date"),
        ('[$-804]yyyy"年"m"月"', "date"),
        ("h:mm", "date"),
        ("mm:ss.00", "date"),
        ("[h]:mm", "number"),
        ("[mm]:ss", "number"),
        ("0.00E+00", "number"),
        ("[Red]0.00", "number"),
        ("[$¥-804]#,##0", "number"),
        ('0.0"days"', "number"),
        (r"0\d", "number"),
        ('#,##0.00"年"', "number"),
        ("General", "number"),
        ("[DBNum1][$-804]General", "number"),
        ('"yyyy"0;"d"0', "number"),
        ("0;d", "number"),  # the first section is what a positive number shows
    ],
)
def test_a_number_is_a_date_where_its_format_shows_one(code: str | int, kind: str) -> None:
    cell = only('<row><c s="1"><v>45658</v></c></row>', styles=styles_xml(code))
    assert cell[:2] == (kind, 45658.0)


def test_dates_of_the_1904_system_keep_their_serial_number() -> None:
    extra = '<workbookPr date1904="1"/>|'
    opened = read(
        zipped(workbook_parts({"表": sheet_xml('<row><c t="d"><v>1904-01-02</v></c></row>')}, workbook_extra=extra))
    )
    assert opened.book
    assert opened.book.date1904
    assert next(iter(opened.book.sheets[0].rows())) == (1, {1: Cell("date", 1.0)})
