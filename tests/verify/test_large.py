"""Large studies: little memory, no program that never comes to an end, and a sentence for what was not done."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks.workbooks import lines_workbook
from tests.books import line, returned
from tests.studies import write_book_results
from tests.verify.editing import edit, rewrite
from workbook_engine.grid import Cell
from workbook_engine.intake.limits import DEFAULT_LIMITS, of_results
from workbook_engine.pipeline import process
from workbook_engine.report_verify import as_lines
from workbook_engine.verify import ENGINE, IRONCALC, Why, recalculation, verify
from workbook_engine.verify.cells import followers
from workbook_engine.verify.unchanged import unchanged_sheets

if TYPE_CHECKING:
    from workbook_engine.verify.cells import Place

LINES = 3_000
MOST_MB = 220  # it took 312 when all cells of both workbooks were in memory at once, and takes 170

_CHILD = """
import sys
from pathlib import Path
from workbook_engine.verify import recalculation, verify
recalculation.MOST_BY_LIBREOFFICE = 0
result = verify(Path(sys.argv[1]))
print(*(f"{found.sheet}!{found.cell}" for check in result.checks for found in check.differences if not found.follows))
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "results.xlsx"
    write_book_results(returned({"production": [line()]}), path)
    return path


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
def test_memory_is_bounded_and_the_change_is_found(tmp_path: Path) -> None:
    lines_workbook(tmp_path / "returned.xlsx", LINES)
    (path,) = process(tmp_path / "returned.xlsx", tmp_path / "results").results
    changed = edit(Path(path), tmp_path / "changed.xlsx", "归一化", {"C1500": "别的"})
    command = [sys.executable, "-c", _CHILD, str(changed)]
    done = subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}
    )
    named, peak = done.stdout.splitlines()
    assert named == "归一化!C1500"
    assert float(peak) < MOST_MB


def test_beyond_a_size_other_programs_are_not_asked_and_that_is_said(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recalculation, "MOST_BY_IRONCALC", 9)
    result = verify(results)
    whys = {check.name: check.why for check in result.checks}
    assert (whys[IRONCALC], whys[ENGINE]) == (Why.TOO_LARGE, "")
    assert "ironcalc 重算：文件过大，未检查（它会占用过多内存；其他各项检查不受影响）" in list(as_lines(result, "zh"))
    assert any("too large" in text for text in as_lines(result, "en"))
    with recalculation.by_libreoffice(results, recalculation.MOST_BY_LIBREOFFICE + 1, DEFAULT_LIMITS) as office:
        assert office() in {Why.TOO_LARGE, Why.NOT_INSTALLED}


def test_what_takes_ironcalc_too_long_is_ended_and_said(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalculation, "SECONDS", 0.0001)
    result = verify(results)
    (check,) = (check for check in result.checks if check.name == IRONCALC)
    assert check.why == Why.TOO_SLOW
    assert any("3 分钟内没有算完" in text for text in as_lines(result, "zh"))


@pytest.mark.skipif(os.name != "posix", reason="a script stands for the program")
def test_a_program_that_hangs_is_ended_with_those_that_it_started(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, started = tmp_path / "soffice", tmp_path / "started"
    program.write_text(f"#!/bin/sh\nsleep 600 &\necho $! > {started}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(recalculation, "SECONDS", 2)
    begun = time.monotonic()
    with recalculation.by_libreoffice(results, 1, DEFAULT_LIMITS) as office:
        assert office() is Why.TOO_SLOW
    assert time.monotonic() - begun < 60
    child = int(started.read_text(encoding="utf-8"))
    until = time.monotonic() + 30  # a process ends when the system comes to it, which on a busy machine takes a while
    while _runs(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text(encoding="utf-8").split()[2] != "Z"


def test_the_very_same_file_is_sound_and_one_byte_more_is_looked_at(results: Path, tmp_path: Path) -> None:
    """What is written again byte for byte need not be compared; a file packed otherwise is, and agrees."""
    other = edit(results, tmp_path / "packed.xlsx", "归一化", {})
    assert other.read_bytes() != results.read_bytes()
    assert verify(results).is_sound
    assert verify(other).is_sound


@pytest.mark.parametrize(
    ("part", "left_out"),
    [
        ("xl/workbook.xml", set()),
        ("xl/worksheets/sheet2.xml", {"xl/worksheets/sheet2.xml"}),
        ("xl/worksheets/_rels/sheet2.xml.rels", {"xl/worksheets/sheet2.xml"}),
        ("xl/charts/chart1.xml", set()),  # compared by itself
        ("xl/styles.xml", None),
        ("xl/sharedStrings.xml", None),
        ("xl/theme/theme1.xml", None),
        ("[Content_Types].xml", None),
    ],
)
def test_sheets_count_as_unchanged_while_all_that_gives_them_meaning_is(
    part: str, left_out: set[str] | None, results: Path, tmp_path: Path
) -> None:
    def changed(data: bytes) -> bytes:
        return data if part == "xl/workbook.xml" else data + b"<!-- -->"

    other = rewrite(results, tmp_path / "other.xlsx", {part: changed})
    with zipfile.ZipFile(results) as package:
        sheets = {name for name in package.namelist() if name.startswith("xl/worksheets/sheet")}
    found = unchanged_sheets(other.read_bytes(), results.read_bytes(), of_results(DEFAULT_LIMITS))
    assert found == (set() if left_out is None else sheets - left_out)


def test_what_follows_from_what_is_as_one_would_find_it_by_looking_at_each() -> None:
    rng = random.Random(5)  # noqa: S311 - repeatable
    for _ in range(50):
        places = {("甲 乙"[:: rng.choice((1, 2))], rng.randint(1, 9), rng.randint(1, 4)) for _ in range(12)}
        formulas: dict[Place, Cell] = {}
        for place in places:
            top, bottom = sorted(rng.sample(range(1, 12), 2))
            left, right = sorted(rng.sample("ABCDE", 2))
            sheet = rng.choice(("", "'甲 乙'!", "甲乙!"))
            formulas[place] = Cell("number", 1.0, f"SUM({sheet}{left}{top}:{right}${bottom})")
        wanted = {place for place in places if any(_is_in(other, place, formulas[place]) for other in places)}
        assert followers(places, formulas) == wanted


def _is_in(other: Place, place: Place, cell: Cell) -> bool:
    formula = str(cell.formula).removeprefix("SUM(").removesuffix(")").replace("$", "")
    sheet, _, area = formula.rpartition("!")
    first, last = area.split(":")
    return (
        (sheet.strip("'") or place[0]) == other[0]
        and int(first[1:]) <= other[1] <= int(last[1:])
        and first[0] <= "ABCDE"[other[2] - 1] <= last[0]
    )
