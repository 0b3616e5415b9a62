"""How a type of finding is declared: by its severity, then code, title, message and remedy.

A message says what is wrong at the place that is printed before it; a remedy says what to do, to a clerk who is no
expert and has no command line. What a consultant can do by the command is the aside. Codes are stable: consultants filter by them, so a code is never given another meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.findings import NOTHING, FindingType, Severity

if TYPE_CHECKING:
    from workbook_engine.texts import Text


def error(code: str, title: Text, message: Text, remedy: Text, aside: Text = NOTHING) -> FindingType:
    """Return a type of finding that blocks the result."""
    return FindingType(code, Severity.ERROR, title, message, remedy, aside)


def warning(code: str, title: Text, message: Text, remedy: Text, aside: Text = NOTHING) -> FindingType:
    """Return a type of finding that leaves the result standing, and wants a look."""
    return FindingType(code, Severity.WARNING, title, message, remedy, aside)


def note(code: str, title: Text, message: Text, remedy: Text, aside: Text = NOTHING) -> FindingType:
    """Return a type of finding that tells what was understood."""
    return FindingType(code, Severity.NOTE, title, message, remedy, aside)
