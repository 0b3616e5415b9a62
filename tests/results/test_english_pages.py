"""A results workbook in English: places that can be read whole, units and joints in English, rows tall enough."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from workbook_engine.correction import write_correction
from workbook_engine.pipeline import process, write_template
from workbook_engine.results.overview_sheets import AXIS_WIDTH, bar_name
from workbook_engine.results.pie import crowded
from workbook_engine.template import TemplateOptions
from workbook_engine.template.options import Content
from workbook_engine.texts import Text, several
from workbook_engine.widths import line_count, text_width

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FIELDS = {
    "study.company": "Example Electric Co., Ltd.",
    "study.period_start": "2025-01-01",
    "study.period_end": "2025-12-31",
    "study.boundary_type": "other",
}
PRODUCT = {"unit_kind": "functional", "unit": "1 piece", "mass_kg": 40, "output": 2400, "output_unit": "piece"}
PRODUCTS = [
    PRODUCT | {"name": "Ring main unit", "model": "R1"},
    PRODUCT | {"name": "Load-break switch for outdoor use", "model": "L1"},
]
COMMON = {"basis": "per_unit", "data_source": "meter", "quality": "primary"}
PARTS = {
    "own_cfp": 11.8,
    "own_cfp_unit": "kgCO2e/piece",
    "own_cfp_report": "CFP-2024-118",
    "own_cfp_standard": "ISO 14067:2018",
    "own_cfp_boundary": "cradle to gate",
}
MATERIALS = [
    {"item": "Cabinet", "flow": "Steel, cold-rolled coil", "amount": 40, "unit": "kg", "loss_rate": 0.05, **COMMON},
    {"item": "Transformers", "amount": 3, "unit": "piece", "supplier": "Transformer Company", **PARTS, **COMMON},
]
PRODUCTION = [
    {"item": "Assembly", "flow": "Electricity", "amount": 10, "unit": "kWh", **COMMON},
    {"item": "Coating", "flow": "Electricity", "amount": 5, "unit": "kWh", **COMMON, "supply": "contract",
     "contract_share": 0.5, "contract_factor": 0.02, "contract_no": "G1"},
]  # fmt: skip
SCENARIOS = [{"scenario": "Grid of 2030", "target": "Electricity", "change": "factor_value", "value": 0.4}]
SOURCES = [
    {"subject": "GWP", "named": "IPCC Fifth Assessment Report"},
    {"subject": "Electricity", "named": "Electricity carbon-footprint factor", "value": 0.5777, "unit": "kgCO2e/kWh"},
]
DECLARED = [{"printed_in": "abstract", "stage": "total", "kg_co2e": 2750.5}]
INSIDE = ("raw_material_acquisition", "production")
STAGES = (*INSIDE, "raw_material_transport", "distribution", "storage", "use", "end_of_life")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    folder: Path = tmp_path_factory.mktemp("english")
    boundary = [{"stage": s, "included": "yes" if s in INSIDE else "no", "reason": "No data"} for s in STAGES]
    tables: dict[str, Any] = {
        "products": PRODUCTS, "boundary": boundary, "raw_material_acquisition": MATERIALS, "production": PRODUCTION,
        "scenarios": SCENARIOS, "declared": [row | {"product": "Ring main unit"} for row in DECLARED],
        "declared_sources": SOURCES,
    }  # fmt: skip
    groups = frozenset({"supplier", "losses", "green_power", "scenarios", "declared"})
    write_template(
        folder / "returned.xlsx", "en", TemplateOptions(groups=groups, content=Content(fields=FIELDS, tables=tables))
    )
    done = process(folder / "returned.xlsx", folder)
    assert done.footprint is not None
    assert all(product.cfp_kg_co2e for product in done.footprint.products)
    return openpyxl.load_workbook(done.results[0])


def _column(sheet: Worksheet, title: str, header: int) -> int:
    return next(cell.column for cell in sheet[header] if cell.value == title)


def _width(sheet: Worksheet, column: int) -> float:
    """Return a column's width: the file holds columns of one width together."""
    return next(float(d.width) for d in sheet.column_dimensions.values() if d.min <= column <= d.max)


