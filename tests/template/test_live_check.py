"""The live check says what is missing or inconsistent as the company types, in every spreadsheet program alike."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from tests.recalc import differences, ironcalc_values, libreoffice_values
from tests.template.typist import Typist
from workbook_engine.model import Stage
from workbook_engine.normalize.study import _months as months_of_period
from workbook_engine.pipeline import write_template
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.template import Content, TemplateOptions, Typed
from workbook_engine.template.counts import Answers, MonthInPeriod
from workbook_engine.template.layout import plan_book
from workbook_engine.template.rules import PERIOD
from workbook_engine.texts import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ironcalc import Model

    from workbook_engine.texts import Language

Templates = dict["Language", "Path"]
MONTHS = [f"month_{month:02d}" for month in range(1, 13)]
LINE = {"item": "用电", "flow": "电力", "amount": 120, "unit": "kWh", "basis": "每功能单位", "data_source": "计量仪表"}
WHOLE = {**LINE, "quality": "初级数据"}
STAGES = ("raw_material_acquisition", "raw_material_transport", "production", "distribution", "storage", "use")


@pytest.fixture
def typist(blank: Templates) -> Typist:
    return Typist(blank["zh"])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Templates for one stage each (storage with distribution), which an engine computes faster."""
    folder = tmp_path_factory.mktemp("small")
    for stage in Stage:
        stages = frozenset({stage} if stage is not Stage.DISTRIBUTION else {Stage.DISTRIBUTION, Stage.STORAGE})
        write_template(folder / f"{stage.value}.xlsx", "zh", TemplateOptions(stages=stages))
    return {stage.value: folder / f"{stage.value}.xlsx" for stage in Stage}


@pytest.fixture
def use(small: dict[str, Path]) -> Typist:
    """A template whose boundary holds the use stage alone."""
    return Typist(small["use"])


def complete_basics(typist: Typist) -> Typist:
    """Fill in what 基本信息 asks for: one product, production alone inside the boundary."""
    typist.field("study.company", "示例公司").field("study.address", "温州").field("study.boundary_type", "其他")
    typist.field("study.period_start", dt.date(2025, 1, 1)).field("study.period_end", dt.date(2025, 12, 31))
    typist.row("products", 1, name="分支箱", model="TFDF", unit="1 台", mass_kg=85, output=2400, output_unit="台")
    sheet, _, columns = typist.map.tables["boundary"]
    for stage in (*STAGES, "end_of_life"):
        typist.stage(stage, "是" if stage == "production" else "否")
        place = (sheet, typist.map.fixed[f"boundary.{stage}"], columns["reason"])
        typist.typed.append((type(typist.typed[0][0])(*place), "报告未核算"))
    return typist


def test_a_blank_template_is_not_begun_and_says_where_to_begin(typist: Typist) -> None:
    said = typist.check()
    assert {name: line.state for name, line in said.items()} == {
        "基本信息": "未填写",
        "工厂与产量": "不适用",
        "原材料获取": "未填写",
        "原材料运输": "未填写",
        "产品生产": "未填写",
        "成品运输": "未填写",
        "使用": "未填写",
        "产品处置": "未填写",
        "核算设置": "已完成",
    }
    assert said["基本信息"].sentences.startswith("缺“统计周期开始”。缺“统计周期结束”。")
    assert said["使用"].sentences == "“基本信息”中还没有选择是否纳入“使用”。"


def test_a_finished_workbook_is_complete_without_a_word(typist: Typist) -> None:
    said = complete_basics(typist).row("production", 1, **WHOLE).check()
    assert {line.sentences for line in said.values()} == {""}
    states = {name: line.state for name, line in said.items()}
    assert {name for name, state in states.items() if state == "已完成"} == {"基本信息", "产品生产", "核算设置"}
    assert {state for name, state in states.items() if name not in ("基本信息", "产品生产", "核算设置")} == {"不适用"}
    assert said["产品生产"].filled == 1


@pytest.mark.parametrize(("field", "title"), [("flow", "能源、燃料或气体"), ("unit", "单位"), ("basis", "数据口径")])
def test_a_required_cell_left_empty_is_counted(use: Typist, field: str, title: str) -> None:
    for number in (1, 2, 5):
        use.row("use", number, **{**WHOLE, field: ""})
    line = use.row("use", 3, **WHOLE).check()["使用"]
    wanted = title if field != "flow" else "能源、燃料或气体"
    assert (line.state, line.filled, line.sentences) == ("须补充", 4, f"3 行缺“{wanted}”。")


