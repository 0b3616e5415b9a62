"""改进建议: what would lower a product's result most, worked out from this study.

Three grounds: the study's own scenarios that lower the total; electricity by contract; and the hotspots, lines and
factors that several lines share, each lowered by the fraction that the reader can set. Nothing is suggested that the
study has no figure for.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.grid import address
from workbook_engine.model.biogenic import is_biogenic_co2
from workbook_engine.results.columns import ScenarioColumns, SummaryColumns, TraceColumns
from workbook_engine.results.package import called, shown
from workbook_engine.results.scenario_switch import scenario_row
from workbook_engine.results.study import stages_of
from workbook_engine.results.words import LISTED
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import LineResult, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout

MOST: Final = 8
LEAST_SHARE: Final = 0.05  # of the total, for a hotspot; the largest line is one whatever its share
SHOWN_IDS: Final = 6
ASSUMED: Final = 0.1  # hotspots are set beside scenarios as if they were lowered by so much

SCENARIO: Final = Text("情景", "scenario")
CONTRACT: Final = Text("合同电力", "contract")
SHARED_FACTOR: Final = Text("热点：因子", "hotspot: factor")
LINE: Final = Text("热点：数据行", "hotspot: line")

CARRY_OUT: Final = Text("实施情景", "Carry out the scenario")
BUY: Final = Text("按合同电力计", "Electricity as by contract")
USE_LESS: Final = Text("少用，或换用更低的因子", "Use less, or a lower factor")
LOWER: Final = Text("降低活动数据", "Lower the activity")
LINES: Final = Text("{name}（{count} 行：{listed}）", "{name} ({count} lines: {listed})")
WITH_CONTRACT: Final = Text("有合同或证书的用电", "electricity under contract or certificate")


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
        if len(group) > 1 and emission >= least:
            concerned = (_of_factor(layout, product.product.key, factor), emission)
            words = _lines_of(group, layout)
            yield Suggestion(USE_LESS, words, SHARED_FACTOR, concerned, ("", -emission * ASSUMED))
    for rank, result in enumerate(results):
        emission = result.kg_co2e or 0.0
        if rank == 0 or emission >= least:
            row = layout.lines[product.product.key][result.line.id]
            concerned = (layout.at("trace", row, TraceColumns.EMISSION), emission)
            subject = f"{result.line.id} {called(result.line.item)}"
            yield Suggestion(LOWER, subject, LINE, concerned, ("", -emission * ASSUMED))


def _can_be_lowered(result: LineResult) -> bool:
    """Tell whether less of a line would lower the result: of biogenic CO2 less given off is as much less taken up."""
    return (result.kg_co2e or 0.0) > 0 and not is_biogenic_co2(result.line.factor)


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
    name = line.factor.name.to(layout.language) if line.factor else ""
    ids = [result.line.id for result in group]
    listed = LISTED.to(layout.language).join(ids[:SHOWN_IDS]) + (" …" if len(ids) > SHOWN_IDS else "")
    return LINES.to(layout.language).format(name=name, count=len(ids), listed=listed)
