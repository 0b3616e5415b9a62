"""Names in which somebody may say something: defined ones that hold a text or a number, those of tables."""

from __future__ import annotations

import re

from workbook_engine.patterns import pattern

_TEXT = pattern(r'"(?:[^"]|"")*"')
_CONSTANT = pattern(r"[\s0-9.,;:+\-*/^&%(){}=<>E]*")
_OF_PROGRAMS = ("_xl", "solver_", "IQ_")  # of Excel itself, its Solver, an add-in for market data
# What programs call a table: Table1, 表1, 表格1_2; LibreOffice what is filtered alone.
_TABLE = pattern(r"(?:table|表|表格|表_|tbl|テーブル)_?[\d_]*|__Anonymous_Sheet_DB__\d+", re.IGNORECASE)


def is_name_of_program(name: str) -> bool:
    """Tell whether a program gave a table its name."""
    return bool(_TABLE.fullmatch(name))


def is_constant(name: str, formula: str) -> bool:
    """Tell whether a name stands for a text or a number, worked out or not, and not for cells or a function."""
    bare = _TEXT.sub("0", formula)
    is_filled = any(character.isdigit() for character in bare)
    return is_filled and bool(_CONSTANT.fullmatch(bare)) and not name.startswith(_OF_PROGRAMS)
