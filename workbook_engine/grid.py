"""A spreadsheet as it was read, whatever its format: sparse cells with value, formula and kind together.

Intake produces it; whoever needs cells (binding, the factor library, the raw sheets of the results) reads it. It
knows no file format and no template.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal, NamedTuple, Protocol

from workbook_engine.frozen import frozen
from workbook_engine.texts import Text

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384  # Excel's grid: XFD1048576

CellKind = Literal[
    "number",  # value: float
    "text",  # value: str, as stored, not stripped
    "bool",  # value: bool
    "error",  # value: the code as shown, "#REF!"
    "date",  # value: float, the serial number in the workbook's own date system (see Book.date1904)
    "uncached",  # a formula that no program has calculated: value None
    "invalid",  # the file holds something that is no value ("NaN", 5,000 digits): value is the raw text
]


# What a number format makes of a number, beyond its digits: "" (nothing: nearly all), a text that it shows behind the
# number ("kg"), or one that begins with one of these.
PERCENT = "%"  # 0.9 is shown as 90 %
SCALED = "/"  # "/1000t": 35000 is shown as 35t
HIDDEN = ";"  # the number is not shown
MONEY = "¥"  # 1200 is shown as an amount of money, in whatever currency


class Cell(NamedTuple):
    """One cell with content. A blank cell is no Cell: it is absent from its row."""

    kind: CellKind
    value: float | str | bool | None
    formula: str | None = None  # without the leading "=", shared formulas expanded, names prefixes as stored
    format: str = ""  # what its number format makes of a number for whoever looks at it; see below

    @property
    def is_blank(self) -> bool:
        """Whether the cell holds only white space (a formula is never blank)."""
        return self.formula is None and self.kind == "text" and not str(self.value).strip()


class Area(NamedTuple):
    """A rectangle of cells, 1-based and inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Beside(NamedTuple):
    """A text that stands in a workbook beside its cells, where a person may have written something, or a program."""

    # margin: head and foot of printed pages; prompt: of a cell; drawing: of a chart, diagram or control, or about a
    # picture; picture: the name of one, or of an object; link: what is shown at it; target: where it leads outside;
    # choices: what a drop-down list offers that has its words itself, one a line; formula: a remark within one
    place: Literal[
        "margin", "prompt", "choices", "name", "property", "drawing", "picture", "link", "target", "scenario", "tab",
        "formula", "guide", "condition", "label",
    ]  # fmt: skip
    text: str
    sheet: str = ""  # "" where it belongs to no sheet
    area: str = ""  # of a prompt or link: where it is shown, "B9:B15 D9"


class Unread(NamedTuple):
    """A part of a workbook that nobody reads: a slicer, macros, the data of a pivot table."""

    kind: Text
    text: str = ""  # its name, or words out of it
    sheet: str = ""  # "" where it belongs to no sheet


Row = tuple[int, Mapping[int, Cell]]  # 1-based row number; 1-based column number -> cell


class Sheet(Protocol):
    """A worksheet. Rows come in ascending order, only those with a cell, and can be iterated more than once."""

    @property
    def name(self) -> str:
        """The sheet's name as its tab shows it."""

    @property
    def visible(self) -> bool:
        """False where the sheet is hidden, or very hidden."""

    def rows(self) -> Iterator[Row]:
        """Yield the rows with a cell, in ascending order."""

    @property
    def merges(self) -> tuple[Area, ...]:
        """The merged areas."""

    @property
    def hidden_rows(self) -> frozenset[int]:
        """The rows that are hidden or filtered away."""

    @property
    def hidden_columns(self) -> frozenset[int]:
        """The hidden columns."""


@frozen
class MemorySheet:
    """A sheet whose cells are all in memory: what small files and tests use."""

    name: str
    cells: Mapping[int, Mapping[int, Cell]]
    visible: bool = True
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def rows(self) -> Iterator[Row]:
        """Yield the rows with content, in ascending order."""
        return iter(self.cells.items())


