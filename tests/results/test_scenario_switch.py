"""The switch lets the whole workbook show a scenario; the comparison beside it stays what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import PRODUCT, line, returned
from tests.studies import write_book_results
from workbook_engine.compute import assess

if TYPE_CHECKING:
    from pathlib import Path

    from tests.recalc import Values
    from tests.studies import Outcome

SHEET, SWITCH = "情景", "C3"
KWH = 0.5777  # kgCO2e/kWh, national footprint 2024
HYDRO = 0.0141

SCENARIOS = [
    {"scenario": "2030 年电网", "target": "电力", "change": "因子改为（数值）", "value": 0.4},
    {
        "scenario": "部分水电",
        "target": "产品生产",
        "change": "改用因子（编号）",
        "value": "EL-CF-2024-HYDRO",
        "share": 50,
    },
    {"scenario": "综合", "target": "电力", "change": "因子改为（数值）", "value": 0.4},
    {"scenario": "综合", "target": "US-001", "change": "数量乘以", "value": 0.8},
]


def written(path: Path) -> Outcome:
    """Two products share the line of production; each has a line of its own in use."""
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    use = [line(amount=400, product="分支箱"), line(amount=60, product="开关柜")]
    tables = {"production": [line(amount=120)], "use": use, "scenarios": SCENARIOS}
    return write_book_results(returned(tables, products=products), path)


def shown(values: Values) -> list[object]:
    """Return the totals of the summary, product by product."""
    rows = [int(cell[1:]) for (s, cell), v in values.items() if s == "结果摘要" and v == "合计（产品碳足迹）"]
    return [values["结果摘要", f"C{row}"] for row in sorted(rows) if isinstance(values["结果摘要", f"C{row}"], float)]


def states(values: Values) -> list[str]:
    return [str(v) for (s, cell), v in values.items() if s in ("结果摘要", "封面") and "所选的情景" in str(v)]


def comparison(values: Values) -> dict[str, object]:
    """Return scenario -> total of the first product."""
    return {str(values[SHEET, f"B{row}"]): values[SHEET, f"E{row}"] for row in range(7, 11)}


EXPECTED = {
    # first: 120 kWh + 400 kWh; second: 120 kWh + 60 kWh
    "本次结果": [520 * KWH, 180 * KWH],
    "2030 年电网": [520 * 0.4, 180 * 0.4],
    "部分水电": [60 * HYDRO + 60 * KWH + 400 * KWH, 60 * HYDRO + 60 * KWH + 60 * KWH],
    "综合": [120 * 0.4 + 320 * 0.4, 180 * 0.4],  # US-001 is the first product's
}


def test_at_first_the_workbook_shows_the_result(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    outcome = written(path)
    values = recalc.ironcalc_values(path)
    assert shown(values) == pytest.approx(EXPECTED["本次结果"])
    assert [p.cfp_kg_co2e for p in outcome.footprint.products] == pytest.approx(EXPECTED["本次结果"])
    assert states(values) == []
    assert recalc.differences(path, values) == []


@pytest.mark.parametrize("name", EXPECTED)
def test_the_switch_moves_the_totals_and_says_so(tmp_path: Path, name: str) -> None:
    path, switched = tmp_path / "results.xlsx", tmp_path / "switched.xlsx"
    outcome = written(path)
    recalc.change_text(path, switched, SHEET, SWITCH, name)
    values = recalc.ironcalc_values(switched)
    assert shown(values) == pytest.approx(EXPECTED[name])
    by_name = {r.scenario.name: r.footprint for r in assess(outcome.inventory, outcome.footprint).scenarios}
    if name in by_name:
        assert [p.cfp_kg_co2e for p in by_name[name].products] == pytest.approx(EXPECTED[name])
        assert len(states(values)) == 4  # cover and summary, two products
    # the comparison is of the same figures, whatever is shown
    assert comparison(values) == {key: pytest.approx(totals[0]) for key, totals in EXPECTED.items()}


@pytest.mark.libreoffice
def test_libreoffice_follows_the_switch(tmp_path: Path) -> None:
    path, switched = tmp_path / "results.xlsx", tmp_path / "switched.xlsx"
    written(path)
    recalc.change_text(path, switched, SHEET, SWITCH, "综合")
    values = recalc.libreoffice_values(switched, tmp_path)
    assert shown(values) == pytest.approx(EXPECTED["综合"])
    assert comparison(values) == {key: pytest.approx(totals[0]) for key, totals in EXPECTED.items()}


def test_intervals_follow_the_switch(tmp_path: Path) -> None:
    path, switched = tmp_path / "results.xlsx", tmp_path / "switched.xlsx"
    written(path)
    recalc.change_text(path, switched, SHEET, SWITCH, "2030 年电网")
    before, after = (recalc.ironcalc_values(file) for file in (path, switched))
    rows = [c[1:] for (s, c), v in before.items() if s == "不确定性与敏感性" and v == "合计"]
    high = f"I{rows[0]}"
    ratio = 0.4 / KWH  # all is electricity: everything scales with its factor
    assert after["不确定性与敏感性", high] == pytest.approx(float(str(before["不确定性与敏感性", high])) * ratio)


def test_a_study_without_scenarios_has_plain_formulas(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(returned(), path)
    assert not any("情景" in formula for formula in recalc.formula_cells(path).values())
