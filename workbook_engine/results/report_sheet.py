"""报告用表: the tables and the figure of the published reports in their form, live, ready to paste into a report.

表1 系统边界, 表2 活动数据清单 (one row for each stage, flow and factor), 表3 各阶段碳排放, 图1 各阶段碳排放占比.

The published reports differ in what they print, so the tables hold what any of them does: a fuel's factor per GJ beside
that per unit, and where totals of the period were given, those of this product beside the amounts per unit, with their
emissions. A stage outside the boundary, and a flow that the company says does not occur, have a row of strokes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.catalogue import ROW_NOT_APPLICABLE
from workbook_engine.grid import address
from workbook_engine.model import Basis, Stage
from workbook_engine.model.biogenic import without_biogenic_co2
from workbook_engine.patterns import pattern
from workbook_engine.results import charts
from workbook_engine.results.columns import AllocationColumns, FactorColumns, StageColumns, SummaryColumns
from workbook_engine.results.factor_sheet import per_gj
from workbook_engine.results.package import DASH, shown
from workbook_engine.results.paging import Block, Headed, in_parts, paginate, table
from workbook_engine.results.pie import pie
from workbook_engine.results.quality_sheet import WHOLE_STAGE
from workbook_engine.results.sheets import (
    Column,
    open_sheet,
    quantity_code,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.study import counted_results, removals
from workbook_engine.results.words import OUTPUT, period_word, product_title, unit_title
from workbook_engine.results.writer import ProductWriter
from workbook_engine.texts import Text
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from workbook_engine.model import EmissionFactor, LineResult, Product, ProductFootprint, StageResult
    from workbook_engine.model.submission import Record
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language

TITLE: Final = Text("报告用表", "Tables for the report")
BOUNDARY: Final = Text("表 {} 系统边界", "Table {}: System boundary")
ACTIVITY: Final = Text("表 {} 活动数据清单（每 {}）", "Table {}: Activity data (per {})")
RESULTS: Final = Text("表 {} 各阶段碳排放（kgCO2e/{}）", "Table {}: Emissions by stage (kgCO2e per {})")
FIGURE: Final = Text("图 {} {} 各阶段碳排放占比", "Figure {}: {}, shares of the stages")
FIGURE_NET: Final = Text(
    "图 {} {} 各阶段占合计的比例（抵减为负）", "Figure {}: {}, stages in % of the total (credits below 0)"
)
NOT_INCLUDED: Final = Text("不纳入", "Left out")
TOTAL: Final = Text("总计", "Total")
WITHOUT_BIOGENIC: Final = Text("不含生物源 CO2", "Without biogenic CO2")
STROKE: Final = "/"  # as the published reports print what there is none of
CHART_ROWS: Final = 16
MAX_TERMS: Final = 40  # cells added one by one in a formula; beyond that the sum goes by the factor's id
_PLAIN_ID = pattern(r"^[A-Za-z][A-Za-z0-9_.\-]*$")  # no wildcard or operator: safe as a criterion of SUMIFS


class At:
    """Columns of the sheet that every study has; those of totals and the source follow, see `_Columns`."""

    STAGE = 2
    FIRST = 3
    SECOND = 4
    UNIT = 5
    FACTOR = 6
    FACTOR_UNIT = 7


ACTIVITY_COLUMNS: Final = {
    At.STAGE: Column(Text("阶段", "Stage"), 18),
    At.FIRST: Column(Text("能源、材料或气体", "Flow"), 22),
    At.SECOND: Column(Text("活动数据", "Activity data"), 18),
    At.UNIT: Column(Text("单位", "Unit"), 9),
    At.FACTOR: Column(Text("排放因子", "Emission factor"), 12),
    At.FACTOR_UNIT: Column(Text("因子单位", "Factor unit"), 14),
}
PER_GJ: Final = Column(Text("单位热值因子 tCO2/GJ", "Factor per GJ tCO2/GJ"), 13)
TOTAL_ACTIVITY: Final = Text("{period}活动数据\n（本产品）", "Activity data of the {period} (this product)")
TOTAL_EMISSION: Final = Text("{period}碳排放 kgCO2e", "Emission of the {period} kgCO2e")
SOURCE: Final = Column(Text("因子来源", "Factor source"), 42)
RESULT_COLUMNS: Final = {
    At.STAGE: Column(Text("阶段", "Stage"), 18),
    At.FIRST: Column(Text("碳排放 kgCO2e", "Emission kgCO2e"), 22),
    At.SECOND: Column(Text("占比", "Share"), 18),
}
PER_GJ_CODE: Final = "0.0000##"  # 0.0726 where a document prints it so, else 0.072585


class _Columns:
    """Columns of the activity data: of those that not every study has, the ones that this one needs."""

    def __init__(self, job: ResultsJob, language: Language) -> None:
        period = period_word(job).to(language)
        titles = (words.to(language).format(period=period) for words in (TOTAL_ACTIVITY, TOTAL_EMISSION))
        totals = [Column(Text(title, title), 19) for title in titles]
        optional = [*([PER_GJ] if any(map(per_gj, job.factors)) else []), *(totals if has_totals(job) else [])]
        specs = [*ACTIVITY_COLUMNS.values(), *optional, SOURCE]
        self.specs = dict(enumerate(specs, start=At.STAGE))
        self.last = max(self.specs)
        self.per_gj = At.FACTOR_UNIT + 1 if PER_GJ in optional else 0  # 0: not shown
        self.totals = self.last - 2 if has_totals(job) else 0  # the first of its two columns

    @property
    def boundary(self) -> dict[tuple[int, int], Text]:
        """Return the first and last column of each column of the boundary's table: what is in has about half."""
        half = math.fsum(self.specs[column].width for column in range(At.FIRST, self.last)) / 2
        end, width = At.FIRST, self.specs[At.FIRST].width
        while width < half:
            end += 1
            width += self.specs[end].width
        return {
            (At.STAGE, At.STAGE): Text("阶段", "Stage"),
            (At.FIRST, end): Text("纳入的过程", "Included"),
            (end + 1, self.last - 1): Text("排除的过程", "Excluded"),
            (self.last, self.last): Text("排除的理由", "Why"),
        }


