"""Filling a formula workbook and letting LibreOffice recalculate it: the way without any program of one's own.

    python -m tests.benchmarks.recalculated FORMULA_WORKBOOK OUT_FOLDER

The formula workbook is one of our own results workbooks, which live on the company's cells: openpyxl types an amount
into it, LibreOffice (headless, told to recalculate) opens and saves it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl

from tests.recalc import libreoffice_values

SHEET, CELL = "产品生产", "E8"


def main() -> None:
    """Fill and recalculate once."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    book = openpyxl.load_workbook(source)
    book[SHEET][CELL] = 1234.5
    filled = folder / "filled.xlsx"
    book.save(filled)
    libreoffice_values(filled, folder)


if __name__ == "__main__":
    main()
