"""The period in every form of dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case

# First and last day as people type them; the truth is 2025-01-01 to 2025-12-31 (or the year of the example).
DATES = {
    "dots": ("{y}.1.1", "{y}.12.31"),
    "slashes": ("{y}/1/1", "{y}/12/31"),
    "Chinese": ("{y}年1月1日", "{y}年12月31日"),
    "Chinese months": ("{y}年1月", "{y}年12月"),
    "Chinese numerals": ("二〇{d}年一月一日", "二〇{d}年十二月三十一日"),
    "eight digits": ("{y}0101", "{y}1231"),
    "eight digits as number": (0.0, 0.0),
    "serial numbers": (-1.0, -1.0),
    "months with a hyphen": ("{y}-01", "{y}-12"),
    "years": ("{y}年", "{y}年"),
    "English": ("1 Jan {y}", "31 Dec {y}"),
    "American with a day that is no month": ("1/1/{y}", "12/31/{y}"),
    "with the time": ("{y}-01-01 00:00:00", "{y}-12-31 00:00:00"),
    "full-width": ("２０２５－０１－０１", "２０２５－１２－３１"),
    "traditional": ("{y}年1月1日", "{y}年12月31號"),
    "beginning and end of the year": ("{y}年初", "{y}年底"),
    "with the weekday": ("{y}年1月1日（周一）", "{y}年12月31日 星期三"),
    "month before the year": ("01/{y}", "12/{y}"),
    "a period in both cells": ("{y}年1-12月", "{y}年1-12月"),
    "in brackets": ("（{y}-01-01）", "（{y}-12-31）"),
}


def _dates(first: str | float, last: str | float) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        start, end = case.field_cell("study.period_start"), case.field_cell("study.period_end")
        case.claim(start)
        assert case.start
        assert case.end
        year = case.start.year
        if isinstance(first, float):
            for cell, day in ((start, case.start), (end, case.end)):
                serial = (day - dt.date(1899, 12, 30)).days  # 1 January 1900 is 1, and 29 February 1900 is counted
                cell.value = float(serial) if first else float(f"{day:%Y%m%d}")
        else:
            numeral = "".join("〇一二三四五六七八九"[int(n)] for n in str(year)[2:])
            if "２" in first and year != 2025:
                raise NotApplicableError
            start.value = first.format(y=year, d=numeral)
            end.value = str(last).format(y=year, d=numeral)
        case.allow(start, end)

    return mutate


for _name, (_first, _last) in DATES.items():
    typed(f"dates: {_name}")(_dates(_first, _last))


for _name, (_key, _value) in {
    "blank": ("period_start", None),
    "words": ("period_end", "去年"),
    "no such day": ("period_end", "2025-02-30"),
    "two readings": ("period_start", "3/4/2025"),
    "reversed": ("period_end", "2020-01-01"),
    "without its year": ("period_start", "1月1日"),
    "error value": ("period_end", "#VALUE!"),
}.items():

    @typed(f"dates: {_name}")
    def _(case: Case, key: str = _key, value: object = _value) -> None:
        case.claim(case.field_cell("study.period_start"))
        cell = case.field_cell(f"study.{key}")
        cell.value = value  # type: ignore[assignment]
        case.need(cell)


for _name, _text in {
    "a year": "{y}年度",
    "months of a year": "{y}年1月-12月",
    "from and to": "{y}.1.1-{y}.12.31",
    "from and to in words": "{y}年1月1日至{y}年12月31日",
}.items():

    @typed(f"dates: the whole period in one cell, the other blank: {_name}")
    def _(case: Case, text: str = _text) -> None:
        cells = [case.field_cell("study.period_start"), case.field_cell("study.period_end")]
        case.claim(cells[0])
        assert case.start
        case.rng.shuffle(cells)
        cells[0].value, cells[1].value = text.format(y=case.start.year), None
        case.allow(*cells)
        case.mentioned(cells[1])


@typed("dates: same as above")
def _(case: Case) -> None:
    case.claim(case.field_cell("study.period_start"))
    cell = case.field_cell("study.period_end")
    cell.value = "同上"
    case.need(cell)


@typed("dates: cells of a date's format, counted from 1904")
def _(case: Case) -> None:
    """As Excel for the Mac saved for decades: the workbook says so, and each serial number is 1,462 smaller."""
    start, end = case.field_cell("study.period_start"), case.field_cell("study.period_end")
    case.claim(start)
    assert case.start
    assert case.end
    case.book.date1904 = True
    style = case.book.date_style()
    for cell, day in ((start, case.start), (end, case.end)):
        cell.value, cell.style = float((day - dt.date(1904, 1, 1)).days), style


@typed("dates: cells of a date's format")
def _(case: Case) -> None:
    start, end = case.field_cell("study.period_start"), case.field_cell("study.period_end")
    case.claim(start)
    assert case.start
    assert case.end
    style = case.book.date_style()
    for cell, day in ((start, case.start), (end, case.end)):
        cell.value, cell.style = float((day - dt.date(1899, 12, 30)).days), style
