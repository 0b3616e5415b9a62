"""Which reporting items GB/T 24067 and ISO 14067 have, and how far a study answers each of them.

Clause numbers are read from secondary copies of ISO 14067:2018, which GB/T 24067-2024 follows in the main; the sheet
says so. How far an item is answered is decided from the study itself, by the named functions below: each clause asks
for several things, and `given` stands only where the workbook shows all of them. What the template does not ask for
(the goal, why a period was chosen, value choices, a critical review) is open until the report says it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.frozen import frozen
from workbook_engine.model import Basis, Stage
from workbook_engine.results.layout import GASES
from workbook_engine.results.package import DASH
from workbook_engine.results.study import counted_results
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.model import ActivityLine, EmissionFactor, Plant
    from workbook_engine.results.job import ResultsJob

GIVEN: Final = Text("已给出", "given")
PARTLY: Final = Text("部分给出", "partly")
OPEN: Final = Text("待补充", "open")
NOT_APPLICABLE: Final = Text("不适用", "not applicable")

LATEST_GWP: Final = "AR6"
WITH_UPSTREAM: Final = "electricity_footprint"  # the series whose factors hold upstream and losses
WITHOUT_UPSTREAM: Final = "electricity_co2"
WITHOUT: Final = Text("有因子不含上游和输配损失", "a factor is without upstream and losses")
UNSAID: Final = Text(
    "有因子未说明是否含上游和输配损失", "of a factor it is not said whether it holds upstream and losses"
)
AIR_WORDS: Final = ("航空", "空运", "飞机", "air freight", "airfreight", "air cargo", "aircraft", "by air")
AIR_FUEL: Final = "jet_kerosene"
CARBON: Final = frozenset(("co2", "ch4_fossil", "co2_biogenic", "ch4_biogenic"))
WITHOUT_CARBON: Final = frozenset(("n2o", "hfcs", "pfcs", "sf6", "nf3", "other_fluorinated"))  # none of either origin
DIRECT: Final = "gas"  # the category of gases that are emitted as such: each is one gas
NO_BASIS: Final = "allocation-basis-missing"
UNDECIDED: Final = frozenset(("stage-not-decided", "stage-taken-as-out"))
OVER_LIMIT: Final = frozenset(("omission-over", "omissions-over-total"))


class Answer(NamedTuple):
    """How far an item is answered, and what the workbook has of it or lacks; `place`: a landmark of its own."""

    state: Text
    why: Text
    place: str = ""


class Seen:
    """What the clauses ask of the counted lines, gathered in one pass; a line of several products counts once."""

    def __init__(self, job: ResultsJob) -> None:
        self.job = job
        self.codes = {finding.code for finding in job.findings}
        self.lines = 0
        self.factors: dict[str, EmissionFactor] = {}
        self.uses: Counter[str] = Counter()  # lines by factor id; "" where there is none
        self.gases: dict[str, Text] = {}  # emitted as such, by the flow's key
        self.direct: set[str] = set()  # ids of their factors
        self.electricity: set[str] = set()  # ids of its factors; "" where there is none
        self.plants: set[str] = set()  # whose totals are counted
        self.by_air: list[str] = []  # factor ids of what is carried by air
        self.end_of_life: set[str] = set()  # line ids
        self.quality: Counter[bool | None] = Counter()  # primary, secondary, not stated
        self.without_source = 0
        self.contracts_without_factor = 0
        known: set[str] = set()
        for _, result in counted_results(job):
            if len(job.footprint.products) == 1 or result.line.id not in known:
                known.add(result.line.id)
                self._add(result.line)

    def _add(self, line: ActivityLine) -> None:
        flow, factor = line.flow, line.factor
        used = factor.id if factor else ""
        self.lines += 1
        self.uses[used] += 1
        self.quality[line.is_primary] += 1
        self.without_source += not line.data_source
        if factor:
            self.factors[used] = factor
        if flow and flow.category == "electricity":
            self.electricity.add(used)
        if flow and flow.category == DIRECT:
            self.gases[flow.key] = flow.name
            self.direct.add(used)
        if line.basis is Basis.PLANT_TOTAL and line.plant:
            self.plants.add(line.plant)
        if is_by_air(line):
            self.by_air.append(used)
        if line.stage is Stage.END_OF_LIFE:
            self.end_of_life.add(line.id)
        if line.contract and line.contract.factor is None:
            self.contracts_without_factor += 1

    def told_by(self, test: Callable[[EmissionFactor], bool]) -> int:
        """Return how many lines have a factor that passes."""
        return sum(count for used, count in self.uses.items() if used in self.factors and test(self.factors[used]))

    @property
    def is_assessed(self) -> bool:
        """Whether quality and uncertainty were worked out for a final result."""
        return self.job.assessment is not None and self.job.is_final

    @property
    def shared_plants(self) -> list[Plant]:
        """Return the plants whose totals are divided among several products."""
        return [plant for plant in self.job.inventory.plants if plant.key in self.plants and len(plant.products) > 1]


def is_by_air(line: ActivityLine) -> bool:
    """Tell whether something is carried by air, or an aircraft's fuel is burnt, as far as the words say."""
    if line.stage not in (Stage.RAW_MATERIAL_TRANSPORT, Stage.DISTRIBUTION) and not (
        line.flow and line.flow.category == "transport"
    ):
        return False
    if line.flow and (line.flow.key.startswith("air") or line.flow.key == AIR_FUEL):
        return True
    words = f"{line.item} {line.flow_typed}".casefold()
    return any(word in words for word in AIR_WORDS)


