"""A few hundred bit flips of each kind; `python -m tests.intake.fuzz 10000` is the long run."""

from __future__ import annotations

import struct

import pytest

from tests.intake import biff, binary, fuzz
from tests.intake.parts import zipped

ODS = zipped({
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "content.xml": '<d xmlns:t="t" xmlns:o="o"><t:table t:name="表"><t:table-row t:number-rows-repeated="3">'
    '<t:table-cell o:value-type="float" o:value="1.5" t:formula="of:=SUM([.A1:.B2];3)"><p>1.5</p></t:table-cell>'
    '<t:table-cell o:value-type="date" o:date-value="2025-01-31" t:number-columns-spanned="3"><p>a</p></t:table-cell>'
    '</t:table-row></t:table><t:named-range t:name="n" t:cell-range-address="$表.$A$1"/></d>',
})  # fmt: skip
FORMULA = struct.pack("<B2I2HBBHBHB", 0x25, 0, 1, 0xC000, 0xC001, 0x42, 1, 4, 0x1E, 1000, 0x05)  # SUM(A1:B2)*1000
ARRAY = struct.pack("<2I", 1, 2) + (b"\0" + struct.pack("<d", 1.5)) * 2
RULE = struct.pack("<5I8xH3I", 1, 0, 0, 1, 5, 0, 3, 0, 0) + b"\xff" * 4 + binary.parsed(b"\x1e\x05\x00")
XLSB = binary.workbook(
    {"表": binary.sheet(
        binary.row(1), binary.cell(5, 1, struct.pack("<d", 1.5)), binary.cell(6, 2, binary.wide("电力")),
        binary.cell(7, 3, struct.pack("<I", 0)), binary.cell(2, 4, struct.pack("<I", 3 << 2 | 2)),
        binary.formula(7, b"\x60" + bytes(14) + b"\x42\x01\x04\x00", 3.0, ARRAY),
        binary.formula(5, FORMULA, 2.0), binary.formula(6, b"\x01" + bytes(4), 2.0, struct.pack("<I", 5)),
        binary.record(427, struct.pack("<4I", 0, 0, 5, 5) + binary.parsed(FORMULA)),
        binary.record(176, struct.pack("<4I", 0, 1, 0, 2)), binary.record(60, struct.pack("<IIIIH", 2, 3, 0, 0, 1)),
        after=binary.record(461, struct.pack("<7I", 1, 0, 1, 0, 8, 0, 3)) + binary.record(463, RULE),
    )},
    ["共享"],
    ["yyyy"],
    looks=[binary.look({5: b"\5\0\0\0\xff\xff\xff\xff"})],
)  # fmt: skip

XLS = biff.workbook(
    {"表": biff.substream(
        biff.WORKSHEET, biff.number(1, 1, 1.5), biff.text(1, 2, "电力"), biff.numbers(2, 1, 1, 2, 3),
        biff.formula(3, 1, biff.cell_token(1, 1) + b"\x17\x01\x01a\x00\x08"),
        biff.formula(4, 1, biff.shared_token(4, 1)),
        biff.shared_formula((4, 4), 1, biff.moved_token(-1, 0) + b"\x1e\x02\x00\x05"),
        biff.box("柴油 500 L ", "not filled in"), biff.box("a comment", kind=25),
    )},
    charts=("图",),
)  # fmt: skip


def test_flips_anywhere_in_the_file_are_never_wrong_and_silent() -> None:
    found = fuzz.outcomes(fuzz.workbook(), 300, fuzz.flipped)
    assert found["wrong and silent"] == 0
    assert found["file-damaged"] > 100


@pytest.mark.parametrize("data", [fuzz.workbook(), ODS, XLSB], ids=["xlsx", "ods", "xlsb"])
def test_flips_under_right_checksums_raise_nothing(data: bytes) -> None:
    found = fuzz.outcomes(data, 300, fuzz.flipped_inside)
    assert found.total() == 300
    assert found["file-damaged"] > 30


def test_flips_of_an_xls_raise_nothing() -> None:
    """It has no checksums: a number may become another, but reading ends in a book or in a finding."""
    used = XLS[:2_000]  # the streams are filled up with zeros
    found = fuzz.outcomes(XLS, 300, lambda _, chance: fuzz.flipped(used, chance) + XLS[2_000:])
    assert found.total() == 300
    assert found["file-damaged"] + found["cells-lost"] > 20
