"""A formula that looks at its own cell has no result of its own: it is told, and one beside it is not."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from example_workbooks import fill
from tests import office
from tests.books import LINE, changed, line, returned
from tests.intake import biff
from tests.studies import process_book
from workbook_engine.grid import Book, Cell
from workbook_engine.intake.circles import looks_at_itself
from workbook_engine.intake.open import open_bytes
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from pathlib import Path

AMOUNT = "E8"
PLACE = ("产品生产", 10, 5)  # E10


@pytest.mark.parametrize(
    "formula", ["SUM(E9:E12)", "E10+1", "$E$10*2", "SUM(E12:E9)", "'产品生产'!E10", "产品生产!E10+1", "SUM(A1:Z99)"]
)
def test_a_formula_that_looks_at_its_own_cell(formula: str) -> None:
    assert looks_at_itself(formula, PLACE, {})


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(L10:W10)",
        "SUM(E1:E9)",
        "E100",
        "AE10",
        "E10A",
        "汇总!E10",
        "'一厂'!E10",
        '"E10"&1',
        "ROW(E10)*2",
        "E10(1)",
        "12*5",
    ],
)
def test_a_formula_that_does_not(formula: str) -> None:
    assert not looks_at_itself(formula, PLACE, {})


def circle(*cells: tuple[str, str, float | None]) -> Book:
    """Return a workbook whose amount in E8 of 产品生产 and further cells are formulas, each with the value saved."""
    book = returned({"production": [LINE, line(amount=1)]})
    for address, formula, value in cells:
        book = changed(book, "产品生产", address, Cell("uncached" if value is None else "number", value, formula))
    return book


def told(book: Book) -> list[str]:
    return [str(f.where) for f in process_book(book).findings if f.code == "formula-circular"]


@pytest.mark.parametrize("saved", [0.0, None])  # by Excel; by a program that calculates nothing
def test_a_circle_of_several_cells_is_told_at_the_input(saved: float | None) -> None:
    book = circle((AMOUNT, "BA50*2", saved), ("BA50", "BA51+1", saved), ("BA51", f"SUM({AMOUNT}:{AMOUNT})", saved))
    assert told(book) == ["产品生产!E8"]
    assert "formula-not-calculated" not in {finding.code for finding in process_book(book).findings}


def test_a_true_zero_is_no_circle() -> None:
    assert told(circle((AMOUNT, "BA50-BA51", 0.0), ("BA50", "SUM(BA52:BA60)", 0.0), ("BA51", "BA50*1", 0.0))) == []


def test_an_amount_that_rests_on_a_circle_elsewhere_is_told_within_the_limit_of_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = circle((AMOUNT, "BA50*2", 0.0), ("BA50", "BA51", 0.0), ("BA51", "BA50", 0.0))
    assert told(book) == ["产品生产!E8"]
    monkeypatch.setattr("workbook_engine.intake.circles._MOST_STEPS", 1)
    assert told(book) == []


# --- in an .xls -------------------------------------------------------------------------------------------------------

TWICE = b"\x1e\x02\x00\x05"  # 2, times


def formulas_read(*records: bytes) -> dict[str, str]:
    """Return the formulas of an .xls by their cells."""
    book = open_bytes(biff.workbook({"产品生产": biff.substream(biff.WORKSHEET, *records)})).book
    assert book is not None
    rows = ((row, cells) for sheet in book.sheets for row, cells in sheet.rows())
    return {f"R{row}C{column}": cell.formula for row, cells in rows for column, cell in cells.items() if cell.formula}


def test_a_formula_filled_down_is_followed() -> None:
    """Excel stores what a column of formulas has in common once: each looks at its own cell, or at the next row."""
    first, second = (biff.formula(row, 5, biff.shared_token(9, 5)) for row in (9, 10))
    itself = biff.shared_formula((9, 10), 5, biff.moved_token(0, 0) + TWICE)
    assert formulas_read(first, itself, second) == {"R9C5": "E9*2", "R10C5": "E10*2"}
    below = biff.shared_formula((9, 10), 5, biff.moved_token(1, 0) + TWICE)
    assert formulas_read(first, below, second) == {"R9C5": "E10*2", "R10C5": "E11*2"}


@pytest.mark.parametrize("tokens", [b"", b"\xff\xff", b"\x44\x01", b"\x17\xff\x00a", b"\x3a\x09\x00\x01\x00\x01\x00"])
def test_tokens_that_nobody_knows_make_no_formula(tokens: bytes) -> None:
    assert formulas_read(biff.formula(9, 5, tokens)) == {}


CIRCLES = {
    "itself": {"E9": "=E9*2"},
    "two": {"E9": "=BA50*2", "BA50": "=E9/2"},
    "three": {"E9": "=BA50*2", "BA50": "=BA51+1", "BA51": "=SUM(E9:E9)"},
    "sheets": {"E9": "=基本信息!BA150/2"},
}


def saved_by_excel(path: Path, cells: dict[str, str]) -> Path:
    """Save the example with formulas whose saved result is 0: LibreOffice takes it, and calculates nothing anew."""
    book = openpyxl.load_workbook(fill.HERE / fill.TENGFEI.folder / fill.TENGFEI.file)
    for place, formula in cells.items():
        book["产品生产"][place] = formula
    book["基本信息"]["BA150"] = "=产品生产!E9*2" if path.stem == "sheets" else None
    book.save(path)
    with zipfile.ZipFile(path) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for name in (name for name in parts if name.startswith("xl/worksheets/")):
        zero = rb'<c r="(E9|BA[0-9]+)"([^>]*)>(<f>[^<]*</f>)<v ?/>'
        parts[name] = re.sub(zero, rb'<c r="\1"\2>\3<v>0</v>', parts[name].replace(b"<v></v>", b"<v/>"))
    with zipfile.ZipFile(path, "w") as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return path


@pytest.mark.libreoffice
def test_circles_that_libreoffice_saved_as_xls_are_told(tmp_path: Path) -> None:
    paths = [saved_by_excel(tmp_path / f"{name}.xlsx", cells) for name, cells in CIRCLES.items()]
    saved = office.converted(paths, "xls", tmp_path / "xls", tmp_path / "profile")
    for path in paths:
        told = [str(f.where) for f in process(saved[path]).findings if f.code == "formula-circular"]
        assert told == ["产品生产!E9"], path
