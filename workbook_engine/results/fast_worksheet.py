"""XlsxWriter's worksheet without what a results workbook does not need: half of the time of writing one.

It leaves out the substitutions for newer functions that the stock worksheet makes in every formula, the decorators
that understand "A1" in place of row and column, and the escaping of attributes that hold nothing to escape. It relies
on private methods: XlsxWriter is pinned, and tests/results holds the output to that of the stock worksheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from workbook_engine.grid import column_letter

if TYPE_CHECKING:
    from xlsxwriter.format import Format


class FastWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet with short ways for the cells that make up most of a results workbook. Rows and columns from 0.

    The `put_` methods return XlsxWriter's codes: 0 where the cell was taken.
    """

    def put_text(self, row: int, column: int, text: str, style: Format) -> int:
        """Write a text as text."""
        return int(self._write_string(row, column, text, style))

    def put_number(self, row: int, column: int, number: float, style: Format) -> int:
        """Write a finite number."""
        return int(self._write_number(row, column, number, style))

    def put_blank(self, row: int, column: int, style: Format) -> int:
        """Write an empty cell with a format."""
        return int(self._write_blank(row, column, None, style))

    def put_formula(self, row: int, column: int, formula: str, style: Format, value: float | str) -> int:
        """Write a formula, without "=", that holds only functions which every program knows, with its value."""
        code = int(self._check_dimensions(row, column))
        if code:
            return code
        if self.constant_memory and row > self.previous_row:
            self._write_single_row(row)
        self.table[row][column] = CellFormulaTuple(formula, style, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002, ARG002 - its signature
        return formula.removeprefix("=")

    def _write_cell(self, row: int, column: int, cell: tuple[Any, ...]) -> None:
        """Write the element of a cell: strings of the shared table, numbers, formulas with a number, blanks."""
        kind = type(cell).__name__
        style: Format = cell[1] if len(cell) > 1 else cell[0]
        body = self._body(kind, cell)
        if body is None or not style:
            super()._write_cell(row, column, cell)
            return
        index = style._get_xf_index()  # noqa: SLF001 - as the stock method
        self.fh.write(f'<c r="{column_letter(column + 1)}{row + 1}" s="{index}"{body}')

    def _body(self, kind: str, cell: tuple[Any, ...]) -> str | None:
        """Return what follows the cell's attributes, or None where the stock method has to write it."""
        if kind == "String":
            return None if self.constant_memory else f' t="s"><v>{cell[0]}</v></c>'
        if kind == "Number":
            return f"><v>{_digits(cell[0])}</v></c>"
        if kind == "Formula" and isinstance(cell[2], float | int) and not isinstance(cell[2], bool):
            formula = cell[0].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            return f"><f>{formula}</f><v>{cell[2]}</v></c>"
        return "/>" if kind == "Blank" else None


def _digits(number: float) -> str:
    """Return a number with all its digits: the stock method writes 16, and the last one can be lost in them."""
    text = f"{number:.16G}"
    return text if float(text) == number else repr(number).upper()
