"""溯源: every result line back to the company's own cell, and from there to here (the item's cell is a link)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from workbook_engine.findings import CellRef
from workbook_engine.grid import address
from workbook_engine.model import Basis
from workbook_engine.model.biogenic import biogenic_co2
from workbook_engine.patterns import pattern
from workbook_engine.results.columns import FactorColumns, StageColumns
from workbook_engine.results.columns import TraceColumns as At
from workbook_engine.results.gas_parts import GasParts, has_biogenic_co2
from workbook_engine.results.layout import HEADER_ROW
from workbook_engine.results.normalization_sheet import step_text
from workbook_engine.results.package import DASH, called, shown
from workbook_engine.results.sheets import (
    Column,
    Table,
    amount_format,
    freeze,
    open_table,
    share_format,
    source_link,
    write_texts,
)
from workbook_engine.results.study import results_of
from workbook_engine.results.words import SEMICOLON, primary_title, short_title, unit_title
from workbook_engine.texts import Text
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import ActivityLine, LineResult, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language

TITLE: Final = Text("溯源：从结果回到原始单元格", "Trace: from each result back to the company's cell")
SOURCE: Final = Text("原始文件：{name}    SHA-256：{digest}", "Source file: {name}    SHA-256: {digest}")
MAX_RANKED: Final = 2_000  # lines of a product that are ranked live: each rank compares with all the others
INCOMPLETE: Final = Text("结果未完成", "the result is incomplete")
ZERO: Final = Text("总量为零", "the total is zero")
TOO_MANY: Final = Text("数据行超过 {most:,} 行", "there are more than {most:,} lines")
RANK_DECIMALS: Final = 12  # shares that agree to so many decimals rank in the order of the rows

PER_UNIT: Final = {  # how an amount comes to that of a unit of product; the normalization sheet has the figures
    Basis.PRODUCT_TOTAL: Text("本产品合计 ÷ 产量", "product's total ÷ output"),
    Basis.PLANT_TOTAL: Text("全厂合计 × 分摊系数", "plant total × allocation"),
}

COLUMNS: Final = {
    At.ID: Column(Text("编号", "Line"), 9),
    At.PRODUCT: Column(Text("产品", "Product"), 18),
    At.STAGE: Column(Text("阶段", "Stage"), 12),
    At.ITEM: Column(Text("项目", "Item"), 18),
    At.PLACE: Column(Text("工作表与单元格", "Sheet and cell"), 17),
    At.TYPED: Column(Text("原文", "As typed"), 16),
    At.READ: Column(Text("读作", "Read as"), 14),
    At.CONVERSION: Column(Text("换算", "Conversion"), 22),
    At.ACTIVITY: Column(Text("单位产品活动数据", "Activity per unit"), 13),
    At.UNIT: Column(Text("单位", "Unit"), 8),
    At.FACTOR_ID: Column(Text("因子编号", "Factor id"), 20),
    At.FACTOR: Column(Text("排放因子", "Factor"), 12),
    At.EMISSION: Column(Text("排放量 kgCO2e", "Emission kgCO2e"), 13),
    At.SHARE: Column(Text("占比", "Share"), 9),
    At.PRIMARY: Column(Text("初级/次级", "Primary or secondary"), 10),
    At.RANK_KEY: Column(Text("排名用值", "Ranked by"), 7),
    At.RANK: Column(Text("排名", "Rank"), 7),
}
BIOGENIC: Final = Column(Text("其中生物源 CO2 kgCO2e", "Of which biogenic CO2 kgCO2e"), 13)
_PYTHON_POWER = pattern(r"-?[0-9](?:\.[0-9]+)?e-[0-9]{2}")


def write_trace(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    subtitle = SOURCE.to(layout.language).format(name=job.source_name, digest=job.source_sha256 or DASH)
    is_converted = layout.columns.steps or any(result.line.basis in PER_UNIT for _, result in results_of(job))
    parts = GasParts(job, layout) if has_biogenic_co2(layout) else None
    columns = COLUMNS | ({At.BIOGENIC: BIOGENIC} if parts else {})
    hidden = {At.RANK_KEY, *(() if is_converted else (At.CONVERSION,)), *((At.BIOGENIC,) if parts else ())}
    title = (TITLE.to(layout.language), subtitle)
    page = open_table(package, job, layout, "trace", title, Table(columns, At.ITEM, hidden))
    page.landmark("trace", HEADER_ROW, At.ID)
    ranks = {product.product.key: ranking(product) for product in job.footprint.products}
    may_fall = {product.product.key for product in job.footprint.products if may_be_below_zero(product)}
    not_read = _not_read(job)
    row = 0
    for product, result in results_of(job):
        row = layout.lines[product.product.key][result.line.id]
        _write(page, job, layout, row, product, result)
        page.text(row, At.TYPED, shown(_typed(result.line, layout.language) or not_read.get(result.line.where, "")))
        key = product.product.key
        total = layout.total(key) if key in may_fall else ""
        _rank(page, layout, row, key, ranks[key].get(result.line.id), total)
        if parts and (part := parts.biogenic_co2(key, result)) and result.activity is not None:
            page.formula(row, At.BIOGENIC, f"{address(row, At.ACTIVITY)}*({part})", biogenic_co2(result))
    freeze(page, At.ITEM, row, At.RANK)


def why_not_ranked(product: ProductFootprint) -> Text | None:
    """Return why a product's lines cannot be held against its total, or not fast enough; None where they can."""
    if product.cfp_kg_co2e is None:
        return INCOMPLETE
    if not product.cfp_kg_co2e:
        return ZERO
    return TOO_MANY.filled(most=MAX_RANKED) if len(product.lines) > MAX_RANKED else None


