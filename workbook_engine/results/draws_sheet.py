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
from workbook_engine.results.package import called
from workbook_engine.results.paging import Block, paginate
from workbook_engine.results.raw import literal
from workbook_engine.results.sheets import (
    Column,
    open_sheet,
    set_widths,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.words import INPUT_KINDS, product_title
from workbook_engine.results.writer import ProductWriter
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import Histogram, ProductDraws, ProductFootprint, Sampled
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

MOST: Final = 12  # inputs whose part of the variance is listed
CHART_ROWS: Final = 17
CHART_SIZE: Final = {"width": 570, "height": 360}  # as wide as the inputs above it and the column beside them
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
NOT_DRAWN: Final = Text("结果未完成，没有抽样。", "Incomplete: nothing was drawn.")
TOTAL: Final = Text("合计", "Total")
HISTOGRAM: Final = Text("产品碳足迹的分布：{product}（kgCO2e）", "Distribution of the CFP: {product} (kgCO2e)")
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

    FROM = 6
    TO = 7
    MIDDLE = 8
    COUNT = 9


STAGE_COLUMNS: Final = {
    At.NAME: Column(Text("阶段", "Stage"), 34),
    At.COMPUTED: Column(Text("计算值 kgCO2e", "Computed kgCO2e"), 15),
    At.MEAN: Column(Text("平均值 kgCO2e", "Mean kgCO2e"), 15),
    At.MEDIAN: Column(Text("中位数 kgCO2e", "Median kgCO2e"), 15),
    At.LOW: Column(Text("95 % 下限 kgCO2e\n（2.5 % 分位）", "95 % from kgCO2e\n(2.5 % quantile)"), 17),
    At.HIGH: Column(Text("95 % 上限 kgCO2e\n（97.5 % 分位）", "95 % to kgCO2e\n(97.5 % quantile)"), 17),
    At.BELOW: Column(Text("下限相对中位数", "Lower limit to median"), 13),
    At.ABOVE: Column(Text("上限相对中位数", "Upper limit to median"), 13),
}
INPUT_COLUMNS: Final = {
    At.NAME: Column(Text("输入（方差贡献最大的在前）", "Input, the largest part of the variance first"), 34),
    At.KIND: Column(Text("类别", "Kind"), 15),
    At.SHARE: Column(Text("占总量方差", "Of the variance of the total"), 15),
}
BIN_COLUMNS: Final = {
    At.FROM: Column(Text("区间自 kgCO2e", "Bin from kgCO2e"), 15),
    At.TO: Column(Text("区间至 kgCO2e", "Bin to kgCO2e"), 15),
    At.MIDDLE: Column(Text("区间中点 kgCO2e", "Its middle kgCO2e"), 15),
    At.COUNT: Column(COUNT, 13),
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
    drawn = {draws.product: draws for draws in run.products}
    row = FIRST_ROW
    blocks: list[Block] = []
    for product in job.footprint.products:
        draws, first = drawn.get(product.product.key), row
        if draws:
            row = _Block(page, job, layout, product, draws).write(row)
        else:
            write_section(page, row, product_title(product.product), (At.NAME, At.ABOVE))
            page.text(row + 1, At.NAME, NOT_DRAWN.to(layout.language), "note")
            row += 2 + BETWEEN
        blocks.append(Block(first, row - 1))
    paginate(page, blocks, (At.NAME, At.ABOVE), portrait=True)
    page.sheet.freeze_panes(2, 0)


class _Block(ProductWriter):
    """One product: stages and total, inputs, histogram."""

    def __init__(
        self, page: Page, job: ResultsJob, layout: Layout, product: ProductFootprint, draws: ProductDraws
    ) -> None:
        super().__init__(page, job, layout, product)
        self.draws = draws
        self.names = {
            ("amount", result.line.id): f"{result.line.id} {called(result.line.item)}" for result in product.lines
        }
        self.names |= {
            ("factor", factor.id): factor.name.to(self.language)
            for factor in (result.line.factor for result in product.lines)
            if factor
        }

    def write(self, row: int) -> int:
        """Write the block from `row` on and return the row of the next."""
        page = self.page
        write_section(page, row, product_title(self.product.product), (At.NAME, At.ABOVE))
        self._currency(row + 1)
        stages = row + 2
        beside = stages + len(self.product.stages) + 1 + BETWEEN
        largest = list(self.draws.variance_shares.items())[:MOST]
        chart = beside + len(largest) + BETWEEN
        self._stages(stages)
        self._beside(beside, largest)
        self._chart(chart, beside)
        return max(beside + len(self.draws.histogram.counts), chart + CHART_ROWS) + BETWEEN

    def _currency(self, row: int) -> None:
        """Say whether the workbook still computes what the run was made for."""
        total = self.product.cfp_kg_co2e or 0.0
        now = self.layout.total(self.product.product.key)
        same = f"ABS({now}-{literal(float(f'{total:.12g}'))})<={literal(float(f'{abs(total) * 1e-9:.2g}'))}"
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

    # -- inputs, and beside them the bins

    def _beside(self, header: int, shares: list[tuple[tuple[str, str], float]]) -> None:
        write_header(self.page, INPUT_COLUMNS | BIN_COLUMNS, self.language, header)
        for index in range(max(len(shares), len(self.draws.histogram.counts))):
            row = header + 1 + index
            if index < len(shares):
                self._input(row, *shares[index])
            if index < len(self.draws.histogram.counts):
                self._bin(row, index)

    def _input(self, row: int, of: tuple[str, str], share: float) -> None:
        write_texts(self.page, row, [(At.NAME, self.names[of]), (At.KIND, INPUT_KINDS[of[0]].to(self.language))])
        self.page.number(row, At.SHARE, share, "number", self.shares)

    # -- histogram

    def _chart(self, row: int, header: int) -> None:
        histogram = self.draws.histogram
        rows = (header + 1, header + len(histogram.counts))
        middles, counts = (charts.cells(self.page, *rows, column) for column in (At.MIDDLE, At.COUNT))
        title = HISTOGRAM.to(self.language).format(product=product_title(self.product.product))
        bars = charts.histogram(self.page.package, title, COUNT.to(self.language), middles, counts, _digits(histogram))
        bars.set_size(CHART_SIZE)
        self.page.chart(row, At.NAME, bars)

    def _bin(self, row: int, index: int) -> None:
        page, histogram = self.page, self.draws.histogram
        low, high = histogram.edges[index], histogram.edges[index + 1]
        page.number(row, At.FROM, low, "number", self.amounts)
        page.number(row, At.TO, high, "number", self.amounts)
        middle = f"({address(row, At.FROM)}+{address(row, At.TO)})/2"
        page.formula(row, At.MIDDLE, middle, (low + high) / 2, "number", self.amounts)
        page.number(row, At.COUNT, histogram.counts[index], "number", "#,##0")


def _digits(histogram: Histogram) -> str:
    """Return the number format of the axis: two digits of the width of a bin."""
    width = histogram.edges[1] - histogram.edges[0]
    decimals = max(0, 1 - math.floor(math.log10(width))) if width > 0 else 2
    return "#,##0" + ("." + "0" * decimals if decimals else "")
