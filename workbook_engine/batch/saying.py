"""What is said of a workbook: each sentence once, after the places that it fits, for terminal and letters.

`产品生产!J9:J12、成品运输!O9: “初级/次级”没有填写。` Sentences that differ in their words, of one kind and on one
column, are told by the first of them and the rows of the others.
"""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Final

from workbook_engine.findings import also, grouped
from workbook_engine.frozen import frozen
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from workbook_engine.batch.record import FindingRecord
    from workbook_engine.texts import Language

MAX_PLACES: Final = 6  # named before a sentence that is said of several cells
PLACES: Final = Text("、", ", ")
ALSO_IN: Final = Text(" 等 {count} 处", " and elsewhere, {count} places")


@frozen
class Said:
    """A sentence with its places, what the company is told to do, how many findings it stands for.

    `advice` is what the consultant is told to do.
    """

    severity: str
    message: str
    remedy: str
    count: int
    advice: str


def said_of(findings: Iterable[FindingRecord], language: Language) -> list[Said]:
    """Return what is said of findings, in their order."""
    same: dict[tuple[str, str, str], list[FindingRecord]] = {}
    for finding in findings:
        said = (finding.severity, finding.sentence.to(language), finding.remedy.to(language))
        same.setdefault(said, []).append(finding)
    return [_said(group, language) for group in grouped(same.values(), _alike)]


def _said(group: Sequence[Sequence[FindingRecord]], language: Language) -> Said:
    """Say one sentence of all its places, or the first of several that are alike, each of one place."""
    first = group[0][0]
    sentence = first.sentence.to(language) + also([_row(each) for each, *_ in group], language)
    message = _places(group[0], language) + sentence
    remedy, advice = first.remedy.to(language), first.advice(language)
    return Said(first.severity, message, remedy, sum(map(len, group)), advice)


def _alike(same: Sequence[FindingRecord]) -> Hashable:
    """Return what sentences of one place share that are told as one, as findings.alike does."""
    first = same[0]
    return (first.code, first.sheet, _column(first), first.remedy) if len(same) == 1 and first.cell else None


def _places(same: Sequence[FindingRecord], language: Language) -> str:
    """Return the places of a sentence as they stand before it, rows that follow each other as a span; at most a few."""
    spans: list[list[FindingRecord]] = []
    for finding in _in_reading_order(same):
        if spans and _follows(finding, spans[-1][-1]):
            spans[-1].append(finding)
        else:
            spans.append([finding])
    places = list(dict.fromkeys(filter(None, map(_span, spans))))
    if not places:
        return ""
    rest = ALSO_IN.to(language).format(count=len(same)) if len(places) > MAX_PLACES else ""
    return PLACES.to(language).join(places[:MAX_PLACES]) + rest + ": "


def _in_reading_order(same: Sequence[FindingRecord]) -> list[FindingRecord]:
    """Sort by sheets as they come, then down each column."""
    sheets = list(dict.fromkeys(finding.sheet for finding in same))
    return sorted(same, key=lambda one: (sheets.index(one.sheet), len(_column(one)), _column(one), _row(one)))


def _follows(finding: FindingRecord, before: FindingRecord) -> bool:
    """Tell whether a finding stands on the cell below another, or on the same."""
    is_same_column = (finding.sheet, _column(finding)) == (before.sheet, _column(before))
    return is_same_column and _row(finding) - _row(before) <= 1


def _span(findings: Sequence[FindingRecord]) -> str:
    """Return `sheet!D9:D12`, or the one place."""
    first, last = findings[0], findings[-1]
    return first.place if first.cell == last.cell else f"{first.place}:{last.cell}"


def _column(finding: FindingRecord) -> str:
    return (finding.cell or "").rstrip(string.digits)


def _row(finding: FindingRecord) -> int:
    return int((finding.cell or "").lstrip(string.ascii_uppercase) or 0)