def test_a_row_beyond_the_prepared_ones_is_checked_too(use: Typist) -> None:
    said = use.row("use", 1, **WHOLE).row("use", 450, **{**WHOLE, "unit": ""}).check()
    assert said["使用"].sentences == "1 行缺“单位”。"
    assert said["使用"].filled == 2


def test_text_in_place_of_a_number_is_told(use: Typist) -> None:
    said = use.row("use", 1, **{**WHOLE, "amount": "约120"}).check()
    assert (said["使用"].state, said["使用"].sentences) == ("须补充", "1 个数字单元格里是文字。")


def test_an_explicit_zero_is_an_amount(use: Typist) -> None:
    said = use.row("use", 1, **{**WHOLE, "amount": 0}).check()
    assert (said["使用"].state, said["使用"].sentences) == ("已完成", "")


def test_what_the_report_wants_is_advice_that_holds_nobody_up(use: Typist) -> None:
    said = use.row("use", 1, **LINE).check()
    assert (said["使用"].state, said["使用"].sentences) == ("已完成", "1 行可补全：初级/次级。")


def test_what_is_filled_in_is_not_said_to_be_wanted(use: Typist) -> None:
    use.row("use", 1, **{**LINE, "data_source": ""}).row("use", 2, **LINE)
    assert use.check()["使用"].sentences == "1 行可补全：数据来源。2 行可补全：初级/次级。"


# --- months -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "months", "sentences"),
    [
        (1200, [100] * 12, ""),
        (1200.1, [100] * 12, ""),  # 0.1 of 1200.1 is 0.008 %: rounding
        (1200.2, [100] * 12, "1 行的全年数量与各月之和不符。"),  # 0.017 %: the reader asks about it, too
        (1200, [100] * 11, "1 行的全年数量与各月之和不符。"),
        ("", [100] * 12, ""),
        ("", [0] * 12, ""),
        ("", [100] * 7, "1 行没有填全（①数量或②统计周期内各月）。"),
        ("", [], "1 行没有填全（①数量或②统计周期内各月）。"),
    ],
)
def test_months_are_compared_with_the_year(
    small: dict[str, Path], amount: float | str, months: list[int], sentences: str
) -> None:
    row = {**WHOLE, "amount": amount, **dict(zip(MONTHS, months, strict=False))}
    line = Typist(small["production"]).row("production", 2, **row).check()["产品生产"]
    assert (line.sentences, line.state) == (sentences, "须补充" if sentences else "已完成")


NINE = (dt.date(2025, 1, 1), dt.date(2025, 9, 30))
WINTER = (dt.date(2024, 11, 1), dt.date(2025, 2, 28))
FISCAL = (dt.date(2024, 6, 16), dt.date(2025, 6, 15))  # one year, though thirteen months have a day of it
REVERSED = (dt.date(2025, 9, 30), dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    ("period", "months", "is_whole"),
    [
        (NINE, range(1, 10), True), (NINE, range(1, 9), False), (NINE, range(2, 11), False), (NINE, range(1, 13), True),
        (WINTER, (11, 12, 1, 2), True), (WINTER, (1, 2), False), (WINTER, range(1, 5), False),
        (FISCAL, range(1, 13), True), (FISCAL, range(1, 12), False), (REVERSED, range(1, 10), False),
        ((NINE[0], "待定"), range(1, 10), False), (("", ""), range(1, 13), True),
    ],
)  # fmt: skip
def test_the_months_of_the_period_are_wanted(
    small: dict[str, Path],
    period: tuple[dt.date | str, dt.date | str],
    months: Iterable[int],
    is_whole: bool,  # noqa: FBT001
) -> None:
    typist = Typist(small["production"])
    typist.field("study.period_start", period[0]).field("study.period_end", period[1])
    typist.row("production", 2, **{**WHOLE, "amount": ""}, **{MONTHS[month - 1]: 100 for month in months})
    said = typist.check()["产品生产"].sentences
    assert said == ("" if is_whole else "1 行没有填全（①数量或②统计周期内各月）。")


@pytest.mark.parametrize("period", [NINE, WINTER, FISCAL])
def test_the_reader_wants_the_same_months(period: tuple[dt.date, dt.date]) -> None:
    plan = plan_book(COLLECTION, "zh", TemplateOptions(), Content())
    answers = Answers({"study.period_start": period[0], "study.period_end": period[1]}, {})
    counts = (MonthInPeriod(PERIOD, n) for n in range(1, 13))
    inside = {count.month for count in counts if count.value(plan, answers, lambda _: 0.0)}
    assert inside == months_of_period(*period)