def ranking(product: ProductFootprint) -> Mapping[str, tuple[int, float]]:
    """Return line id -> rank by emission and the rounded share, the largest first.

    Empty where they cannot be ranked.
    """
    results = product.lines
    if why_not_ranked(product) is not None:
        return {}
    sign = -1 if _is_below_zero(product) else 1
    known = [(round(sign * (result.share or 0.0), RANK_DECIMALS), result.line.id) for result in results]
    order = sorted(range(len(known)), key=lambda index: (-known[index][0], index))
    return {known[index][1]: (rank, known[index][0]) for rank, index in enumerate(order, start=1)}


def _is_below_zero(product: ProductFootprint) -> bool:
    """Tell whether more is taken up than emitted: a share of such a total has the other sign."""
    return (product.cfp_kg_co2e or 0.0) < 0


def may_be_below_zero(product: ProductFootprint) -> bool:
    """Tell whether a line takes up CO2, or is a credit, so that a change can bring the total below zero."""
    return why_not_ranked(product) is None and any((result.kg_co2e or 0.0) < 0 for result in product.lines)


def _write(
    page: Page, job: ResultsJob, layout: Layout, row: int, product: ProductFootprint, result: LineResult
) -> None:
    line, language, key = result.line, layout.language, product.product.key
    stage, at_stage = line.stage.value, layout.stage_lines[key][line.id]
    page.link(row, At.ID, layout.at(stage, at_stage, StageColumns.ID), line.id)
    titles = [short_title(job, product.product), line.stage.title.to(language), called(line.item)]
    write_texts(page, row, list(zip((At.PRODUCT, At.STAGE, At.ITEM), titles, strict=True)))
    source_link(page, layout, row, At.PLACE, line.amounts[0].where if line.amounts else line.where)
    read = layout.at("normalization", row, layout.columns.AMOUNT)
    page.figure(row, At.READ, read, line.amount, "number", amount_format(job))
    _conversion(page, layout, row, line)
    activity = layout.at(stage, at_stage, StageColumns.ACTIVITY)
    page.figure(row, At.ACTIVITY, activity, result.activity, "number", amount_format(job))
    unit = unit_title(line.flow.unit, language) if line.flow and result.activity is not None else ""
    page.text(row, At.UNIT, unit, "centre")
    _factor(page, layout, row, line, layout.at(stage, at_stage, StageColumns.FACTOR))
    emission, share = (layout.at(stage, at_stage, column) for column in (StageColumns.EMISSION, StageColumns.SHARE))
    page.figure(row, At.EMISSION, emission, result.kg_co2e, "number", amount_format(job))
    page.figure(row, At.SHARE, share, result.share, "number", share_format(job))
    page.text(row, At.PRIMARY, primary_title(line, language), "centre")


