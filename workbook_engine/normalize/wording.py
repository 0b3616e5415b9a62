"""How a message repeats what was typed and what was read."""

from __future__ import annotations

_SHOWN = 40  # characters of a long text that a message repeats
_EXACT_WHOLE = 1e15  # floats below it print as whole numbers without loss


def shown(typed: str) -> str:
    """Return a typed text in one line, shortened."""
    text = " ".join(typed.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def figure(value: float | None) -> str:
    """Return a finite number as a person writes it: 35000, 0.1; empty for None."""
    if value is None:
        return ""
    return str(int(value)) if abs(value) < _EXACT_WHOLE and value == int(value) else repr(value)
