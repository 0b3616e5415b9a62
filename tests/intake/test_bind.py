"""The inputs are found again wherever they went: by marks, by names, by headings; and what is unread is said."""

from __future__ import annotations

from tests.books import LINE, changed, line, returned
from tests.studies import process_book
from workbook_engine.findings import Severity
from workbook_engine.grid import Book, Cell, MemorySheet
from workbook_engine.intake import bind_inputs

KWH = 0.5777


def sheets_with(book: Book, name: str, sheet: MemorySheet) -> Book:
    """Return the book with one sheet in place of the one called `name`."""
    return Book(tuple(sheet if old.name == name else old for old in book.sheets), book.names)


def moved(book: Book, name: str, rows: int = 0, columns: int = 0) -> Book:
    """Return the book with a sheet's content moved down and to the right, as inserting rows and columns does."""
    old = next(sheet for sheet in book.sheets if sheet.name == name)
    cells = {row + rows: {c + columns: cell for c, cell in content.items()} for row, content in old.rows()}
    return sheets_with(book, name, MemorySheet(name, cells))


def without_marks(book: Book) -> Book:
    """Return the book with every mark and key row lost, as when sheets are rebuilt by copying what is visible."""
    sheets = []
    for sheet in book.sheets:
        rows: dict[int, dict[int, Cell]] = {}
        for number, cells in sheet.rows():
            if str(cells.get(1, Cell("text", "")).value).startswith("wbe:table"):
                continue
            rows[number] = {c: cell for c, cell in cells.items() if c > 1}
        sheets.append(MemorySheet(sheet.name, rows))
    return Book(tuple(sheets))


def test_rows_and_columns_inserted_above_and_before_do_not_matter() -> None:
    book = moved(moved(returned(), "产品生产", rows=3, columns=2), "基本信息", rows=1, columns=1)
    outcome = process_book(book)
    assert outcome.is_final
    assert outcome.inventory.lines[0].where.cell == "G10"  # E7, three down and two to the right


def test_columns_swapped_with_their_keys_do_not_matter() -> None:
    book = returned()
    old = next(sheet for sheet in book.sheets if sheet.name == "产品生产")
    swap = {5: 6, 6: 5}  # amount and unit
    cells = {row: {swap.get(c, c): cell for c, cell in content.items()} for row, content in old.rows()}
    outcome = process_book(sheets_with(book, "产品生产", MemorySheet("产品生产", cells)))
    assert outcome.is_final
    assert outcome.inventory.lines[0].where.cell == "F7"


def test_a_renamed_sheet_is_found_by_its_marks() -> None:
    book = returned()
    sheets = tuple(MemorySheet(f"表{n}", dict(sheet.rows())) for n, sheet in enumerate(book.sheets))
    assert process_book(Book(sheets)).is_final


def test_without_any_mark_the_headings_serve_with_a_note() -> None:
    outcome = process_book(without_marks(returned()))
    assert outcome.cfp == 100 * KWH
    assert ("产品生产", "found-by-label") in {(sheet, code) for sheet, _, code in outcome.said(Severity.NOTE)}


def test_a_heading_put_over_another_column_is_an_error() -> None:
    outcome = process_book(changed(returned(), "产品生产", "E6", "单位"))
    assert ("产品生产", "E6", "heading-disagrees") in outcome.said()
    assert outcome.cfp is None


def test_what_stands_outside_the_tables_is_listed() -> None:
    outcome = process_book(changed(returned(), "产品生产", "AZ7", "另有柴油 500 kg"))
    assert ("产品生产", "AZ7", "content-not-read") in outcome.said(Severity.WARNING)


def test_a_sheet_copied_twice_counts_once() -> None:
    book = returned()
    production = next(sheet for sheet in book.sheets if sheet.name == "产品生产")
    copy = MemorySheet("产品生产 (2)", dict(production.rows()))
    outcome = process_book(Book((*book.sheets, copy)))
    assert outcome.cfp == 100 * KWH
    assert "sheet-copied" in outcome.codes()


def test_a_copied_sheet_with_other_data_is_an_error() -> None:
    book = returned()
    other = next(sheet for sheet in returned({"production": [line(amount=7)]}).sheets if sheet.name == "产品生产")
    outcome = process_book(Book((*book.sheets, MemorySheet("产品生产 (2)", dict(other.rows())))))
    assert "table-twice" in outcome.codes()
    assert outcome.cfp is None


def test_a_sheet_of_ones_own_is_said_to_be_unread() -> None:
    extra = MemorySheet("备用数据", {1: {1: Cell("text", "柴油"), 2: Cell("number", 5.0)}})
    outcome = process_book(Book((*returned().sheets, extra)))
    assert ("备用数据", None, "sheet-not-read") in outcome.said(Severity.WARNING)


def test_a_sheet_that_the_engine_computed_is_passed_over() -> None:
    computed = MemorySheet("结果摘要", {1: {1: Cell("text", "wbe:results:summary"), 2: Cell("number", 1.0)}})
    outcome = process_book(Book((*returned().sheets, computed)))
    assert outcome.is_final
    assert outcome.submission.from_results


def test_hidden_rows_count_and_are_said() -> None:
    book = returned({"production": [LINE, line(amount=1)]})
    old = next(sheet for sheet in book.sheets if sheet.name == "产品生产")
    hidden = MemorySheet("产品生产", dict(old.rows()), hidden_rows=frozenset({8}))
    outcome = process_book(sheets_with(book, "产品生产", hidden))
    assert outcome.cfp == 101 * KWH
    assert ("产品生产", "B8", "hidden-rows-read") in outcome.said(Severity.WARNING)


def test_another_workbook_is_said_to_be_none_of_ours() -> None:
    book = Book((MemorySheet("Sheet1", {1: {1: Cell("text", "你好")}}),))
    submission, findings = bind_inputs(book)
    assert submission is None
    assert [finding.code for finding in findings] == ["not-our-template"]
