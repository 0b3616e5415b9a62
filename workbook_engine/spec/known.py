"""A set of fixed size that knows what was put into it, however much that was: what a study of many lines keeps of itself.

A Bloom filter in blocks (Putze, Sanders, Singler: Cache-, Hash- and Space-Efficient Bloom Filters, 2007): a content sets a
few bits of one block. What was put in is always known. Of what was not, fewer than two in a thousand seem to be known
where a block has two or three contents.
"""

from __future__ import annotations

import functools
import sys
import zlib
from array import array
from typing import Final

_BITS: Final = 64  # of a block
_SET: Final = 5  # bits of a block that a content sets, some of them perhaps the same
_PATTERNS: Final = 12  # bits of a checksum that choose them


class Known:
    """Contents by their checksums of 32 bits."""

    def __init__(self, blocks: int) -> None:
        """Make an empty one of so many blocks, 8 bytes each."""
        self._blocks = array("Q", bytes(8 * blocks))
        self._patterns = _patterns()

    @classmethod
    def of(cls, data: bytes) -> Known | None:
        """Return the one that was packed; None where that is none."""
        if not data or len(data) % 8:
            return None
        known = cls(0)
        known._blocks.frombytes(data)
        if sys.byteorder == "big":
            known._blocks.byteswap()
        return known

    def add(self, checksum: int) -> None:
        """Put a content in."""
        blocks = self._blocks
        blocks[checksum % len(blocks)] |= self._patterns[checksum >> 32 - _PATTERNS]

    def __contains__(self, checksum: int) -> bool:
        pattern = self._patterns[checksum >> 32 - _PATTERNS]
        return self._blocks[checksum % len(self._blocks)] & pattern == pattern

    def packed(self) -> bytes:
        """Return it as bytes, the same on every machine; none where nothing was put in."""
        if not any(self._blocks):
            return b""
        if sys.byteorder == "big":
            swapped = array("Q", self._blocks)
            swapped.byteswap()
            return swapped.tobytes()
        return self._blocks.tobytes()


@functools.cache
def _patterns() -> list[int]:
    """Return the bits of a block that each number of so many bits sets."""
    found = []
    for number in range(1 << _PATTERNS):
        drawn = zlib.crc32(number.to_bytes(2, "big")) * 0x9E3779B97F4A7C15 >> 8
        bits = 0
        for _ in range(_SET):
            bits |= 1 << drawn % _BITS
            drawn >>= 6
        found.append(bits)
    return found
