"""Merged cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import any_sheet, at, column_of, has, stage_table
from tests.mutation.rawbook import NotApplicableError, RawCell, RawRow

if TYPE_CHECKING:
    from tests.mutation.case import Case, Table


def _rows_for_merging(case: Case) -> tuple[Table, list[RawRow]]:
    """Give a table three rows of one flow, unit and basis, one below the other."""
    free = [
        line for line in case.lines
        if id(line.row) not in case.touched and id(line.table.sheet) not in case.touched and len(line.table.rows) == 1
    ]  # fmt: skip
    if not free:
        raise NotApplicableError
    line = case.rng.choice(free)
    case.claim(line.table.sheet)
    case.claim(line.row)
    columns = {key: column_of(line.table, key) for key in line.table.columns if has(line.table, key)}
    if columns != line.table.columns:
        raise NotApplicableError
    return line.table, [each.row for each in case.split(line, 2)]


def _merge_down(case: Case, keys: tuple[str, ...]) -> tuple[Table, list[RawRow]]:
    table, rows = _rows_for_merging(case)
    first, last = at(table, rows[0]), at(table, rows[-1])
    for key in keys:
        column = column_of(table, key)
        table.sheet.merges.append((first, column, last, column))
        for row in rows[1:]:
            row.put(column, None)
    return table, rows


@moved("cells of the same words merged downwards")
def _(case: Case) -> None:
    keys = tuple(case.rng.sample(["flow", "unit", "basis", "data_source", "quality"], case.rng.randint(1, 5)))
    _, rows = _merge_down(case, keys)
    case.allow(*rows)


@moved("amounts merged downwards")
def _(case: Case) -> None:
    _, rows = _merge_down(case, ("amount",))
    case.need(*rows)


@moved("values left under a merged area")
def _(case: Case) -> None:
    table, rows = _rows_for_merging(case)
    column = column_of(table, "amount")
    table.sheet.merges.append((at(table, rows[0]), column, at(table, rows[-1]), column))
    case.need(*rows)


@moved("item and product merged across")
def _(case: Case) -> None:
    table, rows = _rows_for_merging(case)
    for row in rows:
        number = at(table, row)
        table.sheet.merges.append((number, column_of(table, "item"), number, column_of(table, "product")))
        for column in range(column_of(table, "item") + 1, column_of(table, "product") + 1):
            row.put(column, None)  # Excel keeps the first cell's content alone
    case.allow(*rows)


@moved("each line over two merged rows")
def _(case: Case) -> None:
    table, rows = _rows_for_merging(case)
    for row in reversed(rows):
        number = at(table, row)
        case.book.insert_rows(table.sheet, number + 1)
        table.sheet.merges += [(number, column, number + 1, column) for column in table.columns.values()]
    case.allow(*rows)


@moved("headings merged across two columns")
def _(case: Case) -> None:
    table = stage_table(case)
    number, column = at(table, table.header), column_of(table, "amount")
    if column_of(table, "unit") != column + 1:
        raise NotApplicableError
    table.sheet.merges.append((number, column, number, column + 1))
    table.header.put(column + 1, None)
    case.allow(table.header)


@moved("a form's value merged across columns")
def _(case: Case) -> None:
    for key in ("study.company", "study.period_start"):
        sheet, row = case.fields[key]
        case.claim(row)
        number = sheet.find(row)
        if number is None or 3 not in row.cells or any(not row.cells.get(c, RawCell()).is_blank for c in (5, 6)):
            raise NotApplicableError
        row.put(4, None)  # Excel keeps the first cell's content alone: the words of help are gone
        sheet.merges.append((number, 3, number, 6))


@moved("title merged across the sheet")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    sheet.merges.append((1, 2, 1, 9))
