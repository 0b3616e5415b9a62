"""What stands in the way of a result is said, with its cell; and no total is shown as final over it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from tests.books import PRODUCT, Answers, changed, line, returned
from tests.studies import Outcome, process_book
from workbook_engine.findings import Severity
from workbook_engine.grid import Book, Cell, MemorySheet

PRODUCTION = "产品生产"  # its table: title in row 4, keys in 5, headings in 6, the first row of data is 7
ITEM, FLOW, AMOUNT, UNIT, BASIS, PLANT = "B7", "D7", "E7", "F7", "G7", "H7"


def test_a_complete_study_has_nothing_to_mend() -> None:
    outcome = process_book(returned())
    assert outcome.said(Severity.ERROR) == []
    assert outcome.said(Severity.WARNING) == []
    assert outcome.is_final


@pytest.mark.parametrize(
    ("change", "cell", "code"),
    [
        ({"amount": None}, AMOUNT, "amount-missing"),
        ({"amount": "待定"}, AMOUNT, "amount-pending"),
        ({"amount": -3}, AMOUNT, "amount-negative"),
        ({"amount": "120kWh/台", "basis": "本产品全年合计"}, AMOUNT, "amount-per-piece"),
        ({"flow": None}, FLOW, "flow-missing"),
        ({"flow": "钚-239"}, FLOW, "flow-unknown"),
        ({"unit": None}, UNIT, "unit-missing"),
        ({"unit": "桶半"}, UNIT, "unit-unknown"),
        ({"unit": "kg"}, UNIT, "unit-mismatch"),
        ({"basis": None}, BASIS, "basis-missing"),
        ({"basis": "每月"}, BASIS, "choice-unknown"),
        ({"product": "变压器"}, "C7", "product-unknown"),
        ({"basis": "全厂全年合计", "plant": "北厂"}, PLANT, "plant-unknown"),
        ({"basis": None, "plant": "北厂"}, PLANT, "plant-unknown"),
        ({"basis": "每月", "plant": "北厂"}, PLANT, "plant-unknown"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_at_its_cell(change: dict[str, object], cell: str, code: str) -> None:
    tables = {"production": [line(**change)]}
    if "plant" in change:
        tables["plants"] = [{"name": "南厂", "allocation_basis": "质量", "justification": "同类产品"}]
        tables["plant_products"] = [{"product": "分支箱", "weight": 80}]
    outcome = process_book(returned(tables))
    assert (PRODUCTION, cell, code) in outcome.said()
    assert outcome.cfp is None
    assert outcome.footprint.products[0].stages[0].kg_co2e is None


def test_a_missing_output_blocks_what_needs_it() -> None:
    products = [{key: value for key, value in PRODUCT.items() if key != "output"}]
    outcome = process_book(returned({"production": [line(basis="本产品全年合计")]}, products=products))
    assert "output-missing" in outcome.codes()
    assert outcome.cfp is None


def test_a_missing_output_does_not_matter_per_unit() -> None:
    products = [{key: value for key, value in PRODUCT.items() if key != "output"}]
    assert process_book(returned(products=products)).is_final


def plant_study(*made: Answers) -> Outcome:
    """Return a study of plant totals with a plant that makes `made`."""
    plants = [{"name": "南厂", "allocation_basis": "企业自定权重", "justification": "同类产品"}]
    lines = [line(basis="全厂全年合计", plant="南厂")]
    return process_book(returned({"production": lines, "plants": plants, "plant_products": made}))


def test_a_plant_that_does_not_make_the_product_leaves_no_result_without_a_word() -> None:
    outcome = plant_study({"product": "环网箱", "output": 500})
    assert {code for _, _, code in outcome.said()} == {"plant-makes-others"}  # and not that the stage has no data
    assert outcome.cfp is None


def test_rows_that_name_the_product_do_not_say_again_that_the_plant_makes_none() -> None:
    tables = {
        "production": [line(basis="全厂全年合计", plant="南厂", product="分支箱"), line(item="二车间")],
        "plants": [{"name": "南厂", "allocation_basis": "企业自定权重", "justification": "同类产品"}],
        "plant_products": [{"product": "环网箱", "output": 500}],
    }
    outcome = process_book(returned(tables))
    assert {code for _, _, code in outcome.said(Severity.ERROR)} == {"plant-makes-others"}
    assert not outcome.is_final


def test_a_number_beside_a_crossed_amount_is_not_passed_over() -> None:
    """Amount and unit may be swapped: `/` was read as nothing, and 1200 in the column of the unit was gone."""
    outcome = process_book(returned({"production": [line(amount="/", unit=1200), line(item="二车间")]}))
    assert (PRODUCTION, UNIT, "unit-unknown") in outcome.said(Severity.ERROR)
    assert outcome.cfp is None
    crossed = process_book(returned({"production": [line(amount="/", unit="/"), line(item="二车间")]}))
    assert crossed.said(Severity.ERROR) == []


def test_weights_that_are_all_zero_are_said() -> None:
    outcome = plant_study({"product": "分支箱", "weight": 0}, {"product": "环网箱", "output": 500, "weight": 0})
    (found,) = [finding for finding in outcome.findings if finding.code == "result-not-known"]
    assert "“生产用电”（产品生产!E7）" in found.message("zh")
    assert "“生产用电” (产品生产!E7)" in found.message("en")
    assert outcome.cfp is None


def test_a_weight_in_per_cent_is_a_share_of_one() -> None:
    # 0.9 × 1000 + 1 × 500 = 1400; 100 kWh × 0.9 / 1400 a piece
    outcome = plant_study({"product": "分支箱", "weight": "90%"}, {"product": "环网箱", "output": 500, "weight": 1})
    assert outcome.cfp == pytest.approx(100 * 0.9 / 1400 * 0.5777)


def test_a_weight_with_a_unit_is_not_certain() -> None:
    outcome = plant_study({"product": "分支箱", "weight": "85kg"}, {"product": "环网箱", "output": 500, "weight": 1})
    assert outcome.cfp is None
    assert outcome.said()


def test_an_output_that_cannot_be_used_is_told_once() -> None:
    tables = {
        "production": [line(basis="全厂全年合计")],
        "plants": [{"name": "南厂", "allocation_basis": "产量（件数）", "justification": "同类产品"}],
        "plant_products": [{"product": "分支箱"}, {"product": "环网箱", "output": Cell("error", "#REF!")}],
    }
    outcome = process_book(returned(tables, products=[PRODUCT | {"output": 0}]))
    assert {code for _, _, code in outcome.said()} == {"output-zero", "cell-error"}
    assert outcome.cfp is None


def test_outputs_missing_of_two_products_are_told_of_each() -> None:
    products = [PRODUCT | {"output": 0}, PRODUCT | {"name": "环网箱", "model": "B2", "output": None}]
    rows = [line(basis="本产品全年合计", product=product["name"]) for product in products]
    outcome = process_book(returned({"production": rows}, products=products))
    assert {code for _, _, code in outcome.said()} == {"output-zero", "output-missing"}


def test_an_output_in_ten_thousands_is_converted_with_a_note() -> None:
    products = [PRODUCT | {"output": 0.1, "output_unit": "万台"}]
    outcome = process_book(returned({"production": [line(basis="本产品全年合计")]}, products=products))
    assert outcome.cfp == pytest.approx(100 / 1000 * 0.5777)
    assert "output-converted" in outcome.codes()


def test_an_output_in_an_unknown_unit_blocks() -> None:
    products = [PRODUCT | {"output_unit": "桶半"}]
    outcome = process_book(returned({"production": [line(basis="本产品全年合计")]}, products=products))
    assert "unit-unknown" in outcome.codes()
    assert outcome.cfp is None


def test_an_output_of_zero_is_no_output() -> None:
    outcome = process_book(returned({"production": [line(basis="本产品全年合计")]}, products=[PRODUCT | {"output": 0}]))
    assert "output-zero" in outcome.codes()
    assert outcome.cfp is None


def test_every_problem_of_a_row_is_said_at_once() -> None:
    outcome = process_book(returned({"production": [line(amount=None, unit=None, flow="钚-239", basis=None)]}))
    assert {cell for _, cell, _ in outcome.said()} == {AMOUNT, UNIT, FLOW, BASIS}


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("办公椅、儿童椅", True),
        ("办公椅；儿童椅", True),
        ("Chair and stool", True),
        ("水泵 & 电机", True),
        ("一二次融合成套环网箱 DTU HXGN □-12(V、V、PT)/630-20", False),
        ("304/316不锈钢管", False),
        ("锅、铲套装", False),
        ("螺栓、螺母组件", False),
        ("户内、户外通用断路器", False),
        ("和面机", False),
        ("Sandstone", False),
        ("C+级灯管", False),
    ],
)
def test_two_products_in_one_cell_are_asked_about(name: str, *, is_asked: bool) -> None:
    outcome = process_book(returned(products=[PRODUCT | {"name": name}]))
    assert ("products-in-one" in outcome.codes()) is is_asked
    assert outcome.is_final


@pytest.mark.parametrize(
    ("heading", "is_asked"),
    [
        ("数量（2024年）", True),  # the period is 2025
        ("数量（2024年度）", True),
        ("數量（2024年）", True),
        ("Amount (2024)", True),
        ("数量（2025年）", False),
        ("数量（2024、2025年）", False),  # which of them a row is of, its period says
        ("数量（必填）", False),
    ],
)
def test_a_heading_of_a_year_outside_the_period_is_asked_about(heading: str, *, is_asked: bool) -> None:
    outcome = process_book(changed(returned({"production": [line()]}), PRODUCTION, "E6", heading))
    asked = [told for told in outcome.said(Severity.WARNING) if told[2] == "heading-of-other-year"]
    assert asked == ([(PRODUCTION, "E6", "heading-of-other-year")] if is_asked else [])


def test_an_included_stage_without_data_is_no_stage_of_zero() -> None:
    outcome = process_book(returned({"production": [line()]}, boundary={"use": "是"}))
    assert "stage-without-data" in outcome.codes()
    assert outcome.cfp is None


def test_a_stage_whose_row_of_the_boundary_was_deleted_is_taken_as_out_and_that_is_told() -> None:
    """Its sheet says that nothing occurs: nothing else would tell that a stage of the template was left out."""
    book = returned({"raw_material_acquisition": [line(amount="/")], "production": [line()]})
    basics = next(sheet for sheet in book.sheets if sheet.name == "基本信息")
    rows = {
        number: cells
        for number, cells in basics.rows()
        if 1 not in cells or cells[1].value != "wbe:row:boundary.raw_material_acquisition"
    }
    others = [sheet for sheet in book.sheets if sheet is not basics]
    outcome = process_book(Book((MemorySheet(basics.name, rows), *others), book.names))
    (told,) = (each for each in outcome.findings if each.code == "stage-taken-as-out")
    assert told.where is not None
    assert (told.where.sheet, "原材料获取" in told.message("zh")) == ("基本信息", True)


def test_data_on_an_excluded_stage_are_not_counted_and_said() -> None:
    tables = {"production": [line()], "end_of_life": [line()]}
    outcome = process_book(returned(tables, boundary={"end_of_life": "否"}))
    assert ("基本信息", "stage-out-with-data") in {(sheet, code) for sheet, _, code in outcome.said(Severity.WARNING)}
    assert outcome.cfp == pytest.approx(100 * 0.5777)


def test_a_row_that_does_not_apply_is_left_out_with_a_note() -> None:
    outcome = process_book(returned({"production": [line(), line(flow="汽油", amount="/", unit="kg")]}))
    assert outcome.is_final
    assert (PRODUCTION, "E8", "row-not-applicable") in outcome.said(Severity.NOTE)


def test_a_total_row_is_not_counted_again() -> None:
    rows = [line(amount=30), line(amount=10), {"item": "合计", "amount": 40, "unit": "kWh"}]
    outcome = process_book(returned({"production": rows}))
    assert (PRODUCTION, "E9", "subtotal-row") in outcome.said(Severity.NOTE)
    assert outcome.cfp == pytest.approx(40 * 0.5777)


def test_a_total_row_that_is_no_sum_is_reported() -> None:
    rows = [line(amount=30), line(amount=10), {"item": "合计", "amount": 45, "unit": "kWh"}]
    outcome = process_book(returned({"production": rows}))
    assert (PRODUCTION, "E9", "subtotal-uncertain") in outcome.said()
    assert outcome.cfp is None


def test_a_total_of_a_flow_is_no_flow_to_choose_another_for() -> None:
    rows = [line(amount=30), line(amount=10), {**line(amount=40, flow="电力小计"), "item": None}]
    outcome = process_book(returned({"production": rows}))
    assert (PRODUCTION, "E9", "subtotal-row") in outcome.said(Severity.NOTE)
    assert outcome.cfp == pytest.approx(40 * 0.5777)
    rows[2]["amount"] = 45
    outcome = process_book(returned({"production": rows}))
    assert outcome.said() == [(PRODUCTION, "E9", "subtotal-uncertain")]


def test_a_total_without_a_name_is_called_by_its_formula() -> None:
    rows = [line(amount=30), line(amount=10), {"amount": Cell("number", 40.0, "SUM(E7:E8)")}]
    outcome = process_book(returned({"production": rows}))
    (told,) = [finding for finding in outcome.findings if finding.code == "subtotal-row"]
    assert "“=SUM(E7:E8)”" in told.message("zh")
    assert outcome.cfp == pytest.approx(40 * 0.5777)


@pytest.mark.parametrize("title", ["一、机加工车间", "（二）装配车间", "第一部分 能源", "B、辅助设施", "装配车间："])
def test_the_title_of_a_group_of_rows_is_no_line(title: str) -> None:
    rows = [{"item": title}, line(amount=30), {"item": title.replace("一", "三")}, line(amount=10)]
    outcome = process_book(returned({"production": rows}))
    assert outcome.said() == []
    assert [place for place in outcome.said(Severity.NOTE) if place[2] == "remark-row"] == [
        (PRODUCTION, "B7", "remark-row"),
        (PRODUCTION, "B9", "remark-row"),
    ]
    assert outcome.cfp == pytest.approx(40 * 0.5777)


@pytest.mark.parametrize(
    "rows",
    [
        [{"item": "一、壳体"}, line(item="二、底座")],  # numbered items, of which one has no figures
        [line(), {"item": "二、底座"}],
        [{"item": "一、壳体", "remark": "待补"}, line()],
        [{"item": "壳体"}, line()],
    ],
)
def test_an_item_without_figures_is_no_title(rows: list[Answers]) -> None:
    assert "row-bare" in process_book(returned({"production": rows})).codes()


def test_a_product_name_that_two_models_have_is_not_said_to_be_missing() -> None:
    products = [PRODUCT, {**PRODUCT, "model": "A2"}]
    outcome = process_book(returned({"production": [line(product="分支箱")]}, products=products))
    assert outcome.said() == [(PRODUCTION, "C7", "product-unclear")]
    (told,) = [finding for finding in outcome.findings if finding.code == "product-unclear"]
    assert "分支箱 A1、分支箱 A2" in told.message("zh")


def test_an_unknown_factor_set_is_reported_with_the_known_ones() -> None:
    outcome = process_book(returned(fields={"settings.factor_set": "我的因子"}))
    assert "factor-set-unknown" in outcome.codes()
    assert outcome.cfp is None


@pytest.mark.parametrize("key", ["factor_set", "electricity_series", "electricity_year", "gwp_set"])
def test_missing_settings_take_their_defaults_with_a_note(key: str) -> None:
    outcome = process_book(returned(fields={f"settings.{key}": None}))
    assert outcome.is_final
    assert [code for _, _, code in outcome.said(Severity.NOTE)].count("setting-defaulted") == 1


def test_a_reversed_period_is_reported() -> None:
    outcome = process_book(returned(fields={"study.period_end": "2024-12-31"}))
    assert "period-reversed" in outcome.codes()


def test_plant_totals_without_a_plant_are_those_of_the_only_product() -> None:
    outcome = process_book(returned({"production": [line(amount=5000, basis="全厂全年合计")]}))
    assert outcome.is_final
    assert outcome.cfp == pytest.approx(5000 / 1000 * 0.5777)
    assert (PRODUCTION, PLANT, "plant-implied") in outcome.said(Severity.NOTE)


def test_plant_totals_without_a_plant_are_not_divided_among_several_products() -> None:
    products = [PRODUCT, PRODUCT | {"name": "环网箱", "model": "B2"}]
    outcome = process_book(returned({"production": [line(basis="全厂全年合计")]}, products=products))
    assert (PRODUCTION, PLANT, "plants-not-listed") in outcome.said()
    assert outcome.cfp is None


def test_outputs_that_disagree_are_reported() -> None:
    tables = {
        "production": [line(basis="全厂全年合计")],
        "plants": [{"name": "南厂", "allocation_basis": "产量（件数）", "justification": "单一产品"}],
        "plant_products": [{"product": "分支箱", "output": 900}],
    }
    outcome = process_book(returned(tables))
    assert "output-disagrees" in outcome.codes()
    assert outcome.cfp is None


def test_a_period_in_cells_of_dates_is_counted_from_the_workbooks_own_first_day() -> None:
    """2025-01-01 is 45658 where 1900-01-01 is 1, and 44196 where 1904-01-01 is 0."""
    for first_day, serial in ((False, 45658.0), (True, 44196.0)):
        dates = {"study.period_start": Cell("date", serial), "study.period_end": Cell("date", serial + 364)}
        outcome = process_book(dataclasses.replace(returned(fields=dates), date1904=first_day))
        assert outcome.inventory.study.period_start == dt.date(2025, 1, 1)
        assert outcome.inventory.study.period_end == dt.date(2025, 12, 31)


def test_a_missing_output_is_told_once_where_products_are_listed_by_plants() -> None:
    """What follows from it is not told: that the plant makes none of the products, that no stage has data of it."""
    tables = {
        "production": [line(basis="全厂全年合计")],
        "plants": [{"name": "南厂", "allocation_basis": "产量（件数）", "justification": "同类产品"}],
        "plant_products": [{"product": "分支箱"}, {"product": "避雷器", "output": 500}],
    }
    outcome = process_book(returned(tables, products=[PRODUCT | {"output": None}]))
    assert [code for _, _, code in outcome.said(Severity.ERROR)] == ["output-missing"]
    assert outcome.cfp is None


def test_signatures_below_a_table_are_no_line() -> None:
    signed = {"item": "填表人：张三", "amount": "审核：李四", "basis": "日期：2026年3月1日"}
    outcome = process_book(returned({"production": [line(), signed]}))
    assert outcome.said(Severity.ERROR) == []
    assert "remark-row" in outcome.codes()


def test_a_signature_beside_an_amount_is_a_line() -> None:
    outcome = process_book(returned({"production": [line(), {"item": "负责人：张三", "amount": 12.0}]}))
    assert outcome.cfp is None


def test_a_date_in_an_amounts_cell_is_told_as_the_company_sees_it() -> None:
    """Excel made 3-1 a date: its cell shows 2025/3/1, nobody there has ever seen 45717."""
    outcome = process_book(returned({"production": [line(amount=Cell("date", 45717.0), item=Cell("date", 45718.0))]}))
    (told,) = (f.message("zh") for f in outcome.findings if f.code == "date-for-number")
    assert "2025-03-01" in told
    assert outcome.inventory.lines[0].item == "2025-03-02"


@pytest.mark.parametrize(
    ("typed", "year", "told"),
    [
        (2024, 2024, None),
        ("2024", 2024, None),
        ("2024年", 2024, None),
        ("2024年度", 2024, None),
        (2024.5, None, "number-not-whole"),
        ("2024-2025", None, "number-is-range"),
        (1999, None, "out-of-range"),
        ("最新", None, "not-a-number"),
    ],
)
def test_the_year_of_electricity_is_never_cut(typed: object, year: int | None, told: str | None) -> None:
    outcome = process_book(returned(fields={"settings.electricity_year": typed}))
    assert outcome.inventory.settings.electricity_year == year
    assert [code for _, _, code in outcome.said()] == ([told] if told else [])
    assert outcome.is_final is (told is None)
