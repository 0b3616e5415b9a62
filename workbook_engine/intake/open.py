"""A file on disk -> a Book, whatever the file is: what intake offers to the rest of the program.

Order: the file is screened and copied into memory, its content tells the format, the format's reader reads it. No
problem of the file is an exception: each is a Finding, and the book is None where it cannot be read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.intake import legacy, ole2, screen
from workbook_engine.intake.isolate import ChildFailedError, shared_child
from workbook_engine.intake.limits import DEFAULT_LIMITS, Limits, Refused, damaged, exceeded
from workbook_engine.intake.packages import read_zip

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.grid import Book

P = ParamSpec("P")
T = TypeVar("T")
Read = tuple["Book", list[Finding]]

# The extensions that announce a format; another one is worth a note. Templates are workbooks too.
_EXTENSIONS = {
    "xlsx": {".xlsx", ".xltx"},
    "xlsm": {".xlsm", ".xltm"},
    "xlsb": {".xlsb"},
    "xls": {".xls", ".xlt"},
    "ods": {".ods", ".ots"},
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a file. `sha256` is that of the bytes that were read, "" where none could be."""

    book: Book | None
    findings: tuple[Finding, ...]
    sha256: str


def open_workbook(path: Path, limits: Limits = DEFAULT_LIMITS, password: str | None = None) -> Opened:
    """Read the workbook at `path`. The file is read once, into memory; it is never written or locked."""
    try:
        data = screen.read_private(Path(path), limits)
    except Refused as refusal:
        return Opened(None, (refusal.finding,), "")
    return open_bytes(data, limits, password, extension=Path(path).suffix)


def open_bytes(
    data: bytes, limits: Limits = DEFAULT_LIMITS, password: str | None = None, *, extension: str = ""
) -> Opened:
    """Read a workbook from its bytes. `extension` (".xlsx") serves to say where a name misleads."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        book, findings = _read(data, limits, password)
    except Refused as refusal:
        return Opened(None, (refusal.finding,), sha256)
    return Opened(book, (*_misnamed(book.format, extension.lower()), *findings), sha256)


def _misnamed(found: str, extension: str) -> list[Finding]:
    if not extension or extension in _EXTENSIONS[found]:
        return []
    return [Finding(catalogue.FILE_OTHER_FORMAT, params={"extension": extension, "found": f".{found}"})]


def _read(data: bytes, limits: Limits, password: str | None) -> Read:
    if data.startswith(screen.ZIP):
        return read_zip(data, limits)
    if not data.startswith(screen.OLE2):
        raise screen.refuse_other(data)
    kind = ole2.kind_of(data)
    if kind == "encrypted":
        return read_zip(_decrypted(data, limits, password), limits)
    if kind == "xls":
        return _read_xls(data, limits, password)
    raise screen.refuse_old_office(kind)


def _read_xls(data: bytes, limits: Limits, password: str | None) -> Read:
    try:
        return _in_child(limits, legacy.read_xls, data, limits)
    except Refused as refusal:
        if refusal.finding.type != catalogue.FILE_ENCRYPTED:
            raise
    return _in_child(limits, legacy.read_xls, _decrypted(data, limits, password), limits)


def _decrypted(data: bytes, limits: Limits, password: str | None) -> bytes:
    plain = _in_child(limits, legacy.decrypted, data, password)
    if plain is None:
        raise Refused(Finding(catalogue.FILE_ENCRYPTED if password is None else catalogue.FILE_WRONG_PASSWORD))
    return plain


def _in_child(limits: Limits, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Run a library that may hang, eat the memory or abort; its end becomes a finding."""
    try:
        return shared_child(limits.memory_bytes, limits.seconds).call(function, *arguments, **named)
    except ChildFailedError as failure:
        if failure.reason == "crash" and failure.detail:
            raise damaged(f"读取程序报错 {failure.detail}", f"its reader reports {failure.detail}") from failure
        raise exceeded(limits, "seconds" if failure.reason == "time" else "memory_bytes") from failure
