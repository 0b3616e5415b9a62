"""A binary workbook (.xlsb) -> Book: values, error codes, dates and geometry; formulas are there only as bytecode.

[MS-XLSB] 2.1.4: a part is a run of records, each a type, a length and its bytes. The numbers below are record types.
Read by ourselves because the library at hand gives an error cell as a blank.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Area, Book, Cell, Sheet
from workbook_engine.intake.beside import beside_cells
from workbook_engine.intake.formats import built_in, meaning_of
from workbook_engine.intake.formulas import MAX_COLUMN, MAX_ROW
from workbook_engine.intake.limits import Refused, damaged, exceeded
from workbook_engine.intake.store import RowStore
from workbook_engine.intake.values import Values, cell_of, error_text, shown, text_cell, why_invalid
from workbook_engine.intake.xlsx import NO_TABLE, application
from workbook_engine.spec.schema import COMMENT_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook_engine.intake.beside import Beside
    from workbook_engine.intake.package import Package

_ROW, _COLUMN, _MERGE = 0, 60, 176
_SHEET, _PROPERTIES, _STRING = 156, 153, 19
_FORMAT, _XF, _CELL_FORMATS, _CELL_FORMATS_END = 44, 47, 617, 618
_AUTHOR, _COMMENT, _COMMENT_TEXT = 632, 635, 637
_STRIDE = 4096  # records between two looks at the clock
_CELL_HEADER = 8  # bytes of column and style before a cell's value

Record = tuple[int, bytes]


def records(data: bytes, part: str) -> Iterator[Record]:
    """Yield type and bytes of each record; a length beyond the part refuses the workbook."""
    position = 0
    while position < len(data):
        kind, position = _variable(data, position, 2)
        size, position = _variable(data, position, 4)
        if position + size > len(data):
            raise damaged(f"“{part}”不完整", f"“{part}” is cut off")
        yield kind, data[position : position + size]
        position += size


def _variable(data: bytes, position: int, most: int) -> tuple[int, int]:
    """Return a number of 7 bits a byte, least significant first, and the position after it."""
    number = 0
    for index, byte in enumerate(data[position : position + most]):
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return number, position + index + 1
    return number, position + most


def _string(data: bytes, position: int) -> tuple[str, int]:
    """Return a counted UTF-16 string and the position after it; a count of all ones is no string."""
    (length,) = struct.unpack_from("<I", data, position)
    start = position + 4
    if length == 0xFFFFFFFF:
        return "", start
    return data[start : start + 2 * length].decode("utf-16-le", "replace"), start + 2 * length


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
        self._read_workbook(workbook)
        parts = dict(self._related.values())
        strings = self._strings(parts.get("sharedStrings"))
        self._values = Values(strings, self._formats(parts.get("styles")), date1904=self._date1904, limits=self._limits)
        self._cells = 0
        self.findings = [Finding(catalogue.FILE_VALUES_ONLY, params={"found": ".xlsb"})]

    def book(self) -> tuple[Book, list[Finding]]:
        """Return the book and its findings."""
        sheets = tuple(self._sheets())
        if not sheets:
            raise Refused(Finding(catalogue.FILE_WITHOUT_SHEETS))
        book = Book(sheets, {}, self._date1904, "xlsb", application(self._package))
        return book, self.findings

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
                relation, position = _string(data, 8)
                self._listed.append((_string(data, position)[0], state == 0, relation))
            elif kind == _PROPERTIES:
                self._date1904 = bool(data[0] & 1)

    def _strings(self, part: str | None) -> list[Cell]:
        left, strings = self._limits.text_characters, list[Cell]()
        for kind, data in self._records(part):
            if kind == _STRING:
                text = _string(data, 1)[0]
                left -= len(text)
                if left < 0:
                    raise exceeded(self._limits, "text_characters")
                if len(strings) >= self._limits.cells:
                    raise exceeded(self._limits, "cells")
                strings.append(text_cell(text, self._limits))
        return strings

    def _formats(self, part: str | None) -> tuple[str, ...]:
        codes: dict[int, str] = {}
        formats: list[str] = []
        inside = False
        for kind, data in self._records(part):
            if kind == _FORMAT:
                codes[struct.unpack_from("<H", data)[0]] = meaning_of(_string(data, 2)[0])
            elif kind in {_CELL_FORMATS, _CELL_FORMATS_END}:
                inside = kind == _CELL_FORMATS
            elif kind == _XF and inside:
                if len(formats) >= self._limits.formats:
                    raise exceeded(self._limits, "formats")
                (number,) = struct.unpack_from("<H", data, 2)
                formats.append(codes[number] if number in codes else built_in(number))
        return tuple(formats)

    def _sheets(self) -> Iterator[Sheet]:
        for name, visible, relation in self._listed:
            kind, part = self._related.get(relation, ("", ""))
            if kind in NO_TABLE:
                self.findings.append(Finding(catalogue.SHEET_SKIPPED, CellRef(name), {"found": NO_TABLE[kind]}))
            elif part not in self._package:
                self.findings.append(Finding(catalogue.SHEET_UNREADABLE, CellRef(name)))
            else:
                yield self._sheet(name, part, visible=visible)
                self.findings += beside_cells(self._package, part, name, self._comments)

    def _sheet(self, name: str, part: str, *, visible: bool) -> Sheet:
        store = RowStore(lambda row, column, *both: self._report_twice(CellRef(name, row, column), *both))
        merges: list[Area] = []
        hidden_rows, hidden_columns = set[int](), set[int]()
        row, cells = 0, dict[int, Cell]()
        for kind, data in self._records(part):
            if kind == _ROW:
                self._keep(store, row, cells)
                row, cells = struct.unpack_from("<I", data)[0] + 1, {}
                if data[11] & 0x10:
                    hidden_rows.add(row)
            elif kind in _CELLS:
                self._place(name, row, _CELLS[kind](self._values, data), cells, data)
            elif kind == _MERGE:
                if len(merges) >= self._limits.merges:
                    raise exceeded(self._limits, "merges", name)
                top, bottom, left, right = struct.unpack_from("<4I", data)
                merges.append(Area(top + 1, left + 1, min(bottom, MAX_ROW - 1) + 1, min(right, MAX_COLUMN - 1) + 1))
            elif kind == _COLUMN and struct.unpack_from("<H", data, 16)[0] & 1:
                first, last = struct.unpack_from("<2I", data)
                hidden_columns.update(range(first + 1, min(last, MAX_COLUMN - 1) + 2))
        self._keep(store, row, cells)
        return store.sheet(
            name, None, tuple(merges), (frozenset(hidden_rows), frozenset(hidden_columns)), visible=visible
        )

    def _comments(self, _: Package, part: str) -> list[Beside]:
        """Return the comments of a part, but for this program's own."""
        authors: list[str] = []
        found: list[Beside] = []
        place, author = (0, 0), ""
        for kind, data in self._records(part):
            if kind == _AUTHOR:
                authors.append(_string(data, 0)[0])
            elif kind == _COMMENT:
                number, row, _last, column = struct.unpack_from("<4I", data)
                place, author = (row + 1, column + 1), authors[number] if number < len(authors) else ""
            elif kind == _COMMENT_TEXT:
                text = " ".join(_string(data, 1)[0].split())
                if text and author != COMMENT_AUTHOR:
                    found.append((place, text))
        return found

    def _keep(self, store: RowStore, row: int, cells: dict[int, Cell]) -> None:
        if cells:
            self._cells += len(cells)
            if self._cells > self._limits.cells:
                raise exceeded(self._limits, "cells")
            store.add(row, cells)

    def _place(self, name: str, row: int, cell: Cell, cells: dict[int, Cell], data: bytes) -> None:
        (column,) = struct.unpack_from("<I", data)
        if column >= MAX_COLUMN or not 1 <= row <= MAX_ROW:
            params: dict[str, object] = {"address": f"R{row}C{column + 1}", "raw": shown(cell)}
            self.findings.append(Finding(catalogue.CELL_BEYOND_GRID, CellRef(name), params))
            return
        if cell.kind == "invalid":
            params = {"raw": shown(cell), "reason": why_invalid("str", cell, self._limits)}
            self.findings.append(Finding(catalogue.CELL_INVALID, CellRef(name, row, column + 1), params))
        if column + 1 in cells:
            self._report_twice(CellRef(name, row, column + 1), cells[column + 1], cell)
        elif cell.value != "":
            cells[column + 1] = cell

    def _report_twice(self, where: CellRef, kept: Cell, dropped: Cell) -> None:
        params: dict[str, object] = {"kept": shown(kept), "dropped": shown(dropped)}
        self.findings.append(Finding(catalogue.CELL_TWICE, where, params))


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
    return values.text(_string(data, _CELL_HEADER)[0])


def _rich_text(values: Values, data: bytes) -> Cell:
    return values.text(_string(data, _CELL_HEADER + 1)[0])


# Constants and, from 8 on, results of formulas; 1 is a blank cell with a format.
_CELLS: dict[int, Callable[[Values, bytes], Cell]] = {
    2: _rk, 3: _error, 4: _boolean, 5: _real, 6: _text, 7: _shared, 8: _text, 9: _real, 10: _boolean, 11: _error,
    62: _rich_text,
}  # fmt: skip
