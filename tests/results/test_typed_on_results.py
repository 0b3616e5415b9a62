"""A results workbook handed in again: what somebody typed on its computed sheets is told, and nothing else is."""

from __future__ import annotations

import datetime as dt
import shutil
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import line, returned
from tests.intake import binary
from tests.office import converted
from tests.results.kinds import made
from tests.studies import write_book_results
from tests.verify.editing import edit
from workbook_engine.intake import open_workbook
from workbook_engine.pipeline import process
from workbook_engine.spec.marks import computed_key
from workbook_engine.spec.own_formulas import kind_of
from workbook_engine.spec.own_words import MARK_OWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from workbook_engine.findings import Finding

CODE = "typed-on-results"
REMARK = "这里的数请与客户核对后再报"
KINDS = (
    "results with draws",
    "client's view",
    "results in English",
    "results of several products",
    "results with scenarios",
    "results without a total",
    "results with biogenic CO2",
    "results with an earlier report",
)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("typed") / "results.xlsx"
    write_book_results(returned({"production": [line(), line(flow="柴油", unit="kg", amount=7)]}), path)
    return path


def _told(path: Path) -> list[Finding]:
    return [finding for finding in process(path).findings if finding.code == CODE]


def _by_openpyxl(source: Path, target: Path, change: Callable[[openpyxl.Workbook], object]) -> Path:
    book = openpyxl.load_workbook(source)
    change(book)
    book.save(target)
    return target


def _computed(path: Path) -> list[str]:
    book = open_workbook(path).book
    assert book is not None
    return [sheet.name for sheet in book.sheets if computed_key(sheet)]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_told_of_a_workbook_as_made_or_as_saved_by_openpyxl(kind: str, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    path = made(kind, tmp_path / "made")[-1]
    assert len(_computed(path)) > 8
    assert _told(path) == []
    assert _told(_by_openpyxl(path, tmp_path / "saved.xlsx", lambda _: None)) == []


def test_a_text_is_told_wherever_it_stands_on_any_computed_sheet(results: Path, tmp_path: Path) -> None:
    sheets = _computed(results)
    assert len(sheets) > 12

    def write(book: openpyxl.Workbook) -> None:
        for sheet in sheets:
            book[sheet].cell(7, 30, f"{REMARK} {sheet}")

    found = {
        finding.where.sheet: finding
        for finding in _told(_by_openpyxl(results, tmp_path / "r.xlsx", write))
        if finding.where
    }
    beside_list = "问题清单"  # there it is an answer, and told as that
    assert set(found) == set(sheets) - {beside_list}
    for sheet, finding in found.items():
        assert finding.where is not None
        assert finding.where.cell == "AD7"
        assert f"{REMARK} {sheet}"[:40] in finding.message("zh")
        assert "AD7" in finding.message("en")


def _places(path: Path, kind: str) -> list[tuple[str, int, int]]:
    """Return a cell of each computed sheet: one with a "text" of the program's own, or a "formula" with a figure."""
    book = open_workbook(path).book
    assert book is not None
    found: dict[str, tuple[int, int]] = {}
    for sheet in book.sheets:
        for row, cells in sheet.rows() if computed_key(sheet) not in ("", "findings") else ():
            for column, cell in cells.items():
                is_it = (
                    cell.kind == "text" and cell.formula is None
                    if kind == "text"
                    else cell.kind == "number" and cell.formula
                )
                if row > 4 and column > 1 and is_it:
                    found.setdefault(sheet.name, (row, column))
    return [(sheet, *place) for sheet, place in found.items()]


@pytest.mark.parametrize(
    ("kind", "typed"), [("text", REMARK), ("formula", 3.25), ("formula", REMARK), ("text", 1234.5)]
)
def test_what_is_typed_over_a_text_or_a_formula_is_told(
    results: Path, tmp_path: Path, kind: str, typed: str | float
) -> None:
    places = _places(results, kind)
    assert len(places) > 7

    def write(book: openpyxl.Workbook) -> None:
        for sheet, row, column in places:
            book[sheet].cell(row, column, typed)

    changed = _by_openpyxl(results, tmp_path / "r.xlsx", write)
    told = {(f.where.sheet, f.where.row, f.where.column) for f in _told(changed) if f.where}
    others = {(f.where.sheet, f.where.row, f.where.column) for f in process(changed).findings if f.where}
    assert set(places) <= told | others
    assert len(told) >= len(places) - 1  # the switch of scenarios has words of its own


def test_a_number_that_a_column_of_formulas_never_had_is_told_though_it_stands_elsewhere(
    results: Path, tmp_path: Path
) -> None:
    (sheet, row, column), *_ = _places(results, "formula")
    changed = _by_openpyxl(results, tmp_path / "r.xlsx", lambda book: book[sheet].cell(row, column, 1))
    (finding,) = _told(changed)
    assert finding.where is not None
    assert (finding.where.row, finding.where.column) == (row, column)


def test_a_formula_of_ones_own_beside_the_tables_is_told(results: Path, tmp_path: Path) -> None:
    changed = _by_openpyxl(results, tmp_path / "r.xlsx", lambda book: book["结果摘要"].cell(5, 40, "=1+1"))
    (finding,) = _told(changed)
    assert "=1+1" in finding.message("zh")


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        (0, "=E{row}*G{row}*0.95"),
        (0, "=E{row}*G{row}+5"),
        (1, "=E{row}*H{row}"),
        (0, "=1.25"),
        (0, "=ROUND(E{row}*G{row},2)"),
        (0, "=SUM(E{row}:G{row})"),
    ],
)
def test_a_formula_over_a_formula_is_told(results: Path, tmp_path: Path, row: int, typed: str) -> None:
    sheet = "核算-产品生产"
    book = openpyxl.load_workbook(results)
    lines = [cell.row for cell in book[sheet]["I"] if str(cell.value).startswith("=E")]
    assert len(lines) == 2
    formula = typed.format(row=lines[row])
    assert book[sheet].cell(lines[row], 9).value != formula
    book[sheet].cell(lines[row], 9).value = formula
    book.save(tmp_path / "r.xlsx")
    (finding,) = _told(tmp_path / "r.xlsx")
    assert finding.params["cells"] == f"I{lines[row]}"
    assert formula in finding.message("zh")


