"""The template's marks in a workbook: texts in the hidden column, keys across a hidden row, and defined names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook_engine.grid import column_number
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import MARK_ASIDE, MARK_FIELD, MARK_RESULTS, MARK_ROW, MARK_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Book, Cell
    from workbook_engine.spec.index import SpecIndex

MARK_PREFIX = "wbe:"
ASIDE_SHEET = "sheet"  # the key of an aside mark in a sheet's first row: nothing on the sheet is input
STATE = "state"  # the key of the aside mark on the row that says what is still missing on the sheet
MIN_KEYS = 3  # so many field keys of one table in a row make it a key row, whatever its mark says

MarkKind = Literal["field", "table", "row", "aside", "results"]
_PREFIXES: tuple[tuple[str, MarkKind], ...] = (
    (MARK_RESULTS, "results"),
    (MARK_ASIDE, "aside"),
    (MARK_FIELD, "field"),
    (MARK_TABLE, "table"),
    (MARK_ROW, "row"),
)
_NAME_TARGET = pattern(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::.*)?$")


class Mark(NamedTuple):
    """A mark as it stands in a cell: what it marks, the key, and its column (of a name: the column it points at)."""

    kind: MarkKind
    key: str
    column: int


class MarkColumn:
    """Finds the marks of one sheet.

    They stand in one column, or come first in their row: a mark's text that somebody typed into a table is no mark.
    """

    def __init__(self) -> None:
        self._column: int | None = None

    def mark_in(self, cells: Mapping[int, Cell]) -> Mark | None:
        """Return the mark of a row, None where it has none."""
        if self._column is not None:
            cell = cells.get(self._column)
            mark = _parsed(cell, self._column) if cell is not None else None
            if mark:
                return mark
        column = next(iter(cells), None)
        if column is None or column == self._column:
            return None
        mark = _parsed(cells[column], column)
        if mark and self._column is None:
            self._column = column
        return mark


def _parsed(cell: Cell, column: int) -> Mark | None:
    if cell.kind != "text":
        return None
    text = str(cell.value)
    if not text.startswith(MARK_PREFIX):
        return None
    return next(
        (Mark(kind, text.removeprefix(start), column) for start, kind in _PREFIXES if text.startswith(start)), None
    )


def table_of_keys(cells: Mapping[int, Cell], index: SpecIndex, named: str = "") -> str | None:
    """Return the table whose key row this is, by its keys alone; None where it is none.

    Of several that have these keys it is the one that a defined name of the template says the row to be.
    """
    keys = [str(cell.value) for cell in cells.values() if cell.kind == "text" and cell.value in index.field_keys]
    if len(keys) < MIN_KEYS:
        return None
    counts = {table.key: sum(f.key in keys for f in table.fields) for table in index.tables.values()}
    best = max(counts.values())
    found = [key for key, count in counts.items() if count == best]
    if best < MIN_KEYS:
        return None
    return named if named in found else found[0] if len(found) == 1 else None


def name_targets(book: Book, index: SpecIndex) -> dict[tuple[str, int], Mark]:
    """Return (sheet, row) -> what the template's defined names say of that row."""
    targets: dict[tuple[str, int], Mark] = {}
    for name, formula in book.names.items():
        key = index.names.get(name)
        found = _NAME_TARGET.match(formula) if key else None
        if key is None or found is None:
            continue
        sheet = (found[1] or found[2]).replace("''", "'")
        kind: MarkKind = "field" if key in index.fields else "table"
        targets[sheet, int(found[4])] = Mark(kind, key, column_number(found[3]))
    return targets
