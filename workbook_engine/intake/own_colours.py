"""Cells that have the colour of some rule's letters themselves: where the rule holds, nobody sees what stands there.

Most rules give their letters a ground, or are meant for white cells; of these `styles.hides` tells without the cells.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from workbook_engine.intake.formulas import area_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.intake.colours import Colour, Palette

_MOST_COLOURS = 256  # of cells and of letters that are compared
_MOST_CELLS, _MOST_LOOKED_AT = 5_000, 1_000_000  # of a sheet

Style = TypeVar("Style")
Look = TypeVar("Look")


def alike_looks(
    letters: Iterable[tuple[Look, Colour]], fills: Mapping[Style, Colour], palette: Palette
) -> dict[Style, frozenset[Look]]:
    """Return the cell formats whose colour is that of the letters of looks without a ground, and these looks."""
    looks: dict[Colour, set[Look]] = {}
    for look, colour in letters:
        looks.setdefault(colour, set()).add(look)
    alike: dict[Colour, frozenset[Look]] = {}
    for fill in islice(dict.fromkeys(fills.values()) if looks else (), _MOST_COLOURS):
        found = (looks[each] for each in islice(looks, _MOST_COLOURS) if palette.is_alike(each, fill))
        alike[fill] = frozenset[Look]().union(*found)
    return {style: alike[fill] for style, fill in fills.items() if alike.get(fill)}


class OwnColours(Generic[Look]):
    """Takes the cells of a sheet that have such formats."""

    def __init__(self) -> None:
        self._cells: list[tuple[int, int, frozenset[Look]]] = []
        self._left = _MOST_LOOKED_AT

    def add(self, row: int, column: int, looks: frozenset[Look]) -> None:
        """Take a cell, and the looks of rules whose letters have its colour."""
        if len(self._cells) < _MOST_CELLS:
            self._cells.append((row, column, looks))

    def are_in(self, areas: str, look: Look) -> bool:
        """Tell whether a rule of that look is for one of the cells; `areas` as `A1:B9 C3`."""
        if not any(look in looks for _, _, looks in self._cells):
            return False
        places = [area for each in areas.split() if (area := area_of(each))]
        self._left -= len(self._cells) * len(places)
        return self._left >= 0 and any(
            area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
            for row, column, looks in self._cells
            if look in looks
            for area in places
        )
