"""The days that a text names: a day, a month, a quarter, a half-year, a year, or from one of them to another.

Year first, as it is written in China (2025.1.1, 2025-01-01, 2025年1月1日, 20250101), ISO 8601 with a time, English
month names, and day and month before the year where only one order is possible. Two-digit years are read with 年 only.
A text with two readings is Unreadable("ambiguous") with both.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from workbook_engine.normalize.numerals import even, whole_numeral
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

Precision = Literal["day", "month", "quarter", "half-year", "year", "period"]


class Span(NamedTuple):
    """First and last day, both inclusive, and how exactly the text named them."""

    start: dt.date
    end: dt.date
    precision: Precision


class Unreadable(NamedTuple):
    """Why a text names no certain days; the two readings where it has two."""

    why: Literal["ambiguous", "impossible", "no-year", "reversed"]
    first: dt.date | None = None
    second: dt.date | None = None


Result = Span | Unreadable | None  # None: no date at all

_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # years that are read at all; whether they are plausible is the caller's question


def day(year: int, month: int, number: int) -> Result:
    """Return the span of one day, or that there is none such."""
    try:
        date = dt.date(year, month, number)
    except ValueError:
        return Unreadable("impossible")
    return Span(date, date, "day") if _FIRST_YEAR <= year <= _LAST_YEAR else None


def month(year: int, number: int) -> Result:
    """Return the span of a month."""
    return _months(year, number, number, "month")


def _months(year: int, first: int, last: int, precision: Precision) -> Result:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if not 1 <= first <= last <= 12:
        return Unreadable("impossible")
    end = dt.date(year + last // 12, last % 12 + 1, 1) - dt.timedelta(days=1)
    return Span(dt.date(year, first, 1), end, precision)


# --- one day, month or year -------------------------------------------------------------------------------------------

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # in every locale
_NAMED = f"(?P<name>{'|'.join(_MONTHS)})[a-z]*\\.?"
_YEAR = "(?P<y>(?:19|20|21)[0-9]{2})"
_SEASONS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}

Groups = dict[str, str]


def _day(found: Groups) -> Result:
    return day(int(found["y"]), int(found["m"]), int(found["d"]))


def _month(found: Groups) -> Result:
    return month(int(found["y"]), int(found["m"]))


def _six_digits(found: Groups) -> Result:
    """Read 202501. 201203 could be 2012-03 or 2020-12-03."""
    year, number = int(found["y"]), int(found["m"])
    short = day(2000 + year // 100, year % 100, number)
    long = month(year, number)
    if isinstance(short, Span) and isinstance(long, Span):
        return Unreadable("ambiguous", long.start, short.start)
    return long


def _year_last(found: Groups) -> Result:
    """Read 31/12/2025: whichever of day and month can be the month; equal ones are certain."""
    year, a, b = int(found["y"]), int(found["a"]), int(found["b"])
    day_first, month_first = day(year, b, a), day(year, a, b)
    if a != b and isinstance(day_first, Span) and isinstance(month_first, Span):
        return Unreadable("ambiguous", day_first.start, month_first.start)
    return day_first if isinstance(day_first, Span) else month_first


def _short_year(found: Groups) -> Result:
    """Refuse 25.1.2 and 1/2/25, which have up to three readings."""
    a, b, c = int(found["a"]), int(found["b"]), int(found["c"])
    readings = [day(2000 + a, b, c), day(2000 + c, b, a), day(2000 + c, a, b)]
    starts = sorted({span.start for span in readings if isinstance(span, Span)})
    return Unreadable("ambiguous", starts[0], starts[-1]) if starts else Unreadable("impossible")


def _chinese_short_year(found: Groups) -> Result:
    year = 2000 + int(found["yy"])
    if not found.get("m"):
        return _months(year, 1, 12, "year")
    return day(year, int(found["m"]), int(found["d"])) if found.get("d") else month(year, int(found["m"]))


def _named(found: Groups) -> Result:
    number = _MONTHS.index(found["name"].lower()) + 1
    return day(int(found["y"]), number, int(found["d"])) if found.get("d") else month(int(found["y"]), number)


def _quarter(found: Groups) -> Result:
    first = 3 * _SEASONS[found["q"]] - 2
    return _months(int(found["y"]), first, first + 2, "quarter")


def _half(found: Groups) -> Result:
    first = 1 if found["h"] in "上1" else 7
    return _months(int(found["y"]), first, first + 5, "half-year")


def _year(found: Groups) -> Result:
    return _months(int(found["y"]), 1, 12, "year")


def _yearless(_found: Groups) -> Result:
    return Unreadable("no-year")


# Each form with what reads it; a text matches as a whole, the first form decides.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[Groups], Result]], ...] = tuple(
    (pattern(form, re.IGNORECASE), read)
    for form, read in (
        (rf"{_YEAR}\s*(?P<s>[-/.、\s])\s*(?P<m>[0-9]{{1,2}})\s*(?P=s)\s*(?P<d>[0-9]{{1,2}})[日号]?", _day),
        (rf"{_YEAR}\s*年\s*(?P<m>[0-9]{{1,2}})\s*月\s*(?P<d>[0-9]{{1,2}})\s*[日号]?", _day),
        (rf"{_YEAR}(?P<m>[0-9]{{2}})(?P<d>[0-9]{{2}})", _day),
        (rf"{_YEAR}(?P<m>[0-9]{{2}})", _six_digits),
        (rf"{_YEAR}\s*[-/.]\s*(?P<m>[0-9]{{1,2}})\s*(?:月份?)?", _month),
        (rf"{_YEAR}\s*年\s*(?P<m>[0-9]{{1,2}})\s*(?:月份?)?", _month),
        (rf"(?P<m>[0-9]{{1,2}})\s*[-/.]\s*{_YEAR}", _month),
        (rf"{_YEAR}\s*(?:年度?|年?全年|年全年度|fy|cy)?", _year),
        (rf"(?:fy|cy|year)\s*{_YEAR}", _year),
        (rf"{_YEAR}\s*年?度?\s*第?(?P<q>[一二三四1234])季度?", _quarter),
        (rf"{_YEAR}\s*[-/.]?\s*q(?P<q>[1234])", _quarter),
        (rf"q(?P<q>[1234])\s*[-/.]?\s*{_YEAR}", _quarter),
        (rf"{_YEAR}\s*年?度?\s*(?P<h>[上下])半年", _half),
        (rf"{_YEAR}\s*[-/.]?\s*h(?P<h>[12])", _half),
        (rf"(?P<a>[0-9]{{1,2}})\s*(?P<s>[-/.])\s*(?P<b>[0-9]{{1,2}})\s*(?P=s)\s*{_YEAR}", _year_last),
        (rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[-\s,]*{_NAMED}[-\s,]*{_YEAR}", _named),
        (rf"{_NAMED}[-\s,]*(?:(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?[-\s,]+)?{_YEAR}", _named),
        (rf"{_YEAR}[-\s,]*{_NAMED}(?:[-\s,]*(?P<d>[0-9]{{1,2}}))?", _named),
        (
            r"(?P<yy>[0-9]{2})\s*年(?:\s*(?P<m>[0-9]{1,2})\s*月(?:份|\s*(?P<d>[0-9]{1,2})\s*[日号]?)?)?",
            _chinese_short_year,
        ),
        (r"(?P<a>[0-9]{1,2})\s*(?P<s>[-/.])\s*(?P<b>[0-9]{1,2})\s*(?P=s)\s*(?P<c>[0-9]{1,2})", _short_year),
        (r"[0-9]{1,2}\s*月份?(?:\s*[0-9]{1,2}\s*[日号]?)?|[0-9]{1,2}\s*月?\s*[-~至到]\s*[0-9]{1,2}\s*月份?", _yearless),
        (r"[0-9]{1,2}[-/.][0-9]{1,2}", _yearless),
    )
)


def _single(text: str) -> Result:
    for form, read in _FORMS:
        found = form.fullmatch(text)
        if found:
            return read({name: part for name, part in found.groupdict().items() if part is not None})
    return None


# --- from one to another ----------------------------------------------------------------------------------------------

_STRONG = pattern(r"\s*(?:起?至|起?到|~+|—+|–|\bto\b|\buntil\b)\s*", re.IGNORECASE)
_WEAK = pattern(r"\s*-+\s*")
_UNTIL = pattern(r"^(?:from|自|从)\s*|\s*(?:止|为止|期间)$", re.IGNORECASE)


def _between(text: str) -> Result:
    """Read `2025.1.1-12.31`, `2025年1-12月`: cut where both sides are dates; exactly one cut may do."""
    bare = _UNTIL.sub("", text)
    cuts = list(_STRONG.finditer(bare)) or list(_WEAK.finditer(bare))
    results = [found for cut in cuts if (found := _ends(bare[: cut.start()], bare[cut.end() :])) is not None]
    spans = [result for result in results if isinstance(result, Span)]
    if len(spans) == 1:
        return spans[0]
    return results[0] if len(results) == 1 else None


def _ends(left: str, right: str) -> Result:
    first = _single(left)
    if not isinstance(first, Span):
        return first if isinstance(first, Unreadable) and first.why != "no-year" else None
    last = _single(right)
    if not isinstance(last, Span):
        last = _same_year(first, left, right) or last
    if not isinstance(last, Span):
        return last
    if last.end < first.start:
        return Unreadable("reversed", first.start, last.end)
    return Span(first.start, last.end, "period")


_SHORT_DAY = pattern(r"(?:(?P<m>[0-9]{1,2})\s*[-/.月]\s*)?(?P<d>[0-9]{1,2})\s*[日号]?")
_SHORT_MONTH = pattern(r"(?P<m>[0-9]{1,2})\s*(?:月份?)?")


def _same_year(first: Span, left: str, right: str) -> Result:
    """Read the end of a period that leaves out its year, or year and month: 2025.1.1-12.31, 2025年1-12月.

    2025.1-12 is a year's months, but 2025/3-12 could also be the twelfth of March with a slip.
    """
    form = {"day": _SHORT_DAY, "month": _SHORT_MONTH}.get(first.precision)
    found = form.fullmatch(right) if form else None
    if not found:
        return None
    if first.precision == "month":
        number = int(found["m"])
        slip = day(first.start.year, first.start.month, number)
        if isinstance(slip, Span) and "年" not in left and "月" not in right and (first.start.month, number) != (1, 12):
            return Unreadable("ambiguous", first.start, slip.start)
        return month(first.start.year, number)
    return day(first.start.year, int(found["m"] or first.start.month), int(found["d"]))


# --- the text ---------------------------------------------------------------------------------------------------------

_LONGEST = 80  # characters
_NUMERAL = pattern(r"[零〇一二三四五六七八九十]+(?=\s*[年月日号])")
_TIME = pattern(
    r"(?<=[0-9日号])(?:T|\s+|(?<=[日号]))(?:上午|下午)?\s*[0-9]{1,2}[:时][0-9]{2}(?:[:分][0-9]{2}(?:\.[0-9]+)?)?[分秒]?"
    r"\s*(?:[ap]m)?(?:z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_WEEKDAY = pattern(r"\s*[(]?(?:星期|礼拜|周)[一二三四五六日天][)]?\s*")
_WRAPPED = pattern(r"^[(\[【](.*)[)\]】]$")
_YEAR_END = pattern(r"(?<=[0-9])\s*年(?:年?[底末]|度末)")
_YEAR_START = pattern(r"(?<=[0-9])\s*年年?初")


def read_span(text: str) -> Result:
    """Return the days that a text names, why they are not certain, or None where it names none."""
    if len(text) > _LONGEST:
        return None
    bare = _WRAPPED.sub(r"\1", even(text)).strip()
    bare = _TIME.sub("", _WEEKDAY.sub("", _NUMERAL.sub(_in_digits, bare))).strip(" .。;；,")
    bare = _YEAR_END.sub("年12月31日", _YEAR_START.sub("年1月1日", bare))
    single = _single(bare)
    return single if isinstance(single, Span) else _between(bare) or single


def _in_digits(found: re.Match[str]) -> str:
    value = whole_numeral(found[0].replace("〇", "零"))
    return found[0] if value is None else str(int(value))
