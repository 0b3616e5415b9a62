"""The results workbook while it is written: cells by the name of their style, rows as tall as their wrapped text.

Rows are written from top to bottom (what constant memory needs). How a cell becomes one of the file, and what is
refused, is known by `writing`.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from workbook_engine.errors import WriteError
from workbook_engine.grid import Area, address, column_letter
from workbook_engine.patterns import pattern
from workbook_engine.results.formats import Formats
from workbook_engine.results.paging import A4_LONG, ROW_HEIGHT, SIDE_MARGINS, is_one_page
from workbook_engine.results.styles import STYLES, WRAPPED
from workbook_engine.spec.carried import Digests
from workbook_engine.spec.schema import COMMENT_AUTHOR
from workbook_engine.widths import ROOMY, line_count, on_one_line, text_width
from workbook_engine.writing import BookWriter
from workbook_engine.writing.characters import without_controls, writable
from workbook_engine.writing.contents import Contents, StreamedContents
from workbook_engine.writing.sheet import reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from workbook_engine.results.theme import Theme
    from workbook_engine.spec.known import Known
    from workbook_engine.writing import Chart, SheetWriter

SMALL: Final = 0.001  # below it a figure is shown with its power of ten
MANY_DIGITS: Final = 100_000.0  # from it on a figure may be wider than its column
MANY_TIMES: Final = 10.0  # the same of a share: 1,000 %
NUMBER_AIR: Final = 2  # characters that a number leaves free in its column; bold ones are a little wider
BOLD: Final = 1.1
WIDEST: Final = ROOMY.full * BOLD  # of a character
MAX_SHOWN: Final = 1_000  # characters of a company's text on a sheet of ours; its own sheet has all of them
MAX_LINKS: Final = 65_000  # Excel allows 65,530 a sheet
CREATED: Final = dt.datetime(2024, 8, 23, tzinfo=dt.UTC)  # fixed: same inputs, same bytes
MAX_NAME: Final = 120  # width of the name of an item, 60 汉字: a row of a table stays readable
LINE_HEIGHT: Final = 14.0  # points a line of 10-point text takes
MAX_LINES: Final = 20
MOST_ROWS_OF_A_PAGE: Final = 100
MOST_OF_A_LINK: Final = 34  # characters of the place that a link names, for which its column is made wider
DIGIT_PIXELS, CELL_PIXELS, POINTS_OF_A_PIXEL, DEFAULT_WIDTH = 7, 5, 0.75, 8.43  # of Excel's column widths
ROOM_ACROSS: Final = 0.81  # of it: without our font columns are wider, and none is to stand alone
DASH: Final = "—"  # stands where a figure is not known

# Bidirectional controls make text read differently from what it is.
_BIDI = pattern("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def shown(text: str) -> str:
    """Return a company's text fit for a sheet of ours: no control characters, no overlong strings."""
    if not text.isprintable():
        text = without_controls(_BIDI.sub("", text))
    if text[:1] == "<":
        text = writable(text)
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


def called(name: str) -> str:
    """Return the name that a company gave to an item, fit for a table of ours."""
    name = shown(name)
    return name if len(name) * ROOMY.full <= MAX_NAME else on_one_line(name, MAX_NAME)


def fitting_code(value: float) -> str:
    """Return the number format in which a factor or a share of any size reads well; "" (as it is) for whole numbers."""
    size = abs(value)
    if value % 1 == 0:
        return ""
    if size >= 1:
        return "#,##0.00####"
    return "0.0000####" if size >= SMALL else "0.0000E+00"


def with_power(code: str) -> str:
    """Return a number format of fixed decimals, with the power of ten."""
    return code.replace("#,##0", "0") + "E+00"


_FIXED = pattern(r"0\.(0+)$")


def _least_shown(code: str, floor: float) -> float:
    """Return below what figure a format of fixed decimals shows nothing but zeros, or 0 where that cannot be.

    Shares stay as they are: 0.00 % says enough.
    """
    decimals = _FIXED.search(code)
    return max(0.5 * 10 ** -len(decimals[1]), floor if "#" in code else 0.0) if decimals else 0.0


def _needed(value: float, code: str, *, bold: bool) -> float:
    """Return the width of the column that shows a large figure whole."""
    decimals = _FIXED.search(code.rstrip("%"))
    fixed = len(decimals[1]) if decimals else 0
    digits = f"{value:.{fixed}%}" if code.endswith("%") else f"{value:,.{fixed}f}" if "#," in code else f"{value:.0f}"
    return (len(digits) + len(code) - len(code.lstrip('"– '))) * (BOLD if bold else 1) + NUMBER_AIR


