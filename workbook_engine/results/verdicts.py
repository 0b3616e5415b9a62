"""How far a study answers each reporting item: a named function for each, which asks for all that the item wants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.model import Stage
from workbook_engine.model.biogenic import BIOGENIC_CO2, is_biogenic_co2
from workbook_engine.results.layout import GASES
from workbook_engine.results.package import DASH
from workbook_engine.results.study import counted_results
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.model import EmissionFactor
    from workbook_engine.results.seen import Seen

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
CARBON: Final = frozenset(("co2", "ch4_fossil", "ch4_biogenic", *BIOGENIC_CO2))
WITHOUT_CARBON: Final = frozenset(("n2o", "hfcs", "pfcs", "sf6", "nf3", "other_fluorinated"))  # none of either origin
NO_BASIS: Final = "allocation-basis-missing"
UNDECIDED: Final = frozenset(("stage-not-decided", "stage-taken-as-out"))
UNBALANCED: Final = frozenset(("biogenic-not-released", "biogenic-without-uptake"))
IN_PRODUCT: Final = "biogenic-in-product"
OVER_LIMIT: Final = frozenset(("omission-over", "omissions-over-total"))


class Answer(NamedTuple):
    """How far an item is answered, and what the workbook has of it or lacks; `place`: a landmark of its own."""

    state: Text
    why: Text
    place: str = ""


def given(zh: str, en: str) -> Answer:
    """Return that the workbook shows all that an item wants."""
    return Answer(GIVEN, Text(zh, en))


def partly(zh: str, en: str) -> Answer:
    """Return that it shows a part of it."""
    return Answer(PARTLY, Text(zh, en))


def is_open(zh: str, en: str) -> Answer:
    """Return that it does not."""
    return Answer(OPEN, Text(zh, en))


def not_applicable(zh: str, en: str) -> Answer:
    """Return that a study has nothing that an item asks for."""
    return Answer(NOT_APPLICABLE, Text(zh, en))


def by_report(zh: str, en: str) -> Callable[[Seen], Answer]:
    """Return the answer to what the workbook never shows: the report has to."""
    answer = is_open(zh, en)
    return lambda _: answer


# --- goal and scope


def unit(seen: Seen) -> Answer:
    """Wants each product's unit and mass; a declared unit is for a partial CFP alone."""
    products = seen.job.inventory.products
    if not products or not all(product.unit for product in products):
        return is_open("有产品没有填单位", "a product has no unit")
    if any(result.product.is_declared and not result.is_partial for result in seen.job.footprint.products):
        return is_open("声明单位不能用于完整的碳足迹", "a declared unit does not go with a whole CFP")
    if not all(product.mass_kg for product in products):
        return partly("单位已给出；单位产品质量待补充", "unit given; its mass is to be added")
    return given(
        "各产品的单位已给出；单位产品质量见企业填写的基本信息",
        "each product's unit is given; its mass stands on the sheet Basics as the company filled it in",
    )


def boundary(seen: Seen) -> Answer:
    """Wants each stage in or out, what is out with its reason, and that the conclusion stands without it."""
    stages = seen.job.inventory.boundary
    if len(stages) < len(Stage) or seen.codes & UNDECIDED:
        return is_open("有阶段没有说明是否纳入", "a stage is not said to be in or out")
    left_out = [each for each in stages.values() if not each.included or each.excludes]
    if not all(each.reason for each in left_out):
        return is_open("有未纳入的阶段或过程没有写理由", "something is left out without a reason")
    if left_out:
        return partly(
            "已列出并写明理由；对结论没有显著影响这一点待说明",
            "listed with reasons; that the conclusion does not change is still to be shown",
        )
    if not all(each.covers for each in stages.values()):
        return partly("有阶段没有写明纳入的过程", "of a stage it is not said which processes are in it")
    return given("全部阶段均纳入，没有排除的过程", "all stages are in, no process is left out")


