"""Every part of an OOXML package: read, known to hold nothing of the company's own, or told by its kind.

What a part is, the relationship says that leads to it; a part that nothing leads to is known by where it lies, or told.
So is one of a kind that is not listed here. Names are taken out of small parts alone, and nothing of a part that is
told refuses the workbook: what cannot be looked into is told without its words.
"""

from __future__ import annotations

import posixpath
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from workbook_engine.grid import Beside, Unread
from workbook_engine.intake.limits import Refused
from workbook_engine.intake.markup import attribute, walk
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

_SMALL = 1_000_000  # bytes of a part that is looked into for its names
_NAMES = 5  # of a part, that are told
_LONGEST = 200  # characters of each that are kept

# kind of a relationship -> what reads such a part, or tells what stands in it
READ: Mapping[str, str] = {
    "officeDocument": "sheets and names",
    "worksheet": "cells",
    "sharedStrings": "texts of cells",
    "styles": "formats of cells",
    "theme": "colours of cells",
    "chartsheet": "told as a sheet (`sheet-skipped`)",
    "dialogsheet": "told as a sheet (`sheet-skipped`)",
    "xlMacrosheet": "told as a sheet (`sheet-skipped`)",
    "xlIntlMacrosheet": "told as a sheet (`sheet-skipped`)",
    "core-properties": "properties",
    "extended-properties": "properties",
    "custom-properties": "properties",
    "extendedProperties": "properties",
    "customProperties": "properties",
    "comments": "comments",
    "threadedComment": "comments",
    "drawing": "text boxes, pictures, charts",
    "vmlDrawing": "captions of controls, pictures at the head of pages",
    "chart": "titles and typed series",
    "chartEx": "titles and typed series",
    "chartUserShapes": "text boxes",
    "diagramData": "texts of diagrams",
    "table": "name, labels and remark of a table; its cells are the sheet's",
    "pivotTable": "its cells are the sheet's; its data stand in the cache, which is told",
    "control": "captions of controls",
    "image": "told as a picture (`picture-not-read`)",
    "oleObject": "told as an embedded file (`picture-not-read`)",
    "package": "told as an embedded file (`picture-not-read`)",
    "cellImage": "told as pictures (`picture-not-read`)",
    "cellimage": "told as pictures (`picture-not-read`)",
    "richValueRel": "told as pictures (`picture-not-read`)",
    "rdRichValueWebImage": "told as pictures (`picture-not-read`)",
    "externalLink": "the other workbook is told; of its cells, those that formulas refer to stand in their results",
    "hyperlink": "told with its cell",
}
# kind -> why it holds no word or number of the company's own
ALONE: Mapping[str, str] = {
    "calcChain": "the order of calculation",
    "sheetMetadata": "which formulas spill, which cells hold a data type",
    "workbookmetadata": "what Google Sheets keeps",
    "printerSettings": "settings of a printer",
    "person": "names of the authors of comments",
    "usernames": "names of those who have a shared workbook open",
    "thumbnail": "a small picture of the first sheet",
    "chartStyle": "looks of a chart",
    "chartColorStyle": "looks of a chart",
    "themeOverride": "looks of a chart",
    "diagramLayout": "looks of a diagram",
    "diagramQuickStyle": "looks of a diagram",
    "diagramColors": "looks of a diagram",
    "diagramDrawing": "the diagram as it was last drawn, its texts once more",
    "ctrlProp": "which cell a control writes to; the value stands there",
    "queryTable": "how a query fills its cells",
    "slicerCache": "the values of a table's column, once more",
    "timelineCache": "the dates of a table's column, once more",
    "pivotCacheRecords": "belongs to the cache, which is told",
    "xmlMaps": "which cells take part in an exchange of XML",
    "tableSingleCells": "which cells take part in an exchange of XML",
    "wsSortMap": "the order of rows before they were sorted",
    "volatileDependencies": "formulas that ask a server; the answers stand in their cells",
    "customProperty": "what an add-in keeps; no program lets people type there",
    "customXml": "what programs keep; no program lets people type there",
    "customXmlProps": "what programs keep; no program lets people type there",
    "customStorage": "what WPS keeps",
    "rdRichValue": "what a service said about a data type; the cell shows its name",
    "rdRichValueStructure": "what a service said about a data type",
    "rdRichValueTypes": "what a service said about a data type",
    "rdArray": "what a service said about a data type",
    "rdSupportingPropertyBag": "what a service said about a data type",
    "rdSupportingPropertyBagStructure": "what a service said about a data type",
    "richStyles": "looks of a data type",
    "FeaturePropertyBag": "which cells show a box to tick; the value stands in the cell",
    "xlBinaryIndex": "where the rows of a binary sheet begin",
    "extensibility": "buttons of the program's own window",
    "userCustomization": "buttons of the program's own window",
    "attachedToolbars": "buttons of the program's own window",
    "classificationlabels": "the label of sensitivity",
    "webextension": "an add-in",
    "webextensiontaskpanes": "an add-in",
    "vbaProjectSignature": "belongs to the macros, which are told",
    "vbaProjectSignatureAgile": "belongs to the macros, which are told",
    "vbaProjectSignatureV3": "belongs to the macros, which are told",
    "wordVbaData": "belongs to the macros, which are told",
    "origin": "belongs to the signature, which is told",
}


