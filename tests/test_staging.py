"""The staging folder goes with its run, however that ends, and a lock is held by one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from workbook_engine.placing import STATE
from workbook_engine.staging import FileLock, Staging


def test_staging_leaves_nothing_behind(tmp_path: Path) -> None:
    with Staging(tmp_path / "out") as staging:
        (staging.path / "half.xlsx").write_bytes(b"half")
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_run_left_is_removed_and_a_living_one_left_alone(tmp_path: Path) -> None:
    killed = tmp_path / STATE / "staging" / "killed"
    killed.mkdir(parents=True)
    (killed / "lock").touch()
    (killed / "half.xlsx").write_bytes(b"half")
    with Staging(tmp_path) as living:
        (living.path / "mine.xlsx").write_bytes(b"mine")
        with Staging(tmp_path):
            assert (living.path / "mine.xlsx").exists()
        assert not killed.exists()


@pytest.mark.parametrize("left", [["half.xlsx"], []], ids=["while it removed its folder", "before it locked it"])
def test_a_run_that_is_killed_with_no_lock_leaves_nothing_for_good(tmp_path: Path, left: list[str]) -> None:
    folder = tmp_path / STATE / "staging" / ("killed.dead" if left else "killed")
    folder.mkdir(parents=True)
    for name in left:
        (folder / name).write_bytes(b"half")
    with Staging(tmp_path) as staging:
        assert [path.name for path in folder.parent.iterdir()] == [staging.path.name]


def test_a_run_whose_folder_is_swept_before_it_is_locked_makes_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, made = tempfile.mkdtemp, []

    def make_and_lose(dir: Path) -> str:  # noqa: A002 - as tempfile has it
        made.append(make(dir=dir))
        if len(made) == 1:
            Path(made[0]).rmdir()
        return made[-1]

    monkeypatch.setattr("workbook_engine.staging.tempfile.mkdtemp", make_and_lose)
    with Staging(tmp_path) as staging:
        assert str(staging.path) == made[1]


def test_a_child_that_outlives_its_run_puts_nothing_into_the_folder_that_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = tmp_path / STATE / "staging" / "killed"
    killed.mkdir(parents=True)
    (killed / "lock").touch()
    late, remove = [], shutil.rmtree

    def remove_while_the_child_writes(folder: Path, *, ignore_errors: bool) -> None:
        try:
            (killed / "late.input").write_bytes(b"late")
        except FileNotFoundError:
            late.append("refused")
        remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", remove_while_the_child_writes)
    with Staging(tmp_path) as staging:
        assert [path.name for path in killed.parent.iterdir()] == [staging.path.name]
        assert late == ["refused"]


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock"):
        assert not FileLock(tmp_path / "lock").acquire(blocking=False)
    other = FileLock(tmp_path / "lock")
    assert other.acquire(blocking=False)
    other.release()
