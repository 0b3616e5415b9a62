"""How the results workbook reads: labels that stay apart, words in place of keys, titles that nothing crosses."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.results.generated import Generator
from tests.results.kinds import SCENARIOS
from tests.studies import process_book, write_book_results
from workbook_engine.compute import assess
from workbook_engine.model import Sampling
from workbook_engine.pipeline import factor_library, process
from workbook_engine.results import write_results

if TYPE_CHECKING:
    from pathlib import Path


KWH = 0.5777  # kgCO2e/kWh, national footprint 2024


def _charts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        return [package.read(name).decode() for name in names]


# -- charts


def test_labels_of_a_pie_that_would_overlap_go_to_a_legend(tmp_path: Path) -> None:
    tables = {"production": [line(amount=985)], "use": [line(amount=8)], "end_of_life": [line(amount=7)]}
    path = tmp_path / "results.xlsx"
    write_book_results(returned(tables), path)
    pie = next(chart for chart in _charts(path) if "<c:pieChart>" in chart)
    labelled, legend = pie.split("<c:legend>")
    hidden = {int(index) for index in re.findall(r'<c:dLbl><c:idx val="(\d)"/><c:delete val="1"/>', labelled)}
    told = {int(index) for index in re.findall(r'<c:legendEntry><c:idx val="(\d)"/><c:delete val="1"/>', legend)}
    assert len(hidden) == 1
    assert told == {0, 1, 2} - hidden  # each slice is named once: beside it, or in the legend
    for words in ("产品生产 98.50%", "使用 0.80%", "产品处置 0.70%"):
        assert f"<c:v>{words}</c:v>" in pie


def test_labels_with_room_stand_at_their_slices(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(amount=60)], "use": [line(amount=40)]}), path)
    pie = next(chart for chart in _charts(path) if "<c:pieChart>" in chart)
    assert '<c:delete val="1"/>' not in pie
    assert "<c:legend>" not in pie


def test_bars_begin_at_zero_however_close_together_they_end(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    tables = {"production": [line(amount=60)], "use": [line(amount=59)], "scenarios": SCENARIOS}
    write_book_results(returned(tables), path)
    bars = [chart for chart in _charts(path) if "<c:barChart>" in chart and "<c:dPt>" in chart]
    assert len(bars) >= 2  # stages, and stages with their intervals
    stacked = [chart for chart in _charts(path) if "情景比较" in chart]
    assert stacked
    assert all('<c:min val="0"/>' in chart for chart in (*stacked, *(c for c in bars if "累计" not in c)))


def test_what_a_pie_calls_a_stage_follows_its_share(tmp_path: Path) -> None:
    path, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    outcome = write_book_results(returned({"production": [line(amount=60)], "use": [line(amount=40)]}), path)
    where = outcome.inventory.lines[1].amounts[0].where
    assert where.cell
    recalc.change_cell(path, changed, where.sheet, where.cell, 140.0)
    after = recalc.ironcalc_values(changed)
    assert {after["结果摘要", "N11"], after["结果摘要", "N12"]} == {"产品生产 30.00%", "使用 70.00%"}


def test_a_column_of_the_pareto_has_the_colour_of_its_stage_wherever_it_goes(tmp_path: Path) -> None:
    path, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    outcome = write_book_results(returned({"production": [line(amount=60)], "use": [line(amount=40)]}), path)
    before = recalc.stored_values(path)
    assert [before["热点分析", cell] for cell in ("L7", "M7", "N7")] == ["PR-001", pytest.approx(60 * KWH), 0]
    where = outcome.inventory.lines[1].amounts[0].where
    assert where.cell
    recalc.change_cell(path, changed, where.sheet, where.cell, 140.0)
    after = recalc.ironcalc_values(changed)
    assert [after["热点分析", cell] for cell in ("L7", "M7", "N7")] == ["US-001", 0, pytest.approx(140 * KWH)]


# -- what the sheets say


def test_the_cover_tells_a_stage_that_was_changed(tmp_path: Path) -> None:
    """Two stages that move against each other leave the total as it is: the largest difference shows them."""
    path, changed, both = (tmp_path / f"{name}.xlsx" for name in ("results", "changed", "both"))
    outcome = write_book_results(returned({"production": [line(amount=60)], "use": [line(amount=40)]}), path)
    one, other = (result.amounts[0].where for result in outcome.inventory.lines)
    assert one.cell
    assert other.cell
    recalc.change_cell(path, changed, one.sheet, one.cell, 70.0)
    recalc.change_cell(changed, both, other.sheet, other.cell, 30.0)
    assert recalc.stored_values(path)["封面", "H6"] == 0
    values = recalc.ironcalc_values(both)
    assert values["封面", "G6"] == pytest.approx(0, abs=1e-9)
    assert values["封面", "H6"] == pytest.approx(10 * KWH)


def test_a_study_without_a_total_says_that_nothing_was_drawn(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    book = returned({"production": [line(), line(amount="待定")]})
    write_book_results(book, path, sampling=Sampling(draws=1000))
    texts = {cell.value for row in openpyxl.load_workbook(path)["蒙特卡洛"].iter_rows() for cell in row}
    assert "结果未完成，没有抽样。" in texts


def test_variance_comes_from_a_products_own_inputs() -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜"}]
    lines = [line(amount=100, product="分支箱"), line(amount=60, product="开关柜", flow="柴油", unit="kg")]
    outcome = process_book(returned({"production": lines}, products=products))
    run = assess(outcome.inventory, outcome.footprint, sampling=Sampling(draws=2000)).monte_carlo
    assert run is not None
    subjects = [{subject for _, subject in draws.variance_shares} for draws in run.products]
    assert subjects == [{"PR-001", "EL-CF-2024-CN"}, {"PR-002", "FU-GBT32151.22-13"}]


KEYS = re.compile(r"\b(gbt32151|electricity_footprint|electricity_co2|raw_material_acquisition|end_of_life|P[123])\b")
HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def _our_texts(path: Path) -> dict[str, str]:
    """Return place -> text of all cells of our sheets, formulas by their values."""
    found = {}
    for sheet in openpyxl.load_workbook(path, data_only=True):
        if str(sheet["A1"].value).startswith("wbe:results:"):
            cells = (cell for row in sheet.iter_rows(min_col=2) for cell in row)
            found |= {f"{sheet.title}!{c.coordinate}": c.value for c in cells if isinstance(c.value, str)}
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_sheet_shows_a_key_of_the_program(tmp_path: Path, language: str) -> None:
    from tests.results.kinds import EXAMPLES  # noqa: PLC0415
    from workbook_engine.model import Appearance  # noqa: PLC0415

    done = process(EXAMPLES[-1], tmp_path, appearance=Appearance(language=language))  # type: ignore[arg-type]
    products = [PRODUCT, PRODUCT | {"name": "开关柜"}]
    path = tmp_path / "scenarios.xlsx"
    write_book_results(returned({"production": [line()], "scenarios": SCENARIOS}, products=products), path)
    for workbook in (done.results[0], path):
        shown = {place: text for place, text in _our_texts(workbook).items() if KEYS.search(text)}
        assert shown == {}


def test_an_english_workbook_of_an_english_study_has_no_chinese(tmp_path: Path) -> None:
    """What a company typed and what documents are called stays as it is: here there is neither."""
    job = Generator(7).job()
    path = tmp_path / "results.xlsx"
    write_results(path, job, language="en")
    study, factors = job.inventory.study, [line.factor for line in job.inventory.lines if line.factor]
    documents = [text for factor in factors for text in (factor.publisher, factor.document)]
    company = [
        job.source_name,
        study.company,
        study.address,
        study.standards,
        *(sheet.name for sheet in job.book.sheets),
    ]
    words = ["项目", "产品", "定义", "约", "工厂", "理由", "套", "计量仪表", "估算"]
    typed = re.compile("|".join(map(re.escape, filter(None, [*documents, *company, *words]))))
    left = {place: text for place, text in _our_texts(path).items() if HAN.search(typed.sub("", text))}
    assert left == {}


# -- tables


def _sheets(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def _wide_study(path: Path) -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    lines = [line(item=f"项目{n}", flow="柴油", unit="kg") for n in range(3)]
    write_book_results(returned({"production": lines}, products=products), path)


def test_no_line_runs_through_a_title_in_a_row_of_its_own(tmp_path: Path) -> None:
    """The product's name and the subtotal are longer than their first cell: no line may cross them."""
    _wide_study(path := tmp_path / "results.xlsx")
    sheet = _sheets(path)["核算-产品生产"]
    band = next(row for row in range(5, 9) if str(sheet.cell(row, 2).value).startswith(PRODUCT["name"]))
    total = next(row for row in range(band, 40) if str(sheet.cell(row, 2).value).endswith("小计"))
    for row, last in ((band, 15), (total, 3)):
        inner = [(sheet.cell(row, at).border.right.style, sheet.cell(row, at + 1).border.left.style)
                 for at in range(2, last)]  # fmt: skip
        assert set(inner) == {(None, None)}, row
    assert sheet.cell(band, 15).border.right.style == sheet.cell(total, 3).border.right.style == "thin"


