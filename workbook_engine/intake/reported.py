"""The findings on the cells of one sheet: the first of each type are listed, the others counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding

if TYPE_CHECKING:
    from workbook_engine.findings import FindingType

LISTED = 100  # of one type
_MOST = 5_000  # of one that counts on inputs alone: which cells are, is known when all are read


# What is said of a cell only if it is an input (see struck.py).
OF_INPUTS = frozenset(
    {
        catalogue.CELL_STRUCK_OUT,
        catalogue.CELL_PARTLY_STRUCK_OUT,
        catalogue.NUMBER_PARTLY_STRUCK_OUT,
        catalogue.CELL_UNSEEN,
        catalogue.CELL_PARTLY_UNSEEN,
        catalogue.NUMBER_PARTLY_UNSEEN,
        catalogue.TEXT_FORMAT_HIDES,
        catalogue.RULE_HIDES,
    }
)


def most(kind: FindingType) -> int:
    """Return how many findings of a type are kept of a sheet while it is read."""
    return _MOST if kind in OF_INPUTS else LISTED


def more_like_it(sheet: str, kind: FindingType, count: int) -> Finding:
    """Return the finding that there are more of a type on a sheet."""
    return Finding(catalogue.CELLS_MORE_LIKE_IT, CellRef(sheet), {"title": kind.title, "count": count})


class Reported:
    """Takes the findings on a sheet as its cells are read."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._found: list[Finding] = []
        self._counts: Counter[FindingType] = Counter()

    def add(self, finding: Finding) -> None:
        """List a finding, or count it where many of its type are listed."""
        self._counts[finding.type] += 1
        if self._counts[finding.type] <= most(finding.type):
            self._found.append(finding)

    def findings(self) -> list[Finding]:
        """Return those that are listed, and how many more of each type there are."""
        more = [
            more_like_it(self._sheet, kind, count - most(kind))
            for kind, count in self._counts.items()
            if count > most(kind)
        ]
        return [*self._found, *more]
