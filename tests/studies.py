"""Take a book of tests/books.py through the steps, with the shipped factor library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_engine import __version__
from workbook_engine.compute import assess, compute_footprint, verify
from workbook_engine.findings import Severity, blocks
from workbook_engine.intake import bind_inputs
from workbook_engine.normalize import build_inventory
from workbook_engine.pipeline import factor_library
from workbook_engine.results import ResultsJob, write_results

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book
    from workbook_engine.model import Footprint, Inventory, Sampling, Submission
    from workbook_engine.texts import Language


@dataclass(frozen=True)
class Outcome:
    """What came of a book."""

    submission: Submission
    inventory: Inventory
    footprint: Footprint
    findings: list[Finding]

    @property
    def cfp(self) -> float | None:
        return self.footprint.products[0].cfp_kg_co2e

    @property
    def is_final(self) -> bool:
        return not blocks(self.findings) and all(p.cfp_kg_co2e is not None for p in self.footprint.products)

    def said(self, severity: Severity = Severity.ERROR) -> list[tuple[str, str | None, str]]:
        """Return (sheet, cell, code) of the findings of one severity, in the order in which they came up."""
        return [(f.where.sheet if f.where else "", f.where.cell if f.where else None, f.code)
                for f in self.findings if f.severity is severity]  # fmt: skip

    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}


def written(book: Book, path: Path) -> Path:
    """Write the results workbook of a book to `path` and return it."""
    write_book_results(book, path)
    return path


def write_book_results(book: Book, path: Path, language: Language = "zh", sampling: Sampling | None = None) -> Outcome:
    """Write the results workbook of a book, as the pipeline does, and return what came of it."""
    outcome = process_book(book)
    job = ResultsJob(
        book=book,
        submission=outcome.submission,
        inventory=outcome.inventory,
        footprint=outcome.footprint,
        findings=tuple(outcome.findings),
        source_name="returned.xlsx",
        source_sha256="ab" * 32,
        engine_version=__version__,
        library=factor_library(),
        assessment=assess(outcome.inventory, outcome.footprint, sampling=sampling),
    )
    write_results(path, job, language=language)
    return outcome


def process_book(book: Book) -> Outcome:
    submission, findings = bind_inputs(book)
    assert submission is not None
    inventory, more = build_inventory(submission, factor_library(), findings)
    footprint = compute_footprint(inventory)
    checked = verify(inventory, footprint, factor_library())
    return Outcome(submission, inventory, footprint, [*findings, *more, *checked])
