"""What must hold of every study, whatever the figures: hypothesis makes the studies.

A study here has one to three products, all made at one plant with weights, another product outside the study, and lines
of every basis. Products differ in output and weight; lines name one product or none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.books import PRODUCT, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.model import Basis, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

BASES = {Basis.PER_UNIT: "每功能单位", Basis.PRODUCT_TOTAL: "本产品全年合计", Basis.PLANT_TOTAL: "全厂全年合计"}
FLOWS = {
    "电力": ("kWh", (("MWh", 1000.0), ("万kWh", 10000.0), ("GJ", 1 / 0.0036))),
    "柴油": ("kg", (("t", 1000.0), ("g", 0.001))),
}
STAGES = (Stage.RAW_MATERIAL_ACQUISITION, Stage.PRODUCTION, Stage.END_OF_LIFE)
NAMES = ("甲", "乙", "丙")
OUTSIDE = "不核算的产品"


@dataclass(frozen=True)
class Made:
    name: str
    output: int
    weight: float


@dataclass(frozen=True)
class Row:
    stage: Stage
    flow: str
    amount: float
    unit: str
    basis: Basis
    product: str | None


@dataclass(frozen=True)
class Case:
    made: tuple[Made, ...]  # the last is outside the study
    rows: tuple[Row, ...]

    @property
    def products(self) -> tuple[Made, ...]:
        return self.made[:-1]


amounts = st.floats(min_value=0.01, max_value=1e7).map(lambda value: float(f"{value:.6g}"))
weights = st.sampled_from((0.55, 0.9, 1.0, 2.25, 40.0))  # no sum of them is 1 or 100, as shares are


@st.composite
def cases(draw: Callable[..., Any]) -> Case:
    names = NAMES[: draw(st.integers(1, 3))]
    made = tuple(Made(name, draw(st.integers(1, 20000)), draw(weights)) for name in (*names, OUTSIDE))
    rows = [Row(Stage.PRODUCTION, "电力", draw(amounts), "kWh", Basis.PLANT_TOTAL, None)]  # so that each has data
    for _ in range(draw(st.integers(1, 6))):
        flow = draw(st.sampled_from(sorted(FLOWS)))
        basis = draw(st.sampled_from(sorted(BASES, key=lambda b: b.value)))
        of_all = () if basis is Basis.PRODUCT_TOTAL and len(names) > 1 else (None,)  # a total is of one of several
        product = None if basis is Basis.PLANT_TOTAL else draw(st.sampled_from((*of_all, *names)))
        rows.append(Row(Stage.PRODUCTION, flow, draw(amounts), FLOWS[flow][0], basis, product))
    others = sorted(draw(st.sets(st.sampled_from((STAGES[0], STAGES[2])))), key=lambda stage: stage.value)
    rows += [Row(stage, "电力", draw(amounts), "kWh", Basis.PER_UNIT, None) for stage in others]
    return Case(made, tuple(rows))


def compute(case: Case) -> Outcome:
    tables: dict[str, list[dict[str, Any]]] = {
        "plants": [{"name": "一厂", "allocation_basis": "企业自定权重", "justification": "按加工量"}],
        "plant_products": [{"product": m.name, "output": m.output, "weight": m.weight} for m in case.made],
    }
    for row in case.rows:
        tables.setdefault(row.stage.value, []).append(
            line(item=f"{row.flow}{len(tables)}", flow=row.flow, amount=row.amount, unit=row.unit,
                 basis=BASES[row.basis], product=row.product)
        )  # fmt: skip
    products = [PRODUCT | {"name": m.name, "model": m.name, "output": m.output} for m in case.products]
    return process_book(returned(tables, products=products))


def totals(outcome: Outcome) -> dict[str, float]:
    assert outcome.is_final
    return {p.product.name: p.cfp_kg_co2e for p in outcome.footprint.products if p.cfp_kg_co2e is not None}


def unchanged(before: Case, after: Case) -> None:
    assert totals(compute(after)) == pytest.approx(totals(compute(before)), rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(cases(), st.sampled_from((2, 3, 7, 100)))
def test_scaling_all_totals_and_outputs_alike_changes_nothing(case: Case, factor: int) -> None:
    made = tuple(replace(m, output=m.output * factor) for m in case.made)
    rows = tuple(row if row.basis is Basis.PER_UNIT else replace(row, amount=row.amount * factor) for row in case.rows)
    unchanged(case, Case(made, rows))


@settings(max_examples=40, deadline=None)
@given(cases(), st.floats(0.01, 0.99), st.integers(0, 5))
def test_splitting_a_line_in_two_changes_nothing(case: Case, part: float, which: int) -> None:
    row = case.rows[which % len(case.rows)]
    first = row.amount * part
    assume(first > 0)
    pieces = (replace(row, amount=first), replace(row, amount=row.amount - first))
    unchanged(case, Case(case.made, (*(r for r in case.rows if r is not row), *pieces)))


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(0, 5), st.integers(0, 2))
def test_changing_a_unit_and_its_amount_together_changes_nothing(case: Case, which: int, unit: int) -> None:
    row = case.rows[which % len(case.rows)]
    _, others = FLOWS[row.flow]
    symbol, ratio = others[unit % len(others)]
    changed = replace(row, amount=row.amount / ratio, unit=symbol)
    unchanged(case, Case(case.made, tuple(changed if r is row else r for r in case.rows)))


@settings(max_examples=40, deadline=None)
@given(cases())
def test_allocated_sum_is_the_unallocated_sum(case: Case) -> None:
    # by hand for the product outside: total × wO / Σ wO; the others' activity per unit × output comes from the engine
    outcome = compute(case)
    whole = sum(m.weight * m.output for m in case.made)
    outside = case.made[-1].weight * case.made[-1].output / whole
    outputs = {m.name: m.output for m in case.products}
    allocated: dict[str, float] = {}
    for product in outcome.footprint.products:
        for stage in product.stages:
            for result in stage.lines:
                if result.line.basis is Basis.PLANT_TOTAL and result.activity is not None:
                    mine = result.activity * outputs[product.product.name]
                    allocated[result.line.id] = allocated.get(result.line.id, 0.0) + mine
    lines = [each for each in outcome.inventory.lines if each.basis is Basis.PLANT_TOTAL]
    assert set(allocated) == {each.id for each in lines}
    for each in lines:
        assert each.reference_amount is not None
        assert allocated[each.id] + outside * each.reference_amount == pytest.approx(each.reference_amount, rel=1e-12)
    for control in outcome.footprint.controls:
        assert control.difference == pytest.approx(0, abs=1e-9 * control.total)


@settings(max_examples=40, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_rows_and_of_products_changes_nothing(case: Case, random: Any) -> None:
    rows, products = list(case.rows), list(case.products)
    random.shuffle(rows)
    random.shuffle(products)
    assert totals(compute(Case((*products, case.made[-1]), tuple(rows)))) == totals(compute(case))  # to the last bit


@settings(max_examples=40, deadline=None)
@given(cases(), st.integers(1, 5))
def test_removing_a_line_lowers_the_total_by_that_line(case: Case, which: int) -> None:
    row = case.rows[1 + (which - 1) % (len(case.rows) - 1)]
    rest = tuple(r for r in case.rows if r is not row)
    assume(any(r.stage is row.stage for r in rest))  # a stage without data is no stage of zero
    outcome = compute(case)
    before, after = totals(outcome), totals(compute(Case(case.made, rest)))
    same_stage = [r for r in case.rows if r.stage is row.stage]
    place = next(index for index, r in enumerate(same_stage) if r is row)
    for product in outcome.footprint.products:
        stage = next(stage for stage in product.stages if stage.stage is row.stage)
        number = f"-{place + 1:03d}"
        removed = sum(result.kg_co2e or 0.0 for result in stage.lines if result.line.id.endswith(number))
        name = product.product.name
        assert before[name] - after[name] == pytest.approx(removed, rel=1e-9, abs=1e-9 * before[name])
