"""The cells that a formula looks at: written in it, or behind the names that it uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.grid import column_number
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Place = tuple[str, int, int]  # sheet, row, column
AreaOfSheet = tuple[str, int, int, int, int]  # sheet, first row and column, last row and column

_REFERENCE = pattern(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!)?"
    r"\$?(?P<c1>[A-Z]{1,3})\$?(?P<r1>[1-9][0-9]*)(?::\$?(?P<c2>[A-Z]{1,3})\$?(?P<r2>[1-9][0-9]*))?(?![\w(!])"
)
_TEXT = pattern(r'"[^"]*"')
_WHOLE = pattern(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|(?<![A-Z0-9$])\$?[0-9]+:\$?[0-9]+")
_NAME = pattern(r"(?<![\w.'!:$])(?P<name>[^\W\d][\w.]*)(?![\w.(!:'])")


def without_texts(formula: str) -> str:
    """Return a formula with its quoted texts emptied."""
    return _TEXT.sub('""', formula)


def names_in(formula: str, names: Mapping[str, str]) -> Iterator[str]:
    """Yield those of the workbook's defined `names` that a formula without texts uses."""
    return (found["name"] for found in _NAME.finditer(formula) if found["name"] in names)


def has_whole_columns(formula: str) -> bool:
    """Tell whether a formula looks at whole columns or rows, which `areas` does not give."""
    return bool(_WHOLE.search(without_texts(formula)))


def areas(formula: str, sheet: str, names: Mapping[str, str]) -> Iterator[AreaOfSheet]:
    """Yield the areas that a formula on `sheet` looks at."""
    bare = without_texts(formula)
    for text in (bare, *(names[name] for name in names_in(bare, names))):
        for found in _REFERENCE.finditer(text):
            where = (found["quoted"] or found["plain"] or sheet).replace("''", "'")
            rows = sorted((int(found["r1"]), int(found["r2"] or found["r1"])))
            columns = sorted((column_number(found["c1"]), column_number(found["c2"] or found["c1"])))
            yield where, rows[0], columns[0], rows[1], columns[1]


def is_in(place: Place, area: AreaOfSheet) -> bool:
    """Tell whether a cell lies in an area."""
    sheet, first_row, first_column, last_row, last_column = area
    return place[0] == sheet and first_row <= place[1] <= last_row and first_column <= place[2] <= last_column
