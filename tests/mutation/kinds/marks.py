"""The template's marks, keys and defined names lost or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import any_sheet, at, column_of, lines_of, own_sheets, stage_table
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case


@moved("names lost")
def _(case: Case) -> None:
    case.book.names = []


@moved("names turned to #REF!")
def _(case: Case) -> None:
    case.book.names = [(a, "#REF!") for a, _ in case.book.names]


@moved("names that point into another workbook")
def _(case: Case) -> None:
    case.book.names = [(a, f"[1]{text.replace(chr(39), '')}") for a, text in case.book.names]


@moved("names left behind when rows moved")
def _(case: Case) -> None:
    any_sheet(case).move(rows={n: n + 2 for n in range(1, 3000)})


@moved("marks of a sheet cleared")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    for _, column, cell in sheet.cells():
        if column == 1:
            cell.value = None


@moved("column of marks deleted")
def _(case: Case) -> None:
    case.book.delete_columns(any_sheet(case), 1)


@moved("all marks deleted, names kept")
def _(case: Case) -> None:
    for sheet in case.book.sheets:
        if sheet.state == "visible":
            case.claim(sheet)
            case.book.delete_columns(sheet, 1)


@moved("all marks and names lost")
def _(case: Case) -> None:
    _lose_marks(case)
    case.book.names = []


@moved("marks, keys and names lost")
def _(case: Case) -> None:
    for table in case.tables.values():
        case.book.delete_rows(table.sheet, at(table, table.keys))
    _lose_marks(case)
    case.book.names = []


def _lose_marks(case: Case) -> None:
    """Take the marks away; the ladder's last rung leaves a note on each sheet with lines."""
    for sheet in own_sheets(case):
        case.delete_sheet(sheet)
    for sheet in case.book.sheets:
        case.claim(sheet)
        for _, column, cell in sheet.cells():
            if column == 1:
                cell.value = None
    for stage in sorted(case.stages):
        case.mentioned(case.tables[stage].sheet)


@moved("key row deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, at(table, table.keys))


@moved("key row of the products deleted")
def _(case: Case) -> None:
    table = case.tables[case.rng.choice(["products", "boundary"])]
    case.claim(table.sheet)
    case.book.delete_rows(table.sheet, at(table, table.keys))


@moved("heading row deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, at(table, table.header))


@moved("heading row cleared")
def _(case: Case) -> None:
    table = stage_table(case)
    for cell in table.header.cells.values():
        cell.value = None


@moved("keys and headings deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = lines_of(table)
    case.book.delete_rows(table.sheet, at(table, table.keys), 2)
    if table.key in case.stages:
        case.need(*rows, table.sheet, case.boundary[table.key])
    case.lost.append(table.sheet)


@moved("a mark typed over")
def _(case: Case) -> None:
    table = stage_table(case)
    table.keys.put(1, case.rng.choice(["1", "x", "wbe:table:nonsense", "wbe:"]))


@moved("a mark's text typed into a remark")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = lines_of(table)
    if not rows:
        raise NotApplicableError
    cell = rows[0].put(column_of(table, "remark"), case.rng.choice(["wbe:aside:x", "wbe:results:x", "wbe:table:use"]))
    case.allow(cell)
