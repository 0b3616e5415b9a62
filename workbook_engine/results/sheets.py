"""What all computed sheets have in common: the mark, title, header row, printing."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import Area
from workbook_engine.results.layout import HEADER_ROW
from workbook_engine.results.package import SMALL, shown, with_power
from workbook_engine.results.paging import A4_LONG, ROW_HEIGHT, SIDE_MARGINS
from workbook_engine.spec.schema import MARK_RESULTS
from workbook_engine.spec.words import PAGE_OF
from workbook_engine.widths import at_size, line_count, text_width

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from workbook_engine.findings import CellRef
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language, Text

TITLE_SIZE, TITLE_PIXELS = 16, 29  # points of its font; a line of it
HEIGHT_ABOVE = 22.0  # of a row of words just above a table
A4 = 9  # XlsxWriter's index of the paper
READABLE = 0.62  # of full size: a table that would be smaller on A4 goes over two pages side by side
MOST_OF_A_LINE = 18.0  # characters of a line of a heading that is in lines
UNIT_HEADING = "单位"
LOOSE_END = 4  # characters: so few of a heading are not left to a line of their own
MANY_THOUSANDS = 10_000.0  # kgCO2e


@frozen
class Column:
    """A column of a table of ours."""

    title: Text
    width: float


@frozen
class Table:
    """The columns of a sheet that is one table, the last that is always seen, and those that are hidden."""

    columns: Mapping[int, Column]
    kept: int
    hidden: Collection[int] = ()


def open_sheet(package: Package, job: ResultsJob, layout: Layout, key: str, title: Text, subtitle: str = "") -> Page:
    """Add a computed sheet of a study."""
    page = open_page(package, layout.sheets[key], key, title.to(layout.language), subtitle)
    print_setup(page, job.inventory.study.company, job.inventory.study.report_no, layout.language)
    return page


def open_table(
    package: Package, job: ResultsJob, layout: Layout, key: str, words: tuple[str, str], table: Table
) -> Page:
    """Add a computed sheet that is one table, with its header; `words` are the sheet's title and subtitle."""
    study = job.inventory.study
    return table_page(
        package, layout.sheets[key], (key, *words), table, layout.language, (study.company, study.report_no)
    )


def table_page(
    package: Package,
    name: str,
    words: tuple[str, str, str],
    table: Table,
    language: Language,
    around: tuple[str, str] = ("", ""),
) -> Page:
    """Add a sheet that is one table, with its header; `words` are its key, title and subtitle.

    `around` are company and report, which stand at the edges of each page.
    """
    page = _blank_page(package, name)
    print_setup(page, *around, language)
    across = set_widths(page, table.columns, language, table.hidden, table.kept)
    _write_title(page, *words, last=table.kept if across > 1 else 0)
    write_header(page, table.columns, language)
    return page


def open_page(package: Package, name: str, key: str, title: str, subtitle: str) -> Page:
    """Add a sheet of ours: hidden mark, title, subtitle, tab colour."""
    page = _blank_page(package, name)
    _write_title(page, key, title, subtitle)
    return page


def _blank_page(package: Package, name: str) -> Page:
    page = package.page(name)
    page.sheet.column(1, 2, hidden=True)
    page.sheet.set_tab_color(package.theme.dark)
    page.sheet.hide_gridlines(2)
    page.sheet.set_default_row(ROW_HEIGHT)
    return page


def _write_title(page: Page, key: str, title: str, subtitle: str, last: int = 0) -> None:
    """Write a sheet's mark, title and subtitle.

    On a sheet two pages wide they end with its `last` column that stands on both: the second page would cut them.
    """
    page.key = key
    if contents := page.package.contents(key):
        page.sheet.remember(contents)
    style = page.package.formats["title_wrap" if last else "title"]
    page.text(1, 1, MARK_RESULTS + key, "mark")
    lines = line_count(title, page.characters(range(2, last + 1)), at_size(TITLE_SIZE)) if last else 1
    page.sheet.set_row_pixels(0, TITLE_PIXELS * lines + 3)
    if last > 2:
        page.sheet.across(Area(1, 2, 1, last), title, style)
    else:
        page.sheet.text(1, 2, title, style)
    if subtitle and last:
        page.across(2, (2, last), shown(subtitle), "subtitle_wrap")
    elif subtitle:
        page.text(2, 2, shown(subtitle), "subtitle")