def cut_off(seen: Seen) -> Answer:
    """Wants the criteria, and the effect of each flow left out."""
    inventory = seen.job.inventory
    omissions = inventory.omissions
    excluding = {stage for stage in inventory.stages if inventory.boundary[stage].excludes}
    stages = {omission.stage for omission in omissions}
    has_mass = all(product.mass_kg for product in inventory.products)
    estimated = all(o.kg_co2e is not None or (o.mass_kg is not None and has_mass) for o in omissions)
    if not estimated or (None not in stages and excluding - stages):
        return is_open("部分舍弃的流没有估算影响", "the effect of something left out is not estimated")
    if not omissions:
        return partly("准则已列出；没有申报舍弃的流", "criteria are shown; no flow is said to be left out")
    if not seen.job.is_final:
        return partly("已列出；结果未完成，占比算不出", "listed; without a result there are no shares")
    if seen.codes & OVER_LIMIT:
        return partly("影响已列出；有舍弃的流超过准则", "effects are shown; something exceeds the criteria")
    return given("准则与各舍弃流的影响已列出", "criteria, and the effect of each flow left out")


def data_quality(seen: Seen) -> Answer:
    """Wants primary and secondary data told apart, rated, and the secondary ones justified."""
    if not seen.lines or seen.quality[None] or not seen.is_assessed:
        return is_open("有数据未注明初级或次级，或质量未评价", "not all data are told apart or assessed")
    if unknown := _unknown_ratings(seen):
        return partly(
            f"已评分；有 {unknown} 个评分没有依据，按最差计",
            f"scored; scores without grounds, taken at the worst: {unknown}",
        )
    if seen.quality[False]:
        return partly(
            "已区分并评分；次级数据的选用理由待说明",
            "told apart and scored; the choice of secondary data is to be justified",
        )
    return given("全部为初级数据，质量已评分", "all data are primary, their quality is scored")


def _unknown_ratings(seen: Seen) -> int:
    assessment = seen.job.assessment
    figures = [*assessment.amounts.values(), *assessment.factors.values()] if assessment else []
    return sum(rating.is_unknown for figure in figures for rating in figure.ratings.values())


def period(seen: Seen) -> Answer:
    """Wants the reference period and why it was chosen."""
    study = seen.job.inventory.study
    if study.period_start is None or study.period_end is None:
        return is_open("没有填写统计周期", "no period is stated")
    return partly("周期已说明；选用理由待说明", "the period is stated; why it was chosen is to be added")


def use(seen: Seen) -> Answer:
    """Wants the use profile and what it rests on."""
    boundary = seen.job.inventory.boundary.get(Stage.USE)
    if boundary is None or seen.codes & UNDECIDED:
        return is_open("没有说明使用阶段是否纳入", "whether use is in is not said")
    if not boundary.included:
        return not_applicable("使用阶段未纳入边界", "use is outside the boundary")
    return partly(
        "按填报的使用情况核算；使用情景的依据待说明", "by the use as stated; what the profile rests on is to be added"
    )


def end_of_life(seen: Seen) -> Answer:
    """Wants scenarios of the end of life compared."""
    boundary = seen.job.inventory.boundary.get(Stage.END_OF_LIFE)
    if boundary is None or seen.codes & UNDECIDED:
        return is_open("没有说明寿命末期是否纳入", "whether end of life is in is not said")
    if not boundary.included:
        return not_applicable("寿命末期未纳入边界", "end of life is outside the boundary")
    changes = [
        change
        for scenario in seen.job.inventory.scenarios
        for change in scenario.changes
        if seen.job.is_final and change.line_id in seen.end_of_life
    ]
    if any(change.times != 1 for change in changes):
        return given("已有处置情景", "a scenario changes it")
    if changes:  # another grid, or another treatment: the factor alone does not tell
        return partly(
            "情景只换了处置环节的因子；是否代表另一种处置方式待说明",
            "scenarios change factors alone; whether these stand for another treatment is to be said",
        )
    return partly("按填报的一种处置方式核算；其他情景待补充", "one way of treatment; other scenarios are to be added")


# --- inventory


def data_sources(seen: Seen) -> Answer:
    """Wants a source for each line."""
    if not seen.lines or seen.without_source == seen.lines:
        return is_open("没有注明数据来源", "no source of data is stated")
    if seen.without_source:
        words = Text(
            f"{seen.lines} 行中 {seen.without_source} 行没有注明数据来源",
            f"{seen.without_source} of {seen.lines} lines have no source",
        )
        return Answer(PARTLY, words)
    return given("每行数据均有来源，可回到企业的单元格", "each line has a source and leads to its cell")


