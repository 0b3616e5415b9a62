"""Cells that hold nothing but a format, and rows of such cells, taken out of a worksheet's bytes before the parser.

They are most of a template, and nothing of them is ever looked at. What is read stays the same to the last finding:

- A cell goes only where it names its own address, and a cell that names its own, or the end of the row, follows at
  once: no cell after it counts from it. A row goes only where another follows that names its own number.
- A `<` follows what goes. Inside of an attribute's value a `<` is an error as before; comments, instructions and names
  mean the same without it. CDATA, where it would be text, ends the taking out for good, as does every other `<!`.
- The bytes are those of ASCII, which stand for themselves in every encoding that the parser knows but UTF-16; there
  every tag has a NUL, and one NUL ends it too.
- Borders between chunks need no care: what is cut in two by one is not recognized, and stays.

Two faults go unseen with what goes: an attribute that an empty row has twice, and a depth that only an empty cell has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# As Excel, LibreOffice and openpyxl write them. One at a time: for a repeated group `re` knows no literal beginning to
# look for, and takes ten times as long. What is repeated is given back nowhere ("+"), which saves a fifth.
_CELL = pattern(
    rb'<c r="[A-Z]{1,3}+[1-9][0-9]{0,6}+"(?: s="[0-9]{1,5}+")?+(?: t="n")?+(?:/>|></c>)'
    rb'(?=<c r="|</row>)'
)
_ROW = pattern(
    rb'<row r="[1-9][0-9]{0,6}+"(?: [A-Za-z][0-9A-Za-z:]*+="[0-9A-Za-z.: -]*+")*+(?:/>|></row>)'
    rb'(?=<row r="[1-9][0-9]{0,6}")'
)


def without_empty_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the chunks of a part of XML without them."""
    rest = iter(chunks)
    last = b""
    for chunk in rest:
        if b"<!" in chunk or b"\0" in chunk or (last == b"<" and chunk[:1] == b"!"):
            yield chunk
            break
        last = chunk[-1:] or last
        yield _ROW.sub(b"", _CELL.sub(b"", chunk))
    yield from rest
