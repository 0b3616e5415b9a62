"""What a verifier asks about: found where it is, and silent where the study is sound. Figures stand as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.books import PRODUCT, Answers, changed, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.compute import with_effects
from workbook_engine.compute.checks import cutoff
from workbook_engine.compute.checks.cutoff import cut_off
from workbook_engine.findings import Severity
from workbook_engine.grid import address
from workbook_engine.model import Stage

if TYPE_CHECKING:
    from workbook_engine.findings import Finding

KWH = 0.5777
TOTAL, PLANT = "本产品全年合计", "全厂全年合计"
RAW, INBOUND, MAKE = "raw_material_acquisition", "raw_material_transport", "production"
OUTBOUND, END = "distribution", "end_of_life"
TRUCK = "重型柴油货车(载重18t)"

CHECKS = frozenset({
    "boundary-type-disagrees", "declared-unit-of-whole-life", "production-without-energy", "mass-missing",
    "mass-exceeds", "line-twice", "leg-twice", "total-within-total", "omission-over", "omissions-over-total",
    "omission-not-estimated", "intensity-differs", "magnitude-month", "magnitude-unit", "magnitude-goods",
    "magnitude-material", "magnitude-energy", "magnitude-dominates", "magnitude-stage-large", "magnitude-stage-small",
    "magnitude-packaging", "magnitude-year-small", "distance-far", "consumption-odd",
})  # fmt: skip


def checks(outcome: Outcome) -> list[str]:
    return [finding.code for finding in outcome.findings if finding.code in CHECKS]


def one(outcome: Outcome, code: str) -> Finding:
    (found,) = [finding for finding in outcome.findings if finding.code == code]
    return found


def steel(kg: float, item: str = "钢", **changes: object) -> Answers:
    return line(item=item, flow="热轧碳钢中厚板", amount=kg, unit="kg", **changes)


def freight(item: str = "运输", mass: float = 80, unit: str = "kg", **changes: object) -> Answers:
    row = {"item": item, "mass": mass, "mass_unit": unit, "distance_km": 100, "mode": TRUCK, "basis": "每功能单位",
           "data_source": "估算", "quality": "次级数据"}  # fmt: skip
    return row | changes


SOUND: dict[str, list[Answers]] = {
    RAW: [steel(60), steel(19, "型钢")],
    INBOUND: [freight("运钢", 60), freight("运铜", 19)],
    MAKE: [line(item="焊接", amount=40), line(item="装配", amount=25)],
    OUTBOUND: [freight("送货")],
    END: [line(item="拆解", amount=4)],
}


def test_sound_study_raises_no_question() -> None:
    assert checks(process_book(returned(SOUND))) == []


def test_reading_in_doubt_weighs_as_much_as_its_line() -> None:
    rows = [line(amount=500), line(item="照明", amount="约80"), line(item="空压", amount="120±6")]
    outcome = process_book(returned({MAKE: rows}))
    effects = {f.code: f.effect_kg_co2e for f in with_effects(outcome.findings, outcome.footprint)}
    assert effects["number-approximate"] == pytest.approx(80 * KWH)
    assert effects["number-with-tolerance"] == pytest.approx(6 * KWH)
    assert effects["partial-cfp"] is None


# --- completeness -----------------------------------------------------------------------------------------------------


def test_result_without_a_significant_stage_is_called_partial_with_the_stages_it_lacks() -> None:
    message = one(process_book(returned(SOUND)), "partial-cfp").message("zh")
    assert "使用" in message
    assert "产品处置" not in message


@pytest.mark.parametrize(
    ("boundary", "says"),
    [("摇篮到坟墓", "不含“使用”"), ("摇篮到大门", "含有“成品运输、产品处置”")],
)
def test_name_of_the_boundary_is_held_against_its_stages(boundary: str, says: str) -> None:
    outcome = process_book(returned(SOUND, {"study.boundary_type": boundary}))
    assert says in one(outcome, "boundary-type-disagrees").message("zh")


def test_declared_unit_for_a_whole_life_cycle_is_questioned() -> None:
    products = [PRODUCT | {"unit_kind": "声明单位"}]
    outcome = process_book(returned(SOUND | {"use": [line(item="运行", amount=9)]}, products=products))
    assert checks(outcome) == ["declared-unit-of-whole-life"]


def test_declared_unit_of_a_part_is_right_for_a_product_without_a_name_too() -> None:
    outcome = process_book(returned(SOUND, products=[PRODUCT | {"name": None, "unit_kind": "声明单位"}]))
    assert "required-empty" in outcome.codes()
    assert "declared-unit-of-whole-life" not in outcome.codes()


def test_production_without_energy_is_questioned() -> None:
    assert checks(process_book(returned({MAKE: [steel(2)]}))) == ["production-without-energy"]


def test_stage_left_out_without_a_reason_is_questioned() -> None:
    book = returned(SOUND)
    assert "stage-out-unjustified" not in process_book(book).codes()
    row, cells = next((r, c) for r, c in book.sheets[0].rows() if "使用" in {cell.value for cell in c.values()})
    place = address(row, next(column for column, cell in cells.items() if cell.value == "不涉及"))
    for nothing in (None, "/", "—", "无", "待定"):
        outcome = process_book(changed(book, "基本信息", place, nothing))
        assert ("基本信息", place, "stage-out-unjustified") in outcome.said(Severity.WARNING)
        assert not outcome.inventory.boundary[Stage.USE].reason


def test_nothing_left_out_needs_no_reason() -> None:
    book = returned(SOUND)
    row, cells = next((r, c) for r, c in book.sheets[0].rows() if "产品生产" in {cell.value for cell in c.values()})
    reason = next(column for column, cell in cells.items() if cell.value == "不涉及")
    for nothing in ("/", "—", "无", "不适用", "N/A"):
        named = changed(book, "基本信息", address(row, reason - 1), nothing)
        outcome = process_book(changed(named, "基本信息", address(row, reason), None))
        assert not outcome.codes() & {"exclusion-unjustified", "exclusion-not-estimated"}


def test_process_left_out_without_a_reason_is_questioned() -> None:
    book = returned(SOUND)
    row, cells = next((r, c) for r, c in book.sheets[0].rows() if "产品生产" in {cell.value for cell in c.values()})
    reason = next(column for column, cell in cells.items() if cell.value == "不涉及")
    named = changed(book, "基本信息", address(row, reason - 1), "焊接烟尘治理")
    assert "exclusion-not-estimated" in process_book(named).codes()
    assert "exclusion-unjustified" not in process_book(named).codes()
    assert "exclusion-unjustified" in process_book(changed(named, "基本信息", address(row, reason), None)).codes()


def test_product_without_data_in_a_stage_has_no_total() -> None:
    products = [PRODUCT, PRODUCT | {"name": "环网箱", "model": "B2"}]
    tables = {MAKE: [line()], OUTBOUND: [freight(product="分支箱")]}
    outcome = process_book(returned(tables, products=products))
    assert [(code, cell) for _, cell, code in outcome.said()] == [("stage-without-data-of-product", "B29")]
    first, second = (product.cfp_kg_co2e for product in outcome.footprint.products)
    assert first is not None
    assert second is None
    # an output that is missing, too, takes nothing of it away: it would be asked for once that is given
    products[1] = products[1] | {"output": None}
    tables = {
        MAKE: [line(basis="本产品全年合计", product="环网箱"), line(product="分支箱")],
        OUTBOUND: [freight(product="分支箱")],
    }
    codes = [code for _, cell, code in process_book(returned(tables, products=products)).said() if cell.endswith("29")]
    assert sorted(codes) == ["output-missing", "stage-without-data-of-product"]


def test_product_without_data_in_a_stage_is_told_beside_the_output_that_one_plant_lacks() -> None:
    plants = [{"name": name, "allocation_basis": "产量（件数）"} for name in ("东厂", "西厂")]
    made = [{"plant": "东厂", "product": "环网箱", "output": 600}, {"plant": "西厂", "product": "环网箱"}]
    tables = {
        "plants": plants,
        "plant_products": made,
        MAKE: [line(basis="全厂全年合计", plant="西厂"), line(product="分支箱")],
        OUTBOUND: [freight(product="分支箱")],
    }
    products = [PRODUCT, PRODUCT | {"name": "环网箱", "model": "B2"}]
    said = process_book(returned(tables, products=products)).said()
    assert {"output-missing", "stage-without-data-of-product"} <= {code for _, _, code in said}, said


# --- mass and intensities ---------------------------------------------------------------------------------------------


def test_materials_lighter_than_the_product_are_reported_with_what_they_may_hide() -> None:
    # 60 of 80 kg: the missing 20 kg at the mean factor of the rest are a third of its emission
    outcome = process_book(returned({RAW: [steel(60)], MAKE: [line()]}))
    found = one(outcome, "mass-missing")
    material = outcome.footprint.products[0].stages[0].kg_co2e
    assert material is not None
    assert found.params["share"] == "75%"
    assert found.effect_kg_co2e == pytest.approx(material / 3)


@pytest.mark.parametrize(("water", "told"), [(40, {"mass-missing"}), (80, set()), (12_000, set())])
def test_water_beside_materials_hides_no_shortage_that_it_cannot_fill(water: float, told: set[str]) -> None:
    steel = {**line(item="钢", flow="普通碳钢（市场平均）", amount=20, unit="kg")}
    rows = [steel, line(item="工艺用水", flow="自来水", amount=water, unit="kg")]
    done = process_book(returned({"raw_material_acquisition": rows, "production": [line()]}))  # of 80 kg
    assert done.codes() & {"mass-missing"} == told


def test_materials_in_kilograms_for_tonnes_are_told_beside_much_water() -> None:
    """18,870 kg of resin typed for 18,870 t: 0.08 kg in a pipe of 80 kg, washed with 12 t."""
    resin = line(item="树脂", flow="聚氯乙烯", amount=0.0816, unit="kg")
    rows = [resin, line(item="冷却水", flow="自来水", amount=12_000, unit="kg")]
    done = process_book(returned({"raw_material_acquisition": rows, "production": [line()]}))
    assert "mass-missing" in done.codes()


@pytest.mark.parametrize(("kwh", "cells"), [(0.0007, ["E8"]), (6.7, [])])
def test_electricity_in_ten_thousand_kwh_beside_a_kilns_coal_is_told(kwh: float, cells: list[str]) -> None:
    """84 kWh for a tonne of cement are 6.72 for 80 kg; 万kWh typed as kWh leaves 0.0007."""
    rows = [line(item="回转窑", flow="烟煤", amount=8.4, unit="kg"), line(item="粉磨", amount=kwh)]
    done = process_book(returned({"production": rows}))
    told = [cell for _, cell, code in done.said(Severity.WARNING) if code == "magnitude-energy-small"]
    assert told == cells


def test_materials_are_weighed_net_of_their_losses() -> None:
    # 80 kg net, of which 5 % of the input is lost: 84.2 kg go in
    assert checks(process_book(returned({RAW: [steel(80, loss_rate=0.2)], MAKE: [line()]}))) == []


def test_materials_far_heavier_than_the_product_are_reported() -> None:
    assert checks(process_book(returned({RAW: [steel(60), steel(45, "型钢")], MAKE: [line()]}))) == ["mass-exceeds"]


def test_mass_that_suppliers_energy_stands_for_is_not_missed() -> None:
    assert checks(process_book(returned({RAW: [steel(20), line(item="断路器", amount=9)], MAKE: [line()]}))) == []


def test_intensity_an_order_from_that_of_the_other_products_is_reported() -> None:
    # 120 kWh / 80 kg = 1.5 and 3200 kWh / 80 kg = 40 kWh/kg
    products = [PRODUCT, PRODUCT | {"name": "环网箱", "model": "B2"}]
    tables = {MAKE: [line(amount=120, product="分支箱"), line(amount=3200, product="环网箱")]}
    outcome = process_book(returned(tables, products=products))
    found = [finding for finding in outcome.findings if finding.code == "intensity-differs"]
    assert [(finding.params["product"], finding.params["value"]) for finding in found] == [
        ("分支箱", "1.5"),
        ("环网箱", "40"),
    ]


# --- double counting --------------------------------------------------------------------------------------------------


def test_line_given_twice_is_reported_with_what_it_adds() -> None:
    outcome = process_book(returned({MAKE: [line(amount=30), line(item="照明", amount=30), line(amount=30)]}))
    found = one(outcome, "line-twice")
    assert (found.where.cell if found.where else "", found.effect_kg_co2e) == ("E9", pytest.approx(30 * KWH))
    assert outcome.cfp == pytest.approx(90 * KWH)  # counted all the same


def test_line_given_in_two_stages_is_reported() -> None:
    assert checks(process_book(returned({RAW: [line(amount=30)], MAKE: [line(amount=30)]}))) == ["line-twice"]


@pytest.mark.parametrize(
    "change", [{"amount": 31}, {"flow": "光伏发电"}, {"basis": TOTAL}, {"item": "照明"}, {"product": "分支箱"}]
)
def test_line_that_differs_in_anything_is_no_double(change: dict[str, Any]) -> None:
    assert "line-twice" not in checks(
        process_book(returned({MAKE: [line(amount=30), line(**{"amount": 30} | change)]}))
    )


def test_treatment_routes_of_one_item_are_no_doubles() -> None:
    rows = [
        line(item="壳体", amount=8, route="回收利用", route_share=0.5),
        line(item="壳体", amount=8, route="填埋", route_share=0.5),
    ]
    outcome = process_book(returned({END: rows, MAKE: [line()]}))
    assert "line-twice" in checks(outcome)  # half and half of the same flow: the same emission, worth a look
    rows[1]["route_share"], rows[0]["route_share"] = 0.4, 0.6
    assert checks(process_book(returned({END: rows, MAKE: [line()]}))) == []


def test_leg_by_fuel_and_by_freight_is_reported() -> None:
    by_fuel = line(item="运钢", flow="柴油", amount=3, unit="kg")
    outcome = process_book(returned({INBOUND: [freight("运钢"), by_fuel, freight("运铜", 10)], MAKE: [line()]}))
    assert checks(outcome) == ["leg-twice"]


def test_product_total_beside_a_plant_total_of_one_flow_is_noted() -> None:
    rows = [line(item="全厂", amount=9000, basis=PLANT), line(item="装配线", amount=500, basis=TOTAL)]
    outcome = process_book(returned({MAKE: rows}))
    assert one(outcome, "total-within-total").effect_kg_co2e == pytest.approx(0.5 * KWH)


def test_products_that_use_more_than_their_plant_are_reported() -> None:
    rows = [line(item="全厂", amount=9000, basis=PLANT), line(item="一线", amount=5, unit="MWh", basis=TOTAL),
            line(item="二线", amount=4.5, unit="MWh", basis=TOTAL)]  # fmt: skip
    found = one(process_book(returned({MAKE: rows})), "totals-exceed-plant")
    assert (found.params["part"], found.params["whole"], found.params["unit"]) == ("9500", "9000", "kWh")


# --- cut-off ----------------------------------------------------------------------------------------------------------


def test_flows_under_one_per_cent_are_named_with_their_sum() -> None:
    # 1000 kWh in all: 995 + 4 + 1; the two small ones are 0.5 %
    rows = [line(amount=995), line(item="照明", amount=4), line(item="办公", amount=1)]
    outcome = process_book(returned({MAKE: rows}))
    note = one(outcome, "cutoff-under")
    assert (note.params["count"], note.params["share"]) == (2, "0.5%")
    assert note.params["lines"] == (
        "“照明”（产品生产!E8）、“办公”（产品生产!E9）",
        "“照明” (产品生产!E8), “办公” (产品生产!E9)",
    )
    criteria = cut_off(outcome.inventory, outcome.footprint.products[0])
    assert criteria is not None
    assert [result.line.item for result in criteria.small] == ["办公", "照明"]
    assert outcome.cfp == pytest.approx(1000 * KWH)  # nothing is left out


def test_of_many_small_flows_the_largest_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other line is looked at: of 100,000 packed ones that took nine times as long as all checks together."""
    named = []
    monkeypatch.setattr(cutoff, "named", lambda line: named.append(line.item) or line.item)
    rows = [line(amount=100_000), *(line(item=f"流 {number:02d}", amount=number) for number in range(1, 13))]
    lines = one(process_book(returned({MAKE: rows})), "cutoff-under").params["lines"]
    assert named == [f"流 {number:02d}" for number in range(12, 4, -1)]
    assert lines == ("、".join(named) + " 等 12 项", ", ".join(named) + " and 4 more")


