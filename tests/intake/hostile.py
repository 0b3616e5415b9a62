"""A generator of workbooks made to harm: `python -m tests.intake.hostile FOLDER` writes them all out.

Each case is a name, what makes its bytes, and the codes that reading it must give: at least these, and no crash.
An empty set means that the file looks terrible and is harmless: it must be read without a word.
"""

from __future__ import annotations

import io
import struct
import sys
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.intake.binary import workbook as binary_workbook
from tests.intake.parts import one_sheet, sheet_xml, strings_xml, styles_xml, workbook_parts, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MB = 1_000_000
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(10)
) + "]>"  # fmt: skip
EXTERNAL = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


class Hostile(NamedTuple):
    name: str
    make: Callable[[], bytes]
    codes: frozenset[str]


# --- zip archives -----------------------------------------------------------------------------------------------------


def with_large_parts(*sizes: int) -> bytes:
    """Return a workbook whose sheets inflate to so many bytes of white space."""
    buffer = io.BytesIO()
    parts = workbook_parts({f"s{n}": "" for n in range(len(sizes))})
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            if "worksheets" not in name:
                archive.writestr(name, content)
        for number, size in enumerate(sizes, 1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                part.write(b"<worksheet><sheetData>")
                for _ in range(size // MB):
                    part.write(b" " * MB)
                part.write(b"</sheetData></worksheet>")
    return buffer.getvalue()


def with_many_entries() -> bytes:
    return zipped(workbook_parts({"表": sheet_xml(ROW)}) | {f"xl/media/{n}.png": b"" for n in range(2_100)})


def with_a_million_directory_entries() -> bytes:
    """25 MB of directory entries, all of one local header."""
    good = one_sheet(ROW)
    start = good.index(b"PK\x01\x02")
    end = good.rindex(b"PK\x05\x06")
    entry = good[start : start + 46 + struct.unpack_from("<H", good, start + 28)[0]]
    directory = entry * (20 * MB // len(entry))
    return good[:start] + directory + good[end : end + 12] + struct.pack("<IIH", len(directory), start, 0)


def with_overlapping_entries() -> bytes:
    """Two directory entries that point at one local header: the trick of the zip bomb of Fifield (2019)."""
    data = bytearray(zipped(workbook_parts({"表": sheet_xml(ROW), "二": sheet_xml(ROW)})))
    places = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]
    first, second = places[-2:]
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    data[second + 16 : second + 28] = data[first + 16 : first + 28]
    return bytes(data)


def with_entry_twice(name: str) -> bytes:
    buffer = io.BytesIO(one_sheet(ROW))
    with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile's own, about the name
        archive.writestr(name, sheet_xml(ROW.replace("1</v>", "2</v>")))
    return buffer.getvalue()


def with_wrong_checksum() -> bytes:
    data = bytearray(one_sheet(ROW))
    checksum = struct.pack("<I", zlib.crc32(sheet_xml(ROW).encode()))
    while (place := data.find(checksum)) >= 0:
        data[place] ^= 1
    return bytes(data)


def compressed_by(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in workbook_parts({"表": sheet_xml(ROW)}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_encrypted_entries() -> bytes:
    data = bytearray(one_sheet(ROW))
    for at in [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]:
        data[at + 8] |= 1
    return bytes(data)


def with_all_sheets_in_one_part() -> bytes:
    """A thousand sheets that are one part of 5 MB: little to store, 5 GB to read."""
    parts = workbook_parts({"s1": sheet_xml(" " * 5 * MB)} | {f"s{n}": "" for n in range(2, 1_001)})
    relations = str(parts["xl/_rels/workbook.xml.rels"])
    for number in range(2, 1_001):
        relations = relations.replace(f"sheet{number}.xml", "sheet1.xml")
        del parts[f"xl/worksheets/sheet{number}.xml"]
    return zipped(parts | {"xl/_rels/workbook.xml.rels": relations})


ZIPS: dict[str, tuple[Callable[[], bytes], str]] = {
    "one part of 250 MB": (lambda: with_large_parts(250 * MB), "part-too-large"),
    "three parts of 120 MB": (lambda: with_large_parts(120 * MB, 120 * MB, 120 * MB), "parts-too-large"),
    "one part read a thousand times": (with_all_sheets_in_one_part, "parts-too-large"),
    "2,100 entries": (with_many_entries, "parts-too-many"),
    "a directory of 300,000 entries": (with_a_million_directory_entries, "parts-too-many"),
    "overlapping entries": (with_overlapping_entries, "file-unsafe"),
    "the same name twice": (lambda: with_entry_twice("xl/worksheets/sheet1.xml"), "file-unsafe"),
    "names that differ by case": (lambda: with_entry_twice("xl/worksheets/SHEET1.xml"), "file-unsafe"),
    "names that differ by slashes": (lambda: with_entry_twice("xl\\worksheets/./sheet1.xml"), "file-unsafe"),
    "wrong checksum": (with_wrong_checksum, "file-damaged"),
    "bzip2": (lambda: compressed_by(zipfile.ZIP_BZIP2), "file-unsafe"),
    "lzma": (lambda: compressed_by(zipfile.ZIP_LZMA), "file-unsafe"),
    "encrypted entries": (with_encrypted_entries, "file-locked"),
    "cut in half": (lambda: one_sheet(ROW)[:400], "file-damaged"),
    "without its last byte": (lambda: one_sheet(ROW)[:-1], "file-damaged"),
    "the magic number alone": (lambda: b"PK\x03\x04", "file-damaged"),
    "an empty archive": (lambda: zipped({}), "file-not-a-workbook"),
    "a part outside": (lambda: with_entry_twice("../../evil.xml"), ""),
}


# --- XML --------------------------------------------------------------------------------------------------------------


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped(
        workbook_parts({"表": sheet_xml(ROW)}, strings=strings_xml("<t>a</t>"), styles=styles_xml()) | {name: content}
    )


def with_a_million_attributes() -> bytes:
    return one_sheet(ROW.replace("<row", "<row " + " ".join(f'a{n}=""' for n in range(MB))))


def deep(levels: int) -> str:
    return sheet_xml("<a>" * levels + "</a>" * levels)


SHEET = "xl/worksheets/sheet1.xml"
XML: dict[str, tuple[Callable[[], bytes], str]] = {
    "entity expansion in a sheet": (lambda: with_part(SHEET, LAUGHS + sheet_xml("&k;")), "file-unsafe"),
    "entity expansion in the strings": (
        lambda: with_part("xl/sharedStrings.xml", LAUGHS + strings_xml("<t>&k;</t>")),
        "file-unsafe",
    ),
    "entity expansion in relationships": (lambda: with_part("_rels/.rels", LAUGHS + "<x>&k;</x>"), "file-unsafe"),
    "entity expansion in UTF-16": (
        lambda: with_part(SHEET, ('<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS + "<x>&k;</x>").encode("utf-16")),
        "file-unsafe",
    ),
    "an external entity": (lambda: with_part(SHEET, EXTERNAL + sheet_xml("&a;")), "file-unsafe"),
    "300 levels": (lambda: with_part(SHEET, deep(300)), "xml-too-deep"),
    "a million levels": (lambda: with_part(SHEET, deep(MB)), "xml-too-deep"),
    "a million levels in the styles": (lambda: with_part("xl/styles.xml", deep(MB)), "xml-too-deep"),
    "a million levels in the strings": (lambda: with_part("xl/sharedStrings.xml", deep(MB)), "xml-too-deep"),
    "an unclosed element": (lambda: with_part(SHEET, sheet_xml(ROW)[:-9]), "file-damaged"),
    "an unknown encoding": (
        lambda: with_part(SHEET, '<?xml version="1.0" encoding="x-no-such"?>' + sheet_xml(ROW)),
        "file-damaged",
    ),
    "bytes that are no UTF-8": (lambda: with_part(SHEET, sheet_xml(ROW).encode() + b"\xff"), "file-damaged"),
    "an empty sheet part": (lambda: with_part(SHEET, ""), "file-damaged"),
    "a sheet part that is no sheet": (lambda: with_part(SHEET, styles_xml()), "sheet-unreadable"),
    "a million attributes": (with_a_million_attributes, "file-unsafe"),
    "ten million empty elements": (lambda: one_sheet("<a/>" * 10 * MB), "elements-too-many"),
    "ten million empty cells": (lambda: one_sheet(f"<row>{'<c/>' * 10 * MB}</row>"), "elements-too-many"),
    "ten million empty rows": (lambda: one_sheet("<row/>" * 10 * MB), "elements-too-many"),
    "ten million elements in the styles": (
        lambda: with_part("xl/styles.xml", f"<styleSheet>{'<a/>' * 10 * MB}</styleSheet>"),
        "elements-too-many",
    ),
    "UTF-16": (
        lambda: with_part(SHEET, ('<?xml version="1.0" encoding="UTF-16"?>' + sheet_xml(ROW)).encode("utf-16")),
        "",
    ),
}


# --- geometry and counts ----------------------------------------------------------------------------------------------


def merges(references: Iterable[str]) -> bytes:
    cells = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    return zipped(workbook_parts({"表": sheet_xml(ROW, after=f"<mergeCells>{cells}</mergeCells>")}))


def blank_rows(count: int) -> str:
    return "".join(f'<row r="{n}" s="1" customFormat="1" ht="15" hidden="1"/>' for n in range(1, count + 1))


def blank_cells(rows: int, columns: int) -> Iterator[str]:
    letters = [chr(65 + n) for n in range(columns)]
    for row in range(1, rows + 1):
        yield f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" s="1"/>' for letter in letters) + "</row>"


def names(count: int) -> bytes:
    listed = "".join(f'<definedName name="n{n}">1</definedName>' for n in range(count))
    return zipped(workbook_parts({"表": sheet_xml(ROW)}, workbook_extra=f"|<definedNames>{listed}</definedNames>"))


def with_hidden_columns() -> bytes:
    columns = '<col min="1" max="16384" hidden="1"/>' * 1000
    return zipped(workbook_parts({"表": sheet_xml(ROW, f"<cols>{columns}</cols>")}))


def with_lying_counts() -> bytes:
    sheet = sheet_xml('<row r="1" spans="1:16384"><c t="s"><v>0</v></c></row>', f'<dimension ref="{WHOLE}"/>')
    strings = strings_xml("<t>a</t>").replace("<sst", '<sst count="4294967295" uniqueCount="99999999999999999999"')
    return zipped(workbook_parts({"表": sheet}, strings=strings))


def without_a_part() -> bytes:
    parts = workbook_parts({"表": "", "二": sheet_xml(ROW)})
    del parts[SHEET]
    return zipped(parts)


WHOLE = "A1:XFD1048576"
GEOMETRY: dict[str, tuple[Callable[[], bytes], str]] = {
    "the last cell of the grid": (lambda: one_sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), ""),
    "a column beyond": (lambda: one_sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "cell-beyond-grid"),
    "a row beyond": (lambda: one_sheet('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), "cell-beyond-grid"),
    "a row number of 5,000 digits": (
        lambda: one_sheet(f'<row r="{"9" * 5000}"><c r="A{"9" * 5000}"><v>1</v></c></row>'),
        "cell-beyond-grid",
    ),
    "an address that is none": (lambda: one_sheet('<row r="1"><c r="ÄÖ1"><v>1</v></c></row>'), "cell-beyond-grid"),
    "16,385 cells without address": (lambda: one_sheet(f"<row>{'<c><v>1</v></c>' * 16385}</row>"), "cell-beyond-grid"),
    "the same cell twice": (lambda: one_sheet(ROW + ROW.replace("1</v>", "2</v>")), "cell-twice"),
    "a merge of the whole sheet": (lambda: merges([WHOLE]), ""),
    "25,000 merges": (lambda: merges(f"A{n}:B{n}" for n in range(1, 25_001)), "merges-too-many"),
    "links and validations of the whole sheet": (
        lambda: zipped(workbook_parts({"表": sheet_xml(ROW, after=f'<dataValidations><dataValidation sqref="{WHOLE}"/>'
        f'</dataValidations><hyperlinks><hyperlink ref="{WHOLE}"/></hyperlinks>')})),
        "",
    ),
    "1,048,576 blank styled rows": (lambda: one_sheet(blank_rows(1_048_576)), ""),
    "a million blank styled cells": (lambda: one_sheet("".join(blank_cells(40_000, 25))), ""),
    "hidden columns a thousand times": (with_hidden_columns, ""),
    "array formulas of the whole sheet": (
        lambda: one_sheet("".join(
            f'<row r="{n}"><c r="A{n}"><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c></row>' for n in range(1, 2001)
        )),
        "",
    ),
    "lying counts": (with_lying_counts, ""),
    "1,200 sheets": (
        lambda: zipped(workbook_parts({f"s{n}": sheet_xml("") for n in range(1_200)})),
        "sheets-too-many",
    ),
    "21,000 names": (lambda: names(21_000), "names-too-many"),
    "70,000 cell formats": (
        lambda: with_part("xl/styles.xml", styles_xml(*[2] * 70_000)),
        "formats-too-many",
    ),
    "no sheets": (lambda: zipped(workbook_parts({})), "file-without-sheets"),
    "a sheet without its part": (without_a_part, "sheet-unreadable"),
}  # fmt: skip


# --- texts and values -------------------------------------------------------------------------------------------------


def cell(xml: str) -> Callable[[], bytes]:
    return lambda: one_sheet(
        f'<row r="3"><c r="B3"{xml}</c></row>', strings=strings_xml("<t>a</t>"), styles=styles_xml(14)
    )


def too_much_text() -> bytes:
    return with_part("xl/sharedStrings.xml", strings_xml(*[f"<t>{'a' * 32_000}</t>"] * 2_200))


def with_long_shared_formula() -> bytes:
    master = f'<c><f t="shared" si="0">"{"a" * 8_000}"&amp;A1</f></c>'
    return one_sheet("<row>" + master + '<c><f t="shared" si="0"/></c>' * 10_000 + "</row>")


VALUES: dict[str, tuple[Callable[[], bytes], str]] = {
    "NaN": (cell("><v>NaN</v>"), "cell-invalid"),
    "infinity": (cell("><v>INF</v>"), "cell-invalid"),
    "1e400": (cell("><v>1e400</v>"), "cell-invalid"),
    "5,000 digits": (cell(f"><v>{'9' * 5000}</v>"), "cell-invalid"),
    "a number as Python writes it": (cell("><v>1_000</v>"), "cell-invalid"),
    "full-width digits in a number": (cell("><v>１２</v>"), "cell-invalid"),
    "a comma in a number": (cell("><v>1,5</v>"), "cell-invalid"),
    "an impossible date": (cell(' s="1"><v>99999999</v>'), "cell-invalid"),
    "a negative date": (cell(' s="1"><v>-1</v>'), "cell-invalid"),
    "an impossible ISO date": (cell(' t="d"><v>2025-02-30</v>'), "cell-invalid"),
    "a boolean that is none": (cell(' t="b"><v>maybe</v>'), "cell-invalid"),
    "an unknown type": (cell(' t="zz"><v>1</v>'), "cell-invalid"),
    "a shared string beyond": (cell(' t="s"><v>7</v>'), "cell-invalid"),
    "a negative shared string": (cell(' t="s"><v>-1</v>'), "cell-invalid"),
    "an escaped NUL": (cell(' t="str"><v>a_x0000_b</v>'), "cell-invalid"),
    "a NUL": (cell(' t="str"><v>a\x00b</v>'), "cell-invalid"),
    "a control character as reference": (cell(' t="str"><v>a&#x1;b</v>'), "cell-invalid"),
    "a control character in a number": (cell("><v>1&#11;2</v>"), "cell-invalid"),
    "half a surrogate pair": (cell(' t="str"><v>_xD83D_</v>'), "cell-invalid"),
    "40,000 characters": (cell(f' t="str"><v>{"a" * 40_000}</v>'), "cell-invalid"),
    "an inline text of a million pieces": (cell(f' t="inlineStr"><is>{"<r><t>a</t></r>" * MB}</is>'), "cell-invalid"),
    "70 million characters": (too_much_text, "text-too-much"),
    "one text of 150 million characters": (
        lambda: with_part("xl/sharedStrings.xml", strings_xml(f"<t>{'a' * 150 * MB}</t>")),
        "text-too-much",
    ),
    "a shared formula of 8,000 characters in 10,000 cells": (
        with_long_shared_formula,
        "text-too-much",
    ),
    "a shared formula that nobody defines": (cell('><f t="shared" si="9"/><v>1</v>'), "cell-formula-lost"),
}


# --- OLE2 and other formats -------------------------------------------------------------------------------------------


def ole2(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of streams at its root ([MS-CFB], 512-byte sectors, no short streams)."""
    sector = 512
    padded = {
        name: content.ljust(max(4096, -(-len(content) // sector) * sector), b"\0") for name, content in streams.items()
    }
    chains, start, body = [], 2, b""
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for index, (name, content) in enumerate(padded.items(), 1):
        count = len(content) // sector
        right = index + 1 if index < len(padded) else 0xFFFFFFFF
        entries.append(_entry(name, 2, start, len(content), right=right))
        chains += [*range(start + 1, start + count), 0xFFFFFFFE]
        start, body = start + count, body + content
    table = struct.pack(f"<{2 + len(chains)}I", 0xFFFFFFFD, 0xFFFFFFFE, *chains).ljust(sector, b"\xff")
    directory = b"".join(entries).ljust(sector, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    return header.ljust(sector, b"\xff") + table + directory + body


def _entry(name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    fields = struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, right, child)
    return encoded.ljust(64, b"\0") + fields + bytes(36) + struct.pack("<IQ", start, size)


def looping_ole2() -> bytes:
    data = bytearray(ole2({"Workbook": b"x"}))
    data[512 + 4 : 512 + 8] = struct.pack("<I", 1)  # the directory's sector follows itself
    return bytes(data)


def ods(table: str) -> bytes:
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<d xmlns:t="t" xmlns:o="o"><t:table t:name="表">{table}</t:table></d>',
    })  # fmt: skip


OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "file-empty"),
    "PNG": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(50), "file-is-a-picture"),
    "JPEG": (lambda: b"\xff\xd8\xff\xe0" + bytes(50), "file-is-a-picture"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic" + bytes(50), "file-is-a-picture"),
    "PDF": (lambda: b"%PDF-1.7\n", "file-is-a-document"),
    "HTML": (lambda: b"\xef\xbb\xbf<html><table><tr><td>1", "file-is-a-document"),
    "MHTML": (lambda: b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "file-is-a-document"),
    "Excel 2003 XML": (lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "file-not-a-workbook"),
    "RAR": (lambda: b"Rar!\x1a\x07\x00", "file-is-a-document"),
    "CSV": ("项目,数量\n电力,12\n".encode, "file-is-plain-text"),
    "CSV in GBK": (lambda: "项目,数量\n电力,12\n".encode("gbk") * 900, "file-is-plain-text"),
    "CSV in UTF-32 without mark": (lambda: "项目\t数量\n".encode("utf-32-le"), "file-is-plain-text"),
    "CSV in UTF-16": (lambda: "项目\t数量\n".encode("utf-16"), "file-is-plain-text"),
    "four bytes": (lambda: b"abc\0", "file-not-a-workbook"),
    "random bytes": (lambda: bytes(range(256)) * 8, "file-not-a-workbook"),
    "Word": (lambda: zipped({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "file-is-a-document"),
    "a zip of pictures": (lambda: zipped({"a.png": b"x"}), "file-not-a-workbook"),
    "old Word": (lambda: ole2({"WordDocument": b"x"}), "file-is-a-document"),
    "old PowerPoint": (lambda: ole2({"PowerPoint Document": b"x"}), "file-is-a-document"),
    "an encrypted stub": (lambda: ole2({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": b"x"}), "file-damaged"),
    "an .xls of nonsense": (lambda: ole2({"Workbook": b"nonsense" * 1000}), "file-damaged"),
    "an OLE2 directory that loops": (looping_ole2, "file-damaged"),
    "the OLE2 magic number alone": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-not-a-workbook"),
    "an .ods of endless equal rows": (
        lambda: ods('<t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated="16384"'
        ' o:value-type="float" o:value="1"/></t:table-row>'),
        "cells-too-many",
    ),
    "an .ods of endless blank rows": (
        lambda: ods('<t:table-row t:number-rows-repeated="99999999999"><t:table-cell/></t:table-row>' * 100),
        "",
    ),
    "an .ods of ten million elements": (lambda: ods("<t:table-row/>" * 10 * MB), "elements-too-many"),
    "an .xlsb of twenty million records": (
        lambda: binary_workbook({"表": b"\x7f\0" * 20 * MB}),
        "elements-too-many",
    ),
    "an .ods with a space repeated forever": (
        lambda: ods('<t:table-row><t:table-cell o:value-type="string"><p>'
        + "<s t:c='99999999'/>" * 3000 + "</p></t:table-cell></t:table-row>"),
        "text-too-much",
    ),
}  # fmt: skip

CASES = [
    Hostile(name, make, frozenset({code} if code else ()))
    for group in (ZIPS, XML, GEOMETRY, VALUES, OTHERS)
    for name, (make, code) in group.items()
]


def main(folder: Path) -> None:
    """Write every case into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(CASES, 1):
        (folder / f"{number:03d} {case.name}.xlsx").write_bytes(case.make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
