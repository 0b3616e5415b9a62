"""A legacy .xls written record by record, [MS-XLS]: a stream of BIFF8 in a compound file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tests.intake.hostile import ole2

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def workbook(sheets: Mapping[str, bytes], charts: tuple[str, ...] = ()) -> bytes:
    """Return an .xls of worksheets by name, and of chart sheets."""
    streams = {**sheets, **{name: substream(CHART) for name in charts}}
    sizes = sum(len(_listed(0, name, 0)) for name in streams)
    start = len(substream(5)) + sizes + len(_font() + _format())
    listed = b""
    for name, stream in streams.items():
        listed += _listed(start, name, 2 if name in charts else 0)
        start += len(stream)
    return ole2({"Workbook": substream(5, _font(), _format(), listed) + b"".join(streams.values())})


def _listed(start: int, name: str, kind: int) -> bytes:
    return record(0x85, struct.pack("<IBBBB", start, 0, kind, len(name), 1) + name.encode("utf-16-le"))


def _font() -> bytes:
    return record(0x31, struct.pack("<5H4xBB", 220, 0, 8, 400, 0, 1, 1) + "a".encode("utf-16-le"))


def _format() -> bytes:
    return record(0xE0, bytes(20))
