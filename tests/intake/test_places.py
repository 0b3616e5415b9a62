"""Every place of a workbook where somebody may have written a word: told, or known to hold none of the company's own.

The filled example is edited in its own XML, since no library writes most of these parts.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from example_workbooks import fill
from tests.intake import biff, binary
from tests.intake.parts import zipped
from tests.mutation.carriers import FORMATS
from tests.office import converted
from workbook_engine.intake.biff import linked_workbooks, stored_sheets
from workbook_engine.intake.drawings import is_of_program
from workbook_engine.intake.legacy import _streams
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.pipeline import bind, examine, factor_library, process, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.findings import Finding

    Parts = dict[str, str | bytes]

FILLED = fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file
SHEET, RELATIONS = "xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet4.xml.rels"  # 原材料获取
TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OUTSIDE = 'TargetMode="External"'
WORDS = "电量不含宿舍"


def related(*relations: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{kind if ":" in kind else f"{TYPES}/{kind}"}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations, 1)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{lines}</Relationships>'
    )


def drawing(content: str, *relations: tuple[str, str], **parts: str) -> Parts:
    """Return the parts of a drawing; `parts` are those it refers to, `chart1` for xl/charts/chart1.xml."""
    whole = f'<xdr:wsDr xmlns:xdr="x" xmlns:a="a" xmlns:r="{TYPES}">{content}</xdr:wsDr>'
    return {
        RELATIONS: related(("drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": whole,
        "xl/drawings/_rels/drawing1.xml.rels": related(*relations),
        **{f"xl/charts/{name}.xml": part for name, part in parts.items()},
    }


def shape(text: str, about: str = "") -> str:
    body = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>"
    return f'<xdr:sp><xdr:cNvPr id="2" name="t" {about}/>{body}</xdr:sp>'


def rich(text: str) -> str:
    title = f"<c:rich><a:p><a:r><a:t>{text[:2]}</a:t></a:r><a:r><a:t>{text[2:]}</a:t></a:r></a:p></c:rich>"
    cached = "<c:ser><c:tx><c:strRef><c:v>柴油</c:v></c:strRef></c:tx></c:ser>"  # stands in a cell
    cached += "<c:val><c:numRef><c:pt><c:v>7</c:v></c:pt></c:numRef></c:val>"
    return f'<c:chartSpace xmlns:c="c" xmlns:a="a"><c:title><c:tx>{title}</c:tx></c:title>{cached}</c:chartSpace>'


def series(content: str) -> Parts:
    """Return the parts of a drawing whose chart has a series."""
    chart = f'<c:chartSpace xmlns:c="c"><c:ser>{content}</c:ser></c:chartSpace>'
    return drawing("", ("chart", "../charts/chart1.xml"), chart1=chart)


def link_to(target: str, cell: str = "C9") -> Parts:
    """Return the parts of a sheet with a link at a cell of 原材料获取."""
    link = f'<hyperlinks><hyperlink ref="{cell}" r:id="rId1" xmlns:r="{TYPES}"/></hyperlinks>'
    relations = related(("hyperlink", target)).replace("/></", ' TargetMode="External"/></')
    return {**in_sheet("<printOptions", link), RELATIONS: relations}


def part_of_sheet(kind: str, name: str, content: str | bytes) -> Parts:
    return {RELATIONS: related((kind, f"../{name}")), f"xl/{name}": content}


def in_sheet(before: str, element: str) -> Parts:
    return {SHEET: f"{before}|{element}"}


def vml(kind: str, text: str) -> str:
    box = f"<v:textbox><div><font>{text}</font></div></v:textbox>"
    return f'<xml xmlns:v="v" xmlns:x="x"><v:shape>{box}<x:ClientData ObjectType="{kind}"/></v:shape></xml>'


THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
SAID = (
    f'<ThreadedComments xmlns="t"><threadedComment ref="C9"><text>{WORDS}</text></threadedComment></ThreadedComments>'
)
ON_CHART = f'<c:userShapes xmlns:c="c" xmlns:a="a" xmlns:xdr="d">{shape(WORDS)}</c:userShapes>'
POINT = f'<d:dataModel xmlns:d="d" xmlns:a="a"><d:pt><d:t><a:p><a:t>{WORDS}</a:t></a:p></d:t></d:pt></d:dataModel>'
GROUPED = f"<xdr:grpSp><xdr:grpSp>{shape(WORDS)}</xdr:grpSp></xdr:grpSp>"
SCENARIO = f'<scenarios><scenario name="{WORDS}"><inputCells r="C9" val="5"/></scenario></scenarios>'
FILTER = f'<autoFilter><filterColumn colId="1"><filters><filter val="{WORDS}"/></filters></filterColumn></autoFilter>'
RULE = f'<cfRule type="containsText" priority="1" text="{WORDS}"/>'
LIMIT = '<cfRule type="cellIs" operator="greaterThan" priority="1"><formula>1234.5</formula></cfRule>'
PICTURE = '<xdr:pic><xdr:cNvPr id="2" name="Picture 1" {}/></xdr:pic>'
CELL_IMAGES = {"xl/cellimages.xml": "<a/>", "xl/_rels/cellimages.xml.rels": related(("image", "media/image1.png"))}

TOLD: dict[str, tuple[Parts, str, str]] = {
    "text box": (drawing(shape(WORDS)), "comment-not-read", WORDS),
    "box in a group of a group": (drawing(GROUPED), "comment-not-read", WORDS),
    "dialogue": (part_of_sheet(THREADED, "threadedComments/t1.xml", SAID), "comment-not-read", WORDS),
    "title of a chart": (drawing("", ("chart", "../charts/chart1.xml"), chart1=rich(WORDS)), "beside-not-read", WORDS),
    "box on a chart": (
        drawing("", ("chart", "../charts/chart1.xml"), chart1="<c/>", boxes=ON_CHART)
        | {"xl/charts/_rels/chart1.xml.rels": related(("chartUserShapes", "boxes.xml"))},
        "beside-not-read", WORDS,
    ),
    "name of a series": (series(f"<c:tx><c:v>{WORDS}</c:v></c:tx>"), "beside-not-read", WORDS),
    "numbers of a series": (
        series("<c:val><c:numLit><c:pt><c:v>1200</c:v></c:pt><c:pt><c:v>1350</c:v></c:pt></c:numLit></c:val>"),
        "beside-not-read", "1200, 1350",
    ),
    "target of a link": (link_to("http://a.cn/%E7%94%B5.pdf"), "beside-not-read", "C9: http://a.cn/电.pdf"),
    "SmartArt": (drawing("", ("diagramData", "../charts/data1.xml"), data1=POINT), "beside-not-read", WORDS),
    "description of a picture": (drawing(PICTURE.format(f'descr="{WORDS}"')), "beside-not-read", WORDS),
    "caption of a control": (
        part_of_sheet("vmlDrawing", "drawings/v1.vml", vml("Checkbox", WORDS)), "beside-not-read", WORDS,
    ),
    "tip of a hyperlink": (
        in_sheet("<printOptions", f'<hyperlinks><hyperlink ref="C9" location="A1" tooltip="{WORDS}"/></hyperlinks>'),
        "beside-not-read", WORDS,
    ),
    "scenario": (
        in_sheet("<printOptions", SCENARIO),
        "beside-not-read", WORDS,
    ),
    "picture": (
        drawing(PICTURE.format(""), ("image", "../media/image1.png")) | {"xl/media/image1.png": b"png"},
        "picture-not-read", "原材料获取",
    ),
    "embedded document": (part_of_sheet("package", "embeddings/a.docx", b"PK"), "picture-not-read", "原材料获取"),
    "picture in a cell (WPS)": (CELL_IMAGES, "picture-not-read", "单元格中"),
    "picture behind the cells": (part_of_sheet("image", "media/i.png", b"png"), "picture-not-read", "原材料获取"),
    "picture at the head of pages": (
        part_of_sheet("vmlDrawing", "drawings/v1.vml", "<xml/>")
        | {"xl/drawings/_rels/v1.vml.rels": related(("image", "../media/i.png")), "xl/media/i.png": b"png"},
        "picture-not-read", "原材料获取",
    ),
    "about a table": (
        part_of_sheet("table", "tables/t1.xml", f'<table comment="{WORDS}"><x:table xmlns:x="x" altText=""/></table>'),
        "beside-not-read", WORDS,
    ),
    "name of a protected range": (
        in_sheet("<printOptions", f'<protectedRanges><protectedRange name="{WORDS}" sqref="C9"/></protectedRanges>'),
        "beside-not-read", WORDS,
    ),
    "caption of an ActiveX control": (
        part_of_sheet("control", "activeX/a1.xml", f'<o xmlns:x="x"><x:ocxPr x:name="Caption" x:value="{WORDS}"/></o>'),
        "beside-not-read", WORDS,
    ),
}  # fmt: skip
TOLD |= {
    "name of a table": (
        part_of_sheet("table", "tables/t1.xml", f'<table displayName="{WORDS}"/>'), "beside-not-read", WORDS,
    ),
    "label of a table": (
        part_of_sheet("table", "tables/t1.xml", f'<table><tableColumn totalsRowLabel="{WORDS}"/></table>'),
        "beside-not-read", WORDS,
    ),
    "word of a conditional format": (
        in_sheet("<dataValidations", f'<conditionalFormatting sqref="C9">{RULE}</conditionalFormatting>'),
        "beside-not-read", WORDS,
    ),
    "number of a conditional format": (
        in_sheet("<dataValidations", f'<conditionalFormatting sqref="C9">{LIMIT}</conditionalFormatting>'),
        "beside-not-read", "1234.5",
    ),
}  # fmt: skip
NOTHING: dict[str, Parts] = {
    # what a program writes, or what stands in a cell or in the template too
    "picture that a program described": drawing(PICTURE.format('descr="图片包含 文字&#10;描述已自动生成"')),
    "link to the address that its cell shows": link_to("http://电力/", "D8"),
    "comment, once more in VML": part_of_sheet("vmlDrawing", "drawings/v1.vml", vml("Note", WORDS)),
    "VML that is not XML": part_of_sheet("vmlDrawing", "drawings/v1.vml", "<xml><v:shape><br></v:shape>"),
    "chart that is not XML": drawing("", ("chart", "../charts/chart1.xml"), chart1="<c><t></c>"),
    "table that is not XML": part_of_sheet("table", "tables/t1.xml", "<table><a>"),
    "theme that is not XML": {"xl/theme/theme1.xml": "<theme><clrScheme>"},
    "words of a filter": in_sheet(
        "<printOptions",
        FILTER,
    ),
    "name of a table by a program": part_of_sheet("table", "tables/t1.xml", '<table displayName="表1_2" ref="B8:C9"/>'),
    "heading of a table that a cell shows": part_of_sheet(
        "table", "tables/t1.xml", '<table displayName="Table1"><tableColumn name="原材料或零部件"/></table>'
    ),
    "XML of a program": {"customXml/item1.xml": f"<a>{WORDS}</a>"},
}


def edited(parts: Parts) -> bytes:
    """Return the example with further parts; a sheet's is put before the element that it names."""
    buffer = io.BytesIO()
    left = {"xl/drawings/drawing1.xml"} if RELATIONS in parts else set()  # an empty one, that these led to
    with zipfile.ZipFile(FILLED) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            if name in left:
                continue
            data = before.read(name).decode() if name == SHEET else before.read(name)
            if isinstance(data, str) and name in parts:
                mark, _, element = str(parts[name]).partition("|")
                assert mark in data
                data = data.replace(mark, element + mark, 1)
            if name == SHEET or name not in parts:
                after.writestr(name, data)
        for name, content in parts.items():
            if name != SHEET:
                after.writestr(name, content)
    return buffer.getvalue()


