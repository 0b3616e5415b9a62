"""Very many rows or figures in little memory: a sequence that keeps its items packed and makes them anew.

The first items stay as they are, so a study of usual size pays nothing. Whoever goes over a large sequence should not
keep all that it gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from workbook_engine.model.sequences import Lazy, block_of, items_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from workbook_engine.model.sequences import Plain

T = TypeVar("T")

_FEW: Final = 4_000  # items that stay as they are: some megabytes
_BLOCK: Final = 500  # items that are packed together


class Packed(Lazy[T]):
    """Takes items one after the other, then is a sequence like any other. `plain` and `made` undo each other."""

    def __init__(self, plain: Callable[[T], Plain], made: Callable[[Plain], T]) -> None:
        self._plain = plain
        self._made = made
        self._blocks: list[bytes] = []
        self._loose: list[T] = []  # after the blocks
        self._last: tuple[int, list[T]] = (-1, [])  # the block that was asked for last, unpacked

    def append(self, item: T) -> None:
        """Add an item at the end."""
        self._loose.append(item)
        if len(self._loose) >= (_BLOCK if self._blocks else _FEW):
            whole = len(self._loose) - len(self._loose) % _BLOCK
            plain = [self._plain(item) for item in self._loose[:whole]]
            self._blocks += (block_of(plain[start : start + _BLOCK]) for start in range(0, whole, _BLOCK))
            del self._loose[:whole]

    def settled(self) -> Sequence[T]:
        """Return the items for good: a tuple while they are few."""
        return self if self._blocks else tuple(self._loose)

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._loose)

    def __iter__(self) -> Iterator[T]:
        for block in self._blocks:
            yield from map(self._made, items_of(block))
        yield from self._loose

    def _at(self, index: int) -> T:
        block, number = divmod(index, _BLOCK)
        if block >= len(self._blocks):
            return self._loose[number + (block - len(self._blocks)) * _BLOCK]
        if self._last[0] != block:
            self._last = block, list(map(self._made, items_of(self._blocks[block])))
        return self._last[1][number]


def packed(items: Iterable[T], plain: Callable[[T], Plain], made: Callable[[Plain], T]) -> Sequence[T]:
    """Return the items as a tuple, or packed where they are very many."""
    sequence = Packed(plain, made)
    for item in items:
        sequence.append(item)
    return sequence.settled()