def print_setup(page: Page, company: str, report_no: str, language: Language, said: str = "") -> None:
    """Lay a sheet out for A4, one page wide, with company, sheet, report and page numbers around it.

    What is `said` stands above it in the middle.
    """
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    middle = f"&C&9{_header_text(said)}" if said else ""
    sheet.set_header(f"&L&9{_header_text(company)}{middle}&R&9{_header_text(page.name)}", {"scale_with_doc": False})
    sheet.set_footer(f"&L&9{_header_text(report_no)}&R&9{PAGE_OF.to(language)}")


def _header_text(text: str) -> str:
    """Return a text for a header or footer, where & begins a code; a digit would join the font size before it."""
    return " " + shown(text).replace("\n", " ")[:80].replace("&", "&&")


def write_header(page: Page, columns: Mapping[int, Column], language: Language, row: int = HEADER_ROW) -> None:
    """Write a table's header row."""
    for column, spec in sorted(columns.items()):
        page.text(row, column, spec.title.to(language), "header")


def write_section(page: Page, row: int, title: str, columns: tuple[int, int]) -> None:
    """Write the title of a part of a sheet, underlined from the first to the last of its columns."""
    first, last = columns
    page.text(row, first, title, "section")
    for column in range(first + 1, last + 1):
        page.blank(row, column, "section")


def write_band(page: Page, row: int, title: str, columns: tuple[int, int]) -> None:
    """Write the title of some of a table's rows, from the first to the last of its columns."""
    first, last = columns
    page.text(row, first, title, "band_start")
    for column in range(first + 1, last):
        page.blank(row, column, "band_inner")
    page.blank(row, last, "band_end")


def fixed(cell: str) -> str:
    """Return $A$1 for A1."""
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell.removeprefix(letters)}"


def set_widths(
    page: Page,
    columns: Mapping[int, Column],
    language: Language,
    hidden: Collection[int] = (),
    kept: int = 0,
    glued: Iterable[int] = (),
) -> int:
    """Set the widths of a table's columns, wide enough for half of a long heading (it wraps) and for its words.

    A table that could not be read on one page goes over two side by side: returns 1 or 2. `hidden` ones take no room;
    those that are `glued` to the one before them do not begin the second page, as units do not.
    """
    page.widths(
        {
            column: max(spec.width, heading_width(spec.title.to(language), spec.width))
            for column, spec in columns.items()
        }
    )
    for column in sorted(hidden):
        page.hide_column(column)
    units = (column for column, spec in columns.items() if is_unit(spec.title.zh))
    seen = columns.keys() - set(hidden)
    across = fit_pages(page, seen, kept, (*units, *glued))
    page.table = tuple(sorted(seen)) if across == 1 else ()
    return across


def is_unit(heading: str) -> bool:
    """Tell whether a heading is that of a figure's unit, which stands beside it."""
    return heading.endswith(UNIT_HEADING) or heading.lower().endswith(" unit") or heading.lower() == "unit"


def fit_pages(page: Page, columns: Collection[int], kept: int = 0, units: Iterable[int] = ()) -> int:
    """Print a table of these columns one page wide, or two where it could not be read on one; return how many.

    `kept` is the last of the columns that stand on both pages (0: not known), `units` do not begin the second.
    """
    across = 1 if page.width(columns) * READABLE <= A4_LONG - SIDE_MARGINS else 2
    page.sheet.fit_to_pages(across, 0)
    page.sheet.print_across()
    if across > 1 and kept:
        page.halves = tuple(sorted(columns)), kept, frozenset(units)
    return across


def heading_width(title: str, width: float) -> float:
    """Return the least width of a column of that heading; one that would leave a bracket on the next line gets more."""
    longest = max(map(len, title.split()), default=0) if title.isascii() else 0  # 汉字 may part anywhere
    whole = text_width(title)
    most = MOST_OF_A_LINE if "\n" in title else width + LOOSE_END  # a heading that is in lines keeps them
    return whole + 2 if width < whole + 2 <= most else max(whole / 2, longest) + 2


