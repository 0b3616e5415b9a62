"""Conditional formats of an .xls, which its reader passes over: what hides a cell, what their conditions say."""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import Area
from workbook_engine.intake.colours import Colour
from workbook_engine.intake.conditions import said_in_formula
from workbook_engine.intake.formulas import area_text
from workbook_engine.intake.looks import Look
from workbook_engine.intake.styles import hides
from workbook_engine.intake.tokens import XLS, formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook_engine.intake.biff import Record
    from workbook_engine.intake.colours import Palette
    from workbook_engine.intake.own_colours import OwnColours
    from workbook_engine.intake.tokens import Sources

CONDFMT: Final = 0x1B0  # the areas of the rules that follow, [MS-XLS] 2.4.56
CF: Final = 0x1B1  # a rule, 2.4.42
_AREAS: Final = 12  # where the areas are counted
_RULE = struct.Struct("<B5xIH")  # its type, what its look has, whether its number format is its own
_SIZES = struct.Struct("<2x2H")  # bytes of its two formulas
_FIRST = struct.Struct("<H2xH")  # of an area: first row and column
_BY_VALUE_OR_FORMULA = {1, 2}
# What a look has, in the order in which it stands there (2.5.98).
# A bit for a part of the pattern says that there is none.
_NUMBER, _FONT, _ALIGNMENT, _BORDER, _PATTERN = 1 << 25, 1 << 26, 1 << 27, 1 << 28, 1 << 29
_NO_BACKGROUND = 1 << 18
_FONT_SIZE, _LETTERS = 118, 80  # bytes of a font, and where its colour stands
_SOLID: Final = 1
_MOST_COLOURS: Final = 0x7FFF  # from it on a colour is the program's own


def looks_of(rules: Iterable[Record]) -> Iterator[tuple[str, Look]]:
    """Yield the areas (`A1:A9 C3`) of each rule that asks for a value or by a formula, and what it changes."""
    area = ""
    for kind, content in rules:
        with suppress(struct.error):  # cut off, or nonsense
            if kind == CONDFMT:
                area = _areas(content)
            elif look := _look(content):
                yield area, look


def hiding_areas(looks: Sequence[tuple[str, Look]], palette: Palette, own: OwnColours[int]) -> Iterator[str]:
    """Yield the areas in which nobody sees what stands in a cell where a rule holds, each once."""
    told = {""}
    for number, (area, look) in enumerate(looks):
        if area not in told and (hides(look, palette) or own.are_in(area, number)):
            told.add(area)
            yield area


def said_in_rules(rules: Iterable[Record], sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield what somebody typed into the conditions of rules, each with the areas of its rule."""
    area, first = "", (0, 0)
    for kind, content in rules:
        with suppress(struct.error):
            if kind == CONDFMT:
                area, first = _areas(content), _FIRST.unpack_from(content, _AREAS + 2)
            else:
                for tokens in _conditions(content):
                    yield from ((said, area) for said in said_in_formula(formula(tokens, b"", first, XLS, sources)))


def _conditions(content: bytes) -> Iterator[bytes]:
    """Yield the formulas of a rule: one or two, which come last."""
    sizes = _SIZES.unpack_from(content)
    start = len(content) - sum(sizes)
    for size in sizes:
        yield content[start : start + size]
        start += size


def _areas(content: bytes) -> str:
    (count,) = struct.unpack_from("<H", content, _AREAS)
    corners = (struct.unpack_from("<4H", content, _AREAS + 2 + 8 * number) for number in range(count))
    return " ".join(area_text(Area(top + 1, left + 1, bottom + 1, right + 1)) for top, bottom, left, right in corners)


def _look(content: bytes) -> Look | None:
    kind, has, is_own = _RULE.unpack_from(content)
    if kind not in _BY_VALUE_OR_FORMULA:
        return None
    place, look = _RULE.size, Look()
    if has & _NUMBER:
        place, look.code = _number_format(content, place, is_own=bool(is_own & 1))
    if has & _FONT:
        (number,) = struct.unpack_from("<I", content, place + _LETTERS)
        look.letters = Colour("indexed", number) if number < _MOST_COLOURS else None
        place += _FONT_SIZE
    place += 8 * (bool(has & _ALIGNMENT) + bool(has & _BORDER))
    if has & _PATTERN:
        pattern, colours = struct.unpack_from("<2H", content, place)
        is_background = pattern >> 10 == _SOLID and not has & _NO_BACKGROUND  # of a solid one Excel shows the ground
        look.fill = Colour("indexed", colours >> 7 & 0x7F if is_background else colours & 0x7F)
        look.is_filled = True
    return look


def _number_format(content: bytes, place: int, *, is_own: bool) -> tuple[int, str]:
    """Return where the look goes on behind its number format, and the code of that; "" of a built-in one."""
    if not is_own:
        return place + 2, ""  # none of them hides
    size, length, is_wide = struct.unpack_from("<2HB", content, place)
    code = content[place + 5 : place + 5 + length * (2 if is_wide & 1 else 1)]
    return place + size, code.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")
