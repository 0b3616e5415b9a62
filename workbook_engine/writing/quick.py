"""XlsxWriter's parts without what our workbooks do not need: a fourth of the time of writing their cells.

It leaves out the substitutions for newer functions that the stock worksheet makes in every formula, the escaping of
what holds nothing to escape, and the tuple that a cell is before it is XML: a cell is kept as the XML that it becomes
(one that went the stock way, as the tuple that the stock methods know). What is to be escaped is looked for in texts
alone: the stock writer raises and catches an error for each number in a tag. It relies on private methods: XlsxWriter
is pinned, and tests/writing holds the output to that of the stock worksheet.

Where rows are streamed (constant memory), what the stock worksheet keeps for each row is let go with the row, and
links wait compressed: a sheet of 100,000 lines takes a few megabytes.
"""

from __future__ import annotations

import functools
import shutil
import zlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable
from xlsxwriter.styles import Styles
from xlsxwriter.worksheet import RowInfo, Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from workbook_engine.writing.characters import attribute, escaped, is_plain, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlsxwriter.chart import Chart

_MANY_LINKS = 2_000  # elements that wait as they are
_BELOW_CHARTS = 1_000  # rows from which no chart reaches down: their heights are not asked for again
_SPANNED = 16  # rows that share a `spans` attribute
_PIECE = 1 << 18  # bytes that are copied at once


class QuickTags(XMLwriter):  # type: ignore[misc]  # XlsxWriter ships no types
    """A part whose numbers are written without a look at what in them might be escaped."""

    _escape_attributes = staticmethod(attribute)

    def _escape_data(self, data: object) -> object:
        return escaped(data) if isinstance(data, str) else data

    @staticmethod
    def _escape_control_characters(data: object) -> object:
        is_ready = not isinstance(data, str) or (data.isprintable() and "_x" not in data)
        return data if is_ready else XMLwriter._escape_control_characters(data)  # noqa: SLF001


@functools.cache
def _with_quick_tags(kind: type[Chart]) -> type[Chart]:
    return type(kind.__name__, (QuickTags, kind), {})


def quicken(chart: Chart) -> Chart:
    """Let a chart of any kind write its tags our way: XlsxWriter's workbook makes it, and has no place for a class."""
    chart.__class__ = _with_quick_tags(chart.__class__)
    return chart


class QuickWorksheet(QuickTags, Worksheet):  # type: ignore[misc]
    """A worksheet of which most cells are XML already. Rows and columns from 0, as XlsxWriter counts them."""

    def __init__(self) -> None:
        super().__init__()
        self._at = -1  # the row that is being written
        self._links = Links()

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002, ARG002 - its signature
        return formula.removeprefix("=")

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
        try:
            self.fh.write("".join(map(cells.__getitem__, sorted(cells))))
        except TypeError:  # one of them went the stock way
            for column, cell in sorted(cells.items()):
                if cell.__class__ is str:
                    self.fh.write(cell)
                else:
                    self._write_cell(row, column, cell)
        self.fh.write("</row>")

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

    def _write_optimized_sheet_data(self) -> None:
        """Take the rows that were streamed into a file of their own as they are: the stock method decodes them."""
        if self.dim_rowmin is None:
            self._xml_empty_tag("sheetData")
            return
        self._xml_start_tag("sheetData")
        for each in (self.fh, self.row_data_fh):
            each.flush()
        self.row_data_fh.seek(0)
        shutil.copyfileobj(self.row_data_fh.buffer, self.fh.buffer, _PIECE)
        self.row_data_fh.close()
        Path(self.row_data_filename).unlink()
        self._xml_end_tag("sheetData")

    def _calculate_spans(self) -> None:
        columns: defaultdict[int, set[int]] = defaultdict(set)
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                columns[row // _SPANNED].update(cells)
        self.row_spans = {block: f"{min(each) + 1}:{max(each) + 1}" for block, each in columns.items() if each}

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
            return unescaped(value)
        return self.str_table._get_shared_string(int(value)) if tag.endswith('t="s"') else f"{float(value):.16g}"  # noqa: SLF001

    def _write_hyperlinks(self) -> None:
        if self._links.count:
            self.fh.write("<hyperlinks>")
            self.fh.writelines(self._links)
            self.fh.write("</hyperlinks>")


class Links:
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


class StringTable(SharedStringTable):  # type: ignore[misc]
    """The shared strings, each with what follows the style in a cell that holds it."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: dict[str, str] = {}

    def add(self, text: str) -> str:
        """Take note of a cell with a text that is not among them; return what follows its style."""
        body = self.bodies[text] = f' t="s"><v>{self._get_shared_string_index(text)}</v></c>'
        return body


class QuickStrings(SharedStrings):  # type: ignore[misc]
    """The shared strings, most of which hold nothing to escape."""

    def _write_si(self, string: str) -> None:
        if is_plain(string):
            self.fh.write(f"<si><t>{escaped(string)}</t></si>")
        else:
            super()._write_si(string)


class QuickStyles(QuickTags, Styles):  # type: ignore[misc]
    """The styles."""


class QuickPackager(Packager):  # type: ignore[misc]
    """The packager with our shared strings and styles."""

    def _write_shared_strings_file(self) -> None:
        strings = QuickStrings()
        strings.string_table = self.workbook.str_table
        if strings.string_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as the stock method
            strings._assemble_xml_file()  # noqa: SLF001

    def _write_styles_file(self) -> None:
        book, styles = self.workbook, QuickStyles()
        styles._set_style_properties(  # noqa: SLF001 - as the stock method
            [
                book.xf_formats,
                book.palette,
                book.font_count,
                book.num_formats,
                book.border_count,
                book.fill_count,
                book.custom_colors,
                book.dxf_formats,
                book.has_comments,
            ]
        )
        styles._set_xml_writer(self._filename("xl/styles.xml"))  # noqa: SLF001
        styles._assemble_xml_file()  # noqa: SLF001
