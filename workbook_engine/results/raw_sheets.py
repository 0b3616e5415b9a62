"""Writes the company's sheets into the results workbook (which ones and what lives on: raw.py)."""

from __future__ import annotations

import functools
import math
from array import array
from typing import TYPE_CHECKING

from workbook_engine.findings import CellRef
from workbook_engine.frozen import frozen
from workbook_engine.grid import HIDDEN, MONEY, PERCENT, SCALED, Cell
from workbook_engine.results.columns import TraceColumns
from workbook_engine.results.own_words import marks_of_pages
from workbook_engine.results.paging import A4_LONG, ROW_HEIGHT, SIDE_MARGINS
from workbook_engine.results.raw import MARK_COLUMN, content
from workbook_engine.results.raw_rules import validations
from workbook_engine.results.sheets import (
    TITLE_PIXELS,
    TITLE_SIZE,
    fit_pages,
    heading_width,
    print_setup,
)
from workbook_engine.spec.carried import (
    META_SHEET,
    Note,
    around_marks,
    around_of,
    carried_notes,
    digest,
    held,
    marks,
    note_marks,
)
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import MARK_FIELD, Form, Table
from workbook_engine.spec.words import FORMER, all_guidance
from workbook_engine.texts import Text
from workbook_engine.widths import at_size, line_count, text_width
from workbook_engine.writing.sheet import MAX_TEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from workbook_engine.grid import Area, Row, Sheet
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

MAX_MERGED = 200  # rows or columns of a merged area that are looked at for overlaps
MAX_TEXT_WIDTH = 36.0
LEAST_KEPT = 30.0  # of the column that stands on each of two pages
MAX_LINK_WIDTH = 56.0  # of a text that is a link and does not wrap everywhere
MOST_ON_A_PAGE = 40  # rows of a sheet that is printed on one page
MOST_BLANK = 6  # blank rows between what is printed on one page, of a sheet with several tables
MOST_OF_A_BRACKET = 22.0  # characters at the end of a heading that are not parted
MOST_OF_A_WORD = 24.0  # characters of a column that is widened for a word
MONTHS = tuple(f"month_{month:02d}" for month in range(1, 13))
LEAST_WIDTH = 8.0  # of a column that nobody used
MOST_DIGITS = 11  # that a number without a format shows
RAW_AIR = 2.5  # characters that it leaves free: what keeps it off the line, and the cell's own
KEPT_WHOLE = frozenset({"title", "subtitle"})  # what ends with the columns that stand on each of two pages
CONTACT, REMARK = "study.contact", "remark"  # a field and the columns that are not for clients
VIEW_MARK = "wbe:view:client"  # on the hidden sheet: the workbook is the client's view

NOT_KEPT = Text(
    "公式 ={detail} 在本工作簿中无法计算（外部链接、引用丢失或函数不通用），此处为读取时的值。",
    "The formula ={detail} cannot be computed here (external link, lost reference or special function); this is the "
    "value that was read.",
)
CUT = Text(
    "原文过长（{detail} 个字符），此处截断；全文见原文件。", "Too long for a cell ({detail} characters): cut here."
)
NOTES = {"formula": NOT_KEPT, "cut": CUT}
NOTHING_TOLD = Text("本表没有填写", "Nothing was filled in here")
TO_TRACE = Text("溯源 {}", "Trace {}")


@frozen
class _Look:
    """How a company's sheet is styled: its header rows, its input cells, the widths of its columns."""

    headers: frozenset[int]
    inputs: Mapping[int, frozenset[int]]  # row -> columns
    widths: Mapping[int, float]
    glued: frozenset[int]  # columns that stay with the one before them: units, and months after the first
    internal: frozenset[tuple[int, int]]  # remarks and contacts, left out of the client's view


