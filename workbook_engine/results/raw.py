"""The company's sheets in the results workbook: same names, same addresses, as they were read.

They are what the live model hangs on, and what makes a results workbook a valid input again: marks in the hidden
column A, key rows and the template's defined names come along. Which sheets: those with input, and those that a
formula on them needs. A formula that cannot live here (see portable.py) stands as its value with a note.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import Cell
from workbook_engine.results.package import MAX_TEXT, reference
from workbook_engine.results.portable import anatomy, is_portable
from workbook_engine.results.widths import text_width
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import MARK_ASIDE, MARK_FIELD, MARK_RESULTS
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.findings import CellRef
    from workbook_engine.grid import Area, Book, Row, Sheet
    from workbook_engine.model import Inventory, Quantity
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language

Place = tuple[str, int, int]  # sheet as the company named it, row, column

MAX_SHEET_NAME: Final = 31
META_SHEET: Final = "_wbe"  # hidden: which template this is, as the instructions sheet of the template says it
MARK_COLUMN: Final = 1
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_DEFINED_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_.]*$")
_LOOKS_LIKE_CELL = re.compile(r"^(?:[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*)$")

NOT_KEPT = Text(
    "公式 ={formula} 在本工作簿中无法计算（外部链接、引用丢失或函数不通用），此处为读取时的值。",
    "The formula ={formula} cannot be computed here (external link, lost reference or special function); this is the "
    "value that was read.",
)
CUT = Text(
    "原文过长（{length} 个字符），此处截断；全文见原文件。", "Too long for a cell ({length} characters): cut here."
)


@dataclass(frozen=True, slots=True)
class RawSheets:
    """Which of the company's sheets come along, under which names, and the numbers in them that the model uses."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]  # the company's sheet name -> its name here
    defined: Mapping[str, str]  # defined names that come along -> formula
    numbers: Mapping[Place, float]  # cells that hold a number here, of those that the inventory read
    formulas: frozenset[str] = field(default_factory=frozenset)  # the company's formulas that are kept

    def link(self, where: CellRef | None) -> str | None:
        """Return where a hyperlink to the company's cell leads, or None where its sheet did not come along."""
        if where is None or where.sheet not in self.names:
            return None
        return reference(self.names[where.sheet], where.row or 1, where.column or 2, absolute=False)

    def live(self, where: CellRef | None, value: float) -> str | None:
        """Return the formula that reads `value` from the company's cell, or None where that cell holds no such number.

        Where the cell's number was converted (0.24 万台 -> 2400), the conversion stands in the formula.
        """
        if where is None or where.row is None or where.column is None:
            return None
        raw = self.numbers.get((where.sheet, where.row, where.column))
        if raw is None:
            return None
        cell = reference(self.names[where.sheet], where.row, where.column, absolute=False)
        if math.isclose(raw, value, rel_tol=1e-13):
            return cell
        ratio = float(f"{value / raw:.10g}") if raw else 0.0
        return f"{cell}*{literal(ratio)}" if ratio and math.isclose(raw * ratio, value, rel_tol=1e-13) else None


def literal(value: float) -> str:
    """Return a number as it stands in a formula."""
    return repr(value).removesuffix(".0").upper()


# --- which sheets and names -------------------------------------------------------------------------------------------


def select_raw_sheets(job: ResultsJob) -> RawSheets:
    """Choose the sheets that come along and look up the numbers that the inventory read in them."""
    book = job.book
    sheets = _needed_sheets(book, job.submission.input_sheets)
    names = _result_names(sheets)
    defined = {name: target for name, target in book.names.items() if _can_define(name, target, names)}
    known = _quantities(job.inventory)
    kept_by_name = {name for name, here in names.items() if name == here}
    numbers: dict[Place, float] = {}
    formulas: set[str] = set()
    for sheet in sheets:
        for row, cells in content(sheet):
            for column, cell in cells.items():
                if cell.formula and is_portable(cell.formula, kept_by_name, defined):
                    formulas.add(cell.formula)
                place = (sheet.name, row, column)
                if place in known and (number := _number(cell, known[place])) is not None:
                    numbers[place] = number
    return RawSheets(sheets, names, defined, numbers, frozenset(formulas))


def _number(cell: Cell, read: float) -> float | None:
    if cell.kind == "number" and isinstance(cell.value, float | int):
        return float(cell.value)
    return read if cell.kind == "uncached" else None


def _needed_sheets(book: Book, input_sheets: tuple[str, ...]) -> tuple[Sheet, ...]:
    """Return the input sheets and, step by step, the sheets that their formulas refer to, in the book's order."""
    by_name = {sheet.name: sheet for sheet in book.sheets if not _is_computed(sheet)}
    chosen: set[str] = set()
    queue = [name for name in input_sheets if name in by_name]
    while queue:
        name = queue.pop()
        if name in chosen:
            continue
        chosen.add(name)
        queue += [sheet for sheet in _referenced_sheets(by_name[name], book.names) if sheet in by_name]
    return tuple(sheet for sheet in book.sheets if sheet.name in chosen)


