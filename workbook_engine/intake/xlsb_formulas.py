"""The formulas of a sheet of a binary workbook, met in the order of its cells.

The numbers below are types of records, see xlsb_records.py.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from workbook_engine.intake.tokens import XLSB, formula
from workbook_engine.intake.xlsb_records import tokens_at, wide_string

if TYPE_CHECKING:
    from workbook_engine.intake.tokens import Place, Sources

_TEXT = 8
RESULTS = {_TEXT: 0, 9: 8, 10: 1, 11: 1}  # cells with a formula, and the bytes of its result; a text states its own
_ARRAY, _SHARED = 426, 427
OF_SEVERAL = {_ARRAY: 17, _SHARED: 16}  # behind the first of the cells with a formula in common; bytes before it
_CELL = 8  # bytes before the result
_OF_OTHERS = b"\x01"  # the token in place of those of a shared formula or an array: the row where these stand
_ROW, _COLUMN = struct.Struct("<xI"), struct.Struct("<I")


class Formulas:
    """Makes the formulas of a sheet."""

    def __init__(self, sources: Sources) -> None:
        self.lost = 0
        self._sources = sources
        self._last: Place = (0, 0)
        self._common: dict[Place, tuple[int, bytes, bytes]] = {}  # first cell -> kind of record, tokens, what follows

    def of(self, kind: int, data: bytes, place: Place) -> str:
        """Return the formula of a cell, "" where it is not known."""
        self._last = place
        try:
            text = self._of(*_tokens(kind, data), place)
        except struct.error:
            text = ""
        self.lost += not text
        return text

    def of_first(self, kind: int, data: bytes) -> tuple[Place, str]:
        """Take what several cells have in common; return the first of them, which came before, and its formula."""
        tokens, more, _ = tokens_at(data, OF_SEVERAL[kind])
        self._common[self._last] = kind, tokens, more
        text = formula(tokens, more, self._last, XLSB, self._sources)
        self.lost -= bool(text)
        return self._last, text

    def _of(self, tokens: bytes, more: bytes, place: Place) -> str:
        if tokens[:1] != _OF_OTHERS:
            return formula(tokens, more, place, XLSB, self._sources)
        first = *_ROW.unpack_from(tokens), *_COLUMN.unpack_from(more)
        if first not in self._common:
            return ""
        kind, tokens, more = self._common[first]
        return formula(tokens, more, first if kind == _ARRAY else place, XLSB, self._sources)


def _tokens(kind: int, data: bytes) -> tuple[bytes, bytes]:
    end = wide_string(data, _CELL)[1] if kind == _TEXT else _CELL + RESULTS[kind]
    return tokens_at(data, end + 2)[:2]
