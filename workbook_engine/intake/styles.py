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

    Hidden is white on white: nobody sees that it counts.
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


def _is_white(attributes: Attributes) -> bool:
    """Tell whether a colour is white: as a value, by its place in the palette, or as the theme's first."""
    if attribute(attributes, "tint") not in (None, "0"):
        return False
    return any((kind, (attribute(attributes, kind) or "").upper()) in _WHITES for kind in ("theme", "indexed", "rgb"))


class _StyleScan:
    """The pass over the styles. Fonts and formats stand in lists of their own; others of their kind do not count."""

    def __init__(self, limits: Limits) -> None:
        self.meanings: list[str] = []
        self.struck: set[str] = set()
        self.unseen: set[str] = set()
        self._limits = limits
        self._codes: dict[str, str] = {}
        self._fonts: list[_Font] = []
        self._fills: list[bool] = []  # whether each leaves the cell white
        self._list = ""  # the list that is being read
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "numFmt": self._on_number_format,
            "fonts": lambda _: self._enter("fonts"),
            "font": self._on_font,
            "strike": self._on_strike,
            "color": self._on_colour,
            "fills": lambda _: self._enter("fills"),
            "patternFill": self._on_fill,
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
            self._fonts[-1].is_white = _is_white(attributes)

    def _on_fill(self, attributes: Attributes) -> None:
        if self._list == "fills" and len(self._fills) < self._limits.formats:
            self._fills.append((attribute(attributes, "patternType") or "none") == "none")

    def _on_fill_colour(self, attributes: Attributes) -> None:
        if self._list == "fills" and self._fills:
            self._fills[-1] = self._fills[-1] or _is_white(attributes)

    def _on_format(self, attributes: Attributes) -> None:
        if self._list != "cellXfs":
            return
        if len(self.meanings) >= self._limits.formats:
            raise exceeded(self._limits, "formats")
        font, style = self._font_of(attributes), str(len(self.meanings))
        if font.is_struck:
            self.struck.add(style)
        if font.is_white and self._is_blank(attributes):
            self.unseen.add(style)
        self.meanings.append(_meaning(attribute(attributes, "numFmtId") or "0", self._codes))

    def _font_of(self, attributes: Attributes) -> _Font:
        place = attribute(attributes, "fontId") or ""
        return self._fonts[int(place[:6])] if place.isdecimal() and int(place[:6]) < len(self._fonts) else _Font()

    def _is_blank(self, attributes: Attributes) -> bool:
        """Tell whether a format's fill is none, or white. A gradient is none that could be told."""
        place = attribute(attributes, "fillId") or "0"
        return place.isdecimal() and int(place[:6]) < len(self._fills) and self._fills[int(place[:6])]


@dataclass(slots=True)
class _Font:
    is_struck: bool = False
    is_white: bool = False


def _meaning(identity: str, codes: dict[str, str]) -> str:
    """Return a format's meaning; a code that the workbook declares wins over the number's built-in one."""
    if identity in codes:
        return meaning_of(codes[identity])
    return built_in(int(identity)) if identity.isdecimal() and len(identity) < 6 else ""
