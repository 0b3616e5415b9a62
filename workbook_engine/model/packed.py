"""Very many rows or figures in little memory: a sequence that keeps its items packed and makes them anew.

The first items stay as they are, so a study of usual size pays nothing. What is taken twice out of a large sequence is
equal, but not one object; whoever goes over it should not keep all that it gives.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
Plain = tuple[Any, ...]  # of numbers, texts, None, and tuples or dicts of them: what marshal takes

_FEW: Final = 4_000  # items that stay as they are: some megabytes
_BLOCK: Final = 500  # items that are packed together


class Packed(Sequence[T]):
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
            self._blocks += (_packed(plain[start : start + _BLOCK]) for start in range(0, whole, _BLOCK))
            del self._loose[:whole]

    def settled(self) -> Sequence[T]:
        """Return the items for good: a tuple while they are few."""
        return self if self._blocks else tuple(self._loose)

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._loose)

    def __iter__(self) -> Iterator[T]:
        for block in self._blocks:
            yield from map(self._made, _unpacked(block))
        yield from self._loose

    @overload
    def __getitem__(self, index: int, /) -> T: ...

    @overload
    def __getitem__(self, index: slice, /) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice, /) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        block, number = divmod(range(len(self))[index], _BLOCK)
        if block >= len(self._blocks):
            return self._loose[number + (block - len(self._blocks)) * _BLOCK]
        if self._last[0] != block:
            self._last = block, list(map(self._made, _unpacked(self._blocks[block])))
        return self._last[1][number]


def packed(items: Iterable[T], plain: Callable[[T], Plain], made: Callable[[Plain], T]) -> Sequence[T]:
    """Return the items as a tuple, or packed where they are very many."""
    sequence = Packed(plain, made)
    for item in items:
        sequence.append(item)
    return sequence.settled()


def _packed(plain: list[Plain]) -> bytes:
    return zlib.compress(marshal.dumps(plain), 1)


def _unpacked(block: bytes) -> list[Plain]:
    plain: list[Plain] = marshal.loads(zlib.decompress(block))  # noqa: S302 - what this process has just written
    return plain
