"""What the results workbook is written from."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.findings import Severity
from workbook_engine.frozen import frozen
from workbook_engine.results.theme import DEFAULT_THEME, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book
    from workbook_engine.model import Assessment, Comparison, Footprint, Inventory, Submission
    from workbook_engine.texts import Text


@frozen
class ResultsJob:
    """One study, with everything that its workbook shows.

    `source_sha256` is the hex digest of the returned workbook, empty where it is not known. Without `library` its keys
    stand for themselves.
    """

    book: Book
    submission: Submission
    inventory: Inventory
    footprint: Footprint
    findings: tuple[Finding, ...]
    source_name: str
    source_sha256: str = ""
    engine_version: str = ""
    library: FactorLibrary | None = None
    assessment: Assessment | None = None
    comparison: Comparison | None = None
    theme: Theme = DEFAULT_THEME
    is_client_view: bool = False  # without remarks, contacts and findings
    reading: tuple[Finding, ...] = ()  # of the findings those that only the returned workbook itself could give again
    sheets: tuple[str, ...] = ()  # of the returned workbook, in their order
    errors: Mapping[tuple[str, int | None], Sequence[Text]] = field(init=False)  # (sheet, row) -> titles of its errors

    def __post_init__(self) -> None:
        errors: dict[tuple[str, int | None], list[Text]] = {}
        for finding in self.findings:
            if finding.severity is Severity.ERROR and finding.where is not None:
                errors.setdefault((finding.where.sheet, finding.where.row), []).append(finding.type.title)
        object.__setattr__(self, "errors", errors)  # looked up for each line without a result

    @property
    def is_final(self) -> bool:
        """Whether every product has a total that may be shown as final."""
        return all(product.cfp_kg_co2e is not None for product in self.footprint.products)
