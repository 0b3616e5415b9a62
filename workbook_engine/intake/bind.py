"""Cells -> Submission: find the template's inputs again, wherever they went.

The ladder of recognition, from certain to less certain; each step down leaves a note:

    1. marks     column A (hidden) says which field, table or row this is; a table's key row says which column is which
    2. names     a defined name of the template still points at the cell
    3. labels    the sheet's title and the headings, as printed, as synonyms in either language, or slightly misspelt

Never a fixed address. Sheets that the engine computed itself (a results workbook handed in again) are passed over.
What stands on a sheet of ours and was read by nobody is reported, so nothing that somebody typed is lost in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Cell, address, column_number
from workbook_engine.matching import canonical
from workbook_engine.model import BoundTable, Entry, Record, Submission
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.index import SpecIndex, spec_index
from workbook_engine.spec.schema import MARK_ASIDE, MARK_FIELD, MARK_RESULTS, MARK_ROW, MARK_TABLE, TemplateSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Book, Sheet
    from workbook_engine.texts import Language

MARK_PREFIX = "wbe:"
MIN_HEADINGS = 3  # so many headings of one table in a row make it a header, where the marks are gone
MAX_LISTED = 8  # unread cells named in one finding


class _Mark(NamedTuple):
    """A mark as it stands in a cell: what it marks, the key, and its column (of a name: the column it points at)."""

    kind: Literal["field", "table", "row", "aside", "results"]
    key: str
    column: int


@dataclass(slots=True)
class _OpenTable:
    """A table that is being read, row by row."""

    key: str
    columns: dict[str, int]
    header_row: int
    awaits_header: bool
    records: list[Record] = field(default_factory=list)


@dataclass(slots=True)
class _SheetResult:
    """What one sheet gave."""

    fields: dict[str, Entry] = field(default_factory=dict)
    tables: list[BoundTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    is_results: bool = False
    is_aside: bool = False  # the template's own lists and counts: no input

    @property
    def is_empty(self) -> bool:
        return not (self.fields or self.tables)

    @property
    def is_instructions(self) -> bool:
        """Whether the sheet only says which template this is: the instructions, which hold no input."""
        return bool(self.fields) and not self.tables and all(key.startswith("template.") for key in self.fields)


def bind_inputs(book: Book, spec: TemplateSpec = COLLECTION) -> tuple[Submission | None, list[Finding]]:
    """Find the inputs of `spec` in `book`.

    Returns None in place of a submission where nothing of the template was recognised, with a finding that says so.
    """
    index = spec_index(spec)
    names = _name_targets(book, index)
    fields: dict[str, Entry] = {}
    tables: dict[str, BoundTable] = {}
    input_sheets: list[str] = []
    findings: list[Finding] = []
    from_results = False
    for sheet in book.sheets:
        result = _SheetReader(sheet, index, names).read()
        from_results = from_results or result.is_results
        if result.is_results or result.is_aside:
            continue
        findings += result.findings
        if result.is_empty:
            findings += _unknown_sheet(sheet, result)
            continue
        findings += _merge(result, sheet.name, fields, tables)
        if not result.is_instructions:
            input_sheets.append(sheet.name)
            findings += _unread(sheet.name, result)
    if not tables and all(key.startswith("template.") for key in fields):
        return None, [Finding(catalogue.NOT_OUR_TEMPLATE)]
    submission = Submission(
        language=_language(fields, input_sheets),
        template_version=_text(fields.get("template.version")),
        fields=fields,
        tables=tables,
        input_sheets=tuple(input_sheets),
        from_results=from_results,
    )
    return submission, findings


# --- one sheet --------------------------------------------------------------------------------------------------------


class _SheetReader:
    """Reads one sheet in one pass over its rows."""

    def __init__(self, sheet: Sheet, index: SpecIndex, names: Mapping[tuple[str, int], _Mark]) -> None:
        self.sheet = sheet
        self.index = index
        self.names = names
        self.result = _SheetResult()
        self.table: _OpenTable | None = None
        title = index.sheets.find(sheet.name)
        self.sheet_key = title.value if title else None
        self.by_label = False

    def read(self) -> _SheetResult:
        for row, cells in self.sheet.rows():
            mark = _mark_in(cells)
            if mark and mark.kind == "results":
                self.result.is_results = True
                return self.result
            if mark and mark.kind == "aside":
                if mark.key == "sheet":
                    self.result.is_aside = True
                    return self.result
                continue
            self._row(row, cells, mark or self.names.get((self.sheet.name, row)))
        self._close()
        if self.by_label:
            self.result.findings.append(Finding(catalogue.FOUND_BY_LABEL, CellRef(self.sheet.name)))
        return self.result

    def _row(self, row: int, cells: Mapping[int, Cell], mark: _Mark | None) -> None:
        if mark and mark.kind == "table":
            self._open_marked(cells, mark, row)
        elif mark and mark.kind == "field":
            self._field(row, cells, mark)
        elif mark and mark.kind == "row" and self.table:
            self._fixed_row(row, cells, mark.key.rpartition(".")[2], self.table)
        elif self._is_block_title(cells):
            self._close()
        elif self.table:
            self._table_row(row, cells, self.table)
        else:
            self._free_row(row, cells)

    # -- tables

    def _open_marked(self, cells: Mapping[int, Cell], mark: _Mark, row: int) -> None:
        self._close()
        table = self.index.tables.get(mark.key)
        if table:
            keys = {f.key for f in table.fields}
            columns = {str(cell.value): column for column, cell in cells.items() if cell.value in keys}
            self.table = _OpenTable(mark.key, columns, row, awaits_header=True)

    def _table_row(self, row: int, cells: Mapping[int, Cell], table: _OpenTable) -> None:
        if table.awaits_header:
            table.awaits_header = False
            table.header_row = row
            self._header(row, cells, table)
        elif table.key in self.index.fixed_rows:
            self._fixed_row_by_label(row, cells, table)
        else:
            self._record(row, cells, table)

    def _header(self, row: int, cells: Mapping[int, Cell], table: _OpenTable) -> None:
        """Compare the printed headings with the key row: a heading of another field means that cells were moved."""
        if not table.columns:
            self._columns_from_headings(cells, table)
            return
        for key, column in table.columns.items():
            cell = cells.get(column)
            match = self.index.headings[table.key].find(str(cell.value)) if cell and cell.kind == "text" else None
            if cell and match and match.value != key and match.value in table.columns:
                params = {"typed": str(cell.value), "expected": self.index.tables[table.key].field(key).title}
                where = CellRef(self.sheet.name, row, column)
                self.result.findings.append(Finding(catalogue.HEADING_DISAGREES, where, params))

    def _columns_from_headings(self, cells: Mapping[int, Cell], table: _OpenTable) -> None:
        table.columns = self._match_headings(table.key, cells)
        self.by_label = True

    def _record(self, row: int, cells: Mapping[int, Cell], table: _OpenTable) -> None:
        found = _filled(cells, table.columns)
        if found:
            table.records.append(Record(row, found))
        taken = set(table.columns.values())
        if not taken.issuperset(cells):
            self._leave_unread(row, {column: cell for column, cell in cells.items() if column not in taken})

    def _fixed_row_by_label(self, row: int, cells: Mapping[int, Cell], table: _OpenTable) -> None:
        matcher = self.index.fixed_rows[table.key]
        for cell in cells.values():
            match = matcher.find(str(cell.value)) if cell.kind == "text" else None
            if match:
                self.by_label = True
                self._fixed_row(row, cells, match.value, table)
                return
        self._leave_unread(row, cells)

    def _fixed_row(self, row: int, cells: Mapping[int, Cell], row_key: str, table: _OpenTable) -> None:
        label = self.index.tables[table.key].fields[0].key
        table.records.append(Record(row, {**_filled(cells, table.columns), label: Cell("text", row_key)}))

    def _close(self) -> None:
        table, self.table = self.table, None
        if table:
            bound = BoundTable(table.key, self.sheet.name, table.header_row, table.columns, tuple(table.records))
            self.result.tables.append(bound)
            self._report_hidden(bound)

    def _report_hidden(self, table: BoundTable) -> None:
        """Hidden and filtered rows count like any other, and whoever hid them is told."""
        hidden = [record.row for record in table.records if record.row in self.sheet.hidden_rows]
        if hidden:
            rows = ", ".join(map(str, hidden[:MAX_LISTED]))
            where = CellRef(self.sheet.name, hidden[0], min(table.columns.values(), default=1))
            params = {"count": len(hidden), "rows": rows}
            self.result.findings.append(Finding(catalogue.HIDDEN_ROWS, where, params))

    def _is_block_title(self, cells: Mapping[int, Cell]) -> bool:
        """Tell whether the title of a block stands in the row, and nothing else: it ends the table above."""
        if len(cells) > 2 or (self.table and self.table.awaits_header):
            return False
        texts = [cell for cell in cells.values() if not cell.is_blank]
        return len(texts) == 1 and texts[0].kind == "text" and canonical(str(texts[0].value)) in self.index.block_titles

    # -- forms

    def _field(self, row: int, cells: Mapping[int, Cell], mark: _Mark) -> None:
        self._close()
        name = self.names.get((self.sheet.name, row))
        if name and name.key == mark.key:
            column = name.column
        elif mark.key.startswith("template."):
            column = mark.column + 1
        else:
            labels = (column for column, cell in cells.items() if column > mark.column and cell.kind == "text")
            column = next(labels, mark.column + 1) + 1
        self._entry(row, cells, mark.key, column)

    def _entry(self, row: int, cells: Mapping[int, Cell], key: str, column: int) -> None:
        cell = cells.get(column)
        entry = Entry(None if cell is None or cell.is_blank else cell, CellRef(self.sheet.name, row, column))
        self.result.fields.setdefault(key, entry)
        self._leave_unread(row, {c: other for c, other in cells.items() if c != column})

    # -- where the marks are gone

    def _free_row(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Look at a row outside every block: a header, a form's label, or nothing of ours."""
        key = self._table_of_header(cells)
        if key:
            self.table = _OpenTable(key, {}, row, awaits_header=False)
            self._columns_from_headings(cells, self.table)
            return
        for column, cell in cells.items():
            match = self.index.form_labels.find(str(cell.value)) if cell.kind == "text" else None
            if match and self._may_hold(match.value):
                self.by_label = True
                self._entry(row, cells, match.value, column + 1)
                return
        self._leave_unread(row, cells)

    def _may_hold(self, field_key: str) -> bool:
        """Tell whether a form's label counts here: on its own sheet, or on one whose title says nothing."""
        return self.sheet_key in (None, self.index.sheet_of_form[field_key.partition(".")[0]])

    def _table_of_header(self, cells: Mapping[int, Cell]) -> str | None:
        """Return the table whose headings stand in the row, or None; the sheet's title decides between equals."""
        if sum(cell.kind == "text" for cell in cells.values()) < MIN_HEADINGS:
            return None
        here = self.index.tables_of_sheet.get(self.sheet_key or "", ())
        counts = Counter({key: len(self._match_headings(key, cells)) for key in here or self.index.tables})
        (best, count), *others = counts.most_common(2)
        if count < MIN_HEADINGS or (others and others[0][1] == count):
            return None
        return best

    def _match_headings(self, key: str, cells: Mapping[int, Cell]) -> dict[str, int]:
        columns: dict[str, int] = {}
        for column, cell in cells.items():
            match = self.index.headings[key].find(str(cell.value)) if cell.kind == "text" else None
            if match:
                columns.setdefault(match.value, column)
        return columns

    def _leave_unread(self, row: int, cells: Mapping[int, Cell]) -> None:
        for column, cell in cells.items():
            if not cell.is_blank and not (cell.kind == "text" and self._is_printed(str(cell.value))):
                self.result.unread.append((row, column))

    def _is_printed(self, text: str) -> bool:
        return text.startswith(MARK_PREFIX) or canonical(text) in self.index.printed


