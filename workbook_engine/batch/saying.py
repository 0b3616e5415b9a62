"""What is said of a workbook: each sentence once, after the places that it fits, for terminal and letters."""

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
    """A sentence with its places, what to do, and how many findings it stands for."""

    severity: str
    message: str
    remedy: str
    count: int


def said_of(findings: Iterable[FindingRecord], language: Language) -> list[Said]:
    """Return what is said of findings, in their order."""
    told: dict[tuple[str, str, str], list[list[FindingRecord]]] = {}
    for group in grouped(findings, _alike):
        first = group[0]
        sentence = first.message.to(language).removeprefix(f"{_place(first)}: ") + also(_rows_of(group), language)
        told.setdefault((first.severity, sentence, first.remedy.to(language)), []).append(group)
    return [
        Said(severity, _places(groups, language) + sentence, remedy, sum(map(len, groups)))
        for (severity, sentence, remedy), groups in told.items()
    ]


def _places(groups: Sequence[Sequence[FindingRecord]], language: Language) -> str:
    """Return the places of the same sentence, as they stand before it; of very many the first."""
    places = [place for place in (_place(group[0]) for group in groups) if place]
    if not places:
        return ""
    rest = ALSO_IN.to(language).format(count=len(places)) if len(places) > MAX_PLACES else ""
    return PLACES.to(language).join(places[:MAX_PLACES]) + rest + ": "


def _place(finding: FindingRecord) -> str:
    return "!".join(part for part in (finding.sheet, finding.cell) if part)


def _alike(finding: FindingRecord) -> Hashable:
    """Return what findings share that are told as one, as findings.alike does."""
    return (finding.code, finding.sheet, finding.cell.rstrip(string.digits), finding.remedy) if finding.cell else None


def _rows_of(group: Sequence[FindingRecord]) -> list[int]:
    return [int((finding.cell or "0").lstrip(string.ascii_uppercase)) for finding in group]
