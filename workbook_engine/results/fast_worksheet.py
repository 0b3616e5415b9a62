"""XlsxWriter's worksheet without what a results workbook does not need: a fourth of the time of writing its cells.

It leaves out the substitutions for newer functions that the stock worksheet makes in every formula, the decorators
that understand "A1" in place of row and column, checks that each cell repeats, the escaping of what holds nothing to
escape, and the tuple that a cell is before it is XML. It relies on private methods: XlsxWriter is pinned, and
tests/results holds the output to that of the stock worksheet. Whatever is out of the ordinary goes the stock way.

Where rows are streamed (constant memory), what the stock worksheet keeps for each row is let go with the row, and
links wait compressed: a sheet of 100,000 lines takes a few megabytes.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import ColumnInfo, RowInfo, Worksheet

from workbook_engine.grid import address, column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter.format import Format

_SHORT = 16_000  # characters: no text of so many is beyond Excel's limit of 32,767 UTF-16 units
_MANY_LINKS = 2_000  # elements that wait as they are
_BELOW_CHARTS = 1_000  # rows from which no chart reaches down: their heights are not asked for again
_SPANNED = 16  # rows that share a `spans` attribute


class FastWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet with short ways for the cells that make up most of a results workbook. Rows and columns from 0.

    The `put_` methods return XlsxWriter's codes: 0 where the cell was taken. Every cell has a style. A cell is kept as
    the XML that it becomes; one that went the stock way, as the tuple that the stock methods know.
    """

    def __init__(self) -> None:
        super().__init__()
        self._cells: dict[int, Any] = {}  # of the row that is being written
        self._at = -1  # its number
        self._middle = ""  # what stands in its cells between the column's letters and the style's number
        self._first = self._last = -1  # columns that are known to lie inside the sheet's dimensions
        self._links = _Links()

    def put_text(self, row: int, column: int, text: str, style: Format) -> int:
        """Write a text as text."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        if len(text) > _SHORT:
            return int(self._write_string(row, column, text, style))
        if not self.constant_memory:
            body = f' t="s"><v>{self.str_table._get_shared_string_index(text)}</v></c>'  # noqa: SLF001 - as the stock method
        elif _is_plain(text):
            body = f' t="inlineStr"><is><t>{_escaped(text)}</t></is></c>'
        else:
            return int(self._write_string(row, column, text, style))
        self._cells[column] = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"{body}'
        return 0

    def put_number(self, row: int, column: int, number: float, style: Format) -> int:
        """Write a finite number."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        cell = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"><v>{_digits(number)}</v></c>'
        self._cells[column] = cell
        return 0

    def put_blank(self, row: int, column: int, style: Format) -> int:
        """Write an empty cell with a format."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        self._cells[column] = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"/>'
        return 0

    def put_formula(self, row: int, column: int, formula: str, style: Format, value: float | str) -> int:
        """Write a formula, without "=", that holds only functions which every program knows, with its value."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        if value.__class__ is float or value.__class__ is int:
            body = f"><f>{_escaped(formula)}</f><v>{value}</v></c>"
        elif isinstance(value, str) and value[:1] not in ("", "#"):  # neither for recalculation nor an error's code
            body = f' t="str"><f>{_escaped(formula)}</f><v>{_escaped(value)}</v></c>'
        else:
            return int(self._write_formula(row, column, formula, style, value))
        self._cells[column] = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"{body}'
        return 0

    def put_link(self, row: int, column: int, target: str, text: str, tip: str = "") -> int:
        """Make a cell, written apart, lead to `target` ('Sheet'!A1). Cells come row by row, from left to right."""
        if (row != self._at or not self._first <= column <= self._last) and (code := self._enter(row, column)):
            return code
        tip = f' tooltip="{_attribute(tip)}"' if tip else ""
        place = f'ref="{address(row + 1, column + 1)}" location="{_attribute(target)}"'
        self._links.add(f'<hyperlink {place}{tip} display="{_attribute(text)}"/>')
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
        if row != self._at:
            self._at, self._cells, self._middle = row, self.table[row], f'{row + 1}" s="'
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
        write = self.fh.write
        for column in sorted(cells):
            cell = cells[column]
            if cell.__class__ is str:
                write(cell)
            else:
                self._write_cell(row, column, cell)
        write("</row>")

    def _write_row(
        self,
        row: int,
        spans: str | None,
        row_info: RowInfo | None = None,
        empty_row: bool = False,  # noqa: FBT001, FBT002 - its signature
    ) -> None:
        """Begin a row: most have a number and a height alone."""
        if row_info and (row_info.row_format or row_info.hidden or row_info.level or row_info.collapsed):
            super()._write_row(row, spans, row_info, empty_row)
            return
        words = f' spans="{spans}"' if spans else ""
        pixels = (row_info and row_info.height) or self.default_row_height
        if not pixels == self.default_row_height == self.original_row_height:
            words += f' ht="{pixels * 0.75:.16g}" customHeight="1"'
        self.fh.write(f'<row r="{row + 1}"{words}{"/" if empty_row else ""}>')

    def _calculate_spans(self) -> None:
        ends: dict[int, tuple[int, int]] = {}
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                if cells:
                    low, high = min(cells), max(cells)
                    first, last = ends.get(row // _SPANNED, (low, high))
                    ends[row // _SPANNED] = min(first, low), max(last, high)
        self.row_spans = {block: f"{first + 1}:{last + 1}" for block, (first, last) in ends.items()}

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[Any]:
        """Return what charts carry along of a row or column of cells; streamed rows are gone by then."""
        data: list[Any] = []
        if self.constant_memory:
            return data
        for row in range(row_start, row_end + 1):
            for column in range(col_start, col_end + 1):
                cell = self.table.get(row, {}).get(column)
                if cell.__class__ is str:
                    data.append(self._shown(cell))
                else:
                    data += super()._get_range_data(row, column, row, column)
        return data

    def _shown(self, cell: str) -> str:
        """Return the value of a cell of which the XML is ready, as the stock method gives it to a chart."""
        tag, _, content = cell.partition(">")
        before, found, value = content.removesuffix("</v></c>").rpartition("<v>")
        if not found or before:  # a blank, or a formula's value
            return _unescaped(value)
        return self.str_table._get_shared_string(int(value)) if tag.endswith('t="s"') else f"{float(value):.16g}"  # noqa: SLF001

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


def _number_of(style: Format) -> int:
    """Return the number under which a cell names its format."""
    index: int | None = style.xf_index
    return style._get_xf_index() if index is None else index  # noqa: SLF001 - as the stock method


def _words(attributes: Iterable[tuple[str, object]]) -> str:
    """Return attributes as they stand in a tag."""
    return "".join([f' {name}="{_attribute(value)}"' for name, value in attributes])


def _attribute(value: object) -> object:
    if value.__class__ is not str or str(value).isalnum():
        return value
    text = _escaped(str(value))
    return text.replace('"', "&quot;").replace("\n", "&#xA;") if '"' in text or "\n" in text else text


def _is_plain(text: str) -> bool:
    """Tell whether a text has no control character, nothing like an escape of one, and no blank at its ends."""
    return text.isprintable() and "_x" not in text and text[:1] != " " and text[-1:] != " " and text[:3] != "<r>"


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


def _digits(number: float) -> str:
    """Return a number with all its digits: the stock method writes 16, and the last one can be lost in them."""
    text = f"{number:.16G}"
    return text if float(text) == number else repr(number).upper()
