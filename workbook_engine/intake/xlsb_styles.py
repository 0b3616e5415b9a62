"""The styles of a binary workbook: what they make of a number, what they strike through, what they hide.

The numbers below are types of records, see xlsb_records.py.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_engine.intake.colours import BLACK, ILLEGIBLE, WHITE, Colour, Palette
from workbook_engine.intake.formats import built_in, hides_text, meaning_of
from workbook_engine.intake.letters import TWIPS, is_legible
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.looks import Look
from workbook_engine.intake.own_colours import alike_looks
from workbook_engine.intake.raised import LOWERED, RAISED
from workbook_engine.intake.styles import bare_letters, hides
from workbook_engine.intake.xlsb_records import wide_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.raised import Shift
    from workbook_engine.intake.xlsb_records import Record

_FORMAT, _FONT, _FILL, _XF, _LOOK = 44, 43, 45, 47, 507
_CELL_FORMATS, _CELL_FORMATS_END = 617, 618
_STRIKEOUT = 8  # the bit of a font
_SHIFT_PLACE, _SHIFTS = 6, {1: RAISED, 2: LOWERED}  # where in a font it stands whether letters are raised or lowered
_FONT_COLOUR, _FILL_COLOUR, _FACE = 12, 4, 21  # where in a font and a fill the colour stands, and in a font its name
_INDEXED, _RGB, _THEME = 1, 2, 3  # kinds of a colour
_NONE, _SOLID = 0, 1  # patterns of a fill
_MOST_FILLS = 256  # colours of cells to which those of fonts are compared
_COUNT, _PROPERTY = struct.Struct("<4xH"), struct.Struct("<2H")  # of a look
_OF_FILL, _OF_LETTERS, _OF_NUMBER = 2, 5, 38  # kinds of a property: colours, a number format
_DARKEST = 32_767  # of a tint


def read_styles(records: Iterable[Record], limits: Limits, palette: Palette) -> Styles:
    """Read the part of styles."""
    styles = Styles(limits, palette)
    is_of_cells = False
    for kind, data in records:
        if kind in {_CELL_FORMATS, _CELL_FORMATS_END}:
            is_of_cells = kind == _CELL_FORMATS
        elif kind != _XF or is_of_cells:
            styles.take(kind, data)
    return styles


class Styles:
    """The cell formats by their number."""

    def __init__(self, limits: Limits, palette: Palette) -> None:
        self.meanings: list[str] = []  # see formats.py
        self.struck: set[int] = set()
        self.unseen: set[int] = set()  # those whose letters have the colour of the cell
        self.without_text: set[int] = set()  # those that do not show a text
        self.hiding: set[int] = set()  # looks of conditional formats in which nobody sees a number
        self.shifts: dict[int, Shift] = {}  # fonts that raise or lower their text
        self._limits = limits
        self._palette = palette
        self._codes: dict[int, str] = {}
        self._fonts: list[tuple[bool, Colour]] = []  # whether each strikes its text through, and its colour
        self._fills: list[Colour | None] = []
        self._cells: list[Colour | None] = []  # the fill of each cell format
        self._looks = 0
        self._letters: list[tuple[int, Colour]] = []  # of the looks that give them no ground

    @property
    def have_odd_looks(self) -> bool:
        """Tell whether some cell may be struck through, or not be seen."""
        return bool(self.unseen or self.without_text or self.alike) or any(is_struck for is_struck, _ in self._fonts)

    def take(self, kind: int, data: bytes) -> None:
        """Take a record."""
        if kind == _FORMAT:
            self._codes[struct.unpack_from("<H", data)[0]] = wide_string(data, 2)[0]
        elif kind == _FONT and len(self._fonts) < self._limits.formats:
            if len(data) > _SHIFT_PLACE and data[_SHIFT_PLACE] in _SHIFTS:
                self.shifts[len(self._fonts)] = _SHIFTS[data[_SHIFT_PLACE]]
            self._fonts.append((bool(data[2] & _STRIKEOUT), _letters(data)))
        elif kind == _FILL and len(self._fills) < self._limits.formats:
            self._fills.append(_fill(data))
        elif kind == _LOOK:
            with suppress(struct.error):  # cut off
                if self._looks < self._limits.formats:
                    self._take_look(_look(data))
            self._looks += 1
        elif kind == _XF:
            self._take_format(*struct.unpack_from("<3H", data, 2))

    def _take_look(self, look: Look) -> None:
        if hides(look, self._palette):
            self.hiding.add(self._looks)
        elif letters := bare_letters(look):
            self._letters.append((self._looks, letters))

    @cached_property
    def alike(self) -> Mapping[int, frozenset[int]]:
        """Return the cell formats whose colour is that of the letters of looks without a ground, and these looks."""
        fills = {style: fill for style, fill in enumerate(self._cells) if fill is not None}
        return alike_looks(self._letters, fills, self._palette)

    def _take_format(self, number: int, font: int, fill: int) -> None:
        style = len(self.meanings)
        if style >= self._limits.formats:
            raise exceeded(self._limits, "formats")
        if self.strikes(font):
            self.struck.add(style)
        colour = self._fills[fill] if fill < len(self._fills) else None
        self._cells.append(colour)
        if self.are_alike(style, font):
            self.unseen.add(style)
        if hides_text(self._codes.get(number, "")):
            self.without_text.add(style)
        self.meanings.append(meaning_of(self._codes[number]) if number in self._codes else built_in(number))

    def are_alike(self, style: int, font: int) -> bool:
        """Tell whether letters of a font have the colour of a cell of a format."""
        cell = self._cells[style] if style < len(self._cells) else None
        return cell is not None and font < len(self._fonts) and self._palette.is_alike(self._fonts[font][1], cell)

    @cached_property
    def pale(self) -> frozenset[int]:
        """Return the fonts whose letters cannot be seen in the cells of some format."""
        first = {cell: style for style, cell in reversed([*enumerate(self._cells)])}
        styles = [*first.values()][:_MOST_FILLS]
        fonts = range(len(self._fonts))
        return frozenset(font for font in fonts if any(self.are_alike(style, font) for style in styles))

    def strikes(self, font: int) -> bool:
        """Tell whether a font strikes its text through."""
        return font < len(self._fonts) and self._fonts[font][0]


def _letters(font: bytes) -> Colour:
    """Return the colour of a font's letters, [MS-XLSB] 2.4.149; its height stands first, its name last."""
    face = wide_string(font, _FACE)[0] if len(font) >= _FACE + 4 else ""
    if not is_legible(struct.unpack_from("<H", font)[0] / TWIPS, face):
        return ILLEGIBLE
    return _colour(font, _FONT_COLOUR) or BLACK


