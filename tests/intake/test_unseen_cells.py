"""Cells that count and that nobody sees: letters nearly of the colour of their cell, texts hidden by a format."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule, Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from example_workbooks import fill
from tests import office
from tests.intake import binary
from tests.intake.parts import one_sheet, sheet_xml, styles_xml, workbook_parts, zipped
from tests.mutation.carriers import FORMATS
from workbook_engine.grid import PERCENT
from workbook_engine.intake.colours import Palette, contrast
from workbook_engine.intake.formats import hides_text
from workbook_engine.intake.legacy_rules import hiding_areas, looks_of
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.intake.own_colours import OwnColours
from workbook_engine.pipeline import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from workbook_engine.findings import Finding

ROOT = fill.HERE.parent
FILLED = fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file
UNSEEN, MUTED = "cell-unseen", "text-format-hides"


def told(findings: Iterable[Finding]) -> list[tuple[str, str, object]]:
    return [(f.code, str(f.where), f.params["typed"]) for f in findings if f.code in {UNSEEN, MUTED}]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as made", *FORMATS])
def test_what_nobody_sees_is_told_in_every_format(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")

        def write(cell: str, value: object, **looks: object) -> None:
            sheet.write(cell, value, book.add_format(looks))

        write("A1", "柴油 500 L", num_format=";;;")
        write("B1", 500, num_format=";;;")  # a number is told with its reading
        write("C1", "看得见", num_format="0;-0;;@")
        write("D1", "看得见", num_format="0.00")
        write("A2", "近白", font_color="#F8F8F8")
        write("B2", "近蓝", font_color="#1F4E79", bg_color="#22527D")
        write("C2", "涂黑", font_color="#000000", bg_color="#080808")
        write("D2", "浅灰", font_color="#BFBFBF")
        write("E2", "黄", font_color="#FFFF00")
        write("G2", "太小", font_size=1, font_color="#FF0000")
        write("H2", 500, font_size=2)
        write("A3", "小字", font_size=5)
        write("B3", "PR", font_name="Wingdings 2")
        write("F2", "红上绿", font_color="#FF0000", bg_color="#008400")  # of the same luminance
    if kind != "as made":
        path = office.converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    assert told(open_workbook(path).findings) == [
        (MUTED, "表!A1", "柴油 500 L"), (UNSEEN, "表!A2", "近白"), (UNSEEN, "表!B2", "近蓝"), (UNSEEN, "表!C2", "涂黑"),
        (UNSEEN, "表!G2", "太小"), (UNSEEN, "表!H2", "500"), (UNSEEN, "表!B3", "PR"),
    ]  # fmt: skip


def test_the_limit_lies_between_what_office_offers_and_what_nobody_sees() -> None:
    white = (255, 255, 255)
    assert contrast((0xF2,) * 3, white) > 1.1 > contrast((0xF4,) * 3, white)
    assert (contrast((0, 0, 0), white), contrast(white, white)) == (21, 1)


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (";;;", True), ('0;0;0;""', True), ('0;0;0;"见附件"', True), ("0;0;0;@", False), (";;", False), ("@", False),
        ('0;0;0;"型号"@', False), ("General;General;General;General", False), ("General", False), ("", False),
        ('"a;b;c;d"', False), ('0;0;0;"@"', True),
    ],
)  # fmt: skip
def test_which_formats_show_nothing_of_a_text(code: str, answer: bool) -> None:  # noqa: FBT001 - an answer
    assert hides_text(code) is answer


THEME = "".join(f'<{name}><srgbClr val="{value}"/></{name}>' for name, value in zip(
    ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"),
    ("000000", "FFFFFF", "112233", "EEEEEE", "445566", *["777777"] * 7), strict=True,
))  # fmt: skip


def test_colours_of_theme_tint_and_own_palette_are_worked_out() -> None:
    fonts = (
        'theme="4"', 'rgb="FF445566"', 'theme="0" tint="-0.02"', 'theme="1" tint="0.5"', 'indexed="10"',
        'theme="2"', "", 'theme="77"', 'rgb="nonsense"',
    )  # fmt: skip
    fills = ("none", 'rgb="FF445566"', 'theme="4"', 'rgb="FF808080"', 'rgb="FFABCDEF"', 'rgb="FF000000"')
    written = [
        f'<fill><patternFill patternType="{"none" if f == "none" else "solid"}"><fgColor {"" if f == "none" else f}/>'
        "</patternFill></fill>"
        for f in fills
    ]
    pairs = [(0, 1), (1, 2), (2, 0), (3, 3), (4, 4), (5, 0), (6, 5), (7, 0), (8, 5), (0, 0), (3, 0)]
    formats = "".join(f'<xf fontId="{font}" fillId="{fill}"/>' for font, fill in pairs)
    own = "".join(f'<rgbColor rgb="00{"ABCDEF" if place == 10 else "000000"}"/>' for place in range(16))
    colours = [f"<font><color {font}/></font>" if font else "<font/>" for font in fonts]
    styles = (
        f"<styleSheet><fonts>{''.join(colours)}</fonts><fills>{''.join(written)}</fills><cellXfs>{formats}</cellXfs>"
        f"<colors><indexedColors>{own}</indexedColors></colors></styleSheet>"
    )
    rows = "<row>" + "".join(f'<c s="{n}"><v>{n}</v></c>' for n in range(len(pairs))) + "</row>"
    parts = workbook_parts({"表": sheet_xml(rows)}, styles=styles)
    relations = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    theme = f'<Relationship Id="t" Type="{kind}" Target="theme/theme1.xml"/></'
    parts = {
        **parts,
        relations: str(parts[relations]).replace("</", theme, 1),
        "xl/theme/theme1.xml": f"<theme><clrScheme>{THEME}</clrScheme></theme>",
    }
    assert [cell for _, cell, _ in told(open_bytes(zipped(parts)).findings)] == [
        "表!A1", "表!B1", "表!C1", "表!D1", "表!E1", "表!G1", "表!I1",
    ]  # fmt: skip
    broken = open_bytes(zipped({**parts, "xl/theme/theme1.xml": "<theme><clrScheme>"}))  # Office's own in its place
    assert [cell for _, cell, _ in told(broken.findings)] == ["表!C1", "表!D1", "表!E1", "表!G1", "表!I1"]


def test_what_nobody_sees_of_an_xlsb_is_told() -> None:
    """Colour: kind (1 palette, 2 value, 3 theme) in the upper bits, place, tint, value ([MS-XLSB] 2.5.12)."""

    def font(*colour: int) -> bytes:
        return binary.record(43, struct.pack("<2H", 220, 0) + bytes(8) + bytes(colour) + bytes(1))

    nearly, blue, default = (5, 0, 0, 0, 250, 250, 250, 255), (5, 0, 0, 0, 31, 78, 121, 255), (0, 0, 0, 0, 0, 0, 0, 0)
    tinted = (7, 4, 0, 64, 0, 0, 0, 255)  # accent 1, half way to white
    fonts = font(*nearly) + font(*blue) + font(*tinted) + font(*default)
    solid = struct.pack("<I", 1)
    fills = b"".join(
        binary.record(45, pattern + bytes(colour) + bytes(56))
        for pattern, colour in ((bytes(4), bytes(8)), (solid, blue), (solid, tinted), (struct.pack("<I", 2), blue))
    )
    code = binary.record(44, struct.pack("<H", 200) + binary.wide(";;;"))
    formats = [(0, 0, 0), (0, 1, 1), (0, 2, 2), (0, 2, 0), (0, 1, 3), (200, 3, 0), (0, 3, 0)]
    xfs = b"".join(binary.record(47, struct.pack("<4H", 0, *each) + bytes(8)) for each in formats)
    styles = code + fonts + fills + binary.record(617) + xfs + binary.record(618)
    cells = (binary.cell(6, n + 1, binary.wide(f"字{n}"), style=n) for n in range(len(formats)))
    number = binary.cell(5, 9, struct.pack("<d", 5.0), style=5)
    data = binary.workbook({"表": binary.sheet(binary.row(1), *cells, number)}, more={"xl/styles.bin": styles})
    assert told(open_bytes(data).findings) == [
        (UNSEEN, "表!A1", "字0"), (UNSEEN, "表!B1", "字1"), (UNSEEN, "表!C1", "字2"), (MUTED, "表!F1", "字5"),
    ]  # fmt: skip


def test_they_are_told_of_inputs_alone(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(FILLED)
    sheet = book["原材料获取"]
    for cell in (sheet["B8"], sheet["B2"], sheet["E8"]):
        cell.number_format = ";;;"
    sheet["D8"].font, sheet["D8"].fill = Font(color="FFFEFEFE"), PatternFill()
    book.save(tmp_path / "a.xlsx")
    findings = read_workbook(tmp_path / "a.xlsx").findings
    assert [where for _, where, _ in told(findings)] == ["原材料获取!B8", "原材料获取!D8"]


# Pieces of a text with their colours, the colour of the cell, what is told. What is read is the whole: 1200, of which
# 120 can be seen.
PIECES: tuple[tuple[tuple[tuple[str, str], ...], str | None, str | None], ...] = (
    ((("120", "#000000"), ("0", "#FFFFFF")), None, "number-partly-unseen"),
    ((("柴油", "#000000"), ("（含外协）", "#FEFEFE")), None, "cell-partly-unseen"),
    ((("120", "#F8F8F8"), ("0", "#FFFFFF")), None, UNSEEN),
    ((("120", "#000000"), ("0", "#1F4E79")), "#1F4E79", "number-partly-unseen"),
    ((("120", "#000000"), ("0", "#FFFFFF")), "#1F4E79", None),
    ((("120", "#000000"), ("0", "#FF0000")), None, None),
    ((("1", "#000000"), ("2", "#FFFFFF"), ("0", "#FF0000")), None, "number-partly-unseen"),
)
PARTLY = {"number-partly-unseen", "cell-partly-unseen", UNSEEN}


def partly(findings: Iterable[Finding]) -> list[tuple[str, str, object]]:
    return [(f.code, str(f.where), f.params.get("hidden")) for f in findings if f.code in PARTLY]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as made", *FORMATS])
def test_a_part_of_a_text_that_nobody_sees_is_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for row, (pieces, fill, _) in enumerate(PIECES):
            runs = [part for text, colour in pieces for part in (book.add_format({"font_color": colour}), text)]
            sheet.write_rich_string(row, 0, *runs, book.add_format({"bg_color": fill} if fill else {"italic": True}))
        sheet.write("B1", 5, book.add_format({"bg_color": "#FFFFFF"}))
    if kind != "as made":
        path = office.converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    assert partly(open_workbook(path).findings) == [
        (code, f"表!A{row}", None if code == UNSEEN else pieces[1][0])
        for row, (pieces, _, code) in enumerate(PIECES, 1)
        if code
    ]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as made", *FORMATS])
def test_a_part_of_a_text_that_is_too_small_to_read_is_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        small, bold = book.add_format({"font_size": 1, "font_color": "#FF0000"}), book.add_format({"bold": True})
        usual = book.add_format({"italic": True})
        sheet.write_rich_string("A1", bold, "120", small, "0", usual)
        sheet.write_rich_string("A2", bold, "柴油", small, "（含外协）", usual)
        sheet.write_rich_string("A3", bold, "柴油", book.add_format({"font_size": 6}), "（含外协）", usual)
    if kind != "as made":
        path = office.converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    assert partly(open_workbook(path).findings) == [
        ("number-partly-unseen", "表!A1", "0"), ("cell-partly-unseen", "表!A2", "（含外协）"),
    ]  # fmt: skip


def test_a_part_of_an_inline_text_that_nobody_sees_is_told() -> None:
    run = '<r><rPr><color rgb="FF{}"/></rPr><t>{}</t></r>'
    cells = (
        ("000000", "FFFFFF", "number-partly-unseen"),
        ("000000", "FF0000", None),
        ("000000", "FEFEFE", "number-partly-unseen"),
    )
    rows = "".join(
        f'<row><c t="inlineStr"><is>{run.format(one, 120)}{run.format(other, 0)}</is></c></row>'
        for one, other, _ in cells
    )
    rows += '<row><c t="inlineStr"><is><t>1200</t></is></c><c><v>1200</v></c></row>'
    assert partly(open_bytes(one_sheet(rows)).findings) == [
        (code, f"表!A{row}", "0") for row, (*_, code) in enumerate(cells, 1) if code
    ]


def test_a_part_of_a_text_of_an_xlsb_that_nobody_sees_is_told() -> None:
    def font(*colour: int) -> bytes:
        return binary.record(43, struct.pack("<2H", 220, 0) + bytes(8) + bytes(colour) + bytes(1))

    def rich(text: str, start: int, font: int) -> bytes:
        return b"\1" + binary.wide(text) + struct.pack("<I4H", 2, 0, 0, start, font)

    blue = (5, 0, 0, 0, 31, 78, 121, 255)
    fonts = font(*bytes(8)) + font(5, 0, 0, 0, 255, 255, 255, 255) + font(*blue)  # the program's own, white, blue
    fills = binary.record(45, bytes(68)) + binary.record(45, struct.pack("<I", 1) + bytes(blue) + bytes(56))
    xfs = b"".join(binary.record(47, struct.pack("<4H", 0, 0, 0, fill) + bytes(8)) for fill in (0, 1))
    parts = {
        "xl/styles.bin": fonts + fills + binary.record(617) + xfs + binary.record(618),
        "xl/sharedStrings.bin": binary.record(19, rich("1200", 3, 1)),
    }
    rows = (
        binary.row(1),
        binary.cell(7, 1, struct.pack("<I", 0)),
        binary.cell(7, 2, struct.pack("<I", 0), style=1),  # white on blue is seen
        binary.row(2),
        binary.cell(62, 1, rich("柴油含外协", 2, 2), style=1),
        binary.cell(62, 2, rich("柴油含外协", 2, 2)),
        binary.cell(62, 3, rich("500", 0, 1)),
    )
    data = binary.workbook({"表": binary.sheet(*rows)}, more=parts)
    assert partly(open_bytes(data).findings) == [
        ("number-partly-unseen", "表!A1", "0"), ("cell-partly-unseen", "表!A2", "含外协"), (UNSEEN, "表!C2", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("guide", "is_told"),
    [
        ("不含宿舍", True), ("1200", True), ("kg", True), ("デンリョク", False), ("ﾃﾞﾝﾘｮｸ", False),
        ("diàn liàng", False), ("lǜsè", False), ("dian4liang4", False), ("ㄉㄧㄢ", False),
    ],
)  # fmt: skip
def test_a_phonetic_guide_that_is_no_reading_is_told_with_its_cell(guide: str, is_told: bool) -> None:  # noqa: FBT001
    strings = f'<sst xmlns="x"><si><t>电量</t><rPh sb="0" eb="2"><t>{guide}</t></rPh></si></sst>'
    sheet = sheet_xml('<row r="1"><c r="B1" t="s"><v>0</v></c></row>')
    data = zipped(workbook_parts({"表": sheet}, strings=strings))
    book = open_bytes(data).book
    assert book
    assert [tuple(each) for each in book.beside] == [("guide", guide, "表", "B1")] * is_told


def test_a_conditional_format_that_hides_an_input_is_told(tmp_path: Path) -> None:
    """Its condition is not worked out: that it may hide is told at the first input of its area, and nowhere else."""
    white, fill_blue, dark = Font(color="FFFFFFFF"), PatternFill(bgColor="FF1F4E79"), Font(color="FF1F4E79")
    muted = Rule(type="expression", formula=["$E8>100"], dxf=DifferentialStyle(numFmt=NumberFormat(200, ";;;")))
    edge = Border(left=Side("thin", "FFFFFFFF"))
    rules = (
        ("D8:D9", FormulaRule(["D8>100"], font=white), "原材料获取!D8"),
        ("E8:E20", muted, "原材料获取!E8"),
        ("A3 B8:B9", FormulaRule(["B8>1"], font=dark, fill=fill_blue), "原材料获取!B8"),
        ("F8:F11", DataBarRule("min", 0, "max", 9, "FF638EC6", showValue=False), "原材料获取!F8"),
        ("G8", FormulaRule(["B8>2"], font=white, fill=fill_blue), None),  # white on blue is seen
        ("G8:G9", FormulaRule(["B8>3"], font=Font(color="FFFF0000")), None),
        ("G8:G10", FormulaRule(["B8>4"], border=edge), None),
        ("G8:G11", DataBarRule("min", 0, "max", 9, "FF638EC6"), None),
        ("G8:G12", Rule(type="containsErrors", dxf=DifferentialStyle(font=white)), None),
        ("A1:Z3", FormulaRule(["B8>5"], font=white), None),  # over no input
        ("B900:Z990", FormulaRule(["B8>6"], font=white), None),
    )
    book = openpyxl.load_workbook(FILLED)
    for area, rule, _ in rules:
        book["原材料获取"].conditional_formatting.add(area, rule)
    book.save(tmp_path / "a.xlsx")
    found = [f for f in read_workbook(tmp_path / "a.xlsx").findings if f.code == "rule-hides"]
    assert {(str(f.where), f.params["area"]) for f in found} == {
        (where, area) for area, _, where in rules if where is not None
    }
    assert len(found) == 4


@pytest.mark.parametrize("name", ["as made", "template"])
def test_no_rule_of_the_template_hides(name: str) -> None:
    path = FILLED if name == "as made" else ROOT / "templates" / "data_collection_template.xlsx"
    assert [f for f in open_workbook(path).findings if f.code == "rule-hides"] == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as made", *FORMATS])
def test_conditional_formats_that_hide_are_found_as_libreoffice_saves_them(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表 一")
        sheet.write_column("A1", [1, 200, 3])
        white, muted = book.add_format({"font_color": "#FFFFFF"}), book.add_format({"num_format": ";;;"})
        blue = book.add_format({"font_color": "#FFFFFF", "bg_color": "#1F4E79"})
        above = {"type": "cell", "criteria": ">", "value": 100}
        sheet.conditional_format("A1:A2", {**above, "format": white})
        sheet.conditional_format("B1:B2", {**above, "format": muted, "multi_range": "B1:B2 D4:D5"})
        sheet.conditional_format("C1:C2", {"type": "errors", "format": white})
        sheet.conditional_format("D1:D2", {**above, "format": blue})
        sheet.conditional_format("E1:E2", {"type": "data_bar", "bar_only": True})
        sheet.conditional_format("F1:F2", {"type": "icon_set", "icon_style": "3_traffic_lights", "icons_only": True})
        sheet.conditional_format("G1:G2", {"type": "data_bar"})
    if kind != "as made":
        path = office.converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    found = {f.params["area"] for f in open_workbook(path).findings if f.code == "rule-hides"}
    # LibreOffice leaves out of an .xls what a rule makes of number formats, and bars and icons.
    assert found == {"A1:A2", *(() if kind == "xls" else ("B1:B2 D4:D5", "E1:E2", "F1:F2"))}


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as made", "xls"])
def test_rules_whose_letters_have_the_colour_of_the_cells_themselves(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        yellow, blue = (book.add_format({"bg_color": colour}) for colour in ("#FFFF99", "#1F4E79"))
        sheet.write_column("A1", [1, 2, 3], yellow)
        sheet.write_column("B1", [1, 2, 3])
        sheet.write_column("C1", [1, 2, 3], blue)
        pale, red = book.add_format({"font_color": "#FFFF99"}), book.add_format({"font_color": "#FF0000"})
        on_blue = book.add_format({"font_color": "#FFFF99", "bg_color": "#1F4E79"})
        above = {"type": "cell", "criteria": ">", "value": 100}
        for area, look in (
            ("B1:B3", pale),  # pale yellow on white is seen, if badly
            ("A1:A2", pale),
            ("A1:A3", red),
            ("A2:A3", on_blue),
            ("C1:C3", pale),
            ("A4:A9", pale),  # over blank cells
            ("B3:C3 A3", pale),
        ):
            options = {**above, "format": look} | ({"multi_range": area} if " " in area else {})
            sheet.conditional_format(area.partition(" ")[0], options)
    if kind != "as made":
        path = office.converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    found = [set(f.params["area"].split()) for f in open_workbook(path).findings if f.code == "rule-hides"]
    assert found == [{"A1:A2"}, {"B3:C3", "A3"}]


def test_rules_of_an_xlsb_whose_letters_have_the_colour_of_the_cells_themselves() -> None:
    yellow, red = (struct.pack("<BBhI", 5, 0, 0, rgb) for rgb in (0xFF99FFFF, 0xFF0000FF))
    fills = struct.pack("<I", 0) + bytes(64), struct.pack("<I", 1) + yellow + bytes(56)
    looks = [binary.look({5: yellow}), binary.look({5: red})]
    rules = b""
    for number, look in ((0, 0), (0, 1), (1, 0)):  # over B1:B2, again, over B2:B3
        rule = struct.pack("<5I8xH3I", 1, 0, look, number + 1, 5, 0, 3, 0, 0) + b"\xff" * 4
        rules += begin_rules(number) + binary.record(463, rule + binary.parsed(binary.token(0x1E, "H", 100)))
    for style, hiding in ((1, ["B1:B2"]), (0, [])):
        cells = binary.row(1) + binary.cell(5, 2, struct.pack("<d", 1), style)
        data = binary.workbook({"表": binary.sheet(cells, after=rules)}, looks=looks, fills=fills)
        assert [f.params["area"] for f in open_bytes(data).findings if f.code == "rule-hides"] == hiding


def test_rules_whose_look_stands_in_the_sheet_itself_are_told() -> None:
    """As Excel 2010 saves a rule whose condition looks at another sheet."""
    white, red = '<font><color theme="0"/></font>', '<font><color rgb="FFFF0000"/></font>'
    blue = '<fill><patternFill><bgColor rgb="FF1F4E79"/></patternFill></fill>'
    edge = '<border><left><color rgb="FF000000"/></left></border>'
    cases = (
        ("expression", '表二!$A$1="不含食堂"', white + edge, "B8"),
        ("expression", "表二!$A$1>5", white + blue, None),
        ("expression", "表二!$A$1>5", red + edge, None),
        ("cellIs", "1234.5", '<numFmt numFmtId="170" formatCode=";;;"/>', "E8:E9"),
        ("containsErrors", "表二!$A$1", white, None),
        ("expression", "表二!$A$1>5", '<font><color rgb="FF1F4E79"/></font>' + blue, "G8"),
        ("dataBar", "77", "", None),
    )
    rules = "".join(
        f'<x14:conditionalFormatting><x14:cfRule type="{kind}"><xm:f>{formula}</xm:f>'
        f"<x14:dxf>{look}</x14:dxf></x14:cfRule>"
        f"<xm:sqref>{area or f'Z{number}'}</xm:sqref></x14:conditionalFormatting>"
        for number, (kind, formula, look, area) in enumerate(cases, 1)
    )
    names = 'xmlns:x14="http://schemas.microsoft.com/x14" xmlns:xm="http://schemas.microsoft.com/main"'
    extension = f"<extLst><ext {names}><x14:conditionalFormattings>{rules}</x14:conditionalFormattings></ext></extLst>"
    sheet = sheet_xml('<row r="8"><c r="B8"><v>5</v></c></row>').replace("</worksheet>", f"{extension}</worksheet>")
    opened = open_bytes(zipped(workbook_parts({"表": sheet}, styles=styles_xml())))
    assert [f.params["area"] for f in opened.findings if f.code == "rule-hides"] == [area for *_, area in cases if area]
    assert opened.book
    said = [(each.text, each.area) for each in opened.book.beside if each.place == "condition"]
    assert said == [("不含食堂", "B8"), ("1234.5", "E8:E9")]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as made", *FORMATS])
def test_what_conditions_say_is_gathered(kind: str, tmp_path: Path) -> None:
    path, red = tmp_path / "a.xlsx", Font(color="FFFF0000")
    contains = 'NOT(ISERROR(SEARCH("外购",D1)))'
    look = DifferentialStyle(font=red)
    book = openpyxl.Workbook()
    for area, rule in (
        ("A1:A2", FormulaRule(['$B1="不含食堂"'], font=red)),
        ("B1", CellIsRule("greaterThan", ["1200"], font=red)),
        ("C1", CellIsRule("equal", ['"含外协"'], font=red)),
        ("D1", Rule(type="containsText", operator="containsText", text="外购", formula=[contains], dxf=look)),
        ("E1", CellIsRule("between", ["5", "9.5"], font=red)),
        ("F1", CellIsRule("equal", ["$A$1"], font=red)),
    ):
        book.active.conditional_formatting.add(area, rule)
    book.save(path)
    if kind != "as made":
        path = office.converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    read = open_workbook(path).book
    assert read
    said = {(each.text, each.area.partition(":")[0]) for each in read.beside if each.place == "condition"}
    assert said == {
        ("不含食堂", "A1"), ("1200", "B1"), ("含外协", "C1"), ("外购", "D1"), ("5", "E1"), ("9.5", "E1"),
    }  # fmt: skip


def test_the_looks_of_rules_of_an_xls_are_told_apart() -> None:
    """Looks as [MS-XLS] 2.5.98 has them: number format, font, alignment, border, pattern, each where its bit is set."""

    def areas(*corners: tuple[int, int, int, int]) -> tuple[int, bytes]:
        return 0x1B0, bytes(12) + struct.pack("<H", len(corners)) + b"".join(struct.pack("<4H", *c) for c in corners)

    def rule(has: int, *parts: bytes, is_own: int = 0, kind: int = 1) -> tuple[int, bytes]:
        return 0x1B1, struct.pack("<2B2HIH", kind, 5, 3, 0, has, is_own) + b"".join(parts)

    def font(colour: int) -> bytes:
        return bytes(80) + struct.pack("<I", colour) + bytes(34)

    number, letters, alignment, border, pattern = (1 << bit for bit in range(25, 30))
    no_ground = 1 << 18
    solid = 1 << 10
    own = ";;;".encode("utf-16-le")
    code = struct.pack("<2HB", 5 + len(own), 3, 1) + own
    white, red, automatic = font(9), font(10), font(0xFFFFFFFF)
    cases = (
        (rule(letters, white), True),
        (rule(letters, red), False),
        (rule(letters, automatic), False),
        (rule(letters, white, kind=0), False),  # no condition at all
        (rule(letters | alignment | border | pattern, white, bytes(16), struct.pack("<2H", solid, 9 << 7)), True),
        (rule(letters | pattern, red, struct.pack("<2H", solid, 10 << 7 | 9)), True),
        (rule(letters | pattern | no_ground, red, struct.pack("<2H", solid, 9 << 7 | 10)), True),
        (rule(letters | pattern, white, struct.pack("<2H", solid, 10 << 7 | 9)), False),
        (rule(number, code, is_own=1), True),
        (rule(number | letters, struct.pack("<H", 2), red), False),
        (rule(number | letters, struct.pack("<H", 2), white), True),
        ((0x1B1, b"cut off"), False),
    )
    for one, is_hiding in cases:
        looks = list(looks_of([areas((0, 8, 1, 1), (3, 3, 3, 3)), one]))
        found = list(hiding_areas(looks, Palette(tuple[int, ...]), OwnColours()))
        assert found == ["B1:B9 D4"] * is_hiding


def xlsb_with_rules() -> bytes:
    """Return an .xlsb of conditional formats over A1:B5 and below."""
    white, red, blue, none = (
        struct.pack("<BBhI", kind << 1 | 1, 0, 0, rgb)
        for kind, rgb in ((2, 0xFFFFFFFF), (2, 0xFF0000FF), (2, 0xFF794E1F), (0, 0))
    )
    code = struct.pack("<H", 3) + ";;;".encode("utf-16-le")
    looks = (
        {5: white}, {5: red}, {5: white, 0: b"\1", 2: blue}, {0: b"\1", 2: red, 5: red},
        {38: code, 41: struct.pack("<H", 170)}, {5: none},
    )  # fmt: skip
    words = binary.token(0x17, "H", 3) + "含外协".encode("utf-16-le")
    limit = binary.token(0x1E, "H", 1200)
    cell = binary.token(0x4C, "IH", 0, 0xFFFF)  # one to the left
    equal = cell + words + binary.token(0x0B)
    rules = (
        # type, template, look, operator, text, formulas; its area is a row of its own
        (1, 0, 0, 5, "", limit), (2, 1, 1, 0, "", equal), (2, 1, 2, 0, "", equal), (2, 1, 3, 0, "", limit),
        (1, 0, 4, 3, "", words), (2, 11, 0, 0, "", equal[:-1]), (1, 0, 5, 1, "", limit, limit),
        (2, 8, 1, 0, "外购", equal), (1, 0, 9, 5, "", limit),
    )  # fmt: skip
    records = b""
    for number, (kind, template, look, operator, text, *formulas) in enumerate(rules):
        sizes = [len(each) for each in formulas] + [0] * (3 - len(formulas))
        head = struct.pack("<5I8xH3I", kind, template, look, number + 1, operator, 0, *sizes)
        said = binary.wide(text) if text else b"\xff" * 4
        rule = binary.record(463, head + said + b"".join(map(binary.parsed, formulas))) + binary.record(464)
        records += begin_rules(number) + rule + binary.record(462)
    bar = binary.record(463, struct.pack("<5I8xH3I", 4, 3, 2**32 - 1, 20, 0, 0, 0, 0, 0) + b"\xff" * 4)
    for number, shows in ((20, b"\x0a\x5a\0"), (21, b"\x0a\x5a\1")):
        records += begin_rules(number) + bar + binary.record(467, shows) + binary.record(468)
        records += binary.record(464) + binary.record(462)
    for number, flags in ((22, 2), (23, 4)):
        records += begin_rules(number) + bar + binary.record(465, struct.pack("<IH", 0, flags)) + binary.record(466)
        records += binary.record(464) + binary.record(462)
    sheet = binary.sheet(binary.row(1) + binary.cell(5, 1, struct.pack("<d", 1)), after=records)
    return binary.workbook({"表": sheet}, looks=[binary.look(each) for each in looks])


def begin_rules(number: int) -> bytes:
    return binary.record(461, struct.pack("<3I4I", 1, 0, 1, number, number + 1, 1, 1))


def test_conditional_formats_of_an_xlsb_are_told() -> None:
    opened = open_bytes(xlsb_with_rules())
    hiding = ["B1:B2", "B4:B5", "B5:B6", "B21:B22", "B23:B24"]
    assert [f.params["area"] for f in opened.findings if f.code == "rule-hides"] == hiding
    assert opened.book
    said = [(each.text, each.area) for each in opened.book.beside if each.place == "condition"]
    assert said == [("1200", "B1:B2"), ("含外协", "B2:B3"), ("外购", "B8:B9")]


def test_rules_of_an_xlsb_that_are_cut_off_take_nothing_away() -> None:
    whole = xlsb_with_rules()
    for kind, data in ((461, bytes(9)), (463, bytes(41)), (463, bytes(46)), (465, b""), (467, b"")):
        sheet = binary.sheet(binary.row(1) + binary.cell(5, 1, struct.pack("<d", 1)), after=binary.record(kind, data))
        opened = open_bytes(binary.workbook({"表": sheet}, looks=[b"", b"\1" * 9]))
        assert [f.code for f in opened.findings] == []
        assert opened.book
    assert whole


@pytest.mark.libreoffice
def test_conditional_formats_of_an_xlsb_are_those_that_libreoffice_reads(tmp_path: Path) -> None:
    """It takes a colour that the program chooses for white, and reads neither bars nor icons."""
    (tmp_path / "a.xlsb").write_bytes(xlsb_with_rules())
    (saved,) = office.converted([tmp_path / "a.xlsb"], "xlsx", tmp_path / "out", tmp_path / "profile").values()
    told = []
    for path in (tmp_path / "a.xlsb", saved):
        opened = open_workbook(path)
        assert opened.book
        hiding = {f.params["area"] for f in opened.findings if f.code == "rule-hides"}
        told.append(
            (
                hiding - {"B7:B8", "B21:B22", "B23:B24"},
                {(each.text, each.area) for each in opened.book.beside if each.place == "condition"},
            )
        )
    assert told[0] == told[1]


def test_a_workbook_that_lost_its_styles_is_refused() -> None:
    """Else the 5% of a cell would be read as 0.05."""
    parts = workbook_parts({"表": sheet_xml('<row><c s="1"><v>0.05</v></c></row>')}, styles=styles_xml("0%"))
    book = open_bytes(zipped(parts)).book
    assert book
    assert [cells[1].format for _, cells in book.sheets[0].rows()] == [PERCENT]
    del parts["xl/styles.xml"]
    opened = open_bytes(zipped(parts))
    assert opened.book is None
    assert [f.code for f in opened.findings] == ["file-damaged"]
