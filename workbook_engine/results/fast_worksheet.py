"""XlsxWriter's worksheet without what a results workbook does not need: a fourth of the time of writing its cells.

It leaves out the substitutions for newer functions that the stock worksheet makes in every formula, the decorators
that understand "A1" in place of row and column, checks that each cell repeats, and the escaping of what holds nothing
to escape. It relies on private methods: XlsxWriter is pinned, and tests/results holds the output to that of the stock
worksheet. Whatever is out of the ordinary goes the stock way.

Where rows are streamed (constant memory), what the stock worksheet keeps for each row is let go with the row, and
links wait compressed: a sheet of 100,000 lines takes a few megabytes.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellFormulaTuple,
    CellNumberTuple,
    CellStringTuple,
    ColumnInfo,
    Worksheet,
)

from workbook_engine.grid import address, column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter.format import Format

_SHORT = 16_000  # characters: no text of so many is beyond Excel's limit of 32,767 UTF-16 units
_MANY_LINKS = 2_000  # elements that wait as they are
_BELOW_CHARTS = 1_000  # rows from which no chart reaches down: their heights are not asked for again
_SPANNED = 16  # rows that share a `spans` attribute
_new = tuple.__new__  # three times as fast as a named tuple's own constructor


class FastWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet with short ways for the cells that make up most of a results workbook. Rows and columns from 0.

    The `put_` methods return XlsxWriter's codes: 0 where the cell was taken. Every cell has a style.
    """

    def __init__(self) -> None:
        super().__init__()
        self._cells: dict[int, tuple[Any, ...]] = {}  # of the row that is being written
        self._at = -1  # its number
        self._first = self._last = -1  # columns that are known to lie inside the sheet's dimensions
        self._links = _Links()

    def put_text(self, row: int, column: int, text: str, style: Format) -> int:
        """Write a text as text."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        if len(text) > _SHORT:
            return int(self._write_string(row, column, text, style))
        stored = text if self.constant_memory else self.str_table._get_shared_string_index(text)  # noqa: SLF001 - as the stock method
        self._cells[column] = _new(CellStringTuple, (stored, style))
        return 0

    def put_number(self, row: int, column: int, number: float, style: Format) -> int:
        """Write a finite number."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        self._cells[column] = _new(CellNumberTuple, (number, style))
        return 0

    def put_blank(self, row: int, column: int, style: Format) -> int:
        """Write an empty cell with a format."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        self._cells[column] = _new(CellBlankTuple, (style,))
        return 0

    def put_formula(self, row: int, column: int, formula: str, style: Format, value: float | str) -> int:
        """Write a formula, without "=", that holds only functions which every program knows, with its value."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        self._cells[column] = _new(CellFormulaTuple, (formula, style, value))
        return 0

    def put_link(self, row: int, column: int, target: str, text: str, tip: str = "") -> int:
        """Make a cell, written apart, lead to `target` ('Sheet'!A1). Cells come row by row, from left to right."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        tips = [("tooltip", tip)] if tip else []
        attributes = [("ref", address(row + 1, column + 1)), ("location", target), *tips, ("display", text)]
        self._links.add(f"<hyperlink{_words(attributes)}/>")
        return 0

    def put_file_link(self, row: int, column: int, target: str) -> int:
        """Make a cell, written apart, open another file; `target` is an encoded relative path or URL.

        The stock method turns "/" into a backslash and takes "#" for an anchor.
        """
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        self.rel_count += 1  # the packager numbers a sheet's relations in the order of this list, links to files first
        self.external_hyper_links.append(["/hyperlink", target, "External"])
        self._links.add(f'<hyperlink ref="{address(row + 1, column + 1)}" r:id="rId{self.rel_count}"/>')
        return 0

    def put_width(self, column: int, width: float) -> None:
        """Set the width of a column, in characters, at least one."""
        pixels = int(width * self.max_digit_width + 0.5) + self.cell_padding
        self.col_info[column] = ColumnInfo(width=pixels)
        self.col_size_changed = True

    def _enter(self, row: int, column: int) -> int:
        """Go on to a row, or to a column beyond those known: check it, and let go of the row before it."""
        code = int(self._check_dimensions(row, column))
        if code:
            return code
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        self._at, self._cells = row, self.table[row]
        self._first, self._last = self.dim_colmin, self.dim_colmax
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002, ARG002 - its signature
        return formula.removeprefix("=")

    # -- writing the part

    def _xml_empty_tag(self, tag: str, attributes: Iterable[tuple[str, object]] = ()) -> None:
        self.fh.write(f"<{tag}{_words(attributes)}/>")

    def _xml_start_tag(self, tag: str, attributes: Iterable[tuple[str, object]] = ()) -> None:
        self.fh.write(f"<{tag}{_words(attributes)}>")

    def _write_rows(self) -> None:
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            if self.table.get(row) or row in self.row_info or row in self.comments:
                self._write_one_row(row, self.row_spans.get(row // _SPANNED))

    def _write_single_row(self, current_row_num: int = 0) -> None:
        row: int = self.previous_row
        self.previous_row: int = current_row_num
        if self.table.get(row) or row in self.row_info or row in self.comments:
            self._write_one_row(row, None)
        self.table.clear()
        self.row_info.pop(row, None)
        if row > _BELOW_CHARTS:
            self.row_sizes.pop(row, None)
        self._at = -1

    def _write_one_row(self, row: int, span: str | None) -> None:
        cells, info = self.table.get(row), self.row_info.get(row)
        if not cells:
            self._write_empty_row(row, span, info)
            return
        self._write_row(row, span, info)
        for column in sorted(cells):
            self._write_cell(row, column, cells[column])
        self.fh.write("</row>")

    def _calculate_spans(self) -> None:
        ends: dict[int, tuple[int, int]] = {}
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                if cells:
                    low, high = min(cells), max(cells)
                    first, last = ends.get(row // _SPANNED, (low, high))
                    ends[row // _SPANNED] = min(first, low), max(last, high)
        self.row_spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in ends.items()}

    def _write_cell(self, row: int, column: int, cell: tuple[Any, ...]) -> None:
        kind = cell.__class__
        style: Format = cell[0] if kind is CellBlankTuple else cell[1]
        body = self._body(kind, cell) if style else None
        if body is None:
            super()._write_cell(row, column, cell)
            return
        index = style.xf_index
        if index is None:
            index = style._get_xf_index()  # noqa: SLF001 - as the stock method
        self.fh.write(f'<c r="{column_letter(column + 1)}{row + 1}" s="{index}"{body}')

    def _body(self, kind: type, cell: tuple[Any, ...]) -> str | None:
        """Return what follows the cell's attributes, or None where the stock method has to write it."""
        if kind is CellStringTuple:
            return _inline(cell[0]) if self.constant_memory else f' t="s"><v>{cell[0]}</v></c>'
        if kind is CellFormulaTuple:
            value = cell[2]
            if value.__class__ is float or value.__class__ is int:
                return f"><f>{_escaped(cell[0])}</f><v>{value}</v></c>"
            if value.__class__ is str and value[:1] not in ("", "#"):  # neither for recalculation nor an error's code
                return f' t="str"><f>{_escaped(cell[0])}</f><v>{_escaped(value)}</v></c>'
            return None
        if kind is CellNumberTuple:
            return f"><v>{_digits(cell[0])}</v></c>"
        return "/>" if kind is CellBlankTuple else None

    def _write_hyperlinks(self) -> None:
        if self._links.count:
            self.fh.write("<hyperlinks>")
            self.fh.writelines(self._links)
            self.fh.write("</hyperlinks>")


