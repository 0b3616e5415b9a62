"""The company's sheets: what was typed over in them is named without the returned file; one sentence tells the rest."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import line, returned
from tests.results.kinds import EXAMPLES
from tests.studies import write_book_results
from tests.verify.editing import edit, rewrite
from workbook_engine.pipeline import process
from workbook_engine.report_verify import as_lines
from workbook_engine.spec.carried import MARK_DIGESTS
from workbook_engine.verify import AROUND, ENGINE, IRONCALC, About, What, Why, verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.verify import Difference, Verification

STAGE, FORM = "产品生产", "基本信息"
_ROW = re.compile(rb'<row r="(\d+)".*?</row>|<row r="(\d+)"[^>]*/>', re.DOTALL)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.xlsx"
    lines = [line(item=f"设备{number}", amount=number, remark=f"备注{number}") for number in range(1, 13)]
    write_book_results(returned({"production": lines}), path)
    return path


def _found(result: Verification) -> list[Difference]:
    return [found for check in result.checks for found in check.differences if not found.follows]


def _said(result: Verification) -> list[tuple[About, str]]:
    return [(remark.about, remark.sheet) for remark in result.remarks]


def _cell_of(path: Path, sheet: str, content: object) -> str:
    return next(cell for (of, cell), value in _stored(path).items() if of == sheet and value == content)


def _stored(path: Path) -> dict[tuple[str, str], object]:
    return dict(recalc.stored_values(path))


def test_a_remark_that_was_typed_over_is_named(results: Path, tmp_path: Path) -> None:
    cell = _cell_of(results, STAGE, "备注3")
    result = verify(edit(results, tmp_path / "changed.xlsx", STAGE, {cell: "别的备注"}))
    found, *others = _found(result)
    assert (found.sheet, found.cell, found.what, found.stored) == (STAGE, cell, What.CHANGED, "别的备注")
    assert [other.sheet for other in others] == [f"核算-{STAGE}"]  # which tells the remark, too
    assert not result.is_sound


@pytest.mark.parametrize("content", [None, "新写的话", 7.0])
def test_so_is_a_cell_that_was_emptied_or_filled(content: str | float | None, results: Path, tmp_path: Path) -> None:
    cell = _cell_of(results, STAGE, "备注3") if content is None else "Z40"
    result = verify(edit(results, tmp_path / "changed.xlsx", STAGE, {cell: content}))
    assert {(found.sheet, found.cell) for found in _found(result) if found.sheet != f"核算-{STAGE}"} == {(STAGE, cell)}
    assert not result.is_sound


def test_an_amount_that_was_typed_over_is_told_before_what_follows(results: Path, tmp_path: Path) -> None:
    cell = _cell_of(results, STAGE, 5.0)
    result = verify(edit(results, tmp_path / "changed.xlsx", STAGE, {cell: 50.0}))
    (engine,) = (check for check in result.checks if check.name == ENGINE)
    assert (STAGE, cell) in {(found.sheet, found.cell) for found in engine.differences if not found.follows}
    assert not any(found.cell == "G9" and found.sheet == "归一化" and not found.follows for found in engine.differences)


def test_digests_that_are_gone_are_told(results: Path, tmp_path: Path) -> None:
    part = recalc.sheet_parts(results)["_wbe"]
    with zipfile.ZipFile(results) as package:
        assert MARK_DIGESTS.encode() in package.read("xl/sharedStrings.xml")
    without = rewrite(results, tmp_path / "changed.xlsx", {part: lambda data: _ROW.sub(_of_template, data)})
    assert _said(verify(without)) == [(About.DIGESTS_GONE, "")]


def _of_template(row: re.Match[bytes]) -> bytes:
    return row[0] if b'r="B' in row[0] else b""


def test_a_row_that_was_inserted_is_one_sentence(results: Path, tmp_path: Path) -> None:
    first = int(_cell_of(results, STAGE, "设备1")[1:])
    result = verify(_with_row(results, tmp_path / "changed.xlsx", STAGE, first))
    (remark,) = result.remarks
    assert (remark.about, remark.sheet, remark.stored) == (About.ROWS_MOVED, STAGE, str(first))
    assert _found(result) == []


def test_a_row_that_was_deleted_is_one_sentence(results: Path, tmp_path: Path) -> None:
    row = int(_cell_of(results, STAGE, "设备3")[1:])
    result = verify(_without_row(results, tmp_path / "changed.xlsx", STAGE, row))
    (remark,) = result.remarks
    assert (remark.about, remark.sheet, remark.expected) == (About.ROWS_MOVED, STAGE, str(row))
    assert {found.expected for found in _found(result)} == {"#REF!"}  # as the formula now gives: its figure stayed
    assert next(check for check in result.checks if check.name == ENGINE).why == Why.INPUTS_GONE


def test_a_row_that_was_cleared_is_one_sentence(results: Path, tmp_path: Path) -> None:
    row = int(_cell_of(results, STAGE, "设备3")[1:])
    cells = [cell for (sheet, cell) in _stored(results) if sheet == STAGE and cell.lstrip("ABCDEFGHIJKLMN") == str(row)]
    assert len(cells) > 3
    result = verify(edit(results, tmp_path / "changed.xlsx", STAGE, dict.fromkeys(cells)))
    (remark,) = result.remarks
    assert (remark.about, remark.sheet, remark.expected) == (About.ROWS_EMPTIED, STAGE, str(row))
    assert {check.name for check in result.checks if check.differences} == {IRONCALC}  # its figures stay in the file
    assert not result.is_sound


def _without_row(source: Path, target: Path, sheet: str, at: int) -> Path:
    """Delete a row as a spreadsheet program does."""
    lost = re.compile(rf"\$?[A-Z]+\$?{at}")
    return _with_rows_moved(source, target, sheet, lambda row: row - (row > at), at, lost)


def _with_row(source: Path, target: Path, sheet: str, at: int) -> Path:
    """Insert a row as a spreadsheet program does."""
    return _with_rows_moved(source, target, sheet, lambda row: row + (row >= at))


def _with_rows_moved(
    source: Path,
    target: Path,
    sheet: str,
    where: Callable[[int], int],
    deleted: int = 0,
    lost: re.Pattern[str] | None = None,
) -> Path:
    """Move rows; whatever refers to them follows, and what refers to a cell that is `lost` refers to nothing."""

    def cells(references: bytes) -> bytes:
        return re.sub(rb"([A-Z]\$?)(\d+)", lambda found: found[1] + b"%d" % where(int(found[2])), references)

    def moved(data: bytes) -> bytes:
        data = re.sub(rb'<row r="%d".*?</row>' % deleted, b"", data, flags=re.DOTALL)
        data = re.sub(rb'(<row r=")(\d+)', lambda found: found[1] + b"%d" % where(int(found[2])), data)
        return re.sub(rb'((?:<c r|ref|sqref)=")([^"]*)', lambda found: found[1] + cells(found[2]), data)

    def reference(found: re.Match[str]) -> str:
        return "#REF!" if lost and lost.fullmatch(found[2]) else found[1] + cells(found[2].encode()).decode()

    def refers(data: bytes) -> bytes:
        return re.sub(rf"((?<![\w-])'?{sheet}'?!)([A-Z$:\d]+)", reference, data.decode()).encode()

    own = recalc.sheet_parts(source)[sheet]
    with zipfile.ZipFile(source) as package:
        parts = [part for part in package.namelist() if part.endswith(".xml") and part.startswith("xl/")]
    changes = dict.fromkeys(parts, refers) | {own: lambda data: refers(moved(data))}
    changes.pop("xl/sharedStrings.xml")
    return rewrite(source, target, changes)


@pytest.mark.parametrize(
    ("shape", "new", "cell"),
    [
        (r'<row r="{row}"', r'\g<0> hidden="1"', "{row}:{row}"),
        (r'<col min="4" max="4"', r'\g<0> hidden="1"', "D:D"),
        (r"</sheetData>", r'\g<0><mergeCells count="1"><mergeCell ref="D{row}:E{row}"/></mergeCells>', "D{row}:E{row}"),
    ],
)
def test_what_was_hidden_or_merged_of_a_company_sheet_is_named(
    shape: str, new: str, cell: str, results: Path, tmp_path: Path
) -> None:
    row = _cell_of(results, STAGE, "设备3")[1:]
    part = recalc.sheet_parts(results)[STAGE]
    change = {part: lambda data: re.sub(shape.format(row=row).encode(), new.format(row=row).encode(), data)}
    result = verify(rewrite(results, tmp_path / "changed.xlsx", change))
    (found,) = (found for found in _found(result) if found.sheet == STAGE)  # ironcalc takes merged cells for empty
    assert (found.sheet, found.cell, found.expected) == (STAGE, cell.format(row=row), "")
    assert (found.what, found.stored) in {(What.HIDDEN, "hidden"), (What.MERGED, "merged")}


def test_rows_that_the_company_hid_are_as_they_were(tmp_path: Path) -> None:
    book = returned({"production": [line(item=f"设备{number}", amount=number) for number in range(1, 5)]})
    hidden = tuple(replace(sheet, hidden_rows=frozenset({9, 10, 12})) for sheet in book.sheets)
    write_book_results(replace(book, sheets=hidden), tmp_path / "results.xlsx")
    again = edit(tmp_path / "results.xlsx", tmp_path / "again.xlsx", STAGE, {})
    assert verify(again).is_sound
    part = recalc.sheet_parts(again)[STAGE]
    shown = rewrite(again, tmp_path / "changed.xlsx", {part: lambda data: data.replace(b' hidden="1"', b"")})
    assert [(found.cell, found.more, found.expected) for found in _found(verify(shown))] == [("9:9", 1, "hidden")]


@pytest.mark.parametrize("new", [r"\g<1>7\g<2>", ""])
def test_a_name_of_the_companys_sheets_that_was_moved_or_deleted_is_named(new: str, tmp_path: Path) -> None:
    (path,) = process(EXAMPLES[1], tmp_path).results
    shape = rb"(<definedName name=\"wbe_study_company\">[^<]*\$)6(</definedName>)"
    part = {"xl/workbook.xml": lambda data: re.sub(shape, new.encode(), data)}
    (found,) = _found(verify(rewrite(Path(path), tmp_path / "changed.xlsx", part)))
    assert (found.what, found.cell, found.expected) == (What.NAME, "wbe_study_company", "基本信息!$C$6")


def test_rows_that_were_sorted_are_one_sentence(results: Path, tmp_path: Path) -> None:
    first = int(_cell_of(results, STAGE, "设备1")[1:])
    rows = range(first, first + 12)

    def turned(data: bytes) -> bytes:
        there = {int(found[1] or found[2]): found[0] for found in _ROW.finditer(data)}
        for row in rows:
            other = rows[-1] - (row - first)
            data = data.replace(there[row], b"<!%d>" % row)
            there[-row] = re.sub(rb'r="([A-Z]*)%d"' % other, rb'r="\g<1>%d"' % row, there[other])
        for row in rows:
            data = data.replace(b"<!%d>" % row, there[-row])
        return data

    changed = rewrite(results, tmp_path / "changed.xlsx", {recalc.sheet_parts(results)[STAGE]: turned})
    result = verify(changed)
    assert _said(result) == [(About.ROWS_SORTED, STAGE)]
    assert _found(result) == []


def test_two_sheets_whose_names_were_swapped_are_told_as_that(results: Path, tmp_path: Path) -> None:
    for one, other in ((STAGE, FORM), ("结果摘要", "归一化"), (STAGE, "结果摘要")):
        result = verify(_swapped(results, tmp_path / "changed.xlsx", one, other))
        assert set(_said(result)) == {(About.SHEET_RENAMED, one), (About.SHEET_RENAMED, other)}
        assert _found(result) == []


def _swapped(source: Path, target: Path, one: str, other: str) -> Path:
    names = {one: other, other: one}

    def swap(data: bytes) -> bytes:
        shape = rf"(?<![\w-])({one}|{other})(?='?!)|(?<=<sheet name=\")({one}|{other})(?=\")"
        return re.sub(shape, lambda found: names[found[0]], data.decode()).encode()

    with zipfile.ZipFile(source) as package:
        parts = [part for part in package.namelist() if part.endswith(".xml") and part.startswith("xl/")]
    parts.remove("xl/sharedStrings.xml")
    return rewrite(source, target, dict.fromkeys(parts, swap))


def test_sheets_in_another_order_are_one_sentence_and_no_harm(results: Path, tmp_path: Path) -> None:
    def turned(data: bytes) -> bytes:
        sheets = re.findall(rb"<sheet [^>]*/>", data)
        first, second = sheets[:2]
        data = data.replace(first, b"<!>").replace(second, first).replace(b"<!>", second)
        return re.sub(rb'localSheetId="([01])"', lambda found: b'localSheetId="%d"' % (1 - int(found[1])), data)

    result = verify(rewrite(results, tmp_path / "changed.xlsx", {"xl/workbook.xml": turned}))
    assert _said(result) == [(About.SHEETS_ORDERED, "封面")]
    assert result.is_sound
    assert next(check for check in result.checks if check.name == AROUND).was_made


def test_below_many_rows_the_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_engine.spec.carried.Digests.sheet.__defaults__", (9,))
    path = tmp_path / "results.xlsx"
    lines = [line(item=f"设备{number}", amount=number, remark=f"备注{number}") for number in range(1, 13)]
    write_book_results(returned({"production": lines}), path)
    assert verify(path).is_sound
    cell = _cell_of(path, STAGE, "备注12")
    result = verify(edit(path, tmp_path / "changed.xlsx", STAGE, {cell: "别的备注"}))
    found, *_ = _found(result)
    assert (found.sheet, found.cell, found.what) == (STAGE, f"{cell[1:]}:{cell[1:]}", What.CHANGED)
    assert f"{STAGE} 第 {cell[1:]} 行：有单元格与写出时不同" in "\n".join(as_lines(result, "zh"))
