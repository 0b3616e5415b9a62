"""What the styles part of an .xlsx says of cells, as it stands there: one pass, and no judgement.

Fonts, fills and formats stand in lists of their own; others of their kind do not count. What it means that a cell has
such a format is told by styles.py for whoever reads its number, and by verify for whoever looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine.intake.colours import BLACK, ILLEGIBLE, WHITE, Palette, stated, theme_colours
from workbook_engine.intake.letters import is_legible, points
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import attribute, is_struck, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

_LISTS = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs")
_USUAL_SIZE = 10.0  # points, where a font states none


@dataclass(slots=True)
class Font:
    """How letters look."""

    colour: Colour = BLACK
    size: float = _USUAL_SIZE
    face: str = ""
    is_struck: bool = False

    @property
    def ink(self) -> Colour:
        """The colour of letters that can be read at all."""
        return self.colour if is_legible(self.size, self.face) else ILLEGIBLE


@dataclass(slots=True)
class CellFormat:
    """A format of cells: the number of its number format, its letters, its colour, None where it has no single one."""

    number_format: str
    font: Font
    fill: Colour | None
    alignment: str = ""  # across
    indent: int = 0  # characters


@dataclass(slots=True)
class Look:
    """What a conditional format changes: nothing of letters that are None."""

    letters: Colour | None = None
    fill: Colour | None = WHITE  # of the cell, None where the program chooses it
    is_filled: bool = False  # whether it says anything of the cell's colour
    code: str = ""  # of its number format
    font: Font = field(default_factory=Font)


@dataclass(slots=True)
class Stylesheet:
    """The formats of cells and of rules, in the order of their numbers, the number formats that it declares."""

    palette: Palette
    cells: list[CellFormat] = field(default_factory=list)
    rules: list[Look] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)


def read_styles(package: Package, part: str | None, theme: str | None, *, whole_theme: bool = False) -> Stylesheet:
    """Read the part of styles, None where there is none; with the theme, where its black and white may be others."""
    scan = _Scan(package.limits)
    if part is not None:
        walk(part, package.stream(part), package.limits, scan.starts, scan.ends)
    palette = Palette(lambda: theme_colours(package, theme), scan.palette, whole_theme=whole_theme)
    return Stylesheet(palette, scan.cells, scan.rules, scan.codes)


class _Scan:
    """The pass over the styles."""

    def __init__(self, limits: Limits) -> None:
        self.cells: list[CellFormat] = []
        self.rules: list[Look] = []
        self.codes: dict[str, str] = {}
        self.palette: dict[int, int] = {}  # of the workbook's own
        self._limits = limits
        self._fonts: list[Font] = []
        self._fills: list[Colour | None] = []
        self._is_solid = False  # whether the fill being read has one colour
        self._within = ""  # the part of a rule's look that is being read: font, fill, border
        self._list = ""  # the list that is being read
        self.starts: dict[str, Callable[[Attributes], None]] = {
            **{tag: self._enter(tag) for tag in _LISTS},
            "numFmt": self._on_number_format,
            "font": self._on_font,
            "sz": self._on_size,
            "name": self._on_face,
            "strike": self._on_strike,
            "color": self._on_colour,
            "fill": self._on_fill,
            "patternFill": self._on_pattern,
            "gradientFill": lambda _: self._paint(None),
            "fgColor": self._on_fill_colour,
            "bgColor": self._on_look_fill,
            "xf": self._on_format,
            "alignment": self._on_alignment,
            "rgbColor": self._on_palette,
            "dxf": self._on_look,
            "border": self._on_border,
        }
        self.ends: dict[str, Callable[[str], None]] = dict.fromkeys(_LISTS, lambda _: self._leave())

    def _enter(self, tag: str) -> Callable[[Attributes], None]:
        def enter(_: Attributes) -> None:
            self._list = tag

        return enter

    def _leave(self) -> None:
        self._list = ""

    # --- number formats ---

    def _on_number_format(self, attributes: Attributes) -> None:
        code = attribute(attributes, "formatCode") or ""
        if self._list == "dxfs":
            if self.rules:
                self.rules[-1].code = code
        elif (identity := attribute(attributes, "numFmtId")) is not None:
            self.codes[identity] = code

    # --- letters ---

    def _on_font(self, _: Attributes) -> None:
        self._within = "font"
        if self._list == "fonts" and len(self._fonts) < self._limits.formats:
            self._fonts.append(Font())

    def _font(self) -> Font | None:
        """Return the font that is being read."""
        if self._list == "fonts" and self._fonts:
            return self._fonts[-1]
        return self.rules[-1].font if self._list == "dxfs" and self.rules and self._within == "font" else None

    def _on_size(self, attributes: Attributes) -> None:
        if font := self._font():
            font.size = points(attribute(attributes, "val"), _USUAL_SIZE)

    def _on_face(self, attributes: Attributes) -> None:
        if font := self._font():
            font.face = attribute(attributes, "val") or ""

    def _on_strike(self, attributes: Attributes) -> None:
        if font := self._font():
            font.is_struck = is_struck(attributes)

    def _on_colour(self, attributes: Attributes) -> None:
        if font := self._font():
            colour = stated(attributes)
            font.colour = colour or BLACK
            if self._list == "dxfs":
                self.rules[-1].letters = colour

    # --- colours of cells ---

    def _on_fill(self, _: Attributes) -> None:
        self._within = "fill"
        if self._list == "fills" and len(self._fills) < self._limits.formats:
            self._fills.append(WHITE)

    def _on_border(self, _: Attributes) -> None:
        self._within = "border"

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

    def _on_palette(self, attributes: Attributes) -> None:
        if (colour := stated(attributes)) is not None and len(self.palette) < self._limits.formats:
            self.palette[len(self.palette)] = colour.value

    # --- formats of cells and of rules ---

    def _on_format(self, attributes: Attributes) -> None:
        if self._list != "cellXfs":
            return
        if len(self.cells) >= self._limits.formats:
            raise exceeded(self._limits, "formats")
        font, fill = _place(attribute(attributes, "fontId")), _place(attribute(attributes, "fillId") or "0")
        letters = self._fonts[font] if 0 <= font < len(self._fonts) else Font()
        ground = self._fills[fill] if 0 <= fill < len(self._fills) else None
        self.cells.append(CellFormat(attribute(attributes, "numFmtId") or "0", letters, ground))

    def _on_alignment(self, attributes: Attributes) -> None:
        if self._list == "cellXfs" and self.cells:
            self.cells[-1].alignment = attribute(attributes, "horizontal") or ""
            self.cells[-1].indent = max(0, _place(attribute(attributes, "indent")))

    def _on_look(self, _: Attributes) -> None:
        if self._list == "dxfs" and len(self.rules) < self._limits.formats:
            self.rules.append(Look())
            self._within = ""

    def _on_look_fill(self, attributes: Attributes) -> None:
        if self._list == "dxfs" and self.rules and self._within == "fill" and self._is_solid:
            self.rules[-1].fill, self.rules[-1].is_filled = stated(attributes), True


def _place(text: str | None) -> int:
    """Return a place of a list, -1 for none."""
    return int(text[:6]) if text and text.isdecimal() else -1
