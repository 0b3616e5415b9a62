"""A binary workbook (.xlsb) written record by record, [MS-XLSB] 2.1.4."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tests.intake.parts import zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, content: bytes = b"") -> bytes:
    """Return a record: type in one or two bytes, length in up to four, seven bits each."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while size >= 0x80:
        length, size = length + bytes([size & 0x7F | 0x80]), size >> 7
    return head + length + bytes([size]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def row(number: int, *, hidden: bool = False) -> bytes:
    return record(0, struct.pack("<IIHBB", number - 1, 0, 300, 0, 0x10 if hidden else 0) + bytes(5))


def cell(kind: int, column: int, content: bytes, style: int = 0) -> bytes:
    return record(kind, struct.pack("<II", column - 1, style) + content)


def sheet(*records: bytes) -> bytes:
    return record(129) + record(145) + b"".join(records) + record(146) + record(130)


def workbook(
    sheets: dict[str, bytes],
    strings: Sequence[str] = (),
    formats: Sequence[int | str] = (),
    *,
    date1904: bool = False,
    more: dict[str, bytes | str] | None = None,
) -> bytes:
    """Return a package. `formats` are the codes of the cell formats 1, 2, …; `more` are further parts."""
    listed = b"".join(
        record(156, struct.pack("<II", 1 if name.startswith("hidden") else 0, n) + wide(f"rId{n}") + wide(name))
        for n, name in enumerate(sheets, 1)
    )
    own = b"".join(
        record(44, struct.pack("<H", 200 + n) + wide(f)) for n, f in enumerate(formats) if isinstance(f, str)
    )
    numbers = [0, *(200 + n if isinstance(code, str) else code for n, code in enumerate(formats))]
    styles = (
        own
        + record(617, b"")
        + b"".join(record(47, struct.pack("<HH", 0, n) + bytes(12)) for n in numbers)
        + record(618)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    ) + "".join(
        f'<Relationship Id="{w}" Type="{_RELATIONS}/{w}" Target="{w}.bin"/>' for w in ("sharedStrings", "styles")
    )
    return zipped({
        "_rels/.rels": f'<R><Relationship Id="r" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.bin"/></R>',
        "xl/workbook.bin": record(153, struct.pack("<I", int(date1904)) + bytes(8)) + listed,
        "xl/_rels/workbook.bin.rels": f"<R>{relations}</R>",
        "xl/sharedStrings.bin": b"".join(record(19, b"\0" + wide(text)) for text in strings),
        "xl/styles.bin": styles,
        **{f"xl/worksheets/sheet{n}.bin": content for n, content in enumerate(sheets.values(), 1)},
        **(more or {}),
    })  # fmt: skip
