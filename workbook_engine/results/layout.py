"""Where everything stands in the results workbook, worked out before anything is written.

The sheets refer to each other in all directions (a stage's share needs the summary's total, the summary needs the
stages), so the rows are settled first. Every sheet of ours keeps its hidden column A for the mark; content begins in
column B.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.frozen import frozen
from workbook_engine.model import Basis, Stage
from workbook_engine.results.columns import NormalizationColumns, SummaryColumns
from workbook_engine.results.compact_maps import LineRows
from workbook_engine.results.raw import RawSheets, free_name, select_raw_sheets
from workbook_engine.spec.collection import DATA_QUALITY
from workbook_engine.texts import Text
from workbook_engine.writing.sheet import reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.model import ActivityLine, EmissionFactor, LineResult, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.texts import Language

HEADER_ROW: Final = 4  # of every sheet with one table; its rows begin below
FIRST_ROW: Final = HEADER_ROW + 1

BEFORE_STAGES: Final[Mapping[str, Text]] = {
    "cover": Text("封面", "Cover"),
    "summary": Text("结果摘要", "Summary"),
    "report": Text("报告用表", "Report tables"),
    "hotspots": Text("热点分析", "Hotspots"),
    "scenarios": Text("情景", "Scenarios"),
    "uncertainty": Text("不确定性与敏感性", "Uncertainty and sensitivity"),
    "draws": Text("蒙特卡洛", "Monte Carlo"),
}
AFTER_STAGES: Final[Mapping[str, Text]] = {
    "normalization": Text("归一化", "Normalization"),
    "allocation": Text("分摊", "Allocation"),
    "factors": Text("排放因子", "Emission factors"),
    "choices": Text("因子选用", "Choice of factors"),
    "gases": Text("温室气体分列", "Emissions by gas"),
    "quality": Text("数据质量与取舍", "Data quality and cut-off"),
    "ratings": Text("数据质量评分", "Data quality scores"),
    "declared": Text("申报结果核对", "Declared results"),
    "findings": Text("问题清单", "Findings"),
    "differences": Text("与上次提交的差异", "Changes since last time"),
    "trace": Text("溯源", "Trace"),
    "clauses": Text("条款对照", "Clauses"),
}
# Parts of a factor that sources tell apart, in the order of ISO 14067:2018, 7.2. The emission of a pure gas is all its
# own: the fluorinated ones are grouped as the Kyoto Protocol lists them (Annex A), what it does not list stands last.
GASES: Final[Mapping[str, Text]] = {
    "co2": Text("CO2（化石）", "CO2 (fossil)"),
    "ch4_fossil": Text("CH4（化石）", "CH4 (fossil)"),
    "n2o": Text("N2O", "N2O"),
    "hfcs": Text("HFCs", "HFCs"),
    "pfcs": Text("PFCs", "PFCs"),
    "sf6": Text("SF6", "SF6"),
    "nf3": Text("NF3", "NF3"),
    "other_fluorinated": Text("其他含氟气体", "Other fluorinated gases"),
    "ch4": Text("CH4（来源未分）", "CH4 (origin unspecified)"),
    "co2_biogenic": Text("CO2（生物成因）", "CO2 (biogenic)"),
    "ch4_biogenic": Text("CH4（生物成因）", "CH4 (biogenic)"),
    "land_use_change": Text("直接土地利用变化", "Direct land-use change"),
    "aircraft": Text("航空运输", "Aircraft transport"),
}
PIXELS_OF_A_ROW: Final = 22  # of sheets.ROW_HEIGHT
STAGE_SHEET: Final = Text("核算-{}", "Calc {}")


@frozen
class SummaryBlock:
    """The rows of one product on the summary."""

    title: int
    total_line: int
    state: int
    header: int
    stages: Mapping[Stage, int]
    total: int
    note: int
    credits: int  # rows of what stands beside the result
    contractual: int
    chart: int
    end: int


@frozen
class PlantBlock:
    """The rows of one plant on the allocation sheet."""

    title: int
    header: int
    first: int
    total: int


@frozen
class Layout:
    """Names of sheets and rows of everything that is referred to."""

    language: Language
    raw: RawSheets
    sheets: Mapping[str, str]  # "summary", a stage's value, … -> sheet name
    columns: NormalizationColumns
    lines: Mapping[str, LineRows]  # product key -> line id -> row on the normalization sheet and on the trace
    blocks: Mapping[str, tuple[int, int]]  # product key -> first and last row of its counted lines there
    first_rows: Mapping[str, int]  # line id -> the row where its amount is read: its first on that sheet
    stage_lines: Mapping[str, LineRows]  # product key -> line id -> row on its stage's sheet
    stage_bands: Mapping[tuple[str, Stage], int]
    stage_ends: Mapping[Stage, int]  # the last row of a stage's products
    subtotals: Mapping[tuple[str, Stage], int]  # credits that are shown apart stand below their stage's subtotal
    outputs: Mapping[str, int]  # product key -> row of its output on the allocation sheet
    plants: Mapping[str, PlantBlock]
    controls: tuple[ActivityLine, ...]  # plant totals, each with a control row
    control_row: int
    factors: Mapping[str, int]  # factor id -> row on the factor sheet
    gases: tuple[str, ...]  # those that the factors used tell apart: columns of the factor sheet after its last
    rated_lines: Mapping[str, int]  # line id -> row of its scores
    rated_factors: Mapping[str, int]  # factor id -> row of its scores
    variance_row: int  # header of the table of variances below them
    summary: Mapping[str, SummaryBlock]
    comparison: int  # row of the comparison's header on the summary; 0 with one product
    rules: int

    def at(self, sheet: str, row: int, column: int, *, absolute: bool = False) -> str:
        """Return the reference to a cell of one of our sheets, by the sheet's key."""
        return reference(self.sheets[sheet], row, column, absolute=absolute)

    @property
    def primary_word(self) -> str:
        """Return the word that stands for primary data on our sheets."""
        return DATA_QUALITY[0].title.to(self.language)

    def block(self, product: str) -> tuple[int, int]:
        """Return the first and last row of a product's lines on the normalization sheet and on the trace."""
        return self.blocks[product]

    def total(self, product: str) -> str:
        """Return the reference to a product's total on the summary."""
        return self.at("summary", self.summary[product].total, SummaryColumns.EMISSION)


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
    after_lines = FIRST_ROW + len(rated_lines) + 3
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
        factors={factor.id: FIRST_ROW + index for index, factor in enumerate(factors_of(job))},
        gases=_gases(job),
        rated_lines=rated_lines,
        rated_factors=rated_factors,
        variance_row=after_lines + len(rated_factors) + 1,
        summary=summary,
        comparison=comparison,
        rules=rules,
    )


