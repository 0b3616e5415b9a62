"""What stands beside the result: scenarios, credits shown apart, electricity contracts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.results import studies
from workbook_engine.model import Contract, Scenario, ScenarioChange, Stage
from workbook_engine.results import write_results
from workbook_engine.results.columns import FactorColumns
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.model import Inventory

GREEN = replace(studies.EF_ELECTRICITY, id="green", value=0.05, printed_value=0.05)


def _written(path: Path, inventory: Inventory) -> recalc.Values:
    """Write the study; hold its values to ironcalc's; return these."""
    write_results(path, studies.job(inventory), language="zh")
    values = recalc.ironcalc_values(path)
    assert recalc.differences(path, values) == []
    return values


def _row(values: recalc.Values, sheet: str, name: str) -> int:
    rows = [cell[1:] for (page, cell), value in values.items() if page == sheet and cell[0] == "B" and value == name]
    return int(rows[0])


def _scenarios() -> Inventory:
    where = studies.where("情景", 5)
    halved = ScenarioChange("DI-001", 0.5, None, 1.0, Text("减半", "halved"), where)
    green = ScenarioChange("RM-001", 1.0, GREEN, 0.4, Text("40 % 绿电", "40 % green"), where)
    return replace(studies.inventory(), scenarios=(Scenario("运距减半", (halved,)), Scenario("绿电", (green,))))


def test_scenarios_are_computed_from_their_changes(tmp_path: Path) -> None:
    values = _written(tmp_path / "results.xlsx", _scenarios())
    halved, green = (_row(values, "情景", name) for name in ("运距减半", "绿电"))
    # columns C to G: the five stages; H total; I change
    assert values["情景", f"I{halved}"] == pytest.approx(-0.6236 / 2 * 3.0959096373)
    assert values["情景", f"I{green}"] == pytest.approx(-145.2147 * 0.4 * (0.5777 - 0.05))
    base = float(str(values["结果摘要", "C16"]))
    assert values["情景", f"J{green}"] == pytest.approx(-145.2147 * 0.4 * (0.5777 - 0.05) / base)


def test_a_scenario_follows_its_typed_multiple(tmp_path: Path) -> None:
    path, changed = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    values = _written(path, _scenarios())
    row = max(int(c[1:]) for (s, c), v in values.items() if s == "情景" and c[0] == "B" and v == "运距减半")
    recalc.change_cell(path, changed, "情景", f"F{row}", 0.25)
    halved = _row(values, "情景", "运距减半")
    assert recalc.ironcalc_values(changed)["情景", f"I{halved}"] == pytest.approx(-0.6236 * 0.75 * 3.0959096373)


def test_a_study_without_scenarios_has_no_such_sheet(tmp_path: Path) -> None:
    assert not [sheet for sheet, _ in _written(tmp_path / "r.xlsx", studies.inventory()) if sheet == "情景"]


def test_credits_are_shown_apart_and_not_counted(tmp_path: Path) -> None:
    base = studies.inventory()
    negative = replace(studies.EF_ELECTRICITY, id="recycled", value=-0.2, printed_value=-0.2)
    credit = replace(
        base.lines[0], id="EL-003", stage=Stage.END_OF_LIFE, item="铜回收", factor=negative, is_credit=True
    )
    without = _written(tmp_path / "a.xlsx", base)
    values = _written(tmp_path / "b.xlsx", replace(base, lines=(*base.lines, credit)))
    assert values["结果摘要", "C16"] == without["结果摘要", "C16"]
    row = _row(values, "结果摘要", "另：回收抵减（单独列出），不计入合计")
    assert values["结果摘要", f"C{row}"] == pytest.approx(-0.2 * 145.2147)
    shown = [cell for (sheet, cell), value in values.items() if sheet == "核算-产品处置" and value == "铜回收"]
    assert "不计入" in str(values["核算-产品处置", f"O{shown[0][1:]}"])


def test_a_contract_is_an_alternative_beside_the_total(tmp_path: Path) -> None:
    base = studies.inventory()
    contract = Contract("contract", replace(GREEN, series="contract"), 0.6)
    lines = tuple(replace(line, contract=contract) if line.id in ("RM-001", "PR-001") else line for line in base.lines)
    values = _written(tmp_path / "results.xlsx", replace(base, lines=lines))
    total = float(str(values["结果摘要", "C16"]))
    row = _row(values, "结果摘要", "另：按合同电力因子，仅供对照，不替代上面的合计")
    covered = (145.2147 + 134_189.3 * 0.9 / 9660) * 0.6
    assert values["结果摘要", f"C{row}"] == pytest.approx(total - covered * (0.5777 - 0.05))
    book = openpyxl.load_workbook(tmp_path / "results.xlsx")
    for sheet in ("核算-原材料获取", "核算-原材料运输"):  # the column of changes is part of each row
        rows = [row for row in book[sheet].iter_rows(min_row=4) if row[1].border.top.style]
        ends = {max(cell.column for cell in row if cell.border.top.style) for row in rows}
        assert ends == {16}, sheet
    series = book["排放因子"].cell(_row(values, "排放因子", GREEN.id), FactorColumns.SERIES)
    assert series.value == "合同或证书"
    without = _written(tmp_path / "without.xlsx", base)
    assert total == without["结果摘要", "C16"]
