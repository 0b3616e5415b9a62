"""What befalls whole files and sheets is told in one sentence, first; what harms nothing is sound."""

from __future__ import annotations

import json
import re
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pandas
import pytest

from tests import recalc
from tests.results.kinds import EXAMPLES, command
from tests.verify.editing import edit, rewrite
from workbook_engine.cli import main
from workbook_engine.verify import ENGINE, IRONCALC, About, Why, verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from workbook_engine.verify import Check, Verification

COMPANY = ("基本信息", "工厂与产量", "原材料获取", "产品生产", "产品处置", "核算设置")
COMPUTED = ("封面", "结果摘要", "热点分析", "核算-产品生产", "归一化", "排放因子", "问题清单", "溯源")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    command("run", str(EXAMPLES[1]), "-o", str(folder), "--lang", "zh")
    return next(folder.rglob("*结果.xlsx"))


def _saved(source: Path, target: Path, change: Callable[[Workbook], object], *, data_only: bool = False) -> Path:
    """Change a copy by openpyxl, which keeps formulas or values, never both."""
    book = openpyxl.load_workbook(source, data_only=data_only)
    change(book)
    book.save(target)
    return target


def _told(result: Verification) -> set[tuple[str, str]]:
    return {(remark.about.value, remark.sheet) for remark in result.remarks if remark.is_harmful}


def _check(result: Verification, name: str) -> Check:
    return next(check for check in result.checks if check.name == name)


def _said(path: Path, capsys: pytest.CaptureFixture[str], language: str = "zh", status: int = 1) -> list[str]:
    capsys.readouterr()
    assert main(["verify", str(path), "--lang", language]) == status
    return capsys.readouterr().out.splitlines()


# --- saved by other programs ------------------------------------------------------------------------------------------