def freeze(page: Page, columns: int, last_row: int, last_column: int, *, with_filter: bool = True) -> None:
    """Freeze the header row and the first columns, repeat it in print, put a filter on the table."""
    page.sheet.freeze_panes(HEADER_ROW, columns)
    page.sheet.repeat_rows(HEADER_ROW - 1)
    page.sheet.repeat_columns(0, columns - 1)  # on a second page beside the first
    if with_filter and last_row > HEADER_ROW:
        page.sheet.autofilter(HEADER_ROW - 1, 1, last_row - 1, last_column - 1)


def source_link(page: Page, layout: Layout, row: int, column: int, where: CellRef | None, text: str = "") -> None:
    """Write a place of the company's workbook, as a link where its sheet came along."""
    words = text or (str(where) if where else "")
    target = layout.raw.link(where)
    if target:
        page.make_room(column, words)
        page.link(row, column, target, words)
    else:
        page.text(row, column, shown(words))


def write_texts(page: Page, row: int, texts: Sequence[tuple[int, str]], style: str = "text") -> None:
    """Write several texts in one row."""
    for column, text in texts:
        page.text(row, column, shown(text), style)


def quantity_code(value: float, decimals: int = 6) -> str:
    """Return the number format of a quantity as it was given: Excel shows the point of an open one, as in 2400."""
    return "#,##0." + "#" * decimals if value % 1 else "#,##0"


def amount_format(job: ResultsJob) -> str:
    """Return the number format of amounts and emissions."""
    return _decimals("#,##0", job.inventory.settings.decimals_amount)


def is_tiny(job: ResultsJob) -> bool:
    """Tell whether a result is so small that its fixed decimals show few of its digits, or none."""
    totals = (abs(product.cfp_kg_co2e or 0.0) for product in job.footprint.products)
    return any(0 < total < SMALL for total in totals)


def axis_format(job: ResultsJob) -> str:
    """Return the number format along the axes of charts: as it is, with thousands where there are many."""
    is_large = any(abs(product.cfp_kg_co2e or 0.0) >= MANY_THOUSANDS for product in job.footprint.products)
    return "#,##0" if is_large else "General"


def label_format(job: ResultsJob) -> str:
    """Return the number format of the figures beside a chart's bars."""
    return with_power(amount_format(job)) if is_tiny(job) else amount_format(job)


def share_format(job: ResultsJob) -> str:
    """Return the number format of shares."""
    return _decimals("0", job.inventory.settings.decimals_share) + "%"


def _decimals(whole: str, decimals: int) -> str:
    return whole + ("." + "0" * decimals if decimals > 0 else "")


def study_line(job: ResultsJob) -> str:
    """Return the study in a line: company, report number, period."""
    study = job.inventory.study
    period = f"{study.period_start} – {study.period_end}" if study.period_start and study.period_end else ""
    return "    ".join(part for part in (study.company, study.report_no, period) if part)


def difference_formula(value: str, expected: str) -> str:
    """Return value - expected, 0 where they agree to 9 digits: two ways to a figure differ in the last binary one."""
    return f"IF({expected}=0,{value}+0,IF(ROUND({value}/{expected}-1,9)=0,0,{value}-{expected}))"


def half_up(value: float, decimals: int) -> float:
    """Round as a spreadsheet does: half away from zero, of the decimal number that is shown."""
    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def digits_formula(cell: str, value: float, decimals: int, times: int = 1) -> tuple[str, str]:
    """Return formula and value of the digits of `times` a cell, to be put behind a name.

    They are put together here: TEXT and FIXED write them as each program's language does.
    """
    unit = 10**decimals
    whole = f"ROUND({times * unit}*ABS({cell}),0)"
    digits = whole
    if decimals:
        digits = f'INT({whole}/{unit})&"."&RIGHT("{"0" * decimals}"&MOD({whole},{unit}),{decimals})'
    digits = f'IF(ROUND({times * unit}*{cell},0)<0,"-","")&{digits}'
    return digits, f"{half_up(times * value, decimals) + 0.0:.{decimals}f}"  # + 0.0: no minus before a zero
