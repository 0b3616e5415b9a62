"""Formulas with and without their values, and months in place of a year's amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError
from workbook_engine.grid import address

if TYPE_CHECKING:
    from tests.mutation.case import Case, Line

PER_UNIT = ("每功能单位", "Per functional unit")


@typed("formula with its value")
def _(case: Case) -> None:
    line = case.pick()
    line.type("amount", line.amount, f"{line.amount / 4!r}*4")


@typed("formula without its value")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("amount", None, f"{line.amount / 4!r}*4")
    case.allow(cell)
    case.mentioned(cell)


@typed("formula over another sheet, without its value")
def _(case: Case) -> None:
    line = case.pick()
    sheet = case.tables["plants"].sheet
    cell = line.type("amount", None, f"{line.amount!r}+SUM('{sheet.name}'!$AZ$1:$AZ$9)")
    case.allow(cell)
    case.mentioned(cell)


@typed("formula that lost its cells, without its value")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", None, "SUM(#REF!)*12"))


@typed("formula over cells beside the table, without its value")
def _(case: Case) -> None:
    line = case.pick()
    number, column = line.table.sheet.number_of(line.row), max(line.table.columns.values()) + 2
    if max(line.table.header.cells) >= column:
        raise NotApplicableError  # somebody's second table stands there
    for offset in range(4):
        line.row.put(column + offset, line.amount / 4)
    first, last = address(number, column), address(number, column + 3)
    case.allow(line.type("amount", None, f"ROUND(SUM({first}:{last}),9)"))


@typed("formula into another workbook, without its value")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", None, "[1]Sheet1!$B$2*12"))


@typed("formula of an unknown function, without its value")
def _(case: Case) -> None:
    line = case.pick()
    case.need(line.type("amount", None, "MYMACRO(3)"))


@typed("a unit and a flow by formula, without their values")
def _(case: Case) -> None:
    line = case.pick()
    case.allow(line.type("unit", None, f'"{line.text("unit")}"'), line.type("flow", None, f'"{line.text("flow")}"&""'))


@typed("formulas that show nothing in rows not used")
def _(case: Case) -> None:
    line = case.pick()
    table = line.table
    last = max(table.sheet.number_of(row) for row in table.rows)
    for offset in range(2, 6):
        row = table.sheet.row(last + offset)
        row.put(table.columns["unit"], "", f'IF(B{last + offset}="","","kWh")')
        row.put(table.columns["amount"], "", f'IF(B{last + offset}="","",1)')


# --- months -----------------------------------------------------------------------------------------------------------


def _is_total(line: Line) -> bool:
    return line.stage == "production" and line.text("basis") not in PER_UNIT


def _months(case: Case) -> tuple[Line, list[float]]:
    line = case.pick(_is_total)
    parts = [line.amount / 16] * 11
    return line, [*parts, line.amount - sum(parts)]


@typed("months in place of the year's amount")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months, 1):
        line.type(f"month_{number:02d}", value)
    line.type("amount", None)


@typed("months that add up to the year's amount")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months, 1):
        line.type(f"month_{number:02d}", value)


@typed("months that do not add up")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months, 1):
        line.type(f"month_{number:02d}", value * 1.1)
    case.need(line.cell("amount"))


@typed("months as running totals, no amount of the year")
def _(case: Case) -> None:
    line = case.pick(_is_total)
    typed_months = [line.type(f"month_{number:02d}", line.amount / 12 * number) for number in range(1, 13)]
    case.need(typed_months[0], line.type("amount", None))


@typed("months of a row per functional unit")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage == "production" and line.text("basis") in PER_UNIT)
    typed_months = [line.type(f"month_{number:02d}", line.amount / 12) for number in range(1, 13)]
    case.need(typed_months[0], line.type("amount", None))


@typed("months missing, no amount of the year")
def _(case: Case) -> None:
    line, months = _months(case)
    for number, value in enumerate(months[:10], 1):
        line.type(f"month_{number:02d}", value)
    case.need(line.type("amount", None), line.cell("month_01"))
