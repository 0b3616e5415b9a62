"""The study's own particulars, and the consultant's settings with their defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef
from workbook_engine.model import Settings, Study
from workbook_engine.normalize.context import Context, Slot, form_slot
from workbook_engine.normalize.ratios import read_ratio
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence


DEFAULT_FACTOR_SET = "gbt32151"
DEFAULT_ELECTRICITY_SERIES = "electricity_footprint"  # what a CFP wants: life cycle, not combustion only
NEWEST_YEAR = Text("不晚于数据的最近年份", "the newest year not after the data")
DEFAULT_GWP_SET = "AR6"  # ISO 14067:2018, 6.5.1: the latest IPCC GWP100
DEFAULT_DECIMALS_AMOUNT = 4  # as the published reports print
DEFAULT_DECIMALS_SHARE = 2
DEFAULT_CUTOFF_FLOW = 0.01  # by convention of these studies: a flow under 1 % of the whole …
DEFAULT_CUTOFF_TOTAL = 0.05  # … and all of them together at most 5 %
YEAR_DAYS = (365, 366)
YEARS_BEFORE, YEARS_AFTER = 10, 4  # from the years of the library's electricity: further off is a slip of the keyboard


def read_study(context: Context) -> Study:
    """Read company, report and reference period."""
    texts = {}
    for key in ("company", "address", "report_no", "standards"):
        slot = form_slot(context, "study", key)
        slot.require()
        texts[key] = slot.words()
    boundary = form_slot(context, "study", "boundary_type")
    boundary.require()
    start, end = _read_period(context)
    context.months = _months(start, end)
    return Study(
        company=texts["company"],
        address=texts["address"],
        report_no=texts["report_no"],
        standards=texts["standards"],
        boundary_type=boundary.choice() or "",
        period_start=start,
        period_end=end,
    )


def _read_period(context: Context) -> tuple[datetime.date | None, datetime.date | None]:
    first, last = form_slot(context, "study", "period_start"), form_slot(context, "study", "period_end")
    start, end = first.date(), last.date(end_of_period=True)
    if last.cell is None and (whole := first.span()):
        end = _taken_from_the_other(last, whole.end, first)
    elif first.cell is None and (whole := last.span()):
        start = _taken_from_the_other(first, whole.start, last)
    else:
        first.require()
        last.require()
    if start and end:
        days = (end - start).days + 1
        if days < 1:
            context.report(catalogue.PERIOD_REVERSED, last.where, start=start, end=end)
        elif days not in YEAR_DAYS:
            context.report(catalogue.PERIOD_NOT_A_YEAR, last.where, start=start, end=end, days=days)
        _check_years(context, ((first, start), (last, end)))
    return start, end


def _check_years(context: Context, ends: Sequence[tuple[Slot, datetime.date]]) -> None:
    """Ask about a period that is years away from what the library knows: 2042 typed for 2024."""
    years = context.library.electricity_years()
    if not years:
        return
    off = [slot for slot, day in ends if not min(years) - YEARS_BEFORE <= day.year <= max(years) + YEARS_AFTER]
    if off:
        (_, start), (_, end) = ends
        known = f"{min(years)}–{max(years)}"
        context.report(catalogue.PERIOD_FAR_OFF, off[0].where, start=start, end=end, years=known)


def check_headings(context: Context, study: Study) -> None:
    """Ask about columns whose heading names a year that the reference period does not touch: last year's data."""
    if not study.years:
        return
    for table in context.submission.tables.values():
        for key, (year, typed) in table.heading_years.items():
            if year not in study.years:
                params = {"typed": typed, "start": study.period_start, "end": study.period_end}
                where = CellRef(table.sheet, table.header_row, table.columns[key])
                context.report(catalogue.HEADING_OF_OTHER_YEAR, where, year=year, **params)


def _taken_from_the_other(blank: Slot, value: datetime.date | None, other: Slot) -> datetime.date | None:
    """Return what the other cell says of both ends, 2025年1月-12月, and say so."""
    blank.context.report(catalogue.UNDERSTOOD_AS, blank.where, typed=other.text, value=value)
    return value


def _months(start: datetime.date | None, end: datetime.date | None) -> frozenset[int]:
    """Return the months of the period: none where it is longer than a year, all where it is not known."""
    if start is None or end is None or end < start:
        return frozenset(range(1, 13))
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    last = count - 1 if count == 13 and start.day > end.day else count  # 2024-06-16 to 2025-06-15 is one year
    return frozenset() if last > 12 else frozenset((start.month - 1 + n) % 12 + 1 for n in range(last))


def read_settings(context: Context) -> Settings:
    """Read the consultant's choices; what is left open takes the default, with a note."""
    return Settings(
        factor_set=_factor_set(context),
        electricity_series=_choice(context, "electricity_series", DEFAULT_ELECTRICITY_SERIES),
        electricity_year=_electricity_year(context),
        electricity_region=form_slot(context, "settings", "electricity_region").words(),
        gwp_set=_choice(context, "gwp_set", DEFAULT_GWP_SET),
        decimals_amount=_decimals(context, "decimals_amount", DEFAULT_DECIMALS_AMOUNT),
        decimals_share=_decimals(context, "decimals_share", DEFAULT_DECIMALS_SHARE),
        cutoff_flow=_criterion(context, "cutoff_flow", DEFAULT_CUTOFF_FLOW),
        cutoff_total=_criterion(context, "cutoff_total", DEFAULT_CUTOFF_TOTAL),
        include_credits=form_slot(context, "settings", "credits").choice() == "included",
    )


def _criterion(context: Context, key: str, default: float) -> float:
    ratio = read_ratio(form_slot(context, "settings", key))
    return ratio.value if ratio else default


def _choice(context: Context, key: str, default: str) -> str:
    slot = form_slot(context, "settings", key)
    if not slot.text:
        title: Text | str = next((choice.title for choice in slot.spec.choices if choice.key == default), default)
        context.report(catalogue.SETTING_DEFAULTED, slot.where, field=slot.spec.title, value=title)
    return slot.choice() or default


def _factor_set(context: Context) -> str:
    slot = form_slot(context, "settings", "factor_set")
    text = slot.words()
    if not text:
        context.report(catalogue.SETTING_DEFAULTED, slot.where, field=slot.spec.title, value=DEFAULT_FACTOR_SET)
        return DEFAULT_FACTOR_SET
    found = context.library.find_factor_set(text)
    if found is None:
        choices = joined(context.library.factor_sets)
        context.report(catalogue.FACTOR_SET_UNKNOWN, slot.where, typed=text, choices=choices)
        return DEFAULT_FACTOR_SET
    return found


def _electricity_year(context: Context) -> int | None:
    slot = form_slot(context, "settings", "electricity_year")
    if not slot.text:
        context.report(catalogue.SETTING_DEFAULTED, slot.where, field=slot.spec.title, value=NEWEST_YEAR)
    return slot.year()


def _decimals(context: Context, key: str, default: int) -> int:
    number = form_slot(context, "settings", key).whole_number()
    return int(number.value) if number else default
