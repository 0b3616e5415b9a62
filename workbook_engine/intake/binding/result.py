"""What one sheet gives while it is read: fields, tables, findings, and the cells that nobody read."""

from __future__ import annotations

import enum
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import address, shown_date
from workbook_engine.intake.binding.headings import may_be_header
from workbook_engine.intake.binding.marks import MARK_PREFIX
from workbook_engine.matching import canonical
from workbook_engine.patterns import pattern
from workbook_engine.spec.words import STATE_LABEL
from workbook_engine.traditional import simplified
from workbook_engine.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.findings import FindingType
    from workbook_engine.grid import Cell
    from workbook_engine.model import BoundTable, Entry
    from workbook_engine.spec.index import SpecIndex

MAX_LISTED = 8  # cells or rows named in one finding
_LONGEST_UNIT = 12  # characters
_LONGEST_NUMBER = 20  # characters
_MOST_SAMPLES = 200
_SHOWN = 30  # characters of an unread cell that a message repeats
_OWN_COLUMN = 3  # unread cells of one column that are reported together
_FIGURE = pattern(r"[^\w\s]?[约近]?\s*[0-9０-９][0-9０-９.,．，]*\s*[^0-9\s]{0,4}")
_STATE_FORMULAS = tuple(f'"{label}' for label in STATE_LABEL)  # how the line under a sheet's title begins
_DATA_CELLS = 3  # filled cells that make a row outside every table look like data


class Rung(enum.IntEnum):
    """How far down the ladder an entry was found."""

    MARK = 1
    NAME = 2
    LABEL = 3


class Found(NamedTuple):
    """A form's entry with the rung on which it was found."""

    entry: Entry
    rung: Rung


@dataclass(slots=True)
class SheetResult:
    """What one sheet gave."""

    sheet: str
    index: SpecIndex
    date1904: bool = False
    fields: dict[str, Found] = field(default_factory=dict)
    tables: list[BoundTable] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    lost_rows: list[tuple[int, int]] = field(default_factory=list)  # row, first column: unread, and looks like data
    lost_cells: int = 0  # cells of these rows
    is_results: bool = False
    is_aside: bool = False  # the template's own lists and counts: no input
    rungs: set[Rung] = field(default_factory=set)
    _samples: dict[tuple[int, int], str] = field(default_factory=dict)  # what unread cells hold, of the first

    @property
    def is_empty(self) -> bool:
        """Whether nothing of the template was found."""
        return not (self.fields or self.tables)

    @property
    def is_instructions(self) -> bool:
        """Whether the sheet only says which template this is: the instructions, which hold no input."""
        return bool(self.fields) and not self.tables and all(key.startswith("template.") for key in self.fields)

    def report(self, kind: FindingType, row: int | None = None, column: int | None = None, **params: object) -> None:
        """Add a finding at a cell of the sheet, a row of it, or the sheet."""
        self.findings.append(Finding(kind, CellRef(self.sheet, row, column), params))

    # --- what nobody read ---

    def leave_unread(
        self, row: int, cells: Mapping[int, Cell], *, may_be_data: bool = False, is_astray: bool = False
    ) -> None:
        """Remember cells that belong to no field; what the template prints is none of them.

        `is_astray` says that it prints nothing there: a word that is also an answer was typed.
        """
        left = {
            column: cell
            for column, cell in cells.items()
            if not self.is_printed(cell) or (is_astray and self._is_answer(cell))
        }
        if may_be_data and _looks_like_data(left):
            self.lost_rows.append((row, min(left)))
            self.lost_cells += len(left)
        else:
            self.unread += [(row, column) for column in left]
            if len(self._samples) < _MOST_SAMPLES:
                self._samples |= {(row, column): sample(cell, date1904=self.date1904) for column, cell in left.items()}

    def _is_answer(self, cell: Cell) -> bool:
        return cell.kind == "text" and self.index.is_printed_answer(str(cell.value))

    def is_typed(self, cells: Mapping[int, Cell]) -> bool:
        """Tell whether a row outside every block is somebody's own: no title, no header, no line of instructions."""
        filled = [cell for cell in cells.values() if not cell.is_blank]
        if len(filled) == 1:
            return not self._is_title(filled[0])
        return not may_be_header(cells, self.index) and not any(map(self._is_sentence, filled))

    def beside_title(self, cells: Mapping[int, Cell]) -> Mapping[int, Cell]:
        """Return the cells of a row without the title that it begins with: what somebody typed beside one."""
        first = min(cells)
        return {c: x for c, x in cells.items() if c != first} if self._is_title(cells[first]) else cells

    def _is_title(self, cell: Cell) -> bool:
        word = canonical(str(cell.value))
        return word in self.index.block_titles or word in self.index.tables_by_title

    def _is_sentence(self, cell: Cell) -> bool:
        """Tell whether a cell holds what the template alone says: neither an answer nor a heading."""
        return self.is_printed(cell) and not self._is_answer(cell) and not self.index.is_heading(str(cell.value))

    def is_printed(self, cell: Cell) -> bool:
        """Tell whether a cell holds nothing, or only what the template itself prints."""
        if cell.is_blank or (cell.kind == "text" and not str(cell.value).strip()):
            return True
        if cell.formula is not None and cell.formula.startswith(_STATE_FORMULAS):
            return True
        if cell.kind != "text":
            return False
        text = str(cell.value)
        return text.startswith(MARK_PREFIX) or text in self.index.field_keys or self.index.is_printed(text)

    def unread_findings(self) -> list[Finding]:
        """Return what is to be said of unread cells: a finding for each column or row of them, one for lost data."""
        findings = []
        if self.lost_rows:
            row, column = self.lost_rows[0]
            params = {"count": len(self.lost_rows), "rows": listed(number for number, _ in self.lost_rows)}
            findings.append(Finding(catalogue.DATA_NOT_READ, CellRef(self.sheet, row, column), params))
        groups = _groups(self.unread)
        for cells in groups[:MAX_LISTED]:
            shown = self._samples.get(cells[0], "…")
            params = {"count": len(cells), "cells": listed(address(r, c) for r, c in cells), "sample": shown}
            findings.append(Finding(catalogue.CONTENT_NOT_READ, CellRef(self.sheet, *cells[0]), params))
        if len(groups) > MAX_LISTED:
            params = {"title": catalogue.CONTENT_NOT_READ.title, "count": len(groups) - MAX_LISTED}
            findings.append(Finding(catalogue.CELLS_MORE_LIKE_IT, CellRef(self.sheet), params))
        return findings


