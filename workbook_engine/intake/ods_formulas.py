"""Formulas and references of OpenDocument as Excel writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    import re

# Tokens of OpenFormula: texts stay, [references] lose their brackets and dots, separators become Excel's.
_TOKENS = pattern(r"""("(?:[^"]|"")*")|\[([^\[\]]*)\]|([;|{}])""")
_OF_SHEET = pattern(r"\$?(?:'(?:[^']|'')*'|[^\s.:'$]*)\.")  # before each cell of an area
_REFERENCE = pattern(r"""(?P<sheet>\$?(?:'(?:[^']|'')*'|[^.:'\[\]]+))?\.(?P<cell>[^.:]+)""")


def excel_formula(stored: str) -> str:
    """Return a formula as Excel would show it: `of:=SUM([.A1:.A3];2)` is `SUM(A1:A3,2)`."""
    prefix, _, formula = stored.partition("=")
    if prefix == "msoxl:":
        return formula
    braces = 0

    def change(match: re.Match[str]) -> str:
        nonlocal braces
        if match[1]:
            return match[1]
        if match[3]:
            braces += {"{": 1, "}": -1}.get(match[3], 0)
            return {";": ",", "|": ";" if braces else "|"}.get(match[3], match[3])
        return excel_reference(match[2])

    return _TOKENS.sub(change, formula)


def excel_reference(reference: str) -> str:
    """Return `$Sheet1.$A$1:.$B$2` as `Sheet1!$A$1:$B$2`."""

    def change(match: re.Match[str]) -> str:
        sheet = (match["sheet"] or "").removeprefix("$")
        return f"{sheet}!{match['cell']}" if sheet else match["cell"]

    first, colon, last = _REFERENCE.sub(change, reference, count=1).partition(":")
    return first + colon + last.rpartition(".")[2]


def within_sheet(areas: str) -> str:
    """Return `$Sheet1.A1:$Sheet1.B2 $Sheet1.D4` as `A1:B2 D4`."""
    return _OF_SHEET.sub("", areas)
