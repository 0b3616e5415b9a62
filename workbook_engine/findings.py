"""Findings: what a workbook's author or the consultant can mend, each with its place and its remedy.

A `FindingType` is declared once, in `catalogue`, with a stable code, a severity and its sentences in both languages;
a `Finding` is one occurrence: the code, the cell and the parameters of the sentence. Sentences are made only when
somebody reads them, so that findings stay small and travel between processes.
"""

from __future__ import annotations

import enum
from dataclasses import field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from workbook_engine.frozen import frozen
from workbook_engine.grid import address
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from pathlib import Path

    from workbook_engine.texts import Language


T = TypeVar("T")
NOTHING = Text("", "")
MOST_SPANS = 8
FEWEST_ALIKE = 4  # findings of one kind on one column that are told as one
_ALSO = Text("同一列第 {rows} 行也是，共 {count} 处。", " The same in rows {rows} of this column, {count} in all.")


class Severity(enum.Enum):
    """How far a finding reaches."""

    ERROR = "error"  # blocks the result: no total is shown as final
    WARNING = "warning"  # the result stands, somebody should look at it
    NOTE = "note"  # what was understood, and how

    @property
    def title(self) -> Text:
        """Return the word that a reader sees."""
        return _SEVERITY_TITLES[self]

    @property
    def rank(self) -> int:
        """Return 0 for the gravest."""
        return ("error", "warning", "note").index(self.value)


_SEVERITY_TITLES = {
    Severity.ERROR: Text("须更正", "Error"),
    Severity.WARNING: Text("请核对", "Warning"),
    Severity.NOTE: Text("说明", "Note"),
}


@frozen
class CellRef:
    """A place in a workbook: a sheet, and a cell of it where the finding or the value has one (1-based)."""

    sheet: str
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str | None:
        """Return the A1 address, or None where the place is a whole sheet or row of it."""
        return address(self.row, self.column) if self.row and self.column else None

    def __str__(self) -> str:
        """Return `sheet!D12`, or `sheet` alone."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


@frozen
class FindingType:
    """One kind of finding. `message` and `remedy` are str.format templates over the finding's parameters.

    The remedy is the company's: it stands in letters and correction copies. `aside` is what the consultant can do
    instead, by the command, and is told to nobody else; it begins a sentence of its own.
    """

    code: str
    severity: Severity
    title: Text
    message: Text
    remedy: Text
    aside: Text = NOTHING


@frozen
class Finding:
    """One occurrence of a finding type at a place.

    `params` fill the sentences; a value that is a Text is shown in the reader's language. `effect_kg_co2e` is how much
    it can move a product's result per unit, where that can be told: findings are sorted by it.
    """

    type: FindingType
    where: CellRef | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    effect_kg_co2e: float | None = None

    @property
    def code(self) -> str:
        """Return the stable code."""
        return self.type.code

    @property
    def severity(self) -> Severity:
        """Return the severity of the type."""
        return self.type.severity

    def message(self, language: Language) -> str:
        """Return where and what is wrong, as one sentence."""
        place = f"{self.where}: " if self.where else ""
        return place + self.sentence(language)

    def sentence(self, language: Language) -> str:
        """Return what is wrong, without the place."""
        return self.type.message.to(language).format(**self._words(language))

    def remedy(self, language: Language) -> str:
        """Return what to do about it, as one sentence."""
        return self.type.remedy.to(language).format(**self._words(language))

    def aside(self, language: Language) -> str:
        """Return what the consultant can do instead, "" where there is nothing but the remedy."""
        return self.type.aside.to(language).format(**self._words(language))

    def advice(self, language: Language) -> str:
        """Return what to do about it as the consultant is told: the company's remedy, then what the command offers."""
        return advice(self.remedy(language), self.aside(language), language)

    def _words(self, language: Language) -> dict[str, object]:
        return {name: value.to(language) if isinstance(value, Text) else value for name, value in self.params.items()}


def advice(remedy: str, aside: str, language: Language) -> str:
    """Return a remedy and what stands behind it as one text."""
    return remedy + (" " if language == "en" and aside else "") + aside


def weight(finding: Finding, emissions: Mapping[tuple[str, int], float]) -> float | None:
    """Return by how much a finding can move the result, kgCO2e per unit; None where nothing tells.

    Where it does not know itself, it is what rests on its row at present: `emissions`, by sheet and row.
    """
    if finding.effect_kg_co2e is not None or finding.where is None or finding.where.row is None:
        return finding.effect_kg_co2e
    return emissions.get((finding.where.sheet, finding.where.row))


def by_weight(
    findings: Iterable[Finding],
    sheets: Iterable[str] = (),
    emissions: Mapping[tuple[str, int], float] = MappingProxyType({}),
) -> list[Finding]:
    """Sort the gravest first, within a severity by how much they can move the result, then in reading order.

    `sheets` are those of the workbook in their order; others come after them by name. `emissions`: see `weight`.
    """
    order = {sheet: number for number, sheet in enumerate(sheets)}

    def key(finding: Finding) -> tuple[int, float, int, str, int, int]:
        where = finding.where or CellRef("")
        return (
            finding.severity.rank,
            -abs(weight(finding, emissions) or 0.0),
            order.get(where.sheet, len(order)) if where.sheet else -1,
            where.sheet,
            where.row or 0,
            where.column or 0,
        )

    return sorted(findings, key=key)


def blocks(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding forbids to show a result as final."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the errors alone: of a workbook that could not be used, what else there is to say helps nobody."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def told(findings: Iterable[Finding], file: Path | None = None) -> Text:
    """Return findings as one text, for an error: what is wrong with a file that a command needs, and what to do."""
    said = list(findings)
    return Text(
        (f"{file}：" if file else "") + "".join(finding.message("zh") + finding.advice("zh") for finding in said),
        (f"{file}: " if file else "") + " ".join(f"{finding.message('en')} {finding.advice('en')}" for finding in said),
    )


# --- told together ----------------------------------------------------------------------------------------------------


def alike(finding: Finding) -> Hashable:
    """Return what findings share that are told as one: kind, sheet, column and remedy. None: it stands alone."""
    where = finding.where
    if where is None or not where.row or not where.column:
        return None
    return finding.code, where.sheet, where.column, finding.remedy("zh")


def grouped(findings: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """Return the findings in groups of those with the same key, at the place of the first; few alike stay apart."""
    groups: dict[Hashable, list[T]] = {}
    for number, finding in enumerate(findings):
        shared = key(finding)
        groups.setdefault((number,) if shared is None else shared, []).append(finding)
    told: list[list[T]] = []
    for group in groups.values():
        told += [group] if len(group) >= FEWEST_ALIKE else [[finding] for finding in group]
    return told


def also(rows: Sequence[int], language: Language) -> str:
    """Return the sentence that follows the first message of a group; `rows` are those of the whole group."""
    return _ALSO.to(language).format(rows=_spans(sorted(set(rows[1:]))), count=len(rows)) if len(rows) > 1 else ""


def _spans(rows: Sequence[int]) -> str:
    """Return 10–37, 40: row numbers, consecutive ones as a span; of many spans the first."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in spans[:MOST_SPANS]]
    return ", ".join(shown) + (" …" if len(spans) > MOST_SPANS else "")
