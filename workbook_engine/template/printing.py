"""Paper: A4 (A3 for sheets too wide to be read on it), each sheet one page wide, headings repeated, page numbers.

There is no print area on purpose: it would cut off, in silence, what a company fills in below it. Instead only the
first rows of a table are drawn from the start (blocks.DRAWN_ROWS); a blank row beyond them has nothing to print, and a
row that is reached is drawn and printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.spec.words import PAGE_OF, VERSION
from workbook_engine.template.layout import FIRST_COLUMN, PAGE_HEIGHT, PAGE_WIDTH, TITLE_ROW, points_across

if TYPE_CHECKING:
    from workbook_engine.template.layout import BookPlan, SheetPlan
    from workbook_engine.texts import Language
    from workbook_engine.writing import SheetWriter

A3, A4 = 8, 9
LEAST_SCALE = 0.5  # 10 points shrunk to 5 can just be read


def set_up_page(sheet: SheetWriter, plan: SheetPlan, book: BookPlan) -> None:
    """Set up the paper and the frozen panes of a sheet of the spec."""
    across = PAGE_WIDTH if plan.sheet.landscape else PAGE_HEIGHT
    is_wide = points_across(plan.widths.values()) * LEAST_SCALE > across
    set_up_paper(sheet, book, landscape=plan.sheet.landscape, paper=A3 if is_wide else A4)
    table = plan.only_table
    if table is not None:
        sheet.repeat_rows(table.need_row - 1, table.header_row - 1)
        sheet.freeze_panes(table.header_row, FIRST_COLUMN)
        sheet.autofilter(table.header_row - 1, FIRST_COLUMN - 1, table.last_row - 1, table.last_column - 1)
    else:
        sheet.repeat_rows(TITLE_ROW - 1)
        sheet.freeze_panes(TITLE_ROW, 0)


def set_up_paper(sheet: SheetWriter, book: BookPlan, *, landscape: bool, paper: int = A4) -> None:
    """Set the paper, the direction, one page across, margins, and what stands at the head and foot of each page."""
    sheet.set_paper(paper)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.65, bottom=0.6)
    sheet.center_horizontally()
    language: Language = book.language
    title = book.spec.title.to(language).replace("&", "&&")
    version = VERSION.to(language) + book.spec.version
    sheet.set_header(f"&L&8{title}&R&8&A")
    sheet.set_footer(f"&L&8{version}&R&8{PAGE_OF.to(language)}")
