"""How much of everything a workbook may hold, and the refusal of one that holds more.

The figures stand against a survey of 2,554 workbooks of strangers: the largest genuine one had 60 MB unzipped, 1,033
zip entries and 262,000 cells. Each attribute can be raised by the consultant, and is named in the finding's remedy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.findings import CellRef, Finding
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.findings import FindingType

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest workbook that is read. Bytes are counted as they are inflated, never as a file declares them."""

    file_bytes: int = 25 * MB  # the file as it lies on the disk
    part_bytes: int = 200 * MB  # one part of the package, inflated
    total_bytes: int = 300 * MB  # all parts that are read, inflated
    entries: int = 2_000  # entries of the zip directory; relationships of the workbook
    xml_depth: int = 256  # elements within elements
    cells: int = 2_000_000  # non-blank cells of the workbook
    sheets: int = 1_100
    names: int = 20_000  # defined names
    merges: int = 20_000  # merged areas of a sheet
    formats: int = 65_490  # cell formats; Excel's own limit
    cell_characters: int = 32_767  # Excel's own limit of one cell
    text_characters: int = 64 * MB  # texts and formulas of the workbook
    memory_bytes: int = 1_500 * MB  # address space of the child that does the risky work
    seconds: float = 30.0  # wall clock of the same


DEFAULT_LIMITS = Limits()

_FINDINGS: dict[str, FindingType] = {
    "file_bytes": catalogue.FILE_TOO_LARGE,
    "part_bytes": catalogue.PART_TOO_LARGE,
    "total_bytes": catalogue.PARTS_TOO_LARGE,
    "entries": catalogue.PARTS_TOO_MANY,
    "xml_depth": catalogue.XML_TOO_DEEP,
    "cells": catalogue.CELLS_TOO_MANY,
    "sheets": catalogue.SHEETS_TOO_MANY,
    "names": catalogue.NAMES_TOO_MANY,
    "merges": catalogue.MERGES_TOO_MANY,
    "formats": catalogue.FORMATS_TOO_MANY,
    "text_characters": catalogue.TEXT_TOO_MUCH,
    "memory_bytes": catalogue.READING_TOO_HEAVY,
    "seconds": catalogue.READING_TOO_SLOW,
}


class Refused(WorkbookEngineError):  # noqa: N818 - it says what became of the workbook, no fault of ours
    """The whole workbook cannot be read; `finding` says why. It never leaves intake: open.py makes it a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding

    def __reduce__(self) -> tuple[type[Refused], tuple[Finding]]:
        """Travel between processes with the finding."""
        return Refused, (self.finding,)


def damaged(detail_zh: str, detail_en: str) -> Refused:
    """Return the refusal of a file that contradicts itself or breaks off."""
    return Refused(Finding(catalogue.FILE_DAMAGED, params={"detail": Text(detail_zh, detail_en)}))


def exceeded(limits: Limits, attribute: str, sheet: str | None = None) -> Refused:
    """Return the refusal of a workbook beyond `limits.attribute`."""
    where = CellRef(sheet) if sheet else None
    params = {"limit": _readable(attribute, getattr(limits, attribute)), "option": attribute}
    return Refused(Finding(_FINDINGS[attribute], where, params))


def _readable(attribute: str, value: float) -> str:
    """Return 25 MB for bytes, 2,000,000 for counts."""
    return f"{value / MB:,.10g} MB" if attribute.endswith("_bytes") else f"{value:,.10g}"
