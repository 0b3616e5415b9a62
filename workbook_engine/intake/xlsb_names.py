"""Defined names of a binary workbook, and what the numbers in its formulas mean."""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.grid import Beside, quote_sheet
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.names import is_constant
from workbook_engine.intake.tokens import XLSB, Source, Sources, formula
from workbook_engine.intake.xlsb_records import tokens_at, wide_string

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.tokens import BookKind

_NAME, _SHEETS = 39, 362
# Books that references may mean: another, this one, the same, an add-in's functions.
_BOOKS: Final[Mapping[int, BookKind]] = {355: "other", 357: "own", 358: "other", 667: "functions"}
_HIDDEN = 1
_WHOLE_BOOK = 0xFFFFFFFF


class Names:
    """Gathers the names of one workbook, and what its references mean."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._books: list[Source] = []
        self._references: list[tuple[int, int, int]] = []  # book, its first and last sheet
        self._found: list[_Name] = []

    def take(self, kind: int, data: bytes) -> None:
        """Take a record of the workbook part."""
        if kind in _BOOKS:
            self._books.append(Source(_BOOKS[kind], []))
        elif kind == _SHEETS:
            whole = len(data) - (len(data) - 4) % 12
            self._references += struct.iter_unpack("<Iii", data[4:whole])
        elif kind == _NAME:
            if len(self._found) >= self._limits.names:
                raise exceeded(self._limits, "names")
            name = _Name()
            with suppress(struct.error):  # one that is cut off says nothing of the cells
                name = _name(data)
            self._found.append(name)

    def sources(self, sheets: Sequence[str]) -> Sources:
        """Return what the numbers in formulas mean. `sheets` are the titles in order."""
        return Sources(sheets, [each.name for each in self._found], self._books, self._references)

    def resolved(self, sources: Sources) -> tuple[dict[str, str], tuple[Beside, ...]]:
        """Return name -> reference, and what names hold themselves."""
        names: dict[str, str] = {}
        held: list[Beside] = []
        for each in self._found:
            text = formula(each.tokens, each.more, (0, 0), XLSB, sources)
            is_of_sheet = each.scope < len(sources.sheets)
            key = f"{quote_sheet(sources.sheets[each.scope])}!{each.name}" if is_of_sheet else each.name
            if text:
                names.setdefault(key, text)
            if not each.is_hidden and is_constant(each.name, text):
                held.append(Beside("name", f"{each.name} = {text}"))
            if each.remark:
                held.append(Beside("name", f"{each.name}: {each.remark}"))
        return names, tuple(held)


class _Name(NamedTuple):
    """A name as the file holds it; one that is cut off only counts."""

    name: str = ""
    is_hidden: bool = True
    scope: int = _WHOLE_BOOK  # the sheet that it belongs to
    tokens: bytes = b""
    more: bytes = b""
    remark: str = ""


def _name(data: bytes) -> _Name:
    flags, scope = struct.unpack_from("<IxI", data)
    name, position = wide_string(data, 9)
    tokens, more, position = tokens_at(data, position)
    remark = wide_string(data, position)[0] if position + 4 <= len(data) else ""
    return _Name(name, bool(flags & _HIDDEN), scope, tokens, more, remark)
