"""Settles the layout of a study's workbook: every row that is referred to, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.model import Basis, Stage
from workbook_engine.model.biogenic import biogenic_carbon, is_biogenic_co2
from workbook_engine.results.columns import NormalizationColumns
from workbook_engine.results.compact_maps import LineRows
from workbook_engine.results.layout import (
    AFTER_STAGES,
    BEFORE_STAGES,
    FIRST_ROW,
    PIXELS_OF_A_ROW,
    STAGE_SHEET,
    Layout,
    PlantBlock,
    SummaryBlock,
)
from workbook_engine.results.most import ROWS as MOST_ROWS
from workbook_engine.results.most import has_most
from workbook_engine.results.raw import free_name, select_raw_sheets
from workbook_engine.results.study import counted_results, gases_of, results_of, stages_of
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import ActivityLine
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.raw import RawSheets
    from workbook_engine.texts import Language


def plan(job: ResultsJob, language: Language) -> Layout:
    """Settle the layout of a study's workbook."""
    raw = select_raw_sheets(job)
    order = _order(job)
    lines, first_rows = _normalization_rows(job, order)
    stage_lines, bands, subtotals, ends = _stage_rows(job, order)
    outputs = {product.key: 6 + index for index, product in enumerate(job.inventory.products)}
    plants, control_row = _plant_blocks(job, 6 + len(outputs) + 1)
    comparison, first_block = _comparison(job)
    summary, rules = _summary_blocks(job, first_block)
    rated_lines = _rated_rows(job, order)
    after_lines = FIRST_ROW + len(rated_lines) + 1  # a band stands between
    rated_factors = {factor: after_lines + index for index, factor in enumerate(_rated(job))}
    return Layout(
        language=language,
        raw=raw,
        sheets=_sheet_names(job, raw, language),
        columns=NormalizationColumns(max((len(line.steps) for line in job.inventory.lines), default=0)),
        lines=lines,
        blocks=_blocks(job, lines),
        first_rows=first_rows,
        stage_lines=stage_lines,
        stage_bands=bands,
        stage_ends=ends,
        subtotals=subtotals,
        outputs=outputs,
        plants=plants,
        controls=_controls(job),
        control_row=control_row,
        factors={factor.id: FIRST_ROW + index for index, factor in enumerate(job.factors)},
        gases=gases_of(job),
        rated_lines=rated_lines,
        rated_factors=rated_factors,
        variance_row=after_lines + len(rated_factors) + 1,
        summary=summary,
        comparison=comparison,
        rules=rules,
    )


def _sheet_names(job: ResultsJob, raw: RawSheets, language: Language) -> dict[str, str]:
    stages = {
        stage.value: Text(*(sheet.format(title) for sheet, title in zip(STAGE_SHEET, stage.title, strict=True)))
        for stage in stages_of(job)
    }
    titles = {**BEFORE_STAGES, **stages, **AFTER_STAGES}
    absent = _absent(job)
    wanted = {key: title.to(language) for key, title in titles.items() if key not in absent}
    taken = {name.casefold() for name in raw.names.values()}
    names: dict[str, str] = {}
    for key, name in wanted.items():
        names[key] = free_name(name, taken)
        taken.add(names[key].casefold())
    return names


def _absent(job: ResultsJob) -> set[str]:
    """Return the sheets that a study does not have: no assessment, no scenarios, no Monte Carlo run, no correction."""
    absent: set[str] = set() if job.comparison else {"differences"}
    if job.assessment is None:
        absent |= {"uncertainty", "ratings"}
    if job.assessment is None or not job.assessment.scenarios:
        absent.add("scenarios")
    if job.assessment is None or job.assessment.monte_carlo is None:
        absent.add("draws")
    if not gases_of(job):
        absent.add("gases")
    if not (job.inventory.declared or job.inventory.declared_sources):
        absent.add("declared")
    if job.is_client_view:
        absent |= {"findings", "declared"}
    return absent


def _order(job: ResultsJob) -> dict[str, int]:
    """Return each line's place among the lines of all products."""
    order: dict[str, int] = {}
    for _, result in results_of(job):
        order.setdefault(result.line.id, len(order))
    return order


def _normalization_rows(job: ResultsJob, order: Mapping[str, int]) -> tuple[dict[str, LineRows], LineRows]:
    rows = {product.product.key: LineRows(order) for product in job.footprint.products}
    first_rows = LineRows(order)
    for row, (product, result) in enumerate(results_of(job), start=FIRST_ROW):
        rows[product.product.key][result.line.id] = row
        if result.line.id not in first_rows:
            first_rows[result.line.id] = row
    return rows, first_rows


