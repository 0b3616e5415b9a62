"""因子选用: by which rung of the ladder each factor was chosen, what else there was, and what that would change.

What another factor would change is live: the activity that counts by the factor used × (the other value - the value
used). The activity stays as it is, also where a fuel was brought to mass by the net calorific value of the factor used.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.grid import address
from workbook_engine.results.columns import ChoiceColumns as At
from workbook_engine.results.columns import FactorColumns, TraceColumns
from workbook_engine.results.layout import FIRST_ROW, HEADER_ROW
from workbook_engine.results.package import shown
from workbook_engine.results.sheets import (
    Column,
    Table,
    amount_format,
    difference_formula,
    fixed,
    open_table,
    write_texts,
)
from workbook_engine.results.study import counted_results
from workbook_engine.results.words import (
    SEMICOLON,
    electricity_region,
    factor_set_title,
    region_title,
    series_title,
    setting_title,
    short_title,
    tier_title,
    unit_title,
)
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook_engine.model import EmissionFactor, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language

TITLE: Final = Text(
    "因子选用：为什么用它，还有哪些可选，改用会怎样",
    "Choice of factors: why this one, what else there is, and what that would change",
)
HINT: Final = Text(
    "深色行为采用的因子，其下为因子库中同一种流的其他因子。变化 = 活动数据 × （其他因子 − 采用的因子），活动数据不变。",
    "Bold: the factor used; below it the library's other factors of the same flow. Change = activity × (other factor "
    "− factor used); the activity stays as it is.",
)
SOME_PRODUCTS: Final = Text("产品很多，只列前 {count} 个的变化。", "Of the many products the first {count} are shown.")
MAX_PRODUCTS: Final = 12
ALTERNATIVE: Final = Text("可选", "Alternative")
NO_OTHER: Final = Text("因子库中没有其他因子", "No other in the library")
RUNGS: Final = {
    "line": Text("数据行指定", "Named by the line"),
    "factor_set": Text("因子集指定：{set}", "By the factor set {set}"),
    "default": Text("缺省次序（系列、地区、年份、可信度）", "Default order (series, region, year, tier)"),
    "supplier": Text("供应商声明的碳足迹", "Declared by the supplier"),
}
BY_GWP: Final = Text("核算设置：GWP 取 {set}", "Settings: GWP of {set}")
BY_ELECTRICITY: Final = Text("核算设置：{series}，{region}，{year}", "Settings: {series}, {region}, {year}")
NEWEST: Final = Text("不晚于数据的最近年份", "the newest year not after the data")
LINES: Final = Text("{why}（{count} 行）", "{why} ({count} lines)")
ACTIVITY: Final = Text("活动数据合计", "Activity in all")
CHANGE: Final = Text("变化 kgCO2e", "Change kgCO2e")
PART: Final = Text("占总量的变化", "Change of the total")
SIGNED: Final = "+{0};-{0};{0}"
PER_PRODUCT: Final = 3

COLUMNS: Final = {
    At.WHY: Column(Text("选用依据", "Chosen by"), 26),
    At.ID: Column(Text("因子编号", "Factor id"), 22),
    At.NAME: Column(Text("名称", "Name"), 26),
    At.VALUE: Column(Text("因子值", "Value"), 11),
    At.UNIT: Column(Text("单位", "Unit"), 13),
    At.YEAR: Column(Text("年份", "Year"), 7),
    At.REGION: Column(Text("地区", "Region"), 9),
    At.SERIES: Column(Text("系列", "Series"), 18),
    At.SOURCE: Column(Text("来源", "Source"), 34),
    At.TIER: Column(Text("可信度", "Tier"), 10),
}


class _Used(NamedTuple):
    """A factor that lines use: how it was chosen, and how many lines by which rung."""

    factor: EmissionFactor
    alternatives: tuple[EmissionFactor, ...]
    rungs: Counter[str]


def write_choices(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    products = job.footprint.products[:MAX_PRODUCTS]
    hint = HINT.to(layout.language)
    if len(products) < len(job.footprint.products):
        hint += SOME_PRODUCTS.to(layout.language).format(count=len(products))
    columns = {**COLUMNS, **product_columns([short_title(job, p.product) for p in products])}
    title = (TITLE.to(layout.language), hint)
    page = open_table(package, job, layout, "choices", title, Table(columns, At.ID))
    page.sheet.freeze_panes(HEADER_ROW, At.ID)
    page.sheet.repeat_rows(HEADER_ROW - 1)
    page.sheet.repeat_columns(0, At.ID - 1)
    writer = _Writer(page, job, layout, products)
    row = FIRST_ROW
    for used in _used(job):
        row = writer.group(row, used)


def product_columns(titles: Sequence[str]) -> dict[int, Column]:
    """Return the columns of the products of these titles; one alone needs no name."""
    found: dict[int, Column] = {}
    for index, title in enumerate(titles):
        for offset, (text, width) in enumerate(((ACTIVITY, 14), (CHANGE, 13), (PART, 11))):
            named = text if len(titles) == 1 else Text(*(f"{title}\n{word}" for word in text))
            found[At.PRODUCTS + PER_PRODUCT * index + offset] = Column(named, width)
    return found


def _used(job: ResultsJob) -> Iterator[_Used]:
    """Yield the factors of lines in the order of their first use; a line of several products counts once."""
    found: dict[str, _Used] = {}
    seen: set[str] = set()
    for _, result in counted_results(job):
        line = result.line
        if line.factor is not None and line.id not in seen:
            seen.add(line.id)
            used = found.setdefault(line.factor.id, _Used(line.factor, line.alternatives, Counter()))
            used.rungs[line.rung] += 1
    yield from found.values()


class _Writer:
    def __init__(self, page: Page, job: ResultsJob, layout: Layout, products: tuple[ProductFootprint, ...]) -> None:
        self.page, self.job, self.layout, self.products = page, job, layout, products
        self.language: Language = layout.language
        self.amounts = amount_format(job)
        self.activities = [_activities(product) for product in products]

    def group(self, row: int, used: _Used) -> int:
        """Write a factor with its alternatives and return the row below them."""
        first = row
        self._used_row(row, used)
        for other in used.alternatives:
            row += 1
            self._alternative(row, first, used.factor, other)
        if not used.alternatives:
            row += 1
            write_texts(self.page, row, [(At.WHY, ""), (At.ID, NO_OTHER.to(self.language))])
        return row + 1

    def _used_row(self, row: int, used: _Used) -> None:
        page, factor = self.page, used.factor
        page.text(row, At.WHY, self._why(used), "used")
        target = self.layout.at("factors", self.layout.factors[factor.id], FactorColumns.ID)
        page.link(row, At.ID, target, factor.id)
        page.text(row, At.NAME, shown(factor.name.to(self.language)), "used")
        value = self.layout.at("factors", self.layout.factors[factor.id], FactorColumns.VALUE)
        page.formula(row, At.VALUE, value, factor.value, "band_number")
        self._words(row, factor, "used")
        for index, product in enumerate(self.products):
            column = At.PRODUCTS + PER_PRODUCT * index
            activity = self.activities[index].get(factor.id)
            page.figure(row, column, self._sum(row, product), activity, "band_number", self.amounts)
            page.blank(row, column + 1, "band")
            page.blank(row, column + 2, "band")

    def _sum(self, row: int, product: ProductFootprint) -> str:
        """Return the activity of a product's lines that count by the factor of the row."""
        first, last = self.layout.block(product.product.key)
        ids, amounts = (
            f"{self.layout.at('trace', first, column, absolute=True)}:{fixed(address(last, column))}"
            for column in (TraceColumns.FACTOR_ID, TraceColumns.ACTIVITY)
        )
        return f"SUMIF({ids},{address(row, At.ID)},{amounts})"

    def _alternative(self, row: int, first: int, used: EmissionFactor, other: EmissionFactor) -> None:
        page = self.page
        texts = [(At.WHY, ALTERNATIVE.to(self.language)), (At.ID, other.id), (At.NAME, other.name.to(self.language))]
        write_texts(page, row, texts)
        page.number(row, At.VALUE, other.value)
        self._words(row, other, "text")
        for index, product in enumerate(self.products):
            column = At.PRODUCTS + PER_PRODUCT * index
            activity = self.activities[index].get(used.id)
            change = None if activity is None else activity * _more(other.value, used.value)
            page.blank(row, column)
            more = difference_formula(address(row, At.VALUE), address(first, At.VALUE))
            formula = f"{address(first, column)}*{more}"
            page.figure(row, column + 1, formula, change, "number", SIGNED.format(self.amounts))
            total = product.cfp_kg_co2e
            part = change / total if change is not None and total else None
            formula = f"{address(row, column + 1)}/{self.layout.total(product.product.key)}"
            page.figure(row, column + 2, formula, part, "number", SIGNED.format("0.00%"))

    def _words(self, row: int, factor: EmissionFactor, style: str) -> None:
        texts = (
            (At.UNIT, unit_title(factor.unit, self.language)),
            (At.YEAR, str(factor.year or "")),
            (At.REGION, region_title(factor, self.language)),
            (At.SERIES, series_title(self.job, factor, self.language)),
            (At.SOURCE, factor.source),
            (At.TIER, tier_title(factor, self.language)),
        )
        write_texts(self.page, row, texts, style)

    def _why(self, used: _Used) -> str:
        words = {rung: self._rung(rung, used.factor) for rung in used.rungs if rung}
        if len(words) == 1:
            return next(iter(words.values()))
        several = LINES.to(self.language)
        return SEMICOLON.to(self.language).join(
            several.format(why=why, count=used.rungs[rung]) for rung, why in words.items()
        )

    def _rung(self, rung: str, factor: EmissionFactor) -> str:
        settings = self.job.inventory.settings
        if rung != "settings":
            return RUNGS[rung].to(self.language).format(set=factor_set_title(self.job, self.language))
        if factor.series != settings.electricity_series:
            return BY_GWP.to(self.language).format(set=settings.gwp_set)
        return BY_ELECTRICITY.to(self.language).format(
            series=setting_title("electricity_series", settings.electricity_series, self.language),
            region=electricity_region(self.job, self.language),
            year=settings.electricity_year or NEWEST.to(self.language),
        )


def _activities(product: ProductFootprint) -> dict[str, float]:
    """Return factor id -> the activity that counts by it, of the lines whose activity is known."""
    found: dict[str, list[float]] = {}
    for stage in product.stages:
        for result in stage.lines:
            if result.line.factor is not None and result.activity is not None:
                found.setdefault(result.line.factor.id, []).append(result.activity)
    return {factor: math.fsum(activities) for factor, activities in found.items()}


def _more(other: float, used: float) -> float:
    """Return the difference as sheets.difference_formula does."""
    return 0.0 if used and round(other / used - 1, 9) == 0 else other - used
