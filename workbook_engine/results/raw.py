"""The company's sheets in the results workbook: same names, same addresses, as they were read.

They are what the live model hangs on, and what makes a results workbook a valid input again: marks in the hidden
column A, key rows and the template's defined names come along. Which sheets: those with input, and those that a
formula on them needs. A formula that cannot live here (see portable.py) stands as its value with a note.
"""

from __future__ import annotations

import math
from dataclasses import field
from typing import TYPE_CHECKING, Final

from workbook_engine.frozen import frozen
from workbook_engine.model import Operation
from workbook_engine.patterns import pattern
from workbook_engine.results.compact_maps import CellNumbers
from workbook_engine.results.portable import anatomy, is_portable
from workbook_engine.spec.carried import META_SHEET
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.index import spec_index
from workbook_engine.spec.schema import MARK_ASIDE, MARK_RESULTS
from workbook_engine.writing.sheet import reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.findings import CellRef
    from workbook_engine.grid import Book, Cell, Row, Sheet
    from workbook_engine.model import Inventory, Quantity, Step
    from workbook_engine.results.job import ResultsJob

MAX_SHEET_NAME: Final = 31
MARK_COLUMN: Final = 1
SUPPLIER_SERIES: Final = "supplier"  # a declared footprint: its value stands in the company's own cell
_FORBIDDEN_IN_NAME = pattern(r"[\[\]:*?/\\\x00-\x1f]")
_DEFINED_NAME = pattern(r"^[A-Za-z_][A-Za-z0-9_.]*$")
_LOOKS_LIKE_CELL = pattern(r"^(?:[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*)$")


@frozen
class RawSheets:
    """Which of the company's sheets come along, under which names, and the numbers in them that the model uses."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]  # the company's sheet name -> its name here
    defined: Mapping[str, str]  # defined names that come along -> formula
    numbers: CellNumbers  # cells that hold a number here, of those that the inventory read
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
        raw = self.numbers.find(where.sheet, where.row, where.column)
        if raw is None:
            return None
        cell = reference(self.names[where.sheet], where.row, where.column, absolute=False)
        if math.isclose(raw, value, rel_tol=1e-13):
            return cell
        ratio = float(f"{value / raw:.10g}") if raw else 0.0
        return f"{cell}*{literal(ratio)}" if ratio and math.isclose(raw * ratio, value, rel_tol=1e-13) else None

    def step(self, step: Step) -> str | None:
        """Return the formula of a step's operand, or None where no cell holds the number that it comes of."""
        cell = self.live(step.where, step.read)
        return step.rule.replace("x", cell) if cell and step.rule else cell

    def quantity(self, quantity: Quantity) -> str | None:
        """Return the formula of a quantity: its cell, or the sum of its parts, after its steps; None as for `live`."""
        parts = [self.quantity(part) for part in quantity.parts] or [self.live(quantity.where, quantity.read)]
        if not any(parts):
            return None
        values = [part.value for part in quantity.parts] or [quantity.read]
        formula = "+".join(part or literal(value) for part, value in zip(parts, values, strict=True))
        formula = f"({formula})" if len(parts) > 1 and quantity.steps else formula
        for step in quantity.steps:
            sign = "*" if step.operation is Operation.MULTIPLY else "/"
            formula += f"{sign}({operand})" if (operand := self.step(step)) else f"{sign}{literal(step.operand)}"
        return formula


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
    known = quantities(job.inventory)
    kept_by_name = {name for name, here in names.items() if name == here}
    numbers = CellNumbers()
    formulas: set[str] = set()
    for sheet in sheets:
        for row, cells in content(sheet):
            for column, cell in cells.items():
                if cell.formula and is_portable(cell.formula, kept_by_name, defined):
                    formulas.add(cell.formula)
                read = known.find(sheet.name, row, column)
                if read is not None and (number := _number(cell, read)) is not None:
                    numbers[sheet.name, row, column] = number
    return RawSheets(sheets, names, defined, numbers, frozenset(formulas))


def _number(cell: Cell, read: float) -> float | None:
    if cell.kind == "number" and isinstance(cell.value, float | int):
        return float(cell.value)
    return read if cell.kind == "uncached" else None


def _needed_sheets(book: Book, input_sheets: tuple[str, ...]) -> tuple[Sheet, ...]:
    """Return the input sheets and, step by step, the sheets that their formulas refer to, in the book's order."""
    by_name = {sheet.name: sheet for sheet in book.sheets if not _is_programs(sheet)}
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
    """Yield the rows that somebody wrote; what the template fills in itself (its check of the sheet) stays behind.

    What somebody typed into a row of the template's own comes along.
    """
    for row, cells in sheet.rows():
        mark = cells.get(MARK_COLUMN)
        if mark is None or not str(mark.value).startswith(MARK_ASIDE):
            yield row, cells
        elif typed := {column: cell for column, cell in cells.items() if column != MARK_COLUMN and _is_typed(cell)}:
            yield row, typed


def _is_typed(cell: Cell) -> bool:
    return cell.formula is None and not (cell.kind == "text" and spec_index(COLLECTION).is_printed(str(cell.value)))


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


def _is_programs(sheet: Sheet) -> bool:
    """Tell whether nobody typed the sheet: it was computed, or is the template's own lists and counts."""
    first = next(sheet.rows(), None)
    cell = first[1].get(MARK_COLUMN) if first else None
    return cell is not None and cell.kind == "text" and str(cell.value).startswith((MARK_RESULTS, f"{MARK_ASIDE}sheet"))


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


def quantities(inventory: Inventory) -> CellNumbers:
    """Return every cell whose number the inventory uses, with the number that was read in it."""
    found = CellNumbers()
    for where, value in _operands(inventory):
        if where is not None and where.row is not None and where.column is not None:
            found[where.sheet, where.row, where.column] = value
    return found


def _operands(inventory: Inventory) -> Iterator[tuple[CellRef | None, float]]:
    for quantity in _typed(inventory):
        for part in quantity.parts or (quantity,):
            yield part.where, part.read
        for step in (step for part in (quantity, *quantity.parts) for step in part.steps):
            yield step.where, step.read
    for line in inventory.lines:
        for step in line.steps:
            yield step.where, step.read
        if line.factor and line.factor.series == SUPPLIER_SERIES:
            yield line.factor.where, line.factor.printed_value
    for row in inventory.declared:
        yield from ((printed.where, float(printed.value)) for printed in (row.kg_co2e, row.share) if printed)


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
        yield from line.stated_ratings.values()
        if line.stated_spread:
            yield from line.stated_spread.quantities()
    for omission in inventory.omissions:
        yield from (quantity for quantity in (omission.kg_co2e, omission.mass_kg) if quantity)
