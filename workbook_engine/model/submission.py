"""Submission: what the company wrote, cell by cell, under the spec's keys; nothing is interpreted yet."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import Cell
from workbook_engine.model.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook_engine.findings import CellRef
    from workbook_engine.model.sequences import Plain
    from workbook_engine.texts import Language


@frozen
class Entry:
    """One cell that the company could fill in: what stands there (None: blank) and where that is."""

    cell: Cell | None
    where: CellRef


@frozen
class Record:
    """One row of a table: field key -> cell. A field that is blank, or whose column is absent, has no entry."""

    row: int
    cells: Mapping[str, Cell]


def packed_records() -> Packed[Record]:
    """Return a sequence to put the records of a table into."""
    return Packed(_plain, _record)


def _plain(record: Record) -> Plain:
    return record.row, {key: tuple(cell) for key, cell in record.cells.items()}


def _record(plain: Plain) -> Record:
    return Record(plain[0], {key: tuple.__new__(Cell, cell) for key, cell in plain[1].items()})


@frozen
class BoundTable:
    """A table of the spec as it was found: its sheet, where its fields' columns are, and its rows with content."""

    key: str
    sheet: str
    header_row: int
    columns: Mapping[str, int]  # field key -> 1-based column
    records: Sequence[Record]  # a tuple, or packed where they are very many
    heading_units: Mapping[str, str] = field(default_factory=dict)  # field key -> the unit that its heading names
    # field key -> the year that its heading names, and the heading as typed
    heading_years: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@frozen
class Submission:
    """A returned workbook under the spec's keys. `fields` is keyed "form.field"; `tables` by the table's key."""

    language: Language
    template_version: str | None
    fields: Mapping[str, Entry]
    tables: Mapping[str, BoundTable]
    input_sheets: tuple[str, ...]  # the sheets in which something was bound, in the workbook's order
    date1904: bool = False  # the workbook counts its dates from 1904
    circular: frozenset[tuple[str, int, int]] = frozenset()  # sheet, row, column of inputs that look at themselves
    of_nothing: frozenset[tuple[str, int, int]] = frozenset()  # of formulas whose cells are all empty: 0 or unknown
    from_results: bool = False  # the workbook is one of our own results workbooks, handed in again

    def formulas(self) -> Iterator[tuple[tuple[str, int, int], Cell]]:
        """Yield sheet, row and column of each input that is a formula, calculated or not, and its cell."""
        for entry in self.fields.values():
            where, cell = entry.where, entry.cell
            if cell is not None and _is_formula(cell) and where.row and where.column:
                yield (where.sheet, where.row, where.column), cell
        for table in self.tables.values():
            for record in table.records:
                for key, cell in record.cells.items():
                    if _is_formula(cell) and key in table.columns:
                        yield (table.sheet, record.row, table.columns[key]), cell


def _is_formula(cell: Cell) -> bool:
    return bool(cell.formula) or cell.kind == "uncached"
