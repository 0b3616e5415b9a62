from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_engine.catalogue import all_types
from workbook_engine.findings import CellRef, Severity
from workbook_engine.grid import Cell, CellKind
from workbook_engine.normalize.dates import FIRST_YEAR, LAST_YEAR, DateReading, read_date, read_period

if TYPE_CHECKING:
    from collections.abc import Callable

NEW_YEAR = dt.date(2025, 1, 1)


def read(text: str, *, end: bool = False) -> DateReading:
    return read_date(Cell("text", text), end_of_period=end)


def codes(reading: DateReading) -> tuple[str, ...]:
    return tuple(kind.code for kind, _ in reading.notes)


# --- one day ----------------------------------------------------------------------------------------------------------


NEW_YEARS_DAYS = (
    *("2025.1.1", "2025-1-1", "2025/1/1", "2025年1月1日", "2025年01月01号", "20250101", "2025 01 01", "2025、1、1"),
    *("２０２５．１．１", "２０２５年１月１日", " 2025.1.1\n", "\u30002025-1-1", "2025.1.1。", "（2025年1月1日）"),
    *("2025 年 1 月 1 日", "2025-01-01T00:00:00", "2025-01-01T08:30:00.123Z", "2025-01-01 08:30", "2025/1/1 0:00:00"),
    *("2025-01-01T00:00:00+08:00", "2025年1月1日 上午9:30", "2025年1月1日9时30分", "2025年1月1日星期三"),
    *("2025-01-01 (周三)", "二〇二五年一月一日", "二零二五年一月一日", "25年1月1日", "1/1/2025", "01.01.2025"),
    *("Jan 1, 2025", "January 1st 2025", "1 Jan 2025", "1-Jan-2025", "1st January, 2025", "2025-Jan-01"),
)


def test_a_day_typed_as_it_is_asked_for_needs_no_note() -> None:
    reading = read("2025-01-01")
    assert (reading.kind, reading.value, codes(reading)) == ("date", NEW_YEAR, ())


@pytest.mark.parametrize("text", NEW_YEARS_DAYS)
def test_day_is_read_with_a_note(text: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.value, reading.precision) == ("date", NEW_YEAR, "day")
    assert codes(reading) == ("date-as-text",)
    assert read(text, end=True) == reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13/2/2025", dt.date(2025, 2, 13)),
        ("2/13/2025", dt.date(2025, 2, 13)),
        ("2024年2月29日", dt.date(2024, 2, 29)),
        ("二〇二五年十二月三十一日", dt.date(2025, 12, 31)),
        ("2025.12.31", dt.date(2025, 12, 31)),
        ("Sept. 30, 2025", dt.date(2025, 9, 30)),
    ],
)
def test_other_days(text: str, expected: dt.date) -> None:
    assert read(text).value == expected


