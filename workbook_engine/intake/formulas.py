"""Formulas as a sheet stores them -> the formula of each cell.

Of a shared formula one text stands in its first cell, the others hold only its number: each gets its own text here.
Of an array formula the first cell holds the text and the others nothing: each gets the same text, as Excel shows it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.grid import MAX_COLUMN, MAX_ROW, Area, address, column_letter, column_number
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.grid import Cell

LOST = "#REF!"  # of a cell that shares a formula which the file does not hold
_MANY_PATTERNS = 256  # of one shared formula that are kept
_MANY_ARRAYS = 256  # that cover one row; beyond these only the first cell of an array carries its formula

# What must not be touched comes first: texts, quoted sheet names, [structured or external references], and words that
# only begin like a reference (LOG10(, A1B, tax2024, Sheet1!).
_TOKENS = pattern(
    r"""
    (?P<skip> "(?:[^"]|"")*" | '(?:[^']|'')*' | \[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\] )
  | (?P<cell> (?P<cd>\$?)(?P<c>[A-Za-z]{1,3})(?P<rd>\$?)(?P<r>[1-9][0-9]{0,6}) (?![\w.(!?\\]) )
  | (?P<columns> (?P<d1>\$?)(?P<c1>[A-Za-z]{1,3}):(?P<d2>\$?)(?P<c2>[A-Za-z]{1,3}) (?![\w.(!?\\:$]) )
  | (?P<rows> (?P<e1>\$?)(?P<r1>[1-9][0-9]{0,6}):(?P<e2>\$?)(?P<r2>[1-9][0-9]{0,6}) (?![\w.(!?\\:]) )
  | (?P<word> [\w.\\?$]+ )
    """,
    re.VERBOSE,
)

_REMARKS = pattern(r'(?<![\w.])N\("((?:[^"]|"")*)"\)')  # N("…") is 0: how people write a remark into a formula
_AREA = pattern(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")

_Part = str | tuple[str, int, str, int]  # a text, or a reference: $, column, $, row (0: has none)


class SharedFormula:
    """A formula of a cell, cut at its relative references once, to be written for any other cell."""

    def __init__(self, text: str, row: int, column: int) -> None:
        self._text = text
        self._row, self._column = row, column
        self._parts: tuple[_Part, ...] = ()
        self._patterns: dict[int, tuple[str, tuple[int, ...]]] = {}  # columns to the right -> text with %d, its rows

    def at(self, row: int, column: int) -> str:
        """Return the formula as it reads in another cell; a reference that leaves the grid is #REF!."""
        down, right = row - self._row, column - self._column
        if not down and not right:
            return self._text
        pattern, rows = self._pattern(right)
        if rows and (min(rows) + down < 1 or max(rows) + down > MAX_ROW):
            return "".join(part if isinstance(part, str) else _moved(part, down, right) for part in self._parts)
        return pattern % tuple([row + down for row in rows])

    def _pattern(self, right: int) -> tuple[str, tuple[int, ...]]:
        """Return the formula moved to the right, with a place for each row: by rows most cells of it differ."""
        self._parts = self._parts or tuple(_cut(self._text))
        if right not in self._patterns:
            if len(self._patterns) >= _MANY_PATTERNS:
                self._patterns.clear()
            rows: list[int] = []
            text = "".join(_with_row_place(part, right, rows) for part in self._parts)
            self._patterns[right] = text, tuple(rows)
        return self._patterns[right]


def _with_row_place(part: _Part, right: int, rows: list[int]) -> str:
    if isinstance(part, str):
        return part.replace("%", "%%")
    column_mark, column, row_mark, row = part
    if not row or row_mark:
        return _moved(part, 0, right)
    letters = _letters_of(column_mark, column, right)
    if letters == "#REF!":
        return letters
    rows.append(row)
    return f"{letters}%d"


class Formulas:
    """The formulas of one sheet, met in the order of its cells."""

    def __init__(self) -> None:
        self._shared: dict[str, SharedFormula] = {}
        self.arrays: list[tuple[Area, str]] = []  # that reach the present row or one below

    def of(self, text: str, attributes: Mapping[str, str], row: int, column: int) -> str | None:
        """Return the formula of a cell from its `<f>`, without "="; None where there is none."""
        text = text.removeprefix("=")
        kind = attributes.get("t", "normal")
        if kind == "shared":
            return self._of_shared(text, attributes.get("si", ""), row, column)
        if kind == "dataTable":
            return f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        if kind == "array" and text and len(self.arrays) < _MANY_ARRAYS:
            area = area_of(attributes.get("ref", ""))
            if area and area[:2] != area[2:]:
                self.arrays.append((area, text))
        return text or None

    def _of_shared(self, text: str, number: str, row: int, column: int) -> str:
        """Return LOST where the sheet does not hold the formula referred to: computed, but nobody can say how."""
        if text:
            self._shared[number] = SharedFormula(text, row, column)
            return text
        shared = self._shared.get(number)
        return shared.at(row, column) if shared else LOST

    def forget_arrays_above(self, row: int) -> None:
        """Drop the array formulas that end before a row."""
        self.arrays = [(area, text) for area, text in self.arrays if area.last_row >= row]

    def give_to_members(self, row: int, cells: dict[int, Cell]) -> None:
        """Write the array formulas into the cells of a finished row that have none of their own."""
        for area, text in self.arrays:
            if area.first_row <= row <= area.last_row:
                for column, cell in cells.items():
                    if area.first_column <= column <= area.last_column and cell.formula is None:
                        cells[column] = cell._replace(formula=text)


def remarks_in(formula: str) -> Iterable[str]:
    """Return what somebody wrote into a formula as a remark."""
    return [remark.replace('""', '"') for remark in _REMARKS.findall(formula)] if 'N("' in formula else ()


def lost_formulas(extension: str, count: int) -> list[Finding]:
    """Return the finding on formulas of a binary workbook of which only the values are known."""
    return [Finding(catalogue.FILE_VALUES_ONLY, params={"found": extension, "count": count})] if count else []


def _letters_of(mark: str, column: int, right: int) -> str:
    """Return the letters of a reference's column with their $; "" where the reference is to rows alone."""
    if not column:
        return ""
    column += 0 if mark else right
    return mark + column_letter(column) if 1 <= column <= MAX_COLUMN else "#REF!"


def area_of(reference: str) -> Area | None:
    """Return the area of `A1:B2`, `$A$1` or `A1`; None where it is none of the grid."""
    match = _AREA.fullmatch(reference.strip())
    if not match:
        return None
    first, last = (match[1], match[2]), (match[3] or match[1], match[4] or match[2])
    rows = sorted((int(first[1]), int(last[1])))
    columns = sorted((column_number(first[0].upper()), column_number(last[0].upper())))
    if rows[0] < 1 or rows[1] > MAX_ROW or columns[1] > MAX_COLUMN:
        return None
    return Area(rows[0], columns[0], rows[1], columns[1])


def area_text(area: Area) -> str:
    """Return an area as `A1:B2`, or `A1` where it is one cell."""
    first, last = address(area.first_row, area.first_column), address(area.last_row, area.last_column)
    return first if first == last else f"{first}:{last}"


def _cut(text: str) -> Iterator[_Part]:
    end = 0
    for match in _TOKENS.finditer(text):
        yield text[end : match.start()]
        yield from _references(match)
        end = match.end()
    yield text[end:]


def _references(match: re.Match[str]) -> Iterator[_Part]:
    group = match.groupdict()
    if group["cell"] and int(group["r"]) <= MAX_ROW and column_number(group["c"].upper()) <= MAX_COLUMN:
        yield (group["cd"], column_number(group["c"].upper()), group["rd"], int(group["r"]))
    elif group["columns"] and max(column_number(group["c1"].upper()), column_number(group["c2"].upper())) <= MAX_COLUMN:
        yield (group["d1"], column_number(group["c1"].upper()), "", 0)
        yield ":"
        yield (group["d2"], column_number(group["c2"].upper()), "", 0)
    elif group["rows"] and max(int(group["r1"]), int(group["r2"])) <= MAX_ROW:
        yield ("", 0, group["e1"], int(group["r1"]))
        yield ":"
        yield ("", 0, group["e2"], int(group["r2"]))
    else:
        yield match.group()


def _moved(reference: tuple[str, int, str, int], down: int, right: int) -> str:
    column_mark, column, row_mark, row = reference
    text = _letters_of(column_mark, column, right)
    if text == "#REF!":
        return text
    if row:
        row += 0 if row_mark else down
        if not 1 <= row <= MAX_ROW:
            return "#REF!"
        text += f"{row_mark}{row}"
    return text
