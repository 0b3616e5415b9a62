"""Rows below or between the lines that are words about them: 注：…, 填表人：…."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.grid import Cell

_REMARK = re.compile(
    r"\s*[(\[【*※]*\s*(?:※|(?:注|备注|附注|注释|说明|填表说明|填写说明|补充说明|note|notes|remark|remarks|n\.?b\.?)\s*\d*\s*[:.、)\]】])",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\s*(?:填表|填报|制表|编制|审核|复核|校核|批准|经办|负责|联系)?人?员?(?:部门|单位)?(?:电话|日期|签字|签名|盖章|公章)?\s*(?:\([^()]*\))?\s*:"
)
_SIGNED_EN = re.compile(
    r"\s*(?:prepared|filled in|checked|reviewed|approved|signed)\s+by\s*:|\s*(?:date|signature|tel|phone|contact)\s*:",
    re.IGNORECASE,
)
_EMPTY_SIGN = re.compile(r"\s*:")


def is_remark_row(cells: Iterable[Cell]) -> bool:
    """Tell whether a row is no line: one text that is a remark, or signatures alone; no number stands in it."""
    found = list(cells)
    if not found or any(cell.kind != "text" for cell in found):
        return False
    texts = [unicodedata.normalize("NFKC", str(cell.value)) for cell in found]
    if len(texts) == 1 and _REMARK.match(texts[0]):
        return True
    return all(_is_signature(text) for text in texts)


def _is_signature(text: str) -> bool:
    return bool((_SIGNED.match(text) and not _EMPTY_SIGN.match(text)) or _SIGNED_EN.match(text))