class Told(NamedTuple):
    """A kind of part that is told."""

    words: Text
    names: Mapping[str, tuple[str, ...]] = {}  # element -> its attributes, of which the first that is there is a name


MACROS = Text("宏（没有运行）", "macros (not run)")
REVISIONS = Text("共享工作簿的修订记录", "the log of changes of a shared workbook")
SIGNATURE = Text("数字签名（没有核对）", "digital signatures (not checked)")
_MEDIA = Told(Text("音频、视频", "sound or video"))
TOLD: Mapping[str, Told] = {
    "vbaProject": Told(MACROS),
    "jsaProject": Told(MACROS),
    "slicer": Told(Text("切片器", "slicers"), {"slicer": ("caption", "name")}),
    "timeline": Told(Text("日程表", "timelines"), {"timeline": ("caption", "name")}),
    "pivotCacheDefinition": Told(Text("数据透视表的缓存数据", "data kept by pivot tables")),
    "powerPivotData": Told(Text("数据模型（Power Pivot）", "a data model (Power Pivot)")),
    "connections": Told(Text("外部数据连接", "connections to data elsewhere"), {"connection": ("name",)}),
    "activeXControlBinary": Told(Text("ActiveX 控件", "ActiveX controls")),
    "revisionHeaders": Told(REVISIONS),
    "revisionLog": Told(REVISIONS),
    "namedSheetView": Told(Text("工作表视图", "sheet views"), {"namedSheetView": ("name",)}),
    "documenttask": Told(Text("任务", "tasks")),
    "signature": Told(SIGNATURE),
    "certificate": Told(SIGNATURE),
    "audio": _MEDIA,
    "video": _MEDIA,
    "media": _MEDIA,
    "model3d": Told(Text("三维模型", "3D models")),
    "ink": Told(Text("手写墨迹", "handwriting")),
    "python": Told(Text("Python 代码（没有运行）", "Python code (not run)")),
    "query": Told(Text("Power Query 查询", "queries of Power Query")),
    "unlisted": Told(Text("没有列入页签的工作表", "sheets that have no tab")),
}
UNKNOWN = Told(Text("用途不明的内容", "content of an unknown kind"))

