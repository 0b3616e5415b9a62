"""What each cell format of a workbook makes of a number, which strike it out and which hide it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.grid import HIDDEN
from workbook_engine.intake.colours import WHITE
from workbook_engine.intake.formats import built_in, hides_text, meaning_of
from workbook_engine.intake.own_colours import alike_looks
from workbook_engine.intake.stylesheet import read_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.intake.colours import Colour, Palette
    from workbook_engine.intake.looks import Look
    from workbook_engine.intake.package import Package


_MOST_FILLS = 256  # colours of cells to which those of pieces of text are compared


class CellFormats(NamedTuple):
    """The meaning of each cell format, the `s` of a cell (see formats.py); which strike through, and which hide.

    Hidden is white on white, or another colour on its like: nobody sees that it counts. A text may be hidden alone.
    """

    meanings: tuple[str, ...]
    struck: frozenset[str]
    unseen: frozenset[str]
    without_text: frozenset[str]
    fills: Mapping[str, Colour]  # of the cell formats that have a single one
    palette: Palette
    hiding: frozenset[str]  # the looks of conditional formats, the `dxfId` of a rule, in which nobody sees a number
    alike: Mapping[str, frozenset[str]]  # cell formats -> looks whose letters have the colour of the cell

    def is_alike_a_fill(self, letters: Colour) -> bool:
        """Tell whether letters of a colour cannot be seen in some cell of the workbook."""
        return any(self.palette.is_alike(letters, fill) for fill in self._all_fills())

    def _all_fills(self) -> Iterable[Colour]:
        """Return the different colours of cells; people use a dozen."""
        return islice(dict.fromkeys(self.fills.values()), _MOST_FILLS) if self.fills else (WHITE,)


def cell_formats(package: Package, part: str | None, theme: str | None = None) -> CellFormats:
    """Read the cell formats of a workbook from its parts of styles and of the theme; none where it has no such part."""
    sheet = read_styles(package, part, theme)
    palette, formats = sheet.palette, {str(number): each for number, each in enumerate(sheet.cells)}
    mute = {identity for identity, code in sheet.codes.items() if hides_text(code)}
    fills = {style: each.fill for style, each in formats.items() if each.fill is not None}
    return CellFormats(
        tuple(_meaning(each.number_format, sheet.codes) for each in sheet.cells),
        frozenset(style for style, each in formats.items() if each.font.is_struck),
        frozenset(style for style, fill in fills.items() if palette.is_alike(formats[style].font.ink, fill)),
        frozenset(style for style, each in formats.items() if each.number_format in mute),
        fills,
        palette,
        frozenset(_hiding(sheet.rules, palette)),
        alike_looks(
            ((str(n), letters) for n, look in enumerate(sheet.rules) if (letters := bare_letters(look))), fills, palette
        ),
    )


def _hiding(rules: list[Look], palette: Palette) -> Iterator[str]:
    """Return the looks that hide a number, by their numbers."""
    return (str(number) for number, look in enumerate(rules) if hides(look, palette))


def hides(look: Look, palette: Palette) -> bool:
    """Tell whether nobody sees a number in a look. A cell that it gives no colour is white: most are, or nearly."""
    is_alike = look.letters is not None and look.fill is not None and palette.is_alike(look.letters, look.fill)
    return is_alike or meaning_of(look.code) == HIDDEN


def bare_letters(look: Look) -> Colour | None:
    """Return the colour that a look gives to letters where it says nothing of their ground."""
    return None if look.is_filled else look.letters


def _meaning(identity: str, codes: dict[str, str]) -> str:
    """Return a format's meaning; a code that the workbook declares wins over the number's built-in one."""
    if identity in codes:
        return meaning_of(codes[identity])
    return built_in(int(identity)) if identity.isdecimal() and len(identity) < 6 else ""