def _header(sheet: Worksheet, title: str) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == title)


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("Normalization", "Source cell"),
        ("Scenarios", "Source cell"),
        ("Trace", "Sheet and cell"),
        ("Findings", "Place"),
        ("Allocation", "Source cell"),
        ("Declared results", "Cell"),
    ],
)
def test_a_place_is_read_whole_on_one_line(book: Workbook, sheet: str, title: str) -> None:
    page = book[sheet]
    header = _header(page, title)
    column = _column(page, title, header)
    places = [cell.value for row in page.iter_rows(min_row=header + 1) for cell in row if cell.column == column]
    places = [place for place in places if isinstance(place, str) and "!" in place]
    assert places
    assert max(map(text_width, places)) + 1 <= _width(page, column)


def test_units_of_the_engine_are_english(book: Workbook) -> None:
    page = book["Calc Raw material acquisition"]
    header = _header(page, "Factor unit")
    own = next(row for row in page.iter_rows(min_row=header) if "SUPPLIER" in str(row[10].value))
    units = {title: page.cell(own[0].row, _column(page, title, header)).value for title in ("Unit", "Factor unit")}
    assert units == {"Unit": "piece", "Factor unit": "kgCO2e/piece"}


def test_papers_of_a_supplier_stand_behind_each_other_in_english(book: Workbook) -> None:
    told = [str(cell.value) for row in book["Calc Raw material acquisition"].iter_rows() for cell in row]
    assert "Transformer Company CFP-2024-118; ISO 14067:2018; cradle to gate" in told


def test_words_of_the_engine_hold_no_chinese(book: Workbook) -> None:
    """On sheets that name no factor's source, which stands in its own words."""
    for name in (
        "Cover",
        "Summary",
        "Hotspots",
        "Scenarios",
        "Data quality and cut-off",
        "Clauses",
        "Declared results",
    ):
        words = [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value is not None]
        assert [word for word in words if CHINESE.search(word)] == []


def test_conversions_read_as_a_figure_and_what_it_is(book: Workbook) -> None:
    words = [str(cell.value) for row in book["Normalization"].iter_rows() for cell in row]
    assert any(word.startswith("÷ 0.95, 1 − loss rate (Raw material acquisition!") for word in words)


def test_the_output_of_each_product_is_read_whole_on_the_cover(book: Workbook) -> None:
    page = book["Cover"]
    label = next(cell for row in page.iter_rows() for cell in row if "Load-break switch" in str(cell.value)
                 and "Output" in str(cell.value))  # fmt: skip
    assert label.alignment.wrap_text
    assert text_width(str(label.value)) > _width(page, label.column)
    assert page.row_dimensions[label.row].height >= 2 * 12


def test_a_stage_with_contracts_has_its_column_to_the_end(book: Workbook) -> None:
    page = book["Calc Production"]
    header = _header(page, "Change by contract kgCO2e")
    column = _column(page, "Change by contract kgCO2e", header)
    rows = [row[0].row for row in page.iter_rows(min_row=header + 1) if str(row[1].value)[:3] in {"PR-", "Pro"}]
    assert len(rows) == 6  # two lines and a subtotal for each of two products
    assert all(page.cell(row, column).border.right.style for row in rows)


def test_the_table_of_an_earlier_reports_factors_has_no_gap(book: Workbook) -> None:
    page = book["Declared results"]
    header = _header(page, "As named")
    first, last = 2, _column(page, "Cell", header)
    titles = {cell.column for cell in page[header] if cell.value}
    joined = {
        column
        for area in page.merged_cells.ranges
        if area.min_row == area.max_row == header
        for column in range(area.min_col, area.max_col + 1)
    }
    assert titles | joined == set(range(first, last + 1))


# 28 characters; a column of 16 keeps 14 for words, 15.4 of usual letters: "IPCC Fifth" (10), "Assessment" (10; with
# "Report" 17), "Report".
def test_latin_words_are_not_parted() -> None:
    assert line_count("IPCC Fifth Assessment Report", 16) == 3
    assert line_count("IPCC Fifth Assessment Report", 19) == 2  # 17: "IPCC Fifth" and "Assessment Report"
    assert line_count("IPCC Fifth Assessment Report", 30) == 1