@dataclass(slots=True)
class Package:
    """A workbook that is being written.

    `is_tiny` says that its results are so small that amounts have few digits or none in their fixed decimals: those
    below SMALL are then shown with their power of ten.
    """

    path: Path
    theme: Theme
    constant_memory: bool = False
    date1904: bool = False
    is_tiny: bool = False
    axis_number: str = "General"  # the number format along the axes of charts
    workbook: BookWriter = field(init=False)
    formats: Formats = field(init=False)
    landmarks: dict[str, tuple[str, str]] = field(init=False, default_factory=dict)  # what -> its sheet and reference
    known: Known | None = None  # where rows are streamed: what its sheets carry along beyond their first digests
    digests: Digests = field(init=False, default_factory=Digests)
    _pages: list[Page] = field(init=False, default_factory=list)
    _least: dict[str, float] = field(init=False, default_factory=dict)  # of a number format

    def __post_init__(self) -> None:
        font = {"font_name": self.theme.font, "font_size": self.theme.font_size}
        self.workbook = BookWriter(
            str(self.path),
            font,
            quickly=True,
            constant_memory=self.constant_memory,
            date_1904=self.date1904,
            default_format_properties=font,
        )
        self.workbook.set_calc_mode("auto")
        self.formats = Formats(self.workbook, self.theme)

    def page(self, name: str) -> Page:
        """Add a sheet at the end. Sheets are written in the order in which they are added."""
        page = Page(self, name, self.workbook.sheet(name))
        self._pages.append(page)
        return page

    def fitting(self, code: str, value: float) -> str:
        """Return a number format, with the power of ten where its decimals would show a figure as zero."""
        least = self._least.get(code)
        if least is None:
            least = self._least[code] = _least_shown(code, SMALL if self.is_tiny else 0.0)
        return with_power(code) if -least < value < least and value else code

    def contents(self, key: str) -> Contents | None:
        """Return what is to keep in mind the contents of a sheet of ours; None where nothing can."""
        if not self.constant_memory:
            return Contents()
        return StreamedContents(key, self.known) if self.known else None

    def computed_pages(self) -> list[Page]:
        """Return the computed sheets that were added so far."""
        return [page for page in self._pages if page.key]

    def close(self) -> None:
        """Write the file.

        Raises WriteError if the disk or the package refuses.
        """
        try:
            for page in self._pages:
                page.finish()
                page.without_signs()
                page.keep_on_one()
                page.part_in_two()
                page.select_first()
            self.workbook.close()
        except Exception as error:  # XlsxWriter wraps OSError in a class of its own
            raise WriteError(f"{self.path.name}: {error}") from error


