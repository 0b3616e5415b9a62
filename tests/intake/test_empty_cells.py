"""Taking empty cells out of a worksheet's bytes changes nothing of what is read."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.parts import one_sheet, sheet_xml
from workbook_engine.intake.empty_cells import without_empty_cells
from workbook_engine.intake.limits import DEFAULT_LIMITS, Refused
from workbook_engine.intake.open import open_bytes
from workbook_engine.intake.values import Values, cell_of
from workbook_engine.intake.worksheet import SheetScan

STRINGS = [cell_of("text", text) for text in ("铜", "", "<c>")]


def read(chunks: list[bytes], *, without: bool) -> Any:
    """Return all that a scan says of a part, or the finding that refused it."""
    scan = SheetScan("s", "sheet1.xml", Values(STRINGS, (), date1904=False, limits=DEFAULT_LIMITS))
    try:
        rows = list(scan.rows(without_empty_cells(chunks) if without else chunks))
    except Refused as refused:
        return refused.finding.code, type(refused)
    return (
        rows,
        scan.stored,
        scan.skipped,
        scan.hidden_rows,
        scan.merges,
        scan.lost,
        scan.reported.findings(),
        scan.has_data,
    )


def left(part: str) -> str:
    """Return what goes to the parser."""
    return b"".join(without_empty_cells([part.encode()])).decode()


@pytest.mark.parametrize(
    "empty",
    ['<c r="B2" s="5"/>', '<c r="B2"/>', '<c r="B2" s="5"></c>', '<c r="B2" s="5" t="n"></c>'],
    ids=["Excel", "without a format", "end tag", "openpyxl"],
)
def test_empty_cells_and_rows_of_them_go(empty: str) -> None:
    value = '<c r="C2"><v>1</v></c>'
    assert left(f'<row r="2">{empty}{value}{empty}</row>') == f'<row r="2">{value}</row>'
    assert left(f'<row r="2" ht="18" hidden="false">{empty}{empty}</row><row r="3">{value}</row>') == (
        f'<row r="3">{value}</row>'
    )


@pytest.mark.parametrize(
    "part",
    [
        '<row r="2"><c r="B2"/><c><v>1</v></c></row>',  # the cell after it stands where it does because of it
        '<row r="2"><c/><c r="C2"><v>1</v></c></row>',
        '<row r="2"/><row><c><v>1</v></c></row>',
        '<row/><row r="2"/>',
        '<row r="2"><c r="B2" t="s"/><c r="C2"><f>A1</f></c></row>',
        '<is><t><![CDATA[<c r="B2"/><c r="C2"/>]]></t></is>',
        '<!-- --><row r="2"><c r="B2"/><c r="C2"/></row>',
        '<row r="2"><c r="B2" s="5" s="6"/></row>',  # no XML: it is for the parser to say so
    ],
)  # fmt: skip
def test_what_counts_stays(part: str) -> None:
    assert left(part) == part


def test_utf_16_is_left_alone() -> None:
    data = '<row r="2"><c r="B2"/><c r="C2"/></row>'.encode("utf-16")
    text = b'<\0t\0>\0<c r="A1"/><c r="B1"/>'  # 汉字 of these bytes
    assert list(without_empty_cells([data, text])) == [data, text]


def test_a_cdata_section_cut_in_two_is_seen() -> None:
    chunks = [b"<is><t><", b'![CDATA[<c r="B2"/><c r="C2"/>', b'<c r="B2"/><c r="C2"/>']
    assert list(without_empty_cells(chunks)) == chunks


COLUMNS = st.sampled_from(["A", "B", "C", "Z", "AA", "XFD", "XFE", "ZZZ"])
ROWS = st.sampled_from(["1", "2", "3", "3", "04", "1048576", "1048577", "0"])
OPENINGS = ['<c r="{}{}"', '<c r="{}{}" s="5"', '<c s="5" r="{}{}"', '<c s="5"', "<c"]
ENDINGS = [
    "/>", "/>", "></c>", ' t="n"></c>', ' t="n"/>', ' t="s"/>', "><v></v></c>", "><v>1.5</v></c>",
    ' t="s"><v>0</v></c>',
    ' t="inlineStr"><is><t>铜</t></is></c>', ' t="inlineStr"><is><t><![CDATA[<c r="A1"/><c r="B1"/>]]></t></is></c>',
    "><f>A1</f><v>2</v></c>", '><f t="shared" si="0">A1</f></c>', "><f/></c>", ">", "</c>",
]  # fmt: skip
CELLS = st.builds(
    lambda opening, ending, column, row: opening.format(column, row) + ending,
    st.sampled_from(OPENINGS), st.sampled_from(ENDINGS), COLUMNS, ROWS,
)  # fmt: skip
EMPTY = st.builds('<c r="{}{}" s="7"/>'.format, COLUMNS, ROWS)
ODD = st.sampled_from(
    ["", "\n ", "<!-- -->", '<!-- <c r="A1"/><c r="B1"/> -->', '<?x <c r="A1"/><c r="B1"/> ?>', "<x>"]
)
ROW_STARTS = st.sampled_from(
    ['<row r="{}">', '<row r="{}">', '<row r="{}" hidden="1">', '<row hidden="true">', "<row>", '<row r="{}" x="&gt;">',
     '<row r="{}" s="1" ht="18" x14ac:dyDescent="0.25">', '<row r="{}"/>', '<row r="{}" ht="1"/>']
)  # fmt: skip
ROW_ENDS = st.sampled_from(["</row>", "</row>", "</row>", "</row>", "</row\n>", ""])
ROW = st.builds(
    lambda start, number, cells, odd, end: (
        start.format(number) + "".join(cells) + odd + ("" if start.endswith("/>") else end)
    ),
    ROW_STARTS, ROWS, st.lists(EMPTY | EMPTY | CELLS, max_size=6), st.just("") | ODD, ROW_ENDS,
)  # fmt: skip
EMPTY_ROW = st.builds('<row r="{}" ht="18">{}</row>'.format, ROWS, st.lists(EMPTY, max_size=2).map("".join))
SHEETS = st.lists(EMPTY_ROW | ROW, max_size=6).map(
    lambda rows: sheet_xml("".join(rows), after='<mergeCell ref="A1:B2"/>').encode()
)


@st.composite
def chunked(draw: st.DrawFn) -> list[bytes]:
    """Draw a part, sometimes with a byte changed or bytes cut out, in chunks with borders anywhere."""
    part = bytearray(draw(SHEETS))
    if draw(st.booleans()):
        place = draw(st.integers(0, len(part) - 1))
        part[place : place + draw(st.integers(0, 12))] = draw(
            st.sampled_from([b"", b'"', b"<", b">", b"\x00", b"\x01"])
        )
    borders = sorted(draw(st.lists(st.integers(0, len(part)), max_size=5)))
    return [bytes(part[start:end]) for start, end in zip([0, *borders], [*borders, len(part)], strict=True)]


@settings(max_examples=1_000, deadline=None)
@given(chunked())
def test_what_is_read_stays_the_same(chunks: list[bytes]) -> None:
    assert read(chunks, without=True) == read(chunks, without=False)


def test_the_place_of_a_fault_is_that_in_the_file() -> None:
    rows = '<row r="1">' + '<c r="A1" s="1"/>' * 100 + '</row><row r="2"><c r="A2"><v>1</c></row>'
    with pytest.raises(expat.ExpatError) as raised:
        expat.ParserCreate().Parse(sheet_xml(rows).encode())
    (finding,) = open_bytes(one_sheet(rows)).findings
    assert str(raised.value) in finding.message("en")
