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

_MAIN = ("xl/workbook.xml", "xl/workbook.bin")
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = {
    "word/": Text("Word 文档", "a Word document"),
    "ppt/": Text("PowerPoint 演示文稿", "a PowerPoint presentation"),
    "visio/": Text("Visio 图", "a Visio drawing"),
    "index/document.iwa": Text("Numbers 或 Pages 文件", "a Numbers or Pages file"),
    "content.xml": Text("OpenDocument 文档", "an OpenDocument document"),
    "meta-inf/manifest.mf": Text("程序包", "a program archive"),
}
_ARCHIVE = Text("压缩包", "a zip archive")


def read_zip(data: bytes, limits: Limits) -> tuple[Book, list[Finding]]:
    """Read an OOXML or OpenDocument workbook; other packages are refused by name."""
    package = Package(data, limits)
    if "mimetype" in package and "content.xml" in package and _is_spreadsheet(package):
        from workbook_engine.intake.ods import read_ods  # noqa: PLC0415 - rare, and not small

        return read_ods(package)
    main = _main_part(package)
    if main is None:
        raise _refusal(package)
    if main.endswith(".bin"):
        from workbook_engine.intake.xlsb import read_xlsb  # noqa: PLC0415 - rare, and not small

        return read_xlsb(package, main)
    kind = "xlsm" if any(name.startswith("xl/vbaproject") for name in package.names) else "xlsx"
    return read_xlsx(package, main, kind)


def _is_spreadsheet(package: Package) -> bool:
    return package.read("mimetype").strip().startswith(_SPREADSHEET)


def _main_part(package: Package) -> str | None:
    """Return the workbook part: what the package says, else where it usually stands."""
    for kind, target in package.relationships("").values():
        if kind == "officeDocument" and target in package and not target.startswith(tuple(_OTHERS)):
            return target
    return next((name for name in _MAIN if name in package), None)


def _refusal(package: Package) -> Refused:
    for beginning, text in _OTHERS.items():
        if any(name.startswith(beginning) for name in package.names):
            return Refused(Finding(catalogue.FILE_DOCUMENT, params={"found": text}))
    return Refused(Finding(catalogue.FILE_NOT_A_WORKBOOK, params={"found": _ARCHIVE}))
