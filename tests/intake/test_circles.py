"""A formula that looks at its own cell has no result of its own: it is told, and one beside it is not."""

from __future__ import annotations

import pytest

from tests.books import LINE, changed, line, returned
from tests.studies import process_book
from workbook_engine.grid import Book, Cell
from workbook_engine.intake.circles import looks_at_itself

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
