"""不确定性与敏感性: how far each total may be off, what that comes from, and which input moves it most.

Analytic propagation, first order, of lognormal amounts and factors (GHG Protocol, Quantitative inventory uncertainty):
σ² of a total = Σ (Eᵢ/E)² σ²ₐᵢ + Σ over factors (Σ of the Eᵢ that use it / E)² σ²f; GSD = exp σ; the 95 % interval is
value ÷ and × GSD^1.96.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.grid import address
from workbook_engine.results import charts
from workbook_engine.results.columns import (
    SummaryColumns,
    TraceColumns,
    UncertaintyColumns,
)
from workbook_engine.results.package import called, shown
from workbook_engine.results.paging import Block, Headed, in_parts, paginate, table
from workbook_engine.results.sheets import (
    Column,
    open_sheet,
    set_widths,
    write_band,
    write_header,
    write_section,
)
from workbook_engine.results.study import has_removals
from workbook_engine.results.trace_sheet import why_not_ranked
from workbook_engine.results.uncertainty_lines import CARBON_COLUMNS, LINE_COLUMNS, LineTable, has_carbon
from workbook_engine.results.uncertainty_lines import At as Line
from workbook_engine.results.words import INPUT_KINDS, product_title
from workbook_engine.results.writer import ProductWriter
from workbook_engine.texts import Text
from workbook_engine.widths import on_one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import (
        Assessment,
        Interval,
        ProductAssessment,
        ProductFootprint,
        Swing,
    )
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

Z95: Final = "1.96"  # 97.5 % quantile of the standard normal distribution
STEP_ROW: Final = 3
MOST: Final = 12  # swings that the tornado shows
CHART_ROWS: Final = 17
BARS: Final = 8  # so many of the tornado's have room for their names in a chart of that size; each more makes it taller
BAR_ROWS, BAR_PIXELS = 1, 22
CHART_SIZE: Final = {"width": 680, "height": 350}  # two of them side by side are as wide as the tables
FIRST_BLOCK: Final = 5
AXIS_WIDTH: Final = 60  # of a name on the tornado's axis, half of which is left for the bars
Distance = tuple[float | None, float | None]  # how far an interval reaches down and up; None: not known
NOT_SHOWN_ROWS: Final = 3
TITLE: Final = Text("不确定性与敏感性", "Uncertainty and sensitivity")
STEP: Final = Text("敏感性：每个输入单独变动（可改）：", "Sensitivity: each input moved by (can be changed):")
NOT_ASSESSED: Final = Text("{why}，不作评价。", "Not assessed: {why}.")
METHOD: Final = Text(
    "解析传播（一阶，对数正态）：GHG Protocol《定量清单不确定性》；"
    "95 % 区间 = 数值 ÷、× GSD^1.96；产量与权重视为准确。",
    "Analytic propagation (first order, lognormal): GHG Protocol, Quantitative inventory uncertainty; 95 % interval = "
    "value ÷ and × GSD^1.96; outputs and weights count as exact.",
)
TOTAL: Final = Text("合计", "Total")
ERROR_CHART: Final = Text("各阶段碳排放与 95 % 区间（kgCO2e）", "Emissions by stage with 95 % interval (kgCO2e)")
TORNADO: Final = Text("敏感性：单个输入变动时总量的变化（kgCO2e）", "Sensitivity: change of the total (kgCO2e)")
SWINGS: Final = Text("敏感性：每个输入单独变动", "Sensitivity: each input moved by itself")
LINES: Final = Text("不确定性：各数据行的贡献", "Uncertainty: what each line adds")
LOWER: Final = Text("输入降低", "input lower")
HIGHER: Final = Text("输入升高", "input higher")
OUTPUT_OF: Final = Text("产量：{}", "Output: {}")


class At(UncertaintyColumns):
    """Columns of the sheet's tables: stages, swings, lines."""

    MINUS = 10
    PLUS = 11

    KIND = 3
    SWING_LOW = 4
    SWING_HIGH = 5
    CHANGE_LOW = 6
    CHANGE_HIGH = 7
    AXIS = 17  # beside what is printed: names as short as the tornado has room for


