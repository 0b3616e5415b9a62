"""蒙特卡洛: what a Monte Carlo run drew, with its method, number of draws and seed. Only where a run was asked for.

These figures are values: a workbook cannot draw them again. Beside them stands what the workbook computes now; where
the two part because an input was changed, the sheet says that the run is out of date.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.results import charts
from workbook_engine.results.columns import SummaryColumns
from workbook_engine.results.layout import FIRST_ROW
from workbook_engine.results.sheets import (
    Column,
    amount_format,
    open_sheet,
    set_widths,
    share_format,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.words import product_title
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import Histogram, ProductDraws, ProductFootprint, Sampled
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

MOST: Final = 12  # inputs whose part of the variance is listed
CHART_ROWS: Final = 18  # rows that a chart of 330 pixels covers
BETWEEN: Final = 2  # rows
TITLE: Final = Text("蒙特卡洛模拟", "Monte Carlo simulation")
METHOD: Final = Text(
    "抽样 {draws:,} 次，随机种子 {seed}（NumPy PCG64）。本表是抽样时的数值，不随修改更新。",
    "{draws:,} draws, seed {seed} (NumPy PCG64). These are values of the run: they do not follow changes.",
)
MODEL_ROW: Final = 3
MODEL: Final = Text(
    "各数量与各因子为对数正态分布（填写了其他分布的按所填），计算值为中位数，"
    "σ² 见“{ratings}”；多行共用的因子在一次抽样中取同一个值。",
    "Amounts and factors are lognormal unless another distribution was typed, the computed value is the median, σ² "
    "as on “{ratings}”; a factor that lines share is one figure in each draw.",
)
STALE: Final = Text(
    "输入已修改：以下抽样结果对应修改前的数值，请重新运行。",
    "Inputs were changed: the draws below are of the figures before. Run it again.",
)
CURRENT: Final = Text("抽样结果与当前数值一致。", "The draws are of the present figures.")
TOTAL: Final = Text("合计", "Total")
HISTOGRAM: Final = Text("产品碳足迹的分布：{product}（kgCO2e）", "Distribution of the CFP: {product} (kgCO2e)")
KINDS: Final = {"amount": Text("数量", "amount"), "factor": Text("因子", "factor")}
COUNT: Final = Text("次数", "Draws")


class At:
    """Columns of the sheet's tables: stages, inputs, bins."""

    NAME = 2
    COMPUTED = 3
    MEAN = 4
    MEDIAN = 5
    LOW = 6
    HIGH = 7
    BELOW = 8
    ABOVE = 9

    KIND = 3
    SHARE = 4

    FROM = 2
    TO = 3
    MIDDLE = 4
    COUNT = 5


STAGE_COLUMNS: Final = {
    At.NAME: Column(Text("阶段", "Stage"), 34),
    At.COMPUTED: Column(Text("计算值 kgCO2e", "Computed kgCO2e"), 15),
    At.MEAN: Column(Text("平均值 kgCO2e", "Mean kgCO2e"), 15),
    At.MEDIAN: Column(Text("中位数 kgCO2e", "Median kgCO2e"), 15),
    At.LOW: Column(Text("95 % 下限（2.5 % 分位）", "95 % from (2.5 % quantile)"), 15),
    At.HIGH: Column(Text("95 % 上限（97.5 % 分位）", "95 % to (97.5 % quantile)"), 15),
    At.BELOW: Column(Text("下限相对中位数", "Lower limit to median"), 13),
    At.ABOVE: Column(Text("上限相对中位数", "Upper limit to median"), 13),
}
INPUT_COLUMNS: Final = {
    At.NAME: Column(Text("输入（方差贡献最大的在前）", "Input, the largest part of the variance first"), 34),
    At.KIND: Column(Text("类别", "Kind"), 15),
    At.SHARE: Column(Text("占总量方差", "Of the variance of the total"), 15),
}
BIN_COLUMNS: Final = {
    At.FROM: Column(Text("区间自 kgCO2e", "Bin from kgCO2e"), 34),
    At.TO: Column(Text("区间至 kgCO2e", "Bin to kgCO2e"), 15),
    At.MIDDLE: Column(Text("区间中点", "Its middle"), 15),
    At.COUNT: Column(COUNT, 15),
}


