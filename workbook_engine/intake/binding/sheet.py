"""One sheet, read in one pass over its rows, on the rungs of the ladder: marks, names, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Cell
from workbook_engine.intake.binding.answers import OF_RESULTS, answers, is_corrections
from workbook_engine.intake.binding.headings import may_be_header, table_of_header
from workbook_engine.intake.binding.marks import ASIDE_SHEET, STATE, Mark, MarkColumn, table_of_keys
from workbook_engine.intake.binding.merges import Merges
from workbook_engine.intake.binding.own_cells import NO_TEXT, foreign_cells
from workbook_engine.intake.binding.result import Found, Rung, SheetResult, is_figure
from workbook_engine.intake.binding.tables import OpenTable
from workbook_engine.matching import canonical
from workbook_engine.model import Entry
from workbook_engine.texts import joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Sheet
    from workbook_engine.spec.index import SpecIndex
    from workbook_engine.texts import Text

_PATIENCE = 2000  # rows outside every block in which misspelt labels are looked for; exact ones are found anywhere
_LONGEST_LABEL = 40  # characters


class SheetReader:
    """Reads one sheet."""

    def __init__(
        self, sheet: Sheet, index: SpecIndex, names: Mapping[tuple[str, int], Mark], *, date1904: bool = False
    ) -> None:
        self._sheet = sheet
        self._index = index
        self._names = names
        self._result = SheetResult(sheet.name, index, date1904)
        self._merges = Merges(sheet.merges)
        self._marks = MarkColumn()
        self._table: OpenTable | None = None
        self._title: tuple[int, Mapping[int, Cell]] | None = None  # a title that may end the open table
        title = index.sheets.find(sheet.name)
        self._sheet_key = title.value if title else None
        self._near = index.tables_of_sheet.get(self._sheet_key or "", ())
        self._free_rows = 0
        self._unclear: list[tuple[int, int, Text]] = []  # headers of several tables, until a figure stands below them

    def read(self) -> SheetResult:
        """Return what the sheet holds."""
        is_first = True
        for row, cells in self._sheet.rows():
            mark = self._marks.mark_in(cells)
            if is_first and mark and (mark.kind == "results" or (mark.kind, mark.key) == ("aside", ASIDE_SHEET)):
                self._result.is_results = mark.kind == "results"
                self._result.is_aside = mark.kind == "aside"
                self._not_input(mark)
                return self._result
            is_first = False
            self._row(row, cells, mark)
        self._settle_title(is_title=False)
        self._close()
        self._say_rungs()
        return self._result

    def _not_input(self, mark: Mark) -> None:
        """Tell what somebody wrote on a sheet that is no input."""
        is_list = mark.key == OF_RESULTS if self._result.is_results else is_corrections(self._sheet)
        if is_list:
            self._result.findings += answers(
                self._sheet, of_results=self._result.is_results, date1904=self._result.date1904
            )
        elif self._result.is_aside:
            for number, foreign in foreign_cells(self._sheet, self._index):
                self._result.leave_unread(number, foreign)

    def _say_rungs(self) -> None:
        for rung, kind in ((Rung.NAME, catalogue.FOUND_BY_NAME), (Rung.LABEL, catalogue.FOUND_BY_LABEL)):
            if rung in self._result.rungs:
                self._result.findings.append(Finding(kind, CellRef(self._sheet.name)))

    # --- one row ---

    def _row(self, row: int, cells: Mapping[int, Cell], mark: Mark | None) -> None:
        if self._unclear and any(is_figure(cell) for cell in cells.values()):
            self._say_unclear()
        if mark and self._marked(row, cells, mark):
            return
        by_name = self._names.get((self._sheet.name, row))
        named = by_name.key if by_name else ""
        key = table_of_keys(cells, self._index, named) if self._has_key(cells) else None
        if key:
            self._result.rungs.add(Rung.NAME if named == key else Rung.LABEL)
            self._open_keys(row, cells, key)
        elif self._table is None:
            self._free_row(row, cells)
        elif self._table.is_plain(cells):
            self._settle_title(is_title=False)
            self._table.take(row, cells)
        else:
            self._words_in_table(row, cells, self._table)

    def _marked(self, row: int, cells: Mapping[int, Cell], mark: Mark) -> bool:
        """Take a row by its mark; False where the mark means nothing here."""
        if mark.kind == "aside":
            self._settle_title(is_title=True)
            self._aside_row(row, cells, mark)
        elif mark.kind == "table" and mark.key in self._index.tables:
            self._open_keys(row, cells, mark.key)
        elif mark.kind == "field" and self._knows(mark.key):
            self._settle_title(is_title=True)
            self._close()
            self._field(row, cells, mark)
        elif mark.kind == "row" and self._table and mark.key.startswith(f"{self._table.spec.key}."):
            self._table.mark_row(row, cells, mark.key.rpartition(".")[2])
        else:
            return False
        return True

    def _knows(self, key: str) -> bool:
        return key in self._index.fields or key.startswith("template.")

    def _aside_row(self, row: int, cells: Mapping[int, Cell], mark: Mark) -> None:
        """Pass over what the template fills in itself; what somebody typed beside it is reported."""
        left = {column: cell for column, cell in cells.items() if column > mark.column}
        state = left.get(mark.column + 1)
        if mark.key == STATE and state is not None and (state.kind == "error" or state.value == NO_TEXT):
            del left[mark.column + 1]  # the formula's value, where a format keeps no formulas
        self._result.leave_unread(row, left, may_be_data=True)

    def _has_key(self, cells: Mapping[int, Cell]) -> bool:
        """Tell, quickly, whether one of the row's first cells is a field's key."""
        for _, cell in zip(range(3), cells.values(), strict=False):
            if cell.kind == "text" and cell.value in self._index.field_keys:
                return True
        return False

    # --- tables ---

    def _open_keys(self, row: int, cells: Mapping[int, Cell], key: str) -> None:
        self._settle_title(is_title=True)
        self._close()
        self._table = OpenTable(self._sheet, self._result, self._merges, key, row)
        self._table.take_keys(cells)
        if not self._table.columns:  # the keys were sorted away from their mark: what stands here is something else
            mark = next(iter(cells))
            self._table.take(row, {column: cell for column, cell in cells.items() if column != mark})

    def _open_header(self, row: int, cells: Mapping[int, Cell], key: str) -> None:
        self._settle_title(is_title=True)
        self._close()
        self._table = OpenTable(self._sheet, self._result, self._merges, key, row)
        self._table.take_header(row, cells)

    def _close(self) -> None:
        table, self._table = self._table, None
        if table:
            table.close()

    def _words_in_table(self, row: int, cells: Mapping[int, Cell], table: OpenTable) -> None:
        """Take a row without numbers in an open table: a record, a title, a note, or the header of another table."""
        if table.awaits_header:
            table.take(row, cells)
            return
        title = self._title_in(cells)
        if title:
            self._settle_title(is_title=False)
            self._title = (row, cells)
            self._near = title
        elif may_be_header(cells, self._index) and (key := self._header_of(row, cells)) is not None:
            if key != table.spec.key or self._title or not self._same_columns(cells, table):
                self._open_header(row, cells, key)
        elif all(self._result.is_printed(cell) for cell in cells.values()):
            self._settle_title(is_title=True)
            if self._result.is_typed(cells):
                self._result.leave_unread(row, cells, is_astray=True)
        elif self._title and self._labels(cells):
            self._settle_title(is_title=True)
            self._free_row(row, cells)
        else:
            self._settle_title(is_title=False)
            if self._table:
                self._table.take(row, cells)
            else:
                self._free_row(row, cells)

    def _same_columns(self, cells: Mapping[int, Cell], table: OpenTable) -> bool:
        """Tell whether a header repeats the open table's own, as on every printed page."""
        again = OpenTable(self._sheet, SheetResult(self._sheet.name, self._index), Merges(()), table.spec.key, 0)
        again.take_header(0, cells)
        return all(table.columns.get(key) == column for key, column in again.columns.items())

    def _title_in(self, cells: Mapping[int, Cell]) -> tuple[str, ...] | None:
        """Return the tables that a title alone in its row speaks of (none for a form's), None where it is no title."""
        texts = [cell for cell in cells.values() if not cell.is_blank]
        if len(texts) != 1 or texts[0].kind != "text":
            return None
        word = canonical(str(texts[0].value))
        return self._index.tables_by_title.get(word, ()) if word in self._index.block_titles else None

    def _settle_title(self, *, is_title: bool) -> None:
        """Decide on a title in an open table: it ends the table if another block follows, else it is a record."""
        held, self._title = self._title, None
        if held is None:
            return
        if is_title:
            self._close()
        elif self._table:
            self._table.take(*held)

    def _header_of(self, row: int, cells: Mapping[int, Cell]) -> str | None:
        key, several = table_of_header(cells, self._index, self._near)
        if key is None and several:
            titles = [self._index.tables[each].title for each in several]
            which = joined(titles)
            self._unclear.append((row, min(cells), which))
        return key

    def _say_unclear(self) -> None:
        """Report headers whose table is not certain: figures stand below. Mere lists of words are no table."""
        for row, column, which in self._unclear:
            self._result.report(catalogue.TABLE_UNCLEAR, row, column, tables=which)
        self._unclear.clear()

    # --- forms ---

    def _field(self, row: int, cells: Mapping[int, Cell], mark: Mark) -> None:
        if mark.key.startswith("template."):
            self._entry(row, cells, mark.key, mark.column + 1, Rung.MARK, None)
            return
        label = self._label_in(cells)
        if label and label[1] != mark.key and label[2]:
            expected = self._index.fields[mark.key][1].title
            self._result.report(
                catalogue.LABEL_DISAGREES, row, label[0], typed=_shown(cells[label[0]]), expected=expected
            )
        name = self._names.get((self._sheet.name, row))
        own = label[0] if label and label[1] == mark.key else None
        if name and name.key == mark.key and not self._is_stale(cells, name.column, own):
            column = name.column
        elif own is not None:
            column = self._value_column(cells, own)
        elif mark.column + 1 in cells:
            first = next((c for c, cell in cells.items() if c > mark.column and cell.kind == "text"), mark.column + 1)
            column = self._value_column(cells, first)
        else:
            column = mark.column + 2  # the label was deleted
        self._entry(row, cells, mark.key, column, Rung.MARK, own)

    def _label_in(self, cells: Mapping[int, Cell]) -> tuple[int, str, bool] | None:
        """Return column, field and whether it is certain, of the first form's label in a row."""
        for column, cell in cells.items():
            if cell.kind != "text" or len(str(cell.value)) > _LONGEST_LABEL:
                continue
            match = self._index.form_labels.find(str(cell.value))
            if match:
                return column, match.value, match.step != "similar"
        return None

    def _value_column(self, cells: Mapping[int, Cell], label: int) -> int:
        """Return the column of the value: next to its label, or, if nothing stands there, further to the right."""
        beside = cells.get(label + 1)
        if beside is not None and not self._result.is_printed(beside):
            return label + 1
        further = (c for c, cell in cells.items() if c > label and not self._result.is_printed(cell))
        return next(further, label + 1)

    def _is_stale(self, cells: Mapping[int, Cell], named: int, label: int | None) -> bool:
        """Tell whether a name points beside the value: columns were moved by a program that does not move names."""
        if label is None or (named > label and self._is_typed(cells, named)):
            return False
        column = self._value_column(cells, label)
        # Right of a blank answer a word of the company's may stand; its help beyond that says that it is the answer.
        is_moved = named != label + 1 or (column + 1 in cells and not self._is_typed(cells, column + 1))
        return is_moved and self._is_typed(cells, column)

    def _is_typed(self, cells: Mapping[int, Cell], column: int) -> bool:
        cell = cells.get(column)
        return cell is not None and not self._result.is_printed(cell)

    def _entry(self, row: int, cells: Mapping[int, Cell], key: str, column: int, rung: Rung, label: int | None) -> None:
        cell = cells.get(column)
        entry = Entry(None if cell is None or cell.is_blank else cell, CellRef(self._sheet.name, row, column))
        left = {c: other for c, other in cells.items() if c not in (column, label)}
        if entry.cell is None:
            entry, left = self._behind_label(row, cells, key, entry, left)
        self._keep(key, Found(entry, rung))
        self._result.rungs.add(rung)
        self._result.leave_unread(row, left, is_astray=True)

    def _behind_label(
        self, row: int, cells: Mapping[int, Cell], key: str, blank: Entry, left: dict[int, Cell]
    ) -> tuple[Entry, dict[int, Cell]]:
        """Read `企业名称：某某公司`, typed into the label's own cell."""
        for column, cell in left.items():
            head, colon, rest = (
                str(cell.value).replace("：", ":").partition(":") if cell.kind == "text" else ("", "", "")
            )
            match = self._index.form_labels.find(head) if colon and rest.strip() else None
            if match and match.value == key:
                where = CellRef(self._sheet.name, row, column)
                self._result.report(catalogue.VALUE_BEHIND_LABEL, row, column, value=rest.strip())
                return Entry(Cell("text", rest.strip()), where), {c: x for c, x in left.items() if c != column}
        del cells
        return blank, left

    def _keep(self, key: str, found: Found) -> None:
        """Keep an entry: one with content, then the higher rung; a second one that says something else is reported."""
        first = self._result.fields.get(key)
        if first is None:
            self._result.fields[key] = found
            return
        taken, other = (found, first) if _precedes(found, first) else (first, found)
        self._result.fields[key] = taken
        if taken.entry.cell is None or other.entry.cell is None or taken.entry.where == other.entry.where:
            return
        if taken.entry.cell.value != other.entry.cell.value:
            params = {"other": str(taken.entry.where)}
            self._result.findings.append(Finding(catalogue.FIELD_TWICE, other.entry.where, params))

    # --- where the marks are gone ---

    def _free_row(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Look at a row outside every block: a header, a form's label, or nothing of ours."""
        self._free_rows += 1
        if may_be_header(cells, self._index):
            key = self._header_of(row, cells)
            if key:
                self._open_header(row, cells, key)
                return
        self._see_title(cells)
        if self._named(row, cells) or self._labelled(row, cells):
            return
        is_typed = self._result.is_typed(cells)
        self._result.leave_unread(row, self._result.beside_title(cells), may_be_data=True, is_astray=is_typed)

    def _see_title(self, cells: Mapping[int, Cell]) -> None:
        """Remember which tables a title above them speaks of: the tab may have been renamed."""
        if len(cells) > 2:
            return
        for cell in cells.values():
            word = canonical(str(cell.value)) if cell.kind == "text" and len(str(cell.value)) <= _LONGEST_LABEL else ""
            if word in self._index.tables_by_title:
                self._near = self._index.tables_by_title[word]

    def _named(self, row: int, cells: Mapping[int, Cell]) -> bool:
        """Take a form's value by its defined name, unless the label beside it says that the name is stale."""
        name = self._names.get((self._sheet.name, row))
        if name is None or name.kind != "field":
            return False
        value = cells.get(name.column)
        label = self._label_in({c: cell for c, cell in cells.items() if c < name.column})
        if label is not None and label[1] != name.key:
            return False
        if label is None and (value is None or self._result.is_printed(value)):
            return False
        if self._is_stale(cells, name.column, label[0] if label else None):
            return False
        self._entry(row, cells, name.key, name.column, Rung.NAME, label[0] if label else None)
        return True

    def _labelled(self, row: int, cells: Mapping[int, Cell]) -> bool:
        """Take the form's fields whose labels stand in the row."""
        labels = self._labels(cells)
        if not labels:
            return False
        columns = [self._value_column(cells, label) for label, _ in labels]
        used = {*columns, *(label for label, _ in labels)}
        for (label, key), column in zip(labels, columns, strict=True):
            own = {c: cell for c, cell in cells.items() if c in (label, column)}
            self._entry(row, own, key, column, Rung.LABEL, label)
        self._result.leave_unread(row, {c: cell for c, cell in cells.items() if c not in used})
        return True

    def _labels(self, cells: Mapping[int, Cell]) -> list[tuple[int, str]]:
        found = []
        for column, cell in cells.items():
            text = str(cell.value) if cell.kind == "text" else ""
            if not text or len(text) > _LONGEST_LABEL:
                continue
            if self._free_rows > _PATIENCE and canonical(text) not in self._index.label_words:
                continue
            head = text.replace("：", ":").partition(":")[0]
            match = self._index.form_labels.find(text) or self._index.form_labels.find(head)
            if match and self._may_hold(match.value):
                found.append((column, match.value))
        return found

    def _may_hold(self, field_key: str) -> bool:
        """Tell whether a form's label counts here: on its own sheet, or on one whose title says nothing."""
        return self._sheet_key in (None, self._index.sheet_of_form[field_key.partition(".")[0]])


def _precedes(found: Found, first: Found) -> bool:
    if (found.entry.cell is None) != (first.entry.cell is None):
        return first.entry.cell is None
    return found.rung < first.rung


def _shown(cell: Cell) -> str:
    return str(cell.value).strip()
