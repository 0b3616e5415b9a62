"""What the styles part of an .xlsx says of cells, as it stands there: one pass, and no judgement.

Fonts, fills and formats stand in lists of their own; others of their kind do not count. What it means that a cell has
such a format is told by styles.py for whoever reads its number, and by verify for whoever looks at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine.intake.colours import WHITE, Palette, stated, theme_colours
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.looks import OF_FONT, Font, LookReader
from workbook_engine.intake.markup import attribute, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.looks import Look
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

_LISTS = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs")


@dataclass(slots=True)
class CellFormat:
    """A format of cells: the number of its number format, its letters, its colour, None where it has no single one."""

    number_format: str
    font: Font
    fill: Colour | None
    alignment: str = ""  # across
    indent: int = 0  # characters


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
        self._list = ""  # the list that is being read
        self._looks = LookReader()
        own: dict[str, Callable[[Attributes], None]] = {
            **{tag: self._enter(tag) for tag in _LISTS},
            "numFmt": self._on_number_format,
            "font": self._on_font,
            **{tag: self._of_font(tag) for tag in OF_FONT},
            "fill": self._on_fill,
            "patternFill": self._on_pattern,
            "gradientFill": lambda _: self._paint(None),
            "fgColor": self._on_fill_colour,
            "xf": self._on_format,
            "alignment": self._on_alignment,
            "rgbColor": self._on_palette,
        }
        of_looks = self._looks.starts
        self.starts = {**own, **{tag: self._by_list(own.get(tag), of_look) for tag, of_look in of_looks.items()}}
        self.ends: dict[str, Callable[[str], None]] = {
            **dict.fromkeys(_LISTS, lambda _: self._leave()),
            "dxf": lambda _: self._keep_look(),
        }

    def _enter(self, tag: str) -> Callable[[Attributes], None]:
        def enter(_: Attributes) -> None:
            self._list = tag

        return enter

    def _leave(self) -> None:
        self._list = ""

    # --- number formats ---

    def _on_number_format(self, attributes: Attributes) -> None:
        if (identity := attribute(attributes, "numFmtId")) is not None:
            self.codes[identity] = attribute(attributes, "formatCode") or ""

    # --- letters ---

    def _on_font(self, _: Attributes) -> None:
        if self._list == "fonts" and len(self._fonts) < self._limits.formats:
            self._fonts.append(Font())

    def _of_font(self, tag: str) -> Callable[[Attributes], None]:
        def take(attributes: Attributes) -> None:
            if self._list == "fonts" and self._fonts:
                self._fonts[-1].take(tag, attributes)

        return take

    # --- colours of cells ---

    def _on_fill(self, _: Attributes) -> None:
        if self._list == "fills" and len(self._fills) < self._limits.formats:
            self._fills.append(WHITE)

    def _on_pattern(self, attributes: Attributes) -> None:
        kind = attribute(attributes, "patternType") or "none"
        self._is_solid = kind == "solid"
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

    def _by_list(
        self, own: Callable[[Attributes], None] | None, of_look: Callable[[Attributes], None]
    ) -> Callable[[Attributes], None]:
        """Return what takes an element: of the look of a rule, or of the list that it stands in."""

        def take(attributes: Attributes) -> None:
            if handler := of_look if self._list == "dxfs" else own:
                handler(attributes)

        return take

    def _keep_look(self) -> None:
        look = self._looks.end()
        if look is not None and len(self.rules) < self._limits.formats:
            self.rules.append(look)


def _place(text: str | None) -> int:
    """Return a place of a list, -1 for none."""
    return int(text[:6]) if text and text.isdecimal() else -1