def test_a_word_that_no_line_holds_is_parted() -> None:
    assert line_count("a " + "x" * 30, 12) == 4  # 10 for words: "a", and three of ten
    assert line_count("x" * 31 + " a", 12) == 4  # 33 characters, ten a line


def test_places_in_a_correction_copy_are_read_whole(tmp_path: Path) -> None:
    rows = [{"item": "Copper bar", "flow": "Copper", "unit": "kg", **COMMON} for _ in range(12)]
    tables = {"products": PRODUCTS, "raw_material_acquisition": rows}
    write_template(tmp_path / "r.xlsx", "en", TemplateOptions(content=Content(fields=FIELDS, tables=tables)))
    write_correction(tmp_path / "r.xlsx", tmp_path / "c.xlsx")
    page = openpyxl.load_workbook(tmp_path / "c.xlsx")["Corrections"]
    header = _header(page, "Place")
    column = _column(page, "Place", header)
    places = [str(page.cell(row, column).value or "") for row in range(header + 1, page.max_row + 1)]
    longest = max(places, key=text_width)
    assert longest.startswith("Raw material acquisition!")
    assert text_width(longest) + 1 <= _width(page, column)


def test_the_last_table_of_scenarios_has_its_header_on_each_page(book: Workbook) -> None:
    page = book["Scenarios"]
    header = _header(page, "Source cell")
    assert page.print_title_rows == f"${header}:${header}"


@pytest.mark.parametrize(
    ("sheet", "titles"),
    [
        ("Clauses", ("State", "This workbook")),
        ("Choice of factors", ("Chosen by", "Name", "Series")),
        ("Data quality scores", ("Grounds",)),
        ("Scenarios", ("Change",)),
        ("Emission factors", ("Name", "Series")),
    ],
)
def test_words_that_fill_a_cell_begin_with_a_capital(book: Workbook, sheet: str, titles: tuple[str, ...]) -> None:
    page = book[sheet]
    header = _header(page, titles[0])
    for title in titles:
        column = _column(page, title, header)
        words = [page.cell(row, column).value for row in range(header + 1, page.max_row + 1)]
        assert [word for word in words if isinstance(word, str) and word[:1].islower()] == []


# Shares of 50.28, 0.55, 36.91, 1.41, 10.5 and 0.35 %: the labels of Distribution and Use stand 21 pixels one above the
# other at the lower right, and the longer one is broken into two lines of 15.
def test_a_label_of_the_pie_that_may_be_broken_has_room_for_two_lines() -> None:
    shares = (0.5028, 0.0055, 0.3691, 0.0141, 0.1050, 0.0035)
    stages = ("Raw material acquisition 50.28%", "Raw material transport 0.55%", "Production 36.91%")
    assert crowded((*stages, "Distribution 1.41%", "Use 10.50%", "End of life 0.35%"), shares) == {3, 5}
    assert crowded((*stages, "Storage 1.41%", "Use 10.50%", "End of life 0.35%"), shares) == {5}


def test_no_word_of_the_templates_headings_is_parted(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, "en", TemplateOptions(groups=frozenset({"quality", "supplier", "green_power", "losses"})))
    page = openpyxl.load_workbook(path)["Production"]
    header = _header(page, "Process")
    headings = {cell.column: str(cell.value) for cell in page[header] if cell.value}
    assert "Rating: Completeness" in [" ".join(heading.split()) for heading in headings.values()]
    for column, heading in headings.items():
        if heading.isascii():
            assert max(map(len, heading.split())) <= _width(page, column)


def test_workbooks_are_named_one_after_the_other() -> None:
    words = Text("另有“{others}”", "there is “{others}”").filled
    others = several(["a.xlsx", "b.xlsx"])
    assert words(others=others.zh).zh == "另有“a.xlsx”“b.xlsx”"
    assert words(others=others.en).en == "there is “a.xlsx”, “b.xlsx”"


# 44 for a label, less 18 of the file and 7: 19 for the product, the last two of which are the dots.
def test_bars_of_one_file_are_told_apart_by_their_products() -> None:
    names = [bar_name(product["name"], "three_unequal.xlsx") for product in PRODUCTS]
    assert names == ["Ring main unit · three_unequal.xlsx", "Load-break switch… · three_unequal.xlsx"]
    assert max(map(text_width, names)) <= AXIS_WIDTH
