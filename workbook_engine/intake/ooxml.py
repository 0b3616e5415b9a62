"""A zip file -> what package it is, and its book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.intake.limits import Limits, Refused
from workbook_engine.intake.package import Package
from workbook_engine.intake.xlsx import read_xlsx
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.grid import Book

_MAIN = "xl/workbook.xml"
_OTHERS = {
    "word/": Text("Word 文档", "a Word document"),
    "ppt/": Text("PowerPoint 演示文稿", "a PowerPoint presentation"),
    "visio/": Text("Visio 图", "a Visio drawing"),
}


def read_zip(data: bytes, limits: Limits) -> tuple[Book, list[Finding]]:
    """Read an OOXML workbook; other packages are refused by name."""
    package = Package(data, limits)
    main = _main_part(package)
    if main is None:
        raise _refusal(package)
    kind = "xlsm" if any(name.startswith("xl/vbaproject") for name in package.names) else "xlsx"
    return read_xlsx(package, main, kind)


def _main_part(package: Package) -> str | None:
    """Return the workbook part: what the package says, else where it usually stands."""
    for kind, target in package.relationships("").values():
        if kind == "officeDocument" and target in package:
            return target
    return _MAIN if _MAIN in package else None


def _refusal(package: Package) -> Refused:
    for beginning, text in _OTHERS.items():
        if any(name.startswith(beginning) for name in package.names):
            return Refused(Finding(catalogue.FILE_DOCUMENT, params={"found": text}))
    return Refused(Finding(catalogue.FILE_NOT_A_WORKBOOK, params={"found": Text("压缩包", "a zip archive")}))
