"""A legacy .xls written record by record, [MS-XLS]: a stream of BIFF8 in a compound file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tests.intake.hostile import ole2

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_BOF, _EOF = 0x809, 0x0A
WORKSHEET, CHART = 0x10, 0x20  # kinds of a substream


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def substream(kind: int, *records: bytes) -> bytes:
    begin = record(_BOF, struct.pack("<4H2I", 0x600, kind, 0x1FAA, 0x07CD, 0, 0x600))
    return begin + b"".join(records) + record(_EOF)


def number(row: int, column: int, value: float) -> bytes:
    return record(0x203, struct.pack("<3Hd", row - 1, column - 1, 0, value))


def numbers(row: int, column: int, *values: int, last: int | None = None) -> bytes:
    """Return a MULRK; `last` is the last column that it states."""
    packed = b"".join(struct.pack("<HI", 0, value << 2 | 2) for value in values)
    stated = column + len(values) - 1 if last is None else last
    return record(0xBD, struct.pack("<2H", row - 1, column - 1) + packed + struct.pack("<H", stated - 1))


def text(row: int, column: int, content: str) -> bytes:
    return record(0x204, struct.pack("<3HHB", row - 1, column - 1, 0, len(content), 1) + content.encode("utf-16-le"))


def formula(row: int, column: int, tokens: bytes, result: float = 0.0) -> bytes:
    content = struct.pack("<3HdHI", row - 1, column - 1, 0, result, 0, 0)
    return record(0x06, content + struct.pack("<H", len(tokens)) + tokens)


def shared_formula(rows: tuple[int, int], column: int, tokens: bytes) -> bytes:
    """Return what the formulas of some rows have in common: it stands behind the first of them, [MS-XLS] 2.4.277."""
    area = struct.pack("<2H2B2B", rows[0] - 1, rows[1] - 1, column - 1, column - 1, 0, rows[1] - rows[0] + 1)
    return record(0x4BC, area + struct.pack("<H", len(tokens)) + tokens)


def cell_token(row: int, column: int) -> bytes:
    """Return what names a cell of the same sheet in a formula: as E9, which moves along when it is filled down."""
    return struct.pack("<BHH", 0x44, row - 1, column - 1 | 0xC000)


def moved_token(rows: int, columns: int) -> bytes:
    """Return what names a cell in a shared formula: so many rows down and columns to the right."""
    return struct.pack("<BHH", 0x4C, rows & 0xFFFF, columns & 0xFF | 0xC000)


def shared_token(row: int, column: int) -> bytes:
    """Return what stands in place of a shared formula's tokens: the first of its cells."""
    return struct.pack("<BHH", 0x01, row - 1, column - 1)


def box(*pieces: str, kind: int = 6) -> bytes:
    """Return an object of a kind (6 a text box, 25 a comment) and its text, which comes in CONTINUE records."""
    whole = "".join(pieces)
    about = struct.pack("<3H", 0x15, 0x12, kind)
    header = struct.pack("<2H6x2HI", 0x212, 0, len(whole), 16, 0)
    parts = b"".join(_piece(piece) for piece in pieces)
    return record(0x5D, about + bytes(16)) + record(0x1B6, header) + parts + record(0x3C, bytes(16))


def _piece(piece: str) -> bytes:
    if piece.isascii():
        return record(0x3C, b"\0" + piece.encode("ascii"))
    return record(0x3C, b"\1" + piece.encode("utf-16-le"))


def workbook(sheets: Mapping[str, bytes], charts: tuple[str, ...] = (), others: Sequence[str] = ()) -> bytes:
    """Return an .xls of worksheets by name, and of chart sheets; `others` are further streams of the file."""
    streams = {**sheets, **{name: substream(CHART) for name in charts}}
    sizes = sum(len(_listed(0, name, 0)) for name in streams)
    start = len(substream(5)) + sizes + len(_font() + _format())
    listed = b""
    for name, stream in streams.items():
        listed += _listed(start, name, 2 if name in charts else 0)
        start += len(stream)
    stream = substream(5, _font(), _format(), listed) + b"".join(streams.values())
    return ole2({"Workbook": stream, **dict.fromkeys(others, b"x")})


def _listed(start: int, name: str, kind: int) -> bytes:
    return record(0x85, struct.pack("<IBBBB", start, 0, kind, len(name), 1) + name.encode("utf-16-le"))


def _font() -> bytes:
    return record(0x31, struct.pack("<5H4xBB", 220, 0, 8, 400, 0, 1, 1) + "a".encode("utf-16-le"))


def _format() -> bytes:
    return record(0xE0, bytes(20))


# --- Excel 5 and 95: BIFF5, whose texts have the code page of the workbook --------------------------------------------

GBK = 936
_OLD_LISTED = struct.Struct("<IBBB")


def old_substream(kind: int, *records: bytes) -> bytes:
    return record(_BOF, struct.pack("<4H", 0x500, kind, 0x0DBB, 0x07CC)) + b"".join(records) + record(_EOF)


def old_box(content: str, *, kind: int = 6, name: str = "", macro: bytes = b"", encoding: str = "gbk") -> bytes:
    """Return an OBJ: head, place, sizes, fill and line, what the text looks like, name, macro, text, runs of fonts."""
    text, named = content.encode(encoding), name.encode(encoding)
    place = struct.pack("<8H", 9, 0, 4, 0, 12, 0, 8, 0)
    head = struct.pack("<I3H", 1, kind, 1, 0x2014) + place + struct.pack("<4H", len(macro), 0, len(named), 0)
    look = bytes((9, 9, 0, 1, 8, 0, 0, 1, 0, 0)) + struct.pack("<2H", len(text), 0)
    look += struct.pack("<2H2x2H2xH2x3H", 16, 0, 0x212, 0, 0, 0, 0, 0)
    about = bytes([len(named)]) + named if named else b""
    about += b"\0" * (len(about) % 2)
    padded = text + b"\0" * (len(text) % 2)
    runs = struct.pack("<2H4x2H4x", 0, 0, len(text), 0)
    whole = head + look + about + macro + padded + runs
    pieces = [whole[start : start + 2_000] for start in range(0, len(whole), 2_000)]
    return record(0x5D, pieces[0]) + b"".join(record(0x3C, piece) for piece in pieces[1:])


def old_margin(content: str, kind: int = 0x14, encoding: str = "gbk") -> bytes:
    text = content.encode(encoding)
    return record(kind, bytes([len(text)]) + text)


def old_workbook(sheets: Mapping[str, bytes], codepage: int = GBK, encoding: str = "gbk") -> bytes:
    """Return an .xls of Excel 95 of worksheets by name."""
    font = struct.pack("<5H4B", 220, 0, 8, 400, 0, 0, 0, 0, 0) + b"\1a"
    head = record(0x42, struct.pack("<H", codepage)) + record(0x31, font) + record(0xE0, bytes(16))
    names = [name.encode(encoding) for name in sheets]
    start = len(old_substream(5, head)) + sum(4 + _OLD_LISTED.size + len(name) for name in names)
    listed = b""
    for name, stream in zip(names, sheets.values(), strict=True):
        listed += record(0x85, _OLD_LISTED.pack(start, 0, 0, len(name)) + name)
        start += len(stream)
    return ole2({"Book": old_substream(5, head, listed) + b"".join(sheets.values())})
