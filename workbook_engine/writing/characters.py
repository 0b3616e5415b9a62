"""Characters that a cell cannot hold as they are, and those that XML gives a meaning of its own."""

from __future__ import annotations

from workbook_engine.patterns import pattern

_CONTROL = pattern("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SURROGATE = pattern("[\ud800-\udfff]")


def writable(text: str) -> str:
    """Return text that XlsxWriter writes as it is: no lone surrogates, and nothing it takes for its own rich text.

    Control characters stay: they are written as Excel does, `_x0007_`.
    """
    if not text.isprintable():
        text = _SURROGATE.sub("\ufffd", text)
    if text.startswith("<r>") and text.endswith("</r>"):
        text += " "
    return text


def without_controls(text: str) -> str:
    """Return text with a blank for each control character, for places that have no way to write one."""
    return text if text.isprintable() else _CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text))


def is_plain(text: str) -> bool:
    """Tell whether a text has no control character, nothing like an escape of one, and no blank at its ends."""
    return text.isprintable() and "_x" not in text and text[:1] != " " and text[-1:] != " " and text[:3] != "<r>"


def escaped(text: str) -> str:
    """Return text as it stands between tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def unescaped(text: str) -> str:
    """Return what `escaped` was given."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text


def attribute(value: object) -> object:
    """Return a value as it stands between the quotation marks of an attribute."""
    if not isinstance(value, str) or value.isalnum():
        return value
    text = escaped(value)
    return text.replace('"', "&quot;").replace("\n", "&#xA;") if '"' in text or "\n" in text else text