def new(data: bytes) -> list[Finding]:
    """Return what is told of an edited example and not of the example."""
    known = {(f.code, f.where) for f in read_workbook(FILLED).findings}
    return [f for f in bind(open_bytes(data)).findings if (f.code, f.where) not in known]


@pytest.mark.parametrize("place", TOLD)
def test_what_is_written_there_is_told(place: str) -> None:
    parts, code, words = TOLD[place]
    (found,) = new(edited(parts))
    assert found.code == code
    assert words in found.message("zh")
    assert place == "picture in a cell (WPS)" or (found.where and found.where.sheet == "原材料获取")


@pytest.mark.parametrize("place", NOTHING)
def test_nothing_is_said_of_what_no_company_writes(place: str) -> None:
    assert new(edited(NOTHING[place])) == []


@pytest.mark.parametrize(
    "content",
    [
        't="str"><f>DISPIMG("ID_A16C",1)</f><v>=DISPIMG("ID_A16C",1)</v>',  # WPS
        't="e"><f>_xlfn.DISPIMG("ID_A16C",1)</f><v>#NAME?</v>',  # Excel, which does not know the function
        't="e" vm="1"><v>#VALUE!</v>',  # Excel's own
    ],
)
def test_a_picture_that_fills_a_cell_is_told_with_its_cell(content: str) -> None:
    """And what stands in the cell for it is no amount that could be mended."""
    with zipfile.ZipFile(FILLED) as package:
        sheet = package.read(SHEET).decode()
    cell = re.search(r'<c r="E8"( s="[0-9]+")[^>]*><v>[^<]*</v></c>', sheet)
    assert cell
    data = edited(CELL_IMAGES | {"xl/media/image1.png": b"png"})
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(buffer, "w") as after:
        for name in before.namelist():
            changed = sheet.replace(cell[0], f'<c r="E8"{cell[1]} {content}</c>').encode()
            after.writestr(name, changed if name == SHEET else before.read(name))
    (found,) = new(buffer.getvalue())
    assert (found.code, str(found.where), found.params["count"]) == ("picture-not-read", "原材料获取!E8", 1)
    done, _ = examine("a.xlsx", open_bytes(buffer.getvalue()), factor_library())
    assert "amount-missing" in {f.code for f in done.findings if str(f.where) == "原材料获取!E8"}


