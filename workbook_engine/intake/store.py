"""Where the cells of a sheet stay: as they are while they are few, in compact blocks when they are many.

A million cells as Python objects take some 250 MB, as blocks some 10 MB. Both kinds of sheet give their rows in
ascending order, as often as they are asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import Area, Cell, MemorySheet, Row, Sheet
from workbook_engine.model.sequences import block_of, items_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workbook_engine.intake.strings import CompactStrings

_FEW = 60_000  # cells of a sheet that stay as they are: some 15 MB
_BLOCK = 4_000  # cells of a block


@frozen
class BlockSheet:
    """A sheet of very many cells."""

    name: str
    blocks: tuple[bytes, ...]
    strings: CompactStrings | None = None
    visible: bool = True
    merges: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def rows(self) -> Iterator[Row]:
        """Yield the rows with content, in ascending order."""
        for block in self.blocks:
            for number, cells in _unpacked(block):
                yield number, _with_texts(cells, self.strings)


@dataclass(slots=True)
class RowStore:
    """Takes rows as they are read. `on_twice(row, column, kept, dropped)` is told of an address that comes again."""

    on_twice: Callable[[int, int, Cell, Cell], None]
    count: int = 0
    twice: int = 0  # cells that were told and not kept
    _rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    _waiting: int = 0
    _blocks: list[bytes] = field(default_factory=list)
    _last: int = 0
    _ascending: bool = True

    def add(self, number: int, cells: dict[int, Cell]) -> None:
        """Take one row, or some more cells of one."""
        self._ascending = self._ascending and number > self._last
        self._last = number
        self.count += len(cells)
        self._waiting += len(cells)
        if number in self._rows:
            self._merge(number, cells)
        else:
            self._rows[number] = cells
        if self._waiting >= (_BLOCK if self._blocks else _FEW):
            self._pack()

    def sheet(
        self,
        name: str,
        strings: CompactStrings | None,
        merges: tuple[Area, ...],
        hidden: tuple[frozenset[int], ...],
        *,
        visible: bool,
    ) -> Sheet:
        """Return the sheet; `hidden` is rows, columns."""
        if not self._ascending:
            self._sort()
        if self._blocks:
            self._pack()
            return BlockSheet(name, tuple(self._blocks), strings, visible, merges, *hidden)
        rows = {number: _with_texts(cells, strings) for number, cells in self._rows.items()}
        return MemorySheet(name, rows, visible, merges, *hidden)

    def _pack(self) -> None:
        if self._rows:
            self._blocks.append(_packed(self._rows.items()))
        self._rows = {}
        self._waiting = 0

    def _merge(self, number: int, cells: dict[int, Cell]) -> None:
        present = self._rows[number]
        for column, cell in cells.items():
            if column in present:
                self.on_twice(number, column, present[column], cell)
                self.count -= 1
                self.twice += 1
            else:
                present[column] = cell

    def _sort(self) -> None:
        """Put rows that came out of order into order: no program writes them so, and it takes memory for all."""
        everything = [row for block in self._blocks for row in _unpacked(block)] + list(self._rows.items())
        self._rows, self._blocks = {}, []
        for number, cells in everything:
            if number in self._rows:
                self._merge(number, cells)
            else:
                self._rows[number] = cells
        self._rows = {number: dict(sorted(self._rows[number].items())) for number in sorted(self._rows)}


def _packed(rows: Iterable[tuple[int, Mapping[int, Cell]]]) -> bytes:
    plain = [(number, [(column, *cell) for column, cell in cells.items()]) for number, cells in rows]
    return block_of(plain)


def _unpacked(block: bytes) -> Iterator[tuple[int, dict[int, Cell]]]:
    for number, cells in items_of(block):
        yield number, {column: tuple.__new__(Cell, rest) for column, *rest in cells}


def _with_texts(cells: dict[int, Cell], strings: CompactStrings | None) -> dict[int, Cell]:
    """Put the texts in the place of their numbers."""
    if strings is None:
        return cells
    return {column: _with_text(cell, strings) if cell[0] == "text" else cell for column, cell in cells.items()}


def _with_text(cell: Cell, strings: CompactStrings) -> Cell:
    if not isinstance(cell.value, int):
        return cell
    text = strings.cell(cell.value)
    return text if cell.formula is None else cell._replace(value=text.value)
