"""What very large studies are kept in: sequences that make their items when asked, and blocks of packed values."""

from __future__ import annotations

import marshal
import zlib
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")
Plain = tuple[Any, ...]  # of numbers, texts, None, and tuples or dicts of them: what marshal takes


class Lazy(Sequence[T]):
    """A sequence whose items are made by `_at`. What is taken twice is equal, but not one object."""

    @abstractmethod
    def _at(self, index: int) -> T:
        """Make the item of an index from 0 to the length less one."""

    @overload
    def __getitem__(self, index: int, /) -> T: ...

    @overload
    def __getitem__(self, index: slice, /) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice, /) -> T | tuple[T, ...]:
        places = range(len(self))[index]
        return self._at(places) if isinstance(places, int) else tuple(map(self._at, places))


def block_of(items: list[Plain]) -> bytes:
    """Pack items in one block: a tenth of their memory, or less."""
    return zlib.compress(marshal.dumps(items), 1)


def items_of(block: bytes) -> list[Plain]:
    """Return the items of a block that this process has packed."""
    items: list[Plain] = marshal.loads(zlib.decompress(block))  # noqa: S302 - not from outside
    return items