# Of a part that no relationship leads to: beginning of its name -> its kind. Programs leave some of their own behind.
_LYING = {
    "docprops/": "customXml",
    "customxml/": "customXml",
    "xl/theme/": "theme",
    "theme/": "theme",
    "xl/calcchain": "calcChain",
    "xl/printersettings/": "printerSettings",
    "xl/styles": "styles",
    "xl/metadata": "sheetMetadata",
    "xl/persons/": "person",
    "xl/ctrlprops/": "ctrlProp",
    "customstorage/": "customStorage",
    "package/services/metadata/": "core-properties",
    "docmetadata/": "classificationlabels",
    "xl/pivotcache/pivotcacherecords": "pivotCacheRecords",
    "xl/pivotcache/": "pivotCacheDefinition",
    "xl/slicercaches/": "slicerCache",
    "xl/slicers/": "slicer",
    "xl/worksheets/": "unlisted",
    "xl/vbaproject": "vbaProject",
    "xl/jsaproject": "jsaProject",
    "xl/model/": "powerPivotData",
    "xl/connections": "connections",
    "xl/revisions/": "revisionLog",
    "xl/activex/": "activeXControlBinary",
    "_xmlsignatures/": "signature",
}
# What is no part: of the package itself, of operating systems, folders.
_NO_PARTS = ("[content_types].xml", "mimetype", ".ds_store", "thumbs.db", "desktop.ini")
_IN_CELLS = {"xl/cellimages.xml": "cellImage", "xl/richdata/richvaluerel.xml": "richValueRel"}
_PICTURES = frozenset({"image", "oleObject", "package"})
# Who tells the pictures and files that it refers to, and who has none of the company's own.
_TELL_PICTURES = frozenset(
    {"worksheet", "drawing", "vmlDrawing", "cellImage", "cellimage", "richValueRel", "theme", ""}
)
_TELL_TARGETS = frozenset({"worksheet", "drawing", "externalLink"})


class _Found(NamedTuple):
    """A part that a relationship leads to."""

    name: str
    kind: str
    owner: str  # kind of the part that refers to it
    sheet: str


def unread_parts(package: Package, sheets: Mapping[str, str]) -> tuple[list[Unread], list[Beside]]:
    """Return the parts that nobody reads, and pictures and addresses that only they refer to.

    `sheets` is the name of each part -> the name of its sheet, of those that have a tab.
    """
    unread: list[Unread] = []
    beside: list[Beside] = []
    known: set[str] = set()
    for found in _reached(package, sheets):
        known.add(found.name)
        if found.kind in _PICTURES and found.owner not in _TELL_PICTURES:
            beside.append(Beside("picture", posixpath.basename(found.name), found.sheet))
        elif found.kind not in _TELL_TARGETS:
            beside += _targets(package, found)
        unread += _told(package, found.name, found.kind, found.sheet, sheets)
    for name in package.names:
        if name not in known and not _is_no_part(name):
            unread += _told(package, name, _kind_by_name(name), "", sheets)
    return unread, beside


def _reached(package: Package, sheets: Mapping[str, str]) -> Iterator[_Found]:
    """Yield each part that relationships lead to, once."""
    seen: set[str] = set()
    open_ = deque([_Found("", "", "", ""), *(_Found(name, kind, "", "") for name, kind in _IN_CELLS.items())])
    while open_:
        owner = open_.popleft()
        if owner.name in seen or (owner.name and owner.name not in package):
            continue
        seen.add(owner.name)
        if owner.name:
            yield owner
        for relation in package.relations(owner.name):
            if not relation.is_outside:
                kind = _kind_of(relation.kind, relation.target, owner.kind, sheets)
                sheet = sheets.get(relation.target, owner.sheet)
                open_.append(_Found(relation.target, kind, owner.kind, sheet))


def _kind_of(kind: str, name: str, owner: str, sheets: Mapping[str, str]) -> str:
    if kind == "customXml" and owner == "drawing":
        return "ink"
    if kind == "worksheet" and name not in sheets:
        return "unlisted"
    return kind


def _kind_by_name(name: str) -> str:
    return next((kind for beginning, kind in _LYING.items() if name.startswith(beginning)), "")


def _is_no_part(name: str) -> bool:
    return name.endswith((".rels", *_NO_PARTS)) or name.startswith("__macosx/")


def _targets(package: Package, found: _Found) -> Iterator[Beside]:
    """Yield where a part leads out of the workbook."""
    for target in package.outside(found.name).values():
        yield Beside("target", unquote(target), found.sheet)


