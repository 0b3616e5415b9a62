"""The ledger: what was processed, by content and by rules, so that nothing is done twice and nothing is lost.

It is written by the coordinator of a run alone, in short transactions: two runs at once wait for each other, and
kill -9 leaves the last transaction whole. Its tables stand in ledger_file.py.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from workbook_engine.batch.ledger_file import NAME, connected, explained, transaction
from workbook_engine.batch.record import Identity, Record, from_bytes, identity_of, to_bytes
from workbook_engine.catalogue import READING_TOO_SLOW
from workbook_engine.frozen import frozen
from workbook_engine.placing import STATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.batch.inbox import Inbox

_FLUSH_SECONDS: Final = 0.5  # at most so much work is done again after kill -9
_ENTRY: Final = """
SELECT COALESCE(f.record, o.record), COALESCE(s.number, 0), f.gone
FROM file f LEFT JOIN outcome o ON o.sha256 = f.sha256 AND o.rules = f.rules
LEFT JOIN submission s ON s.sha256 = f.sha256 AND f.sha256 != ''
WHERE f.path = ? AND COALESCE(f.record, o.record) IS NOT NULL
"""
# Of those that came at once, by the hash of the first of them: what corrects one of them corrects them all.
_CORRECTED_BY: Final = """
SELECT sha256 FROM submission
WHERE previous = :first OR previous IN (SELECT sha256 FROM submission WHERE beside = :first)
ORDER BY number DESC LIMIT 1
"""
_BESIDE: Final = """
SELECT MIN(f.path) FROM submission s JOIN file f USING (sha256)
WHERE (s.sha256 = :first OR s.beside = :first) AND s.sha256 != :own AND f.gone = 0 GROUP BY s.sha256 ORDER BY s.number
"""
_FIRST_OF_CONTENT: Final = "SELECT path FROM file WHERE sha256 = ? AND gone = 0 ORDER BY LENGTH(path), path LIMIT 1"


class Submitted(NamedTuple):
    """A submission: its number in the order of arrival, the hash of what it corrects, its file's name and date then.

    `beside` is the hash of the first of those that came at once with it.
    """

    number: int
    previous: str
    name: str
    dated: float
    beside: str


class Rules(NamedTuple):
    """What an outcome depends on besides the workbook itself."""

    engine: str
    template: str
    library_sha256: str
    settings: str

    def __str__(self) -> str:
        """Return the rules as the ledger keeps them."""
        return "|".join(self)


@frozen
class Entry:
    """One workbook of the inbox with what came of it.

    `number` tells the order in which submissions arrived; `corrected_by` is the hash of the submission that took this
    one's place, `gone` says that the file has left the inbox. `others` are the names of the workbooks of the same study
    that came at once with it and are there, so that it is not known which is the later. `copy_of` is the name of the
    file with the same content that is counted in this one's place.
    """

    path: str
    record: Record
    number: int
    corrected_by: str = ""
    gone: bool = False
    others: tuple[str, ...] = ()
    copy_of: str = ""

    @property
    def counts(self) -> bool:
        """Tell whether this is the one that stands for its study: not corrected since, no copy, not void."""
        return not self.corrected_by and not self.copy_of and not self.is_void

    @property
    def is_void(self) -> bool:
        """Tell whether nothing was read of it and it has left the inbox: there is nothing to be done about it."""
        return self.gone and self.record.status in {"rejected", "failed"}


def is_outcome(record: Record) -> bool:
    """Tell whether a record is what came of a content.

    What could not be read or failed is tried again next time; so is what took too long: the machine may have been busy.
    """
    took_too_long = any(finding.code == READING_TOO_SLOW.code for finding in record.findings)
    return bool(record.sha256) and record.status != "failed" and not took_too_long


class Ledger:
    """The ledger of one output folder. Raises LedgerError where the file cannot be read or written."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.path = out / STATE / NAME
        self._flushed_at = time.monotonic()
        self._waiting: list[tuple[str, tuple[object, ...]]] = []
        self._connection, self.set_aside = connected(self.path)  # set aside: an older ledger that was damaged

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what waits, and close."""
        try:
            self.flush()
        finally:
            self._connection.close()

    # --- asking ---

    def known(self, sha256: str, rules: Rules) -> Record | None:
        """Return what came of this content under these rules; None where it has to be done (again)."""
        row = self._ask("SELECT record FROM outcome WHERE sha256 = ? AND rules = ?", (sha256, str(rules))).fetchone()
        return from_bytes(row[0]) if row else None

    def file(self, path: str) -> tuple[str, str, bool] | None:
        """Return the content, the rules and whether it has gone, as last noted of a file of the inbox."""
        row = self._ask("SELECT sha256, rules, gone FROM file WHERE path = ?", (path,)).fetchone()
        return (row[0], row[1], bool(row[2])) if row else None

    def submission(self, sha256: str) -> Submitted | None:
        """Return what is known of a submission; None if it is new."""
        row = self._ask(
            "SELECT number, previous, name, dated, beside FROM submission WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return Submitted(*row) if row else None

    def latest(self, identity: Identity, sha256: str, before: int | None = None) -> str:
        """Return the latest submission of the same study with other content, "" where there is none.

        `before` leaves out those that arrived later. A period that is not known goes with any: it may be what is
        corrected.
        """
        marks = ",".join("?" * len(identity.keys))
        row = self._ask(
            f"SELECT s.sha256 FROM identity i JOIN submission s USING (sha256) WHERE i.study IN ({marks}) "  # noqa: S608 - marks alone
            "AND s.sha256 != ? AND (i.period = ? OR i.period = '' OR ? = '') AND (? IS NULL OR s.number < ?) "
            "ORDER BY s.number DESC LIMIT 1",
            (*identity.keys, sha256, identity.period, identity.period, before, before),
        ).fetchone()
        return row[0] if row else ""

    def studies(self, sha256: str) -> set[str]:
        """Return the studies that a submission is about, each "company|product"."""
        return {row[0] for row in self._ask("SELECT study FROM identity WHERE sha256 = ?", (sha256,))}

    def entries(self) -> Iterator[Entry]:
        """Yield every file that was ever in the inbox with its latest outcome, in the order of arrival."""
        paths = self._ask(
            "SELECT f.path FROM file f LEFT JOIN submission s USING (sha256) ORDER BY COALESCE(s.number, 0), f.path"
        ).fetchall()
        for (path,) in paths:
            entry = self.entry(path)
            if entry is not None:
                yield entry

    def entry(self, path: str) -> Entry | None:
        """Return a file that was ever in the inbox with its latest outcome."""
        row = self._ask(_ENTRY, (path,)).fetchone()
        if row is None:
            return None
        packed, number, gone = row
        record = from_bytes(packed)
        others = () if gone else self.others(record.sha256)
        copied = self._copied_from(path, record.sha256)
        return Entry(path, record, number, self.corrected_by(record.sha256), bool(gone), others, copied)

    def _copied_from(self, path: str, sha256: str) -> str:
        """Return the name of the file in the inbox that stands for this content, "" where that is this file."""
        row = self._ask(_FIRST_OF_CONTENT, (sha256,)).fetchone() if sha256 else None
        return Path(row[0]).name if row and row[0] != path else ""

    def corrected_by(self, sha256: str) -> str:
        """Return the hash of the latest submission that corrects this one, "" where there is none."""
        submitted = self.submission(sha256)
        if submitted is None:
            return ""
        row = self._ask(_CORRECTED_BY, {"first": submitted.beside or sha256}).fetchone()
        return row[0] if row else ""

    def others(self, sha256: str) -> tuple[str, ...]:
        """Return the names of the files in the inbox that came at once with this one, unless all are corrected."""
        submitted = self.submission(sha256)
        if submitted is None or self.corrected_by(sha256):
            return ()
        places = {"first": submitted.beside or sha256, "own": sha256}
        return tuple(Path(path).name for (path,) in self._ask(_BESIDE, places))

    def is_in_inbox(self, sha256: str) -> bool:
        """Tell whether a file that is still there holds this submission."""
        return self._ask("SELECT 1 FROM file WHERE sha256 = ? AND gone = 0", (sha256,)).fetchone() is not None

    def submissions(self) -> Iterator[tuple[int, str, str, Record]]:
        """Yield every submission ever handed in: number, name, when it came (ISO), and its latest outcome."""
        rows = self._ask(
            "SELECT s.number, s.name, strftime('%Y-%m-%d %H:%M', s.at, 'unixepoch', 'localtime'), o.record "
            "FROM submission s JOIN outcome o ON o.sha256 = s.sha256 "
            "AND o.number = (SELECT MAX(number) FROM outcome WHERE sha256 = s.sha256) ORDER BY s.number"
        )
        for number, name, at, text in rows:
            yield number, name, at, from_bytes(text)

    def note(self, name: str) -> str:
        """Return a note, "" where there is none. `revision` counts the changes of the ledger."""
        row = self._ask("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    # --- writing: gathered, and written together every half second ---

    def add(self, record: Record, rules: Rules, dated: float = 0.0) -> None:
        """Note what came of a submission, whose file is `dated` so, and which studies it is about."""
        now, name = time.time(), Path(record.file).name
        self._later(
            "INSERT INTO submission VALUES (?, (SELECT COALESCE(MAX(number), 0) + 1 FROM submission), ?, ?, ?, ?, ?) "
            "ON CONFLICT (sha256) DO UPDATE SET previous = excluded.previous, beside = excluded.beside "
            "WHERE previous = '' AND beside = ''",
            record.sha256, name, record.previous, now, dated, record.beside,
        )  # fmt: skip
        identity = identity_of(record)
        for key in sorted(identity.keys):
            self._later("INSERT OR IGNORE INTO identity VALUES (?, ?, ?)", key, record.sha256, identity.period)
        self._later(
            "INSERT OR REPLACE INTO outcome VALUES (?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM outcome), ?, ?, ?)",
            record.sha256, str(rules), record.status, to_bytes(record), now,
        )  # fmt: skip

    def lies_at(self, path: str, record: Record, rules: Rules) -> None:
        """Note that a file of the inbox holds this submission. One that failed has its record here alone."""
        own = None if is_outcome(record) else to_bytes(record)
        self._later(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, 0, ?)", path, record.sha256, str(rules), own, time.time()
        )

    def gone(self, inbox: Inbox) -> None:
        """Note which files have left the inbox."""
        known = [row[0] for row in self._ask("SELECT path FROM file WHERE gone = 0")]
        for path in inbox.misses(known):
            self._later("UPDATE file SET gone = 1 WHERE path = ?", path)

    def set_note(self, name: str, value: str) -> None:
        """Write a note at once."""
        with transaction(self._connection, self.path):
            self._connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            with transaction(self._connection, self.path):
                for statement, values in self._waiting:
                    self._connection.execute(statement, values)
                self._connection.execute(
                    "INSERT INTO note VALUES ('revision', '1') "
                    "ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1"
                )
            self._waiting.clear()
        self._flushed_at = time.monotonic()

    def _ask(self, statement: str, values: tuple[object, ...] | dict[str, str] = ()) -> sqlite3.Cursor:
        try:
            return self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise explained(self.path, error) from error

    def _later(self, statement: str, *values: object) -> None:
        self._waiting.append((statement, values))

    def flush_when_due(self) -> bool:
        """Write what waits if it has waited for half a second; tell whether nothing waits any more."""
        if time.monotonic() - self._flushed_at >= _FLUSH_SECONDS:
            self.flush()
        return not self._waiting
