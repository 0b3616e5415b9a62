"""Rows of the copy and of a filled-in template are as high as their text: no program fits them when it opens a file."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment

from workbook_engine.correct.heights import fit_rows
from workbook_engine.pipeline import read_workbook

EXAMPLES = sorted((Path(__file__).parents[2] / "example_workbooks").glob("*/*.xlsx"))


def test_wrapped_text_makes_its_row_higher() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.column_dimensions["B"].width = 11  # room for ten characters
    for row, text in enumerate(("短", "十个汉字要二十格" * 2, "=1+1", "a\nb\nc"), 1):
        sheet.cell(row, 2, text).alignment = Alignment(wrap_text=True)
    sheet.cell(5, 2, "十个汉字要二十格" * 2)  # does not wrap
    sheet.cell(6, 2, "十个汉字要二十格" * 2).alignment = Alignment(wrap_text=True)
    sheet.row_dimensions[6].height = 18  # somebody's own
    fit_rows(sheet)
    heights = [sheet.row_dimensions[row].height for row in range(1, 7)]
    assert heights == [None, 4 + 4 * 15, None, 4 + 3 * 15, None, 18]  # 32 characters in lines of ten
    book.save(io.BytesIO())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem[:20])
def test_the_examples_boundary_rows_hold_their_text(path: Path) -> None:
    book = openpyxl.load_workbook(path)

    sheet = book["基本信息"]
    long = [
        cell.row
        for row in sheet.iter_rows(min_row=18, min_col=2, max_col=6)
        for cell in row
        if isinstance(cell.value, str) and len(cell.value) >= 18  # 36 wide, in columns of 19 and 34
    ]
    assert long
    for row in long:
        assert (sheet.row_dimensions[row].height or 0) >= 30, row
    assert read_workbook(path).submission is not None