def test_a_dialogue_is_told_once_where_excel_repeats_it_as_a_comment() -> None:
    said = f'<comment ref="C9" authorId="0"><text><t>{WORDS}</t></text></comment>'
    parts: Parts = {
        RELATIONS: related((THREADED, "../t1.xml"), ("comments", "../comments1.xml")),
        "xl/t1.xml": SAID,
        "xl/comments1.xml": f"<comments><authors><author>tc=1</author></authors>{said}</comments>",
    }
    (found,) = new(edited(parts))
    assert (str(found.where), found.params["count"]) == ("原材料获取!C9", 1)


def _with(part: str, before: str, element: str) -> Parts:
    """Return a part of the example with an element more."""
    with zipfile.ZipFile(FILLED) as package:
        whole = package.read(part).decode()
    assert before in whole
    return {part: whole.replace(before, element + before, 1)}


VIEW = '<customWorkbookViews><customWorkbookView name="{}"/></customWorkbookViews>'
CONNECTION = f'<Relationship Id="rId99" Type="{TYPES}/connections" Target="connections.xml"/>'


@pytest.mark.parametrize(
    "parts",
    [
        _with("xl/workbook.xml", "</workbook>", VIEW.format(WORDS)),
        _with("docProps/core.xml", "</cp:coreProperties>", f"<cp:contentStatus>{WORDS}</cp:contentStatus>"),
        _with("docProps/app.xml", "</Properties>", f"<HyperlinkBase>{WORDS}</HyperlinkBase>"),
        _with("xl/_rels/workbook.xml.rels", "</Relationships>", CONNECTION)
        | {"xl/connections.xml": f'<connections><connection description="{WORDS}"/></connections>'},
    ],
    ids=["custom view", "status", "base of links", "connection"],
)
def test_what_is_written_about_the_workbook_is_told(parts: Parts) -> None:
    (found,) = (f for f in new(edited(parts)) if f.code != "parts-not-read")
    assert (found.code, found.where, found.params["typed"]) == ("beside-not-read", None, WORDS)


