"""A file on disk -> a Book, whatever the file is: what intake offers to the rest of the program.

Order: the file is screened and copied into memory, its content tells the format, the format's reader reads it. No
problem of the file is an exception: each is a Finding, and the book is None where it cannot be read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.frozen import frozen
from workbook_engine.intake import screen
from workbook_engine.intake.limits import DEFAULT_LIMITS, MB, Limits, Refused
from workbook_engine.intake.package import Package
from workbook_engine.intake.packages import read_zip

if TYPE_CHECKING:
    from workbook_engine.grid import Book

_LIGHT_BYTES = 20 * MB  # inflated; read in about two seconds. Twenty times what a filled template has
# The extensions that announce a format; another one is worth a note. Templates are workbooks too.
_EXTENSIONS = {
    "xlsx": {".xlsx", ".xltx"},
    "xlsm": {".xlsm", ".xltm"},
    "xlsb": {".xlsb"},
    "xls": {".xls", ".xlt"},
    "ods": {".ods", ".ots"},
}


@frozen
class Opened:
    """What became of a file. `sha256` is that of the bytes that were read, "" where none could be."""

    book: Book | None
    findings: tuple[Finding, ...]
    sha256: str


def open_workbook(path: Path, limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = ()) -> Opened:
    """Read the workbook at `path`. The file is read once, into memory; it is never written or locked.

    Where it is protected, each of `passwords` is tried.
    """
    try:
        data = screen.read_private(Path(path), limits)
    except Refused as refusal:
        return Opened(None, (refusal.finding,), "")
    return open_bytes(data, limits, passwords, extension=Path(path).suffix)


def open_bytes(
    data: bytes, limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = (), *, extension: str = ""
) -> Opened:
    """Read a workbook from its bytes. `extension` (".xlsx") serves to say where a name misleads."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        book, findings = _read(data, limits, passwords)
    except Refused as refusal:
        return Opened(None, (refusal.finding,), sha256)
    return Opened(book, (*_misnamed(book.format, extension.lower()), *findings), sha256)


def is_light(path: Path, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Tell whether a file is refused at once, or holds so little that reading it cannot take long or much memory."""
    try:
        data = screen.read_private(path, limits)
        if data.startswith(screen.OLE2):
            return False
        return not data.startswith(screen.ZIP) or Package(data, limits).declared_bytes <= _LIGHT_BYTES
    except Refused:
        return True


def _misnamed(found: str, extension: str) -> list[Finding]:
    if not extension or extension in _EXTENSIONS[found]:
        return []
    return [Finding(catalogue.FILE_OTHER_FORMAT, params={"extension": extension, "found": f".{found}"})]


def _read(data: bytes, limits: Limits, passwords: tuple[str, ...]) -> tuple[Book, list[Finding]]:
    if data.startswith(screen.ZIP):
        return read_zip(data, limits)
    if data.startswith(screen.OLE2):
        from workbook_engine.intake.ole2_files import read_ole2  # noqa: PLC0415 - rare, and it starts processes

        return read_ole2(data, limits, passwords)
    raise screen.refuse_other(data)