def _rated_rows(job: ResultsJob, order: Mapping[str, int]) -> LineRows:
    rows = LineRows(order)
    for _, result in counted_results(job):
        if result.line.id not in rows:
            rows[result.line.id] = FIRST_ROW + len(rows)
    return rows


_StageRows = tuple[dict[str, LineRows], dict[tuple[str, Stage], int], dict[tuple[str, Stage], int], dict[Stage, int]]


def _stage_rows(job: ResultsJob, order: Mapping[str, int]) -> _StageRows:
    """Return rows of lines, of product bands and of subtotals on the stage sheets, and the last row of each."""
    lines = {product.product.key: LineRows(order) for product in job.footprint.products}
    bands: dict[tuple[str, Stage], int] = {}
    subtotals: dict[tuple[str, Stage], int] = {}
    next_row: dict[Stage, int] = {}
    for product in job.footprint.products:
        for stage in product.stages:
            key = product.product.key
            row = next_row.get(stage.stage, FIRST_ROW)
            bands[key, stage.stage] = row
            for index, result in enumerate(stage.lines, start=1):
                lines[key][result.line.id] = row + index
            subtotals[key, stage.stage] = end = row + max(len(stage.lines), 1) + 1
            for result in (credit for credit in product.credits if credit.line.stage is stage.stage):
                end += 1
                lines[key][result.line.id] = end
            next_row[stage.stage] = end + 2
    return lines, bands, subtotals, {stage: row - 2 for stage, row in next_row.items()}


def _plant_blocks(job: ResultsJob, row: int) -> tuple[dict[str, PlantBlock], int]:
    blocks: dict[str, PlantBlock] = {}
    for plant in job.inventory.plants:
        block = PlantBlock(row, row + 1, row + 2, row + 2 + len(plant.products))
        blocks[plant.key] = block
        row = block.total + 2
    return blocks, row


def _controls(job: ResultsJob) -> tuple[ActivityLine, ...]:
    plants = {plant.key for plant in job.inventory.plants if plant.weighted_output}
    lines = {result.line.id: result.line for _, result in results_of(job)}
    return tuple(
        line
        for line in lines.values()
        if line.basis is Basis.PLANT_TOTAL and line.plant in plants and line.reference_amount is not None
    )


def _rated(job: ResultsJob) -> list[str]:
    assessed = job.assessment.factors if job.assessment else {}
    return [factor.id for factor in job.factors if factor.id in assessed]


def _blocks(job: ResultsJob, lines: Mapping[str, LineRows]) -> dict[str, tuple[int, int]]:
    blocks: dict[str, tuple[int, int]] = {}
    for product, result in counted_results(job):
        key = product.product.key
        row = lines[key][result.line.id]
        blocks[key] = (blocks.get(key, (row, row))[0], row)
    return {
        product.product.key: blocks.get(product.product.key, (FIRST_ROW, FIRST_ROW))
        for product in job.footprint.products
    }


def _comparison(job: ResultsJob) -> tuple[int, int]:
    """Return the header row of the comparison of several products (0: none), and where the first block begins."""
    if len(job.footprint.products) < 2:
        return 0, 5
    header, count = 6, len(job.footprint.products)
    return header, header + count + 2 + comparison_height(count) // PIXELS_OF_A_ROW + 2


def comparison_height(products: int) -> int:
    """Return the height of the chart that compares so many products, in pixels."""
    return max(250, 130 + 40 * products)


def _summary_blocks(job: ResultsJob, row: int) -> tuple[dict[str, SummaryBlock], int]:
    blocks: dict[str, SummaryBlock] = {}
    with_biogenic = any(map(is_biogenic_co2, job.factors))
    for product in job.footprint.products:
        said = row + 3 if has_most(product) else 0
        header = said + MOST_ROWS if said else row + 3
        stages = {stage.stage: header + 1 + index for index, stage in enumerate(product.stages)}
        total = header + 1 + len(stages)
        apart = total + 3
        contractual = apart + (1 if product.credits else 0)
        by_contract = 1 if product.contractual_kg_co2e is not None else 0
        biogenic = contractual + by_contract if with_biogenic and biogenic_carbon(product) else 0
        beside = max(contractual, biogenic)
        chart = max(beside + 2, header + 15)
        end = chart + 11 if product.cfp_kg_co2e is not None else beside + 2
        blocks[product.product.key] = SummaryBlock(
            row, row + 1, row + 2, said, header, stages, total, total + 1, apart, contractual, biogenic, chart, end
        )
        row = end + 1
    return blocks, row