def _filled(cells: Mapping[int, Cell], columns: Mapping[str, int]) -> dict[str, Cell]:
    return {
        key: cell for key, column in columns.items() if (cell := cells.get(column)) is not None and not cell.is_blank
    }


# --- the whole book ---------------------------------------------------------------------------------------------------


def _mark_in(cells: Mapping[int, Cell]) -> _Mark | None:
    for column, cell in cells.items():
        if cell.kind == "text" and str(cell.value).startswith(MARK_PREFIX):
            return _parse_mark(str(cell.value), column)
    return None


def _parse_mark(text: str, column: int) -> _Mark | None:
    if text.startswith(MARK_RESULTS):
        return _Mark("results", text, column)
    if text.startswith(MARK_ASIDE):
        return _Mark("aside", text.removeprefix(MARK_ASIDE), column)
    if text.startswith(MARK_FIELD):
        return _Mark("field", text.removeprefix(MARK_FIELD), column)
    if text.startswith(MARK_TABLE):
        return _Mark("table", text.removeprefix(MARK_TABLE), column)
    if text.startswith(MARK_ROW):
        return _Mark("row", text.removeprefix(MARK_ROW), column)
    return None


_NAME_TARGET = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d+)(?::.*)?$")


def _name_targets(book: Book, index: SpecIndex) -> dict[tuple[str, int], _Mark]:
    """Return (sheet, row) -> what the template's defined names say of that row."""
    targets: dict[tuple[str, int], _Mark] = {}
    for name, formula in book.names.items():
        key = index.names.get(name)
        found = _NAME_TARGET.match(formula) if key else None
        if key is None or found is None:
            continue
        sheet = (found[1] or found[2]).replace("''", "'")
        kind: Literal["field", "table"] = "field" if key in index.fields else "table"
        targets[sheet, int(found[4])] = _Mark(kind, key, column_number(found[3]))
    return targets


