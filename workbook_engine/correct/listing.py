"""Findings -> the rows of the list: plain values, so that they travel to the process that writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.catalogue import is_for_consultant
from workbook_engine.correct import words
from workbook_engine.findings import Severity, alike, also, grouped
from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook_engine.findings import CellRef, Finding
    from workbook_engine.texts import Language

MOST_ITEMS = 2_000  # of a list: more nobody works through in one go
MOST_NOTES = 200  # among them


@frozen
class Item:
    """One row of the list. `where` is None where there is no such cell in the workbook that is annotated."""

    severity: Severity
    where: CellRef | None
    place: str
    problem: str
    remedy: str
    effect_kg_co2e: float | None
    is_for_consultant: bool
    alike: tuple[tuple[int, str], ...] = ()  # row and problem of each, where several of a column are told as one


@frozen
class CorrectionList:
    """What stands in front of a correction copy. `remarks` are sentences about the copy as a whole."""

    language: Language
    file: str
    remarks: tuple[str, ...]
    items: tuple[Item, ...]
    counts: dict[Severity, int]

    @property
    def left_out(self) -> int:
        """Return how many findings are not listed."""
        return sum(self.counts.values()) - sum(max(1, len(item.alike)) for item in self.items)


def correction_list(
    findings: Iterable[Finding],
    language: Language,
    file: str,
    *,
    in_original: Iterable[Finding] | None = None,
) -> CorrectionList:
    """Return the list for findings, the gravest first.

    `in_original` are findings of a file that is not the one annotated (a
    fresh template is, in its stead): they are listed with their place there, which nothing links to. Notes that only
    the consultant can do something about are left out.
    """
    here, there = _of_company(findings), _of_company(in_original or ())
    counts = {severity: sum(f.severity is severity for f in (*here, *there)) for severity in Severity}
    items = [*_items(here, language, is_here=True), *_items(there, language, is_here=False)]
    # Stable: what is sorted by weight stays so. What only the consultant can answer comes after the company's own.
    items.sort(key=lambda item: (item.severity.rank, item.is_for_consultant))
    notes = [item for item in items if item.severity is Severity.NOTE]
    kept = [item for item in items if item.severity is not Severity.NOTE][:MOST_ITEMS] + notes[:MOST_NOTES]
    return CorrectionList(language, file, _remarks(language, file, in_original), tuple(kept), counts)


def _of_company(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if not (f.severity is Severity.NOTE and is_for_consultant(f.code)))


def _remarks(language: Language, file: str, in_original: Iterable[Finding] | None) -> tuple[str, ...]:
    remarks = [words.HOW.to(language)]
    if in_original is not None:
        remarks.insert(0, words.FRESH.to(language).format(file=file))
    return tuple(remarks)


def _items(findings: Iterable[Finding], language: Language, *, is_here: bool) -> list[Item]:
    return [_item(group, language, is_here=is_here) for group in grouped(findings, alike)]


def _item(group: Sequence[Finding], language: Language, *, is_here: bool) -> Item:
    """Return the row of a finding, or of several alike on one column."""
    finding = group[0]
    place = str(finding.where) if finding.where else words.WHOLE_FILE.to(language)
    problems = [(each.where.row if each.where else None, each.sentence(language)) for each in group]
    rows = [(row, problem) for row, problem in problems if row] if len(group) > 1 else []
    if not is_here and finding.where:
        place = words.IN_ORIGINAL.to(language).format(place=place)
    where = finding.where if is_here else None
    problem = problems[0][1] + also([row for row, _ in rows], language)
    return Item(
        finding.severity,
        where,
        place,
        problem,
        finding.remedy(language),
        finding.effect_kg_co2e,
        is_for_consultant(finding.code),
        tuple(rows),
    )
