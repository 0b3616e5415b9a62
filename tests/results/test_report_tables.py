"""报告用表 and 封面 against what the three published reports print: each column of each table, value by value."""

from __future__ import annotations

import json
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.studies import write_book_results
from workbook_engine.model import Appearance, Stage
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

EXAMPLES = Path(__file__).parent.parent.parent / "example_workbooks"
CASES = sorted(folder.parent.name for folder in EXAMPLES.glob("*/expected.json"))
ANNUAL, PER_UNIT = "全年活动数据\n（本产品）", "活动数据"
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def expected(case: str) -> dict[str, Any]:
    return json.loads((EXAMPLES / case / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def path(case: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    done = process(next((EXAMPLES / case).glob("*.xlsx")), tmp_path_factory.mktemp(case))
    return Path(done.results[0])


@pytest.fixture(scope="module")
def sheet(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path, data_only=True)["报告用表"]


def table(sheet: Worksheet, caption: str) -> Rows:
    """Return the rows of the table of that caption as heading -> value."""
    first = next(row for row in range(1, sheet.max_row + 1) if caption in str(sheet.cell(row, 2).value))
    headings = {cell.column: cell.value for cell in sheet[first + 1] if cell.value}
    rows: Rows = []
    for row in range(first + 2, sheet.max_row + 1):
        if sheet.cell(row, 2).value in (None, ""):
            break
        rows.append({heading: sheet.cell(row, column).value for column, heading in headings.items()})
    return rows


def as_printed(value: object, like: float) -> Decimal:
    """Round half up to as many decimals as the printed figure has."""
    assert isinstance(value, float | int)
    decimals = -int(Decimal(str(like)).as_tuple().exponent)
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def title(stage: str) -> str:
    return "总计" if stage == "total" else Stage(stage).title.zh


def test_the_boundary_is_as_printed(sheet: Worksheet, expected: dict[str, Any]) -> None:
    rows = {row["阶段"]: row for row in table(sheet, "系统边界")}
    for stage, printed in expected["printed_tables"]["boundary"].items():
        row = rows[title(stage)]
        assert (row["纳入的过程"], row["排除的过程"]) == (printed["included"], printed["excluded"])


def test_each_row_of_the_activity_data_is_as_printed(sheet: Worksheet, expected: dict[str, Any]) -> None:
    rows = table(sheet, "活动数据清单")
    printed_rows = expected["printed_tables"]["activity"]
    amounts = ANNUAL if expected["printed_tables"]["activity_is"] == "annual totals" else PER_UNIT
    for printed in printed_rows:
        (row,) = (
            row for row in rows if (row["阶段"], row["能源、材料或气体"]) == (title(printed["stage"]), printed["flow"])
        )
        assert row["单位"] == printed["unit"]
        if printed["amount"] == "/":
            assert {row[amounts], row["排放因子"], row["因子来源"]} == {"/"}
            continue
        assert as_printed(row[amounts], printed["amount"]) == Decimal(str(printed["amount"]))
        of_heat = row["单位热值因子 tCO2/GJ"]
        factor = row["排放因子"] if of_heat == "/" else of_heat
        assert as_printed(factor, printed["factor"]) == Decimal(str(printed["factor"]))
    counted = [row for row in rows if row[PER_UNIT] != "/"]
    assert len(counted) == len([printed for printed in printed_rows if printed["amount"] != "/"])


def test_emissions_of_the_year_are_as_printed_but_for_the_named_differences(
    sheet: Worksheet, expected: dict[str, Any]
) -> None:
    rows = {(row["阶段"], row["能源、材料或气体"]): row for row in table(sheet, "活动数据清单")}
    cut = {
        d["stage"]: d["rounded_annual_kg_co2e"]
        for d in expected["differences_from_print"]
        if "rounded_annual_kg_co2e" in d
    }
    printed_rows = [row for row in expected["printed_tables"]["activity"] if "annual_kg_co2e" in row]
    assert bool(printed_rows) == (expected["report_no"] == "T4000402")
    for printed in printed_rows:
        want = cut.get(printed["stage"], printed["annual_kg_co2e"])
        assert abs(want - printed["annual_kg_co2e"]) <= 0.0011
        got = rows[title(printed["stage"]), printed["flow"]]["全年碳排放 kgCO2e"]
        assert as_printed(got, want) == Decimal(str(want))


def test_each_row_of_the_results_is_as_printed_but_for_the_named_differences(
    sheet: Worksheet, expected: dict[str, Any]
) -> None:
    rows = {row["阶段"]: row for row in table(sheet, "各阶段碳排放")}
    named = {d["stage"]: d for d in expected["differences_from_print"]}
    for stage, (emission, share) in expected["printed_tables"]["results"].items():
        row, difference = rows[title(stage)], named.get(stage, {})
        if emission == "/":
            assert (row["碳排放 kgCO2e"], row["占比"]) == ("/", "/")
            continue
        want = difference.get("from_printed_activity", emission)
        assert as_printed(row["碳排放 kgCO2e"], 0.0001) == Decimal(str(want)).quantize(Decimal("0.0001"))
        of_total = difference.get("from_unrounded", share.rstrip("%"))
        assert as_printed(100 * row["占比"], 0.01) == Decimal(str(of_total)).quantize(Decimal("0.01"))


def test_the_figure_shows_the_printed_shares(path: Path, expected: dict[str, Any]) -> None:
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if "charts/chart" in name]
    (chart,) = (text for text in charts if "各阶段碳排放占比" in text and "图 1" in text)
    named = {d["stage"]: d["from_unrounded"] for d in expected["differences_from_print"] if "from_unrounded" in d}
    for stage, (_, share) in expected["printed_tables"]["results"].items():
        if stage != "total" and share != "/":
            assert f"<c:v>{title(stage)} {named.get(stage, share.rstrip('%'))}%</c:v>" in chart
    values = re.search(r"<c:val>.*?</c:val>", chart)
    assert values
    assert "结果摘要" in values[0]


def test_the_cover_says_what_the_reports_say_of_the_study(path: Path, expected: dict[str, Any]) -> None:
    cover = openpyxl.load_workbook(path, data_only=True)["封面"]
    cells = [cell.value for row in cover.iter_rows() for cell in row if cell.value not in (None, "")]
    words = " ".join(map(str, cells))
    printed = expected["printed_tables"]["cover"]
    for key in ("company", "address", "report_no", "product", "model", "unit", "boundary"):
        assert printed[key] in words, key
    for text in (*printed["standards"], *printed["period"]):
        assert text in words
    outputs = [cells[at + 1] for at, cell in enumerate(cells) if cell == "全年产量"]
    assert outputs == ([printed["annual_output"]] if printed["annual_output"] else [])


def test_totals_stand_beside_the_amounts_only_where_totals_were_given(sheet: Worksheet, case: str) -> None:
    headings = table(sheet, "活动数据清单")[0]
    assert (ANNUAL in headings) == (case in {"T4000402", "T410267-1_plant_totals"})


# A plant makes 10 A (weight 2) and 30 B (weight 1): of 1,000 kWh each A takes 1000 × 2 / 50 = 40, all A 400, all B 600.
PLANT = {
    "plants": [{"name": "一厂", "allocation_basis": "企业自定权重", "justification": "工序"}],
    "plant_products": [
        {"plant": "一厂", "product": "甲", "output": 10, "unit": "台", "weight": 2},
        {"plant": "一厂", "product": "乙", "output": 30, "unit": "台", "weight": 1},
    ],
    "production": [line(amount=1000, basis="全厂全年合计", plant="一厂", product="")],
}
TWO = [PRODUCT | {"name": "甲", "output": 10}, PRODUCT | {"name": "乙", "output": 30}]


def _totals(path: Path) -> list[float]:
    sheet = openpyxl.load_workbook(path)["报告用表"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == ANNUAL]
    assert len(cells) == 2
    values = recalc.ironcalc_values(path)
    return [
        float(value)
        for cell in cells
        for row in range(cell.row + 1, cell.row + 8)
        if isinstance(value := values.get(("报告用表", f"{cell.column_letter}{row}")), float | int)
    ]


def test_what_a_product_takes_of_a_plant_s_total_follows_the_total(tmp_path: Path) -> None:
    path, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    write_book_results(returned(PLANT, products=TWO), path)
    assert _totals(path) == pytest.approx([400, 600])
    amount = next(
        cell
        for row in openpyxl.load_workbook(path)["产品生产"].iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and cell.value == 1000
    )
    recalc.change_cell(path, changed, "产品生产", amount.coordinate, 2000.0)
    assert _totals(changed) == pytest.approx([800, 1200])


def test_a_period_that_is_no_year_is_not_called_one(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    fields = {"study.period_start": "2025-01-01", "study.period_end": "2025-09-30"}
    write_book_results(returned(PLANT, fields, products=TWO), path)
    words = [str(cell.value) for row in openpyxl.load_workbook(path)["报告用表"].iter_rows() for cell in row]
    assert "统计周期活动数据\n（本产品）" in words
    assert not any("全年" in word for word in words)


def test_a_flow_that_does_not_occur_is_called_as_the_others_are(tmp_path: Path) -> None:
    source = next((EXAMPLES / "T400104-14-2026").glob("*.xlsx"))
    results = process(source, tmp_path, appearance=Appearance(language="en")).results[0]
    texts = {cell.value for row in openpyxl.load_workbook(results)["Report tables"].iter_rows() for cell in row}
    assert "Gasoline" in texts
    assert "汽油" not in texts
