"""A formula that looks at its own cell: programs save 0 for it, or whatever the last round of iteration gave."""

from __future__ import annotations

from workbook_engine.grid import column_number
from workbook_engine.patterns import pattern

Place = tuple[str, int | None, int | None]  # sheet, row, column

_TEXT = pattern(r'"[^"]*"')
_RANGE = pattern(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!)?"
    r"\$?(?P<c1>[A-Z]{1,3})\$?(?P<r1>[1-9][0-9]*)(?::\$?(?P<c2>[A-Z]{1,3})\$?(?P<r2>[1-9][0-9]*))?(?![\w(!])"
)
# What takes the address of a cell, not its value.
_OF_ADDRESS = pattern(r"\b(?:ROW|ROWS|COLUMN|COLUMNS|CELL|OFFSET|ADDRESS)\s*\(")


def is_circular(formula: str, place: Place) -> bool:
    """Tell whether a formula's own cell is among those that it looks at, directly."""
    sheet, row, column = place
    if row is None or column is None or _OF_ADDRESS.search(formula):
        return False
    for found in _RANGE.finditer(_TEXT.sub("", formula)):
        named = (found["quoted"] or "").replace("''", "'") or found["plain"]
        columns = sorted(map(column_number, (found["c1"], found["c2"] or found["c1"])))
        rows = sorted(map(int, (found["r1"], found["r2"] or found["r1"])))
        if named in (None, sheet) and columns[0] <= column <= columns[1] and rows[0] <= row <= rows[1]:
            return True
    return False
