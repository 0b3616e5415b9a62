"""Room for a table in somebody's own layout: rows put in, and everything that refers to what they move.

openpyxl moves cells and nothing else. Here follow, as in Excel: formulas of all sheets, names, merged areas,
conditional formats, validations, tables, filters, print areas, page breaks, row heights, links, charts with the cells
they are drawn from, pictures. A range that ends with the row of the placeholder grows with the table: a sum below it
takes in all of its rows, whether they were put in or were blank before.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFERENCE = pattern(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!\[\]:]+)!)?(?P<first>\$?[A-Z]{0,3}\$?)(?P<top>\d+)"
    r"(?::(?P<last>\$?[A-Z]{0,3}\$?)(?P<bottom>\d+))?"
)


class Growth(NamedTuple):
    """A table that grows below `row` of a sheet by `grown` rows, of which `put_in` were not there before."""

    sheet: str
    row: int
    put_in: int
    grown: int

    def span(self, top: int, bottom: int) -> tuple[int, int]:
        """Return the rows to which a range moves."""
        if top > self.row:
            return top + self.put_in, bottom + self.put_in
        if bottom > self.row:
            return top, bottom + self.put_in
        return top, bottom + self.grown if bottom == self.row else bottom

    def cell(self, row: int) -> int:
        """Return the row to which a cell moves."""
        return row + self.put_in if row > self.row else row

    def reference(self, text: str, own_sheet: str) -> str:
        """Return a reference as it is afterwards; a name, a column or a place elsewhere stays as it is."""
        match = _REFERENCE.fullmatch(text)
        if match is None:
            return text
        sheet = match["sheet"] or ""
        name = sheet.removesuffix("!").strip("'").replace("''", "'") if sheet else own_sheet
        if name.casefold() != self.sheet.casefold():
            return text
        if match["bottom"] is None:
            return text if not match["first"].strip("$") else f"{sheet}{match['first']}{self.cell(int(match['top']))}"
        top, bottom = self.span(int(match["top"]), int(match["bottom"]))
        return f"{sheet}{match['first']}{top}:{match['last']}{bottom}"

    def formula(self, text: str, own_sheet: str) -> str:
        """Return a formula, which begins with =, as it is afterwards."""
        from openpyxl.formula import Tokenizer  # noqa: PLC0415 - as openpyxl itself
        from openpyxl.formula.tokenizer import Token  # noqa: PLC0415

        tokens = Tokenizer(text)
        for token in tokens.items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                token.value = self.reference(token.value, own_sheet)
        return str(tokens.render())

    def bare(self, text: str, own_sheet: str) -> str:
        """Return a formula that is written without =."""
        return self.formula(f"={text}", own_sheet)[1:]


def make_room(workbook: Any, header: list[Any], count: int) -> None:
    """Make `count` rows of the row of `header`: with its styles, formulas and merged cells, what is below moved."""
    sheet, first = header[0].parent, header[0].row
    grown = max(count, 1) - 1
    free = _free_rows(sheet, header, grown)
    growth = Growth(sheet.title, first, grown - free, grown)
    if not grown:
        return
    if growth.put_in:
        sheet.insert_rows(first + 1, growth.put_in)
    _move_what_lies_on(sheet, growth)
    for other in workbook.worksheets:
        _move_formulas(other, growth)
        _move_rules(other, growth)
    for names in (workbook.defined_names, *(other.defined_names for other in workbook.worksheets)):
        for name in names.values():
            name.attr_text = growth.bare(name.attr_text, "")
    for chart in _charts(workbook):
        for reference in _titles(chart):
            reference.f = growth.bare(reference.f, "")
        for data in _data(chart):
            data.f = growth.bare(_as_range(data.f), "")
    _repeat(sheet, header, growth)


def _free_rows(sheet: Any, header: list[Any], wanted: int) -> int:
    """Return how many of the rows below are blank, in the columns of the table."""
    columns = [cell.column for cell in header]
    for free in range(wanted):
        row = header[0].row + free + 1
        if row > sheet.max_row:
            return wanted
        if any(sheet.cell(row, column).value is not None for column in columns):
            return free
    return wanted


def _repeat(sheet: Any, header: list[Any], growth: Growth) -> None:
    """Give the new rows the styles, formulas and merged cells of the first."""
    from openpyxl.formula.translate import Translator  # noqa: PLC0415 - as openpyxl itself

    columns = {cell.column for cell in header}
    merged = [area for area in sheet.merged_cells.ranges if area.min_row == area.max_row == growth.row]
    model = [sheet.cell(growth.row, column) for column in range(1, sheet.max_column + 1)]
    height = sheet.row_dimensions[growth.row].height
    for offset in range(1, growth.grown + 1):
        is_new = offset <= growth.put_in
        for cell in model:
            target = sheet.cell(growth.row + offset, cell.column)
            if is_new or cell.column in columns:
                target._style = copy.copy(cell._style)  # noqa: SLF001 - openpyxl's documented way to copy a style
            if cell.data_type == "f" and isinstance(cell.value, str) and target.value is None:
                target.value = Translator(cell.value, cell.coordinate).translate_formula(target.coordinate)
        for area in merged:
            if is_new or area.min_col in columns:
                sheet.merge_cells(None, growth.row + offset, area.min_col, growth.row + offset, area.max_col)
        if is_new and height is not None:
            sheet.row_dimensions[growth.row + offset].height = height


# --- what is moved ----------------------------------------------------------------------------------------------------


def _move_what_lies_on(sheet: Any, growth: Growth) -> None:
    """Move what a sheet holds beside its cells."""
    _move_heights(sheet, growth)
    _move_pages(sheet, growth)
    for area in sheet.merged_cells.ranges:
        if not area.min_row == area.max_row == growth.row:
            area.min_row, area.max_row = growth.span(area.min_row, area.max_row)
    for drawn in (*sheet._charts, *sheet._images):  # noqa: SLF001 - there is no other way to them
        for marker in (getattr(drawn.anchor, "_from", None), getattr(drawn.anchor, "to", None)):
            if marker is not None:
                marker.row = growth.cell(marker.row + 1) - 1
    for cell in (cell for row in sheet.iter_rows() for cell in row if getattr(cell, "hyperlink", None)):
        cell.hyperlink.ref = cell.coordinate
    _move_tables(sheet, growth)


def _move_tables(sheet: Any, growth: Growth) -> None:
    for table in sheet.tables.values():
        table.ref = growth.reference(table.ref, growth.sheet)
        if table.autoFilter and table.autoFilter.ref:
            table.autoFilter.ref = growth.reference(table.autoFilter.ref, growth.sheet)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = growth.reference(sheet.auto_filter.ref, growth.sheet)


def _move_pages(sheet: Any, growth: Growth) -> None:
    if sheet.print_area:
        areas = str(sheet.print_area).split(",")
        sheet.print_area = [growth.reference(area.rpartition("!")[2], growth.sheet) for area in areas]
    if sheet.print_title_rows:
        sheet.print_title_rows = growth.reference(sheet.print_title_rows, growth.sheet)
    for line in sheet.row_breaks.brk:
        line.id = growth.cell(line.id)


def _move_heights(sheet: Any, growth: Growth) -> None:
    moved = {growth.cell(number): dimension for number, dimension in sheet.row_dimensions.items()}
    sheet.row_dimensions.clear()
    for number, dimension in moved.items():
        dimension.index = number
        sheet.row_dimensions[number] = dimension


def _move_formulas(sheet: Any, growth: Growth) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = growth.formula(cell.value, sheet.title)
            elif cell.data_type == "f" and hasattr(cell.value, "text"):  # of an array
                cell.value.text = growth.formula(cell.value.text, sheet.title)
                cell.value.ref = growth.reference(cell.value.ref, sheet.title)
            if (link := getattr(cell, "hyperlink", None)) and link.location:
                link.location = growth.reference(link.location, sheet.title)


def _move_rules(sheet: Any, growth: Growth) -> None:
    """Move conditional formats and validations, with the formulas in them."""
    from openpyxl.formatting.formatting import ConditionalFormattingList  # noqa: PLC0415 - as openpyxl itself

    def moved(text: str) -> str:
        return growth.bare(text, sheet.title)

    formats = ConditionalFormattingList()
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.formula = list(map(moved, rule.formula))
            formats.add(_areas(area.sqref, sheet, growth), rule)
    sheet.conditional_formatting = formats
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = type(validation.sqref)(_areas(validation.sqref, sheet, growth))
        for which in ("formula1", "formula2"):
            text = getattr(validation, which)
            if text and not text.startswith('"'):
                setattr(validation, which, moved(text))


def _areas(areas: Any, sheet: Any, growth: Growth) -> str:
    """Return the areas of a rule afterwards; of one cell of the placeholder it goes for each row."""
    if sheet.title == growth.sheet:
        for area in areas.ranges:
            area.min_row, area.max_row = growth.span(area.min_row, area.max_row)
    return str(areas)


def _charts(workbook: Any) -> Iterator[Any]:
    for sheet in (*workbook.worksheets, *workbook.chartsheets):
        yield from sheet._charts  # noqa: SLF001 - there is no other way to them


def _parts(chart: Any) -> list[Any]:
    """Return the charts that one is combined of, itself among them, each once."""
    return getattr(chart, "_charts", None) or [chart]


def _data(chart: Any) -> Iterator[Any]:
    """Yield what a chart is drawn from: objects whose `f` is a reference."""
    for part in _parts(chart):
        for series in part.ser:
            for which in ("cat", "val", "xVal", "yVal", "bubbleSize"):
                data = getattr(series, which, None)
                for kind in ("numRef", "strRef", "multiLvlStrRef"):
                    reference = getattr(data, kind, None)
                    if reference is not None and reference.f:
                        yield reference


def _titles(chart: Any) -> Iterator[Any]:
    """Yield what a chart is called by: the same of its title and of its series' names."""
    for part in _parts(chart):
        for named in (getattr(part, "title", None), *part.ser):
            reference = getattr(getattr(named, "tx", None), "strRef", None)
            if reference is not None and reference.f:
                yield reference


def _as_range(text: str) -> str:
    """Return a cell as a range, so that a chart of the placeholder alone becomes one of the whole table."""
    match = _REFERENCE.fullmatch(text)
    if match is None or match["bottom"] is not None or not match["first"].strip("$"):
        return text
    return f"{text}:{match['first']}{match['top']}"
