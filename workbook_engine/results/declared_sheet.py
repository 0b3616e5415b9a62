"""申报结果核对: the results and factors of an earlier report, figure by figure beside the computed ones, with causes.

The declared figure is read from the consultant's own cell, the computed one from the summary; they agree where the
computed one, rounded half up to the report's decimals, is the printed one. Causes are those of the findings.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.grid import address
from workbook_engine.results.columns import SummaryColumns
from workbook_engine.results.layout import FIRST_ROW, HEADER_ROW
from workbook_engine.results.package import DASH, shown
from workbook_engine.results.sheets import (
    Column,
    half_up,
    open_sheet,
    set_widths,
    source_link,
    study_line,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.words import short_title
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.findings import CellRef
    from workbook_engine.model import DeclaredResult, DeclaredSource, Printed, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("申报结果核对：已有报告与本次核算", "Declared results: an earlier report against this one")
TOTAL: Final = Text("总计", "Total")
EMISSION: Final = Text("排放量 kgCO2e", "Emission kgCO2e")
SHARE: Final = Text("占比", "Share")
AGREES: Final = Text("一致", "agrees")
DIFFERS: Final = Text("不一致", "differs")
NOT_QUESTIONED: Final = Text("未见不符", "no conflict")  # a name without a value is held against little
COUNT: Final = Text("一致的个数", "Figures that agree")
OF_ALL: Final = Text("共 {count} 个", "of {count}")
SOURCES: Final = Text("已有报告所称的因子来源", "Factors as the earlier report names them")
BETWEEN: Final = Text("", " ")  # sentences
GWP: Final = Text("GWP", "GWP")
FINER: Final = 2  # decimals that the computed figure shows beyond the print
SHARE_DECIMALS: Final = 2  # a share in per cent is a fraction in its cell


class At:
    """Columns of the two tables."""

    PRINTED_IN = 2
    PRODUCT = 3
    SUBJECT = 4
    FIGURE = 5
    DECLARED = 6
    COMPUTED = 7
    DIFFERENCE = 8
    PART = 9
    VERDICT = 10
    CAUSE = 11
    REMEDY = 12
    PLACE = 13

    NAMED = 2  # over two columns
    OF = 4
    YEAR = 5
    UNIT = 7  # over three columns


COLUMNS: Final = {
    At.PRINTED_IN: Column(Text("出处", "Where printed"), 16),
    At.PRODUCT: Column(Text("产品", "Product"), 16),
    At.SUBJECT: Column(Text("阶段或总计", "Stage or total"), 14),
    At.FIGURE: Column(Text("项目", "Figure"), 17),
    At.DECLARED: Column(Text("申报值", "Declared"), 13),
    At.COMPUTED: Column(Text("核算值", "Computed"), 13),
    At.DIFFERENCE: Column(Text("差（按所印位数）", "Difference, as printed"), 13),
    At.PART: Column(Text("差 %", "Difference %"), 10),
    At.VERDICT: Column(Text("核对", "Verdict"), 9),
    At.CAUSE: Column(Text("可能原因", "Probable cause"), 54),
    At.REMEDY: Column(Text("处理建议", "What to do"), 34),
    At.PLACE: Column(Text("填写的单元格", "Cell"), 18),
}
SOURCE_COLUMNS: Final = {
    At.NAMED: Column(Text("报告中的名称", "As named"), 16),
    At.OF: Column(Text("因子", "Factor"), 16),
    At.YEAR: Column(Text("年份", "Year"), 14),
    At.DECLARED: Column(Text("数值", "Value"), 13),
    At.UNIT: Column(Text("单位", "Unit"), 13),
    At.VERDICT: Column(Text("核对", "Verdict"), 9),
    At.CAUSE: Column(Text("问题", "What"), 54),
    At.REMEDY: Column(Text("处理建议", "What to do"), 34),
    At.PLACE: Column(Text("填写的单元格", "Cell"), 18),
}
ACROSS: Final = {At.NAMED: At.PRODUCT, At.UNIT: At.PART}  # columns of the sources, and the last that each is wide


class _Figure(NamedTuple):
    """One printed figure beside the computed one. Shares are fractions; `decimals` are those of the cell."""

    row: DeclaredResult
    kind: Text
    printed: Printed
    declared: float
    source: str  # the formula of the computed figure, "" where there is none
    computed: float | None
    decimals: int
    number: str
    finer: str  # the format of the computed figure: two decimals more than the print has


def write_declared(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet, where something was declared."""
    if "declared" not in layout.sheets:
        return
    page = open_sheet(package, job, layout, "declared", TITLE, study_line(job))
    set_widths(page, COLUMNS, layout.language)
    page.sheet.freeze_panes(HEADER_ROW, 0)
    page.sheet.repeat_rows(HEADER_ROW - 1)
    _Writer(page, job, layout).write()