@frozen
class Clause:
    """One reporting item: its clause, what it wants, where it is answered, and how far."""

    clause: str
    topic: Text
    requirement: Text
    places: tuple[str, ...]  # landmarks: the first of them that the workbook has
    answer: Callable[[Seen], Answer]


# --- goal and scope


def _unit(seen: Seen) -> Answer:
    products = seen.job.inventory.products
    if not products or not all(product.unit for product in products):
        return Answer(OPEN, Text("有产品没有填单位", "a product has no unit"))
    if any(result.product.is_declared and not result.is_partial for result in seen.job.footprint.products):
        return Answer(OPEN, Text("声明单位不能用于完整的碳足迹", "a declared unit does not go with a whole CFP"))
    if not all(product.mass_kg for product in products):
        return Answer(
            PARTLY,
            Text(
                "单位已给出；单位产品质量待补充",
                "unit given; its mass is to be added",
            ),
        )
    return Answer(GIVEN, Text("各产品的单位和单位产品质量已给出", "each product's unit and its mass are given"))


def _boundary(seen: Seen) -> Answer:
    boundary = seen.job.inventory.boundary
    if len(boundary) < len(Stage) or seen.codes & UNDECIDED:
        return Answer(OPEN, Text("有阶段没有说明是否纳入", "a stage is not said to be in or out"))
    left_out = [each for each in boundary.values() if not each.included or each.excludes]
    if not all(each.reason for each in left_out):
        return Answer(OPEN, Text("有未纳入的阶段或过程没有写理由", "something is left out without a reason"))
    if left_out:
        return Answer(
            PARTLY,
            Text(
                "已列出并写明理由；对结论没有显著影响这一点待说明",
                "listed with reasons; that the conclusion does not change is still to be shown",
            ),
        )
    if not all(each.covers for each in boundary.values()):
        return Answer(PARTLY, Text("有阶段没有写明纳入的过程", "of a stage it is not said which processes are in it"))
    return Answer(GIVEN, Text("全部阶段均纳入，没有排除的过程", "all stages are in, no process is left out"))


def _cut_off(seen: Seen) -> Answer:
    inventory = seen.job.inventory
    omissions = inventory.omissions
    excluding = {stage for stage in inventory.stages if inventory.boundary[stage].excludes}
    stages = {omission.stage for omission in omissions}
    has_mass = all(product.mass_kg for product in inventory.products)
    estimated = all(o.kg_co2e is not None or (o.mass_kg is not None and has_mass) for o in omissions)
    if not estimated or (None not in stages and excluding - stages):
        return Answer(OPEN, Text("有舍弃的流没有估算影响", "the effect of something left out is not estimated"))
    if not omissions:
        return Answer(
            PARTLY, Text("准则已列出；没有申报舍弃的流", "criteria are shown; no flow is said to be left out")
        )
    if not seen.job.is_final:
        return Answer(PARTLY, Text("已列出；结果未完成，占比算不出", "listed; without a result there are no shares"))
    if seen.codes & OVER_LIMIT:
        return Answer(
            PARTLY, Text("影响已列出；有舍弃的流超过准则", "effects are shown; something exceeds the criteria")
        )
    return Answer(GIVEN, Text("准则与各舍弃流的影响已列出", "criteria, and the effect of each flow left out"))