def write_draws(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet; nothing where no run was asked for."""
    run = job.assessment.monte_carlo if job.assessment else None
    if run is None:
        return
    sampling = run.sampling
    method = METHOD.to(layout.language).format(draws=sampling.draws, seed=sampling.seed)
    page = open_sheet(package, job, layout, "draws", TITLE, method)
    set_widths(page, STAGE_COLUMNS, layout.language)
    page.text(MODEL_ROW, At.NAME, MODEL.to(layout.language).format(ratings=layout.sheets["ratings"]), "subtitle")
    products = {product.product.key: product for product in job.footprint.products}
    row = FIRST_ROW
    breaks: list[int] = []
    for draws in run.products:
        block = _Block(page, job, layout, products[draws.product], draws)
        row = block.write(row)
        breaks += block.breaks
    page.sheet.set_h_pagebreaks(breaks[:-1])


class _Block:
    """One product: stages and total, inputs, histogram."""

    def __init__(
        self, page: Page, job: ResultsJob, layout: Layout, product: ProductFootprint, draws: ProductDraws
    ) -> None:
        self.page = page
        self.layout = layout
        self.language = layout.language
        self.product = product
        self.draws = draws
        self.amounts = amount_format(job)
        self.shares = share_format(job)
        self.breaks: list[int] = []  # rows after which a page ends
        self.items = {result.line.id: result.line.item for stage in product.stages for result in stage.lines}

    def write(self, row: int) -> int:
        """Write the block from `row` on and return the row of the next."""
        page = self.page
        write_section(page, row, product_title(self.product.product), (At.NAME, At.ABOVE))
        self._currency(row + 1)
        stages = row + 2
        chart = stages + len(self.product.stages) + 1 + BETWEEN
        inputs = chart + CHART_ROWS
        largest = list(self.draws.variance_shares.items())[:MOST]
        bins = inputs + len(largest) + BETWEEN
        end = bins + len(self.draws.histogram.counts) + 1
        self.breaks = [inputs - 1, end]
        self._stages(stages)
        self._chart(chart, bins)
        self._inputs(inputs, largest)
        self._bins(bins)
        return end + BETWEEN

    def _currency(self, row: int) -> None:
        """Say whether the workbook still computes what the run was made for."""
        total = self.product.cfp_kg_co2e or 0.0
        now = self.layout.total(self.product.product.key)
        same = f"ABS({now}-{total!r})<={abs(total) * 1e-9!r}"
        current, stale = (text.to(self.language) for text in (CURRENT, STALE))
        self.page.formula(row, At.NAME, f'IF({same},"{current}","{stale}")', current, "note")

    # -- stages

    def _stages(self, header: int) -> None:
        write_header(self.page, STAGE_COLUMNS, self.language, header)
        block = self.layout.summary[self.product.product.key]
        for offset, stage in enumerate(self.product.stages, start=1):
            source = self.layout.at("summary", block.stages[stage.stage], SummaryColumns.EMISSION)
            title = stage.stage.title.to(self.language)
            self._sampled(header + offset, title, source, stage.kg_co2e, self.draws.stages[stage.stage])
        row = header + len(self.product.stages) + 1
        source = self.layout.total(self.product.product.key)
        title = TOTAL.to(self.language)
        self._sampled(row, title, source, self.product.cfp_kg_co2e, self.draws.total, total=True)

    def _sampled(
        self, row: int, title: str, source: str, value: float | None, sampled: Sampled, *, total: bool = False
    ) -> None:
        page, style = self.page, "total_number" if total else "number"
        page.text(row, At.NAME, title, "total" if total else "text")
        page.figure(row, At.COMPUTED, source, value, style, self.amounts)
        figures = ((At.MEAN, sampled.mean), (At.MEDIAN, sampled.median), (At.LOW, sampled.low), (At.HIGH, sampled.high))
        for column, figure in figures:
            page.number(row, column, figure, style, self.amounts)
        median = address(row, At.MEDIAN)
        for column, of, figure in ((At.BELOW, At.LOW, sampled.low), (At.ABOVE, At.HIGH, sampled.high)):
            relative = figure / sampled.median - 1 if sampled.median else None
            page.figure(row, column, f"{address(row, of)}/{median}-1", relative, style, "+0.0%;-0.0%")

    # -- inputs

    def _inputs(self, header: int, shares: list[tuple[tuple[str, str], float]]) -> None:
        write_header(self.page, INPUT_COLUMNS, self.language, header)
        for row, ((kind, subject), share) in enumerate(shares, start=header + 1):
            name = f"{subject} {self.items.get(subject, '')}".strip()
            write_texts(self.page, row, [(At.NAME, name), (At.KIND, KINDS[kind].to(self.language))])
            self.page.number(row, At.SHARE, share, "number", self.shares)

    # -- histogram

    def _chart(self, row: int, header: int) -> None:
        histogram = self.draws.histogram
        rows = (header + 1, header + len(histogram.counts))
        middles, counts = (charts.cells(self.page, *rows, column) for column in (At.MIDDLE, At.COUNT))
        title = HISTOGRAM.to(self.language).format(product=product_title(self.product.product))
        bars = charts.histogram(self.page.package, title, COUNT.to(self.language), middles, counts, _digits(histogram))
        bars.set_size({"width": 900, "height": 330})
        self.page.chart(row, At.NAME, bars)

    def _bins(self, header: int) -> None:
        histogram = self.draws.histogram
        write_header(self.page, BIN_COLUMNS, self.language, header)
        for index, count in enumerate(histogram.counts):
            row = header + 1 + index
            low, high = histogram.edges[index], histogram.edges[index + 1]
            self.page.number(row, At.FROM, low, "number", self.amounts)
            self.page.number(row, At.TO, high, "number", self.amounts)
            middle = f"({address(row, At.FROM)}+{address(row, At.TO)})/2"
            self.page.formula(row, At.MIDDLE, middle, (low + high) / 2, "number", self.amounts)
            self.page.number(row, At.COUNT, count, "number", "#,##0")


def _digits(histogram: Histogram) -> str:
    """Return the number format of the axis: two digits of the width of a bin."""
    width = histogram.edges[1] - histogram.edges[0]
    decimals = max(0, 1 - math.floor(math.log10(width))) if width > 0 else 2
    return "#,##0" + ("." + "0" * decimals if decimals else "")
