"""A binary workbook (.xlsb) -> Book: values and formulas, error codes, dates and geometry.

The numbers below are types of records, see xlsb_records.py.
Read by ourselves because the library at hand gives an error cell as a blank.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import MAX_COLUMN, MAX_ROW, Area, Beside, Book, Cell, Sheet, address
from workbook_engine.intake.beside import BesideTexts, add_targets, beside_cells, linked_workbooks
from workbook_engine.intake.colours import Palette, theme_colours
from workbook_engine.intake.formulas import lost_formulas, remarks_in
from workbook_engine.intake.limits import Refused, damaged, exceeded
from workbook_engine.intake.own_colours import OwnColours
from workbook_engine.intake.parts import unread_parts
from workbook_engine.intake.properties import read_properties
from workbook_engine.intake.raised import with_shifts
from workbook_engine.intake.reported import Reported
from workbook_engine.intake.store import RowStore
from workbook_engine.intake.struck import partly_unseen, struck_out, text_muted, unseen
from workbook_engine.intake.values import Values, cell_of, error_text, shown, text_cell, why_invalid
from workbook_engine.intake.xlsb_formulas import OF_SEVERAL, RESULTS, Formulas
from workbook_engine.intake.xlsb_names import Names
from workbook_engine.intake.xlsb_records import Record, records, wide_string, wide_strings
from workbook_engine.intake.xlsb_rules import KINDS as RULES
from workbook_engine.intake.xlsb_rules import Rules
from workbook_engine.intake.xlsb_styles import read_styles
from workbook_engine.intake.xlsx import NO_TABLE, parts_of_sheets
from workbook_engine.spec.schema import COMMENT_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook_engine.intake.beside import Note
    from workbook_engine.intake.package import Package

_ROW, _COLUMN, _MERGE = 0, 60, 176
_SHEET, _PROPERTIES, _STRING = 156, 153, 19
_AUTHOR, _COMMENT, _COMMENT_TEXT = 632, 635, 637
_MARGINS, _VALIDATION, _LINK = 479, 64, 494
_KIND, _LIST, _TEXT_TOKEN = 15, 3, 0x17  # bits of a validation's kind; of a formula
_SCENARIO, _SCENARIO_NAME = 502, 10  # and where its name begins
_RICH = 1  # the bit of a text with runs of fonts
_RICH_TEXT, _SHARED = 62, frozenset({7, 18})  # cells with a text of their own, with a shared one
_STRIDE = 4096  # records between two looks at the clock
_CELL_HEADER = 8  # bytes of column and style before a cell's value


def read_xlsb(package: Package, workbook: str) -> tuple[Book, list[Finding]]:
    """Return the book whose workbook part is `workbook`, and the findings on its sheets and cells."""
    try:
        return _Reading(package, workbook).book()
    except (struct.error, IndexError) as error:
        raise damaged("二进制记录不完整", "a binary record is cut off") from error


class _Reading:
    """Reads one .xlsb."""

    def __init__(self, package: Package, workbook: str) -> None:
        self._package = package
        self._limits = package.limits
        self._related = package.relationships(workbook)
        self._listed: list[tuple[str, bool, str]] = []  # name, visible, relationship
        self._date1904 = False
        self._names = Names(self._limits)
        self._read_workbook(workbook)
        self._sources = self._names.sources([name for name, _, _ in self._listed])
        self._formulas = Formulas(self._sources)
        parts = dict(self._related.values())
        self._struck_texts: dict[int, bool] = {}  # shared texts with a strike: whether all of it is struck
        self._pale_texts: dict[int, list[tuple[int, str]]] = {}  # shared texts with pieces that a cell may hide
        theme = parts.get("theme")
        self._styles = read_styles(
            self._records(parts.get("styles")), self._limits, Palette(lambda: theme_colours(package, theme))
        )
        strings = self._strings(parts.get("sharedStrings"))
        self._values = Values(strings, tuple(self._styles.meanings), date1904=self._date1904, limits=self._limits)
        self._has_odd_looks = self._styles.have_odd_looks or bool(self._pale_texts)
        self._reported = Reported("")
        self._own_colours = OwnColours[int]()
        self._texts = BesideTexts("", self._values.count)
        self._cells = 0
        self._beside: list[Beside] = []
        self._lost = 0  # formulas of which only the values are known
        self.findings: list[Finding] = []

    def book(self) -> tuple[Book, list[Finding]]:
        """Return the book and its findings."""
        sheets = tuple(self._sheets())
        if not sheets:
            raise Refused(Finding(catalogue.FILE_WITHOUT_SHEETS))
        program, properties = read_properties(self._package)
        names, held = self._names.resolved(self._sources)
        unread, others = unread_parts(self._package, parts_of_sheets(self._listed, self._related))
        linked = linked_workbooks(self._package, self._related.values())
        beside = (*self._beside, *held, *properties, *linked, *others)
        book = Book(sheets, names, self._date1904, "xlsb", program, beside=beside, unread=tuple(unread))
        return book, [*lost_formulas(".xlsb", self._lost), *self.findings]

    def _records(self, part: str | None) -> Iterator[Record]:
        if not part:
            return
        for number, record in enumerate(records(self._package.read(part), part), 1):
            yield record
            if not number % _STRIDE:
                self._package.refuse_slow(_STRIDE)

    def _read_workbook(self, part: str) -> None:
        for kind, data in self._records(part):
            if kind == _SHEET:
                if len(self._listed) >= self._limits.sheets:
                    raise exceeded(self._limits, "sheets")
                (state,) = struct.unpack_from("<I", data)
                relation, position = wide_string(data, 8)
                self._listed.append((wide_string(data, position)[0], state == 0, relation))
            elif kind == _PROPERTIES:
                self._date1904 = bool(data[0] & 1)
            else:
                self._names.take(kind, data)

    def _strings(self, part: str | None) -> list[Cell]:
        left, strings = self._limits.text_characters, list[Cell]()
        for kind, data in self._records(part):
            if kind == _STRING:
                text = wide_string(data, 1)[0]
                left -= len(text)
                if left < 0:
                    raise exceeded(self._limits, "text_characters")
                if len(strings) >= self._limits.cells:
                    raise exceeded(self._limits, "cells")
                if data[0] & _RICH and (is_whole := self._run_struck(data, 1)) is not None:
                    self._struck_texts[len(strings)] = is_whole
                if data[0] & _RICH and (pieces := self._pale(data, 1)):
                    self._pale_texts[len(strings)] = pieces
                if data[0] & _RICH and self._styles.shifts:
                    text = self._shifted(data, 1)
                strings.append(text_cell(text, self._limits))
        return strings

    def _run_struck(self, data: bytes, position: int) -> bool | None:
        """Return whether all of a rich text is struck through, None where no piece is. Its runs follow it."""
        text, runs = _runs(data, position)
        struck = "".join(piece for font, piece in _pieces(text, runs) if self._styles.strikes(font))
        return "".join(struck.split()) == "".join(text.split()) if struck.strip() else None

    def _pale(self, data: bytes, position: int) -> list[tuple[int, str]]:
        """Return the pieces of a rich text, each with its font, that cells of some format hide."""
        return [(font, piece) for font, piece in _pieces(*_runs(data, position)) if font in self._styles.pale]

    def _hidden(self, kind: int, data: bytes, style: int) -> str:
        """Return what of the text of a cell has the colour of the cell."""
        pieces: list[tuple[int, str]] = []
        if kind in _SHARED:
            pieces = self._pale_texts.get(struct.unpack_from("<I", data, _CELL_HEADER)[0], [])
        elif kind == _RICH_TEXT and data[_CELL_HEADER] & _RICH:
            pieces = self._pale(data, _CELL_HEADER + 1)
        return "".join(piece for font, piece in pieces if self._styles.are_alike(style, font))

    def _shifted(self, data: bytes, position: int) -> str:
        text, runs = _runs(data, position)
        return with_shifts(text, [(start, self._styles.shifts.get(font)) for start, font in runs])

    def _note_look(self, where: CellRef, kind: int, cell: Cell, data: bytes) -> None:
        style = int.from_bytes(data[4:7], "little")
        if style in self._styles.alike:
            self._own_colours.add(where.row or 0, where.column or 0, self._styles.alike[style])
        if style in self._styles.unseen:
            self._reported.add(unseen(where, cell.value))
        elif style in self._styles.without_text and cell.kind == "text":
            self._reported.add(text_muted(where, cell.value))
        is_whole: bool | None = True if style in self._styles.struck else None
        if is_whole is None and kind in _SHARED:
            is_whole = self._struck_texts.get(struct.unpack_from("<I", data, _CELL_HEADER)[0])
        elif is_whole is None and kind == _RICH_TEXT and data[_CELL_HEADER] & _RICH:
            is_whole = self._run_struck(data, _CELL_HEADER + 1)
        if is_whole is not None:
            self._reported.add(struck_out(where, cell.value, is_whole=is_whole))
        elif style not in self._styles.unseen and (hidden := self._hidden(kind, data, style)).strip():
            self._reported.add(partly_unseen(where, cell.value, hidden))

    def _sheets(self) -> Iterator[Sheet]:
        for name, visible, relation in self._listed:
            kind, part = self._related.get(relation, ("", ""))
            if kind in NO_TABLE:
                self.findings.append(Finding(catalogue.SHEET_SKIPPED, CellRef(name), {"found": NO_TABLE[kind]}))
            elif part not in self._package:
                self.findings.append(Finding(catalogue.SHEET_UNREADABLE, CellRef(name)))
            else:
                yield self._sheet(name, part, visible=visible)

    def _sheet(self, name: str, part: str, *, visible: bool) -> Sheet:
        self._reported = reported = Reported(name)
        self._formulas = formulas = Formulas(self._sources)
        store = RowStore(lambda row, column, *both: self._report_twice(CellRef(name, row, column), *both))
        self._texts = beside = BesideTexts(name, self._values.count)
        self._own_colours = OwnColours()
        rules = Rules(self._styles.hiding, self._own_colours, self._sources, reported, beside)
        merges: list[Area] = []
        hidden_rows, hidden_columns = set[int](), set[int]()
        links: list[tuple[str, str]] = []
        row, column, cells = 0, -1, dict[int, Cell]()
        stored = skipped = 0  # cells in the part; of these, reported or empty
        for kind, data in self._records(part):
            if kind == _ROW:
                self._keep(store, row, cells)
                row, column, cells = struct.unpack_from("<I", data)[0] + 1, -1, {}
                if data[11] & 0x10:
                    hidden_rows.add(row)
            elif kind in _PLACED:
                column, placed = _with_column(kind, data, column)
                if kind in _CELLS:
                    stored += 1
                    skipped += not self._place(CellRef(name, row, column + 1), kind, cells, placed)
            elif kind == _MERGE:
                self._merge(name, merges, data)
            elif kind in RULES:
                rules.take(kind, data)
            elif kind in OF_SEVERAL:
                self._take_common(kind, data, cells)
            else:
                _note(kind, data, hidden_columns, beside, links)
        self._keep(store, row, cells)
        hidden = (frozenset(hidden_rows), frozenset(hidden_columns))
        sheet = store.sheet(name, None, tuple(merges), hidden, visible=visible)
        if store.count + skipped + store.twice != stored:
            params = {"stored": stored, "delivered": store.count}
            reported.add(Finding(catalogue.CELLS_LOST, CellRef(name), params))
        self._lost += formulas.lost
        self.findings += (*reported.findings(), *beside_cells(self._package, part, beside, self._comments))
        add_targets(self._package, part, links, beside)
        self._beside += beside.all()
        return sheet

    def _comments(self, _: Package, part: str) -> list[Note]:
        """Return the comments of a part, but for this program's own."""
        authors: list[str] = []
        found: list[Note] = []
        place, author = (0, 0), ""
        for kind, data in self._records(part):
            if kind == _AUTHOR:
                authors.append(wide_string(data, 0)[0])
            elif kind == _COMMENT:
                number, row, _last, column = struct.unpack_from("<4I", data)
                place, author = (row + 1, column + 1), authors[number] if number < len(authors) else ""
            elif kind == _COMMENT_TEXT:
                text = " ".join(wide_string(data, 1)[0].split())
                if text and author != COMMENT_AUTHOR:
                    found.append((place, text))
        return found

    def _keep(self, store: RowStore, row: int, cells: dict[int, Cell]) -> None:
        if cells:
            self._cells += len(cells)
            if self._cells > self._limits.cells:
                raise exceeded(self._limits, "cells")
            store.add(row, cells)

    def _merge(self, name: str, merges: list[Area], data: bytes) -> None:
        if len(merges) >= self._limits.merges:
            raise exceeded(self._limits, "merges", name)
        top, bottom, left, right = struct.unpack_from("<4I", data)
        merges.append(Area(top + 1, left + 1, min(bottom, MAX_ROW - 1) + 1, min(right, MAX_COLUMN - 1) + 1))

    def _place(self, where: CellRef, kind: int, cells: dict[int, Cell], data: bytes) -> bool:
        """Put a cell into its row; tell whether it is there, and not reported or empty."""
        cell = _CELLS[kind](self._values, data)
        row, column = where.row or 0, where.column or 0
        if kind in RESULTS:
            formula = self._formulas.of(kind, data, (row - 1, column - 1))
            cell = self._with_formula(cell, formula, address(row, column))
        if kind == _RICH_TEXT and data[_CELL_HEADER] & _RICH and self._styles.shifts:
            cell = self._values.text(self._shifted(data, _CELL_HEADER + 1))
        if column > MAX_COLUMN or not 1 <= row <= MAX_ROW:
            params: dict[str, object] = {"address": f"R{row}C{column}", "raw": shown(cell)}
            self._reported.add(Finding(catalogue.CELL_BEYOND_GRID, CellRef(where.sheet), params))
            return False
        if cell.kind == "invalid":
            params = {"raw": shown(cell), "reason": why_invalid("str", cell, self._limits)}
            self._reported.add(Finding(catalogue.CELL_INVALID, where, params))
        if column in cells:
            self._report_twice(where, cells[column], cell)
            return False
        if cell.value == "" and cell.formula is None:
            return False
        cells[column] = cell
        if self._has_odd_looks or kind == _RICH_TEXT:
            self._note_look(where, kind, cell, data)
        return True

    def _take_common(self, kind: int, data: bytes, cells: dict[int, Cell]) -> None:
        """Take what several cells have in common, and give the first of them its formula."""
        (row, column), formula = self._formulas.of_first(kind, data)
        if cell := cells.get(column + 1):
            cells[column + 1] = self._with_formula(cell, formula, address(row + 1, column + 1))

    def _with_formula(self, cell: Cell, formula: str, where: str) -> Cell:
        self._package.refuse_slow()  # what is shared by many may be long
        self._values.count(len(formula))
        for remark in remarks_in(formula):
            self._texts.add("formula", remark, where)
        return cell._replace(formula=formula or None)

    def _report_twice(self, where: CellRef, kept: Cell, dropped: Cell) -> None:
        params: dict[str, object] = {"kept": shown(kept), "dropped": shown(dropped)}
        self._reported.add(Finding(catalogue.CELL_TWICE, where, params))


