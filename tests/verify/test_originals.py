"""verify --source: the results held against the very file that the company returned, and against the one before it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.batch.season import PRODUCTION_KWH, example, good
from workbook_engine.cli import main
from workbook_engine.errors import ReadError
from workbook_engine.intake import open_workbook
from workbook_engine.model import Appearance
from workbook_engine.pipeline import examine, factor_library, process, write_results_file
from workbook_engine.verify import ENGINE, About, Verification, verify

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "example_workbooks").glob("*/*.xlsx"))
LESS_KWH = float(PRODUCTION_KWH) / 2


def _written(source: Path, results: Path, stated: Path | None = None, appearance: Appearance | None = None) -> Path:
    """Write the results of a workbook; with `stated` they claim to be those of another."""
    library = factor_library()
    done, book = examine(source.name, open_workbook(source), library)
    assert book is not None
    if stated is not None:
        done = replace(done, file=stated.name, sha256=hashlib.sha256(stated.read_bytes()).hexdigest())
    write_results_file(results, done, book, library, appearance)
    return results


def _named(found: Verification) -> set[str]:
    return {f"{cell.sheet}!{cell.cell}" for check in found.checks if check.name == ENGINE for cell in check.differences}


def _about(found: Verification) -> set[About]:
    return {remark.about for remark in found.remarks}


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize(
    "appearance", [None, Appearance("client"), Appearance(language="en")], ids=["", "client", "en"]
)
def test_the_results_of_an_example_agree_with_the_file_that_was_returned(
    source: Path, appearance: Appearance | None, tmp_path: Path
) -> None:
    found = verify(_written(source, tmp_path / "results.xlsx", appearance=appearance), sources=[source])
    assert found.is_sound
    assert _about(found) == {About.FILE_FITS}


def test_results_of_other_figures_than_the_company_returned_are_told_by_its_file_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever computes smaller figures and states the original's SHA-256 has a workbook that is sound in itself."""
    returned, forged = tmp_path / "returned.xlsx", tmp_path / "forged.xlsx"
    returned.write_bytes(good(example(), "甲公司", float(PRODUCTION_KWH)))
    forged.write_bytes(good(example(), "甲公司", LESS_KWH))
    results = _written(forged, tmp_path / "results.xlsx", stated=returned)
    assert verify(results).is_sound
    found = verify(results, sources=[returned])
    assert not found.is_sound
    (typed,) = _places(results, "产品生产", LESS_KWH)
    assert f"产品生产!{typed}" in _named(found)
    assert main(["verify", str(results), "--source", str(returned), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert f"产品生产!{typed}：文件中 {LESS_KWH:.12g}，应为 {float(PRODUCTION_KWH):.12g}" in said


def _places(path: Path, sheet: str, value: float) -> list[str]:
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row)
    return [cell.coordinate for cell in cells if cell.value == value]


def test_a_deleted_sheet_of_the_company_is_compared_all_the_same(tmp_path: Path) -> None:
    """The returned file has it: what is left of the results can still be held against it."""
    source = EXAMPLES[0]
    results = _written(source, tmp_path / "results.xlsx")
    book = openpyxl.load_workbook(results)
    del book["产品生产"]
    book.save(results)
    assert not any(check.was_made for check in verify(results).checks if check.name == ENGINE)
    found = verify(results, sources=[source])
    assert all(check.was_made for check in found.checks if check.name == ENGINE)
    assert About.SHEET_GONE in _about(found)
    assert not found.is_sound


def test_a_file_that_the_results_were_not_made_of_is_not_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = _written(EXAMPLES[0], tmp_path / "results.xlsx")
    found = verify(results, sources=[EXAMPLES[1]])
    assert not found.is_sound
    assert _about(found) == {About.FILE_NOT_OURS}
    assert not _named(found)
    assert main(["verify", str(results), "--source", str(EXAMPLES[1]), "--lang", "zh"]) == 1
    assert "结论：不能确认。给出的文件不是写出此工作簿所用的文件" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    results = _written(EXAMPLES[0], tmp_path / "results.xlsx")
    stated = tmp_path / "gone.xlsx"
    assert main(["verify", str(results), "--source", str(stated), "--lang", "zh"]) != 0


def test_a_returned_file_with_a_password_is_opened_with_it(protected: tuple[Path, Path]) -> None:
    results, returned = protected
    with pytest.raises(ReadError):
        verify(results, sources=[returned])
    assert verify(results, sources=[returned], passwords=("碳足迹",)).is_sound


@pytest.fixture
def protected(tmp_path: Path) -> tuple[Path, Path]:
    returned = tmp_path / "protected.xlsx"
    with EXAMPLES[0].open("rb") as plain, returned.open("wb") as target:
        OOXMLFile(plain).encrypt("碳足迹", target)
    done = process(returned, tmp_path / "out", passwords=("碳足迹",))
    return Path(done.results[0]), returned


# --- the sheet of changes since the last submission -------------------------------------------------------------------


@pytest.fixture
def correction(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A returned workbook, its correction, and the results of that."""
    old, new = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    old.write_bytes(good(example(), "甲公司", LESS_KWH))
    new.write_bytes(good(example(), "甲公司", float(PRODUCTION_KWH)))
    return old, new, Path(process(new, tmp_path / "out", previous=old).results[0])


def test_with_the_earlier_submission_the_sheet_of_changes_is_compared(correction: tuple[Path, Path, Path]) -> None:
    old, new, results = correction
    assert _about(verify(results)) == {About.BY_DIGEST}
    by_the_new_one = verify(results, sources=[new])
    assert _about(by_the_new_one) == {About.FILE_FITS, About.BY_DIGEST}
    assert by_the_new_one.is_sound
    found = verify(results, sources=[old, new])
    assert _about(found) == {About.FILE_FITS}
    assert found.is_sound
    assert verify(results, sources=[old]).is_sound
