"""Where the pages of a results workbook begin: whole tables and charts, and no rows without their headings."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import write_book_results
from workbook_engine.results import DEFAULT_THEME
from workbook_engine.results.package import Package
from workbook_engine.results.paging import Block, Headed, in_parts, paginate, table
from workbook_engine.results.sheets import Column, open_page, print_setup, set_widths
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet


def _sheets(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def _breaks(path: Path, sheet: str) -> list[int]:
    return [mark.id for mark in openpyxl.load_workbook(path)[sheet].row_breaks.brk]


def _starts(sheet: Worksheet) -> list[int]:
    """Return the rows with which the pages after the first begin."""
    return [mark.id + 1 for mark in sheet.row_breaks.brk]


def _paged(tmp_path: Path, blocks: Sequence[Block], headed: Headed | None = None) -> tuple[list[int], int | None]:
    """Break a sheet 100 characters wide; return where its pages begin ([0]: it is one) and what is repeated."""
    path = tmp_path / "paged.xlsx"
    package = Package(path, DEFAULT_THEME)
    page = package.page("一")
    page.widths({1: 80.0, 2: 20.0})
    page.text(1, 1, "")
    paginate(page, blocks, (1, 2), headed, portrait=True)
    package.close()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    titles = str(sheet.print_title_rows).rpartition("$")[2] if sheet.print_title_rows else None
    is_one = bool(getattr(sheet.sheet_properties.pageSetUpPr, "fitToPage", None))
    return [0] if is_one else _starts(sheet), int(titles) if titles else None


def table_of(header: int, last: int) -> Block:
    """Return a table that begins with its headings."""
    return table(header, header + 1, last)


# 100 characters are 710 pixels, 532.5 points, on a page that has 523.3: at that scale it has room for
# 0.97 × 733.9 ÷ (523.3 ÷ 532.5) ÷ 16.5 = 43.9 rows.
def test_blocks_that_fit_stay_on_one_page(tmp_path: Path) -> None:
    assert _paged(tmp_path, [Block(3, 20), Block(21, 43)]) == ([0], None)


def test_a_little_more_than_a_page_is_made_to_fit(tmp_path: Path) -> None:
    assert _paged(tmp_path, [Block(3, 20), Block(21, 55)]) == ([0], None)


def test_a_block_is_broken_between_its_pieces_where_no_page_holds_it(tmp_path: Path) -> None:
    first = in_parts(Block(3, 14), Block(15, 30))
    assert _paged(tmp_path, [first, in_parts(Block(31, 39), Block(40, 70))])[0] == [31]
    assert _paged(tmp_path, [first, in_parts(Block(31, 59), Block(60, 90))])[0] == [31, 60]


def test_a_block_is_not_parted(tmp_path: Path) -> None:
    assert _paged(tmp_path, [Block(3, 30), Block(31, 60), Block(61, 72), Block(73, 100)])[0] == [31, 73]


def test_a_long_block_begins_where_there_is_room(tmp_path: Path) -> None:
    assert _paged(tmp_path, [Block(3, 20), Block(21, 120)])[0] == []
    assert _paged(tmp_path, [Block(3, 35), Block(36, 120)])[0] == [36]


def test_a_title_is_no_page_by_itself(tmp_path: Path) -> None:
    assert _paged(tmp_path, [in_parts(Block(5, 29), Block(30, 44)), Block(45, 80)])[0] == [30, 45]
    assert _paged(tmp_path, [Block(2, 44), Block(45, 90)])[0] == [45]  # 43 rows have no room below row 1


def test_a_table_goes_on_below_its_headings(tmp_path: Path) -> None:
    """43 rows on the first page; on those after it the headings, and 42."""
    assert _paged(tmp_path, [table_of(4, 150)], Headed(4, 150)) == ([44, 86, 128], 4)


def test_no_row_of_a_table_is_alone_on_its_page(tmp_path: Path) -> None:
    for last in range(60, 150):
        starts, repeated = _paged(tmp_path, [table_of(4, last)], Headed(4, last))
        assert repeated == 4
        assert last - starts[-1] >= 1
    starts, _ = _paged(tmp_path, [Block(3, 41), table_of(42, 130)], Headed(42, 130))
    assert starts[0] == 42  # below the headings there would be room for one row


def test_what_is_short_takes_the_rows_above_it_along(tmp_path: Path) -> None:
    """Else the headings would be repeated above what they do not belong to."""
    assert _paged(tmp_path, [table_of(4, 80), Block(82, 100)], Headed(4, 80)) == ([44, 79], 4)
    assert _paged(tmp_path, [table_of(4, 80), Block(82, 85)], Headed(4, 80)) == ([44], 4)
    # Where that cannot be, they are not repeated: the page holds no more, or there are two pages of other tables.
    assert _paged(tmp_path, [table_of(4, 80), Block(82, 123)], Headed(4, 80)) == ([44, 82], None)
    assert _paged(tmp_path, [table_of(4, 80), Block(82, 110), Block(112, 140)], Headed(4, 80)) == ([44, 82, 112], None)


def test_what_takes_rows_along_leaves_none_alone(tmp_path: Path) -> None:
    for last in range(60, 120):
        starts, repeated = _paged(tmp_path, [table_of(4, last), Block(last + 2, last + 30)], Headed(4, last))
        assert repeated == 4, last
        assert all(below - start > 1 for start, below in zip(starts, [*starts[1:], last + 31], strict=True)), last
        assert starts[-1] < last, last


@pytest.mark.parametrize(("rows", "is_one"), [(20, True), (35, True), (60, False)])
def test_a_sheet_that_is_one_table_is_made_to_fit_a_page_it_hardly_exceeds(
    tmp_path: Path, rows: int, *, is_one: bool
) -> None:
    """In landscape there is room for 0.97 × 487.3 ÷ 16.5 = 28.6 rows, and for 37.2 of them 1.3 times smaller."""
    package = Package(tmp_path / "table.xlsx", DEFAULT_THEME)
    page = open_page(package, "一", "one", "表", "")
    print_setup(page, "", "", "zh")
    set_widths(page, {2: Column(Text("名称", "Name"), 60.0), 3: Column(Text("说明", "Note"), 30.0)}, "zh")
    for row in range(3, rows + 1):
        page.text(row, 2, "行")
    package.close()
    sheet = openpyxl.load_workbook(tmp_path / "table.xlsx").active
    assert sheet is not None
    assert int(sheet.page_setup.fitToHeight or 1) == 1 if is_one else sheet.page_setup.fitToHeight == 0


def test_each_product_of_the_report_is_on_pages_of_its_own(tmp_path: Path) -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜"}, PRODUCT | {"name": "环网箱"}]
    lines = [line(item=f"项目{i}", amount=i + 1, product=p["name"]) for p in products for i in range(12)]
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": lines}, products=products), path)
    sheet = openpyxl.load_workbook(path)["报告用表"]
    titles = [row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 2).value).endswith("  A1")]
    assert len(titles) == 3
    assert set(_breaks(path, "报告用表")) <= {row - 1 for row in titles}


def _repeated(sheet: Worksheet) -> int:
    """Return the one row that is repeated on the pages after it."""
    first, last = str(sheet.print_title_rows).replace("$", "").split(":")
    assert first == last
    return int(first)


def _last(sheet: Worksheet, header: int) -> int:
    """Return the last row of the table below a header, below which nothing stands in column B."""
    names = [name for (name,) in sheet.iter_rows(header, min_col=2, max_col=2, values_only=True)]
    return header - 1 + (names.index(None) if None in names else len(names))


@pytest.mark.parametrize("count", [10, 14, 16, 18, 20, 32, 34, 36, 40])
def test_headings_of_scores_stand_above_lines_and_factors_alone(tmp_path: Path, count: int) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(item=f"项目{n}") for n in range(count)]}), path)
    sheet = _sheets(path)["数据质量评分"]
    if not (starts := _starts(sheet)):
        assert sheet.print_title_rows is None
        return
    assert _repeated(sheet) == 4
    assert [str(sheet.cell(4, column).value) for column in (2, 3)] == ["数据行 / 因子编号", "项目 / 因子名称"]
    band = next(row for row in range(5, sheet.max_row) if sheet.cell(row, 2).value == "因子")
    assert sheet.cell(band - 1, 2).value == f"PR-{count:03d}"
    assert sheet.cell(band + 1, 2).value == "EL-CF-2024-CN"
    assert all(start <= band + 1 for start in starts)
    scale = next(row for row in range(band, sheet.max_row) if sheet.cell(row, 2).value == "评分对应的方差")
    assert scale == band + 3


def test_the_headings_of_a_long_table_are_repeated(tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    lines = [line(item=f"柴油{n}", flow="柴油", unit="kg", basis="全厂全年合计", plant="一厂") for n in range(90)]
    plant = {"name": "一厂", "allocation_basis": "产量（件数）"}
    made = {"plant": "一厂", "product": PRODUCT["name"], "output": 1000, "unit": "台"}
    write_book_results(returned({"production": lines, "plants": [plant], "plant_products": [made]}), path)
    sheets = _sheets(path)
    for name in ("不确定性与敏感性", "温室气体分列", "分摊"):
        header = _repeated(sheets[name])
        assert sheets[name].cell(header, 2).value == "数据行"
        assert _last(sheets[name], header) == header + 90
        assert len([start for start in _starts(sheets[name]) if start > header]) >= 2


def test_lines_of_several_products_stand_below_the_same_headings(tmp_path: Path) -> None:
    path = tmp_path / "several.xlsx"
    names = ("分支箱", "开关柜", "环网箱")
    lines = [line(item=f"柴油{n}", flow="柴油", unit="kg", product=name) for name in names for n in range(40)]
    write_book_results(returned({"production": lines}, products=[PRODUCT | {"name": name} for name in names]), path)
    for name in ("不确定性与敏感性", "温室气体分列"):
        sheet = _sheets(path)[name]
        header = _repeated(sheet)
        last = _last(sheet, header)
        assert last == sheet.max_row == header + 3 + 120
        bands = [row for row in range(header, last) if str(sheet.cell(row, 2).value).startswith(names)]
        assert [row - header for row in bands] == [1, 42, 83]
        starts = [start for start in _starts(sheet) if start > header]
        assert len(starts) >= 3
        assert not {start - 1 for start in starts} & {*bands, header}  # no title is the last of its page


def test_a_stage_s_boundary_is_not_alone_below_the_headings_of_its_lines(tmp_path: Path) -> None:
    for count in range(28, 44, 3):
        path = tmp_path / f"{count}.xlsx"
        write_book_results(returned({"production": [line(item=f"项目{n}") for n in range(count)]}), path)
        sheet = _sheets(path)["核算-产品生产"]
        words = next(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 2).value == "排除理由")
        assert all(start < words - 2 for start in _starts(sheet)), count


def test_charts_of_the_uncertainty_cover_no_table(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    tables = {"production": [line(item=f"项目{n}", amount=n + 1) for n in range(14)]}
    write_book_results(returned(tables), path)
    sheet = _sheets(path)["不确定性与敏感性"]
    names = {str(sheet.cell(row, 2).value): row for row in range(1, sheet.max_row + 1)}
    with zipfile.ZipFile(path) as package:
        number = openpyxl.load_workbook(path).sheetnames.index("不确定性与敏感性") + 1
        relations = package.read(f"xl/worksheets/_rels/sheet{number}.xml.rels").decode()
        drawing = re.search(r"drawings/(drawing\d+\.xml)", relations)
        assert drawing
        rows = re.findall(r"<xdr:row>(\d+)", package.read(f"xl/drawings/{drawing[1]}").decode())
    starts, ends = [int(row) + 1 for row in rows[::2]], [int(row) + 1 for row in rows[1::2]]
    assert starts == [names["合计"] + 2] * 2  # side by side below the stages, on the first page
    assert len(set(ends)) == 1
    assert (
        names["输入"] > ends[0] >= starts[0] + 19
    )  # 350 pixels, and 22 for each bar beyond 8: 438 of rows that have 22
    assert names["输入"] + 12 < names["数据行"]


def test_the_first_page_of_the_uncertainty_holds_its_charts(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    tables = {stage: [line(item=f"{stage}{n}", amount=n + 1) for n in range(5)]
              for stage in ("raw_material_acquisition", "production", "use", "end_of_life")}  # fmt: skip
    write_book_results(returned(tables), path)
    sheet = _sheets(path)["不确定性与敏感性"]
    names = {str(sheet.cell(row, 2).value): row for row in range(1, sheet.max_row + 1)}
    assert _breaks(path, "不确定性与敏感性")[0] == names["敏感性：每个输入单独变动"] - 1


def test_charts_of_hotspots_are_not_cut(tmp_path: Path) -> None:
    """Rows of four lines each push the charts down: a break stands before the Pareto, or before the waterfall."""
    path = tmp_path / "results.xlsx"
    name = "高压绝缘套管与电压互感器组件及其配套紧固件和密封附件整体装配工序用能"
    lines = [line(item=f"{name}{name}{n}", amount=n + 1) for n in range(15)]
    write_book_results(returned({"production": lines}), path)
    sheet = _sheets(path)["热点分析"]
    names = {str(sheet.cell(row, 2).value): row for row in range(1, sheet.max_row + 1)}
    waterfall = names["阶段"]
    breaks = _breaks(path, "热点分析")  # rows after which a page ends
    assert breaks
    assert all(mark < waterfall - 16 or mark == waterfall - 1 for mark in breaks), breaks


def test_what_stands_around_a_page_is_as_large_as_on_any_other(tmp_path: Path) -> None:
    """A sheet that is shrunk to fit would print its company and page number in half their size."""
    path = tmp_path / "results.xlsx"
    write_book_results(returned(), path)
    shown = [sheet for sheet in _sheets(path) if sheet.sheet_state == "visible"]
    assert {sheet.HeaderFooter.scaleWithDoc for sheet in shown} == {False}
