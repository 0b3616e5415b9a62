"""A sheet that is written to, with what each of its cells holds kept in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from workbook_engine.writing.sheet import FormulaValue, SheetWriter

Content = float | str


class NotedSheet:
    """Does whatever the sheet does. `contents` are texts and numbers, `formulas` are formulas, by row and column."""

    def __init__(self, sheet: SheetWriter) -> None:
        self._sheet = sheet
        self.contents: dict[tuple[int, int], Content] = {}
        self.formulas: dict[tuple[int, int], str] = {}

    def __getattr__(self, name: str) -> object:
        """Return anything else of the sheet."""
        return getattr(self._sheet, name)

    def text(self, row: int, column: int, text: str, style: Format | None = None) -> None:
        """Write a text."""
        self._sheet.text(row, column, text, style)
        if text:
            self.contents[row, column] = text

    def number(self, row: int, column: int, value: float, style: Format) -> None:
        """Write a number."""
        self._sheet.number(row, column, value, style)
        self.contents[row, column] = value

    def formula(self, row: int, column: int, formula: str, value: FormulaValue, style: Format | None = None) -> None:
        """Write a formula."""
        self._sheet.formula(row, column, formula, value, style)
        self.formulas[row, column] = formula
