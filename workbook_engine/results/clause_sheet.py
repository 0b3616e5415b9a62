"""条款对照: what GB/T 24067 and ISO 14067 want in a study, and where this workbook answers it or leaves it open.

Clause numbers are read from secondary copies of ISO 14067:2018, which GB/T 24067-2024 follows in the main; the sheet
says so. Whether an item is answered is decided from the study itself, by the named functions below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from workbook_engine.model import Basis
from workbook_engine.results.layout import HEADER_ROW, counted_results
from workbook_engine.results.package import DASH
from workbook_engine.results.sheets import Column, freeze, open_sheet, set_widths, write_header, write_texts
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("条款对照：标准要求的内容在何处", "Reporting items of the standards, and where they are answered")
HINT: Final = Text(
    "条款号为 ISO 14067:2018，引自二手资料，正式引用前请核对标准原文；GB/T 24067-2024 与之基本一致。",
    "Clauses of ISO 14067:2018, from secondary copies: check before citing. GB/T 24067-2024 follows it in the main.",
)
GIVEN: Final = Text("已给出", "given")
OPEN: Final = Text("待补充", "open")


class At:
    """Columns of the sheet."""

    CLAUSE = 2
    TOPIC = 3
    REQUIREMENT = 4
    STATE = 5
    PLACE = 6


COLUMNS: Final = {
    At.CLAUSE: Column(Text("条款", "Clause"), 14),
    At.TOPIC: Column(Text("主题", "Topic"), 20),
    At.REQUIREMENT: Column(Text("要求", "Requirement"), 62),
    At.STATE: Column(Text("状态", "State"), 10),
    At.PLACE: Column(Text("见", "See"), 20),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One reporting item: its clause, what it wants, the sheet that answers it, and the test whether it does."""

    clause: str
    topic: Text
    requirement: Text
    sheet: str
    is_given: Callable[[ResultsJob], bool]


def _always(_: ResultsJob) -> bool:
    return True


def _never(_: ResultsJob) -> bool:
    """Say that the workbook leaves this to the report."""
    return False


def _has_units(job: ResultsJob) -> bool:
    return all(product.unit for product in job.inventory.products)


def _has_period(job: ResultsJob) -> bool:
    return job.inventory.study.period_start is not None and job.inventory.study.period_end is not None


def _has_omissions_assessed(job: ResultsJob) -> bool:
    omissions = job.inventory.omissions
    return bool(omissions) and all(o.kg_co2e is not None or o.mass_kg is not None for o in omissions)


def _is_assessed(job: ResultsJob) -> bool:
    return job.assessment is not None and job.is_final


def _tells_gases(*gases: str) -> Callable[[ResultsJob], bool]:
    """Return the test whether any factor used tells one of these apart."""

    def test(job: ResultsJob) -> bool:
        factors = [result.line.factor for _, result in counted_results(job)]
        return any(gas in factor.gases for factor in factors if factor for gas in gases)

    return test


def _boundary_is_reasoned(job: ResultsJob) -> bool:
    return all(boundary.included or boundary.reason for boundary in job.inventory.boundary.values())


def _has_primary_shares(job: ResultsJob) -> bool:
    return all(result.line.is_primary is not None for _, result in counted_results(job))


def _allocation_is_justified(job: ResultsJob) -> bool:
    plants = {result.line.plant for _, result in counted_results(job) if result.line.basis is Basis.PLANT_TOTAL}
    return all(plant.justification for plant in job.inventory.plants if plant.key in plants)


def _is_final(job: ResultsJob) -> bool:
    return job.is_final


def _has_sources(job: ResultsJob) -> bool:
    factors = [result.line.factor for _, result in counted_results(job)]
    return all(factor is not None and factor.document for factor in factors)


