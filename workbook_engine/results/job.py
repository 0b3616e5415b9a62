"""What the results workbook is written from."""

from __future__ import annotations

import functools
from dataclasses import field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.errors import WriteError
from workbook_engine.findings import Severity
from workbook_engine.frozen import Remembering, frozen
from workbook_engine.results.study import counted_results, results_of
from workbook_engine.results.theme import DEFAULT_THEME, Theme, load_theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book
    from workbook_engine.model import (
        Appearance,
        Assessment,
        Comparison,
        EmissionFactor,
        Footprint,
        Inventory,
        Processed,
        Submission,
    )
    from workbook_engine.texts import Text


@frozen
class ResultsJob(Remembering):
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

    @functools.cached_property
    def factors(self) -> tuple[EmissionFactor, ...]:
        """The factors that the results use, in the order of their first use: by lines, contracts, scenarios."""
        contracts = (result.line.contract for _, result in counted_results(self) if result.line.contract)
        used = chain(
            (result.line.factor for _, result in results_of(self)),
            (contract.factor for contract in contracts),
            (change.factor for scenario in self.inventory.scenarios for change in scenario.changes),
        )
        found: dict[str, EmissionFactor] = {}
        for factor in used:
            if factor is not None:
                found.setdefault(factor.id, factor)
        return tuple(found.values())

    @functools.cached_property
    def has_contracts(self) -> bool:
        """Whether any line has an alternative by an electricity contract."""
        return any(result.contractual_kg_co2e is not None for _, result in counted_results(self))


def job_of(
    done: Processed, book: Book, library: FactorLibrary, appearance: Appearance | None, engine_version: str
) -> ResultsJob:
    """Return what the results workbook of a processed study is written from. Raises WriteError without a footprint."""
    if done.submission is None or done.inventory is None or done.footprint is None:
        msg = "nothing was computed, so there is nothing to write"
        raise WriteError(msg)
    return ResultsJob(
        book=book,
        submission=done.submission,
        inventory=done.inventory,
        footprint=done.footprint,
        assessment=done.assessment,
        comparison=done.comparison,
        findings=done.findings,
        source_name=Path(done.file).name,
        source_sha256=done.sha256,
        engine_version=engine_version,
        library=library,
        theme=load_theme(Path(appearance.theme)) if appearance and appearance.theme else DEFAULT_THEME,
        is_client_view=appearance is not None and appearance.view == "client",
        reading=done.reading,
        sheets=done.sheets,
    )
