"""The container of old Office files (D0 CF 11 E0): which streams lie at its root, and so what it is.

An encrypted .xlsx, a legacy .xls and a .doc all begin alike. Only the directory is read, in bounded steps; [MS-CFB].
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["encrypted", "xls", "doc", "ppt", "unknown"]

# Most telling first: a .doc with an embedded table holds it in a storage below the root, so it is not mistaken.
_TELLING: tuple[tuple[str, Kind], ...] = (
    ("encryptedpackage", "encrypted"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("worddocument", "doc"),
    ("powerpoint document", "ppt"),
)
_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA  # beyond are the marks of free and last sectors
_NO_ENTRY = 0xFFFFFFFF
_ENTRY = 128


def kind_of(data: bytes) -> Kind:
    """Return what an OLE2 file is; "unknown" also where its directory cannot be followed."""
    try:
        names = {name.casefold() for name in _root_names(_directory(data))}
    except (struct.error, IndexError):
        return "unknown"
    return next((kind for name, kind in _TELLING if name in names), "unknown")


def names_of(data: bytes) -> list[str]:
    """Return the names of the streams and storages at the root of an OLE2 file."""
    try:
        return list(_root_names(_directory(data)))
    except (struct.error, IndexError):
        return []


def _directory(data: bytes) -> bytes:
    """Return the directory stream, followed through the sector table."""
    shift = struct.unpack_from("<H", data, 0x1E)[0]
    size = 1 << (shift if shift in {9, 12} else 9)
    table = _sector_table(data, size)
    sector: int = struct.unpack_from("<I", data, 0x30)[0]
    pieces, seen = [], set[int]()
    while sector < _LAST_SECTOR and sector not in seen:
        seen.add(sector)
        pieces.append(_sector(data, sector, size))
        sector = table[sector]
    return b"".join(pieces)


def _sector_table(data: bytes, size: int) -> list[int]:
    """Return the table that tells for each sector the next one of its stream."""
    sectors = list(struct.unpack_from("<109I", data, 0x4C))
    more, seen = struct.unpack_from("<I", data, 0x44)[0], set[int]()
    while more < _LAST_SECTOR and more not in seen:
        seen.add(more)
        *further, more = struct.unpack(f"<{size // 4}I", _sector(data, more, size))
        sectors += further
    table: list[int] = []
    for sector in sectors:
        if sector < _LAST_SECTOR:
            table += struct.unpack(f"<{size // 4}I", _sector(data, sector, size))
    return table


def _sector(data: bytes, number: int, size: int) -> bytes:
    start = max(_HEADER, size) + number * size
    return data[start : start + size]


def _root_names(directory: bytes) -> Iterator[str]:
    """Yield the names of what lies directly under the root: its child, and that one's siblings on both sides."""
    seen = {_NO_ENTRY}
    waiting = [struct.unpack_from("<I", directory, 76)[0]]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        entry = directory[number * _ENTRY : (number + 1) * _ENTRY]
        length, left, right = struct.unpack("<64xH2xII52x", entry)
        yield entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        waiting += (left, right)
