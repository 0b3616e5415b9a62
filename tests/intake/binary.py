"""A binary workbook (.xlsb) written record by record, [MS-XLSB] 2.1.4."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tests.intake.parts import zipped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.grid import Book

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="bin" ContentType="application/vnd.ms-excel.worksheet"/>
<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>
<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/>
</Types>"""
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = f'<Relationship Id="r" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.bin"/>'


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


def formula(column: int, tokens: bytes, value: float | str = 0.0, more: bytes = b"") -> bytes:
    """Return a cell with a formula; `more` is what its tokens need behind them."""
    kind, result = (8, wide(value)) if isinstance(value, str) else (9, struct.pack("<d", value))
    return cell(kind, column, result + bytes(2) + parsed(tokens, more))


def parsed(tokens: bytes, more: bytes = b"") -> bytes:
    """Return a formula as records hold it, [MS-XLSB] 2.5.97.1."""
    return struct.pack("<I", len(tokens)) + tokens + struct.pack("<I", len(more)) + more


def from_book(book: Book, formulas: Mapping[tuple[str, int, int], bytes] | None = None) -> bytes:
    """Return a book as .xlsb: texts, numbers and truths, and the tokens of formulas by sheet, row and column."""
    tokens = formulas or {}
    sheets = {}
    for each in book.sheets:
        records = []
        for number, cells in each.rows():
            records.append(row(number))
            for column, content in cells.items():
                value = content.value
                if (place := (each.name, number, column)) in tokens:
                    records.append(
                        formula(column, tokens[place], value if isinstance(value, str) else float(value or 0))
                    )
                elif isinstance(value, str):
                    records.append(cell(6, column, wide(value)))
                else:
                    records.append(cell(5, column, struct.pack("<d", float(value or 0))))
        sheets[each.name] = sheet(*records)
    return workbook(sheets)


def sheet(*records: bytes, after: bytes = b"") -> bytes:
    """Return a sheet; `after` are records behind its cells."""
    return record(129) + record(145) + b"".join(records) + record(146) + after + record(130)


def token(kind: int, layout: str = "", *values: float) -> bytes:
    """Return a token of a formula."""
    return bytes([kind]) + struct.pack(f"<{layout}", *values)


def look(properties: Mapping[int, bytes]) -> bytes:
    """Return what a conditional format changes, by the kinds of properties, [MS-XLSB] 2.4.356."""
    parts = (struct.pack("<2H", kind, 4 + len(value)) + value for kind, value in properties.items())
    return struct.pack("<4xH", len(properties)) + b"".join(parts)


def workbook(
    sheets: dict[str, bytes],
    strings: Sequence[str] = (),
    formats: Sequence[int | str] = (),
    *,
    date1904: bool = False,
    of_book: bytes = b"",
    looks: Sequence[bytes] = (),
    fills: Sequence[bytes] = (),
    more: dict[str, bytes | str] | None = None,
) -> bytes:
    """Return a package. `formats` are the codes of the cell formats 1, 2, …; `of_book` are records behind the list of
    sheets, `looks` those of conditional formats, `fills` those of cells, each with a cell format behind `formats`;
    `more` are further parts.
    """
    listed = b"".join(
        record(156, struct.pack("<II", 1 if name.startswith("hidden") else 0, n) + wide(f"rId{n}") + wide(name))
        for n, name in enumerate(sheets, 1)
    )
    own = b"".join(
        record(44, struct.pack("<H", 200 + n) + wide(f)) for n, f in enumerate(formats) if isinstance(f, str)
    )
    numbers = [0, *(200 + n if isinstance(code, str) else code for n, code in enumerate(formats))]
    styles = (
        record(278)
        + own
        + b"".join(record(45, each) for each in fills)
        + record(617, b"")
        + b"".join(record(47, struct.pack("<HH", 0, n) + bytes(12)) for n in numbers)
        + b"".join(record(47, struct.pack("<4H", 0, 0, 0, n) + bytes(8)) for n in range(1, len(fills)))
        + record(618)
        + record(505, struct.pack("<I", len(looks)))
        + b"".join(record(507, each) for each in looks)
        + record(506)
        + record(279)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    ) + "".join(
        f'<Relationship Id="{w}" Type="{_RELATIONS}/{w}" Target="{w}.bin"/>' for w in ("sharedStrings", "styles")
    )
    return zipped({
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(_WORKBOOK),
        "xl/workbook.bin": record(131) + record(153, struct.pack("<I", int(date1904)) + bytes(8))
        + record(143) + listed + record(144) + of_book + record(132),
        "xl/_rels/workbook.bin.rels": _relations(relations),
        "xl/sharedStrings.bin": b"".join(record(19, b"\0" + wide(text)) for text in strings),
        "xl/styles.bin": styles,
        **{f"xl/worksheets/sheet{n}.bin": content for n, content in enumerate(sheets.values(), 1)},
        **(more or {}),
    })  # fmt: skip


def _relations(listed: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