def test_titles_keep_off_the_line_below_them(tmp_path: Path) -> None:
    _wide_study(path := tmp_path / "results.xlsx")
    titled = [sheet for sheet in _sheets(path) if sheet.sheet_state == "visible" and sheet["B1"].value]
    assert {"基本信息", "产品生产", "结果摘要"} <= {sheet.title for sheet in titled}
    for sheet in titled:
        assert sheet["B1"].font.size == 16
        assert (sheet.row_dimensions[1].height or 0) >= 23, sheet.title


def test_figures_keep_off_the_unit_beside_them(tmp_path: Path) -> None:
    _wide_study(path := tmp_path / "results.xlsx")
    right = [
        (sheet.title, cell.coordinate, cell.alignment.indent or cell.number_format.endswith("_)"))
        for sheet in _sheets(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.alignment.horizontal == "right" and cell.data_type in "nf" and cell.border.right.style
    ]
    assert {"产品生产", "核算-产品生产", "结果摘要"} <= {sheet for sheet, *_ in right}
    assert [place for *place, is_kept_off in right if not is_kept_off] == []


def test_the_list_of_findings_is_numbered_by_numbers(tmp_path: Path) -> None:
    _wide_study(path := tmp_path / "results.xlsx")
    numbers = [cell.value for (cell,) in _sheets(path)["问题清单"].iter_rows(min_row=5, min_col=2, max_col=2)]
    assert len(numbers) > 1
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_row_without_a_short_name_leads_to_the_trace_from_the_text_beside_it(tmp_path: Path) -> None:
    long = "高强度耐腐蚀冷轧镀锌钢板（厚度1.5 mm，表面静电喷塑处理，含防腐底漆，供应商定制规格）"
    lines = [line(item="车间用电"), line(item=long), line(item=None, flow="柴油", unit="kg")]
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": lines}), path)
    sheet = _sheets(path)["产品生产"]
    first = next(cell.row for (cell,) in sheet.iter_rows(min_col=2, max_col=2) if cell.value == "车间用电")
    linked = {
        (row - first, str(cell.value)): cell.hyperlink.location
        for row in range(first, first + 3)
        for cell in sheet[row]
        if cell.hyperlink
    }
    assert list(linked) == [(0, "车间用电"), (1, "电力"), (2, "柴油")]
    assert [place.partition("!")[0] for place in linked.values()] == ["'溯源'"] * 3
    assert sheet.cell(first + 1, 2).alignment.wrap_text


def test_why_lines_are_not_ranked_is_told_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    for amount, why in ((0, "总量为零"), ("待定", "结果未完成")):
        write_book_results(returned({"production": [line(amount=amount)]}), path)
        said = {sheet.title: {cell.value for row in sheet.iter_rows() for cell in row} for sheet in _sheets(path)}
        assert f"{why}，不作评价。" in said["不确定性与敏感性"]
        assert f"{why}，不作热点排序；数据行见“溯源”。" in said["热点分析"]


def test_what_was_typed_where_nothing_could_be_read_stands_in_the_trace(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_book_results(returned({"production": [line(), line(amount="待定")]}), path)
    sheet = _sheets(path)["溯源"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    assert [sheet.cell(row, heads["原文"]).value for row in (5, 6)] == ["100", "待定"]


def test_a_section_is_underlined_as_far_as_its_table_goes(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(), path)
    sheet = _sheets(path)["分摊"]
    row = next(row for row in range(1, 20) if str(sheet.cell(row, 2).value).startswith("控制"))
    assert [sheet.cell(row, column).border.bottom.style for column in range(2, 8)] == ["medium"] * 6


# -- one language


HAN = re.compile("[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]")


def test_what_the_library_says_of_its_factors_is_said_in_english(tmp_path: Path) -> None:
    fields = {"settings.factor_set": "report_T4000402", "settings.electricity_series": "电力二氧化碳排放因子",
              "settings.electricity_year": 2022}  # fmt: skip
    small = [line(item=f"Small {n}", amount=0.01) for n in range(3)]
    tables = {"production": [line(), line(item="Diesel", flow="柴油", unit="kg"), *small]}
    path = tmp_path / "results.xlsx"
    write_book_results(returned(tables, fields), path, "en")
    book = _sheets(path)
    notes = [row[0].value for row in book["Emission factors"].iter_rows(5, min_col=21, max_col=21)]
    assert book["Emission factors"].cell(4, 21).value == "Note"
    assert len([note for note in notes if note]) == 2
    assert not [note for note in notes if note and HAN.search(note)]
    said = {row[6].value: row[3].value for row in book["Findings"].iter_rows(5, min_col=2)}
    assert not HAN.search(said["factor-caution"].partition(": ")[2])
    assert "“Small 0” (产品生产!E9)" in said["cutoff-under"]


def test_a_source_names_its_publisher_once() -> None:
    sources = {key: factor.source for key, factor in factor_library().factors.items()}
    assert sources["FU-T4000402-DIESEL"] == "产品碳足迹报告 T4000402(2025-07-30)"
    assert sources["EL-CF-2024-CN"].startswith("生态环境部、国家统计局、国家能源局 关于发布2024年")


# -- charts and amounts of any size


def test_an_amount_of_less_than_the_decimals_is_not_shown_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(flow="柴油", amount=0.0000081, unit="t")]}), path)
    sheet = openpyxl.load_workbook(path)["归一化"]
    read = next(cell for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == "读取的数量")
    assert sheet.cell(read.row + 1, read.column).number_format == "0.0000E+00_)"