def test_a_remark_in_a_formula_is_told_with_its_cell() -> None:
    formula = f'5+N("{WORDS}")+N("")+XN("x")'.replace('"', "&quot;")
    row = f'<row r="300"><c r="AZ300"><f>{formula}</f><v>5</v></c></row>'
    found = new(edited(in_sheet("</sheetData>", row)))
    told = [(str(f.where), f.params["typed"]) for f in found if f.code == "beside-not-read"]
    assert told == [("原材料获取!AZ300", f"AZ300: {WORDS}")]


def test_views_that_excel_makes_for_everybody_say_nothing() -> None:
    assert new(edited(_with("xl/workbook.xml", "</workbook>", VIEW.format("王工 - 个人视图")))) == []


@pytest.mark.parametrize(
    ("pattern", "changed", "code"),
    [
        (r'<row r="8" ht="[^"]*"', '<row r="8" ht="0"', "hidden-rows-read"),
        (r'<col width="[^"]*"([^>]*min="5" max="5")', r'<col width="0"\1', "hidden-columns-read"),
    ],
)
def test_a_row_or_column_of_no_size_is_a_hidden_one(pattern: str, changed: str, code: str) -> None:
    book = openpyxl.load_workbook(FILLED)
    book["原材料获取"].row_dimensions[8].height = 49
    book["原材料获取"].column_dimensions["E"].width = 13
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet, count = re.subn(pattern, changed, parts[SHEET].decode())
    assert count == 1
    found = bind(open_bytes(zipped({**parts, SHEET: sheet}))).findings
    assert [f.where.sheet for f in found if f.code == code and f.where] == ["原材料获取"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["as made", "xlsx", "ods"])
