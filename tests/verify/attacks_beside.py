"""More changes of a package, beside those of attacks.py: what other parts, attributes and extensions can do.

Each alters what somebody sees or computes, or brings something into the file that the program never writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.verify.attacks import ATTACKS, REPLACED, Parts, attack, in_sheets, ours, replaced, replacing, somewhere

if TYPE_CHECKING:
    import random

_BOOK, _STYLES, _TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
_ANY, _SHEETS, _CHARTS, _DRAWINGS = "xl/worksheets/sheet", "", "xl/charts/chart", "xl/drawings/drawing"
_FORMULA = r'<c r="([A-Z]+\d+)"([^>]*)><f>([^<]*)</f>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WHITE = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'
_UNITS = '<c:dispUnits><c:builtInUnit val="thousands"/></c:dispUnits></c:valAx>'
_BAR = (
    '<conditionalFormatting sqref="C1:F90"><cfRule type="dataBar" priority="9"><dataBar showValue="0">'
    '<cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>'
)

MORE: dict[str, tuple[str, str, str]] = {  # as REPLACED
    "formula of an array": (_SHEETS, _FORMULA, r'<c r="\1"\2><f t="array" ref="\1">\3</f>'),
    "formula of an array of cells": (_SHEETS, r'<c r="([C-Z])(\d+)"([^>]*)><f>([^<]*)</f>',
                                     r'<c r="\1\2"\3><f t="array" ref="\1\2:\g<1>999">\4</f>'),
    "table of data": (_SHEETS, _FORMULA, r'<c r="\1"\2><f t="dataTable" ref="\1" dt2D="0" dtr="0" r1="A1"/>'),
    "shared formula without its master": (_SHEETS, _FORMULA, r'<c r="\1"\2><f t="shared" si="77"/>'),
    "error in place of a figure": (_SHEETS, _FORMULA + r"<v>-?[\d.]+</v>", r'<c r="\1" t="e"><f>\3</f><v>#N/A</v>'),
    "text in place of a figure": (_SHEETS, _FORMULA + r"<v>(-?[\d.]+)</v>", r'<c r="\1" t="str"><f>\3</f><v>\4 </v>'),
    "truth in place of a figure": (_SHEETS, _FORMULA + r"<v>-?[\d.]+</v>", r'<c r="\1" t="b"><f>\3</f><v>1</v>'),
    "format by its number": (_STYLES, r'(<cellXfs.*?<xf numFmtId=")16\d', r"\g<1>1"),
    "rich value": (_SHEETS, r'<c r="([A-Z]+\d+)"(?=[^>]*><f>)', r'\g<0> vm="1"'),
    "sheet hidden for good": (_BOOK, r'(<sheet name="[^"]*" sheetId="\d+")(?= r:id)', r'\1 state="veryHidden"'),
    "objects hidden": (_BOOK, r"<workbookPr", r'\g<0> showObjects="none"'),
    "dates of 1904": (_BOOK, r"<workbookPr", r'\g<0> date1904="1"'),
    "tabs hidden": (_BOOK, r"<workbookView", r'\g<0> showSheetTabs="0"'),
    "window hidden": (_BOOK, r"<workbookView", r'\g<0> visibility="hidden"'),
    "rows above a frozen pane": (
        _SHEETS, r'()<sheetView ([^>]*)>(?=<pane [^>]*ySplit="[3-9])', r'<sheetView topLeftCell="A3" \2>'
    ),
    "indented out of sight": (_STYLES, r"(<cellXfs.*?<alignment )", r'\1indent="200" '),
    "letters of nearly white": (_STYLES, r"(<font>(?:(?!</font>).)*?)<color [^>]*/>", r'\1<color rgb="FFFEFEFE"/>'),
    "bars in place of figures": (_SHEETS, r"()<(?=hyperlinks|dataValidations|printOptions|pageMargins)", _BAR + "<"),
    "picture in a foot": (_SHEETS, r"()</worksheet>", r'<legacyDrawingHF r:id="rId97"/>\g<0>'),
    "chart series not filled": (_CHARTS, r"(</c:tx><c:spPr>)<a:solidFill>.*?</a:solidFill>", r"\1<a:noFill/>"),
    "chart point in white": (
        _CHARTS, r'(<c:dPt><c:idx val="\d+"/>(?:<c:invertIfNegative[^>]*>)?<c:spPr>)<a:solidFill>.*?</a:solidFill>',
        rf"\1{_WHITE}",
    ),
    "chart in thousands": (_CHARTS, r"</c:valAx>", _UNITS),
    "chart axis taken away": (
        _CHARTS, r'(<c:valAx><c:axId val="\d+"/><c:scaling>.*?</c:scaling>)', r'\1<c:delete val="1"/>'
    ),
    "chart trendline": (
        _CHARTS, r"(?=<c:cat>)", '<c:trendline><c:trendlineType val="linear"/></c:trendline>'
    ),
    "chart of no size": (_DRAWINGS, r"(<xdr:from>(.*?)</xdr:from>)<xdr:to>.*?</xdr:to>", r"\1<xdr:to>\2</xdr:to>"),
    "chart hidden": (_DRAWINGS, r'<xdr:cNvPr id="\d+"', r'\g<0> hidden="1"'),
    "chart of another file": (_CHARTS, r"(<c:f>)([^<]+!)", r"\1[1]\2"),
    "chart of pies in three dimensions": (
        _CHARTS, r"<c:pieChart>(.*)</c:pieChart>", r"<c:pie3DChart>\1</c:pie3DChart>"
    ),
    "name that refers elsewhere": (_BOOK, r'(<definedName name="[a-z]\w*">[^<]*\$)(\d+)(?=</)', r"\g<1>999"),
    "name of another file": (_BOOK, r'(<definedName name="[a-z]\w*">)([^<]*)', r"\1[1]\2"),
    "property in another word": ("docProps/core.xml", r"(<dc:creator>)[^<]*", r"\1Excel"),
    "company of the document": ("docProps/app.xml", r"</Properties>", "<Company>别的公司</Company></Properties>"),
}  # fmt: skip


def _relation(parts: Parts, of: str, kind: str, target: str, *, outside: bool = False) -> str:
    folder, _, base = of.rpartition("/")
    name = f"{folder}/_rels/{base}.rels"
    mode = ' TargetMode="External"' if outside else ""
    one = f'<Relationship Id="rId98" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    parts[name] = parts.get(name, empty).replace(b"</Relationships>", one.encode())
    return of


@attack
def link_to_another_file(parts: Parts, rng: random.Random) -> str:
    done = in_sheets(parts, rng, rb'<hyperlink ref="([^"]*)"', lambda at: at[0] + b' r:id="rId98"')
    return done and _relation(parts, done.split()[0], "hyperlink", "http://example.com/1.xlsx", outside=True)


@attack
def macros(parts: Parts, _: random.Random) -> str:
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0" + bytes(2000)
    return _relation(parts, _BOOK, "vbaProject", "vbaProject.bin")


@attack
def another_workbook_behind_it(parts: Parts, _: random.Random) -> str:
    parts["xl/externalLinks/externalLink1.xml"] = b'<externalLink xmlns="x"><externalBook/></externalLink>'
    return _relation(parts, _BOOK, "externalLink", "externalLinks/externalLink1.xml")


@attack
def connection_to_a_database(parts: Parts, _: random.Random) -> str:
    parts["xl/connections.xml"] = b'<connections xmlns="x"><connection id="1" refreshOnLoad="1"/></connections>'
    return _relation(parts, _BOOK, "connections", "connections.xml")


@attack
def remark_in_a_thread(parts: Parts, rng: random.Random) -> str:
    part = rng.choice(ours(parts))
    parts["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments><threadedComment ref="B5"><text>已核查</text></threadedComment></ThreadedComments>'.encode()
    )
    return _relation(parts, part, "threadedComment", "../threadedComments/threadedComment1.xml")


@attack
def remark_added(parts: Parts, rng: random.Random) -> str:
    part = rng.choice(ours(parts))
    parts["xl/comments9.xml"] = (
        '<comments><commentList><comment ref="B5"><text><t>已核查</t></text></comment></commentList>'
        "</comments>".encode()
    )
    return _relation(parts, part, "comments", "../comments9.xml")


@attack
def shape_of_the_old_kind(parts: Parts, rng: random.Random) -> str:
    part = rng.choice(ours(parts))
    parts["xl/drawings/vmlDrawing9.vml"] = (
        b'<xml xmlns:v="urn:v" xmlns:x="urn:x"><v:shape><v:textbox>1.2345</v:textbox><x:ClientData ObjectType="Rect"/>'
        b"</v:shape></xml>"
    )
    return _relation(parts, part, "vmlDrawing", "../drawings/vmlDrawing9.vml")


@attack
def shared_formula_of_two_cells(parts: Parts, rng: random.Random) -> str:
    """The second cell follows the first, whatever its own formula was."""
    shape = rb'<c r="([A-Z]+)(\d+)"([^>]*)><f>([^<]*)</f>(.*?)<c r="\1(\d+)"([^>]*)><f>([^<]*)</f>'
    found = somewhere(parts, rng, shape)
    if not found:
        return ""
    at = found[1]
    replaced(
        parts, *found,
        b'<c r="%s%s"%s><f t="shared" ref="%s%s:%s%s" si="0">%s*1</f>%s<c r="%s%s"%s><f t="shared" si="0"/>'
        % (at[1], at[2], at[3], at[1], at[2], at[1], at[6], at[4], at[5], at[1], at[6], at[7]),
    )  # fmt: skip
    return f"{found[0]} {at[1].decode()}{at[2].decode()}"


ATTACKS |= {name: replacing(*how) for name, how in MORE.items()}
assert not set(MORE) & set(REPLACED)
