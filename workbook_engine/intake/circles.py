"""Formulas that look at themselves: programs save 0 for them, or whatever the last round of iteration gave."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_engine.intake.references import areas, is_in
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.grid import Book
    from workbook_engine.intake.references import Place

# What takes the address of a cell, not its value.
_OF_ADDRESS = pattern(r"\b(?:ROWS?|COLUMNS?|CELL|OFFSET|ADDRESS)\s*\(", re.IGNORECASE)
# Of a book that is searched for circles of several cells: more formulas, and more steps from one to another, are not
# followed.
MOST_FORMULAS, _MOST_STEPS = 20_000, 500_000


def looks_at_itself(formula: str, place: Place, names: Mapping[str, str]) -> bool:
    """Tell whether a formula's own cell is among those that it looks at, directly."""
    return not _OF_ADDRESS.search(formula) and any(is_in(place, area) for area in areas(formula, place[0], names))


def that_reach_a_circle(wanted: Iterable[Place], book: Book) -> set[Place]:
    """Return those whose value rests on a circle: a walk in depth, on which a cell is met that is not done with yet."""
    formulas = _all_formulas(book)
    return set() if formulas is None else in_circles(wanted, formulas, book.names)


def in_circles(wanted: Iterable[Place], formulas: Mapping[Place, str], names: Mapping[str, str]) -> set[Place]:
    """Return those of the formulas whose value rests on a circle."""
    graph = _Graph(formulas, names)
    return {place for place in wanted if graph.reaches_a_circle(place)}


def _all_formulas(book: Book) -> dict[Place, str] | None:
    """Return every formula of a book; None where there are too many to be followed."""
    formulas: dict[Place, str] = {}
    for sheet in book.sheets:
        for row, cells in sheet.rows():
            formulas |= {(sheet.name, row, column): cell.formula for column, cell in cells.items() if cell.formula}
        if len(formulas) > MOST_FORMULAS:
            return None
    return formulas


class _Graph:
    """Formulas and what they look at. Each formula is followed once, whatever leads to it."""

    def __init__(self, formulas: Mapping[Place, str], names: Mapping[str, str]) -> None:
        self._formulas, self._names = formulas, names
        self._by_sheet: dict[str, list[Place]] = {}
        for place in formulas:
            self._by_sheet.setdefault(place[0], []).append(place)
        self._is_circular: dict[Place, bool] = {}  # of cells that are done with
        self._steps = 0

    def reaches_a_circle(self, start: Place) -> bool:
        """Tell whether a cell's value rests on a circle."""
        path = {start: self._looked_at(start)}
        circular: set[Place] = set()
        while path:
            here, following = next(reversed(path.items()))
            after = next(following, None)
            if after is None:
                del path[here]
                self._is_circular[here] = here in circular
                if here in circular and path:
                    circular.add(next(reversed(path)))
            elif after in path or self._is_circular.get(after):
                circular.add(here)
            elif after not in self._is_circular:
                path[after] = self._looked_at(after)
        return self._is_circular[start]

    def _looked_at(self, place: Place) -> Iterator[Place]:
        """Yield the formulas that a formula looks at."""
        formula = self._formulas.get(place, "")
        if _OF_ADDRESS.search(formula):
            return
        for area in areas(formula, place[0], self._names):
            sheet, first_row, first_column, last_row, last_column = area
            inside = self._by_sheet.get(sheet, [])
            if (last_row - first_row + 1) * (last_column - first_column + 1) <= len(inside):
                rows, columns = range(first_row, last_row + 1), range(first_column, last_column + 1)
                inside = [(sheet, row, column) for row in rows for column in columns]
            for each in inside:
                self._steps += 1
                if self._steps > _MOST_STEPS:
                    return
                if each in self._formulas and is_in(each, area):
                    yield each
