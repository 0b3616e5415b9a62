"""What a correction changed, and what each change did: worked by hand on a plant with one product.

The product: output 1,000; production 100,000 kWh a year of the product at F kgCO2e/kWh and 500 kg diesel at D; so
100 kWh × F + 0.5 kg × D a unit. F and D are whatever the library holds: every expectation is stated in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.books import PRODUCT, line, returned
from workbook_engine.compute import compute_footprint
from workbook_engine.diff import Side, compare
from workbook_engine.intake import bind_inputs
from workbook_engine.model import Stage
from workbook_engine.normalize import build_inventory
from workbook_engine.pipeline import factor_library

if TYPE_CHECKING:
    from workbook_engine.grid import Book
    from workbook_engine.model import Comparison, Effect

TOTAL = "本产品全年合计"
ELECTRICITY = {"item": "生产用电", "amount": 100_000, "basis": TOTAL}
DIESEL = {"item": "叉车", "flow": "柴油", "amount": 500, "unit": "kg", "basis": TOTAL}


def book(*rows: dict[str, Any], products: tuple[dict[str, Any], ...] = (PRODUCT,), **fields: Any) -> Book:
    names = {name.replace("__", "."): value for name, value in fields.items()}
    return returned({"production": [line(**row) for row in rows]}, names, products=products)


def side(source: Book, name: str = "old.xlsx") -> Side:
    submission, findings = bind_inputs(source)
    assert submission is not None
    inventory, _ = build_inventory(submission, factor_library(), findings)
    return Side(name, "00", submission, compute_footprint(inventory))


def compared(old: Book, new: Book) -> Comparison:
    return compare(side(old), side(new, "new.xlsx"), factor_library())


def factors() -> tuple[float, float]:
    """Return F and D: what the study's own factors are."""
    inventory, _ = build_inventory(side(book(ELECTRICITY, DIESEL)).submission, factor_library())
    used = [row.factor.value for row in inventory.lines if row.factor]
    return used[0], used[1]


F, D = factors()


def cells(comparison: Comparison) -> list[tuple[str, str, str, str, str | None]]:
    """Return (kind, field, old, new, cell) of every cell that differs."""
    return [
        (change.kind, cell.field.zh, cell.old, cell.new, cell.where.cell if cell.where else None)
        for change in comparison.changes
        for cell in change.cells
    ]


def only(comparison: Comparison, index: int = 0) -> Effect:
    (effect,) = comparison.changes[index].effects
    return effect


def test_the_hand_calculation_of_the_study_itself() -> None:
    inventory, _ = build_inventory(side(book(ELECTRICITY, DIESEL)).submission, factor_library())
    assert compute_footprint(inventory).products[0].cfp_kg_co2e == pytest.approx(100 * F + 0.5 * D, rel=1e-12)


def test_the_same_workbook_has_no_changes() -> None:
    comparison = compared(book(ELECTRICITY, DIESEL), book(ELECTRICITY, DIESEL))
    assert comparison.changes == ()
    (product,) = comparison.products
    assert product.old_kg_co2e == product.new_kg_co2e


def test_one_amount_is_told_with_its_cell_and_its_effect() -> None:
    comparison = compared(book(ELECTRICITY, DIESEL), book(ELECTRICITY | {"amount": 120_000}, DIESEL))
    ((kind, field, old, new, cell),) = cells(comparison)
    assert (kind, field, old, new) == ("changed", "数量", "100000", "120000")
    assert cell is not None
    # 20,000 kWh more ÷ 1,000 = 20 kWh a unit
    assert only(comparison).total == pytest.approx(20 * F, rel=1e-9)
    assert only(comparison).stages == {Stage.PRODUCTION: pytest.approx(20 * F, rel=1e-9)}
    (product,) = comparison.products
    assert product.rest is not None
    assert product.rest.total == pytest.approx(0, abs=1e-9)


def test_a_unit_and_its_amount_are_one_change() -> None:
    comparison = compared(book(ELECTRICITY, DIESEL), book(ELECTRICITY | {"amount": 100, "unit": "MWh"}, DIESEL))
    assert len(comparison.changes) == 1
    assert len(comparison.changes[0].cells) == 2
    assert only(comparison).total == pytest.approx(0, abs=1e-9)


def test_changes_that_act_on_each_other_leave_a_rest_that_is_named() -> None:
    new = book(ELECTRICITY | {"amount": 120_000}, DIESEL, products=(PRODUCT | {"output": 800},))
    comparison = compared(book(ELECTRICITY, DIESEL), new)
    by_field = {change.cells[0].field.zh: change.effects[0].total for change in comparison.changes}
    output = next(total for field, total in by_field.items() if "产量" in field)
    # alone: the output 100 F (1000/800 - 1) + 0.5 D (1000/800 - 1); the amount 20 F
    assert output == pytest.approx(0.25 * (100 * F + 0.5 * D), rel=1e-9)
    assert by_field["数量"] == pytest.approx(20 * F, rel=1e-9)
    (product,) = comparison.products
    # together: (120,000 F + 500 D)/800 - (100,000 F + 500 D)/1,000 = 50 F + 0.125 D; beyond both alone: 5 F
    assert product.rest is not None
    assert product.rest.total == pytest.approx(5 * F, rel=1e-9)
    assert product.rest.stages == {Stage.PRODUCTION: pytest.approx(5 * F, rel=1e-9)}


