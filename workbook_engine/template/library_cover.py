"""The first sheet of the factor library: what it is, how to add to it, what the reading tiers mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.factors.columns import LIBRARY, TABLES, TIERS
from workbook_engine.factors.facts import LIBRARY_VERSION
from workbook_engine.grid import quote_sheet
from workbook_engine.spec.schema import LIBRARY_MARK
from workbook_engine.template.library_look import DARK, LINE, MUTED, OWN, text_height
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.texts import Language
    from workbook_engine.writing import BookWriter, Format, SheetWriter

HOW_TO = (
    Text(
        "本工作簿是核算用的因子库：企业填写的能源、材料、运输方式和气体，都在这里找到因子。",
        "This workbook holds the factors of a footprint study: the energy, materials, transport and gases that a company names are found here.",
    ),
    Text(
        "数值和单位按来源文件印出，不作改动；换算由程序完成。来源、年份、地区和读取等级随因子写入结果。",
        "Values and units are as their documents print them; the program converts. Source, year, region and tier go into the results.",
    ),
    Text(
        "添加自有因子：在“排放因子”或“燃料”表末尾的浅黄色行填写；编号不得重复，系列选“自有因子”，来源写全。新的流先在“流”表中添加。",
        "Your own factors go into the pale yellow rows at the end of the sheets of factors or fuels: an id of its own, the series “Own factors”, the full source. Add a new flow to the sheet of flows first.",
    ),
    Text(
        "采用次序：数据行指定的因子 → 因子集指定的因子 → 电力和 GWP 按核算设置 → 其余按“系列”表的默认次序。",
        "Order of choice: named by the line; named by the factor set; electricity and GWP by the settings; all else by the order of the series.",
    ),
    Text(
        "电力有两个系列：碳足迹因子（全生命周期，kgCO2e）用于产品碳足迹；二氧化碳排放因子只含发电排放。两者不可混用。",
        "Electricity has two series: the carbon-footprint factor (life cycle, kgCO2e) is for product footprints, the CO2 emission factor covers generation only. They are not to be mixed.",
    ),
    Text(
        "CPCD 为文献或数据库值，质量未评级；英国政府因子是替代值。这两个系列只有被指定时才采用，并在结果中注明。",
        "CPCD holds literature and database values of no stated quality; the UK factors are proxies. Both are used only where named, and the results say so.",
    ),
    Text(
        "可以改动表名、列序，可以增删行；请保留隐藏的 A 列和第 3 行，程序靠它们认列。",
        "Sheets may be renamed, columns moved, rows added; keep the hidden column A and row 3, by which the columns are found.",
    ),
)
_HOW_TITLE = Text("用法", "How to use it")
_SHEETS_TITLE = Text("各表", "Sheets")
_TIER_TITLE = Text("读取等级（从优到次）", "Tiers, best first")
_COLOURS_TITLE = Text("颜色", "Colours")
_OWN_ROWS = Text("浅黄色：供添加自有因子的行", "Pale yellow: rows for entries of your own")

FIRST, SECOND = 2, 3
WIDTH, FONT_SIZE = 110, 10


def write_cover(book: BookWriter, language: Language) -> None:
    """Write the first sheet, with the table that carries the library's version."""
    sheet = book.sheet(LIBRARY.sheet.to(language))
    sheet.column(1, 2, hidden=True)
    sheet.column(FIRST, 16)
    sheet.column(SECOND, WIDTH)
    sheet.text(1, FIRST, LIBRARY.intro.to(language), book.style(bold=True, font_size=18, font_color=DARK))
    sheet.row(1, height=32)
    _write_version(book, sheet, language)
    row = _section(book, sheet, 7, _HOW_TITLE, [(str(n), line) for n, line in enumerate(HOW_TO, 1)], language)
    row = _sheets(book, sheet, row, language)
    row = _section(book, sheet, row, _TIER_TITLE, list(TIERS.items()), language)
    _heading(book, sheet, row, _COLOURS_TITLE, language)
    sheet.blank(row + 1, FIRST, book.style(bg_color=OWN, border=1, border_color=LINE))
    sheet.text(row + 1, SECOND, _OWN_ROWS.to(language), _body(book))
    _set_page(sheet)


def _write_version(book: BookWriter, sheet: SheetWriter, language: Language) -> None:
    column = LIBRARY.columns[0]
    sheet.text(3, 1, LIBRARY_MARK)
    sheet.text(3, FIRST, column.key)
    sheet.row(3, hidden=True)
    sheet.text(4, FIRST, column.title.to(language), book.style(font_size=9, font_color=MUTED))
    sheet.text(5, FIRST, LIBRARY_VERSION, book.style(bold=True, font_size=11))


def _heading(book: BookWriter, sheet: SheetWriter, row: int, title: Text, language: Language) -> None:
    style = book.style(bold=True, font_size=11, font_color="#FFFFFF", bg_color=DARK, valign="vcenter", indent=1)
    sheet.text(row, FIRST, title.to(language), style)
    sheet.blank(row, SECOND, style)
    sheet.row(row, height=20)


def _section(
    book: BookWriter, sheet: SheetWriter, row: int, title: Text, lines: Sequence[tuple[str, Text]], language: Language
) -> int:
    """Write a heading and its lines; return the row after the blank one below them."""
    _heading(book, sheet, row, title, language)
    for number, (label, line) in enumerate(lines, row + 1):
        sheet.text(number, FIRST, label, _body(book))
        sheet.text(number, SECOND, line.to(language), _body(book))
        sheet.row(number, height=text_height(line.to(language), WIDTH, FONT_SIZE))
    return row + len(lines) + 2


def _sheets(book: BookWriter, sheet: SheetWriter, row: int, language: Language) -> int:
    _heading(book, sheet, row, _SHEETS_TITLE, language)
    link = book.style(
        font_size=FONT_SIZE, font_color="#2E75B6", underline=1, valign="vcenter", border=1, border_color=LINE, indent=1
    )  # fmt: skip
    others = [table for table in TABLES if table is not LIBRARY]
    for number, table in enumerate(others, row + 1):
        name = table.sheet.to(language)
        sheet.text(number, FIRST, name, link)
        sheet.link(number, FIRST, f"{quote_sheet(name)}!A1", name)
        sheet.text(number, SECOND, table.intro.to(language), _body(book))
        sheet.row(number, height=text_height(table.intro.to(language), WIDTH, FONT_SIZE))
    return row + len(others) + 2


def _body(book: BookWriter) -> Format:
    return book.style(font_size=FONT_SIZE, text_wrap=True, valign="vcenter", border=1, border_color=LINE, indent=1)


def _set_page(sheet: SheetWriter) -> None:
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&C&8&A&R&8&P / &N")
