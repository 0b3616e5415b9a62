"""The killable child: what it survives, what it leaves behind, and that it is used again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.intake.isolate import Child, ChildFailedError
from workbook_engine.intake.limits import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MB = 1_000_000


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child(500 * MB, 5.0)
    yield child
    child.close()


def identity() -> int:
    return os.getpid()


def fill_memory() -> int:
    return len(bytearray(2_000 * MB))


def sleep_long() -> None:
    time.sleep(60)


def spin() -> None:
    while True:
        pass


def abort() -> NoReturn:
    os.abort()


def recurse() -> None:
    recurse()


def print_much() -> str:
    sys.stdout.write("to nobody" * 10_000)
    os.write(1, b"to nobody" * 10_000)
    return "done"


def refuse() -> NoReturn:
    raise Refused(Finding(catalogue.FILE_EMPTY))


def fail() -> NoReturn:
    raise KeyError("library")


def leave_files() -> str:
    folder = Path(tempfile.gettempdir())
    (folder / "left").write_text("x")
    (folder / "sub").mkdir()
    (folder / "sub" / "left").write_text("x")
    Path("here").write_text("x")
    return str(folder)


def write_much() -> None:
    with open("big", "wb") as file:  # noqa: PTH123
        file.writelines(bytes(MB) for _ in range(600))


def test_the_child_is_another_process_and_is_used_again(child: Child) -> None:
    first = child.call(identity)
    assert first != os.getpid()
    assert child.call(identity) == first


@pytest.mark.parametrize(
    ("function", "reason"),
    [(fill_memory, "memory"), (abort, "crash"), (recurse, "crash"), (fail, "crash"), (write_much, "crash")],
)
@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory and file size are Linux's here")
def test_what_kills_or_fills_the_child_is_reported_and_the_next_call_works(
    child: Child, function: object, reason: str
) -> None:
    with pytest.raises(ChildFailedError) as failure:
        child.call(function)  # type: ignore[arg-type]
    assert failure.value.reason == reason
    assert child.call(identity) > 0


@pytest.mark.parametrize("function", [sleep_long, spin])
def test_a_hanging_child_is_killed_in_time(function: object) -> None:
    child = Child(500 * MB, 1.0)
    started = time.monotonic()
    with pytest.raises(ChildFailedError) as failure:
        child.call(function)  # type: ignore[arg-type]
    assert failure.value.reason == "time"
    assert time.monotonic() - started < 10
    assert child.call(identity) > 0
    child.close()


def test_our_own_exceptions_come_through_whole(child: Child) -> None:
    with pytest.raises(Refused) as refusal:
        child.call(refuse)
    assert refusal.value.finding.code == "file-empty"


def test_what_a_library_prints_does_not_disturb(child: Child) -> None:
    assert child.call(print_much) == "done"


def test_nothing_is_left_behind(child: Child) -> None:
    folder = Path(child.call(leave_files))
    assert folder != Path(tempfile.gettempdir())
    assert list(folder.iterdir()) == []
    child.close()
    assert not folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="no signals there")
@pytest.mark.skipif(os.name == "nt", reason="no signals there")
def test_nothing_is_left_behind_where_the_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, signal; from workbook_engine.intake.isolate import Child;"
        "child = Child(2**30, 30.0); child.call(os.getcwd); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(tmp_path)}, check=False)
    assert run.returncode == -signal.SIGKILL
    give_up = time.monotonic() + 30
    while list(tmp_path.iterdir()) and time.monotonic() < give_up:
        time.sleep(0.05)
    assert list(tmp_path.iterdir()) == []


def test_a_child_killed_from_outside_between_calls_is_replaced(child: Child) -> None:
    first = child.call(identity)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.2)
    assert child.call(identity) != first
