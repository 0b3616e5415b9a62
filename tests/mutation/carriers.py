"""The programs that save a workbook before it is sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from tests.mutation.harness import RAW, Carrier

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mutation.case import Case


def _wps(case: Case, work: Path) -> Path:
    """Save with the dimension that some versions of WPS write, whatever the sheet holds."""
    for sheet in case.book.sheets:
        _ = sheet.rows
        sheet.dimension = "A1:A1"
    return case.book.save(work / "returned.xlsx")


def _openpyxl(case: Case, work: Path) -> Path:
    path = case.book.save(work / "returned.xlsx")
    openpyxl.load_workbook(path).save(path)
    return path


WPS = Carrier("wrong dimension", _wps)
OPENPYXL = Carrier("openpyxl", _openpyxl)
CARRIERS = (RAW, WPS, OPENPYXL)
FORMATS = ("xlsx", "ods", "xls")
