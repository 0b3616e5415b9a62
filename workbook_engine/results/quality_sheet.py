"""数据质量与取舍: how much of the result rests on primary data, which lines are small, what was left out and why."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.model import Stage
from workbook_engine.model.omitted import omitted
from workbook_engine.results.columns import TraceColumns
from workbook_engine.results.package import DASH, called, shown
from workbook_engine.results.raw import literal
from workbook_engine.results.sheets import (
    Column,
    amount_format,
    open_sheet,
    share_format,
    source_link,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.study import results_of
from workbook_engine.results.words import SECONDARY_OR_PRIMARY, product_title, reason
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.model import LineResult, Omission, ProductFootprint, Quantity
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("数据质量与取舍", "Data quality and cut-off")
CUT_OFF_ROW: Final = 3
CUT_OFF: Final = Text(
    "小额流界限（占产品碳足迹，可改）：", "A flow counts as small below (share of the CFP; can be changed):"
)
PRODUCTS: Final = Text("初级数据与小额流", "Primary data and small flows")
OMISSIONS: Final = Text("取舍：{product}", "Cut-off: {product}")
TOGETHER: Final = Text("合计（界限 {limit:.2%}）", "Together (limit {limit:.2%})")
BELOW: Final = Text("是", "yes")
ABOVE: Final = Text("否", "no")
LEFT_OUT: Final = Text("未纳入的阶段与过程", "Stages and processes left out")
GAPS: Final = Text("数据缺口（没有按零计算）", "Gaps in the data (not counted as zero)")
NOTHING: Final = Text("无", "None")
WHOLE_STAGE: Final = Text("整个阶段", "The whole stage")
NO_REASON: Final = Text("（未说明）", "(not stated)")


WideColumns = dict[tuple[int, int], Text]


class At:
    """Columns of the sheet."""

    NAME = 2
    LINES = 3
    PRIMARY = 4
    SECONDARY = 5
    UNSTATED = 6
    SMALL = 7
    SMALL_SHARE = 8


COLUMNS: Final = {
    At.NAME: Column(Text("产品", "Product"), 34),
    At.LINES: Column(Text("数据行数", "Lines"), 16),
    At.PRIMARY: Column(Text("初级数据占比（按排放）", "Primary data, share of emissions"), 18),
    At.SECONDARY: Column(Text("次级数据占比", "Secondary data"), 16),
    At.UNSTATED: Column(Text("未说明占比", "Not stated"), 16),
    At.SMALL: Column(Text("小额流行数", "Small flows"), 14),
    At.SMALL_SHARE: Column(Text("小额流合计占比", "Small flows together"), 16),
}
OMISSION_COLUMNS: Final = {
    At.NAME: Column(Text("舍弃的流", "Flow left out"), 34),
    At.LINES: Column(Text("阶段", "Stage"), 16),
    At.PRIMARY: Column(Text("估计排放 kgCO2e", "Estimated kgCO2e"), 16),
    At.SECONDARY: Column(Text("占全部（含舍弃）", "Share, with what is left out"), 16),
    At.UNSTATED: Column(Text("估计质量 kg", "Estimated mass kg"), 16),
    At.SMALL: Column(Text("是否低于界限", "Below the limit"), 14),
    At.SMALL_SHARE: Column(Text("理由", "Why"), 16),
}
LEFT_OUT_COLUMNS: Final = {  # first and last column of each
    (At.NAME, At.NAME): Text("阶段", "Stage"),
    (At.LINES, At.PRIMARY): Text("未纳入的过程", "Left out"),
    (At.SECONDARY, At.SMALL_SHARE): Text("理由", "Why"),
}
GAP_COLUMNS: Final = {
    (At.NAME, At.NAME): Text("数据行", "Line"),
    (At.LINES, At.LINES): Text("位置", "Place"),
    (At.PRIMARY, At.SMALL_SHARE): Text("缺少什么", "What is missing"),
}


def write_quality(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "quality", TITLE)
    page.widths({column: spec.width for column, spec in COLUMNS.items()})
    page.text(CUT_OFF_ROW, At.NAME, CUT_OFF.to(layout.language), "plain")
    page.number(CUT_OFF_ROW, At.UNSTATED, job.inventory.settings.cutoff_flow, "input", "0.0%")
    row = _products(page, job, layout, 5)
    page.landmark("cut-off", row + 1, At.NAME)
    if job.inventory.omissions:
        row = _omissions(page, job, layout, row + 1)
    row = _left_out(page, job, layout, row + 1)
    _gaps(page, job, layout, row + 1)


def _products(page: Page, job: ResultsJob, layout: Layout, row: int) -> int:
    write_section(page, row, PRODUCTS.to(layout.language), (At.NAME, At.SMALL_SHARE))
    page.landmark("quality", row, At.NAME)
    write_header(page, COLUMNS, layout.language, row + 1)
    for offset, product in enumerate(job.footprint.products, start=2):
        _product(page, job, layout, row + offset, product)
    return row + 2 + len(job.footprint.products)


def _product(page: Page, job: ResultsJob, layout: Layout, row: int, product: ProductFootprint) -> None:
    results = product.lines
    total, shares = product.cfp_kg_co2e, share_format(job)
    page.text(row, At.NAME, product_title(product.product))
    page.number(row, At.LINES, len(results), "centre_number", "0")
    first, last = layout.block(product.product.key)

    def column(which: int) -> str:
        return f"{layout.at('trace', first, which)}:{address(last, which)}"

    emissions, kinds, parts = (column(c) for c in (TraceColumns.EMISSION, TraceColumns.PRIMARY, TraceColumns.SHARE))
    sizes = f"{emissions}*(({emissions}>0)*2-1)"  # removals count by their size, too
    for at, is_primary in ((At.PRIMARY, True), (At.SECONDARY, False)):
        word = SECONDARY_OR_PRIMARY[is_primary].to(layout.language)
        formula = f'SUMPRODUCT({sizes}*({kinds}="{word}"))/SUMPRODUCT({sizes})'
        page.figure(row, at, formula, _part(results, total, is_primary=is_primary), "number", shares)
    rest = f"1-{address(row, At.PRIMARY)}-{address(row, At.SECONDARY)}"
    unstated = _part(results, total, is_primary=None)
    page.figure(
        row, At.UNSTATED, f"ROUND({rest},12)", None if unstated is None else round(unstated, 12), "number", shares
    )
    limit = f"$F${CUT_OFF_ROW}"
    # A credit is as large as what it takes off: the size counts, not the sign.
    shares_of = [result.share or 0.0 for result in results]
    small = [share for share in shares_of if abs(share) < job.inventory.settings.cutoff_flow]
    known = bool(total)
    formula = f"SUMPRODUCT(({parts}<{limit})*({parts}>-{limit}))"
    page.figure(row, At.SMALL, formula, float(len(small)) if known else None, "number", "0")
    formula = f"SUMPRODUCT(({parts}<{limit})*({parts}>-{limit})*{parts})"
    page.figure(row, At.SMALL_SHARE, formula, math.fsum(small) if known else None, "number", shares)


def _part(results: Sequence[LineResult], total: float | None, *, is_primary: bool | None) -> float | None:
    """Return the share of the emissions, by size, that rest on data of one kind."""
    if not total:
        return None
    sizes = [(abs(result.kg_co2e or 0.0), result.line.is_primary) for result in results]
    return math.fsum(size for size, kind in sizes if kind is is_primary) / math.fsum(size for size, _ in sizes)


def _omissions(page: Page, job: ResultsJob, layout: Layout, row: int) -> int:
    """List what the cut-off criteria left out, for each product, each by itself and all together."""
    for product in job.footprint.products:
        if left_out := omitted(job.inventory, product):
            write_section(
                page,
                row,
                OMISSIONS.to(layout.language).format(product=product_title(product.product)),
                (At.NAME, At.SMALL_SHARE),
            )
            write_header(page, OMISSION_COLUMNS, layout.language, row + 1)
            rows = row + 2, row + 1 + len(left_out)
            for at, (omission, share) in enumerate(left_out, start=rows[0]):
                formula = _share_of_whole(layout, at, rows, product, omission)
                _omission(page, job, layout, at, omission, share, formula)
            _together(page, job, layout, rows, left_out)
            row = rows[1] + 3
    return row


def _share_of_whole(
    layout: Layout, row: int, rows: tuple[int, int], product: ProductFootprint, omission: Omission
) -> str:
    """Return the formula of an omission's share, as in `omitted`: of all emissions, else of all mass."""
    mass = product.product.mass_kg
    if omission.kg_co2e is None and mass is not None:
        cell = address(row, At.UNSTATED)
        return f"{cell}/({layout.raw.quantity(mass) or literal(mass.value)}+{cell})"
    first, last = (address(each, At.PRIMARY) for each in rows)
    return f"{address(row, At.PRIMARY)}/({layout.total(product.product.key)}+SUM({first}:{last}))"


