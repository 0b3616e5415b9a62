"""Letters that nobody can read whatever their colour: of next to no size, or pictures in the place of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.intake.colours import ILLEGIBLE, stated
from workbook_engine.intake.markup import attribute

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.markup import Attributes

SMALLEST_FONT: Final = 3.0  # points: less nobody reads; the smallest print of a contract has 4
_PICTURES: Final = frozenset({"symbol", "webdings", "wingdings", "wingdings 2", "wingdings 3"})
TWIPS: Final = 20  # of a point


def is_legible(size: float, face: str = "") -> bool:
    """Tell whether letters of a size, in points, and a font are any."""
    return size >= SMALLEST_FONT and face.casefold() not in _PICTURES


def points(text: str | None, otherwise: float) -> float:
    """Return a size as it is stated."""
    try:
        return float(text or otherwise)
    except ValueError:
        return otherwise


def _of_size(attributes: Attributes) -> Colour | None:
    return None if is_legible(points(attribute(attributes, "val"), SMALLEST_FONT)) else ILLEGIBLE


def _of_face(attributes: Attributes) -> Colour | None:
    return None if is_legible(SMALLEST_FONT, attribute(attributes, "val") or "") else ILLEGIBLE


LETTERS: Mapping[str, Callable[[Attributes], Colour | None]] = {"color": stated, "sz": _of_size, "rFont": _of_face}
"""Element of a piece of text -> the colour of its letters, as far as it says. ILLEGIBLE stays, whatever follows."""
