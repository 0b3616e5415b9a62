"""The sheet of gases while the switch shows a scenario: what is told apart is told of the factor in effect.

The wooden pallet of wood.py; half of its fire, or all of it, at a factor of which nothing is known but its value.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import line
from tests.results import gases, studies
from tests.results.wood import BURNT, KILN, POWER, TAKEN_UP, pallet
from tests.studies import write_book_results
from workbook_engine.compute import assess, compute_footprint
from workbook_engine.grid import address
from workbook_engine.model import Stage
from workbook_engine.results import write_results
from workbook_engine.results.columns import FactorColumns
from workbook_engine.results.plan import plan

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.results import ResultsJob

SHEET, SWITCH = "情景", "C3"
EMITTED, REMOVED, REST, NET, WITHOUT, TOTAL = (
    "CO2（生物成因）",
    "CO2 移除（生物质吸收）",
    "未区分",
    "其中：生物源 CO2 净值",
    "合计，不含生物源 CO2",
    "合计",
)
OTHER = 0.4  # kgCO2e per kg, of a source that breaks nothing down
UNTOLD = {"scenario": "另一因子", "target": "EL-001", "change": "因子改为（数值）", "value": OTHER}
SCENARIOS = [
    UNTOLD,
    UNTOLD | {"scenario": "一半", "share": 50},
    {"scenario": "少收木材", "target": "RM-001", "change": "数量乘以", "value": 0.5},
    {"scenario": "外购干燥", "target": "PR-002", "change": "因子改为（数值）", "value": OTHER},
]
EXPECTED = {  # biogenic CO2 emitted and removed; the rest, of which POWER is the electricity's
    "本次结果": (KILN + BURNT, -TAKEN_UP, POWER),
    "另一因子": (KILN, -TAKEN_UP, POWER + BURNT * OTHER),
    "一半": (KILN + BURNT / 2, -TAKEN_UP, POWER + BURNT / 2 * OTHER),
    "少收木材": (KILN + BURNT, -TAKEN_UP / 2, POWER),
    "外购干燥": (BURNT, -TAKEN_UP, POWER + KILN * OTHER),
}


def check(values: recalc.Values, name: str) -> None:
    emitted, removed, rest = EXPECTED[name]
    (block,) = gases.blocks(values, gases.GAS)
    shown = {row: block[row]["合计"] for row in (EMITTED, REMOVED, REST, NET, WITHOUT, TOTAL)}
    net = emitted + removed
    expected = [emitted, removed, rest, net, rest, net + rest]  # without biogenic CO2 there is but the rest
    assert list(shown.values()) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    beside = next(
        values["结果摘要", f"C{cell[1:]}"]
        for (sheet, cell), value in values.items()
        if sheet == "结果摘要" and str(value).startswith("另：不含生物源 CO2")
    )
    assert beside == pytest.approx(rest, rel=1e-9)
    report = next(cell for (sheet, cell), value in values.items() if sheet == "报告用表" and value == "不含生物源 CO2")
    assert values["报告用表", f"C{report[1:]}"] == pytest.approx(rest, rel=1e-9)


@pytest.mark.parametrize("name", EXPECTED)
def test_gases_are_those_of_the_factor_in_effect(name: str, tmp_path: Path) -> None:
    path, switched = tmp_path / "results.xlsx", tmp_path / "switched.xlsx"
    done = write_book_results(pallet(scenarios=SCENARIOS), path)
    recalc.change_text(path, switched, SHEET, SWITCH, name)
    values = recalc.ironcalc_values(switched)
    check(values, name)
    scenarios = {r.scenario.name: r.footprint for r in assess(done.inventory, done.footprint).scenarios}
    assert gases.faults(values, list(scenarios.get(name, done.footprint).products)) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_book_results(pallet(scenarios=SCENARIOS), path)
    switched = {name: tmp_path / f"switched{index}.xlsx" for index, name in enumerate(EXPECTED)}
    for name, copy in switched.items():
        recalc.change_text(path, copy, SHEET, SWITCH, name)
    copies = recalc.recalculate([*switched.values()], tmp_path)
    for name, copy in switched.items():
        check(recalc.stored_values(copies / copy.name), name)


def test_an_uptake_and_an_emission_that_cancel_leave_the_sum_right(tmp_path: Path) -> None:
    """Half of what the wood takes up at +1 of an unknown source: nothing in all, half of it told, half not."""
    change = {"scenario": "抵消", "target": "RM-001", "change": "因子改为（数值）", "value": 1, "share": 50}
    path, switched = tmp_path / "results.xlsx", tmp_path / "switched.xlsx"
    write_book_results(pallet(scenarios=[change], production=[line(item="裁切用电", amount=5)]), path)
    recalc.change_text(path, switched, SHEET, SWITCH, "抵消")
    (block,) = gases.blocks(recalc.ironcalc_values(switched), gases.GAS)
    stage = Stage.RAW_MATERIAL_ACQUISITION.title.zh
    shown = [block[row][stage] for row in (REMOVED, REST, TOTAL)]
    assert shown == pytest.approx([-TAKEN_UP / 2, TAKEN_UP / 2, 0], abs=1e-9)


PARTS = {"co2": 0.5, "ch4_fossil": 0.07}  # of 0.5777 kgCO2e/kWh


def with_parts() -> ResultsJob:
    inventory = studies.inventory()
    told = replace(studies.EF_ELECTRICITY, gases=PARTS)
    lines = tuple(
        replace(each, factor=told) if each.factor and each.factor.id == told.id else each for each in inventory.lines
    )
    return studies.job(replace(inventory, lines=lines), studies.book())


@pytest.mark.parametrize(("trial", "is_told"), [(0.6, True), (0.57, True), (0.4, False)])
def test_parts_larger_than_the_value_that_is_tried_tell_nothing(trial: float, *, is_told: bool, tmp_path: Path) -> None:
    """Another value on the factor sheet: its parts stay the source's, as long as they are not more than it."""
    path, tried = tmp_path / "results.xlsx", tmp_path / "tried.xlsx"
    job = with_parts()
    write_results(path, job, language="zh")
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []
    layout = plan(job, "zh")
    cell = address(layout.factors[studies.EF_ELECTRICITY.id], FactorColumns.PRINTED)
    recalc.change_cell(path, tried, layout.sheets["factors"], cell, trial)
    values = recalc.ironcalc_values(tried)
    assert (
        values[layout.sheets["factors"], address(layout.factors[studies.EF_ELECTRICITY.id], FactorColumns.VALUE)]
        == trial
    )
    (block,), (lines,) = gases.blocks(values, gases.GAS), gases.blocks(values, gases.LINE)
    (product,) = compute_footprint(job.inventory).products
    electric = {r.line.id: r for r in product.lines if r.line.factor and r.line.factor.gases}
    kwh = sum(result.activity or 0.0 for result in electric.values())
    told = kwh if is_told else 0.0
    assert [block[row]["合计"] for row in ("CO2（化石）", "CH4（化石）")] == pytest.approx([told * 0.5, told * 0.07])
    rests = {name.split()[0]: row[REST] for name, row in lines.items()}
    for id_, result in electric.items():
        rest = trial - 0.57 if is_told else trial
        assert rests[id_] == pytest.approx((result.activity or 0.0) * rest, rel=1e-9, abs=1e-12)
