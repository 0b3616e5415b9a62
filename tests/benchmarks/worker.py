"""A child process that runs one contender again and again: a JSON line in, a JSON line out.

Each contender keeps to its own process, so that none pays for what another has imported, and its memory is its own.
"""

from __future__ import annotations

import gc
import json
import pickle
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Job = dict[str, Any]


def main() -> None:
    """Serve one contender until the parent closes the pipe."""
    job = {"ours": _ours, "floor": _floor, "usual": _usual, "content": _content, "lines": _lines}[sys.argv[1]]()
    gc.set_threshold(50_000)  # as our command sets it; for every contender alike
    gc.freeze()  # as the workers of a batch do, once their library is loaded
    for line in sys.stdin:
        gc.collect()  # what the run before left behind is not this one's to clear
        found = job(json.loads(line))
        found["peak_mb"] = _peak_mb()
        print(json.dumps(found), flush=True)


def _peak_mb() -> float:
    """Return the peak memory of this process. Linux carries rusage's figure over from the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _ours() -> Callable[[Job], Job]:
    from tests.benchmarks.ours import Engine  # noqa: PLC0415 - each child imports its own contender alone

    engine = Engine()
    return lambda job: engine.run(Path(job["path"]), Path(job["out"]))


def _floor() -> Callable[[Job], Job]:
    from tests.benchmarks import floor  # noqa: PLC0415

    contents: dict[str, floor.Content] = {}

    def run(job: Job) -> Job:
        if job["content"] not in contents:
            contents.clear()
            contents[job["content"]] = pickle.loads(Path(job["content"]).read_bytes())  # noqa: S301 - our own
        wall, cpu = floor.run(Path(job["path"]), contents[job["content"]], Path(job["out"]) / "floor.xlsx")
        return {"wall": wall, "cpu": cpu}

    return run


def _usual() -> Callable[[Job], Job]:
    from tests.benchmarks import usual  # noqa: PLC0415

    library = usual.load_library(usual.LIBRARY)

    def run(job: Job) -> Job:
        wall, cpu = time.perf_counter(), time.process_time()
        usual.process(Path(job["path"]), library, Path(job["out"]) / "usual.xlsx")
        return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}

    return run


def _content() -> Callable[[Job], Job]:
    """Not a contender: packs what a results workbook holds for the floor. Very large, it stays out of the parent."""
    from tests.benchmarks import floor  # noqa: PLC0415

    def run(job: Job) -> Job:
        content = floor.content_of(Path(job["path"]))
        Path(job["out"]).write_bytes(pickle.dumps(content))
        counts = {"sheets": len(content.sheets), "charts": len(content.charts)}
        return {"wall": 0.0, "cpu": 0.0, **counts, "cells": content.cells, "formulas": content.formulas}

    return run


def _lines() -> Callable[[Job], Job]:
    """Not a contender: writes a returned workbook of so many lines."""
    from tests.benchmarks.workbooks import lines_workbook  # noqa: PLC0415

    def run(job: Job) -> Job:
        lines_workbook(Path(job["path"]), int(job["lines"]))
        return {"wall": 0.0, "cpu": 0.0}

    return run


if __name__ == "__main__":
    main()
