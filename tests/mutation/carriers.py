"""The programs that save a workbook before it is sent back."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import openpyxl

from tests.mutation.harness import RAW, Carrier

if TYPE_CHECKING:
    from collections.abc import Sequence
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


def convert(paths: Sequence[Path], target: str, out: Path, profile: Path) -> dict[Path, Path]:
    """Open workbooks in LibreOffice and save them in another format; all in one run of the program."""
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "xls": "xls:MS Excel 97"}
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", filters[target]]
    subprocess.run([*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=600)
    return {path: out / f"{path.stem}.{target}" for path in paths}