def _colour(data: bytes, position: int) -> Colour | None:
    """Return a colour, [MS-XLSB] 2.5.12; None where the program chooses it, or it is cut off."""
    if len(data) < position + 8:
        return None
    kind, place, tint, red, green, blue = struct.unpack_from("<BBh3B", data, position)
    lighter = tint / _DARKEST
    if kind >> 1 == _RGB:
        return Colour("rgb", red << 16 | green << 8 | blue, lighter)
    if kind >> 1 == _INDEXED:
        return Colour("indexed", place, lighter)
    return Colour("theme", place, lighter) if kind >> 1 == _THEME else None


def _look(data: bytes) -> Look:
    """Return what a conditional format changes, [MS-XLSB] 2.4.356: properties, each with its kind and size in front."""
    look = Look()
    (count,) = _COUNT.unpack_from(data)
    position = _COUNT.size
    for _ in range(count):
        kind, size = _PROPERTY.unpack_from(data, position)
        start, position = position + _PROPERTY.size, position + max(size, _PROPERTY.size)
        if kind == _OF_FILL:
            look.fill, look.is_filled = _colour(data, start), True
        elif kind == _OF_LETTERS:
            look.letters = _colour(data, start)
        elif kind == _OF_NUMBER:
            (length,) = struct.unpack_from("<H", data, start)
            look.code = data[start + 2 : start + 2 + 2 * length].decode("utf-16-le", "replace")
    return look


def _fill(data: bytes) -> Colour | None:
    """Return the colour that a fill gives a cell; None where it is none that could be told."""
    (pattern,) = struct.unpack_from("<I", data)
    return WHITE if pattern == _NONE else _colour(data, _FILL_COLOUR) if pattern == _SOLID else None
