"""Running contenders in turn and comparing them: ratios of runs that stood side by side, with their spread."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
# Commands start from byte code, as after any first run, even where the developer's shell forbids writing it.
ENVIRONMENT = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "benchmark-byte-code")}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


@dataclass(frozen=True)
class Run:
    """One run of a contender: wall and processor seconds, peak memory of its process."""

    wall: float
    cpu: float
    peak_mb: float
    detail: dict[str, Any]


class Worker:
    """A contender in a process of its own, warm between runs."""

    def __init__(self, contender: str) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.worker", contender]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, **job: object) -> Run:
        """Run the contender once."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({key: str(value) for key, value in job.items()}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the contender's process ended")
        found = json.loads(line)
        return Run(found.pop("wall"), found.pop("cpu"), found.pop("peak_mb"), found)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def command(arguments: Sequence[str], expected: Sequence[int] = (0,), *, one_core: bool = False) -> Run:
    """Run a command from a shell's point of view: start to exit, with the processor time and memory of its processes.

    Peak memory is that of the largest process among the command and those it waited for.
    """
    before = time.perf_counter()
    with _one_core() if one_core else contextlib.nullcontext():
        process = subprocess.Popen(
            list(arguments), cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    with process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - before
    if process.returncode not in expected:
        raise RuntimeError(f"{arguments}: exit {process.returncode}: {said.decode()[-500:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, {})


@contextlib.contextmanager
def _one_core() -> Iterator[None]:
    """Keep to one processor what is started inside: processes inherit that."""
    usual = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(usual)})
    yield
    os.sched_setaffinity(0, usual)


def interleaved(contenders: dict[str, Callable[[], Run]], rounds: int) -> dict[str, list[Run]]:
    """Run all contenders once a round, the order turning from round to round."""
    runs: dict[str, list[Run]] = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(rounds):
        shift = number % len(names)
        for name in names[shift:] + names[:shift]:
            runs[name].append(contenders[name]())
    return runs


@dataclass(frozen=True)
class Spread:
    """Median and quartiles."""

    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.low:.2f} to {self.high:.2f})"


def spread(values: Sequence[float]) -> Spread:
    """Return the median and the quartiles; of fewer than four values the extremes."""
    if len(values) < 4:
        return Spread(min(values), statistics.median(values), max(values))
    low, middle, high = statistics.quantiles(values, n=4)
    return Spread(low, middle, high)


def ratio(runs: Sequence[Run], base: Sequence[Run], clock: str = "wall") -> Spread:
    """Return how many times longer `runs` took than the runs of `base` beside them."""
    return spread([getattr(a, clock) / getattr(b, clock) for a, b in zip(runs, base, strict=True)])


def middle(runs: Sequence[Run], clock: str = "wall") -> float:
    """Return the median seconds."""
    return statistics.median(getattr(run, clock) for run in runs)


def target(name: str, value: float, *, most: float | None = None, least: float | None = None) -> str:
    """Return a line that says whether a target is met."""
    is_met = (most is None or value <= most) and (least is None or value >= least)
    return f"- {name}: {value:.3g}, {'met' if is_met else '**not met**'}"


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [list(map(str, header)), ["---"] * len(header), *(list(map(str, row)) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
