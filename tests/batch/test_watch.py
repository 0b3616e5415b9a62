"""Watching: a file is taken when it is whole, once, and whatever vanishes comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.batch.folders import ledger, litter, results
from tests.batch.season import example, good
from workbook_engine import batch
from workbook_engine.batch.watch import PATIENCE_SECONDS, Look, Timing, Watcher, has_its_end, is_open, watch
from workbook_engine.cli import main
from workbook_engine.report import WatchReport

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = example()
SETTLE = 2.0
ROOT = Path(__file__).parent.parent.parent


class Clock:
    """Time that passes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watcher(tmp_path: Path, clock: Clock) -> Iterator[Watcher]:
    (tmp_path / "in").mkdir()
    settings = batch.settings_for()
    watcher = Watcher((tmp_path / "in",), tmp_path / "out", lambda: settings, Timing(0, SETTLE), 1, clock=clock)
    yield watcher
    watcher.close()


def put(tmp_path: Path, name: str = "a.xlsx", company: str = "甲公司", kwh: float = 1.0) -> Path:
    path = tmp_path / "in" / name
    path.write_bytes(good(PARTS, company, kwh))
    return path


def looks(watcher: Watcher, clock: Clock, *, after: float = SETTLE) -> list[str]:
    """Let time pass, look, and return the files that were processed."""
    clock.now += after
    look = watcher.look()
    assert look.problem is None
    return [Path(outcome.record.file).name for outcome in look.outcomes if not outcome.is_unchanged]


def test_a_new_file_is_taken_once_it_has_settled(watcher: Watcher, clock: Clock, tmp_path: Path) -> None:
    put(tmp_path)
    assert looks(watcher, clock) == []
    assert looks(watcher, clock, after=SETTLE / 2) == []
    assert looks(watcher, clock, after=SETTLE / 2) == ["a.xlsx"]
    assert looks(watcher, clock, after=100) == []
    assert len(results(tmp_path / "out")) == 1
    assert (tmp_path / "out" / "汇总.xlsx").exists()


