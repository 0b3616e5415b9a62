"""A workbook of another version of the program: what can be told is told, the rest is not called damage."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.books import line, returned
from tests.studies import write_book_results
from tests.verify.editing import edit, rewrite
from workbook_engine import __version__
from workbook_engine.cli import main
from workbook_engine.verify import AROUND, ENGINE, IRONCALC, About, What, Why, verify

if TYPE_CHECKING:
    from pathlib import Path

OWN = f"Workbook Engine {__version__}".encode()


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.xlsx"
    write_book_results(returned({"production": [line(), line(amount=12)]}), path)
    return path


def _of(version: str, source: Path, target: Path, *, reworded: bool = True) -> Path:
    """Write a copy as another version would have: it says so, and words a heading otherwise."""

    def change(data: bytes) -> bytes:
        data = data.replace(OWN, f"Workbook Engine {version}".encode())
        return data.replace("热点分析".encode(), "热点".encode()) if reworded else data

    with zipfile.ZipFile(source) as package:
        parts = [name for name in package.namelist() if name.endswith(".xml")]
    return rewrite(source, target, dict.fromkeys(parts, change))


@pytest.mark.parametrize("version", ["0.0.9", "0.9.0", "2.0.0"])
def test_what_it_words_otherwise_is_no_damage(
    version: str, results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _of(version, results, tmp_path / "other.xlsx")
    result = verify(path)
    assert not result.is_sound
    assert {remark.about for remark in result.remarks} == {About.OTHER_ENGINE}
    checks = {check.name: check for check in result.checks}
    assert checks[IRONCALC].was_made  # its formulas are recalculated all the same
    assert checks[ENGINE].was_made  # its totals are what this version computes
    assert checks[AROUND].why == Why.OTHER_ENGINE
    assert not any(check.differences for check in result.checks)
    assert main(["verify", str(path), "--lang", "zh"]) == 1
    said = capsys.readouterr().out
    assert f"由 Workbook Engine {version} 写出，本程序是 Workbook Engine {__version__}" in said
    assert "本程序能核对的是" in said
    assert "不能判断的是" in said
    assert "结论：不能确认。数值与公式相符" in said
    assert len(said.splitlines()) == 7


def test_a_figure_that_does_not_follow_from_its_formula_is_named_there_too(results: Path, tmp_path: Path) -> None:
    path = _of("0.9.0", results, tmp_path / "other.xlsx")
    typed = recalc.formula_cells(path)["归一化", "G5"].rpartition("!")[2].replace("$", "")
    recalc.change_cell(path, tmp_path / "changed.xlsx", "产品生产", typed, 4711.0)
    result = verify(tmp_path / "changed.xlsx")
    (check,) = (check for check in result.checks if check.name == IRONCALC)
    assert check.differences


def test_a_total_that_is_not_what_this_version_computes_is_named(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "less.xlsx"
    write_book_results(returned({"production": [line(), line(amount=7)]}), other)
    with zipfile.ZipFile(other) as package:
        cover = package.read("xl/worksheets/sheet1.xml")
    mixed = rewrite(results, tmp_path / "mixed.xlsx", {"xl/worksheets/sheet1.xml": lambda _: cover})
    path = _of("0.9.0", mixed, tmp_path / "other.xlsx")
    (check,) = (check for check in verify(path).checks if check.name == ENGINE)
    assert [found.what for found in check.differences] == [What.TOTAL]
    assert main(["verify", str(path), "--lang", "zh"]) == 1
    assert "的总量：文件中 （空），应为" in capsys.readouterr().out


def test_one_that_writes_the_same_is_sound_all_the_same(results: Path, tmp_path: Path) -> None:
    result = verify(_of("0.9.0", results, tmp_path / "other.xlsx", reworded=False))
    assert result.is_sound
    assert {remark.about for remark in result.remarks} == {About.OTHER_ENGINE}


def test_a_version_that_was_typed_over_on_the_cover_alone_is_a_changed_cell(results: Path, tmp_path: Path) -> None:
    """Else whoever rewrites a workbook would only have to change that cell."""
    changed = edit(results, tmp_path / "changed.xlsx", "封面", {_cell_of_the_version(results): "Workbook Engine 0.9.0"})
    result = verify(changed)
    assert result.remarks == ()
    (check,) = (check for check in result.checks if check.name == ENGINE)
    assert [(found.sheet, found.stored) for found in check.differences] == [("封面", "Workbook Engine 0.9.0")]


def _cell_of_the_version(path: Path) -> str:
    (cell,) = (
        cell for (sheet, cell), value in recalc.stored_values(path).items() if sheet == "封面" and value == OWN.decode()
    )
    return cell
