"""Formulas that no program has calculated: worked out by the embedded engine where that is certain.

Some programs save a formula without its value. What an input's cell needs is recalculated from the cells as they were
read, in the killable child: ironcalc never sees the file. A result is taken only where everything that the formula
looks at is known, directly and through other uncalculated formulas: no other workbook, no time or random number, no
function that the engine lacks. Whatever is not certain stays uncalculated, which is an error on its cell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Cell
from workbook_engine.intake.isolate import ChildFailedError, shared_child
from workbook_engine.intake.limits import DEFAULT_LIMITS
from workbook_engine.intake.references import areas, has_whole_columns, is_in, names_in, without_texts
from workbook_engine.intake.values import SHOWN
from workbook_engine.model import BoundTable, Entry, Record
from workbook_engine.model.submission import packed_records
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.grid import Book, Sheet
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.references import Place
    from workbook_engine.model import Submission

Value = float | str | bool
_MOST_CELLS = 200_000  # of a book that is recalculated: more would take seconds
_MOST_FORMULAS = 2_000  # uncalculated ones: a whole book saved without values is the company's to recalculate
# What has no certain value: other workbooks, the clock, chance, addresses made of text, structured references.
_UNCERTAIN = pattern(r"\[|\b(?:NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY|INDIRECT|OFFSET|CELL|INFO)\s*\(", re.IGNORECASE)


def recalculated(
    book: Book, submission: Submission, limits: Limits = DEFAULT_LIMITS
) -> tuple[Submission, list[Finding]]:
    """Return the submission with the uncalculated formulas of its cells worked out, and a note for each."""
    wanted = {place: cell for place, cell in submission.formulas() if cell.kind == "uncached"}
    if not wanted or book.date1904:
        return submission, []
    values = _values(book, set(wanted), limits)
    if not values:
        return submission, []
    notes = [
        Finding(
            catalogue.FORMULA_RECALCULATED,
            CellRef(*place),
            {"formula": f"={(wanted[place].formula or '')[:SHOWN]}", "value": _shown(values[place])},
        )
        for place in wanted
        if place in values and values[place] != ""
    ]
    return _replaced(submission, values), notes


def _shown(value: Value) -> str:
    return f"{value:.10g}" if isinstance(value, float) else str(value)


# --- what is certain --------------------------------------------------------------------------------------------------


def _values(book: Book, wanted: set[Place], limits: Limits) -> dict[Place, Value]:
    """Return the values of the wanted formulas that are certain."""
    content = _content(book)
    if content is None:
        return {}
    cells, formulas = content
    names = {name: text for name, text in book.names.items() if "!" not in name}
    try:
        found = shared_child(limits.memory_bytes, limits.seconds).call(_evaluated, cells, formulas, names)
    except ChildFailedError:
        return {}
    known = {place: value for place, value in found.items() if not _is_error(value)}
    uncertain = {place for place in formulas if place not in known or _is_uncertain(formulas[place], names)}
    return {
        place: known[place] for place in wanted if place in known and not _touches(place, formulas, uncertain, names)
    }


def _content(book: Book) -> tuple[dict[str, list[tuple[int, int, Value]]], dict[Place, str]] | None:
    """Return the values of every sheet and the uncalculated formulas; None where there are too many."""
    cells: dict[str, list[tuple[int, int, Value]]] = {}
    formulas: dict[Place, str] = {}
    count = 0
    for sheet in book.sheets:
        kept = cells.setdefault(sheet.name, [])
        for row, column, cell in _cells(sheet):
            count += 1
            if cell.kind == "uncached":
                formulas[sheet.name, row, column] = cell.formula or ""
            elif cell.value is not None:
                kept.append((row, column, cell.value))
        if count > _MOST_CELLS or len(formulas) > _MOST_FORMULAS:
            return None
    return cells, formulas


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    everything = ((row, column, cell) for row, cells in sheet.rows() for column, cell in cells.items())
    return islice(everything, _MOST_CELLS + 1)


def _is_error(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("#")


def _is_uncertain(formula: str, names: Mapping[str, str]) -> bool:
    bare = without_texts(formula)
    return bool(_UNCERTAIN.search(bare)) or any(_UNCERTAIN.search(names[name]) for name in names_in(bare, names))


def _touches(place: Place, formulas: Mapping[Place, str], uncertain: set[Place], names: Mapping[str, str]) -> bool:
    """Tell whether a formula looks at an uncertain one, itself or through others."""
    if not uncertain:
        return False
    seen, queue = {place}, [place]
    while queue:
        here = queue.pop()
        if here in uncertain or has_whole_columns(formulas[here]):
            return True
        for area in areas(formulas[here], here[0], names):
            inside = {other for other in formulas if other not in seen and is_in(other, area)}
            seen |= inside
            queue += inside
    return False


# --- in the child -----------------------------------------------------------------------------------------------------


def _evaluated(
    cells: Mapping[str, list[tuple[int, int, Value]]], formulas: Mapping[Place, str], names: Mapping[str, str]
) -> dict[Place, Value]:
    """Build the book in the embedded engine, let it calculate, and return what the formulas come to."""
    import ironcalc  # noqa: PLC0415 - only where a formula has no value

    model = ironcalc.create("book", "en", "UTC", "en")
    sheets = {name: number for number, name in enumerate(cells)}
    for name, number in sheets.items():
        if number:
            model.add_sheet(name)
        else:
            model.rename_sheet(0, name)
    for name, content in cells.items():
        for row, column, value in content:
            _put(model, sheets[name], row, column, value)
    for name, text in names.items():
        _define(model, name, text)
    for (name, row, column), formula in formulas.items():
        model.update_cell_with_formula(sheets[name], row, column, f"={formula}")
    model.evaluate()
    found = {place: model.get_cell_value(sheets[place[0]], place[1], place[2]) for place in formulas}
    return {place: value for place, value in found.items() if isinstance(value, float | str | bool)}


def _put(model: object, sheet: int, row: int, column: int, value: Value) -> None:
    if isinstance(value, bool):
        model.update_cell_with_bool(sheet, row, column, value)  # type: ignore[attr-defined]
    elif isinstance(value, float | int):
        model.update_cell_with_number(sheet, row, column, float(value))  # type: ignore[attr-defined]
    elif _is_error(value):
        model.update_cell_with_formula(sheet, row, column, f"={value}")  # type: ignore[attr-defined]
    else:
        model.update_cell_with_text(sheet, row, column, value)  # type: ignore[attr-defined]


def _define(model: object, name: str, text: str) -> None:
    """Define a name; one that the engine refuses stays unknown, and formulas that use it get no value."""
    try:
        model.new_defined_name(name, None, text)  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 - the engine's own errors have no common class
        return


# --- putting the values in --------------------------------------------------------------------------------------------


def _replaced(submission: Submission, values: Mapping[Place, Value]) -> Submission:
    fields = {key: _entry(entry, values) for key, entry in submission.fields.items()}
    tables = {key: _table(table, values) for key, table in submission.tables.items()}
    return replace(submission, fields=fields, tables=tables)


def _entry(entry: Entry, values: Mapping[Place, Value]) -> Entry:
    where = entry.where
    value = values.get((where.sheet, where.row or 0, where.column or 0))
    return entry if entry.cell is None or value is None else Entry(_cell(entry.cell, value), where)


def _table(table: BoundTable, values: Mapping[Place, Value]) -> BoundTable:
    records = packed_records()
    for record in table.records:
        found = {
            key: value
            for key in record.cells
            if key in table.columns and (value := values.get((table.sheet, record.row, table.columns[key]))) is not None
        }
        if found:
            cells = {key: _cell(cell, found[key]) if key in found else cell for key, cell in record.cells.items()}
            kept = {key: cell for key, cell in cells.items() if cell is not None}
            if kept:
                records.append(Record(record.row, kept))
        else:
            records.append(record)
    return replace(table, records=records.settled())


def _cell(cell: Cell, value: Value) -> Cell | None:
    """Return the cell with its value; None where the formula shows nothing."""
    if isinstance(value, bool):
        return Cell("bool", value, cell.formula)
    if isinstance(value, float):
        return Cell("number", value, cell.formula, cell.format)
    return Cell("text", value, cell.formula) if value.strip() else None
