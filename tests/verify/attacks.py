"""Changes of a results workbook's package, each of which alters a figure or a text that somebody sees, or hides one.

An attack takes the parts of a package and a generator of random numbers, changes them, and returns what it did; ""
where the workbook has nothing of the kind. Cells are changed in the XML, so that nothing else changes with them.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

Parts = dict[str, bytes]
ATTACKS: dict[str, Callable[[Parts, random.Random], str]] = {}

_STYLES, _BOOK = "xl/styles.xml", "xl/workbook.xml"
_VALUE = rb'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f><v>(-?[\d.][^<]*)</v></c>'
_NUMBER = rb'<c r="([A-Z]+\d+)"((?: s="\d+")?)><v>([^<]*)</v></c>'
_SHARED = rb'<c r="([B-Z]\d+)"((?: s="\d+")?) t="s"><v>(\d+)</v></c>'


def attack(do: Callable[[Parts, random.Random], str]) -> Callable[[Parts, random.Random], str]:
    ATTACKS[do.__name__.replace("_", " ")] = do
    return do


def attacked(source: Path, target: Path, name: str, rng: random.Random) -> str:
    """Write a copy of a workbook with an attack; return what was done, "" where it does not apply."""
    with zipfile.ZipFile(source) as old:
        parts = {part: old.read(part) for part in old.namelist()}
    done = ATTACKS[name](parts, rng)
    if done:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for part, data in parts.items():
                new.writestr(part, data)
    return done


def ours(parts: Parts) -> list[str]:
    strings = re.findall(rb"<si>.*?</si>", parts["xl/sharedStrings.xml"], re.DOTALL)
    index = {n for n, text in enumerate(strings) if b"wbe:results:" in text}
    found = []
    for part, data in parts.items():
        first = re.search(rb'<c r="A1"[^>]*><v>(\d+)</v>', data) if part.startswith("xl/worksheets/sheet") else None
        if first and int(first[1]) in index:
            found.append(part)
    return sorted(found)


def somewhere(
    parts: Parts, rng: random.Random, shape: bytes, *, own: bool = True
) -> tuple[str, re.Match[bytes]] | None:
    """Return a random place of a random sheet that has the shape."""
    there = ours(parts) if own else sorted(part for part in parts if part.startswith("xl/worksheets/sheet"))
    rng.shuffle(there)
    for part in there:
        if places := list(re.finditer(shape, parts[part], re.DOTALL)):
            return part, rng.choice(places)
    return None


def replaced(parts: Parts, part: str, place: re.Match[bytes], new: bytes) -> None:
    data = parts[part]
    parts[part] = data[: place.start()] + new + data[place.end() :]


def in_sheets(parts: Parts, rng: random.Random, shape: bytes, new: Callable[[re.Match[bytes]], bytes]) -> str:
    found = somewhere(parts, rng, shape)
    if not found:
        return ""
    replaced(parts, found[0], found[1], new(found[1]))
    return f"{found[0]} {found[1][1].decode()}"


def _in_parts(
    parts: Parts, rng: random.Random, beginning: str, shape: bytes, new: Callable[[re.Match[bytes]], bytes]
) -> str:
    there = sorted(part for part in parts if part.startswith(beginning))
    rng.shuffle(there)
    for part in there:
        if places := list(re.finditer(shape, parts[part], re.DOTALL)):
            place = rng.choice(places)
            replaced(parts, part, place, new(place))
            return f"{part} {place[0][:60].decode(errors='replace')}"
    return ""


# --- contents ---------------------------------------------------------------------------------------------------------


@attack
def value_of_a_formula_alone(parts: Parts, rng: random.Random) -> str:
    return in_sheets(
        parts,
        rng,
        _VALUE,
        lambda at: b'<c r="%s"%s><f>%s</f><v>%r</v></c>' % (at[1], at[2], at[3], float(at[4]) * 1.01 + 0.5),
    )


@attack
def formula_alone(parts: Parts, rng: random.Random) -> str:
    return in_sheets(
        parts, rng, _VALUE, lambda at: b'<c r="%s"%s><f>%s*1</f><v>%s</v></c>' % (at[1], at[2], at[3], at[4])
    )


@attack
def figure_in_place_of_its_formula(parts: Parts, rng: random.Random) -> str:
    return in_sheets(parts, rng, _VALUE, lambda at: b'<c r="%s"%s><v>%s</v></c>' % (at[1], at[2], at[4]))


@attack
def constant(parts: Parts, rng: random.Random) -> str:
    return in_sheets(
        parts, rng, _NUMBER, lambda at: b'<c r="%s"%s><v>%r</v></c>' % (at[1], at[2], float(at[3]) * 0.9 + 0.01)
    )


@attack
def text_of_a_cell(parts: Parts, rng: random.Random) -> str:
    words = "别的".encode()
    return in_sheets(
        parts, rng, _SHARED, lambda at: b'<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (at[1], at[2], words)
    )


@attack
def cell_emptied(parts: Parts, rng: random.Random) -> str:
    return in_sheets(parts, rng, _SHARED, lambda at: b'<c r="%s"%s/>' % (at[1], at[2]))


@attack
def shared_text(parts: Parts, rng: random.Random) -> str:
    """A text that one or several cells of ours show."""
    found = somewhere(parts, rng, _SHARED)
    assert found
    number = int(found[1][3])
    texts = list(re.finditer(rb"<si>.*?</si>", parts["xl/sharedStrings.xml"], re.DOTALL))
    replaced(parts, "xl/sharedStrings.xml", texts[number], "<si><t>别的</t></si>".encode())
    return f"shared text {number}"


@attack
def row_deleted(parts: Parts, rng: random.Random) -> str:
    return in_sheets(parts, rng, rb'<row r="(\d+)"[^>]*>(?:(?!</row>).)*<v>.*?</row>', lambda _: b"")


@attack
def sheets_swapped(parts: Parts, rng: random.Random) -> str:
    one, other = rng.sample(ours(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return f"{one} {other}"


# --- how cells look ---------------------------------------------------------------------------------------------------


def _styled(parts: Parts, rng: random.Random, change: Callable[[bytes], tuple[bytes, bytes]], shape: bytes) -> str:
    """Give a cell a style of its own, which `change` makes of the style sheet: that sheet, and the new `<xf>`."""
    found = somewhere(parts, rng, shape)
    if not found:
        return ""
    part, place = found
    parts[_STYLES], style = change(parts[_STYLES])
    styles = re.search(rb'(<cellXfs count=")(\d+)(">.*?)(</cellXfs>)', parts[_STYLES], re.DOTALL)
    assert styles
    number = int(styles[2])
    replaced(parts, _STYLES, styles, b"%s%d%s%s%s" % (styles[1], number + 1, styles[3], style, styles[4]))
    cell = re.sub(rb' s="\d+"', b"", place[0]).replace(
        b'<c r="%s"' % place[1], b'<c r="%s" s="%d"' % (place[1], number)
    )
    replaced(parts, part, place, cell)
    return f"{part} {place[1].decode()}"


def _format(code: bytes) -> Callable[[bytes], tuple[bytes, bytes]]:
    def change(data: bytes) -> tuple[bytes, bytes]:
        data = re.sub(rb'(<numFmts count=")\d+(">)', rb'\1 99\2<numFmt numFmtId="900" formatCode="%s"/>' % code, data)
        return data.replace(b'" 99"', b'"99"'), b'<xf numFmtId="900" fontId="0" fillId="0" borderId="0" xfId="0"/>'

    return change


@attack
def number_format_that_hides(parts: Parts, rng: random.Random) -> str:
    return _styled(parts, rng, _format(b";;;"), _VALUE)


@attack
def number_format_of_fewer_digits(parts: Parts, rng: random.Random) -> str:
    return _styled(parts, rng, _format(b"0.0,"), _VALUE)


@attack
def number_format_of_a_text(parts: Parts, rng: random.Random) -> str:
    return _styled(parts, rng, _format(b"&quot;0.1234&quot;"), _VALUE)


def _font(font: bytes) -> Callable[[bytes], tuple[bytes, bytes]]:
    def change(data: bytes) -> tuple[bytes, bytes]:
        fonts = re.search(rb'<fonts count="(\d+)">(.*?)</fonts>', data, re.DOTALL)
        assert fonts
        number = int(fonts[1])
        data = data.replace(fonts[0], b'<fonts count="%d">%s%s</fonts>' % (number + 1, fonts[2], font))
        return data, b'<xf numFmtId="2" fontId="%d" fillId="0" borderId="0" xfId="0" applyFont="1"/>' % number

    return change


@attack
def white_on_white(parts: Parts, rng: random.Random) -> str:
    return _styled(parts, rng, _font(b'<font><sz val="10"/><color rgb="FFFFFFFF"/><name val="Arial"/></font>'), _VALUE)


@attack
def white_of_the_theme(parts: Parts, rng: random.Random) -> str:
    return _styled(parts, rng, _font(b'<font><sz val="10"/><color theme="0"/><name val="Arial"/></font>'), _VALUE)


@attack
def font_of_one_point(parts: Parts, rng: random.Random) -> str:
    return _styled(parts, rng, _font(b'<font><sz val="1"/><name val="Arial"/></font>'), _SHARED)


@attack
def row_hidden(parts: Parts, rng: random.Random) -> str:
    shape = rb'<row r="(\d+)"((?:(?!hidden|>).)*)>(?=(?:(?!</row>).)*<v>)'
    return in_sheets(parts, rng, shape, lambda at: b'<row r="%s"%s hidden="1">' % (at[1], at[2]))


@attack
def row_without_height(parts: Parts, rng: random.Random) -> str:
    shape = rb'<row r="(\d+)"((?:(?!>).)*?) ht="[^"]*"([^>]*)>(?=(?:(?!</row>).)*<v>)'
    return in_sheets(parts, rng, shape, lambda at: b'<row r="%s"%s ht="0.5"%s>' % (at[1], at[2], at[3]))


@attack
def column_hidden(parts: Parts, rng: random.Random) -> str:
    shape = rb'<col min="(\d)" max="(\d)" width="([\d.]+)" customWidth="1"/>'
    return in_sheets(parts, rng, shape, lambda at: at[0].replace(b"/>", b' hidden="1"/>'))


@attack
def sheet_hidden(parts: Parts, rng: random.Random) -> str:
    shape = rb'<sheet name="([^"]*)" sheetId="(\d+)" r:id'
    return _in_parts(parts, rng, _BOOK, shape, lambda at: at[0].replace(b" r:id", b' state="hidden" r:id'))


@attack
def cells_merged(parts: Parts, rng: random.Random) -> str:
    found = somewhere(parts, rng, rb"()</sheetData>(?!<autoFilter|<mergeCells)")
    if not found:
        return ""
    replaced(parts, *found, b'</sheetData><mergeCells count="1"><mergeCell ref="B4:D6"/></mergeCells>')
    return found[0]


@attack
def link_that_leads_elsewhere(parts: Parts, rng: random.Random) -> str:
    shape = rb'(<hyperlink ref="[^"]*" location="[^"!]*!)([A-Z]+)(\d+)'
    return in_sheets(parts, rng, shape, lambda at: at[1] + at[2] + b"%d" % (int(at[3]) + 1))


@attack
def list_of_answers(parts: Parts, rng: random.Random) -> str:
    shape = rb'(<dataValidation type="list".*?<formula1>)([^<]*)(</formula1>)'
    found = somewhere(parts, rng, shape, own=False)
    if not found:
        return ""
    replaced(parts, *found, found[1][1] + b"&quot;A,B&quot;" + found[1][3])
    return found[0]


@attack
def conditional_format_added_that_hides(parts: Parts, rng: random.Random) -> str:
    found = somewhere(parts, rng, rb"()<(?:hyperlinks|dataValidations|printOptions|pageMargins)")
    assert found
    rule = b'<conditionalFormatting sqref="C1:C99"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE'
    replaced(parts, *found, rule + b"</formula></cfRule></conditionalFormatting>" + found[1][0])
    dxf = b'<dxf><numFmt numFmtId="901" formatCode=";;;"/></dxf>'
    parts[_STYLES] = re.sub(rb"<dxfs[^>]*/>|<dxfs[^>]*>", b'<dxfs count="1">' + dxf, parts[_STYLES])
    if b"</dxfs>" not in parts[_STYLES]:
        parts[_STYLES] = parts[_STYLES].replace(b'<dxfs count="1">' + dxf, b'<dxfs count="1">' + dxf + b"</dxfs>")
    return found[0]


# --- charts -----------------------------------------------------------------------------------------------------------


@attack
def chart_point(parts: Parts, rng: random.Random) -> str:
    shape = rb'(<c:numCache>(?:(?!</c:numCache>).)*<c:pt idx="\d+"><c:v>)([^<]+)(</c:v>)'
    return _in_parts(
        parts, rng, "xl/charts/chart", shape, lambda at: at[1] + b"%r" % (float(at[2]) * 1.05 + 0.1) + at[3]
    )


@attack
def chart_label_of_a_point(parts: Parts, rng: random.Random) -> str:
    shape = rb'(<c:strCache>(?:(?!</c:strCache>).)*<c:pt idx="\d+"><c:v>)([^<]+)(</c:v>)'
    return _in_parts(parts, rng, "xl/charts/chart", shape, lambda at: at[1] + "别的".encode() + at[3])


@attack
def chart_reference(parts: Parts, rng: random.Random) -> str:
    shape = rb"<c:f>([^<]*\$)(\d+)</c:f>"
    return _in_parts(parts, rng, "xl/charts/chart", shape, lambda at: b"<c:f>%s%d</c:f>" % (at[1], int(at[2]) + 1))


@attack
def charts_swapped(parts: Parts, rng: random.Random) -> str:
    charts = sorted(part for part in parts if part.startswith("xl/charts/chart"))
    if len(charts) < 2:
        return ""
    one, other = rng.sample(charts, 2)
    parts[one], parts[other] = parts[other], parts[one]
    return f"{one} {other}"


# --- the workbook -----------------------------------------------------------------------------------------------------


@attack
def foot_of_the_pages(parts: Parts, rng: random.Random) -> str:
    shape = rb"(<odd(?:Header|Footer)>)[^<]*"
    found = somewhere(parts, rng, shape)
    assert found
    replaced(parts, *found, found[1][1] + "&amp;L别的".encode())
    return found[0]


@attack
def calculation_by_hand(parts: Parts, rng: random.Random) -> str:
    word = rng.choice([b' calcMode="manual"', b' fullPrecision="0"', b' iterate="1"'])
    return _in_parts(parts, rng, _BOOK, rb"<calcPr", lambda at: at[0] + word)


# --- one place that is written otherwise ------------------------------------------------------------------------------

_CHARTS, _SHEETS, _ANY, _CORE, _THEME = (
    "xl/charts/chart",
    "",
    "xl/worksheets/sheet",
    "docProps/core.xml",
    "xl/theme/theme1.xml",
)  # "": sheets of ours
_LABEL = (
    r'<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>99%</a:t></a:r></a:p></c:rich></c:tx>'
    r'<c:showVal val="1"/></c:dLbl>'
)
_BOX = (
    "<xdr:absoluteAnchor><xdr:pos x='0' y='0'/><xdr:ext cx='900000' cy='900000'/><xdr:sp macro='' textlink=''>"
    "<xdr:nvSpPr><xdr:cNvPr id='99' name='x'/><xdr:cNvSpPr txBox='1'/></xdr:nvSpPr><xdr:spPr/><xdr:txBody>"
    "<a:bodyPr/><a:p><a:r><a:t>1.2345</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>"
    "</xdr:absoluteAnchor></xdr:wsDr>"
)
_ANCHOR = r"<xdr:twoCellAnchor(?:(?!</xdr:twoCellAnchor>).)*</xdr:twoCellAnchor>"
_TITLES = r'(<definedName name="_xlnm\.Print_Titles" localSheetId="(\d+)"[^>]*>)[^<]*'
_WHITE_RUN = r'<si><r><rPr><color rgb="FFFFFFFF"/></rPr><t>\1</t></r></si>'

REPLACED: dict[str, tuple[str, str, str]] = {  # name -> parts (how they begin), what is looked for, what it becomes
    "chart title": (_CHARTS, r"<a:t>[^<]+</a:t>", "<a:t>别的</a:t>"),
    "chart series name": (_CHARTS, r"<c:tx><c:v>[^<]+</c:v>", "<c:tx><c:v>别的</c:v>"),
    "chart axis that begins later": (_CHARTS, r"(<c:valAx>.*?<c:scaling>)", r'\1<c:min val="0.5"/>'),
    "chart axis of powers": (_CHARTS, r"(<c:valAx>.*?<c:scaling>)", r'\1<c:logBase val="10"/>'),
    "chart axis upside down": (_CHARTS, r'<c:orientation val="minMax"/>', '<c:orientation val="maxMin"/>'),
    "chart number format": (_CHARTS, r'(<c:numFmt formatCode=")(?!General)[^"]*', r"\g<1>0.0,&quot;x&quot;"),
    "chart label typed over": (_CHARTS, r"<c:dLbls>", _LABEL),
    "chart of shares in place of amounts": (_CHARTS, r'(<c:grouping val=")clustered', r"\1percentStacked"),
    "chart without its legend": (_CHARTS, r"<c:legend>.*?</c:legend>", ""),
    "chart deleted": ("xl/drawings/drawing", _ANCHOR, ""),
    "text box over cells": ("xl/drawings/drawing", r"</xdr:wsDr>", _BOX),
    "property of the document": (
        _CORE, r"(<(?:dc:title|dc:subject|dc:description|cp:keywords)>)[^<]+", r"\1别的"
    ),
    "property that was empty": (_CORE, r"</cp:coreProperties>", r"<cp:category>经核查</cp:category>\g<0>"),
    "link taken away": (_SHEETS, r"(<hyperlink [^>]*/>)(?=<hyperlink)", ""),
    "conditional format taken away": (_SHEETS, r"(<conditionalFormatting.*?</conditionalFormatting>)", ""),
    "theme of white text": (_THEME, r"<a:dk1>.*?</a:dk1>", '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>'),
    # A sentence: a heading stands on a dark ground, where white letters are read.
    "text in white letters": ("xl/sharedStrings.xml", r"<si><t>([^<]*。[^<]*)</t></si>", _WHITE_RUN),
    "rows that repeat": (_BOOK, _TITLES, r"\g<1>x!$20:$30"),
    "area that is printed": (
        _BOOK, _TITLES, r'<definedName name="_xlnm.Print_Area" localSheetId="\2">x!$A$1:$B$2</definedName>\g<0>'
    ),
    "name of a sheet over a name": (
        _BOOK, r'(<definedName name="[a-z]\w*")>([^<]*)</definedName>', r'\g<0>\1 localSheetId="0">1</definedName>'
    ),
    "zeros not shown": (_SHEETS, r"()<sheetView ", r'\g<0>showZeros="0" '),
    "formulas in place of figures": (_SHEETS, r"()<sheetView ", r'\g<0>showFormulas="1" '),
    "rows hidden as a rule": ("xl/worksheets/sheet", r"<sheetFormatPr", r'\g<0> zeroHeight="1"'),
    "columns hidden as a rule": ("xl/worksheets/sheet", r"<sheetFormatPr", r'\g<0> defaultColWidth="0"'),
    "column too narrow for figures": (
        _SHEETS, r'(<col min="[3-9]" max="\d" width=")[\d.]+(" customWidth="1"/>)', r"\g<1>1.2\2"
    ),
    "limit of what a cell takes": (_ANY, r'(<dataValidation type="decimal"[^>]*><formula1>)[^<]*', r"\1-99"),
    "limit turned round": (_ANY, r'(type="decimal" operator=")[^"]*', r"\1lessThan"),
    "limit that refuses nothing": (_ANY, r'(<dataValidation type="decimal"[^>]*?) showErrorMessage="1"', r"\1"),
    "words beside a cell": (_ANY, r'<dataValidation type="decimal"', r'\g<0> promptTitle="kg" prompt="t"'),
    "tip of a link": (_ANY, r'(<hyperlink [^>]*tooltip=")[^"]*', r"\1别的"),
    "filter": (
        _SHEETS, r'(<autoFilter ref="[^"]*")/>',
        r'\1><filterColumn colId="0"><filters blank="1"/></filterColumn></autoFilter>'
    ),
    "objects over cells": (
        _SHEETS, r"()</worksheet>", r'<oleObjects><oleObject shapeId="9" progId="x"/></oleObjects>\g<0>'
    ),
    "line over cells": (
        "xl/drawings/drawing", r"</xdr:wsDr>", r"<xdr:absoluteAnchor><xdr:cxnSp/></xdr:absoluteAnchor>\g<0>"
    ),
    "figures struck through": (_STYLES, r"(<fonts[^>]*><font>.*?</font><font>)", r"\1<strike/>"),
    "font of pictures": (_STYLES, r'(<fonts[^>]*><font>.*?</font><font>.*?<name val=")[^"]*', r"\1Wingdings"),
    "figures repeated": (_STYLES, r'(<cellXfs.*?<alignment horizontal=")(?:right|left|center)', r"\1fill"),
    "conditional format that scales": (
        _STYLES, r'(<dxfs.*?<numFmt numFmtId="\d+" formatCode=")[^"]*', r"\g<1>0.0,&quot;t&quot;"
    ),
    "number format in use": (_STYLES, r'formatCode="#,##0.0000"', 'formatCode="#,##0.0000&quot;t&quot;"'),
    "figures of a chart in itself": (
        _CHARTS, r"<c:val><c:numRef>.*?</c:numRef></c:val>",
        '<c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>7</c:v></c:pt></c:numLit></c:val>'
    ),
    "chart of hidden cells": (_CHARTS, r'<c:plotVisOnly val="1"/>', '<c:plotVisOnly val="0"/>'),
    "picture behind cells": (_SHEETS, r"()</worksheet>", r'<picture r:id="rId99"/>\g<0>'),
}  # fmt: skip


def replacing(start: str, shape: str, new: str) -> Callable[[Parts, random.Random], str]:
    def do(parts: Parts, rng: random.Random) -> str:
        def expanded(at: re.Match[bytes]) -> bytes:
            return at.expand(new.encode())

        return (
            _in_parts(parts, rng, start, shape.encode(), expanded)
            if start
            else in_sheets(parts, rng, shape.encode(), expanded)
        )

    return do


ATTACKS |= {name: replacing(*how) for name, how in REPLACED.items()}
