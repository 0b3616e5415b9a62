"""Which of a company's own formulas can live in the results workbook.

A formula is kept if every program computes it alike and everything that it refers to comes along: functions of a fixed
list, sheets and names that are copied, no other workbook (`[`), no lost reference (`#REF!`), no table, array or
volatile function. Everything else stands as its value, with a note.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Container

MAX_FORMULA = 2_000  # characters; beyond that it is no formula of a data-collection sheet

FUNCTIONS = frozenset(
    (  # noqa: SIM905 - names read best as words
        "SUM SUMPRODUCT SUMIF SUMIFS AVERAGE AVERAGEIF MIN MAX COUNT COUNTA COUNTIF COUNTIFS PRODUCT POWER SQRT "
        "ABS INT MOD ROUND ROUNDUP ROUNDDOWN IF IFERROR AND OR NOT TRUE FALSE ISBLANK ISNUMBER ISTEXT INDEX MATCH "
        "VLOOKUP HLOOKUP LEN LEFT RIGHT MID TRIM CONCATENATE DATE YEAR MONTH DAY"
    ).split()
)

_TOKEN = pattern(
    r"""
      (?P<string>"(?:[^"]|"")*")
    | '(?P<quoted>(?:[^'\[\]]|'')*)'!
    | (?P<function>[A-Za-z_][\w.]*)\(
    | (?P<sheet>[^\W\d][\w.]*)!
    | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.]))
    | (?P<cell>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?![\w.(]))
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    | (?P<name>[^\W\d][\w.]*)
    | (?P<operator>[-+*/^&=<>(),:%\s])
    """,
    re.VERBOSE,
)
_CONTROL = pattern("[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Anatomy(NamedTuple):
    """What a formula is made of: functions (upper case), sheets and defined names."""

    functions: frozenset[str]
    sheets: frozenset[str]
    names: frozenset[str]


@functools.lru_cache(maxsize=4096)
def anatomy(formula: str) -> Anatomy | None:
    """Take a formula apart, or return None where it holds something that this grammar leaves out."""
    if not formula or len(formula) > MAX_FORMULA or _CONTROL.search(formula):
        return None
    functions: set[str] = set()
    sheets: set[str] = set()
    names: set[str] = set()
    position = 0
    while position < len(formula):
        token = _TOKEN.match(formula, position)
        if token is None:
            return None
        position = token.end()
        if token["function"]:
            functions.add(token["function"].upper())
        elif token["quoted"] is not None:
            sheets.add(token["quoted"].replace("''", "'"))
        elif token["sheet"]:
            sheets.add(token["sheet"])
        elif token["name"] and token["name"].upper() not in ("TRUE", "FALSE"):
            names.add(token["name"])
    return Anatomy(frozenset(functions), frozenset(sheets), frozenset(names))


def is_portable(formula: str, sheets: Container[str], names: Container[str]) -> bool:
    """Tell whether a formula can live where only these sheets and defined names exist."""
    parts = anatomy(formula)
    return (
        parts is not None
        and parts.functions <= FUNCTIONS
        and all(sheet in sheets for sheet in parts.sheets)
        and all(name in names for name in parts.names)
    )
