"""Pictures, charts and shapes of returned workbooks and layouts: what a copy keeps, and that what it loses is told."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image

from tests.books import line, returned
from tests.studies import write_book_results
from workbook_engine import drawings
from workbook_engine.correction import write_correction
from workbook_engine.house import fill_layout
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLACE = {"result_total": "$H$2", "result_unit": "$H$3"}


def picture(kind: str, colour: str = "red") -> io.BytesIO:
    """Return a picture's bytes; an .emf has no more than its header (MS-EMF 2.3.4.2) and end."""
    if kind == "emf":
        head = struct.pack("<2I8I4sI2I2H3I4i", 1, 108, 0, 0, 100, 100, 0, 0, 2540, 2540, b" EMF", 0x10000, 128, 2, 1, 0,
                           0, 0, 0, 1024, 768, 320, 240)  # fmt: skip
        return io.BytesIO(head.ljust(108, b"\0") + struct.pack("<5I", 14, 20, 0, 16, 20))
    data = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(data, format=kind)
    return io.BytesIO(data.getvalue())


def _png(sheet: xlsxwriter.worksheet.Worksheet, **options: str) -> None:
    sheet.insert_image("B2", "logo.png", {"image_data": picture("png"), **options})


def _chart(sheet: xlsxwriter.worksheet.Worksheet, book: xlsxwriter.Workbook) -> None:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=报告!$H$2:$H$3"})
    sheet.insert_chart("B12", chart)


def _made(path: Path, draw: Callable[[xlsxwriter.worksheet.Worksheet, xlsxwriter.Workbook], object]) -> Path:
    """Make a layout with two placeholders; `draw` puts onto its first sheet what is tried."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("报告")
    book.add_worksheet("附录").insert_image("A1", "b.png", {"image_data": picture("png", "blue")})
    for name, place in PLACE.items():
        book.define_name(name, f"=报告!{place}")
    draw(sheet, book)
    book.close()
    return path


def _changed(path: Path, part: str, old: bytes, new: bytes, added: dict[str, bytes] | None = None) -> None:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in (parts | (added or {})).items():
            package.writestr(name, data)


def _grouped(path: Path) -> None:
    """Put the two pictures of a sheet into one group, as Excel writes it."""
    part = "xl/drawings/drawing1.xml"
    with zipfile.ZipFile(path) as package:
        data = package.read(part)
    anchors = data.split(b"<xdr:twoCellAnchor")[1:]
    pictures = b"".join(a[a.index(b"<xdr:pic>") : a.index(b"</xdr:pic>") + 10] for a in anchors)
    group = (
        b'<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="9" name="Group"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr/>'
        + pictures
        + b"</xdr:grpSp>"
    )
    first = b"<xdr:twoCellAnchor" + anchors[0]
    one = first[: first.index(b"<xdr:pic>")] + group + b"<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    _changed(path, part, data[data.index(b"<xdr:twoCellAnchor") :], one)


def _svg(path: Path) -> None:
    """Give a picture its vector original, as Excel writes it: the PNG is what is shown where that is not known."""
    part, rels = "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"
    extension = (
        b'<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.'
        b'com/office/drawing/2016/SVG/main" r:embed="rId9"/></a:ext></a:extLst></a:blip>'
    )
    _changed(path, part, b'r:embed="rId1"/>', b'r:embed="rId1">' + extension)
    image = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    more = b'<Relationship Id="rId9" Type="%s" Target="../media/image9.svg"/></Relationships>' % image
    _changed(path, rels, b"</Relationships>", more, {"xl/media/image9.svg": b"<svg/>"})


KINDS = {
    "png": lambda sheet, _: _png(sheet),
    "jpeg": lambda sheet, _: sheet.insert_image("B2", "a.jpg", {"image_data": picture("jpeg")}),
    "gif": lambda sheet, _: sheet.insert_image("B2", "a.gif", {"image_data": picture("gif")}),
    "bmp": lambda sheet, _: sheet.insert_image("B2", "a.bmp", {"image_data": picture("bmp")}),
    "emf": lambda sheet, _: sheet.insert_image("B2", "a.emf", {"image_data": picture("emf")}),
    "svg": lambda sheet, _: _png(sheet),
    "chart": _chart,
    "chart beside a picture": lambda sheet, book: (_png(sheet), _chart(sheet, book)),
    "group": lambda sheet, _: (_png(sheet), sheet.insert_image("E9", "c.png", {"image_data": picture("jpeg")})),
    "header": lambda sheet, _: sheet.set_header("&L&G", {"image_left": "h.png", "image_data_left": picture("png")}),
    "background": lambda sheet, _: sheet.set_background(picture("png")),
    "in a cell": lambda sheet, _: sheet.embed_image("B2", "a.png", {"image_data": picture("png")}),
    "link": lambda sheet, _: _png(sheet, url="https://example.com"),
    "text box": lambda sheet, _: (_png(sheet), sheet.insert_textbox("B9", "说明")),
    "nothing": lambda *_: None,
}
PATCHES = {"group": _grouped, "svg": _svg}
LOST = {
    "emf": "图片（“报告” 1 个）",
    "group": "图片（“报告” 1 个）",
    "header": "图片（“报告” 1 个）",
    "background": "图片（“报告” 1 个）",
    "in a cell": "图片（单元格或图表中 1 个）",
    "link": "图片上的链接（“报告” 1 个）",
    "text box": "图形（“报告” 1 个）",
}


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def workbook(kind: str, tmp_path: Path) -> Path:
    path = _made(tmp_path / "house.xlsx", KINDS[kind])
    if kind in PATCHES:
        PATCHES[kind](path)
    return path


def _counted(said: str, copy: Path, original: Path) -> None:
    """What is said to be lost is what the copy's own file lacks of the original's."""
    missing = drawings.lost(drawings.drawn(original), drawings.drawn(copy))
    for word, part in (("图片", "images"), ("图表", "charts"), ("图形", "drawings"), ("图片上的链接", "picture-links")):
        assert (f"{word}（" in said) == (part in missing), part


def test_a_layout_tells_the_pictures_that_it_loses(kind: str, workbook: Path, tmp_path: Path) -> None:
    results, target = tmp_path / "r.xlsx", tmp_path / "filled.xlsx"
    write_book_results(returned({"production": [line()]}), results)
    said = [remark.zh for remark in fill_layout(workbook, process(results), target, "zh").remarks]
    extra = "、数据类型" if kind == "in a cell" else ""
    want = [f"版式含有填写时会丢失的内容：{LOST[kind]}{extra}"] if kind in LOST else []
    assert said == want
    _counted("".join(said), target, workbook)
    assert drawings.drawn(target)["附录"]["images"] == 1


def test_a_correction_copy_tells_the_pictures_that_it_loses(kind: str, workbook: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.xlsx"
    done = write_correction(workbook, target)
    assert not done.is_fresh
    said = "、".join(part.zh for part in done.lost_parts)
    assert LOST.get(kind, "") in said
    assert ("图" in said) == (kind in LOST)
    _counted(said, target, workbook)
    listed = [str(cell.value) for row in openpyxl.load_workbook(target).worksheets[0]["B2:B6"] for cell in row]
    assert any(said in sentence for sentence in listed) or not said


def test_no_picture_leads_to_what_is_not_there(workbook: Path, tmp_path: Path) -> None:
    """A link's relationship is not written again: Excel would repair the file."""
    target = tmp_path / "copy.xlsx"
    write_correction(workbook, target)
    with zipfile.ZipFile(target) as package:
        for name in package.namelist():
            if name.startswith("xl/drawings/drawing"):
                data = package.read(name).decode()
                assert "hlinkClick" not in data
                assert "prstDash" not in data  # an outline that nobody drew