def has_totals(job: ResultsJob) -> bool:
    """Tell whether totals of the period were given that a product's output divides."""
    return any(
        result.line.basis is not Basis.PER_UNIT and product.product.output is not None
        for product, result in counted_results(job)
    )


def write_report(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "report", TITLE)
    columns = _Columns(job, layout.language)
    page.widths({column: spec.width for column, spec in columns.specs.items()})
    longest = max(text_width(stage.title.to(layout.language)) for stage in Stage)
    page.widths({At.STAGE: max(ACTIVITY_COLUMNS[At.STAGE].width, longest + 3)})
    row = _boundary(page, job, layout, columns, 4)
    blocks, headed = [Block(4, row - 1)], None
    for number, product in enumerate(job.footprint.products, start=1):
        tables = _Product(page, job, layout, product, number, columns)
        row = tables.write(row + 1)
        blocks.append(tables.on_paper)
        headed = tables.headed
    several = len(job.footprint.products) > 1  # each has tables of its own below the last one's
    paginate(page, blocks, (At.STAGE, columns.last), None if several else headed, portrait=not columns.totals)
    page.sheet.freeze_panes(2, 0)


def _caption(page: Page, row: int, text: str) -> None:
    page.text(row, At.STAGE, shown(text), "bold")


def _boundary(page: Page, job: ResultsJob, layout: Layout, columns: _Columns, row: int) -> int:
    language = layout.language
    _caption(page, row, BOUNDARY.to(language).format(1))
    page.landmark("boundary", row, At.STAGE)
    for at, title in columns.boundary.items():
        page.across(row + 1, at, title.to(language), "header")
    row += 2
    for stage in Stage:
        boundary = job.inventory.boundary.get(stage)
        if boundary is None:
            continue
        name = stage.title.to(language)
        if boundary.included:
            texts = (name, boundary.covers or name, boundary.excludes or STROKE, boundary.reason or STROKE)
        else:
            texts = (name, NOT_INCLUDED.to(language), WHOLE_STAGE.to(language), boundary.reason or STROKE)
        for at, text in zip(columns.boundary, texts, strict=True):
            page.across(row, at, shown(text))
        row += 1
    return row