def test_another_figure_in_a_formula_is_told(results: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(results)
    cells = [cell for name in _computed(results) for row in book[name].iter_rows() for cell in row]
    cell = next(cell for cell in cells if str(cell.value).startswith("=") and ",9)" in str(cell.value))
    cell.value = str(cell.value).replace(",9)", ",2)")
    book.save(tmp_path / "r.xlsx")
    (finding,) = _told(tmp_path / "r.xlsx")
    assert finding.params["cells"] == cell.coordinate


def test_formulas_that_another_program_spelt_anew_are_ours() -> None:
    ours = "IF('归一化'!$D$50=0,SUM(E5:E40)*0.5,\"无 12\"&ROUND(F50/D50-1,9))"
    theirs = 'if(归一化!D7=0, sum( e5:e9 )*.50,"无 12"&ROUND(F7/D7-1,9))'
    assert kind_of(ours) == kind_of(theirs)
    assert kind_of(ours) == kind_of(ours.replace("ROUND", "_xlfn.ROUND"))
    moved = kind_of(ours.replace("E5:E40", "H5:H40"))
    assert moved.without == kind_of(ours).without
    assert moved.with_columns != kind_of(ours).with_columns
    for other in (ours.replace("0.5", "0.6"), ours.replace("12", "13"), ours.replace("=0", "<0"), ours + "+1"):
        assert kind_of(other).without != kind_of(ours).without


def test_many_cells_are_one_finding_with_the_first_of_them(results: Path, tmp_path: Path) -> None:
    def write(book: openpyxl.Workbook) -> None:
        for row in range(5, 25):
            book["溯源"].cell(row, 40, f"第 {row} 行的说明，写得很长很长，" * 4)

    (finding,) = _told(_by_openpyxl(results, tmp_path / "r.xlsx", write))
    assert "20 处" in finding.message("zh")
    assert len(finding.message("zh")) < 300


def test_a_text_typed_over_the_list_of_findings_is_told_and_a_tick_is_not(results: Path, tmp_path: Path) -> None:
    def tick(book: openpyxl.Workbook) -> None:
        for row in book["问题清单"].iter_rows(min_row=5):
            for cell in row:
                cell.value = "☑" if cell.value == "☐" else cell.value

    assert _told(_by_openpyxl(results, tmp_path / "t.xlsx", tick)) == []
    changed = _by_openpyxl(results, tmp_path / "r.xlsx", lambda book: book["问题清单"].cell(5, 6, REMARK))
    (finding,) = _told(changed)
    assert REMARK in finding.message("zh")


def test_a_typed_factor_is_told_once_as_a_factor(results: Path, tmp_path: Path) -> None:
    changed = edit(results, tmp_path / "r.xlsx", "排放因子", {"F5": 0.6125})
    codes = [f.code for f in process(changed).findings if f.where and f.where.sheet == "排放因子"]
    assert codes == ["typed-over"]


def _insert_rows(book: openpyxl.Workbook) -> None:
    book["溯源"].insert_rows(6, 2)


def _insert_column(book: openpyxl.Workbook) -> None:
    book["溯源"].insert_cols(4)
    book["排放因子"].insert_cols(5, 2)


def _rename(book: openpyxl.Workbook) -> None:
    book["结果摘要"].title = "汇总（发客户）"


def _delete(book: openpyxl.Workbook) -> None:
    for name in ("封面", "热点分析", "溯源"):
        del book[name]


def _copy(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(book["结果摘要"])


def _delete_rows(book: openpyxl.Workbook) -> None:
    book["溯源"].delete_rows(5, 1)
    book["排放因子"].delete_cols(4)


def _insert_far_right(book: openpyxl.Workbook) -> None:
    book["溯源"].insert_cols(12)
    book["核算-产品生产"].insert_cols(9)
    book["归一化"].insert_cols(14, 2)
    book["数据质量评分"].insert_cols(8)
    book["排放因子"].insert_cols(9)


@pytest.mark.parametrize(
    "change", [_insert_rows, _insert_column, _insert_far_right, _rename, _delete, _copy, _delete_rows]
)
def test_sheets_that_were_rearranged_hold_nothing_typed(
    results: Path, tmp_path: Path, change: Callable[[openpyxl.Workbook], None]
) -> None:
    assert _told(_by_openpyxl(results, tmp_path / "r.xlsx", change)) == []


@pytest.mark.parametrize("change", [_insert_rows, _insert_column, _rename, _copy])
def test_a_text_on_a_sheet_that_was_rearranged_is_told(
    results: Path, tmp_path: Path, change: Callable[[openpyxl.Workbook], None]
) -> None:
    def both(book: openpyxl.Workbook) -> None:
        change(book)
        sheet: Worksheet = book["溯源"]
        sheet.cell(4, 40, REMARK)

    (finding,) = _told(_by_openpyxl(results, tmp_path / "r.xlsx", both))
    assert REMARK in finding.message("zh")


def _row_above(book: openpyxl.Workbook) -> None:
    for name in ("封面", "核算-产品生产", "溯源"):
        book[name].insert_rows(1)


def _first_column_gone(book: openpyxl.Workbook) -> None:
    for name in ("封面", "结果摘要", "排放因子"):
        book[name].delete_cols(1)


def _mark_typed_over(book: openpyxl.Workbook) -> None:
    for name in ("封面", "结果摘要", "溯源", "问题清单"):
        book[name]["A1"] = "√"


@pytest.mark.parametrize("change", [_row_above, _first_column_gone, _mark_typed_over])
def test_a_computed_sheet_that_lost_its_mark_is_no_input_and_what_is_typed_on_it_is_told(
    results: Path, tmp_path: Path, change: Callable[[openpyxl.Workbook], None]
) -> None:
    before, after = process(results), process(_by_openpyxl(results, tmp_path / "r.xlsx", change), tmp_path / "again")
    assert after.status == "ok"
    assert [(f.code, f.where) for f in after.findings] == [(f.code, f.where) for f in before.findings]
    assert _computed(Path(after.results[0])) == _computed(results)
    assert len(openpyxl.load_workbook(after.results[0]).sheetnames) == len(openpyxl.load_workbook(results).sheetnames)

    def both(book: openpyxl.Workbook) -> None:
        change(book)
        book["封面"]["Z9"] = dt.date(2026, 1, 17)
        book["封面"]["AA9"] = REMARK

    (finding,) = _told(_by_openpyxl(results, tmp_path / "typed.xlsx", both))
    assert "“2026-01-17”" in finding.message("zh")
    assert REMARK in finding.message("zh")


def test_the_input_sheets_alone_give_what_the_whole_workbook_gave(results: Path, tmp_path: Path) -> None:
    def inputs_only(book: openpyxl.Workbook) -> None:
        for name in _computed(results):
            del book[name]

    before, after = process(results), process(_by_openpyxl(results, tmp_path / "r.xlsx", inputs_only))
    assert {(f.code, f.where) for f in after.findings} == {(f.code, f.where) for f in before.findings}


def test_values_in_place_of_formulas_are_no_typing_but_a_text_among_them_is(results: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(results, data_only=True)
    book.save(tmp_path / "values.xlsx")
    assert _told(tmp_path / "values.xlsx") == []
    book["结果摘要"].cell(6, 40, REMARK)
    book.save(tmp_path / "more.xlsx")
    (finding,) = _told(tmp_path / "more.xlsx")
    assert finding.where is not None
    assert finding.where.cell == "AN6"


def test_a_number_among_values_in_place_of_formulas_is_told_and_what_follows_from_it_is_not(
    results: Path, tmp_path: Path
) -> None:
    """No formulas are left: 0.5 in I6 is typed, its share and the totals of the stage were calculated with it."""
    sheet = "核算-产品生产"
    values = openpyxl.load_workbook(results, data_only=True)
    formulas = openpyxl.load_workbook(results)
    (row,) = (cell.row for cell in formulas[sheet]["B"] if cell.value == "PR-001")
    values[sheet].cell(row, 9).value = 0.5
    values[sheet].cell(row, 10).value = 0.123  # =I6/total: follows
    values.save(tmp_path / "typed.xlsx")
    (finding,) = _told(tmp_path / "typed.xlsx")
    assert finding.params["cells"] == f"I{row}"


def _as_xlsb(source: Path, target: Path) -> Path:
    """Write the values as .xlsb: no program here can, so that each record is written by hand."""
    book = openpyxl.load_workbook(source, data_only=True)
    sheets = {}
    for sheet in book.worksheets:
        records = []
        for row in sheet.iter_rows():
            filled = [cell for cell in row if cell.value is not None]
            records += [binary.row(row[0].row)] if filled else []
            for cell in filled:
                if isinstance(cell.value, int | float):
                    records.append(binary.cell(5, cell.column, struct.pack("<d", cell.value)))
                else:
                    records.append(binary.cell(6, cell.column, binary.wide(str(cell.value))))
        sheets[sheet.title] = binary.sheet(*records)
    target.write_bytes(binary.workbook(sheets))
    return target


def test_a_number_typed_in_an_xlsb_is_told(results: Path, tmp_path: Path) -> None:
    assert _told(_as_xlsb(results, tmp_path / "r.xlsb")) == []
    typed = edit(results, tmp_path / "typed.xlsx", "核算-产品生产", {"I7": 0.5})
    (finding,) = _told(_as_xlsb(typed, tmp_path / "typed.xlsb"))
    assert finding.params["cells"] == "I7"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_number_over_a_formula_in_an_xls_and_ods_is_told(results: Path, tmp_path: Path) -> None:
    typed = edit(results, tmp_path / "typed.xlsx", "核算-产品生产", {"I7": 0.5})
    mended = edit(results, tmp_path / "mended.xlsx", "产品生产", {"E5": 211.0})
    for kind in ("xls", "ods"):
        saved = converted([results, typed, mended], kind, tmp_path / kind, tmp_path / "profile")
        assert _told(saved[results]) == []
        assert _told(saved[mended]) == []
        (finding,) = _told(saved[typed])
        assert finding.params["cells"] == "I7"


def test_a_workbook_of_a_version_without_digests_and_a_damaged_one_say_nothing(results: Path, tmp_path: Path) -> None:
    def older(book: openpyxl.Workbook) -> None:
        for row in book["_wbe"].iter_rows():
            for cell in row:
                if str(cell.value).startswith(MARK_OWN):
                    cell.value = None
        book["结果摘要"].cell(6, 40, REMARK)

    def damaged(book: openpyxl.Workbook) -> None:
        for row in book["_wbe"].iter_rows():
            for cell in row:
                if str(cell.value).startswith(MARK_OWN):
                    cell.value = str(cell.value)[:-2] + "?"

    assert _told(_by_openpyxl(results, tmp_path / "older.xlsx", older)) == []
    assert _told(_by_openpyxl(results, tmp_path / "damaged.xlsx", damaged)) == []


def test_the_results_of_it_say_it_once_and_theirs_no_more(results: Path, tmp_path: Path) -> None:
    changed = _by_openpyxl(results, tmp_path / "r.xlsx", lambda book: book["结果摘要"].cell(6, 40, REMARK))
    done = process(changed, tmp_path / "again")
    assert [f.code for f in done.findings].count(CODE) == 1
    assert _told(Path(done.results[0])) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_as_libreoffice_saves_it_after_an_amount_was_changed(results: Path, tmp_path: Path) -> None:
    mended = edit(results, tmp_path / "mended.xlsx", "产品生产", {"E5": 211.0})
    typed = _by_openpyxl(mended, tmp_path / "typed.xlsx", lambda book: book["结果摘要"].cell(6, 40, REMARK))
    recalculated = recalc.recalculate([mended, typed], tmp_path)
    assert _told(recalculated / "mended.xlsx") == []
    assert len(_told(recalculated / "typed.xlsx")) == 1
    for kind in ("ods", "xls"):
        saved = converted([mended, typed], kind, tmp_path / kind, tmp_path / "profile")
        assert _told(saved[mended]) == []
        (finding,) = _told(saved[typed])
        assert finding.where is not None
        assert (finding.where.sheet, finding.where.cell) == ("结果摘要", "AN6")
