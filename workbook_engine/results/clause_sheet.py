"""条款对照: what GB/T 24067 and ISO 14067 want in a study, and where this workbook answers it or leaves it open.

Clause numbers are read from secondary copies of ISO 14067:2018, which GB/T 24067-2024 follows in the main; the sheet
says so. How far an item is answered is decided from the study itself, by the named functions below: each clause asks
for several things, and `given` stands only where the workbook shows all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.frozen import frozen
from workbook_engine.model import Basis, Stage
from workbook_engine.results.layout import HEADER_ROW, counted_results
from workbook_engine.results.package import DASH
from workbook_engine.results.sheets import Column, freeze, open_sheet, set_widths, write_header, write_texts
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.model import EmissionFactor
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("条款对照：标准要求的内容在何处", "Reporting items of the standards, and where they are answered")
HINT: Final = Text(
    "条款号为 ISO 14067:2018，引自二手资料，正式引用前请核对标准原文；GB/T 24067-2024 与之基本一致。",
    "Clauses of ISO 14067:2018, from secondary copies: check before citing. GB/T 24067-2024 follows it in the main.",
)
GIVEN: Final = Text("已给出", "given")
PARTLY: Final = Text("部分给出", "partly")
OPEN: Final = Text("待补充", "open")
NOT_APPLICABLE: Final = Text("不适用", "not applicable")
STYLES: Final = {GIVEN: "good", PARTLY: "warning", OPEN: "error", NOT_APPLICABLE: "centre"}

LATEST_GWP: Final = "AR6"
FLUORINATED: Final = frozenset({"hfcs", "pfcs", "sf6", "nf3", "other_fluorinated"})  # neither fossil CO2 nor biogenic
WITH_UPSTREAM: Final = "electricity_footprint"  # the series whose factors hold upstream and losses


class At:
    """Columns of the sheet."""

    CLAUSE = 2
    TOPIC = 3
    REQUIREMENT = 4
    STATE = 5
    WHY = 6
    PLACE = 7


COLUMNS: Final = {
    At.CLAUSE: Column(Text("条款", "Clause"), 9),
    At.TOPIC: Column(Text("主题", "Topic"), 22),
    At.REQUIREMENT: Column(Text("要求", "Requirement"), 48),
    At.STATE: Column(Text("状态", "State"), 12),
    At.WHY: Column(Text("本工作簿", "This workbook"), 52),
    At.PLACE: Column(Text("见", "See"), 27),
}


class Answer(NamedTuple):
    """How far an item is answered, and what the workbook has of it or lacks."""

    state: Text
    why: Text


@frozen
class Clause:
    """One reporting item: its clause, what it wants, the sheet that answers it, and how far."""

    clause: str
    topic: Text
    requirement: Text
    sheet: str
    answer: Callable[[ResultsJob], Answer]


def _factors(job: ResultsJob) -> list[EmissionFactor | None]:
    return [result.line.factor for _, result in counted_results(job)]


def _unit(job: ResultsJob) -> Answer:
    if not all(product.unit for product in job.inventory.products):
        return Answer(OPEN, Text("有产品没有填单位", "a product has no unit"))
    if any(result.product.is_declared and not result.is_partial for result in job.footprint.products):
        return Answer(OPEN, Text("声明单位不能用于完整的碳足迹", "a declared unit does not go with a whole CFP"))
    return Answer(GIVEN, Text("各产品的单位见封面和摘要", "each product's unit is on the cover and the summary"))


def _boundary(job: ResultsJob) -> Answer:
    left_out = [boundary for boundary in job.inventory.boundary.values() if not boundary.included or boundary.excludes]
    if not job.inventory.boundary:
        return Answer(OPEN, Text("没有说明各阶段是否纳入", "no stage is said to be in or out"))
    if not left_out:
        return Answer(GIVEN, Text("全部阶段均纳入，没有排除的过程", "all stages are in, no process is left out"))
    if not all(boundary.reason for boundary in left_out):
        return Answer(OPEN, Text("有未纳入的阶段或过程没有写理由", "something is left out without a reason"))
    return Answer(
        PARTLY,
        Text(
            "已列出并写明理由；对结论没有显著影响这一点待说明",
            "listed with reasons; that the conclusion does not change is still to be shown",
        ),
    )


def _cut_off(job: ResultsJob) -> Answer:
    omissions = job.inventory.omissions
    if omissions and all(o.kg_co2e is not None or o.mass_kg is not None for o in omissions):
        return Answer(GIVEN, Text("准则与各舍弃流的影响已列出", "criteria, and the effect of each flow left out"))
    if omissions or any(boundary.excludes for boundary in job.inventory.boundary.values()):
        return Answer(OPEN, Text("舍弃的流没有估算影响", "the effect of what is left out is not estimated"))
    return Answer(PARTLY, Text("准则已列出；没有申报舍弃的流", "criteria are shown; no flow is said to be left out"))


def _data_quality(job: ResultsJob) -> Answer:
    kinds = [result.line.is_primary for _, result in counted_results(job)]
    if not kinds or None in kinds or not _is_assessed(job):
        return Answer(OPEN, Text("有数据未注明初级或次级，或质量未评价", "not all data are told apart or assessed"))
    if all(kinds):
        return Answer(GIVEN, Text("全部为初级数据，质量已评分", "all data are primary, their quality is scored"))
    return Answer(
        PARTLY,
        Text(
            "已区分并评分；次级数据的选用理由待说明",
            "told apart and scored; the choice of secondary data is to be justified",
        ),
    )


def _period(job: ResultsJob) -> Answer:
    study = job.inventory.study
    if study.period_start is None or study.period_end is None:
        return Answer(OPEN, Text("没有填写统计周期", "no period is stated"))
    return Answer(PARTLY, Text("周期已说明；选用理由待说明", "the period is stated; why it was chosen is to be added"))


def _validation(job: ResultsJob) -> Answer:
    if job.is_client_view:  # it has no list of findings
        return Answer(OPEN, Text("验证的方法与结论待补充", "method and conclusion of the validation are to be added"))
    return Answer(
        OPEN,
        Text(
            "程序核对所见的问题在问题清单；验证的方法与结论待补充",
            "what the program's checks found is under Findings; method and conclusion of the validation are to be added",
        ),
    )


def _allocation(job: ResultsJob) -> Answer:
    plants = {result.line.plant for _, result in counted_results(job) if result.line.basis is Basis.PLANT_TOTAL}
    if not plants:
        return Answer(NOT_APPLICABLE, Text("没有需要分摊的全厂数据", "no plant totals to allocate"))
    if not all(plant.justification for plant in job.inventory.plants if plant.key in plants):
        return Answer(OPEN, Text("有工厂没有写分摊理由", "a plant's allocation has no reason"))
    return Answer(
        PARTLY,
        Text(
            "方法、理由和控制合计已给出；其他可行方法的敏感性待补充",
            "procedure, reason and control are shown; sensitivity to other procedures is to be added",
        ),
    )


def _electricity(job: ResultsJob) -> Answer:
    lines = [result.line for _, result in counted_results(job)]
    used = [line.factor for line in lines if line.flow and line.flow.category == "electricity"]
    if not used:
        return Answer(NOT_APPLICABLE, Text("没有用电数据", "no electricity"))
    if not all(factor and factor.document and factor.year and factor.region for factor in used):
        return Answer(OPEN, Text("有电力因子缺来源、年份或地区", "a factor lacks source, year or region"))
    if any(factor and factor.series != WITH_UPSTREAM for factor in used):
        return Answer(PARTLY, Text("有因子不含上游和输配损失", "a factor is without upstream and losses"))
    return Answer(
        GIVEN, Text("来源、年份、地区已列，因子含上游和输配损失", "with source, year, region, upstream and losses")
    )


def _aircraft(job: ResultsJob) -> Answer:
    lines = [result.line for _, result in counted_results(job)]
    by_air = [
        line for line in lines if line.flow and line.flow.category == "transport" and line.flow.key.startswith("air")
    ]
    if not by_air:
        return Answer(NOT_APPLICABLE, Text("数据中没有航空运输", "no line is carried by air"))
    if all(line.factor and "aircraft" in line.factor.gases for line in by_air):
        return Answer(GIVEN, Text("已单独列出", "shown apart"))
    return Answer(
        OPEN, Text("有航空运输，所用因子没有单独列出", "carried by air, but the factor does not show it apart")
    )


def _gwp(job: ResultsJob) -> Answer:
    chosen = job.inventory.settings.gwp_set
    if LATEST_GWP not in chosen.upper():
        return Answer(
            OPEN,
            Text(
                f"采用 {chosen or DASH}，不是最新值；理由待说明",
                f"{chosen or DASH} is not the latest; why is to be stated",
            ),
        )
    if all(factor and factor.gases for factor in _factors(job)):
        return Answer(GIVEN, Text(f"采用 {chosen}", chosen))
    return Answer(
        PARTLY,
        Text(
            f"采用 {chosen}；已折算成 CO2e 发布的因子沿用其文件的 GWP",
            f"{chosen}; factors published as CO2e keep the GWP of their document",
        ),
    )


def _apart(*gases: str) -> Callable[[ResultsJob], Answer]:
    """Return how far the factors used tell these gases apart."""

    def answer(job: ResultsJob) -> Answer:
        apart = FLUORINATED.union(gases)
        told = [bool(factor and apart & factor.gases.keys()) for factor in _factors(job)]
        if told and all(told):
            return Answer(GIVEN, Text("全部因子均已区分", "every factor tells them apart"))
        if any(told):
            count = sum(told)
            words = Text(
                f"{len(told)} 行中 {count} 行的因子作了区分",
                f"told apart by the factors of {count} of {len(told)} lines",
            )
            return Answer(PARTLY, words)
        return Answer(OPEN, Text("所用因子均未区分", "no factor used tells them apart"))

    return answer


def _is_assessed(job: ResultsJob) -> bool:
    return job.assessment is not None and job.is_final


def _final(job: ResultsJob) -> Answer:
    if not job.is_final:
        return Answer(OPEN, Text("结果未完成", "the result is incomplete"))
    return Answer(GIVEN, Text("绝对值与占比", "absolute, and in percent"))


def _completeness(_: ResultsJob) -> Answer:
    return Answer(OPEN, Text("数据缺口见所列工作表；结论由报告给出", "gaps are listed; the conclusion is the report's"))


def _uncertainty(job: ResultsJob) -> Answer:
    if not _is_assessed(job):
        return Answer(OPEN, Text("未评价", "not assessed"))
    has_choices = any(product.contractual_kg_co2e is not None for product in job.footprint.products)
    if has_choices or job.inventory.scenarios:
        return Answer(
            GIVEN, Text("95 % 区间、各输入的敏感性、情景", "95 % intervals, sensitivity to inputs, scenarios")
        )
    return Answer(
        PARTLY,
        Text(
            "95 % 区间与各输入的敏感性已给出；方法选择的敏感性（情景）待补充",
            "intervals and sensitivity to inputs; sensitivity to choices (scenarios) is to be added",
        ),
    )


def _end_of_life(job: ResultsJob) -> Answer:
    boundary = job.inventory.boundary.get(Stage.END_OF_LIFE)
    if boundary is None or not boundary.included:
        return Answer(NOT_APPLICABLE, Text("寿命末期未纳入边界", "end of life is outside the boundary"))
    lines = {result.line.id for _, result in counted_results(job) if result.line.stage is Stage.END_OF_LIFE}
    if any(change.line_id in lines for scenario in job.inventory.scenarios for change in scenario.changes):
        return Answer(GIVEN, Text("已有处置情景", "a scenario changes it"))
    return Answer(
        PARTLY,
        Text("按填报的一种处置方式核算；其他情景待补充", "one way of treatment; other scenarios are to be added"),
    )


def _rounding(job: ResultsJob) -> Answer:
    del job
    return Answer(GIVEN, Text("规则列在摘要末尾", "the rule stands at the end of the summary"))


def _sources(job: ResultsJob) -> Answer:
    if all(factor is not None and factor.document for factor in _factors(job)):
        return Answer(GIVEN, Text("每个因子均有文件、年份和可信度", "each factor with document, year and tier"))
    return Answer(OPEN, Text("有因子缺来源", "a factor lacks its source"))


def _choices(_: ResultsJob) -> Answer:
    return Answer(OPEN, Text("采用的 PCR 与价值选择由报告说明", "rules and value choices are for the report to state"))


CLAUSES: Final = (
    Clause("6.3.3", Text("功能单位或声明单位", "Functional or declared unit"),
           Text("说明结果是对多少产品而言；声明单位只用于部分碳足迹", "What the result is for; a declared unit only for a partial CFP"), "cover", _unit),
    Clause("6.3.4", Text("系统边界", "System boundary"),
           Text("各阶段是否纳入；未纳入的说明理由，且不显著改变结论", "Each stage in or out; what is out is justified and does not change the conclusion"), "report", _boundary),
    Clause("6.3.4.3", Text("取舍准则", "Cut-off"),
           Text("事先规定取舍准则，评估并报告其影响", "Criteria set in advance, their effect assessed and reported"), "quality", _cut_off),
    Clause("6.3.5", Text("数据与数据质量", "Data and their quality"),
           Text("自有过程采用现场数据；次级数据说明理由；评价数据质量", "Site-specific data for one's own processes; secondary data justified; quality assessed"), "quality", _data_quality),
    Clause("6.3.6", Text("统计周期", "Reference period"),
           Text("说明数据所属的时间段及理由，考虑年内波动", "The period of the data, stated and justified; variation within the year considered"), "cover", _period),
    Clause("6.4.3", Text("数据验证", "Validation of data"),
           Text("质量平衡、能量平衡或因子比较", "Mass balance, energy balance or comparison of factors"), "findings", _validation),
    Clause("6.4.6", Text("分配", "Allocation"),
           Text("说明分配方法及理由；分配之和等于分配前总量；有其他方法时做敏感性分析", "Procedure stated and justified; allocated sum equals the whole; sensitivity where there are alternatives"), "allocation", _allocation),
    Clause("6.4.9.4", Text("电力", "Electricity"),
           Text("说明电力因子的来源、年份与地区，含上游和输配损失", "Source, year and region of the factor, with upstream and losses"), "factors", _electricity),
    Clause("6.4.9.7", Text("航空运输", "Aircraft transport"), Text("单独列出，不加倍数", "Shown apart, without a multiplier"), "gases", _aircraft),
    Clause("6.5.1", Text("全球增温潜势", "GWP"), Text("采用最新 IPCC GWP100 或说明理由", "The latest IPCC GWP100, unless justified"), "summary", _gwp),
    Clause("6.5.2", Text("生物碳与化石碳", "Biogenic and fossil carbon"),
           Text("生物成因 CO2 与化石源分别核算", "Biogenic and fossil apart"), "gases", _apart("co2", "co2_biogenic", "ch4_fossil", "ch4_biogenic")),
    Clause("6.6", Text("解释：贡献分析", "Interpretation: contributions"), Text("识别重大问题、各阶段与各过程的贡献", "Significant issues, contribution of stages and processes"), "hotspots", _final),
    Clause("6.6", Text("解释：完整性与一致性", "Interpretation: completeness, consistency"), Text("检查完整性和一致性", "Completeness and consistency checked"), "quality", _completeness),
    Clause("6.6", Text("解释：不确定性与敏感性", "Interpretation: uncertainty, sensitivity"), Text("评价不确定性；对重要选择做敏感性分析", "Uncertainty assessed; sensitivity to significant choices"), "uncertainty", _uncertainty),
    Clause("6.6", Text("解释：寿命末期情景", "Interpretation: end of life"), Text("说明并比较寿命末期的情景", "End-of-life scenarios stated and compared"), "scenarios", _end_of_life),
    Clause("6.6", Text("解释：修约规则", "Interpretation: rounding"), Text("说明数值修约规则", "The rounding rule is stated"), "summary", _rounding),
    Clause("7.2", Text("各阶段结果", "Results by stage"), Text("各阶段的绝对值和百分比", "Each stage, absolute and in percent"), "summary", _final),
    Clause("7.2", Text("单列的排放", "Emissions shown apart"),
           Text("化石、生物成因、直接土地利用变化、航空运输分别列出", "Fossil, biogenic, direct land-use change, aircraft"), "gases", _apart("co2", "ch4_fossil", "co2_biogenic", "land_use_change", "aircraft")),
    Clause("7.3", Text("温室气体清单", "Gases considered"), Text("列出核算的温室气体", "The greenhouse gases considered"), "gases", _apart("co2", "ch4", "ch4_fossil", "n2o", "co2_biogenic", "ch4_biogenic")),
    Clause("7.3", Text("排放因子及来源", "Factors and sources"), Text("列出采用的因子、来源、年份", "Factors used, source and year"), "factors", _sources),
    Clause("7.3", Text("产品种类规则与价值选择", "Category rules, value choices"), Text("说明采用的产品种类规则和价值选择", "Product category rules and value choices stated"), "summary", _choices),
)  # fmt: skip


def write_clauses(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "clauses", TITLE, HINT.to(layout.language))
    set_widths(page, COLUMNS, layout.language)
    write_header(page, COLUMNS, layout.language)
    for row, clause in enumerate(CLAUSES, start=HEADER_ROW + 1):
        _write(page, job, layout, row, clause)
    freeze(page, At.TOPIC, HEADER_ROW + len(CLAUSES), At.PLACE)


def _write(page: Page, job: ResultsJob, layout: Layout, row: int, clause: Clause) -> None:
    language, answer = layout.language, clause.answer(job)
    texts = (clause.clause, clause.topic.to(language), clause.requirement.to(language))
    write_texts(page, row, list(zip((At.CLAUSE, At.TOPIC, At.REQUIREMENT), texts, strict=True)))
    page.text(row, At.STATE, answer.state.to(language), STYLES[answer.state])
    page.text(row, At.WHY, answer.why.to(language))
    if clause.sheet in layout.sheets:
        page.link(row, At.PLACE, layout.at(clause.sheet, 1, 2), layout.sheets[clause.sheet])
    else:
        page.text(row, At.PLACE, DASH, "centre")