CLAUSES: Final = (
    Clause("6.3.3", Text("功能单位或声明单位", "Functional or declared unit"),
           Text("说明结果是对多少产品而言；声明单位只用于部分碳足迹", "What the result is for; a declared unit only for a partial CFP"), "cover", _has_units),
    Clause("6.3.4", Text("系统边界", "System boundary"),
           Text("各阶段是否纳入；未纳入的说明理由，且不显著改变结论", "Each stage in or out; what is out is justified and does not change the conclusion"), "report", _boundary_is_reasoned),
    Clause("6.3.4.3", Text("取舍准则", "Cut-off"),
           Text("事先规定取舍准则，评估并报告其影响", "Criteria set in advance, their effect assessed and reported"), "quality", _has_omissions_assessed),
    Clause("6.3.5", Text("数据与数据质量", "Data and their quality"),
           Text("自有过程采用现场数据；区分初级与次级数据；评价数据质量", "Site-specific data for one's own processes; primary and secondary told apart; quality assessed"), "quality", _has_primary_shares),
    Clause("6.3.6", Text("统计周期", "Reference period"), Text("说明数据所属的时间段及理由", "The period of the data, stated and justified"), "cover", _has_period),
    Clause("6.4.3", Text("数据验证", "Validation of data"),
           Text("质量平衡、能量平衡或因子比较", "Mass balance, energy balance or comparison of factors"), "findings", _never),
    Clause("6.4.6", Text("分配", "Allocation"),
           Text("说明分配方法及理由；分配之和等于分配前总量", "Procedure stated and justified; allocated sum equals the whole"), "allocation", _allocation_is_justified),
    Clause("6.4.9.4", Text("电力", "Electricity"),
           Text("说明电力因子的来源、年份与地区，含上游和输配损失", "Source, year and region of the factor, with upstream and losses"), "factors", _has_sources),
    Clause("6.4.9.7", Text("航空运输", "Aircraft transport"), Text("单独列出，不加倍数", "Shown apart, without a multiplier"), "gases", _tells_gases("aircraft")),
    Clause("6.5.1", Text("全球增温潜势", "GWP"), Text("采用最新 IPCC GWP100 或说明理由", "The latest IPCC GWP100, unless justified"), "summary", _always),
    Clause("6.5.2", Text("生物碳与化石碳", "Biogenic and fossil carbon"),
           Text("生物成因 CO2 与化石源分别核算", "Biogenic and fossil apart"), "gases", _tells_gases("co2_biogenic", "ch4_biogenic")),
    Clause("6.6", Text("解释：贡献分析", "Interpretation: contributions"), Text("识别重大问题、各阶段与各过程的贡献", "Significant issues, contribution of stages and processes"), "hotspots", _is_final),
    Clause("6.6", Text("解释：不确定性与敏感性", "Interpretation: uncertainty, sensitivity"), Text("评价不确定性；对重要选择做敏感性分析", "Uncertainty assessed; sensitivity to significant choices"), "uncertainty", _is_assessed),
    Clause("7.2", Text("各阶段结果", "Results by stage"), Text("各阶段的绝对值和百分比", "Each stage, absolute and in percent"), "summary", _is_final),
    Clause("7.2", Text("单列的排放", "Emissions shown apart"),
           Text("化石、生物成因、直接土地利用变化、航空运输分别列出", "Fossil, biogenic, direct land-use change, aircraft"), "gases", _tells_gases("co2", "ch4_fossil", "co2_biogenic", "land_use_change", "aircraft")),
    Clause("7.3", Text("排放因子及来源", "Factors and sources"), Text("列出采用的因子、来源、年份", "Factors used, source and year"), "factors", _has_sources),
    Clause("7.3", Text("可追溯性", "Traceability"), Text("结果可追溯到原始数据", "Results traceable to the data"), "trace", _always),
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
    language, is_given = layout.language, clause.is_given(job)
    texts = (clause.clause, clause.topic.to(language), clause.requirement.to(language))
    write_texts(page, row, list(zip((At.CLAUSE, At.TOPIC, At.REQUIREMENT), texts, strict=True)))
    page.text(row, At.STATE, (GIVEN if is_given else OPEN).to(language), "good" if is_given else "warning")
    if clause.sheet in layout.sheets:
        page.link(row, At.PLACE, layout.at(clause.sheet, 1, 2), layout.sheets[clause.sheet])
    else:
        page.text(row, At.PLACE, DASH, "centre")
