"""改进建议: what would lower a product's result most, worked out from this study.

Three grounds: the study's own scenarios that lower the total; electricity by contract; and the hotspots, lines and
what several lines use, each lowered by the fraction that the reader can set. Nothing is suggested that the study has no
figure for, and nothing twice: what one line makes most of is told of that line alone. What to do about a hotspot
follows from what is used and who uses it: the supplier, the carrier, the plant, the user; where its data are secondary,
measuring them comes first.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.grid import address
from workbook_engine.model import Stage
from workbook_engine.model.biogenic import is_biogenic_co2
from workbook_engine.results.columns import ScenarioColumns, SummaryColumns, TraceColumns
from workbook_engine.results.package import called, shown
from workbook_engine.results.scenario_switch import scenario_row
from workbook_engine.results.study import stages_of
from workbook_engine.results.words import LISTED
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.model import LineResult, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout

MOST: Final = 8
MOSTLY: Final = 0.9  # of what several lines use, by one of them: that line says it
LEAST_SHARE: Final = 0.05  # of the total, for a hotspot; the largest line is one whatever its share
SHOWN_IDS: Final = 6
CARRYING: Final = ("fuel", "electricity", "transport")
ASSUMED: Final = 0.1  # hotspots are set beside scenarios as if they were lowered by so much

SCENARIO: Final = Text("情景", "Scenario")
CONTRACT: Final = Text("合同电力", "Contract")
SHARED_FACTOR: Final = Text("热点：多行合计", "Hotspot: lines together")
LINE: Final = Text("热点：数据行", "Hotspot: line")

CARRY_OUT: Final = Text("实施情景", "Carry out the scenario")
BUY: Final = Text("按合同电力计", "Count electricity by its contract")
LOWER: Final = Text("降低活动数据", "Lower the activity")
CARRY: Final = Text(
    "缩短运距、提高装载率，或改用排放更低的运输方式", "Carry it less far, in fuller loads, or by a mode that emits less"
)
BY_SUPPLIER: Final = Text(
    "请供应商节约用电，或改用低碳电力", "Ask the supplier to use less electricity, or electricity that emits less"
)
IN_USE: Final = Text("降低使用中的耗电和损耗", "Lower the electricity and the losses in use")
# What to do, by what is used.
ADVICE: Final[Mapping[str, Text]] = {
    "electricity": Text("节约用电，或改用低碳电力", "Use less electricity, or electricity that emits less"),
    "heat": Text("节约用热，或改用低碳热源", "Use less heat, or heat that emits less"),
    "fuel": Text("节约燃料，或改用排放更低的能源", "Burn less fuel, or use energy that emits less"),
    "material": Text(
        "减少用量和损耗，或改用再生、低碳材料", "Use and lose less of it, or take recycled or low-carbon material"
    ),
    "transport": CARRY,
    "gas": Text(
        "减少泄漏，加强回收，或改用增温潜势更低的气体", "Let less of it escape, recover it, or take a gas of lower GWP"
    ),
    "water": Text("节约用水", "Use less water"),
    "waste": Text("减少废弃物，或改用排放更低的处置方式", "Make less waste, or treat it in a way that emits less"),
}
MEASURE: Final = Text("；现用次级数据，请先用实测数据核实", "; the data are secondary: measure them first")
LINES: Final = Text("{name}（{count} 行：{listed}）", "{name} ({count} lines: {listed})")
WITH_CONTRACT: Final = Text("有合同或证书的用电", "Electricity under contract or certificate")


class Suggestion(NamedTuple):
    """What to do and where; formula and value of the emission concerned (None: no single one), and of the change.

    Where an emission is concerned the change is that emission times the fraction that the reader sets.
    """

    words: Text
    subject: str
    ground: Text
    concerned: tuple[str, float] | None
    change: tuple[str, float]


def suggestions(job: ResultsJob, layout: Layout, product: ProductFootprint) -> list[Suggestion]:
    """Return what would lower the product's total, the largest effect first."""
    found = [*_scenarios(job, layout, product), *_contract(layout, product), *_hotspots(layout, product)]
    return sorted(found, key=lambda suggestion: suggestion.change[1])[:MOST]


