"""The inputs are found again wherever they went: by marks, by names, by headings; and what is unread is said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.books import LINE, PRODUCT, changed, line, returned
from tests.studies import process_book
from workbook_engine.findings import CellRef, Severity
from workbook_engine.grid import Area, Book, Cell, MemorySheet
from workbook_engine.intake import bind_inputs
from workbook_engine.pipeline import process, read_workbook

EXAMPLE = next((Path(__file__).parents[2] / "example_workbooks" / "T4000402").glob("*.xlsx"))

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


def test_a_sheet_named_as_one_of_the_templates_that_cannot_be_recognised_forbids_a_total() -> None:
    """Its stage may be left out of the boundary, too: then nothing else would tell that its amounts are missing."""
    book = returned()
    stripped = MemorySheet(
        "成品运输", {3: {2: Cell("text", "运往客户"), 3: Cell("text", "柴油"), 5: Cell("number", 62.0)}}
    )
    outcome = process_book(sheets_with(book, "成品运输", stripped))
    assert ("成品运输", None, "own-sheet-not-read") in outcome.said(Severity.ERROR)
    assert not outcome.is_final


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


def test_a_factor_library_is_said_to_be_one() -> None:
    library = read_workbook(Path(__file__).parents[2] / "templates" / "factor_library.xlsx")
    assert library.submission is None
    assert [finding.code for finding in library.findings] == ["factor-library"]


# --- words that are no data -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        {2: "注：以上数据来自厂区总电表"},
        {2: "备注1、含办公用电约 5%"},
        {3: "说明:电量不含三月"},
        {2: "※ 数据为估算"},
        {2: "（注）按铭牌功率折算"},
        {2: "Note: as read from the meter"},
    ],
)
def test_a_row_of_words_below_the_lines_is_a_remark_and_no_line(words: dict[int, str]) -> None:
    book = returned()
    old = next(sheet for sheet in book.sheets if sheet.name == "产品生产")
    last = max(row for row, _ in old.rows())
    for row in (last + 1, last + 3):
        cells = {**dict(old.rows()), row: {column: Cell("text", text) for column, text in words.items()}}
        outcome = process_book(sheets_with(book, "产品生产", MemorySheet("产品生产", cells)))
        assert outcome.is_final
        assert len(outcome.inventory.lines) == 1
        (told,) = [finding for finding in outcome.findings if finding.code == "words-row"]
        assert (told.where.row, told.where.column) == (row, min(words))
        assert str(told.params["typed"]).startswith(words[min(words)])


@pytest.mark.parametrize("item", ["注塑机用电", "说明书印刷", "备注栏用电", "日期打码机", "联系电话机", "note paper"])
def test_an_item_that_begins_like_a_remark_is_a_line(item: str) -> None:
    outcome = process_book(returned({"production": [line(), line(item=item, flow=None, amount=None)]}))
    assert "words-row" not in outcome.codes()
    assert ("产品生产", "D8", "flow-missing") in outcome.said()


def test_a_remark_with_a_number_beside_it_is_a_line() -> None:
    outcome = process_book(returned({"production": [line(), line(item="注：空压机", unit=None)]}))
    assert "words-row" not in outcome.codes()
    assert ("产品生产", "F8", "unit-missing") in outcome.said()


# --- what is told of it -----------------------------------------------------------------------------------------------


def test_a_heading_over_another_column_is_told_alone_without_what_follows_from_it() -> None:
    book = returned({"production": [line(), line(item="照明")]})
    book = changed(changed(book, "产品生产", "E5", "unit"), "产品生产", "F5", "amount")  # the keys, not the headings
    outcome = process_book(book)
    assert [(cell, code) for _, cell, code in outcome.said()] == [
        ("E6", "heading-disagrees"),
        ("F6", "heading-disagrees"),
    ]
    assert not outcome.is_final


def test_a_stage_whose_sheet_was_deleted_is_said_to_lack_its_sheet() -> None:
    book = returned(boundary={"end_of_life": "是"})
    assert ("stage-without-data") in {code for _, _, code in process_book(book).said()}
    book = Book(tuple(sheet for sheet in book.sheets if sheet.name != "产品处置"), book.names)
    assert {code for _, _, code in process_book(book).said()} == {"stage-sheet-gone"}


def test_storage_without_data_is_said_to_be_filled_in_on_the_sheet_of_distribution() -> None:
    done = process_book(returned(boundary={"storage": "是"}))
    (said,) = (each for each in done.findings if each.severity is Severity.ERROR)
    assert said.code == "stage-without-data"
    assert said.remedy("zh").startswith("请在“成品运输”页签（“环节”选“仓储”）填写该阶段的数据；")
    book = returned(boundary={"storage": "是"})
    book = Book(tuple(sheet for sheet in book.sheets if sheet.name != "成品运输"), book.names)
    assert "stage-sheet-gone" in process_book(book).codes()


def test_a_formula_whose_cell_was_deleted_is_broken_and_not_merely_uncalculated() -> None:
    for formula, code in (("#REF!*12", "cell-error"), ("Sheet9!A1*12", "formula-not-calculated")):
        book = changed(returned(), "产品生产", "E7", Cell("uncached", None, formula))
        assert process_book(book).said() == [("产品生产", "E7", code)]


def test_names_like_an_unknown_one_are_offered_where_there_are_some() -> None:
    for flow, offered in (("热轧碳钢宽带", "相近的有"), ("量子能", "从列表中选择；")):
        outcome = process_book(returned({"production": [line(flow=flow)]}))
        (finding,) = [finding for finding in outcome.findings if finding.code == "flow-unknown"]
        assert offered in finding.remedy("zh")
        assert "—" not in finding.remedy("zh")


def test_a_hidden_sheet_of_ones_own_is_noted_and_those_of_programs_are_not() -> None:
    for name, codes in (("内部", ["hidden-sheet-not-read"]), ("WpsReserved_CellImgList", [])):
        own = MemorySheet(name, {1: {1: Cell("text", "a"), 2: Cell("number", 2.0)}}, visible=False)
        book = Book((*returned().sheets, own))
        told = [finding for finding in process_book(book).findings if finding.where == CellRef(name)]
        assert [finding.code for finding in told] == codes
        assert all(finding.params["count"] == 2 for finding in told)


def test_a_missing_output_is_told_once_and_not_what_follows_from_it() -> None:
    plants = [{"name": "一厂"}]
    made = [{"plant": "一厂", "product": "分支箱"}, {"plant": "一厂", "product": "别的", "output": 5, "unit": "台"}]
    lines = [line(basis="全厂全年合计", plant="一厂")]
    product = {key: value for key, value in PRODUCT.items() if key not in ("output", "output_unit")}
    book = returned({"plants": plants, "plant_products": made, "production": lines}, products=[product])
    assert [(sheet, code) for sheet, _, code in process_book(book).said()] == [("基本信息", "output-missing")]


@pytest.mark.parametrize(
    ("weights", "codes"),
    [
        ((0.9, 10), ["weights-mixed"]),
        ((25, 0.75), ["weights-mixed"]),
        ((0.9, 0.1), []),
        ((90, 10), []),
        ((0.9, 1), []),
        ((1, 7.5), []),
    ],
)
def test_weights_of_which_some_are_percentages_are_asked_about(weights: tuple[float, float], codes: list[str]) -> None:
    made = [
        {"plant": "一厂", "product": name, "output": 5, "unit": "台", "weight": weight}
        for name, weight in zip(("分支箱", "别的"), weights, strict=True)
    ]
    plants = [{"name": "一厂", "allocation_basis": "企业自定权重", "justification": "同样"}]
    lines = [line(basis="全厂全年合计", plant="一厂")]
    product = PRODUCT | {"output": 5}
    outcome = process_book(
        returned({"plants": plants, "plant_products": made, "production": lines}, products=[product])
    )
    assert [code for _, _, code in outcome.said()] == codes
    assert outcome.is_final is not bool(codes)


def test_an_output_counted_in_another_word_than_the_unit_is_asked_about() -> None:
    for unit, codes in (("套", ["output-unit-other-word"]), ("台", []), ("万台", [])):
        outcome = process_book(returned(products=[PRODUCT | {"output_unit": unit}]))
        told = [f.code for f in outcome.findings if f.code == "output-unit-other-word"]
        assert told == codes


def test_one_label_alone_in_a_strangers_workbook_makes_it_none_of_ours() -> None:
    own = MemorySheet("EverythingTests", {3: {1: Cell("text", "企业名称"), 2: Cell("text", "甲公司")}})
    submission, findings = bind_inputs(Book((own,)))
    assert submission is None
    assert [finding.code for finding in findings] == ["not-our-template"]


def test_lists_of_words_below_headings_of_several_tables_are_no_table() -> None:
    """The template's hidden lists, their marks cleared, have headings that any stage's table could have."""
    headings = {2: "产品", 4: "工厂", 6: "材料或能源", 7: "能源、燃料或气体", 8: "能源、燃料或废弃物"}
    words = {2: "分支箱", 6: "普通碳钢（市场平均）", 7: "电力", 8: "电力"}
    of_words = {row: {c: Cell("text", text) for c, text in cells.items()} for row, cells in ((1, headings), (2, words))}
    for value, is_error in ((None, False), (Cell("number", 12.0), True), (Cell("text", "约1,200 度"), True)):
        rows = {**of_words, 3: {**of_words[2], **({9: value} if value else {})}}
        book = returned()
        outcome = process_book(Book((*book.sheets, MemorySheet("列表", rows, visible=False))))
        assert (("列表", "B1", "table-unclear") in outcome.said()) is is_error
        assert ("列表", None, "hidden-sheet-not-read") in outcome.said(Severity.NOTE)


def test_a_deleted_column_is_told_once_and_not_again_at_every_row() -> None:
    book = returned({"production": [line(), line(item="检验用电")]})
    old = next(sheet for sheet in book.sheets if sheet.name == "产品生产")
    cells = {row: {c: cell for c, cell in content.items() if c != 6} for row, content in old.rows()}  # the unit
    outcome = process_book(sheets_with(book, "产品生产", MemorySheet("产品生产", cells)))
    assert outcome.said() == [("产品生产", "B6", "column-missing")]
    assert outcome.cfp is None


@pytest.mark.parametrize("months", [False, True])
def test_a_deleted_column_of_amounts_is_missed_unless_months_hold_them(months: bool) -> None:  # noqa: FBT001
    book = returned({"production": [{**line(), **({"month_01": 100.0, "month_02": 100.0} if months else {})}]})
    old = next(sheet for sheet in book.sheets if sheet.name == "产品生产")
    (gone,) = {c for content in dict(old.rows()).values() for c, cell in content.items() if cell.value == "数量"}
    cells = {row: {c: cell for c, cell in content.items() if c != gone} for row, content in old.rows()}
    outcome = process_book(sheets_with(book, "产品生产", MemorySheet("产品生产", cells)))
    assert (("产品生产", "B6", "column-missing") in outcome.said()) is not months
    assert "amount-missing" not in {code for _, _, code in outcome.said()}


@pytest.mark.parametrize("kept", [("数据见附图", None), (None, "flow")], ids=["an item alone", "no amount"])
@pytest.mark.parametrize("stage", ["原材料获取", "产品生产", "成品运输"])
def test_optional_columns_that_the_template_never_had_are_not_missed(
    stage: str, kept: tuple[str | None, str | None], tmp_path: Path
) -> None:
    """The usual template has no months and no suppliers' footprints: what is missing is in its cells."""
    item, field = kept
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book[stage]
    (marks,) = (row for row in sheet.iter_rows() if str(row[0].value).startswith("wbe:table:"))
    for row in sheet.iter_rows(min_row=marks[0].row + 2):
        for mark, cell in zip(marks, row, strict=True):
            if mark.value == "item" and item and row[0].row == marks[0].row + 2:
                cell.value = item
            elif field is None or mark.value in {"amount", "mass"}:
                cell.value = None
    book.save(tmp_path / "returned.xlsx")
    codes = {finding.code for finding in process(tmp_path / "returned.xlsx").findings}
    assert "column-missing" not in codes
    assert codes & {"amount-missing", "route-incomplete", "row-bare"}


