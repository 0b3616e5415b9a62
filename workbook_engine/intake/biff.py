"""The records of a legacy .xls: a count of its cells that its reader had no part in, and what its boxes and charts say.

[MS-XLS] 2.1.4: the workbook stream is a run of records, each a type, a length and its bytes. The reader of cells
(xlrd) gives no text boxes, and nothing to hold its own count against. Excel 95 and older keep the text of a box in the
record of the box itself, in the code page of the workbook (OpenOffice's documentation of the format, 5.72 OBJ).
"""

from __future__ import annotations

import codecs
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine.grid import Beside, address
from workbook_engine.intake.drawings import is_of_program
from workbook_engine.intake.legacy_rules import CF, CONDFMT
from workbook_engine.intake.tokens import Source, Sources
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook_engine.intake.beside import Place

    Record = tuple[int, bytes]

WORKSHEET, MACRO_SHEET, CHART_SHEET = 0, 1, 2  # kinds of a sheet
_BOF, _EOF, _CONTINUE, _BOUNDSHEET = 0x809, 0x0A, 0x3C, 0x85
_OBJECT, _TEXT = 0x5D, 0x1B6
_DRAWING = 0xEC
_ART = struct.Struct("<HHI")  # before each part of a drawing: version and count, type, bytes of it
_CONTAINER = 0xF  # the version of a part that holds others
_PROPERTIES = {0xF00B, 0xF121, 0xF122}
_PROPERTY = struct.Struct("<HI")  # number, value
_COMPLEX, _NUMBER_OF_PROPERTY, _DESCRIPTION = 0x8000, 0x3FFF, 0x381
_OF_ROWS = {0x208, 0x201, 0xBE, 0xD7}  # rows and cells without content: the most of a large sheet
_COMMENT_OBJECT, _A_PICTURE = 0x19, b"\x08\x00"
_MARGINS = {0x14, 0x15}  # of odd pages; those of even and first pages stand in one record
_EVEN_AND_FIRST, _COUNTS_OF_EVEN = 0x89C, 30  # and where it counts the characters of each
_VALIDATION, _KIND, _LIST = 0x1BE, 15, 3  # and the bits of its kind
_TEXT_TOKEN = 0x17
_TIP = 0x800  # of a hyperlink
_SCENARIO, _SCENARIO_NAME = 0xAF, 7  # and where its name begins
_SOURCE, _SERIES_TEXT = 0x1051, 0x100D  # of a text in a chart: where it comes from, what it says
_A_REFERENCE = b"\x02"
_LINKED, _OWN, _ADD_IN = 0x1AE, b"\x01\x04", b"\x01\x3a"  # another workbook; this one, and functions of an add-in
_REFERENCES, _OTHER_NAME, _NAME_OF_OTHER = 0x17, 0x23, 6  # and where the latter's name begins
_VOLUME = pattern(r"\x01\x01(.)")  # at the beginning of a path
_PATH = {1: "", 2: "/", 3: "/", 4: "../"}  # what else stands in one: its beginning, this volume, a folder, one above
_BIFF8 = b"\x00\x06"  # the version that a BOF tells
_CODEPAGE = 0x42
_GB18030 = "gb18030"  # also of what a Chinese Mac calls 10008, and of a code page that Python lacks
_BOX, _BUTTON = 6, 7
_CONTROLS = frozenset({11, 12, 13, 14, 18, 19, 20})  # boxes to tick, labels, lists: their captions stand elsewhere
_FRAME = struct.Struct("<4xH20xHxxHxx10x")  # of an object: type, bytes of its macro, characters of its name, its look
_BOX_TEXT = struct.Struct("<H24x")  # characters of a box's text, and how it looks
_NOT_KNOWN = "…"  # in the place of a text that is there and cannot be read
_LISTED = 8  # bytes of a BOUNDSHEET before the characters of its name
_FORMULA, _SHARED, _ARRAY = 0x06, 0x4BC, 0x221
_PLACE = struct.Struct("<2H")
_REFERENCE = struct.Struct("<H2h")  # book, its first and last sheet
_RULES = {CONDFMT, CF}
_MULRK = 0xBD  # several numbers of 6 bytes each, and 6 bytes for row and columns

