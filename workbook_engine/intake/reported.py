"""The findings on the cells of one sheet: the first of each type are listed, the others counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding

if TYPE_CHECKING:
    from workbook_engine.findings import FindingType

_LISTED = 100  # of one type


class Reported:
    """Takes the findings on a sheet as its cells are read."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._found: list[Finding] = []
        self._counts: Counter[FindingType] = Counter()

    def add(self, finding: Finding) -> None:
        """List a finding, or count it where many of its type are listed."""
        self._counts[finding.type] += 1
        if self._counts[finding.type] <= _LISTED:
            self._found.append(finding)

    def findings(self) -> list[Finding]:
        """Return those that are listed, and how many more of each type there are."""
        more = [
            Finding(catalogue.CELLS_MORE_LIKE_IT, CellRef(self._sheet), {"title": kind.title, "count": count - _LISTED})
            for kind, count in self._counts.items()
            if count > _LISTED
        ]
        return [*self._found, *more]