def test_a_file_without_values_is_told_in_one_sentence(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _saved(results, tmp_path / "saved.xlsx", lambda _: None)
    result = verify(path)
    assert _told(result) == {("no-values", "")}
    assert _check(result, IRONCALC).why == Why.NO_VALUES
    assert _check(result, ENGINE).differences == ()  # what the formulas give was compared
    said = _said(path, capsys)
    assert len(said) == 7
    assert "openpyxl" in said[1]
    assert said[-1].startswith("结论：内容与程序按企业数据写出的相同")


def test_in_a_file_without_values_a_change_is_named_all_the_same(results: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["排放因子"]["F5"] = 0.4

    result = verify(_saved(results, tmp_path / "saved.xlsx", change))
    first = [(found.sheet, found.cell) for found in _check(result, ENGINE).differences if not found.follows]
    assert first == [("排放因子", "F5")]


def test_one_sheet_without_values_is_told_in_one_sentence(results: Path, tmp_path: Path) -> None:
    part = recalc.sheet_parts(results)["核算-产品生产"]
    gone = rewrite(results, tmp_path / "gone.xlsx", {part: lambda data: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)})
    result = verify(gone)
    assert _told(result) == {("no-values", "核算-产品生产")}
    assert not any(check.differences for check in result.checks)


def test_a_file_of_values_only_is_told_in_one_sentence(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _saved(results, tmp_path / "values.xlsx", lambda _: None, data_only=True)
    assert _told(verify(path)) == {("values-only", "")}
    said = _said(path, capsys)
    assert len(said) == 7
    assert said[-1].startswith("结论：数值和文字与程序按企业数据得出的相同，但公式已变成数值")


def test_a_file_written_by_pandas_is_told_as_values_only(results: Path, tmp_path: Path) -> None:
    path = tmp_path / "pandas.xlsx"
    with pandas.ExcelWriter(path, engine="openpyxl") as writer:
        for name, frame in pandas.read_excel(results, sheet_name=None, header=None, engine="openpyxl").items():
            frame.to_excel(writer, sheet_name=name, header=False, index=False)
    assert ("values-only", "") in _told(verify(path))


def test_one_sheet_pasted_as_values_is_told_in_one_sentence(results: Path, tmp_path: Path) -> None:
    name = "核算-产品生产"
    values = {
        cell: value
        for (sheet, cell), (formula, value) in recalc.stored_cells(results).items()
        if sheet == name and formula is not None and isinstance(value, float | str)
    }
    result = verify(edit(results, tmp_path / "pasted.xlsx", name, values))
    assert _told(result) == {("values-only", name)}
    assert not any(check.differences for check in result.checks)


def test_a_value_that_was_changed_after_pasting_is_named(results: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(results, data_only=True)
    book["结果摘要"]["C16"] = 9.99
    book.save(tmp_path / "changed.xlsx")
    (found,) = _check(verify(tmp_path / "changed.xlsx"), ENGINE).differences
    assert (found.sheet, found.cell, found.stored) == ("结果摘要", "C16", "9.99")


@pytest.mark.libreoffice
def test_what_libreoffice_saved_is_sound(results: Path, tmp_path: Path) -> None:
    saved = recalc.recalculate([results], tmp_path) / results.name
    result = verify(saved)
    assert result.is_sound, (result.remarks, [check.differences for check in result.checks])


# --- sheets deleted, renamed, emptied, added, moved -------------------------------------------------------------------


@pytest.mark.parametrize("sheet", COMPANY)
def test_a_company_sheet_that_was_deleted_is_named_first(
    sheet: str, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def delete(book: Workbook) -> None:
        del book[sheet]

    path = _saved(results, tmp_path / "deleted.xlsx", delete)
    result = verify(path)
    assert ("sheet-gone", sheet) in _told(result)
    assert _check(result, ENGINE).why == Why.INPUTS_GONE
    said = _said(path, capsys)
    assert said[2].startswith(f"{sheet}：缺少此工作表")
    assert said[-1].startswith("结论：不完好。企业数据表不全")


@pytest.mark.parametrize("sheet", COMPANY)
def test_a_company_sheet_that_was_emptied_is_named(sheet: str, results: Path, tmp_path: Path) -> None:
    part = recalc.sheet_parts(results)[sheet]
    empty = rewrite(
        results,
        tmp_path / "empty.xlsx",
        {part: lambda data: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", data, flags=re.DOTALL)},
    )
    assert _told(verify(empty)) == {("sheet-emptied", sheet)}


@pytest.mark.parametrize("sheet", [*COMPANY, *COMPUTED])
def test_a_sheet_that_was_renamed_is_named_and_nothing_else(sheet: str, results: Path, tmp_path: Path) -> None:
    """As Excel does it: formulas and defined names follow; links and texts do not."""
    path = _renamed(results, tmp_path / "renamed.xlsx", sheet, "Sheet1")
    result = verify(path)
    assert _told(result) == {("sheet-renamed", sheet)}
    (remark,) = (remark for remark in result.remarks if remark.about is About.SHEET_RENAMED)
    assert remark.stored == "Sheet1"
    assert not any(check.differences for check in result.checks)


def _renamed(source: Path, target: Path, sheet: str, name: str) -> Path:
    old, new = f"'{sheet}'!".encode(), f"'{name}'!".encode()

    def formulas(data: bytes) -> bytes:
        return re.sub(rb"(<f>|<definedName[^>]*>)[^<]*", lambda found: found[0].replace(old, new), data)

    def book(data: bytes) -> bytes:
        return formulas(data).replace(f'name="{sheet}"'.encode(), f'name="{name}"'.encode())

    parts = dict.fromkeys(recalc.sheet_parts(source).values(), formulas)
    return rewrite(source, target, {**parts, "xl/workbook.xml": book})


@pytest.mark.parametrize("sheet", COMPUTED)
def test_a_computed_sheet_that_was_deleted_is_named_and_the_rest_follows(
    sheet: str, results: Path, tmp_path: Path
) -> None:
    def delete(book: Workbook) -> None:
        del book[sheet]

    result = verify(_saved(results, tmp_path / "deleted.xlsx", delete))
    assert ("sheet-gone", sheet) in _told(result)
    assert [found for found in _check(result, ENGINE).differences if not found.follows] == []


def test_a_sheets_name_that_was_typed_over_on_the_cover_is_named(results: Path, tmp_path: Path) -> None:
    (cell,) = (
        cell for (sheet, cell), value in recalc.stored_values(results).items() if (sheet, value) == ("封面", "产品生产")
    )
    result = verify(edit(results, tmp_path / "changed.xlsx", "封面", {cell: "别的"}))
    (found,) = _check(result, ENGINE).differences
    assert (found.cell, found.stored, found.expected) == (cell, "别的", "产品生产")
    assert _told(result) == {("sheet-renamed", "别的")}  # the cover and the tab disagree: either may be the one changed


def test_sheets_in_another_order_are_sound_and_so_is_a_sheet_of_ones_own(results: Path, tmp_path: Path) -> None:
    def change(data: bytes) -> bytes:
        sheets = re.findall(rb"<sheet [^>]*/>", data)
        start, _, rest = data.partition(sheets[0])
        changed = start + b"".join(reversed(sheets)) + rest.rpartition(sheets[-1])[2]
        last = len(sheets) - 1  # names that belong to a sheet go with it, as programs see to
        return re.sub(rb'localSheetId="([0-9]+)"', lambda at: b'localSheetId="%d"' % (last - int(at[1])), changed)

    result = verify(rewrite(results, tmp_path / "other.xlsx", {"xl/workbook.xml": change}))
    assert result.is_sound, (result.remarks, [check.differences for check in result.checks])
    noted = verify(_saved(results, tmp_path / "added.xlsx", lambda book: book.create_sheet("笔记").append(["看过"])))
    assert ("sheet-added", "笔记") in {(remark.about.value, remark.sheet) for remark in noted.remarks}
    assert _told(noted) == {("no-values", "")}
    assert _check(noted, ENGINE).differences == ()


def test_a_copy_of_a_computed_sheet_is_told(results: Path, tmp_path: Path) -> None:
    path = _saved(results, tmp_path / "copied.xlsx", lambda book: book.copy_worksheet(book["结果摘要"]))
    assert ("sheet-unexpected", "结果摘要 Copy") in _told(verify(path))


@pytest.mark.parametrize(
    ("change", "about", "words"),
    [
        (lambda sheet: sheet.insert_cols(4), About.COLUMNS_MOVED, ("D", "")),
        (lambda sheet: sheet.delete_cols(5), About.COLUMNS_MOVED, ("", "E")),
        (lambda sheet: sheet.insert_rows(6, 2), About.ROWS_MOVED, ("6, 7", "")),
        (lambda sheet: sheet.delete_rows(5), About.ROWS_MOVED, ("", "5")),
    ],
)
def test_columns_and_rows_that_came_or_went_are_told_in_one_sentence(
    change: Callable[[object], object], about: About, words: tuple[str, str], results: Path, tmp_path: Path
) -> None:
    result = verify(_saved(results, tmp_path / "moved.xlsx", lambda book: change(book["核算-产品生产"])))
    (remark,) = (remark for remark in result.remarks if remark.about is about)
    assert (remark.sheet, remark.stored, remark.expected) == ("核算-产品生产", *words)
    assert [found for found in _check(result, ENGINE).differences if not found.follows] == []


def test_a_text_that_was_changed_on_a_sheet_that_moved_is_named_where_it_is_now(results: Path, tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["核算-产品生产"]["D4"] = "别的"
        book["核算-产品生产"].insert_cols(2)

    result = verify(_saved(results, tmp_path / "moved.xlsx", change))
    first = [(found.sheet, found.cell) for found in _check(result, ENGINE).differences if not found.follows]
    assert first == [("核算-产品生产", "E4")]


def test_sorted_rows_are_told_in_one_sentence(results: Path, tmp_path: Path) -> None:
    """The trace turned round by somebody who wanted to see the last stage first."""

    def change(book: Workbook) -> None:
        sheet = book["溯源"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=11)]
        for line, values in zip(sheet.iter_rows(min_row=5, max_row=11), reversed(rows), strict=True):
            for cell, value in zip(line, values, strict=True):
                cell.value = value

    result = verify(_saved(results, tmp_path / "sorted.xlsx", change))
    assert ("rows-sorted", "溯源") in _told(result)


# --- the file itself --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused_in_words(
    share: float, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = results.read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(data[: int(len(data) * share)])
    assert main(["verify", str(path), "--lang", "zh"]) == 2
    assert ("读不完整" if share else "是空的") in capsys.readouterr().err
    assert main(["verify", str(path), "--lang", "en", "--json"]) == 2
    assert capsys.readouterr().out == ""


def test_a_stale_calculation_chain_does_no_harm(results: Path, tmp_path: Path) -> None:
    """Excel keeps a list of formula cells; an editor that changes cells may leave an old one behind."""
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="Z99" i="1"/></calcChain>'
    )
    path = tmp_path / "chain.xlsx"
    with zipfile.ZipFile(results) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/calcChain.xml", chain)
    assert verify(path).is_sound


def test_json_tells_all_of_it_in_one_document(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def change(book: Workbook) -> None:
        del book["基本信息"]

    path = _saved(results, tmp_path / "deleted.xlsx", change)
    assert main(["verify", str(path), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["sound"] is False
    assert {"about": "sheet-gone", "sheet": "基本信息", "stored": "", "expected": ""} in document["remarks"]
    engine = next(check for check in document["checks"] if check["name"] == ENGINE)
    assert (engine["was_made"], engine["why"]) == (False, "inputs-gone")
