"""The list in front of a correction copy, as a sheet: written, and found again in a copy that comes back.

Its first cell carries the template's mark for a sheet that holds no input, so reading passes over it. Hidden columns
keep the fill that each coloured cell had before, and digests of the list's own texts: what a company types over them
is found by these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook_engine.correct import words
from workbook_engine.correct.heights import POINTS_A_LINE
from workbook_engine.findings import Severity
from workbook_engine.grid import quote_sheet
from workbook_engine.spec.marks import own_text
from workbook_engine.spec.schema import MARK_ASIDE, MARK_CORRECTIONS
from workbook_engine.spec.words import PAGE_OF
from workbook_engine.widths import CLOSE, line_count, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.correct.listing import CorrectionList, Item

MARK = f"{MARK_ASIDE}sheet"
WIDTHS = (2, 6, 9, 22, 48, 48, 24, 14, 9)  # characters, from column A, which is hidden
FIRST = 2  # column
PLACE, PROBLEM, REMEDY, NOW, EFFECT, DONE = range(4, 10)
_ACROSS = {2: "center", 3: "center", EFFECT: "right", DONE: "center"}  # all else begins at the left
HIDDEN = 12  # column L: sheet, address and former fill of each coloured cell, digests of a row of the list
_KEPT = ("sheet", "address", "fill")
_MOST_OF_A_PLACE = 34.0  # characters
_MOST_NOW = 200  # characters of a cell's content that the list repeats
_ACCENT, _PALE, _LINE = "FF1F5673", "FFEEF4F7", "FFBFBFBF"


def add_list(book: Any, corrections: CorrectionList, before: Mapping[tuple[str, str], str]) -> None:
    """Put the list in front and open the workbook there. `before`: the former fills of the coloured cells."""
    page = book.create_sheet(_free_name(book, words.LIST_TITLE.to(corrections.language)), 0)
    page["A1"], page["A2"] = MARK, MARK_CORRECTIONS
    widths = _widths(corrections)
    for number, width in enumerate(widths, 1):
        page.column_dimensions[_letter(number)].width = width
    header = _head(page, corrections)
    for offset, item in enumerate(corrections.items, 1):
        _row(page, header + offset, offset, item, book, corrections, widths)
    if corrections.left_out:
        more = words.MORE.to(corrections.language).format(count=corrections.left_out)
        page.cell(header + len(corrections.items) + 1, PROBLEM, more)
    _remember(page, before)
    _sign(page)
    _set_up(page, header, corrections)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page


def _widths(corrections: CorrectionList) -> list[float]:
    """Return the widths of the columns: places stand on one line, since not every program wraps a link."""
    longest = max((text_width(item.place) for item in corrections.items), default=0.0)
    widths = list(map(float, WIDTHS))
    widths[PLACE - 1] = max(widths[PLACE - 1], min(longest + 2, _MOST_OF_A_PLACE))
    return widths


def _head(page: Any, corrections: CorrectionList) -> int:
    """Write what stands above the rows; return the number of the row of headings."""
    language = corrections.language
    page.cell(1, FIRST, f"{words.LIST_TITLE.to(language)} · {corrections.file}").font = _font(
        corrections, 16, bold=True, colour=_ACCENT
    )
    counts = {severity.value + "s": count for severity, count in corrections.counts.items()}
    said = words.COUNTS.to(language).format(**counts) if corrections.items else words.NOTHING.to(language)
    row = 2
    for sentence in (said, *corrections.remarks):
        cell = page.cell(row, FIRST, sentence)
        cell.font = _font(corrections, 10, bold=row == 2)
        cell.alignment = _alignment(wrap=True)
        page.merge_cells(start_row=row, start_column=FIRST, end_row=row, end_column=DONE)
        page.row_dimensions[row].height = POINTS_A_LINE * line_count(sentence, sum(WIDTHS[1:]), CLOSE) + 4
        row += 1
    row += 1
    for column, heading in enumerate(words.HEADINGS, FIRST):
        cell = page.cell(row, column, heading.to(language))
        cell.font = _font(corrections, 10, bold=True, colour="FFFFFFFF")
        cell.fill = _solid(_ACCENT)
        cell.alignment = _alignment(wrap=True, vertical="center", horizontal="center")
        cell.border = _border()
    page.row_dimensions[row].height = 32
    return row


def _row(
    page: Any, row: int, number: int, item: Item, book: Any, corrections: CorrectionList, widths: Sequence[float]
) -> None:
    grade = item.severity.title.to(corrections.language)
    values = (number, grade, item.place, item.problem, item.remedy, _content(book, item), item.effect_kg_co2e, "☐")
    for column, value in enumerate(values, FIRST):
        cell = page.cell(row, column)
        _write(cell, value)
        cell.font = _font(corrections, 10)
        cell.alignment = _alignment(wrap=True, horizontal=_ACROSS.get(column, "left"))
        cell.border = _border()
    page.cell(row, EFFECT).number_format = "#,##0.0000"
    grade_cell = page.cell(row, FIRST + 1)
    grade_cell.font = _font(corrections, 10, bold=True, colour=words.INK[item.severity])
    if item.severity in words.FILLS:
        grade_cell.fill = _solid(words.FILLS[item.severity])
    if item.severity is Severity.NOTE:
        page.cell(row, DONE).value = None
    _link(page.cell(row, PLACE), item, book, corrections)
    lines = max(
        line_count(str(page.cell(row, c).value or ""), widths[c - 1] - 1, CLOSE) for c in (PLACE, PROBLEM, REMEDY, NOW)
    )
    page.row_dimensions[row].height = POINTS_A_LINE * lines + 6


def _write(cell: Any, value: object) -> None:
    """Write a value; text is text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = _printable(value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
    else:
        cell.value = value


def _printable(text: str) -> str:
    """Return the text without characters that XML forbids."""
    return "".join(
        c
        for c in text
        if c in "\n\t" or (ord(c) >= 32 and not 0xD800 <= ord(c) <= 0xDFFF and ord(c) not in (0xFFFE, 0xFFFF))
    )


def _content(book: Any, item: Item) -> str | float | None:
    """Return what stands in the cell: a number as it is, a formula or text as text."""
    where = item.where
    if where is None or not where.row or not where.column or where.sheet not in book.sheetnames:
        return None
    value = book[where.sheet].cell(where.row, where.column).value
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return None if value is None else str(getattr(value, "text", value))[:_MOST_NOW]
    return float(value)


def _link(cell: Any, item: Item, book: Any, corrections: CorrectionList) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415 - as openpyxl itself

    where = item.where
    if where is None or where.sheet not in book.sheetnames:
        return
    target = f"{quote_sheet(where.sheet)}!{where.cell or f'A{where.row or 1}'}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target, display=item.place)
    cell.font = _font(corrections, 10, colour="FF0563C1", underline="single")


def _remember(page: Any, before: Mapping[tuple[str, str], str]) -> None:
    for row, ((sheet, address), fill) in enumerate(before.items(), 1):
        for column, value in enumerate((sheet, address, fill), HIDDEN):
            page.cell(row, column, value).data_type = "s"


def _sign(page: Any) -> None:
    """Keep the digests of what the list says, row by row."""
    for row in range(1, page.max_row + 1):
        place = page.cell(row, PLACE).value
        cells = ((column, page.cell(row, column).value) for column in range(FIRST, DONE + 1))
        digests = [own_text(place, column, value) for column, value in cells if value is not None]
        page.cell(row, HIDDEN + len(_KEPT)).value = " ".join(digests) or None


def _set_up(page: Any, header: int, corrections: CorrectionList) -> None:
    for letter in ("A", *(_letter(HIDDEN + n) for n in range(len(_KEPT) + 1))):
        page.column_dimensions[letter].hidden = True
    page.freeze_panes = page.cell(header + 1, FIRST)
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = words.FILLS[Severity.ERROR]
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = _fit()
    page.print_title_rows = f"{header}:{header}"
    page.print_options.horizontalCentered = True
    page.page_margins = _margins()
    page.oddHeader.right.text = "&8&A"  # fields alone: a text would be told as one that nobody reads
    page.oddFooter.right.text = f"&8{PAGE_OF.to(corrections.language)}"
    page.print_area = f"B1:{_letter(DONE)}{header + len(corrections.items) + 1}"


# --- found again ------------------------------------------------------------------------------------------------------


def remove_list(book: Any) -> dict[tuple[str, str], str]:
    """Remove the list of an earlier time; return the former fills that it kept."""
    before: dict[tuple[str, str], str] = {}
    for page in [page for page in book.worksheets if (page["A1"].value, page["A2"].value) == (MARK, MARK_CORRECTIONS)]:
        for row in range(1, page.max_row + 1):
            sheet, address, fill = (page.cell(row, HIDDEN + n).value for n in range(len(_KEPT)))
            if sheet and address:
                before[str(sheet), str(address)] = str(fill or "")
        if len(book.worksheets) > 1:
            book.remove(page)
    return before


def _free_name(book: Any, wanted: str) -> str:
    taken = {name.casefold() for name in book.sheetnames}
    names = (wanted if n == 1 else f"{wanted} ({n})" for n in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)


# --- look -------------------------------------------------------------------------------------------------------------


def _font(
    corrections: CorrectionList,
    size: int,
    *,
    bold: bool = False,
    colour: str = "FF262626",
    underline: str | None = None,
) -> Any:
    from openpyxl.styles import Font  # noqa: PLC0415 - as openpyxl itself

    return Font(name=words.FONTS[corrections.language], size=size, bold=bold, color=colour, underline=underline)


def _alignment(*, wrap: bool = False, vertical: str = "top", horizontal: str | None = None) -> Any:
    from openpyxl.styles import Alignment  # noqa: PLC0415 - as openpyxl itself

    indent = int(horizontal in ("left", "right"))  # text keeps off the lines
    return Alignment(wrap_text=wrap, vertical=vertical, horizontal=horizontal, indent=indent)


def _margins() -> Any:
    from openpyxl.worksheet.page import PageMargins  # noqa: PLC0415 - as openpyxl itself

    return PageMargins(left=0.4, right=0.4, top=0.75, bottom=0.7, header=0.3, footer=0.3)


def _solid(colour: str) -> Any:
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as openpyxl itself

    return PatternFill("solid", start_color=colour, end_color=colour)


def _border() -> Any:
    from openpyxl.styles import Border, Side  # noqa: PLC0415 - as openpyxl itself

    side = Side(style="thin", color=_LINE)
    return Border(left=side, right=side, top=side, bottom=side)


def _fit() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415 - as openpyxl itself

    return PageSetupProperties(fitToPage=True)


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as openpyxl itself

    return str(get_column_letter(column))
