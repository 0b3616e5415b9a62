"""A returned workbook's inputs as content for a fresh template: refill, move to the present version, start next year.

What a company typed is kept as typed, understood or not. A formula stays one where it is arithmetic alone (=1200*12);
one that looks at other cells is written as its value, for those cells lie elsewhere in the new workbook.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from workbook_engine.grid import HIDDEN, PERCENT, SCALED, shown_number
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import Kind
from workbook_engine.template.options import Content, Typed, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Cell
    from workbook_engine.model import Submission
    from workbook_engine.spec.schema import Table, TemplateSpec

_ARITHMETIC = pattern(r"(?:(?:SUM|ROUND|AVERAGE|MIN|MAX)\(|[0-9.,+\-*/^()%\s]|E[+-]?[0-9])+", re.IGNORECASE)
_EPOCH = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}  # day 0 of the two date systems
_LAST_SERIAL = 2_958_465  # 9999-12-31, the last date that a cell shows

# What belongs to one year: the rest of a workbook is where next year's begins.
YEARLY_FIELDS = frozenset({"study.period_start", "study.period_end", "study.report_no"})
YEARLY_COLUMNS = {"products": {"output"}, "plant_products": {"output"}}
LASTING_NUMBERS = frozenset({"distance_km"})


def content_of(
    submission: Submission, spec: TemplateSpec, *, date1904: bool = False, for_next_year: bool = False
) -> Content:
    """Return the submission's inputs. `for_next_year` leaves out the period, the outputs and the amounts."""
    ratios = {f"{form.key}.{f.key}" for _, form in spec.forms() for f in form.fields if "ratio" in f.dimensions}
    fields = {
        key: _value(entry.cell, date1904=date1904, is_ratio=key in ratios)
        for key, entry in submission.fields.items()
        if entry.cell is not None and not key.startswith("template.") and not (for_next_year and key in YEARLY_FIELDS)
    }
    tables = {}
    for key, bound in submission.tables.items():
        left_out = _yearly(spec.table(key)) if for_next_year else frozenset()
        shares = frozenset(f.key for f in spec.table(key).fields if "ratio" in f.dimensions)
        rows = (_row(record.cells, left_out, shares, date1904=date1904) for record in bound.records)
        tables[key] = [row for row in rows if row]
    return Content(fields, tables)


def groups_of(submission: Submission, spec: TemplateSpec) -> frozenset[str]:
    """Return the groups of optional columns in which something stands: what the new template must have."""
    filled = {(key, name) for key, table in submission.tables.items() for row in table.records for name in row.cells}
    filled |= {tuple(key.split(".", 1)) for key, entry in submission.fields.items() if entry.cell is not None}  # type: ignore[misc]
    blocks = [block for sheet in spec.sheets for block in sheet.blocks]
    return frozenset(f.group for block in blocks for f in block.fields if f.group and (block.key, f.key) in filled)


def _row(
    cells: Mapping[str, Cell], left_out: frozenset[str], ratios: frozenset[str], *, date1904: bool
) -> dict[str, Value]:
    return {
        key: _value(cell, date1904=date1904, is_ratio=key in ratios)
        for key, cell in cells.items()
        if key not in left_out
    }


def _yearly(table: Table) -> frozenset[str]:
    if table.stage is None:
        return frozenset(YEARLY_COLUMNS.get(table.key, ()))
    return frozenset(f.key for f in table.fields if f.kind is Kind.NUMBER and f.key not in LASTING_NUMBERS)


def _value(cell: Cell, *, date1904: bool, is_ratio: bool) -> Value:
    if cell.format != (PERCENT if is_ratio else "") and cell.kind == "number" and isinstance(cell.value, float):
        return _as_shown(cell.value, cell.format, is_ratio=is_ratio)
    if cell.formula is not None and _ARITHMETIC.fullmatch(cell.formula):
        value = cell.value if isinstance(cell.value, float | int | str) else ""
        return Typed(f"={cell.formula}", value)
    if cell.value is None:
        return f"={cell.formula}"  # as text: nobody knows its value, and it must not be lost
    if cell.kind == "date" and isinstance(cell.value, float | int):
        return _date(float(cell.value), date1904=date1904)
    if cell.kind == "bool":
        return "TRUE" if cell.value else "FALSE"
    return cell.value


def _as_shown(value: float, format_: str, *, is_ratio: bool) -> Value:
    """Return a number of another format than the new template's cell has, so that it says there what it said here."""
    if is_ratio and not format_:
        return value / 100 if value > 1 else f"{value:.15g}" if value else value
    return value if format_.startswith((SCALED, HIDDEN)) else shown_number(value, format_)


def _date(serial: float, *, date1904: bool) -> Value:
    # Serial 60 is a 29 February 1900 that never was; before it the two calendars differ by a day. No study is so old.
    if not 61 <= serial <= _LAST_SERIAL:
        return serial
    return _EPOCH[date1904] + dt.timedelta(days=int(serial))
