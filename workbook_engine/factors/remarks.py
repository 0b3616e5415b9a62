"""The notes and cautions of the shipped library in both languages: its workbook is in Chinese, its facts hold both."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.texts import Language

BETWEEN: Final = Text("；", "; ")  # the notes of a fuel's parameters stand in one cell


def note_in(language: Language, note: str) -> str:
    """Return a factor's note; in English as it stands where it is not of the shipped library."""
    return note if language == "zh" else _in_both(note, "facts", "note").en


def caution_text(caution: str) -> Text:
    """Return a series' caution in both languages, in the same way."""
    return _in_both(caution, "series", "caution")


def _in_both(text: str, facts: str, column: str) -> Text:
    if text.isascii():
        return Text(text, text)
    known, said, part = _english(facts, column), [], ""
    for piece in text.split(BETWEEN.zh):
        part = f"{part}{BETWEEN.zh}{piece}" if part else piece
        if part in known:
            said.append(known[part])
            part = ""
    return Text(text, text if part else BETWEEN.en.join(said))


@functools.cache
def _english(facts: str, column: str) -> Mapping[str, str]:
    from workbook_engine.factors.facts import read_rows  # noqa: PLC0415 - a Chinese run needs none of the facts

    return MappingProxyType({row[f"{column}_zh"]: row[f"{column}_en"] for row in read_rows(facts)})
