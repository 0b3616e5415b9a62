"""情景: the results with named changes of inputs, side by side with the result itself.

A changed line: E′ = E × times × ((1 - share) + share × EF′ ÷ EF), written as activity × times × ((1 - share) × EF +
share × EF′). A scenario's stage = the stage + Σ (E′ - E) of its changed lines.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import Area, address
from workbook_engine.results import charts
from workbook_engine.results.columns import FactorColumns, SummaryColumns
from workbook_engine.results.columns import ScenarioColumns as At
from workbook_engine.results.package import called, shown
from workbook_engine.results.paging import Block, Headed, paginate, table
from workbook_engine.results.scenario_switch import (
    BASE,
    SWITCH_ROW,
    block_row,
    changes_of,
    first_change_row,
    scenario_row,
    switch_cell,
)
from workbook_engine.results.sheets import (
    Column,
    open_sheet,
    set_widths,
    source_link,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.study import has_removals, stages_of
from workbook_engine.results.words import capitalised, product_title, short_title
from workbook_engine.results.writer import Writer
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import (
        EmissionFactor,
        LineResult,
        ProductFootprint,
        ScenarioChange,
        ScenarioResult,
        Stage,
    )
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("情景比较", "Scenarios compared")
HINT: Final = Text(
    "浅黄底色的倍数和比例可改，情景结果随之更新。",
    "Light yellow factors and shares can be changed; the scenarios follow.",
)
SWITCH: Final = Text("整个工作簿显示（可选）：", "Shown now (choose):")
CHANGES: Final = Text("各情景的变化", "What the scenarios change")
CHART: Final = Text("情景比较：{product}（kgCO2e）", "Scenarios: {product} (kgCO2e)")
SCENARIO: Final = Text("情景", "Scenario")
TOTAL: Final = Text("合计 kgCO2e", "Total kgCO2e")
CHANGE: Final = Text("变化 kgCO2e", "Change kgCO2e")
CHANGE_SHARE: Final = Text("变化 %", "Change %")
MAX_LITERAL: Final = 200  # characters of a text inside a formula; Excel allows 255


CHANGE_COLUMNS: Final = {
    At.NAME: Column(SCENARIO, 26),
    At.LINE: Column(Text("数据行", "Line"), 20),
    At.WORDS: Column(Text("变化", "Change"), 22),
    At.PLACE: Column(Text("来源单元格", "Source cell"), 15),
    At.TIMES: Column(Text("数量倍数", "Amount ×"), 13),
    At.SHARE: Column(Text("换用因子的比例", "Share at the other factor"), 13),
    At.FACTOR: Column(Text("换用的因子", "Other factor"), 16),
    At.BASE: Column(Text("原排放量 kgCO2e", "Emission kgCO2e"), 13),
    At.CHANGED: Column(Text("情景排放量 kgCO2e", "In the scenario kgCO2e"), 13),
    At.DIFFERENCE: Column(Text("差 kgCO2e", "Difference kgCO2e"), 13),
    At.PRODUCT: Column(Text("产品", "Product"), 20),
    At.STAGE: Column(Text("阶段", "Stage"), 14),
}


def write_scenarios(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet; nothing where the study has no scenarios."""
    if job.assessment is None or not job.assessment.scenarios:
        return
    page = open_sheet(package, job, layout, "scenarios", TITLE, HINT.to(layout.language))
    set_widths(page, CHANGE_COLUMNS, layout.language)
    page.sheet.freeze_panes(SWITCH_ROW, 0)
    _Scenarios(page, job, layout, job.assessment.scenarios).write()