def _runs(data: bytes, position: int) -> tuple[str, list[tuple[int, int]]]:
    """Return a rich text and its runs: the character that each begins at, and its font."""
    text, position = wide_string(data, position)
    (count,) = struct.unpack_from("<I", data, position)
    pairs = struct.iter_unpack("<2H", data[position + 4 : position + 4 + 4 * count])
    return text, [(start, font) for start, font in pairs]


def _pieces(text: str, runs: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Yield the pieces of a rich text, each with its font."""
    for (start, font), (end, _) in pairwise([*runs, (len(text), 0)]):
        yield font, text[start:end]


def _note(kind: int, data: bytes, hidden_columns: set[int], beside: BesideTexts, links: list[tuple[str, str]]) -> None:
    """Take a record that holds no cell."""
    if kind == _COLUMN and struct.unpack_from("<H", data, 16)[0] & 1:
        first, last = struct.unpack_from("<2I", data)
        hidden_columns.update(range(first + 1, min(last, MAX_COLUMN - 1) + 2))
    with suppress(struct.error):  # a text that is cut off says nothing of the cells
        if kind == _MARGINS:
            for text in wide_strings(data, 2, 6):
                beside.add("margin", text)
        elif kind == _VALIDATION:
            area, position = _first_area(data)
            for _ in range(4):
                text, position = wide_string(data, position)
                beside.add("prompt", text, area)
            if data[0] & _KIND == _LIST:
                beside.add("choices", _choices(data, position), area)
        elif kind == _LINK:
            row, _, column = struct.unpack_from("<3I", data)
            relation, _, tip = wide_strings(data, 16, 3)
            beside.add("link", tip, address(row + 1, column + 1))
            links.append((relation, address(row + 1, column + 1)))
        elif kind == _SCENARIO:
            said = wide_strings(data, _SCENARIO_NAME, 2)
            beside.add("scenario", ": ".join(text for text in said if text))


def _choices(data: bytes, position: int) -> str:
    """Return the words of a list that stand in its validation, a line each: they are the first token of its formula."""
    token, length = struct.unpack_from("<BH", data, position + 4)
    start = position + 7
    words = data[start : start + 2 * length].decode("utf-16-le", "replace").split(",")
    return "\n".join(word.strip() for word in words) if token == _TEXT_TOKEN else ""


def _first_area(data: bytes) -> tuple[str, int]:
    """Return the first area of a validation, and the position after all of them."""
    count, row, _, column = struct.unpack_from("<4I", data, 4)
    return address(row + 1, column + 1) if count else "", 8 + 16 * count


def _with_column(kind: int, data: bytes, last: int) -> tuple[int, bytes]:
    """Return the column, from 0, and the record as it is where it states one; `last` is that of the cell before."""
    if kind in _SHORT:
        return last + 1, struct.pack("<I", last + 1) + data
    return struct.unpack_from("<I", data)[0], data


def _rk(values: Values, data: bytes) -> Cell:
    """Return a number packed into 30 bits, an integer or the upper half of a double, as such or in hundredths."""
    (packed,) = struct.unpack_from("<i", data, _CELL_HEADER)
    number = float(packed >> 2) if packed & 2 else struct.unpack("<d", struct.pack("<q", (packed & ~3) << 32))[0]
    return _number(values, number / 100 if packed & 1 else number, data)


def _real(values: Values, data: bytes) -> Cell:
    return _number(values, struct.unpack_from("<d", data, _CELL_HEADER)[0], data)


def _number(values: Values, number: float, data: bytes) -> Cell:
    style = int.from_bytes(data[4:7], "little")
    return values.number(repr(number), str(style))


def _shared(values: Values, data: bytes) -> Cell:
    return values.of("s", str(struct.unpack_from("<I", data, _CELL_HEADER)[0]))


def _boolean(_: Values, data: bytes) -> Cell:
    return cell_of("bool", bool(data[_CELL_HEADER]))


def _error(_: Values, data: bytes) -> Cell:
    return cell_of("error", error_text(data[_CELL_HEADER]))


def _text(values: Values, data: bytes) -> Cell:
    return values.text(wide_string(data, _CELL_HEADER)[0])


def _rich_text(values: Values, data: bytes) -> Cell:
    return values.text(wide_string(data, _CELL_HEADER + 1)[0])


# Constants, results of formulas from 8 on, and constants again that follow the cell before them without a column.
_CELLS: dict[int, Callable[[Values, bytes], Cell]] = {
    2: _rk, 3: _error, 4: _boolean, 5: _real, 6: _text, 7: _shared, 8: _text, 9: _real, 10: _boolean, 11: _error,
    13: _rk, 14: _error, 15: _boolean, 16: _real, 17: _text, 18: _shared, 62: _rich_text,
}  # fmt: skip
_SHORT = frozenset(range(12, 19))
_PLACED = _CELLS.keys() | {1, 12}  # and the blank cells
