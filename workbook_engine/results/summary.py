"""结果摘要: for each product the total, the stages with their shares and charts; then the rules that were used."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Final

from workbook_engine.findings import Severity
from workbook_engine.grid import Area, address
from workbook_engine.model.biogenic import without_biogenic_co2
from workbook_engine.results import charts
from workbook_engine.results.columns import StageColumns, TraceColumns
from workbook_engine.results.columns import SummaryColumns as At
from workbook_engine.results.comparison import Comparison
from workbook_engine.results.judgement import judgement
from workbook_engine.results.most import most
from workbook_engine.results.package import shown
from workbook_engine.results.paging import Block, paginate
from workbook_engine.results.pie import pie
from workbook_engine.results.rules import write_rules
from workbook_engine.results.scenario_switch import switch_of
from workbook_engine.results.sheets import (
    HEIGHT_ABOVE,
    Column,
    digits_formula,
    half_up,
    label_format,
    open_sheet,
    study_line,
    write_header,
    write_section,
)
from workbook_engine.results.study import removals
from workbook_engine.results.words import TOTAL_CFP, product_title
from workbook_engine.results.writer import Writer
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ProductFootprint, Stage, StageResult
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout, SummaryBlock
    from workbook_engine.results.package import Package, Page
    from workbook_engine.writing import Chart

TITLE: Final = Text("产品碳足迹核算结果", "Carbon footprint of products: results")
PER: Final = Text("kgCO2e / {unit}（{kind}）", "kgCO2e per {unit} ({kind})")
FUNCTIONAL: Final = Text("功能单位", "functional unit")
DECLARED: Final = Text("声明单位", "declared unit")
FINAL: Final = Text("结果完整：没有须更正的问题。", "Complete: nothing to be corrected.")
NOT_FINAL: Final = Text(
    "未完成：有 {count} 个须更正的问题，见“问题清单”；更正前不给出总量。",
    "Incomplete. Errors: {count}, see Findings; no total is given before they are corrected.",
)
NOT_FINAL_CLIENT: Final = Text(  # that view has no list of findings
    "未完成：有 {count} 个须更正的问题；更正前不给出总量。",
    "Incomplete. Errors: {count}; no total is given before they are corrected.",
)
PARTIAL: Final = Text(
    "部分产品碳足迹（partial CFP）：系统边界未覆盖全部阶段。", "Partial CFP: not all stages are inside the boundary."
)
ROUNDING: Final = Text(
    "注：合计由未修约的数值相加后修约，与各行修约值之和可能相差末位。",
    "Note: the rounded rows may not add up to the total.",
)
CREDITS: Final = Text("另：回收抵减（单独列出）", "Apart: recycling credits")
NOT_COUNTED: Final = Text("不计入合计", "not in the total")
CONTRACTUAL: Final = Text("另：按合同电力因子", "Alternative: by contracts")
INSTEAD: Final = Text("仅供对照，不替代上面的合计", "with contracts' factors; the total above stands")
WITHOUT_BIOGENIC: Final = Text("另：不含生物源 CO2", "Without biogenic CO2")
BESIDE: Final = Text("{}，{}", "{}, {}")
OF_BIOGENIC: Final = Text("吸收、排放都不计", "no uptake, no release")
STAGE_CHART: Final = Text("各阶段碳排放占比", "Share of the stages")
BAR_CHART: Final = Text("各阶段碳排放（kgCO2e/{unit}）", "Emissions by stage (kgCO2e per {unit})")


COLUMNS: Final = {
    At.STAGE: Column(Text("生命周期阶段", "Life-cycle stage"), 26),
    At.EMISSION: Column(Text("碳排放 kgCO2e", "Emission kgCO2e"), 17),
    At.SHARE: Column(Text("占比", "Share"), 11),
}


PIE_COLUMNS: Final = {At.PIE_NAME: Column(Text("图：名称", "Chart: name"), 24)}  # beside the printed area


def write_summary(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "summary", TITLE, study_line(job))
    page.widths(
        {column: spec.width for column, spec in COLUMNS.items()}
        | {5: 11}
        | {6: 14, 7: 14}
        | {At.PIE_NAME: 24, At.BAR_NAME: 24}
        | (dict.fromkeys(range(8, 13), 13) if layout.comparison else {8: 10, 9: 7, 10: 10, 11: 9, 12: 4})
    )
    _Summary(page, job, layout).write()
    page.sheet.freeze_panes(2, 0)


class _Summary(Writer):
    """Writes the summary from top to bottom."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout) -> None:
        super().__init__(page, job, layout)

    def write(self) -> None:
        if self.layout.comparison:
            Comparison(self.page, self.job, self.layout).write()
        blocks = [self.layout.summary[product.product.key] for product in self.job.footprint.products]
        for product, block in zip(self.job.footprint.products, blocks, strict=True):
            self._product(product, block)
        end = write_rules(self.page, self.job, self.layout)
        parts = [*(Block(block.title, block.end) for block in blocks), Block(self.layout.rules, end)]
        if self.layout.comparison:
            parts.insert(0, Block(self.layout.comparison, parts[0].first - 1))
        paginate(self.page, parts, (At.STAGE, At.LAST), portrait=True)
        self.page.sheet.print_area(0, 0, end - 1, At.LAST - 1)

    # -- one product

    def _product(self, product: ProductFootprint, block: SummaryBlock) -> None:
        page, total = self.page, product.cfp_kg_co2e
        write_section(page, block.title, product_title(product.product), (At.STAGE, At.LAST))
        page.sheet.set_row_pixels(block.total_line - 1, 40)
        cell = address(block.total, At.EMISSION)
        page.figure(block.total_line, At.STAGE, cell, total, "big", self.amounts)
        kind = (DECLARED if product.product.is_declared else FUNCTIONAL).to(self.language)
        unit = PER.to(self.language).format(unit=product.product.unit, kind=kind)
        page.text(block.total_line, At.EMISSION, shown(unit), "plain")
        self._state(product, block)
        write_header(page, COLUMNS | PIE_COLUMNS, self.language, block.header)
        page.landmark("stages", block.header, At.STAGE)
        for stage in product.stages:
            self._stage(block.stages[stage.stage], product, block, stage)
        self._total(product, block)
        self._notes(product, block)
        if total is not None:
            self._charts(product, block)

    def _state(self, product: ProductFootprint, block: SummaryBlock) -> None:
        errors = sum(finding.severity is Severity.ERROR for finding in self.job.findings)
        if product.cfp_kg_co2e is None:
            words = NOT_FINAL_CLIENT if self.job.is_client_view else NOT_FINAL
            self.page.text(block.state, At.STAGE, words.to(self.language).format(count=errors), "bad_line")
        else:
            self._complete(block.state)
        style = "good_line" if product.cfp_kg_co2e is not None else "bad_line"
        for column in range(At.EMISSION, At.LAST + 1):
            self.page.blank(block.state, column, style)
        self._judged(product, block.state)
        if block.most:
            first, last = most(self.job, self.layout, product, block)
            self.page.formula(block.most, At.STAGE, *first, "plain")
            self.page.formula(block.most + 1, At.STAGE, *last, "plain_above")
            self.page.sheet.row(block.most + 1, height=HEIGHT_ABOVE)

    def _judged(self, product: ProductFootprint, row: int) -> None:
        column = At.CHART - 1
        figures = judgement(self.job, self.layout, product)
        for figure, after in itertools.zip_longest(figures, figures[1:]):
            if figure.label:
                self.page.text(row, column, figure.label.to(self.language), "good_label")
                column += 1
            self.page.formula(
                row,
                column,
                figure.source,
                figure.value,
                "good_figure" if after is None or after.label else "good_label",
                figure.number,
            )
            column += 1

    def _complete(self, row: int) -> None:
        """Say that the result is complete; with scenarios, also where it is one of them that is shown."""
        final, switch = FINAL.to(self.language), switch_of(self.job, self.layout)
        if switch is None:
            self.page.text(row, At.STAGE, final, "good_line")
            return
        self.page.formula(row, At.STAGE, switch.unless_scenario(final), final, "good_line")
        self.page.alarm(Area(row, At.STAGE, row, At.LAST), final)

    def _stage(self, row: int, product: ProductFootprint, block: SummaryBlock, stage: StageResult) -> None:
        key, page = product.product.key, self.page
        sheet = stage.stage.value
        subtotal = self.layout.subtotals[key, stage.stage]
        page.link(row, At.STAGE, self.layout.at(sheet, subtotal, StageColumns.ID), stage.stage.title.to(self.language))
        value = self.layout.at(sheet, subtotal, StageColumns.EMISSION)
        page.figure(row, At.EMISSION, value, stage.kg_co2e, "number", self.amounts)
        share = f"{address(row, At.EMISSION)}/{address(block.total, At.EMISSION)}"
        page.figure(row, At.SHARE, share, stage.share, "number", self.shares)
        if stage.share is not None:
            page.formula(row, At.PIE_NAME, *self._pie_name(row, stage), "plain")
        if self._has_named_bars(product):
            title, decimals = stage.stage.title.to(self.language), self.job.inventory.settings.decimals_amount
            formula, figure = digits_formula(address(row, At.EMISSION), stage.kg_co2e or 0.0, decimals)
            page.formula(row, At.BAR_NAME, f'{address(row, At.STAGE)}&" "&{formula}', f"{title} {figure}", "plain")

    def _has_named_bars(self, product: ProductFootprint) -> bool:
        """Tell whether bars have their values in their names: beside a short one below zero there is no room for it."""
        return bool(removals(product)) and product.cfp_kg_co2e is not None and not self.package.is_tiny

    def _pie_name(self, row: int, stage: StageResult) -> tuple[str, str]:
        """Return formula and value of what the pie calls a stage: its name with its share."""
        decimals, title = self.job.inventory.settings.decimals_share, stage.stage.title.to(self.language)
        formula, share = digits_formula(address(row, At.SHARE), stage.share or 0.0, decimals, 100)
        return f'{address(row, At.STAGE)}&" "&{formula}&"%"', f"{title} {share}%"

    def _total(self, product: ProductFootprint, block: SummaryBlock) -> None:
        total, page = product.cfp_kg_co2e, self.page
        first, last = block.header + 1, block.total - 1
        page.text(block.total, At.STAGE, TOTAL_CFP.to(self.language), "total")
        for column, value, number in (
            (At.EMISSION, total, self.amounts),
            (At.SHARE, 1.0 if total else None, self.shares),
        ):
            cells = f"SUM({address(first, column)}:{address(last, column)})"
            page.figure(block.total, column, cells, value, "total_number", number)

    def _notes(self, product: ProductFootprint, block: SummaryBlock) -> None:
        if product.cfp_kg_co2e is not None:
            formula, value = _rounding_note(product, block, self.job, ROUNDING.to(self.language))
            self.page.formula(block.note, At.STAGE, formula, value, "note")
        if product.is_partial:
            self.page.text(block.note + 1, At.STAGE, PARTIAL.to(self.language), "note")
        self._beside(product, block)

    def _beside(self, product: ProductFootprint, block: SummaryBlock) -> None:
        """Write what stands beside the result: credits shown apart, and the alternative by contracts."""
        key, layout, page = product.product.key, self.layout, self.page
        if product.credits:
            cells = [
                layout.at(c.line.stage.value, layout.stage_lines[key][c.line.id], StageColumns.EMISSION)
                for c in product.credits
            ]
            self._beside_label(block.credits, CREDITS, NOT_COUNTED)
            page.figure(block.credits, At.EMISSION, "+".join(cells), product.credits_kg_co2e, "number", self.amounts)
        if product.contractual_kg_co2e is not None:
            changes = [
                self._contract_change(key, stage.stage)
                for stage in product.stages
                if any(result.contractual_kg_co2e is not None for result in stage.lines)
            ]
            formula = "+".join([address(block.total, At.EMISSION), *changes])
            self._beside_label(block.contractual, CONTRACTUAL, INSTEAD)
            page.formula(block.contractual, At.EMISSION, formula, product.contractual_kg_co2e, "number", self.amounts)
        if block.biogenic and product.cfp_kg_co2e is not None:
            self._without_biogenic(product, block)

    def _beside_label(self, row: int, label: Text, note: Text) -> None:
        """Write what a figure beside the result is; a note at its right would run below the chart."""
        self.page.text(row, At.STAGE, BESIDE.to(self.language).format(label.to(self.language), note.to(self.language)))

    def _without_biogenic(self, product: ProductFootprint, block: SummaryBlock) -> None:
        """Write the total less what biogenic CO2 adds to it or takes off."""
        first, last = self.layout.block(product.product.key)
        lines = f"{self.layout.at('trace', first, TraceColumns.BIOGENIC)}:{address(last, TraceColumns.BIOGENIC)}"
        formula = f"{address(block.total, At.EMISSION)}-SUM({lines})"
        value = math.fsum(map(without_biogenic_co2, product.lines))
        self._beside_label(block.biogenic, WITHOUT_BIOGENIC, OF_BIOGENIC)
        self.page.formula(block.biogenic, At.EMISSION, formula, value, "number", self.amounts)
        self.page.landmark("biogenic", block.biogenic, At.STAGE)

    def _contract_change(self, product: str, stage: Stage) -> str:
        """Return the sum of what the contracts change in a stage."""
        first, end = self.layout.stage_bands[product, stage] + 1, self.layout.subtotals[product, stage] - 1
        cell = self.layout.at(stage.value, first, StageColumns.BY_CONTRACT)
        return f"SUM({cell}:{address(end, StageColumns.BY_CONTRACT)})"

    def _charts(self, product: ProductFootprint, block: SummaryBlock) -> None:
        rows = (block.header + 1, block.total - 1)
        stages = charts.cells(self.page, *rows, At.STAGE)
        values = charts.cells(self.page, *rows, At.EMISSION)
        colours = charts.stage_colours(self.package, product)
        falls = removals(product)
        if (product.cfp_kg_co2e or 0.0) > 0:  # of a total that is not, there are no shares to be drawn
            shares = self._share_bars(product, rows) if falls else self._pie(product, block, rows)
            shares.set_size({"width": 520, "height": 320})
            self.page.chart(block.header, At.CHART - 1, shares, x_offset=20)
        titles = (BAR_CHART.to(self.language).format(unit=product.product.unit), "kgCO2e")
        number = label_format(self.job)
        if self._has_named_bars(product):
            stages, number = charts.cells(self.page, *rows, At.BAR_NAME), ""
        bars = charts.bars(self.package, titles, stages, values, colours, number, falls=falls)
        bars.set_size({"width": 880, "height": 231})
        self.page.chart(block.chart, At.STAGE, bars)

    def _pie(self, product: ProductFootprint, block: SummaryBlock, rows: tuple[int, int]) -> Chart:
        names = charts.cells(self.page, *rows, At.PIE_NAME)
        words = [self._pie_name(block.stages[stage.stage], stage)[1] for stage in product.stages]
        values = charts.cells(self.page, *rows, At.EMISSION)
        shares = [stage.share or 0.0 for stage in product.stages]
        colours = charts.stage_colours(self.package, product)
        return pie(self.package, STAGE_CHART.to(self.language), (names, words), values, colours, shares)

    def _share_bars(self, product: ProductFootprint, rows: tuple[int, int]) -> Chart:
        """Return the shares as bars: a pie has no place for a credit, whose share is below zero."""
        names, values = (charts.cells(self.page, *rows, column) for column in (At.PIE_NAME, At.SHARE))
        return charts.share_bars(self.package, charts.NET_SHARES.to(self.language), names, values, product)


