"""Sheets renamed, copied, moved into another workbook, deleted, put together; versions of the template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import (
    MESSAGES,
    NEWER,
    STAGE_TABLES,
    any_sheet,
    at,
    column_of,
    has,
    heading,
    lines_of,
    own_sheets,
    stage_table,
)
from tests.mutation.rawbook import NotApplicableError, RawSheet, moved_formula

if TYPE_CHECKING:
    from tests.mutation.case import Case


@moved("sheet renamed")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    case.book.rename(sheet, case.rng.choice(["Sheet3", "数据(2025年)", "表三", "生產階段 ", "O'Brien & Co", "2025"]))


@moved("all sheets renamed")
def _(case: Case) -> None:
    for number, sheet in enumerate(case.book.sheets, 1):
        case.book.rename(sheet, f"Sheet{number}")


@moved("sheets in another order")
def _(case: Case) -> None:
    case.rng.shuffle(case.book.sheets)


@moved("sheet copied")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    twin = case.book.copy_sheet(sheet, f"{sheet.name} (2)")
    case.copied(sheet, twin)


@moved("sheet copied, then an amount changed in the copy")
def _(case: Case) -> None:
    table = stage_table(case)
    twin = case.book.copy_sheet(table.sheet, f"{table.sheet.name} (2)")
    column = column_of(table, "amount")
    case.copied(table.sheet, twin)
    free = [row for row in lines_of(table) if column in row.cells and id(row) not in case.touched]
    number = next((at(table, row) for row in free), None)
    if number is None:
        raise NotApplicableError
    twin.rows[number].put(column, 4711.0)
    # Which of the two counts depends on their order: the error stands on the other.
    places = [sheet.rows[at(table, row)] for sheet in (table.sheet, twin) for row in (table.header, table.keys)]
    case.need(*places)
    case.spoilt += [*lines_of(table), *(twin.rows[at(table, row)] for row in lines_of(table))]


@moved("sheet copied before it was filled in")
def _(case: Case) -> None:
    table = stage_table(case)
    twin = case.book.copy_sheet(table.sheet, f"{table.sheet.name} (2)")
    for number, row in twin.rows.items():
        for cell in row.cells.values() if number > at(table, table.header) else ():
            cell.value = cell.formula = None
    if case.rng.random() < 0.5:
        case.book.sheets.remove(twin)
        case.book.sheets.insert(0, twin)


@moved("sheets moved into another workbook")
def _(case: Case) -> None:
    book = case.book
    book.names = []
    for sheet in own_sheets(case):
        case.delete_sheet(sheet)  # what was typed there is left behind
    diary = book.add_sheet("生产日报")
    diary.row(1).put(1, "日期")
    diary.row(2).put(1, "2025-03-01")
    diary.row(2).put(2, 88.0)
    book.sheets.insert(0, book.sheets.pop())


@moved("a form's row deleted")
def _(case: Case) -> None:
    sheet, row = case.fields[case.rng.choice(["study.period_start", "study.period_end"])]
    case.claim(sheet)
    case.claim(case.field_cell("study.period_start"))
    case.book.delete_rows(sheet, sheet.number_of(row))
    case.need(sheet, *(row for _, row in case.fields.values()))


@moved("rows inserted among the plants, and more of them typed")
def _(case: Case) -> None:
    """The template has six rows for plants, and another table below them."""
    table = case.tables["plants"]
    case.claim(table.sheet)
    if not table.rows:
        raise NotApplicableError
    case.book.insert_rows(table.sheet, at(table, table.rows[-1]) + 1, 8)
    for n in range(8):
        row = case.add_row(
            table, {"name": f"外协{n}号车间", "allocation_basis": "产量（件数）", "justification": "不产本产品"}
        )
        case.allow(row)


@moved("sheet of instructions deleted")
def _(case: Case) -> None:
    sheet = case.book.sheets[0]
    case.claim(sheet)
    instructions = next((s for s in case.book.sheets if s.name in ("填写说明", "Instructions")), None)
    if instructions is None:
        raise NotApplicableError  # renamed already
    case.delete_sheet(instructions)


@moved("hidden sheets deleted")
def _(case: Case) -> None:
    for sheet in own_sheets(case):
        case.delete_sheet(sheet)


@moved("a stage's sheet deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    if table.key not in case.stages:
        raise NotApplicableError
    case.delete_sheet(table.sheet)
    if case.tables["boundary"].sheet.find(case.boundary[table.key]) is None:
        # Its row was deleted before: nothing in the workbook says any more that there was such a stage.
        case.need_no_more(table.sheet)
        case.lines = [line for line in case.lines if line.stage != table.key]
        return
    answer = case.boundary[table.key].cells[4]
    if answer.value is not None:
        case.need(case.boundary[table.key])
        return
    case.lines = [line for line in case.lines if line.stage != table.key]
    case.taken_as_outside(answer)


@moved("two tables on one sheet, with their marks")
def _(case: Case) -> None:
    lower = stage_table(case)
    upper = stage_table(case)
    _append(upper.sheet, lower.sheet, upper.sheet.last_row + 3)
    case.book.remove_sheet(lower.sheet)


@moved("two tables on one sheet, without the marks of the lower")
def _(case: Case) -> None:
    lower = stage_table(case)
    upper = stage_table(case)
    for cell in [cell for _, column, cell in lower.sheet.cells() if column == 1]:
        cell.value = None
    case.book.delete_rows(lower.sheet, at(lower, lower.keys))
    _append(upper.sheet, lower.sheet, upper.sheet.last_row + 3)
    case.book.remove_sheet(lower.sheet)
    case.allow(lower.header, *lower.rows, upper.sheet, *(case.boundary[k] for k in (lower.key,) if k in case.boundary))


def _append(sheet: RawSheet, other: RawSheet, start: int) -> None:
    """Put the rows of another sheet below; their formulas follow, as they do when rows are cut and pasted."""
    for number in sorted(other.rows):
        if number <= other.last_row:
            row = sheet.rows[start + number] = other.rows[number]
            for cell in row.cells.values():
                if cell.formula and "!" not in cell.formula:
                    cell.formula = moved_formula(cell.formula, lambda n: n + start, lambda n: n)


@moved("headings repeated in the middle of the table")
def _(case: Case) -> None:
    table = stage_table(case)
    last = max((at(table, row) for row in lines_of(table)), default=at(table, table.header))
    below = table.sheet.row(last + 1)
    for column, cell in table.header.cells.items():
        below.put(column, cell.value)


# --- versions ---------------------------------------------------------------------------------------------------------


@moved("the previous version of the template")
def _(case: Case) -> None:
    """Fewer columns, some of the old headings, no row of what is wanted, another version number."""
    for key in STAGE_TABLES:
        table = case.tables[key]
        case.claim(table.sheet)
        for field in ("quality", "product"):
            blank = not any(row.text(table.columns[field]) for row in table.rows)
            if has(table, field) and (blank or field == "quality"):
                case.book.delete_columns(table.sheet, column_of(table, field))
        heading(table, "basis").value = "统计口径"
        case.book.delete_rows(table.sheet, at(table, table.keys) - 1)
    sheet = next(
        (s for s in case.book.sheets if s.rows and any("template.version" in r.text(1) for r in s.rows.values())), None
    )
    if sheet is None:
        raise NotApplicableError
    for row in sheet.rows.values():
        if "template.version" in row.text(1):
            row.put(2, "0.9")


@moved(NEWER)
def _(case: Case) -> None:
    if not MESSAGES.isdisjoint(case.applied):
        raise NotApplicableError
    for sheet in case.book.sheets:
        for row in sheet.rows.values():
            if "template.version" in row.text(1):
                case.allow(row.put(2, "7.0"))