class _Writer:
    def __init__(self, page: Page, job: ResultsJob, layout: Layout) -> None:
        self.page, self.job, self.layout = page, job, layout
        self.language = layout.language

    def write(self) -> None:
        """Write the results, then the sources."""
        row = HEADER_ROW
        if self.job.inventory.declared:
            row = self._results(row)
        if self.job.inventory.declared_sources:
            self._sources(row if row == HEADER_ROW else row + 2)

    # -- results

    def _results(self, header: int) -> int:
        write_header(self.page, COLUMNS, self.language, header)
        row = header
        for figure in self._figures():
            row += 1
            self._figure(row, figure)
        return self._count(row + 1)

    def _figures(self) -> Iterator[_Figure]:
        products = {product.product.key: product for product in self.job.footprint.products}
        for row in self.job.inventory.declared:
            product = products.get(row.product)
            if product is None:
                continue
            of_kg, of_share = self.job.inventory.printed_decimals(row.product)
            kg, share = _computed(product, row)
            if row.kg_co2e is not None:
                source = self._source(row, SummaryColumns.EMISSION)
                formats = _code("#,##0", of_kg), _code("#,##0", of_kg + FINER)
                declared = float(row.kg_co2e.value)
                yield _Figure(row, EMISSION, row.kg_co2e, declared, source, kg, of_kg, *formats)
            if row.share is not None:
                source = self._source(row, SummaryColumns.SHARE)
                formats = _code("0", of_share) + "%", _code("0", of_share + FINER) + "%"
                declared = float(row.share.value / Decimal(100))
                decimals = of_share + SHARE_DECIMALS
                yield _Figure(row, SHARE, row.share, declared, source, share, decimals, *formats)

    def _source(self, row: DeclaredResult, column: int) -> str:
        block = self.layout.summary[row.product]
        at = block.total if row.stage is None else block.stages.get(row.stage)
        return self.layout.at("summary", at, column) if at else ""

    def _figure(self, row: int, figure: _Figure) -> None:
        page, declared, place = self.page, figure.row, figure.printed.where
        product = next(p for p in self.job.inventory.products if p.key == declared.product)
        title = TOTAL if declared.stage is None else declared.stage.title
        texts = (
            (At.PRINTED_IN, declared.printed_in),
            (At.PRODUCT, short_title(self.job, product)),
            (At.SUBJECT, title.to(self.language)),
            (At.FIGURE, figure.kind.to(self.language)),
        )
        write_texts(page, row, texts)
        own = self.layout.raw.live(place, figure.declared)
        if own:
            page.formula(row, At.DECLARED, own, figure.declared, "number", figure.number)
        else:
            page.number(row, At.DECLARED, figure.declared, "input", figure.number)
        page.figure(row, At.COMPUTED, figure.source, figure.computed, "number", figure.finer)
        self._compared(row, figure)
        is_first = figure.kind is EMISSION or declared.kg_co2e is None
        self._said(row, (place, declared.where) if is_first else (place,))
        source_link(page, self.layout, row, At.PLACE, place)

    def _compared(self, row: int, figure: _Figure) -> None:
        page = self.page
        own, computed = address(row, At.DECLARED), f"ROUND({address(row, At.COMPUTED)},{figure.decimals})"
        difference = part = None
        if figure.computed is not None:
            rounded = half_up(figure.computed, figure.decimals)
            difference = half_up(figure.declared - rounded, figure.decimals)
            part = difference / figure.computed if figure.computed else None
        formula = f"ROUND({own}-{computed},{figure.decimals})"
        page.figure(row, At.DIFFERENCE, formula, difference, "number", f"+{figure.number};-{figure.number};0")
        formula = f"{address(row, At.DIFFERENCE)}/{address(row, At.COMPUTED)}"
        page.figure(row, At.PART, formula, part, "number", "+0.00%;-0.00%;0")
        if difference is None:
            page.text(row, At.VERDICT, DASH, "dash")
            return
        words = AGREES.to(self.language), DIFFERS.to(self.language)
        formula = f'IF({address(row, At.DIFFERENCE)}=0,"{words[0]}","{words[1]}")'
        page.formula(row, At.VERDICT, formula, words[difference != 0], "good" if difference == 0 else "bad")

    def _said(self, row: int, places: tuple[CellRef, ...]) -> None:
        said = [
            finding
            for finding in self.job.findings
            if finding.where in places and finding.code.startswith("declared-") and finding.code != "declared-agrees"
        ]
        causes = [finding.sentence(self.language) for finding in said]
        remedies = dict.fromkeys(finding.remedy(self.language) for finding in said)
        between = BETWEEN.to(self.language)
        self.page.text(row, At.CAUSE, shown(between.join(causes)))
        self.page.text(row, At.REMEDY, shown(between.join(remedies)))

    def _count(self, row: int) -> int:
        """Write how many figures agree."""
        page, last = self.page, row - 1
        for column in range(At.PRINTED_IN, At.PLACE + 1):
            if column == At.PRINTED_IN:
                page.text(row, column, COUNT.to(self.language), "total")
            elif column == At.VERDICT:
                area = f"{address(FIRST_ROW, column)}:{address(last, column)}"
                agree = sum(_agrees(figure) for figure in self._figures())
                page.formula(row, column, f'COUNTIF({area},"{AGREES.to(self.language)}")', agree, "total_number", "0")
            elif column == At.CAUSE:
                page.text(row, column, OF_ALL.to(self.language).format(count=row - FIRST_ROW), "total")
            else:
                page.blank(row, column, "total")
        return row

    # -- sources

    def _sources(self, row: int) -> None:
        if row > HEADER_ROW:
            write_section(self.page, row, SOURCES.to(self.language), (At.NAMED, At.PLACE))
            row += 1
        self._source_header(row)
        for source in self.job.inventory.declared_sources:
            row += 1
            self._one_source(row, source)

    def _source_header(self, row: int) -> None:
        """Write the header of the sources, some of whose columns are several of the table above."""
        for column, spec in SOURCE_COLUMNS.items():
            title = spec.title.to(self.language)
            if column in ACROSS:
                self.page.across(row, (column, ACROSS[column]), title, "header")
            else:
                self.page.text(row, column, title, "header")

    def _one_source(self, row: int, source: DeclaredSource) -> None:
        page = self.page
        factor = (source.flow.name if source.flow else GWP).to(self.language)
        year = str(source.year or "")
        page.across(row, (At.NAMED, ACROSS[At.NAMED]), shown(source.named))
        write_texts(page, row, [(At.OF, factor), (At.YEAR, year)])
        if source.value is not None:
            page.number(row, At.DECLARED, float(source.value.value), "input")
        else:
            page.blank(row, At.DECLARED)
        page.across(row, (At.UNIT, ACROSS[At.UNIT]), shown(source.unit), "centre")
        questioned = any(f.where == source.where and f.code.startswith("declared-") for f in self.job.findings)
        words = DIFFERS if questioned else NOT_QUESTIONED
        page.text(row, At.VERDICT, words.to(self.language), "bad" if questioned else "good")
        self._said(row, (source.where,))
        source_link(page, self.layout, row, At.PLACE, source.where)


def _code(whole: str, decimals: int) -> str:
    return whole + ("." + "0" * decimals if decimals else "")


def _computed(product: ProductFootprint, row: DeclaredResult) -> tuple[float | None, float | None]:
    """Return the computed emission and share of a declared row."""
    if row.stage is None:
        total = product.cfp_kg_co2e
        return total, 1.0 if total else None
    return next(((stage.kg_co2e, stage.share) for stage in product.stages if stage.stage is row.stage), (None, None))


def _agrees(figure: _Figure) -> bool:
    if figure.computed is None:
        return False
    return half_up(figure.declared - half_up(figure.computed, figure.decimals), figure.decimals) == 0