def _omission(
    page: Page, job: ResultsJob, layout: Layout, row: int, omission: Omission, share: float | None, formula: str
) -> None:
    stage = omission.stage.title.to(layout.language) if omission.stage else ""
    write_texts(page, row, [(At.NAME, called(omission.item)), (At.LINES, stage)])
    _estimate(page, layout, row, At.PRIMARY, omission.kg_co2e, amount_format(job))
    page.figure(row, At.SECONDARY, formula, share, "number", share_format(job))
    _estimate(page, layout, row, At.UNSTATED, omission.mass_kg, "#,##0.####")
    _verdict(page, layout, row, share, job.inventory.settings.cutoff_flow, f"$F${CUT_OFF_ROW}")
    write_texts(page, row, [(At.SMALL_SHARE, omission.reason)])


def _estimate(page: Page, layout: Layout, row: int, column: int, quantity: Quantity | None, number: str) -> None:
    if quantity is None:
        page.text(row, column, DASH, "dash")
    elif formula := layout.raw.quantity(quantity):
        page.formula(row, column, formula, quantity.value, "number", number)
    else:
        page.number(row, column, quantity.value, "input", number)


def _together(
    page: Page,
    job: ResultsJob,
    layout: Layout,
    rows: tuple[int, int],
    left_out: Sequence[tuple[Omission, float | None]],
) -> None:
    limit, row = job.inventory.settings.cutoff_total, rows[1] + 1
    page.text(row, At.NAME, TOGETHER.to(layout.language).format(limit=limit), "total")
    page.blank(row, At.LINES, "total")
    known = [omission.kg_co2e.value for omission, _ in left_out if omission.kg_co2e]
    shares = [share for _, share in left_out if share is not None]
    for at, values, number in ((At.PRIMARY, known, amount_format(job)), (At.SECONDARY, shares, share_format(job))):
        cells = f"SUM({address(rows[0], at)}:{address(rows[1], at)})"
        page.figure(row, at, cells, math.fsum(values) if values else None, "total_number", number)
    page.blank(row, At.UNSTATED, "total")
    total = math.fsum(shares) if shares else None
    _verdict(page, layout, row, total, limit, literal(limit), "total_centre")
    page.blank(row, At.SMALL_SHARE, "total")