def test_a_file_that_grows_waits(watcher: Watcher, clock: Clock, tmp_path: Path) -> None:
    path = put(tmp_path)
    content = path.read_bytes()
    for share in (1, 2, 3):
        path.write_bytes(content[: len(content) * share // 4])
        assert looks(watcher, clock) == []
    path.write_bytes(content)
    assert looks(watcher, clock) == []
    assert looks(watcher, clock) == ["a.xlsx"]


def test_a_copy_that_stalls_waits_and_is_reported_only_if_it_never_goes_on(
    watcher: Watcher, clock: Clock, tmp_path: Path
) -> None:
    path = put(tmp_path)
    path.write_bytes(path.read_bytes()[:20_000])
    assert looks(watcher, clock) == []
    assert looks(watcher, clock, after=PATIENCE_SECONDS - 1) == []
    assert watcher.look().waiting == (path,)
    assert looks(watcher, clock) == ["a.xlsx"]
    (entry,) = ledger(tmp_path / "out")
    assert entry[-1].status == "rejected"  # type: ignore[attr-defined]


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#", ".~a.xlsx"])
def test_a_file_open_in_an_office_program_waits_until_it_is_closed(
    watcher: Watcher, clock: Clock, tmp_path: Path, lock: str
) -> None:
    put(tmp_path)
    owner = tmp_path / "in" / lock
    owner.touch()
    for _ in range(5):
        assert looks(watcher, clock, after=60) == []
    owner.unlink()
    assert looks(watcher, clock) == ["a.xlsx"]


def test_the_lock_of_a_program_that_crashed_long_ago_holds_nothing_up(tmp_path: Path) -> None:
    lock = tmp_path / "~$a.xlsx"
    lock.touch()
    assert is_open(tmp_path / "a.xlsx")
    os.utime(lock, (0, 0))
    assert not is_open(tmp_path / "a.xlsx")


def test_a_corrected_file_is_taken_again_and_compared(watcher: Watcher, clock: Clock, tmp_path: Path) -> None:
    put(tmp_path)
    looks(watcher, clock)
    assert looks(watcher, clock) == ["a.xlsx"]
    put(tmp_path, kwh=2.0)
    looks(watcher, clock)
    assert looks(watcher, clock) == ["a.xlsx"]
    (entry,) = ledger(tmp_path / "out")
    assert entry[-1].previous  # type: ignore[attr-defined]
    assert len(results(tmp_path / "out")) == 2  # the older version stays


def test_after_a_restart_nothing_is_done_twice(watcher: Watcher, clock: Clock, tmp_path: Path) -> None:
    put(tmp_path)
    looks(watcher, clock)
    looks(watcher, clock)
    again = Watcher(watcher.paths, watcher.out, watcher.settings, watcher.timing, 1, clock=clock)
    assert looks(again, clock) == looks(again, clock) == []
    again.close()


def test_a_vanished_drive_is_waited_for_and_nothing_counts_as_gone(
    watcher: Watcher, clock: Clock, tmp_path: Path
) -> None:
    put(tmp_path)
    looks(watcher, clock)
    looks(watcher, clock)
    (tmp_path / "in").rename(tmp_path / "unplugged")
    look = watcher.look()
    assert (look.lost, look.problem) == ((tmp_path / "in",), None)
    (tmp_path / "in").mkdir()  # the mount point alone
    assert watcher.look().lost == ()
    assert [entry[3] for entry in ledger(tmp_path / "out")] == [False]
    (tmp_path / "in").rmdir()
    (tmp_path / "unplugged").rename(tmp_path / "in")
    put(tmp_path, "b.xlsx", "乙公司")
    looks(watcher, clock)
    assert looks(watcher, clock) == ["b.xlsx"]


def test_a_vanished_output_folder_is_a_problem_that_passes(watcher: Watcher, clock: Clock, tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "out").write_text("in the way")
    watcher.look()
    clock.now += SETTLE
    assert "占着" in str(getattr(watcher.look().problem, "text", ""))
    (tmp_path / "out").unlink()
    assert looks(watcher, clock) == ["a.xlsx"]


def test_a_file_that_left_is_noted(watcher: Watcher, clock: Clock, tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    put(tmp_path, "b.xlsx", "乙公司")
    looks(watcher, clock)
    looks(watcher, clock)
    (tmp_path / "in" / "a.xlsx").unlink()
    looks(watcher, clock)
    assert {Path(str(entry[0])).name: entry[3] for entry in ledger(tmp_path / "out")} == {
        "a.xlsx": True,
        "b.xlsx": False,
    }


def test_a_changed_factor_library_computes_everything_anew(clock: Clock, tmp_path: Path) -> None:
    from workbook_engine.pipeline import library_path  # noqa: PLC0415

    (tmp_path / "in").mkdir()
    own = tmp_path / "own.xlsx"
    own.write_bytes(library_path().read_bytes())
    watcher = Watcher(
        (tmp_path / "in",), tmp_path / "out", lambda: batch.settings_for(own), Timing(0, SETTLE), 1, clock=clock
    )
    put(tmp_path)
    looks(watcher, clock)
    assert looks(watcher, clock) == ["a.xlsx"]
    own.write_bytes(own.read_bytes() + b"\0")
    assert looks(watcher, clock) == ["a.xlsx"]
    watcher.close()


def test_a_file_that_failed_is_tried_again_after_a_while(
    watcher: Watcher, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    put(tmp_path)
    looks(watcher, clock)
    with monkeypatch.context() as patch:
        patch.setattr("workbook_engine.placing.os.link", full)
        assert looks(watcher, clock) == ["a.xlsx"]
        assert looks(watcher, clock, after=10) == []
    assert looks(watcher, clock, after=60) == ["a.xlsx"]
    assert len(results(tmp_path / "out")) == 1


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (good(PARTS, "甲", 1.0), True),
        (good(PARTS, "甲", 1.0) + b"comment" * 100, True),
        (good(PARTS, "甲", 1.0)[:-30], False),
        (b"", False),
        (bytes(100_000), False),  # given its size before its content
        (b"\x89PNG and so on", True),  # no workbook, but whole
    ],
)
def test_a_zip_without_its_end_is_not_whole(tmp_path: Path, content: bytes, whole: bool) -> None:  # noqa: FBT001
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert has_its_end(path) is whole


def test_a_download_or_a_save_on_its_way_is_not_told_to_be_no_workbook(
    watcher: Watcher, clock: Clock, tmp_path: Path
) -> None:
    inbox = tmp_path / "in"
    for name in ("a.xlsx.crdownload", "A1B2C3D4.tmp", "b.zip"):
        (inbox / name).write_bytes(b"half")

    def told() -> list[str]:
        return sorted(path.name for path in watcher.look().others)

    assert told() == ["b.zip"]
    clock.now += PATIENCE_SECONDS - 1
    (inbox / "A1B2C3D4.tmp").unlink()
    assert told() == ["b.zip"]
    clock.now += 1
    assert told() == ["a.xlsx.crdownload", "b.zip"]


def test_everything_is_said_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = WatchReport("zh")
    lost = Look(lost=(tmp_path,), waiting=(tmp_path / "a.xlsx",), problem=OSError(28, "full"))
    for look in (lost, lost, replace(lost, problem=None), Look()):
        report.look(look)
    said = capsys.readouterr().out
    assert said.count("连接不上") == said.count("等待写完") == said.count("无法处理") == said.count("已恢复") == 1


def test_events_make_the_next_look_come_sooner(watcher: Watcher, tmp_path: Path) -> None:
    pytest.importorskip("watchdog", reason="the extra 'watch' is not installed")
    watcher.timing = Timing(every=30.0, settle=0.0)
    watcher.clock = time.monotonic
    seen = threading.Event()
    watcher.stop = seen.is_set

    def report(look: Look) -> None:
        if look.outcomes:
            seen.set()

    thread = threading.Thread(target=watch, args=(watcher, report))
    thread.start()
    time.sleep(1)
    start = time.monotonic()
    put(tmp_path)
    assert seen.wait(25), "no event came"
    thread.join(timeout=10)
    assert time.monotonic() - start < 25


def test_its_own_results_inside_the_inbox_and_what_is_only_read_wake_nobody(watcher: Watcher, tmp_path: Path) -> None:
    pytest.importorskip("watchdog", reason="the extra 'watch' is not installed")
    watcher.out = tmp_path / "in" / "结果"
    watcher.timing = Timing(every=600.0, settle=0.0)
    watcher.clock = time.monotonic
    looked: list[list[str]] = []
    is_over = threading.Event()
    watcher.stop = is_over.is_set

    def report(look: Look) -> None:
        looked.append([Path(outcome.record.file).name for outcome in look.outcomes])

    thread = threading.Thread(target=watch, args=(watcher, report))
    with warnings.catch_warnings(record=True) as warned:
        thread.start()
        while not looked:
            time.sleep(0.05)
        for name in ("甲", "乙"):
            put(tmp_path, f"{name}.xlsx", name)
            while not any(f"{name}.xlsx" in files for files in looked):
                time.sleep(0.05)
        time.sleep(1.0)  # what was under way comes to its end
        looks = len(looked)
        (watcher.out / "汇总.xlsx").touch()
        (tmp_path / "in" / "甲.xlsx").read_bytes()
        time.sleep(1.0)
        is_over.set()
        thread.join(timeout=20)
    assert len(looked) == looks
    assert sorted(name for files in looked for name in files) == ["乙.xlsx", "甲.xlsx"]
    assert [str(one.message) for one in warned if issubclass(one.category, RuntimeWarning)] == []


def test_what_was_run_is_known_to_a_watch_with_the_same_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Look] = []
    monkeypatch.setattr("workbook_engine.batch.watch.watch", lambda watcher, *_, **__: looks.append(watcher.look()))
    (tmp_path / "in").mkdir()
    put(tmp_path)
    place = [str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    look = ["--lang", "en", "--view", "client"]
    assert main(["run", *place, *look]) == 0
    assert main(["watch", *place, *look, "--settle", "0"]) == 0
    assert main(["watch", *place, "--settle", "0"]) == 0  # in the workbook's language, and all of it
    assert [[outcome.is_unchanged for outcome in look.outcomes] for look in looks] == [[True], [False]]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path)
    command = [sys.executable, "-m", "workbook_engine", "watch", str(tmp_path / "in"), "-o", str(tmp_path / "out")]
    command += ["--poll", "0.1", "--settle", "0.1", "--lang", "zh", "--jobs", "1"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(2)]
        process.send_signal(number)
        rest, errors = process.communicate(timeout=30)
    assert "正在监视" in said[0]
    assert "完成" in said[1]
    assert "已停止监视" in rest
    assert (process.returncode, errors) == (0, "")
    assert litter(tmp_path / "out") == []
    assert [Path(str(entry[0])).name for entry in ledger(tmp_path / "out")] == ["a.xlsx"]
    assert len(list((tmp_path / "out").rglob("*碳足迹结果*.xlsx"))) == 1
