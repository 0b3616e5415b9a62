"""Every part of a package is read, known to hold nothing of the company's own, or told: also one of an unknown kind."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.intake import biff
from tests.intake.parts import zipped
from tests.intake.test_other_formats import ods, ods_cell, table
from tests.intake.test_places import FILLED, RELATIONS, TYPES, edited, new, related
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.intake.parts import ALONE, READ, TOLD
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.intake.test_places import Parts

NUMBER = 'office:value-type="float" office:value="5"'
MS = "http://schemas.microsoft.com/office"
SLICERS = (
    '<slicers xmlns="x"><slicer name="切片器_规格" caption="规格（不含外协）"/><slicer name="Slicer_Plant"/></slicers>'
)
CACHE = (
    '<pivotCacheDefinition xmlns="x"><cacheSource><worksheetSource ref="A1:C9" sheet="{}"/></cacheSource>'
    '<cacheFields><cacheField name="用电"><sharedItems><s v="二车间"/><n v="1234"/></sharedItems></cacheField>'
    "</cacheFields></pivotCacheDefinition>"
)


def of_sheet(kind: str, name: str, content: str | bytes) -> Parts:
    return {RELATIONS: related((kind, f"../{name}")), f"xl/{name}": content}


def of_workbook(kind: str, name: str, content: str | bytes, *, target: str = "") -> Parts:
    """Return a part that the workbook refers to."""
    with zipfile.ZipFile(FILLED) as package:
        relations = package.read("xl/_rels/workbook.xml.rels").decode()
    type_ = kind if ":" in kind else f"{TYPES}/{kind}"
    more = f'<Relationship Id="rId99" Type="{type_}" Target="{target or name}"/></Relationships>'
    changed = relations.replace("</Relationships>", more)
    assert changed != relations
    return {"xl/_rels/workbook.xml.rels": changed, f"xl/{name}": content}


TOLD_PARTS: dict[str, tuple[Parts, str]] = {
    "slicer": (
        of_sheet(f"{MS}/2007/relationships/slicer", "slicers/slicer1.xml", SLICERS),
        "切片器“规格（不含外协）”、“Slicer_Plant”",
    ),
    "slicers that are no XML": (
        of_sheet(f"{MS}/2007/relationships/slicer", "slicers/s1.xml", "<slicers><"),
        "切片器。",
    ),
    "timeline": (
        of_sheet(f"{MS}/2011/relationships/timeline", "t.xml", '<timelines><timeline caption="夜班"/></timelines>'),
        "日程表“夜班”",
    ),
    "macros": (of_workbook(f"{MS}/2006/relationships/vbaProject", "vbaProject.bin", b"\xd0"), "宏（没有运行）。"),
    "macros of WPS": (of_workbook(f"{MS}/jsaProject", "JSAProject.bin", b"x"), "宏（没有运行）。"),
    "pivot cache, its source here": (
        of_workbook("pivotCacheDefinition", "pivotCache/p1.xml", CACHE.format("原材料获取")),
        "数据透视表的缓存数据“原材料获取!A1:C9”。",
    ),
    "pivot cache, its source elsewhere": (
        of_workbook("pivotCacheDefinition", "pivotCache/p1.xml", CACHE.format("台账")),
        "数据透视表的缓存数据“台账!A1:C9”、“二车间”、“1234”",
    ),
    "data model": (of_workbook(f"{MS}/2011/relationships/powerPivotData", "model/item.data", b"x"), "数据模型"),
    "connection": (
        of_workbook("connections", "connections.xml", '<connections><connection name="台账"/></connections>'),
        "外部数据连接“台账”",
    ),
    "binary ActiveX": (
        of_sheet("control", "activeX/a1.xml", "<ocx/>")
        | {
            "xl/activeX/_rels/a1.xml.rels": related((f"{MS}/2006/relationships/activeXControlBinary", "a1.bin")),
            "xl/activeX/a1.bin": b"\1",
        },
        "ActiveX 控件",
    ),
    "revisions": (
        of_workbook("revisionHeaders", "revisions/h.xml", "<headers/>")
        | {"xl/revisions/_rels/h.xml.rels": related(("revisionLog", "l.xml")), "xl/revisions/l.xml": "<revisions/>"},
        "共享工作簿的修订记录。",
    ),
    "handwriting": (
        of_sheet("drawing", "drawings/d.xml", "<wsDr/>")
        | {"xl/drawings/_rels/d.xml.rels": related(("customXml", "../ink/ink1.xml")), "xl/ink/ink1.xml": "<ink/>"},
        "手写墨迹",
    ),
    "queries": (
        of_workbook("customXml", "../customXml/item1.xml", '<DataMashup xmlns="x">UEs=</DataMashup>'.encode("utf-16")),
        "Power Query 查询",
    ),
    "sheet without a tab": (of_workbook("worksheet", "worksheets/sheet99.xml", "<worksheet/>"), "没有列入页签的工作表"),
    "of an unknown kind": (
        of_workbook("http://a.cn/newThing", "new/thing.bin", b"x"),
        "用途不明的内容“xl/new/thing.bin”",
    ),
    "that nothing refers to": ({"说明.txt": "电量不含宿舍"}, "用途不明的内容“说明.txt”"),
    "slicer that nothing refers to": ({"xl/slicers/slicer1.xml": SLICERS}, "切片器“规格（不含外协）”"),
}


@pytest.mark.parametrize("part", TOLD_PARTS)
def test_a_part_that_nobody_reads_is_told(part: str) -> None:
    parts, words = TOLD_PARTS[part]
    data = edited(parts)
    (found,) = new(data)
    assert found.code == "parts-not-read"
    assert words in found.message("zh")
    assert found.where is None or found.where.sheet == "原材料获取"


def test_all_kinds_are_one_finding() -> None:
    parts = TOLD_PARTS["slicer"][0] | TOLD_PARTS["macros"][0] | {"说明.txt": ""}
    (found,) = new(edited(parts))
    said = (
        "宏（没有运行）；切片器“规格（不含外协）”（原材料获取）、“Slicer_Plant”（原材料获取）；用途不明的内容“说明.txt”"
    )
    assert found.message("zh") == f"工作簿里还有：{said}。这些内容没有读取。"
    assert "macros (not run); slicers “规格（不含外协）” (原材料获取), “Slicer_Plant” (" in found.message("en")


SILENT: dict[str, Parts] = {
    "order of calculation": of_workbook("calcChain", "calcChain.xml", "<calcChain/>"),
    "metadata": of_workbook("sheetMetadata", "metadata.xml", "<metadata/>"),
    "persons": of_workbook(f"{MS}/2017/10/relationships/person", "persons/person.xml", "<personList/>"),
    "what Google keeps": of_workbook(
        "http://customschemas.google.com/relationships/workbookmetadata", "metadata", "<x/>"
    ),
    "printer settings": of_sheet("printerSettings", "printerSettings/printerSettings1.bin", b"\0"),
    "custom XML of WPS": of_workbook("customXml", "../customXml/item1.xml", "<woProps><cellprotect/></woProps>")
    | {
        "customXml/_rels/item1.xml.rels": related(("customXmlProps", "itemProps1.xml")),
        "customXml/itemProps1.xml": "<ds:datastoreItem xmlns:ds='x'/>",
    },
    "storage of WPS": {"customStorage/customStorage.xml": "<customStorage/>"},
    "of macOS": {"__MACOSX/xl/._workbook.xml": b"\0", ".DS_Store": b"\0"},
    "themes that nothing refers to": {"xl/theme/theme2.xml": "<theme/>"},
}


@pytest.mark.parametrize("part", SILENT)
def test_what_programs_keep_is_not_told(part: str) -> None:
    assert new(edited(SILENT[part])) == []


def test_a_picture_of_a_chart_and_where_a_part_leads_are_told() -> None:
    chart: Parts = of_sheet("drawing", "drawings/d.xml", "<wsDr/>") | {
        "xl/drawings/_rels/d.xml.rels": related(("chart", "../charts/c.xml")), "xl/charts/c.xml": "<c/>",
        "xl/charts/_rels/c.xml.rels": related(("image", "../media/bill.png")), "xl/media/bill.png": b"png",
    }  # fmt: skip
    (found,) = new(edited(chart))
    assert (found.code, str(found.where)) == ("picture-not-read", "原材料获取")
    cache = of_workbook("pivotCacheDefinition", "pivotCache/p1.xml", CACHE.format("台账"))
    cache["xl/pivotCache/_rels/p1.xml.rels"] = related(("externalLinkPath", "2023%E5%8F%B0.xlsx")).replace(
        "/></", ' TargetMode="External"/></'
    )
    codes = {f.code: f for f in new(edited(cache))}
    assert codes.keys() == {"parts-not-read", "beside-not-read"}
    assert codes["beside-not-read"].params["typed"] == "2023台.xlsx"


def test_a_part_that_is_told_costs_no_workbook() -> None:
    """Neither one that is damaged, nor one too large to be looked into, nor parts in a circle."""
    name, kind = "xl/slicers/slicer1.xml", f"{MS}/2007/relationships/slicer"
    data = bytearray(edited(of_sheet(kind, "slicers/slicer1.xml", SLICERS)))
    at = data.index(SLICERS.encode())
    data[at + 40] ^= 1  # against its checksum
    assert [f.code for f in new(bytes(data))] == ["parts-not-read"]
    large = SLICERS.replace("<slicer ", "<!--" + "x" * 1_000_000 + "--><slicer ", 1)
    (found,) = new(edited(of_sheet(kind, "slicers/slicer1.xml", large)))
    assert found.message("zh").endswith("切片器。这些内容没有读取。")
    circle = of_sheet(kind, "slicers/slicer1.xml", SLICERS) | {
        "xl/slicers/_rels/slicer1.xml.rels": related((kind, "slicer1.xml"), (kind, "../worksheets/sheet4.xml"))
    }
    assert [f.code for f in new(edited(circle))] == ["parts-not-read"]
    assert name in circle


def test_no_kind_is_listed_twice_and_each_has_its_reason() -> None:
    assert not READ.keys() & ALONE.keys()
    assert not (READ.keys() | ALONE.keys()) & TOLD.keys()
    assert all(len(reason) > 4 for reason in (*READ.values(), *ALONE.values()))


def test_nothing_is_told_of_a_results_workbook(tmp_path: Path) -> None:
    (results,) = process(FILLED, tmp_path).results
    for path in (FILLED, results):
        book = open_workbook(path).book
        assert book
        assert book.unread == ()


def test_the_parts_of_an_ods_are_told() -> None:
    content = "<table:tracked-changes/>" + table(f"<table:table-row>{ods_cell(NUMBER, '5')}</table:table-row>")
    with zipfile.ZipFile(io.BytesIO(ods(content))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    own = (
        "Thumbnails/thumbnail.png", "Configurations2/menubar/a.xml", "settings.xml", "manifest.rdf",
        "META-INF/manifest.xml", "Basic/script-lc.xml", "Basic/Standard/script-lb.xml", "ObjectReplacements/Object 1",
    )  # fmt: skip
    some = ("Basic/Standard/Module1.xml", "Versions/Version1", "说明.txt", "Pictures/bill.png")
    book = open_bytes(zipped({**parts, **dict.fromkeys((*own, *some), b"<x/>")})).book
    assert book
    assert [(each.kind.zh, each.text) for each in book.unread] == [
        ("共享工作簿的修订记录", ""), ("宏（没有运行）", ""), ("文档的旧版本", ""), ("用途不明的内容", "说明.txt"),
    ]  # fmt: skip
    assert [tuple(each) for each in book.beside] == [("picture", "bill.png", "", "")]


def test_the_streams_of_an_xls_are_told() -> None:
    sheet = biff.substream(biff.WORKSHEET, biff.number(1, 1, 5))
    own = ("\5SummaryInformation", "ETExtData")  # the test's container has room for three streams
    some = ("_VBA_PROJECT_CUR", "\1Note")
    told = [open_bytes(biff.workbook({"表": sheet}, others=others)).book for others in (own, some)]
    assert [[(each.kind.zh, each.text) for each in book.unread] for book in told if book] == [
        [], [("宏（没有运行）", ""), ("用途不明的内容", "Note")],
    ]  # fmt: skip
