"""A season of returned workbooks through the command: each accounted for once, sums as in single runs, memory flat.

WBE_SEASON=1000 python -m pytest tests/batch/test_season.py      the longer run of docs/folder.md
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

import workbook_engine as we
from tests.batch.folders import ledger, litter
from tests.batch.season import make

ROOT = Path(__file__).parent.parent.parent
COUNT = int(os.environ.get("WBE_SEASON", "60"))
ALONE = 5  # workbooks that are processed by themselves, too
PARENT_MB, WORKER_MB = 150, 120
HEADER = 4
STATES = {"good": "完成", "faulty": "未完成", "hostile": "未读取"}
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


def watched(command: list[str]) -> tuple[int, float, list[float]]:
    """Run a command; return its status, the peak of its memory and those of its children, MB."""
    peaks: dict[int, float] = {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for pid in (process.pid, *children(process.pid)):
                peaks[pid] = max(peaks.get(pid, 0.0), peak(pid))
            time.sleep(0.05)
    own = peaks.pop(process.pid)
    return process.returncode, own, sorted(peaks.values())


def children(pid: int) -> list[int]:
    """Return the children that any thread of a process started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def peak(pid: int) -> float:
    """Return the most memory that a process ever held, MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def test_a_season_is_accounted_for_once_with_the_sums_of_single_runs_in_flat_memory(tmp_path: Path) -> None:
    inbox, out = tmp_path / "收件 📥", tmp_path / "结果"
    season = {str(returned.path): returned for returned in make(inbox, COUNT)}
    status, parent, workers = watched(
        [sys.executable, "-m", "workbook_engine", "run", str(inbox), "-o", str(out), "--jobs", "2", "--lang", "zh"]
    )
    assert status == 1  # some are faulty
    assert parent < PARENT_MB
    assert max(workers) < WORKER_MB

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
    for returned in good[:: max(1, len(good) // ALONE)]:
        (product,) = we.process(returned.path).footprint.products
        assert totals[returned.path.name] == pytest.approx(product.cfp_kg_co2e, rel=1e-12)
    assert len({totals[returned.path.name] for returned in good}) == len(good)
    assert litter(out) == []
