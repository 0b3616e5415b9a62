"""The xlsx package: a thin, strict layer over XlsxWriter.

XlsxWriter's writers return codes where they refuse a cell, turn text into formulas, and write a missing cached value
as 0 or "None". Here every write is typed and checked, rows and columns are 1-based as in grid.py, rows are written in
ascending order (what constant memory needs), and a formula never goes without its value.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NoReturn

from workbook_engine.errors import WriteError
from workbook_engine.grid import Area, address, column_letter, quote_sheet
from workbook_engine.patterns import pattern
from workbook_engine.results.fast_worksheet import FastWorkbook, FastWorksheet
from workbook_engine.results.styles import STYLES, WRAPPED
from workbook_engine.results.widths import line_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format

    from workbook_engine.results.theme import Theme

MAX_TEXT: Final = 32_767  # UTF-16 units in a cell (Excel's limit)
SMALL: Final = 0.001  # below it a figure is shown with its power of ten
MAX_SHOWN: Final = 1_000  # characters of a company's text on a sheet of ours; its own sheet has all of them
MAX_LINKS: Final = 65_000  # Excel allows 65,530 a sheet
CREATED: Final = dt.datetime(2024, 8, 23, tzinfo=dt.UTC)  # fixed: same inputs, same bytes
MAX_NAME: Final = 60  # characters of the name of an item: a row of a table stays readable
LINE_HEIGHT: Final = 14.0  # points a line of 10-point text takes
MAX_LINES: Final = 20
DIGIT_PIXELS, CELL_PIXELS, POINTS_OF_A_PIXEL, DEFAULT_WIDTH = 7, 5, 0.75, 8.43  # of Excel's column widths
DASH: Final = "—"  # stands where a figure is not known

# Bidirectional controls make text read differently from what it is; lone surrogates cannot be written at all.
_BIDI = pattern("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_CONTROL = pattern("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATE = pattern("[\ud800-\udfff]")
_IN_URL = pattern(r'[%#?"<>\\^`{|}\[\] ]')


def shown(text: str) -> str:
    """Return a company's text fit for a sheet of ours: no control characters, no overlong strings."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", _BIDI.sub("", text))
    text = _safe(text)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def called(name: str) -> str:
    """Return the name that a company gave to an item, fit for a table of ours."""
    name = shown(name)
    return name if len(name) <= MAX_NAME else name[: MAX_NAME - 1] + "…"


def fitting_code(value: float) -> str:
    """Return the number format in which a factor or a share of any size reads well; "" (as it is) for whole numbers."""
    size = abs(value)
    if value == int(value):
        return ""
    if size >= 1:
        return "#,##0.00####"
    return "0.0000####" if size >= SMALL else "0.0000E+00"


@dataclass(slots=True)
class Package:
    """A workbook that is being written."""

    path: Path
    theme: Theme
    constant_memory: bool = False
    date1904: bool = False
    workbook: FastWorkbook = field(init=False)
    _formats: dict[tuple[str, str], Format] = field(init=False, default_factory=dict)
    _pages: list[Page] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.workbook = FastWorkbook(
            str(self.path),
            {
                "constant_memory": self.constant_memory,
                "in_memory": not self.constant_memory,  # else each part is first a file in the temporary folder
                "date_1904": self.date1904,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": self.theme.font, "font_size": self.theme.font_size},
            },
        )
        self.workbook.set_calc_mode("auto")

    def page(self, name: str) -> Page:
        """Add a sheet at the end. Sheets are written in the order in which they are added."""
        page = Page(self, name, self.workbook.add_worksheet(name, FastWorksheet))
        self._pages.append(page)
        return page

    def format(self, style: str, number: str = "") -> Format:
        """Return the format of a style, with a number format where the cell wants one; made once."""
        key = (style, number)
        found = self._formats.get(key)
        if found is None:
            properties = self._properties(style)
            if number:
                properties["num_format"] = number
            found = self._formats[key] = self.workbook.add_format(properties)
        return found

    def _properties(self, style: str) -> dict[str, Any]:
        """Return XlsxWriter's properties of a style; a value "@dark" is the theme's colour of that name."""
        properties: dict[str, Any] = {"font_name": self.theme.font, "font_size": self.theme.font_size}
        for name, value in STYLES[style].items():
            is_theme = isinstance(value, str) and value.startswith("@")
            properties[name] = getattr(self.theme, str(value)[1:]) if is_theme else value
        return properties

    def define_name(self, name: str, formula: str) -> None:
        """Define a workbook-wide name."""
        if self.workbook.define_name(name, "=" + formula):
            raise WriteError(f"the name {name} could not be defined as {formula}")

    def close(self) -> None:
        """Write the file.

        Raises WriteError if the disk or the package refuses.
        """
        try:
            for page in self._pages:
                page.finish()
            self.workbook.close()
        except Exception as error:  # XlsxWriter wraps OSError in a class of its own
            raise WriteError(f"{self.path.name}: {error}") from error


