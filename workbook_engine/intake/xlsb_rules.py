"""Conditional formats of a binary workbook: what hides what stands in a cell, and what their conditions say.

The numbers below are types of records, see xlsb_records.py; those of Excel 2010's extensions are not read.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Area
from workbook_engine.intake.conditions import said_in_formula
from workbook_engine.intake.formulas import area_text
from workbook_engine.intake.reported import LISTED
from workbook_engine.intake.tokens import XLSB, formula
from workbook_engine.intake.xlsb_records import tokens_at, wide_string

if TYPE_CHECKING:
    from workbook_engine.intake.beside import BesideTexts
    from workbook_engine.intake.own_colours import OwnColours
    from workbook_engine.intake.reported import Reported
    from workbook_engine.intake.tokens import Place, Sources

_AREAS, _RULE, _ICONS, _BAR = 461, 463, 465, 467
KINDS = frozenset({_AREAS, _RULE, _ICONS, _BAR})
_OF_NOTHING = {9, 11}  # of blank cells, of errors: templates of rules that hide no entry
_HEAD = struct.Struct("<4xII")  # of a rule: its template, the look
_SIZES, _TEXT = struct.Struct("<3I"), 42  # of its three formulas, and where the text stands that it looks for
_ICON_ALONE = struct.Struct("<4xH"), 2  # and the bit that says so
_SHOWS_VALUE = 2  # the byte of a bar
_MOST_AREAS = 1_000  # of one format that are named


class Rules:
    """Takes the records of the conditional formats of a sheet."""

    def __init__(
        self, hiding: set[int], own: OwnColours[int], sources: Sources, reported: Reported, texts: BesideTexts
    ) -> None:
        """`hiding` are the looks in which nobody sees a number, `own` cells of the colour of a look's letters."""
        self._looks, self._own, self._sources = hiding, own, sources
        self._reported, self._texts = reported, texts
        self._area, self._first = "", (0, 0)
        self._hiding = {""}  # areas that were told

    def take(self, kind: int, data: bytes) -> None:
        """Take a record; one that is cut off says nothing."""
        with suppress(struct.error, IndexError):
            if kind == _AREAS:
                self._area, self._first = _areas(data)
            elif kind == _RULE:
                self._take_rule(data)
            elif kind == _ICONS:
                self._report(is_hiding=bool(_ICON_ALONE[0].unpack_from(data)[0] & _ICON_ALONE[1]))
            else:
                self._report(is_hiding=not data[_SHOWS_VALUE])

    def _take_rule(self, data: bytes) -> None:
        template, look = _HEAD.unpack_from(data)
        is_hiding = look in self._looks or self._own.are_in(self._area, look)
        self._report(is_hiding=is_hiding and template not in _OF_NOTHING)
        text, position = wide_string(data, _TEXT)
        self._texts.add("condition", text, self._area)
        for size in _SIZES.unpack_from(data, _TEXT - _SIZES.size):
            if size:
                tokens, more, position = tokens_at(data, position)
                for said in said_in_formula(formula(tokens, more, self._first, XLSB, self._sources)):
                    self._texts.add("condition", said, self._area)

    def _report(self, *, is_hiding: bool) -> None:
        if is_hiding and self._area not in self._hiding and len(self._hiding) < LISTED:
            self._hiding.add(self._area)
            self._reported.add(Finding(catalogue.RULE_HIDES, CellRef(self._texts.sheet), {"area": self._area}))


def _areas(data: bytes) -> tuple[str, Place]:
    """Return the areas of a conditional format, and the first of its cells."""
    (count,) = struct.unpack_from("<I", data, 8)
    corners = [struct.unpack_from("<4I", data, 12 + 16 * number) for number in range(min(count, _MOST_AREAS))]
    areas = [Area(top + 1, left + 1, bottom + 1, right + 1) for top, bottom, left, right in corners]
    return " ".join(map(area_text, areas)), (corners[0][0], corners[0][2]) if corners else (0, 0)
