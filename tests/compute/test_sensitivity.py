"""One input at a time, against hand-worked totals and against computing the footprint anew with that input changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import process_book
from workbook_engine.compute import assess, compute_footprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.studies import Outcome
    from workbook_engine.model import Inventory, Quantity, Swing

KWH = 0.5777  # kgCO2e/kWh, national footprint 2024


def swings(outcome: Outcome, step: float = 0.10) -> dict[tuple[str, str], Swing]:
    product = assess(outcome.inventory, outcome.footprint, step=step).products[0]
    return {(swing.kind, swing.subject): swing for swing in product.swings}


def test_an_amount_moves_the_total_by_its_own_emission() -> None:
    # 400 kWh in all; ± 10 % of 300 kWh are ± 30 kWh
    outcome = process_book(returned({"production": [line(), line(amount=300)]}))
    swing = swings(outcome)["amount", "PR-002"]
    assert (swing.low, swing.high) == (pytest.approx(370 * KWH), pytest.approx(430 * KWH))


def test_a_shared_factor_moves_all_its_lines() -> None:
    outcome = process_book(returned({"production": [line(), line(amount=300)]}))
    swing = swings(outcome)["factor", "EL-CF-2024-CN"]
    assert (swing.low, swing.high) == (pytest.approx(360 * KWH), pytest.approx(440 * KWH))


def test_a_factor_of_one_line_is_not_listed_beside_that_line() -> None:
    outcome = process_book(returned({"production": [line()]}))
    assert set(swings(outcome)) == {("amount", "PR-001")}


def test_the_widest_swing_comes_first() -> None:
    outcome = process_book(returned({"production": [line(), line(amount=300), line(amount=200)]}))
    found = assess(outcome.inventory, outcome.footprint).products[0].swings
    assert [swing.subject for swing in found] == ["EL-CF-2024-CN", "PR-002", "PR-003", "PR-001"]


def test_the_step_can_be_chosen() -> None:
    outcome = process_book(returned({"production": [line()]}))
    swing = swings(outcome, step=0.25)["amount", "PR-001"]
    assert (swing.low, swing.high) == (pytest.approx(75 * KWH), pytest.approx(125 * KWH))


def two_products() -> Outcome:
    """Two products share a plant; one line is an annual total of the first alone, one is per unit."""
    tables = {
        "production": [
            line(amount=9000, basis="全厂全年合计", plant="南昌"),
            line(amount=500, basis="本产品全年合计", product="环网箱"),
            line(amount=7, product="环网箱"),
        ],
        "plants": [{"name": "南昌", "allocation_basis": "企业自定权重", "justification": "按加工量"}],
        "plant_products": [
            {"plant": "南昌", "product": "环网箱", "output": 100, "weight": 2},
            {"plant": "南昌", "product": "集中式 DTU", "output": 300, "weight": 1},
        ],
    }
    products = [
        PRODUCT | {"name": "环网箱", "output": 100},
        PRODUCT | {"name": "集中式 DTU", "model": "B", "output": 300},
    ]
    return process_book(returned(tables, products=products))


def test_more_output_spreads_totals_over_more_pieces() -> None:
    # 100 pieces: 9000 × 2 × 100 / 500 / 100 + 500 / 100 + 7 = 36 + 5 + 7 = 48 kWh
    # 110 pieces: 9000 × 2 / 520 + 500 / 110 + 7 = 34.6154 + 4.5455 + 7 = 46.1608 kWh
    #  90 pieces: 9000 × 2 / 480 + 500 / 90 + 7 = 37.5 + 5.5556 + 7 = 50.0556 kWh
    outcome = two_products()
    assert outcome.cfp == pytest.approx(48 * KWH)
    swing = swings(outcome)["output", "P1"]
    assert swing.high == pytest.approx(46.160839 * KWH, rel=1e-7)
    assert swing.low == pytest.approx(50.055556 * KWH, rel=1e-7)


def several_plants() -> Outcome:
    """One product is made at a plant that makes another too, and at a plant of its own."""
    tables = {
        "production": [
            line(amount=4000, basis="全厂全年合计", plant="南昌"),
            line(amount=600, basis="全厂全年合计", plant="九江"),
        ],
        "plants": [
            {"name": name, "allocation_basis": "产量（件数）", "justification": "同类产品"} for name in ("南昌", "九江")
        ],
        "plant_products": [
            {"plant": "南昌", "product": "环网箱", "output": 100},
            {"plant": "南昌", "product": "不核算的产品", "output": 300},
            {"plant": "九江", "product": "环网箱", "output": 50},
        ],
    }
    return process_book(returned(tables, products=[PRODUCT | {"name": "环网箱", "output": 150}]))


def test_more_output_at_several_plants() -> None:
    # 150 pieces: (4000 × 100 / 400 + 600) / 150 = (1000 + 600) / 150 = 10.666667 kWh
    # 165 pieces, 110 and 55: (4000 × 110 / 410 + 600) / 165 = (1073.170732 + 600) / 165 = 10.140429 kWh
    # 135 pieces, 90 and 45: (4000 × 90 / 390 + 600) / 135 = (923.076923 + 600) / 135 = 11.282051 kWh
    outcome = several_plants()
    assert outcome.cfp == pytest.approx(10.666667 * KWH, rel=1e-7)
    swing = swings(outcome)["output", "P1"]
    assert swing.high == pytest.approx(10.140429 * KWH, rel=1e-7)
    assert swing.low == pytest.approx(11.282051 * KWH, rel=1e-7)


@pytest.mark.parametrize("study", [two_products, several_plants])
@pytest.mark.parametrize("change", [-0.10, 0.10])
def test_a_swing_is_what_computing_anew_gives(change: float, study: Callable[[], Outcome]) -> None:
    outcome = study()
    found = swings(outcome)
    for (kind, subject), swing in found.items():
        changed = {"amount": _with_amount, "factor": _with_factor, "output": _with_output}[kind](
            outcome.inventory, subject, 1 + change
        )
        anew = compute_footprint(changed).products[0].cfp_kg_co2e
        assert anew == pytest.approx(swing.high if change > 0 else swing.low, rel=1e-12), (kind, subject)


def _scaled(quantity: Quantity, factor: float) -> Quantity:
    return replace(quantity, value=quantity.value * factor)


def _with_amount(inventory: Inventory, subject: str, factor: float) -> Inventory:
    lines = tuple(
        replace(line, amounts=tuple(_scaled(a, factor) for a in line.amounts)) if line.id == subject else line
        for line in inventory.lines
    )
    return replace(inventory, lines=lines)


def _with_factor(inventory: Inventory, subject: str, factor: float) -> Inventory:
    lines = tuple(
        replace(line, factor=replace(line.factor, value=line.factor.value * factor))
        if line.factor and line.factor.id == subject
        else line
        for line in inventory.lines
    )
    return replace(inventory, lines=lines)


def _with_output(inventory: Inventory, subject: str, factor: float) -> Inventory:
    products = tuple(
        replace(p, output=_scaled(p.output, factor)) if p.key == subject and p.output else p for p in inventory.products
    )
    plants = tuple(
        replace(
            plant,
            products=tuple(
                replace(made, output=_scaled(made.output, factor)) if made.product == subject else made
                for made in plant.products
            ),
        )
        for plant in inventory.plants
    )
    return replace(inventory, products=products, plants=plants)
