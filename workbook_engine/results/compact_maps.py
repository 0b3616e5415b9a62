"""Mappings of what a study of very many lines has one of for each line or cell, a few bytes each."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping
from typing import Final

Place = tuple[str, int, int]  # sheet as the company named it, row, column

_SPAN: Final = 512  # rows of a column that are kept together


class LineRows(Mapping[str, int]):
    """Line id -> row of a sheet; in the order of `order`, which says each line's place among all lines."""

    __slots__ = ("_count", "_order", "_rows")

    def __init__(self, order: Mapping[str, int]) -> None:
        self._order = order
        self._rows = array("I", bytes(4 * len(order)))  # 0: the sheet does not have the line
        self._count = 0

    def __setitem__(self, line: str, row: int) -> None:
        place = self._order[line]
        self._count += not self._rows[place]
        self._rows[place] = row

    def __getitem__(self, line: str) -> int:
        row = self._rows[self._order[line]]
        if not row:
            raise KeyError(line)
        return row

    def __iter__(self) -> Iterator[str]:
        return (line for line, place in self._order.items() if self._rows[place])

    def __len__(self) -> int:
        return self._count


class CellNumbers(Mapping[Place, float]):
    """Cell -> number. Cells that stand below each other share an array."""

    __slots__ = ("_columns", "_count")

    def __init__(self) -> None:
        self._columns: dict[tuple[str, int, int], array[float]] = {}  # sheet, column, rows // _SPAN
        self._count = 0

    def __setitem__(self, place: Place, number: float) -> None:
        sheet, row, column = place
        key = (sheet, column, row // _SPAN)
        numbers = self._columns.get(key)
        if numbers is None:
            numbers = self._columns[key] = array("d", [math.nan]) * _SPAN
        self._count += math.isnan(numbers[row % _SPAN])
        numbers[row % _SPAN] = number

    def __getitem__(self, place: Place) -> float:
        number = self.find(*place)
        if number is None:
            raise KeyError(place)
        return number

    def find(self, sheet: str, row: int, column: int) -> float | None:
        """Return a cell's number, None where it has none: asked for each cell, and most have none."""
        numbers = self._columns.get((sheet, column, row // _SPAN))
        if numbers is None:
            return None
        number = numbers[row % _SPAN]
        return None if math.isnan(number) else number

    def __iter__(self) -> Iterator[Place]:
        for (sheet, column, span), numbers in self._columns.items():
            for offset, number in enumerate(numbers):
                if not math.isnan(number):
                    yield sheet, span * _SPAN + offset, column

    def __len__(self) -> int:
        return self._count