# INTEGER to FORMULA of every version that lies in a container; a STRING belongs to the FORMULA before it.
_CELLS = {0xFD, 0x203, 0x27E, 0x06, 0x206, 0x406, 0x205, 0x204, 0xD6}
_HEADER = 4
_TEXT_HEADER = 18  # bytes of a TXO: options, rotation, reserved, characters, bytes of runs, fonts


@dataclass(slots=True)
class Stored:
    """What a workbook stream holds of one sheet."""

    name: str
    kind: int  # as above; 6 is a module of macros
    start: int
    cells: int = 0  # records of cells with content
    # Records of formulas by row and column, from 0; what several cells share, and arrays, by the first of their cells.
    formulas: dict[tuple[int, int], bytes] = field(default_factory=dict)
    shared: dict[tuple[int, int], bytes] = field(default_factory=dict)
    arrays: dict[tuple[int, int], bytes] = field(default_factory=dict)
    rules: list[Record] = field(default_factory=list)  # its conditional formats
    boxes: list[str] = field(default_factory=list)  # texts of text boxes and other shapes
    beside: list[Beside] = field(default_factory=list)  # heads and feet of pages, messages of cells


def stored_sheets(stream: bytes) -> list[Stored]:
    """Return the sheets that a workbook stream lists, with what it holds of each. What is cut off is not counted."""
    is_unicode = stream[_HEADER : _HEADER + 2] == _BIFF8
    listed = (content for kind, content in _substream(stream, 0) if kind == _BOUNDSHEET and len(content) >= _LISTED)
    encoding = "" if is_unicode else _encoding(stream)
    sheets = [_listed(content, encoding) for content in listed]
    for sheet in sheets:
        if sheet.kind == WORKSHEET:
            records, of_charts = _count(stream, sheet)
            sheet.rules += (record for record in records if record[0] in _RULES)
            sheet.boxes += _boxes(records) if is_unicode else _old_boxes(records, encoding)
            sheet.beside += _beside(records, of_charts, sheet.name, encoding)
    return sheets


def linked_workbooks(stream: bytes) -> Iterator[str]:
    """Yield the other workbooks that a workbook stream of BIFF8 refers to, [MS-XLS] 2.4.271."""
    if stream[_HEADER : _HEADER + 2] != _BIFF8:
        return
    for kind, content in _substream(stream, 0):
        if kind == _LINKED and len(content) > 4 and content[2:4] not in {_OWN, _ADD_IN}:
            with suppress(struct.error):
                yield _VOLUME.sub(r"\1:/", _string(content, 2)[0]).translate(_PATH)


