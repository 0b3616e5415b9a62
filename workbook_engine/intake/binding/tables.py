"""One table while its rows go by: its columns from keys or headings, its header, its records.

The keys say which column is which; the headings are what the company sees. Where the two disagree, what a column
means is not certain, and that is an error. Rows below the header are records until another block begins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Cell, column_letter
from workbook_engine.intake.binding.headings import (
    columns_of,
    is_row_number,
    is_times,
    looks_like_data,
    match_heading,
    may_count,
    unit_in,
    year_in,
)
from workbook_engine.intake.binding.remarks import is_remark_row
from workbook_engine.intake.binding.result import Rung, listed, sample
from workbook_engine.model import BoundTable, Record
from workbook_engine.model.submission import packed_records
from workbook_engine.spec.schema import Field, Kind, Required
from workbook_engine.texts import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.grid import Area, Sheet
    from workbook_engine.intake.binding.merges import Merges
    from workbook_engine.intake.binding.result import SheetResult
    from workbook_engine.matching import Match

_LONGEST_REMARK = 60  # characters of a remark that its note repeats
_NOTE_COLUMNS = 4  # a text merged across more columns of a table is a note
_DECISIVE = {Kind.NUMBER, Kind.UNIT, Kind.CHOICE, Kind.FLOW}  # kinds whose column decides what the result is


class OpenTable:
    """A table that is being read. `keys` is empty where the key row lost its keys: the header then tells."""

    def __init__(self, sheet: Sheet, result: SheetResult, merges: Merges, key: str, row: int) -> None:
        self.spec = result.index.tables[key]
        self.columns: dict[str, int] = {}
        self.header_row = row
        self.awaits_header = True
        self._sheet = sheet
        self._result = result
        self._merges = merges
        self._records = packed_records()
        self._keys: dict[int, str] = {}  # column -> field
        self._twins: dict[int, str] = {}  # a column whose key or heading another column has already
        self._ignored: set[int] = set()  # columns of row numbers
        self._units: dict[str, str] = {}  # that headings name
        self._years: dict[str, tuple[int, str]] = {}  # that headings name, with these
        self._early: list[tuple[int, Mapping[int, Cell]]] = []  # rows before the columns are known
        self._anchors: dict[Area, Cell | None] = {}  # merged areas -> what they show
        self._told: set[Area] = set()
        self._labels: dict[str, int] = {}  # given row -> the row in which it was found
        self._numbers = tuple(f.key for f in self.spec.fields if f.kind is Kind.NUMBER)

    # --- columns ---

    def take_keys(self, cells: Mapping[int, Cell]) -> None:
        """Learn the columns from the key row."""
        known = {f.key for f in self.spec.fields}
        for column, cell in cells.items():
            key = str(cell.value)
            if key in known and self.columns.setdefault(key, column) != column:
                self._twins[column] = key

    def take_header(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Learn the columns from the headings: the keys are gone."""
        self._result.rungs.add(Rung.LABEL)
        self.header_row, self.awaits_header = row, False
        for column, match in columns_of(self._result.index, self.spec.key, cells).items():
            if self.columns.setdefault(match.value, column) == column:
                self._note_heading(row, column, match, str(cells[column].value))
            else:
                self._twins[column] = match.value
        self._own_columns(row, cells)

    def _await(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Look for the row of headings below the keys."""
        found = columns_of(self._result.index, self.spec.key, cells)
        is_header = len(found) >= min(2, len(self.columns)) or bool(
            found and len(cells) == 1 and len(self.columns) == 1
        )
        if not self.columns:
            if len(found) >= 2:
                self.take_header(row, cells)
            else:
                self._early.append((row, cells))
        elif is_header:
            self._compare(row, cells)
        elif looks_like_data(cells, self.columns, self.spec, self._result.index):
            self._result.report(catalogue.HEADINGS_GONE, self.header_row, min(self.columns.values()))
            self.awaits_header = False
            self._record(row, cells)
        elif sum(cell.kind == "text" for cell in cells.values()) > 1:
            self._compare(row, cells)
        else:
            self._result.leave_unread(row, cells, may_be_data=True)

    def _compare(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Compare the printed headings with the keys: another heading means that cells were moved, or retyped."""
        self.header_row, self.awaits_header = row, False
        headings = self._result.index.headings[self.spec.key]
        for key, column in list(self.columns.items()):
            if (cell := cells.get(column)) is None:
                continue
            is_text = cell.kind == "text"
            text = str(cell.value) if is_text else sample(cell)
            if not (typed := text.strip()):
                continue
            match = match_heading(headings, text) if is_text else None
            if match and match.value == key:
                self._note_heading(row, column, match, text)
                continue
            field = self.spec.field(key)
            unknown = catalogue.HEADING_UNKNOWN if field.kind in _DECISIVE else catalogue.HEADING_CHANGED
            kind = catalogue.HEADING_DISAGREES if match else unknown
            self._result.report(kind, row, column, typed=typed, expected=field.title)
        self._added_columns(cells)
        self._own_columns(row, cells)

    def _added_columns(self, cells: Mapping[int, Cell]) -> None:
        """Take a column of the company's own that is headed as a field of the table which the keys lack."""
        taken = set(self.columns.values()) | set(self._twins)
        others = {column: cell for column, cell in cells.items() if column not in taken}
        for column, match in columns_of(self._result.index, self.spec.key, others).items():
            if match.step == "similar":
                continue
            if self.columns.setdefault(match.value, column) == column:
                self._result.rungs.add(Rung.LABEL)
            else:
                self._twins[column] = match.value

    def _own_columns(self, row: int, cells: Mapping[int, Cell]) -> None:
        taken = set(self.columns.values()) | set(self._twins)
        others = {column: cell for column, cell in cells.items() if column not in taken}
        self._ignored |= {c for c, cell in others.items() if cell.kind == "text" and is_row_number(str(cell.value))}
        self._result.leave_unread(row, {c: cell for c, cell in others.items() if c not in self._ignored})

    def _note_heading(self, row: int, column: int, match: Match[str], text: str) -> None:
        if match.step != "similar" or text.strip() in self._result.index.field_keys:  # a key row without mark and name
            return
        field, typed = self.spec.field(match.value), text.strip()
        if field.kind is Kind.NUMBER and is_times(match):
            self._result.report(catalogue.HEADING_UNKNOWN, row, column, typed=typed, expected=field.title)
            return
        if field.kind is Kind.NUMBER and may_count(self._result.index.headings[self.spec.key], match):
            params = {"typed": typed, "words": match.remark, "value": field.title}
            self._result.report(catalogue.HEADING_REMARK, row, column, **params)
            return
        self._result.report(catalogue.UNDERSTOOD_AS, row, column, typed=typed, value=field.title)
        if unit := unit_in(match):
            self._units[match.value] = unit
        if year := year_in(match):
            self._years[match.value] = year, typed

    # --- rows ---

    def take(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Take a row below the keys."""
        if self.awaits_header:
            self._await(row, cells)
        elif self.spec.fixed_rows:
            self._fixed_row(row, cells, None)
        else:
            self._record(row, cells)

    def is_plain(self, cells: Mapping[int, Cell]) -> bool:
        """Tell quickly that a row is data: a number, or a text that begins like one, stands under a number's key."""
        for key in self._numbers:
            cell = cells.get(self.columns.get(key, 0))
            if cell is None:
                continue
            if cell.kind != "text":
                return True
            text = str(cell.value)
            if text[:1].isdigit() and not self._result.index.is_heading(text):
                return True
        return False

    def _record(self, row: int, cells: Mapping[int, Cell]) -> None:
        found = self._filled(cells)
        merged = self._merges.at(row)
        if merged:
            found = self._with_merges(row, found, cells, merged)
        if is_remark_row(found.values()):
            typed = "　".join(str(cell.value).strip() for cell in found.values())[:_LONGEST_REMARK]
            self._result.report(catalogue.WORDS_ROW, row, self.columns[next(iter(found))], typed=typed)
        elif found:
            self._records.append(Record(row, found))
        taken = set(self.columns.values()) | self._ignored
        if not taken.issuperset(cells):
            self._leave(row, {column: cell for column, cell in cells.items() if column not in taken})

    def _filled(self, cells: Mapping[int, Cell]) -> dict[str, Cell]:
        """Return the cells of a row that hold something; a formula that shows nothing is blank to whoever reads it."""
        if not self._keys:
            self._keys = {column: key for key, column in self.columns.items()}  # known when the first row is read
        return {
            self._keys[column]: cell
            for column, cell in cells.items()
            if column in self._keys and (cell.kind != "text" or str(cell.value).strip())
        }

    def _leave(self, row: int, cells: Mapping[int, Cell]) -> None:
        for column in [column for column in cells if column in self._twins]:
            if not cells[column].is_blank:
                title = self.spec.field(self._twins[column]).title
                letters = column_letter(self.columns[self._twins[column]])
                self._result.report(catalogue.COLUMN_TWICE, row, column, heading=title, taken=letters)
        others = {column: cell for column, cell in cells.items() if column not in self._twins}
        self._result.leave_unread(row, others, is_astray=True)

    # --- given rows ---

    def mark_row(self, row: int, cells: Mapping[int, Cell], key: str) -> None:
        """Take a given row that carries its mark."""
        if self.awaits_header:
            self.awaits_header = False
        self._fixed_row(row, cells, key)

    def _fixed_row(self, row: int, cells: Mapping[int, Cell], mark: str | None) -> None:
        """Take a given row: the label that the company sees says which it is, its mark where the label is gone."""
        label = self._label_in(cells)
        key = label or mark
        if key is None or key not in {fixed.key for fixed in self.spec.fixed_rows}:
            self._result.leave_unread(row, cells, may_be_data=True)
            return
        if mark != key:
            self._result.rungs.add(Rung.LABEL)
        name = self.spec.fields[0].key
        column = self.columns.get(name)
        if key in self._labels:
            title = next(fixed.title for fixed in self.spec.fixed_rows if fixed.key == key)
            self._result.report(catalogue.ROW_TWICE, row, column, label=title, other=self._labels[key])
            return
        self._labels[key] = row
        found = self._filled(cells)
        self._records.append(Record(row, {**found, name: Cell("text", key)}))
        taken = set(self.columns.values())
        self._leave(row, {c: cell for c, cell in cells.items() if c not in taken})

    def _label_in(self, cells: Mapping[int, Cell]) -> str | None:
        matcher = self._result.index.fixed_rows[self.spec.key]
        column = self.columns.get(self.spec.fields[0].key)
        labels = list(cells.values()) if column is None else [cells[column]] if column in cells else []
        for cell in labels:
            match = matcher.find(str(cell.value)) if cell.kind == "text" else None
            if match:
                return match.value
        return None

    # --- merged areas ---

    def _with_merges(
        self, row: int, found: dict[str, Cell], cells: Mapping[int, Cell], areas: list[Area]
    ) -> dict[str, Cell]:
        """Repeat what a merged area shows on each of its rows, where words are merged; a number is never repeated."""
        own = dict(found)
        keys = self._keys
        for area in areas:
            inside = [c for c in range(area.first_column, min(area.last_column, max(keys)) + 1) if c in keys]
            if not inside:
                continue
            if row == area.first_row:
                self._anchors[area] = cells.get(area.first_column)
            self._hidden_content(row, cells, area, inside)
            for column in inside:
                if (row, column) != (area.first_row, area.first_column):
                    own.pop(keys[column], None)
            self._across(area, inside, keys)
        if not own or self._is_note(row, own, areas):
            return {}
        for area in areas:
            key = keys.get(area.first_column)
            anchor = self._anchors.get(area)
            if key is None or row == area.first_row or anchor is None or anchor.is_blank:
                continue
            if self._repeated(area, self.spec.field(key)):
                own[key] = anchor
        return own

    def _is_note(self, row: int, own: Mapping[str, Cell], areas: list[Area]) -> bool:
        """Tell whether a row is one text across the table: words about it, and no line."""
        if len(own) != 1 or not any(area.last_column - area.first_column >= _NOTE_COLUMNS for area in areas):
            return False
        ((key, cell),) = own.items()
        self._result.leave_unread(row, {self.columns[key]: cell})
        return True

    def _repeated(self, area: Area, field: Field) -> bool:
        is_number = field.kind in (Kind.NUMBER, Kind.DATE)
        if area not in self._told:
            self._told.add(area)
            kind = catalogue.MERGED_NUMBER if is_number else catalogue.MERGED_REPEATED
            params = {"heading": field.title, "first": area.first_row, "last": area.last_row}
            self._result.report(kind, area.first_row, area.first_column, **params)
        return not is_number

    def _across(self, area: Area, inside: list[int], keys: Mapping[int, str]) -> None:
        if not 1 < len(inside) <= _NOTE_COLUMNS or area in self._told or self._anchors.get(area) is None:
            return
        self._told.add(area)
        titles = [self.spec.field(keys[column]).title for column in inside]
        params = {"heading": titles[0], "count": len(inside)}
        self._result.report(catalogue.MERGED_ACROSS, area.first_row, area.first_column, **params)

    def _hidden_content(self, row: int, cells: Mapping[int, Cell], area: Area, inside: list[int]) -> None:
        for column in inside:
            cell = cells.get(column)
            if cell is not None and not cell.is_blank and (row, column) != (area.first_row, area.first_column):
                self._result.report(catalogue.CONTENT_UNDER_MERGE, row, column, typed=str(cell.value))

    # --- the end ---

    def close(self) -> None:
        """Hand over the table: what was read, and what is to be said of it as a whole."""
        for row, cells in self._early:
            self._result.leave_unread(row, cells, may_be_data=True)
        bound = BoundTable(
            self.spec.key,
            self._sheet.name,
            self.header_row,
            self.columns,
            self._records.settled(),
            self._units,
            self._years,
        )
        self._result.tables.append(bound)
        if bound.records:
            self._report_missing(bound)
            self._report_hidden(bound)

    def _report_missing(self, table: BoundTable) -> None:
        """Report columns without which no row can be complete, or that every template has and the rows want.

        Amounts whose column was deleted may be given by months instead: where no row does so, the column is missed.
        """
        must = tuple(f.key for f in self.spec.fields if f.required is Required.MUST)
        routes = self.spec.routes or (must,)
        lacks = {route: [key for key in route if key not in table.columns] for route in routes}
        whole = [route for route, lacking in lacks.items() if not lacking]
        if whole:
            shared = frozenset(routes[0]).intersection(*routes)
            is_any_taken = any(_is_taken(frozenset(route) - shared, table.records) for route in whole)
            deleted = [lacking for lacking in lacks.values() if lacking and not any(map(self._is_optional, lacking))]
            fewest = [] if is_any_taken else min(deleted, key=len, default=[])
        else:
            fewest = min(lacks.values(), key=len)
        if fewest:
            titles = [self.spec.field(key).title for key in fewest]
            column = min(table.columns.values(), default=1)
            heading = joined(titles)
            self._result.report(catalogue.COLUMN_MISSING, table.header_row, column, heading=heading)

    def _is_optional(self, key: str) -> bool:
        """Tell whether a column stands in some templates only."""
        return bool(self.spec.field(key).group)

    def _report_hidden(self, table: BoundTable) -> None:
        """Hidden and filtered rows, and hidden columns, count like any other, and whoever hid them is told."""
        hidden = (
            [record.row for record in table.records if record.row in self._sheet.hidden_rows]
            if self._sheet.hidden_rows
            else []
        )
        if hidden:
            where = CellRef(self._sheet.name, hidden[0], min(table.columns.values(), default=1))
            params: dict[str, object] = {"count": len(hidden), "rows": listed(hidden)}
            self._result.findings.append(Finding(catalogue.HIDDEN_ROWS, where, params))
        columns = [
            column
            for key, column in table.columns.items()
            if column in self._sheet.hidden_columns and any(key in record.cells for record in table.records)
        ]
        if columns:
            letters = listed(column_letter(column) for column in sorted(columns))
            self._result.report(catalogue.HIDDEN_COLUMNS, table.header_row, min(columns), columns=letters)


def _is_taken(own: frozenset[str], records: Iterable[Record]) -> bool:
    """Tell whether a row fills in one of a route's own columns; a route without any of its own is taken by all."""
    return not own or any(not record.cells.keys().isdisjoint(own) for record in records)