def content(sheet: Sheet) -> Iterator[Row]:
    """Yield the rows that somebody wrote; what the template fills in itself (its check of the sheet) stays behind."""
    for row, cells in sheet.rows():
        mark = cells.get(MARK_COLUMN)
        if mark is None or not str(mark.value).startswith(MARK_ASIDE):
            yield row, cells


def _referenced_sheets(sheet: Sheet, defined: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    for _, cells in content(sheet):
        for cell in cells.values():
            parts = anatomy(cell.formula) if cell.formula else None
            if parts:
                found |= parts.sheets
                for name in parts.names & defined.keys():
                    target = anatomy(defined[name])
                    found |= target.sheets if target else set()
    return found


def _is_computed(sheet: Sheet) -> bool:
    first = next(sheet.rows(), None)
    cell = first[1].get(MARK_COLUMN) if first else None
    return cell is not None and cell.kind == "text" and str(cell.value).startswith(MARK_RESULTS)


def _result_names(sheets: tuple[Sheet, ...]) -> dict[str, str]:
    names: dict[str, str] = {}
    taken: set[str] = {META_SHEET.casefold()}
    for sheet in sheets:
        names[sheet.name] = free_name(sheet.name, taken)
        taken.add(names[sheet.name].casefold())
    return names


def free_name(wanted: str, taken: set[str]) -> str:
    """Return a sheet name that Excel allows and that is not in `taken` (names case-folded)."""
    base = _FORBIDDEN_IN_NAME.sub("_", wanted).strip("'")[:MAX_SHEET_NAME] or "_"
    name, number = base, 2
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps that name for itself
        suffix = f" ({number})"
        name, number = base[: MAX_SHEET_NAME - len(suffix)] + suffix, number + 1
    return name


def _can_define(name: str, target: str, names: Mapping[str, str]) -> bool:
    """Tell whether a defined name can come along: ASCII, no cell's address, and pointing at sheets that do."""
    kept = {company for company, here in names.items() if company == here}
    return bool(
        _DEFINED_NAME.match(name)
        and not _LOOKS_LIKE_CELL.match(name)
        and not name.startswith("_xl")
        and is_portable(target, kept, ())
    )


def _quantities(inventory: Inventory) -> dict[Place, float]:
    """Return every cell whose number the inventory uses, with the number that was read in it."""
    return {
        (where.sheet, where.row, where.column): value
        for where, value in _operands(inventory)
        if where is not None and where.row is not None and where.column is not None
    }


def _operands(inventory: Inventory) -> Iterator[tuple[CellRef | None, float]]:
    for quantity in _typed(inventory):
        yield quantity.where, quantity.value
    for line in inventory.lines:
        for step in line.steps:
            yield step.where, step.operand


def _typed(inventory: Inventory) -> Iterator[Quantity]:
    for product in inventory.products:
        if product.output:
            yield product.output
    for plant in inventory.plants:
        for made in plant.products:
            yield made.output
            if made.weight:
                yield made.weight
    for line in inventory.lines:
        yield from line.amounts


# --- writing them -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """How a company's sheet is styled: its header rows, its input cells, the widths of its columns."""

    headers: frozenset[int]
    inputs: frozenset[tuple[int, int]]
    widths: Mapping[int, float]


def write_raw_sheets(package: Package, job: ResultsJob, raw: RawSheets, language: Language) -> None:
    """Write the company's sheets, their defined names, and the hidden sheet that says which template they are."""
    for sheet in raw.sheets:
        page = package.page(raw.names[sheet.name])
        page.sheet.set_tab_color(package.theme.line)
        _write_sheet(page, sheet, raw, _look(job, sheet.name), _known(job.inventory, sheet.name), language)
        if not sheet.visible:
            page.sheet.hide()
    for name, target in raw.defined.items():
        package.define_name(name, target)
    _write_meta(package, job)


def _known(inventory: Inventory, sheet: str) -> dict[tuple[int, int], float]:
    return {(row, column): value for (name, row, column), value in _quantities(inventory).items() if name == sheet}


def _write_sheet(
    page: Page, sheet: Sheet, raw: RawSheets, look: _Look, known: Mapping[tuple[int, int], float], language: Language
) -> None:
    _columns(page, sheet, look)
    _merges(page, sheet.merges)
    for row, cells in content(sheet):
        if row in sheet.hidden_rows:
            page.sheet.set_row(row - 1, None, None, {"hidden": True})
        for column, cell in sorted(cells.items()):
            style = _style(row, column, cell, look)
            if cell.kind == "uncached" and (row, column) in known:
                cell = Cell("number", known[row, column], cell.formula)  # noqa: PLW2901 - what the engine worked out
            _write_cell(page, row, column, cell, style, raw.formulas, language)
    _print_setup(page, look)


def _write_cell(
    page: Page, row: int, column: int, cell: Cell, style: str, kept: frozenset[str], language: Language
) -> None:
    number = "yyyy-mm-dd" if cell.kind == "date" else ""
    if cell.formula is not None and cell.formula in kept:
        page.formula(row, column, cell.formula, _cached(cell), style, number)
        return
    if isinstance(cell.value, bool):
        page.truth(row, column, cell.value, style)
    elif isinstance(cell.value, float | int) and math.isfinite(cell.value):
        page.number(row, column, cell.value, style, number)
    else:
        _write_text(page, row, column, "" if cell.value is None else str(cell.value), style, language)
    if cell.formula is not None:
        page.comment(row, column, NOT_KEPT.to(language).format(formula=cell.formula))


def _write_text(page: Page, row: int, column: int, text: str, style: str, language: Language) -> None:
    if not text:
        page.blank(row, column, style)
        return
    units = len(text.encode("utf-16-le", "replace")) // 2
    if units > MAX_TEXT:
        page.comment(row, column, CUT.to(language).format(length=len(text)))
        text = text.encode("utf-16-le", "replace")[: 2 * (MAX_TEXT - 1)].decode("utf-16-le", "ignore")
    page.text(row, column, text, style)


def _cached(cell: Cell) -> float | str:
    """Return what the formula's cell shows: "" where no program has calculated it."""
    return "" if cell.value is None else cell.value


def _style(row: int, column: int, cell: Cell, look: _Look) -> str:
    if column == MARK_COLUMN and cell.kind == "text" and str(cell.value).startswith("wbe:"):
        return "mark"
    if row in look.headers:
        return "raw_header"
    if (row, column) in look.inputs:
        return "raw_input"
    return "raw_number" if cell.kind in ("number", "date") else "raw_text"


def _look(job: ResultsJob, sheet: str) -> _Look:
    headers: set[int] = set()
    inputs: set[tuple[int, int]] = set()
    widths: dict[int, float] = {}
    for table in job.submission.tables.values():
        if table.sheet != sheet:
            continue
        headers.add(table.header_row)
        inputs |= {(record.row, column) for record in table.records for column in table.columns.values()}
        fields = {spec_field.key: spec_field.width for spec_field in COLLECTION.table(table.key).fields}
        for key, column in table.columns.items():
            widths[column] = max(widths.get(column, 0), fields.get(key, 12))
    for entry in job.submission.fields.values():
        if entry.where.sheet == sheet and entry.where.row and entry.where.column:
            inputs.add((entry.where.row, entry.where.column))
    return _Look(frozenset(headers), frozenset(inputs), widths)


def _columns(page: Page, sheet: Sheet, look: _Look) -> None:
    widths = dict(look.widths)
    if not page.package.constant_memory:
        for column, width in _text_widths(sheet).items():
            widths.setdefault(column, width)
    page.widths(widths)
    for column in sheet.hidden_columns:
        page.sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})


