"""Another file in its place: a results workbook, a factor library, a correction copy that was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from openpyxl.comments import Comment

from tests.mutation.kinds.beside import WORDS
from tests.mutation.kinds.registry import alone, typed
from tests.mutation.rawbook import NotApplicableError
from workbook_engine.correction import write_correction
from workbook_engine.pipeline import process, write_factor_library

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.mutation.case import Case

LISTS = ("问题清单", "Findings", "To mend", "Corrections")


@alone("a factor library in place of the workbook")
def _(case: Case) -> None:
    language = case.rng.choice(["zh", "en"])

    def put(path: Path) -> Path:
        write_factor_library(path, language)  # type: ignore[arg-type]
        return path

    case.after_save.append(put)
    case.refused = "factor-library"


@alone("a factor library saved by another program")
def _(case: Case) -> None:
    def put(path: Path) -> Path:
        write_factor_library(path)
        openpyxl.load_workbook(path).save(path)
        return path

    case.after_save.append(put)
    case.refused = "factor-library"


def results_of(path: Path) -> Path:
    """Return the results workbook of a returned one."""
    (written,) = process(path, path.parent / f"results of {path.stem}").results
    return path.__class__(written)


@alone("the results workbook in place of the returned one")
def _(case: Case) -> None:
    case.after_save.append(results_of)


@alone("the results workbook, an amount changed in it")
def _(case: Case) -> None:
    line = case.pick()
    line.retype(line.amount * 1.5, line.amount)  # what is typed into the results, not before
    place = line.place

    def change(path: Path) -> Path:
        book = openpyxl.load_workbook(path)
        book[line.table.sheet.name][place].value = line.amount
        book.save(path)
        return path

    case.after_save += [results_of, change]
    line.type("amount", line.amount / 1.5)


@alone("the results workbook, an amount deleted in it")
def _(case: Case) -> None:
    line = case.pick()
    place = line.place

    def change(path: Path) -> Path:
        book = openpyxl.load_workbook(path)
        book[line.table.sheet.name][place].value = None
        book.save(path)
        return path

    case.need(line.cell("amount"))
    case.after_save += [results_of, change]


@alone("a correction copy, answered beside its list")
def _(case: Case) -> None:
    _answer(case, lambda sheet: sheet.cell(6, 16))


@alone("a correction copy, answered below its list")
def _(case: Case) -> None:
    gap = case.rng.choice([1, 2, 5])
    _answer(case, lambda sheet: sheet.cell(sheet.max_row + gap, case.rng.choice([2, 4, 6])))


@alone("a correction copy, answered over its remedy")
def _(case: Case) -> None:
    _answer(case, lambda sheet: sheet.cell(6, 8) if sheet.cell(6, 8).value else sheet.cell(6, 7))


def _answer(case: Case, where: object) -> None:
    words = case.quoted(case.rng.choice(WORDS))

    def put(path: Path) -> Path:
        copy = path.with_name("copy.xlsx")
        write_correction(path, copy)
        book = openpyxl.load_workbook(copy)
        sheet: Worksheet | None = next((each for each in book.worksheets if each.title in LISTS), None)
        assert sheet is not None, book.sheetnames
        where(sheet).value = words  # type: ignore[operator]
        book.save(copy)
        return copy

    case.said("answer-not-read")
    case.after_save.append(put)


@alone("a comment on an amount")
def _(case: Case) -> None:
    line = case.pick()
    place, words = line.place, case.rng.choice(WORDS)

    def put(path: Path) -> Path:
        book = openpyxl.load_workbook(path)
        book[line.table.sheet.name][place].comment = Comment(words, "张三")
        book.save(path)
        return path

    case.doubted(line.cell("amount"))
    case.after_save.append(put)


@typed("a sheet of one's own with figures")
def _(case: Case) -> None:
    sheet = case.book.add_sheet(case.rng.choice(["食堂用气", "补充数据", "Sheet1"]))
    for row, values in enumerate([("用途", "数量", "单位"), ("食堂", 300.0, "m³")], 1):
        for column, value in enumerate(values, 1):
            sheet.row(row).put(column, value)
    case.mentioned(sheet)


@typed("a hidden sheet of one's own with figures")
def _(case: Case) -> None:
    sheet = case.book.add_sheet("旧数据", "hidden")
    sheet.row(3).put(2, "备用发电机柴油")
    sheet.row(3).put(3, 420.0)
    case.mentioned(sheet)


@typed("answers below a table")
def _(case: Case) -> None:
    line = case.pick()
    row = case.add_row(line.table, {}, gap=case.rng.choice([1, 4]))
    line.table.rows.remove(row)
    case.doubted(row.put(line.table.columns["item"], case.quoted(case.rng.choice(WORDS))), row)


@typed("answers below the products")
def _(case: Case) -> None:
    table = case.tables["products"]
    row = case.add_row(table, {}, gap=1)
    table.rows.remove(row)
    case.doubted(row.put(table.columns["name"], case.rng.choice(WORDS)), row)  # asked about at its row, as a product
    case.follows += [line.row for line in case.lines]  # of which of two products is a total?


@typed("answers below the plants' products")
def _(case: Case) -> None:
    table = case.tables["plant_products"]
    if not table.rows:
        raise NotApplicableError
    row = case.add_row(table, {}, gap=1)
    table.rows.remove(row)
    case.doubted(row.put(table.columns["plant"], case.quoted(case.rng.choice(WORDS))), row)


@typed("answers below a form")
def _(case: Case) -> None:
    sheet, _ = case.fields["settings.electricity_year"]
    case.claim(sheet)
    cell = sheet.row(max(sheet.rows) + 2).put(2, case.quoted(case.rng.choice(WORDS)))
    case.doubted(cell)
