"""What must hold of every study: order and scale of the rows change no judgement."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import Answers, line, returned
from tests.studies import process_book
from workbook_engine.compute import assess

if TYPE_CHECKING:
    from workbook_engine.model import ProductAssessment

ROWS = st.lists(
    st.builds(
        line,
        amount=st.floats(0.01, 1e5),
        flow=st.sampled_from(["电力", "柴油", "汽油"]),
        data_source=st.sampled_from(["计量仪表", "估算", "供应商提供", None]),
        quality=st.sampled_from(["初级数据", "次级数据", None]),
        basis=st.sampled_from(["每功能单位", "本产品全年合计"]),
    ).map(lambda row: row | {"unit": "kWh" if row["flow"] == "电力" else "kg"}),
    min_size=2,
    max_size=6,
)


def judged(rows: list[Answers]) -> ProductAssessment:
    outcome = process_book(returned({"production": rows}))
    return assess(outcome.inventory, outcome.footprint).products[0]


def gsd(product: ProductAssessment) -> float:
    assert product.interval is not None
    return product.interval.gsd


@settings(max_examples=25, deadline=None)
@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[Answers], random: object) -> None:
    other = list(rows)
    random.shuffle(other)  # type: ignore[attr-defined]
    before, after = judged(rows), judged(other)
    assert gsd(after) == pytest.approx(gsd(before), rel=1e-12)
    assert after.dqr == pytest.approx(before.dqr, rel=1e-12)
    assert after.primary_share == pytest.approx(before.primary_share, rel=1e-12, abs=1e-15)


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from([1e-3, 0.5, 40.0]))
def test_the_scale_of_all_amounts_changes_no_judgement(rows: list[Answers], factor: float) -> None:
    before, after = judged(rows), judged([row | {"amount": row["amount"] * factor} for row in rows])
    assert gsd(after) == pytest.approx(gsd(before), rel=1e-9)
    assert after.dqr == pytest.approx(before.dqr, rel=1e-9)
    assert before.interval is not None
    assert after.interval is not None
    assert after.interval.high == pytest.approx(before.interval.high * factor, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_the_parts_of_the_variance_are_the_whole_and_no_total_errs_more_than_its_worst_line(
    rows: list[Answers],
) -> None:
    product = judged(rows)
    assert math.fsum(part.variance_share or 0.0 for part in product.lines) == pytest.approx(1)
    alone = max(gsd(judged([row])) for row in rows)
    assert gsd(product) <= alone * (1 + 1e-12)


@settings(max_examples=25, deadline=None)
@given(ROWS)
def test_ratings_stay_between_best_and_worst(rows: list[Answers]) -> None:
    product = judged(rows)
    assert product.dqr is not None
    scores = [line_.dqr for line_ in product.lines]
    assert min(scores) - 1e-12 <= product.dqr <= max(scores) + 1e-12
    assert all(1 <= score <= 5 for line_ in product.lines for score in line_.scores.values())
