"""温室气体分列: fossil and biogenic carbon, methane, N2O, land-use change and aircraft apart, where the factors tell.

ISO 14067:2018, 7.2 and GB/T 24067-2024 want these shown apart where they occur. A line's part of a gas = activity ×
the gas's part of its factor (on the factor sheet); a gas by itself (kg × GWP) is its own part; what a factor does not
tell apart stays in "not broken down", it is never divided by assumption.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.grid import address, column_letter
from workbook_engine.model.biogenic import BIOGENIC_CO2, CANCELLED_DIGITS, cancelled
from workbook_engine.results.columns import TraceColumns
from workbook_engine.results.gas_parts import GasParts, has_biogenic_co2
from workbook_engine.results.layout import GASES
from workbook_engine.results.package import called
from workbook_engine.results.paging import Block, Headed, paginate, table
from workbook_engine.results.sheets import (
    Column,
    open_sheet,
    set_widths,
    write_band,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.study import stages_of
from workbook_engine.results.trace_sheet import why_not_ranked
from workbook_engine.results.words import product_title
from workbook_engine.results.writer import ProductWriter
from workbook_engine.texts import Text
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import LineResult, ProductFootprint, Stage
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("温室气体分列（kgCO2e）", "Emissions by gas (kgCO2e)")
HINT: Final = Text(
    "按因子来源给出的分项计算，直接排放的单一气体列入其本身；来源没有区分的列在“未区分”，不作推算。",
    "By the parts that the factors' sources give; a gas by itself is its own part; what a source does not break down "
    "stays “not broken down”.",
)
BIOGENIC_HINT: Final = Text(
    "生物源 CO2 吸收为负、排放为正（ISO 14067，6.5.2），都在合计之内，并在这里分列。",
    "Biogenic CO2, below zero where taken up (ISO 14067, 6.5.2), is in the total, and shown apart here.",
)
REST: Final = Text("未区分", "Not broken down")
BIOGENIC_NET: Final = Text("其中：生物源 CO2 净值", "Of which biogenic CO2, net")
WITHOUT_BIOGENIC: Final = Text("合计，不含生物源 CO2", "Total without biogenic CO2")
TOTAL: Final = Text("合计", "Total")
SHARE: Final = Text("占比", "Share")
SPACE: Final = Text("", " ")
NOT_SHOWN: Final = Text("{why}，不作分列。", "Not shown: {why}.")
PART_WIDTH: Final = 15
FIRST_BLOCK: Final = 4


class At:
    """Columns of the sheet: gas or line, then stages or gases."""

    NAME = 2
    FIRST = 3


def write_gases(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet; nothing where no factor tells gases apart."""
    if not layout.gases:
        return
    hints = (HINT, BIOGENIC_HINT) if has_biogenic_co2(layout) else (HINT,)
    subtitle = SPACE.to(layout.language).join(hint.to(layout.language) for hint in hints)
    page = open_sheet(package, job, layout, "gases", TITLE, subtitle)
    last = At.FIRST + max(len(stages_of(job)) + 1, len(layout.gases) + 1)
    widths = {At.NAME: Column(Text("", ""), 34)}
    widths |= {column: Column(Text("", ""), PART_WIDTH) for column in range(At.FIRST, last + 1)}
    set_widths(page, widths, layout.language)
    page.sheet.freeze_panes(2, At.NAME)
    plan = _plan(job, layout)
    products = [_Product(page, job, layout, product, plan) for product in job.footprint.products]
    blocks = [written.write() for written in products]
    if not plan.header:
        paginate(page, blocks, (At.NAME, last))
        return
    titles = [Text("数据行", "Line"), Text("阶段", "Stage"), *map(_in_lines, map(_title, kinds_of(layout)))]
    columns = {At.NAME + index: Column(title, PART_WIDTH) for index, title in enumerate(titles)}
    write_header(page, columns, layout.language, plan.header)
    start, end = plan.header, plan.header
    for written in products:
        if written.first:
            written.write_lines(max(columns))
            end = written.last
            blocks.append(table(start, written.first, end))
            start = end + 1
    paginate(page, blocks, (At.NAME, last), Headed(plan.header, end))


class _Plan(NamedTuple):
    """The sheet: product key -> where its table begins, and its lines; those of all are below the header (0: none)."""

    starts: Mapping[str, int]
    bands: Mapping[str, int]  # above its lines, where several products have some
    lines: Mapping[str, int]
    header: int


