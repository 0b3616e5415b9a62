"""Layouts as consultants have them: merged cells, own formulas, formats, charts, protection, lists that grow."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.houses import define, layout
from tests.studies import write_book_results
from workbook_engine.house import Filled, LayoutError, fill_layout
from workbook_engine.house.rows import Growth
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from workbook_engine.model import Processed

EXAMPLES = Path(__file__).parent.parent / "example_workbooks"
FACTOR = 0.5777
AMOUNTS = (100, 300, 50)
TOTAL = sum(AMOUNTS) * FACTOR
RED = PatternFill("solid", start_color="FFFF0000", end_color="FFFF0000")


def _house(path: Path) -> Path:
    """Make a layout: a list of one row at 7, its total below, and everything that refers to them."""
    names = {
        "Result_P1_Name": "$A$1:$E$1",  # Excel does not tell large letters from small, and names what is merged
        "result_total": "$B$2",
        "result_unit": "$C$2",
        "result_lines": "$A$7:$E$7",
    }
    heads = {"A6": "项目", "C6": "活动数据", "D6": "kgCO2e", "E6": "占比"}
    line_cells = {"A7": "{item}", "C7": "{activity}", "D7": "{kg_co2e}", "E7": "=D7/D$8"}
    book = layout(names, {"B3": "=result_total*1000", **heads, **line_cells})
    sheet = book.active
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A7:B7")
    sheet["A7"].fill = RED
    sheet.row_dimensions[7].height, sheet.row_dimensions[9].height = 30, 44
    sheet["D8"], sheet["E8"] = "=SUM(D7:D7)", "=SUM(E$7:E7)"
    sheet["D9"] = ArrayFormula("D9", "=SUM(D7:D7*2)")
    sheet.merge_cells("A10:E10")
    sheet["A10"] = "注"
    sheet["A11"].hyperlink = "https://example.com"
    sheet["A11"] = "出处"
    sheet.conditional_formatting.add("D7:D7", CellIsRule(operator="greaterThan", formula=["$D$8/2"], fill=RED))
    sheet.conditional_formatting.add("A12:A13", FormulaRule(formula=["$D$8>1"], fill=RED))
    validation = DataValidation(type="decimal", operator="lessThan", formula1="$D$8")
    validation.add("A12")
    sheet.add_data_validation(validation)
    sheet.print_area = "A1:E13"
    sheet.print_title_rows = "6:6"
    sheet.row_breaks.append(Break(id=10))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=7, max_row=7))
    sheet.add_chart(chart, "A15")
    sheet.protection.sheet = True
    other = book.create_sheet("附表")
    other["A1"], other["A2"], other["A3"] = "='报告'!D8", "=SUM(报告!$D$7:$D$7)", "=报告!D7"
    other["A5"] = "=D7"  # of this sheet: it stays
    define(book, "明细合计", "$D$8")
    book.save(path)
    return path


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Processed:
    path = tmp_path_factory.mktemp("study") / "results.xlsx"
    rows = [line(item=f"用电{number}", amount=amount) for number, amount in enumerate(AMOUNTS)]
    write_book_results(returned({"production": rows}), path)
    return process(path)


@pytest.fixture(scope="module")
def filled(study: Processed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Filled, Path]:
    folder = tmp_path_factory.mktemp("filled")
    return fill_layout(_house(folder / "house.xlsx"), study, folder / "out.xlsx", "zh"), folder / "out.xlsx"


def test_every_name_is_filled_in_and_nothing_is_complained_of(filled: tuple[Filled, Path]) -> None:
    assert filled[0] == Filled(("result_P1_name", "result_lines", "result_total", "result_unit"), ())
    assert openpyxl.load_workbook(filled[1])["报告"]["A1"].value == PRODUCT["name"]


def test_the_layout_s_own_formulas_take_in_the_whole_list(filled: tuple[Filled, Path]) -> None:
    values = recalc.ironcalc_values(filled[1])
    assert [values["报告", f"D{row}"] for row in (7, 8, 9)] == pytest.approx([amount * FACTOR for amount in AMOUNTS])
    assert values["报告", "D10"] == pytest.approx(TOTAL)
    assert values["报告", "B3"] == pytest.approx(1000 * TOTAL)
    assert [values["报告", f"E{row}"] for row in (7, 8, 9)] == pytest.approx([amount / 450 for amount in AMOUNTS])
    assert values["报告", "E10"] == pytest.approx(1)
    assert [values["附表", f"A{row}"] for row in (1, 2, 3)] == pytest.approx([TOTAL, TOTAL, AMOUNTS[0] * FACTOR])
    book = openpyxl.load_workbook(filled[1])
    assert (book["附表"]["A5"].value, book["附表"]["A2"].value) == ("=D7", "=SUM(报告!$D$7:$D$9)")
    array = book["报告"]["D11"].value
    assert (array.ref, array.text) == ("D11", "=SUM(D7:D9*2)")


def test_what_lies_on_the_sheet_moves_with_it(filled: tuple[Filled, Path]) -> None:
    book = openpyxl.load_workbook(filled[1])
    sheet = book["报告"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:E1", "A7:B7", "A8:B8", "A9:B9", "A12:E12"}
    assert [sheet[f"A{row}"].fill.start_color.rgb for row in (7, 8, 9, 10)] == ["FFFF0000"] * 3 + ["00000000"]
    assert [sheet.row_dimensions[row].height for row in (7, 8, 9, 10, 11)] == [30, 30, 30, None, 44]
    assert (sheet["A12"].value, sheet["A13"].hyperlink.ref, sheet["A13"].value) == ("注", "A13", "出处")
    rules = {str(area.sqref): area.rules[0].formula[0] for area in sheet.conditional_formatting}
    assert rules == {"D7:D9": "$D$10/2", "A14:A15": "$D$10>1"}
    (validation,) = sheet.data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == ("A14", "$D$10")
    assert (sheet.print_area, sheet.print_title_rows) == ("'报告'!$A$1:$E$15", "$6:$6")
    assert [line.id for line in sheet.row_breaks.brk] == [12]
    assert book.defined_names["明细合计"].attr_text == "'报告'!$D$10"
    assert sheet.protection.sheet
    (chart,) = sheet._charts
    assert (chart.anchor._from.row, chart.ser[0].val.numRef.f) == (16, "'报告'!$D$7:$D$9")


def _filled(folder: Path, study: Processed, names: dict[str, str], cells: dict[str, object], **more: Any) -> Any:
    book = layout(names, cells)
    sheet = book.active
    if table := more.get("table"):
        sheet.add_table(Table(displayName="T1", ref=table))
    house = folder / more.get("file", "house.xlsx")
    book.template = house.suffix == ".xltx"
    if scoped := more.get("scoped"):
        sheet.defined_names[scoped] = DefinedName(scoped, attr_text="'报告'!$B$2")
    book.save(house)
    return fill_layout(house, study, folder / "out.xlsx", "zh"), openpyxl.load_workbook(folder / "out.xlsx")["报告"]


ESSENTIAL = {"result_total": "$H$1", "result_unit": "$H$2"}


def test_blank_rows_below_a_list_are_used_before_rows_are_put_in(tmp_path: Path, study: Processed) -> None:
    names = ESSENTIAL | {"result_lines": "$A$4:$B$4"}
    cells = {"A4": "{item}", "B4": "{kg_co2e}", "B6": "=SUM(B4:B5)", "A9": "=SUM(B4:B4)"}
    _, sheet = _filled(tmp_path, study, names, cells)
    assert (sheet["B7"].value, sheet["A10"].value) == ("=SUM(B4:B6)", "=SUM(B4:B6)")  # one row was put in
    assert sheet["B6"].value == pytest.approx(50 * FACTOR)


def test_a_table_of_the_layout_grows(tmp_path: Path, study: Processed) -> None:
    names = ESSENTIAL | {"result_lines": "$A$4:$B$4"}
    cells = {"A3": "项目", "B3": "排放", "A4": "{item}", "B4": "{kg_co2e}"}
    _, sheet = _filled(tmp_path, study, names, cells, table="A3:B4")
    assert [table.ref for table in sheet.tables.values()] == ["A3:B6"]


def test_a_name_of_one_sheet_is_as_good_as_any(tmp_path: Path, study: Processed) -> None:
    filled, sheet = _filled(tmp_path, study, {"result_unit": "$H$2"}, {}, scoped="result_total")
    assert filled.remarks == ()
    assert sheet["B2"].value == pytest.approx(TOTAL)


def test_two_lists_below_each_other_both_grow(tmp_path: Path, study: Processed) -> None:
    names = ESSENTIAL | {"result_stages": "$A$2:$B$2", "result_lines": "$A$5:$B$5"}
    cells = {"A2": "{stage}", "B2": "{kg_co2e}", "A3": "合计", "A5": "{item}", "B5": "{kg_co2e}", "A6": "完"}
    _, sheet = _filled(tmp_path, study, names, cells)
    assert [sheet.cell(row, 1).value for row in range(2, 9)] == [
        "产品生产", "合计", None, "用电0", "用电1", "用电2", "完",
    ]  # fmt: skip


def test_a_template_becomes_an_ordinary_workbook(tmp_path: Path, study: Processed) -> None:
    _, sheet = _filled(tmp_path, study, ESSENTIAL, {}, file="house.xltx")
    assert sheet["H1"].value == pytest.approx(TOTAL)
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        kinds = package.read("[Content_Types].xml").decode()
    assert "spreadsheetml.sheet.main+xml" in kinds
    assert "template" not in kinds


def test_names_and_braces_that_nothing_fills_are_told(tmp_path: Path, study: Processed) -> None:
    names = ESSENTIAL | {"results_total": "$A$1", "result_lines": "$A$4:$B$5", "others": "$A$9"}
    filled, _ = _filled(tmp_path, study, names, {"A4": "{item}", "C7": "{kg_co2e}"})
    assert [remark.zh for remark in filled.remarks] == [
        "results_total：没有这个名称的结果；相近的有 result_total、result_P1_total",
        "result_lines：不是一个单元格或一行",
        "报告!A4：{item} 没有填写，没有以 result_ 开头的名称指向这一行",
        "报告!C7：{kg_co2e} 没有填写，没有以 result_ 开头的名称指向这一行",
    ]


def test_a_formula_under_a_placeholder_is_told(tmp_path: Path, study: Processed) -> None:
    filled, sheet = _filled(tmp_path, study, ESSENTIAL, {"H1": "=1+1"})
    assert [remark.zh for remark in filled.remarks] == ["result_total：报告!H1 原有的公式被结果代替"]
    assert sheet["H1"].value == pytest.approx(TOTAL)


def test_two_products_each_have_their_names(tmp_path: Path) -> None:
    results = tmp_path / "results.xlsx"
    products = [PRODUCT | {"name": "甲"}, PRODUCT | {"name": "乙"}]
    rows = [line(product="甲"), line(product="乙", amount=10), line(product="乙", amount=20)]
    write_book_results(returned({"production": rows}, products=products), results)
    names = {f"result_P{n}_{key}": f"${column}${n}" for n in (1, 2) for key, column in (("total", "H"), ("unit", "I"))}
    names |= {"result_P1_lines": "$A$4:$B$4", "result_P2_lines": "$A$6:$B$6", "result_total": "$J$1"}
    cells = {"A4": "{item}", "B4": "{activity}", "A6": "{item}", "B6": "{activity}", "A7": "完"}
    filled, sheet = _filled(tmp_path, process(results), names, cells)
    assert [sheet.cell(row, 2).value for row in range(4, 9)] == [100, None, 10, 20, None]
    assert sheet["A8"].value == "完"
    assert [remark.zh for remark in filled.remarks] == [
        "result_total：没有这个名称的结果；相近的有 result_P1_total、result_P2_total"
    ]


@pytest.mark.parametrize(
    ("reference", "moved"),
    [
        ("A4", "A4"), ("A5", "A7"), ("$A$4:$B$4", "$A$4:$B$7"), ("A1:B9", "A1:B11"), ("A1:B3", "A1:B3"),
        ("A5:B6", "A7:B8"), ("A:B", "A:B"), ("4:4", "4:7"), ("$5:$6", "$7:$8"), ("表!A5", "表!A7"),
        ("其他!A5", "其他!A5"), ("'我的 表'!A5", "'我的 表'!A5"), ("[1]表!A5", "[1]表!A5"), ("合计5", "合计5"),
        ("T1[排放]", "T1[排放]"), ("12", "12"),
    ],
)  # fmt: skip
def test_a_reference_moves_as_in_excel(reference: str, moved: str) -> None:
    assert Growth("表", row=4, put_in=2, grown=3).reference(reference, "表") == moved


def test_a_layout_that_is_not_readable_is_refused_in_words(tmp_path: Path, study: Processed) -> None:
    (tmp_path / "house.xlsx").write_bytes(b"PK")
    with pytest.raises(LayoutError):
        fill_layout(tmp_path / "house.xlsx", study, tmp_path / "out.xlsx", "zh")


def test_a_workbook_without_a_place_for_any_result_is_no_layout(tmp_path: Path, study: Processed) -> None:
    # A returned workbook given by mistake would be copied, with another company's data, beside every result.
    shutil.copy(next(EXAMPLES.rglob("*.xlsx")), tmp_path / "returned.xlsx")
    with pytest.raises(LayoutError, match=r"returned\.xlsx.*result_"):
        fill_layout(tmp_path / "returned.xlsx", study, tmp_path / "out.xlsx", "zh")
    assert not (tmp_path / "out.xlsx").exists()


def test_macros_are_said_to_be_lost(tmp_path: Path, study: Processed) -> None:
    book = xlsxwriter.Workbook(tmp_path / "house.xlsm")
    (tmp_path / "vbaProject.bin").write_bytes(b"\xd0\xcf\x11\xe0")
    book.add_vba_project(str(tmp_path / "vbaProject.bin"))
    book.add_worksheet("报告")
    for name, place in ESSENTIAL.items():
        book.define_name(name, f"=报告!{place}")
    book.close()
    filled = fill_layout(tmp_path / "house.xlsm", study, tmp_path / "out.xlsx", "en")
    assert [remark.en for remark in filled.remarks] == ["the layout holds what is lost when it is filled in: macros"]
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        assert not [name for name in package.namelist() if "vba" in name]
        assert "macroEnabled" not in package.read("[Content_Types].xml").decode()
