"""Allocation weights that are a year's totals. 60,000 kWh; 1000 of A take 2 h each, 3000 of B take 3 h: 11,000 h.

A has 60000 × 2 / 11000 = 10.909 kWh a piece. With the totals 2000 h and 9000 h in place of 2 h and 3 h it would have
60000 × 2000 / (2000 × 1000 + 9000 × 3000) = 4.138 kWh.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import Outcome, process_book

KWH = 0.5777
WHOLE = "全厂全年合计"


def outcome(
    basis: str,
    weights: tuple[object, object],
    *,
    outputs: tuple[float, float] = (1000, 3000),
    justification: str = "见分摊说明",
    kwh: float = 60_000,
    mass_kg: float | None = 500,
) -> Outcome:
    products = [PRODUCT | {"name": name, "model": name, "output": output, "mass_kg": mass_kg}
                for name, output in zip("AB", outputs, strict=True)]  # fmt: skip
    made = [
        {"plant": "一厂", "product": name, "output": output, "unit": "台", "weight": weight}
        for name, output, weight in zip("AB", outputs, weights, strict=True)
    ]
    tables: dict[str, Any] = {
        "plants": [{"name": "一厂", "allocation_basis": basis, "justification": justification}],
        "plant_products": made,
        "production": [line(amount=kwh, basis=WHOLE, plant="一厂")],
    }
    return process_book(returned(tables, products=products))


def said(done: Outcome) -> list[tuple[str, str | None]]:
    return [
        (finding.where.sheet, finding.where.cell)
        for finding in done.findings
        if finding.code == "weights-like-totals" and finding.where
    ]


def test_hours_of_one_piece_are_not_asked_about() -> None:
    done = outcome("工时", (2, 3))
    assert said(done) == []
    assert done.cfp == pytest.approx(60_000 * 2 / 11_000 * KWH)


@pytest.mark.parametrize(
    ("basis", "weights", "more"),
    [
        ("工时", (2000, 9000), {}),  # 29 million hours: 0.002 kWh for each
        ("工时", (2000, 30000), {"mass_kg": None}),  # 92 million: more than any plant has
        ("工时", (20_000, 90), {"outputs": (10, 3), "mass_kg": 500}),  # 40 h for each kg
        ("经济价值", ("50万元", "9万元"), {"outputs": (400, 9000)}),  # 1e9 元, 6e-5 kWh for each
        ("企业自定权重", (0.25, 0.95), {"outputs": (100, 300)}),  # as the outputs: 0.0025 and 0.0032 for each
        ("企业自定权重", (120, 300), {"justification": "按全年总工时分摊"}),
        ("工时", (120, 300), {"justification": "按年度工时", "outputs": (10, 12), "mass_kg": None}),
        ("经济价值", (120, 300), {"justification": "by annual revenue"}),
    ],
)
def test_weights_that_look_like_a_years_totals_are_asked_about(
    basis: str, weights: tuple[object, object], more: dict[str, Any]
) -> None:
    assert said(outcome(basis, weights, **more)) == [("工厂与产量", "F12")]


@pytest.mark.parametrize(
    ("basis", "weights", "more"),
    [
        ("工时", (300, 500), {"outputs": (120, 40), "kwh": 900_000, "mass_kg": 9000}),  # transformers
        ("工时", ("6min", "20min"), {"outputs": (400_000, 90_000), "kwh": 800_000, "mass_kg": 0.4}),
        ("经济价值", (35_000, 9000), {"outputs": (3000, 8000), "kwh": 2_500_000}),  # 177 million 元
        ("质量", (5, 20), {"mass_kg": 5}),
        ("企业自定权重", (0.9, 1), {"outputs": (2400, 7500)}),  # as in T410267-1
        ("企业自定权重", (2, 3), {"justification": "按单台工时（年总工时÷年产量）"}),
    ],
)
def test_weights_of_one_piece_in_plants_of_many_trades_are_left_alone(
    basis: str, weights: tuple[object, object], more: dict[str, Any]
) -> None:
    done = outcome(basis, weights, **more)
    assert said(done) == []
    assert done.is_final