def _data_quality(seen: Seen) -> Answer:
    if not seen.lines or seen.quality[None] or not seen.is_assessed:
        return Answer(OPEN, Text("有数据未注明初级或次级，或质量未评价", "not all data are told apart or assessed"))
    if unknown := _unknown_ratings(seen):
        return Answer(
            PARTLY,
            Text(
                f"已评分；有 {unknown} 个评分没有依据，按最差计",
                f"scored; {unknown} of the scores rest on nothing and stand at the worst",
            ),
        )
    if seen.quality[False]:
        return Answer(
            PARTLY,
            Text(
                "已区分并评分；次级数据的选用理由待说明",
                "told apart and scored; the choice of secondary data is to be justified",
            ),
        )
    return Answer(GIVEN, Text("全部为初级数据，质量已评分", "all data are primary, their quality is scored"))


def _unknown_ratings(seen: Seen) -> int:
    assessment = seen.job.assessment
    figures = [*assessment.amounts.values(), *assessment.factors.values()] if assessment else []
    return sum(rating.is_unknown for figure in figures for rating in figure.ratings.values())


def _period(seen: Seen) -> Answer:
    study = seen.job.inventory.study
    if study.period_start is None or study.period_end is None:
        return Answer(OPEN, Text("没有填写统计周期", "no period is stated"))
    return Answer(PARTLY, Text("周期已说明；选用理由待说明", "the period is stated; why it was chosen is to be added"))


def _use(seen: Seen) -> Answer:
    boundary = seen.job.inventory.boundary.get(Stage.USE)
    if boundary is None or seen.codes & UNDECIDED:
        return Answer(OPEN, Text("没有说明使用阶段是否纳入", "whether use is in is not said"))
    if not boundary.included:
        return Answer(NOT_APPLICABLE, Text("使用阶段未纳入边界", "use is outside the boundary"))
    return Answer(
        PARTLY,
        Text(
            "按填报的使用情况核算；使用情景的依据待说明",
            "by the use as stated; what the profile rests on is to be added",
        ),
    )


def _end_of_life(seen: Seen) -> Answer:
    boundary = seen.job.inventory.boundary.get(Stage.END_OF_LIFE)
    if boundary is None or seen.codes & UNDECIDED:
        return Answer(OPEN, Text("没有说明寿命末期是否纳入", "whether end of life is in is not said"))
    if not boundary.included:
        return Answer(NOT_APPLICABLE, Text("寿命末期未纳入边界", "end of life is outside the boundary"))
    changes = [change for scenario in seen.job.inventory.scenarios for change in scenario.changes]
    if seen.job.is_final and any(change.line_id in seen.end_of_life for change in changes):
        return Answer(GIVEN, Text("已有处置情景", "a scenario changes it"))
    return Answer(
        PARTLY,
        Text("按填报的一种处置方式核算；其他情景待补充", "one way of treatment; other scenarios are to be added"),
    )


# --- inventory


def _data_sources(seen: Seen) -> Answer:
    if not seen.lines or seen.without_source == seen.lines:
        return Answer(OPEN, Text("没有注明数据来源", "no source of data is stated"))
    if seen.without_source:
        words = Text(
            f"{seen.lines} 行中 {seen.without_source} 行没有注明数据来源",
            f"{seen.without_source} of {seen.lines} lines have no source",
        )
        return Answer(PARTLY, words)
    return Answer(GIVEN, Text("每行数据均有来源，可回到企业的单元格", "each line has a source and leads to its cell"))


def _validation(seen: Seen) -> Answer:
    if seen.job.is_client_view:  # it has no list of findings
        return Answer(OPEN, Text("验证的方法与结论待补充", "method and conclusion of the validation are to be added"))
    return Answer(
        OPEN,
        Text(
            "程序核对所见的问题在问题清单；验证的方法与结论待补充",
            "what the program's checks found is under Findings; method and conclusion of the validation are to be added",
        ),
    )


def _allocation(seen: Seen) -> Answer:
    has_credits = any(product.credits for product in seen.job.footprint.products) or any(
        result.line.is_credit for _, result in counted_results(seen.job)
    )
    if not seen.shared_plants and not has_credits:
        return Answer(NOT_APPLICABLE, Text("没有需要在产品间分摊的数据", "nothing to divide among products"))
    is_chosen = NO_BASIS not in seen.codes  # by count where nobody chose
    if not is_chosen or not all(plant.allocation_basis and plant.justification for plant in seen.shared_plants):
        return Answer(OPEN, Text("有工厂没有写分摊依据或理由", "a plant's allocation has no basis or no reason"))
    if not all(plant.weighted_output for plant in seen.shared_plants):
        return Answer(OPEN, Text("有工厂的产量或权重不全，无法分摊", "outputs or weights of a plant are missing"))
    if has_credits:
        return Answer(
            PARTLY, Text("回收抵减的分配方法与理由待说明", "how recycling is allocated, and why, is to be stated")
        )
    return Answer(
        PARTLY,
        Text(
            "方法、理由和控制合计已给出；其他可行方法的敏感性待补充",
            "procedure, reason and control are shown; sensitivity to other procedures is to be added",
        ),
    )


