"""与上次提交的差异 without the earlier submission: each cell is held against a digest, and verify says so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.batch.season import PRODUCTION_KWH, example, good
from tests.verify.editing import edit, rewrite
from workbook_engine.cli import main
from workbook_engine.intake import open_workbook
from workbook_engine.model import Appearance
from workbook_engine.pipeline import process
from workbook_engine.verify import ENGINE, About, verify

if TYPE_CHECKING:
    from workbook_engine.verify import Verification

SHEET = "与上次提交的差异"


@pytest.fixture(scope="module", params=["full", "client"])
def results(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("correction")
    old, new = folder / "一.xlsx", folder / "二.xlsx"
    old.write_bytes(good(example(), "甲公司", float(PRODUCTION_KWH) / 2))
    new.write_bytes(good(example(), "甲公司", float(PRODUCTION_KWH)))
    appearance = Appearance(request.param)
    return Path(process(new, folder / "out", previous=old, appearance=appearance).results[0])


def _named(result: Verification) -> set[str]:
    (check,) = (check for check in result.checks if check.name == ENGINE)
    return {f"{found.sheet}!{found.cell}" for found in check.differences}


def _cells(path: Path) -> dict[str, tuple[str | None, object]]:
    cells = recalc.stored_cells(path).items()
    return {cell: content for (sheet, cell), content in cells if sheet == SHEET and cell != "A1" and content[1] != ""}


def test_as_written_it_is_sound_and_verify_says_what_it_did_not_compute(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = verify(results)
    assert result.is_sound
    assert {remark.about for remark in result.remarks} == {About.BY_DIGEST}
    assert main(["verify", str(results), "--lang", "zh"]) == 0
    said = capsys.readouterr().out
    assert "只用写出时留下的校验码逐格核对" in said
    assert "--source" in said


def test_every_cell_of_it_is_named_where_it_is_changed(results: Path, tmp_path: Path) -> None:
    cells = {cell: content for cell, content in _cells(results).items() if content[1] is not None}
    assert len(cells) > 40
    changes: dict[str, float | str | None] = {
        cell: f"={formula}+0" if formula else value * 1.0001 + 0.0001 if isinstance(value, float) else f"{value}x"
        for cell, (formula, value) in cells.items()
    }
    changed = edit(results, tmp_path / "changed.xlsx", SHEET, changes)
    assert _named(verify(changed)) == {f"{SHEET}!{cell}" for cell in cells}


def test_a_cell_that_is_emptied_or_added_is_named(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = next(cell for cell, (_, value) in _cells(results).items() if value == f"{float(PRODUCTION_KWH) / 2:.12g}")
    changed = edit(results, tmp_path / "changed.xlsx", SHEET, {before: None, "D40": 12.5})
    assert _named(verify(changed)) == {f"{SHEET}!{before}", f"{SHEET}!D40"}
    assert main(["verify", str(changed), "--lang", "zh"]) == 1
    assert f"{SHEET}!D40：文件中 12.5，写出时不是这样" in capsys.readouterr().out


def test_without_the_hidden_sheet_it_is_said_to_be_unchecked(results: Path, tmp_path: Path) -> None:
    part = recalc.sheet_parts(results)["_wbe"]
    path = rewrite(
        results,
        tmp_path / "less.xlsx",
        {part: lambda data: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", data, flags=re.DOTALL)},
    )
    assert About.NOT_CHECKED in {remark.about for remark in verify(path).remarks}


@pytest.mark.libreoffice
def test_as_libreoffice_and_openpyxl_save_it_nothing_is_named(results: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(results.read_bytes())
    assert _named(verify(recalc.recalculate([copy], tmp_path) / copy.name)) == set()
    openpyxl.load_workbook(results).save(tmp_path / "saved.xlsx")
    assert _named(verify(tmp_path / "saved.xlsx")) == set()


def test_the_results_handed_in_again_have_no_such_digests(results: Path, tmp_path: Path) -> None:
    again = Path(process(results, tmp_path).results[0])
    book = open_workbook(again).book
    assert book
    assert SHEET not in book.sheet_names
    assert verify(again).is_sound
