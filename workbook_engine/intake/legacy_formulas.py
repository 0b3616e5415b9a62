"""Formulas of an .xls that look at themselves: its reader gives their values alone, and 0 is what programs save there.

xlrd can say a formula as text, though it does so for names only. That is enough to follow what formulas look at; it is
no formula that another program would read (IFERROR is a call of an add-in), so that none is kept but those in a circle.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from workbook_engine.intake.circles import MOST_FORMULAS, in_circles, looks_at_itself
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.intake.biff import Stored
    from workbook_engine.intake.references import Place

WHOLE = pattern(r"(?<=[0-9])\.0(?![0-9])")  # xlrd writes 1000 as 1000.0
_HEAD = struct.Struct("<3H8s")  # of a FORMULA: row, column, format, result
_SIZE = struct.Struct("<20xH")  # and the bytes of its tokens, which follow
_SHARED = struct.Struct("<2H2B2xH")  # of a SHRFMLA: rows, columns, bytes of its tokens
_ONE_OF_SHARED = 0x01  # the token in place of those
_NOTHING = bytes(8)


def circular_formulas(book: Any, stored: list[Stored], names: Mapping[str, str]) -> dict[Place, str]:
    """Return the formulas of xlrd's book that rest on a circle, as text.

    Those of several cells only where 0 is saved: others may have been iterated on purpose. None where a book has more
    formulas than are followed.
    """
    if sum(len(sheet.formulas) for sheet in stored) > MOST_FORMULAS:
        return {}
    formulas: dict[Place, str] = {}
    zero: list[Place] = []
    for sheet in stored:
        for place, text, is_zero in _formulas(book, sheet):
            formulas[place] = text
            if is_zero:
                zero.append(place)
    circular = in_circles(zero, formulas, names)
    return {place: text for place, text in formulas.items() if place in circular or looks_at_itself(text, place, names)}


def _formulas(book: Any, sheet: Stored) -> Iterator[tuple[Place, str, bool]]:
    """Yield the formulas of a sheet with their cells, and whether their result is 0."""
    for content in sheet.formulas:
        row, column, _, result = _HEAD.unpack_from(content)
        tokens = _tokens(content, _SIZE)
        shared = next((each for each in sheet.shared if _holds(each, row, column)), b"")
        if tokens[:1] == bytes([_ONE_OF_SHARED]) and shared:
            text = _text(book, _tokens(shared, _SHARED), (row, column), is_shared=True)
        else:
            text = _text(book, tokens, (row, column))
        yield (sheet.name, row + 1, column + 1), text, result == _NOTHING


def _tokens(content: bytes, head: struct.Struct) -> bytes:
    size = head.unpack_from(content)[-1]
    return content[head.size : head.size + size]


def _holds(shared: bytes, row: int, column: int) -> bool:
    first_row, last_row, first_column, last_column, _ = _SHARED.unpack_from(shared)
    return bool(first_row <= row <= last_row and first_column <= column <= last_column)


def _text(book: Any, tokens: bytes, place: tuple[int, int], *, is_shared: bool = False) -> str:
    """Return a formula as xlrd says it, "" where it cannot."""
    from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula  # noqa: PLC0415 - as in legacy.py

    kind = FMLA_TYPE_SHARED if is_shared else FMLA_TYPE_CELL
    try:
        return WHOLE.sub("", decompile_formula(book, tokens, len(tokens), kind, *place) or "")
    except Exception:  # noqa: BLE001 - whatever xlrd meets in tokens that it does not know
        return ""
