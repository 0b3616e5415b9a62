"""What makes most of a product's result, in two sentences that follow every change: its stages, then its lines.

Not written where a line is below zero (shares past 100 % mislead there), where lines cannot be ranked, or of one line.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.results.columns import SummaryColumns, TraceColumns
from workbook_engine.results.package import called
from workbook_engine.results.sheets import digits_formula, fixed
from workbook_engine.results.trace_sheet import may_be_below_zero, ranking, why_not_ranked
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout, SummaryBlock

ROWS: Final = 2
LARGEST: Final = 3  # lines told together
# Before and after each of the figures in them.
STAGE: Final = (
    Text("排放最大的阶段是", "The largest stage is "),
    Text("，占 ", ", with "),
    Text("%。", "%."),
)
TOGETHER: Final = (
    Text("排放最大的三行数据合计占 ", " The three largest lines make "),
    Text("%。", "% together."),
)
LINE: Final = (
    Text("排放最大的一行数据是 ", "The largest line is "),
    Text("，占 ", ", with "),
    Text("%；见“{sheet}”。", "%; see {sheet}."),
)

Told = tuple[str, str]
"""Formula of a text, and the text as it is now."""


def has_most(product: ProductFootprint) -> bool:
    """Tell whether there is a largest line to be named."""
    return len(product.lines) > 1 and why_not_ranked(product) is None and not may_be_below_zero(product)


def most(job: ResultsJob, layout: Layout, product: ProductFootprint, block: SummaryBlock) -> tuple[Told, Told]:
    """Return the two sentences of a product."""
    return _of_stages(job, layout, product, block), _of_lines(job, layout, product)


def _of_stages(job: ResultsJob, layout: Layout, product: ProductFootprint, block: SummaryBlock) -> Told:
    rows = block.header + 1, block.total - 1
    names, emissions, shares = (
        f"{address(rows[0], column)}:{address(rows[1], column)}"
        for column in (SummaryColumns.STAGE, SummaryColumns.EMISSION, SummaryColumns.SHARE)
    )
    largest = max(product.stages, key=lambda stage: stage.kg_co2e or 0.0)
    decimals = job.inventory.settings.decimals_share
    parts: list[str | Told] = [
        STAGE[0].to(layout.language),
        (f"INDEX({names},MATCH(MAX({emissions}),{emissions},0))", largest.stage.title.to(layout.language)),
        STAGE[1].to(layout.language),
        digits_formula(f"MAX({shares})", largest.share or 0.0, decimals, 100),
        STAGE[2].to(layout.language),
    ]
    if len(product.lines) > LARGEST:
        ranks, of_lines = (_lines(layout, product, column) for column in (TraceColumns.RANK, TraceColumns.SHARE))
        summed = math.fsum(sorted((line.share or 0.0 for line in product.lines), reverse=True)[:LARGEST])
        parts += [
            TOGETHER[0].to(layout.language),
            digits_formula(f"SUMPRODUCT(({ranks}<={LARGEST})*{of_lines})", summed, decimals, 100),
            TOGETHER[1].to(layout.language),
        ]
    return _joined(parts)


def _of_lines(job: ResultsJob, layout: Layout, product: ProductFootprint) -> Told:
    first = next(line for line, (rank, _) in ranking(product).items() if rank == 1)
    result = next(result for result in product.lines if result.line.id == first)
    ranks = _lines(layout, product, TraceColumns.RANK)
    id_, item, share = (
        f"INDEX({_lines(layout, product, column)},MATCH(1,{ranks},0))"
        for column in (TraceColumns.ID, TraceColumns.ITEM, TraceColumns.SHARE)
    )
    sheet = layout.sheets["hotspots"]
    return _joined([
        LINE[0].to(layout.language),
        (f'{id_}&" "&{item}', f"{first} {called(result.line.item)}"),
        LINE[1].to(layout.language),
        digits_formula(share, result.share or 0.0, job.inventory.settings.decimals_share, 100),
        LINE[2].to(layout.language).format(sheet=sheet),
    ])  # fmt: skip


def _lines(layout: Layout, product: ProductFootprint, column: int) -> str:
    """Return the range of a column of the trace over the product's lines."""
    first, last = layout.block(product.product.key)
    return f"{layout.at('trace', first, column, absolute=True)}:{fixed(address(last, column))}"


def _joined(parts: list[str | Told]) -> Told:
    """Join words and figures: a word stands in the formula as it is."""
    formulas = [f'"{part}"' if isinstance(part, str) else part[0] for part in parts]
    return "&".join(formulas), "".join(part if isinstance(part, str) else part[1] for part in parts)