# --- months, years, periods -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年2月", "2025-02-01", "2025-02-28"),
        ("2024年2月份", "2024-02-01", "2024-02-29"),
        ("2025.2", "2025-02-01", "2025-02-28"),
        ("2025-12", "2025-12-01", "2025-12-31"),
        ("2025.10", "2025-10-01", "2025-10-31"),
        ("202502", "2025-02-01", "2025-02-28"),
        ("02/2025", "2025-02-01", "2025-02-28"),
        ("Feb 2025", "2025-02-01", "2025-02-28"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2025年全年", "2025-01-01", "2025-12-31"),
        ("FY2025", "2025-01-01", "2025-12-31"),
        ("2025年第二季度", "2025-04-01", "2025-06-30"),
        ("2025Q4", "2025-10-01", "2025-12-31"),
        ("Q1 2025", "2025-01-01", "2025-03-31"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("2025下半年", "2025-07-01", "2025-12-31"),
    ],
)
def test_month_and_year_give_their_first_and_last_day(text: str, first: str, last: str) -> None:
    assert read(text).value == dt.date.fromisoformat(first)
    assert read(text, end=True).value == dt.date.fromisoformat(last)
    assert codes(read(text)) == codes(read(text, end=True)) == ("date-completed",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025.1.1-2025.12.31", "2025-01-01", "2025-12-31"),
        ("2025-01-01-2025-12-31", "2025-01-01", "2025-12-31"),
        ("2025-01-01 至 2025-12-31", "2025-01-01", "2025-12-31"),
        ("2025/1/1~2025/12/31", "2025-01-01", "2025-12-31"),
        ("2025年1月1日—2025年12月31日", "2025-01-01", "2025-12-31"),
        ("2025-01-01 to 2025-12-31", "2025-01-01", "2025-12-31"),
        ("自2025年1月1日起至2025年12月31日止", "2025-01-01", "2025-12-31"),
        ("2025.1.1-12.31", "2025-01-01", "2025-12-31"),
        ("2025.3.1-31", "2025-03-01", "2025-03-31"),
        ("2025年1-12月", "2025-01-01", "2025-12-31"),
        ("2025年1月-6月", "2025-01-01", "2025-06-30"),
        ("2025.1-12", "2025-01-01", "2025-12-31"),
        ("2025年3-12月", "2025-03-01", "2025-12-31"),
        ("2024年7月至2025年6月", "2024-07-01", "2025-06-30"),
        ("20250101-20251231", "2025-01-01", "2025-12-31"),
        ("202407-202506", "2024-07-01", "2025-06-30"),
        ("2024-2025", "2024-01-01", "2025-12-31"),
        ("Jan 2025 - Dec 2025", "2025-01-01", "2025-12-31"),
        ("２０２５．１．１～２０２５．１２．３１", "2025-01-01", "2025-12-31"),
    ],
)
def test_period_is_read_from_end_to_end(text: str, first: str, last: str) -> None:
    period = read_period(Cell("text", text))
    assert (period.start, period.end) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert period.precision == "period"
    assert codes(period) == ()
    assert (read(text).value, read(text, end=True).value) == (period.start, period.end)
    assert codes(read(text)) == ("date-is-period",)


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "date1904", "expected", "code"),
    [
        ("date", 45658.0, False, NEW_YEAR, None),  # Excel shows 45658 as 2025-01-01
        ("date", 45658.75, False, NEW_YEAR, None),
        ("date", 44196.0, True, NEW_YEAR, None),  # the 1904 system counts 1462 days less
        ("number", 45658.0, False, NEW_YEAR, "date-as-serial"),
        ("number", 44196.0, True, NEW_YEAR, "date-as-serial"),
        ("text", "45658", False, NEW_YEAR, "date-as-serial"),
        ("number", 20250101.0, False, NEW_YEAR, "date-as-text"),
        ("number", 2025.0, False, NEW_YEAR, "date-completed"),
        ("number", 202501.0, False, NEW_YEAR, "date-completed"),
        ("number", 2025.01, False, NEW_YEAR, "date-completed"),
        ("number", 2025.12, False, dt.date(2025, 12, 1), "date-completed"),
        ("number", 2025.2, False, dt.date(2025, 2, 1), "date-completed"),
    ],
)
def test_number_is_read_as_the_date_it_can_only_be(
    kind: CellKind, value: float | str, *, date1904: bool, expected: dt.date, code: str | None
) -> None:
    reading = read_date(Cell(kind, value), date1904=date1904)
    assert (reading.value, codes(reading)) == (expected, (code,) if code else ())


def test_number_2025_1_is_january_or_october() -> None:
    reading = read_date(Cell("number", 2025.1))  # what Excel keeps of 2025.1 and of 2025.10
    assert (reading.value, codes(reading)) == (None, ("date-ambiguous",))
    assert (reading.first, reading.second) == (NEW_YEAR, dt.date(2025, 10, 1))


def test_year_typed_into_a_date_cell_is_reported_as_what_it_shows() -> None:
    reading = read_date(Cell("date", 2025.0))  # Excel shows 1905-07-17
    assert (reading.kind, reading.value, codes(reading)) == ("unclear", None, ("date-implausible",))
    (finding,) = reading.findings(CellRef("基本信息", 8, 3))
    assert finding.message("zh") == "基本信息!C8: 日期 1905-07-17 的年份不合理。"


# --- what is not read -------------------------------------------------------------------------------------------------

UNCERTAIN = {
    "date-ambiguous": "2025/1-1 2025/1-2 2025.3-12 1/2/2025 01.02.2025 25.1.2 1/2/25 201203",
    "date-impossible": "2025.2.30 2025年2月29日 2025-13-01 20251301 32/1/2025 2025年13月 2025年0月 2025.1.1-2.30",
    "date-implausible": "1905-07-17 2150年",
    "date-without-year": "1月 1月1日 1-12月 3.15",
    "period-reversed": "2025年12月-2025年1月 2025.12.31-2025.1.1",
    "not-a-date": "abc 去年 2025.1.1.1 1-Jan-25 12345678 45658.5.1 ① 2025年1月1日和2月1日 9999-99-99 " + "2025" * 50,
    "value-pending": "待定 TBD",
    "value-same-as-above": "同上",
    "cell-error": "#REF!",
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in UNCERTAIN.items() for text in texts.split()]
)
def test_what_is_not_certain_is_reported_and_not_read(code: str, text: str) -> None:
    reading = read(text)
    assert (reading.value, codes(reading)) == (None, (code,))
    severities = {kind.code: kind.severity for kind in all_types()}
    assert severities[code] is Severity.ERROR


