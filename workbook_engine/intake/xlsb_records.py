"""The records of a part of a binary workbook, [MS-XLSB] 2.1.4: each a type, a length and its bytes."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from workbook_engine.intake.limits import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

Record = tuple[int, bytes]


def records(data: bytes, part: str) -> Iterator[Record]:
    """Yield type and bytes of each record; a length beyond the part refuses the workbook."""
    position, end = 0, len(data)
    while position < end:
        kind = data[position]
        position += 1
        if kind >= 0x80:
            kind, position = _variable(data, position - 1, 2)
        size = data[position] if position < end else 0x80  # most are of one byte; the call takes longer than the rest
        position += 1
        if size >= 0x80:
            size, position = _variable(data, position - 1, 4)
        if position + size > end:
            raise damaged(f"“{part}”不完整", f"“{part}” is cut off")
        yield kind, data[position : position + size]
        position += size


def _variable(data: bytes, position: int, most: int) -> tuple[int, int]:
    """Return a number of 7 bits a byte, least significant first, and the position after it."""
    number = 0
    for index, byte in enumerate(data[position : position + most]):
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return number, position + index + 1
    return number, position + most


def wide_string(data: bytes, position: int) -> tuple[str, int]:
    """Return a counted UTF-16 string and the position after it; a count of all ones is no string."""
    (length,) = struct.unpack_from("<I", data, position)
    start = position + 4
    if length == 0xFFFFFFFF:
        return "", start
    return data[start : start + 2 * length].decode("utf-16-le", "replace"), start + 2 * length


def wide_strings(data: bytes, position: int, count: int) -> Iterator[str]:
    """Yield strings that follow each other."""
    for _ in range(count):
        text, position = wide_string(data, position)
        yield text


def tokens_at(data: bytes, position: int) -> tuple[bytes, bytes, int]:
    """Return the tokens of a formula, what belongs to them, and the position after both; each has its size before."""
    (size,) = struct.unpack_from("<I", data, position)
    middle = position + 4 + size
    (more,) = struct.unpack_from("<I", data, middle)
    end = middle + 4 + more
    return data[position + 4 : middle], data[middle + 4 : end], end
