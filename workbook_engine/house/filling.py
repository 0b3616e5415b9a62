"""Figures, texts and tables into the cells of a layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbook_engine.house.rows import make_room
from workbook_engine.house.values import DASH
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.house.values import Table

KEY = pattern(r"^\s*\{(\w+)\}\s*$")
_PLACE = pattern(r"\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?")

# Each holds {name} still: what it is said of.
NO_COLUMN = Text("{{name}}：表格没有 {{{{{key}}}}} 这一列", "{{name}}: the table has no column {{{{{key}}}}}")
NOT_A_PLACE = Text("{name}：不是一个单元格或一行", "{name}: is not a cell or a row of cells")
OVERWRITTEN = Text(
    "{{name}}：{place} 原有的公式被结果代替", "{{name}}: the formula in {place} was replaced by the result"
)

AMOUNT, SHARE, RATING = "#,##0.0000", "0.00%", "0.00"  # as the results show them
NUMBER_FORMATS = {"total": AMOUNT, "low": AMOUNT, "high": AMOUNT, "kg": AMOUNT, "kg_co2e": AMOUNT, "activity": AMOUNT,
                  "share": SHARE, "dqr": RATING}  # fmt: skip
GENERAL = "General"

Cells = list[Any]


def place_of(workbook: Any, target: str) -> Cells | None:
    """Return the cells that a name points to, one or a row; None where it points to none.

    Of a merged area it is the first cell, which alone can hold something.
    """
    sheet_name, _, place = target.rpartition("!")
    name = sheet_name.strip("'").replace("''", "'")
    if name not in workbook.sheetnames or not _PLACE.fullmatch(place) or not hasattr(workbook[name], "merged_cells"):
        return None
    sheet = workbook[name]
    found = sheet[place.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    first = rows[0][0]
    for area in sheet.merged_cells.ranges:
        if first.coordinate in area and rows[-1][-1].coordinate in area:
            return [sheet.cell(area.min_row, area.min_col)]
    return list(rows[0]) if len(rows) == 1 else None


def fill(workbook: Any, cells: Cells, key: str, value: object) -> list[Text]:
    """Write a value, called `key`; return what is to be said, NOT_A_PLACE where it was not written."""
    if isinstance(value, tuple):
        return _fill_table(workbook, cells, value)
    if len(cells) > 1:
        return [NOT_A_PLACE]
    (cell,) = cells
    said = []
    if cell.data_type == "f":
        said.append(OVERWRITTEN.filled(place=f"{cell.parent.title}!{cell.coordinate}"))
    _write(cell, key, value)
    return said


def _fill_table(workbook: Any, header: Cells, rows: Table) -> list[Text]:
    found = [KEY.match(str(cell.value)) for cell in header]
    keys = [key[1] if key else "" for key in found]
    if not any(keys):
        return [NOT_A_PLACE]
    first, sheet = header[0].row, header[0].parent
    make_room(workbook, header, len(rows))
    for offset, row in enumerate(rows):
        for cell, key in zip(header, keys, strict=True):
            if key:
                _write(sheet.cell(first + offset, cell.column), key, row.get(key))
    if not rows:
        for cell, key in zip(header, keys, strict=True):
            if key:
                cell.value = None
    return [NO_COLUMN.filled(key=key) for key in keys if key and rows and key not in rows[0]]


def _write(cell: Any, key: str, value: object) -> None:
    """Write a number as a number, anything else as text, whatever it begins with."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
        if cell.number_format == GENERAL:
            cell.number_format = NUMBER_FORMATS.get(key) or NUMBER_FORMATS.get(key.rpartition("_")[2], GENERAL)
        return
    text = DASH if value is None else re.sub("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", " ", str(value))[:32_767]
    cell.value = text
    cell.data_type = "s"