def _plan(job: ResultsJob, layout: Layout) -> _Plan:
    """Settle the rows."""
    starts, bands, lines = {}, {}, {}
    height = len(kinds_of(layout)) + (6 if has_biogenic_co2(layout) else 4)
    ranked = [product for product in job.footprint.products if not why_not_ranked(product)]
    row = FIRST_BLOCK
    for product in job.footprint.products:
        starts[product.product.key] = row
        row += height if product in ranked else 3
    below = row + 1
    for product in ranked:
        key = product.product.key
        if len(ranked) > 1:
            bands[key] = below
            below += 1
        lines[key] = below
        below += len(product.lines)
    return _Plan(starts, bands, lines, row if ranked else 0)


def kinds_of(layout: Layout) -> tuple[str, ...]:
    """Return the kinds of gas that are told apart; the last: what no factor tells apart."""
    return (*layout.gases, "")


def _title(kind: str) -> Text:
    return GASES[kind] if kind else REST


class _Product(ProductWriter):
    """One product: gases by stage; below those of all products the lines that they are summed from."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout, product: ProductFootprint, plan: _Plan) -> None:
        super().__init__(page, job, layout, product)
        self.results = product.lines
        self.stages = [stage.stage for stage in product.stages]
        self.kinds = kinds_of(layout)
        self.biogenic = [kind for kind in layout.gases if kind in BIOGENIC_CO2]
        self.factor_parts = GasParts(job, layout)
        self.start, self.band = plan.starts[self.key], plan.bands.get(self.key, 0)
        self.first = plan.lines.get(self.key, 0)  # of the rows of its lines; 0: they are not shown
        self.last = self.first + len(self.results) - 1

    def write(self) -> Block:
        """Write the table of gases, and return its rows."""
        columns, row = (At.NAME, At.FIRST + len(self.stages) + 1), self.start
        write_section(self.page, row, product_title(self.product.product), columns)
        if why := why_not_ranked(self.product):
            self.page.text(row + 1, At.NAME, NOT_SHOWN.to(self.language).format(why=why.to(self.language)), "note")
            return Block(row, row + 1)
        self.page.landmark("gases", row, At.NAME)
        self._gases(row + 1)
        return Block(row, row + len(self.kinds) + (4 if self.biogenic else 2))

    def write_lines(self, last: int) -> None:
        """Write the lines, where there are several products below a band as wide as the table."""
        if self.band:
            write_band(self.page, self.band, product_title(self.product.product), (At.NAME, last))
        for row, result in enumerate(self.results, start=self.first):
            self._line(row, result)

    # -- gases by stage

    def _gases(self, header: int) -> None:
        titles = [Text("温室气体", "Gas"), *(stage.title for stage in self.stages), TOTAL, SHARE]
        columns = {At.NAME + index: Column(title, 15) for index, title in enumerate(titles)}
        write_header(self.page, columns, self.language, header)
        for offset, kind in enumerate(self.kinds, start=1):
            self._gas(header + offset, header + len(self.kinds) + 1, kind)
        self._totals(header + len(self.kinds) + 1)

    def _gas(self, row: int, total: int, kind: str) -> None:
        page = self.page
        page.text(row, At.NAME, _title(kind).to(self.language))
        column = At.FIRST
        for stage in self.stages:
            parts = self._range(At.FIRST + 1 + self.kinds.index(kind))
            formula = f'SUMPRODUCT(({self._range(At.FIRST)}="{stage.title.to(self.language)}")*{parts})'
            page.formula(row, column, formula, self._part(kind, stage), "number", self.amounts)
            column += 1
        cells = f"SUM({address(row, At.FIRST)}:{address(row, column - 1)})"
        value = math.fsum(self._part(kind, stage) for stage in self.stages)
        page.formula(row, column, cells, value, "number", self.amounts)
        share = f"{address(row, column)}/{address(total, column)}"
        page.formula(row, column + 1, share, value / (self.product.cfp_kg_co2e or 1.0), "number", self.shares)

    def _totals(self, row: int) -> None:
        page, first = self.page, row - len(self.kinds)
        page.text(row, At.NAME, TOTAL.to(self.language), "total")
        values = [stage.kg_co2e or 0.0 for stage in self.product.stages]
        values.append(self.product.cfp_kg_co2e or 0.0)
        for column, value in enumerate(values, start=At.FIRST):
            cells = f"SUM({address(first, column)}:{address(row - 1, column)})"
            page.formula(row, column, cells, value, "total_number", self.amounts)
        share = At.FIRST + len(values)
        cells = f"SUM({address(first, share)}:{address(row - 1, share)})"
        page.formula(row, share, cells, 1.0, "total_number", self.shares)  # no part of a line stands outside the gases
        if self.biogenic:
            self._with_and_without(row + 1, first, values)

    def _with_and_without(self, row: int, first: int, totals: list[float]) -> None:
        """Write what biogenic CO2 adds to each stage and to the total, and both without it."""
        own = [first + self.kinds.index(kind) for kind in self.biogenic]
        parts = [[self._part(kind, stage) for kind in self.biogenic] for stage in self.stages]
        parts.append([math.fsum(of_stages) for of_stages in zip(*parts, strict=True)])
        net = [cancelled(values) for values in parts]
        columns = range(At.FIRST, At.FIRST + len(net))
        added = [_sum_formula([address(line, column) for line in own]) for column in columns]
        less = [f"{address(row - 1, column)}-{address(row, column)}" for column in columns]
        self._row(row, BIOGENIC_NET, added, net)
        self._row(row + 1, WITHOUT_BIOGENIC, less, [total - part for total, part in zip(totals, net, strict=True)])

    def _row(self, row: int, title: Text, formulas: list[str], values: list[float]) -> None:
        """Write the figures of a row below the total, the last with its share of it."""
        page = self.page
        page.text(row, At.NAME, title.to(self.language))
        for column, (formula, value) in enumerate(zip(formulas, values, strict=True), start=At.FIRST):
            page.formula(row, column, formula, value, "number", self.amounts)
        last = At.FIRST + len(values) - 1
        share = f"{address(row, last)}/{self.layout.total(self.product.product.key)}"
        of_total = values[-1] / (self.product.cfp_kg_co2e or 1.0)
        page.formula(row, last + 1, share, of_total, "number", self.shares)

    def _range(self, column: int) -> str:
        letters = column_letter(column)
        return f"${letters}${self.first}:${letters}${self.last}"

    def _part(self, kind: str, stage: Stage) -> float:
        return math.fsum(
            _part(result, kind, self.layout.gases) for result in self.results if result.line.stage is stage
        )

    # -- lines

    def _line(self, row: int, result: LineResult) -> None:
        line, page = result.line, self.page
        texts = (f"{line.id} {called(line.item)}", line.stage.title.to(self.language))
        write_texts(page, row, list(zip((At.NAME, At.FIRST), texts, strict=True)))
        trace = self.layout.lines[self.product.product.key][line.id]
        activity = self.layout.at("trace", trace, TraceColumns.ACTIVITY)
        for index, kind in enumerate(self.layout.gases):
            part = self.factor_parts.of_line(self.product.product.key, result, kind)
            value = _part(result, kind, self.layout.gases)
            page.formula(row, At.FIRST + 1 + index, _product(activity, part), value, "number", self.amounts)
        emission = self.layout.at("trace", trace, TraceColumns.EMISSION)
        rest = At.FIRST + 1 + len(self.layout.gases)
        told = f"SUM({address(row, At.FIRST + 1)}:{address(row, rest - 1)})"
        # To 12 digits of the emission: what is left of a sum that equals it is no gas. + 0: no minus before a zero.
        formula = f"IF({emission}=0,{emission}-{told},ROUND(1-{told}/{emission},12)*{emission})+0"
        page.formula(row, rest, formula, _part(result, "", self.layout.gases), "number", self.amounts)


def _product(activity: str, part: str) -> str:
    return f"{activity}*({part})" if "+" in part else f"{activity}*{part}"


def _sum_formula(cells: list[str]) -> str:
    if len(cells) == 1:
        return cells[0]
    size = "+".join(f"ABS({cell})" for cell in cells)
    return f"IF({size}=0,0,ROUND(({'+'.join(cells)})/({size}),{CANCELLED_DIGITS})*({size}))"


def _part(result: LineResult, kind: str, kinds: tuple[str, ...]) -> float:
    """Return a line's emission of a gas, or ("") what its factor does not tell apart, kgCO2e."""
    factor, activity, emission = result.line.factor, result.activity or 0.0, result.kg_co2e or 0.0
    if factor is None:
        return 0.0
    if kind:
        return activity * factor.gases.get(kind, 0.0)
    told = math.fsum(activity * factor.gases.get(gas, 0.0) for gas in kinds)
    return (round(1 - told / emission, 12) * emission if emission else emission - told) + 0.0


def _in_lines(title: Text) -> Text:
    """Return a heading whose bracket stands on a line of its own, where the whole would be parted inside it."""
    return Text(title.zh.replace("（", "\n（"), title.en) if text_width(title.zh) > PART_WIDTH else title