def _text_widths(sheet: Sheet) -> dict[int, float]:
    """Return widths that fit the texts of a column; the sheet's first rows are titles and may run over."""
    widths: dict[int, float] = {}
    for row, cells in content(sheet):
        for column, cell in cells.items():
            if row > 2 and cell.kind == "text":
                widths[column] = max(widths.get(column, 10.0), min(text_width(str(cell.value)) + 2, 36.0))
    return widths


def _merges(page: Page, merges: tuple[Area, ...]) -> None:
    """Merge as the company did. Areas that overlap (a damaged file) are left alone."""
    taken: set[tuple[int, int]] = set()
    for area in merges:
        cells = {
            (row, column)
            for row in range(area.first_row, min(area.last_row, area.first_row + 200) + 1)
            for column in range(area.first_column, min(area.last_column, area.first_column + 200) + 1)
        }
        if len(cells) > 1 and not cells & taken:
            taken |= cells
            page.merge(area)


def _print_setup(page: Page, look: _Look) -> None:
    page.sheet.set_landscape()
    page.sheet.set_paper(9)
    page.sheet.fit_to_pages(1, 0)
    if len(look.headers) == 1:
        header = next(iter(look.headers))
        page.sheet.freeze_panes(header, 0)
        page.sheet.repeat_rows(header - 1)


def _write_meta(package: Package, job: ResultsJob) -> None:
    """Say which template the sheets are from, with the template's own marks, on a hidden sheet."""
    page = package.page(META_SHEET)
    page.sheet.hide()
    stated = {key: entry for key, entry in job.submission.fields.items() if key.startswith("template.")}
    for row, (key, entry) in enumerate(sorted(stated.items()), start=1):
        page.text(row, 1, MARK_FIELD + key, "mark")
        page.text(row, 2, str(entry.cell.value) if entry.cell else "", "plain")
