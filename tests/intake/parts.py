"""Workbooks written part by part, as no library would write them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/sharedStrings.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
<Override PartName="/xl/styles.xml"
 ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
</Types>"""


def sheet_xml(rows: str, before: str = "", after: str = "") -> str:
    """Return a worksheet part; `rows` stands in its sheetData."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def strings_xml(*items: str) -> str:
    """Return sharedStrings.xml; an item is what stands in its si."""
    return f'<sst xmlns="{_MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def styles_xml(*codes: str | int) -> str:
    """Return styles.xml: cell format 0 is General, format n the n-th code, a text or the number of a built-in one."""
    named = [(200 + n, code) for n, code in enumerate(codes) if isinstance(code, str)]
    own = "".join(f'<numFmt numFmtId="{identity}" formatCode={quoteattr(code)}/>' for identity, code in named)
    ids = [0, *(200 + n if isinstance(code, str) else code for n, code in enumerate(codes))]
    formats = "".join(f'<xf numFmtId="{each}"/>' for each in ids)
    plain = "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    return f'<styleSheet xmlns="{_MAIN}"><numFmts>{own}</numFmts>{plain}<cellXfs>{formats}</cellXfs></styleSheet>'


def workbook_parts(
    sheets: Mapping[str, str],
    *,
    strings: str | None = None,
    styles: str | None = None,
    workbook_extra: str = "",
    states: Sequence[str] = (),
) -> dict[str, str | bytes]:
    """Return the parts of a workbook; `sheets` is name -> worksheet part."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{_state(states, n)}/>' for n, name in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    }
    for word, part in (("sharedStrings", strings), ("styles", styles)):
        if part is not None:
            relations += f'<Relationship Id="{word}" Type="{_RELATIONS}/{word}" Target="{word}.xml"/>'
            parts[f"xl/{word}.xml"] = part
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{workbook_extra.partition("|")[0]}'
        f"<sheets>{listed}</sheets>{workbook_extra.partition('|')[2]}</workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
    return parts | {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)}


def _state(states: Sequence[str], number: int) -> str:
    return f' state="{states[number - 1]}"' if number <= len(states) and states[number - 1] else ""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the package of some parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def one_sheet(rows: str, **others: str) -> bytes:
    """Return a workbook of the sheet 表 with some rows as XML."""
    return zipped(workbook_parts({"表": sheet_xml(rows)}, **others))