class _Links:
    """Elements that wait for the end of the part; when they are many, compressed: a sheet may have 65,000 of them."""

    def __init__(self) -> None:
        self.count = 0
        self._waiting: list[str] = []
        self._packed: list[bytes] = []

    def add(self, element: str) -> None:
        """Take one more."""
        self.count += 1
        self._waiting.append(element)
        if len(self._waiting) == _MANY_LINKS:
            self._packed.append(zlib.compress("".join(self._waiting).encode(), 1))
            self._waiting.clear()

    def __iter__(self) -> Iterator[str]:
        for block in self._packed:
            yield zlib.decompress(block).decode()
        yield from self._waiting


class FastStrings(SharedStrings):  # type: ignore[misc]
    """The shared strings, most of which hold nothing to escape."""

    def _write_si(self, string: str) -> None:
        if _is_plain(string):
            self.fh.write(f"<si><t>{_escaped(string)}</t></si>")
        else:
            super()._write_si(string)


class FastPackager(Packager):  # type: ignore[misc]
    """The packager with our shared strings."""

    def _write_shared_strings_file(self) -> None:
        strings = FastStrings()
        strings.string_table = self.workbook.str_table
        if strings.string_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as the stock method
            strings._assemble_xml_file()  # noqa: SLF001


class FastWorkbook(Workbook):  # type: ignore[misc]
    """The workbook with our packager."""

    def _get_packager(self) -> FastPackager:
        return FastPackager()


def _words(attributes: Iterable[tuple[str, object]]) -> str:
    """Return attributes as they stand in a tag."""
    return "".join([f' {name}="{_attribute(value)}"' for name, value in attributes])


def _attribute(value: object) -> object:
    if value.__class__ is not str or str(value).isalnum():
        return value
    text = _escaped(str(value))
    return text.replace('"', "&quot;").replace("\n", "&#xA;") if '"' in text or "\n" in text else text


def _inline(text: str) -> str | None:
    """Return an inline text's element after its attributes, None where more than & < > is to be escaped."""
    return f' t="inlineStr"><is><t>{_escaped(text)}</t></is></c>' if _is_plain(text) else None


def _is_plain(text: str) -> bool:
    """Tell whether a text has no control character, nothing like an escape of one, and no blank at its ends."""
    return text.isprintable() and "_x" not in text and text[:1] != " " and text[-1:] != " " and text[:3] != "<r>"


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _digits(number: float) -> str:
    """Return a number with all its digits: the stock method writes 16, and the last one can be lost in them."""
    text = f"{number:.16G}"
    return text if float(text) == number else repr(number).upper()
