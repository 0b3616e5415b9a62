"""The engine itself, whole and by step. The steps are timed where the pipeline calls them, by wrapping these calls.

python -m tests.benchmarks.ours FOLDER OUT here|child      a folder, in this process or in one reused child
"""

from __future__ import annotations

import functools
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_engine import pipeline
from workbook_engine.intake import open as intake

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = ("screen", "read", "bind", "normalize", "compute", "verify", "write", "place", "other")
# Step, the module that calls it, and under which name.
_CALLS: tuple[tuple[str, Any, str], ...] = (
    ("screen", intake.screen, "read_private"),
    ("read", pipeline, "open_workbook"),
    ("bind", pipeline, "bind_inputs"),
    ("normalize", pipeline, "build_inventory"),
    ("compute", pipeline, "compute_footprint"),
    ("compute", pipeline, "assess"),
    ("verify", pipeline, "verify"),
    ("write", pipeline, "write_results_file"),
    ("place", pipeline, "write_results_workbook"),
)


class Clock:
    """Processor seconds of each step, without those of the steps inside it."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(STEPS, 0.0)
        self._inside: list[float] = []

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, timed."""

        @functools.wraps(function)
        def call(*arguments: Any, **named: Any) -> Any:
            self._inside.append(0.0)
            before = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                took = time.process_time() - before
                self.spent[step] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return call


class Engine:
    """Processes workbooks in this process, its factor library loaded."""

    def __init__(self) -> None:
        self.library = pipeline.factor_library()
        self.clock = Clock()
        for step, module, name in _CALLS:
            setattr(module, name, self.clock.timed(step, getattr(module, name)))
        self._process = self.clock.timed("other", pipeline.process)

    def run(self, path: Path, out: Path) -> dict[str, Any]:
        """Process a workbook; return wall, processor seconds, seconds by step, the results' path and the status."""
        self.clock.spent = dict.fromkeys(STEPS, 0.0)
        wall, cpu = time.perf_counter(), time.process_time()
        done = self._process(path, out, factors=self.library)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        steps = dict(self.clock.spent)
        return {"wall": wall, "cpu": cpu, "steps": steps, "results": done.results, "status": done.status}


def main() -> None:
    """Process a folder, its work done in this process or in a child of it: what isolation costs."""
    from workbook_engine.batch import Options, Settings, run  # noqa: PLC0415 - not in the memory of a single workbook
    from workbook_engine.batch.workers import PoolExecutor, SingleExecutor  # noqa: PLC0415

    files = sorted(Path(sys.argv[1]).glob("*.xlsx"))
    executor = SingleExecutor() if sys.argv[3] == "here" else PoolExecutor(1)
    for outcome in run(files, Path(sys.argv[2]), Settings(), Options(executor=executor)):
        assert outcome.record.results, outcome.record.findings


if __name__ == "__main__":
    main()
