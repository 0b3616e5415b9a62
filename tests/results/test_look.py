"""How the results workbook looks: figures that say what they are, headings, charts that hold for every study."""

from __future__ import annotations

import itertools
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import line, returned
from tests.results.kinds import SCENARIOS
from tests.studies import write_book_results, written
from workbook_engine.model import Stage
from workbook_engine.results.theme import STAGE_COLOURS
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Language


def _charts(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        return [package.read(name).decode() for name in names]


def _widths(path: Path, sheet: str) -> dict[int, float]:
    """Return column -> width; openpyxl keeps only the first of columns that share one."""
    found: dict[int, float] = {}
    for dimension in openpyxl.load_workbook(path)[sheet].column_dimensions.values():
        found |= dict.fromkeys(range(dimension.min, dimension.max + 1), dimension.width)
    return found


def test_a_pure_gas_is_its_own_part_whatever_its_factor_is_changed_to(tmp_path: Path) -> None:
    lines = [
        line(item="气体泄漏", flow="SF6", amount=0.002, unit="kg"),  # × 25,200 = 50.4 (AR6)
        line(item="制冷剂泄漏", flow="HFC-134a", amount=0.01, unit="kg"),  # × 1,530 = 15.3
        line(item="发泡", flow="HCFC-141b", amount=0.1, unit="kg"),  # × 860 = 86
        line(item="用电", amount=10),  # × 0.5777, whose parts are not published
    ]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    values = recalc.ironcalc_values(path)
    assert recalc.differences(path, values) == []
    rows = {str(v): cell[1:] for (sheet, cell), v in values.items() if sheet == "温室气体分列" and cell[0] == "B"}
    gases = {gas: values["温室气体分列", f"D{rows[gas]}"] for gas in ("HFCs", "SF6", "其他含氟气体", "未区分")}
    assert gases == pytest.approx({"HFCs": 15.3, "SF6": 50.4, "其他含氟气体": 86.0, "未区分": 5.777})

    printed = next(f"F{cell[1:]}" for (sheet, cell), v in values.items() if sheet == "排放因子" and v == "GWP-AR6-SF6")
    recalc.change_cell(path, tmp_path / "trial.xlsx", "排放因子", printed, 23500.0)
    trial = recalc.ironcalc_values(tmp_path / "trial.xlsx")
    assert trial["温室气体分列", f"D{rows['SF6']}"] == pytest.approx(47.0)
    assert trial["温室气体分列", f"D{rows['未区分']}"] == pytest.approx(5.777)


def test_a_heading_does_not_leave_its_last_bracket_on_a_line_of_its_own(tmp_path: Path) -> None:
    lines = [line(), line(flow="柴油", unit="kg"), line(flow="甲烷（非化石）", unit="kg")]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    widths = {name: _widths(path, name) for name in ("排放因子", "温室气体分列")}
    book = openpyxl.load_workbook(path)
    for name, header in (("排放因子", 4), ("温室气体分列", 5)):
        sheet = book[name]
        for cell in sheet[header]:
            width = widths[name][cell.column]
            for words in str(cell.value or "").split("\n"):
                over = text_width(words) + 1 - width
                assert not (words.endswith("）") and 0 < over <= 4), (name, cell.coordinate, words, width)


# -- figures


def _figures(path: Path, sheet: str) -> dict[str, tuple[float, str]]:
    """Return the figures of a sheet with their number formats."""
    cells = openpyxl.load_workbook(path, data_only=True)[sheet]
    return {
        cell.coordinate: (cell.value, cell.number_format.replace("_)", ""))  # what keeps it off the line
        for row in cells.iter_rows()
        for cell in row
        if isinstance(cell.value, float)
    }


def test_a_tiny_result_is_shown_with_its_power_of_ten(tmp_path: Path) -> None:
    lines = [line(amount=2e-6), line(item="照明", amount=0.0)]  # 0.5777 × 2e-6 = 1.1554e-6 kgCO2e
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    for sheet in ("结果摘要", "报告用表", "热点分析", "核算-产品生产", "溯源"):
        shown = {number for value, number in _figures(path, sheet).values() if value == pytest.approx(1.1554e-6)}
        assert shown == {"0.0000E+00"}, sheet
    labels = [part for part in _charts(path) if "0.0000E+00" in part]
    assert len(labels) == 2  # bars by stage, waterfall
    values = recalc.ironcalc_values(path)
    assert recalc.differences(path, values) == []


def test_small_rows_of_a_usual_result_keep_the_printed_decimals(tmp_path: Path) -> None:
    lines = [line(), line(item="照明", amount=0.001), line(item="指示灯", amount=0.00001)]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    formats = {value: number for value, number in _figures(path, "核算-产品生产").values() if "%" not in number}
    emissions = {amount * 0.5777: number for amount, number in formats.items() if amount in (100, 0.001, 0.00001)}
    assert set(emissions.values()) == {"#,##0.0000", "0.0000E+00"}
    assert formats[0.001 * 0.5777] == "#,##0.0000"  # 0.0006, as reports print it
    assert formats[0.00001 * 0.5777] == "0.0000E+00"  # 0.0000 would say that it emits nothing


def test_a_huge_result_has_room(tmp_path: Path) -> None:
    lines = [line(amount=3.21e8), line(item="照明", amount=1.5e7)]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    for sheet in openpyxl.load_workbook(path).sheetnames[:14]:
        widths = _widths(path, sheet)
        for cell, (value, number) in _figures(path, sheet).items():
            if number != "#,##0.0000" or cell == "B6":  # the large total shrinks to fit
                continue
            column = openpyxl.utils.cell.coordinate_from_string(cell)[0]
            width = widths.get(openpyxl.utils.column_index_from_string(column), 8.43)
            assert len(f"{value:,.4f}") + 1 <= width, (sheet, cell, value)
    big = openpyxl.load_workbook(path)["结果摘要"]["B6"]
    assert big.alignment.shrink_to_fit


def test_shares_beyond_the_total_have_room(tmp_path: Path) -> None:
    # The credit of 99 kWh leaves 1 kWh: the stages are 10,000 % and -9,900 % of the total.
    tables = {"production": [line()], "end_of_life": [line(**CREDIT | {"amount": 99})]}
    path = written(returned(tables, {"settings.credits": "计入结果"}), tmp_path / "results.xlsx")
    seen = 0
    for sheet in ("结果摘要", "核算-产品生产", "核算-产品处置", "热点分析", "溯源"):
        widths = _widths(path, sheet)
        for cell, (value, number) in _figures(path, sheet).items():
            if number == "0.00%" and abs(value) >= 10:
                seen += 1
                column = openpyxl.utils.cell.coordinate_from_string(cell)[0]
                width = widths.get(openpyxl.utils.column_index_from_string(column), 8.43)
                assert len(f"{value:.2%}") + 1 <= width, (sheet, cell, value)
    assert seen >= 10


def test_a_change_that_rounds_to_nothing_has_no_minus_sign(tmp_path: Path) -> None:
    lines = [line(), line(item="指示灯", amount=0.0001)]
    path = written(returned({"production": lines}), tmp_path / "results.xlsx")
    sheet = openpyxl.load_workbook(path)["热点分析"]
    shares = {
        cell for cell, (value, number) in _figures(path, "热点分析").items() if -0.00005 < value < 0 and "%" in number
    }
    assert shares
    covered = {
        cell: rule
        for area, rules in sheet.conditional_formatting._cf_rules.items()
        for rule in rules
        for cell in shares
        if cell in area
    }
    assert covered.keys() == shares
    for rule in covered.values():
        assert rule.dxf.numFmt.formatCode == "0.00%_);0.00%_)"
        assert ",".join(rule.formula).endswith(">-0.00005)")


# -- charts


CREDIT = {"item": "回收抵扣", "credit": "是", "amount": 30}


def _charts_of(path: Path, sheet: str) -> list[str]:
    """Return the charts of a sheet, in the order in which they were placed."""
    number = openpyxl.load_workbook(path, read_only=True).sheetnames.index(sheet) + 1
    with zipfile.ZipFile(path) as package:
        drawing = re.search(
            r"drawings/(drawing\d+\.xml)", package.read(f"xl/worksheets/_rels/sheet{number}.xml.rels").decode()
        )
        assert drawing
        names = re.findall(r"charts/(chart\d+\.xml)", package.read(f"xl/drawings/_rels/{drawing[1]}.rels").decode())
        return [package.read(f"xl/charts/{name}").decode() for name in names]


def test_a_study_with_a_credit_has_its_shares_as_bars(tmp_path: Path) -> None:
    # 57.77 kgCO2e of 100 kWh, 23.108 of 40 kWh less 17.331 of 30 kWh: 63.547 in all, shares 90.91 and 9.09 %;
    # the credit of 80 kWh makes the stage −23.108 and the total 34.662: 166.67 and −66.67 %.
    tables = {"production": [line()], "end_of_life": [line(item="拆解", amount=40), line(**CREDIT | {"amount": 80})]}
    path = written(returned(tables, {"settings.credits": "计入结果"}), tmp_path / "results.xlsx")
    for sheet, shares in (("结果摘要", "$D$9:$D$10"), ("报告用表", "$D$")):
        chart = _charts_of(path, sheet)[0]
        assert "<c:pieChart>" not in chart
        assert "抵减为负" in chart
        assert re.findall(r"<c:cat>.*?</c:cat>", chart)[0].count("<c:v>") == 2
        assert "<c:v>产品生产 166.67%</c:v>" in chart
        assert "<c:v>产品处置 -66.67%</c:v>" in chart
        assert shares in re.findall(r"<c:val><c:numRef><c:f>(.*?)</c:f>", chart)[0]
        cached = [float(value) for value in re.findall(r"<c:v>(-?[\d.]+)</c:v>", chart.partition("<c:val>")[2])]
        assert cached == pytest.approx([57.77 / 34.662, -23.108 / 34.662])
        assert chart.count("<a:pattFill") == 1  # the one below zero, told apart without colour
        assert '<c:min val="0"/>' not in chart


def test_bars_of_a_study_with_a_credit_have_their_values_in_their_names(tmp_path: Path) -> None:
    # As above; a label beside a short bar below zero would lie on its name.
    tables = {"production": [line()], "end_of_life": [line(item="拆解", amount=40), line(**CREDIT | {"amount": 80})]}
    path = written(returned(tables, {"settings.credits": "计入结果"}), tmp_path / "results.xlsx")
    bars = _charts_of(path, "结果摘要")[1]
    assert "<c:v>产品生产 57.7700</c:v>" in bars
    assert "<c:v>产品处置 -23.1080</c:v>" in bars
    assert "<c:dLbls>" not in bars
    values = recalc.ironcalc_values(path)
    names = {v for (sheet, cell), v in values.items() if sheet == "结果摘要" and cell[0] == "O"}
    assert names == {"产品生产 57.7700", "产品处置 -23.1080"}


def test_a_fall_of_the_waterfall_is_labelled_with_the_sum_after_it(tmp_path: Path) -> None:
    tables = {"production": [line()], "end_of_life": [line(item="拆解", amount=40), line(**CREDIT | {"amount": 80})]}
    path = written(returned(tables, {"settings.credits": "计入结果"}), tmp_path / "results.xlsx")
    waterfall = _charts_of(path, "热点分析")[1]
    labelled = waterfall[waterfall.index("<c:lineChart>") :]
    assert "<c:dLbls>" in labelled
    cached = [float(value) for value in re.findall(r"<c:v>(-?[\d.]+)</c:v>", labelled.partition("<c:val>")[2])]
    assert cached[:3] == pytest.approx([57.77, 34.662, 34.662])  # after production, after the credit, in all


def test_the_names_of_shares_below_zero_are_computed_alike_everywhere(tmp_path: Path) -> None:
    tables = {"production": [line()], "end_of_life": [line(item="拆解", amount=40), line(**CREDIT | {"amount": 80})]}
    path = written(returned(tables, {"settings.credits": "计入结果"}), tmp_path / "results.xlsx")
    values = recalc.ironcalc_values(path)
    names = [value for (sheet, _), value in values.items() if sheet == "结果摘要" and str(value).endswith("66.67%")]
    assert names == ["产品生产 166.67%", "产品处置 -66.67%"]


def test_without_a_credit_the_shares_are_a_pie(tmp_path: Path) -> None:
    tables = {"production": [line()], "end_of_life": [line(item="拆解", amount=40)]}
    path = written(returned(tables), tmp_path / "results.xlsx")
    for sheet in ("结果摘要", "报告用表"):
        assert "<c:pieChart>" in _charts_of(path, sheet)[0]


def _lightness(colour: str) -> float:
    """Return L* of CIELAB (CIE 15:2004) of an sRGB colour (IEC 61966-2-1)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * luminance ** (1 / 3) - 16


def test_stages_can_be_told_apart_in_black_and_white() -> None:
    lightness = sorted(_lightness(colour) for colour in STAGE_COLOURS.values())
    assert len(lightness) == len(Stage)
    assert min(after - before for before, after in itertools.pairwise(lightness)) >= 8
    assert lightness[-1] < 90  # the lightest one still stands out from the paper


def test_the_paretos_legend_names_the_letters_of_its_columns(tmp_path: Path) -> None:
    tables = {"production": [line()], "end_of_life": [line(item="拆解", amount=40)]}
    path = written(returned(tables), tmp_path / "results.xlsx")
    pareto = _charts_of(path, "热点分析")[0]
    names = re.findall(r"<c:ser>.*?<c:tx>.*?<c:v>(.*?)</c:v>", pareto)
    assert names[:2] == ["PR 产品生产", "EL 产品处置"]
    assert re.findall(r"<c:cat>.*?<c:v>(.*?)</c:v>.*?<c:v>(.*?)</c:v>", pareto)[0] == ("PR-001", "EL-001")


# -- on the screen


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sheet_opens_with_its_cursor_where_it_is_seen(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "results.xlsx"
    tables = {"production": [line()], "use": [line(item="损耗", amount=40)], "scenarios": SCENARIOS}
    write_book_results(returned(tables), path, language)
    book = openpyxl.load_workbook(path)
    assert book.active is book.worksheets[0]
    for sheet in book:
        view, pane = sheet.sheet_view, sheet.sheet_view.pane
        active = next(each for each in view.selection if pane is None or each.pane == pane.activePane)
        first = sheet.freeze_panes or "B1"
        row, column = openpyxl.utils.cell.coordinate_to_tuple(first)
        assert active.activeCell == f"{openpyxl.utils.get_column_letter(max(column, 2))}{row}", sheet.title


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_stands_before_a_cell_that_can_be_changed_is_not_covered_by_it(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line()], "scenarios": SCENARIOS}), path, language)
    book = openpyxl.load_workbook(path)
    name = "情景" if language == "zh" else "Scenarios"
    assert text_width(book[name]["B3"].value) <= _widths(path, name)[2]
    assert book[name]["C3"].value  # what covers the text that runs on