@pytest.mark.parametrize(
    ("omissions", "fields", "expected"),
    [
        # the whole is 57.77 + what is omitted
        ([{"item": "包装", "kg_co2e": 0.5}], {}, []),  # 0.5 / 58.27 = 0.86 %
        ([{"item": "包装", "kg_co2e": 0.6}], {}, ["omission-over"]),  # 0.6 / 58.37 = 1.03 %
        ([{"item": "包装", "kg_co2e": 0.6}], {"settings.cutoff_flow": 0.02}, []),
        (
            [{"item": f"第{n}项", "kg_co2e": 0.55} for n in range(6)],
            {},
            ["omissions-over-total"],
        ),  # 3.3 / 61.07 = 5.4 %
        ([{"item": f"第{n}项", "kg_co2e": 0.55} for n in range(6)], {"settings.cutoff_total": "6%"}, []),
        ([{"item": "标签", "mass_kg": 0.4}], {}, []),  # 0.4 of 80.4 kg
        ([{"item": "标签", "mass_kg": 4}], {}, ["omission-over"]),  # 4 of 84 kg = 4.8 %
        ([{"item": "标签"}], {}, ["omission-not-estimated"]),
    ],
)
def test_omitted_flows_are_held_against_the_limits(
    omissions: list[dict[str, Any]], fields: Answers, expected: list[str]
) -> None:
    assert checks(process_book(returned({MAKE: [line()], "omissions": omissions}, fields))) == expected


