"""How cells show what they hold: number formats, and text that nobody can see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.intake.markup import attribute, is_struck, walk
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

SMALLEST_FONT = 3.0  # points: less nobody reads
_PICTURES = frozenset({"symbol", "webdings", "wingdings", "wingdings 2", "wingdings 3"})  # fonts without letters
_BLACK, _WHITE = "000000", "FFFFFF"
_THEME = ("lt1", "dk1")  # the first of a theme's colours by their numbers; the others are hardly ever the ground's
_INDEXED = {"8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}
# ECMA-376 18.8.30, what every language shows alike
_BUILT_IN = {"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
             "11": "0.00E+00", "14": "yyyy-mm-dd", "49": "@"}  # fmt: skip
_UNSEEN = pattern(r'\[\$-[^\]]*\]|\\|"|;@$')  # language, quotes and what else programs write differently


class Style(NamedTuple):
    """What is seen of a cell: its number format, and whether its text can be read.

    It cannot in the colour of its ground, without size, or in a font of pictures. `manner` is how else it is not shown
    as it is: struck through, or repeated to fill the cell.
    """

    format: str
    is_seen: bool
    manner: str = ""


class CellStyles(NamedTuple):
    """The styles of cells and those of conditional formats, by their numbers; which of cells have a white ground."""

    cells: tuple[Style, ...]
    conditional: tuple[Style, ...]
    on_white: frozenset[int]


GENERAL = "General"
NORMAL = Style(GENERAL, is_seen=True)


def cell_styles(package: Package, part: str | None, theme: str | None = None) -> CellStyles:
    """Return the styles of a workbook."""
    scan = _Scan(_theme(package, theme))
    if part is not None:
        walk(part, package.stream(part), package.limits, scan.starts, scan.ends)
    return CellStyles(tuple(scan.cells), tuple(scan.conditional), frozenset(scan.on_white))


def style_number(text: str | None) -> int:
    """Return the number of the style to which a cell refers."""
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0


def unseen_texts(package: Package, part: str | None) -> frozenset[str]:
    """Return the numbers of the shared texts of which a part has the colour of paper, or no size."""
    found: set[str] = set()
    count = -1

    def on_item(_: Attributes) -> None:
        nonlocal count
        count += 1

    def on_colour(attributes: Attributes) -> None:
        if (attributes.get("rgb", "")[-6:].upper() == _WHITE) or attributes.get("theme") == "0":
            found.add(str(count))

    def on_size(attributes: Attributes) -> None:
        if float(attributes.get("val", "10") or 10) < SMALLEST_FONT:
            found.add(str(count))

    if part is not None:
        starts = {"si": on_item, "color": on_colour, "sz": on_size}
        walk(part, package.stream(part), package.limits, starts, {})
    return frozenset(found)


def _theme(package: Package, part: str | None) -> dict[str, str]:
    """Return the colours of texts and grounds by their numbers: a theme may have made both the same."""
    colours = {"0": _WHITE, "1": _BLACK}
    at = ""

    def enter(number: str) -> Callable[[Attributes], None]:
        def do(_: Attributes) -> None:
            nonlocal at
            at = number

        return do

    def keep(attributes: Attributes) -> None:
        if at and (value := attributes.get("lastClr") or attributes.get("val", "")):
            colours[at] = value[-6:].upper()

    if part is not None and part in package:
        starts = {tag: enter(str(number)) for number, tag in enumerate(_THEME)}
        starts |= {"dk2": enter(""), "srgbClr": keep, "sysClr": keep}
        walk(part, package.stream(part), package.limits, starts, {})
    return colours


class _Scan:
    def __init__(self, theme: Mapping[str, str]) -> None:
        self._theme = theme
        self.cells: list[Style] = []
        self.conditional: list[Style] = []
        self.on_white: set[int] = set()
        self._codes: dict[str, str] = {}
        self._fonts: list[tuple[str, float]] = []
        self._fills: list[str] = []
        self._struck: set[int] = set()  # numbers of fonts
        self._list = self._code = ""
        self._is_solid = True
        self.starts: dict[str, Callable[[Attributes], None]] = {
            **{tag: self._enter(tag) for tag in ("fonts", "fills", "cellXfs", "dxfs", "borders", "cellStyleXfs")},
            "dxf": self._on_conditional,
            "border": self._on_border,
            "font": self._on_font,
            "fill": self._on_fill,
            "numFmt": self._on_format,
            "sz": self._on_size,
            "name": self._on_face,
            "strike": self._on_strike,
            "alignment": self._on_alignment,
            "color": self._on_colour,
            "patternFill": self._on_pattern,
            "fgColor": self._on_ground,
            "bgColor": self._on_ground,
            "xf": self._on_style,
        }
        self.ends: dict[str, Callable[[str], None]] = {"dxf": self._on_conditional_end}

    def _enter(self, tag: str) -> Callable[[Attributes], None]:
        return lambda _: setattr(self, "_list", tag)

    def _on_border(self, _: Attributes) -> None:
        self._list = "" if self._list == "dxfs" else self._list  # its colours are none of the text's

    def _on_conditional(self, _: Attributes) -> None:
        self._list = "dxfs"
        self._fonts.append((_BLACK, 10.0))
        self._fills.append(_WHITE)
        self._code = GENERAL

    def _on_conditional_end(self, _: str) -> None:
        seen = self._seen(self._fonts[-1], self._fills[-1], self._code)
        self.conditional.append(Style(self._code, seen, "struck" if len(self._fonts) - 1 in self._struck else ""))

    def _on_font(self, _: Attributes) -> None:
        if self._list == "fonts":
            self._fonts.append((_BLACK, 10.0))

    def _on_fill(self, _: Attributes) -> None:
        if self._list == "fills":
            self._fills.append(_WHITE)

    def _on_format(self, attributes: Attributes) -> None:
        code = normal(attribute(attributes, "formatCode") or "")
        if self._list == "dxfs":
            self._code = code
        else:
            self._codes[attribute(attributes, "numFmtId") or ""] = code

    def _on_size(self, attributes: Attributes) -> None:
        if self._list in {"fonts", "dxfs"} and self._fonts:
            self._fonts[-1] = self._fonts[-1][0], float(attributes.get("val", "10") or 10)

    def _on_face(self, attributes: Attributes) -> None:
        if self._list in {"fonts", "dxfs"} and self._fonts and attributes.get("val", "").casefold() in _PICTURES:
            self._fonts[-1] = self._fonts[-1][0], 0.0

    def _on_strike(self, attributes: Attributes) -> None:
        if self._list in {"fonts", "dxfs"} and self._fonts and is_struck(attributes):
            self._struck.add(len(self._fonts) - 1)

    def _on_alignment(self, attributes: Attributes) -> None:
        if self._list == "cellXfs" and self.cells and attributes.get("horizontal") == "fill":
            self.cells[-1] = self.cells[-1]._replace(manner=f"{self.cells[-1].manner} fill".strip())

    def _on_colour(self, attributes: Attributes) -> None:
        if self._list in {"fonts", "dxfs"} and self._fonts:
            self._fonts[-1] = self._colour(attributes, _BLACK), self._fonts[-1][1]

    def _on_pattern(self, attributes: Attributes) -> None:
        self._is_solid = attributes.get("patternType", "solid") == "solid"

    def _on_ground(self, attributes: Attributes) -> None:
        if self._list in {"fills", "dxfs"} and self._fills and self._is_solid and self._fills[-1] == _WHITE:
            self._fills[-1] = self._colour(attributes, _WHITE)

    def _on_style(self, attributes: Attributes) -> None:
        if self._list != "cellXfs":
            return
        number = attributes.get("numFmtId", "0")
        code = self._codes.get(number) or _BUILT_IN.get(number, f"#{number}")
        font, fill = (int(attributes.get(key, "0")) for key in ("fontId", "fillId"))
        ground = self._fills[fill] if fill < len(self._fills) else _WHITE
        seen = self._seen(self._fonts[font] if font < len(self._fonts) else (_BLACK, 10.0), ground, code)
        if ground == _WHITE:
            self.on_white.add(len(self.cells))
        self.cells.append(Style(code, seen, "struck" if font in self._struck else ""))

    def _colour(self, attributes: Attributes, otherwise: str) -> str:
        if rgb := attributes.get("rgb"):
            return rgb[-6:].upper()
        if "theme" in attributes:
            is_plain = not float(attributes.get("tint", "0") or 0)
            return self._theme.get(attributes["theme"], "") if is_plain else "tinted"
        return _INDEXED.get(attributes.get("indexed", ""), otherwise)

    @staticmethod
    def _seen(font: tuple[str, float], ground: str, code: str) -> bool:
        colour, size = font
        return colour != ground and size >= SMALLEST_FONT and bool(code.strip("; "))


def normal(code: str) -> str:
    """Return a number format as programs differ not in writing it."""
    return GENERAL if code.casefold() in {"", "general", "standard"} else _UNSEEN.sub("", code)