def _electricity(seen: Seen) -> Answer:
    if not seen.electricity:
        return Answer(NOT_APPLICABLE, Text("没有用电数据", "no electricity"))
    used = {each: seen.factors.get(each) for each in sorted(seen.electricity)}
    for each, factor in used.items():
        if not (factor and factor.document and factor.year and factor.region):
            words = Text("有电力因子缺来源、年份或地区", "a factor lacks source, year or region")
            return Answer(OPEN, words, f"factor {each}")
    for each, factor in used.items():
        if factor and factor.series != WITH_UPSTREAM:
            return Answer(PARTLY, WITHOUT if factor.series == WITHOUT_UPSTREAM else UNSAID, f"factor {each}")
    if seen.contracts_without_factor:
        return Answer(PARTLY, Text("有合同或证书电力没有因子", "a contract or certificate has no factor"))
    words = Text("来源、年份、地区已列，因子含上游和输配损失", "with source, year, region, upstream and losses")
    return Answer(GIVEN, words, f"factor {next(iter(used))}")


def _aircraft(seen: Seen) -> Answer:
    if not seen.by_air:
        return Answer(NOT_APPLICABLE, Text("数据中没有航空运输", "no line is carried by air"))
    apart = [used for used in seen.by_air if used in seen.factors and "aircraft" in seen.factors[used].gases]
    if len(apart) == len(seen.by_air):
        return Answer(GIVEN, Text("已单独列出", "shown apart"))
    if apart:
        return Answer(PARTLY, Text("有航空运输没有单独列出", "not all that is carried by air is shown apart"))
    return Answer(
        OPEN, Text("有航空运输，所用因子没有单独列出", "carried by air, but the factor does not show it apart")
    )


# --- impact assessment


def _gwp(seen: Seen) -> Answer:
    chosen = seen.job.inventory.settings.gwp_set
    if LATEST_GWP not in chosen.upper():
        return Answer(
            OPEN,
            Text(
                f"采用 {chosen or DASH}，不是最新值；理由待说明",
                f"{chosen or DASH} is not the latest; why is to be stated",
            ),
        )
    if seen.lines and seen.told_by(lambda factor: bool(factor.gases) or factor.id in seen.direct) == seen.lines:
        return Answer(GIVEN, Text(f"采用 {chosen}", chosen))
    return Answer(
        PARTLY,
        Text(
            f"采用 {chosen}；已折算成 CO2e 发布的因子沿用其文件的 GWP",
            f"{chosen}; factors published as CO2e keep the GWP of their document",
        ),
    )


def _carbon(seen: Seen) -> Answer:
    """Return how far the factors tell carbon's origin: methane of either (`ch4`) does not."""
    return _apart(seen, lambda factor: bool((CARBON | WITHOUT_CARBON) & factor.gases.keys()))


def _land_use(seen: Seen) -> Answer:
    """Return how far the factors tell land-use change; a gas that is emitted as such has none."""
    return _apart(seen, lambda factor: "land_use_change" in factor.gases or factor.id in seen.direct)


def _apart(seen: Seen, test: Callable[[EmissionFactor], bool]) -> Answer:
    told = seen.told_by(test)
    if told and told == seen.lines:
        return Answer(GIVEN, Text("全部因子均已区分", "every factor tells them apart"))
    if told:
        words = Text(
            f"{seen.lines} 行中 {told} 行的因子作了区分",
            f"told apart by the factors of {told} of {seen.lines} lines",
        )
        return Answer(PARTLY, words)
    return Answer(OPEN, Text("所用因子均未区分", "no factor used tells them apart"))