def sample(cell: Cell, *, date1904: bool = False) -> str:
    """Return what a cell shows, cut: 3000, not 3000.0; the day of a date."""
    if cell.value is None:
        return f"={cell.formula}"[:_SHOWN]
    if cell.kind == "date" and isinstance(cell.value, float):
        return shown_date(cell.value, date1904=date1904)
    return (f"{cell.value:.12g}" if isinstance(cell.value, float) else str(cell.value))[:_SHOWN]


def listed(things: Iterable[object]) -> str:
    """Return the first things, comma-separated, and a sign that there are more."""
    all_of_them = list(things)
    more = " …" if len(all_of_them) > MAX_LISTED else ""
    return ", ".join(map(str, all_of_them[:MAX_LISTED])) + more


def _groups(cells: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Group unread cells as somebody typed them: a column of one's own beside a table, else what stands in a row."""
    in_column = Counter(column for _, column in cells)
    groups: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row, column in cells:
        key = ("column", column) if in_column[column] >= _OWN_COLUMN else ("row", row)
        groups.setdefault(key, []).append((row, column))
    return list(groups.values())


def _looks_like_data(cells: Mapping[int, Cell]) -> bool:
    """Tell whether a row holds a number and a unit among its cells: a line that stands outside every table."""
    if len(cells) < _DATA_CELLS or not any(_is_numeric(cell) for cell in cells.values()):
        return False
    words = (canonical(str(cell.value)) for cell in cells.values() if cell.kind == "text")
    return any(len(word) <= _LONGEST_UNIT and parse_unit(word) is not None for word in words)


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a number, or a text that is little more than one: `1,200`, `约120`, `3.5万度`."""
    if cell.kind != "text":
        return cell.kind in ("number", "date")
    return bool(_FIGURE.fullmatch(simplified(str(cell.value)).strip()))


def _is_numeric(cell: Cell) -> bool:
    """Tell whether a number stands in a cell, also as text: `约120`, `1,200`."""
    if cell.kind != "text":
        return cell.kind == "number"
    text = str(cell.value)
    return len(text) <= _LONGEST_NUMBER and any(character.isdigit() for character in text)
