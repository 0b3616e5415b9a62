"""The number at the head of a text: Arabic digits as people group them, Chinese numerals, both mixed, powers of ten.

Nothing here knows cells, units or findings; numbers.py does. Values are worked in Decimal, so that 3.3万 is 33000 and
no neighbour of it. What can be read in two ways is not read: `1,5` (decimal comma or a slip), `1.234.567`, `3万5`
(35 000 or 30 005), `1,23`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    import re

# Full-width forms of ASCII, and what stands for a space, a minus, nothing. No NFKC here: it would turn ① into 1,
# 10⁴ into 104 and ½ into 1⁄2.
_EVEN = str.maketrans(
    {
        **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},
        **dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
        **dict.fromkeys([0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F)], ""),
        **dict.fromkeys([*range(0x2060, 0x2070), 0xFEFF], ""),
        **dict.fromkeys("\u2212\ufe63", "-"),
        **dict.fromkeys("〜∼", "~"),
        "’": "'",
        "｡": "。",
    }
)  # fmt: skip
_FULL_STOP_FOR_POINT = pattern(r"(?<=[0-9])。(?=[0-9])")  # what the pinyin keyboard makes of 12.5


def even(text: str) -> str:
    """Return the text with full-width ASCII, odd spaces, minus signs and invisible characters evened out, stripped."""
    return _FULL_STOP_FOR_POINT.sub(".", text.translate(_EVEN)).strip()


class Numeral(NamedTuple):
    """The number that a text begins with.

    `rest` is what follows it, `multiplier` the 万 or 亿 it was written with (else 1), `one_comma` whether it holds a
    single comma and could be a decimal fraction in another country's style (`1,234`).
    """

    value: float
    rest: str
    multiplier: float = 1.0
    one_comma: bool = False


# --- Arabic digits ----------------------------------------------------------------------------------------------------

_ARABIC = pattern(
    r"(?P<sign>[+-]?)\s*"
    r"(?P<digits>(?:[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:'[0-9]{3})+)|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)"
    r"(?:[eE](?P<e>[+-]?[0-9]{1,3})(?![0-9.])|"
    r"\s*[x×*]\s*10(?:\s*\^\s*(?P<caret>[+-]?[0-9]{1,3})|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})))?"
)
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_UNGROUP = str.maketrans("", "", ", '")
_CONTINUES = pattern(r"\s*[.,']?\s*[0-9]")  # digits after the number: it was not the whole number
_SIGNIFICANT = 15  # digits that a spreadsheet's number keeps; a longer integer is a meter or an order number


def arabic(text: str) -> Numeral | None:
    """Return the Arabic number at the head of an evened text, or None where there is none or its end is unclear."""
    found = _ARABIC.match(text)
    if not found or _CONTINUES.match(text, found.end()):
        return None
    digits = found["digits"]
    plain = digits.translate(_UNGROUP)
    whole = plain.partition(".")[0]
    if (whole.startswith("0") and not digits.startswith(whole)) or len(whole.lstrip("0")) > _SIGNIFICANT:
        return None  # 0,123 groups nothing
    exponent = found["e"] or found["caret"] or (found["raised"] or "0").translate(_RAISED)
    value = finite(Decimal(found["sign"] + plain).scaleb(int(exponent)))
    if value is None:
        return None
    return Numeral(value, text[found.end() :], one_comma=digits.count(",") == 1 and "." not in digits)


def scaled(numeral: Numeral) -> list[Numeral]:
    """Return the readings of an Arabic number with what 万, 百万, 亿 behind it multiply it by, longest first."""
    rest = numeral.rest.lstrip()
    run = len(rest) - len(rest.lstrip("".join(_SCALES)))
    readings = []
    for end in range(min(run, _LONGEST_SCALE), 0, -1):
        scale = _scale(rest[:end])
        value = finite(Decimal(repr(numeral.value)) * scale)
        if value is not None:
            readings.append(numeral._replace(value=value, rest=rest[end:], multiplier=float(scale)))
    return readings


def finite(value: Decimal) -> float | None:
    """Return the nearest float, or None where that is infinite, or 0 for what is not 0."""
    result = float(value) + 0.0  # no -0.0
    return result if abs(result) < float("inf") and bool(result) == bool(value) else None


# --- Chinese numerals -------------------------------------------------------------------------------------------------

_SIMPLE = str.maketrans(
    "〇壹贰貳弍叁参參叄肆伍陆陸柒捌玖拾佰仟萬億點負", "零一二二二三三三三四五六六七八九十百千万亿点负"
)
_DIGITS = {character: str(value) for value, character in enumerate("零一二三四五六七八九")}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_LONGEST_SCALE = 3  # characters: 千百万
_CHINESE = pattern(r"[零一二两三四五六七八九十百千万亿点负0-9.]+")
_LONGEST = 30  # characters
_D = r"[一二两三四五六七八九]|[0-9]+(?:\.[0-9]+)?"
_SECTION = pattern(
    rf"(?:(?P<千>{_D})千)?(?P<z1>零?)(?:(?P<百>{_D})百)?(?P<z2>零?)(?:(?P<十>{_D}|)十)?(?P<z3>零?)(?P<一>{_D})?"
)
_ARABIC_SECTION = pattern(r"[0-9]+(?:\.[0-9]+)?")


def chinese(text: str) -> list[Numeral]:
    """Return the readings of the Chinese or mixed numeral at the head of an evened text, longest first.

    Arabic digits alone are not its business. More than one, because 三千克 is 3 kg or 3000 g: the caller takes the
    first whose rest is a unit or nothing.
    """
    simple = text.translate(_SIMPLE)
    found = _CHINESE.match(simple)
    if not found or found.end() > _LONGEST:
        return []
    readings = []
    for end in range(found.end(), 0, -1):
        head = simple[:end]
        value = None if head.isascii() else whole_numeral(head)
        result = finite(value) if value is not None else None
        if result is not None:
            multiplier = 1e8 if "亿" in head else 1e4 if "万" in head else 1.0
            readings.append(Numeral(result, text[end:], multiplier))
    return readings


def whole_numeral(text: str) -> Decimal | None:
    """Return the value of a numeral that is nothing but a numeral: 负三万五千, 1亿2000万, 二〇二五, 三点一四."""
    if text.startswith("负"):
        value = whole_numeral(text[1:])
        return -value if value else None
    if not text:
        return None
    if all(character in _DIGITS for character in text):
        return Decimal("".join(_DIGITS[character] for character in text)) if len(text) <= _SIGNIFICANT else None
    if "点" in text:
        return _fraction(text)
    return _parts(text)


def _fraction(text: str) -> Decimal | None:
    """Return the value of 三点一四 and 三点五万."""
    whole, _, rest = text.partition("点")
    decimals = rest.rstrip("".join(_SCALES))
    scale = rest[len(decimals) :]
    value = whole_numeral(whole) if whole else None
    if value is None or len(scale) > _LONGEST_SCALE or not decimals or not all(digit in _DIGITS for digit in decimals):
        return None
    return (value + Decimal("0." + "".join(_DIGITS[digit] for digit in decimals))) * _scale(scale)


def _scale(text: str) -> Decimal:
    """Return what a run of 十百千万亿 multiplies by; an empty one by 1."""
    scale = Decimal(1)
    for character in text:
        scale *= _SCALES[character]
    return scale


_PARTS = pattern(r"(?:(?P<亿>[^亿万]+)亿)?(?:(?P<万>[^亿万]+)万)?(?P<rest>[^亿万]*)")


def _parts(text: str) -> Decimal | None:
    """Return the value of a numeral cut at 亿 and 万: three sections of up to four digits each."""
    found = _PARTS.fullmatch(text)
    if not found or ("." in text and sum(bool(part) for part in found.groups()) > 1):
        return None  # 1.2亿3万: a decimal and another part
    total, before = Decimal(0), 0  # before: the size of the section in front
    for name, size in (("亿", 10**8), ("万", 10**4), ("rest", 1)):
        part = found[name]
        if not part:
            continue
        value = _tail(part, before) or _section(part)
        if value is None or (before and not _fits(part, value, before, size)):
            return None
        total, before = total + value * size, size
    return total if before else None


def _tail(part: str, before: int) -> Decimal | None:
    """Return the value of the last digit of 三万五, which leaves its unit unsaid: 5000."""
    return Decimal(_DIGITS[part]) * (before // 10) if before and part in _DIGITS else None


def _fits(part: str, value: Decimal, before: int, size: int) -> bool:
    """Tell whether a section fits behind the one in front. Arabic digits without a unit must fill it: 1万0500."""
    return value * size < before and (size > 1 or not part.isascii() or len(part) == len(str(before)) - 1)


def _section(text: str) -> Decimal | None:
    """Return the value of a numeral below 万: 三千五百零二, 十二, 一百五 (150), 3千5百, 120, 2.5百."""
    if text.isascii():
        return Decimal(text) if _ARABIC_SECTION.fullmatch(text) else None
    found = _SECTION.fullmatch(text)
    if not found:
        return None
    total, last = Decimal(0), 0
    for name, size in (("千", 1000), ("百", 100), ("十", 10)):
        digit = found[name]
        if digit is not None:
            if len(digit) > 1 and last:
                return None  # 3千12百
            total, last = total + _digit(digit or "一") * size, size
    ones = _ones(found, last)
    decimal_and_more = "." in text and not (total and text[-1] in _SCALES and text.count(".") == 1 and not found["一"])
    return None if ones is None or decimal_and_more else total + ones


def _digit(text: str) -> Decimal:
    return Decimal(2) if text == "两" else Decimal(_DIGITS.get(text, text))


def _ones(found: re.Match[str], last: int) -> Decimal | None:
    """Return the last digit: ones, or tens and hundreds where their unit is left unsaid (一百五).

    None for 3千5, which could be 3500 or 3005; 3千500 fills its place and is certain.
    """
    text = found["一"]
    if text is None:
        return Decimal(0)
    if text == "两" and last:
        return None  # 二十两 is twenty of the unit 两
    if text.isascii():
        return Decimal(text) if last == 0 or len(text) == len(str(last)) - 1 else None
    zero = found["z2"] or found["z3"] or (found["z1"] and last == 1000)
    return _digit(text) * (last // 10 if last > 10 and not zero else 1)
