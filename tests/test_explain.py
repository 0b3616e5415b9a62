"""Calculation records read back from results workbooks, figures worked by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import write_book_results
from workbook_engine.cli import main
from workbook_engine.errors import ResultsError
from workbook_engine.explain import AS_IT_STANDS, as_text, explain

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.explain import Record
    from workbook_engine.texts import Language


def facts(record: Record) -> dict[str, str]:
    return {label.en: words for label, words in record.facts}


@pytest.fixture
def two_products(tmp_path: Path) -> Path:
    """Write the results of two products that share a plant, with a line in 万kWh, diesel in litres and a gap."""
    tables = {
        "production": [
            line(amount=13.41893, unit="万kWh", basis="全厂全年合计", plant="南昌"),
            line(item="叉车", amount=2, flow="柴油", unit="L", product="环网箱"),
        ],
        "plants": [{"name": "南昌", "allocation_basis": "企业自定权重", "justification": "按加工量"}],
        "plant_products": [
            {"plant": "南昌", "product": "环网箱", "output": 2400, "weight": 0.9},
            {"plant": "南昌", "product": "集中式 DTU", "output": 7500, "weight": 1},
        ],
    }
    products = [PRODUCT | {"name": "环网箱", "output": 2400}, PRODUCT | {"name": "集中式 DTU", "output": 7500}]
    path = tmp_path / "results.xlsx"
    write_book_results(returned(tables, products=products), path)
    return path


def test_a_plant_total_from_the_typed_cell_to_its_emission(two_products: Path) -> None:
    # 13.41893 万kWh = 134189.3 kWh; × 0.9 / (0.9 × 2400 + 7500) = 0.9 / 9660 = 9.316770186e-5 -> 12.50210870 kWh
    (record,) = explain(two_products, "PR-001", "环网箱")
    told = facts(record)
    assert told["Cell as typed"].startswith("产品生产!")
    assert "“13.41893" in told["Cell as typed"]
    assert "计量仪表，初级数据" in told["Cell as typed"]
    assert told["Read as"].startswith("13.41893 万kWh")
    assert "10000" in told["Conversion"]
    assert "134,189.3 kWh" in told["Conversion"]
    assert "9.31677018634e-05" in told["Per unit"]
    assert "分摊" in told["Per unit"]  # the formula that divides the plant's total
    assert told["Activity"] == "12.5021086957 kWh"
    assert told["Factor"].startswith("0.5777 kgCO2e/kWh  EL-CF-2024-CN")
    assert "关于发布2024年电力碳足迹因子数据的公告" in told["Its source"]
    # 12.5021086957 × 0.5777 = 7.22246819348
    assert told["Emission"].startswith("12.5021086957 × 0.5777 = 7.22246819348 kgCO2e")


def test_the_choice_of_a_factor_and_what_else_there_was(two_products: Path) -> None:
    # 134189.3 kWh × 0.9 / 9660 = 12.50210870 kWh by 0.5777; by 0.5366 (CO2, 2022): 12.50210870 × -0.0411 = -0.513837
    for_one, for_other = (facts(explain(two_products, "PR-001", name)[0]) for name in ("环网箱", "DTU"))
    assert for_one["Chosen by"].startswith("核算设置")
    assert "EL-CO2-2022-CN 0.5366 kgCO2e/kWh → -0.513837 kgCO2e" in for_one["Others (change of total)"].replace(
        "  ", " "
    )
    # 134189.3 / 9660 = 13.89123188 kWh × -0.0411 = -0.570930
    assert "EL-CO2-2022-CN 0.5366 kgCO2e/kWh → -0.57093 kgCO2e" in for_other["Others (change of total)"]


def test_a_fuel_with_its_density_and_its_parameters(two_products: Path) -> None:
    (record,) = explain(two_products, "PR-002")
    told = facts(record)
    assert "kg/L" in told["Conversion"]
    assert told["How it comes about"] == "42.652 GJ/t × 20.2 tC/TJ × 0.98 × 44/12"
    assert (record.item, record.stage) == ("叉车", "产品生产")


def test_a_line_of_two_products_has_a_record_for_each(two_products: Path) -> None:
    first, second = explain(two_products, "pr-001")
    assert (first.product.split()[0], second.product.split()[0]) == ("环网箱", "集中式")
    assert facts(second)["Activity"] == "13.8912318841 kWh"  # 134189.3 / 9660


def test_without_a_line_all_are_told(two_products: Path) -> None:
    assert [record.line_id for record in explain(two_products)] == ["PR-001", "PR-002", "PR-001"]


def test_quality_scores_are_told_of_amount_and_factor(two_products: Path) -> None:
    (record,) = explain(two_products, "PR-001", "环网箱")
    quality = [words for label, words in record.facts if label.en == "Data quality"]
    assert [words.partition("  ")[0] for words in quality] == ["PR-001：1 1 1 1 2", "EL-CF-2024-CN：2 2 1 1 1"]


def test_a_blocked_line_says_why_and_shows_no_emission(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(flow="独角兽毛")]}), path)
    (record,) = explain(path)
    told = facts(record)
    assert "kgCO2e" not in told.get("Emission", "")
    assert "独角兽毛" in told["Findings"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_workbook_in_either_language_is_read(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(), path, language)
    (record,) = explain(path, "PR-001")
    assert facts(record)["Emission"].startswith("100 × 0.5777 = 57.77 kgCO2e")


def test_columns_are_found_by_their_headings_wherever_they_went(tmp_path: Path) -> None:
    path, moved = tmp_path / "results.xlsx", tmp_path / "moved.xlsx"
    write_book_results(returned(), path)
    book = openpyxl.load_workbook(path, data_only=True)
    book["溯源"].insert_cols(4, 2)
    book.save(moved)
    (record,) = explain(moved)
    assert facts(record)["Emission"].startswith("100 × 0.5777 = 57.77 kgCO2e")


CREDITED = {
    "end_of_life": [
        line(item="拆解", amount=8),
        line(item="替代原生钢", flow="柴油", amount=2, unit="kg", credit="是"),
    ],
    "production": [line(), line(item="待定项", amount="待定")],
    "scenarios": [{"scenario": "2030 年电网", "target": "电力", "change": "因子改为（数值）", "value": 0.4}],
}
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][:;,()](?!\d)|[:;,()][\u4e00-\u9fff]")
FULL_WIDTH = re.compile(r"[，；：（）、。]")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_marks_are_those_of_the_language(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(CREDITED), path, language)
    told = "\n".join(as_text(record, language) for record in explain(path, language=language))
    told = "\n".join(line for line in told.splitlines() if not line.strip().startswith(("因子来源", "Its source")))
    assert not (FULL_WIDTH if language == "en" else HALF_WIDTH).findall(told.replace("待定项", ""))


@pytest.mark.parametrize(("workbook", "asked"), [("zh", "en"), ("en", "zh")])
def test_words_are_in_the_language_that_is_asked_for(tmp_path: Path, workbook: Language, asked: Language) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(CREDITED), path, workbook)
    records = {record.line_id: record for record in explain(path, language=asked)}
    made, first = records["PR-002"], facts(records["PR-001"])
    words = {
        "zh": ("产品生产", "计量仪表，初级数据", "每功能单位", "须更正：数量待定："),
        "en": ("Production", "Meter, Primary", "Per functional unit", "Error: Amount pending: "),
    }[asked]
    assert made.stage == words[0]
    assert first["Cell as typed"].endswith(words[1])
    assert first["Per unit"].startswith(words[2])
    told = as_text(made, asked)
    assert words[3] in told
    assert told.splitlines()[-1].strip() == AS_IT_STANDS.to(asked)
    own = as_text(explain(path, "PR-002", language=workbook)[0], workbook)
    assert AS_IT_STANDS.to(workbook) not in own


def test_a_credit_is_told_with_its_source_and_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(CREDITED), path)
    told = facts(explain(path, "EL-002")[0])
    assert told["Cell as typed"].endswith("计量仪表，初级数据")
    assert told["Emission"].endswith("kgCO2e（单独列出，不计入）")


def test_what_is_pending_was_read_as_nothing(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(CREDITED), path)
    told = facts(explain(path, "PR-002")[0])
    assert "Read as" not in told
    assert "“待定”" in told["Cell as typed"]


def test_a_workbook_that_shows_a_scenario_says_so(tmp_path: Path) -> None:
    path, switched = tmp_path / "results.xlsx", tmp_path / "switched.xlsx"
    write_book_results(returned(CREDITED | {"production": [line()]}), path)
    assert "Scenario shown" not in facts(explain(path, "PR-001")[0])
    book = openpyxl.load_workbook(path)
    book["情景"]["C3"] = "2030 年电网"
    book.save(switched)
    assert facts(explain(switched, "PR-001")[0])["Scenario shown"] == "2030 年电网"


def test_an_unknown_line_names_those_that_there_are(two_products: Path) -> None:
    with pytest.raises(ResultsError, match="PR-001, PR-002"):
        explain(two_products, "PR-099")


def test_a_workbook_that_is_no_result_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(ResultsError, match="not a results workbook"):
        explain(path)


def test_a_results_workbook_that_lost_a_sheet_is_told_its_name(two_products: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.xlsx"
    book = openpyxl.load_workbook(two_products)
    del book["溯源"]
    book.save(path)
    with pytest.raises(ResultsError) as caught:
        explain(path)
    assert caught.value.text.zh.endswith("缺少“溯源”表")
    assert "the sheet “Trace”" in caught.value.text.en


@pytest.mark.parametrize(("language", "label"), [("zh", "排放因子"), ("en", "Factor")])
def test_a_record_is_a_line_a_fact(two_products: Path, language: Language, label: str) -> None:
    (record,) = explain(two_products, "PR-001", "环网箱")
    lines = as_text(record, language).splitlines()
    assert lines[0].startswith(f"PR-001  生产用电{'（' if language == 'zh' else ' ('}产品生产")
    assert len(lines) == len(record.facts) + 1
    assert any(words.strip().startswith(label) for words in lines)


def test_the_command_prints_the_record(two_products: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(two_products), "--line", "PR-002", "--lang", "zh"]) == 0
    assert "42.652 GJ/t × 20.2 tC/TJ × 0.98 × 44/12" in capsys.readouterr().out
    assert main(["explain", str(two_products), "--line", "XX-001", "--lang", "zh"]) == 2
    assert "PR-001" in capsys.readouterr().err
