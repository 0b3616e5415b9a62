"""Formulas that look at themselves: Excel saves 0 for them, or the last value that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from workbook_engine.grid import address, quote_sheet

if TYPE_CHECKING:
    from tests.mutation.case import Case, Line
    from tests.mutation.rawbook import RawCell


def _saved(case: Case, line: Line) -> float | None:
    """Return what Excel saves, 0 or the value before the circle was closed; other programs save nothing."""
    return case.rng.choice([0.0, line.amount, None])


def _amount(line: Line) -> str:
    return address(line.table.sheet.number_of(line.row), line.table.columns["amount"])


def _beside(line: Line, offset: int) -> tuple[int, int, str]:
    number, column = line.table.sheet.number_of(line.row) + 40, max(line.table.columns.values()) + 20 + offset
    return number, column, address(number, column)


def _put(line: Line, offset: int, value: float | None, formula: str) -> RawCell:
    number, column, _ = _beside(line, offset)
    return line.table.sheet.row(number).put(column, value, formula)


@typed("formula that looks at its own cell")
def _(case: Case) -> None:
    line = case.pick()
    formula = case.rng.choice(["{0}*2", "SUM({0}:{0})", "{0}+{1!r}", "ROUND({0},2)"]).format(_amount(line), line.amount)
    case.need(line.type("amount", _saved(case, line), formula))


@typed("formulas that look at each other")
def _(case: Case) -> None:
    line = case.pick()
    value = case.rng.choice([0.0, None])
    _put(line, 0, value, f"{_amount(line)}/2")
    case.need(line.type("amount", value, f"{_beside(line, 0)[2]}*2"))


@typed("formulas in a circle of three cells")
def _(case: Case) -> None:
    line = case.pick()
    value = case.rng.choice([0.0, None])
    _put(line, 0, value, f"{_beside(line, 1)[2]}+1")
    _put(line, 1, value, f"SUM({_amount(line)}:{_amount(line)})")
    case.need(line.type("amount", value, f"{_beside(line, 0)[2]}*2"))


@typed("formulas in a circle across sheets")
def _(case: Case) -> None:
    line = case.pick()
    other = case.tables["plants"].sheet
    case.claim(line.table.sheet)  # no column of it is moved: formulas of other sheets do not follow in this harness
    case.claim(other)
    value = case.rng.choice([0.0, None])
    place = address(150, 60)
    other.row(150).put(60, value, f"{quote_sheet(line.table.sheet.name)}!{_amount(line)}*2")
    case.need(line.type("amount", value, f"{quote_sheet(other.name)}!{place}/2"))


@typed("two amounts that are each the other's formula")
def _(case: Case) -> None:
    one = case.pick()
    two = case.pick(lambda line: line.table is one.table)
    value = case.rng.choice([0.0, None])
    for line, other in ((one, two), (two, one)):
        case.need(line.type("amount", value, f"{_amount(other)}*1"))
