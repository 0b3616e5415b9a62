"""The factor library workbook, written from the CSV files of `factors`: what consultants read, print and extend.

One sheet for each table of factors/columns.py, each with a hidden row of column keys above its header, and a first
sheet that explains them. Every fuel's factor is a live formula beside its cached value. The same facts give the same
bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.factors.columns import FACTORS, FLOWS, FUELS, GWP, LIBRARY, SERIES, SETS, ColumnKind
from workbook_engine.factors.facts import LIBRARY_VERSION, direct_facts, fuel_facts, read_rows
from workbook_engine.factors.fuel import kg_co2_per_reference_unit
from workbook_engine.factors.library import GWP_PREFIX
from workbook_engine.grid import Area, column_letter, quote_sheet
from workbook_engine.model import FuelParameters
from workbook_engine.spec.schema import MARK_TABLE
from workbook_engine.template.library_cover import write_cover
from workbook_engine.template.sheet_writer import BookWriter, SheetWriter, write_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xlsxwriter.format import Format

    from workbook_engine.factors.columns import Column, LibraryTable
    from workbook_engine.factors.facts import FuelFacts, Row
    from workbook_engine.texts import Language

FONT = "微软雅黑"
DARK, LINE, OWN = "#1F3864", "#BFBFBF", "#FFF8DC"
TITLE_ROW, INTRO_ROW, KEY_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 5
FIRST_COLUMN = 2  # column A is hidden and holds the marks
OWN_ROWS = 20  # prepared at the end of a table for a consultant's own entries; more are read just as well
VALIDATED_ROWS = 500  # how far below the last row the lists to choose from reach

Values = dict[str, str]  # column key -> what the CSV holds, "" for a blank


def write_library(path: Path, language: Language = "zh") -> None:
    """Write the factor library workbook. Headings and notes are in `language`; names are there in both.

    Raise WriteError where a cell is refused or the file cannot be written.
    """
    write_file(path, library_bytes(language))


def library_bytes(language: Language = "zh") -> bytes:
    """Return the factor library workbook as the bytes of an .xlsx file."""
    title = LIBRARY.intro.to(language)
    book = BookWriter(
        {"title": title, "subject": "GB/T 24067-2024, ISO 14067:2018", "comments": LIBRARY_VERSION}, font=FONT
    )
    write_cover(book, language)
    flow_count = len(read_rows("flows"))
    for table, rows in _contents(language):
        _write_table(book, table, rows, language, flow_count)
    return book.to_bytes()


# --- what stands in the tables ----------------------------------------------------------------------------------------


def _contents(language: Language) -> list[tuple[LibraryTable, list[Values]]]:
    direct = [_in_language(row, language) for row in direct_facts()]
    gwp = [row for row in direct if row["series"].startswith(GWP_PREFIX)]
    return [
        (FLOWS, read_rows("flows")),
        (FACTORS, [row for row in direct if not row["series"].startswith(GWP_PREFIX)]),
        (FUELS, [_fuel_values(fuel, language) for fuel in fuel_facts()]),
        (GWP, gwp),
        (SETS, [_in_language(row, language) for row in read_rows("sets")]),
        (SERIES, [_in_language(row, language) for row in read_rows("series")]),
    ]


def _in_language(row: Row, language: Language) -> Values:
    """Return the row with its note and caution under the keys of the columns, in one language."""
    return row | {key: row[f"{key}_{language}"] for key in ("note", "caution") if f"{key}_{language}" in row}


def _fuel_values(fuel: FuelFacts, language: Language) -> Values:
    ncv = _in_language(fuel.first, language)
    flow = next(row for row in read_rows("flows") if row["key"] == ncv["flow"])
    others = {role: fuel.by_role[role]["value"] if role in fuel.by_role else "" for role in _PARAMETERS}
    notes = dict.fromkeys(_in_language(row, language)["note"] for row in fuel.by_role.values())
    return ncv | others | {
        "id": fuel.id,
        "name_zh": flow["name_zh"],
        "name_en": flow["name_en"],
        "ncv": ncv["value"],
        "ncv_unit": "GJ/t" if ncv["unit"] == "GJ/t" else "GJ/10⁴Nm³",
        "note": ("；" if language == "zh" else "; ").join(note for note in notes if note),
    }  # fmt: skip


_PARAMETERS = ("carbon_content", "oxidation", "printed_per_gj")


# --- sheets -----------------------------------------------------------------------------------------------------------


def _write_table(book: BookWriter, table: LibraryTable, rows: list[Values], language: Language, flows: int) -> None:
    sheet = book.sheet(table.sheet.to(language))
    last_row = FIRST_ROW + len(rows) - 1
    _write_head(book, sheet, table, language)
    for number, values in enumerate(rows, FIRST_ROW):
        _write_row(book, sheet, table, number, values)
    for number in range(last_row + 1, last_row + 1 + OWN_ROWS):
        _write_row(book, sheet, table, number, {}, own=True)
    _add_lists(sheet, table, last_row, language, flows)
    _set_page(sheet, table, last_row, language)


def _write_head(book: BookWriter, sheet: SheetWriter, table: LibraryTable, language: Language) -> None:
    sheet.column(1, 2, hidden=True)
    sheet.text(TITLE_ROW, FIRST_COLUMN, table.sheet.to(language), book.style(bold=True, font_size=14, font_color=DARK))
    sheet.text(INTRO_ROW, FIRST_COLUMN, table.intro.to(language), book.style(font_size=9, font_color="#595959"))
    sheet.text(KEY_ROW, 1, MARK_TABLE + table.key)
    header = book.style(
        bold=True, font_size=9, font_color="#FFFFFF", bg_color=DARK, border=1, border_color=LINE,
        text_wrap=True, valign="vcenter",
    )  # fmt: skip
    for column, declared in enumerate(table.columns, FIRST_COLUMN):
        sheet.column(column, declared.width)
        sheet.text(KEY_ROW, column, declared.key)
        sheet.text(HEADER_ROW, column, declared.title.to(language), header)
    sheet.row(TITLE_ROW, height=24)
    sheet.row(KEY_ROW, hidden=True)
    sheet.row(HEADER_ROW, height=30)


def _write_row(
    book: BookWriter, sheet: SheetWriter, table: LibraryTable, row: int, values: Values, *, own: bool = False
) -> None:
    fill = {"bg_color": OWN} if own else {}
    for column, declared in enumerate(table.columns, FIRST_COLUMN):
        if declared.kind is ColumnKind.FORMULA:
            style = _cell_style(book, declared, "0.000000", fill)
            formula, value = _FORMULAS[declared.key](row), _FORMULA_VALUES[declared.key](values)
            sheet.formula(row, column, formula, value, style)
        else:
            _write_value(book, sheet, (row, column), declared, values.get(declared.key, ""), fill)


def _write_value(
    book: BookWriter, sheet: SheetWriter, at: tuple[int, int], column: Column, typed: str, fill: dict[str, str]
) -> None:
    if column.kind is ColumnKind.PERCENT:
        style = _cell_style(book, column, "0.0##%", fill)
        sheet.number(*at, float(typed) / 100, style) if typed else sheet.blank(*at, style)
    elif column.kind in (ColumnKind.NUMBER, ColumnKind.YEAR) and typed:
        sheet.number(*at, float(typed), _cell_style(book, column, _as_printed(typed), fill))
    else:
        sheet.text(*at, typed, _cell_style(book, column, "", fill))


def _as_printed(typed: str) -> str:
    """Return the number format that shows as many decimals as the document prints: 0.9240, not 0.924."""
    decimals = len(typed.partition(".")[2])
    return "0." + "0" * decimals if decimals else "0"


def _cell_style(book: BookWriter, column: Column, number_format: str, fill: dict[str, str]) -> Format:
    properties: dict[str, object] = {"font_size": 9, "border": 1, "border_color": LINE, "valign": "vcenter", **fill}
    if number_format:
        properties["num_format"] = number_format
    if column.kind is ColumnKind.LONG_TEXT:
        properties["text_wrap"] = True
    if column.kind is ColumnKind.FORMULA:
        properties["font_color"] = "#595959"
    return book.style(**properties)


# --- the fuels' formulas ----------------------------------------------------------------------------------------------


def _fuel_cell(key: str, row: int) -> str:
    return f"{column_letter(FIRST_COLUMN + FUELS.position(key))}{row}"


def _factor_formula(row: int) -> str:
    """Return kgCO2 per kg, or per m³: t per 10⁴ m³ is 0.1 kg per m³, t per t is kg per kg."""
    ncv, carbon, oxidation, per_gj, unit = (
        _fuel_cell(key, row) for key in ("ncv", "carbon_content", "oxidation", "printed_per_gj", "ncv_unit")
    )
    worked_out = f"{ncv}*{carbon}*{oxidation}*44/12/1000"
    by_mass = f'IF({unit}="GJ/t",1,0.1)'
    return f'=IF({ncv}="","",IF({per_gj}="",{worked_out},{ncv}*{per_gj})*{by_mass})'


def _unit_formula(row: int) -> str:
    return f'=IF({_fuel_cell("ncv", row)}="","",IF({_fuel_cell("ncv_unit", row)}="GJ/t","kgCO2/kg","kgCO2/m³"))'


def _factor_value(values: Values) -> float | str:
    if not values:
        return ""
    printed = values["printed_per_gj"]
    parameters = FuelParameters(
        ncv_gj=float(values["ncv"]),
        ncv_unit="t" if values["ncv_unit"] == "GJ/t" else "10^4 m3",
        carbon_content_t_per_tj=float(values["carbon_content"]) if values["carbon_content"] else None,
        oxidation=float(values["oxidation"]) / 100 if values["oxidation"] else None,
        printed_t_co2_per_gj=float(printed) if printed else None,
    )
    return kg_co2_per_reference_unit(parameters)


def _unit_value(values: Values) -> str:
    return "" if not values else "kgCO2/kg" if values["ncv_unit"] == "GJ/t" else "kgCO2/m³"


_FORMULAS: dict[str, Callable[[int], str]] = {"factor": _factor_formula, "factor_unit": _unit_formula}
_FORMULA_VALUES: dict[str, Callable[[Values], float | str]] = {"factor": _factor_value, "factor_unit": _unit_value}


# --- lists, page ------------------------------------------------------------------------------------------------------


def _add_lists(sheet: SheetWriter, table: LibraryTable, last_row: int, language: Language, flows: int) -> None:
    """Offer lists in the columns that take one; in the rows of one's own every column says what to type."""
    end = last_row + VALIDATED_ROWS
    for column, declared in enumerate(table.columns, FIRST_COLUMN):
        source = _list_of(table, declared, language, flows)
        if source:
            options = {"validate": "list", "source": source, "error_type": "warning"}
            sheet.validate(Area(FIRST_ROW, column, last_row, column), options)
        else:
            options = {"validate": "any"}
        message = {"input_title": declared.title.to(language)[:32], "input_message": declared.help.to(language)}
        sheet.validate(Area(last_row + 1, column, end, column), options | message)


