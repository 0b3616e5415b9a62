"""Every kind of change that companies make to a workbook, a module for each subject."""

from __future__ import annotations

from tests.mutation.kinds import (  # noqa: F401 - each puts its kinds down
    amounts,
    beside,
    choices,
    columns,
    dates,
    formats,
    formulas,
    freight,
    headings,
    marks,
    merges,
    names,
    order,
    outputs,
    rows,
    sheets,
    struck,
    units,
    words,
)
from tests.mutation.kinds.registry import MOVED, TYPED

__all__ = ["KINDS", "MOVED", "TYPED"]

KINDS = {**TYPED, **MOVED}
