"""How a submission stands to the others of its study: which one it corrects, or which it came at once with.

It is asked strictly in the order of arrival, so that the answers are those of a run with one worker.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbook_engine.batch.ledger import Submitted, is_outcome
from workbook_engine.batch.record import identity_of

if TYPE_CHECKING:
    from workbook_engine.batch.items import Item
    from workbook_engine.batch.ledger import Ledger
    from workbook_engine.batch.record import Record

_IN_ONE_GO_SECONDS: Final = 600.0  # files saved one after the other: their dates do not tell which is the later


class Standing:
    """Knows the submissions of the ledger, and those of this run, which the ledger may not have yet."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._arrived: dict[str, list[tuple[str, str]]] = {}  # study -> (content, period), of this run
        self._came: dict[str, Submitted] = {}  # by content, of this run

    def remember(self, record: Record, item: Item) -> None:
        """Let the submissions that follow in this run know of this one."""
        if is_outcome(record):
            identity = identity_of(record)
            name = Path(item.shown).name
            self._came[record.sha256] = Submitted(0, record.previous, name, item.dated, record.beside)
            for study in identity.keys:
                self._arrived.setdefault(study, []).append((record.sha256, identity.period))

    def submitted(self, sha256: str) -> Submitted | None:
        """Return what is known of a submission, of this run or before; None if it is new."""
        return self._came.get(sha256) or self._ledger.submission(sha256)

    def likely_predecessor(self, item: Item) -> str:
        """Return what this submission was found to correct before, or what lay in its place."""
        known = self._ledger.submission(item.sha256)
        if known is not None:
            return known.previous
        earlier = self._ledger.file(item.key)
        return earlier[0] if earlier and earlier[0] != item.sha256 else ""

    def of(self, record: Record, item: Item) -> tuple[str, str]:
        """Return what a submission corrects and what it stands beside, by hash: at most one of the two.

        What is known of it already; else the latest of the same company, product and period, of this run or before,
        which it corrects unless the two came at once; else it corrects what lay in its place, if that came from the
        same company.
        """
        known = self._ledger.submission(record.sha256)
        if known is not None and (known.previous or known.beside):
            return known.previous, known.beside
        latest = self._latest(record, before=known.number if known else None)
        if not latest:
            return "" if known else self._earlier_in_place(record, item), ""
        lay_there = (self._ledger.file(item.key) or ("",))[0]
        if self._first_of(lay_there) == self._first_of(latest):
            return lay_there, ""  # it took the place of one of those that came at once
        if self._came_at_once(latest, known.dated if known else item.dated):
            return "", self._first_of(latest)
        return latest, ""

    def _first_of(self, sha256: str) -> str:
        """Return the first of those that a submission came at once with, itself where it came alone."""
        submitted = self.submitted(sha256)
        return submitted.beside or sha256 if submitted else ""

    def _latest(self, record: Record, before: int | None) -> str:
        """Return the latest other submission of the same study; of those before a number, if one is given."""
        identity = identity_of(record)
        for study in sorted(identity.keys) if before is None else ():
            for sha256, period in reversed(self._arrived.get(study, [])):
                if sha256 != record.sha256 and (period == identity.period or not period or not identity.period):
                    return sha256
        return self._ledger.latest(identity, record.sha256, before=before)

    def _came_at_once(self, earlier: str, dated: float) -> bool:
        """Tell whether nothing says that a submission is later than another: both are there, saved in one go."""
        submitted = self.submitted(earlier)
        is_there = earlier in self._came or self._ledger.is_in_inbox(earlier)
        return is_there and submitted is not None and abs(dated - submitted.dated) < _IN_ONE_GO_SECONDS

    def _earlier_in_place(self, record: Record, item: Item) -> str:
        earlier = self._ledger.file(item.key)
        if earlier is None or earlier[0] in ("", record.sha256):
            return ""
        companies = {study.partition("|")[0] for study in identity_of(record).keys}
        same = any(study.partition("|")[0] in companies for study in self._ledger.studies(earlier[0]))
        return earlier[0] if same else ""
