"""Rows as high as their wrapped text, in a workbook that openpyxl saves.

A spreadsheet program fits a row while somebody types into it; a text that a program put there stands behind the row
below where no height is written, as the template's sheets have a height of their own for every row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook_engine.widths import CLOSE, line_count

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS_A_LINE = 15.0
_PADDING = 4.0
_MOST_LINES = 20
_USUAL_WIDTH = 8.43


def fit_rows(page: Any) -> None:
    """Give the rows of a sheet that have no height of their own, and wrapped text of several lines, what it needs."""
    widths = dict(_column_widths(page))
    usual = page.sheet_format.defaultColWidth or _USUAL_WIDTH
    merged = {(area.min_row, area.min_col) for area in page.merged_cells.ranges}
    lines: dict[int, int] = {}
    for place, cell in page._cells.items():  # noqa: SLF001 - iter_rows makes the cells that are missing
        if cell.data_type == "s" and cell.alignment.wrap_text and place not in merged:
            needed = line_count(str(cell.value), widths.get(place[1], usual), CLOSE)
            lines[place[0]] = max(needed, lines.get(place[0], 1))
    for row, count in lines.items():
        if count > 1 and page.row_dimensions[row].height is None:
            page.row_dimensions[row].height = POINTS_A_LINE * min(count, _MOST_LINES) + _PADDING


def _column_widths(page: Any) -> Iterator[tuple[int, float]]:
    for dimension in page.column_dimensions.values():
        dimension.reindex()  # columns that were never saved do not know their numbers
        for column in range(dimension.min, dimension.max + 1):
            yield column, dimension.width
