"""How good a total is, in a line: its 95 % interval, its data quality, its part of primary data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.results.columns import UncertaintyColumns as At
from workbook_engine.results.sheets import half_up
from workbook_engine.results.uncertainty_sheet import total_rows
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout

WORDS: Final = Text(
    "95 % 区间 {} – {}；数据质量 DQR {}；初级数据 {}",
    "95 % interval {} – {}; data quality {}; primary data {}",
)
RATING_DECIMALS: Final = 2
SHARE_DECIMALS: Final = 1


def judgement(job: ResultsJob, layout: Layout, product: ProductFootprint) -> tuple[str, str] | None:
    """Return the formula of the line and what it reads now; None where the product was not assessed."""
    key, row = product.product.key, total_rows(job).get(product.product.key)
    assessed = next((a for a in job.assessment.products if a.product == key), None) if job.assessment else None
    if row is None or assessed is None or assessed.interval is None:
        return None
    amounts = job.inventory.settings.decimals_amount
    figures = (
        (At.LOW, assessed.interval.low, amounts, ""),
        (At.HIGH, assessed.interval.high, amounts, ""),
        (At.DQR, assessed.dqr or 0.0, RATING_DECIMALS, ""),
        (At.PRIMARY, assessed.primary_share or 0.0, SHARE_DECIMALS, "%"),
    )
    words = WORDS.to(layout.language).split("{}")
    formula, reads = f'"{words[0]}"', words[0]
    for (column, value, decimals, sign), after in zip(figures, words[1:], strict=True):
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + sign
        formula += f'&TEXT({layout.at("uncertainty", row, column)},"{pattern}")'
        formula += f'&"{after}"' if after else ""
        reads += f"{half_up(value * (100 if sign else 1), decimals):,.{decimals}f}{sign}{after}"
    return formula, reads