def counted_results(job: ResultsJob) -> Iterator[tuple[ProductFootprint, LineResult]]:
    """Yield every line that enters a product's result."""
    for product in job.footprint.products:
        for stage in product.stages:
            for result in stage.lines:
                yield product, result


def results_of(job: ResultsJob) -> Iterator[tuple[ProductFootprint, LineResult]]:
    """Yield every line of every product in the order of the normalization sheet: the credits shown apart come last."""
    yield from counted_results(job)
    for product in job.footprint.products:
        for result in product.credits:
            yield product, result


def has_contracts(job: ResultsJob) -> bool:
    """Tell whether any line has an alternative by an electricity contract."""
    return any(result.contractual_kg_co2e is not None for _, result in counted_results(job))


def has_removals(product: ProductFootprint) -> bool:
    """Tell whether a stage of a product takes more up than it emits: its bars then go below zero."""
    return bool(removals(product))


def removals(product: ProductFootprint) -> tuple[int, ...]:
    """Return which of a product's stages take more up than they emit."""
    return tuple(index for index, stage in enumerate(product.stages) if (stage.kg_co2e or 0.0) < 0)


def stages_of(job: ResultsJob) -> tuple[Stage, ...]:
    """Return the stages that the results have, in the standard order."""
    found = {stage.stage for product in job.footprint.products for stage in product.stages}
    return tuple(stage for stage in Stage if stage in found)


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
    if not _gases(job):
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


def factors_of(job: ResultsJob) -> tuple[EmissionFactor, ...]:
    """Return the factors that the results use, in the order of their first use."""
    used: dict[str, EmissionFactor] = {}
    for factor in _used_factors(job):
        if factor is not None:
            used.setdefault(factor.id, factor)
    return tuple(used.values())


def _used_factors(job: ResultsJob) -> Iterator[EmissionFactor | None]:
    """Yield the factors of lines, then those of contracts and of scenarios."""
    for _, result in results_of(job):
        yield result.line.factor
    for _, result in counted_results(job):
        if result.line.contract:
            yield result.line.contract.factor
    for scenario in job.inventory.scenarios:
        for change in scenario.changes:
            yield change.factor


def _gases(job: ResultsJob) -> tuple[str, ...]:
    found = {gas for factor in factors_of(job) for gas in factor.gases}
    return tuple(gas for gas in GASES if gas in found)


def _rated(job: ResultsJob) -> list[str]:
    assessed = job.assessment.factors if job.assessment else {}
    return [factor.id for factor in factors_of(job) if factor.id in assessed]


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
    for product in job.footprint.products:
        header = row + 3
        stages = {stage.stage: header + 1 + index for index, stage in enumerate(product.stages)}
        total = header + 1 + len(stages)
        apart = total + 3
        contractual = apart + (1 if product.credits else 0)
        chart = max(contractual + 2, row + 18)
        end = chart + 11 if product.cfp_kg_co2e is not None else contractual + 2
        blocks[product.product.key] = SummaryBlock(
            row, row + 1, row + 2, header, stages, total, total + 1, apart, contractual, chart, end
        )
        row = end + 1
    return blocks, row
