"""Types into a template as a person does, finds the cells by the marks, and reads what the live check then says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import ironcalc
import openpyxl

from tests.recalc import libreoffice_values
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import MARK_FIELD, MARK_ROW, MARK_TABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from workbook_engine.spec.schema import Field, Form, SheetSpec, Table, TemplateSpec

Typed = str | float | dt.date


class Said(NamedTuple):
    """A line of the live check."""

    state: str
    filled: float
    sentences: str


class Place(NamedTuple):
    """A cell: sheet, row, column, 1-based."""

    sheet: str
    row: int
    column: int


@dataclass
class Map:
    """Where the marks of a template say that its inputs are."""

    fields: dict[str, Place] = field(default_factory=dict)
    tables: dict[str, tuple[str, int, dict[str, int]]] = field(default_factory=dict)  # sheet, first row, columns
    fixed: dict[str, int] = field(default_factory=dict)  # "boundary.use" -> row


def asked(spec: TemplateSpec = COLLECTION) -> Iterator[tuple[SheetSpec, Form | Table, tuple[Field, ...]]]:
    """Yield every block of a template that asks for no further groups, with its fields there."""
    for sheet in spec.sheets:
        for block in sheet.blocks:
            fields = tuple(field for field in block.fields if field.group in ("", "monthly"))
            if fields:
                yield sheet, block, fields


def read_marks(book: Workbook) -> Map:
    """Read column A of every sheet, and the key rows."""
    found = Map()
    for sheet in book.worksheets:
        for row in range(1, sheet.max_row + 1):
            mark = str(sheet.cell(row, 1).value or "")
            if mark.startswith(MARK_FIELD):
                column = 2 if mark.startswith(f"{MARK_FIELD}template.") else 3
                found.fields[mark.removeprefix(MARK_FIELD)] = Place(sheet.title, row, column)
            elif mark.startswith(MARK_TABLE):
                keys = {sheet.cell(row, c).value: c for c in range(2, sheet.max_column + 1) if sheet.cell(row, c).value}
                found.tables[mark.removeprefix(MARK_TABLE)] = (sheet.title, row + 2, keys)
            elif mark.startswith(MARK_ROW):
                found.fixed[mark.removeprefix(MARK_ROW)] = row
    return found


class Typist:
    """Collects what is typed, then asks an engine what the check says."""

    def __init__(self, template: Path) -> None:
        self.template = template
        self.map = read_marks(openpyxl.load_workbook(template))
        self.typed: list[tuple[Place, Typed]] = []

    def field(self, key: str, value: Typed) -> Typist:
        self.typed.append((self.map.fields[key], value))
        return self

    def row(self, table: str, number: int, **values: Typed) -> Typist:
        """Type a row of a table; the first is number 1."""
        sheet, first, columns = self.map.tables[table]
        for key, value in values.items():
            self.typed.append((Place(sheet, first + number - 1, columns[key]), value))
        return self

    def stage(self, stage: str, included: str) -> Typist:
        sheet, _, columns = self.map.tables["boundary"]
        self.typed.append((Place(sheet, self.map.fixed[f"boundary.{stage}"], columns["included"]), included))
        return self

    def check(self, change: Callable[[ironcalc.Model, list[str]], None] | None = None) -> dict[str, Said]:
        """Return what the check says of each sheet, as ironcalc computes it; `change` works on the model before."""
        model = ironcalc.load_from_xlsx(str(self.template), "en", "UTC", "en")
        names = [sheet["name"] for sheet in model.get_worksheets_properties()]
        for place, value in self.typed:
            shown = value.isoformat() if isinstance(value, dt.date) else str(value)
            model.set_user_input(names.index(place.sheet), place.row, place.column, shown)
        if change:
            change(model, names)
        model.evaluate()
        return self._lines(lambda row, column: model.get_cell_value(0, row, column))

    def check_in_libreoffice(self, work: Path) -> dict[str, Said]:
        """Return the same as LibreOffice computes it, after openpyxl typed and saved."""
        book = openpyxl.load_workbook(self.template)
        for place, value in self.typed:
            book[place.sheet].cell(place.row, place.column).value = value
        book.save(work / "typed.xlsx")
        values = libreoffice_values(work / "typed.xlsx", work)
        first = book.worksheets[0].title
        return self._lines(lambda row, column: values.get((first, f"{'ABCDE'[column - 1]}{row}")))

    def _lines(self, value: object) -> dict[str, Said]:
        sheet = openpyxl.load_workbook(self.template).worksheets[0]
        links = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).hyperlink]
        return {
            sheet.cell(row, 2).value: Said(value(row, 3), value(row, 4), (value(row, 5) or "").strip())  # type: ignore[operator]
            for row in links
        }
