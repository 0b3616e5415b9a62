"""How wide the sheets of a results workbook are: columns that hold their texts, and what goes over two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from tests.books import PRODUCT, line, returned
from tests.studies import write_book_results
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet


def _sheets(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def _across(sheet: Worksheet) -> int:
    """Return how many pages wide a sheet is printed: by a break, else as it is fitted."""
    return 1 + len(sheet.col_breaks.brk) if sheet.col_breaks.brk else int(sheet.page_setup.fitToWidth or 1)


def _wide_study(path: Path) -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    lines = [line(item=f"项目{n}", flow="柴油", unit="kg") for n in range(3)]
    write_book_results(returned({"production": lines}, products=products), path)


def test_tables_too_wide_for_a_page_go_over_two_side_by_side(tmp_path: Path) -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜"}, PRODUCT | {"name": "环网箱"}]
    path = tmp_path / "results.xlsx"
    write_book_results(
        returned({"production": [line(), line(item="柴油", flow="柴油", unit="kg")]}, products=products), path
    )
    wide = {sheet.title: _across(sheet) for sheet in _sheets(path)}
    assert wide["排放因子"] == wide["因子选用"] == 2
    assert wide["归一化"] == wide["溯源"] == wide["结果摘要"] == 1
    assert {sheet.page_setup.paperSize for sheet in _sheets(path) if sheet.sheet_state == "visible"} == {9}
    assert _sheets(path)["排放因子"].print_title_cols == "$A:$C"  # the id and the name stand on both pages


def test_input_sheets_are_as_wide_as_their_links_and_on_pages_that_hold_them(tmp_path: Path) -> None:
    name = "壳体、铜线铜排、真空灭弧室、钢构件等（供应商用电）"  # 50 wide: as a link it does not wrap in LibreOffice
    tables = {"production": [line(item=name)]}
    path = tmp_path / "results.xlsx"
    write_book_results(returned(tables), path)
    sheets = _sheets(path)
    assert sheets["产品生产"].column_dimensions["B"].width >= 52
    assert _across(sheets["基本信息"]) == 1
    assert _across(sheets["产品生产"]) == 2  # with a column for each month, and for each score
    assert sheets["产品生产"].print_title_cols == "$A:$B"


def test_titles_of_sheets_two_pages_wide_are_whole_on_both(tmp_path: Path) -> None:
    _wide_study(path := tmp_path / "results.xlsx")
    seen = set()
    for sheet in _sheets(path):
        if sheet.sheet_state != "visible" or _across(sheet) == 1:
            continue
        last = openpyxl.utils.column_index_from_string(sheet.print_title_cols.rpartition("$")[2])
        for row in (1, 2):
            cell = sheet.cell(row, 2)
            if cell.value is None:
                continue
            seen.add(sheet.title)
            assert cell.alignment.wrap_text, (sheet.title, cell.value)
            area = next((a for a in sheet.merged_cells.ranges if cell.coordinate in a), None)
            assert (area.max_col if area else 2) == last, (sheet.title, cell.value)
    assert {"排放因子", "因子选用", "产品生产"} <= seen
    assert _sheets(path)["产品生产"].column_dimensions["B"].width >= 30  # room for the guidance
    widths = [
        sheet_width.width
        for letter, sheet_width in _sheets(path)["因子选用"].column_dimensions.items()
        if letter in "BC"
    ]
    assert sum(widths) < 1.6 * text_width("因子选用：为什么用它，还有哪些可选，改用会怎样")  # it takes two lines:
    assert _sheets(path)["因子选用"].row_dimensions[1].height > 40
    assert _sheets(path)["排放因子"].row_dimensions[1].height < 30  # a short title takes one


def test_what_the_template_prints_above_a_table_widens_no_column(tmp_path: Path) -> None:
    _wide_study(path := tmp_path / "results.xlsx")
    sheet = _sheets(path)["产品生产"]
    above = [str(cell.value) for (cell,) in sheet.iter_rows(min_col=2, max_col=2, max_row=7) if cell.value]
    width = sheet.column_dimensions["B"].width
    assert any(text_width(text) > 2 * width for text in above)
    assert width < 40


def test_a_conversion_longer_than_its_column_is_no_link_so_that_it_wraps(tmp_path: Path) -> None:
    plants = {
        "plants": [{"name": "一厂", "allocation_basis": "产量（件数）"}],
        "plant_products": [{"plant": "一厂", "product": PRODUCT["name"], "output": 100, "unit": "台"}],
    }
    total = {"basis": "全厂全年合计", "plant": "一厂"}
    lines = [line(amount=1200, **total), line(amount=1.2, unit="MWh", **total)]
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": lines, **plants}), path)
    short, long = (_sheets(path)["溯源"].cell(row, 9) for row in (5, 6))
    assert short.value == "全厂合计 × 分摊系数"
    assert short.hyperlink
    assert str(long.value).endswith("全厂合计 × 分摊系数")
    assert text_width(str(long.value)) > 22
    assert not long.hyperlink
    assert long.alignment.wrap_text


def test_columns_of_conversions_are_shown_where_something_is_converted(tmp_path: Path) -> None:
    for unit, is_hidden in (("kWh", True), ("MWh", False)):
        path = tmp_path / f"{unit}.xlsx"
        write_book_results(returned({"production": [line(amount=1, unit=unit)]}), path)
        for name, headings in (("归一化", {"换算系数（合计）", "换算说明"}), ("溯源", {"换算"})):
            sheet = _sheets(path)[name]
            found = {cell.column for cell in sheet[4] if cell.value in headings}
            runs = [run for run in sheet.column_dimensions.values() if run.hidden]
            hidden = {column for run in runs for column in range(run.min, run.max + 1)}
            assert len(found) == len(headings)
            assert found.isdisjoint(hidden) is not is_hidden, (unit, name)
            assert found <= hidden or not is_hidden, (unit, name)


def test_a_figure_and_its_unit_are_on_one_page(tmp_path: Path) -> None:
    freight = line(
        item="钢板运输", flow=None, amount=None, mass=2, mass_unit="t", distance_km=300, mode="重型柴油货车(载重18t)"
    )
    tables = {"production": [line(), line(item="叉车", flow="柴油", unit="L")], "raw_material_transport": [freight]}
    path = tmp_path / "results.xlsx"
    write_book_results(returned(tables), path)
    book, broken = openpyxl.load_workbook(path), []
    for sheet in book:
        assert len(sheet.col_breaks.brk) <= 1
        for mark in sheet.col_breaks.brk:  # the last column of the first page
            broken.append(sheet.title)
            headings = {str(row[mark.id].value) for row in sheet.iter_rows(min_row=4, max_row=9)}
            assert not {text for text in headings if text.endswith("单位")}, sheet.title
            assert sheet.page_setup.scale
            assert not sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title  # or the break goes for nothing
    assert {"归一化", "排放因子"} <= set(broken)


def test_months_stay_together_on_paper(tmp_path: Path) -> None:
    months = {f"month_{month:02d}": 123456.75 + month for month in range(1, 13)}
    content = {"production": [line(amount=None, supply="自发自用", flow="光伏发电", scrap_rate=0.02, **months)]}
    path = tmp_path / "results.xlsx"
    write_book_results(returned(content), path)
    sheet = openpyxl.load_workbook(path)["产品生产"]
    (header,) = [row for row in sheet.iter_rows() if "12月" in {str(cell.value) for cell in row}]
    titles = [str(cell.value) for cell in header]
    (mark,) = sheet.col_breaks.brk
    assert titles[mark.id] not in {f"{month}月" for month in range(2, 13)}