def _conversion(page: Page, layout: Layout, row: int, line: ActivityLine) -> None:
    """Write the steps from the amount as read to the activity, and lead to their figures."""
    per_unit = PER_UNIT.get(line.basis)
    steps = step_text(line, layout.language)
    if per_unit is None:
        page.text(row, At.CONVERSION, steps)
        return
    words = SEMICOLON.to(layout.language).join(filter(None, (steps, per_unit.to(layout.language))))
    if steps and text_width(words) + 2 > COLUMNS[At.CONVERSION].width:  # a link does not wrap everywhere
        page.text(row, At.CONVERSION, words)
    else:
        page.link(row, At.CONVERSION, layout.at("normalization", row, layout.columns.coefficient), words)


def _typed(line: ActivityLine, language: Language) -> str:
    return SEMICOLON.to(language).join(f"{_as_typed(amount.typed)}{amount.unit}" for amount in line.amounts)


def _as_typed(text: str) -> str:
    """Return a number that a cell holds as people type it: 0.000009, where Python says 9e-06."""
    return f"{Decimal(text):f}" if _PYTHON_POWER.fullmatch(text) else text


def _not_read(job: ResultsJob) -> Mapping[CellRef, str]:
    """Return what stands in the cells of lines of whose amount nothing could be made: a verifier sees that too."""
    wanted = {result.line.where for _, result in results_of(job) if not result.line.amounts}
    return {
        place: str(cell.value)
        for sheet in job.book.sheets
        if any(place.sheet == sheet.name for place in wanted)
        for row, cells in sheet.rows()
        for column, cell in cells.items()
        if (place := CellRef(sheet.name, row, column)) in wanted and cell.value is not None
    }


def _factor(page: Page, layout: Layout, row: int, line: ActivityLine, value: str) -> None:
    if line.factor is None:
        page.text(row, At.FACTOR_ID, DASH, "dash")
        page.text(row, At.FACTOR, DASH, "dash")
        return
    at = layout.factors[line.factor.id]
    page.link(row, At.FACTOR_ID, layout.at("factors", at, FactorColumns.ID), line.factor.id)
    page.formula(row, At.FACTOR, value, line.factor.value)


def _rank(page: Page, layout: Layout, row: int, product: str, ranked: tuple[int, float] | None, total: str) -> None:
    """Write the live rank: how many are larger, and how many of its own size stand down to this row.

    `total`: the product's, where it can be below zero, and the shares have the other sign then.
    """
    rank, key = ranked or (None, 0.0)
    if rank is None:
        page.text(row, At.RANK, DASH, "dash")
        return
    first, last = layout.block(product)
    share = f"SIGN({total})*{address(row, At.SHARE)}" if total else address(row, At.SHARE)
    page.formula(row, At.RANK_KEY, f"ROUND({share},{RANK_DECIMALS})", key)
    own, all_of_them = address(row, At.RANK_KEY), f"{address(first, At.RANK_KEY)}:{address(last, At.RANK_KEY)}"
    down_to_here = f"{address(first, At.RANK_KEY)}:{own}"
    formula = f"SUMPRODUCT(({all_of_them}>{own})*1)+SUMPRODUCT(({down_to_here}={own})*1)"
    page.formula(row, At.RANK, formula, rank, "number", "0")
