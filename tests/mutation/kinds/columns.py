"""Rows and columns inserted, deleted, swapped and moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import any_sheet, at, column_of, lines_of, stage_table
from tests.mutation.rawbook import NotApplicableError, RawCell

if TYPE_CHECKING:
    from tests.mutation.case import Case


@moved("rows inserted above everything")
def _(case: Case) -> None:
    case.book.insert_rows(any_sheet(case), 1, case.rng.randint(1, 4))


@moved("title row added")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    case.book.insert_rows(sheet, 1, 2)
    cell = sheet.row(1).put(2, "杭州某某有限公司产品碳足迹数据（内部资料）")
    case.allow(cell)


@moved("a row inserted between headings and data")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_rows(table.sheet, at(table, table.header) + 1)


@moved("a row inserted between keys and headings")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_rows(table.sheet, at(table, table.header))


@moved("a title typed between keys and headings")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_rows(table.sheet, at(table, table.header))
    case.allow(table.sheet.row(at(table, table.header) - 1).put(2, "2025年度数据"))


@moved("blank rows inserted between the lines")
def _(case: Case) -> None:
    table = stage_table(case)
    for row in lines_of(table):
        case.book.insert_rows(table.sheet, at(table, row), case.rng.randint(0, 2))


@moved("rows inserted between the blocks of the first sheet")
def _(case: Case) -> None:
    table = case.tables[case.rng.choice(["boundary", "products"])]
    case.claim(table.sheet)
    case.book.insert_rows(table.sheet, at(table, table.keys) - 2, 3)


@moved("rows above the table deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, 1, at(table, table.keys) - 1)


@moved("row of what is wanted deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, at(table, table.keys) - 1)


@moved("column inserted before everything")
def _(case: Case) -> None:
    case.book.insert_columns(any_sheet(case), 1, case.rng.randint(1, 2))


@moved("column inserted after the marks")
def _(case: Case) -> None:
    case.book.insert_columns(any_sheet(case), 2)


@moved("column of row numbers inserted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_columns(table.sheet, 2)
    table.header.put(2, "序号")
    for number, row in enumerate(lines_of(table), 1):
        row.put(2, float(number))


@moved("row numbers typed into the hidden column")
def _(case: Case) -> None:
    table = stage_table(case)
    for number, row in enumerate(lines_of(table), 1):
        case.allow(row.put(1, float(number)))


@moved("column inserted inside the table")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_columns(table.sheet, column_of(table, case.rng.choice(["amount", "unit", "basis", "flow"])))


@moved("column of one's own inserted and filled")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "amount")
    case.book.insert_columns(table.sheet, column)
    cells = [table.header.put(column, "供应商名称")]
    cells += [row.put(column, "乐清某厂") for row in lines_of(table)]
    case.allow(*cells)


@moved("column inserted between label and value of a form")
def _(case: Case) -> None:
    sheet = case.fields["study.company"][0]
    case.claim(sheet)
    case.book.insert_columns(sheet, 3)


@moved("column of remarks deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_columns(table.sheet, column_of(table, "remark"))


@moved("columns nobody must fill in deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    for key in ("remark", "quality", "data_source"):
        case.book.delete_columns(table.sheet, column_of(table, key))


@moved("column of the basis deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_columns(table.sheet, column_of(table, "basis"))
    case.need(table.header, *lines_of(table))
    case.lost.append(table.sheet)


@moved("column of the unit deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "unit")
    own = [line.row for line in case.lines if line.table is table]
    rows = [row for row in own if not row.cells.get(column, RawCell()).is_blank]
    if not rows:
        raise NotApplicableError  # the units stand in the cells of the amounts
    case.book.delete_columns(table.sheet, column)
    case.need(table.header, *rows)
    case.lost.append(table.sheet)


@moved("column of the flow deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_columns(table.sheet, column_of(table, "flow"))
    case.need(table.header, *lines_of(table))
    case.lost.append(table.sheet)


@moved("columns of the products swapped")
def _(case: Case) -> None:
    """Cut and inserted inside the table alone, with keys and headings: the forms above it stay."""
    table = case.tables["products"]
    case.claim(table.sheet)
    first, second = (
        column_of(table, key) for key in case.rng.sample(["model", "unit", "mass_kg", "output", "output_unit"], 2)
    )
    for row in (table.keys, table.header, *table.rows):
        a, b = row.cells.get(first, RawCell()), row.cells.get(second, RawCell())
        row.cells[first], row.cells[second] = b, a


@moved("column of amounts deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "amount")
    by_months = [row for row in lines_of(table) if not row.cells.get(column_of(table, "month_01"), RawCell()).is_blank]
    if len(by_months) == len(lines_of(table)):
        raise NotApplicableError  # the amounts are given month by month
    case.book.delete_columns(table.sheet, column)
    case.need(table.header, *lines_of(table))
    case.lost.append(table.sheet)


@moved("columns swapped")
def _(case: Case) -> None:
    table = stage_table(case)
    first, second = (column_of(table, key) for key in case.rng.sample(["item", "flow", "amount", "unit", "basis"], 2))
    last = max(column for row in table.sheet.rows.values() for column in row.cells)
    case.book.move_columns(table.sheet, {n: {first: second, second: first}.get(n, n) for n in range(1, last + 50)})


@moved("a column moved to the far right")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, case.rng.choice(["amount", "unit", "basis", "flow"]))
    last = max(column for row in table.sheet.rows.values() for column in row.cells)
    case.book.move_columns(table.sheet, {n: last + 3 if n == column else n for n in range(1, last + 3)})


@moved("headings and data swapped, keys left")
def _(case: Case) -> None:
    table = stage_table(case)
    first, second = column_of(table, "flow"), column_of(table, "basis")
    for row in (table.header, *lines_of(table)):
        a, b = row.cells.get(first, RawCell()), row.cells.get(second, RawCell())
        row.cells[first], row.cells[second] = b, a
    case.need(table.header)
    case.allow(table.header, *lines_of(table))  # whether a unit is one of the flow's is seen when that is known


@moved("data swapped, headings left")
def _(case: Case) -> None:
    table = stage_table(case)
    first, second = column_of(table, "amount"), column_of(table, "unit")
    blank = RawCell()
    filled = [
        row
        for row in lines_of(table)
        if not (row.cells.get(first, blank).is_blank and row.cells.get(second, blank).is_blank)
    ]
    if not filled or "unit: crossed out" in case.applied:  # of which a crossed amount is made, and a number of its unit
        raise NotApplicableError
    for row in filled:
        a, b = row.cells.get(first, RawCell()), row.cells.get(second, RawCell())
        row.cells[first], row.cells[second] = b, a
    case.need(*filled)


@moved("a column copied beside itself, other amounts typed in")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "amount")
    case.book.insert_columns(table.sheet, column + 1)
    for row in (table.keys, table.header):
        row.put(column + 1, row.cells[column].value)
    rows = lines_of(table)
    for row in rows:
        row.put(column + 1, 77.0)
    case.need(*rows, table.header, table.keys)


@moved("a column copied beside itself and left empty")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "amount")
    case.book.insert_columns(table.sheet, column + 1)
    for row in (table.keys, table.header):
        row.put(column + 1, row.cells[column].value)
