"""Read a date or a period as people type it: texts, serial numbers of both date systems, years typed as numbers.

Plausible are the years 1990 to 2100: a date cell outside them (1905-07-17) is a year (2025) typed into a cell that is
formatted as a date, or a slip. A number is a serial only where its date is plausible, so years (2025), months (202501),
days (20250101) and serials (45658) cannot be taken for one another.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.frozen import frozen
from workbook_engine.grid import day_of
from workbook_engine.normalize import number_words as words
from workbook_engine.normalize.numerals import even
from workbook_engine.normalize.spans import Precision, Span, Unreadable, month, read_span
from workbook_engine.normalize.wording import figure, shown, uncalculated
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from workbook_engine.findings import CellRef, FindingType
    from workbook_engine.grid import Cell

DateKind = Literal["date", "blank", "nothing", "pending", "same", "unclear"]  # as NumberKind of numbers.py

FIRST_YEAR, LAST_YEAR = 1990, 2100


@frozen
class DateReading:
    """What a cell says where a date belongs. `value` is None unless `kind` is "date".

    `start` and `end` are the first and last day that the text names: a day, a month, a year, a period.
    """

    kind: DateKind
    value: dt.date | None = None
    typed: str = ""
    start: dt.date | None = None
    end: dt.date | None = None
    precision: Precision | None = None
    types: tuple[FindingType, ...] = ()
    first: dt.date | None = None  # the two readings of an ambiguous date
    second: dt.date | None = None

    @property
    def notes(self) -> list[tuple[FindingType, dict[str, object]]]:
        """Return what is to be said about the cell: types of findings with the parameters of their sentences."""
        dates = {"value": self.value, "start": self.start, "end": self.end, "first": self.first, "second": self.second}
        params: dict[str, object] = {name: "" if date is None else date.isoformat() for name, date in dates.items()}
        return [(each, {"typed": self.typed, **params}) for each in self.types]

    def findings(self, where: CellRef) -> list[Finding]:
        """Return the notes as findings at a cell."""
        return [Finding(each, where, params) for each, params in self.notes]


BLANK = DateReading("blank")


def read_date(cell: Cell | None, *, date1904: bool = False, end_of_period: bool = False) -> DateReading:
    """Return what a cell says where one date belongs. Of a month, a year or a period, its first or its last day."""
    reading = read_period(cell, date1904=date1904)
    if reading.kind != "date" or reading.precision == "day":
        return reading
    value = reading.end if end_of_period else reading.start
    note = catalogue.DATE_IS_PERIOD if reading.precision == "period" else catalogue.DATE_COMPLETED
    return replace(reading, value=value, types=(note,))


def read_period(cell: Cell | None, *, date1904: bool = False) -> DateReading:
    """Return what a cell says where a period belongs: `start` and `end` of what it names, `value` the first day."""
    if cell is None:
        return BLANK
    if cell.kind == "text":
        return _read_text(str(cell.value), date1904=date1904)
    if cell.kind in ("number", "date") and isinstance(cell.value, float | int) and math.isfinite(cell.value):
        return _read_number(cell.value, is_date=cell.kind == "date", date1904=date1904)
    if cell.kind == "uncached":
        return _unclear(*uncalculated(cell.formula or ""))
    return _unclear(str(cell.value), catalogue.CELL_ERROR if cell.kind == "error" else catalogue.NOT_A_DATE)


def _unclear(typed: str, kind: FindingType) -> DateReading:
    return DateReading("unclear", typed=typed, types=(kind,))


def _read(typed: str, span: Span, *types: FindingType) -> DateReading:
    """Return the reading of certain days, if their years are plausible."""
    if span.start.year < FIRST_YEAR or span.end.year > LAST_YEAR:
        return _unclear(typed, catalogue.DATE_IMPLAUSIBLE)
    return DateReading("date", span.start, typed, span.start, span.end, span.precision, types)


# --- texts ------------------------------------------------------------------------------------------------------------

_WORD_TYPES: dict[words.WordKind, tuple[FindingType, ...]] = {
    "nothing": (),
    "pending": (catalogue.VALUE_PENDING,),
    "same": (catalogue.VALUE_SAME_AS_ABOVE,),
}
_WHY = {
    "ambiguous": catalogue.DATE_AMBIGUOUS,
    "impossible": catalogue.DATE_IMPOSSIBLE,
    "no-year": catalogue.DATE_WITHOUT_YEAR,
    "reversed": catalogue.PERIOD_REVERSED,
}


_SERIAL_TEXT = pattern(r"[0-9]{5}(?:\.[0-9]+)?")


def _read_text(text: str, *, date1904: bool) -> DateReading:
    evened, typed = simplified(even(text)), shown(text)
    if not evened:
        return BLANK
    word = words.STANDS_FOR.get(evened.casefold().rstrip("。"))
    if word:
        return DateReading(word[0], typed=typed, types=_WORD_TYPES[word[0]])
    if evened.casefold() in words.ERROR_CODES:
        return _unclear(typed, catalogue.CELL_ERROR)
    if _SERIAL_TEXT.fullmatch(evened):
        return replace(_read_number(float(evened), is_date=False, date1904=date1904), typed=typed)
    result = read_span(evened)
    if isinstance(result, Span):
        is_plain = result.precision != "day" or evened == result.start.isoformat()  # typed as asked: nothing to say
        return _read(typed, result, *(() if is_plain else (catalogue.DATE_AS_TEXT,)))
    return _refused(typed, result)


def _refused(typed: str, result: Unreadable | None) -> DateReading:
    if result is None:
        return _unclear(typed, catalogue.NOT_A_DATE)
    reading = _unclear(typed, _WHY[result.why])
    if result.why == "reversed":
        return replace(reading, start=result.first, end=result.second)
    return replace(reading, first=result.first, second=result.second)


# --- numbers ----------------------------------------------------------------------------------------------------------


def _read_number(value: float, *, is_date: bool, date1904: bool) -> DateReading:
    """Read a date cell, or a number in a date's place: a year, year.month, yyyymm, yyyymmdd, or a serial."""
    typed = figure(value)
    if is_date:
        span = _serial(value, date1904=date1904)
        return _read(span.start.isoformat(), span) if span else _unclear(typed, catalogue.DATE_IMPLAUSIBLE)
    if FIRST_YEAR <= value < LAST_YEAR + 1:
        return _year_and_month(value, typed)
    span = _serial(value, date1904=date1904)
    if span and FIRST_YEAR <= span.start.year <= LAST_YEAR:
        return _read(typed, span, catalogue.DATE_AS_SERIAL)
    result = read_span(typed)
    return _read(typed, result, catalogue.DATE_AS_TEXT) if isinstance(result, Span) else _refused(typed, result)


def _serial(value: float, *, date1904: bool) -> Span | None:
    date = day_of(value, date1904=date1904)
    return Span(date, date, "day") if date else None


def _year_and_month(value: float, typed: str) -> DateReading:
    """Read 2025 and 2025.12. The number 2025.1 is January typed so, or October, whose last digit Excel drops."""
    year, hundredths = divmod(round(value * 100), 100)
    if abs(value * 100 - round(value * 100)) > 1e-6:
        return _unclear(typed, catalogue.NOT_A_DATE)
    if hundredths == 0:
        span = read_span(str(year))
    elif hundredths == 10:
        span = Unreadable("ambiguous", dt.date(year, 1, 1), dt.date(year, 10, 1))
    else:
        span = month(year, hundredths if hundredths <= 12 else hundredths // 10 if hundredths % 10 == 0 else 0)
    return _read(typed, span) if isinstance(span, Span) else _refused(typed, span)
