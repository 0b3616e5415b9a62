"""Names evened out, so that a flow is found however it is typed: `ＰＶＣ`, `pvc `, `聚氯乙烯 (PVC)`."""

from __future__ import annotations

import re
import unicodedata

_NO_MEANING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_SEPARATORS = re.compile(r"[、;；|\n]")


def canonical(text: str) -> str:
    """Return the text without what does not tell one name from another: full-width forms, case, spacing."""
    return _NO_MEANING.sub("", unicodedata.normalize("NFKC", text).casefold())


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a list as it is typed into one cell, separated by 、 or ; or a new line."""
    return tuple(name.strip() for name in _SEPARATORS.split(text) if name.strip())
