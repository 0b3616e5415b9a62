"""Filling a formula workbook and letting LibreOffice recalculate it: the way without any program of one's own.

    python -m tests.benchmarks.recalculated FORMULA_WORKBOOK COUNT OUT_FOLDER

The formula workbook is one of our own results workbooks, which live on the company's cells: openpyxl types an amount
into it, LibreOffice (headless, told to recalculate) opens and saves it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl

from tests.recalc import recalculate

SHEET, CELL = "产品生产", "E8"


def main() -> None:
    """Fill so many workbooks and have them recalculated in one call."""
    source, count, folder = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    filled = []
    for number in range(count):
        book = openpyxl.load_workbook(source)
        book[SHEET][CELL] = 1234.5 + number
        filled.append(folder / f"filled_{number}.xlsx")
        book.save(filled[-1])
    recalculate(filled, folder)


if __name__ == "__main__":
    main()