# --- magnitudes -------------------------------------------------------------------------------------------------------


def test_month_in_another_unit_is_reported_and_left_as_it_is() -> None:
    months = {f"month_{month:02d}": 12 for month in range(1, 13)} | {"month_07": 120000}
    outcome = process_book(returned({MAKE: [line(amount=None, unit="万kWh", basis=TOTAL, **months)]}))
    assert one(outcome, "magnitude-month").params["ratio"] == "10000"
    assert outcome.cfp == pytest.approx((11 * 12 + 120000) * 10 * KWH)  # 万kWh ÷ 1000 pieces; nothing was corrected


def test_goods_in_tonnes_for_kilograms_are_reported() -> None:
    tables = {MAKE: [line()], INBOUND: [freight("运钢", 80, "t")], OUTBOUND: [freight("送货", 80)]}
    assert checks(process_book(returned(tables))) == ["magnitude-goods"]


def test_goods_delivered_far_lighter_than_the_product_are_reported() -> None:
    assert checks(process_book(returned({MAKE: [line()], OUTBOUND: [freight("送货", 0.08)]}))) == ["magnitude-goods"]


def test_material_in_tonnes_for_kilograms_is_reported() -> None:
    outcome = process_book(
        returned({RAW: [line(item="钢", flow="热轧碳钢中厚板", amount=75, unit="t")], MAKE: [line()]})
    )
    assert "magnitude-material" in checks(outcome)