# What people read for each word of Book.lossy_parts.
LOSSY_PARTS: Mapping[str, Text] = {
    "charts": Text("图表", "charts"),
    "controls": Text("控件", "controls"),
    "drawings": Text("图形", "drawings"),
    "extensions": Text("扩展格式", "extended formats"),
    "images": Text("图片", "pictures"),
    "picture-links": Text("图片上的链接", "links on pictures"),
    "query-tables": Text("外部查询", "queries"),
    "rich-data": Text("数据类型", "data types"),
    "slicers": Text("切片器", "slicers"),
    "sparklines": Text("迷你图", "sparklines"),
    "threaded-comments": Text("批注对话", "threaded comments"),
    "timelines": Text("日程表", "timelines"),
    "vba": Text("宏", "macros"),
}


@frozen
class Book:
    """A workbook: sheets in order, defined names, and what a reader must know to understand them."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)  # defined name -> its formula text, "'Sheet'!$A$1"
    date1904: bool = False
    format: str = "xlsx"  # xlsx, xlsm, xls, ods, xlsb
    application: str = ""  # who saved it last, as the file says ("Microsoft Excel", "WPS", "LibreOffice/7.4")
    lossy_parts: tuple[str, ...] = ()  # parts that openpyxl would lose on a round trip: drawings, images, extensions
    beside: tuple[Beside, ...] = ()  # texts that are no cell's
    unread: tuple[Unread, ...] = ()  # parts that are neither read nor known to hold nothing of the company's own

    @property
    def sheet_names(self) -> list[str]:
        """Return the names of the sheets in their order."""
        return [sheet.name for sheet in self.sheets]


def shown_number(value: float, format_: str) -> str:
    """Return a number as its format shows it, its digits in full; "" where it hides it."""
    if format_ == PERCENT:
        return f"{value * 100:.12g}%"
    if format_ == MONEY:
        return f"{MONEY}{value:.12g}"
    divisor, text = 1, format_.replace("pct", "%")
    if format_.startswith(SCALED):
        digits = len(format_) - len(format_[1:].lstrip("0123456789"))
        divisor, text = int(format_[1:digits]), format_[digits:]
    return "" if format_ == HIDDEN else f"{value / divisor:.12g}{text}"


# Day 0 of the two date systems. Excel's 1900 system counts a 29 February 1900 that never was, so that its serials from
# 61 on fit 1899-12-30 (ECMA-376 part 1, 18.17.4.1); smaller ones are long before any plausible date.
_EPOCH_1900 = dt.date(1899, 12, 30)
_EPOCH_1904 = dt.date(1904, 1, 1)
_MINUTES_A_DAY = 24 * 60


def day_of(serial: float, *, date1904: bool = False) -> dt.date | None:
    """Return the day of a serial number (its time of day dropped), None where there is no such day."""
    try:
        return (_EPOCH_1904 if date1904 else _EPOCH_1900) + dt.timedelta(days=math.floor(serial))
    except (OverflowError, ValueError):
        return None


def shown_date(serial: float, *, date1904: bool = False) -> str:
    """Return a date cell's content as whoever looks at it knows it: the day, or the time where it is less than one."""
    if 0 <= serial < 1:
        hours, minutes = divmod(round(serial * _MINUTES_A_DAY), 60)
        return f"{hours:02d}:{minutes:02d}"
    day = day_of(serial, date1904=date1904)
    return f"{serial:.15g}" if day is None else day.isoformat()


@functools.lru_cache(1024)
def column_letter(column: int) -> str:
    """Return the letters of a 1-based column number: 1 -> A, 28 -> AB."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the A1 address of a 1-based row and column."""
    return f"{column_letter(column)}{row}"


@functools.lru_cache(1024)
def quote_sheet(name: str) -> str:
    """Return the sheet name as it stands in a formula, always quoted: 'O''Brien'."""
    return "'" + name.replace("'", "''") + "'"


def column_number(letters: str) -> int:
    """Return the 1-based number of a column's letters: A -> 1, AB -> 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
