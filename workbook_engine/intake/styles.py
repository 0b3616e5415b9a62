"""What each cell format of a workbook makes of a number, which strike it out and which hide it: all that is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.intake.formats import built_in, meaning_of
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import attribute, is_struck, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package


class CellFormats(NamedTuple):
    """The meaning of each cell format, the `s` of a cell (see formats.py); which strike through, and which hide.

    Hidden is white on white, or another colour on itself: nobody sees that it counts.
    """

    meanings: tuple[str, ...]
    struck: frozenset[str]
    unseen: frozenset[str]


def cell_formats(package: Package, part: str | None) -> CellFormats:
    """Read the cell formats of a workbook; none where it has no such part."""
    scan = _StyleScan(package.limits)
    if part is not None:
        walk(part, package.stream(part), package.limits, scan.starts, scan.ends)
    return CellFormats(tuple(scan.meanings), frozenset(scan.struck), frozenset(scan.unseen))


_WHITES = frozenset({("theme", "0"), ("indexed", "1"), ("indexed", "9"), ("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF")})


_WHITE, _OTHER = "white", ""  # _OTHER: a colour that cannot be told, which is like none


def _colour(attributes: Attributes) -> str:
    """Return what tells a colour from another: white as such, whether by its value, palette or theme."""
    tint = attribute(attributes, "tint") or "0"
    for kind in ("theme", "indexed", "rgb"):
        if value := (attribute(attributes, kind) or "").upper():
            is_white = tint == "0" and (kind, value) in _WHITES
            return _WHITE if is_white else f"{kind} {value[-6:]} {tint}"
    return _OTHER


class _StyleScan:
    """The pass over the styles. Fonts and formats stand in lists of their own; others of their kind do not count."""

    def __init__(self, limits: Limits) -> None:
        self.meanings: list[str] = []
        self.struck: set[str] = set()
        self.unseen: set[str] = set()
        self._limits = limits
        self._codes: dict[str, str] = {}
        self._fonts: list[_Font] = []
        self._fills: list[str] = []  # the colour of each
        self._is_solid = False  # whether the fill being read has one colour
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
            "gradientFill": lambda _: self._paint(_OTHER),
            "fgColor": self._on_fill_colour,
            "cellXfs": lambda _: self._enter("cellXfs"),
            "xf": self._on_format,
        }
        self.ends: dict[str, Callable[[str], None]] = dict.fromkeys(
            ("fonts", "fills", "cellXfs"), lambda _: self._enter("")
        )

    def _enter(self, tag: str) -> None:
        self._list = tag

    def _on_number_format(self, attributes: Attributes) -> None:
        if (identity := attribute(attributes, "numFmtId")) is not None:
            self._codes[identity] = attribute(attributes, "formatCode") or ""

    def _on_font(self, _: Attributes) -> None:
        if self._list == "fonts" and len(self._fonts) < self._limits.formats:
            self._fonts.append(_Font())

    def _on_strike(self, attributes: Attributes) -> None:
        if self._list == "fonts" and self._fonts:
            self._fonts[-1].is_struck = is_struck(attributes)

    def _on_colour(self, attributes: Attributes) -> None:
        if self._list == "fonts" and self._fonts:
            self._fonts[-1].colour = _colour(attributes)

    def _on_fill(self, _: Attributes) -> None:
        if self._list == "fills" and len(self._fills) < self._limits.formats:
            self._fills.append(_WHITE)

    def _on_pattern(self, attributes: Attributes) -> None:
        kind = attribute(attributes, "patternType") or "none"
        self._is_solid = kind == "solid"
        if kind != "none":
            self._paint(_OTHER)

    def _on_fill_colour(self, attributes: Attributes) -> None:
        if self._is_solid:
            self._paint(_colour(attributes))

    def _paint(self, colour: str) -> None:
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
        if font.colour and font.colour == self._fill_of(attributes):
            self.unseen.add(style)
        self.meanings.append(_meaning(attribute(attributes, "numFmtId") or "0", self._codes))

    def _font_of(self, attributes: Attributes) -> _Font:
        place = attribute(attributes, "fontId") or ""
        return self._fonts[int(place[:6])] if place.isdecimal() and int(place[:6]) < len(self._fonts) else _Font()

    def _fill_of(self, attributes: Attributes) -> str:
        place = attribute(attributes, "fillId") or "0"
        return self._fills[int(place[:6])] if place.isdecimal() and int(place[:6]) < len(self._fills) else _OTHER


@dataclass(slots=True)
class _Font:
    is_struck: bool = False
    colour: str = _OTHER


def _meaning(identity: str, codes: dict[str, str]) -> str:
    """Return a format's meaning; a code that the workbook declares wins over the number's built-in one."""
    if identity in codes:
        return meaning_of(codes[identity])
    return built_in(int(identity)) if identity.isdecimal() and len(identity) < 6 else ""
