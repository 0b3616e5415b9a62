"""核算-…: one sheet for each stage. Emission = activity per unit × factor; subtotal = Σ; share = emission ÷ total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.results.columns import FactorColumns, TraceColumns
from workbook_engine.results.columns import StageColumns as At
from workbook_engine.results.layout import HEADER_ROW
from workbook_engine.results.package import called, shown
from workbook_engine.results.paging import Block, Headed, paginate, table
from workbook_engine.results.raw import literal
from workbook_engine.results.scenario_switch import switch_of
from workbook_engine.results.sheets import (
    Column,
    Table,
    freeze,
    open_table,
    write_band,
    write_texts,
)
from workbook_engine.results.study import has_removals, stages_of
from workbook_engine.results.words import (
    SEMICOLON,
    bracketed,
    primary_title,
    product_title,
    reason,
    source_title,
    unit_title,
)
from workbook_engine.results.writer import Writer
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import LineResult, ProductFootprint, Stage, StageResult
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("{}：逐项核算", "{}: line by line")
HINT: Final = Text(
    "排放量 = 单位产品活动数据 × 排放因子；占比 = 排放量 ÷ 产品碳足迹。",
    "Emission = activity per unit × emission factor; share = emission ÷ the product's footprint.",
)
CREDIT: Final = Text("单独列出，不计入", "Shown apart, not counted")
SUBTOTAL: Final = Text("{} 小计", "{} subtotal")
NO_LINES: Final = Text("（本阶段没有数据行）", "(no data for this stage)")
COVERED: Final = Text("纳入的过程", "Included")
LEFT_OUT: Final = Text("排除的过程", "Left out")
WHY_LEFT_OUT: Final = Text("排除理由", "Why left out")
PER_UNIT: Final = Text("每 {}", "per {}")

COLUMNS: Final = {
    At.ID: Column(Text("编号", "Line"), 8),
    At.ITEM: Column(Text("项目", "Item"), 20),
    At.FLOW: Column(Text("能源、材料或气体", "Flow"), 15),
    At.ACTIVITY: Column(Text("单位产品活动数据", "Activity per unit"), 13),
    At.UNIT: Column(Text("单位", "Unit"), 7),
    At.FACTOR: Column(Text("排放因子", "Emission factor"), 11),
    At.FACTOR_UNIT: Column(Text("因子单位", "Factor unit"), 12),
    At.EMISSION: Column(Text("排放量 kgCO2e", "Emission kgCO2e"), 13),
    At.SHARE: Column(Text("占比", "Share"), 9),
    At.FACTOR_ID: Column(Text("因子编号", "Factor id"), 18),
    At.FACTOR_SOURCE: Column(Text("因子来源", "Factor source"), 26),
    At.DATA_SOURCE: Column(Text("数据来源", "Data source"), 11),
    At.PRIMARY: Column(Text("初级/次级", "Primary or secondary"), 9),
    At.NOTE: Column(Text("备注", "Remark"), 20),
}
CONTRACT_COLUMNS: Final = {
    At.BY_CONTRACT: Column(Text("按合同电力的差额 kgCO2e", "Change by contract kgCO2e"), 16),
}


def write_stages(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheets of all stages."""
    for stage in stages_of(job):
        title = (TITLE.to(layout.language).format(stage.title.to(layout.language)), HINT.to(layout.language))
        columns = COLUMNS | (CONTRACT_COLUMNS if job.has_contracts else {})
        if any(map(has_removals, job.footprint.products)):  # a share of what is left of large sums
            columns |= {At.SHARE: Column(COLUMNS[At.SHARE].title, 12)}
        page = open_table(package, job, layout, stage.value, title, Table(columns, At.ITEM))
        page.sheet.set_tab_color(package.theme.stages[stage])
        writer = _Stage(page, job, layout, stage)
        for product in job.footprint.products:
            writer.product(product)
        writer.boundary()
        freeze(page, At.ITEM, HEADER_ROW, At.NOTE, with_filter=False)
        if page.halves is None:
            paginate(page, writer.blocks, (At.ID, writer.last), Headed(HEADER_ROW, layout.stage_ends[stage]))


