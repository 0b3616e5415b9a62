"""A file that begins with D0 CF 11 E0: an .xlsx with a password, a legacy .xls, or no workbook at all.

What reads them are libraries that bad files can bring to their knees, so they run in the child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.intake import legacy, ole2, screen
from workbook_engine.intake.isolate import ChildFailedError, shared_child
from workbook_engine.intake.limits import Limits, Refused, damaged, exceeded
from workbook_engine.intake.packages import read_zip

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.grid import Book

P = ParamSpec("P")
T = TypeVar("T")


def read_ole2(data: bytes, limits: Limits, passwords: tuple[str, ...]) -> tuple[Book, list[Finding]]:
    """Read a workbook in an OLE2 container; other files are refused by name."""
    kind = ole2.kind_of(data)
    if kind == "encrypted":
        return read_zip(_decrypted(data, limits, passwords), limits)
    if kind == "xls":
        return _read_xls(data, limits, passwords)
    raise screen.refuse_old_office(kind)


def _read_xls(data: bytes, limits: Limits, passwords: tuple[str, ...]) -> tuple[Book, list[Finding]]:
    try:
        return _in_child(limits, len(data), legacy.read_xls, data, limits)
    except Refused as refusal:
        if refusal.finding.type != catalogue.FILE_ENCRYPTED:
            raise
    return _in_child(limits, len(data), legacy.read_xls, _decrypted(data, limits, passwords), limits)


def _decrypted(data: bytes, limits: Limits, passwords: tuple[str, ...]) -> bytes:
    plain = _in_child(limits, len(data), legacy.decrypted, data, passwords)
    if plain is None:
        raise Refused(Finding(catalogue.FILE_WRONG_PASSWORD if passwords else catalogue.FILE_ENCRYPTED))
    return plain


def _in_child(limits: Limits, size: int, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Run a library that may hang, eat the memory or abort on a file of `size` bytes; its end becomes a finding."""
    try:
        child = shared_child(limits.memory_bytes, limits.seconds)
        return child.call_within(limits.seconds_for(size), function, *arguments, **named)
    except ChildFailedError as failure:
        if failure.reason == "crash" and failure.detail:
            raise damaged(f"读取程序报错 {failure.detail}", f"its reader reports {failure.detail}") from failure
        raise exceeded(limits, "seconds" if failure.reason == "time" else "memory_bytes", size=size) from failure
