"""The overview of a folder, as data: what its workbook 汇总.xlsx is written from (see overview_sheets.py).

It knows nothing of ledgers and files: paths are ready to be links, states and next steps are texts.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook_engine.model import Stage
    from workbook_engine.texts import Language, Text

Link = tuple[str, str]
"""What is shown, and where it leads: a path relative to the overview, or "file:///…"; "" leads nowhere."""


@frozen
class OverviewRow:
    """One workbook and product. `style` is good, bad, warning or centre; figures are kgCO2e per unit."""

    company: str
    product: str
    model: str
    unit: str
    state: Text
    style: str
    next_step: Text
    source: Link
    result: Link
    lines: int = 0
    lines_done: int = 0
    cfp_kg_co2e: float | None = None
    label: Text | None = None  # partial, and final or not
    stages: Mapping[Stage, float | None] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    dqr: float | None = None
    primary_share: float | None = None
    errors: int = 0
    warnings: int = 0
    period: str = ""
    report_no: str = ""
    is_current: bool = True  # neither corrected by a later submission nor without a final total

    def called(self, language: Language) -> str:
        """Return product, model and unit: what a chart calls it."""
        product = f"{self.product} {self.model}".strip()
        unit = f"（{self.unit}）" if language == "zh" else f" ({self.unit})"
        return product + unit if self.unit else product


@frozen
class OverviewFinding:
    """A finding of one workbook, or a question to its company: the same facts.

    `effect_kg_co2e` is how much of a product's result rests on the place, None where that is not known.
    """

    company: str
    source: Link
    severity: Text
    style: str
    place: str
    message: Text
    remedy: Text
    code: str
    effect_kg_co2e: float | None = None


@frozen
class OverviewSubmission:
    """One submission ever handed in. `change` is its total less that of the one it corrects, of the first product."""

    number: int
    at: str
    name: str
    company: str
    product: str
    state: Text
    cfp_kg_co2e: float | None
    corrects: int | None
    change: float | None


@frozen
class Overview:
    """A folder. What is not `rows` is gone through once, in the order of these fields: it may not fit into memory."""

    rows: tuple[OverviewRow, ...]
    questions: Iterable[OverviewFinding]
    findings: Iterable[OverviewFinding]
    submissions: Iterable[OverviewSubmission]
    counts: Sequence[tuple[Text, int]]  # how many workbooks are in which state, those states that there are
    engine_version: str = ""
