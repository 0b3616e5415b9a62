"""The styles of an OpenDocument spreadsheet: what they make of a number, what they strike through, what they hide.

OpenDocument spells a number format out in elements; here it becomes the code that Excel would have for it, so that one
place knows what a code means (formats.py). Read before the cells, from styles.xml and the beginning of content.xml.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from workbook_engine.grid import HIDDEN
from workbook_engine.intake.colours import ILLEGIBLE, WHITE, Colour, Palette
from workbook_engine.intake.formats import DATE, meaning_of
from workbook_engine.intake.letters import SMALLEST_FONT, is_legible, points
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import attribute, walk
from workbook_engine.intake.raised import LOWERED, RAISED
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package
    from workbook_engine.intake.raised import Shift

_NUMBER_STYLES = ("number-style", "currency-style", "percentage-style", "text-style")
_POSITIVE = ("value()>=0", "value()>0")
_NOT_POSITIVE = ("value()<0", "value()<=0", "value()=0")
_COLOUR = pattern(r"#([0-9A-Fa-f]{6})")
_OF_TEXT = "text-style"
_PARENTS = 20  # styles that a style may be based on, one upon the other


@dataclass(slots=True)
class Styles:
    """The styles by name."""

    hidden_tables: set[str] = field(default_factory=set)
    pages: dict[str, str] = field(default_factory=dict)  # style of a table -> its style of pages
    struck: set[str] = field(default_factory=set)  # of cells and of pieces of text
    formats: dict[str, str] = field(default_factory=dict)  # style of a cell -> number format
    parents: dict[str, str] = field(default_factory=dict)
    unstruck: set[str] = field(default_factory=set)
    colours: dict[str, Colour] = field(default_factory=dict)  # style of a cell -> colour of its text
    fills: dict[str, Colour] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)  # number formats that do not show a text
    codes: dict[str, str] = field(default_factory=dict)  # number format -> code
    maps: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # number format -> condition, its format
    shifts: dict[str, Shift] = field(default_factory=dict)  # styles that raise or lower their text
    displayed: dict[str, str] = field(default_factory=dict)  # name that people see -> style
    _palette: Palette = field(default_factory=lambda: Palette(tuple[int, ...]))

    def meaning(self, style: str) -> str:
        """Return what a cell's style makes of a number (see formats.py); a date says so itself in OpenDocument."""
        for name in self._line(style):
            if name in self.formats:
                meaning = self._meaning(self.formats[name])
                return "" if meaning == DATE else meaning
        return ""

    def is_struck(self, style: str) -> bool:
        """Tell whether a style strikes its text through."""
        for name in self._line(style):
            if name in self.struck or name in self.unstruck:
                return name in self.struck
        return False

    def is_unseen(self, style: str) -> bool:
        """Tell whether a style gives letters the colour of their cell."""
        letters = self.letters(style)
        return letters is not None and self.are_alike(letters, style)

    def letters(self, style: str) -> Colour | None:
        """Return the colour that a style gives letters, if it does."""
        return next((self.colours[name] for name in self._line(style) if name in self.colours), None)

    def are_alike(self, letters: Colour, style: str) -> bool:
        """Tell whether letters have the colour of a cell of a style."""
        fill = next((self.fills[name] for name in self._line(style) if name in self.fills), WHITE)
        return self._palette.is_alike(letters, fill)

    def hides(self, look: str) -> bool:
        """Tell whether the look of a conditional format hides a number; LibreOffice calls it by its displayed name."""
        style = self.displayed.get(look, look)
        return self.is_unseen(style) or self.meaning(style) == HIDDEN

    def hides_text(self, style: str) -> bool:
        """Tell whether a style does not show a text."""
        return next((self.formats[name] in self.mute for name in self._line(style) if name in self.formats), False)

    def _line(self, style: str) -> list[str]:
        line: list[str] = []
        while style and len(line) < _PARENTS:
            line.append(style)
            style = self.parents.get(style, "")
        return line

    def _meaning(self, number_format: str) -> str:
        """Return the meaning of a format, or of the one that it hands positive numbers to."""
        for condition, other in self.maps.get(number_format, ()):
            if condition in _POSITIVE:
                return meaning_of(self.codes.get(other, ""))
            if condition not in _NOT_POSITIVE:
                return ""
        return meaning_of(self.codes.get(number_format, ""))


def _shift(position: str) -> Shift | None:
    """Return what a position such as `super 58%` or `33% 58%` makes of a text."""
    height = position.split(maxsplit=1)[0] if position else ""
    if height in {"super", "sub"}:
        return RAISED if height == "super" else LOWERED
    with suppress(ValueError):
        if percent := float(height.removesuffix("%")):
            return RAISED if percent > 0 else LOWERED
    return None


class _Body(Exception):  # noqa: N818 - no error: the styles are at their end
    """The body of the document begins."""