def test_rows_added_and_removed_are_told_with_their_effect() -> None:
    added = compared(book(ELECTRICITY), book(ELECTRICITY, DIESEL))
    assert {change.kind for change in added.changes} == {"added"}
    assert added.changes[0].subject == "叉车"
    assert only(added).total == pytest.approx(0.5 * D, rel=1e-9)
    removed = compared(book(ELECTRICITY, DIESEL), book(ELECTRICITY))
    assert {change.kind for change in removed.changes} == {"removed"}
    assert only(removed).total == pytest.approx(-0.5 * D, rel=1e-9)


def test_rows_that_were_sorted_or_moved_are_no_change() -> None:
    remark = {"item": "说明行", "flow": "柴油", "amount": 0, "unit": "kg", "basis": TOTAL}
    assert compared(book(ELECTRICITY, DIESEL, remark), book(remark, DIESEL, ELECTRICITY)).changes == ()


def test_a_row_is_known_again_under_another_name() -> None:
    comparison = compared(book(ELECTRICITY, DIESEL), book(ELECTRICITY, DIESEL | {"item": "叉车和卡车"}))
    assert [(kind, old, new) for kind, _, old, new, _ in cells(comparison)] == [("changed", "叉车", "叉车和卡车")]


def test_a_field_of_a_form_is_told() -> None:
    comparison = compared(book(ELECTRICITY), book(ELECTRICITY, study__company="改名电气有限公司"))
    assert [(kind, old, new) for kind, _, old, new, _ in cells(comparison)] == [
        ("changed", "示例电气有限公司", "改名电气有限公司")
    ]
    assert only(comparison).total == pytest.approx(0, abs=1e-12)


def test_a_stage_that_joins_the_boundary_counts_from_nothing() -> None:
    old = returned({"production": [line(**ELECTRICITY)]})
    new = returned({"production": [line(**ELECTRICITY)], "use": [line(item="用电", amount=7, basis="每功能单位")]})
    comparison = compared(old, new)
    (product,) = comparison.products
    assert product.new_kg_co2e == pytest.approx(107 * F, rel=1e-9)
    assert product.old_kg_co2e == pytest.approx(100 * F, rel=1e-9)
    assert product.new_stages[Stage.USE] == pytest.approx(7 * F, rel=1e-9)
    assert Stage.USE not in product.old_stages


def test_where_the_earlier_had_no_result_each_change_is_taken_back() -> None:
    old = book(ELECTRICITY, DIESEL | {"amount": "待定"})
    new = book(ELECTRICITY | {"amount": 130_000}, DIESEL)
    comparison = compared(old, new)
    assert comparison.method == "off-new"
    effects = {change.subject: change.effects[0].total for change in comparison.changes}
    assert effects["生产用电"] == pytest.approx(30 * F, rel=1e-9)
    assert effects["叉车"] is None  # without it there is no result that it could be compared with
    (product,) = comparison.products
    assert product.old_kg_co2e is None
    assert product.rest is not None
    assert product.rest.total is None


def test_where_neither_had_a_result_the_changes_are_told_alone() -> None:
    comparison = compared(
        book(ELECTRICITY | {"amount": "待定"}), book(ELECTRICITY | {"amount": "待定", "remark": "下周"})
    )
    assert (comparison.method, len(comparison.changes), comparison.changes[0].effects) == ("none", 1, ())


def test_a_product_that_was_renamed_everywhere_is_one_change_in_the_result() -> None:
    def two(name: str) -> Book:
        products = (PRODUCT | {"name": name}, PRODUCT | {"name": "配电箱", "model": "B2", "output": 10})
        return book(ELECTRICITY | {"product": f"{name}"}, DIESEL | {"product": "配电箱"}, products=products)

    comparison = compared(two("分支箱"), two("电缆分支箱"))
    assert len(comparison.changes) == 2
    first, second = comparison.changes
    assert second.is_joined
    assert second.effects == ()
    assert [effect.total for effect in first.effects] == [pytest.approx(0, abs=1e-9)] * 2
    assert all(product.old_kg_co2e == pytest.approx(product.new_kg_co2e) for product in comparison.products)
    assert comparison.only_old == ()


def test_a_product_that_is_gone_is_named() -> None:
    one = PRODUCT | {"name": "配电箱", "model": "B2"}
    comparison = compared(book(ELECTRICITY, products=(PRODUCT, one)), book(ELECTRICITY))
    assert comparison.only_old == ("配电箱 B2",)


def test_very_many_changes_are_taken_by_table() -> None:
    rows = [{"item": f"设备{n}", "amount": n + 1, "basis": TOTAL} for n in range(200)]
    doubled = [row | {"amount": 2 * (n + 1)} for n, row in enumerate(rows)]
    comparison = compared(book(*rows), book(*doubled))
    assert comparison.by_table
    assert len(comparison.changes) == 200
    told = [change.effects[0].total for change in comparison.changes if change.effects]
    assert told == [pytest.approx(sum(range(1, 201)) / 1000 * F, rel=1e-9)]
