"""Defined names of a binary workbook, whose formulas are bytecode: references to cells, and constants.

[MS-XLSB] 2.5.97: a formula is a run of tokens in the order in which a stack machine takes them. A name that calls a
function, or refers to another workbook, has no formula here.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from workbook_engine.grid import Beside, address, quote_sheet
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.names import is_constant
from workbook_engine.intake.xlsb_records import wide_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.intake.limits import Limits

_NAME, _SHEETS = 39, 362
_SOURCES, _THIS_BOOK = {355, 357, 358, 667}, 357  # books that references may mean
_HIDDEN = 1
_WHOLE_BOOK = 0xFFFFFFFF
_OPERATORS = {3: "+", 4: "-", 5: "*", 6: "/", 7: "^", 8: "&"}
_COLUMN = 0x3FFF  # the bits of a column beside those that say what is relative
_LONGEST = 2_000  # bytes of a formula that is read: some forty references, and no text is longer than 255

Stack = list[str]
Token = tuple[int, Callable[[bytes, int, Callable[[int], str]], str]]  # bytes behind the token's number; its text


class _Unknown(Exception):  # noqa: N818 - no error: the formula is none of those that are read
    """A token that is not read."""


class Names:
    """Gathers the names of one workbook, and what its references mean."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._sources: list[int] = []
        self._sheets: list[tuple[int, int]] = []  # source and first sheet of each reference's number
        self._found: list[tuple[bool, int, str, bytes, str]] = []  # hidden, sheet, name, tokens, remark

    def take(self, kind: int, data: bytes) -> None:
        """Take a record of the workbook part."""
        if kind in _SOURCES:
            self._sources.append(kind)
        elif kind == _SHEETS:
            whole = len(data) - (len(data) - 4) % 12
            self._sheets = [(source, first) for source, first, _ in struct.iter_unpack("<Iii", data[4:whole])]
        elif kind == _NAME:
            if len(self._found) >= self._limits.names:
                raise exceeded(self._limits, "names")
            with suppress(struct.error):  # one that is cut off says nothing of the cells
                self._found.append(_name(data))

    def resolved(self, sheets: Sequence[str]) -> tuple[dict[str, str], tuple[Beside, ...]]:
        """Return name -> reference, and what names hold themselves. `sheets` are their titles in order."""
        names: dict[str, str] = {}
        held: list[Beside] = []

        def sheet_of(number: int) -> str:
            source, first = self._sheets[number] if number < len(self._sheets) else (-1, -1)
            if not 0 <= source < len(self._sources) or self._sources[source] != _THIS_BOOK:
                raise _Unknown
            if not 0 <= first < len(sheets):
                raise _Unknown
            return sheets[first]

        for is_hidden, scope, name, tokens, remark in self._found:
            formula = _formula(tokens, sheet_of)
            key = name if scope >= len(sheets) else f"{quote_sheet(sheets[scope])}!{name}"
            if formula:
                names.setdefault(key, formula)
            if not is_hidden and is_constant(name, formula):
                held.append(Beside("name", f"{name} = {formula}"))
            if remark:
                held.append(Beside("name", f"{name}: {remark}"))
        return names, tuple(held)


def _name(data: bytes) -> tuple[bool, int, str, bytes, str]:
    flags, scope = struct.unpack_from("<IxI", data)
    name, position = wide_string(data, 9)
    (size,) = struct.unpack_from("<I", data, position)
    tokens = data[position + 4 : position + 4 + size]
    position += 4 + size
    (more,) = struct.unpack_from("<I", data, position)
    remark = wide_string(data, position + 4 + more)[0] if position + 8 + more <= len(data) else ""
    return bool(flags & _HIDDEN), scope, name, tokens, remark


def _formula(tokens: bytes, sheet_of: Callable[[int], str]) -> str:
    """Return a formula as Excel writes it, "" where it holds what is not read."""
    stack: Stack = []
    position = 0
    try:
        while position < min(len(tokens), _LONGEST):
            position = _take(stack, tokens, position, sheet_of)
    except (_Unknown, IndexError, struct.error):
        return ""
    return stack[0] if len(stack) == 1 and position == len(tokens) else ""


def _take(stack: Stack, tokens: bytes, position: int, sheet_of: Callable[[int], str]) -> int:
    """Take one token and return the position after it."""
    token, position = tokens[position], position + 1
    if token in _OPERATORS:
        right = stack.pop()
        stack.append(f"{stack.pop()}{_OPERATORS[token]}{right}")
        return position
    if token == _TEXT:
        length = int(struct.unpack_from("<H", tokens, position)[0])
        end = position + 2 + 2 * length
        text = tokens[position + 2 : end].decode("utf-16-le", "replace").replace('"', '""')
        stack.append(f'"{text}"')
        return end
    if token in _AROUND:
        before, after = _AROUND[token]
        stack.append(f"{before}{stack.pop()}{after}")
        return position
    size, shown = _OPERANDS.get(token & 0x1F | 0x20 if token >= 0x40 else token, _NOTHING)
    stack.append(shown(tokens, position, sheet_of))
    return position + size


def _cell(tokens: bytes, at: int, sheet_of: Callable[[int], str]) -> str:
    number, row, column = struct.unpack_from("<HIH", tokens, at)
    return f"{quote_sheet(sheet_of(number))}!{_fixed(row, column)}"


def _area(tokens: bytes, at: int, sheet_of: Callable[[int], str]) -> str:
    number, first, last, left, right = struct.unpack_from("<H2I2H", tokens, at)
    return f"{quote_sheet(sheet_of(number))}!{_fixed(first, left)}:{_fixed(last, right)}"


def _fixed(row: int, column: int) -> str:
    letters = address(1, (column & _COLUMN) + 1)[:-1]
    return f"${letters}${row + 1}"


def _whole(tokens: bytes, at: int, _: Callable[[int], str]) -> str:
    return str(struct.unpack_from("<H", tokens, at)[0])


def _real(tokens: bytes, at: int, _: Callable[[int], str]) -> str:
    return f"{struct.unpack_from('<d', tokens, at)[0]:.15g}"


def _truth(tokens: bytes, at: int, _: Callable[[int], str]) -> str:
    return "TRUE" if tokens[at] else "FALSE"


def _lost(*_: object) -> str:
    return "#REF!"


def _unknown(*_: object) -> str:
    raise _Unknown


_TEXT = 0x17
_AROUND = {0x12: ("+", ""), 0x13: ("-", ""), 0x14: ("", "%"), 0x15: ("(", ")")}
_NOTHING: Token = (0, _unknown)
_OPERANDS: dict[int, Token] = {
    0x1D: (1, _truth), 0x1E: (2, _whole), 0x1F: (8, _real),
    0x3A: (8, _cell), 0x3B: (14, _area), 0x3C: (8, _lost), 0x3D: (14, _lost),
}  # fmt: skip