def read_styles(package: Package) -> Styles:
    """Read the styles of a spreadsheet."""
    scan = _Scan(package.limits)
    for part in ("styles.xml", "content.xml"):
        if part in package:
            try:
                walk(part, package.stream(part), package.limits, scan.starts, scan.ends)
            except _Body:
                continue
    return scan.styles


class _Scan:
    def __init__(self, limits: Limits) -> None:
        self.styles = Styles()
        self._limits = limits
        self._style = ""  # the style, or number format, that is being read
        self._count = 0
        self._code: list[str] = []
        self._embedded: list[tuple[int, str]] = []
        self._number: Attributes = {}
        self._position = 0
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "style": self._on_style,
            "table-properties": self._on_table_properties,
            "text-properties": self._on_text_properties,
            "table-cell-properties": self._on_cell_properties,
            "map": self._on_map,
            "number": self._on_number,
            "embedded-text": self._on_embedded,
            "scientific-number": lambda _: self._code.append("0"),
            "fraction": lambda _: self._code.append("0"),
            "text-content": lambda _: self._code.append("@"),
            "body": self._on_body,
            **dict.fromkeys(_NUMBER_STYLES, self._on_format),
        }
        self.ends: dict[str, Callable[[str], None]] = {
            "text": self._end_text,
            "currency-symbol": self._end_text,
            "embedded-text": self._end_embedded,
            "number": self._end_number,
            **dict.fromkeys(_NUMBER_STYLES, self._end_format),
            _OF_TEXT: self._end_text_format,
        }

    def _on_body(self, _: Attributes) -> NoReturn:
        raise _Body

    def _begin(self, attributes: Attributes) -> None:
        self._style = attribute(attributes, "name") or ""
        self._count += 1
        if self._count > self._limits.formats:
            raise exceeded(self._limits, "formats")

    def _on_style(self, attributes: Attributes) -> None:
        self._begin(attributes)
        if displayed := attribute(attributes, "display-name"):
            self.styles.displayed[displayed] = self._style
        if parent := attribute(attributes, "parent-style-name"):
            self.styles.parents[self._style] = parent
        if number_format := attribute(attributes, "data-style-name"):
            self.styles.formats[self._style] = number_format
        if page := attribute(attributes, "master-page-name"):
            self.styles.pages[self._style] = page

    def _on_table_properties(self, attributes: Attributes) -> None:
        if attribute(attributes, "display") == "false":
            self.styles.hidden_tables.add(self._style)

    def _on_cell_properties(self, attributes: Attributes) -> None:
        if fill := attribute(attributes, "background-color"):
            self.styles.fills[self._style] = _colour(fill) or WHITE

    def _on_text_properties(self, attributes: Attributes) -> None:
        if colour := _colour(attribute(attributes, "color") or ""):
            self.styles.colours[self._style] = colour
        size, face = attribute(attributes, "font-size") or "", attribute(attributes, "font-name") or ""
        if not is_legible(points(size.removesuffix("pt"), SMALLEST_FONT), face):
            self.styles.colours[self._style] = ILLEGIBLE
        if shift := _shift(attribute(attributes, "text-position") or ""):
            self.styles.shifts[self._style] = shift
        line = attribute(attributes, "text-line-through-style") or attribute(attributes, "text-line-through-type")
        if line:
            (self.styles.unstruck if line == "none" else self.styles.struck).add(self._style)

    # --- number formats

    def _on_format(self, attributes: Attributes) -> None:
        self._begin(attributes)
        self._code = []

    def _end_format(self, _: str) -> None:
        self.styles.codes[self._style] = "".join(self._code)

    def _end_text_format(self, _: str) -> None:
        self._end_format("")
        if "@" not in self._code:
            self.styles.mute.add(self._style)

    def _on_map(self, attributes: Attributes) -> None:
        condition = (attribute(attributes, "condition") or "").replace(" ", "")
        other = attribute(attributes, "apply-style-name") or ""
        self.styles.maps.setdefault(self._style, []).append((condition, other))

    def _end_text(self, text: str) -> None:
        self._code.append(_quoted(text))

    def _on_number(self, attributes: Attributes) -> None:
        self._number = attributes
        self._embedded = []

    def _on_embedded(self, attributes: Attributes) -> None:
        position = attribute(attributes, "position") or "0"
        self._position = int(position) if position.isdecimal() and len(position) < 3 else 0

    def _end_embedded(self, text: str) -> None:
        self._embedded.append((self._position, text))

    def _end_number(self, _: str) -> None:
        digits = "0"
        for position, text in sorted(self._embedded, reverse=True):
            digits += _quoted(text) + "0" * position
        factor = attribute(self._number, "display-factor") or "1"
        thousands = len(factor) // 3 if factor.strip("0") == "1" and len(factor) < 20 else 0
        self._code.append(digits + "," * thousands)


def _colour(text: str) -> Colour | None:
    match = _COLOUR.fullmatch(text)
    return Colour("rgb", int(match[1], 16)) if match else None


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"'
