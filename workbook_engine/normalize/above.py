"""Words that stand for another cell or for none, in a column of words: `同上` is what the row above says, `/` a blank.

Of a number `同上` stays an error, and `/` says that nothing occurs. A list of choices may know `不适用` as one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef
from workbook_engine.model.submission import Record, packed_records
from workbook_engine.normalize.number_words import STANDS_FOR
from workbook_engine.normalize.numerals import even
from workbook_engine.spec.schema import Kind, Required

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbook_engine.grid import Cell
    from workbook_engine.model import BoundTable
    from workbook_engine.spec.schema import Field, Table

_NAMES = (Kind.CHOICE, Kind.UNIT, Kind.FLOW, Kind.PRODUCT, Kind.PLANT)  # what is looked up, and never is `/`
_WORDS = (Kind.TEXT, Kind.CHOICE, Kind.UNIT, Kind.FLOW, Kind.PRODUCT, Kind.PLANT)
_LONGEST = 16  # characters
_BLANK_ABOVE = "—"


def without_stand_ins(
    spec: Table, table: BoundTable, report: Callable[..., None], knows: Callable[[Field, str], bool]
) -> Sequence[Record]:
    """Return the records of a table with `同上` replaced by the cell above, and without the cells that say `/` or `无`.

    In the first row `同上` stays as it is. `knows` tells whether a word is an answer of a field. Each replacement is
    told to `report`: type of finding, cell, parameters; a blank that must be filled in is told by whoever needs it.
    """
    keys = [field.key for field in spec.fields if field.kind in _WORDS and field.key != "remark"]
    names = [field for field in spec.fields if field.kind in _NAMES]
    records, above = packed_records(), None
    changed = False
    for each in table.records:
        record = _without_nothing(table, each, names, report, knows)
        same = [key for key in keys if (cell := record.cells.get(key)) is not None and stands_for(cell)[0] == "same"]
        changed = changed or record is not each or bool(same and above)
        above = _filled_in(table, record, above, same, report) if same and above else record
        records.append(above)
    return records.settled() if changed else table.records


def stands_for(cell: Cell | None) -> tuple[str, str]:
    """Return what a word stands for, (nothing, pending or same; its sense), ("", "") where it is a word of its own."""
    if cell is None or cell.kind != "text" or not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
        return "", ""
    found = STANDS_FOR.get(cell.value) or STANDS_FOR.get(even(cell.value).casefold().strip("()（）.。"))
    return found or ("", "")


def _without_nothing(
    table: BoundTable,
    record: Record,
    names: list[Field],
    report: Callable[..., None],
    knows: Callable[[Field, str], bool],
) -> Record:
    """Return the record without the names that say that there is none."""
    blank = [field for field in names if (cell := record.cells.get(field.key)) and stands_for(cell)[0] == "nothing"]
    blank = [field for field in blank if not knows(field, str(record.cells[field.key].value))]
    if not blank:
        return record
    cells = dict(record.cells)
    for field in blank:
        typed = str(cells.pop(field.key).value).strip()
        if field.required is not Required.MUST:
            where = CellRef(table.sheet, record.row, table.columns.get(field.key))
            report(catalogue.READ_AS_BLANK, where, typed=typed, field=field.title)
    return Record(record.row, cells)


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