def _told(package: Package, name: str, kind: str, sheet: str, sheets: Mapping[str, str]) -> Iterator[Unread]:
    if kind == "customXml" and _is_query(package, name):
        kind = "query"
    if kind in READ or kind in ALONE:
        return
    told = TOLD.get(kind, UNKNOWN)
    words: list[str] = []
    if kind == "pivotCacheDefinition":
        words = _of_cache(package, name, set(sheets.values()))
    elif told is UNKNOWN:
        words = [name]
    elif told.names:
        words = _names(package, name, told.names)
    for word in words[:_NAMES] or [""]:
        yield Unread(told.words, " ".join(word.split())[:_LONGEST], sheet)


def _names(package: Package, part: str, wanted: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the names that stand in a small part; none where it cannot be looked into."""
    found: list[str] = []

    def keep(attributes: Attributes, words: tuple[str, ...]) -> None:
        name = next((text for word in words if (text := attribute(attributes, word))), "")
        if name and len(found) < _NAMES:
            found.append(name)

    if package.size_of(part) <= _SMALL:
        starts = {element: lambda given, words=words: keep(given, words) for element, words in wanted.items()}
        with suppress(Refused):
            walk(part, package.stream(part), package.limits, starts, {})
    return found


def _of_cache(package: Package, part: str, sheets: set[str]) -> list[str]:
    """Return where the data of a pivot cache come from; some of them, where that is not a sheet of the workbook."""
    source: list[str] = []
    values: list[str] = []

    def on_source(attributes: Attributes) -> None:
        source.extend(text for word in ("sheet", "ref", "name") if (text := attribute(attributes, word)))

    def on_value(attributes: Attributes) -> None:
        if len(values) < _NAMES:
            values.append(attribute(attributes, "v") or "")

    if package.size_of(part) <= _SMALL:
        starts = {"worksheetSource": on_source, "s": on_value, "n": on_value}
        with suppress(Refused):
            walk(part, package.stream(part), package.limits, starts, {})
    is_here = bool(source) and source[0] in sheets
    return ["!".join(source)] if is_here else [*(["!".join(source)] if source else []), *values]


def _is_query(package: Package, part: str) -> bool:
    """Tell whether a part of custom XML holds queries of Power Query, which may hold data that was typed."""
    found: list[bool] = []
    if package.size_of(part) and part.endswith(".xml"):
        with suppress(Refused):
            walk(part, _beginning(package, part), package.limits, {"DataMashup": lambda _: found.append(True)}, {})
    return bool(found)


def _beginning(package: Package, part: str) -> Iterator[bytes]:
    """Yield the first chunk of a part, in which its root stands."""
    yield next(package.stream(part), b"")


def parts_page() -> str:
    """Return the page of all kinds of parts, for docs."""
    told = [f"| {kind} | {told.words.zh} · {told.words.en} |" for kind, told in TOLD.items()]
    told.append(f"| any other | {UNKNOWN.words.zh} · {UNKNOWN.words.en} |")
    read = [f"| {kind} | {reader} |" for kind, reader in READ.items()]
    alone = [f"| {kind} | {reason} |" for kind, reason in ALONE.items()]
    head = "| kind | {} |\n|---|---|"
    blocks = (
        [_PAGE_HEAD, head.format("told as"), *told],
        ["\n## Read, or told at its place\n", head.format("by, or as"), *read],
        ["\n## Left alone\n", head.format("why it holds no word or number of the company's own"), *alone],
    )
    return "\n".join(line for block in blocks for line in block) + "\n"


_PAGE_HEAD = """# Parts 工作簿的组成部分

What becomes of each part of an .xlsx, .xlsm or .xlsb, generated from `workbook_engine/intake/parts.py`. A part's kind
is the last word of the relationship that leads to it; one that nothing leads to is known by where it lies, or is of an
unknown kind.
工作簿（压缩包）里的每个组成部分：读取、留给程序自己用，或者在问题清单中列出（`parts-not-read`）。

## Told
"""
