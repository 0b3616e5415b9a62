"""Sheets that stand in a workbook byte for byte as the program writes them: nothing in them need be compared.

A large study has a hundred million characters on a sheet. Where somebody changed a cell, or only packed the file anew,
nearly all of them are the same bytes, and to see that takes a hundredth of the time of reading them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from workbook_engine.intake.limits import Refused
from workbook_engine.intake.package import Package

if TYPE_CHECKING:
    from workbook_engine.intake.limits import Limits

_SHEETS = "xl/worksheets/"
_RELATIONS = "xl/worksheets/_rels/"
_BESIDE = ("xl/charts/", "xl/drawings/", "xl/media/", "xl/comments", "docprops/")  # compared each by itself


def unchanged_sheets(there: bytes, ours: bytes, limits: Limits) -> frozenset[str]:
    """Return the parts of sheets that are the same in two packages, as long as what gives them their meaning is, too.

    That is all which is no sheet and is not compared by itself: the workbook, styles, shared texts, the theme.
    """
    try:
        return _unchanged(Package(there, limits), Package(ours, limits))
    except Refused:  # a part of the workbook is damaged, which is told where it is read
        return frozenset()


def _unchanged(stored: Package, written: Package) -> frozenset[str]:
    sheets = {name for name in written.names if name.startswith(_SHEETS) and not name.startswith(_RELATIONS)}
    others = {name for name in (*stored.names, *written.names) if not name.startswith((_SHEETS, *_BESIDE))}
    if not all(_is_same(name, stored, written) for name in others):
        return frozenset()
    return frozenset(
        name for name in sheets if _is_same(name, stored, written) and _is_same(_related(name), stored, written)
    )


def _related(part: str) -> str:
    return f"{_RELATIONS}{part.removeprefix(_SHEETS)}.rels"


def _is_same(name: str, stored: Package, written: Package) -> bool:
    """Tell whether a part is the same in both, or in none."""
    if name not in stored or name not in written:
        return name not in stored and name not in written
    return stored.size_of(name) == written.size_of(name) and _digest(stored, name) == _digest(written, name)


def _digest(package: Package, name: str) -> bytes:
    digest = hashlib.sha256()
    for chunk in package.stream(name):
        digest.update(chunk)
    return digest.digest()
