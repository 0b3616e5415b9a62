"""Find what a typed text stands for among known texts: headings, choices, products, plants, flows.

The ladder, from certain to less certain; `Match.step` tells how far down it went:

    exact       the text as it is declared
    canonical   the same but for full-width forms, case, spaces, line breaks, traditional characters, a closing colon
    similar     the same but for a remark in brackets (returned: it may hold a unit), or for a small misspelling

A misspelling is one edit in four characters or more, two in eight or more (insertion, deletion, substitution, two
neighbours swapped), and it must lead to one meaning only. Edits that change a meaning are none: digits, numerals,
directions, negations, elements, metals, shapes (东区 and 西区, 聚氯乙烯 and 聚氟乙烯, 不锈钢管 and 不锈钢棒), short
words and codes (Plant A and Plant B, JX0317-D30 and JX0317-D31). Whoever takes a similar match says so in a finding.
"""

from __future__ import annotations

import functools
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeVar

from workbook_engine.patterns import pattern
from workbook_engine.traditional import SIMPLIFIED
from workbook_engine.units import parse_unit_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")
Step = Literal["exact", "canonical", "similar"]


class Match(NamedTuple, Generic[T]):
    """What a text stands for, the declared text it was matched with, the step of the ladder, and a remark set aside."""

    value: T
    text: str
    step: Step
    remark: str = ""


# --- canonical form ---------------------------------------------------------------------------------------------------