def _gases(seen: Seen) -> Answer:
    """Return which gases are known to be counted; a factor published as CO2e does not say."""
    found = {gas for factor in seen.factors.values() if factor.id not in seen.direct for gas in factor.gases}
    names = [*(title for gas, title in GASES.items() if gas in found), *seen.gases.values()]
    told = seen.told_by(lambda factor: bool(factor.gases) or factor.id in seen.direct)
    if not told:
        return Answer(
            OPEN, Text("所用因子均以 CO2e 发布，没有列出气体", "all factors are published as CO2e, no gas is named")
        )
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    if told == seen.lines:
        return Answer(GIVEN, Text(zh, en))
    return Answer(
        PARTLY,
        Text(
            f"{zh}；另有 {seen.lines - told} 行的因子以 CO2e 发布，没有列出气体",
            f"{en}; the factors of {seen.lines - told} lines are published as CO2e and name no gas",
        ),
    )


# --- interpretation and report


def _final(seen: Seen) -> Answer:
    if not seen.job.is_final:
        return Answer(OPEN, Text("结果未完成", "the result is incomplete"))
    return Answer(GIVEN, Text("绝对值与占比", "absolute, and in percent"))


def _uncertainty(seen: Seen) -> Answer:
    if not seen.is_assessed:
        return Answer(OPEN, Text("未评价", "not assessed"))
    has_choices = any(product.contractual_kg_co2e is not None for product in seen.job.footprint.products)
    if not has_choices and not seen.job.inventory.scenarios:
        return Answer(
            PARTLY,
            Text(
                "95 % 区间与各输入的敏感性已给出；方法选择的敏感性（情景）待补充",
                "intervals and sensitivity to inputs; sensitivity to choices (scenarios) is to be added",
            ),
        )
    if seen.shared_plants:
        return Answer(
            PARTLY,
            Text("已给出；分摊方法的敏感性待补充", "given, but for the sensitivity to the procedure of allocation"),
        )
    return Answer(GIVEN, Text("95 % 区间、各输入的敏感性、情景", "95 % intervals, sensitivity to inputs, scenarios"))


def _rounding(_: Seen) -> Answer:
    return Answer(GIVEN, Text("规则列在摘要末尾", "the rule stands at the end of the summary"))


def _factor_sources(seen: Seen) -> Answer:
    if not seen.lines or seen.told_by(lambda factor: bool(factor.document)) < seen.lines:
        return Answer(OPEN, Text("有因子缺来源", "a factor lacks its source"))
    if seen.told_by(lambda factor: factor.year is not None) < seen.lines:
        return Answer(PARTLY, Text("有因子缺年份", "a factor lacks its year"))
    return Answer(GIVEN, Text("每个因子均有文件、年份和可信度", "each factor with document, year and tier"))


def _open(zh: str, en: str) -> Callable[[Seen], Answer]:
    """Return the answer to what the workbook never shows."""
    answer = Answer(OPEN, Text(zh, en))
    return lambda _: answer


