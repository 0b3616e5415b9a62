"""Very many data classes in little memory: their fields in columns, numbers as bare doubles. A few stay a tuple."""

from __future__ import annotations

import math
from array import array
from dataclasses import fields
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar

from workbook_engine.model.sequences import Lazy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

T = TypeVar("T")

FEW: Final = 4_000  # items that stay as they are: some megabytes
_BLOCK: Final = 1_000  # items that are taken at once
_NUMBERS = ("float", "float | None")


class Columns(Lazy[T]):
    """Items of one data class, field by field. None in the place of a number is kept as NaN: no figure of ours is."""

    def __init__(self, kind: type[T], items: Iterable[T]) -> None:
        self._kind = kind
        declared = fields(kind)  # type: ignore[arg-type]  # of a data class
        self._optional = [field.type == _NUMBERS[1] for field in declared]
        self._columns: list[Any] = [array("d") if field.type in _NUMBERS else [] for field in declared]
        values = map(attrgetter(*(field.name for field in declared)), items)
        while block := list(islice(values, _BLOCK)):
            for column, optional, added in zip(self._columns, self._optional, zip(*block, strict=True), strict=True):
                column.extend([math.nan if each is None else each for each in added] if optional else added)

    def __len__(self) -> int:
        return len(self._columns[0])

    def __iter__(self) -> Iterator[T]:
        return map(self._kind, *(self._values(column) for column in range(len(self._columns))))

    def _values(self, number: int) -> Iterable[Any]:
        column = self._columns[number]
        return (None if value != value else value for value in column) if self._optional[number] else column  # noqa: PLR0124 - NaN

    def _at(self, index: int) -> T:
        values = [column[index] for column in self._columns]
        optional = zip(values, self._optional, strict=True)
        return self._kind(*(None if is_optional and math.isnan(value) else value for value, is_optional in optional))


class Joined(Lazy[T]):
    """Several sequences, one after the other, as one."""

    def __init__(self, parts: Sequence[Sequence[T]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._parts)

    def _at(self, index: int) -> T:
        for part in self._parts:
            if index < len(part):
                return part[index]
            index -= len(part)
        raise IndexError(index)


def in_columns(items: Iterable[T]) -> Sequence[T]:
    """Return the items of one data class: as a tuple, or in columns where they are very many."""
    rest = iter(items)
    first = tuple(islice(rest, FEW + 1))
    return first if len(first) <= FEW else Columns(type(first[0]), chain(first, rest))


def joined(parts: Sequence[Sequence[T]]) -> Sequence[T]:
    """Return the items of several sequences as one: as a tuple, where they are few."""
    return tuple(chain.from_iterable(parts)) if sum(map(len, parts)) <= FEW else Joined(parts)