def test_the_name_of_a_table_is_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for title, name in (("表 一", "电量不含宿舍"), ("表二", "Table1")):
            sheet = book.add_worksheet(title)
            sheet.add_table("B2:B4", {"name": name, "data": [[1], [2]], "columns": [{"header": "量"}]})
            sheet.write_column("E1", ["x", 1, 2])
        sheet.autofilter("E1:E3")
    if kind != "as made":
        path = converted([path], kind, tmp_path / "out", tmp_path / "profile")[path]
    read = open_workbook(path).book
    assert read
    labels = {(each.text, each.sheet) for each in read.beside if each.place == "label" and each.text != "量"}
    assert labels == {("电量不含宿舍", "表 一")}


@pytest.mark.parametrize(
    ("tab", "is_told"),
    [
        ("产品生产（不含二车间）", True), ("产品生产 外协除外", True), ("3.产品生产", False), ("产品生产 (2)", False),
        ("产品生产-副本", False), ("产品生产_修改版2", False), ("Production (2)", False),
        ("Production without plant 2", True),
    ],
)  # fmt: skip
def test_what_a_tab_says_beside_its_title_is_told(tab: str, is_told: bool) -> None:  # noqa: FBT001 - an answer
    with zipfile.ZipFile(FILLED) as package:
        listing = package.read("xl/workbook.xml").decode()
    encoded = "".join(f"&#{ord(character)};" for character in "产品生产")
    assert f'"{encoded}"' in listing or '"产品生产"' in listing
    renamed = listing.replace(f'name="{encoded}"', f'name="{tab}"').replace('name="产品生产"', f'name="{tab}"')
    found = [f for f in bind(open_bytes(edited({"xl/workbook.xml": renamed}))).findings if f.code == "beside-not-read"]
    assert [(f.where.sheet if f.where else "", f.params["typed"]) for f in found] == [(tab, tab)] * is_told


@pytest.mark.parametrize(
    "name", ["图片 1", "Picture 12", "IMG_2025.JPG", "复选框 3", "wps_doc_0", "image1.png", "0f3a9c4e11d2"]
)
def test_names_that_programs_give_say_nothing(name: str) -> None:
    assert is_of_program(name)
    assert not is_of_program(f"{name} 为三月份电费单，电量 1200 度")


# --- in other formats -------------------------------------------------------------------------------------------------


