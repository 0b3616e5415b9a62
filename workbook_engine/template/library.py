"""The factor library workbook, written from the CSV files of `factors`: what consultants read, print and extend.

One sheet for each table of factors/columns.py, each with a hidden row of column keys above its header, and a first
sheet that explains them. Every fuel's factor is a live formula beside its cached value. The same facts give the same
bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from workbook_engine.factors.columns import FACTORS, FLOWS, FUELS, GWP, LIBRARY, SERIES, SETS, ColumnKind
from workbook_engine.factors.facts import LIBRARY_VERSION, direct_facts, fuel_facts, read_rows
from workbook_engine.factors.fuel import kg_co2_per_reference_unit
from workbook_engine.factors.library import GWP_PREFIX
from workbook_engine.factors.regions import region_name
from workbook_engine.grid import Area, column_letter, quote_sheet
from workbook_engine.model import FuelParameters
from workbook_engine.spec.schema import MARK_TABLE
from workbook_engine.template.layout import PAGE_WIDTH, points_across
from workbook_engine.template.library_cover import write_cover
from workbook_engine.template.library_look import DARK, FONT, LINE, MUTED, OWN, text_height
from workbook_engine.template.printing import A3, A4
from workbook_engine.template.style import CREATED
from workbook_engine.writing import BookWriter

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.factors.columns import Column, LibraryTable
    from workbook_engine.factors.facts import FuelFacts, Row
    from workbook_engine.texts import Language
    from workbook_engine.writing import Format, SheetWriter

FONT_SIZE, OWN_HEIGHT = 9, 18
LEAST_POINTS = 5.5  # of print that can be read: a table that would be smaller on A4 goes on A3
GAP = "_ "  # at the end of a number format: the width of a space, between a number and the text beside it
TITLE_ROW, INTRO_ROW, KEY_ROW, HEADER_ROW, FIRST_ROW = 1, 2, 3, 4, 5
FIRST_COLUMN = 2  # column A is hidden and holds the marks
OWN_ROWS = 20  # prepared at the end of a table for a consultant's own entries; more are read just as well
VALIDATED_ROWS = 500  # how far below the last row the lists to choose from reach

Values = dict[str, str]  # column key -> what the CSV holds, "" for a blank


def library_bytes(language: Language = "zh") -> bytes:
    """Return the factor library workbook as the bytes of an .xlsx file."""
    title = LIBRARY.intro.to(language)
    content = io.BytesIO()
    book = BookWriter(content, {"font_name": FONT})
    subject = "GB/T 24067-2024, ISO 14067:2018"
    book.set_properties({"title": title, "subject": subject, "comments": LIBRARY_VERSION, "created": CREATED})
    write_cover(book, language)
    flow_count = len(read_rows("flows"))
    for table, rows in _contents(language):
        _write_table(book, table, rows, language, flow_count)
    book.close()
    return content.getvalue()


# --- what stands in the tables ----------------------------------------------------------------------------------------


def _contents(language: Language) -> list[tuple[LibraryTable, list[Values]]]:
    in_words = _InWords(language)
    direct = [in_words(row) for row in direct_facts()]
    gwp_series = {in_words(row)["name"] for row in read_rows("series") if row["key"].startswith(GWP_PREFIX)}
    return [
        (FLOWS, read_rows("flows")),
        (FACTORS, [row for row in direct if row["series"] not in gwp_series]),
        (FUELS, [_fuel_values(fuel, in_words) for fuel in fuel_facts()]),
        (GWP, [row for row in direct if row["series"] in gwp_series]),
        (SETS, [in_words(row) for row in read_rows("sets")]),
        (SERIES, [in_words(row) for row in read_rows("series")]),
    ]


class _InWords:
    """Gives a row in one language: notes under the keys of their columns; flows, series and regions by name."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.names = {
            column: {row["key"]: row[f"name_{language}"] for row in read_rows(table)}
            for column, table in (("flow", "flows"), ("series", "series"))
        }

    def __call__(self, row: Row) -> Values:
        translated = {key: row[f"{key}_{self.language}"] for key in _TRANSLATED if f"{key}_{self.language}" in row}
        named = {column: names[row[column]] for column, names in self.names.items() if row.get(column)}
        if "region" in row:
            named["region"] = region_name(row["region"]).to(self.language)
        return row | translated | named


_TRANSLATED = ("name", "note", "caution")