def test_a_picture_too_large_to_unpack_stays_where_it_need_not_be(tmp_path: Path) -> None:
    """A PNG of 400 million pixels, of which the file holds the head alone, is written as it is."""
    about = struct.pack(">4s2I5B", b"IHDR", 20_000, 20_000, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + about + struct.pack(">I", zlib.crc32(about))
    head += struct.pack(">I4s", 99, b"IDAT")
    path = _made(tmp_path / "house.xlsx", KINDS["png"])
    with zipfile.ZipFile(path) as package:
        drawn = package.read("xl/media/image1.png")
    _changed(path, "xl/media/image1.png", drawn, head)
    done = write_correction(path, tmp_path / "copy.xlsx")
    assert not done.is_fresh
    assert done.lost_parts == ()
    assert drawings.drawn(tmp_path / "copy.xlsx")["报告"]["images"] == 1


def test_a_picture_that_is_none_is_told(tmp_path: Path) -> None:
    path = _made(tmp_path / "house.xlsx", KINDS["png"])
    with zipfile.ZipFile(path) as package:
        drawn = package.read("xl/media/image1.png")
    _changed(path, "xl/media/image1.png", drawn, b"no picture")
    done = write_correction(path, tmp_path / "copy.xlsx")
    assert [part.en for part in done.lost_parts] == ["pictures (1 on “报告”)"]


def test_a_layout_that_openpyxl_cannot_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from workbook_engine.house import LayoutError  # noqa: PLC0415

    def fails(_: Path) -> None:
        raise ValueError("Value must be one of {…}")

    book = openpyxl.Workbook()
    book.defined_names["result_total"] = DefinedName("result_total", attr_text="'Sheet'!$A$1")
    book.save(tmp_path / "house.xlsx")
    write_book_results(returned({"production": [line()]}), tmp_path / "r.xlsx")
    monkeypatch.setattr(drawings, "load", fails)
    with pytest.raises(LayoutError, match="save it in Excel as a new"):
        fill_layout(tmp_path / "house.xlsx", process(tmp_path / "r.xlsx"), tmp_path / "out.xlsx", "zh")
