"""Digits that a rich text raises or lowers are no digits of the number before them: 1200¹, 3.5×10⁴."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests import office
from tests.intake import binary
from tests.intake.parts import one_sheet
from workbook_engine.intake.open import open_bytes, open_workbook
from workbook_engine.normalize.number_texts import read_number_text

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.grid import Book

# Pieces of a text, a raised one after ^, a lowered one after _; what it is taken as.
TEXTS = (
    (("1200", "^1"), "1200¹"),
    (("1200", "^(2)"), "1200⁽²⁾"),
    (("3.5×10", "^4"), "3.5×10⁴"),
    (("1.2×10", "^-3"), "1.2×10⁻³"),
    (("1200", "_1"), "1200₁"),
    (("m", "^3"), "m3"),
    (("CO", "_2", " 12 kg"), "CO2 12 kg"),
    (("0#柴油", "^1", "，含税"), "0#柴油1，含税"),
)


def texts(book: Book | None) -> list[object]:
    assert book
    return [cells[1].value for _, cells in book.sheets[0].rows()]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raised")
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("表")
        looks = {"^": book.add_format({"font_script": 1}), "_": book.add_format({"font_script": 2})}
        for row, (pieces, _) in enumerate(TEXTS):
            runs: list[object] = []
            for piece in pieces:
                runs += [looks[piece[0]], piece[1:]] if piece[0] in looks else [piece]
            sheet.write_rich_string(row, 0, *runs)
    return folder


def test_raised_digits_of_an_xlsx(saved: Path) -> None:
    assert texts(open_workbook(saved / "a.xlsx").book) == [wanted for _, wanted in TEXTS]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_raised_digits_as_libreoffice_saves_them(kind: str, saved: Path) -> None:
    office.converted([saved / "a.xlsx"], kind, saved, saved / "profile")
    assert texts(open_workbook(saved / f"a.{kind}").book) == [wanted for _, wanted in TEXTS]


def test_raised_digits_of_an_inline_text() -> None:
    run = '<r><rPr><vertAlign val="{}"/></rPr><t>{}</t></r>'
    row = f'<row><c t="inlineStr"><is><r><t>1200</t></r>{run.format("superscript", 1)}<r><t>2</t></r></is></c></row>'
    assert texts(open_bytes(one_sheet(row)).book) == ["1200¹2"]
    plain = f'<row><c t="inlineStr"><is><r><t>1200</t></r>{run.format("baseline", 1)}</is></c></row>'
    assert texts(open_bytes(one_sheet(plain)).book) == ["12001"]


def test_raised_digits_of_an_xlsb() -> None:
    def font(escapement: int) -> bytes:
        return binary.record(43, struct.pack("<4H", 220, 0, 400, escapement) + bytes(13))

    def rich(text: str, start: int, font: int) -> bytes:
        runs = struct.pack("<I4H", 2, 0, 0, start, font)
        return b"\1" + binary.wide(text) + runs

    formats = binary.record(617) + binary.record(47, bytes(16)) + binary.record(618)
    parts = {
        "xl/styles.bin": font(0) + font(1) + font(2) + formats,
        "xl/sharedStrings.bin": binary.record(19, rich("12001", 4, 1)),
    }
    rows = (
        binary.row(1), binary.cell(7, 1, struct.pack("<I", 0)),
        binary.row(2), binary.cell(62, 1, rich("3.5×104", 6, 1)),
        binary.row(3), binary.cell(62, 1, rich("12002", 4, 2)),
    )  # fmt: skip
    assert texts(open_bytes(binary.workbook({"表": binary.sheet(*rows)}, more=parts)).book) == [
        "1200¹",
        "3.5×10⁴",
        "1200₂",
    ]


@pytest.mark.parametrize("text", ["1200¹", "1200⁽²⁾", "1200₁"])
def test_a_number_with_a_footnote_is_asked_about(text: str) -> None:
    assert read_number_text(text).value is None


def test_a_raised_power_is_read() -> None:
    assert read_number_text("3.5×10⁴").value == 35_000