STAGE_COLUMNS: Final = {
    At.NAME: Column(Text("阶段", "Stage"), 34),
    At.EMISSION: Column(Text("碳排放 kgCO2e", "Emission kgCO2e"), 14),
    At.DQR: Column(Text("DQR（1–5）", "DQR (1–5)"), 14),
    At.PRIMARY: Column(Text("初级数据占比", "Primary data"), 18),
    At.VARIANCE: Column(Text("方差 σ²", "Variance σ²"), 13),
    At.GSD: Column(Text("几何标准差 GSD", "GSD"), 13),
    At.LOW: Column(Text("95 % 下限 kgCO2e", "95 % from kgCO2e"), 13),
    At.HIGH: Column(Text("95 % 上限 kgCO2e", "95 % to kgCO2e"), 13),
    At.MINUS: Column(Text("值 − 下限 kgCO2e", "Value − low kgCO2e"), 13),
    At.PLUS: Column(Text("上限 − 值 kgCO2e", "High − value kgCO2e"), 13),
}
SWING_COLUMNS: Final = {
    At.NAME: Column(Text("输入", "Input"), 34),
    At.KIND: Column(Text("类别", "Kind"), 14),
    At.SWING_LOW: Column(Text("降低时总量 kgCO2e", "Total, input lower kgCO2e"), 14),
    At.SWING_HIGH: Column(Text("升高时总量 kgCO2e", "Total, input higher kgCO2e"), 14),
    At.CHANGE_LOW: Column(Text("降低时变化 kgCO2e", "Change, lower kgCO2e"), 13),
    At.CHANGE_HIGH: Column(Text("升高时变化 kgCO2e", "Change, higher kgCO2e"), 13),
    At.AXIS: Column(Text("图：名称", "Chart: name"), 34),
}