def _verdict(
    page: Page, layout: Layout, row: int, share: float | None, limit: float, limit_cell: str, style: str = "centre"
) -> None:
    """Say whether a share lies below its limit; a dash where it is not known."""
    if share is None:
        page.text(row, At.SMALL, DASH, "dash" if style == "centre" else "total_number_dash")
        return
    below, above = BELOW.to(layout.language), ABOVE.to(layout.language)
    formula = f'IF({address(row, At.SECONDARY)}<={limit_cell},"{below}","{above}")'
    page.formula(row, At.SMALL, formula, below if share <= limit else above, style)


def _left_out(page: Page, job: ResultsJob, layout: Layout, row: int) -> int:
    language = layout.language
    write_section(page, row, LEFT_OUT.to(language), (At.NAME, At.SMALL_SHARE))
    rows: list[tuple[str, str, str]] = []
    for stage in Stage:
        boundary = job.inventory.boundary.get(stage)
        if boundary and not boundary.included:
            what = boundary.excludes or WHOLE_STAGE.to(language)
        else:
            what = boundary.excludes if boundary else ""
        if boundary and what:
            rows.append((stage.title.to(language), what, boundary.reason or NO_REASON.to(language)))
    return _table(page, layout, row + 1, LEFT_OUT_COLUMNS, rows)


def _wide_header(page: Page, layout: Layout, row: int, columns: WideColumns) -> None:
    for across, title in columns.items():
        page.across(row, across, title.to(layout.language), "header")


def _table(page: Page, layout: Layout, row: int, columns: WideColumns, rows: list[tuple[str, str, str]]) -> int:
    if not rows:
        page.text(row, At.NAME, NOTHING.to(layout.language), "plain")
        return row + 1
    _wide_header(page, layout, row, columns)
    for offset, texts in enumerate(rows, start=1):
        for across, text in zip(columns, texts, strict=True):
            page.across(row + offset, across, shown(text))
    return row + len(rows) + 1


def _gaps(page: Page, job: ResultsJob, layout: Layout, row: int) -> None:
    language = layout.language
    write_section(page, row, GAPS.to(language), (At.NAME, At.SMALL_SHARE))
    page.landmark("gaps", row, At.NAME)
    gaps = {result.line.id: result.line for _, result in results_of(job) if result.kg_co2e is None}
    if not gaps:
        page.text(row + 1, At.NAME, NOTHING.to(language), "plain")
        return
    _wide_header(page, layout, row + 1, GAP_COLUMNS)
    for offset, line in enumerate(gaps.values(), start=2):
        write_texts(page, row + offset, [(At.NAME, f"{line.id}  {called(line.item)}")])
        source_link(page, layout, row + offset, At.LINES, line.where)
        page.across(row + offset, (At.PRIMARY, At.SMALL_SHARE), shown(reason(job, line.where, language)))
