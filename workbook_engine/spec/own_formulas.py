"""The kind of a formula: what it does, without the places it looks at. By it a formula of ours is known again.

Rows were inserted and sorted, sheets renamed, another program spelt it anew (`$`, quotation marks, 0.50 for 0.5): the kind
stays. Columns that were inserted change the letters in it alone, of all its like in a column.
"""

from __future__ import annotations

import functools
import re
import zlib
from typing import Final, NamedTuple

from workbook_engine.patterns import pattern

LOST: Final = "#REF!"  # in a formula of which a row, column or sheet was deleted
_TOKENS: Final = pattern(
    r"""
    (?P<text> "(?:[^"]|"")*" )
  | (?P<sheet> \$? (?: '(?:[^']|'')*' | [^\W\d][\w.]* ) ! )
  | (?P<cell> \$?(?P<column>[A-Za-z]{1,3})\$?[1-9][0-9]{0,6} (?![\w.(]) )
  | (?P<columns> \$?(?P<first>[A-Za-z]{1,3}):\$?(?P<last>[A-Za-z]{1,3}) (?![\w.(]) )
  | (?P<word> (?:_xl(?:fn|ws)\.)*(?P<name>[^\W\d][\w.]*) )
  | (?P<number> (?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)? )
  | (?P<blank> [\s$]+ )
    """,
    re.VERBOSE,
)
_ROWS: Final = pattern(r"[1-9](?<=[A-Za-z$].)[0-9]{0,6}(?![\w.(])")  # a digit first: such places are found faster


class FormulaKind(NamedTuple):
    """The checksums of what a formula does: with the letters of the columns that it looks at, and without."""

    with_columns: int
    without: int


def kind_of(formula: str) -> FormulaKind:
    """Return the kind of a formula (without "=")."""
    if '"' in formula:
        return _kind(formula)
    return _kind(without_rows(formula))  # a column repeats its formulas with other rows


def without_rows(formula: str) -> str:
    """Return a formula in which every cell lies in row 1."""
    return _ROWS.sub("1", formula)


@functools.lru_cache(maxsize=4096)
def _kind(formula: str) -> FormulaKind:
    exact, loose = _TOKENS.sub(_with_columns, formula), _TOKENS.sub(_without, formula)
    return FormulaKind(zlib.crc32(exact.encode("utf-8", "replace")), zlib.crc32(loose.encode("utf-8", "replace")))


def _with_columns(token: re.Match[str]) -> str:
    if token["cell"]:
        return token["column"].upper()
    if token["columns"]:
        return f"{token['first']}:{token['last']}".upper()
    return _otherwise(token)


def _without(token: re.Match[str]) -> str:
    if token["cell"]:
        return "@"
    return "@:@" if token["columns"] else _otherwise(token)


def _otherwise(token: re.Match[str]) -> str:
    if token["number"]:
        return f"{float(token[0]):.12g}"
    if token["word"]:
        return token["name"].upper()
    return "!" if token["sheet"] else token["text"] or ""
