"""Every sentence that a person reads stands here as a pair: Chinese first, English second."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Text(NamedTuple):
    """One text in the two languages of the program."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en

    def filled(self, **values: object) -> Text:
        """Return the text with its placeholders filled in, in both languages."""
        return Text(self.zh.format(**values), self.en.format(**values))
