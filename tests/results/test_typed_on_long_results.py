"""What is typed on the computed sheets of a long study, whose rows are streamed, is told, and nothing else is."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.books import PRODUCT, line, returned
from tests.office import converted
from tests.studies import write_book_results
from tests.verify.editing import edit
from workbook_engine.intake import open_workbook
from workbook_engine.pipeline import process
from workbook_engine.results import write as write_module
from workbook_engine.spec.known import Known
from workbook_engine.spec.marks import computed_key
from workbook_engine.spec.own_words import MARK_KNOWN

if TYPE_CHECKING:
    from pathlib import Path

    from tests.verify.editing import Content
    from workbook_engine.findings import Finding

CODE = "typed-on-results"
REMARK = "这一行请与供应商核对"
LINES, STREAMED = 600, 500  # of most tests
MANY = 5_000  # lines from which a study is streamed
STAGE, NORMALIZED, RATED, TRACED = "核算-产品生产", "归一化", "数据质量评分", "溯源"
DEEP = 517  # a row far below those whose contents have digests of their own


def _of_lines(count: int, path: Path) -> Path:
    """Write the results of so many lines, no two of which say the same."""
    draw = random.Random(5)  # noqa: S311 - the same lines each time
    lines = [
        line(item=f"工序{number}用电", amount=round(draw.uniform(1, 900), 6), flow=("电力", "柴油")[number % 2],
             unit=("kWh", "kg")[number % 2])
        for number in range(count)
    ]  # fmt: skip
    write_book_results(returned({"production": lines}, products=[PRODUCT | {"mass_kg": 8e6}]), path)
    return path


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return streamed results, of few enough lines to be handed in often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write_module, "STREAM_FROM", STREAMED)
        return _of_lines(LINES, tmp_path_factory.mktemp("long") / "results.xlsx")


def _told(path: Path) -> dict[str, Finding]:
    return {f.where.sheet: f for f in process(path).findings if f.code == CODE and f.where}


def test_a_study_of_5000_lines_is_silent_and_a_remark_far_below_is_told(tmp_path: Path) -> None:
    results = _of_lines(MANY, tmp_path / "results.xlsx")
    book = open_workbook(results).book
    assert book is not None
    marks = [str(cells[1].value) for sheet in book.sheets if sheet.name == "_wbe" for _, cells in sheet.rows()]
    (known,) = (mark for mark in marks if mark.startswith(f"{MARK_KNOWN}0 "))
    assert known.split(" ")[1] == str(MANY * 2 * 8)  # bytes: fixed, whatever the lines hold
    assert _told(results) == {}
    (finding,) = _told(edit(results, tmp_path / "typed.xlsx", TRACED, {"E3217": "另一工序", "N3218": 0.125})).values()
    assert finding.params["cells"] == "E3217, N3218"


def test_its_own_cells_are_silent(results: Path) -> None:
    assert _told(results) == {}


def test_what_is_typed_deep_below_is_told_with_its_cell(results: Path, tmp_path: Path) -> None:
    """Beside a table, over a text, over a formula, over a score, a formula over a formula."""
    typed: dict[str, dict[str, Content]] = {
        STAGE: {f"AD{DEEP}": REMARK, f"C{DEEP}": "改过的名称", f"I{DEEP}": 12.5},
        NORMALIZED: {f"P{DEEP}": 3.75, f"J{DEEP}": "系数待定"},
        RATED: {f"L{DEEP}": REMARK, f"F{DEEP}": 2.5},
        TRACED: {f"E{DEEP}": "另一工序", f"N{DEEP}": 0.125},
    }
    path = results
    for sheet, cells in typed.items():
        path = edit(path, tmp_path / f"{sheet}.xlsx", sheet, cells)
    path = edit(path, tmp_path / "formula.xlsx", STAGE, {f"I{DEEP + 1}": f"=E{DEEP + 1}*G{DEEP + 1}*0.9"})
    told = _told(path)
    assert set(told) == set(typed)
    for sheet, cells in typed.items():
        for cell in cells if sheet != RATED else ():
            assert cell in str(told[sheet].params["cells"]), (sheet, cell, told[sheet].params)
    assert f"I{DEEP + 1}" in str(told[STAGE].params["cells"])
    assert f"L{DEEP}" in str(told[RATED].params["cells"])


def test_sorted_and_deleted_rows_and_openpyxl_are_silent_and_a_remark_among_them_is_not(
    results: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(results)
    book[TRACED].delete_rows(40, 25)
    book[NORMALIZED].insert_rows(300, 3)
    book.save(tmp_path / "saved.xlsx")
    assert _told(tmp_path / "saved.xlsx") == {}
    book[TRACED].cell(530, 30, REMARK)
    book.save(tmp_path / "typed.xlsx")
    told = _told(tmp_path / "typed.xlsx")
    assert [finding.params["cells"] for finding in told.values()] == ["AD530"]


def test_columns_that_were_inserted_are_silent(results: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(results)
    book[TRACED].insert_cols(4)
    book.save(tmp_path / "saved.xlsx")
    assert _told(tmp_path / "saved.xlsx") == {}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_as_libreoffice_saves_it(results: Path, tmp_path: Path) -> None:
    typed = edit(results, tmp_path / "typed.xlsx", TRACED, {f"AD{DEEP}": REMARK})
    for kind in ("xlsx", "ods"):
        saved = converted([results, typed], kind, tmp_path / kind, tmp_path / "profile")
        assert _told(saved[results]) == {}
        (finding,) = _told(saved[typed]).values()
        assert finding.params["cells"] == f"AD{DEEP}"


def test_what_is_known_in_part_says_nothing(results: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(results)
    for row in book["_wbe"].iter_rows():
        for cell in row:
            if str(cell.value).startswith(f"{MARK_KNOWN}0 "):
                cell.value = str(cell.value)[:-40]
    book.save(tmp_path / "damaged.xlsx")
    assert _told(tmp_path / "damaged.xlsx") == {}


def test_of_what_was_not_put_in_two_in_a_thousand_seems_known() -> None:
    """Five contents of a line in two blocks, as the results have them."""
    draw, lines = random.Random(3), 20_000  # noqa: S311 - the same each time
    known = Known(2 * lines)
    put = [draw.getrandbits(32) for _ in range(5 * lines)]
    for checksum in put:
        known.add(checksum)
    again = Known.of(known.packed())
    assert again is not None
    assert all(checksum in again for checksum in put)
    seeming = sum(draw.getrandbits(32) in again for _ in range(200_000))
    assert seeming < 400


def test_small_and_streamed_results_keep_the_same_of_themselves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = returned({"production": [line(), line(flow="柴油", unit="kg", amount=7)]})
    monkeypatch.setattr(write_module, "STREAM_FROM", 1)
    write_book_results(book, tmp_path / "streamed.xlsx")
    assert _told(tmp_path / "streamed.xlsx") == {}
    sheets = open_workbook(tmp_path / "streamed.xlsx").book
    assert sheets is not None
    for sheet in sheets.sheets:
        if computed_key(sheet) not in ("", "findings"):
            (finding,) = _told(
                edit(tmp_path / "streamed.xlsx", tmp_path / "t.xlsx", sheet.name, {"AD7": REMARK})
            ).values()
            assert finding.params["cells"] == "AD7"