def write_uncertainty(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet; nothing where the study was not assessed."""
    assessment = job.assessment
    if assessment is None:
        return
    page = open_sheet(package, job, layout, "uncertainty", TITLE, METHOD.to(layout.language))
    columns = LINE_COLUMNS | (CARBON_COLUMNS if any(map(has_carbon, job.footprint.products)) else {})
    last = max(columns)
    set_widths(page, columns, layout.language)
    page.text(STEP_ROW, At.NAME, STEP.to(layout.language), "plain")
    page.number(STEP_ROW, Line.LINE_DQR, assessment.step, "input", "0%")
    page.sheet.freeze_panes(STEP_ROW, 0)
    plan = _plan(job, assessment)
    blocks: list[Block] = []
    products = []
    for product, assessed in zip(job.footprint.products, assessment.products, strict=True):
        written = _Product(page, job, layout, product, assessed, plan.products[product.product.key])
        blocks.append(written.write())
        products.append(written)
    if not plan.header:
        paginate(page, blocks, (At.NAME, last))
        return
    page.text(plan.header - 1, At.NAME, LINES.to(layout.language), "bold")
    write_header(page, columns, layout.language, plan.header)
    start, end = plan.header - 1, plan.header
    for written in products:
        if written.at.lines:
            written.write_lines(last)
            end = written.table.last
            blocks.append(table(start, written.table.first, end))
            start = end + 1
    paginate(page, blocks, (At.NAME, last), Headed(plan.header, end))
    page.sheet.print_area(0, 0, end - 1, last - 1)


class _Rows(NamedTuple):
    """Where a product's tables and charts begin; of tables the header row, above which their title may stand."""

    start: int
    stages: int = 0  # this and what follows: 0 where it is not assessed
    charts: int = 0
    swings: int = 0
    end: int = 0
    band: int = 0  # above its lines, where several products have some
    lines: int = 0  # the first of them


class _Plan(NamedTuple):
    """The sheet: what each product has, by its key, and below that the header of the lines of all (0: none)."""

    products: Mapping[str, _Rows]
    header: int


def _plan(job: ResultsJob, assessment: Assessment) -> _Plan:
    """Settle the rows. The charts stand below the short table, so that both fill the first page."""
    products: dict[str, _Rows] = {}
    row = FIRST_BLOCK
    for product, assessed in zip(job.footprint.products, assessment.products, strict=True):
        if why_not_ranked(product):
            products[product.product.key] = _Rows(row)
            row += NOT_SHOWN_ROWS
            continue
        count = len(assessed.swings[:MOST])
        charts_row = row + len(product.stages) + 4
        swings = charts_row + CHART_ROWS + BAR_ROWS * max(0, count - BARS) + 1
        products[product.product.key] = _Rows(row, row + 1, charts_row, swings, swings + count)
        row = swings + count + 2
    ranked = [product for product in job.footprint.products if products[product.product.key].stages]
    header = row + 1 if ranked else 0
    below, bands = header + 1, int(len(ranked) > 1)
    for product in ranked:
        key = product.product.key
        products[key] = products[key]._replace(band=below * bands, lines=below + bands)
        below += bands + len(product.lines)
    return _Plan(products, header)


def total_rows(job: ResultsJob) -> dict[str, int]:
    """Return product key -> the row of its total on the sheet, for those that are shown."""
    rows = _plan(job, job.assessment).products if job.assessment else {}
    return {
        product.product.key: rows[product.product.key].stages + len(product.stages) + 1
        for product in job.footprint.products
        if rows and rows[product.product.key].stages
    }


class _Product(ProductWriter):
    """One product: stages with intervals, tornado; below those of all products its lines."""

    def __init__(
        self,
        page: Page,
        job: ResultsJob,
        layout: Layout,
        product: ProductFootprint,
        assessed: ProductAssessment,
        at: _Rows,
    ) -> None:
        super().__init__(page, job, layout, product)
        self.at = at
        self.assessed = assessed
        self.results = product.lines
        self.by_line = {result.line.id: result for result in self.results}
        self.total = layout.total(product.product.key)
        self.swings = assessed.swings[:MOST]
        self.step = job.assessment.step if job.assessment else 0.0
        self.table = LineTable(page, job, layout, product, assessed, at.lines)  # what both are computed from

    def write(self) -> Block:
        """Write what stands above the lines, and return its rows."""
        at = self.at
        write_section(self.page, at.start, product_title(self.product.product), (At.NAME, Line.RESPONSE))
        self.page.landmark("uncertainty", at.start, At.NAME)
        if why := why_not_ranked(self.product):
            said = NOT_ASSESSED.to(self.language).format(why=why.to(self.language))
            self.page.text(at.start + 1, At.NAME, said, "note")
            return Block(at.start, at.start + 1)
        self._stages(at.stages)
        self._swings(at.swings)
        return in_parts(Block(at.start, at.swings - 2), Block(at.swings - 1, at.end))

    def write_lines(self, last: int) -> None:
        """Write the lines, where there are several products below a band as wide as the table."""
        if band := self.at.band:
            write_band(self.page, band, product_title(self.product.product), (At.NAME, last))
        self.table.write()

    # -- stages

    def _stages(self, header: int) -> None:
        write_header(self.page, STAGE_COLUMNS, self.language, header)
        block = self.layout.summary[self.product.product.key]
        emissions, stages = self.table.column(Line.LINE_EMISSION), self.table.column(Line.LINE_STAGE)
        weights = f"{emissions}*(({emissions}>0)*2-1)"
        variances = self.table.column(Line.AMOUNT_VARIANCE)
        alike = f"{variances}^0.5*{self.table.column(Line.ALIKE_IN_STAGE)}"
        parts = (
            f"({emissions}*{alike if self.table.has_carbon else f'{emissions}*{variances}'}"
            f"+{emissions}*{self.table.column(Line.SAME_IN_STAGE)}*{self.table.column(Line.FACTOR_VARIANCE)})"
        )
        distances: list[Distance] = []
        for offset, (stage, assessed) in enumerate(
            zip(self.product.stages, self.assessed.stages, strict=True), start=1
        ):
            row = header + offset
            own = f"({stages}={address(row, At.NAME)})"
            self.page.text(row, At.NAME, stage.stage.title.to(self.language))
            source = self.layout.at("summary", block.stages[stage.stage], SummaryColumns.EMISSION)
            self.page.figure(row, At.EMISSION, source, stage.kg_co2e, "number", self.amounts)
            variance = f"SUMPRODUCT({own}*{parts})/{address(row, At.EMISSION)}^2"
            self._judged(row, own + "*" + weights, assessed.dqr, assessed.primary_share)
            distances.append(self._interval(row, variance, assessed.interval, stage.kg_co2e))
        distances.append(self._total(header + len(self.product.stages) + 1, weights))
        self._error_chart(header, distances)

    def _total(self, row: int, weights: str) -> Distance:
        self.page.text(row, At.NAME, TOTAL.to(self.language), "total")
        cfp = self.product.cfp_kg_co2e
        self.page.figure(row, At.EMISSION, self.total, cfp, "total_number", self.amounts)
        self._judged(row, weights, self.assessed.dqr, self.assessed.primary_share, "total_number")
        variance = f"SUM({self.table.column(Line.PART)})/{address(row, At.EMISSION)}^2"
        return self._interval(row, variance, self.assessed.interval, cfp, "total_number")

    def _judged(self, row: int, weights: str, dqr: float | None, primary: float | None, style: str = "number") -> None:
        first, last = self.layout.block(self.product.product.key)
        kinds = f"{self.layout.at('trace', first, TraceColumns.PRIMARY)}:{address(last, TraceColumns.PRIMARY)}"
        word = self.layout.primary_word
        whole = f"SUMPRODUCT({weights})"
        rated = f"SUMPRODUCT({weights}*{self.table.column(Line.LINE_DQR)})/{whole}"
        self.page.figure(row, At.DQR, rated, dqr, style, "0.00")
        self.page.figure(
            row, At.PRIMARY, f'SUMPRODUCT({weights}*({kinds}="{word}"))/{whole}', primary, style, self.shares
        )

    def _interval(
        self, row: int, variance: str, interval: Interval | None, value: float | None, style: str = "number"
    ) -> Distance:
        """Write a row's interval and return how far its ends are from the value."""
        page, amounts = self.page, self.amounts
        sigma2 = gsd = low = high = down = up = None
        if interval is not None and value is not None:
            sigma2, gsd, low, high = math.log(interval.gsd) ** 2, interval.gsd, interval.low, interval.high
            down, up = value - low, high - value
        cell, factor = address(row, At.EMISSION), f"{address(row, At.GSD)}^{Z95}"
        page.figure(row, At.VARIANCE, variance, sigma2, style, "0.000000")
        page.figure(row, At.GSD, f"EXP(SQRT({address(row, At.VARIANCE)}))", gsd, style, "0.0000")
        page.figure(row, At.LOW, f"{cell}/{factor}", low, style, amounts)
        page.figure(row, At.HIGH, f"{cell}*{factor}", high, style, amounts)
        page.figure(row, At.MINUS, f"{cell}-{address(row, At.LOW)}", down, style, amounts)
        page.figure(row, At.PLUS, f"{address(row, At.HIGH)}-{cell}", up, style, amounts)
        return down, up

    def _error_chart(self, header: int, distances: list[Distance]) -> None:
        rows = (header + 1, header + len(self.product.stages) + 1)
        columns = (At.NAME, At.EMISSION, At.MINUS, At.PLUS, At.HIGH)
        names, values, *errors = (charts.cells(self.page, *rows, column) for column in columns)
        colours = charts.stage_colours(self.page.package, self.product)
        colours.append(self.page.package.theme.dark)
        package = self.page.package
        minus, plus, high = errors
        title = ERROR_CHART.to(self.language)
        from_zero = not has_removals(self.product)
        errors_of = (minus, plus, high)
        chart = charts.with_errors(package, title, names, values, errors_of, distances, colours, from_zero=from_zero)
        chart.set_size(self._chart_size())
        self.page.chart(self.at.charts, At.NAME, chart)

    def _chart_size(self) -> dict[str, int]:
        """Return the size of both charts: as high as the tornado needs."""
        return {**CHART_SIZE, "height": CHART_SIZE["height"] + BAR_PIXELS * max(0, len(self.swings) - BARS)}

    # -- swings

    def _swings(self, header: int) -> None:
        self.page.text(header - 1, At.NAME, SWINGS.to(self.language), "bold")
        write_header(self.page, SWING_COLUMNS, self.language, header)
        for row, swing in enumerate(self.swings, start=header + 1):
            self._swing(row, swing)
        if not self.swings:
            return
        rows = (header + 1, header + len(self.swings))
        columns = (At.AXIS, At.CHANGE_LOW, At.CHANGE_HIGH)
        names, low, high = (charts.cells(self.page, *rows, column) for column in columns)
        words = (LOWER.to(self.language), HIGHER.to(self.language))
        chart = charts.tornado(self.page.package, TORNADO.to(self.language), words, names, low, high)
        chart.set_size(self._chart_size())
        self.page.chart(self.at.charts, At.NAME, chart, x_offset=CHART_SIZE["width"] + 10)

    def _swing(self, row: int, swing: Swing) -> None:
        page, kind = self.page, INPUT_KINDS[swing.kind].to(self.language)
        name = shown(self._subject(swing))
        page.text(row, At.NAME, name)
        page.text(row, At.AXIS, on_one_line(name, AXIS_WIDTH), "plain")
        page.text(row, At.KIND, kind, "centre")
        # The changes are worked out by themselves: the difference of two nearly equal totals has few digits left.
        for column, of, value in (
            (At.SWING_LOW, At.CHANGE_LOW, swing.low),
            (At.SWING_HIGH, At.CHANGE_HIGH, swing.high),
        ):
            page.formula(row, column, f"{self.total}+{address(row, of)}", value, "number", self.amounts)
        for column, sign in ((At.CHANGE_LOW, -1), (At.CHANGE_HIGH, 1)):
            formula, value = self._change(swing, sign)
            page.formula(row, column, formula, value, "number", self.amounts)

    def _subject(self, swing: Swing) -> str:
        if swing.kind == "amount":
            return f"{swing.subject} {called(self.by_line[swing.subject].line.item)}"
        if swing.kind == "output":
            return OUTPUT_OF.to(self.language).format(self.product.product.name)
        factors = (result.line.factor for result in self.results)
        return next(f.name.to(self.language) for f in factors if f and f.id == swing.subject)

    def _change(self, swing: Swing, sign: int) -> tuple[str, float]:
        """Return formula and value of what the total changes with the input lower (-1) or higher (1)."""
        step, moved = f"$F${STEP_ROW}", sign * self.step
        if swing.kind == "output":
            emissions, k = self.table.column(Line.LINE_EMISSION), self.table.column(Line.RESPONSE)
            minus, plus = ("-", "+") if sign > 0 else ("", "-")
            formula = f"SUMPRODUCT({minus}{emissions}*{step}*{k}/(1{plus}{step}*{k}))"
            responses = ((result.kg_co2e or 0.0, self.table.response(result)[1]) for result in self.results)
            return formula, math.fsum(-e * moved * k / (1 + moved * k) for e, k in responses)
        index = next(
            index
            for index, result in enumerate(self.results)
            if swing.subject in (result.line.id, result.line.factor.id if result.line.factor else "")
        )
        is_amount = swing.kind == "amount"
        cell = address(self.table.first + index, Line.LINE_EMISSION if is_amount else Line.SAME_FACTOR)
        emission = (self.results[index].kg_co2e or 0.0) if is_amount else self.table.same[index]
        return f"{'-' if sign < 0 else ''}{step}*{cell}", moved * emission
