"""Ctrl-C at any step of a run or a watch: an orderly end, what was told is in the ledger, the next run completes.

The signal is real and comes at a step that the test chooses: a call of a function of the folder's modules.

WBE_STOPS=500 python -m pytest tests/batch/test_stop.py      at more of the steps
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.batch.folders import ledger, litter, results
from tests.batch.season import example, good
from workbook_engine.batch.workers import SingleExecutor
from workbook_engine.cli import main

if TYPE_CHECKING:
    from types import FrameType

PARTS = example()
STOPS = int(os.environ.get("WBE_STOPS", "3"))
OURS = tuple(
    str(Path("workbook_engine", "batch", f"{name}.py")) for name in ("run", "watch", "ledger", "ledger_file", "items")
)
TICKLISH = ("transaction", "_settle")  # where an exception in place of an orderly end would lose an entry


LAST = "_wait"  # of a look: a watch that took fewer steps than another would else wait for ever


class NeverBroken(SingleExecutor):
    """Work in this process, in place of a pool, so that each step is taken in the thread that hears signals."""

    def __init__(self, size: int | None = None) -> None:
        super().__init__()
        self.width = size or 1


class Interrupt:
    """Sends this process a signal as it takes a certain step, by number or by name; notes the steps."""

    def __init__(self, at: int | str) -> None:
        self.at = at
        self.steps: list[str] = []

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.endswith(OURS) and code.co_name.isidentifier():
            self.steps.append(code.co_name)
            if self.at and (self.at in (len(self.steps), code.co_name) or code.co_name == LAST):
                self.at = 0
                signal.raise_signal(signal.SIGINT)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    inbox = tmp_path / "in"
    inbox.mkdir()
    for number in range(2):
        (inbox / f"{number}.xlsx").write_bytes(good(PARTS, f"公司{number}", 1.0 + number))
    return inbox


def typed(command: str, inbox: Path, out: Path) -> list[str]:
    watching = ["--poll", "0.01", "--settle", "0", "--no-events"] if command == "watch" else []
    return [command, str(inbox), "-o", str(out), "--lang", "zh", *watching]


def stopped_at(step: int | str, words: list[str]) -> tuple[int, list[str]]:
    """Run the command and stop it at a step; return its status and the steps it took."""
    interrupt = Interrupt(step)
    sys.setprofile(interrupt)
    try:
        status = main(words)
    finally:
        sys.setprofile(None)
    return status, interrupt.steps


def chosen(steps: list[str]) -> list[int]:
    """Return at which steps to stop: the ticklish ones, and others evenly over the whole."""
    ticklish = {number for number, name in enumerate(steps, 1) if name in TICKLISH}
    return sorted(ticklish | {1 + (number * len(steps) + len(steps) // 2) // STOPS for number in range(STOPS)})


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook_engine.batch.ledger._FLUSH_SECONDS", 1e9)  # all that was done waits for the end
    for module in ("run", "watch"):
        monkeypatch.setattr(importlib.import_module(f"workbook_engine.batch.{module}"), "PoolExecutor", NeverBroken)


@pytest.mark.parametrize("command", ["run", "watch"])
def test_a_stop_at_any_step_loses_nothing_that_was_told(
    command: str, inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, steps = stopped_at(LAST, typed(command, inbox, tmp_path / "quiet"))
    quiet = results(tmp_path / "quiet")
    assert len(quiet) == 2
    for at in chosen(steps):
        out = tmp_path / str(at)
        capsys.readouterr()
        status, _ = stopped_at(at, typed(command, inbox, out))
        said = capsys.readouterr()
        entered = [Path(str(entry[0])).name for entry in ledger(out)] if (out / ".workbook-engine").exists() else []
        told = [name for name in ("0.xlsx", "1.xlsx") if command == "watch" and f"{name}\n" in said.out]
        assert set(told) <= set(entered), at
        assert "程序出错" not in said.err, at
        is_all = len(entered) == len(quiet) and (out / "汇总.xlsx").exists()
        assert status == (0 if command == "watch" or is_all else 2), (at, said)
        assert litter(out) == [], at
        assert main(["run", str(inbox), "-o", str(out)]) == 0
        assert [Path(str(entry[0])).name for entry in ledger(out)] == ["0.xlsx", "1.xlsx"], at
        assert results(out) == quiet, at
