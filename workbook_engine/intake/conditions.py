"""What somebody typed into the condition of a conditional format: words, or the number that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS, _NUMBER = pattern(r'"((?:[^"]|"")*)"'), pattern(r"-?[0-9]+(?:\.[0-9]+)?")
_COMPARED = pattern(r"(?:[<>=!]+|(?:not-)?between\()([^()]*)\)?")  # of OpenDocument: >1200, between(5,9)


def said_in_formula(formula: str) -> Iterator[str]:
    """Yield what a formula of Excel says: `$B9="不含食堂"`, `1200`; `$B9=""` says nothing."""
    for word in _WORDS.findall(formula):
        if word.strip():
            yield word.replace('""', '"')
    if _NUMBER.fullmatch(formula):
        yield formula


def said_in_condition(condition: str) -> Iterator[str]:
    """Yield what a condition of OpenDocument says, in which a formula may stand: `contains-text("外购")`, `>1200`."""
    yield from said_in_formula(condition)
    if compared := _COMPARED.fullmatch(condition):
        yield from filter(_NUMBER.fullmatch, compared[1].split(","))
