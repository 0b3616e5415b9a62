"""XlsxWriter behind a thin wall: rows and columns count from 1, formats are shared, and a refused cell raises.

XlsxWriter answers a bad cell with a return code and carries on, turns text that begins with "=" into a formula, and
writes a formula without a value as 0. None of these can happen here: there is one method for each type of content,
each checks its return code, and a formula comes with its value.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

from xlsxwriter.workbook import Workbook

from workbook_engine.errors import WriteError
from workbook_engine.grid import address, quote_sheet
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from workbook_engine.grid import Area

CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # fixed: the same content gives the same bytes
MAX_TEXT = 32_767  # characters a cell holds (Excel's specification)
_FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # XML 1.0, production Char

FormulaValue = float | str | bool


class SheetWriter:
    """One worksheet. Rows and columns are 1-based, as in the file and in `grid`."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.raw = worksheet  # for page setup, panes, protection: calls that cannot be refused

    @property
    def name(self) -> str:
        """Return the sheet's name."""
        return str(self.raw.get_name())

    def text(self, row: int, column: int, value: str, style: Format | None = None) -> None:
        """Write text as text, whatever it begins with; what XML forbids is left out, "" is written as a blank."""
        if not value:
            self.blank(row, column, style)
            return
        if len(value) > MAX_TEXT:
            raise WriteError(f"{self._at(row, column)}: {len(value)} characters, a cell holds {MAX_TEXT}")
        self._check(self.raw.write_string(row - 1, column - 1, _FORBIDDEN.sub("", value), style), row, column)

    def number(self, row: int, column: int, value: float, style: Format | None = None) -> None:
        """Write a finite number."""
        if not math.isfinite(value):
            raise WriteError(f"{self._at(row, column)}: {value} is no number that a cell can hold")
        self._check(self.raw.write_number(row - 1, column - 1, value, style), row, column)

    def boolean(self, row: int, column: int, *, value: bool, style: Format | None = None) -> None:
        """Write TRUE or FALSE."""
        self._check(self.raw.write_boolean(row - 1, column - 1, value, style), row, column)

    def date(self, row: int, column: int, value: dt.date, style: Format) -> None:
        """Write a date; the style carries its number format."""
        self._check(self.raw.write_datetime(row - 1, column - 1, value, style), row, column)

    def blank(self, row: int, column: int, style: Format | None = None) -> None:
        """Write an empty cell with a style (without one there is nothing to write)."""
        self._check(self.raw.write_blank(row - 1, column - 1, None, style), row, column)

    def formula(self, row: int, column: int, formula: str, value: FormulaValue, style: Format | None = None) -> None:
        """Write a formula ("=…") with the value that it has: what stands in everything that does not recalculate."""
        if isinstance(value, float) and not math.isfinite(value):
            raise WriteError(f"{self._at(row, column)}: {value} is no value of a formula")
        if isinstance(value, str):
            value = _FORBIDDEN.sub("", value)
        self._check(self.raw.write_formula(row - 1, column - 1, formula, style, value), row, column)

    def link(self, row: int, column: int, target: str, text: str, style: Format | None = None) -> None:
        """Write text that leads to a place in the workbook (`target`: "'Sheet'!A1") or to a web address."""
        url = target if "://" in target else f"internal:{target}"
        self._check(self.raw.write_url(row - 1, column - 1, url, style, string=text), row, column)

    def merge(self, area: Area, value: str, style: Format) -> None:
        """Merge an area and write text into it. Never inside a table."""
        first_row, first_column = area.first_row - 1, area.first_column - 1
        code = self.raw.merge_range(first_row, first_column, area.last_row - 1, area.last_column - 1, "", style)
        self._check(code, area.first_row, area.first_column)
        self.text(area.first_row, area.first_column, value, style)

    def validate(self, area: Area, options: Mapping[str, Any]) -> None:
        """Add a data validation (XlsxWriter's options)."""
        self._check(self.raw.data_validation(*_zero_based(area), dict(options)), area.first_row, area.first_column)

    def conditional(self, area: Area, options: Mapping[str, Any]) -> None:
        """Add a conditional format (XlsxWriter's options)."""
        code = self.raw.conditional_format(*_zero_based(area), dict(options))
        self._check(code, area.first_row, area.first_column)

    def row(self, row: int, *, height: float | None = None, style: Format | None = None, hidden: bool = False) -> None:
        """Set a row's height in points, the format of its cells that have none, and whether it is hidden."""
        options = {"hidden": True} if hidden else {}
        self._check(self.raw.set_row(row - 1, height, style, options), row, 1)

    def column(self, first: int, width: float, *, last: int | None = None, hidden: bool = False) -> None:
        """Set the width of columns in characters, and whether they are hidden."""
        options = {"hidden": True} if hidden else {}
        self._check(self.raw.set_column(first - 1, (last or first) - 1, width, None, options), 1, first)

    def reference(self, row: int, column: int) -> str:
        """Return the absolute reference to a cell as a formula of another sheet writes it."""
        letters = address(row, column).rstrip("0123456789")
        return f"{quote_sheet(self.name)}!${letters}${row}"

    def _at(self, row: int, column: int) -> str:
        return f"{self.name}!{address(row, column)}"

    def _check(self, code: object, row: int, column: int) -> None:
        # write_url and merge_range return None or 0 on success; anything else is a refusal.
        if code not in (None, 0):
            raise WriteError(f"{self._at(row, column)}: XlsxWriter refused the cell (code {code})")


class BookWriter:
    """A workbook that is built in memory and comes out as bytes: the same content gives the same bytes."""

    def __init__(self, properties: Mapping[str, str], *, font: str = "Calibri", row_pixels: int = 20) -> None:
        self._buffer = io.BytesIO()
        self._font = font
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.raw = Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_row_height": row_pixels,
            },
        )
        self.raw.set_properties({**properties, "created": CREATED})

    def sheet(self, name: str) -> SheetWriter:
        """Add a worksheet."""
        return SheetWriter(self.raw.add_worksheet(name))

    def style(self, **properties: Any) -> Format:
        """Return the format of these XlsxWriter properties; the same properties give the same format."""
        properties = {"font_name": self._font, **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.raw.add_format(properties)
        return self._styles[key]

    def conditional_style(self, **properties: Any) -> Format:
        """Return a format for a conditional format, which carries differences only (no font)."""
        return self.raw.add_format(properties)

    def define(self, name: str, reference: str) -> None:
        """Define a workbook-wide name for a reference ("'Sheet'!$A$1")."""
        if self.raw.define_name(name, f"={reference}") not in (None, 0):
            raise WriteError(f"{name}: XlsxWriter refused the defined name")

    def to_bytes(self) -> bytes:
        """Close the workbook and return the file's bytes."""
        self.raw.close()
        return self._buffer.getvalue()


def _zero_based(area: Area) -> tuple[int, int, int, int]:
    return area.first_row - 1, area.first_column - 1, area.last_row - 1, area.last_column - 1