def picture() -> bytes:
    """Return a small grey PNG."""
    chunks = (
        (b"IHDR", struct.pack(">2I5B", 8, 8, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(b"\0" + bytes(range(row, row + 8)) for row in range(8)))),
        (b"IEND", b""),
    )
    pieces = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(pieces)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "bill.png").write_bytes(picture())
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("表")
        sheet.write_column("A1", [5, 6, 7])
        sheet.insert_image("C3", str(folder / "bill.png"), {"description": "三月份电费单"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$A$1:$A$3"})
        chart.set_title({"name": "2024年用电"})
        chart.set_x_axis({"name": "不含二车间"})
        sheet.insert_chart("F3", chart)
        sheet.insert_textbox("J5", "另有柴油", {"description": "框的说明"})
        sheet.insert_button("C20", {"caption": "提交给总部"})
        sheet.write_url("B1", "http://a.cn/用电 1200.pdf", string="电费单")
        sheet.write_url("B2", "internal:表!A1", string="去表")
        sheet.write_url("B3", r"external:D:\数据\柴油500.xlsx", string="台账")
    _add_scenario(folder / "a.xlsx")
    return folder


def _add_scenario(path: Path) -> None:
    """Put a scenario into the only sheet of a workbook, which XlsxWriter cannot."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    scenario = '<scenario name="高产" comment="夜班另计"><inputCells r="A1" val="9"/></scenario>'
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    assert "<hyperlinks>" in sheet
    whole = sheet.replace("<hyperlinks>", f"<scenarios>{scenario}</scenarios><hyperlinks>")
    path.write_bytes(zipped({**parts, "xl/worksheets/sheet1.xml": whole}))


TEXTS = sorted(["2024年用电", "三月份电费单", "不含二车间", "框的说明", "提交给总部"])


def test_what_is_drawn_is_read_once(drawn: Path) -> None:
    assert _beside(drawn / "a.xlsx") == {"drawing": TEXTS, "picture": ["image1.png"]}


@pytest.mark.libreoffice
def test_what_is_drawn_in_an_ods_is_read(drawn: Path) -> None:
    (saved,) = converted([drawn / "a.xlsx"], "ods", drawn, drawn / "profile").values()
    found = _beside(saved)
    assert (found["drawing"], len(found["picture"])) == (TEXTS, 1)
    (box,) = (f for f in open_workbook(saved).findings if f.code == "comment-not-read")
    assert (box.params["count"], box.params["typed"]) == (1, "另有柴油")


@pytest.mark.libreoffice
def test_a_picture_of_an_xls_is_told(drawn: Path) -> None:
    (saved,) = converted([drawn / "a.xlsx"], "xls", drawn, drawn / "profile").values()
    assert len(_beside(saved)["picture"]) == 1


@pytest.mark.libreoffice
def test_the_description_of_a_picture_of_an_xls_is_told(drawn: Path) -> None:
    """LibreOffice writes names alone, and reads descriptions: a name is made one; what LibreOffice shows proves it."""
    folder = drawn / "described"
    (saved,) = converted([drawn / "a.xlsx"], "xls", folder, drawn / "profile").values()
    assert "电费单：500度数" not in _beside(saved)["drawing"]
    name, said = (text.encode("utf-16-le") for text in ("Picture 1", "电费单：500度数"))
    data = saved.read_bytes()
    place = data.index(name)
    number = data.rindex(struct.pack("<HI", 0xC380, len(name) + 2), 0, place)  # of the property: what a shape is called
    parts = data[:number], struct.pack("<H", 0xC381), data[number + 2 : place], said, data[place + len(name) :]
    described = folder / "b.xls"
    described.write_bytes(b"".join(parts))
    assert "电费单：500度数" in _beside(described)["drawing"]
    (shown,) = converted([described], "ods", folder, drawn / "profile").values()
    assert "电费单：500度数" in _beside(shown)["drawing"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", FORMATS)
def test_charts_links_and_scenarios_are_told_in_every_format(drawn: Path, kind: str) -> None:
    folder = drawn / f"links-{kind}"
    (saved,) = converted([drawn / "a.xlsx"], kind, folder, drawn / "profile").values()
    book = open_workbook(saved).book
    assert book
    charts = {each.text for each in book.beside if each.place == "drawing"}
    assert {"2024年用电", "不含二车间"} <= charts
    links = [(each.text, each.area) for each in book.beside if each.place == "target"]
    assert [area for _, area in links] == ["B1", "B3"]
    assert links[0][0] == "http://a.cn/用电 1200.pdf"
    assert links[1][0].replace("\\", "/").endswith("D:/数据/柴油500.xlsx")
    (scenario,) = (each.text for each in book.beside if each.place == "scenario")
    assert scenario == ("夜班另计" if kind == "ods" else "高产: 夜班另计")  # there the name is that of a sheet


def _beside(path: Path) -> dict[str, list[str]]:
    book = open_workbook(path).book
    assert book
    assert {each.sheet for each in book.beside} <= {"表", "高产"}
    return {place: sorted(e.text for e in book.beside if e.place == place) for place in ("drawing", "picture")}


def test_the_tip_of_a_hyperlink_is_told_in_binary_formats() -> None:
    tip = struct.pack("<5H", 0x800, 8, 8, 2, 2) + f"{WORDS}\0".encode("utf-16-le")
    sheet = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5), biff.record(0x800, tip))
    (stored,) = stored_sheets(_streams(biff.workbook({"表": sheet}))("Workbook"))
    link = struct.pack("<4I", 8, 8, 2, 2) + b"".join(map(binary.wide, ("", "A1", WORDS, "链接")))
    data = binary.workbook(
        {"表": binary.sheet(binary.row(1), binary.cell(5, 1, struct.pack("<d", 5))) + binary.record(494, link)}
    )
    book = open_bytes(data).book
    assert book
    for beside in (stored.beside, book.beside):
        assert [tuple(each) for each in beside] == [("link", WORDS, "表", "C9")]


def test_scenarios_and_links_of_an_xlsb_are_told() -> None:
    scenario = struct.pack("<HII", 1, 0, 0) + b"".join(map(binary.wide, ("高产", WORDS, "王工")))
    link = struct.pack("<4I", 8, 8, 2, 2) + b"".join(map(binary.wide, ("rId7", "", "", "")))
    cells = binary.sheet(binary.row(1), binary.cell(5, 1, struct.pack("<d", 5)))
    whole = cells + binary.record(502, scenario) + binary.record(494, link)
    relation = f'<R><Relationship Id="rId7" Type="{TYPES}/hyperlink" Target="http://a.cn/%E7%94%B5" {OUTSIDE}/></R>'
    more = {"xl/worksheets/_rels/sheet1.bin.rels": relation}
    book = open_bytes(binary.workbook({"表": whole}, more=more)).book
    assert book
    assert [tuple(each) for each in book.beside] == [
        ("scenario", f"高产: {WORDS}", "表", ""), ("target", "http://a.cn/电", "表", "C9"),
    ]  # fmt: skip
    for length in range(len(scenario)):  # one that is cut off takes nothing away
        assert open_bytes(binary.workbook({"表": cells + binary.record(502, scenario[:length])})).book


def test_another_workbook_that_formulas_refer_to_is_told() -> None:
    part = "xl/externalLinks/externalLink1.xml"
    target = f'<R><Relationship Id="rId1" Type="{TYPES}/externalLinkPath" Target="2023%E5%8F%B0.xlsx" {OUTSIDE}/></R>'
    with zipfile.ZipFile(FILLED) as package:
        relations = package.read("xl/_rels/workbook.xml.rels").decode()
    more = f'<Relationship Id="rId99" Type="{TYPES}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    changed = relations.replace("</Relationships>", f"{more}</Relationships>")
    assert changed != relations
    parts: Parts = {
        part: "<externalLink/>", "xl/externalLinks/_rels/externalLink1.xml.rels": target,
        "xl/_rels/workbook.xml.rels": changed,
    }  # fmt: skip
    (found,) = new(edited(parts))
    assert (found.code, found.params["typed"]) == ("beside-not-read", "2023台.xlsx")


def test_another_workbook_of_an_xls_is_told() -> None:
    path = "\1\1D数据\x032023台账.xlsx"
    linked = struct.pack("<2HB", 1, len(path), 1) + path.encode("utf-16-le")
    own, add_in = struct.pack("<2H", 3, 0x401), struct.pack("<2H", 1, 0x3A01)
    stream = biff.substream(5, *(biff.record(0x1AE, content) for content in (own, add_in, linked, linked[:4])))
    assert list(linked_workbooks(stream)) == ["D:/数据/2023台账.xlsx"]


def test_texts_of_a_chart_in_an_xls_are_those_that_were_typed() -> None:
    def text(said: str, source: int) -> bytes:
        name = struct.pack("<HBB", 0, len(said), 1) + said.encode("utf-16-le")
        return biff.record(0x1051, struct.pack("<2B3H", 0, source, 0, 0, 0)) + biff.record(0x100D, name)

    chart = biff.substream(biff.CHART, text("标题", 1), text("取自单元格", 2), text("系列", 1), biff.box("框里的话"))
    sheet = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5), chart, biff.number(2, 1, 6))
    (stored,) = stored_sheets(_streams(biff.workbook({"表": sheet}))("Workbook"))
    assert [each.text for each in stored.beside] == ["标题", "系列", "框里的话"]
    assert (stored.cells, stored.boxes) == (2, [])


def test_texts_of_a_chart_of_excel_95_are_told() -> None:
    said = "用电量".encode("gbk")
    records = biff.record(0x1051, bytes([0, 1, 0, 0, 0, 0])) + biff.record(0x100D, b"\0\0" + bytes([len(said)]) + said)
    sheet = biff.old_substream(biff.WORKSHEET, biff.old_substream(biff.CHART, records))
    (stored,) = stored_sheets(_streams(biff.old_workbook({"表": sheet}))("Book"))
    assert [each.text for each in stored.beside] == ["用电量"]


def test_charts_and_logos_of_a_results_workbook_are_our_own(tmp_path: Path) -> None:
    (results,) = process(FILLED, tmp_path).results
    assert [f for f in process(results).findings if f.code in ("beside-not-read", "picture-not-read")] == []
