"""On paper: A4, one page across, twelve pages for the blank template, everything that is filled in."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import office
from workbook_engine.pipeline import write_template
from workbook_engine.template import Content, TemplateOptions
from workbook_engine.texts import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.texts import Language

A4_PORTRAIT, A4_LANDSCAPE = (595, 842), (842, 595)  # points
needs_pdfinfo = pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo (poppler-utils) is not installed")


def page_sizes(path: Path, work: Path) -> list[tuple[int, int]]:
    """Return the width and height of each page that LibreOffice prints."""
    info = ["pdfinfo", "-l", "999", str(office.converted([path], "pdf", work, work / "profile")[path])]
    shown = subprocess.run(info, check=True, capture_output=True, text=True, timeout=60).stdout
    sizes = re.findall(r"Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)", shown)
    return [(round(float(width)), round(float(height))) for width, height in sizes]


@pytest.mark.libreoffice
@needs_pdfinfo
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_template_prints_on_one_page_a_sheet(
    blank: dict[Language, Path], language: Language, tmp_path: Path
) -> None:
    sizes = page_sizes(blank[language], tmp_path)
    assert len(sizes) == 10  # the limit is 12
    assert set(sizes) == {A4_PORTRAIT, A4_LANDSCAPE}


@pytest.mark.libreoffice
@needs_pdfinfo
def test_every_filled_row_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = [{"item": f"零件{n:03d}"} for n in range(1, 121)]
    write_template(path, "zh", TemplateOptions(content=Content(tables={"use": rows})))
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if sheet.title == "使用")
    first = next(row for row in range(1, 30) if sheet.cell(row, 2).value == "零件001")
    sheet.cell(first + 150, 2).value = "零件151"  # typed beyond what was drawn
    book.save(path)
    page_sizes(path, tmp_path)
    pdf = ["pdftotext", str(tmp_path / "t.pdf"), "-"]
    text = subprocess.run(pdf, check=True, capture_output=True, text=True, timeout=60).stdout
    assert {"零件001", "零件120", "零件151"} <= set(re.findall(r"零件\d{3}", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sheet_is_a4_one_page_across_with_page_numbers(blank: dict[Language, Path], language: Language) -> None:
    for sheet in openpyxl.load_workbook(blank[language]).worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.page_setup.paperSize == 9
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
            assert not sheet.print_area  # one would cut off what is filled in below it
            assert "&P" in str(sheet.oddFooter.right.text)


def test_numbers_keep_off_the_unit_beside_them(blank: dict[Language, Path]) -> None:
    sheet = openpyxl.load_workbook(blank["zh"])["产品生产"]
    header = next(row for row in range(1, 20) if sheet.cell(row, 2).value == "工序或用途")
    amount = next(cell.column for cell in sheet[header] if cell.value == "数量")
    look = sheet.cell(header + 1, amount).alignment
    assert (look.horizontal, look.indent, look.shrink_to_fit) == ("right", 1, True)


def test_headings_are_repeated_and_stay_in_sight(blank: dict[Language, Path]) -> None:
    sheet = openpyxl.load_workbook(blank["zh"])["产品生产"]
    header = next(row for row in range(1, 20) if sheet.cell(row, 2).value == "工序或用途")
    assert sheet.print_title_rows == f"${header - 2}:${header}"  # needs, keys (hidden), headings
    assert sheet.freeze_panes == f"C{header + 1}"
