"""Font, colours and row heights that the sheets of the factor library share."""

from __future__ import annotations

import math
import unicodedata

FONT = "微软雅黑"
DARK = "#1F3864"  # titles, header rows
MUTED = "#595959"  # keys, introductions
LINE = "#D9D9D9"  # borders
OWN = "#FFF8DC"  # rows for a consultant's own entries


def text_height(text: str, width: float, font_size: float) -> float:
    """Return the height in points of a text wrapped in a column of that width (in characters).

    Spreadsheets do not work the height out alike when they open a file, so it is written. A 汉字 is 4/3 pixels a point
    wide, a Latin letter a little under half of that.
    """
    pixels = sum((4 if unicodedata.east_asian_width(letter) in "WF" else 1.85) for letter in text) * font_size / 3
    lines = max(1, math.ceil(pixels / (7 * width - 6)))  # a character of the default font is 7 pixels
    return 4 + 1.4 * font_size * lines