def test_energy_in_ten_thousand_kwh_for_kwh_is_reported() -> None:
    # 1 340 000 万kWh over 1000 pieces of 80 kg: 167 500 kWh/kg
    outcome = process_book(returned({MAKE: [line(amount=1340000, unit="万kWh", basis=TOTAL)]}))
    assert one(outcome, "magnitude-energy").params["value"] == "167500"


@pytest.mark.parametrize(("amount", "unit", "expected"), [(134189.3, "万kWh", True), (13.4, "万kWh", False)])
def test_year_of_a_plant_in_the_wrong_unit_is_reported(amount: float, unit: str, expected: bool) -> None:  # noqa: FBT001
    products = [{key: value for key, value in PRODUCT.items() if key != "mass_kg"}]
    outcome = process_book(returned({MAKE: [line(amount=amount, unit=unit, basis=PLANT)]}, products=products))
    assert ("magnitude-year" in outcome.codes()) is expected


def test_units_far_apart_with_figures_alike_are_reported() -> None:
    products = [{key: value for key, value in PRODUCT.items() if key != "mass_kg"}]
    rows = [line(item="一车间", amount=5000, basis=TOTAL), line(item="二车间", amount=4800, unit="万kWh", basis=TOTAL)]
    found = one(process_book(returned({MAKE: rows}, products=products)), "magnitude-unit")
    assert (found.where.cell if found.where else "", found.params["ratio"]) == ("E8", "10000")


