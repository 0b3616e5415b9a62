"""A consultant's own layout, as tests make it: one sheet, its cells and its names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.workbook.defined_name import DefinedName

if TYPE_CHECKING:
    from collections.abc import Mapping

SHEET = "报告"


def layout(names: Mapping[str, str], cells: Mapping[str, object]) -> Any:
    """Return openpyxl's workbook of a layout: name -> reference, address -> content."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for place, value in cells.items():
        sheet[place] = value
    for name, place in names.items():
        define(book, name, place)
    return book


def define(book: Any, name: str, place: str, sheet: str = SHEET) -> None:
    """Define a name of the whole workbook."""
    book.defined_names[name] = DefinedName(name, attr_text=f"'{sheet}'!{place}")
