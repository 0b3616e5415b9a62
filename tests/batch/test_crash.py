"""kill -9 at any moment: nothing half-written, nothing lost, and in the end all is as if nothing had happened.

WBE_CRASHES=50 python -m pytest tests/batch/test_crash.py      the longer run of docs/folder.md
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.batch.folders import ledger, letters, litter, results
from tests.batch.season import example, good, make
from workbook_engine.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent.parent
CRASHES = int(os.environ.get("WBE_CRASHES", "6"))
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9")


def put_season(inbox: Path, count: int) -> list[Path]:
    """A season with two corrections, each file an hour younger than the one before."""
    files = [returned.path for returned in make(inbox, count)]
    for number, company in enumerate(("第0001电气有限公司", "第0002电气有限公司")):
        files.append(inbox / f"更正 {number}.xlsx")
        files[-1].write_bytes(good(example(), company, 30_000.0 + number))
    for number, path in enumerate(files):
        os.utime(path, (1.76e9 + 3600 * number, 1.76e9 + 3600 * number))
    return files


def state(out: Path) -> dict[str, Any]:
    """Everything that a person or a program sees of an output folder, byte for byte where it is a figure."""
    overview = openpyxl.load_workbook(out / "汇总.xlsx")
    tables = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in overview.worksheets
        if sheet.title != "提交记录"  # it holds the hours
    }
    return {
        "results": results(out),
        "ledger": ledger(out),
        "overview": tables,
        "litter": litter(out),
        "letters": letters(out),
    }


def start(command: str, inbox: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "workbook_engine", command, str(inbox), "-o", str(out), "--jobs", "2", *more]
    return subprocess.Popen(
        arguments, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill(process: subprocess.Popen[bytes]) -> bool:
    """Kill the process and nothing else: its children have to notice by themselves. Tell whether it still ran."""
    was_running = process.poll() is None
    if was_running:
        os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return was_running


def whole(out: Path) -> bool:
    """Tell whether every workbook that has its final name can be opened."""
    return all(
        zipfile.is_zipfile(path)
        for path in out.rglob("*.xlsx")
        if ".workbook-engine" not in path.relative_to(out).parts
    )


def crash(start_it: Callable[[], subprocess.Popen[bytes]], out: Path, seed: int, longest: float) -> int:
    """Start and kill again and again, at random moments; return how many of them hit it at work."""
    chance, hits = random.Random(seed), 0  # noqa: S311 - a repeatable choice
    for _ in range(CRASHES):
        process = start_it()
        time.sleep(chance.uniform(0.3, longest))
        hits += kill(process)
        assert whole(out)
    return hits


def test_a_run_that_is_killed_again_and_again_ends_as_if_undisturbed(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    put_season(inbox, 14)
    begun = time.monotonic()
    assert main(["run", str(inbox), "-o", str(tmp_path / "quiet"), "--jobs", "2"]) == 1
    longest = max(1.0, 0.3 * (time.monotonic() - begun))  # two at least are hit at work, though each does part of it
    out = tmp_path / "out"
    hits = crash(lambda: start("run", inbox, out), out, 1, longest)
    assert hits >= 2
    assert main(["run", str(inbox), "-o", str(out), "--jobs", "2"]) == 1
    assert state(out) == state(tmp_path / "quiet")


def test_a_watch_that_is_killed_while_files_arrive_ends_as_if_undisturbed(tmp_path: Path) -> None:
    shelf, inbox, out = tmp_path / "shelf", tmp_path / "in", tmp_path / "out"
    files = put_season(shelf, 10)
    arriving = [inbox / path.relative_to(shelf) for path in files]
    inbox.mkdir()

    def arrive() -> None:
        for source, target in zip(files, arriving, strict=True):
            target.parent.mkdir(exist_ok=True)
            source.rename(target)  # keeps its date
            time.sleep(0.5 * CRASHES / len(files))

    def watch() -> subprocess.Popen[bytes]:
        return start("watch", inbox, out, "--poll", "0.1", "--settle", "0.2", "--no-events")

    thread = threading.Thread(target=arrive)
    thread.start()
    crash(watch, out, 2, 2.0)
    thread.join()
    last = watch()
    try:
        deadline = time.monotonic() + 60
        while len([entry for entry in ledger(out) if entry[1]]) < len(files) and time.monotonic() < deadline:
            time.sleep(0.3)
        time.sleep(1)
    finally:
        last.send_signal(signal.SIGTERM)
        assert last.wait(timeout=30) == 0
    assert main(["overview", str(out)]) == 0
    assert main(["run", str(inbox), "-o", str(tmp_path / "quiet"), "--jobs", "2"]) == 1
    assert state(out) == state(tmp_path / "quiet")