class _Product(ProductWriter):
    """The tables and the figure of one product."""

    def __init__(
        self, page: Page, job: ResultsJob, layout: Layout, product: ProductFootprint, number: int, columns: _Columns
    ) -> None:
        super().__init__(page, job, layout, product)
        self.number = number
        self.columns = columns
        results = {stage.stage: stage for stage in product.stages}
        left_out = {stage for stage, boundary in job.inventory.boundary.items() if not boundary.included}
        self.stages = [(stage, results.get(stage)) for stage in Stage if stage in results or stage in left_out]
        self.block = layout.summary[product.product.key]
        self.on_paper, self.headed = Block(0, 0), Headed(0, 0)  # the latter: activity data

    def write(self, row: int) -> int:
        write_section(self.page, row, product_title(self.product.product), (At.STAGE, self.columns.last))
        start, caption = row, self._output(row + 1) + 1
        below = self._activity(caption)
        row = self._results(below + 1)
        end = self._figure(row + 1) if self.product.cfp_kg_co2e else row
        self.headed = Headed(caption + 1, below - 1)
        activity = table(start, caption + 2, below - 1)
        self.on_paper = in_parts(activity, Block(below, end - 1))  # the figure stays with its table
        return end

    def _output(self, row: int) -> int:
        """Write the output of the period where it is known, and return the next row."""
        output = self.product.product.output
        if output is None:
            return row
        page, period = self.page, period_word(self.job).to(self.language)
        page.text(row, At.STAGE, OUTPUT.to(self.language).format(period=period), "bold")
        page.formula(row, At.FIRST, self._output_cell, output.value, "number", quantity_code(output.value))
        page.text(row, At.SECOND, shown(output.unit or self.product.product.unit), "plain")
        return row + 1

    @property
    def _output_cell(self) -> str:
        return self.layout.at("allocation", self.layout.outputs[self.key], AllocationColumns.OUTPUT)

    def _activity(self, row: int) -> int:
        unit = self.product.product.unit
        _caption(self.page, row, ACTIVITY.to(self.language).format(2 * self.number, unit))
        write_header(self.page, self.columns.specs, self.language, row + 1)
        row += 2
        for stage, result in self.stages:
            first = row
            for results in _groups(result) if result else ():
                self._flow(row, stage, results)
                row += 1
            for flow, unit in none_of(self.job, self.product.product, stage, self.language) if result else ():
                self._strokes(row, stage, flow, unit)
                row += 1
            if row == first:
                self._strokes(row, stage)
                row += 1
        return row

    def _strokes(self, row: int, stage: Stage, flow: str = "", unit: str = "") -> None:
        """Write a row of which nothing is counted."""
        write_texts(self.page, row, [(At.STAGE, stage.title.to(self.language)), (At.FIRST, flow or STROKE)])
        for column in range(At.SECOND, self.columns.last):
            style = "centre" if column in (At.UNIT, At.FACTOR_UNIT) else "dash"
            self.page.text(row, column, shown(unit) if unit and column == At.UNIT else STROKE, style)
        self.page.text(row, self.columns.last, STROKE)

    def _flow(self, row: int, stage: Stage, results: list[LineResult]) -> None:
        page, first = self.page, results[0].line
        flow = first.flow.name.to(self.language) if first.flow else first.flow_typed
        write_texts(page, row, [(At.STAGE, stage.title.to(self.language)), (At.FIRST, flow or DASH)])
        activities = [result.activity for result in results]
        total = None if None in activities else math.fsum(activity or 0.0 for activity in activities)
        page.figure(row, At.SECOND, self._sum(stage, results), total, "number", self.amounts)
        unit = unit_title(first.flow.unit, self.language) if first.flow and total is not None else ""
        page.text(row, At.UNIT, unit, "centre")
        self._factor(row, first.factor)
        if self.columns.totals:
            self._totals(row, total, first.factor)

    def _factor(self, row: int, factor: EmissionFactor | None) -> None:
        page, columns = self.page, self.columns
        if factor is None:
            page.text(row, At.FACTOR, DASH, "dash")
            blanks = [At.FACTOR_UNIT, *([columns.per_gj] if columns.per_gj else []), columns.last]
            write_texts(page, row, [(column, "") for column in blanks])
            return
        at = self.layout.factors[factor.id]
        page.formula(row, At.FACTOR, self.layout.at("factors", at, FactorColumns.VALUE), factor.value)
        page.text(row, At.FACTOR_UNIT, unit_title(factor.unit, self.language), "centre")
        page.text(row, columns.last, shown(factor.source))
        value = per_gj(factor)
        if columns.per_gj and value is None:
            page.text(row, columns.per_gj, STROKE, "dash")
        elif columns.per_gj:
            page.figure(
                row, columns.per_gj, self.layout.at("factors", at, FactorColumns.PER_GJ), value, "number", PER_GJ_CODE
            )

    def _totals(self, row: int, activity: float | None, factor: EmissionFactor | None) -> None:
        """Write what the product's whole output took of a flow in the period, and its emission."""
        output, first = self.product.product.output, self.columns.totals
        total = None if activity is None or output is None else activity * output.value
        of_one, whole = address(row, At.SECOND), address(row, first)
        self.page.figure(row, first, f"{of_one}*{self._output_cell}", total, "number", self.amounts)
        emission = None if total is None or factor is None else total * factor.value
        self.page.figure(row, first + 1, f"{whole}*{address(row, At.FACTOR)}", emission, "number", self.amounts)

    def _sum(self, stage: Stage, results: list[LineResult]) -> str:
        """Return the sum of a flow's lines on the stage's sheet."""
        key, sheet = self.key, stage.value
        rows = [self.layout.stage_lines[key][result.line.id] for result in results]
        factor = results[0].line.factor
        if len(rows) <= MAX_TERMS or factor is None or not _PLAIN_ID.match(factor.id):
            return "+".join(self.layout.at(sheet, row, StageColumns.ACTIVITY) for row in rows)
        last = self.layout.subtotals[key, stage] - 1
        activity, ids = (
            f"{self.layout.at(sheet, rows[0], column)}:{address(last, column)}"
            for column in (StageColumns.ACTIVITY, StageColumns.FACTOR_ID)
        )
        return f'SUMIFS({activity},{ids},"{factor.id}")'

    def _results(self, row: int) -> int:
        unit = self.product.product.unit
        _caption(self.page, row, RESULTS.to(self.language).format(2 * self.number + 1, unit))
        write_header(self.page, RESULT_COLUMNS, self.language, row + 1)
        row += 2
        for stage, result in self.stages:
            name = stage.title.to(self.language)
            if result is None:
                write_texts(self.page, row, [(At.STAGE, name)])
                for column in (At.FIRST, At.SECOND):
                    self.page.text(row, column, STROKE, "dash")
            else:
                self._result(row, name, self.block.stages[stage], result.kg_co2e, result.share, "")
            row += 1
        total = self.product.cfp_kg_co2e
        self._result(row, TOTAL.to(self.language), self.block.total, total, 1.0 if total else None, "total_")
        if not self.block.biogenic or total is None:
            return row + 1
        cell = self.layout.at("summary", self.block.biogenic, SummaryColumns.EMISSION)
        without = math.fsum(map(without_biogenic_co2, self.product.lines))
        self.page.text(row + 1, At.STAGE, WITHOUT_BIOGENIC.to(self.language))
        self.page.formula(row + 1, At.FIRST, cell, without, "number", self.amounts)
        self.page.text(row + 1, At.SECOND, STROKE, "dash")
        return row + 2

    def _result(self, row: int, name: str, source: int, value: float | None, share: float | None, style: str) -> None:
        emission, part = (
            self.layout.at("summary", source, column) for column in (SummaryColumns.EMISSION, SummaryColumns.SHARE)
        )
        self.page.text(row, At.STAGE, name, "total" if style else "text")
        self.page.figure(row, At.FIRST, emission, value, f"{style}number", self.amounts)
        self.page.figure(row, At.SECOND, part, share, f"{style}number", self.shares)

    def _figure(self, row: int) -> int:
        page, product = self.page, self.product
        title = product_title(product.product)
        if (product.cfp_kg_co2e or 0.0) <= 0:  # no shares to be drawn
            return row
        rows = self.block.header + 1, self.block.total - 1
        names, emissions, shares_of = (
            charts.range_of(self.layout.sheets["summary"], *rows, column)
            for column in (SummaryColumns.PIE_NAME, SummaryColumns.EMISSION, SummaryColumns.SHARE)
        )
        if removals(product):
            title = FIGURE_NET.to(self.language).format(self.number, title)
            chart = charts.share_bars(page.package, title, names, shares_of, product)
        else:
            shares = [stage.share or 0.0 for stage in product.stages]
            words = [stage.stage.title.to(self.language) + " 00.00%" for stage in product.stages]
            colours = charts.stage_colours(page.package, product)
            title = FIGURE.to(self.language).format(self.number, title)
            chart = pie(page.package, title, (names, words), emissions, colours, shares)
        chart.set_size({"width": 660, "height": 330})
        page.chart(row, At.STAGE, chart)
        return row + CHART_ROWS


