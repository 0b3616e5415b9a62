"""The reporting items: each verdict in each of its states, by studies that have or lack what the item asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from tests.results import studies
from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.model import (
    ActivityLine,
    Contract,
    Flow,
    Inventory,
    Omission,
    PlantProduct,
    Quantity,
    Scenario,
    ScenarioChange,
    Stage,
    StageBoundary,
)
from workbook_engine.results import ResultsJob, write_results
from workbook_engine.results.clauses import CLAUSES
from workbook_engine.results.seen import Seen
from workbook_engine.results.verdicts import GIVEN, NOT_APPLICABLE, OPEN, PARTLY
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SOMEWHERE = CellRef("核算设置", 20, 3)
MASS = Quantity(850.0, CellRef(studies.BASICS, 8, 5), "850")
LISTED = {"数据验证", "解释：完整性与一致性"}  # open, but what there is to judge them by stands on a sheet
NOT_ASKED = {"研究目的", "解释：结论、假设与局限", "产品种类规则与价值选择", "鉴定性评审"}


def state(job: ResultsJob, topic: str) -> Text:
    """Return the verdict on an item."""
    (clause,) = (clause for clause in CLAUSES if clause.topic.zh == topic)
    return clause.answer(Seen(job)).state


def study(**changes: Any) -> Inventory:
    return replace(studies.inventory(), **changes)


def each_line(change: Callable[[ActivityLine], ActivityLine]) -> Inventory:
    return study(lines=tuple(map(change, studies.lines())))


def bounded(**changes: Any) -> Inventory:
    """Return the study with every stage in, described and with nothing left out; the changes are to every stage."""
    rows = {stage: StageBoundary(stage, True, "全部过程", "", "", None) for stage in Stage}  # noqa: FBT003
    return study(boundary={stage: replace(row, **changes) for stage, row in rows.items()})


def lined(inventory: Inventory) -> Inventory:
    """Return the study with only those stages in that have lines: it has a total."""
    stages = {line.stage for line in inventory.lines}
    rows = {stage: replace(row, included=stage in stages) for stage, row in inventory.boundary.items()}
    return replace(inventory, boundary=rows)


def weighed(inventory: Inventory) -> Inventory:
    return replace(inventory, products=tuple(replace(product, mass_kg=MASS) for product in inventory.products))


def with_gases(*parts: str) -> Inventory:
    def told(line: ActivityLine) -> ActivityLine:
        assert line.factor
        return replace(line, factor=replace(line.factor, gases=dict.fromkeys(parts, 0.1)))

    return each_line(told)


def test_a_unit_is_given_with_its_reference_flow() -> None:
    topic, base = "功能单位或声明单位", studies.inventory()
    assert state(studies.job(base), topic) is PARTLY  # the mass of a unit is missing
    assert state(studies.job(weighed(base)), topic) is GIVEN
    assert state(studies.job(study(products=(replace(base.products[0], unit=""),))), topic) is OPEN
    declared = study(products=(replace(base.products[0], is_declared=True),))
    whole = replace(declared, boundary={stage: replace(row, included=True) for stage, row in base.boundary.items()})
    assert not studies.job(whole).footprint.products[0].is_partial
    assert state(studies.job(whole), topic) is OPEN


def test_a_boundary_is_given_only_where_nothing_is_left_out() -> None:
    topic = "系统边界"
    assert state(studies.job(), topic) is PARTLY  # what is out has its reason
    assert state(studies.job(bounded()), topic) is GIVEN
    assert state(studies.job(bounded(covers="")), topic) is PARTLY
    assert state(studies.job(bounded(excludes="包装")), topic) is OPEN  # without a reason
    assert state(studies.job(study(boundary={})), topic) is OPEN
    undecided = Finding(catalogue.STAGE_NOT_DECIDED, SOMEWHERE, {"stage": Stage.USE.title})
    assert state(studies.job(bounded(), findings=(undecided,)), topic) is OPEN


def omission(stage: Stage | None = None, kg: float | None = None, mass: float | None = None) -> Omission:
    emission, weight = (None if value is None else Quantity(value, SOMEWHERE, str(value)) for value in (kg, mass))
    return Omission("包装", stage, None, emission, weight, "低于取舍准则", SOMEWHERE)


def test_a_cut_off_is_given_where_each_thing_left_out_is_estimated() -> None:
    topic, kept = "取舍准则", lined(bounded())
    assert state(studies.job(), topic) is OPEN  # packaging is left out, nobody says what it would be
    assert state(studies.job(kept), topic) is PARTLY  # no flow is said to be left out
    assert state(studies.job(replace(kept, omissions=(omission(kg=0.1),))), topic) is GIVEN
    assert state(studies.job(replace(kept, omissions=(omission(),))), topic) is OPEN
    by_mass = replace(kept, omissions=(omission(mass=2.0),))
    assert state(studies.job(by_mass), topic) is OPEN  # there is no product's mass to compare it with
    assert state(studies.job(weighed(by_mass)), topic) is GIVEN
    assert state(studies.job(replace(bounded(), omissions=(omission(kg=0.1),))), topic) is PARTLY  # no total, no share
    elsewhere = replace(lined(bounded(excludes="包装", reason="小")), omissions=(omission(Stage.USE, 0.1),))
    assert state(studies.job(elsewhere), topic) is OPEN  # the other stages leave out what nobody estimated
    everywhere = replace(elsewhere, omissions=(omission(kg=0.1),))
    assert state(studies.job(everywhere), topic) is GIVEN
    over = Finding(catalogue.OMISSION_OVER, SOMEWHERE, {})
    assert state(studies.job(everywhere, findings=(over,)), topic) is PARTLY


def test_quality_is_given_for_primary_data_that_are_scored() -> None:
    topic = "数据与数据质量"
    job = studies.job()
    assert job.assessment
    known = replace(
        job.assessment,
        amounts={line: sure(pedigree) for line, pedigree in job.assessment.amounts.items()},
        factors={factor: sure(pedigree) for factor, pedigree in job.assessment.factors.items()},
    )
    assert state(replace(job, assessment=known), topic) is GIVEN
    assert state(replace(job, assessment=None), topic) is OPEN
    unstated = each_line(lambda line: replace(line, is_primary=None if line.id == "RM-001" else True))
    assert state(studies.job(unstated), topic) is OPEN
    secondary = each_line(lambda line: replace(line, is_primary=line.id != "RM-001"))
    assert state(studies.job(secondary), topic) is PARTLY
    worst = {line: unsure(pedigree) for line, pedigree in known.amounts.items()}
    assert state(replace(job, assessment=replace(known, amounts=worst)), topic) is PARTLY


def sure(pedigree: Any) -> Any:
    return replace(pedigree, ratings={d: replace(r, is_unknown=False) for d, r in pedigree.ratings.items()})


def unsure(pedigree: Any) -> Any:
    return replace(pedigree, ratings={d: replace(r, is_unknown=True) for d, r in pedigree.ratings.items()})


def test_a_period_is_never_justified_by_the_workbook() -> None:
    base = studies.inventory()
    assert state(studies.job(base), "统计周期") is PARTLY
    assert state(studies.job(study(study=replace(base.study, period_start=None))), "统计周期") is OPEN
    assert state(studies.job(study(study=replace(base.study, period_end=None))), "统计周期") is OPEN


@pytest.mark.parametrize(("topic", "stage"), [("使用阶段", Stage.USE), ("寿命末期情景", Stage.END_OF_LIFE)])
def test_a_stage_outside_the_boundary_asks_for_no_profile(topic: str, stage: Stage) -> None:
    base = bounded()
    out = replace(base, boundary={**base.boundary, stage: replace(base.boundary[stage], included=False)})
    assert state(studies.job(out), topic) is NOT_APPLICABLE
    assert state(studies.job(base), topic) is PARTLY
    assert state(studies.job(study(boundary={})), topic) is OPEN
    undecided = Finding(catalogue.STAGE_TAKEN_AS_OUT, SOMEWHERE, {"stage": stage.title})
    assert state(studies.job(out, findings=(undecided,)), topic) is OPEN


def scenario(line: str) -> Scenario:
    return Scenario("回收", (ScenarioChange(line, 0.5, None, 1.0, Text("数量 × 0.5", "amount × 0.5"), SOMEWHERE),))


def test_an_end_of_life_scenario_changes_a_line_of_that_stage() -> None:
    topic = "寿命末期情景"
    assert state(studies.job(study(scenarios=(scenario("EL-001"),))), topic) is GIVEN
    assert state(studies.job(study(scenarios=(scenario("RM-001"),))), topic) is PARTLY


def test_another_factor_alone_is_no_end_of_life_scenario_for_certain() -> None:
    change = ScenarioChange("EL-001", 1.0, studies.EF_DIESEL, 1.0, Text("因子换成柴油", "diesel's factor"), SOMEWHERE)
    (clause,) = (clause for clause in CLAUSES if clause.topic.zh == "寿命末期情景")
    answer = clause.answer(Seen(studies.job(study(scenarios=(Scenario("换因子", (change,)),)))))
    assert answer.state is PARTLY
    assert "只换了处置环节的因子" in answer.why.zh


def test_an_allocation_is_part_of_the_answer_and_needs_its_reason() -> None:
    topic, base = "分配", studies.inventory()
    (plant,) = base.plants
    assert state(studies.job(base), topic) is PARTLY  # nobody compared it with another procedure
    assert state(studies.job(study(plants=(replace(plant, justification=""),))), topic) is OPEN
    assert state(studies.job(study(plants=(replace(plant, allocation_basis=""),))), topic) is OPEN
    unchosen = Finding(catalogue.ALLOCATION_BASIS_MISSING, SOMEWHERE, {"plant": plant.name})
    assert state(studies.job(base, findings=(unchosen,)), topic) is OPEN  # it was divided by count, but nobody said so
    alone = study(plants=(replace(plant, products=plant.products[1:]),))
    assert state(studies.job(alone), topic) is NOT_APPLICABLE  # one product: nothing to divide
    without = study(lines=tuple(line for line in base.lines if line.plant is None))
    assert state(studies.job(without), topic) is NOT_APPLICABLE
    credit = replace(base.lines[0], id="EL-009", stage=Stage.END_OF_LIFE, is_credit=True)
    assert state(studies.job(replace(without, lines=(*without.lines, credit))), topic) is PARTLY
    nothing = tuple(replace(made, output=replace(made.output, value=0.0)) for made in plant.products)
    assert all(isinstance(made, PlantProduct) for made in nothing)
    assert state(studies.job(study(plants=(replace(plant, products=nothing),))), topic) is OPEN


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, GIVEN),
        ({"series": "electricity_co2"}, PARTLY),
        ({"series": "own"}, PARTLY),
        ({"document": ""}, OPEN),
        ({"year": None}, OPEN),
        ({"region": ""}, OPEN),
    ],
)
def test_electricity_needs_source_year_region_and_upstream(change: dict[str, Any], expected: Text) -> None:
    factor = replace(studies.EF_ELECTRICITY, **change)
    changed = each_line(lambda line: replace(line, factor=factor) if line.flow is studies.ELECTRICITY else line)
    assert state(studies.job(changed), "电力") is expected


def test_electricity_of_a_contract_without_a_factor_is_no_whole_answer() -> None:
    first = replace(studies.lines()[0], contract=Contract("certificate", None, 1.0))
    assert state(studies.job(study(lines=(first, *studies.lines()[1:]))), "电力") is PARTLY
    fuels = tuple(line for line in studies.lines() if line.flow is not studies.ELECTRICITY)
    assert state(studies.job(study(lines=fuels)), "电力") is NOT_APPLICABLE


AIR = Flow("air_domestic", Text("国内航空货运", "Domestic air freight"), "transport", "t·km")
KEROSENE = Flow("jet_kerosene", Text("喷气煤油", "Jet kerosene"), "fuel", "kg")


@pytest.mark.parametrize(
    "change",
    [
        {"flow": AIR},
        {"flow": KEROSENE},
        {"flow_typed": "空运"},
        {"item": "Parts by Air Freight"},
        {"flow": replace(AIR, key="own_7"), "flow_typed": "航空货运（承运人数据）"},
    ],
)
def test_what_is_carried_by_air_is_seen_and_wants_to_be_shown_apart(change: dict[str, Any]) -> None:
    lines = [replace(line, **change) if line.id == "DI-001" else line for line in studies.lines()]
    assert state(studies.job(study(lines=tuple(lines))), "航空运输") is OPEN
    assert lines[5].factor
    lines[5] = replace(lines[5], factor=replace(lines[5].factor, id="air", gases={"aircraft": 1.0}))
    assert state(studies.job(study(lines=tuple(lines))), "航空运输") is GIVEN
    lines[2] = replace(lines[2], flow=AIR)  # another one, whose factor does not tell
    assert state(studies.job(study(lines=tuple(lines))), "航空运输") is PARTLY


def test_nothing_is_carried_by_air() -> None:
    assert state(studies.job(), "航空运输") is NOT_APPLICABLE
    airy = each_line(lambda line: replace(line, item="空气绝缘开关柜") if line.id == "RM-001" else line)
    assert state(studies.job(airy), "航空运输") is NOT_APPLICABLE


def test_the_gwp_set_is_the_latest_or_open() -> None:
    topic, base = "全球增温潜势", studies.inventory()
    assert state(studies.job(base), topic) is PARTLY  # AR6, but these factors are published as CO2e
    assert state(studies.job(with_gases("co2")), topic) is GIVEN
    for other in ("AR5", ""):
        older = replace(with_gases("co2"), settings=replace(base.settings, gwp_set=other))
        assert state(studies.job(older), topic) is OPEN


@pytest.mark.parametrize("topic", ["生物碳与化石碳", "单列：化石与生物成因", "温室气体清单"])
def test_carbon_is_told_apart_where_the_factors_do(topic: str) -> None:
    assert state(studies.job(), topic) is OPEN
    assert state(studies.job(with_gases("co2")), topic) is GIVEN
    lines = studies.lines()
    told = replace(lines[0], factor=replace(studies.EF_ELECTRICITY, id="other", gases={"co2": 0.1}))
    assert state(studies.job(study(lines=(told, *lines[1:]))), topic) is PARTLY


@pytest.mark.parametrize("topic", ["生物碳与化石碳", "单列：化石与生物成因"])
def test_methane_of_either_origin_is_not_told_apart(topic: str) -> None:
    assert state(studies.job(with_gases("ch4")), topic) is OPEN
    assert state(studies.job(with_gases("aircraft")), topic) is OPEN
    assert state(studies.job(with_gases("sf6")), topic) is GIVEN  # no carbon of either


def test_land_use_change_is_not_given_by_factors_that_are_silent_on_it() -> None:
    topic = "单列：直接土地利用变化"
    assert state(studies.job(with_gases("co2")), topic) is OPEN
    assert state(studies.job(with_gases("co2", "land_use_change")), topic) is GIVEN


def test_the_list_of_gases_names_what_is_emitted_as_such() -> None:
    sf6 = Flow("sf6", Text("六氟化硫", "SF6"), "gas", "kg")
    leak = replace(studies.lines()[0], flow=sf6, factor=replace(studies.EF_GAS, id="sf6_ar6", gases={}))
    job = studies.job(replace(with_gases("co2"), lines=(leak, *with_gases("co2").lines[1:])))
    (clause,) = (clause for clause in CLAUSES if clause.topic.zh == "温室气体清单")
    answer = clause.answer(Seen(job))
    assert answer.state is GIVEN
    assert answer.why == Text("CO2（化石）、六氟化硫", "CO2 (fossil), SF6")


def test_an_incomplete_study_has_no_results_to_show() -> None:
    broken = each_line(lambda line: replace(line, factor=None, blocked=True) if line.id == "RM-001" else line)
    job = studies.job(broken)
    assert not job.is_final
    for topic in ("解释：贡献分析", "各阶段结果", "解释：不确定性与敏感性", "数据与数据质量", "排放因子及来源"):
        assert state(job, topic) is OPEN
        assert state(studies.job(), topic) is not OPEN


def test_sensitivity_to_choices_needs_scenarios_and_no_untested_allocation() -> None:
    topic, base = "解释：不确定性与敏感性", studies.inventory()
    assert state(studies.job(base), topic) is PARTLY
    assert state(studies.job(study(scenarios=(scenario("RM-001"),))), topic) is PARTLY  # the weights were not tried
    plain = replace(base, plants=(replace(base.plants[0], products=base.plants[0].products[1:]),))
    assert state(studies.job(replace(plain, scenarios=(scenario("RM-001"),))), topic) is GIVEN
    assert state(replace(studies.job(plain), assessment=None), topic) is OPEN


@pytest.mark.parametrize(("change", "expected"), [({}, GIVEN), ({"document": ""}, OPEN), ({"year": None}, PARTLY)])
def test_a_factor_is_given_with_document_and_year(change: dict[str, Any], expected: Text) -> None:
    factor = replace(studies.EF_GAS, **change)
    changed = each_line(lambda line: replace(line, factor=factor) if line.id == "EL-002" else line)
    assert state(studies.job(changed), "排放因子及来源") is expected


def test_sources_of_data_are_given_for_every_line_or_not_at_all() -> None:
    topic = "数据收集与来源"
    assert state(studies.job(), topic) is GIVEN
    one = each_line(lambda line: replace(line, data_source="") if line.id == "RM-001" else line)
    assert state(studies.job(one), topic) is PARTLY
    assert state(studies.job(each_line(lambda line: replace(line, data_source=""))), topic) is OPEN


@pytest.mark.parametrize("topic", sorted(LISTED | NOT_ASKED))
def test_what_the_template_does_not_ask_for_is_open(topic: str) -> None:
    assert state(studies.job(with_gases("co2", "land_use_change")), topic) is OPEN


def test_the_rounding_rule_is_always_shown() -> None:
    assert state(studies.job(), "解释：修约规则") is GIVEN


# The cell that a reader is led to, by its text.
LEADS_TO = {
    "功能单位或声明单位": "1 套",
    "系统边界": "表 1 系统边界",
    "取舍准则": "未纳入的阶段与过程",
    "数据与数据质量": "初级数据与小额流",
    "统计周期": "统计周期",
    "寿命末期情景": "一二次融合成套环网箱 DTU  HXGN-12（每 1 套）",
    "数据验证": "序号",
    "分配": "余杭工厂：按企业自定权重分摊（单件工时之比）",
    "电力": "electricity_footprint_2024_cn",
    "全球增温潜势": "GWP 数据集",
    "生物碳与化石碳": "一二次融合成套环网箱 DTU  HXGN-12",
    "解释：贡献分析": "一二次融合成套环网箱 DTU  HXGN-12",
    "解释：完整性与一致性": "数据缺口（没有按零计算）",
    "解释：不确定性与敏感性": "一二次融合成套环网箱 DTU  HXGN-12",
    "解释：修约规则": "数值修约",
    "各阶段结果": "生命周期阶段",
    "数据收集与来源": "编号",
    "排放因子及来源": "因子编号",
}


def test_each_link_leads_to_the_cell_that_answers(tmp_path: Path) -> None:
    target = tmp_path / "results.xlsx"
    write_results(target, studies.job(with_gases("co2")), language="zh")
    book = load_workbook(target)
    sheet = book["条款对照"]
    found: dict[str, str] = {}
    for row in range(5, 5 + len(CLAUSES)):
        link = sheet[f"G{row}"].hyperlink
        if link is None:
            assert sheet[f"G{row}"].value == "—"
            continue
        name, _, cell = link.location.partition("!")
        assert sheet[f"G{row}"].value == name.strip("'")
        found[sheet[f"C{row}"].value] = str(book[name.strip("'")][cell].value)
    assert {topic: found.get(topic) for topic in LEADS_TO} == LEADS_TO
    assert not found.keys() & NOT_ASKED


def test_the_client_s_view_links_only_to_sheets_that_it_has(tmp_path: Path) -> None:
    target = tmp_path / "results.xlsx"
    write_results(target, replace(studies.job(), is_client_view=True), language="en")
    book = load_workbook(target)
    for row in book["Clauses"].iter_rows(min_row=5):
        for cell in row:
            assert cell.hyperlink is None or cell.hyperlink.location.partition("!")[0].strip("'") in book.sheetnames
