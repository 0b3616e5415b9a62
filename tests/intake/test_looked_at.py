"""What formulas look at: 0 of empty cells is no figure, and a sum passes over numbers that are stored as text."""

from __future__ import annotations

import pytest

from tests.books import LINE, changed, returned
from tests.studies import Outcome, process_book
from workbook_engine.grid import Book, Cell, MemorySheet

SUM = "SUM(台账!A50:A52)"


def book_of(formula: str, value: float | None, cells: dict[str, object], names: dict[str, str] | None = None) -> Book:
    """Return a workbook whose amount is a formula, saved with a value, of cells of a sheet of the company's own."""
    amount = Cell("uncached" if value is None else "number", value, formula)
    book = changed(returned({"production": [LINE]}), "产品生产", "E7", amount)
    book = Book((*book.sheets, MemorySheet("台账", {1: {1: Cell("text", "电")}})), names or {})
    for address, content in cells.items():
        book = Book(changed(book, "台账", address, content).sheets, book.names)
    return book


def told(outcome: Outcome, code: str) -> list[str]:
    return [str(finding.where) for finding in outcome.findings if finding.code == code]


ZERO = Cell("number", 0.0, "SUM(B50:B60)")  # itself of empty cells
EMPTY = [
    ("台账!A50", {}),
    ("台账!A50*1000", {}),
    (SUM, {}),
    (SUM, {"A51": " "}),
    ("台账!A50+台账!A51", {"A50": ZERO}),
    ('IF(台账!A50="",0,台账!A50)', {}),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "cells"), EMPTY)
@pytest.mark.parametrize("saved", [0.0, None])  # by Excel; by a program that calculates nothing
def test_zero_of_empty_cells_is_no_figure(formula: str, cells: dict[str, object], saved: float | None) -> None:
    book = book_of(formula, saved, cells)
    outcome = process_book(book)
    assert outcome.cfp is None
    assert told(outcome, "formula-of-nothing") == ["产品生产!E7"]
    assert [code for _, _, code in outcome.said()] == ["formula-of-nothing"]


TRUE_ZERO = [
    ("台账!A50", {"A50": 0}),
    ("台账!A50-台账!A51", {"A50": 5, "A51": 5}),
    ("12*0", {}),
    (SUM, {"A51": 0}),
    ("台账!A50+台账!A51", {"A50": Cell("number", 0.0, "SUM(B50:B60)"), "A51": 0, "B51": 0}),
    ("[1]Sheet1!$B$2", {}),  # another workbook's cells are not known
    ("没有的表!B2", {}),
    ("SUM(台账!B:B)", {}),
    ("OFFSET(台账!A50,1,1)", {}),
]


@pytest.mark.parametrize(("formula", "cells"), TRUE_ZERO)
def test_a_zero_that_somebody_typed_stays_zero(formula: str, cells: dict[str, object]) -> None:
    outcome = process_book(book_of(formula, 0.0, cells))
    assert told(outcome, "formula-of-nothing") == []
    assert outcome.cfp == 0


def test_names_are_followed() -> None:
    assert told(process_book(book_of("年电量", 0.0, {}, {"年电量": "台账!$A$50"})), "formula-of-nothing")
    filled = book_of("年电量", 0.0, {"A50": 0}, {"年电量": "台账!$A$50"})
    assert told(process_book(filled), "formula-of-nothing") == []


@pytest.mark.parametrize("typed", ["1,250", "１２５０", "约1250", "1250kWh", "125 万kWh", "1.25万", "-3"])
@pytest.mark.parametrize("formula", [SUM, "sum(台账!A50:A52)/1000", "AVERAGE(台账!A50:A52)*12"])
def test_a_number_stored_as_text_is_missing_in_a_sum(formula: str, typed: str) -> None:
    outcome = process_book(book_of(formula, 300.0, {"A50": 100, "A51": typed, "A52": 200}))
    (finding,) = [each for each in outcome.findings if each.code == "sum-passes-over"]
    assert (str(finding.where), dict(finding.params)) == ("产品生产!E7", {"cell": "台账!A51", "typed": typed})


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        (SUM, {"A50": 100, "A51": "1#炉", "A52": 200}),  # a name
        (SUM, {"A50": "1月", "A51": "2024年", "A52": 200}),
        (SUM, {"A50": "—", "A51": "无", "A52": 200}),
        ("台账!A50+台账!A51", {"A50": 100, "A51": "200"}),  # Excel makes a number of it
        (SUM, {"A53": "1,250", "A52": 300}),  # beside the range
    ],
)
def test_other_texts_in_a_sum_are_its_own_affair(formula: str, cells: dict[str, object]) -> None:
    assert told(process_book(book_of(formula, 300.0, cells)), "sum-passes-over") == []


def test_large_sheets_and_areas_are_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    book = book_of(SUM, 0.0, {})
    assert told(process_book(book), "formula-of-nothing")
    for limit in ("_MOST_CELLS", "_MOST_OF_SHEET"):
        with monkeypatch.context() as limits:
            limits.setattr(f"workbook_engine.intake.looked_at.{limit}", 0)
            assert told(process_book(book), "formula-of-nothing") == []
