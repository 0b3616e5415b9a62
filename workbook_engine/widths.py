"""How wide a text stands on a sheet, and in how many lines, in widths of a column: one is a digit of the default font.

Spreadsheets do not work out row heights alike when they open a file, so they are written; and no measure is exact, as
each program draws by the fonts of its machine. A sheet takes the measure of its size of font.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Container

NARROWER: Final = 1.1  # words with their spaces and narrow letters, where a letter is counted as a digit
_PIXELS_A_DIGIT: Final = 7  # of the default font; a point is 4/3 pixels


class Measure:
    """What a size of font takes: a 汉字, a capital, any other letter, and what a column keeps free at its sides.

    `wide` are the classes of Unicode's East Asian Width that stand as wide as a 汉字. `of` measures a character.
    """

    __slots__ = ("capital", "full", "letter", "of", "padding", "wide")

    def __init__(self, *, full: float, capital: float, letter: float, padding: float, wide: Container[str]) -> None:
        self.full, self.capital, self.letter, self.padding, self.wide = full, capital, letter, padding, wide
        self.of: Callable[[str], float] = functools.cache(self._of)

    def _of(self, character: str) -> float:
        if unicodedata.east_asian_width(character) in self.wide:
            return self.full
        return self.capital if character.isupper() else self.letter


# Of companies' texts, with room enough for each program. Chinese fonts draw ambiguous characters (A) wide.
ROOMY: Final = Measure(full=2, capital=1, letter=1, padding=2, wide=frozenset("WFA"))
CLOSE: Final = Measure(full=2, capital=1, letter=1, padding=1, wide=frozenset("WFA"))
AT_10_POINTS: Final = Measure(full=1.9, capital=1.1, letter=0.85, padding=1, wide=frozenset("WF"))


@functools.cache
def at_size(points: float) -> Measure:
    """Return the measure of our own texts at a size of font: a Latin letter takes a little under half of a 汉字."""
    full, letter = (share * points / (3 * _PIXELS_A_DIGIT) for share in (4, 1.85))
    return Measure(full=full, capital=letter, letter=letter, padding=6 / _PIXELS_A_DIGIT, wide=frozenset("WF"))


@functools.lru_cache(maxsize=8192)
def text_width(text: str, measure: Measure = ROOMY) -> float:
    """Return the width of the longest line of a text."""
    return max((_line_width(line, measure) for line in text.split("\n")), default=0.0)


def _line_width(line: str, measure: Measure) -> float:
    if measure.capital == measure.letter and line.isascii():
        return float(len(line) * measure.letter)
    return math.fsum(map(measure.of, line))


@functools.lru_cache(maxsize=8192)
def line_count(text: str, width: float, measure: Measure = ROOMY) -> int:
    """Return how many lines a text takes when it wraps in a column of `width`. Latin words are not parted."""
    room = max(width - measure.padding, 1)
    return sum(_wrapped(line, room, measure) for line in text.split("\n"))


def _wrapped(line: str, room: float, measure: Measure) -> int:
    """Return in how many lines of that room a line stands. One with 汉字, which may part anywhere, fills them."""
    least = max(1, math.ceil(_line_width(line, measure) / room))
    if least == 1 or not line.isascii():
        return least
    room *= NARROWER
    lines, used = 1, 0.0
    for word in line.split():
        size = _line_width(word, measure)
        if used and used + measure.letter + size <= room:
            used += measure.letter + size
            continue
        lines += bool(used)
        lines += math.ceil(size / room) - 1  # a word that no line holds is parted after all
        used = size % room or room if size > room else size
    return max(lines, least)


def on_one_line(text: str, width: float) -> str:
    """Return a text without line breaks, cut where it would be wider: for a chart's axis, which breaks no lines."""
    line = " ".join(text.split())
    if text_width(line) <= width:
        return line
    line = line[: int(width)]  # no character is narrower than one
    while text_width(line) > width - 2:
        line = line[:-1]
    return line.rstrip() + "…"