def _fuel_values(fuel: FuelFacts, in_words: _InWords) -> Values:
    ncv = in_words(fuel.first)
    others = {role: fuel.by_role[role]["value"] if role in fuel.by_role else "" for role in _PARAMETERS}
    notes = dict.fromkeys(in_words(row)["note"] for row in fuel.by_role.values())
    return ncv | others | {
        "id": fuel.id,
        "ncv": ncv["value"],
        "ncv_unit": "GJ/t" if ncv["unit"] == "GJ/t" else "GJ/10⁴Nm³",
        "note": ("；" if in_words.language == "zh" else "; ").join(note for note in notes if note),
    }  # fmt: skip


_PARAMETERS = ("carbon_content", "oxidation", "printed_per_gj")


# --- sheets -----------------------------------------------------------------------------------------------------------


def _write_table(book: BookWriter, table: LibraryTable, rows: list[Values], language: Language, flows: int) -> None:
    sheet = book.sheet(table.sheet.to(language))
    last_row = FIRST_ROW + len(rows) - 1
    _write_head(book, sheet, table, language)
    for number, values in enumerate(rows, FIRST_ROW):
        _write_row(book, sheet, table, number, values, language)
    for number in range(last_row + 1, last_row + 1 + OWN_ROWS):
        _write_row(book, sheet, table, number, {}, language)
    _add_lists(sheet, table, last_row, language, flows)
    _set_page(sheet, table, last_row, language)


def _write_head(book: BookWriter, sheet: SheetWriter, table: LibraryTable, language: Language) -> None:
    sheet.column(1, 2, hidden=True)
    sheet.text(TITLE_ROW, FIRST_COLUMN, table.sheet.to(language), book.style(bold=True, font_size=14, font_color=DARK))
    sheet.text(INTRO_ROW, FIRST_COLUMN, table.intro.to(language), book.style(font_size=9, font_color=MUTED))
    sheet.text(KEY_ROW, 1, MARK_TABLE + table.key)
    header = book.style(
        bold=True, font_size=9, font_color="#FFFFFF", bg_color=DARK, border=1, border_color="#FFFFFF",
        text_wrap=True, valign="vcenter", indent=0,
    )  # fmt: skip
    for column, declared in enumerate(table.ordered(language), FIRST_COLUMN):
        sheet.column(column, declared.width)
        sheet.text(KEY_ROW, column, declared.key)
        sheet.text(HEADER_ROW, column, declared.title.to(language), header)
    sheet.row(TITLE_ROW, height=24)
    sheet.row(INTRO_ROW, height=18)
    sheet.row(KEY_ROW, hidden=True)
    sheet.row(HEADER_ROW, height=32)


def _write_row(
    book: BookWriter, sheet: SheetWriter, table: LibraryTable, row: int, values: Values, language: Language
) -> None:
    """Write one row; without values it is one of those prepared for a consultant's own entries."""
    fill: dict[str, object] = {} if values else {"bg_color": OWN, "left": 1, "left_color": LINE}
    for column, declared in enumerate(table.ordered(language), FIRST_COLUMN):
        if declared.kind is ColumnKind.FORMULA:
            style = _cell_style(book, declared, "0.000000" + GAP, fill)
            formula, value = _FORMULAS[declared.key](row, language), _FORMULA_VALUES[declared.key](values)
            sheet.formula(row, column, formula, value, style)
        else:
            typed = values.get(declared.key, "")
            shown = declared.choices[typed].to(language) if typed in declared.choices else typed
            _write_value(book, sheet, (row, column), declared, shown, fill)
    sheet.row(row, height=_height(table, values))


def _write_value(
    book: BookWriter, sheet: SheetWriter, at: tuple[int, int], column: Column, typed: str, fill: dict[str, object]
) -> None:
    if column.kind is ColumnKind.PERCENT:
        style = _cell_style(book, column, "0.0#%" + GAP, fill)
        sheet.number(*at, float(typed) / 100, style) if typed else sheet.blank(*at, style)
    elif column.kind in (ColumnKind.NUMBER, ColumnKind.YEAR) and typed:
        sheet.number(*at, float(typed), _cell_style(book, column, _as_printed(typed), fill))
    else:
        style = _cell_style(book, column, "", fill)
        sheet.text(*at, typed, style) if typed else sheet.blank(*at, style)


def _as_printed(typed: str) -> str:
    """Return the number format that shows as many decimals as the document prints: 0.9240, not 0.924."""
    decimals = len(typed.partition(".")[2])
    return ("0." + "0" * decimals if decimals else "0") + GAP


