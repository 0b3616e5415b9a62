"""How letters look, and what conditional formats change of how a cell looks.

The looks of conditional formats stand in a list of the stylesheet. Some stand in the sheet itself, in the extension
list of Excel 2010: those of rules whose condition looks at another sheet, and of new kinds of bars and icons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine.intake.colours import BLACK, ILLEGIBLE, WHITE, stated
from workbook_engine.intake.letters import is_legible, points
from workbook_engine.intake.markup import attribute, is_struck

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.markup import Attributes

USUAL_SIZE = 10.0  # points, where a font states none


@dataclass(slots=True)
class Font:
    """How letters look."""

    colour: Colour = BLACK
    size: float = USUAL_SIZE
    face: str = ""
    is_struck: bool = False

    @property
    def ink(self) -> Colour:
        """The colour of letters that can be read at all."""
        return self.colour if is_legible(self.size, self.face) else ILLEGIBLE

    def take(self, tag: str, attributes: Attributes) -> None:
        """Take one of the elements that `OF_FONT` names."""
        if tag == "color":
            self.colour = stated(attributes) or BLACK
        elif tag == "sz":
            self.size = points(attribute(attributes, "val"), USUAL_SIZE)
        elif tag == "name":
            self.face = attribute(attributes, "val") or ""
        else:
            self.is_struck = is_struck(attributes)


OF_FONT = ("color", "sz", "name", "strike")


@dataclass(slots=True)
class Look:
    """What a conditional format changes: nothing of letters that are None."""

    letters: Colour | None = None
    fill: Colour | None = WHITE  # of the cell, None where the program chooses it
    is_filled: bool = False  # whether it says anything of the cell's colour
    code: str = ""  # of its number format
    font: Font = field(default_factory=Font)


class LookReader:
    """Follows the elements of looks, `dxf`; `starts` are those that it wants to be told of, none between looks."""

    def __init__(self) -> None:
        self._look: Look | None = None  # that is being read
        self._within = ""  # the part of it
        self._is_solid = False  # whether the fill being read has one colour
        self.starts: Mapping[str, Callable[[Attributes], None]] = {
            "dxf": self._begin,
            **{part: self._enter(part) for part in ("font", "fill", "border")},
            **{tag: self._of_font(tag) for tag in OF_FONT},
            "patternFill": self._on_pattern,
            "bgColor": self._on_fill,
            "numFmt": self._on_number_format,
        }

    def end(self) -> Look | None:
        """Leave a look and return it; None where none has begun."""
        look, self._look = self._look, None
        return look

    def _begin(self, _: Attributes) -> None:
        self._look, self._within = Look(), ""

    def _enter(self, part: str) -> Callable[[Attributes], None]:
        def enter(_: Attributes) -> None:
            self._within, self._is_solid = part, False

        return enter

    def _of_font(self, tag: str) -> Callable[[Attributes], None]:
        def take(attributes: Attributes) -> None:
            if self._look is not None and self._within == "font":
                self._look.font.take(tag, attributes)
                if tag == "color":
                    self._look.letters = stated(attributes)

        return take

    def _on_pattern(self, attributes: Attributes) -> None:
        self._is_solid = attribute(attributes, "patternType") in {None, "solid"}

    def _on_fill(self, attributes: Attributes) -> None:
        if self._look is not None and self._within == "fill" and self._is_solid:
            self._look.fill, self._look.is_filled = stated(attributes), True

    def _on_number_format(self, attributes: Attributes) -> None:
        if self._look is not None:
            self._look.code = attribute(attributes, "formatCode") or ""