def test_one_line_that_outweighs_all_others_is_reported() -> None:
    rows = [line(item=f"工序{n}", amount=n) for n in range(1, 6)] + [line(item="空压机", amount=60000)]
    products = [{key: value for key, value in PRODUCT.items() if key != "mass_kg"}]
    assert checks(process_book(returned({MAKE: rows}, products=products))) == ["magnitude-dominates"]


# --- slips that the study's own proportions give away -----------------------------------------------------------------

# Activity per unit of the published report T400104-14-2026, which states no mass: 14.2922 kgCO2e in all
BOX: dict[str, list[Answers]] = {
    RAW: [line(amount=7.25372)],
    INBOUND: [line(item="进厂", flow="柴油", amount=0.02822, unit="kg")],
    MAKE: [line(amount=4.65641), line(item="叉车", flow="柴油", amount=0.0108, unit="kg")],
    OUTBOUND: [line(item="送货", flow="柴油", amount=0.28176, unit="kg")],
    END: [line(item="拆解", amount=10.84885)],
}
SLIPS = {
    # each figure in the other unit: t for kg (× 1000), kWh for 万kWh (÷ 10 000), and the other way round
    "diesel to the plant in t": (INBOUND, 0, 1000, "magnitude-stage-large"),  # 87.4 of 101.6 kg: 86 %
    "diesel to the plant in kg for t": (INBOUND, 0, 0.001, "magnitude-stage-small"),  # 0.0000874 of 14.2 kg
    "production in 万kWh": (MAKE, 0, 10_000, "magnitude-dominates"),
    "production in kWh for 万kWh": (MAKE, 0, 0.0001, "magnitude-stage-small"),  # 0.000269 of 11.6 kg
    "materials' electricity in kWh for 万kWh": (RAW, 0, 0.0001, "magnitude-stage-small"),  # 0.000419 of 9.94 kg
    "deliveries in t": (OUTBOUND, 0, 1000, "magnitude-stage-large"),  # 872 of 886 kg
    "dismantling in MWh": (END, 0, 20, "magnitude-stage-large"),  # 125 of 133 kg
}


