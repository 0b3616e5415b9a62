"""Colours of letters and of their cells: whether anybody can tell the one from the other.

A colour comes as a value, a place in the palette or in the theme, lighter or darker by a tint. Two of them are alike
where their contrast by WCAG 2.1 (relative luminance) is below `ALIKE`, and their red, green and blue are near: red on a
green of the same luminance has no contrast and is seen. 1.10 is the contrast of #F4F4F4 on white, which few people see;
the palest grey that Office offers, #F2F2F2, has 1.12 and is left alone.
"""

from __future__ import annotations

import colorsys
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook_engine.intake.markup import NotWellFormed, attribute, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

ALIKE = 1.1
NEAR = 32  # of 255: an eighth
_MOST_KNOWN = 65_536  # pairs of colours whose likeness is kept
Rgb = tuple[int, int, int]


class Colour(NamedTuple):
    """A colour as a workbook states it."""

    kind: Literal["rgb", "indexed", "theme", "none"]
    value: int  # 0xRRGGBB, or a place
    tint: float = 0.0  # from -1, black, to 1, white


WHITE, BLACK = Colour("rgb", 0xFFFFFF), Colour("rgb", 0)  # of a cell without a fill, of letters without a colour
ILLEGIBLE = Colour("none", 0)  # of letters that cannot be read in any cell, see letters.py

# ECMA-376 18.8.27: the palette of a workbook that states none; 64 and 65 are the system's for letters and cells.
_FIRST = (0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF)
_PALETTE = (
    *_FIRST, *_FIRST,
    0x800000, 0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080,
    0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF,
    0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF,
    0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99,
    0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900, 0xFF6600, 0x666699, 0x969696,
    0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399, 0x333333,
    0x000000, 0xFFFFFF,
)  # fmt: skip
# Office 2007 to 2022, in the order of a cell's `theme`: light and dark come before dark and light of the theme's part.
_THEME = (
    0xFFFFFF, 0x000000, 0xEEECE1, 0x1F497D, 0x4F81BD, 0xC0504D,
    0x9BBB59, 0x8064A2, 0x4BACC6, 0xF79646, 0x0000FF, 0x800080,
)  # fmt: skip
_SWAPPED = (1, 0, 3, 2)
_PLAIN = 2  # places of the theme that are white and black in all themes that people use


def stated(attributes: Attributes) -> Colour | None:
    """Return the colour of an element of SpreadsheetML; None where it is the program's choice, or nonsense."""
    with suppress(ValueError):
        tint = float(attribute(attributes, "tint") or 0)
        if value := attribute(attributes, "rgb"):
            return Colour("rgb", int(value[-6:], 16), tint)
        if value := attribute(attributes, "theme"):
            return Colour("theme", int(value[:6]), tint)
        if value := attribute(attributes, "indexed"):
            return Colour("indexed", int(value[:6]), tint)
    return None


def theme_colours(package: Package, part: str | None) -> tuple[int, ...]:
    """Return the colours of a theme as `Colour.value` counts them; Office's own where it states none."""
    found: list[int] = []
    is_scheme = False

    def on_scheme(_: Attributes) -> None:
        nonlocal is_scheme
        is_scheme = not found

    def on_scheme_end(_: str) -> None:
        nonlocal is_scheme
        is_scheme = False

    def on_colour(attributes: Attributes) -> None:
        if is_scheme:
            with suppress(ValueError):
                found.append(int((attribute(attributes, "lastClr") or attribute(attributes, "val") or "")[-6:], 16))

    if part is not None and part in package:
        starts = {"clrScheme": on_scheme, "srgbClr": on_colour, "sysClr": on_colour}
        with suppress(NotWellFormed):  # which costs no workbook
            walk(part, package.stream(part), package.limits, starts, {"clrScheme": on_scheme_end})
    if len(found) < len(_THEME):
        return _THEME
    return (*(found[place] for place in _SWAPPED), *found[len(_SWAPPED) :])


class Palette:
    """Tells colours apart. The theme is read where a colour asks for it: most workbooks use its black and white."""

    def __init__(
        self,
        theme: Callable[[], tuple[int, ...]],
        own: Mapping[int, int] | None = None,
        *,
        whole_theme: bool = False,
    ) -> None:
        """`own` are the places of the palette that the workbook states itself.

        With `whole_theme` the theme's black and white are looked at, too: somebody may have made both the same.
        """
        self._read_theme = theme
        self._plain = 0 if whole_theme else _PLAIN
        self._theme: tuple[int, ...] = ()
        self._own = own or {}
        self._known: dict[tuple[Colour, Colour], bool] = {}

    def is_alike(self, letters: Colour, cell: Colour) -> bool:
        """Tell whether nobody can see letters in a cell."""
        known = self._known.get((letters, cell))
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[letters, cell] = self._compare(letters, cell)
        return known

    def _compare(self, letters: Colour, cell: Colour) -> bool:
        if letters in {cell, ILLEGIBLE}:
            return True
        one, other = self._rgb(letters), self._rgb(cell)
        if one is None or other is None:
            return False
        return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= NEAR and contrast(one, other) < ALIKE

    def _rgb(self, colour: Colour) -> Rgb | None:
        value: int | None = colour.value
        if colour.kind == "indexed":
            value = self._own.get(colour.value, _at(_PALETTE, colour.value))
        elif colour.kind == "theme":
            if colour.value >= self._plain and not self._theme:
                self._theme = self._read_theme()
            value = _at(self._theme or _THEME, colour.value)
        return None if value is None else _tinted((value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF), colour.tint)


def _at(colours: tuple[int, ...], place: int) -> int | None:
    return colours[place] if 0 <= place < len(colours) else None


def _tinted(rgb: Rgb, tint: float) -> Rgb:
    """Return a colour made lighter or darker, ECMA-376 18.8.19."""
    if not tint:
        return rgb
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in rgb))
    lightness = lightness * (1 + tint) if tint < 0 else lightness * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, lightness)), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, from 1 for none to 21 for black on white (WCAG 2.1)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
