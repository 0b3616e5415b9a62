"""The library workbook as a consultant gets it: its formulas, its room for own entries, its two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.factors.small_library import settings
from workbook_engine.factors import FactorLibrary, choose, load_library
from workbook_engine.intake import open_workbook
from workbook_engine.template.library import library_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

HEADER_ROW = 4


def load(path: Path) -> FactorLibrary:
    book = open_workbook(path).book
    assert book is not None
    library, findings = load_library(book)
    assert [finding.message("en") for finding in findings] == []
    return library


def columns(sheet: Worksheet) -> dict[str, int]:
    """Return column key -> column of the hidden key row."""
    return {str(cell.value): cell.column for cell in sheet[3] if cell.value and cell.column > 1}


def first_own_row(sheet: Worksheet) -> int:
    row = HEADER_ROW + 1
    while sheet.cell(row, 2).value is not None:
        row += 1
    return row


def fill_in(sheet: Worksheet, **values: object) -> None:
    row, at = first_own_row(sheet), columns(sheet)
    for key, value in values.items():
        sheet.cell(row, at[key]).value = value


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "factor_library.xlsx"
    path.write_bytes(library_bytes())
    return path


def test_the_same_facts_give_the_same_bytes() -> None:
    assert library_bytes("zh") == library_bytes("zh")


def test_the_english_workbook_holds_the_same_library(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "en.xlsx").write_bytes(library_bytes("en"))
    zh, en = load(shipped), load(tmp_path / "en.xlsx")

    assert en.flows == zh.flows
    assert en.factor_sets == zh.factor_sets
    for key, factor in zh.factors.items():
        other = en.factors[key]
        assert (other.value, other.series, other.region, other.gases) == (
            factor.value, factor.series, factor.region, factor.gases,
        )  # fmt: skip


def test_every_fuel_factor_is_a_formula_that_an_independent_engine_agrees_with(shipped: Path) -> None:
    formulas = [text for (sheet, _), text in recalc.formula_cells(shipped).items() if sheet == "燃料"]

    # factor and unit: 26 fuels of GB/T 32151, 27 of the 2015 guidelines, one of a report, 20 rows for one's own
    assert len(formulas) == 2 * (26 + 27 + 1 + 20)
    assert recalc.differences(shipped, recalc.ironcalc_values(shipped)) == []


@pytest.mark.libreoffice
def test_libreoffice_agrees_with_every_fuel_factor(shipped: Path, tmp_path: Path) -> None:
    assert recalc.differences(shipped, recalc.libreoffice_values(shipped, tmp_path)) == []


def test_a_changed_parameter_moves_the_factor_in_the_sheet_and_in_the_engine(shipped: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(shipped)["燃料"]
    row = next(row for row in range(HEADER_ROW + 1, 80) if sheet.cell(row, 2).value == "FU-GBT32151.22-13")
    ncv, factor = (sheet.cell(row, columns(sheet)[key]).coordinate for key in ("ncv", "factor"))
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(shipped, changed, "燃料", ncv, 40.0)

    # 40 GJ/t × 20.2 tC/TJ × 98 % × 44/12 / 1000
    assert recalc.ironcalc_values(changed)["燃料", factor] == pytest.approx(2.903413333, rel=1e-9)
    book = open_workbook(changed).book
    assert book is not None
    library, findings = load_library(book)
    assert library.factors["FU-GBT32151.22-13"].value == pytest.approx(2.903413333, rel=1e-9)
    assert [finding.code for finding in findings] == ["library-fuel-value-differs"]  # the cell still shows the old one


OWN = {"year": 2025, "region": "全国", "tier": "own", "publisher": "某供应商", "document": "碳足迹报告 2025-01"}


def test_a_consultants_own_rows_are_used(shipped: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(shipped)
    fill_in(
        book["流"],
        key="sample_resin",
        category="材料与部件",
        name_zh="示例树脂",
        unit="kg",
        synonyms="示例胶",
    )
    own = {"series": "自有因子", **OWN}
    fill_in(book["排放因子"], id="OWN-1", flow="示例树脂", name_zh="示例树脂", value=5.7, unit="kgCO2e/kg", **own)
    fill_in(book["燃料"], id="OWN-2", flow="柴油", ncv=42.0, ncv_unit="GJ/t", carbon_content=20, oxidation=1, **own)
    fill_in(book["因子集"], set="house", name_zh="本所因子集", flow="柴油", factor="OWN-2")
    book.save(tmp_path / "own.xlsx")

    library = load(tmp_path / "own.xlsx")

    resin, diesel = library.find_flow("示例胶"), library.find_flow("柴油")
    assert resin is not None
    assert diesel is not None
    house = settings(factor_set="本所因子集")
    chosen = [choose(library, flow, house, data_year=2025).factor for flow in (resin, diesel)]
    assert [factor.id for factor in chosen if factor] == ["OWN-1", "OWN-2"]
    # 42 GJ/t × 20 tC/TJ × 44/12 / 1000
    assert [factor.value for factor in chosen if factor] == [5.7, pytest.approx(3.08)]


def test_sheets_may_be_renamed_and_headings_retyped(shipped: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(shipped)
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number}"
        for cell in sheet[HEADER_ROW]:
            if cell.value is not None and number:
                cell.value = f"列{cell.column}"
    book.save(tmp_path / "renamed.xlsx")

    assert set(load(tmp_path / "renamed.xlsx").factors) == set(load(shipped).factors)


def test_lists_are_offered_where_a_word_of_a_list_is_wanted(shipped: Path) -> None:
    sheet = openpyxl.load_workbook(shipped)["排放因子"]
    at, row = columns(sheet), first_own_row(sheet)
    offered = {
        key: validation.formula1
        for validation in sheet.data_validations.dataValidation
        for key, column in at.items()
        if validation.type == "list" and sheet.cell(row, column).coordinate in validation.sqref
    }

    assert offered["flow"].startswith("'流'!$D$5:$D$")
    assert offered["series"].startswith("'系列'!$C$5:$C$")
    assert offered["tier"] == '"P,definition,own,S2,S1,derived"'


def test_what_would_be_too_small_to_read_is_printed_on_a3(shipped: Path) -> None:
    book = openpyxl.load_workbook(shipped)
    paper = {sheet.title: int(sheet.page_setup.paperSize) for sheet in book}
    assert paper["说明"] == paper["流"] == paper["系列"] == 9
    assert paper["排放因子"] == paper["燃料"] == 8
    assert book["说明"].page_setup.fitToHeight in (None, 1)  # the cover is one page; 1 is the default


def test_every_table_prints_one_page_wide_with_its_heading_repeated(shipped: Path) -> None:
    for sheet in openpyxl.load_workbook(shipped).worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # 1 is the default
        assert sheet.print_title_rows == "$1:$4"
        assert sheet.freeze_panes == "C5"
        assert sheet.auto_filter.ref is not None