def _rounding_note(product: ProductFootprint, block: SummaryBlock, job: ResultsJob, note: str) -> tuple[str, str]:
    """Return the formula of the rounding note and what it shows now.

    ROUND cell by cell: SUMPRODUCT(ROUND(range)) is not computed alike everywhere.
    """
    tests: list[str] = []
    differs = False
    for column, decimals, values, total in (
        (At.EMISSION, job.inventory.settings.decimals_amount, [s.kg_co2e for s in product.stages], product.cfp_kg_co2e),
        (At.SHARE, job.inventory.settings.decimals_share + 2, [s.share for s in product.stages], 1.0),
    ):
        if column == At.SHARE and not product.cfp_kg_co2e:
            continue
        rows = range(block.header + 1, block.total)
        rounded = "+".join(f"ROUND({address(row, column)},{decimals})" for row in rows)
        total_cell = f"ROUND({address(block.total, column)},{decimals})"
        tests.append(f"ROUND({rounded}-{total_cell},{decimals})<>0")
        printed = math.fsum(half_up(value or 0.0, decimals) for value in values)
        differs = differs or bool(half_up(printed - half_up(total or 0.0, decimals), decimals))
    condition = f"OR({','.join(tests)})" if len(tests) > 1 else tests[0]
    quoted = note.replace('"', '""')
    return f'IF({condition},"{quoted}","")', note if differs else ""