@pytest.mark.parametrize(("stage", "row", "times", "code"), SLIPS.values(), ids=SLIPS)
def test_slip_without_a_mass_shows_in_the_shares_of_the_stages(stage: str, row: int, times: float, code: str) -> None:
    products = [PRODUCT | {"mass_kg": None}]
    assert not [c for c in checks(process_book(returned(BOX, products=products))) if c.startswith("magnitude")]
    rows = list(BOX[stage])
    rows[row] = rows[row] | {"amount": rows[row]["amount"] * times}
    outcome = process_book(returned(BOX | {stage: rows}, products=products))
    found = one(outcome, code)
    assert found.where is not None
    assert (
        found.where.sheet
        == {RAW: "原材料获取", INBOUND: "原材料运输", MAKE: "产品生产", OUTBOUND: "成品运输", END: "产品处置"}[stage]
    )
    assert [c for c in checks(outcome) if c.startswith("magnitude")] == [code]  # asked once, not at every other line


def test_use_stage_makes_no_other_stage_look_small() -> None:
    # losses of thirty years are a thousand times the rest; the rest is judged by itself
    use = line(item="空载损耗", amount=50_000)
    outcome = process_book(returned(BOX | {"use": [use]}, products=[PRODUCT | {"mass_kg": None}]))
    assert "magnitude-stage-small" not in checks(outcome)


