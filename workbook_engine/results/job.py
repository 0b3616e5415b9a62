"""What the results workbook is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_engine.results.theme import DEFAULT_THEME, Theme

if TYPE_CHECKING:
    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book
    from workbook_engine.model import Assessment, Comparison, Footprint, Inventory, Submission


@dataclass(frozen=True, slots=True)
class ResultsJob:
    """One study, with everything that its workbook shows.

    `source_sha256` and `library_sha256` are hex digests of the returned workbook and of the factor library's file;
    empty where they are not known.
    """

    book: Book
    submission: Submission
    inventory: Inventory
    footprint: Footprint
    findings: tuple[Finding, ...]
    source_name: str
    source_sha256: str = ""
    engine_version: str = ""
    library_version: str = ""
    library_sha256: str = ""
    assessment: Assessment | None = None
    comparison: Comparison | None = None
    theme: Theme = DEFAULT_THEME
    is_client_view: bool = False  # without remarks, contacts and findings

    @property
    def is_final(self) -> bool:
        """Whether every product has a total that may be shown as final."""
        return all(product.cfp_kg_co2e is not None for product in self.footprint.products)
