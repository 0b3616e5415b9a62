"""How a message repeats what was typed and what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue

if TYPE_CHECKING:
    from workbook_engine.findings import FindingType

LOST_REFERENCE = "#REF!"  # in a formula: the cell that it used was deleted
_SHOWN = 40  # characters of a long text that a message repeats
_EXACT_WHOLE = 1e15  # floats below it print as whole numbers without loss


def shown(typed: str) -> str:
    """Return a typed text in one line, shortened."""
    text = " ".join(typed.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def figure(value: float | None) -> str:
    """Return a finite number as a person writes it: 35000, 0.1; empty for None."""
    if value is None:
        return ""
    return str(int(value)) if abs(value) < _EXACT_WHOLE and value == int(value) else repr(value)


def rounded(value: float, digits: int = 12) -> str:
    """Return a computed number to so many significant digits, without an exponent: 9176760, 0.3."""
    return f"{float(f'{value:.{digits}g}'):.15g}"


def uncalculated(formula: str) -> tuple[str, FindingType]:
    """Return what is shown of a formula without a result, and what is wrong: a lost reference no calculation mends."""
    if LOST_REFERENCE in formula:
        return LOST_REFERENCE, catalogue.CELL_ERROR
    return f"={formula}", catalogue.FORMULA_NOT_CALCULATED