def test_a_pie_of_one_stage_has_no_line_from_its_middle(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line()]}), path)
    pies = [chart for chart in _charts(path) if "pieChart" in chart]
    assert pies
    assert not [chart for chart in pies if "FFFFFF" in chart.split("</c:ser>")[0].split("<c:dLbls>")[0]]


# -- credits


def _with_credit(tmp_path: Path) -> Path:
    lines = [line(amount=1), line(item="回收抵扣", amount=4, credit="是")]
    path = tmp_path / "results.xlsx"
    tables = {"production": [line(amount=10)], "end_of_life": lines}
    write_book_results(returned(tables, fields={"settings.credits": "计入结果"}), path)
    return path


def test_the_axes_of_a_pareto_reach_a_credit(tmp_path: Path) -> None:
    """Before the credit the sum is more than 100 %, and its own column is below zero: neither may be cut off."""
    chart = next(chart for chart in _charts(_with_credit(tmp_path)) if "帕累托" in chart)
    assert "<c:max" not in chart
    assert "<c:min" not in chart


def test_names_stand_below_bars_that_go_below_zero(tmp_path: Path) -> None:
    columns = [chart for chart in _charts(_with_credit(tmp_path)) if 'barDir val="col"' in chart]
    assert len(columns) == 3  # Pareto, waterfall, intervals
    for chart in columns:
        axis = chart.split("<c:catAx>")[1].split("</c:catAx>")[0]
        assert '<c:tickLblPos val="low"/>' in axis


def test_a_large_credit_is_no_small_flow(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_with_credit(tmp_path), data_only=True)["数据质量与取舍"]
    header = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "小额流行数")
    assert sheet.cell(header.row + 1, header.column).value == 0


def test_a_publisher_is_named_once(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(flow="SF6", amount=0.1, unit="kg")]}), path)
    sheet = openpyxl.load_workbook(path)["报告用表"]
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "IPCC AR6 GWP100" in words