def sources_of(stream: bytes, sheets: Sequence[str], names: Sequence[str]) -> Sources | None:
    """Return what references in formulas mean, [MS-XLS] 2.4.271, 2.4.105 and 2.4.106; None where it is no BIFF8."""
    if stream[_HEADER : _HEADER + 2] != _BIFF8:
        return None
    found, references = Sources(sheets, names), bytearray()
    before = 0
    for kind, content in _substream(stream, 0):
        if kind == _LINKED:
            of = content[2:4]
            found.books.append(Source("own" if of == _OWN else "functions" if of == _ADD_IN else "other", []))
        elif kind == _OTHER_NAME and found.books:
            found.books[-1].names.append(_short_string(content, _NAME_OF_OTHER))
        elif kind == _REFERENCES:
            references += content[2:]
        elif kind == _CONTINUE and before == _REFERENCES:
            references += content
            continue
        before = kind
    found.references += _REFERENCE.iter_unpack(references[: len(references) // _REFERENCE.size * _REFERENCE.size])
    return found


def _short_string(content: bytes, position: int) -> str:
    """Return a text whose length has one byte; "" where it is cut off."""
    if len(content) < position + 2:
        return ""
    length, is_wide = content[position], content[position + 1] & 1
    text = content[position + 2 : position + 2 + length * (1 + is_wide)]
    return text.decode("utf-16-le" if is_wide else "latin-1", "replace")


def _encoding(stream: bytes) -> str:
    """Return the encoding of an older workbook's texts, as Python calls it."""
    content = next((content for kind, content in _substream(stream, 0) if kind == _CODEPAGE), b"")
    name = f"cp{int.from_bytes(content[:2], 'little')}"
    try:
        return _GB18030 if name in {"cp936", "cp0"} else codecs.lookup(name).name
    except LookupError:
        return _GB18030


def _listed(content: bytes, encoding: str) -> Stored:
    """Return what a BOUNDSHEET says; the names of BIFF8 begin with the width of their characters."""
    start, _, kind = struct.unpack_from("<IBB", content)
    if encoding:
        return Stored(content[7:].decode(encoding, "replace"), kind, start)
    is_wide = bool(content[7] & 1)
    return Stored(content[8:].decode("utf-16-le" if is_wide else "latin-1", "replace"), kind, start)


def _count(stream: bytes, sheet: Stored) -> tuple[list[Record], list[Record]]:
    """Count the cells of a sheet; return its other records, and those of the charts on it."""
    others: list[Record] = []
    of_charts: list[Record] = []
    formula = (-1, -1)  # the last one
    for depth, kind, content in _nested(stream, sheet.start):
        if depth > 1:
            of_charts.append((kind, content))
        elif kind in _CELLS:
            sheet.cells += 1
            if kind == _FORMULA and len(content) >= _PLACE.size:
                formula = _PLACE.unpack_from(content)
                sheet.formulas[formula] = content
        elif kind == _SHARED:
            sheet.shared[formula] = content
        elif kind == _ARRAY:
            sheet.arrays[formula] = content
        elif kind == _MULRK:
            sheet.cells += (len(content) - 6) // 6
        elif kind not in _OF_ROWS:
            others.append((kind, content))
    return others, of_charts


def _boxes(records: Iterable[Record]) -> Iterator[str]:
    """Yield the texts of boxes and other shapes, but for comments."""
    owner, text = 0, _Text()
    found: list[_Text] = []
    for kind, content in records:
        if kind == _OBJECT and len(content) >= 6:
            (owner,) = struct.unpack_from("<H", content, 4)
        elif kind == _TEXT and len(content) >= _TEXT_HEADER and owner != _COMMENT_OBJECT:
            text = _Text(struct.unpack_from("<H", content, 10)[0])
            found.append(text)
        elif kind == _CONTINUE and text.left:
            text.add(content)
    yield from (said for text in found if (said := " ".join(text.so_far.split())))


def _of_charts(records: Iterable[Record], encoding: str) -> Iterator[str]:
    """Yield what was typed into charts: titles, names of series, boxes. What refers to a cell is said by the cell."""
    refers = False
    for kind, content in records:
        if kind == _SOURCE:
            refers = content[1:2] == _A_REFERENCE
        elif kind == _SERIES_TEXT and not refers and len(content) > 3:
            yield content[3:].decode(encoding, "replace") if encoding else _characters(content[3:])
    if not encoding:
        yield from _boxes(records)
        yield from _descriptions(records)


def _descriptions(records: Iterable[Record]) -> Iterator[str]:
    """Yield what pictures and shapes say of themselves, [MS-ODRAW] 2.3.4.2: the alternative text of Excel."""
    pieces: list[bytes] = []
    is_open = False
    for kind, content in records:
        is_open = kind == _DRAWING or (is_open and kind == _CONTINUE)
        if is_open:
            pieces.append(content)
    drawing, position = b"".join(pieces), 0
    while position + _ART.size <= len(drawing):
        version, kind, length = _ART.unpack_from(drawing, position)
        position += _ART.size
        if version & 0xF == _CONTAINER:
            continue
        if kind in _PROPERTIES:
            text = _description(drawing[position : position + length], version >> 4)
            if text and not is_of_program(text):
                yield text
        position += length


def _description(content: bytes, count: int) -> str:
    """Return the description among the properties of a shape: those of fixed size first, then what is longer."""
    end = count * _PROPERTY.size
    for number, value in _PROPERTY.iter_unpack(content[: min(end, len(content) // _PROPERTY.size * _PROPERTY.size)]):
        if number & _COMPLEX:
            if number & _NUMBER_OF_PROPERTY == _DESCRIPTION:
                text = content[end : end + value].decode("utf-16-le", "replace")
                return " ".join(text.partition("\0")[0].split())
            end += value
    return ""


def _characters(content: bytes) -> str:
    """Return a text that begins with the width of its characters."""
    return content[1:].decode("utf-16-le" if content[0] & 1 else "latin-1", "replace")


def _old_boxes(records: Iterable[Record], encoding: str) -> Iterator[str]:
    """Yield the texts of the boxes of Excel 95 and older."""
    for content in _old_objects(records):
        if len(content) >= _FRAME.size and (text := " ".join(_old_text(content, encoding).split())):
            yield text


def _old_objects(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield the records of objects, each with those that continue it."""
    content, is_open = b"", False
    for kind, piece in records:
        if kind == _CONTINUE and is_open:
            content += piece
            continue
        if is_open:
            yield content
        content, is_open = piece, kind == _OBJECT
    if is_open:
        yield content


def _old_text(content: bytes, encoding: str) -> str:
    """Return the text of an object: behind its name, which ends at an even place, and its macro."""
    kind, macro, named = _FRAME.unpack_from(content)
    if kind in _CONTROLS:
        return _NOT_KNOWN
    if kind not in {_BOX, _BUTTON} or len(content) < _FRAME.size + _BOX_TEXT.size:
        return ""
    (length,) = _BOX_TEXT.unpack_from(content, _FRAME.size)
    position = _FRAME.size + _BOX_TEXT.size
    if named:
        position += 1 + content[position] if position < len(content) else 0
        position += position % 2
    position += macro
    return content[position : position + length].decode(encoding, "replace")


_PLACES: dict[int, Place] = {_VALIDATION: "prompt", _TIP: "link", _SCENARIO: "scenario"}  # else margin


def _beside(records: list[Record], of_charts: list[Record], sheet: str, encoding: str) -> Iterator[Beside]:
    """Yield the texts beside the cells, each once; those of a record that is cut off are left out."""
    found: dict[tuple[Place, str], Beside] = {}

    def keep(place: Place, text: str, area: str = "") -> None:
        if text.strip("\0 "):
            found.setdefault((place, text), Beside(place, text, sheet, area))

    for number, (kind, content) in enumerate(records):
        if kind == _OBJECT and content[4:6] == _A_PICTURE and not encoding:
            keep("picture", f"{number}")
        texts, area = _old_margin(kind, content, encoding) if encoding else _texts(kind, content)
        for text in texts:
            keep(_PLACES.get(kind, "margin"), text, area)
        if kind == _VALIDATION:
            keep("choices", _choices(content), area)
    for text in (*_of_charts(of_charts, encoding), *(() if encoding else _descriptions(records))):
        keep("drawing", text)
    yield from found.values()


def _old_margin(kind: int, content: bytes, encoding: str) -> tuple[list[str], str]:
    """Return the head or foot of pages; Excel 95 has no messages of cells."""
    is_margin = kind in _MARGINS and content
    return ([content[1 : 1 + content[0]].decode(encoding, "replace")] if is_margin else []), ""


def _texts(kind: int, content: bytes) -> tuple[list[str], str]:
    """Return the texts of a record, and the area of a validation or hyperlink."""
    try:
        if kind in _MARGINS and content:
            return [_string(content, 0)[0]], ""
        if kind == _EVEN_AND_FIRST:
            counts = struct.unpack_from("<4H", content, _COUNTS_OF_EVEN)
            return _strings(content, _COUNTS_OF_EVEN + 8, sum(count > 0 for count in counts))[0], ""
        if kind == _TIP:
            row, _, column = struct.unpack_from("<3H", content, 2)
            return [content[10:].decode("utf-16-le", "replace").rstrip("\0")], address(row + 1, column + 1)
        if kind == _SCENARIO:
            return [_scenario(content)], ""
        if kind == _VALIDATION:
            texts, position = _strings(content, 4, 4)
            return texts, _first_area(content, position)
    except struct.error:
        pass
    return [], ""


def _scenario(content: bytes) -> str:
    """Return name and comment of a scenario: counts, name, user, comment. Only the name has its count before them."""
    named, commented = struct.unpack_from("<2B", content, 4)
    wide = content[_SCENARIO_NAME] & 1 if len(content) > _SCENARIO_NAME else 0
    end = _SCENARIO_NAME + 1 + named * (1 + wide)
    name = _characters(content[_SCENARIO_NAME:end]) if named else ""
    _, position = _string(content, end)
    comment = _string(content, position)[0] if commented else ""
    return ": ".join(text for text in (name, comment) if text)


def _strings(content: bytes, position: int, count: int) -> tuple[list[str], int]:
    found = []
    for _ in range(count):
        text, position = _string(content, position)
        found.append(text)
    return found, position


def _string(content: bytes, position: int) -> tuple[str, int]:
    """Return a text and the position after it: its length, the width of its characters, the characters."""
    length, flags = struct.unpack_from("<HB", content, position)
    start, end = position + 3, position + 3 + length * (2 if flags & 1 else 1)
    return content[start:end].decode("utf-16-le" if flags & 1 else "latin-1", "replace"), end


def _choices(content: bytes) -> str:
    """Return the words of a list that stand in its validation, a line each; they are a text with NULs between them."""
    with suppress(struct.error):
        if content[:1] and content[0] & _KIND == _LIST:
            _, position = _strings(content, 4, 4)
            token, length, flags = struct.unpack_from("<3B", content, position + 4)
            start, end = position + 7, position + 7 + length * (2 if flags & 1 else 1)
            if token == _TEXT_TOKEN:
                words = content[start:end].decode("utf-16-le" if flags & 1 else "latin-1", "replace").split("\0")
                return "\n".join(word.strip() for word in words)
    return ""


def _first_area(content: bytes, position: int) -> str:
    """Return the first area of a validation: behind its two formulas, each of them with its size in front."""
    for _ in range(2):
        (size,) = struct.unpack_from("<H", content, position)
        position += 4 + size
    count, first, _, column = struct.unpack_from("<4H", content, position)
    return address(first + 1, column + 1) if count else ""


@dataclass(slots=True)
class _Text:
    """A text that follows in CONTINUE records: each begins with the width of its characters."""

    left: int = 0
    so_far: str = ""

    def add(self, content: bytes) -> None:
        is_wide = bool(content[:1]) and bool(content[0] & 1)
        piece = content[1:].decode("utf-16-le" if is_wide else "latin-1", "replace")[: self.left]
        self.so_far += piece
        self.left = self.left - len(piece) if piece else 0


def _substream(stream: bytes, start: int) -> Iterator[Record]:
    """Yield the records of a substream from its BOF to its EOF, without those of a chart that lies within it."""
    return ((kind, content) for depth, kind, content in _nested(stream, start) if depth <= 1)


def _nested(stream: bytes, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield the records of a substream from its BOF to its EOF; those of a chart within it lie deeper than 1."""
    depth, position = 0, start
    while position + _HEADER <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, position)
        position += _HEADER
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        else:
            yield depth, kind, stream[position : position + length]
        position += length
