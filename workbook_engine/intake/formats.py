"""What a number format tells whoever looks at the cell, beyond its digits.

The meaning of a format code is that of `Cell.format`, or `DATE`:

    0.0"kg"       kg         what stands in quotes or behind a backslash, or is not ASCII
    0.0,"t"       /1000t
    0!.0,"万"     /10000万   how China shows 12345 as 1.2万
    0.0"%"        pct        a sign that is a mere text: 0.9 is shown as 0.9 %
    [$¥-804]0.00  ¥          any currency
    ;;;           ;

Of a text, a code tells only whether it is shown.
"""

from __future__ import annotations

import re

from workbook_engine.grid import HIDDEN, MONEY, PERCENT, SCALED
from workbook_engine.patterns import pattern

DATE = "date"

# ECMA-376 18.8.30: 14-22 in every language, 45 and 47 minutes; 27-36 and 50-58 are dates where the language is
# Chinese, Japanese or Korean (WPS and Excel in China write 31, 57, 58) and are not used for anything else.
# 46 is [h]:mm:ss, a duration: its number is an amount of time. 9 and 10 are 0% and 0.00%.
_BUILTIN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
_BUILTIN_PERCENT = frozenset({9, 10})
_BUILTIN_MONEY = frozenset({5, 6, 7, 8, 42, 44})

# What in a format code is shown as it stands: "text", \x, !x; _x (a space as wide as x), *x (x repeated).
_TEXTS = r'"[^"]*"?|\\.|!.'
_LITERALS = pattern(rf"{_TEXTS}|_.|\*.", re.DOTALL)
_BRACKETS = pattern(r"\[[^\]]*\]?")  # colour, condition, currency, language
_CURRENCY = pattern(r"[¥￥€£]|\$(?!-)")  # [$-804] is a language alone
_CONDITION = pattern(r"\[[<>=]")
_ELAPSED = pattern(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NO_DATE = pattern(r"general|standard|e[+-]|(?<=s)[.,]0+", re.IGNORECASE)  # the e of 0.00E+00 is no era
_DATE_LETTERS = pattern(r"[ymdhse]|aaa", re.IGNORECASE)
_DIGITS = pattern(r"[0#?]")
_GENERAL = pattern(r"general|standard|常规|G/通用格式|@", re.IGNORECASE)
_TOKENS = pattern(rf"(?P<space>_.|\*.)|(?P<text>{_TEXTS}|[^\x00-\x7f])|(?P<digit>[0#?])|(?P<comma>,)", re.DOTALL)
_DECORATION = " \u00a0()（）-+.:：·_"


def built_in(number: int) -> str:
    """Return the meaning of a format that a workbook refers to by its number alone."""
    meanings = ((_BUILTIN_DATES, DATE), (_BUILTIN_PERCENT, PERCENT), (_BUILTIN_MONEY, MONEY))
    return next((meaning for numbers, meaning in meanings if number in numbers), "")


def meaning_of(code: str) -> str:
    """Return the meaning of a format code, that of its section for positive numbers."""
    if is_date_format(code):
        return DATE
    section = _sections(code)[0]
    if _CONDITION.search(section) or _ELAPSED.search(section):
        return ""
    is_money = bool(_CURRENCY.search(section))
    section = _BRACKETS.sub("", section) if not section.startswith('"') else section
    bare = _LITERALS.sub("", section)
    if not _DIGITS.search(bare) and not _GENERAL.search(bare):
        return HIDDEN if code and not bare.strip() else ""
    if "%" in bare:
        return PERCENT
    if is_money:
        return MONEY
    divisor, text = _behind(section)
    return f"{SCALED}{divisor}{text}" if divisor > 1 else "pct" if text == "%" else text


def _behind(section: str) -> tuple[int, str]:
    """Return what a section divides the number by, and the text that it shows behind the digits.

    A comma behind the last digit divides by 1,000; a literal point among the digits (`0!.0,`) looks like a decimal one.
    """
    text, commas, behind_point = "", 0, 0
    is_point = False
    for token in _TOKENS.finditer(_GENERAL.sub("", section)):
        if token["digit"]:
            text, commas = "", 0
            behind_point += is_point
        elif token["comma"]:
            commas += 1
        elif token["text"]:
            plain = token["text"].strip('"') if token["text"].startswith('"') else token["text"][-1]
            is_point = is_point or plain == "."
            text += plain
    if not _DIGITS.search(_LITERALS.sub("", section)):  # General: everything stands behind it
        commas = 0
    divisor = 1000**commas * 10**behind_point if commas else 1
    return divisor, text.strip(_DECORATION)


def hides_text(code: str) -> bool:
    """Tell whether a format code shows nothing of a text, or another one in its place: that of its fourth section."""
    sections = _sections(code) if code.count(";") > 2 else []
    return len(sections) == 4 and not _GENERAL.search(_LITERALS.sub("", sections[3]))


def is_date_format(code: str) -> bool:
    """Tell whether a format code shows a date or a time of day. A duration (`[h]:mm`) is none."""
    bare = _LITERALS.sub("", _sections(code)[0])
    if _ELAPSED.search(bare):
        return False
    letters = _NO_DATE.sub("", _BRACKETS.sub("", bare))
    return bool(_DATE_LETTERS.search(letters)) and not _DIGITS.search(letters)


def _sections(code: str) -> list[str]:
    """Split at the semicolons outside of quotes."""
    sections = [""]
    for piece in re.findall(r'"[^"]*"?|\\.|;|[^;"\\]+|\\', code):
        if piece == ";":
            sections.append("")
        else:
            sections[-1] += piece
    return sections
