"""What a consultant states of an amount's quality beside it: scores from 1 to 5, a spread in per cent.

Neither is needed for the result: what cannot be read is left out with a warning, and the rules rate the amount.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.model import Dimension, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.normalize.context import Row


_KEYS = tuple(f"rating_{dimension.value}" for dimension in Dimension)
_NONE: dict[Dimension, Quantity] = {}  # what most lines share


def stated_ratings(row: Row) -> Mapping[Dimension, Quantity]:
    """Return the scores typed in a row."""
    if not any(row.has(key) for key in _KEYS):
        return _NONE
    found = {dimension: _score(row, f"rating_{dimension.value}") for dimension in Dimension}
    return {dimension: score for dimension, score in found.items() if score is not None}


def _score(row: Row, key: str) -> Quantity | None:
    if not row.has(key):
        return None
    quiet = _quiet(row)
    slot = quiet.slot(key)
    choice = slot.choice()
    if choice is None:
        row.context.report(catalogue.QUALITY_NOT_READ, slot.where, field=slot.spec.title, typed=slot.text)
        return None
    return Quantity(float(choice), slot.where, slot.text)


def stated_spread(row: Row) -> Quantity | None:
    """Return the spread typed in a row, ± % of the amount at 95 % confidence."""
    if not row.has("spread"):
        return None
    quiet = _quiet(row)
    slot = quiet.slot("spread")
    spread = slot.number()
    if spread is None or quiet.context.errors_since(0):
        row.context.report(catalogue.QUALITY_NOT_READ, slot.where, field=slot.spec.title, typed=slot.text)
        return None
    return spread


def _quiet(row: Row) -> Row:
    """Return the row with findings of its own: an error in them must not block the line."""
    return replace(row, context=replace(row.context, findings=[]))
