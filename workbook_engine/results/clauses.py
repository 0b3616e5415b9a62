"""Which reporting items GB/T 24067 and ISO 14067 have: their clause, what each wants, where and how far it is answered.

Clause numbers are read from secondary copies of ISO 14067:2018, which GB/T 24067-2024 follows in the main; the sheet
says so. How far an item is answered is decided from the study itself (verdicts.py): each clause asks for several
things, and `given` stands only where the workbook shows all of them. What the template does not ask for (the goal, why
a period was chosen, value choices, a critical review) is open until the report says it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.frozen import frozen
from workbook_engine.results import verdicts
from workbook_engine.results.verdicts import by_report
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.results.seen import Seen
    from workbook_engine.results.verdicts import Answer


@frozen
class Clause:
    """One reporting item: its clause, what it wants, where it is answered, and how far."""

    clause: str
    topic: Text
    requirement: Text
    places: tuple[str, ...]  # landmarks: the first of them that the workbook has
    answer: Callable[[Seen], Answer]


CLAUSES: Final = (
    Clause("6.3.1", Text("研究目的", "Goal"),
           Text("说明应用意图、开展研究的理由和目标受众", "Intended use, reasons and audience"), (), by_report("由报告说明", "for the report to state")),
    Clause("6.3.3", Text("功能单位或声明单位", "Functional or declared unit"),
           Text("说明结果是对多少产品而言，以及基准流；声明单位只用于部分产品碳足迹", "What the result is for, with the reference flow; a declared unit only for a partial CFP"), ("unit",), verdicts.unit),
    Clause("6.3.4", Text("系统边界", "System boundary"),
           Text("各阶段是否纳入；未纳入的说明理由，且不显著改变结论", "Each stage in or out; what is out is justified and does not change the conclusion"), ("boundary",), verdicts.boundary),
    Clause("6.3.4.3", Text("取舍准则", "Cut-off"),
           Text("事先规定取舍准则，评估并报告其影响", "Criteria set in advance, their effect assessed and reported"), ("cut-off",), verdicts.cut_off),
    Clause("6.3.5", Text("数据与数据质量", "Data and their quality"),
           Text("自有过程采用现场数据；次级数据说明理由；评价数据质量", "Site-specific data for one's own processes; secondary data justified; quality assessed"), ("quality",), verdicts.data_quality),
    Clause("6.3.6", Text("统计周期", "Reference period"),
           Text("说明数据所属的时间段及理由，考虑年内波动", "The period of the data, stated and justified; variation within the year considered"), ("period",), verdicts.period),
    Clause("6.3.7", Text("使用阶段", "Use stage"),
           Text("说明使用情景及其依据", "The use profile, and what it rests on"), ("use",), verdicts.use),
    Clause("6.3.8", Text("寿命末期情景", "End-of-life scenarios"), Text("说明并比较寿命末期的情景", "End-of-life scenarios stated and compared"), ("scenarios", "end_of_life"), verdicts.end_of_life),
    Clause("6.4.3", Text("数据验证", "Validation of data"),
           Text("质量平衡、能量平衡或因子比较", "Mass balance, energy balance or comparison of factors"), ("findings",), verdicts.validation),
    Clause("6.4.6", Text("分配", "Allocation"),
           Text("说明分配方法及理由；分配之和等于分配前总量；有其他方法时做敏感性分析；回收同样适用", "Procedure stated and justified; allocated sum equals the whole; sensitivity where there are alternatives; recycling likewise"), ("allocation",), verdicts.allocation),
    Clause("6.4.9.4", Text("电力", "Electricity"),
           Text("说明电力因子的来源、年份与地区，含上游和输配损失；使用证书的与电网平均比较", "Source, year and region of the factor, with upstream and losses; certificates compared with the grid mix"), ("factors",), verdicts.electricity),
    Clause("6.4.9.7", Text("航空运输", "Aircraft transport"), Text("单独列出，不加倍数", "Shown apart, without a multiplier"), ("gases",), verdicts.aircraft),
    Clause("6.5.1", Text("全球增温潜势", "GWP"), Text("采用最新 IPCC GWP100 或说明理由", "The latest IPCC GWP100, unless justified"), ("rule GWP set",), verdicts.gwp),
    Clause("6.5.2", Text("生物碳与化石碳", "Biogenic and fossil carbon"),
           Text("生物成因与化石源的 CO2 和 CH4 分别核算", "CO2 and CH4 of biogenic and of fossil origin apart"), ("gases",), verdicts.carbon),
    Clause("6.5.2", Text("生物源 CO2 的吸收与排放", "Biogenic CO2 taken up and emitted"),
           Text("进入产品系统时吸收的计 −1，排放的计 +1；分别列出", "−1 as it enters the product system, +1 as it is emitted; shown apart"), ("gases",), verdicts.biogenic),
    Clause("6.6", Text("解释：贡献分析", "Interpretation: contributions"), Text("识别重大问题、各阶段与各过程的贡献", "Significant issues, contribution of stages and processes"), ("hotspots",), verdicts.final),
    Clause("6.6", Text("解释：完整性与一致性", "Interpretation: completeness, consistency"), Text("检查完整性和一致性", "Completeness and consistency checked"), ("gaps",), by_report("数据缺口见所列工作表；结论由报告给出", "gaps are listed; the conclusion is the report's")),
    Clause("6.6", Text("解释：不确定性与敏感性", "Interpretation: uncertainty, sensitivity"), Text("评价不确定性；对重要选择做敏感性分析", "Uncertainty assessed; sensitivity to significant choices"), ("uncertainty",), verdicts.uncertainty),
    Clause("6.6", Text("解释：修约规则", "Interpretation: rounding"), Text("说明数值修约规则", "The rounding rule is stated"), ("rule Rounding",), verdicts.rounding),
    Clause("6.6", Text("解释：结论、假设与局限", "Interpretation: conclusions, assumptions, limitations"), Text("说明结论、所作的假设和局限", "Conclusions, assumptions and limitations"), (), by_report("由报告说明", "for the report to state")),
    Clause("7.2", Text("各阶段结果", "Results by stage"), Text("各阶段的绝对值和百分比", "Each stage, absolute and in percent"), ("stages",), verdicts.final),
    Clause("7.2", Text("单列：化石与生物成因", "Apart: fossil and biogenic"), Text("化石源的净排放与生物成因的排放和清除分别列出", "Net fossil emissions, and biogenic emissions and removals"), ("gases",), verdicts.carbon),
    Clause("7.2", Text("单列：直接土地利用变化", "Apart: direct land-use change"), Text("直接土地利用变化的排放单独列出", "Emissions of direct land-use change"), ("gases",), verdicts.land_use),
    Clause("7.3", Text("温室气体清单", "Gases considered"), Text("列出核算的温室气体", "The greenhouse gases considered"), ("gases",), verdicts.gases),
    Clause("7.3", Text("数据收集与来源", "Data collection and sources"), Text("说明数据怎样收集、来自何处", "How data were collected, and their sources"), ("trace",), verdicts.data_sources),
    Clause("7.3", Text("排放因子及来源", "Factors and sources"), Text("列出采用的因子、来源、年份", "Factors used, source and year"), ("factors",), verdicts.factor_sources),
    Clause("7.3", Text("产品种类规则与价值选择", "Category rules, value choices"), Text("说明采用的产品种类规则和价值选择", "Product category rules and value choices stated"), (), by_report("采用的 PCR 与价值选择由报告说明", "rules and value choices are for the report to state")),
    Clause("8", Text("鉴定性评审", "Critical review"), Text("如进行了评审，说明评审人和结论", "Where there was one: by whom, and with what conclusion"), (), by_report("有无评审由报告说明", "for the report to state")),
)  # fmt: skip
