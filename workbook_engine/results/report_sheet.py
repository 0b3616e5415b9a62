"""报告用表: the tables and the figure of the published reports in their form, live, ready to paste into a report.

表1 系统边界, 表2 活动数据清单 (one row for each stage, flow and factor), 表3 各阶段碳排放, 图1 各阶段碳排放占比.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.model import Stage
from workbook_engine.patterns import pattern
from workbook_engine.results import charts
from workbook_engine.results.columns import FactorColumns, StageColumns, SummaryColumns
from workbook_engine.results.package import DASH, shown
from workbook_engine.results.pie import pie
from workbook_engine.results.sheets import (
    Column,
    Part,
    open_sheet,
    paginate,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.study import removals
from workbook_engine.results.words import SEMICOLON, product_title
from workbook_engine.results.writer import ProductWriter
from workbook_engine.texts import Text
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from workbook_engine.model import LineResult, ProductFootprint, StageResult
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("报告用表", "Tables for the report")
BOUNDARY: Final = Text("表 {} 系统边界", "Table {}: system boundary")
ACTIVITY: Final = Text("表 {} 活动数据清单（每{}）", "Table {}: activity data (per {})")
RESULTS: Final = Text("表 {} 各阶段碳排放（kgCO2e/{}）", "Table {}: emissions by stage (kgCO2e per {})")
FIGURE: Final = Text("图 {} {} 各阶段碳排放占比", "Figure {}: {}, shares of the stages")
FIGURE_NET: Final = Text(
    "图 {} {} 各阶段占合计的比例（抵减为负）", "Figure {}: {}, stages in % of the total (credits below 0)"
)
NOT_INCLUDED: Final = Text("不纳入", "left out")
TOTAL: Final = Text("总计", "Total")
CHART_ROWS: Final = 16
MAX_TERMS: Final = 40  # cells added one by one in a formula; beyond that the sum goes by the factor's id
_PLAIN_ID = pattern(r"^[A-Za-z][A-Za-z0-9_.\-]*$")  # no wildcard or operator: safe as a criterion of SUMIFS


class At:
    """Columns of the sheet."""

    STAGE = 2
    FIRST = 3
    SECOND = 4
    UNIT = 5
    FACTOR = 6
    FACTOR_UNIT = 7
    SOURCE = 8


WIDTHS: Final = {
    At.STAGE: 18,
    At.FIRST: 24,
    At.SECOND: 20,
    At.UNIT: 10,
    At.FACTOR: 13,
    At.FACTOR_UNIT: 15,
    At.SOURCE: 46,
}
BOUNDARY_COLUMNS: Final = {  # first and last column of each
    (At.STAGE, At.STAGE): Text("阶段", "Stage"),
    (At.FIRST, At.SECOND): Text("纳入的过程", "Included"),
    (At.UNIT, At.SOURCE): Text("排除的过程", "Excluded"),
}
ACTIVITY_COLUMNS: Final = {
    At.STAGE: Column(Text("阶段", "Stage"), 18),
    At.FIRST: Column(Text("能源、材料或气体", "Flow"), 24),
    At.SECOND: Column(Text("活动数据", "Activity data"), 20),
    At.UNIT: Column(Text("单位", "Unit"), 10),
    At.FACTOR: Column(Text("排放因子", "Emission factor"), 13),
    At.FACTOR_UNIT: Column(Text("因子单位", "Factor unit"), 15),
    At.SOURCE: Column(Text("因子来源", "Factor source"), 46),
}
RESULT_COLUMNS: Final = {
    At.STAGE: Column(Text("阶段", "Stage"), 18),
    At.FIRST: Column(Text("碳排放 kgCO2e", "Emission kgCO2e"), 24),
    At.SECOND: Column(Text("占比", "Share"), 20),
}


def write_report(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "report", TITLE)
    page.widths({column: spec.width for column, spec in ACTIVITY_COLUMNS.items()})
    longest = max(text_width(stage.title.to(layout.language)) for stage in Stage)
    page.widths({At.STAGE: max(ACTIVITY_COLUMNS[At.STAGE].width, longest + 3)})
    row = _boundary(page, job, layout, 4)
    parts: list[Part] = [(4, row - 1)]
    for number, product in enumerate(job.footprint.products, start=1):
        tables = _Product(page, job, layout, product, number)
        row = tables.write(row + 1)
        parts.append(tables.part)
    paginate(page, parts, (At.STAGE, At.SOURCE), portrait=True)
    page.sheet.freeze_panes(2, 0)


def _caption(page: Page, row: int, text: str) -> None:
    page.text(row, At.STAGE, shown(text), "bold")


def _boundary(page: Page, job: ResultsJob, layout: Layout, row: int) -> int:
    language = layout.language
    _caption(page, row, BOUNDARY.to(language).format(1))
    page.landmark("boundary", row, At.STAGE)
    for columns, title in BOUNDARY_COLUMNS.items():
        page.across(row + 1, columns, title.to(language), "header")
    row += 2
    for stage in Stage:
        boundary = job.inventory.boundary.get(stage)
        if boundary is None:
            continue
        covers = boundary.covers if boundary.included else NOT_INCLUDED.to(language)
        left_out = SEMICOLON.to(language).join(part for part in (boundary.excludes, boundary.reason) if part)
        texts = (stage.title.to(language), covers or stage.title.to(language), left_out or "/")
        for columns, text in zip(BOUNDARY_COLUMNS, texts, strict=True):
            page.across(row, columns, shown(text))
        row += 1
    return row


class _Product(ProductWriter):
    """The tables and the figure of one product."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout, product: ProductFootprint, number: int) -> None:
        super().__init__(page, job, layout, product)
        self.number = number
        self.block = layout.summary[product.product.key]
        self.part: Part = ()

    def write(self, row: int) -> int:
        write_section(self.page, row, product_title(self.product.product), (At.STAGE, At.SOURCE))
        start = row
        results = self._activity(row + 2)
        row = self._results(results + 1)
        end = self._figure(row + 1) if self.product.cfp_kg_co2e else row
        self.part = (start, results + 1, end - 1)  # the figure stays with its table
        return end

    def _activity(self, row: int) -> int:
        unit = self.product.product.unit
        _caption(self.page, row, ACTIVITY.to(self.language).format(2 * self.number, unit))
        write_header(self.page, ACTIVITY_COLUMNS, self.language, row + 1)
        row += 2
        for stage in self.product.stages:
            for results in _groups(stage):
                self._flow(row, stage, results)
                row += 1
            if not stage.lines:
                texts = (stage.stage.title.to(self.language), "/", "/", "/", "/", "/", "/")
                write_texts(self.page, row, list(enumerate(texts, start=At.STAGE)))
                row += 1
        return row

    def _flow(self, row: int, stage: StageResult, results: list[LineResult]) -> None:
        page, first = self.page, results[0].line
        flow = first.flow.name.to(self.language) if first.flow else first.flow_typed
        write_texts(page, row, [(At.STAGE, stage.stage.title.to(self.language)), (At.FIRST, flow or DASH)])
        activities = [result.activity for result in results]
        total = None if None in activities else math.fsum(activity or 0.0 for activity in activities)
        page.figure(row, At.SECOND, self._sum(stage, results), total, "number", self.amounts)
        page.text(row, At.UNIT, first.flow.unit if first.flow and total is not None else "", "centre")
        if first.factor is None:
            page.text(row, At.FACTOR, DASH, "dash")
            write_texts(page, row, [(At.FACTOR_UNIT, ""), (At.SOURCE, "")])
            return
        at = self.layout.factors[first.factor.id]
        page.formula(row, At.FACTOR, self.layout.at("factors", at, FactorColumns.VALUE), first.factor.value)
        page.text(row, At.FACTOR_UNIT, first.factor.unit, "centre")
        page.text(row, At.SOURCE, shown(first.factor.source))

    def _sum(self, stage: StageResult, results: list[LineResult]) -> str:
        """Return the sum of a flow's lines on the stage's sheet."""
        key, sheet = self.product.product.key, stage.stage.value
        rows = [self.layout.stage_lines[key][result.line.id] for result in results]
        factor = results[0].line.factor
        if len(rows) <= MAX_TERMS or factor is None or not _PLAIN_ID.match(factor.id):
            return "+".join(self.layout.at(sheet, row, StageColumns.ACTIVITY) for row in rows)
        last = self.layout.subtotals[key, stage.stage] - 1
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
        for stage in self.product.stages:
            source = self.block.stages[stage.stage]
            self._result(row, stage.stage.title.to(self.language), source, stage.kg_co2e, stage.share, "")
            row += 1
        total = self.product.cfp_kg_co2e
        self._result(row, TOTAL.to(self.language), self.block.total, total, 1.0 if total else None, "total_")
        return row + 1

    def _result(self, row: int, name: str, source: int, value: float | None, share: float | None, style: str) -> None:
        emission, part = (
            self.layout.at("summary", source, column) for column in (SummaryColumns.EMISSION, SummaryColumns.SHARE)
        )
        self.page.text(row, At.STAGE, name, "total" if style else "text")
        self.page.figure(row, At.FIRST, emission, value, f"{style}number", self.amounts)
        self.page.figure(row, At.SECOND, part, share, f"{style}number", self.shares)

    def _figure(self, row: int) -> int:
        page, product = self.page, self.product
        first, last = row - 1 - len(product.stages) - 1, row - 3
        title = product_title(product.product)
        if (product.cfp_kg_co2e or 0.0) <= 0:  # no shares to be drawn
            return row
        rows = self.block.header + 1, self.block.total - 1
        names = charts.range_of(self.layout.sheets["summary"], *rows, SummaryColumns.PIE_NAME)
        if removals(product):
            title = FIGURE_NET.to(self.language).format(self.number, title)
            values = charts.cells(page, first, last, At.SECOND)
            chart = charts.share_bars(page.package, title, names, values, product)
        else:
            values = charts.cells(page, first, last, At.FIRST)
            shares = [stage.share or 0.0 for stage in product.stages]
            words = [stage.stage.title.to(self.language) + " 00.00%" for stage in product.stages]
            colours = charts.stage_colours(page.package, product)
            title = FIGURE.to(self.language).format(self.number, title)
            chart = pie(page.package, title, (names, words), values, colours, shares)
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
