"""Typed access to the cells of one row of the library workbook, with a finding on each that cannot be read."""

from __future__ import annotations

import functools
import math
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine import catalogue, matching
from workbook_engine.factors.columns import TABLES
from workbook_engine.findings import Finding
from workbook_engine.patterns import pattern
from workbook_engine.texts import LANGUAGES, Text

if TYPE_CHECKING:
    from workbook_engine.factors.tables import TableRow
    from workbook_engine.findings import FindingType
    from workbook_engine.grid import Cell

canonical = functools.lru_cache(maxsize=4096)(matching.canonical)  # a column repeats its words

_CHOICES = {(table.key, column.key): column.choices for table in TABLES for column in table.columns if column.choices}
_WORDS = {
    column: {canonical(name): key for key, title in choices.items() for name in (key, *title)}
    for column, choices in _CHOICES.items()
}
_TITLES = {(table.key, column.key): column.title for table in TABLES for column in table.columns}


_YEAR = pattern("([0-9]{4})年度?")


@dataclass(slots=True)
class RowReader:
    """One row under reading: typed access to its cells, and the findings on it."""

    row: TableRow
    findings: list[Finding] = field(default_factory=list)

    def text(self, key: str) -> str:
        """Return a cell's text, stripped; a number as it is shown (304, not 304.0); "" for a blank or an error."""
        cell = self.row.cells.get(key)
        if cell is None or cell.value is None or cell.kind == "error":
            return ""
        if cell.kind == "text":
            return str(cell.value).strip()
        if isinstance(cell.value, float) and cell.value.is_integer():
            return str(int(cell.value))
        return str(cell.value).strip()

    def number(self, key: str) -> float | None:
        """Return a cell's number; None for a blank, and with a finding for what is no number."""
        cell = self.row.cells.get(key)
        if cell is None:
            return None
        value = read_number(cell)
        if value is None:
            self.add(catalogue.LIBRARY_VALUE_UNREADABLE, key, column=self.title(key), typed=_shown(cell))
        return value

    def year(self, key: str) -> int | None:
        """Return a cell's year, also of `2024年`; None for a blank, and with a finding for what is no year."""
        cell = self.row.cells.get(key)
        found = _YEAR.fullmatch(unicodedata.normalize("NFKC", str(cell.value)).strip()) if cell else None
        if found:
            return int(found[1])
        year = self.number(key)
        if year is not None and not year.is_integer():
            self.add(catalogue.LIBRARY_VALUE_UNREADABLE, key, column=self.title(key), typed=f"{year:g}")
            return None
        return None if year is None else int(year)

    def require(self, *keys: str) -> bool:
        """Tell whether all of the cells hold something; a finding on the first that does not."""
        for key in keys:
            if not self.text(key):
                self.add(catalogue.LIBRARY_ROW_INCOMPLETE, key, column=self.title(key))
                return False
        return True

    def word(self, key: str) -> str:
        """Return the key of a cell's word of its column's list; "" for a blank, and with a finding for another word."""
        typed = self.text(key)
        words = _WORDS[self.row.table, key]
        if typed and canonical(typed) not in words:
            titles = _CHOICES[self.row.table, key].values()
            self.unknown_word(key, Text(*(", ".join(title.to(language) for title in titles) for language in LANGUAGES)))
        return words.get(canonical(typed), "")

    def unknown_word(self, key: str, choices: str | Text) -> None:
        """Report that a cell's word is none of those that the column takes."""
        params = {"column": self.title(key), "typed": self.text(key), "choices": choices}
        self.add(catalogue.LIBRARY_UNKNOWN_WORD, key, **params)

    def title(self, key: str) -> Text:
        """Return the heading of a column."""
        return _TITLES[self.row.table, key]

    def add(self, kind: FindingType, key: str, **params: object) -> None:
        """Add a finding on a column's cell of this row."""
        self.findings.append(Finding(kind, self.row.where(key), params))


def read_number(cell: Cell) -> float | None:
    """Return the finite number of a cell, also where it is stored as text or ends in %; None for anything else."""
    if cell.kind == "text":
        text = unicodedata.normalize("NFKC", str(cell.value)).strip()
        try:
            value = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            return None
    elif cell.kind == "number" and isinstance(cell.value, (int, float)):
        value = float(cell.value)
    else:
        return None
    return value if math.isfinite(value) else None


def _shown(cell: Cell) -> str:
    return f"={cell.formula}" if cell.value is None else str(cell.value)
