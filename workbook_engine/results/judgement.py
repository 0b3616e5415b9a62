"""How good a total is, beside it: its 95 % interval, its data quality, its part of primary data.

Cells of their own, not a sentence: TEXT's formats are another matter in every program's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.results.columns import UncertaintyColumns as At
from workbook_engine.results.sheets import amount_format
from workbook_engine.results.uncertainty_sheet import total_rows
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout

INTERVAL: Final = Text("95 % 区间", "95 % range")
QUALITY: Final = Text("质量 DQR", "DQR")
PRIMARY: Final = Text("初级数据", "Primary")


class Figure(NamedTuple):
    """A labelled figure: where it stands on the sheet of uncertainty, its value, its number format."""

    label: Text | None
    source: str
    value: float
    number: str


def judgement(job: ResultsJob, layout: Layout, product: ProductFootprint) -> tuple[Figure, ...]:
    """Return what there is to say of a product's total; nothing where it was not assessed."""
    key, row = product.product.key, total_rows(job).get(product.product.key)
    assessed = next((a for a in job.assessment.products if a.product == key), None) if job.assessment else None
    if row is None or assessed is None or assessed.interval is None:
        return ()
    amounts = amount_format(job)
    up_to = f'"– "{amounts}'
    figures = (
        (INTERVAL, At.LOW, assessed.interval.low, amounts),
        (None, At.HIGH, assessed.interval.high, up_to),
        (QUALITY, At.DQR, assessed.dqr or 0.0, "0.00"),
        (PRIMARY, At.PRIMARY, assessed.primary_share or 0.0, "0.0%"),
    )
    return tuple(
        Figure(label, layout.at("uncertainty", row, column), value, number) for label, column, value, number in figures
    )
