"""How wide a text stands, in the unit of column widths (the width of a digit of the default font)."""

from __future__ import annotations

import functools
import math
import unicodedata

_WIDE = frozenset("WFA")  # wide, full-width, and ambiguous ones, which Chinese fonts draw wide


@functools.lru_cache(maxsize=8192)
def text_width(text: str) -> float:
    """Return the width of the longest line of `text`: a 汉字 counts two, a Latin letter one."""
    return max((_line_width(line) for line in text.split("\n")), default=0.0)


def _line_width(line: str) -> float:
    if line.isascii():
        return float(len(line))
    return float(sum(2 if unicodedata.east_asian_width(character) in _WIDE else 1 for character in line))


def line_count(text: str, width: float) -> int:
    """Return how many lines `text` takes when it wraps in a column of `width`."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    return _wrapped(text, width)


@functools.lru_cache(maxsize=8192)
def _wrapped(text: str, width: float) -> int:
    return sum(max(1, math.ceil(text_width(line) / max(width - 2, 1))) for line in text.split("\n"))


def on_one_line(text: str, width: float) -> str:
    """Return a text without line breaks, cut where it would be wider: for a chart's axis, which breaks no lines."""
    line = " ".join(text.split())
    if text_width(line) <= width:
        return line
    line = line[: int(width)]  # no character is narrower than one
    while text_width(line) > width - 2:
        line = line[:-1]
    return line.rstrip() + "…"