class _Scenarios(Writer):
    """Writes the comparison of each product, then the table of changes that it is computed from."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout, scenarios: tuple[ScenarioResult, ...]) -> None:
        super().__init__(page, job, layout)
        self.scenarios = scenarios
        self.stages = stages_of(job)
        self.changes = changes_of(job)
        self.first = first_change_row(job)
        self.last = self.first + max(len(self.changes), 1) - 1

    def write(self) -> None:
        self._switch()
        for index, product in enumerate(self.job.footprint.products):
            self._product(block_row(self.job, index), index, product)
        write_section(self.page, self.first - 2, CHANGES.to(self.language), (At.NAME, At.STAGE))
        self.page.landmark("scenarios", self.first - 2, At.NAME)
        write_header(self.page, CHANGE_COLUMNS, self.language, self.first - 1)
        for offset, change in enumerate(self.changes):
            self._change(self.first + offset, *change)
        changes = table(self.first - 2, self.first, self.last)
        starts = [*(block_row(self.job, index) for index in range(len(self.job.footprint.products))), changes.first]
        products = [Block(start, below - 1) for start, below in itertools.pairwise(starts)]
        paginate(self.page, [*products, changes], (At.NAME, At.STAGE), Headed(self.first - 1, self.last))

    def _switch(self) -> None:
        """Write the cell that the stage sheets look at, with a list of what it can show."""
        page = self.page
        page.text(SWITCH_ROW, At.NAME, SWITCH.to(self.language), "plain")
        page.text(SWITCH_ROW, At.LINE, BASE.to(self.language), "input_text")
        first = block_row(self.job, 0) + 2  # the rows of the first product: the result itself, then the scenarios
        letter = address(1, At.NAME).rstrip("1")
        names = f"=${letter}${first}:${letter}${first + len(self.scenarios)}"
        switch = Area(SWITCH_ROW, At.LINE, SWITCH_ROW, At.LINE)
        page.sheet.validate(switch, {"validate": "list", "source": names, "ignore_blank": False})

    # -- results

    def _product(self, row: int, index: int, product: ProductFootprint) -> None:
        page = self.page
        write_section(page, row, product_title(product.product), (At.NAME, At.STAGE))
        titles = [SCENARIO, *(stage.title for stage in self.stages), TOTAL, CHANGE, CHANGE_SHARE]
        for column, title in enumerate(titles, start=At.NAME):
            page.text(row + 1, column, title.to(self.language), "header")
        self._base(row + 2, product)
        for offset, scenario in enumerate(self.scenarios):
            self._scenario(scenario_row(self.job, index, offset), row + 2, product, scenario, index)
        rows = (row + 2, row + 2 + len(self.scenarios))
        if product.cfp_kg_co2e is not None:
            series = [
                (
                    stage.title.to(self.language),
                    charts.cells(page, *rows, At.STAGES + at),
                    page.package.theme.stages[stage],
                )
                for at, stage in enumerate(self.stages)
            ]
            caption = CHART.to(self.language).format(product=product_title(product.product))
            shown_products = (product, *(scenario.footprint.products[index] for scenario in self.scenarios))
            names, from_zero = charts.cells(page, *rows, At.NAME), not any(map(has_removals, shown_products))
            chart = charts.stacked(page.package, caption, "kgCO2e", series, names, from_zero=from_zero)
            chart.set_size({"width": 900, "height": 250})
            page.chart(rows[1] + 2, At.NAME, chart)

    def _base(self, row: int, product: ProductFootprint) -> None:
        self.page.text(row, At.NAME, BASE.to(self.language))
        block = self.layout.summary[product.product.key]
        known = {stage.stage: stage.kg_co2e for stage in product.stages}
        for column, stage in enumerate(self.stages, start=At.STAGES):
            at = block.stages.get(stage)
            shown_now = self.layout.at("summary", at, SummaryColumns.EMISSION) if at else ""
            # The summary shows what the switch says: less what that scenario changes, it is the result itself.
            source = f"{shown_now}-{self._sum(switch_cell(self.layout), product, stage)}"
            self.page.figure(row, column, source, known.get(stage), "number", self.amounts)
        column = At.STAGES + len(self.stages)
        cells = f"SUM({address(row, At.STAGES)}:{address(row, column - 1)})"
        self.page.figure(row, column, cells, product.cfp_kg_co2e, "band_number", self.amounts)
        for beside in (column + 1, column + 2):
            self.page.blank(row, beside)

    def _scenario(self, row: int, base: int, product: ProductFootprint, scenario: ScenarioResult, index: int) -> None:
        page, column = self.page, At.STAGES
        page.text(row, At.NAME, shown(scenario.scenario.name))
        changed = scenario.footprint.products[index]
        known = {stage.stage: stage.kg_co2e for stage in changed.stages}
        for stage in self.stages:
            source = f"{address(base, column)}+{self._sum(address(row, At.NAME), product, stage)}"
            page.figure(row, column, source, known.get(stage), "number", self.amounts)
            column += 1
        total, before = changed.cfp_kg_co2e, product.cfp_kg_co2e
        cells = f"SUM({address(row, At.STAGES)}:{address(row, column - 1)})"
        page.figure(row, column, cells, total, "band_number", self.amounts)
        change = None if total is None or before is None else total - before
        difference = f"{address(row, column)}-{address(base, column)}"
        page.figure(row, column + 1, difference, change, "number", self.amounts)
        share = change / before if change is not None and before else None
        page.figure(
            row, column + 2, f"{address(row, column + 1)}/{address(base, column)}", share, "number", self.shares
        )

    def _sum(self, name: str, product: ProductFootprint, stage: Stage) -> str:
        """Return Σ (E′ - E) of a scenario's changes in one stage of one product; `name` is the cell of its name."""

        def column(which: int) -> str:
            letters = address(1, which).rstrip("1")
            return f"${letters}${self.first}:${letters}${self.last}"

        own = (
            f"({column(At.NAME)}={name})"
            f'*({column(At.PRODUCT)}="{_quoted(self._product_word(product))}")'
            f'*({column(At.STAGE)}="{stage.title.to(self.language)}")'
        )
        return f"SUMPRODUCT({own},{column(At.DIFFERENCE)})"  # with a comma: a dash there counts as nothing

    # -- changes

    def _change(
        self,
        row: int,
        scenario: ScenarioResult,
        change: ScenarioChange,
        product: ProductFootprint,
        result: LineResult,
    ) -> None:
        page, line, key = self.page, result.line, product.product.key
        texts = (scenario.scenario.name, f"{line.id} {called(line.item)}", capitalised(change.words.to(self.language)))
        write_texts(page, row, list(zip((At.NAME, At.LINE, At.WORDS), texts, strict=True)))
        source_link(page, self.layout, row, At.PLACE, change.where)
        page.number(row, At.TIMES, change.times, "input", "0.####")
        share = change.share if change.factor else 0.0
        page.number(row, At.SHARE, share, "input", "0.##%")
        page.text(row, At.FACTOR, change.factor.id if change.factor else "")
        # Not from the stage's sheet: that shows what the switch says.
        activity = self.layout.at("normalization", self.layout.lines[key][line.id], self.layout.columns.activity)
        own = self._factor(line.factor)
        other = self._factor(change.factor or line.factor)
        page.figure(row, At.BASE, f"{activity}*{own}", result.kg_co2e, "number", self.amounts)
        times, part = address(row, At.TIMES), address(row, At.SHARE)
        changed = f"{activity}*{times}*((1-{part})*{own}+{part}*{other})"
        value = _changed(change, result)
        page.figure(row, At.CHANGED, changed, value, "number", self.amounts)
        difference = None if value is None or result.kg_co2e is None else value - result.kg_co2e
        formula = f"{address(row, At.CHANGED)}-{address(row, At.BASE)}"
        page.figure(row, At.DIFFERENCE, formula, difference, "number", self.amounts)
        page.text(row, At.PRODUCT, self._product_word(product))
        page.text(row, At.STAGE, line.stage.title.to(self.language), "centre")

    def _product_word(self, product: ProductFootprint) -> str:
        """Return what tells a product apart in the table of changes: its name, or that with its key."""
        title = short_title(self.job, product.product)
        same = sum(short_title(self.job, other) == title for other in self.job.inventory.products)
        return title if same == 1 and len(title) <= MAX_LITERAL else f"{product.product.key} {title}"[:MAX_LITERAL]

    def _factor(self, factor: EmissionFactor | None) -> str:
        return self.layout.at("factors", self.layout.factors[factor.id], FactorColumns.VALUE) if factor else ""


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def _changed(change: ScenarioChange, result: LineResult) -> float | None:
    """Return the line's emission in the scenario."""
    factor = result.line.factor
    if result.activity is None or result.kg_co2e is None or factor is None:
        return None
    other = change.factor.value if change.factor else factor.value
    share = change.share if change.factor else 0.0
    return result.activity * change.times * ((1 - share) * factor.value + share * other)