# --- the boundary -----------------------------------------------------------------------------------------------------


def test_a_stage_inside_the_boundary_without_data_is_told(use: Typist) -> None:
    line = use.stage("use", "是").check()["使用"]
    assert (line.state, line.sentences) == ("须补充", "系统边界中“使用”选了“是”，这里还没有数据。")


def test_a_stage_outside_the_boundary_with_data_is_told(use: Typist) -> None:
    line = use.stage("use", "否").row("use", 1, **WHOLE).row("use", 2, **WHOLE).check()["使用"]
    assert (line.state, line.sentences) == ("须补充", "系统边界中“使用”选了“否”，这里却有 2 行数据。")


def test_distribution_and_storage_are_told_apart_by_the_row(small: dict[str, Path]) -> None:
    typist = Typist(small["distribution"]).stage("storage", "否")
    typist.row("distribution", 1, **{**WHOLE, "part": "成品运输", "flow": "柴油"})
    typist.row("distribution", 2, **WHOLE)  # blank: distribution
    assert typist.check()["成品运输"].sentences == ""
    typist.row("distribution", 3, **{**WHOLE, "part": "仓储"})
    assert typist.check()["成品运输"].sentences == "系统边界中“仓储”选了“否”，这里却有 1 行数据。"


def test_a_shared_sheet_does_not_apply_only_if_both_stages_are_out(small: dict[str, Path]) -> None:
    typist = Typist(small["distribution"]).stage("distribution", "否").stage("storage", "是")
    assert typist.check()["成品运输"].state == "须补充"
    assert typist.stage("storage", "否").check()["成品运输"].state == "不适用"


def test_a_stage_left_out_without_a_reason_is_advice(typist: Typist) -> None:
    said = complete_basics(typist).row("production", 1, **WHOLE)
    sheet, _, columns = typist.map.tables["boundary"]
    reasons = {(sheet, row, columns["reason"]) for row in typist.map.fixed.values()}
    said.typed = [(place, value) for place, value in said.typed if tuple(place) not in reasons]
    line = said.check()["基本信息"]
    assert (line.state, line.sentences) == ("已完成", "6 个不纳入的阶段没有写理由。")


# --- transport --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "complete"),
    [
        ({"flow": "柴油", "amount": 30, "unit": "kg"}, True),
        ({"mass": 3, "mass_unit": "t", "distance_km": 320, "mode": "公路运输(车型不明)"}, True),
        ({"flow": "柴油", "amount": 30}, False),
        ({"mass": 3, "mass_unit": "t", "distance_km": 320}, False),
        ({"flow": "柴油", "mass": 3}, False),
    ],
)
def test_a_transport_row_takes_fuel_or_mass_and_distance(
    small: dict[str, Path], row: dict[str, str | float], *, complete: bool
) -> None:
    rest = {"item": "壳体", "basis": "每功能单位", "data_source": "估算", "quality": "次级数据"}
    said = Typist(small["raw_material_transport"]).row("raw_material_transport", 1, **rest, **row).check()
    sentence = "1 行没有填全（①燃料、燃料用量、燃料单位或②货物质量、质量单位、运距（km）、运输方式）。"
    assert said["原材料运输"].sentences == ("" if complete else sentence)


# --- plants and outputs -----------------------------------------------------------------------------------------------


def test_plant_totals_ask_for_the_products_of_the_plant(use: Typist) -> None:
    use.row("use", 1, **{**WHOLE, "basis": "全厂全年合计"})
    line = use.check()["工厂与产量"]
    assert (line.state, line.sentences) == ("须补充", "各阶段用到了“全厂全年合计”，请填写该厂的全部产品与产量。")
    use.row("plant_products", 1, product="分支箱", output=2400)
    assert use.check()["工厂与产量"] == ("已完成", 1, "")


def test_with_several_plants_a_plant_total_names_its_plant(use: Typist) -> None:
    use.row("use", 1, **{**WHOLE, "basis": "全厂全年合计"})
    for number, name in ((1, "一厂"), (2, "二厂")):
        use.row("plants", number, name=name, allocation_basis="质量", justification="相近")
        use.row("plant_products", number, plant=name, product="分支箱", output=100)
    assert use.check()["使用"].sentences == "有多个工厂，1 行“全厂全年合计”没有选工厂。"
    assert use.row("use", 1, plant="二厂").check()["使用"].sentences == ""


