"""The sheets that are read first or last: cover, report tables, hotspots, data quality, trace, clauses, findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests import recalc
from tests.results import studies
from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.model import Omission, Quantity, Stage
from workbook_engine.results import write_results

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "results.xlsx"
    findings = (
        Finding(catalogue.NUMBER_AS_TEXT, CellRef(studies.MATERIALS, 6, 5), {"typed": "3.5万度", "value": "35000"}),
        Finding(catalogue.NOT_A_NUMBER, CellRef("填写说明", 2, 2), {"typed": "x"}),
    )
    write_results(path, studies.job(findings=findings), language="zh")
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


def _target(book: Workbook, sheet: str, cell: str) -> str | None:
    link = book[sheet][cell].hyperlink
    return link.location if link else None


def _find(book: Workbook, sheet: str, text: str) -> list[str]:
    return [c.coordinate for row in book[sheet].iter_rows() for c in row if c.value == text]


def test_trace_leads_to_the_company_s_cell_and_back(book: Workbook) -> None:
    (place,) = _find(book, "溯源", "产品处置!E6")
    assert _target(book, "溯源", place) == "'产品处置'!E6"
    row = book["溯源"][place].row
    assert book["溯源"][f"B{row}"].value == "EL-002"
    assert _target(book, "产品处置", "B6") == f"'溯源'!B{row}"


def test_stage_line_and_trace_lead_to_each_other(book: Workbook) -> None:
    (line,) = _find(book, "核算-成品运输", "DI-001")
    target = _target(book, "核算-成品运输", line)
    assert target is not None
    sheet, _, cell = target.partition("!")
    assert book[sheet.strip("'")][cell].value == "DI-001"
    assert _target(book, "溯源", cell) == f"'核算-成品运输'!{line}"


def test_hotspots_rank_the_largest_first_and_follow_a_change(path: Path, tmp_path: Path) -> None:
    before = recalc.ironcalc_values(path)
    assert [str(before["热点分析", f"C{row}"]).split()[0] for row in (7, 8)] == ["RM-001", "RM-002"]
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(path, changed, studies.OTHER, "E5", 1000.0)  # 1,000 kg diesel: by far the largest now
    after = recalc.ironcalc_values(changed)
    assert [str(after["热点分析", f"C{row}"]).split()[0] for row in (7, 8)] == ["DI-001", "RM-001"]
    shares = [float(str(after["热点分析", f"G{row}"])) for row in range(7, 15)]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)


def test_equal_lines_have_different_ranks(tmp_path: Path) -> None:
    base = studies.inventory()
    same = base.lines[0].amounts
    lines = tuple(replace(line, amounts=same) if line.id in ("RT-001", "DI-001") else line for line in base.lines)
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(replace(base, lines=lines)), language="zh")
    assert recalc.differences(target, recalc.ironcalc_values(target)) == []
    ranks = [recalc.stored_values(target)["溯源", f"R{row}"] for row in range(5, 13)]
    assert sorted(ranks) == list(range(1, 9))  # type: ignore[type-var]


def test_cover_compares_engine_and_workbook(path: Path, tmp_path: Path) -> None:
    stored = recalc.stored_values(path)
    assert stored["封面", "E6"] == stored["封面", "F6"]
    assert stored["封面", "G6"] == 0
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(path, changed, studies.MATERIALS, "E5", 245.2147)
    assert recalc.ironcalc_values(changed)["封面", "G6"] == pytest.approx(57.77)


def test_the_cover_is_in_one_language(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "english.xlsx"
    write_results(other, studies.job(), language="en")
    labels = [[row[1].value for row in load_workbook(file).worksheets[0].iter_rows()] for file in (path, other)]
    chinese, english = (" ".join(str(label) for label in column if label) for column in labels)
    assert "因子库 " in chinese
    assert "Factor library" not in chinese
    assert "因子库" not in english


def test_cover_lists_every_sheet_with_a_link(book: Workbook) -> None:
    links = [cell.hyperlink for row in book["封面"].iter_rows() for cell in row if cell.hyperlink]
    linked = {link.location.partition("!")[0].strip("'") for link in links}
    assert linked == {sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"} - {"封面"}


def test_report_tables_add_up_a_stage_s_flows(path: Path, book: Workbook) -> None:
    stored = recalc.stored_values(path)
    rows = _find(book, "报告用表", "原材料运输")
    found = [stored.get(("报告用表", f"D{cell[1:]}")) for cell in rows]
    assert any(value == pytest.approx(0.8289 + 0.42) for value in found if isinstance(value, float))


def test_many_lines_of_a_flow_are_summed_by_their_factor(tmp_path: Path) -> None:
    base = studies.inventory()
    extra = tuple(replace(base.lines[0], id=f"RM-{number:03d}") for number in range(10, 60))
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(replace(base, lines=(*base.lines, *extra))), language="zh")
    assert recalc.differences(target, recalc.ironcalc_values(target)) == []
    values = [value for (sheet, _), value in recalc.ironcalc_values(target).items() if sheet == "报告用表"]
    assert any(value == pytest.approx(145.2147 * 51 + 35_000 / 2400) for value in values if isinstance(value, float))


def test_primary_data_share_is_of_emissions(tmp_path: Path) -> None:
    base = studies.inventory()
    lines = tuple(replace(line, is_primary=line.id != "RM-001") for line in base.lines)
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(replace(base, lines=lines)), language="zh")
    stored, again = recalc.stored_values(target), recalc.ironcalc_values(target)
    total = float(str(stored["结果摘要", "C16"]))
    assert stored["数据质量与取舍", "D7"] == pytest.approx(1 - 0.5777 * 145.2147 / total)
    assert again["数据质量与取舍", "E7"] == pytest.approx(0.5777 * 145.2147 / total)


def test_what_was_left_out_is_listed_with_its_reason(book: Workbook) -> None:
    assert _find(book, "数据质量与取舍", Stage.USE.title.zh)
    assert _find(book, "数据质量与取舍", "低于取舍准则")


def test_findings_lead_to_the_cell_where_its_sheet_came_along(book: Workbook) -> None:
    sheet = book["问题清单"]
    assert sheet["C5"].value == "须更正"
    assert sheet["D5"].hyperlink is None  # the instructions did not come along
    assert sheet["C6"].value == "说明"
    assert _target(book, "问题清单", "D6") == "'原材料获取'!E6"
    assert "3.5万度" in sheet["E6"].value


def test_suggestions_come_from_the_study_s_own_figures(path: Path, tmp_path: Path) -> None:
    values = recalc.ironcalc_values(path)
    header = next(int(cell[1:]) for (sheet, cell), v in values.items() if sheet == "热点分析" and v == "改进建议")
    rows = range(header + 1, header + 9)
    effects = [values["热点分析", f"H{row}"] for row in rows if ("热点分析", f"I{row}") in values]
    assert effects == sorted(effects)  # the largest decrease first
    # Electricity, in the lines that share its factor, by hand: all that is counted with 0.5777 kgCO2e/kWh.
    electricity = 145.2147 + 35_000 / 2400 + (134_189.3 + 24_150) * 0.9 / 9660
    assert effects[0] == pytest.approx(-0.1 * 0.5777 * electricity)
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(path, changed, "热点分析", "D3", 0.3)
    assert recalc.ironcalc_values(changed)["热点分析", f"H{header + 1}"] == pytest.approx(-0.3 * 0.5777 * electricity)


def test_what_the_waterfall_is_drawn_from_is_not_printed(book: Workbook) -> None:
    sheet = book["热点分析"]
    (helper,) = _find(book, "热点分析", "图：柱起点")
    assert sheet.print_area.endswith("$I$" + sheet.print_area.rpartition("$")[2])
    assert helper.startswith("L")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sheet_prints_one_page_wide_on_a4_but_for_the_widest(tmp_path: Path, language: str) -> None:
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(), language="en" if language == "en" else "zh")
    sheets = load_workbook(target).worksheets
    two_wide = {"排放因子", "归一化", "Emission factors", "Normalization"}
    for sheet in sheets:
        if sheet.sheet_state == "visible":
            pages = 2 if sheet.title in two_wide else 1
            assert (sheet.page_setup.paperSize, 1 + len(sheet.col_breaks.brk)) == (9, pages), sheet.title
            assert pages == 1 or sheet.print_title_cols, sheet.title
            if pages == 1:
                assert (sheet.page_setup.fitToWidth or 1, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)


def test_cut_off_is_judged_one_by_one_and_together(tmp_path: Path) -> None:
    base = studies.inventory()
    total = 106.8779540870641  # of the worked example
    where = studies.where("别处", 1)

    def omission(item: str, share: float) -> Omission:
        estimate = Quantity(share * total, where, "")
        return Omission(item, Stage.RAW_MATERIAL_ACQUISITION, None, estimate, None, "少", where)

    left_out = (omission("包装", 0.01), omission("标签", 0.02), omission("胶", 0.024))
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(replace(base, omissions=left_out)), language="zh")
    values = recalc.ironcalc_values(target)
    assert recalc.differences(target, values) == []
    rows = {str(v): cell[1:] for (sheet, cell), v in values.items() if sheet == "数据质量与取舍" and cell[0] == "B"}
    verdicts = [values["数据质量与取舍", f"G{rows[item]}"] for item in ("包装", "标签", "胶", "合计（界限 5.00%）")]
    # Of the whole, which is 1.054 times what is counted: 0.95 %; 1.9 %; 2.3 %; together 5.1 %.
    assert verdicts == ["是", "否", "否", "否"]
    assert values["数据质量与取舍", f"E{rows['合计（界限 5.00%）']}"] == pytest.approx(0.054 / 1.054)


def test_a_flow_of_which_only_the_mass_is_estimated_is_judged_by_mass(tmp_path: Path) -> None:
    base, where = studies.inventory(), studies.where("别处", 1)
    product = replace(base.products[0], mass_kg=Quantity(9.9, where, ""))
    by_mass = Omission("铆钉", Stage.RAW_MATERIAL_ACQUISITION, None, None, Quantity(0.1, where, ""), "少", where)
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(replace(base, products=(product,), omissions=(by_mass,))), language="zh")
    values = recalc.ironcalc_values(target)
    assert recalc.differences(target, values) == []
    row = next(cell[1:] for (sheet, cell), v in values.items() if sheet == "数据质量与取舍" and v == "铆钉")
    assert values["数据质量与取舍", f"E{row}"] == pytest.approx(0.01)
    assert values["数据质量与取舍", f"G{row}"] == "是"


def test_gases_are_told_apart_only_where_factors_tell(tmp_path: Path) -> None:
    base = studies.inventory()
    factor = replace(
        studies.EF_DIESEL, id="by_gas", gases={"co2": 3.0, "ch4_fossil": 0.05}
    )  # 0.0459… of it is not told apart
    lines = tuple(replace(line, factor=factor) if line.id == "DI-001" else line for line in base.lines)
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(replace(base, lines=lines)), language="zh")
    values = recalc.ironcalc_values(target)
    assert recalc.differences(target, values) == []
    rows = {str(v): cell[1:] for (sheet, cell), v in values.items() if sheet == "温室气体分列" and cell[0] == "B"}
    # columns C to G: five stages, H the total
    assert values["温室气体分列", f"H{rows['CO2（化石）']}"] == pytest.approx(0.6236 * 3.0)
    assert values["温室气体分列", f"F{rows['CH4（化石）']}"] == pytest.approx(0.6236 * 0.05)
    assert values["温室气体分列", f"F{rows['未区分']}"] == pytest.approx(0.6236 * (3.0959096373 - 3.05))
    assert values["温室气体分列", f"H{rows['合计']}"] == pytest.approx(values["结果摘要", "C16"])
    plain = tmp_path / "plain.xlsx"
    write_results(plain, studies.job(), language="zh")
    assert "温室气体分列" not in recalc.sheet_parts(plain)
