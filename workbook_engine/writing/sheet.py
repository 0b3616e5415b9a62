"""The cells of a sheet: rows and columns count from 1, there is a method for each type of content, and all is checked.

XlsxWriter answers a bad cell with a return code and carries on, turns text that begins with "=" into a formula, and
writes a formula without a value as 0. None of these can happen here: text stays text, a formula comes with its value,
and what Excel would refuse raises WriteError with the cell's address. Page set-up, panes and protection, which cannot
be refused, are XlsxWriter's own methods, which count from 0.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING, Any, NoReturn

from xlsxwriter.worksheet import ColumnInfo

from workbook_engine.errors import WriteError
from workbook_engine.grid import address, column_letter, quote_sheet
from workbook_engine.patterns import pattern
from workbook_engine.writing.characters import attribute, escaped, is_plain, without_controls, writable
from workbook_engine.writing.contents import StreamedContents
from workbook_engine.writing.quick import QuickWorksheet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format

    from workbook_engine.grid import Area
    from workbook_engine.writing.contents import Contents

MAX_TEXT = 32_767  # UTF-16 units in a cell (Excel's limit)
_SHORT = 2_000  # characters: no text of so many is beyond it
_IN_URL = pattern(r'[%#?"<>\\^`{|}\[\] ]')

FormulaValue = float | str | bool


class SheetWriter(QuickWorksheet):
    """One worksheet. In constant memory rows are written from top to bottom."""

    def __init__(self) -> None:
        super().__init__()
        self.contents: Contents | None = None  # of a sheet that carries along what stands on it
        self._streamed: StreamedContents | None = None  # the same, where rows are let go
        self._cells: dict[int, Any] = {}  # of the row that is being written
        self._middle = ""  # what stands in its cells between the column's letters and the style's number
        self._first = self._last = -1  # columns that are known to lie inside the sheet's dimensions

    def remember(self, contents: Contents) -> None:
        """Add what is written from here on to the contents of the sheet."""
        self.contents = contents
        self._streamed = contents if isinstance(contents, StreamedContents) else None

    def text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        """Write text as text, whatever it begins with."""
        row, column = row - 1, column - 1
        if row != self._at or not self._first <= column <= self._last:
            self._enter(row, column)
        if style is None or len(text) > _SHORT:
            body = ""
        elif self._streamed is not None:
            body = self._streamed.bodies[column].get(text, "")
            if not body and (body := _inline_once(text)):
                self._streamed.add_text(column, text, body)
        elif self.constant_memory:
            body = _inline(text)
        else:
            if body := self.str_table.bodies.get(text, ""):
                self.str_table.count += 1
            else:
                text = writable(text)
                body = self.str_table.add(text)
            if self.contents is not None:
                self.contents.texts.add((column, text))
        if style is None or not body:
            self._stock_text(row, column, writable(text), style)
            return
        self._cells[column] = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"{body}'

    def number(self, row: int, column: int, value: float, style: Format) -> None:
        """Write a finite number."""
        if not math.isfinite(value):
            self._refuse(row - 1, column - 1, f"{value} is no number that a cell can hold")
        row, column = row - 1, column - 1
        if row != self._at or not self._first <= column <= self._last:
            self._enter(row, column)
        if self.contents is not None and (column, value) not in self.contents.numbers:
            self.contents.add_number(column, value)
        cell = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"><v>{_digits(value)}</v></c>'
        self._cells[column] = cell

    def boolean(self, row: int, column: int, *, value: bool, style: Format) -> None:
        """Write TRUE or FALSE."""
        row, column = row - 1, column - 1
        self._enter(row, column)
        self._stock(self._write_boolean(row, column, value, style), row, column)

    def date(self, row: int, column: int, value: dt.date, style: Format) -> None:
        """Write a date; the style carries its number format."""
        row, column = row - 1, column - 1
        self._enter(row, column)
        self._stock(self._write_datetime(row, column, value, style), row, column)

    def blank(self, row: int, column: int, style: Format) -> None:
        """Write an empty cell with a format."""
        row, column = row - 1, column - 1
        if row != self._at or not self._first <= column <= self._last:
            self._enter(row, column)
        self._cells[column] = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"/>'

    def formula(self, row: int, column: int, formula: str, value: FormulaValue, style: Format | None = None) -> None:
        """Write a formula, with "=" or without, and the value that it has: what stands where nothing recalculates.

        It holds only functions that every program knows.
        """
        if isinstance(value, str):
            value = without_controls(value)[:MAX_TEXT]
        elif not math.isfinite(value):
            self._refuse(row - 1, column - 1, f"{value} is no value of a formula")
        row, column = row - 1, column - 1
        if row != self._at or not self._first <= column <= self._last:
            self._enter(row, column)
        formula = formula.removeprefix("=")
        if style is None:
            self._stock(self._write_formula(row, column, formula, style, value), row, column)
            return
        if value.__class__ is float or value.__class__ is int:
            body = f"><f>{escaped(formula)}</f><v>{value + 0!r}</v></c>"  # + 0: a zero has no sign
        elif isinstance(value, str) and value[:1] not in ("", "#"):  # neither for recalculation nor an error's code
            body = f' t="str"><f>{escaped(formula)}</f><v>{escaped(value)}</v></c>'
        else:
            self._stock(self._write_formula(row, column, formula, style, value), row, column)
            return
        if self.contents is not None:
            self.contents.formulas.append((column, isinstance(value, str), formula))
        self._cells[column] = f'<c r="{column_letter(column + 1)}{self._middle}{_number_of(style)}"{body}'

    def link(self, row: int, column: int, target: str, text: str, tip: str = "") -> None:
        """Make a cell, written apart, lead to `target` ('Sheet'!A1). Cells come row by row, from left to right."""
        row, column = row - 1, column - 1
        if row != self._at or not self._first <= column <= self._last:
            self._enter(row, column)
        tip = f' tooltip="{attribute(tip)}"' if tip else ""
        place = f'ref="{address(row + 1, column + 1)}" location="{attribute(target)}"'
        self._links.add(f'<hyperlink {place}{tip} display="{attribute(writable(text))}"/>')

    def file_link(self, row: int, column: int, target: str) -> None:
        """Make a cell, written apart, open another file: a relative path with "/", or "file:///…".

        The stock method turns "/" into a backslash and takes "#" for an anchor.
        """
        self._enter(row - 1, column - 1)
        self.rel_count += 1  # the packager numbers a sheet's relations in the order of this list, links to files first
        self.external_hyper_links.append(["/hyperlink", _as_url(target), "External"])
        self._links.add(f'<hyperlink ref="{address(row, column)}" r:id="rId{self.rel_count}"/>')

    def picture(self, row: int, column: int, path: Path) -> None:
        """Place a picture with its corner in a cell, 50 pixels high."""
        from xlsxwriter.image import Image  # noqa: PLC0415 - few workbooks have a logo

        try:
            scale = 50 / Image(str(path)).height
        except Exception as error:  # a missing file, a format that Excel does not know
            raise WriteError(f"the logo {path.name} cannot be used: {error}") from error
        self.insert_image(row - 1, column - 1, str(path), {"x_scale": scale, "y_scale": scale})

    def join(self, area: Area) -> None:
        """Merge cells; what they hold is written apart. XlsxWriter's own method would write over them."""
        self.merge.append(list(_zero_based(area)))

    def across(self, area: Area, text: str, style: Format) -> None:
        """Write a text into the cells of an area, merged into one; none where it is written apart."""
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                self.blank(row, column, style)
        if text:
            self.text(area.first_row, area.first_column, text, style)
        if (area.first_row, area.first_column) != (area.last_row, area.last_column):
            self.join(area)

    def validate(self, area: Area, options: Mapping[str, Any]) -> None:
        """Add a data validation (XlsxWriter's options)."""
        corners = _zero_based(area)
        self._check(self.data_validation(*corners, dict(options)), *corners[:2])

    def conditional(self, area: Area, options: Mapping[str, Any]) -> None:
        """Add a conditional format (XlsxWriter's options)."""
        corners = _zero_based(area)
        self._check(self.conditional_format(*corners, dict(options)), *corners[:2])

    def row(self, row: int, *, height: float | None = None, style: Format | None = None, hidden: bool = False) -> None:
        """Set a row's height in points, the format of its cells that have none, and whether it is hidden."""
        self._check(self.set_row(row - 1, height, style, {"hidden": True} if hidden else {}), row - 1, 0)

    def column(self, column: int, width: float | None, *, hidden: bool = False) -> None:
        """Set the width of a column in characters, at least 1 (None: the usual one), and whether it is hidden."""
        if width is None or hidden:
            options = {"hidden": True} if hidden else {}
            self._check(self.set_column(column - 1, column - 1, width, None, options), 0, column - 1)
            return
        pixels = int(width * self.max_digit_width + 0.5) + self.cell_padding  # as the stock method, from a width of 1
        self.col_info[column - 1] = ColumnInfo(width=pixels)
        self.col_size_changed = True

    def print_parts(self, parts: Sequence[tuple[int, int]], last_column: int) -> None:
        """Print these rows alone, each part from a page of its own on, to a last column."""
        areas = (self._convert_name_area(first - 1, 0, last - 1, last_column - 1) for first, last in parts)
        self.print_area_range = ",".join(areas)

    def reference(self, row: int, column: int, *, absolute: bool = True) -> str:
        """Return the reference to a cell as a formula of another sheet writes it: 'Sheet'!$A$1."""
        return reference(self.name, row, column, absolute=absolute)

    def _enter(self, row: int, column: int) -> None:
        """Go on to a row, or to a column beyond those known: check it, and let go of the row before it."""
        if code := self._check_dimensions(row, column):
            self._refuse(row, column, code)
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
            if self._streamed is not None:
                self._streamed.let_go()
        if row != self._at:
            self._at, self._cells, self._middle = row, self.table[row], f'{row + 1}" s="'
        self._first, self._last = self.dim_colmin, self.dim_colmax

    def _stock(self, code: int | None, row: int, column: int) -> None:
        """Take note of a cell that the stock method has written."""
        self._check(code, row, column)
        if self.contents is not None:
            self.contents.add_stock(column, self.table[row][column])

    def _stock_text(self, row: int, column: int, text: str, style: Format | None) -> None:
        """Write a text the stock way: in the cell it is a number alone, where texts are shared."""
        self._check(self._write_string(row, column, text, style), row, column)
        if self.contents is not None:
            self.contents.add_stock_text(column, text)

    def _check(self, code: int | None, row: int, column: int) -> None:
        if code:  # None or 0 where XlsxWriter took it
            self._refuse(row, column, code)

    def _refuse(self, row: int, column: int, reason: object) -> NoReturn:
        where = f"{self.name}!{address(row + 1, column + 1)}"
        raise WriteError(f"{where}: {reason if isinstance(reason, str) else f'XlsxWriter refused it (code {reason})'}")