def test_goods_five_times_the_materials_are_reported() -> None:
    # 60 + 19 kg of steel; 790 kg carried in where 79 are used: a lorry's load, or a year's divided by the wrong output
    tables = SOUND | {INBOUND: [freight("运钢", 790), freight("运铜", 19)]}
    assert one(process_book(returned(tables)), "magnitude-goods").params["ratio"] == "9.875"


def test_leg_after_leg_of_the_same_goods_is_sound() -> None:
    legs = [freight(f"第{n}段", 79) for n in range(1, 8)]
    assert "magnitude-goods" not in checks(process_book(returned(SOUND | {INBOUND: legs})))


def test_packaging_heavier_than_twice_the_product_is_reported() -> None:
    tables = SOUND | {RAW: [steel(79), steel(170, "木箱包装")]}
    assert one(process_book(returned(tables)), "magnitude-packaging").params["value"] == "170"
    assert "magnitude-packaging" not in checks(process_book(returned(SOUND | {RAW: [steel(79), steel(9, "纸箱")]})))


@pytest.mark.parametrize(("amount", "unit", "expected"), [(13.4, "kWh", True), (13.4, "万kWh", False)])
def test_year_of_a_plant_below_a_household_is_reported(amount: float, unit: str, expected: bool) -> None:  # noqa: FBT001
    outcome = process_book(returned({MAKE: [line(amount=amount, unit=unit, basis=PLANT)]}))
    assert ("magnitude-year-small" in outcome.codes()) is expected


@pytest.mark.parametrize(("km", "expected"), [(320_000, True), (19_800, False)])
def test_leg_of_more_than_half_round_the_earth_is_reported(km: float, expected: bool) -> None:  # noqa: FBT001
    outcome = process_book(returned(SOUND | {OUTBOUND: [freight("送货", distance_km=km)]}))
    assert ("distance-far" in outcome.codes()) is expected


@pytest.mark.parametrize(("litres", "expected"), [(320, True), (32, False), (0.3, True)])
def test_consumption_that_no_lorry_has_is_reported(litres: float, expected: bool) -> None:  # noqa: FBT001
    row = {"item": "送货", "flow": "柴油", "trips": 1, "distance_km": 50, "per_100km": litres, "basis": "每功能单位",
           "data_source": "估算", "quality": "次级数据"}  # fmt: skip
    outcome = process_book(returned(SOUND | {OUTBOUND: [row]}))
    assert ("consumption-odd" in outcome.codes()) is expected
