"""The results workbook computes what the engine computed, and follows a change of its inputs."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.results import studies
from workbook_engine.compute import compute_footprint
from workbook_engine.model import Basis, Plant, PlantProduct, Product, Quantity
from workbook_engine.results import write_results

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.model import Inventory

TOTAL = ("结果摘要", "C16")  # one product, five stages from row 11


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "results.xlsx"
    write_results(path, studies.job(), language="zh")
    return path


def test_total_of_the_worked_example(written: Path) -> None:
    # 0.5777 × (145.2147 + 35000/2400 + 134189.3 × 0.9/9660 + 24150 × 0.9/9660)
    # + 3.09591 × (0.8289 + 1200 × 0.84/2400 + 0.6236) + 2.162189 × 1207.5 × 0.9/9660, by hand:
    electricity = 0.5777 * (145.2147 + 14.5833333333 + 12.5021086957 + 2.25)
    diesel = 3.0959096373 * (0.8289 + 0.42 + 0.6236)
    gas = 2.162188809 * 0.1125
    total = recalc.stored_values(written)[TOTAL]
    assert isinstance(total, float)
    assert math.isclose(total, electricity + diesel + gas, rel_tol=1e-9)


def test_ironcalc_agrees_with_every_cached_value(written: Path) -> None:
    assert len(recalc.formula_cells(written)) > 100
    assert recalc.differences(written, recalc.ironcalc_values(written)) == []


@pytest.mark.libreoffice
def test_libreoffice_agrees_with_every_cached_value(written: Path, tmp_path: Path) -> None:
    assert recalc.differences(written, recalc.libreoffice_values(written, tmp_path)) == []


# What each change makes of the total, worked by hand: (sheet, cell, new value, Δ kgCO2e per unit).
CHANGES = {
    "amount": ("原材料获取", "E5", 245.2147, 0.5777 * 100),
    "a month": ("产品生产", "H5", 21000, 0.5777 * 10_000 * 0.9 / 9660),
    "distribution fuel": ("成品运输", "E5", 1.6236, 3.0959096373),
    "amount behind the company's own formula": ("原材料运输", "E8", 250, 3.0959096373 * 100 * 0.84 / 2400),
    "converted amount": ("产品处置", "E5", 3.415, 0.5777 * 10_000 * 0.9 / 9660),
    "density": ("归一化", "I8", 0.85, 3.0959096373 * 1200 * 0.01 / 2400),
    "amount read from text": ("归一化", "G6", 36_000, 0.5777 * 1000 / 2400),
    "factor": ("排放因子", "F5", 0.6777, 0.1 * (145.2147 + 14.5833333333 + 12.5021086957 + 2.25)),
    "carbon content": ("排放因子", "K6", 21.2, 3.0959096373 / 20.2 * 1.8725),
    # other product's output 7500 -> 8500: Σ wO 9660 -> 10660, plant totals × 0.9 of gas and electricity
    "output of the plant's other product": (
        "工厂与产量",
        "D10",
        8500,
        (0.5777 * (134_189.3 + 24_150) + 2.162188809 * 1207.5) * 0.9 * (1 / 10660 - 1 / 9660),
    ),
    # weight 0.9 -> 1: w/ΣwO becomes 1/9900
    "weight": (
        "工厂与产量",
        "F11",
        1,
        (0.5777 * (134_189.3 + 24_150) + 2.162188809 * 1207.5) * (1 / 9900 - 0.9 / 9660),
    ),
    # own output 2400 -> 3000: product totals ÷ 3000, plant totals × 0.9/10200
    "own output": (
        "基本信息",
        "F8",
        3000,
        (0.5777 * 35_000 + 3.0959096373 * 1008) * (1 / 3000 - 1 / 2400)
        + (0.5777 * (134_189.3 + 24_150) + 2.162188809 * 1207.5) * 0.9 * (1 / 10200 - 1 / 9660),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_moves_the_total(written: Path, tmp_path: Path, name: str) -> None:
    sheet, cell, value, expected = CHANGES[name]
    before = recalc.stored_values(written)[TOTAL]
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(written, changed, sheet, cell, value)
    after = recalc.ironcalc_values(changed)[TOTAL]
    assert math.isclose(float(str(after)) - float(str(before)), expected, rel_tol=1e-6)


@pytest.mark.libreoffice
def test_libreoffice_follows_a_change_down_to_the_shares(written: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(written, changed, *CHANGES["weight"][:3])
    theirs = recalc.libreoffice_values(changed, tmp_path)
    ours = recalc.ironcalc_values(changed)
    for row in range(11, 17):
        for column in "CD":
            place = ("结果摘要", f"{column}{row}")
            assert math.isclose(float(str(theirs[place])), float(str(ours[place])), rel_tol=1e-9), place
    assert math.isclose(float(str(ours["结果摘要", "D16"])), 1.0)


def test_allocated_amounts_add_up_to_the_plant_total_after_a_change(written: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.xlsx"
    recalc.change_cell(written, changed, *CHANGES["weight"][:3])
    values = recalc.ironcalc_values(changed)
    assert [values["分摊", f"G{row}"] for row in (16, 17, 18)] == [0.0, 0.0, 0.0]
    assert values["分摊", "F16"] == pytest.approx(134_189.3)


def _two_products_two_plants() -> Inventory:
    """P1 at both plants (2,400 and 600), P2 at the second: nothing is typed in cells that the workbook has."""
    base = studies.inventory()
    first = replace(base.products[0], output=Quantity(3000.0, studies.where("别处", 1), "3000", "套"))
    second = Product(
        "P2",
        "集中式 DTU",
        "JX0317",
        "1 套",
        is_declared=False,
        where=first.where,
        output=Quantity(500.0, studies.where("别处", 2), "500"),
    )

    def made(key: str | None, output: float, weight: float | None) -> PlantProduct:
        return PlantProduct(
            key,
            f"产品{key}",
            Quantity(output, studies.where("别处", 3), f"{output}"),
            Quantity(weight, studies.where("别处", 4), f"{weight}") if weight else None,
        )

    plants = (
        Plant("F1", "一厂", None, (made("P1", 2400, 0.9), made(None, 7500, None)), "mass", "按质量"),
        Plant("F2", "二厂", None, (made("P1", 600, 2.0), made("P2", 500, 3.0)), "hours", "按工时"),
    )
    more = tuple(replace(line, id=f"{line.id}-2", plant="F2") for line in base.lines if line.basis is Basis.PLANT_TOTAL)
    return replace(base, products=(first, second), plants=plants, lines=(*base.lines, *more))


def test_several_products_and_plants(tmp_path: Path) -> None:
    inventory = _two_products_two_plants()
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(inventory), language="en")
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []
    footprint = compute_footprint(inventory)
    # P2 gets 3 × 500 / (2 × 600 + 3 × 500) of the second plant, ÷ 500: 3/2700 of 134,189.3 kWh
    production = next(s for s in footprint.products[1].stages if s.stage.value == "production")
    assert production.kg_co2e == pytest.approx(0.5777 * 134_189.3 * 3 / 2700)
    stored = recalc.stored_values(path)
    assert production.kg_co2e in [value for (sheet, _), value in stored.items() if sheet == "Summary"]


def test_a_blocked_line_shows_no_number_that_looks_final(tmp_path: Path) -> None:
    base = studies.inventory()
    lines = tuple(replace(line, factor=None) if line.id == "DI-001" else line for line in base.lines)
    blocked = replace(base, lines=lines, blocked_products=frozenset({"P1"}))
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(blocked), language="zh")
    stored = recalc.stored_values(path)
    summary = {cell: value for (sheet, cell), value in stored.items() if sheet == "结果摘要"}
    assert summary["C14"] == summary["D14"] == summary["B6"] == "—"
    assert summary["C12"] == "—"  # distribution
    assert isinstance(summary["C9"], float)  # raw materials are known
    assert summary["D9"] == "—"  # but their share is not
    assert "未完成" in str(summary["B7"])
    assert stored["核算-成品运输", "I6"] == "—"
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []


def test_a_note_says_where_printed_rows_do_not_add_up(written: Path, tmp_path: Path) -> None:
    # two lines of 0.00005 kWh × 1: rows print 0.0001 each, the total 0.0001
    base = studies.inventory()
    factor = replace(studies.EF_ELECTRICITY, value=1.0, printed_value=1.0)
    amounts = {"RM-001": 0.00005, "DI-001": 0.00005}
    lines = tuple(
        replace(line, factor=factor, amounts=(Quantity(amounts[line.id], line.where, ""),))
        for line in base.lines
        if line.id in amounts
    )
    stages = {line.stage for line in lines}
    boundary = {stage: replace(b, included=stage in stages) for stage, b in base.boundary.items()}
    path = tmp_path / "results.xlsx"
    write_results(path, studies.job(replace(base, lines=lines, boundary=boundary)), language="zh")
    stored, again = recalc.stored_values(path), recalc.ironcalc_values(path)
    assert "末位" in str(stored["结果摘要", "B14"])
    assert again["结果摘要", "B14"] == stored["结果摘要", "B14"]
    assert "末位" not in str(recalc.stored_values(written).get(("结果摘要", "B17")))
