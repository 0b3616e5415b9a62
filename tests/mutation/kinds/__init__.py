"""Every kind of change that companies make to a workbook, a module for each subject."""

from __future__ import annotations

from tests.mutation.kinds import (  # noqa: F401 - each puts its kinds down
    amounts,
    beside,
    choices,
    circles,
    columns,
    computed,
    dates,
    formats,
    formulas,
    freight,
    headings,
    languages,
    marks,
    merges,
    names,
    order,
    others,
    outputs,
    profiles,
    rows,
    sheets,
    struck,
    traditional,
    units,
    words,
)
from tests.mutation.kinds.registry import ALONE, MOVED, TYPED

__all__ = ["ALONE", "KINDS", "MOVED", "TYPED"]

traditional.retype()
KINDS = {**TYPED, **MOVED, **ALONE}
