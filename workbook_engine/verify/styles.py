"""How cells show what they hold: number formats, and text that nobody can see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.intake.colours import WHITE
from workbook_engine.intake.letters import LETTERS
from workbook_engine.intake.markup import walk
from workbook_engine.intake.stylesheet import read_styles
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.intake.colours import Colour, Palette
    from workbook_engine.intake.looks import Font
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

DEEPEST_INDENT = 20  # characters: more puts a text outside of most cells
# ECMA-376 18.8.30, what every language shows alike
_BUILT_IN = {"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
             "11": "0.00E+00", "14": "yyyy-mm-dd", "49": "@"}  # fmt: skip
_UNSEEN = pattern(r'\[\$-[^\]]*\]|\\|"|;@$')  # language, quotes and what else programs write differently


class Style(NamedTuple):
    """What is seen of a cell: its number format, and whether its text can be read.

    It cannot in the colour of its ground, without size, or in a font of pictures. `manner` is how else it is not shown
    as it is: struck through, repeated to fill the cell, or far outside of it.
    """

    format: str
    is_seen: bool
    manner: str = ""


class CellStyles(NamedTuple):
    """The styles of cells and those of conditional formats, by their numbers; the colours of cells, what is alike."""

    cells: tuple[Style, ...]
    conditional: tuple[Style, ...]
    grounds: tuple[Colour, ...]
    palette: Palette

    def hides(self, style: int, letters: Letters) -> bool:
        """Tell whether nobody sees all of a text that has pieces of such letters, in a cell of that style."""
        ground = self.grounds[style] if style < len(self.grounds) else WHITE
        return any(self.palette.is_alike(colour, ground) for colour in letters)


GENERAL = "General"
NORMAL = Style(GENERAL, is_seen=True)
Letters = frozenset["Colour"]
"""The colours of the pieces of a text."""


def cell_styles(package: Package, part: str | None, theme: str | None = None) -> CellStyles:
    """Return the styles of a workbook."""
    sheet = read_styles(package, part, theme, whole_theme=True)
    # A pattern is taken as white: letters are to be read on what is between its lines.
    grounds = tuple(each.fill or WHITE for each in sheet.cells)

    def seen(font: Font, ground: Colour, code: str) -> bool:
        return not sheet.palette.is_alike(font.ink, ground) and bool(code.strip("; "))

    cells, conditional = list[Style](), list[Style]()
    for each, ground in zip(sheet.cells, grounds, strict=True):
        number = each.number_format
        code = normal(sheet.codes[number]) if number in sheet.codes else _BUILT_IN.get(number, f"#{number}")
        manners = {
            "struck": each.font.is_struck,
            "fill": each.alignment == "fill",
            "indented": each.indent > DEEPEST_INDENT,
        }
        manner = [word for word, holds in manners.items() if holds]
        cells.append(Style(code, seen(each.font, ground, code), " ".join(manner)))
    for look in sheet.rules:
        code = normal(look.code)
        manner = ["struck"] if look.font.is_struck else []
        conditional.append(Style(code, seen(look.font, look.fill or WHITE, code), " ".join(manner)))
    return CellStyles(tuple(cells), tuple(conditional), grounds, sheet.palette)


def style_number(text: str | None) -> int:
    """Return the number of the style to which a cell refers."""
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0


def letters_of_texts(package: Package, part: str | None) -> Mapping[str, Letters]:
    """Return the letters of those shared texts that state any for their pieces, by the texts' numbers."""
    found: dict[str, set[Colour]] = {}
    count = -1

    def on_item(_: Attributes) -> None:
        nonlocal count
        count += 1

    def keep(letters: Callable[[Attributes], Colour | None]) -> Callable[[Attributes], None]:
        def on_piece(attributes: Attributes) -> None:
            if (colour := letters(attributes)) is not None:
                found.setdefault(str(count), set()).add(colour)

        return on_piece

    if part is not None:
        starts = {"si": on_item, **{tag: keep(letters) for tag, letters in LETTERS.items()}}
        walk(part, package.stream(part), package.limits, starts, {})
    return {number: frozenset(letters) for number, letters in found.items()}


def normal(code: str) -> str:
    """Return a number format as programs differ not in writing it."""
    return GENERAL if code.casefold() in {"", "general", "standard"} else _UNSEEN.sub("", code)
