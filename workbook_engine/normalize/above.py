"""Words that stand for another cell or for none, in a column of words: `同上` is what the row above says, `/` a blank.

Of a number `同上` stays an error, and `/` says that nothing occurs. A list of choices may know `不适用` as one of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef
from workbook_engine.model.submission import Record, packed_records
from workbook_engine.normalize.number_words import STANDS_FOR
from workbook_engine.normalize.numerals import even
from workbook_engine.spec.schema import Kind, Required
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
    fields = {field.key: field for field in spec.fields if field.kind in _WORDS and field.key != "remark"}
    if not any(_stand_ins(record, fields) for record in table.records):
        return table.records  # nearly always: nothing is to be copied, and a large table not to be packed once more
    names = [field for field in fields.values() if field.kind in _NAMES]
    records, above = packed_records(), None
    for each in table.records:
        words = _stand_ins(each, fields)
        same = [key for key in fields if words.get(key) == "same"]
        blank = [field for field in names if words.get(field.key) == "nothing"]
        record = _without_nothing(table, each, blank, report, knows)
        above = _filled_in(table, record, above, same, report) if same and above else record
        records.append(above)
    return records.settled()


def _stand_ins(record: Record, fields: Mapping[str, Field]) -> dict[str, str]:
    """Return the fields of a record in which a word stands for something, and what each stands for."""
    return {key: what for key, cell in record.cells.items() if key in fields and (what := stands_for(cell)[0])}


def stands_for(cell: Cell | None) -> tuple[str, str]:
    """Return what a word stands for, (nothing, pending or same; its sense), ("", "") where it is a word of its own."""
    if cell is None or cell.kind != "text" or not isinstance(cell.value, str) or len(cell.value) > _LONGEST:
        return "", ""
    return _looked_up(cell.value)


@lru_cache(maxsize=1024)  # a column repeats its words
def _looked_up(text: str) -> tuple[str, str]:
    return STANDS_FOR.get(text) or STANDS_FOR.get(simplified(even(text)).casefold().strip("()（）.。")) or ("", "")


def _without_nothing(
    table: BoundTable,
    record: Record,
    blank: list[Field],
    report: Callable[..., None],
    knows: Callable[[Field, str], bool],
) -> Record:
    """Return the record without the names that say that there is none."""
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
