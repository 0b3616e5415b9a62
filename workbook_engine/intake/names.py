"""Defined names that hold something themselves: a text or a number that somebody put there and nobody sees."""

from __future__ import annotations

from workbook_engine.patterns import pattern

_TEXT = pattern(r'"(?:[^"]|"")*"')
_CONSTANT = pattern(r"[\s0-9.,;:+\-*/^&%(){}=<>E]*")
_OF_PROGRAMS = ("_xl", "solver_", "IQ_")  # of Excel itself, its Solver, an add-in for market data


def is_constant(name: str, formula: str) -> bool:
    """Tell whether a name stands for a text or a number, worked out or not, and not for cells or a function."""
    bare = _TEXT.sub("0", formula)
    is_filled = any(character.isdigit() for character in bare)
    return is_filled and bool(_CONSTANT.fullmatch(bare)) and not name.startswith(_OF_PROGRAMS)
