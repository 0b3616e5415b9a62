"""Whatever changes a figure or a text that is seen, or hides one, is found; what only is written otherwise is not."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.results.kinds import made
from tests.verify.attacks import ATTACKS, attacked
from tests.verify.conftest import not_installed
from workbook_engine.verify import AROUND, About, What, verify

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.verify import Verification

KINDS = ("results with scenarios", "results with draws", "client's view", "results with an earlier report")
TIMES = 8 if os.environ.get("WBE_MANY") else 1  # attacks of each sort


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:

    return [path for kind in KINDS for path in made(kind, tmp_path_factory.mktemp("kind")) if "汇总" not in path.name]


def _around(result: Verification) -> dict[What, str]:
    (check,) = (check for check in result.checks if check.name == AROUND)
    return {found.what: f"{found.sheet}!{found.cell}" for found in check.differences}


@pytest.mark.parametrize("name", ATTACKS)
@pytest.mark.parametrize("time", range(TIMES))
def test_an_attack_is_found(name: str, time: int, workbooks: list[Path], tmp_path: Path) -> None:
    rng = random.Random(f"{name} {time}")  # noqa: S311 - repeatable, not secret
    changed = tmp_path / "changed.xlsx"
    done = ""
    for path in rng.sample(workbooks, len(workbooks)):
        if done := attacked(path, changed, name, rng):
            break
    assert done, "no workbook has anything of the kind"
    result = verify(changed)
    assert not result.is_sound, done
    told = [found for check in result.checks for found in check.differences if not found.follows]
    assert told or any(remark.is_harmful for remark in result.remarks)


@pytest.mark.parametrize("number", range(len(KINDS)))
def test_as_written_and_as_openpyxl_saves_it_nothing_is_named(
    number: int, workbooks: list[Path], tmp_path: Path
) -> None:
    path = workbooks[number]
    assert verify(path).is_sound
    openpyxl.load_workbook(path).save(tmp_path / "saved.xlsx")
    assert _around(verify(tmp_path / "saved.xlsx")) == {}


@pytest.mark.libreoffice
def test_as_libreoffice_saves_it_nothing_is_named(
    workbooks: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are saved in one run of the program, which is not asked again as they are verified."""
    monkeypatch.setattr("workbook_engine.verify.by_libreoffice", not_installed)
    copies = [tmp_path / f"{number}.xlsx" for number in range(len(workbooks))]
    for path, copy in zip(workbooks, copies, strict=True):
        copy.write_bytes(path.read_bytes())
    saved = recalc.recalculate(copies, tmp_path)
    for kind, copy in zip(KINDS, copies, strict=True):
        result = verify(saved / copy.name)
        assert result.is_sound, (kind, [found for check in result.checks for found in check.differences])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("number format that hides", What.UNSEEN),
        ("number format of fewer digits", What.FORMAT),
        ("white on white", What.UNSEEN),
        ("row hidden", What.HIDDEN),
        ("chart point", What.CHART_POINT),
        ("chart reference", What.CHART_DATA),
        ("chart title", What.CHART_TEXT),
        ("link taken away", What.LINK),
        ("text box over cells", What.PICTURE),
    ],
)
def test_it_is_named_for_what_it_is(name: str, what: What, workbooks: list[Path], tmp_path: Path) -> None:
    attacked(workbooks[0], tmp_path / "changed.xlsx", name, random.Random(name))  # noqa: S311
    assert what in _around(verify(tmp_path / "changed.xlsx"))


def test_the_same_format_of_many_cells_is_one_sentence(workbooks: list[Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbooks[0])
    for row in book["排放因子"].iter_rows(min_row=5):
        for cell in row:
            cell.number_format = "0"
    book.save(tmp_path / "changed.xlsx")
    result = verify(tmp_path / "changed.xlsx")
    (check,) = (check for check in result.checks if check.name == AROUND)
    assert len(check.differences) <= 4
    assert sum(found.more + 1 for found in check.differences) > 4
    assert {found.what for found in check.differences} == {What.FORMAT}


def test_charts_that_are_all_gone_are_one_sentence(workbooks: list[Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbooks[0])
    for sheet in book.worksheets:
        sheet._charts = []
    book.save(tmp_path / "changed.xlsx")
    result = verify(tmp_path / "changed.xlsx")
    assert About.CHARTS_GONE in {remark.about for remark in result.remarks}
    assert _around(result) == {}
