"""Scenarios side by side with the result, each total worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books import line, returned
from tests.studies import process_book
from workbook_engine.compute import assess
from workbook_engine.findings import Severity

if TYPE_CHECKING:
    from tests.studies import Outcome

KWH = 0.5777  # kgCO2e/kWh, national footprint 2024
HYDRO = 0.0141  # kgCO2e/kWh, hydro power 2024, the same announcement
TRUCK = 0.129  # kgCO2e/t·km, heavy diesel truck 18 t, GB/T 51366 table E
RAIL = 0.010  # kgCO2e/t·km, rail (China, average), GB/T 51366 table E

FREIGHT = {
    "item": "运壳体", "mass": 2, "mass_unit": "t", "distance_km": 300, "mode": "重型柴油货车(载重18t)",
    "basis": "每功能单位", "data_source": "计量仪表", "quality": "初级数据",
}  # fmt: skip


def scenario(
    name: str, target: str | None, change: str, value: object, share: float | None = None
) -> dict[str, object]:
    row = {"scenario": name, "target": target, "change": change, "value": value, "share": share}
    return {key: entry for key, entry in row.items() if entry is not None}


def outcome_of(*scenarios: dict[str, object], **tables: list[dict[str, object]]) -> Outcome:
    return process_book(returned({**(tables or {"production": [line()]}), "scenarios": scenarios}))


def totals(outcome: Outcome) -> dict[str, float | None]:
    results = assess(outcome.inventory, outcome.footprint).scenarios
    return {result.scenario.name: result.footprint.products[0].cfp_kg_co2e for result in results}


def left_out(outcome: Outcome) -> list[str]:
    return [f.message("zh") for f in outcome.findings if f.code == "scenario-row-left-out"]


def test_without_a_table_there_are_no_scenarios() -> None:
    assert totals(process_book(returned())) == {}


def test_an_amount_times_a_number() -> None:
    outcome = outcome_of(scenario("省电", "PR-001", "数量乘以", 0.8), production=[line(), line(amount=50)])
    assert totals(outcome) == {"省电": pytest.approx((80 + 50) * KWH)}
    assert outcome.cfp == pytest.approx(150 * KWH)  # the result itself stays


def test_a_factor_by_its_value() -> None:
    outcome = outcome_of(scenario("2030 年电网", "电力", "因子改为（数值）", 0.4))
    assert totals(outcome) == {"2030 年电网": pytest.approx(100 * 0.4)}


def test_a_factor_by_its_id() -> None:
    outcome = outcome_of(scenario("水电", None, "改用因子（编号）", "EL-CF-2024-HYDRO"))
    assert totals(outcome) == {"水电": pytest.approx(100 * HYDRO)}


def test_a_flow_in_place_of_another() -> None:
    # 2 t × 300 km = 600 t·km by rail in place of the road
    flow = "铁路运输（中国市场平均）"
    outcome = outcome_of(
        scenario("铁路", "重型柴油货车(载重18t)", "改用流（名称）", flow), raw_material_transport=[FREIGHT]
    )
    assert left_out(outcome) == []
    assert outcome.cfp == pytest.approx(600 * TRUCK)
    assert totals(outcome) == {"铁路": pytest.approx(600 * RAIL)}


def test_a_share_of_an_amount_at_another_factor() -> None:
    # 30 % of 100 kWh from hydro, the rest from the grid
    outcome = outcome_of(scenario("部分水电", "产品生产", "改用因子（编号）", "EL-CF-2024-HYDRO", 30))
    assert totals(outcome) == {"部分水电": pytest.approx(30 * HYDRO + 70 * KWH)}


def test_grid_mix_recycled_copper_and_rail_side_by_side() -> None:
    # 100 kWh, 10 kg of copper (CPCD, 5.795 kgCO2e/kg; secondary copper 376 kgCO2e/t), 2 t × 300 km by road:
    # 57.77 + 57.95 + 600 × 0.129 = 77.4 -> 193.12 kgCO2e
    copper = line(item="铜排", flow="铜", amount=10, unit="kg", factor_id="CPCD-41511X0012015A")
    outcome = outcome_of(
        scenario("2030 年电网", "电力", "因子改为（数值）", 0.35),
        scenario("再生铜 50%", "RM-001", "改用因子（编号）", "CPCD-41511X0042018A", 50),
        scenario("铁路代替公路", "重型柴油货车(载重18t)", "改用流（名称）", "铁路运输（中国市场平均）"),
        production=[line()],
        raw_material_acquisition=[copper],
        raw_material_transport=[FREIGHT],
    )
    assert left_out(outcome) == []
    assert outcome.cfp == pytest.approx(193.12)
    assert totals(outcome) == {
        "2030 年电网": pytest.approx(193.12 - 100 * (KWH - 0.35)),  # 170.35
        "再生铜 50%": pytest.approx(193.12 - 10 * 0.5 * (5.795 - 0.376)),  # 166.025
        "铁路代替公路": pytest.approx(193.12 - 600 * (TRUCK - RAIL)),  # 121.72
    }


def test_rows_of_one_name_make_one_scenario_and_multipliers_multiply() -> None:
    outcome = outcome_of(
        scenario("综合", "PR-001", "数量乘以", 0.5),
        scenario("另一个", "PR-001", "数量乘以", 2),
        scenario("综合", None, "数量乘以", 0.9),
        scenario("综合", "PR-001", "因子改为（数值）", 0.4),
    )
    assert totals(outcome) == {"综合": pytest.approx(100 * 0.45 * 0.4), "另一个": pytest.approx(200 * KWH)}


@pytest.mark.parametrize(
    "target", ["PR-001", "pr-001", "产品生产", "Production", "电力", "electricity", "生产用电", None]
)
def test_a_target_is_a_line_a_stage_a_flow_an_item_or_every_line(target: str | None) -> None:
    outcome = outcome_of(
        scenario("省电", target, "数量乘以", 0), production=[line(), line(flow="柴油", unit="kg", item="叉车")]
    )
    (total,) = totals(outcome).values()
    diesel = 0 if target in (None, "产品生产", "Production") else 100 * 3.0959103
    assert total == pytest.approx(diesel, rel=1e-6)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (scenario("", "PR-001", "数量乘以", 1), "没有情景名称"),
        (scenario("省电", "PR-999", "数量乘以", 1), "PR-999"),
        (scenario("省电", "PR-001", "变戏法", 1), "没有说明改变什么"),
        (scenario("省电", "PR-001", "数量乘以", "很多"), "很多"),
        (scenario("省电", "PR-001", "数量乘以", -1), "-1"),
        (scenario("省电", "PR-001", "改用因子（编号）", "EL-XX"), "EL-XX"),
        (scenario("省电", "PR-001", "改用流（名称）", "独角兽"), "独角兽"),
        (scenario("省电", "PR-001", "改用流（名称）", "柴油"), "kg"),  # kWh and kg do not go together
        (scenario("省电", "PR-001", "改用因子（编号）", "EL-CF-2024-HYDRO", 130), "130"),
    ],
)
def test_a_row_that_is_not_understood_is_left_out_and_the_result_stands(row: dict[str, object], reason: str) -> None:
    outcome = outcome_of(row)
    (message,) = left_out(outcome)
    assert reason in message
    assert totals(outcome) == {}
    assert outcome.is_final


def test_a_factor_finds_its_lines_among_others_of_a_stage() -> None:
    rows = [line(), line(item="叉车", flow="柴油", unit="kg", amount=2)]
    outcome = outcome_of(scenario("水电", "产品生产", "改用因子（编号）", "EL-CF-2024-HYDRO"), production=rows)
    assert left_out(outcome) == []
    assert totals(outcome) == {"水电": pytest.approx(100 * HYDRO + 2 * 3.0959103, rel=1e-6)}


@pytest.mark.parametrize(("change", "value"), [("因子改为（数值）", 2.5), ("改用因子（编号）", "FU-GBT32151.22-13")])
def test_flows_that_only_share_a_unit_are_not_mixed(change: str, value: object) -> None:
    rows = [line(flow="汽油", unit="kg", amount=1), line(flow="柴油", unit="kg", amount=1)]
    outcome = outcome_of(scenario("燃料", "产品生产", change, value), production=rows)
    (message,) = left_out(outcome)
    assert "柴油" in message
    assert "汽油" in message
    named = outcome_of(scenario("燃料", "汽油", change, value), production=rows)
    assert left_out(named) == []


def test_two_stated_factors_of_one_scenario_are_told_apart() -> None:
    rows = [line(), line(flow="柴油", unit="kg", amount=2)]
    scenarios = [scenario("2030", "电力", "因子改为（数值）", 0.4), scenario("2030", "柴油", "因子改为（数值）", 2.9)]
    outcome = outcome_of(*scenarios, production=rows)
    assert totals(outcome) == {"2030": pytest.approx(100 * 0.4 + 2 * 2.9)}
    factors = {change.factor.id for change in outcome.inventory.scenarios[0].changes if change.factor}
    assert len(factors) == 2  # each with a row of its own on the factor sheet


def test_a_factor_is_changed_once() -> None:
    outcome = outcome_of(
        scenario("电网", "PR-001", "因子改为（数值）", 0.4), scenario("电网", "PR-001", "因子改为（数值）", 0.3)
    )
    assert "PR-001" in left_out(outcome)[0]
    assert totals(outcome) == {"电网": pytest.approx(40)}


def test_a_blocked_line_has_no_scenario_total() -> None:
    outcome = outcome_of(scenario("省电", "PR-001", "数量乘以", 0.5), production=[line(), line(flow="独角兽毛")])
    assert totals(outcome) == {"省电": None}


def test_scenarios_say_nothing_graver_than_a_warning() -> None:
    outcome = outcome_of(scenario("省电", "PR-999", "数量乘以", 1))
    assert outcome.said(Severity.ERROR) == []
