"""Every sentence that a person reads stands here as a pair: Chinese first, English second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def joined(words: Iterable[Text | str]) -> Text:
    """Return a list in one line: with 、 between Chinese words, with commas between English ones.

    Where an English one has a comma itself (Plant, annual total) semicolons stand between them.
    """
    pairs = [Text(word, word) if isinstance(word, str) else word for word in words]
    between = "; " if any("," in pair.en for pair in pairs) else ", "
    return Text("、".join(pair.zh for pair in pairs), between.join(pair.en for pair in pairs))


def several(names: Iterable[str]) -> Text:
    """Return names one after the other, to stand between quotation marks: “甲”“乙”; “a”, “b”."""
    found = tuple(names)
    return Text("”“".join(found), "”, “".join(found))


def counted(counts: Iterable[tuple[Text, int]], language: Language) -> str:
    """Return how many there are of what: 完成 20，未完成 3; 20 ok, 3 incomplete."""
    if language == "zh":
        return "，".join(f"{what.zh} {count}" for what, count in counts)
    return ", ".join(f"{count} {what.en}" for what, count in counts)
