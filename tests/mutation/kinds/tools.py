"""What changes of the sheets need: they come after all that is typed, and look for rows and columns where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case, Table
    from tests.mutation.rawbook import RawCell, RawRow, RawSheet

NEWER = "a template newer than this program"  # of which messages of its own are not known
MESSAGES = {"another input message", "another error alert"}
STAGE_TABLES = ("raw_material_acquisition", "raw_material_transport", "production", "distribution", "end_of_life")


def stage_table(case: Case) -> Table:
    """Choose a stage's table whose sheet no other layout change has taken."""
    free = [case.tables[key] for key in STAGE_TABLES if id(case.tables[key].sheet) not in case.touched]
    if not free:
        raise NotApplicableError
    table = case.rng.choice(free)
    case.claim(table.sheet)
    return table


def any_sheet(case: Case) -> RawSheet:
    free = [sheet for sheet in case.book.sheets[1:10] if id(sheet) not in case.touched]
    if not free:
        raise NotApplicableError
    sheet = case.rng.choice(free)
    case.claim(sheet)
    return sheet


def at(table: Table, row: RawRow) -> int:
    return table.sheet.number_of(row)


def column_of(table: Table, key: str) -> int:
    """Return the column of a field where it stands now."""
    for column, cell in table.keys.cells.items():
        if cell.text == key:
            return column
    raise NotApplicableError


def lines_of(table: Table) -> list[RawRow]:
    return [row for row in table.rows if row in table.sheet.rows.values()]


def heading(table: Table, key: str) -> RawCell:
    column = column_of(table, key)
    if column not in table.header.cells or not table.header.cells[column].text:
        raise NotApplicableError
    return table.header.cells[column]


def bare(text: str) -> str:
    """Return a heading without the star of a required field."""
    return text.lstrip("＊* ")


def has(table: Table, key: str) -> bool:
    return any(cell.text == key for cell in table.keys.cells.values())


def own_sheets(case: Case) -> list[RawSheet]:
    """Return the sheets that the template keeps for itself, hidden: its lists and its counts."""
    return [sheet for sheet in case.book.sheets if sheet.name in ("列表", "检查", "Lists", "Checks")]