def validation(seen: Seen) -> Answer:
    """Wants a validation of the data, which is a person's."""
    if seen.job.is_client_view:  # it has no list of findings
        return is_open("验证的方法与结论待补充", "method and conclusion of the validation are to be added")
    return is_open(
        "程序核对所见的问题在问题清单；验证的方法与结论待补充",
        "what the program's checks found is under Findings; method and conclusion of the validation are to be added",
    )


def allocation(seen: Seen) -> Answer:
    """Wants basis, reason and control of each shared plant, and the sensitivity to other procedures."""
    has_credits = any(product.credits for product in seen.job.footprint.products) or any(
        result.line.is_credit for _, result in counted_results(seen.job)
    )
    if not seen.shared_plants and not has_credits:
        return not_applicable("没有需要在产品间分摊的数据", "nothing to divide among products")
    is_chosen = NO_BASIS not in seen.codes  # by count where nobody chose
    if not is_chosen or not all(plant.allocation_basis and plant.justification for plant in seen.shared_plants):
        return is_open("有工厂没有写分摊依据或理由", "a plant's allocation has no basis or no reason")
    if not all(plant.weighted_output for plant in seen.shared_plants):
        return is_open("有工厂的产量或权重不全，无法分摊", "outputs or weights of a plant are missing")
    if has_credits:
        return partly("回收抵减的分配方法与理由待说明", "how recycling is allocated, and why, is to be stated")
    return partly(
        "方法、理由和控制合计已给出；其他可行方法的敏感性待补充",
        "procedure, reason and control are shown; sensitivity to other procedures is to be added",
    )


def electricity(seen: Seen) -> Answer:
    """Wants source, year and region of each factor, with upstream and losses; certificates with a factor."""
    if not seen.electricity:
        return not_applicable("没有用电数据", "no electricity")
    used = {each: seen.factors.get(each) for each in sorted(seen.electricity)}
    for each, factor in used.items():
        if not (factor and factor.document and factor.year and factor.region):
            words = Text("有电力因子缺来源、年份或地区", "a factor lacks source, year or region")
            return Answer(OPEN, words, f"factor {each}")
    for each, factor in used.items():
        if factor and factor.series != WITH_UPSTREAM:
            return Answer(PARTLY, WITHOUT if factor.series == WITHOUT_UPSTREAM else UNSAID, f"factor {each}")
    if seen.contracts_without_factor:
        return partly("有合同或证书电力没有因子", "a contract or certificate has no factor")
    words = Text("来源、年份、地区已列，因子含上游和输配损失", "with source, year, region, upstream and losses")
    return Answer(GIVEN, words, f"factor {next(iter(used))}")


def aircraft(seen: Seen) -> Answer:
    """Wants what is carried by air shown apart."""
    if not seen.by_air:
        return not_applicable("数据中没有航空运输", "no line is carried by air")
    apart = [used for used in seen.by_air if used in seen.factors and "aircraft" in seen.factors[used].gases]
    if len(apart) == len(seen.by_air):
        return given("已单独列出", "shown apart")
    if apart:
        return partly("有航空运输没有单独列出", "not all that is carried by air is shown apart")
    return is_open("有航空运输，所用因子没有单独列出", "carried by air, but the factor does not show it apart")


# --- impact assessment


def gwp(seen: Seen) -> Answer:
    """Wants the latest GWP100, in the factors published as CO2e too."""
    chosen = seen.job.inventory.settings.gwp_set
    if LATEST_GWP not in chosen.upper():
        return is_open(
            f"采用 {chosen or DASH}，不是最新值；理由待说明", f"{chosen or DASH} is not the latest; why is to be stated"
        )
    if seen.lines and seen.told_by(lambda factor: bool(factor.gases) or factor.id in seen.direct) == seen.lines:
        return given(f"采用 {chosen}", chosen)
    return partly(
        f"采用 {chosen}；已折算成 CO2e 发布的因子沿用其文件的 GWP",
        f"{chosen}; factors published as CO2e keep the GWP of their document",
    )