def reference(sheet: str, row: int, column: int, *, absolute: bool = True) -> str:
    """Return 'Sheet'!$A$1."""
    fixed = "$" if absolute else ""
    return f"{quote_sheet(sheet)}!{fixed}{column_letter(column)}{fixed}{row}"


def _zero_based(area: Area) -> tuple[int, int, int, int]:
    return area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1


def _as_url(path: str) -> str:
    """Return a path as the target of a link: what means something else in a URL is encoded, 汉字 stay."""
    return _IN_URL.sub(lambda character: "".join(f"%{byte:02X}" for byte in character[0].encode()), path)


def _inline_once(text: str) -> str:
    """Return what follows the style in a cell that holds its text itself; "" where that wants the stock method."""
    return f' t="inlineStr"><is><t>{escaped(text)}</t></is></c>' if is_plain(text) else ""


_inline = functools.lru_cache(maxsize=2048)(_inline_once)  # a column repeats its texts


def _number_of(style: Format) -> int:
    """Return the number under which a cell names its format."""
    index: int | None = style.xf_index
    return style._get_xf_index() if index is None else index  # noqa: SLF001 - as the stock method


def _digits(number: float) -> str:
    """Return a number with all its digits: the stock method writes 16, and the last one can be lost in them."""
    text = f"{number:.16G}"
    return text if float(text) == number else repr(number).upper()
