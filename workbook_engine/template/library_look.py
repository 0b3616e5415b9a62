"""Font, colours and row heights that the sheets of the factor library share."""

from __future__ import annotations

from workbook_engine.widths import at_size, line_count

FONT = "微软雅黑"
DARK = "#1F3864"  # titles, header rows
MUTED = "#595959"  # keys, introductions
LINE = "#D9D9D9"  # borders
OWN = "#FFF8DC"  # rows for a consultant's own entries


def text_height(text: str, width: float, font_size: float) -> float:
    """Return the height in points of a text wrapped in a column of that width (in characters)."""
    return 4 + 1.4 * font_size * line_count(text, width, at_size(font_size))