def carbon(seen: Seen) -> Answer:
    """Return how far the factors tell carbon's origin: methane of either (`ch4`) does not."""
    return _apart(seen, lambda factor: bool((CARBON | WITHOUT_CARBON) & factor.gases.keys()))


def biogenic(seen: Seen) -> Answer:
    """Return how biogenic CO2 is counted, and whether what is taken up is given off again over a whole life."""
    if not any(map(is_biogenic_co2, seen.factors.values())):
        return Answer(NOT_APPLICABLE, Text("数据中没有生物源 CO2", "no line is of biogenic CO2"))
    if seen.codes & UNBALANCED:
        return partly(
            "已计算并单列；吸收与排放不相等，待说明", "computed, shown apart; the difference is to be explained"
        )
    if IN_PRODUCT in seen.codes:
        return partly(
            "已计算并单列；产品含碳量由报告单列", "computed, shown apart; the carbon in it is for the report to state"
        )
    return given("吸收计 −1、排放计 +1，已单列", "−1 taken up, +1 emitted; shown apart")


def land_use(seen: Seen) -> Answer:
    """Return how far the factors tell land-use change; a gas that is emitted as such has none."""
    return _apart(seen, lambda factor: "land_use_change" in factor.gases or factor.id in seen.direct)


def _apart(seen: Seen, test: Callable[[EmissionFactor], bool]) -> Answer:
    told = seen.told_by(test)
    if told and told == seen.lines:
        return given("全部因子均已区分", "every factor tells them apart")
    if told:
        words = Text(
            f"{seen.lines} 行中 {told} 行的因子作了区分",
            f"told apart by the factors of {told} of {seen.lines} lines",
        )
        return Answer(PARTLY, words)
    return is_open("所用因子均未区分", "no factor used tells them apart")


def gases(seen: Seen) -> Answer:
    """Return which gases are known to be counted; a factor published as CO2e does not say."""
    found = {gas for factor in seen.factors.values() if factor.id not in seen.direct for gas in factor.gases}
    names = [*(title for gas, title in GASES.items() if gas in found), *seen.gases.values()]
    told = seen.told_by(lambda factor: bool(factor.gases) or factor.id in seen.direct)
    if not told:
        return is_open("所用因子均以 CO2e 发布，没有列出气体", "all factors are published as CO2e, no gas is named")
    zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
    if told == seen.lines:
        return given(zh, en)
    return partly(
        f"{zh}；另有 {seen.lines - told} 行的因子以 CO2e 发布，没有列出气体",
        f"{en}; the factors of {seen.lines - told} lines are published as CO2e and name no gas",
    )


# --- interpretation and report


def final(seen: Seen) -> Answer:
    """Wants a complete result."""
    if not seen.job.is_final:
        return is_open("结果未完成", "the result is incomplete")
    return given("绝对值与占比", "absolute, and in percent")


def uncertainty(seen: Seen) -> Answer:
    """Wants intervals, and the sensitivity to inputs and to choices."""
    if not seen.is_assessed:
        return is_open("未评价", "not assessed")
    has_choices = any(product.contractual_kg_co2e is not None for product in seen.job.footprint.products)
    if not has_choices and not seen.job.inventory.scenarios:
        return partly(
            "95 % 区间与各输入的敏感性已给出；方法选择的敏感性（情景）待补充",
            "intervals and sensitivity to inputs; sensitivity to choices (scenarios) is to be added",
        )
    if seen.shared_plants:
        return partly("已给出；分摊方法的敏感性待补充", "given, but for the sensitivity to the procedure of allocation")
    return given("95 % 区间、各输入的敏感性、情景", "95 % intervals, sensitivity to inputs, scenarios")


def rounding(_: Seen) -> Answer:
    """Wants the rule, which every workbook states."""
    return given("规则列在摘要末尾", "the rule stands at the end of the summary")


def factor_sources(seen: Seen) -> Answer:
    """Wants document and year of each factor."""
    if not seen.lines or seen.told_by(lambda factor: bool(factor.document)) < seen.lines:
        return is_open("有因子缺来源", "a factor lacks its source")
    if seen.told_by(lambda factor: factor.year is not None) < seen.lines:
        return partly("部分因子缺年份", "a factor lacks its year")
    return given("每个因子均有文件、年份和可信度", "each factor with document, year and tier")