def test_annual_totals_of_the_product_ask_for_its_output(typist: Typist) -> None:
    complete_basics(typist).row("products", 1, output="").row("production", 1, **{**WHOLE, "basis": "本产品全年合计"})
    line = typist.check()["基本信息"]
    assert line.state == "须补充"
    assert line.sentences.startswith("用到了“本产品全年合计”，但 1 个产品没有填年产量。")


def test_a_period_that_ends_before_it_begins_is_told(typist: Typist) -> None:
    complete_basics(typist).field("study.period_end", dt.date(2024, 12, 31)).row("production", 1, **WHOLE)
    assert typist.check()["基本信息"] == ("须补充", 10, "统计周期的结束早于开始。")


def test_the_check_follows_rows_that_are_inserted_and_deleted(small: dict[str, Path]) -> None:
    typist = Typist(small["use"])
    typist.row("use", 1, **WHOLE).row("use", 2, **{**WHOLE, "unit": ""}).row("use", 3, **WHOLE)
    sheet, first, columns = typist.map.tables["use"]

    def change(model: Model, sheets: list[str]) -> None:
        model.insert_rows(sheets.index(sheet), first + 1, 4)  # between the first and the second
        model.set_user_input(sheets.index(sheet), first + 2, columns["item"], "插入的行")
        model.delete_rows(sheets.index(sheet), first + 6, 1)  # the third
        basics, product, _ = typist.map.tables["products"]
        model.insert_rows(sheets.index(basics), product, 2)

    line = typist.check(change)["使用"]
    # Left: the first, the inserted one that says only what it is, the second without its unit.
    assert line.filled == 3
    assert "2 行缺“单位”。" in line.sentences
    assert "1 行缺“数量”。" in line.sentences


# --- both engines, both languages -------------------------------------------------------------------------------------

FULL = Content(
    fields={
        "study.company": "甲公司",
        "study.period_start": dt.date(2025, 1, 1),
        "study.period_end": dt.date(2024, 1, 1),
    },
    tables={
        "products": [{"name": "柜", "model": "A", "unit": "1 台"}, {"name": "柜", "model": "B"}, {"name": "箱"}],
        "plants": [{"name": "一厂"}, {"name": "二厂"}],
        "boundary": [{"stage": "use", "included": "yes"}, {"stage": "production", "included": "no"}],
        "production": [
            {"flow": "电力", "amount": Typed("=1200*12", 14400.0), "basis": "plant_total", "month_01": 3},
            {"flow": "电力", "amount": "约120", "unit": "kWh", "basis": "product_total"},
        ],
        "raw_material_transport": [{"item": "x", "mass": 2}] * 230,
    },
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("content", [None, FULL], ids=["blank", "filled"])
def test_the_values_in_the_file_are_those_that_ironcalc_computes(
    tmp_path: Path, language: Language, content: Content | None
) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, language, TemplateOptions(content=content))
    assert differences(path, ironcalc_values(path)) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_values_in_the_file_are_those_that_libreoffice_computes(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, language, TemplateOptions(content=FULL))
    assert differences(path, libreoffice_values(path, tmp_path)) == []


@pytest.mark.libreoffice
def test_libreoffice_says_the_same_as_ironcalc(typist: Typist, tmp_path: Path) -> None:
    complete_basics(typist).row("production", 1, **{**WHOLE, "basis": "全厂全年合计"})
    typist.row("production", 3, **{**WHOLE, "unit": ""}).row("use", 300, **{**WHOLE, "amount": "约120"})
    typist.row("production", 2, item="x", **dict.fromkeys(MONTHS, 5), amount=900).stage("storage", "是")
    typist.field("study.period_end", dt.date(2025, 9, 30))
    typist.row("production", 4, **{**WHOLE, "amount": ""}, **dict.fromkeys(MONTHS[:9], 5))
    typist.row("production", 5, **{**WHOLE, "amount": ""}, **dict.fromkeys(MONTHS[1:9], 5))
    said = typist.check()
    assert said == typist.check_in_libreoffice(tmp_path)
    assert said["产品生产"].state == said["使用"].state == "须补充"


def test_the_list_of_products_follows_what_is_typed_and_tells_equal_names_apart(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_template(path, "zh", TemplateOptions(content=FULL))
    computed = ironcalc_values(path)
    assert [computed["列表", f"B{row}"] for row in range(2, 6)] == ["柜 A", "柜 B", "箱", ""]
    assert computed["列表", "C1"] == 3  # how many the dropdown shows
