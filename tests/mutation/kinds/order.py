"""Rows, columns and sheets hidden, filtered and sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import any_sheet, at, column_of, lines_of, stage_table
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case, Table
    from tests.mutation.rawbook import RawRow


@moved("rows hidden")
def _(case: Case) -> None:
    table = stage_table(case)
    for row in lines_of(table)[-1:]:
        row.attributes["hidden"] = "1"


@moved("rows filtered away")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = lines_of(table)
    for row in rows:
        row.attributes["hidden"] = case.rng.choice(["true", "1"])
    columns = table.header.cells
    if rows:
        table.sheet.filter = (at(table, table.header), min(columns), at(table, rows[-1]), max(columns))


@moved("columns hidden")
def _(case: Case) -> None:
    table = stage_table(case)
    for key in ("data_source", "basis"):
        table.sheet.columns[column_of(table, key)] = {"hidden": "1", "width": "0"}


@moved("everything shown")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    for row in sheet.rows.values():
        row.attributes.pop("hidden", None)
    for attributes in sheet.columns.values():
        attributes.pop("hidden", None)


@moved("sheet hidden")
def _(case: Case) -> None:
    any_sheet(case).state = case.rng.choice(["hidden", "veryHidden"])


@moved("lines sorted")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = lines_of(table)
    numbers = [at(table, row) for row in rows]
    shuffled = numbers[:]
    case.rng.shuffle(shuffled)
    moves = dict(zip(numbers, shuffled, strict=True))
    table.sheet.move(rows={n: moves.get(n, n) for n in range(1, max(table.sheet.rows) + 50)})


@moved("what plants make sorted")
def _(case: Case) -> None:
    table = case.tables["plant_products"]
    case.claim(table.sheet)
    _reverse(table, lines_of(table))


@moved("products sorted")
def _(case: Case) -> None:
    table = case.tables["products"]
    case.claim(table.sheet)
    _reverse(table, table.rows)
    table.rows.reverse()
    for line in case.lines:
        line.shares = line.shares[::-1]


def _reverse(table: Table, rows: list[RawRow]) -> None:
    """Turn rows upside down; what stands between them keeps its place."""
    if len(rows) < 2:
        raise NotApplicableError
    numbers = [at(table, row) for row in rows]
    moves = dict(zip(numbers, numbers[::-1], strict=True))
    table.sheet.move(rows={n: moves.get(n, n) for n in range(1, max(table.sheet.rows) + 50)})


@moved("sorted with the headings and keys")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = [table.keys, table.header, *lines_of(table)]
    numbers = sorted(at(table, row) for row in rows)
    moves = dict(zip(numbers, numbers[::-1], strict=True))
    table.sheet.move(rows={n: moves.get(n, n) for n in range(1, max(table.sheet.rows) + 50)})
    case.allow(*rows, table.sheet)
    case.follows.append(case.boundary[table.key])


@moved("sorted without the column of marks")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = [table.keys, table.header, *lines_of(table)]
    rows.sort(key=lambda row: at(table, row))
    marks = [row.cells.pop(1, None) for row in rows]
    numbers = [at(table, row) for row in rows]
    moves = dict(zip(numbers, numbers[::-1], strict=True))
    table.sheet.move(rows={n: moves.get(n, n) for n in range(1, max(table.sheet.rows) + 50)})
    for number, mark in zip(numbers, marks, strict=True):
        if mark is not None:
            table.sheet.rows[number].cells[1] = mark
    case.allow(*rows, table.sheet)
    case.follows.append(case.boundary[table.key])


def _boundary_rows(case: Case) -> list[RawRow]:
    table = case.tables["boundary"]
    case.claim(table.sheet)
    return sorted(case.boundary.values(), key=lambda row: at(table, row))


@moved("boundary sorted with its marks")
def _(case: Case) -> None:
    sheet = case.tables["boundary"].sheet
    rows = _boundary_rows(case)
    numbers = [sheet.number_of(row) for row in rows]
    moves = dict(zip(numbers, numbers[::-1], strict=True))
    sheet.move(rows={n: moves.get(n, n) for n in range(1, max(sheet.rows) + 50)})


@moved("boundary sorted without its marks")
def _(case: Case) -> None:
    rows = _boundary_rows(case)
    contents = [{c: cell for c, cell in row.cells.items() if c > 1} for row in rows]
    for row, content in zip(rows, reversed(contents), strict=True):
        row.cells = {1: row.cells[1], **content}
    now = dict(zip(map(id, rows), reversed(rows), strict=True))
    case.boundary = {stage: now[id(row)] for stage, row in case.boundary.items()}
    case.allow(*rows)


@moved("a row of the boundary deleted")
def _(case: Case) -> None:
    rows = _boundary_rows(case)
    stage = case.rng.choice(sorted(case.boundary))
    table = case.tables["boundary"]
    row = case.boundary[stage]
    case.book.delete_rows(table.sheet, at(table, row))
    if stage in case.stages and case.tables[stage].sheet not in case.book.sheets:
        # Its sheet was deleted before: nothing in the workbook says any more that there was such a stage.
        case.need_no_more(row)
        case.lines = [line for line in case.lines if line.stage != stage]
    elif stage not in case.stages:  # it has no data (any more): it is taken as outside, which is told
        for cell in row.cells.values():
            case.need_no_more(cell)
        case.mentioned(table.header, *rows, table.sheet)
    else:
        own = case.tables[stage]  # nobody asks where the stage's table is not found at all
        case.need(table.header, table.keys, *rows, table.sheet, own.header, own.sheet)
