"""File and folder names that a person can read and that every system takes: Windows, macOS, Linux, a zip of them."""

from __future__ import annotations

import re
import unicodedata

# Windows: forbidden characters, device names, a dot or space at the end (learn.microsoft.com, "Naming Files").
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # direction marks could disguise a name
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(1, 10)), *(f"LPT{n}" for n in range(1, 10))}
)
MAX_LENGTH = 60  # characters of one name: three of them and a folder stay under the 260 of a Windows path


def safe_name(text: str, fallback: str = "_") -> str:
    """Return `text` as one path component: NFC, nothing forbidden, no device name, at most MAX_LENGTH characters."""
    name = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    name = " ".join(_FORBIDDEN.sub("_", name).split())
    name = name[:MAX_LENGTH].strip(" .") or fallback
    return f"_{name}" if name.partition(".")[0].upper() in _DEVICES else name
