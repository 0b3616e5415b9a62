"""Digits that a rich text raises or lowers: 1200¹ is a number with a footnote, 10⁴ a power.

Without the raising they would read as 12001 and 104, numbers that nobody typed. Behind a digit they are taken as the
characters that look so; behind a letter (m³, CO₂) nothing can be mistaken, and the plain digits are what is looked for.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from workbook_engine.intake.markup import Attributes

_PLAIN = "0123456789+-−()"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₋₍₎"
RAISED = str.maketrans(_PLAIN, _RAISED)
LOWERED = str.maketrans(_PLAIN, _LOWERED)
_GOES_ON = frozenset("0123456789" + _RAISED + _LOWERED)

Shift = dict[int, int]


def shift_of(attributes: Attributes) -> Shift | None:
    """Return how a `<vertAlign>` shifts the text of its run."""
    return {"superscript": RAISED, "subscript": LOWERED}.get(attributes.get("val", ""))


def shifted(before: Sequence[str], piece: str, shift: Shift) -> str:
    """Return a piece that is raised or lowered as it stands behind the texts `before`."""
    last = next((text[-1] for text in reversed(before) if text), "")
    return piece.translate(shift) if last in _GOES_ON else piece


def with_shifts(text: str, runs: Iterable[tuple[int, Shift | None]]) -> str:
    """Return a text whose runs, each with the character that it begins at, are raised or lowered.

    The length stays the same.
    """
    pieces: list[str] = []
    for (start, shift), (end, _) in pairwise([(0, None), *runs, (len(text), None)]):
        piece = text[start:end]
        pieces.append(shifted(pieces, piece, shift) if shift else piece)
    return "".join(pieces)