@dataclass(slots=True)
class Page:
    """One sheet that is being written: typed writers, 1-based, top to bottom."""

    package: Package
    name: str
    sheet: FastWorksheet
    _row: int = 0
    _lines: int = 1  # how many lines the tallest wrapped text of the current row takes
    _hidden: bool = False  # the current row
    _links: int = 0
    _widths: dict[int, float] = field(default_factory=dict)
    _heights: dict[int, float] = field(default_factory=dict)  # points, of rows taller than others

    def text(self, row: int, column: int, value: str, style: str = "text") -> None:
        """Write a text of ours or a company's as text, whatever it begins with."""
        if row != self._row:
            self._enter(row, column)
        if style in WRAPPED and (width := self._widths.get(column)):
            self._lines = max(self._lines, line_count(value, width))
        if not value.isprintable() or value[:1] == "<":
            value = _safe(value)
        if code := self.sheet.put_text(row - 1, column - 1, value, self.package.format(style)):
            self._refused(row, column, code)

    def across(self, row: int, columns: tuple[int, int], value: str, style: str = "text") -> None:
        """Write a text across several columns, merged into one cell."""
        first, last = columns
        if row != self._row:
            self._enter(row, first)
        self._lines = max(self._lines, line_count(value, sum(self._widths.get(c, 0) for c in range(first, last + 1))))
        if code := self.sheet.put_text(row - 1, first - 1, _safe(value), self.package.format(style)):
            self._refused(row, first, code)
        for column in range(first + 1, last + 1):
            self.blank(row, column, style)
        if last > first:
            self.merge(Area(row, first, row, last))

    def number(self, row: int, column: int, value: float, style: str = "number", number: str = "") -> None:
        """Write a typed number: an input of the live model."""
        if not math.isfinite(value):
            raise WriteError(f"{self.name}!{address(row, column)}: {value} is no number for a cell")
        if row != self._row:
            self._enter(row, column)
        if code := self.sheet.put_number(row - 1, column - 1, value, self._number_format(style, number, value)):
            self._refused(row, column, code)

    def truth(self, row: int, column: int, value: bool, style: str = "text") -> None:  # noqa: FBT001 - it is the cell's value
        """Write TRUE or FALSE."""
        self._enter(row, column)
        if code := self.sheet.write_boolean(row - 1, column - 1, value, self.package.format(style)):
            self._refused(row, column, code)

    def formula(
        self, row: int, column: int, formula: str, value: float | str, style: str = "number", number: str = ""
    ) -> None:
        """Write a formula (without "=") and the value that the engine computed for it."""
        if isinstance(value, str):
            value = _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", value))[:MAX_TEXT]
        elif not math.isfinite(value):
            raise WriteError(f"{self.name}!{address(row, column)}: {value} is no value for a formula")
        if row != self._row:
            self._enter(row, column)
        if isinstance(value, str) and style in WRAPPED and (width := self._widths.get(column)):
            self._lines = max(self._lines, line_count(value, width))
        if code := self.sheet.put_formula(
            row - 1, column - 1, formula, self._number_format(style, number, value), value
        ):
            self._refused(row, column, code)

    def _number_format(self, style: str, number: str, value: float | str) -> Any:
        """Return the format of a figure; one without a code of its own gets one that fits its size (raw cells none)."""
        if not number and not isinstance(value, str) and not style.startswith("raw"):
            number = fitting_code(value)
        return self.package.format(style, number)

    def figure(
        self, row: int, column: int, formula: str, value: float | None, style: str = "number", number: str = ""
    ) -> None:
        """Write a formula with its value, or a dash where the value is not known: never a number that looks final."""
        if value is None:
            self.text(row, column, DASH, "dash" if style == "number" else f"{style}_dash")
        else:
            self.formula(row, column, formula, value, style, number)

    def blank(self, row: int, column: int, style: str = "text") -> None:
        """Write an empty cell with a format."""
        if row != self._row:
            self._enter(row, column)
        if code := self.sheet.put_blank(row - 1, column - 1, self.package.format(style)):
            self._refused(row, column, code)

    def link(self, row: int, column: int, target: str, text: str, style: str = "link") -> None:
        """Write a text that leads to `target` ('Sheet'!A1). Beyond what a sheet can hold the text goes without link."""
        words = shown(text)
        if self._links < MAX_LINKS:
            self.text(row, column, words, style)
            self._link(row, column, target, words)
        else:
            self.text(row, column, words, "text")

    def hyperlink(self, row: int, column: int, target: str, tip: str) -> None:
        """Make a cell lead to `target`, whatever it holds: call before its content is written."""
        self._enter(row, column)
        if self._links < MAX_LINKS:
            self._link(row, column, target, "", tip)

    def _link(self, row: int, column: int, target: str, text: str, tip: str = "") -> None:
        self._links += 1
        if code := self.sheet.put_link(row - 1, column - 1, target, _safe(text), tip):
            self._refused(row, column, code)

    def file_link(self, row: int, column: int, target: str, text: str, style: str = "link") -> None:
        """Write a text that opens another file: a path relative to this workbook's folder with "/", or "file:///…"."""
        words = shown(text)
        if self._links >= MAX_LINKS:
            self.text(row, column, words, "text")
            return
        self._links += 1
        self.text(row, column, words, style)
        if code := self.sheet.put_file_link(row - 1, column - 1, _as_url(target)):
            self._refused(row, column, code)

    def comment(self, row: int, column: int, text: str) -> None:
        """Attach a note to a cell."""
        options = {"author": "workbook-engine", "x_scale": 2, "font_size": 9}
        if self.sheet.write_comment(row - 1, column - 1, _CONTROL.sub(" ", text)[:8_000], options):
            raise WriteError(f"{self.name}!{address(row, column)}: the note could not be written")

    def chart(self, row: int, column: int, chart: Chart, *, x_offset: int = 0, y_offset: int = 0) -> None:
        """Place a chart with its corner in a cell."""
        options = {"x_offset": x_offset, "y_offset": y_offset, "object_position": 2}
        if self.sheet.insert_chart(row - 1, column - 1, chart, options):
            raise WriteError(f"{self.name}!{address(row, column)}: the chart could not be placed")

    def picture(self, row: int, column: int, path: Path) -> None:
        """Place a picture with its corner in a cell, 50 pixels high."""
        from xlsxwriter.image import Image  # noqa: PLC0415 - few workbooks have a logo

        try:
            scale = 50 / Image(str(path)).height
        except Exception as error:  # a missing file, a format that Excel does not know
            raise WriteError(f"the logo {path.name} cannot be used: {error}") from error
        self.sheet.insert_image(row - 1, column - 1, str(path), {"x_scale": scale, "y_scale": scale})

    def merge(self, area: Area) -> None:
        """Merge cells; what they hold is written apart. XlsxWriter's own merge_range would write over them."""
        self.sheet.merge.append([area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1])

    def alarm(self, area: Area, words: str) -> None:
        """Give an area the look of a fault as long as its first cell does not read `words`."""
        first = address(area.first_row, area.first_column)
        letters = first.rstrip("0123456789")
        quoted = words.replace('"', '""')
        options = {
            "type": "formula",
            "criteria": f'=${letters}${area.first_row}<>"{quoted}"',
            "format": self.package.workbook.add_format({"bg_color": self.package.theme.bad}),
        }
        corners = (area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1)
        if self.sheet.conditional_format(*corners, options):
            raise WriteError(f"{self.name}!{first}: the condition could not be written")

    def widths(self, widths: Mapping[int, float]) -> None:
        """Set column widths (1-based column -> characters). Wrapped text in these columns makes its row taller."""
        for column, width in widths.items():
            self._widths[column] = min(width, 80)
            self.sheet.put_width(column - 1, min(width, 80))

    def hide_column(self, column: int) -> None:
        """Hide a column whose cells are there to be computed with."""
        self.sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})

    def width(self, columns: Iterable[int]) -> float:
        """Return the width of columns together in points, as a font of that size has it."""
        pixels = sum(DIGIT_PIXELS * self._widths.get(column, DEFAULT_WIDTH) + CELL_PIXELS for column in columns)
        return pixels * POINTS_OF_A_PIXEL

    def height(self, first: int, last: int, usual: float) -> float:
        """Return the height of rows together in points; `usual` is that of a row with a line of text."""
        return sum(self._heights.get(row, usual) for row in range(first, last + 1))

    def cell(self, row: int, column: int, *, absolute: bool = True) -> str:
        """Return the reference to a cell of this sheet from another: 'Sheet'!$A$1."""
        return reference(self.name, row, column, absolute=absolute)

    def finish(self) -> None:
        """Give the last row its height. Called when the package is closed."""
        hidden = {"hidden": True} if self._hidden else {}
        if self._lines > 1 or hidden:
            height = min(self._lines, MAX_LINES) * LINE_HEIGHT * self.package.theme.font_size / 10 + 4
            self.sheet.set_row(self._row - 1, height if self._lines > 1 else None, None, hidden)
            if not self.package.constant_memory:  # so long a sheet is not broken into pages by its parts
                self._heights[self._row] = height
        self._lines, self._hidden = 1, False

    def hide_row(self, row: int) -> None:
        """Hide a row that is written next."""
        self._enter(row, 1)
        self._hidden = True

    def _enter(self, row: int, column: int) -> None:
        """Go on to a row. Excel fits heights itself, LibreOffice and viewers do not: they are set, row by row."""
        if row == self._row:
            return
        if row < self._row:
            raise WriteError(f"{self.name}!{address(row, column)}: written after row {self._row}")
        self.finish()
        self._row = row

    def _refused(self, row: int, column: int, code: int) -> NoReturn:
        raise WriteError(f"{self.name}!{address(row, column)}: the cell could not be written (code {code})")


def reference(sheet: str, row: int, column: int, *, absolute: bool = True) -> str:
    """Return 'Sheet'!$A$1."""
    cell = f"${column_letter(column)}${row}" if absolute else address(row, column)
    return f"{quote_sheet(sheet)}!{cell}"


def _as_url(path: str) -> str:
    """Return a path as the target of a link: what means something else in a URL is encoded, 汉字 stay."""
    return _IN_URL.sub(lambda character: "".join(f"%{byte:02X}" for byte in character[0].encode()), path)


def _safe(text: str) -> str:
    """Return text that XlsxWriter writes as it is: no lone surrogates, and nothing it takes for its own rich text."""
    if not text.isprintable():
        text = _SURROGATE.sub("\ufffd", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "
    return text
