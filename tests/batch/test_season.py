"""A season of returned workbooks through the command: each accounted for once, sums as in single runs, memory flat.

WBE_SEASON=5000 python -m pytest -s tests/batch/test_season.py      the longer run of docs/folder.md, with its figures
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

import workbook_engine as we
from tests.batch.folders import ledger, litter
from tests.batch.season import make

ROOT = Path(__file__).parent.parent.parent
COUNT = int(os.environ.get("WBE_SEASON", "60"))
ALONE = 5  # workbooks of a short season that are processed by themselves, too; of a long one all are
PARENT_MB, WORKER_MB = 150, 120
LONG, GROWTH_MB_PER_THOUSAND = 1000, 3
HEADER = 4
STATES = {"good": "完成", "faulty": "未完成", "hostile": "未读取"}
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


class Memory(NamedTuple):
    """Of a run, MB: the peaks of the parent and of the largest worker, and how much the parent grew.

    Grown: from the end of the first fifth of its samples (until then everything starts) to the last before the end.
    """

    parent: float
    worker: float
    growth: float


def watched(command: list[str]) -> tuple[int, Memory]:
    """Run a command; return its status and its memory. Once its workers have gone it writes the overview."""
    peaks: dict[int, float] = {}
    held: list[float] = []  # by the parent, while it had workers
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            workers = children(process.pid)
            for pid in (process.pid, *workers):
                peaks[pid] = max(peaks.get(pid, 0.0), memory(pid, "VmHWM"))
            if workers:
                held.append(memory(process.pid, "VmRSS"))
            time.sleep(0.05)
    own = peaks.pop(process.pid)
    growth = held[-1] - held[len(held) // 5] if held else 0.0
    return process.returncode, Memory(own, max(peaks.values()), growth)


def children(pid: int) -> list[int]:
    """Return the children that any thread of a process started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def memory(pid: int, what: str) -> float:
    """Return what a process holds (VmRSS) or held at most (VmHWM), MB; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(what)), 0.0)


def test_a_season_is_accounted_for_once_with_the_sums_of_single_runs_in_flat_memory(tmp_path: Path) -> None:
    inbox, out = tmp_path / "收件 📥", tmp_path / "结果"
    season = {str(returned.path): returned for returned in make(inbox, COUNT)}
    begun = time.monotonic()
    status, used = watched(
        [sys.executable, "-m", "workbook_engine", "run", str(inbox), "-o", str(out), "--jobs", "2", "--lang", "zh"]
    )
    assert status == 1  # some are faulty
    print(f"{COUNT} workbooks, {time.monotonic() - begun:.0f} s, {used}")  # noqa: T201 - what -s is for
    assert used.parent < PARENT_MB
    assert used.worker < WORKER_MB
    assert COUNT < LONG or used.growth < GROWTH_MB_PER_THOUSAND * COUNT / 1000

    entries = ledger(out)
    assert Counter(str(entry[0]) for entry in entries) == Counter(list(season))
    sheet = openpyxl.load_workbook(out / "汇总.xlsx", read_only=True)["总览"]
    headings, *table = sheet.iter_rows(min_row=HEADER, values_only=True)
    rows = [dict(zip(headings, row, strict=True)) for row in table]
    assert Counter(row["返回的工作簿"] for row in rows) == Counter(Path(path).name for path in season)
    by_name = {Path(path).name: returned for path, returned in season.items()}
    assert all(row["状态"] == STATES[by_name[row["返回的工作簿"]].kind] for row in rows)

    totals = {row["返回的工作簿"]: row["碳足迹 kgCO2e"] for row in rows}
    good = [returned for returned in season.values() if returned.kind == "good"]
    for returned in good if COUNT >= LONG else good[:: max(1, len(good) // ALONE)]:
        (product,) = we.process(returned.path).footprint.products
        assert totals[returned.path.name] == pytest.approx(product.cfp_kg_co2e, rel=1e-12)
    assert len({totals[returned.path.name] for returned in good}) == len(good)
    assert litter(out) == []
