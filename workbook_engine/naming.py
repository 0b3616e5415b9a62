"""File and folder names that a person can read and that every system takes: Windows, macOS, Linux, a zip of them."""

from __future__ import annotations

import hashlib
import unicodedata

from workbook_engine.patterns import pattern

# Windows: forbidden characters, device names, a dot or space at the end (learn.microsoft.com, "Naming Files").
_FORBIDDEN = pattern(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_INVISIBLE = pattern(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # direction marks could disguise a name
_DEVICES = frozenset(
    {
        *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
        *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"),
    }
)
MAX_LENGTH = 60  # characters of one name: three of them and a folder stay under the 260 of a Windows path
MAX_BYTES = 180  # of its UTF-8: with what is added to it, under the 255 that Linux and macOS allow
_MARK = 5  # characters of the mark that tells two shortened names apart


def safe_name(text: str, fallback: str = "_", most: int = MAX_LENGTH) -> str:
    """Return `text` as one path component: NFC, nothing forbidden, no device name, at most `most` characters.

    A text that had to be shortened ends in "~" and four characters of its hash, so that two long names that begin
    alike stay two names.
    """
    name = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    name = " ".join(_FORBIDDEN.sub("_", " ".join(name.split())).split()).strip(" .") or fallback
    if name.partition(".")[0].rstrip().upper() in _DEVICES:
        name = f"_{name}"
    if len(name) <= most and len(name.encode()) <= MAX_BYTES:
        return name
    return _shortened(name, most - _MARK, MAX_BYTES - _MARK) + "~" + hashlib.sha256(name.encode()).hexdigest()[:4]


def _shortened(name: str, most: int, most_bytes: int) -> str:
    """Return the beginning of a name; what is cut in the middle of a character goes altogether."""
    return name[:most].encode()[:most_bytes].decode(errors="ignore").rstrip(" .")


def printable(text: str) -> str:
    r"""Return a path as text that can be printed and stored: bytes that are no UTF-8 stand as \xNN."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
