"""What each cell format of a workbook makes of a number, which strike it out and which hide it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.grid import HIDDEN
from workbook_engine.intake.colours import BLACK, WHITE, Palette, stated, theme_colours
from workbook_engine.intake.formats import built_in, hides_text, meaning_of
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import attribute, is_struck, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package


_MOST_FILLS = 256  # colours of cells to which those of pieces of text are compared


class CellFormats(NamedTuple):
    """The meaning of each cell format, the `s` of a cell (see formats.py); which strike through, and which hide.

    Hidden is white on white, or another colour on its like: nobody sees that it counts. A text may be hidden alone.
    """

    meanings: tuple[str, ...]
    struck: frozenset[str]
    unseen: frozenset[str]
    without_text: frozenset[str]
    fills: Mapping[str, Colour]  # of the cell formats that have a single one
    palette: Palette
    hiding: frozenset[str]  # the looks of conditional formats, the `dxfId` of a rule, in which nobody sees a number

    def is_alike_a_fill(self, letters: Colour) -> bool:
        """Tell whether letters of a colour cannot be seen in some cell of the workbook."""
        return any(self.palette.is_alike(letters, fill) for fill in self._all_fills())

    def _all_fills(self) -> Iterable[Colour]:
        """Return the different colours of cells; people use a dozen."""
        return islice(dict.fromkeys(self.fills.values()), _MOST_FILLS) if self.fills else (WHITE,)


def cell_formats(package: Package, part: str | None, theme: str | None = None) -> CellFormats:
    """Read the cell formats of a workbook from its parts of styles and of the theme; none where it has no such part."""
    scan = _StyleScan(package.limits)
    if part is not None:
        walk(part, package.stream(part), package.limits, scan.starts, scan.ends)
    palette = Palette(lambda: theme_colours(package, theme), scan.palette)
    unseen = (style for style, (letters, cell) in scan.colours.items() if palette.is_alike(letters, cell))
    formats = tuple(scan.meanings), frozenset(scan.struck), frozenset(unseen), frozenset(scan.without_text)
    fills = {style: cell for style, (_, cell) in scan.colours.items()}
    return CellFormats(*formats, fills, palette, frozenset(_hiding(scan.rules, palette)))


def _hiding(rules: list[_Look], palette: Palette) -> Iterator[str]:
    """Yield the looks that hide a number. A cell that a look gives no colour is taken as white: most are, or nearly."""
    for number, look in enumerate(rules):
        is_alike = look.colour is not None and look.fill is not None and palette.is_alike(look.colour, look.fill)
        if is_alike or meaning_of(look.code) == HIDDEN:
            yield str(number)


class _StyleScan:
    """The pass over the styles. Fonts and formats stand in lists of their own; others of their kind do not count."""

    def __init__(self, limits: Limits) -> None:
        self.meanings: list[str] = []
        self.struck: set[str] = set()
        self.without_text: set[str] = set()
        self.colours: dict[str, tuple[Colour, Colour]] = {}  # of letters and cell, where both can be told
        self.palette: dict[int, int] = {}  # of the workbook's own
        self._limits = limits
        self._codes: dict[str, str] = {}
        self._mute: set[str] = set()  # the codes that do not show a text
        self._fonts: list[_Font] = []
        self._fills: list[Colour | None] = []  # the colour of each; None where it has no single one
        self._is_solid = False  # whether the fill being read has one colour
        self.rules: list[_Look] = []  # of conditional formats
        self._within = ""  # the part of such a look that is being read: font, fill, border
        self._list = ""  # the list that is being read
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "numFmt": self._on_number_format,
            "fonts": lambda _: self._enter("fonts"),
            "font": self._on_font,
            "strike": self._on_strike,
            "color": self._on_colour,
            "fills": lambda _: self._enter("fills"),
            "fill": self._on_fill,
            "patternFill": self._on_pattern,
            "gradientFill": lambda _: self._paint(None),
            "fgColor": self._on_fill_colour,
            "cellXfs": lambda _: self._enter("cellXfs"),
            "xf": self._on_format,
            "rgbColor": self._on_palette,
            "dxfs": lambda _: self._enter("dxfs"),
            "dxf": self._on_look,
            "border": lambda _: self._go_within("border"),
            "bgColor": self._on_look_fill,
        }
        self.ends: dict[str, Callable[[str], None]] = dict.fromkeys(
            ("fonts", "fills", "cellXfs", "dxfs"), lambda _: self._enter("")
        )

    def _enter(self, tag: str) -> None:
        self._list = tag

    def _go_within(self, part: str) -> None:
        self._within = part

    def _on_look(self, _: Attributes) -> None:
        if self._list == "dxfs" and len(self.rules) < self._limits.formats:
            self.rules.append(_Look())

    def _on_look_fill(self, attributes: Attributes) -> None:
        if self._list == "dxfs" and self.rules and self._within == "fill" and self._is_solid:
            self.rules[-1].fill = stated(attributes)

    def _on_number_format(self, attributes: Attributes) -> None:
        if self._list == "dxfs":
            if self.rules:
                self.rules[-1].code = attribute(attributes, "formatCode") or ""
            return
        if (identity := attribute(attributes, "numFmtId")) is not None:
            code = self._codes[identity] = attribute(attributes, "formatCode") or ""
            if hides_text(code):
                self._mute.add(identity)

    def _on_font(self, _: Attributes) -> None:
        self._within = "font"
        if self._list == "fonts" and len(self._fonts) < self._limits.formats:
            self._fonts.append(_Font())

    def _on_strike(self, attributes: Attributes) -> None:
        if self._list == "fonts" and self._fonts:
            self._fonts[-1].is_struck = is_struck(attributes)

    def _on_colour(self, attributes: Attributes) -> None:
        if self._list == "fonts" and self._fonts:
            self._fonts[-1].colour = stated(attributes) or BLACK
        elif self._list == "dxfs" and self.rules and self._within == "font":
            self.rules[-1].colour = stated(attributes)

    def _on_fill(self, _: Attributes) -> None:
        self._within = "fill"
        if self._list == "fills" and len(self._fills) < self._limits.formats:
            self._fills.append(WHITE)

    def _on_pattern(self, attributes: Attributes) -> None:
        kind = attribute(attributes, "patternType") or "none"
        self._is_solid = kind == "solid" or (self._list == "dxfs" and attribute(attributes, "patternType") is None)
        if kind != "none":
            self._paint(None)

    def _on_fill_colour(self, attributes: Attributes) -> None:
        if self._is_solid:
            self._paint(stated(attributes))

    def _paint(self, colour: Colour | None) -> None:
        if self._list == "fills" and self._fills:
            self._fills[-1] = colour

    def _on_format(self, attributes: Attributes) -> None:
        if self._list != "cellXfs":
            return
        if len(self.meanings) >= self._limits.formats:
            raise exceeded(self._limits, "formats")
        font, style = self._font_of(attributes), str(len(self.meanings))
        if font.is_struck:
            self.struck.add(style)
        if (fill := self._fill_of(attributes)) is not None:
            self.colours[style] = (font.colour, fill)
        number_format = attribute(attributes, "numFmtId") or "0"
        if number_format in self._mute:
            self.without_text.add(style)
        self.meanings.append(_meaning(number_format, self._codes))

    def _on_palette(self, attributes: Attributes) -> None:
        if (colour := stated(attributes)) is not None and len(self.palette) < self._limits.formats:
            self.palette[len(self.palette)] = colour.value

    def _font_of(self, attributes: Attributes) -> _Font:
        place = attribute(attributes, "fontId") or ""
        return self._fonts[int(place[:6])] if place.isdecimal() and int(place[:6]) < len(self._fonts) else _Font()

    def _fill_of(self, attributes: Attributes) -> Colour | None:
        place = attribute(attributes, "fillId") or "0"
        return self._fills[int(place[:6])] if place.isdecimal() and int(place[:6]) < len(self._fills) else None


@dataclass(slots=True)
class _Font:
    is_struck: bool = False
    colour: Colour = BLACK


@dataclass(slots=True)
class _Look:
    """What a conditional format changes."""

    colour: Colour | None = None  # of the letters
    fill: Colour | None = WHITE  # where it changes none: of the cell, see `_hiding`
    code: str = ""  # number format


def _meaning(identity: str, codes: dict[str, str]) -> str:
    """Return a format's meaning; a code that the workbook declares wins over the number's built-in one."""
    if identity in codes:
        return meaning_of(codes[identity])
    return built_in(int(identity)) if identity.isdecimal() and len(identity) < 6 else ""
