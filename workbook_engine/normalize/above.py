"""`同上` in a column of words: read as what the row above says, with a note. Of a number it stays an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef
from workbook_engine.model.submission import Record, packed_records
from workbook_engine.normalize.number_words import STANDS_FOR
from workbook_engine.spec.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbook_engine.grid import Cell
    from workbook_engine.model import BoundTable
    from workbook_engine.spec.schema import Table

_WORDS = (Kind.TEXT, Kind.CHOICE, Kind.UNIT, Kind.FLOW, Kind.PRODUCT, Kind.PLANT)
_LONGEST = 16  # characters
_BLANK_ABOVE = "—"


def without_ditto(spec: Table, table: BoundTable, report: Callable[..., None]) -> Sequence[Record]:
    """Return the records of a table with `同上` replaced by the cell above; in the first row it stays as it is.

    Each is told to `report`: type of finding, cell, parameters.
    """
    keys = [field.key for field in spec.fields if field.kind in _WORDS and field.key != "remark"]
    records, above = packed_records(), None
    changed = False
    for record in table.records:
        same = [key for key in keys if (cell := record.cells.get(key)) is not None and _is_ditto(cell)]
        changed = changed or bool(same and above)
        above = _filled_in(table, record, above, same, report) if same and above else record
        records.append(above)
    return records.settled() if changed else table.records


def _is_ditto(cell: Cell) -> bool:
    if cell.kind != "text" or not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
        return False
    found = STANDS_FOR.get(cell.value) or STANDS_FOR.get(cell.value.strip().casefold().strip("()（）.。"))
    return found is not None and found[0] == "same"


def _filled_in(
    table: BoundTable, record: Record, above: Record, same: list[str], report: Callable[..., None]
) -> Record:
    cells = dict(record.cells)
    for key in same:
        where = CellRef(table.sheet, record.row, table.columns.get(key))
        taken = above.cells.get(key)
        value = _BLANK_ABOVE if taken is None else str(taken.value).strip()
        report(catalogue.SAME_AS_ABOVE_READ, where, typed=str(cells[key].value).strip(), value=value)
        del cells[key]
        if taken is not None:
            cells[key] = taken
    return Record(record.row, cells)