_SPACES = pattern(r"[\s\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_ONE = SIMPLIFIED | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_EDGES = " :*.。、,;"  # what people put behind a heading, and the star of a required field


@functools.lru_cache(maxsize=8_192)  # a column repeats its texts, and several rules look at the same one
def canonical(text: str) -> str:
    """Return the text without what does not tell one label from another. Never empty unless the text is blank."""
    # Once more NFKC: a mark that stood apart joins the letter before it when the space between them is gone.
    tight = unicodedata.normalize("NFKC", _SPACES.sub("", _even(text)))
    return tight.strip(_EDGES) or tight


def _even(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_ONE)


# --- similar ----------------------------------------------------------------------------------------------------------

_MEANING = frozenset(
    "0123456789零一二两三四五六七八九十百千万亿半甲乙丙丁戊己庚辛东南西北中上下左右前后内外里大小高低长短轻重多少新旧"
    "正负不非无未免除进出入收支买卖购销供需产耗初末首终始年季月周日时分秒单双男女老冷热干湿软硬直间主次含"
    "铜铝铁钢锌锡铅镍金银铬锰钛钨硅氯氟溴碘硫氮氧氢碳磷甲烷烯炔醇酸碱盐水油气电煤柴汽焦风光板管带棒丝线条箔片排网环箱柜壳杆轴"
)
_WORDS = pattern(r"[a-z]+")
_DIGITS = pattern(r"[0-9]+")
_BRACKETS = pattern(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")


_MOST_EDITS = 2
_SHORT = 4  # letters of a word of which one edit is a quarter: two edits from another word are as likely


def _allowed(length: int) -> int:
    """Return how many edits a text of this length may be away."""
    return _MOST_EDITS if length >= 8 else 1 if length >= 4 else 0


def edits(a: str, b: str, most: int) -> int:
    """Return how many edits apart two texts are (a swap of neighbours is one), or `most`+1."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most and (not before or min(before) > most):
            return most + 1
    return min(row[-1], most + 1)


class _Label(NamedTuple):
    """A text made ready for comparison."""

    key: str  # canonical
    words: tuple[str, ...]  # its Latin words
    digits: tuple[str, ...]
    letters: Counter[str]
    alphabet: frozenset[str]


def _label(text: str) -> _Label:
    key = canonical(text)
    return _Label(key, tuple(_WORDS.findall(_even(text))), tuple(_DIGITS.findall(key)), Counter(key), frozenset(key))


def _similar(a: _Label, b: _Label) -> bool:
    """Tell whether two labels are one but for a misspelling that changes no meaning."""
    most = _allowed(min(len(a.key), len(b.key)))
    if not most or abs(len(a.key) - len(b.key)) > most or a.digits != b.digits or len(a.words) != len(b.words):
        return False
    if len(a.alphabet ^ b.alphabet) > 2 * most:  # an edit brings in and takes away one letter at most
        return False
    changed = (a.letters - b.letters) + (b.letters - a.letters)
    if changed.total() > 2 * most or not _MEANING.isdisjoint(changed):
        return False
    same_words = all(edits(x, y, 2) <= _allowed(min(len(x), len(y))) for x, y in zip(a.words, b.words, strict=True))
    return same_words and edits(a.key, b.key, most) <= most


_KEPT = 4096  # answers that a matcher remembers: a column repeats its texts


class Matcher(Generic[T]):
    """An index over known texts, built once: `Matcher({"数量": "amount", "Amount": "amount"}).find("數 量：")`.

    Two texts may stand for one value. Texts whose canonical forms are equal but whose values differ match only exactly.
    With `wary`, a short misspelt word is no match where a second value is nearly as near: `stem` is steam or steel.
    """

    def __init__(self, candidates: Mapping[str, T], *, wary: bool = False) -> None:
        self._exact = dict(candidates)
        self._wary = wary
        self._keys = {text: canonical(text) for text in candidates}
        self._canonical = self._index((key, text) for text, key in self._keys.items())
        self._plain: dict[str, str | None] | None = None
        self._by_length: dict[int, list[str]] = {}  # of the canonical form: a misspelling is as long, but for its edits
        self._labels: dict[str, _Label] = {}
        self._answers: dict[str, Match[T] | None] = {}

    def find(self, text: str) -> Match[T] | None:
        """Return what the text stands for, or None where it is unknown, blank, or could be two things."""
        if text in self._exact:
            return Match(self._exact[text], text, "exact")
        if text not in self._answers:
            if len(self._answers) >= _KEPT:
                self._answers.clear()
            self._answers[text] = self._search(text)
        return self._answers[text]

    def suggestions(self, text: str, limit: int = 3) -> list[T]:
        """Return up to `limit` values that the text is nearest to, for a message that asks which one is meant."""
        key = canonical(text)
        near: list[tuple[int, int, str]] = []
        for known, other in self._keys.items():
            distance = edits(key, other, max(len(key), len(other)))
            if distance <= max(len(key), len(other)) // 2 and (distance < len(key) - 1 or _holds(key, other)):
                near.append((distance, len(near), known))
        values: list[T] = []
        bare = self._canonical.get(canonical(_plain(text)))
        if bare is not None:  # of 柴油（0号） the name before the brackets, before names that are as long
            values.append(self._exact[bare])
        for _, _, known in sorted(near):
            if self._exact[known] not in values:
                values.append(self._exact[known])
        return values[:limit]

    def _index(self, pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
        """Return key -> declared text, None where one key would stand for two values."""
        index: dict[str, str | None] = {}
        for key, text in pairs:
            known = index.setdefault(key, text)
            if known is not None and self._exact[known] != self._exact[text]:
                index[key] = None
        return index

    def _search(self, text: str) -> Match[T] | None:
        key = canonical(text)
        if not key:
            return None
        if key in self._canonical:
            return self._match(self._canonical[key], "canonical")
        return self._without_remark(text, key) or self._misspelt(text)

    def _match(self, known: str | None, step: Step, remark: str = "") -> Match[T] | None:
        return None if known is None else Match(self._exact[known], known, step, remark)

    def _without_remark(self, text: str, key: str) -> Match[T] | None:
        """Find `数量（万kWh）` as 数量, and `产量` as `产量（件数）`; two different remarks stay two labels."""
        if self._plain is None:
            self._plain = self._index((canonical(_plain(known)), known) for known in self._exact)
        remarks = _BRACKETS.findall(unicodedata.normalize("NFKC", text))
        if not remarks:
            return self._match(self._plain.get(key), "similar")
        bare = canonical(_plain(text))
        units = all(parse_unit_phrase(remark) for remark in remarks)
        if not bare or not (units or not any(_DIGITS.search(remark) for remark in remarks)):
            return None
        return self._match((self._plain if units else self._canonical).get(bare), "similar", " ".join(remarks))

    def _misspelt(self, text: str) -> Match[T] | None:
        label = _label(text)
        found = [known for known in self._as_long(len(label.key)) if _similar(label, self._labelled(known))]
        if found and self._wary and len(label.key) <= _SHORT and label.words == (label.key,):
            found = [known for known in self._as_long(len(label.key)) if edits(label.key, self._keys[known], 2) <= 2]
        values = [self._exact[known] for known in found]
        return self._match(found[0], "similar") if found and all(value == values[0] for value in values) else None

    def _as_long(self, length: int) -> list[str]:
        """Return the known texts whose canonical length is within the edits of a misspelling, as they were declared."""
        if not self._by_length:
            for known, key in self._keys.items():
                for near in range(len(key) - _MOST_EDITS, len(key) + _MOST_EDITS + 1):
                    self._by_length.setdefault(near, []).append(known)
        return self._by_length.get(length, [])

    def _labelled(self, known: str) -> _Label:
        if known not in self._labels:
            self._labels[known] = _label(known)
        return self._labels[known]


def _holds(key: str, known: str) -> bool:
    """Tell whether a short text has to do with a known one: 铜排 with 铜, 纸箱 with 瓦楞纸箱; 胶水 is no kind of 水."""
    return key in known or (known in key if len(known) > 1 else key.startswith(known))


def _plain(text: str) -> str:
    """Return the text without what it has in brackets."""
    return _BRACKETS.sub(" ", unicodedata.normalize("NFKC", text))
