"""Rows below or between the lines that are words about them: 注：….

Judged here, by the cells alone, because that holds for every table and must be known before records are counted. What
takes the fields' values, or the rows before, to see (nothing but a remark, a signature, an example, a total) is judged
of a stage's rows in normalize/no_lines.py.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.grid import Cell

_REMARK = pattern(
    r"\s*[(\[【*※]*\s*(?:※|(?:注|备注|附注|注释|说明|填表说明|填写说明|补充说明|note|notes|remark|remarks|n\.?b\.?)\s*\d*\s*[:.、)\]】])",
    re.IGNORECASE,
)


def is_remark_row(cells: Iterable[Cell]) -> bool:
    """Tell whether a row is no line: one text alone that calls itself a remark."""
    found = list(cells)
    return (
        len(found) == 1
        and found[0].kind == "text"
        and bool(_REMARK.match(simplified(unicodedata.normalize("NFKC", str(found[0].value)))))
    )
