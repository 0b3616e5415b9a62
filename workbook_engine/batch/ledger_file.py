"""The ledger's file: a SQLite database, its tables, versions and what can be wrong with it.

It uses a rollback journal, not WAL, because an output folder may lie on a network drive, where WAL does not work.

    submission  each content that was ever handed in, in the order of arrival, with its file's date; which earlier one
                it corrects, or beside which one of the same study it stands since they came at once
    identity    the studies (company, product, period) that a submission is about
    outcome     what came of a submission under certain rules: engine, template, factor library, settings
    file        where a submission lies in the inbox at present
    note        what is to be known of the ledger itself
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from typing import TYPE_CHECKING, Final

from workbook_engine.errors import WorkbookEngineError
from workbook_engine.naming import printable
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME: Final = "ledger.sqlite"
VERSION: Final = 2  # of the tables below
_WAIT_SECONDS: Final = 60.0  # for another run's transaction
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS submission (
    sha256 TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, previous TEXT NOT NULL DEFAULT '',
    at REAL NOT NULL, dated REAL NOT NULL DEFAULT 0, beside TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS identity (
    study TEXT NOT NULL, sha256 TEXT NOT NULL, period TEXT NOT NULL, PRIMARY KEY (study, sha256)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outcome (
    sha256 TEXT NOT NULL, rules TEXT NOT NULL, number INTEGER NOT NULL, status TEXT NOT NULL, record BLOB NOT NULL,
    at REAL NOT NULL, PRIMARY KEY (sha256, rules)
);
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, rules TEXT NOT NULL, record BLOB, gone INTEGER NOT NULL DEFAULT 0,
    at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS file_by_content ON file (sha256);
CREATE INDEX IF NOT EXISTS submission_by_previous ON submission (previous);
CREATE INDEX IF NOT EXISTS submission_by_beside ON submission (beside);
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_SINCE_1: Final = """
ALTER TABLE submission ADD COLUMN dated REAL NOT NULL DEFAULT 0;
ALTER TABLE submission ADD COLUMN beside TEXT NOT NULL DEFAULT '';
"""
_REASONS: Final = {
    "SQLITE_FULL": Text("磁盘已满", "the disk is full"),
    "SQLITE_READONLY": Text("文件夹只读，或没有写入权限", "the folder is read-only, or you may not write into it"),
    "SQLITE_CANTOPEN": Text("打不开，文件夹可能只读或已断开", "it cannot be opened; is the folder read-only, or gone?"),
    "SQLITE_IOERR": Text("读写失败，磁盘或网络连接可能已断开", "reading or writing failed; was a drive disconnected?"),
    "SQLITE_BUSY": Text("另一个运行长时间占用它", "another run holds it for long"),
    "SQLITE_LOCKED": Text("另一个运行长时间占用它", "another run holds it for long"),
}
_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRIMARY_CODE: Final = 0xFF  # the low byte of an extended error code is the primary one


class LedgerError(WorkbookEngineError):
    """The ledger cannot be used. `text` says why in both languages."""

    def __init__(self, path: Path, reason: Text) -> None:
        where = printable(str(path))
        super().__init__(Text(f"处理台账 {where}：{reason.zh}。", f"the ledger {where}: {reason.en}"))


def explained(path: Path, error: Exception) -> LedgerError:
    """Return what SQLite says as an error in both languages."""
    name = str(getattr(error, "sqlite_errorname", ""))
    reason = next((text for begin, text in _REASONS.items() if name.startswith(begin)), None)
    return LedgerError(path, reason or Text(str(error), str(error)))


def connected(path: Path) -> tuple[sqlite3.Connection, Path | None]:
    """Open the ledger at `path`, made if it is not there. A damaged one is set aside, and its new place returned, too.

    Raises LedgerError.
    """
    try:
        return _connect(path), None
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & _PRIMARY_CODE not in _DAMAGED:
            raise explained(path, error) from error
    aside = path.with_name(f"ledger-damaged-{int(time.time())}.sqlite")
    try:
        path.rename(aside)
        path.with_name(NAME + "-journal").unlink(missing_ok=True)
        return _connect(path), aside
    except (OSError, sqlite3.Error) as error:
        raise explained(path, error) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        _make_tables(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_tables(connection: sqlite3.Connection, path: Path) -> None:
    if _version(connection, path) < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        version = _version(connection, path)  # again: another run may have been quicker
        since = _SINCE_1 if version == 1 else ""
        if version < VERSION:
            for statement in f"{since}{_TABLES}PRAGMA user_version = {VERSION}".split(";"):
                connection.execute(statement)
        connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise LedgerError(path, Text("由更新版本的程序写成", "it was written by a newer version of the program"))
    return version


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Write all or nothing. Raises LedgerError."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException as error:  # Ctrl-C, too, must not leave a transaction open
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise explained(path, error) from error
        raise