def _scenarios(job: ResultsJob, layout: Layout, product: ProductFootprint) -> Iterator[Suggestion]:
    index = [other.product.key for other in job.footprint.products].index(product.product.key)
    column = ScenarioColumns.STAGES + len(stages_of(job)) + 1
    for offset, scenario in enumerate(job.assessment.scenarios if job.assessment else ()):
        total, before = scenario.footprint.products[index].cfp_kg_co2e, product.cfp_kg_co2e
        if total is not None and before is not None and total < before:
            source = layout.at("scenarios", scenario_row(job, index, offset), column)
            yield Suggestion(CARRY_OUT, scenario.scenario.name, SCENARIO, None, (source, total - before))


def _contract(layout: Layout, product: ProductFootprint) -> Iterator[Suggestion]:
    by_contract, total = product.contractual_kg_co2e, product.cfp_kg_co2e
    if by_contract is not None and total is not None and by_contract < total:
        row = layout.summary[product.product.key].contractual
        formula = f"{layout.at('summary', row, SummaryColumns.EMISSION)}-{layout.total(product.product.key)}"
        yield Suggestion(BUY, WITH_CONTRACT.to(layout.language), CONTRACT, None, (formula, by_contract - total))


def _hotspots(layout: Layout, product: ProductFootprint) -> Iterator[Suggestion]:
    results = [result for stage in product.stages for result in stage.lines if _can_be_lowered(result)]
    results.sort(key=lambda result: -(result.kg_co2e or 0.0))
    least = LEAST_SHARE * (product.cfp_kg_co2e or 0.0)
    shared: dict[str, list[LineResult]] = {}
    for result in results:
        shared.setdefault(result.line.factor.id if result.line.factor else "", []).append(result)
    for factor, group in shared.items():
        emission = math.fsum(result.kg_co2e or 0.0 for result in group)
        if len(group) > 1 and emission >= least and (group[0].kg_co2e or 0.0) < MOSTLY * emission:
            concerned = (_of_factor(layout, product.product.key, factor), emission)
            words = _lines_of(group, layout)
            yield Suggestion(_advice(group), words, SHARED_FACTOR, concerned, ("", -emission * ASSUMED))
    for rank, result in enumerate(results):
        emission = result.kg_co2e or 0.0
        if rank == 0 or emission >= least:
            row = layout.lines[product.product.key][result.line.id]
            concerned = (layout.at("trace", row, TraceColumns.EMISSION), emission)
            subject = f"{result.line.id} {called(result.line.item)}"
            yield Suggestion(_advice([result]), subject, LINE, concerned, ("", -emission * ASSUMED))


def _can_be_lowered(result: LineResult) -> bool:
    """Tell whether less of a line would lower the result: of biogenic CO2 less given off is as much less taken up."""
    return (result.kg_co2e or 0.0) > 0 and not is_biogenic_co2(result.line.factor)


def _advice(results: list[LineResult]) -> Text:
    """Return what to do about lines that use the same: by what it is, and by the stage where they all are in one."""
    line = results[0].line
    category = line.flow.category if line.flow else ""
    stages = {result.line.stage for result in results}
    advice = ADVICE.get(category, LOWER)
    if category == "electricity" and stages == {Stage.RAW_MATERIAL_ACQUISITION}:
        advice = BY_SUPPLIER
    elif category == "electricity" and stages == {Stage.USE}:
        advice = IN_USE
    elif category in CARRYING and stages <= {Stage.RAW_MATERIAL_TRANSPORT, Stage.DISTRIBUTION}:
        advice = CARRY
    if any(result.line.is_primary is not False for result in results):
        return advice
    return Text(*(words + more for words, more in zip(advice, MEASURE, strict=True)))


def _of_factor(layout: Layout, product: str, factor: str) -> str:
    """Return the sum of the emissions of a factor's lines that count: credits among them lower it."""
    first, last = layout.block(product)
    ids, emissions = (
        f"{layout.at('trace', first, column)}:{address(last, column)}"
        for column in (TraceColumns.FACTOR_ID, TraceColumns.EMISSION)
    )
    quoted = shown(factor).replace('"', '""')
    return f'SUMPRODUCT(({ids}="{quoted}")*({emissions}>0)*{emissions})'


def _lines_of(group: list[LineResult], layout: Layout) -> str:
    line = group[0].line
    used = line.flow or line.factor
    name = used.name.to(layout.language) if used else ""
    ids = [result.line.id for result in group]
    listed = LISTED.to(layout.language).join(ids[:SHOWN_IDS]) + (" …" if len(ids) > SHOWN_IDS else "")
    return LINES.to(layout.language).format(name=name, count=len(ids), listed=listed)