@dataclass(slots=True)
class Page:
    """One sheet that is being written: typed writers, 1-based, top to bottom."""

    package: Package
    name: str
    sheet: SheetWriter
    key: str = ""  # of a computed sheet
    table: tuple[int, ...] = ()  # columns of the one table that the sheet is, printed one page wide
    halves: tuple[tuple[int, ...], int, frozenset[int]] | None = None  # what `part_in_two` goes by
    _row: int = 0
    _lines: int = 1  # how many lines the tallest wrapped text of the current row takes
    _hidden: bool = False  # the current row
    _links: int = 0
    _widths: dict[int, float] = field(default_factory=dict)
    _heights: dict[int, float] = field(default_factory=dict)  # points, of rows taller than others
    _falls: dict[tuple[int, str], list[int]] = field(default_factory=dict)  # column, format -> rows of shares below 0

    def text(self, row: int, column: int, value: str, style: str = "text") -> None:
        """Write a text of ours or a company's as text, whatever it begins with."""
        if row != self._row:
            self._enter(row, column)
        width = self._widths.get(column) if style in WRAPPED else None
        if width and (len(value) * WIDEST > width or "\n" in value):  # most are short, and not measured
            self._wrap(value, width / BOLD if style == "used" else width)
        self.sheet.text(row, column, value, self.package.formats[style])

    def across(self, row: int, columns: tuple[int, int], value: str, style: str = "text") -> None:
        """Write a text across several columns, merged into one cell."""
        first, last = columns
        if row != self._row:
            self._enter(row, first)
        self._wrap(value, math.fsum(self._widths.get(c, 0) for c in range(first, last + 1)))
        self.sheet.across(Area(row, first, row, last), value, self.package.formats[style])

    def number(self, row: int, column: int, value: float, style: str = "number", number: str = "") -> None:
        """Write a typed number: an input of the live model."""
        if row != self._row:
            self._enter(row, column)
        self.sheet.number(row, column, value, self._number_format(row, column, style, number, value))

    def truth(self, row: int, column: int, value: bool, style: str = "text") -> None:  # noqa: FBT001 - it is the cell's value
        """Write TRUE or FALSE."""
        self._enter(row, column)
        self.sheet.boolean(row, column, value=value, style=self.package.formats[style])

    def formula(
        self, row: int, column: int, formula: str, value: float | str, style: str = "number", number: str = ""
    ) -> None:
        """Write a formula (without "=") and the value that the engine computed for it."""
        if row != self._row:
            self._enter(row, column)
        if isinstance(value, str) and style in WRAPPED and (width := self._widths.get(column)):
            self._wrap(value, width)
        self.sheet.formula(row, column, formula, value, self._number_format(row, column, style, number, value))

    def _wrap(self, text: str, width: float) -> None:
        """Note in how many lines a text stands in that width. One that is short at its widest is not measured."""
        if len(text) * ROOMY.full > width or "\n" in text:
            self._lines = max(self._lines, line_count(text, width))

    def _number_format(self, row: int, column: int, style: str, number: str, value: float | str) -> Any:
        """Return the format of a figure; one without a code of its own gets one that fits its size (raw cells none)."""
        if isinstance(value, str):
            return self.package.formats[style, number]
        if number:
            if value < 0 and "%" in number:
                self._fall(row, column, number)
            number = self.package.fitting(number, value)
        elif not style.startswith("raw"):
            number = fitting_code(value)
        if number and abs(value) >= (MANY_TIMES if "%" in number else MANY_DIGITS):
            self._widen(column, value, number, style)
        return self.package.formats[style, number]

    def _widen(self, column: int, value: float, number: str, style: str) -> None:
        """Make room for a large figure in a column whose width was set: too narrow a cell shows ####."""
        width = self._widths.get(column)
        needed = _needed(value, number, bold=bool(STYLES[style].get("bold")))
        if width is not None and width < needed and not STYLES[style].get("shrink"):
            self.widths({column: needed})

    def make_room(self, column: int, words: str) -> None:
        """Make room for a link, in a column whose width was set: not every program wraps its words."""
        width = self._widths.get(column)
        if width is not None and len(words) * ROOMY.full > width:
            needed = min(text_width(words) + ROOMY.padding, MOST_OF_A_LINK)
            if needed > width:
                self.widths({column: needed})

    def _fall(self, row: int, column: int, number: str) -> None:
        """Note a share below zero: where it rounds to nothing, it is to be shown without its minus sign."""
        rows = self._falls.setdefault((column, number), [row, row])
        rows[1] = row

    def select_first(self) -> None:
        """Let a sheet open with its cursor in its first cell that moves: column A holds the hidden mark."""
        row, column = self.sheet.panes[:2] if self.sheet.panes else (0, 0)
        self.sheet.set_selection(row, max(column, 1), row, max(column, 1))

    def without_signs(self) -> None:
        """Show shares below zero that round to nothing as 0.00 %, also after a change: −0.00 % is no figure."""
        for (column, number), (first, last) in self._falls.items():
            cell, sections = address(first, column), number.split(";")
            nothing = sections[2] if len(sections) > 2 else sections[0].lstrip("+")  # the third section is that of zero
            half = "0.00" + "0" * (len(sections[0].partition(".")[2]) - 1) + "5"
            options = {
                "type": "formula",
                "criteria": f"=AND(ISNUMBER({cell}),{cell}<0,{cell}>-{half})",
                "format": self.package.formats.unsigned(nothing),
            }
            self.sheet.conditional(Area(first, column, last, column), options)

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
        self.sheet.blank(row, column, self.package.formats[style])

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
        self.sheet.link(row, column, target, text, tip)

    def file_link(self, row: int, column: int, target: str, text: str, style: str = "link") -> None:
        """Write a text that opens another file: a path relative to this workbook's folder with "/", or "file:///…"."""
        words = shown(text)
        if self._links >= MAX_LINKS:
            self.text(row, column, words, "text")
            return
        self._links += 1
        self.text(row, column, words, style)
        self.sheet.file_link(row, column, target)

    def comment(self, row: int, column: int, text: str) -> None:
        """Attach a note to a cell."""
        options = {"author": COMMENT_AUTHOR, "x_scale": 2, "font_size": 9}
        if self.sheet.write_comment(row - 1, column - 1, without_controls(text)[:8_000], options):
            raise WriteError(f"{self.name}!{address(row, column)}: the note could not be written")

    def chart(self, row: int, column: int, chart: Chart, *, x_offset: int = 0, y_offset: int = 0) -> None:
        """Place a chart with its corner in a cell."""
        options = {"x_offset": x_offset, "y_offset": y_offset, "object_position": 2}
        if self.sheet.insert_chart(row - 1, column - 1, chart, options):
            raise WriteError(f"{self.name}!{address(row, column)}: the chart could not be placed")

    def alarm(self, area: Area, words: str) -> None:
        """Give an area the look of a fault as long as its first cell does not read `words`."""
        letters = column_letter(area.first_column)
        quoted = words.replace('"', '""')
        options = {
            "type": "formula",
            "criteria": f'=${letters}${area.first_row}<>"{quoted}"',
            "format": self.package.workbook.add_format({"bg_color": self.package.theme.bad}),
        }
        self.sheet.conditional(area, options)

    def widths(self, widths: Mapping[int, float]) -> None:
        """Set column widths (1-based column -> characters). Wrapped text in these columns makes its row taller."""
        for column, width in widths.items():
            self._widths[column] = min(width, 80)
            self.sheet.column(column, min(width, 80))

    def hide_column(self, column: int) -> None:
        """Hide a column: its cells are there to be computed with, or nothing stands in it. Call after `widths`."""
        self._widths.pop(column, None)
        self.sheet.column(column, None, hidden=True)

    def width(self, columns: Iterable[int]) -> float:
        """Return the width of columns together in points, as a font of that size has it."""
        pixels = math.fsum(DIGIT_PIXELS * self._widths.get(column, DEFAULT_WIDTH) + CELL_PIXELS for column in columns)
        return pixels * POINTS_OF_A_PIXEL

    def characters(self, columns: Iterable[int]) -> float:
        """Return the width of columns together in characters."""
        return math.fsum(self._widths.get(column, DEFAULT_WIDTH) for column in columns)

    def height(self, first: int, last: int, usual: float) -> float:
        """Return the height of rows together in points; `usual` is that of a row with a line of text."""
        return math.fsum(self._heights.get(row, usual) for row in range(first, last + 1))

    def keep_on_one(self) -> None:
        """Print a table that is a little more than a page on one: a last row would stand alone on the second."""
        is_short = bool(self.table) and self._row <= MOST_ROWS_OF_A_PAGE
        if is_short and is_one_page(self.height(1, self._row, ROW_HEIGHT), self.width(self.table)):
            self.sheet.fit_to_pages(1, 1)

    def part_in_two(self) -> None:
        """Print a sheet that is two pages wide in halves of like width, each figure beside its unit.

        By a scale and a break, as programs that fit a sheet to pages take no notice of breaks. `halves` are the
        columns, the last of those that stand on both pages, and those that may not begin the second.
        """
        if self.halves is None:
            return
        columns, kept, glued = self.halves
        both = [column for column in columns if column <= kept]
        wide: dict[int, float] = {}  # first column of the second page -> the wider half
        for place, first in enumerate(columns):
            if first > kept + 1 and first not in glued:
                wide[first] = max(self.width(columns[:place]), self.width(both) + self.width(columns[place:]))
        if wide:
            first = min(wide, key=lambda column: wide[column])
            self.sheet.set_print_scale(int(min(100, 100 * ROOM_ACROSS * (A4_LONG - SIDE_MARGINS) / wide[first])))
            self.sheet.set_v_pagebreaks([first - 1])

    def landmark(self, what: str, row: int, column: int) -> None:
        """Remember where something stands, for sheets that are written later; of several the first."""
        self.package.landmarks.setdefault(what, (self.name, reference(self.name, row, column, absolute=False)))

    def cell(self, row: int, column: int, *, absolute: bool = True) -> str:
        """Return the reference to a cell of this sheet from another: 'Sheet'!$A$1."""
        return self.sheet.reference(row, column, absolute=absolute)

    def finish(self) -> None:
        """Give the last row its height. Called when the package is closed."""
        if self._lines > 1 or self._hidden:
            height = min(self._lines, MAX_LINES) * LINE_HEIGHT * self.package.theme.font_size / 10 + 4
            self.sheet.row(self._row, height=height if self._lines > 1 else None, hidden=self._hidden)
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