def write_raw_sheets(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the company's sheets, their defined names, and the hidden sheet that says which template they are."""
    raw = layout.raw
    lines = _lines_of_sheets(job)
    notes = carried_notes(job.book)
    for sheet in raw.sheets:
        page = package.page(raw.names[sheet.name])
        page.sheet.set_tab_color(package.theme.line)
        _RawSheet(page, job, layout, sheet, lines.get(sheet.name, ()), notes).write()
        if not sheet.visible:
            page.sheet.hide()
    for name, target in raw.defined.items():
        package.workbook.define(name, target)
    _write_meta(package, job, layout, notes)


def _number_format(shown: str) -> str:
    """Return the format code for what the company's format shows beyond the digits; its own colours do not matter."""
    if shown == PERCENT:
        return "0.######%"
    if shown.startswith((SCALED, HIDDEN)):
        return ""  # the number as it was used
    if shown == MONEY:
        return f'"{MONEY}"General'
    text = shown.replace('"', "").replace("pct", "%")
    return f'General"{text}"'


class _RawSheet:
    """Writes one of the company's sheets."""

    def __init__(
        self,
        page: Page,
        job: ResultsJob,
        layout: Layout,
        sheet: Sheet,
        lines: Sequence[int],
        notes: dict[CellRef, Note],
    ) -> None:
        self.page = page
        self.job = job
        self.sheet = sheet
        self.notes = notes  # those that came along, and those that are written here
        self.language = layout.language
        self.formulas = layout.raw.formulas
        self.look = _look(job, sheet.name)
        self.layout = layout
        self.shown: Collection[int] = ()  # columns that are wider or narrower than usual, without hidden ones
        self.used: Collection[int] | None = None  # those in which a company told something; None: not known
        self.across = 1  # pages side by side
        self.last_printed = 0  # the last column that is; 0: all are
        self.linked = 0  # the column of the current row whose cell leads to the trace, 0: none
        self.traced, self.traces = _traces(job, layout, sheet.name, lines)
        self.numbers = layout.raw.numbers
        self.last_row = 0

    def write(self) -> None:
        rows: Iterable[Row] = content(self.sheet)
        if not self.page.package.constant_memory:
            rows = list(rows)
        self.page.sheet.set_default_row(ROW_HEIGHT)
        self._columns(rows)
        self._merges()
        kept = self.page.package.digests
        kept.sheet(self.page.name)
        for row, cells in rows:
            if row in self.sheet.hidden_rows:
                self.page.hide_row(row)
            if digests := self._row(row, cells):
                kept.row(row, digests)
            self._draw(row, cells)
            self.last_row = row
        for area, options in validations(self.job, self.layout, self.sheet.name):
            self.page.sheet.validate(area, options)
        self._print_height(rows)

    def _row(self, row: int, cells: Mapping[int, Cell]) -> dict[int, str]:
        """Write a row; return the digests of its cells."""
        digests: dict[int, str] = {}
        self.linked = self._linked(row, cells)
        for column, cell in sorted(cells.items()):
            if self.look.internal and (row, column) in self.look.internal:
                continue
            if column == self.linked:
                line = self.traces[row]
                target = self.layout.at("trace", self.layout.first_rows[line], TraceColumns.ID)
                self.page.hyperlink(row, column, target, TO_TRACE.to(self.language).format(line))
            if cell.kind == "uncached" and (self.sheet.name, row, column) in self.numbers:
                number = self.numbers[self.sheet.name, row, column]  # as the engine worked it out
                cell = Cell("number", number, cell.formula)  # noqa: PLW2901
            if digits := self._cell(row, column, cell):
                digests[column] = digits
            if note := self.notes.get(CellRef(self.page.name, row, column)) if self.notes else None:
                self.page.comment(row, column, NOTES[note.kind].to(self.language).format(detail=note.detail))
        return digests

    def _linked(self, row: int, cells: Mapping[int, Cell]) -> int:
        """Return the column whose cell leads to the trace: the item's, or of the texts beside it the first that fits.

        A cell that is a link does not wrap everywhere.
        """
        if row not in self.traces:
            return 0
        beside = (column for column, cell in sorted(cells.items()) if column > self.traced and cell.kind == "text")
        for column in (self.traced, *beside):
            if column in cells and text_width(str(cells[column].value)) + 2 <= self.page.characters((column,)):
                return column
        return self.traced

    def _draw(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Draw the input cells that the company left empty, so that one sees where to mend. Not on 100,000 rows."""
        if not self.page.package.constant_memory:
            for column in sorted(self.look.inputs.get(row, frozenset()) - cells.keys()):
                self.page.blank(row, column, "raw_input")

    def _cell(self, row: int, column: int, cell: Cell) -> str:
        """Write a cell; return the digest of what it holds now, by which verify knows whether it was changed."""
        page, style = self.page, self._style(row, column, cell)
        number = "yyyy-mm-dd" if cell.kind == "date" else cell.format and _number_format(cell.format)
        if cell.formula is not None and cell.formula in self.formulas:
            page.formula(row, column, cell.formula, "" if cell.value is None else cell.value, style, number)
            return digest(cell.formula, is_formula=True)
        value: float | str = "" if cell.value is None else str(cell.value)
        if isinstance(cell.value, bool):
            page.truth(row, column, value := cell.value, style)
        elif isinstance(cell.value, float | int) and math.isfinite(cell.value):
            page.number(row, column, value := cell.value, style, number)
        else:
            value = self._text(row, column, str(value), style)
        if cell.formula is not None:
            self._note(row, column, Note("formula", cell.formula, held(cell._replace(formula=None))))
        return digest(value) if value != "" else ""

    def _note(self, row: int, column: int, note: Note) -> None:
        self.notes[CellRef(self.page.name, row, column)] = note

    def _text(self, row: int, column: int, text: str, style: str) -> str:
        """Write a text; return as much of it as a cell can hold."""
        if not text:
            self.page.blank(row, column, style)
            return text
        if len(text) > MAX_TEXT // 2 and len(units := text.encode("utf-16-le", "replace")) > 2 * MAX_TEXT:
            length = len(text)
            text = units[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore")
            self._note(row, column, Note("cut", str(length), text))
        self.page.text(row, column, text, style)
        if style.startswith("title"):
            room = self.page.characters((column,)) if style != "title" else math.inf
            lines = line_count(text, room, at_size(TITLE_SIZE))
            self.page.sheet.set_row_pixels(row - 1, TITLE_PIXELS * lines + 3)
        return text

    def _style(self, row: int, column: int, cell: Cell) -> str:
        if column == MARK_COLUMN and cell.kind == "text" and str(cell.value).startswith("wbe:"):
            return "mark"
        if row in self.look.headers:
            return "raw_header"
        if column in self.look.inputs.get(row, ()):
            if column == self.linked:
                return "raw_link"
            return "raw_input_text" if cell.kind == "text" else "raw_input"
        if cell.kind == "text":
            style = _printed(cell) or "raw_text"
            return f"{style}_wrap" if self.across > 1 and column == self.traced and style in KEPT_WHOLE else style
        return "raw_number" if cell.kind in ("number", "date") else "raw_text"

    def _columns(self, rows: Iterable[Row]) -> None:
        """Set the widths of the columns: by what stands in the rows, where these are not streamed."""
        widths = dict(self.look.widths)
        if isinstance(rows, list):
            texts, labels = _text_widths(rows, self.traced, self.traces.keys())
            for column, width in texts.items():
                # Labels do not wrap, and a cell that is a link not everywhere: the column is as wide as what it holds.
                least = width if column == self.traced else labels.get(column, 0.0)
                widths[column] = max(widths.get(column, width), least)
            for column, width in _word_widths(rows, self.look.inputs).items():
                widths[column] = max(widths.get(column, 0), width)
            for column, width in _heading_widths(rows, self.look.headers).items():
                widths[column] = max(widths.get(column, 0), width)
            widths |= _wider_numbers(rows, widths)
            self.used = {column for _, written in self._told(rows) for column in written}
        self.page.widths(widths)
        self.shown = widths.keys() - set(self.sheet.hidden_columns)
        for column in self.sheet.hidden_columns:
            self.page.hide_column(column)
        self._print_setup(rows)

    def _told(self, rows: Iterable[Row]) -> Iterator[tuple[int, set[int]]]:
        """Return the rows in which a company told something, and in which columns: no headings, nothing printed."""
        for row, cells in rows:
            told = {column for column, cell in cells.items() if column != MARK_COLUMN and _printed(cell) is None}
            if told and row not in self.look.headers and row not in self.sheet.hidden_rows:
                yield row, told

    def _merges(self) -> None:
        """Merge as the company did. Areas that overlap (a damaged file) are left alone."""
        taken: set[tuple[int, int]] = set()
        for area in self.sheet.merges:
            cells = _cells_of(area)
            if len(cells) > 1 and not cells & taken:
                taken |= cells
                self.page.sheet.join(area)

    def _print_setup(self, rows: Iterable[Row]) -> None:
        sheet = self.page.sheet
        study = self.job.inventory.study
        is_one_table = len(self.look.headers) == 1
        is_empty = bool(self.look.headers) and self.used is not None and not self.used
        said = NOTHING_TOLD.to(self.language) if is_empty else ""
        print_setup(self.page, study.company, study.report_no, self.language, said)
        self.across = fit_pages(self.page, self.shown, self.traced, self.look.glued)
        if is_empty:
            self.page.halves, self.across = None, 1
        elif is_one_table and self.used is not None and self.page.width(self.shown) > A4_LONG - SIDE_MARGINS:
            self._without_unused(rows)
        if self.across > 1 and self.traced:  # title and guidance stand above this column on both pages
            self.page.widths({self.traced: max(LEAST_KEPT, self.page.characters((self.traced,)))})
        if is_one_table:
            header = next(iter(self.look.headers))
            sheet.freeze_panes(header, 0)
            sheet.repeat_rows(header - 1)
            sheet.repeat_columns(0, max(self.traced or 1, 1) - 1)

    def _without_unused(self, rows: Iterable[Row]) -> None:
        """Leave out of the print the last columns in which nobody told anything, so that the others print larger.

        As far as the words above the table reach, all are printed.
        """
        above = (
            cells.items() for row, cells in rows if row not in self.look.headers and row not in self.sheet.hidden_rows
        )
        words = [
            (column, cell) for cells in above for column, cell in cells if column != MARK_COLUMN and _printed(cell)
        ]
        last = max(*(self.used or {0}), *(self._reaches(column, cell) for column, cell in words), 0)
        columns = {column for column in self.shown if column <= last} or self.shown
        if len(columns) < len(self.shown):
            self.page.halves = None
            self.across = fit_pages(self.page, columns, self.traced, self.look.glued)
            self.last_printed = max(columns)

    def _print_height(self, rows: Iterable[Row]) -> None:
        """Print a short sheet on one page; of one with several tables, each on a page of its own."""
        is_short = self.last_row <= MOST_ON_A_PAGE
        if self.page.halves is None:
            self.page.sheet.fit_to_pages(self.across, int(is_short))
        if self.last_printed:
            self.page.sheet.print_parts([(1, self.last_row)], self.last_printed)
        elif not is_short and len(self.look.headers) > 1 and isinstance(rows, list):
            self._print_apart(rows)

    def _print_apart(self, rows: list[Row]) -> None:
        """Leave out of the print the blank rows below tables that nobody reached, and tables that nobody filled in.

        They would be pages with nothing on them.
        """
        parts: list[tuple[int, int]] = []
        filled = {row for row, _ in self._told(rows)}
        told: set[int] = set()  # where the parts begin in which a company told something
        end = max(self.shown, default=1)
        for row, cells in rows:
            written = [(column, cell) for column, cell in cells.items() if column != MARK_COLUMN]
            if not written or row in self.sheet.hidden_rows:
                continue
            if not parts or row - parts[-1][1] > MOST_BLANK:
                parts.append((row, row))
            parts[-1] = parts[-1][0], row
            if row in filled:
                told.add(parts[-1][0])
            end = max(end, *(self._reaches(column, cell) for column, cell in written))
        printed = [part for part in parts if part[0] in told]
        if printed and len(parts) > 1:
            self.page.sheet.print_parts([(1, printed[0][1]), *printed[1:]], end)

    def _reaches(self, column: int, cell: Cell) -> int:
        """Return the column over which a text that does not wrap ends."""
        left = text_width(str(cell.value)) if _printed(cell) else 0.0
        while (left := left - self.page.characters((column,))) > 0:
            column += 1
        return column


@functools.cache
def printed_styles() -> Mapping[str, str]:
    """Return the style of what the template itself prints: titles of sheets and blocks, introductions, labels."""
    styles: dict[str, str] = {}
    for sheet in COLLECTION.sheets:
        styles |= dict.fromkeys(sheet.intro, "subtitle")
        for block in sheet.blocks:
            if isinstance(block, Table):
                styles |= {word: "subtitle" for told in all_guidance(block) for word in told}
            if isinstance(block, Form):
                for field in block.fields:
                    styles |= dict.fromkeys(field.help, "raw_help") | dict.fromkeys(field.title, "raw_label")
    for sheet in COLLECTION.sheets:
        styles |= {title: "raw_block" for block in sheet.blocks for title in block.title}
        styles |= dict.fromkeys(sheet.title, "title")
    return styles | {word: "subtitle" for told in FORMER for word in told}


def _printed(cell: Cell) -> str | None:
    """Return the style of a text that the template itself prints, None of any other."""
    return printed_styles().get(str(cell.value).strip("＊* ")) if cell.kind == "text" else None


def _look(job: ResultsJob, sheet: str) -> _Look:
    headers: set[int] = set()
    inputs: dict[int, frozenset[int]] = {}
    widths: dict[int, float] = {}
    glued: set[int] = set()
    for table in job.submission.tables.values():
        if table.sheet != sheet:
            continue
        headers.add(table.header_row)
        columns = frozenset(table.columns.values())
        inputs.update((record.row, columns) for record in table.records)
        fields = {spec_field.key: spec_field.width for spec_field in COLLECTION.table(table.key).fields}
        filled = {key for record in table.records for key in record.cells}
        glued |= {column for key, column in table.columns.items() if key.endswith("unit") or key in MONTHS[1:]}
        for key, column in table.columns.items():
            width = fields.get(key, 12)
            # A column that nobody used takes no more room than its heading, so that the others print legibly.
            widths[column] = max(widths.get(column, 0), width if key in filled else min(width, LEAST_WIDTH))
    for entry in job.submission.fields.values():
        if entry.where.sheet == sheet and entry.where.row and entry.where.column:
            inputs[entry.where.row] = inputs.get(entry.where.row, frozenset()) | {entry.where.column}
    return _Look(frozenset(headers), inputs, widths, frozenset(glued), _internal(job, sheet))


def _internal(job: ResultsJob, sheet: str) -> frozenset[tuple[int, int]]:
    """Return the cells of a sheet that the client's view leaves out."""
    if not job.is_client_view:
        return frozenset()
    contact = job.submission.fields.get(CONTACT)
    places = (
        {(contact.where.row or 0, contact.where.column or 0)} if contact and contact.where.sheet == sheet else set()
    )
    for table in job.submission.tables.values():
        if table.sheet == sheet and REMARK in table.columns:
            places |= {(record.row, table.columns[REMARK]) for record in table.records}
    return frozenset(places)


def _lines_of_sheets(job: ResultsJob) -> dict[str, array[int]]:
    """Return sheet -> places of its lines among the inventory's; in few bytes, as there may be very many."""
    found: dict[str, array[int]] = {}
    for place, line in enumerate(job.inventory.lines):
        found.setdefault(line.where.sheet, array("I")).append(place)
    return found


def _traces(job: ResultsJob, layout: Layout, sheet: str, lines: Sequence[int]) -> tuple[int, dict[int, str]]:
    """Return the column whose cells lead to the trace (the item's; 0: none), and row -> line id of those that do.

    `lines` are the places of the sheet's lines.
    """
    columns = {
        table.sheet: table.columns["item"] for table in job.submission.tables.values() if "item" in table.columns
    }
    if sheet not in columns:
        return 0, {}
    here = map(job.inventory.lines.__getitem__, lines)
    return columns[sheet], {line.where.row: line.id for line in here if line.where.row and line.id in layout.first_rows}


def _text_widths(rows: Iterable[Row], linked: int, links: Collection[int]) -> tuple[dict[int, float], dict[int, float]]:
    """Return widths that fit the texts of a column, of `linked` those in the rows `links`; and those of labels alone.

    The sheet's first rows are titles and may run over, as may what the template prints above its tables.
    """
    widths: dict[int, float] = {}
    labels: dict[int, float] = {}
    for row, cells in rows:
        for column, cell in cells.items():
            if row <= 2 or cell.kind != "text" or (printed := _printed(cell)) not in (None, "raw_label"):
                continue
            if printed is None and column == linked and row not in links:
                continue
            most = MAX_LINK_WIDTH if column == linked else MAX_TEXT_WIDTH
            width = min(text_width(str(cell.value)) + 2, most)
            widths[column] = max(widths.get(column, 10.0), width)
            if printed:
                labels[column] = max(labels.get(column, 0.0), width)
    return widths, labels


def _word_widths(rows: Iterable[Row], inputs: Mapping[int, frozenset[int]]) -> dict[int, float]:
    """Return widths in which no Latin word that was filled in is parted, but for those that are very long."""
    widths: dict[int, float] = {}
    for row, cells in rows:
        for column in inputs.get(row, frozenset()) & cells.keys():
            text = str(cells[column].value) if cells[column].kind == "text" else ""
            if text.isascii() and text:
                longest = max(map(len, text.split()), default=0)
                widths[column] = max(widths.get(column, 0.0), min(longest + 2.0, MOST_OF_A_WORD))
    return widths


def _wider_numbers(rows: Iterable[Row], known: Mapping[int, float]) -> dict[int, float]:
    """Return the widths of columns whose numbers would not stand whole in them: cells without a format round them."""
    widths: dict[int, float] = {}
    for _, cells in rows:
        for column, cell in cells.items():
            if cell.kind == "number" and column in known:
                width = len(f"{cell.value:.{MOST_DIGITS}g}") + RAW_AIR
                if width > widths.get(column, known[column]):
                    widths[column] = width
    return widths


def _heading_widths(rows: Iterable[Row], headers: frozenset[int]) -> dict[int, float]:
    """Return widths in which the headings of the tables stand whole or in two lines."""
    widths: dict[int, float] = {}
    for row, cells in rows:
        for column, cell in cells.items() if row in headers else ():
            if column != MARK_COLUMN and cell.kind == "text":
                width = max(heading_width(str(cell.value), least) for least in (LEAST_WIDTH, LEAST_WIDTH + 2))
                width = max(width, _bracket_width(str(cell.value)))
                widths[column] = max(widths.get(column, 0), min(width, MAX_TEXT_WIDTH))
    return widths


def _bracket_width(heading: str) -> float:
    """Return the width in which the bracket that ends a heading stands on a line of its own; 0 where that is long."""
    _, opened, words = heading.rpartition("（")
    width = text_width(opened + words) + 2 if opened and words.endswith("）") else 0.0
    return width if width <= MOST_OF_A_BRACKET else 0.0


def _cells_of(area: Area) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(area.first_row, min(area.last_row, area.first_row + MAX_MERGED) + 1)
        for column in range(area.first_column, min(area.last_column, area.first_column + MAX_MERGED) + 1)
    }


def _write_meta(package: Package, job: ResultsJob, layout: Layout, notes: Mapping[CellRef, Note]) -> None:
    """Say which template the sheets are from, with the template's own marks, on a hidden sheet; what reading found."""
    stated = {key: entry for key, entry in job.submission.fields.items() if key.startswith("template.") and entry.cell}
    page = package.page(META_SHEET)
    page.sheet.hide()
    for row, (key, entry) in enumerate(sorted(stated.items()), start=1):
        page.text(row, 1, MARK_FIELD + key, "mark")
        page.text(row, 2, str(entry.cell.value) if entry.cell else "", "plain")
    # Findings are not for clients.
    found = [VIEW_MARK] if job.is_client_view else marks(job.reading, job.sheets, _contents(job, layout))
    own = marks_of_pages(package)
    raw = layout.raw
    around = around_marks(around_of({raw.names[sheet.name]: sheet for sheet in raw.sheets}, raw.defined))
    for row, text in enumerate(
        [*found, *note_marks(notes), *package.digests.marks(), *around, *own], start=len(stated) + 1
    ):
        page.text(row, 1, text, "mark")


def _contents(job: ResultsJob, layout: Layout) -> dict[CellRef, str]:
    """Return what the cells that reading found fault with hold in the results."""
    wanted: dict[str, dict[int, set[int]]] = {}
    for finding in job.reading:
        if (where := finding.where) and where.row and where.column:
            wanted.setdefault(where.sheet, {}).setdefault(where.row, set()).add(where.column)
    found: dict[CellRef, str] = {}
    for sheet in layout.raw.sheets:
        rows = wanted.get(sheet.name, {})
        for row, cells in content(sheet) if rows else ():
            for column in rows.get(row, set()) & cells.keys():
                where = CellRef(sheet.name, row, column)
                found[where] = _as_written(layout, where, cells[column])
    return found


def _as_written(layout: Layout, where: CellRef, cell: Cell) -> str:
    if cell.formula is None or cell.formula in layout.raw.formulas:
        return held(cell)
    worked_out = layout.raw.numbers.find(where.sheet, where.row or 0, where.column or 0)
    if cell.kind == "uncached" and worked_out is not None:
        return str(worked_out)
    return held(cell._replace(formula=None))
