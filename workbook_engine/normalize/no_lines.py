"""Rows of the stage sheets that are no lines of activity data: remarks, the template's own example, totals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.matching import canonical

if TYPE_CHECKING:
    from workbook_engine.normalize.context import Row

TOTAL_WORDS = frozenset(
    canonical(word) for word in ("合计", "小计", "总计", "总和", "合 计", "total", "subtotal", "sum", "grand total")
)
TOTAL_TOLERANCE = 1e-6  # relative: a typed total may be rounded where its rows are not
EXAMPLE_FIELDS = ("item", "flow", "amount")  # where these are the example's, word for word, it was left in


def is_no_line(row: Row, summed: float) -> bool:
    """Tell whether a row is none, with what is to be said of it. `summed`: the amounts of the lines above."""
    return _is_remark(row) or _is_example(row) or _is_total(row, summed)


def _is_remark(row: Row) -> bool:
    """Tell whether nothing but a remark stands in the row; it is kept as a note."""
    if row.record.cells.keys() - {"remark"}:
        return False
    row.context.report(catalogue.REMARK_ROW, row.where, typed=row.slot("remark").text)
    return True


def _is_example(row: Row) -> bool:
    """Report a row that is the template's own example, word for word."""
    for key in EXAMPLE_FIELDS:
        field = row.fields.get(key)
        if field and not (field.example and row.has(key) and row.slot(key).text in field.example):
            return False
    row.context.report(catalogue.EXAMPLE_ROW, row.where)
    return True


def _is_total(row: Row, summed: float) -> bool:
    """Leave out a row that repeats the sum of the table's rows above it; report one that only looks like it."""
    item = row.slot("item").text or row.slot("flow").text
    if canonical(item).rstrip(":") not in TOTAL_WORDS:
        return False
    amount = row.slot("amount").cell
    value = amount.value if amount else None
    is_sum = isinstance(value, float) and math.isclose(value, summed, rel_tol=TOTAL_TOLERANCE)
    kind = catalogue.SUBTOTAL_ROW if is_sum else catalogue.SUBTOTAL_UNCERTAIN
    row.context.report(kind, row.slot("amount").where, item=item)
    return True