def test_a_deleted_field_is_missed_on_the_sheet_that_the_others_stand_on(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    sheet = book["基本信息"]
    (row,) = (cells[0].row for cells in sheet.iter_rows() if cells[0].value == "wbe:field:study.period_start")
    sheet.delete_rows(row)
    for number, each in enumerate(book.worksheets, 1):
        each.title = f"Sheet{number}"
    book.save(tmp_path / "returned.xlsx")
    findings = process(tmp_path / "returned.xlsx").findings
    assert [str(finding.where) for finding in findings if finding.code == "required-empty"] == [sheet.title]


def test_amounts_merged_downwards_are_told_once() -> None:
    book = returned({"production": [line(), line(item="检验用电", amount=None)]})
    old = next(sheet for sheet in book.sheets if sheet.name == "产品生产")
    merged = MemorySheet("产品生产", dict(old.rows()), merges=(Area(7, 5, 8, 5),))
    assert process_book(sheets_with(book, "产品生产", merged)).said() == [("产品生产", "E7", "merged-number")]


def test_nothing_is_said_of_what_the_template_itself_shows_where_its_marks_are_gone() -> None:
    """The line under a sheet's title, also where no program has calculated it, and a row of keys without its mark."""
    plain = returned()
    old = next(sheet for sheet in plain.sheets if sheet.name == "产品生产")
    cells = {row: {c: cell for c, cell in content.items() if c > 1} for row, content in old.rows()}
    cells[3] = {2: Cell("uncached", None, "\"填报检查：\"&'填写说明'!$C$34")}
    outcome = process_book(sheets_with(plain, "产品生产", MemorySheet("产品生产", dict(sorted(cells.items())))))
    assert outcome.is_final
    assert "content-not-read" not in outcome.codes()
