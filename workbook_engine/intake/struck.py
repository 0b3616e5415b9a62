"""Text struck through instead of deleted: whether it still holds, the cell does not say.

A cell struck through as a whole is read, with a warning. One in which digits are struck through beside others that
are not reads as one number that nobody typed (~~1200~~1350), which is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.patterns import pattern

_SHOWN = 60
_A_NUMBER = pattern(r"[^\W\d_]{0,2}\s*[\d.,，、/\s~\-–—→]*\d[\d.,，、/\s~\-–—→]*\S{0,6}")


@dataclass(slots=True)
class StruckPieces:
    """The pieces of a rich text that are struck through, gathered while the text is read."""

    is_on: bool = False  # in the run that is being read
    pieces: list[str] = field(default_factory=list)

    def add(self, text: list[str]) -> None:
        """Take a piece of text, if it is struck through."""
        if self.is_on:
            self.pieces.extend(text)

    def is_whole(self, text: str) -> bool | None:
        """Tell whether all of `text` is struck through, None where no piece is; begin anew."""
        struck = "".join("".join(self.pieces).split())
        self.pieces.clear()
        return struck == "".join(text.split()) if struck else None


def struck_out(where: CellRef, typed: object, *, is_whole: bool) -> Finding:
    """Return the finding on a cell that is struck through, as a whole or in part."""
    text = f"{typed:.12g}" if isinstance(typed, float) else str(typed)
    kind = catalogue.CELL_STRUCK_OUT
    if not is_whole:
        is_number = _A_NUMBER.fullmatch(text.strip())
        kind = catalogue.NUMBER_PARTLY_STRUCK_OUT if is_number else catalogue.CELL_PARTLY_STRUCK_OUT
    return Finding(kind, where, {"typed": text if len(text) <= _SHOWN else text[:_SHOWN] + "…"})