_LOOKS: dict[ColumnKind, dict[str, object]] = {
    ColumnKind.KEY: {"font_color": MUTED},
    ColumnKind.LONG_TEXT: {"text_wrap": True},
    ColumnKind.YEAR: {"align": "center"},
}


def _cell_style(book: BookWriter, column: Column, number_format: str, fill: dict[str, object]) -> Format:
    number = {"num_format": number_format} if number_format else {}
    look = _LOOKS.get(column.kind, {}) | ({"bold": True} if column.strong else {})
    return book.style(font_size=FONT_SIZE, bottom=1, bottom_color=LINE, valign="vcenter", **look, **number, **fill)


def _height(table: LibraryTable, values: Values) -> float:
    """Return the height in points that the row's longest wrapped text needs."""
    if not values:
        return OWN_HEIGHT
    wrapped = [column for column in table.columns if column.kind is ColumnKind.LONG_TEXT]
    return max(text_height(values.get(column.key, ""), column.width, FONT_SIZE) for column in wrapped)


# --- the fuels' formulas ----------------------------------------------------------------------------------------------


def _fuel_cell(key: str, row: int, language: Language) -> str:
    position = [column.key for column in FUELS.ordered(language)].index(key)
    return f"{column_letter(FIRST_COLUMN + position)}{row}"


def _factor_formula(row: int, language: Language) -> str:
    """Return kgCO2 per kg, or per m³: t per 10⁴ m³ is 0.1 kg per m³, t per t is kg per kg."""
    ncv, carbon, oxidation, per_gj, unit = (
        _fuel_cell(key, row, language) for key in ("ncv", "carbon_content", "oxidation", "printed_per_gj", "ncv_unit")
    )
    worked_out = f"{ncv}*{carbon}*{oxidation}*44/12/1000"
    by_mass = f'IF({unit}="GJ/t",1,0.1)'
    return f'=IF({ncv}="","",IF({per_gj}="",{worked_out},{ncv}*{per_gj})*{by_mass})'


def _unit_formula(row: int, language: Language) -> str:
    ncv, unit = _fuel_cell("ncv", row, language), _fuel_cell("ncv_unit", row, language)
    return f'=IF({ncv}="","",IF({unit}="GJ/t","kgCO2/kg","kgCO2/m³"))'


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


_FORMULAS: dict[str, Callable[[int, Language], str]] = {"factor": _factor_formula, "factor_unit": _unit_formula}
_FORMULA_VALUES: dict[str, Callable[[Values], float | str]] = {"factor": _factor_value, "factor_unit": _unit_value}


# --- lists, page ------------------------------------------------------------------------------------------------------


def _add_lists(sheet: SheetWriter, table: LibraryTable, last_row: int, language: Language, flows: int) -> None:
    """Offer lists in the columns that take one; in the rows of one's own every column says what to type."""
    end = last_row + VALIDATED_ROWS
    for column, declared in enumerate(table.ordered(language), FIRST_COLUMN):
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
        return [word.to(language) for word in column.choices.values()]
    listed = {"flow": (FLOWS, flows), "series": (SERIES, len(read_rows("series")))}.get(column.key)
    if listed is None or listed[0] is table:
        return None
    other, count = listed
    named = [declared.key for declared in other.ordered(language)].index(f"name_{language}")
    letter, last = column_letter(FIRST_COLUMN + named), FIRST_ROW + count + VALIDATED_ROWS - 1
    return f"={quote_sheet(other.sheet.to(language))}!${letter}${FIRST_ROW}:${letter}${last}"


def _set_page(sheet: SheetWriter, table: LibraryTable, last_row: int, language: Language) -> None:
    last_column = FIRST_COLUMN + len(table.columns) - 1
    sheet.freeze_panes(HEADER_ROW, FIRST_COLUMN)
    sheet.autofilter(HEADER_ROW - 1, FIRST_COLUMN - 1, last_row + OWN_ROWS - 1, last_column - 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    width = points_across(column.width for column in table.columns)
    sheet.set_paper(A3 if width * LEAST_POINTS / FONT_SIZE > PAGE_WIDTH else A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(TITLE_ROW - 1, HEADER_ROW - 1)
    sheet.print_area(0, FIRST_COLUMN - 1, last_row - 1, last_column - 1)
    footer = f"&L&8{LIBRARY.intro.to(language)} {LIBRARY_VERSION}&C&8&A&R&8&P / &N"
    sheet.set_footer(footer)
    sheet.set_tab_color(DARK if table in (FLOWS, FACTORS, FUELS, GWP) else "#7F7F7F")
