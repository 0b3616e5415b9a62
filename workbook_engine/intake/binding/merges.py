"""Merged areas while a sheet's rows go by. They are never expanded: an area may span a whole sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.grid import Area


class Merges:
    """The merged areas of one sheet; rows are asked for in ascending order."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._waiting = sorted(areas, reverse=True)  # the next one last
        self._active: list[Area] = []

    def at(self, row: int) -> list[Area]:
        """Return the areas that cover a part of the row."""
        if not self._waiting and not self._active:
            return self._active
        while self._waiting and self._waiting[-1].first_row <= row:
            self._active.append(self._waiting.pop())
        if any(area.last_row < row for area in self._active):
            self._active = [area for area in self._active if area.last_row >= row]
        return self._active
