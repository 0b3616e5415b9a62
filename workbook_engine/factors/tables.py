"""From a workbook's cells to the rows of its tables, under the stable column keys of columns.py.

A table is found by its mark in column A (`wbe:table:<table>`); the cells to the right of the mark are the column keys,
the next row with content is the heading, and what follows, up to the next mark, are the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.factors.columns import TABLES, ColumnKind
from workbook_engine.findings import CellRef
from workbook_engine.frozen import frozen
from workbook_engine.spec.schema import MARK_TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.grid import Book, Cell, Sheet


# Columns that the workbook computes: a row that holds nothing else is one prepared for a consultant's own entry.
_COMPUTED = {
    table.key: {column.key for column in table.columns if column.kind is ColumnKind.FORMULA} for table in TABLES
}


@frozen
class TableRow:
    """One row: column key -> cell, without the blank ones, and where its columns are."""

    table: str
    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def where(self, key: str) -> CellRef:
        """Return the place of a column's cell in this row, or of the row where the table lacks that column."""
        column = self.columns.get(key)
        return CellRef(self.sheet, self.number, min(self.columns.values()) if column is None else column)


def read_tables(book: Book) -> dict[str, list[TableRow]]:
    """Return the rows of every marked table of a workbook, by the table's key."""
    tables: dict[str, list[TableRow]] = {}
    for sheet in book.sheets:
        for row in _rows(sheet):
            tables.setdefault(row.table, []).append(row)
    return tables


def _rows(sheet: Sheet) -> Iterator[TableRow]:
    table, columns, heading_passed = "", {}, False
    for number, cells in sheet.rows():
        mark = _text(cells.get(1))
        if mark.startswith(MARK_TABLE):
            table = mark.removeprefix(MARK_TABLE)
            columns = {_text(cell): column for column, cell in cells.items() if column > 1 and _text(cell)}
            heading_passed = False
            continue
        found = {key: cells[column] for key, column in columns.items() if column in cells}
        found = {key: cell for key, cell in found.items() if not cell.is_blank}
        if not found.keys() - _COMPUTED.get(table, set()):
            continue
        if heading_passed:
            yield TableRow(table, sheet.name, number, found, columns)
        heading_passed = True


def _text(cell: Cell | None) -> str:
    return str(cell.value).strip() if cell is not None and cell.kind == "text" else ""