def _groups(stage: StageResult) -> list[list[LineResult]]:
    """Group a stage's lines by flow and factor, in the order of their first line; unknown flows stand alone."""
    groups: dict[tuple[str, str], list[LineResult]] = {}
    for result in stage.lines:
        line = result.line
        key = (line.flow.key if line.flow else line.id, line.factor.id if line.factor else line.id)
        groups.setdefault(key, []).append(result)
    return list(groups.values())


def none_of(job: ResultsJob, product: Product, stage: Stage, language: Language) -> list[tuple[str, str]]:
    """Return flow and unit of the rows of a stage of which the company says that they do not occur.

    A flow that the library has is called by its name there, any other as it was typed.
    """
    table = job.submission.tables.get(stage.value)
    rows = {
        finding.where.row
        for finding in job.findings
        if finding.type is ROW_NOT_APPLICABLE and finding.where and table and finding.where.sheet == table.sheet
    }
    if table is None or not rows:
        return []
    names = {each.name for each in job.inventory.products} - {product.name}
    return [
        (_flow_of(job, record, language) or _typed(record, "item"), _typed(record, "unit"))
        for record in table.records
        if record.row in rows and _typed(record, "product") not in names
    ]


def _flow_of(job: ResultsJob, record: Record, language: Language) -> str:
    typed = _typed(record, "flow")
    flow = job.library.find_flow(typed) if typed and job.library else None
    return flow.name.to(language) if flow else typed


def _typed(record: Record, key: str) -> str:
    return str(record.cells[key].value or "").strip() if key in record.cells else ""