CLAUSES: Final = (
    Clause("6.3.1", Text("研究目的", "Goal"),
           Text("说明应用意图、开展研究的理由和目标受众", "Intended use, reasons and audience"), (), _open("由报告说明", "for the report to state")),
    Clause("6.3.3", Text("功能单位或声明单位", "Functional or declared unit"),
           Text("说明结果是对多少产品而言，以及基准流；声明单位只用于部分碳足迹", "What the result is for, with the reference flow; a declared unit only for a partial CFP"), ("unit",), _unit),
    Clause("6.3.4", Text("系统边界", "System boundary"),
           Text("各阶段是否纳入；未纳入的说明理由，且不显著改变结论", "Each stage in or out; what is out is justified and does not change the conclusion"), ("boundary",), _boundary),
    Clause("6.3.4.3", Text("取舍准则", "Cut-off"),
           Text("事先规定取舍准则，评估并报告其影响", "Criteria set in advance, their effect assessed and reported"), ("cut-off",), _cut_off),
    Clause("6.3.5", Text("数据与数据质量", "Data and their quality"),
           Text("自有过程采用现场数据；次级数据说明理由；评价数据质量", "Site-specific data for one's own processes; secondary data justified; quality assessed"), ("quality",), _data_quality),
    Clause("6.3.6", Text("统计周期", "Reference period"),
           Text("说明数据所属的时间段及理由，考虑年内波动", "The period of the data, stated and justified; variation within the year considered"), ("period",), _period),
    Clause("6.3.7", Text("使用阶段", "Use stage"),
           Text("说明使用情景及其依据", "The use profile, and what it rests on"), ("use",), _use),
    Clause("6.3.8", Text("寿命末期情景", "End-of-life scenarios"), Text("说明并比较寿命末期的情景", "End-of-life scenarios stated and compared"), ("scenarios", "end_of_life"), _end_of_life),
    Clause("6.4.3", Text("数据验证", "Validation of data"),
           Text("质量平衡、能量平衡或因子比较", "Mass balance, energy balance or comparison of factors"), ("findings",), _validation),
    Clause("6.4.6", Text("分配", "Allocation"),
           Text("说明分配方法及理由；分配之和等于分配前总量；有其他方法时做敏感性分析；回收同样适用", "Procedure stated and justified; allocated sum equals the whole; sensitivity where there are alternatives; recycling likewise"), ("allocation",), _allocation),
    Clause("6.4.9.4", Text("电力", "Electricity"),
           Text("说明电力因子的来源、年份与地区，含上游和输配损失；使用证书的与电网平均比较", "Source, year and region of the factor, with upstream and losses; certificates compared with the grid mix"), ("factors",), _electricity),
    Clause("6.4.9.7", Text("航空运输", "Aircraft transport"), Text("单独列出，不加倍数", "Shown apart, without a multiplier"), ("gases",), _aircraft),
    Clause("6.5.1", Text("全球增温潜势", "GWP"), Text("采用最新 IPCC GWP100 或说明理由", "The latest IPCC GWP100, unless justified"), ("rule GWP set",), _gwp),
    Clause("6.5.2", Text("生物碳与化石碳", "Biogenic and fossil carbon"),
           Text("生物成因与化石源的 CO2 和 CH4 分别核算", "CO2 and CH4 of biogenic and of fossil origin apart"), ("gases",), _carbon),
    Clause("6.6", Text("解释：贡献分析", "Interpretation: contributions"), Text("识别重大问题、各阶段与各过程的贡献", "Significant issues, contribution of stages and processes"), ("hotspots",), _final),
    Clause("6.6", Text("解释：完整性与一致性", "Interpretation: completeness, consistency"), Text("检查完整性和一致性", "Completeness and consistency checked"), ("gaps",), _open("数据缺口见所列工作表；结论由报告给出", "gaps are listed; the conclusion is the report's")),
    Clause("6.6", Text("解释：不确定性与敏感性", "Interpretation: uncertainty, sensitivity"), Text("评价不确定性；对重要选择做敏感性分析", "Uncertainty assessed; sensitivity to significant choices"), ("uncertainty",), _uncertainty),
    Clause("6.6", Text("解释：修约规则", "Interpretation: rounding"), Text("说明数值修约规则", "The rounding rule is stated"), ("rule Rounding",), _rounding),
    Clause("6.6", Text("解释：结论、假设与局限", "Interpretation: conclusions, assumptions, limitations"), Text("说明结论、所作的假设和局限", "Conclusions, assumptions and limitations"), (), _open("由报告说明", "for the report to state")),
    Clause("7.2", Text("各阶段结果", "Results by stage"), Text("各阶段的绝对值和百分比", "Each stage, absolute and in percent"), ("stages",), _final),
    Clause("7.2", Text("单列：化石与生物成因", "Apart: fossil and biogenic"), Text("化石源的净排放与生物成因的排放和清除分别列出", "Net fossil emissions, and biogenic emissions and removals"), ("gases",), _carbon),
    Clause("7.2", Text("单列：直接土地利用变化", "Apart: direct land-use change"), Text("直接土地利用变化的排放单独列出", "Emissions of direct land-use change"), ("gases",), _land_use),
    Clause("7.3", Text("温室气体清单", "Gases considered"), Text("列出核算的温室气体", "The greenhouse gases considered"), ("gases",), _gases),
    Clause("7.3", Text("数据收集与来源", "Data collection and sources"), Text("说明数据怎样收集、来自何处", "How data were collected, and their sources"), ("trace",), _data_sources),
    Clause("7.3", Text("排放因子及来源", "Factors and sources"), Text("列出采用的因子、来源、年份", "Factors used, source and year"), ("factors",), _factor_sources),
    Clause("7.3", Text("产品种类规则与价值选择", "Category rules, value choices"), Text("说明采用的产品种类规则和价值选择", "Product category rules and value choices stated"), (), _open("采用的 PCR 与价值选择由报告说明", "rules and value choices are for the report to state")),
    Clause("8", Text("鉴定性评审", "Critical review"), Text("如进行了评审，说明评审人和结论", "Where there was one: by whom, and with what conclusion"), (), _open("有无评审由报告说明", "for the report to state")),
)  # fmt: skip
