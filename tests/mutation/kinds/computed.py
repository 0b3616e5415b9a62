"""Typing on the computed sheets of a results workbook that is handed in again, and its inputs changed beside that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from tests.mutation.kinds.beside import WORDS
from tests.mutation.kinds.others import results_of
from tests.mutation.kinds.registry import alone
from tests.mutation.rawbook import NotApplicableError
from workbook_engine.spec.schema import MARK_RESULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tests.mutation.case import Case

NUMBER = 48213.625  # that no results have
FIRST = 5  # row below titles and, on most sheets, the header


def _sheets(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if str(sheet["A1"].value).startswith(MARK_RESULTS)]


def _cells(sheet: Worksheet, *, formulas: bool) -> Iterator[Cell]:
    """Yield the cells that hold a formula, or a text of the program's own."""
    for row in sheet.iter_rows(min_row=FIRST, min_col=2):
        for cell in row:
            if isinstance(cell.value, str) and cell.value and cell.value.startswith("=") is formulas:
                yield cell


def _chosen(case: Case, book: Workbook, *, formulas: bool) -> Cell:
    """Choose a sheet, and a cell of it; that of the list of findings has answers and ticks of its own."""
    sheets = [sheet for sheet in _sheets(book) if any(_cells(sheet, formulas=formulas))]
    sheets = [sheet for sheet in sheets if formulas or not str(sheet["A1"].value).endswith(":findings")]
    return case.rng.choice(list(_cells(case.rng.choice(sheets), formulas=formulas)))


def _with(case: Case, change: Callable[[Workbook], object]) -> None:
    """Have the results of the workbook changed and handed in in its place."""

    def put(path: Path) -> Path:
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return path

    case.after_save += [results_of, put]


def _words(case: Case) -> str:
    return case.quoted(case.rng.choice(WORDS))


def _beside(case: Case, book: Workbook, typed: object) -> Worksheet:
    sheet = case.rng.choice(_sheets(book))
    sheet.cell(case.rng.randint(1, sheet.max_row + 3), sheet.max_column + case.rng.randint(1, 3)).value = typed  # type: ignore[assignment]
    return sheet


def _over(case: Case, book: Workbook, typed: object, *, formulas: bool) -> None:
    _chosen(case, book, formulas=formulas).value = typed  # type: ignore[assignment]


@alone("results: words beside a computed table")
def _(case: Case) -> None:
    words = _words(case)
    _with(case, lambda book: _beside(case, book, words))


@alone("results: words over a text")
def _(case: Case) -> None:
    words = _words(case)
    _with(case, lambda book: _over(case, book, words, formulas=False))


@alone("results: words over a formula")
def _(case: Case) -> None:
    words = _words(case)
    _with(case, lambda book: _over(case, book, words, formulas=True))


@alone("results: a number over a formula")
def _(case: Case) -> None:
    case.quoted(str(NUMBER))
    _with(case, lambda book: _over(case, book, NUMBER, formulas=True))


@alone("results: a number beside a computed table")
def _(case: Case) -> None:
    case.quoted(str(NUMBER))
    _with(case, lambda book: _beside(case, book, NUMBER))


@alone("results: a formula beside a computed table")
def _(case: Case) -> None:
    formula = case.quoted(f"=1+{NUMBER}")
    _with(case, lambda book: _beside(case, book, formula))


@alone("results: a formula over a formula")
def _(case: Case) -> None:
    formula = case.quoted(f"={NUMBER}*2")
    _with(case, lambda book: _over(case, book, formula, formulas=True))


@alone("results: a formula multiplied")
def _(case: Case) -> None:
    factor = case.rng.choice(["1.05", "0.9", "2"])

    def change(book: Workbook) -> None:
        cell = _chosen(case, book, formulas=True)
        cell.value = f"=({str(cell.value)[1:]})*{factor}"

    _with(case, change)
    case.said("typed-on-results")


@alone("results: formulas deleted")
def _(case: Case) -> None:
    """Nothing is typed, and nothing of the inputs changed."""

    def change(book: Workbook) -> None:
        for _ in range(case.rng.choice([1, 3])):
            _over(case, book, None, formulas=True)

    _with(case, change)


@alone("results: words on a sheet that was rearranged")
def _(case: Case) -> None:
    words = _words(case)

    def change(book: Workbook) -> None:
        sheet = _beside(case, book, words)
        match case.rng.randrange(4):
            case 0:
                sheet.insert_rows(case.rng.randint(2, 7))
            case 1:
                sheet.insert_cols(case.rng.randint(3, 5))
            case 2:
                sheet.title = "发客户"
            case _:
                sheet["A1"].value = "√"

    _with(case, change)


@alone("results: an amount changed, words beside")
def _(case: Case) -> None:
    line = case.pick()
    line.retype(line.amount * 1.5, line.amount)
    place, amount, words = line.place, line.amount, _words(case)

    def change(book: Workbook) -> None:
        book[line.table.sheet.name][place].value = amount
        _beside(case, book, words)

    _with(case, change)
    line.type("amount", amount / 1.5)


@alone("results: an amount changed, a number over a formula")
def _(case: Case) -> None:
    line = case.pick()
    line.retype(line.amount * 0.75, line.amount)
    place, amount = line.place, line.amount
    case.quoted(str(NUMBER))

    def change(book: Workbook) -> None:
        book[line.table.sheet.name][place].value = amount
        _over(case, book, NUMBER, formulas=True)

    _with(case, change)
    line.type("amount", amount / 0.75)


@alone("results: a line taken out in it")
def _(case: Case) -> None:
    if len(case.products) > 1:  # one of them might be left without data
        raise NotApplicableError
    line = case.pick(lambda line: sum(line.stage == each.stage for each in case.lines) > 1)
    number = line.table.sheet.number_of(line.row)
    name, columns = line.table.sheet.name, list(line.table.columns.values())
    case.lines.remove(line)

    def change(book: Workbook) -> None:
        for column in columns:
            book[name].cell(number, column).value = None

    _with(case, change)


@alone("results: a unit changed in it")
def _(case: Case) -> None:
    line = case.pick()
    number = line.table.sheet.number_of(line.row)
    name, column = line.table.sheet.name, line.table.columns["unit"]

    def change(book: Workbook) -> None:
        book[name].cell(number, column).value = "箩"

    case.need(line.cell("unit"))
    _with(case, change)
