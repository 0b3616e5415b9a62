"""The formulas of an .xls: its reader gives their values alone, and the tokens stand in the records of the stream."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from workbook_engine.intake.tokens import XLS, formula

if TYPE_CHECKING:
    from workbook_engine.intake.biff import Stored
    from workbook_engine.intake.tokens import Place, Sources

_TOKENS, _SHARED_TOKENS, _ARRAY_TOKENS = 20, 8, 12  # where in a record their number of bytes stands
_OF_OTHERS = b"\x01"  # the token in place of those of a shared formula or an array: where these stand
_PLACE = struct.Struct("<2H")
_SIZE = struct.Struct("<H")


def formula_at(place: Place, sheet: Stored, sources: Sources | None) -> str | None:
    """Return the formula of a cell; "" where it is not known (without `sources` none is), None where there is none."""
    content = sheet.formulas.get(place)
    if content is None:
        return None
    try:
        return "" if sources is None else _known(content, place, sheet, sources)
    except struct.error:
        return ""


def _known(content: bytes, place: Place, sheet: Stored, sources: Sources) -> str:
    tokens, more = _tokens(content, _TOKENS)
    if tokens[:1] != _OF_OTHERS:
        return formula(tokens, more, place, XLS, sources)
    first = _PLACE.unpack_from(tokens, 1)
    if shared := sheet.shared.get(first):
        return formula(*_tokens(shared, _SHARED_TOKENS), place, XLS, sources)
    if array := sheet.arrays.get(first):
        return formula(*_tokens(array, _ARRAY_TOKENS), first, XLS, sources)
    return ""


def _tokens(content: bytes, position: int) -> tuple[bytes, bytes]:
    """Return tokens and what follows them."""
    start = position + _SIZE.size
    end = start + _SIZE.unpack_from(content, position)[0]
    return content[start:end], content[end:]