class _Stage(Writer):
    """Writes one stage's sheet, a block for each product."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout, stage: Stage) -> None:
        super().__init__(page, job, layout)
        self.stage = stage
        self.switch = switch_of(job, layout)
        self.last = At.BY_CONTRACT if job.has_contracts else At.NOTE
        self.blocks: list[Block] = []  # of each product, and what is below

    def product(self, product: ProductFootprint) -> None:
        result = next((result for result in product.stages if result.stage is self.stage), None)
        if result is None:
            return
        key = product.product.key
        band, subtotal = self.layout.stage_bands[key, self.stage], self.layout.subtotals[key, self.stage]
        unit = PER_UNIT.to(self.language).format(product.product.unit)
        self.page.landmark(self.stage.value, band, At.ID)
        title = shown(product_title(product.product) + bracketed(unit, self.language))
        write_band(self.page, band, title, (At.ID, self.last))
        for line in result.lines:
            self._line(self.layout.stage_lines[key][line.line.id], key, line)
        if not result.lines:
            self._no_lines(band + 1)
        self._subtotal(subtotal, band + 1, key, result)
        last = subtotal
        for credit in product.credits:
            if credit.line.stage is self.stage:
                last = self.layout.stage_lines[key][credit.line.id]
                self._line(last, key, credit, CREDIT.to(self.language))
        self.blocks.append(table(band, band + 1, last))

    def boundary(self) -> None:
        """Write below the lines what of the stage is inside the boundary, and what was left out and why."""
        boundary = self.job.inventory.boundary.get(self.stage)
        if boundary is None:
            return
        first = row = self.layout.stage_ends[self.stage] + 2
        told = (
            (COVERED, boundary.covers),
            (LEFT_OUT, boundary.excludes),
            (WHY_LEFT_OUT, boundary.reason),
        )
        for label, words in told:
            if words:
                self.page.across(row, (At.ID, At.ITEM), label.to(self.language), "label")
                self.page.across(row, (At.FLOW, self.last), shown(words))
                row += 1
        if row > first:
            self.blocks.append(Block(first, row - 1))

    def _line(self, row: int, product: str, result: LineResult, remark: str = "") -> None:
        line, page, layout = result.line, self.page, self.layout
        source = layout.lines[product][line.id]
        page.link(row, At.ID, layout.at("trace", source, TraceColumns.ID), line.id)
        write_texts(
            page,
            row,
            [
                (At.ITEM, called(line.item)),
                (At.FLOW, line.flow.name.to(self.language) if line.flow else line.flow_typed),
            ],
        )
        activity = layout.at("normalization", source, layout.columns.activity)
        if self.switch:
            activity = self.switch.activity(product, line.id, activity)
        page.figure(row, At.ACTIVITY, activity, result.activity, "number", self.amounts)
        unit = unit_title(line.flow.unit, self.language) if line.flow and result.activity is not None else ""
        page.text(row, At.UNIT, unit, "centre")
        self._factor(row, product, result)
        page.figure(
            row,
            At.EMISSION,
            f"{address(row, At.ACTIVITY)}*{address(row, At.FACTOR)}",
            result.kg_co2e,
            "number",
            self.amounts,
        )
        share = f"{address(row, At.EMISSION)}/{layout.total(product)}"
        page.figure(row, At.SHARE, share, result.share, "number", self.shares)
        self._words(row, result, remark)
        self._by_contract(row, result)

    def _factor(self, row: int, product: str, result: LineResult) -> None:
        factor, page = result.line.factor, self.page
        if factor is None:
            page.figure(row, At.FACTOR, "", None)
            page.text(row, At.FACTOR_UNIT, "", "centre")
            return
        value = self.layout.factor(factor.id)
        if self.switch:
            value = self.switch.factor(product, result.line.id, value, self.layout.factor)
        page.formula(row, At.FACTOR, value, factor.value)
        page.text(row, At.FACTOR_UNIT, unit_title(factor.unit, self.language), "centre")

    def _words(self, row: int, result: LineResult, remark: str) -> None:
        line, page, layout = result.line, self.page, self.layout
        factor = line.factor
        if factor:
            target = layout.at("factors", layout.factors[factor.id], FactorColumns.ID)
            page.link(row, At.FACTOR_ID, target, factor.id)
        else:
            page.text(row, At.FACTOR_ID, "")
        source = factor.source if factor else ""
        why = reason(self.job, line.where, self.language) if result.kg_co2e is None else ""
        own = "" if self.job.is_client_view else line.remark
        note = SEMICOLON.to(self.language).join(part for part in (why, remark, own) if part)
        write_texts(
            page,
            row,
            [
                (At.FACTOR_SOURCE, source),
                (At.DATA_SOURCE, source_title(line, self.language)),
                (At.PRIMARY, primary_title(line, self.language)),
                (At.NOTE, note),
            ],
        )

    def _by_contract(self, row: int, result: LineResult) -> None:
        """Write what the contract's factor changes: activity × covered share × (its factor - the grid's)."""
        contract = result.line.contract
        if result.contractual_kg_co2e is None or result.kg_co2e is None or contract is None or not contract.factor:
            if self.job.has_contracts:
                self.page.blank(row, At.BY_CONTRACT)
            return
        factor = self.layout.at("factors", self.layout.factors[contract.factor.id], FactorColumns.VALUE)
        covered = f"{address(row, At.ACTIVITY)}*{literal(contract.share)}"
        formula = f"{covered}*({factor}-{address(row, At.FACTOR)})"
        change = result.contractual_kg_co2e - result.kg_co2e
        self.page.formula(row, At.BY_CONTRACT, formula, change, "number", self.amounts)

    def _no_lines(self, row: int) -> None:
        self.page.blank(row, At.ID)
        self.page.text(row, At.ITEM, NO_LINES.to(self.language))
        for column in range(At.FLOW, self.last + 1):
            self.page.blank(row, column)

    def _subtotal(self, row: int, first: int, product: str, result: StageResult) -> None:
        page = self.page
        title = SUBTOTAL.to(self.language).format(self.stage.title.to(self.language))
        page.text(row, At.ID, title, "total_start")
        page.blank(row, At.ITEM, "total_inner")
        for column in range(At.FLOW, At.EMISSION):
            page.blank(row, column, "total")
        cells = f"SUM({address(first, At.EMISSION)}:{address(row - 1, At.EMISSION)})"
        page.figure(row, At.EMISSION, cells, result.kg_co2e, "total_number", self.amounts)
        share = f"{address(row, At.EMISSION)}/{self.layout.total(product)}"
        page.figure(row, At.SHARE, share, result.share, "total_number", self.shares)
        for column in range(At.FACTOR_ID, self.last + 1):
            page.blank(row, column, "total")
