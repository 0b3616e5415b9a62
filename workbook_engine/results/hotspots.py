"""热点分析: the lines that make most of the result, ranked live, and 改进建议: what would lower it most.

The ranks stand on the trace; the table here looks the lines up by rank, so that it follows a change of the inputs.
What the waterfall is drawn from stands beside the printed area.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.results import charts
from workbook_engine.results.columns import SummaryColumns, TraceColumns
from workbook_engine.results.package import DASH, called, shown
from workbook_engine.results.paging import Block, in_parts, paginate
from workbook_engine.results.sheets import (
    Column,
    fixed,
    label_format,
    open_sheet,
    write_header,
    write_section,
)
from workbook_engine.results.suggestions import ASSUMED, suggestions
from workbook_engine.results.trace_sheet import may_be_below_zero, ranking, why_not_ranked
from workbook_engine.results.words import product_title
from workbook_engine.results.writer import ProductWriter
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import LineResult, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.writing import Chart

MOST: Final = 15  # lines shown of each product
CHART_ROWS: Final = 14  # rows that a chart covers
CHART_SIZE: Final = {"width": 960, "height": 290}
REDUCTION_ROW: Final = 3
TITLE: Final = Text("热点分析与改进潜力", "Hotspots, and what lowering them brings")
REDUCTION: Final = Text("假设该项活动数据降低（可改）：", "Suppose the activity were lower by (can be changed):")
NOT_RANKED: Final = Text("{why}，不作热点排序；数据行见“溯源”。", "Not ranked: {why}; the lines are on Trace.")
OTHERS: Final = Text("其余", "Others")
PARETO: Final = Text("热点帕累托图：{product}（kgCO2e）", "Pareto of hotspots: {product} (kgCO2e)")
CUMULATIVE: Final = Text("累计占比", "Cumulative share")
BAR_ID: Final = Text("图：编号", "Chart: line")
BAR_STAGE: Final = Text("图：{}", "Chart: {}")
WATERFALL: Final = Text(
    "从各阶段到总量：{product}（累计 kgCO2e）", "From stages to total: {product} (cumulative kgCO2e)"
)
TOTAL: Final = Text("总量", "Total")


class At:
    """Columns of the sheet."""

    RANK = 2
    ITEM = 3
    STAGE = 4
    EMISSION = 5
    SHARE = 6
    CUMULATIVE = 7
    EFFECT = 8
    EFFECT_SHARE = 9

    BAR_ID = 12  # what the Pareto is drawn from: line, then its emission in the column of its stage
    BAR_STAGES = 13

    BAR_FROM = 12  # what the waterfall is drawn from
    RISE = 13
    FALL = 14
    RISE_BELOW = 15
    FALL_BELOW = 16


COLUMNS: Final = {
    At.RANK: Column(Text("排名", "Rank"), 26),
    At.ITEM: Column(Text("数据行", "Line"), 41),
    At.STAGE: Column(Text("阶段", "Stage"), 17),
    At.EMISSION: Column(Text("排放量 kgCO2e", "Emission kgCO2e"), 15),
    At.SHARE: Column(Text("占比", "Share"), 10),
    At.CUMULATIVE: Column(CUMULATIVE, 10),
    At.EFFECT: Column(Text("降低后总量变化 kgCO2e", "Change of the total kgCO2e"), 15),
    At.EFFECT_SHARE: Column(Text("总量变化 %", "Change of the total %"), 13),
}
STEP_COLUMNS: Final = {
    At.RANK: Column(Text("阶段", "Stage"), 26),
    At.ITEM: Column(Text("变化 kgCO2e", "Change kgCO2e"), 41),
    At.STAGE: Column(Text("累计 kgCO2e", "Cumulative kgCO2e"), 17),
    At.BAR_FROM: Column(Text("图：柱起点", "Chart: bar from"), 22),
    At.RISE: Column(Text("图：增", "Chart: rise"), 22),
    At.FALL: Column(Text("图：减", "Chart: fall"), 22),
    At.RISE_BELOW: Column(Text("图：增（零以下）", "Chart: rise below 0"), 22),
    At.FALL_BELOW: Column(Text("图：减（零以下）", "Chart: fall below 0"), 22),
}
SUGGESTION_COLUMNS: Final = {
    At.RANK: Column(Text("改进建议", "What would lower it"), 26),
    At.ITEM: Column(Text("对象", "Where"), 41),
    At.STAGE: Column(Text("依据", "Derived from"), 17),
    At.EMISSION: Column(Text("涉及排放 kgCO2e", "Emission concerned kgCO2e"), 15),
    At.SHARE: Column(Text("占比", "Share"), 10),
    At.CUMULATIVE: Column(Text("假设降低", "Lower by"), 10),
    At.EFFECT: Column(Text("总量变化 kgCO2e", "Change of the total kgCO2e"), 15),
    At.EFFECT_SHARE: Column(Text("总量变化 %", "Change of the total %"), 13),
}
ORDER: Final = Text(
    "由本研究的情景、合同电力和热点得出，按生成时的效果排序；数值随修改更新。各条的效果可能重叠，不能相加。",
    "From this study's scenarios, contracts and hotspots, in the order of their effect when written; the figures stay "
    "live. Effects may overlap: they do not add up.",
)
DEFAULT_REDUCTION: Final = ASSUMED


def write_hotspots(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "hotspots", TITLE)
    page.widths({column: spec.width for column, spec in (STEP_COLUMNS | COLUMNS).items()})
    page.text(REDUCTION_ROW, At.RANK, REDUCTION.to(layout.language), "plain")
    page.number(REDUCTION_ROW, At.STAGE, DEFAULT_REDUCTION, "input", "0%")
    row = 5
    blocks: list[Block] = []
    for product in job.footprint.products:
        written = _Product(page, job, layout, product)
        row = written.write(row)
        blocks.append(written.block)
    paginate(page, blocks, (At.RANK, At.EFFECT_SHARE), portrait=True)
    page.sheet.print_area(0, 0, row - 1, At.EFFECT_SHARE - 1)
    page.sheet.freeze_panes(REDUCTION_ROW, 0)


class _Product(ProductWriter):
    """One product's table, suggestions, Pareto and waterfall."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout, product: ProductFootprint) -> None:
        super().__init__(page, job, layout, product)
        self.title = product_title(product.product)
        self.total = layout.total(product.product.key)
        self.size = f"ABS({self.total})" if may_be_below_zero(product) else self.total  # a fall is one of any total
        self.stages = [stage.stage for stage in product.stages]
        self.block = Block(0, 0)

    def write(self, row: int) -> int:
        """Write the block from `row` on and return the row of the next."""
        write_section(self.page, row, self.title, (At.RANK, At.EFFECT_SHARE))
        self.page.landmark("hotspots", row, At.RANK)
        ranks = ranking(self.product)
        if why := why_not_ranked(self.product):
            self.page.text(row + 1, At.RANK, NOT_RANKED.to(self.language).format(why=why.to(self.language)), "note")
            self.block = Block(row, row + 2)
            return row + 3
        results = {result.line.id: result for stage in self.product.stages for result in stage.lines}
        ranked = [results[line] for line, _ in sorted(ranks.items(), key=lambda item: item[1][0])]
        below = self._table(row + 1, ranked)
        pareto = self._suggestions(below) + 1
        self.page.chart(pareto, At.RANK, self._pareto(row + 2, row + 1 + len(ranked[:MOST])))
        steps = pareto + CHART_ROWS
        end = self._waterfall(steps)
        lines, suggestions = Block(row, below - 1), Block(below, pareto - 1)
        self.block = in_parts(lines, suggestions, Block(pareto, steps - 1), Block(steps, end - 1))
        return end

    def _table(self, header: int, ranked: list[LineResult]) -> int:
        """Write the lines by rank, and return the row where the next table begins."""
        write_header(self.page, COLUMNS | self._bar_columns(), self.language, header)
        listed = ranked[:MOST]
        cumulative = 0.0
        for rank, result in enumerate(listed, start=1):
            cumulative += result.share or 0.0
            self._row(header + rank, header + 1, rank, result, cumulative)
        row = header + len(listed) + 1
        if len(ranked) > MOST:
            self._others(row, header + 1, ranked)
            row += 1
        return row + 1

    # -- suggestions

    def _suggestions(self, header: int) -> int:
        """Write what would lower the total, and return the row below."""
        page, row = self.page, header
        write_header(page, SUGGESTION_COLUMNS, self.language, header)
        for row, suggestion in enumerate(suggestions(self.job, self.layout, self.product), start=header + 1):
            page.text(row, At.RANK, suggestion.words.to(self.language))
            page.text(row, At.ITEM, shown(suggestion.subject))
            page.text(row, At.STAGE, suggestion.ground.to(self.language), "centre")
            concerned, (formula, change) = suggestion.concerned, suggestion.change
            if concerned is None:
                for column in (At.EMISSION, At.SHARE, At.CUMULATIVE):
                    page.text(row, column, DASH, "dash")
            else:
                emission, reduction = address(row, At.EMISSION), f"$D${REDUCTION_ROW}"
                share = concerned[1] / (self.product.cfp_kg_co2e or 1.0)
                page.formula(row, At.EMISSION, *concerned, "number", self.amounts)
                page.formula(row, At.SHARE, f"{emission}/{self.total}", share, "number", self.shares)
                page.formula(row, At.CUMULATIVE, reduction, DEFAULT_REDUCTION, "number", "0%")
                formula, change = f"-{emission}*{reduction}", -concerned[1] * DEFAULT_REDUCTION
            page.formula(row, At.EFFECT, formula, change, "number", self.amounts)
            effect = f"{address(row, At.EFFECT)}/{self.size}"
            of_total = change / abs(self.product.cfp_kg_co2e or 1.0)
            page.formula(row, At.EFFECT_SHARE, effect, of_total, "number", self.shares)
        page.text(row + 1, At.RANK, ORDER.to(self.language), "note")
        return row + 2

    def _row(self, row: int, first: int, rank: int, result: LineResult, cumulative: float) -> None:
        page, line = self.page, result.line
        page.number(row, At.RANK, rank, "centre_number")
        named = f'{self._look_up(row, TraceColumns.ID)}&" "&{self._look_up(row, TraceColumns.ITEM)}'
        page.formula(row, At.ITEM, named, f"{line.id} {called(line.item)}", "text")
        stage = line.stage.title.to(self.language)
        page.formula(row, At.STAGE, self._look_up(row, TraceColumns.STAGE), stage, "text")
        emission = result.kg_co2e or 0.0
        page.formula(row, At.EMISSION, self._look_up(row, TraceColumns.EMISSION), emission, "number", self.amounts)
        cell, total = address(row, At.EMISSION), self.product.cfp_kg_co2e or 1.0
        page.formula(row, At.SHARE, f"{cell}/{self.total}", emission / total, "number", self.shares)
        summed = f"SUM({address(first, At.SHARE)}:{address(row, At.SHARE)})"
        page.formula(row, At.CUMULATIVE, summed, cumulative, "number", self.shares)
        reduction = f"$D${REDUCTION_ROW}"
        page.formula(row, At.EFFECT, f"-{cell}*{reduction}", -emission * DEFAULT_REDUCTION, "number", self.amounts)
        effect = f"{address(row, At.EFFECT)}/{self.size}"
        page.formula(row, At.EFFECT_SHARE, effect, -emission * DEFAULT_REDUCTION / abs(total), "number", self.shares)
        self._bar(row, result)

    def _bar_columns(self) -> dict[int, Column]:
        """Return the columns that the Pareto is drawn from, beside the printed area."""
        titles = [Text(*map(str.format, BAR_STAGE, stage.title)) for stage in self.stages]
        columns = {At.BAR_STAGES + index: Column(title, 12) for index, title in enumerate(titles)}
        return {At.BAR_ID: Column(BAR_ID, 12), **columns}

    def _bar(self, row: int, result: LineResult) -> None:
        """Write a column of the Pareto: so it has the colour of its stage whatever rank a change brings it to."""
        page, line = self.page, result.line
        page.formula(row, At.BAR_ID, self._look_up(row, TraceColumns.ID), line.id, "text")
        for column, stage in enumerate(self.stages, start=At.BAR_STAGES):
            is_own = f'({address(row, At.STAGE)}="{stage.title.to(self.language)}")'
            emission = (result.kg_co2e or 0.0) if stage is line.stage else 0.0
            formula = f"{is_own}*{address(row, At.EMISSION)}+0"  # + 0: no minus before a zero
            page.formula(row, column, formula, emission, "number", self.amounts)

    def _all(self, column: int) -> str:
        """Return the range of a column of the trace over the product's lines."""
        first, last = self.layout.block(self.product.product.key)
        return f"{self.layout.at('trace', first, column, absolute=True)}:{fixed(address(last, column))}"

    def _look_up(self, row: int, column: int) -> str:
        return f"INDEX({self._all(column)},MATCH({address(row, At.RANK)},{self._all(TraceColumns.RANK)},0))"

    def _others(self, row: int, first: int, ranked: list[LineResult]) -> None:
        page, total = self.page, self.product.cfp_kg_co2e or 1.0
        rest = math.fsum(result.kg_co2e or 0.0 for result in ranked[MOST:])
        page.text(row, At.RANK, OTHERS.to(self.language), "centre")
        for column in (At.ITEM, At.STAGE):
            page.blank(row, column)
        # Added up, not taken from the total: the difference of two large sums has few digits left.
        others = f"SUMPRODUCT(({self._all(TraceColumns.RANK)}>{MOST})*{self._all(TraceColumns.EMISSION)})"
        page.formula(row, At.EMISSION, others, rest, "number", self.amounts)
        page.formula(row, At.SHARE, f"{address(row, At.EMISSION)}/{self.total}", rest / total, "number", self.shares)
        shares = f"SUM({address(first, At.SHARE)}:{address(row, At.SHARE)})"
        page.formula(row, At.CUMULATIVE, shares, 1.0, "number", self.shares)
        for column in (At.EFFECT, At.EFFECT_SHARE):
            page.blank(row, column)

    def _pareto(self, first: int, last: int) -> Chart:
        # The names stand in the table; as labels they crush the columns.
        ids, cumulative = (charts.cells(self.page, first, last, column) for column in (At.BAR_ID, At.CUMULATIVE))
        colours = self.page.package.theme.stages
        letters = {result.line.stage: result.line.id.partition("-")[0] for result in self.product.lines}
        # The letters that the columns' names begin with: so the legend can be read without its colours.
        series = [
            (
                f"{letters.get(stage, '')} {stage.title.to(self.language)}".strip(),
                charts.cells(self.page, first, last, column),
                colours[stage],
            )
            for column, stage in enumerate(self.stages, start=At.BAR_STAGES)
        ]
        title = PARETO.to(self.language).format(product=self.title)
        names = (CUMULATIVE.to(self.language), COLUMNS[At.ITEM].title.to(self.language))
        below = any((result.kg_co2e or 0.0) < 0 for result in self.product.lines)  # a credit: past 100 % and back
        chart = charts.pareto(self.page.package, title, names, series, ids, cumulative, from_zero=not below)
        chart.set_size(CHART_SIZE)
        return chart

    # -- waterfall

    def _waterfall(self, row: int) -> int:
        write_header(self.page, STEP_COLUMNS, self.language, row)
        block = self.layout.summary[self.product.product.key]
        before = 0.0
        for offset, stage in enumerate(self.product.stages, start=1):
            value = self.layout.at("summary", block.stages[stage.stage], SummaryColumns.EMISSION)
            name = stage.stage.title.to(self.language)
            self._step(row + offset, name, value, stage.kg_co2e or 0.0, before, is_first=offset == 1)
            before += stage.kg_co2e or 0.0
        last = row + len(self.product.stages) + 1
        self._step(last, TOTAL.to(self.language), self.total, self.product.cfp_kg_co2e or 0.0, 0.0, is_first=True)
        title = WATERFALL.to(self.language).format(product=self.title)
        columns = (At.RANK, At.BAR_FROM, At.RISE, At.FALL, At.RISE_BELOW, At.FALL_BELOW, At.STAGE)
        names, *series = (charts.cells(self.page, row + 1, last, column) for column in columns)
        colours = charts.stage_colours(self.page.package, self.product)
        colours.append(self.page.package.theme.dark)
        chart = charts.waterfall(self.page.package, title, names, series, colours, label_format(self.job))
        chart.set_size(CHART_SIZE)
        self.page.chart(last + 2, At.RANK, chart)
        return last + 2 + CHART_ROWS

    def _step(self, row: int, name: str, value: str, amount: float, before: float, *, is_first: bool) -> None:
        """Write one step: its value, the sum so far, and what is drawn: base, rise or fall, above zero and below.

        A bar that lies wholly on one side of zero stands on a base; one that crosses zero has a part on either side.
        """
        page, numbers = self.page, self.amounts
        change, summed = address(row, At.ITEM), address(row, At.STAGE)
        earlier = "0" if is_first else address(row - 1, At.STAGE)
        page.text(row, At.RANK, name)
        page.formula(row, At.ITEM, value, amount, "number", numbers)
        page.formula(row, At.STAGE, f"{earlier}+{change}", before + amount, "number", numbers)
        low, high = f"MIN({earlier},{summed})", f"MAX({earlier},{summed})"
        ends = sorted((before, before + amount))
        base = max(ends[0], 0.0) + min(ends[1], 0.0)
        page.formula(row, At.BAR_FROM, f"MAX({low},0)+MIN({high},0)", base, "number", numbers)
        above = f"MAX({high},0)-MAX({low},0)", max(ends[1], 0.0) - max(ends[0], 0.0)
        below = f"MIN({low},0)-MIN({high},0)", min(ends[0], 0.0) - min(ends[1], 0.0)
        for (formula, part), rise, fall in ((above, At.RISE, At.FALL), (below, At.RISE_BELOW, At.FALL_BELOW)):
            page.formula(row, rise, f"({change}>=0)*({formula})+0", part * (amount >= 0), "number", numbers)
            page.formula(row, fall, f"({change}<0)*({formula})+0", part * (amount < 0), "number", numbers)
