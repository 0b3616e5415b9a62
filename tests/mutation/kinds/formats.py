"""Number formats: what a cell shows beyond its digits, as somebody chose it in the dialogue of cells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case

# They show the number and no more.
PLAIN = {
    "thousands separators": "#,##0.00",
    "accounting": '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    "a fraction": "# ?/?",
    "scientific": "0.00E+00",
    "text": "@",
    "fewer decimals": "0",
    "colour and condition": "[Red][>100]0.0;[Blue]0.0",
    "leading zeros": "000000",
    "words for zero": '0.00;-0.00;"无"',
}
for _name, _code in PLAIN.items():

    @typed(f"number format: {_name}")
    def _(case: Case, code: str = _code) -> None:
        line = case.pick()
        line.type("amount", line.amount).style = case.book.number_style(code)


@typed("number format: the unit of its column")
def _(case: Case) -> None:
    line = case.pick(lambda line: bool(line.text("unit")))
    cell = line.type("amount", line.amount)
    cell.style = case.book.number_style(f'0.00"{case.rng.choice(["", " "])}{line.text("unit")}"')
    case.allow(cell)


@typed("number format: the unit, its column blank")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") in ("kWh", "kg"))
    unit = {"kWh": '0.0"度"', "kg": "0.00\\k\\g"}[line.text("unit")]
    cell = line.type("amount", line.amount)
    cell.style = case.book.number_style(unit)
    case.allow(cell, line.type("unit", None))


@typed("number format: another unit than its column's")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") in ("kWh", "kg"))
    cell = line.type("amount", line.amount)
    cell.style = case.book.number_style({"kWh": '#,##0.00"MWh"', "kg": '0.00" t"'}[line.text("unit")])
    case.need(cell, line.cell("unit"))


@typed("number format: divided by a thousand")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("amount", line.amount)
    cell.style = case.book.number_style(case.rng.choice(["#,##0,", "0.0,", "0.00,,"]))
    case.allow(cell)
    case.mentioned(cell)


@typed("number format: divided by ten thousand, with 万")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("amount", line.amount)
    cell.style = case.book.number_style('0!.0,"万"')
    case.allow(cell)
    case.mentioned(cell)


@typed("number format: 万 shown behind the number")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("amount", 3.5)
    cell.style = case.book.number_style('0.0"万"')
    case.need(cell)


@typed("number format: the number hidden")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("amount", line.amount)
    cell.style = case.book.number_style(";;;")
    case.allow(cell)
    case.mentioned(cell)


@typed("number format: per cent in an amount")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("amount", 0.15)
    cell.style = case.book.number_style(case.rng.choice(["0%", "0.00%"]))
    case.need(cell, line.cell("unit"))


@typed("number format: a date in an amount")
def _(case: Case) -> None:
    """Excel makes a date of 3-1 by itself."""
    line = case.pick()
    cell = line.type("amount", float((dt.date(2025, 3, 1) - dt.date(1899, 12, 30)).days))
    cell.style = case.book.date_style()
    case.need(cell)


@typed("number format: the output with its unit")
def _(case: Case) -> None:
    cell, unit = case.product_cell("output"), case.product_cell("output_unit")
    case.claim(cell)
    if not isinstance(cell.value, float) or not unit.text:
        raise NotApplicableError
    cell.style = case.book.number_style(f'#,##0"{unit.text}"')
    case.allow(cell)


@typed("number format: weights in per cent")
def _(case: Case) -> None:
    table = case.tables["plant_products"]
    cells = [row.cells[table.columns["weight"]] for row in table.rows if table.columns["weight"] in row.cells]
    if not any(isinstance(cell.value, float) for cell in cells):
        raise NotApplicableError
    for row in table.rows:
        case.claim(row)
    style = case.book.number_style("0%")
    for cell in cells:
        cell.style = style
    case.allow(*cells)


@typed("number format: the mass in tonnes")
def _(case: Case) -> None:
    """0.06, shown as 0.060t, in a column that asks for kg."""
    cell = case.product_cell("mass_kg")
    case.claim(cell)
    cell.value = 0.06
    cell.style = case.book.number_style('0.000"t"')
    case.mentioned(cell)