def _merge(result: _SheetResult, sheet: str, fields: dict[str, Entry], tables: dict[str, BoundTable]) -> list[Finding]:
    """Add what a sheet gave. What an earlier sheet gave already is compared, never overwritten."""
    findings: list[Finding] = []
    for key, entry in result.fields.items():
        first = fields.setdefault(key, entry)
        if entry.cell is not None and _value(first) != _value(entry):
            findings.append(Finding(catalogue.FIELD_TWICE, entry.where, {"other": str(first.where)}))
    for table in result.tables:
        earlier = tables.setdefault(table.key, table)
        if earlier is table or not table.records:
            continue
        params = {"other": earlier.sheet}
        if not earlier.records:
            tables[table.key] = table
        elif [r.cells for r in earlier.records] == [r.cells for r in table.records]:
            findings.append(Finding(catalogue.SHEET_COPIED, CellRef(sheet), params))
        else:
            findings.append(Finding(catalogue.TABLE_TWICE, CellRef(sheet, table.header_row, 1), params))
    return findings


def _unknown_sheet(sheet: Sheet, result: _SheetResult) -> list[Finding]:
    if not result.unread or not sheet.visible:
        return []  # an empty sheet, or the template's own hidden lists
    return [Finding(catalogue.SHEET_NOT_READ, CellRef(sheet.name), {"count": len(result.unread)})]


def _unread(sheet: str, result: _SheetResult) -> list[Finding]:
    if not result.unread:
        return []
    row, column = result.unread[0]
    cells = ", ".join(address(r, c) for r, c in result.unread[:MAX_LISTED])
    cells += " …" if len(result.unread) > MAX_LISTED else ""
    params = {"cells": cells, "count": len(result.unread)}
    return [Finding(catalogue.CONTENT_NOT_READ, CellRef(sheet, row, column), params)]


def _value(entry: Entry) -> object:
    return entry.cell.value if entry.cell else None


def _text(entry: Entry | None) -> str | None:
    return str(entry.cell.value) if entry and entry.cell and entry.cell.value is not None else None


def _language(fields: Mapping[str, Entry], input_sheets: list[str]) -> Language:
    """Return the template's language: as it says itself, else as its sheets are titled."""
    stated = _text(fields.get("template.language"))
    if stated in ("zh", "en"):
        return "en" if stated == "en" else "zh"
    ascii_titles = sum(title.isascii() for title in input_sheets)
    return "en" if ascii_titles * 2 > len(input_sheets) else "zh"