def test_two_readings_are_named() -> None:
    (finding,) = read("1/2/2025").findings(CellRef("基本信息", 8, 3))
    assert finding.message("zh") == "基本信息!C8: “1/2/2025”可以读成 2025-02-01 或 2025-01-02。"


@pytest.mark.parametrize("text", ["/", "无", "—", "N/A"])
def test_word_for_nothing_is_no_date(text: str) -> None:
    assert (read(text).kind, read(text).value, codes(read(text))) == ("nothing", None, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("error", "#VALUE!"), "cell-error"),
        (Cell("uncached", None, "TODAY()"), "formula-not-calculated"),
        (Cell("bool", True), "not-a-date"),  # noqa: FBT003
        (Cell("invalid", "NaN"), "not-a-date"),
        (Cell("number", 12.0), "not-a-date"),
        (Cell("date", -1.0), "date-implausible"),
        (Cell("date", 1e300), "date-implausible"),
    ],
)
def test_cell_that_holds_no_date_is_reported(cell: Cell, code: str) -> None:
    assert (read_date(cell).value, codes(read_date(cell))) == (None, (code,))


def test_blank_is_blank() -> None:
    assert read_date(None) == read("") == read("\u3000") == DateReading("blank")


# --- whatever is typed ------------------------------------------------------------------------------------------------

STYLES: list[Callable[[dt.date], str]] = [
    dt.date.isoformat,
    lambda date: f"{date.year}.{date.month}.{date.day}",
    lambda date: f"{date.year}/{date.month:02}/{date.day:02}",
    lambda date: f"{date.year}年{date.month}月{date.day}日",
    lambda date: f"{date:%Y%m%d}",
    lambda date: f"{date.year} 年{date.month} 月 {date.day} 日 10:00",
    lambda date: f"{date.day} {calendar.month_name[date.month]} {date.year}",
    lambda date: str((date - dt.date(1899, 12, 30)).days),
]
dates = st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31))


@given(dates, st.sampled_from(STYLES))
def test_day_is_read_back_in_every_style(date: dt.date, style: Callable[[dt.date], str]) -> None:
    assert read(style(date)).value == date


@given(dates, dates, st.sampled_from(STYLES[:5]), st.sampled_from(["至", "-", "~", " — ", " to "]))
def test_period_is_read_back_in_every_style(
    one: dt.date, other: dt.date, style: Callable[[dt.date], str], between: str
) -> None:
    first, last = sorted((one, other))
    period = read_period(Cell("text", style(first) + between + style(last)))
    assert (period.start, period.end) == (first, last)


@given(date=dates, date1904=st.booleans())
def test_serial_is_read_back_in_both_systems(date: dt.date, *, date1904: bool) -> None:
    epoch = dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)
    assert read_date(Cell("date", float((date - epoch).days)), date1904=date1904).value == date


@given(st.integers(1, 12), st.integers(1, 12), st.integers(FIRST_YEAR, LAST_YEAR))
def test_day_and_month_before_the_year_are_never_guessed(one: int, other: int, year: int) -> None:
    reading = read(f"{one}/{other}/{year}")
    assert reading.value == (dt.date(year, one, one) if one == other else None)


typed = st.text(alphabet=st.sampled_from("0123456789.-/年月日至~— :T十一二〇号季度上半年QJan,"), max_size=24)
kinds: st.SearchStrategy[CellKind] = st.sampled_from(get_args(CellKind))
cells = st.one_of(st.none(), st.booleans(), st.floats(), st.integers(-(10**9), 10**9), st.text(max_size=20), typed)


@given(cell=st.builds(Cell, kinds, cells), date1904=st.booleans(), end=st.booleans())
def test_no_cell_breaks_the_reader_or_passes_without_a_word(cell: Cell, *, date1904: bool, end: bool) -> None:
    reading = read_date(cell, date1904=date1904, end_of_period=end)
    assert (reading.kind == "date") == (reading.value is not None)
    if reading.value is not None:
        assert reading.start is not None
        assert reading.end is not None
        assert FIRST_YEAR <= reading.start.year <= reading.end.year <= LAST_YEAR
        assert reading.value in (reading.start, reading.end)
        assert reading.notes or cell.kind == "date"
    else:
        assert reading.kind in ("blank", "nothing") or any(kind.severity is Severity.ERROR for kind, _ in reading.notes)
    for finding in reading.findings(CellRef("表", 1, 1)):
        assert finding.message("en")