def _list_of(table: LibraryTable, column: Column, language: Language, flows: int) -> list[str] | str | None:
    if column.choices:
        return list(column.choices)
    listed = {"flow": (FLOWS, flows), "series": (SERIES, len(read_rows("series")))}.get(column.key)
    if listed is None or listed[0] is table:
        return None
    other, count = listed
    letter, last = column_letter(FIRST_COLUMN), FIRST_ROW + count + VALIDATED_ROWS - 1
    return f"={quote_sheet(other.sheet.to(language))}!${letter}${FIRST_ROW}:${letter}${last}"


def _set_page(sheet: SheetWriter, table: LibraryTable, last_row: int, language: Language) -> None:
    raw, last_column = sheet.raw, FIRST_COLUMN + len(table.columns) - 1
    raw.freeze_panes(HEADER_ROW, FIRST_COLUMN)
    raw.autofilter(HEADER_ROW - 1, FIRST_COLUMN - 1, last_row + OWN_ROWS - 1, last_column - 1)
    raw.hide_gridlines(2)
    raw.set_landscape()
    raw.set_paper(9)  # A4
    raw.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    raw.fit_to_pages(1, 0)
    raw.repeat_rows(TITLE_ROW - 1, HEADER_ROW - 1)
    raw.print_area(0, FIRST_COLUMN - 1, last_row - 1, last_column - 1)
    footer = f"&L&8{LIBRARY.intro.to(language)} {LIBRARY_VERSION}&C&8&A&R&8&P / &N"
    raw.set_footer(footer)
    raw.set_tab_color(DARK if table in (FLOWS, FACTORS, FUELS, GWP) else "#7F7F7F")
