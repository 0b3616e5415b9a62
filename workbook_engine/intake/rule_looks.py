"""The looks that conditional formats state in the sheet itself, in the extension list of Excel 2010.

Such are rules whose condition looks at another sheet, and new kinds of bars and icons. Their area comes last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.intake.colours import stated
from workbook_engine.intake.markup import attribute
from workbook_engine.intake.styles import hides
from workbook_engine.intake.stylesheet import Look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.intake.colours import Palette
    from workbook_engine.intake.markup import Attributes

_PARTS = ("font", "fill", "border")


class RuleLooks:
    """Follows the elements of a sheet's end; `starts` are those that it wants to be told of."""

    def __init__(self) -> None:
        self._look: Look | None = None  # that is being read
        self._within = ""
        self.starts: Mapping[str, Callable[[Attributes], None]] = {
            "dxf": self._begin,
            **{part: self._enter(part) for part in _PARTS},
            "color": self._on_letters,
            "bgColor": self._on_fill,
            "numFmt": self._on_number_format,
        }

    def end(self, palette: Palette) -> bool:
        """Leave a look; tell whether it hides what stands in a cell."""
        look, self._look = self._look, None
        return look is not None and hides(look, palette)

    def _begin(self, _: Attributes) -> None:
        self._look, self._within = Look(), ""

    def _enter(self, part: str) -> Callable[[Attributes], None]:
        def enter(_: Attributes) -> None:
            self._within = part

        return enter

    def _on_letters(self, attributes: Attributes) -> None:
        if self._look is not None and self._within == "font":
            self._look.letters = stated(attributes)

    def _on_fill(self, attributes: Attributes) -> None:
        if self._look is not None and self._within == "fill":
            self._look.fill = stated(attributes)

    def _on_number_format(self, attributes: Attributes) -> None:
        if self._look is not None:
            self._look.code = attribute(attributes, "formatCode") or ""
