"""Measure the engine against the floor, the usual script and LibreOffice, in one run, interleaved.

    python -m tests.benchmarks                              everything; an hour
    python -m tests.benchmarks --only warm cold steps       minutes
    python -m tests.benchmarks --most-lines 10000 --most-workbooks 100

Prints Markdown tables: what stands in README.md beside this file.
"""

from __future__ import annotations

import argparse
import os
import pickle
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import floor
from tests.benchmarks.measure import Run, Worker, command, interleaved, middle, ratio, spread, table
from tests.benchmarks.ours import STEPS
from tests.benchmarks.workbooks import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = (10, 100, 1_000, 10_000, 100_000)
WORKBOOKS = (1, 10, 100, 1_000)
MOST_USUAL_LINES = 10_000  # the usual script takes minutes and gigabytes beyond
DONE = (0, 1)  # exit status 1: findings that block; the results are written


@dataclass(frozen=True)
class Bench:
    """Where files lie and how often each is measured."""

    inputs: Inputs
    scratch: Path
    rounds: int
    most_lines: int
    most_workbooks: int

    def out(self, name: str) -> Path:
        """Return an empty folder."""
        folder = self.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder


def main() -> None:
    """Run the sections that were asked for."""
    sections = {"warm": warm, "cold": cold, "recalculated": recalculated, "lines": lines, "batch": batch}
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=sections, default=list(sections))
    parser.add_argument("--rounds", type=int, default=15, help="interleaved rounds of the short measurements")
    parser.add_argument("--most-lines", type=int, default=LINES[-1])
    parser.add_argument("--most-workbooks", type=int, default=WORKBOOKS[-1])
    parser.add_argument("--inputs", type=Path, help="keep the generated workbooks here for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        inputs = options.inputs or Path(scratch) / "inputs"
        inputs.mkdir(parents=True, exist_ok=True)
        bench = Bench(Inputs(inputs), Path(scratch), options.rounds, options.most_lines, options.most_workbooks)
        say(f"Python {platform.python_version()}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
        for name in options.only:
            say(f"\n## {name}\n")
            sections[name](bench)


def say(text: str) -> None:
    """Print at once: a run is long."""
    print(text, flush=True)


def content_for(bench: Bench, workbook: Path) -> tuple[floor.Content, Path]:
    """Process a workbook once and return what its results hold, and the file that the floor reads that from."""
    with Worker("ours") as ours:
        (results,) = ours.run(path=workbook, out=bench.out("content")).detail["results"]
    content = floor.content_of(Path(results))
    packed = bench.scratch / f"{workbook.stem}.content"
    packed.write_bytes(pickle.dumps(content))
    return content, packed


def described(content: floor.Content) -> str:
    """Return what is moved, in words."""
    return f"{len(content.sheets)} sheets, {content.cells:,} cells, {content.formulas:,} formulas, {len(content.charts)} charts"


def warm(bench: Bench) -> None:
    """One workbook in a process that has already done one."""
    path = bench.inputs.example()
    content, packed = content_for(bench, path)
    say(f"Results: {described(content)}.\n")
    with Worker("ours") as ours, Worker("floor") as bare, Worker("usual") as usual:
        contenders = {
            "floor": lambda: bare.run(path=path, content=packed, out=bench.scratch),
            "ours": lambda: ours.run(path=path, out=bench.out("warm")),
            "usual script": lambda: usual.run(path=path, out=bench.scratch),
        }
        interleaved(contenders, 2)  # warm up
        runs = interleaved(contenders, bench.rounds)
    compare(runs)
    steps(runs["ours"])


def compare(runs: dict[str, list[Run]]) -> None:
    """Print each contender's time and memory, and its ratio to the floor and to the usual script."""
    rows = [
        (
            name,
            f"{middle(each) * 1e3:.0f}",
            f"{middle(each, 'cpu') * 1e3:.0f}",
            *(ratio(each, runs[base], clock) for base in ("floor", "usual script") for clock in ("wall", "cpu")),
            f"{max(run.peak_mb for run in each):.0f}",
        )
        for name, each in runs.items()
    ]
    header = ("", "ms", "CPU ms", "× floor", "× floor (CPU)", "× usual", "× usual (CPU)", "peak MB")
    say(table(header, rows))


def steps(runs: list[Run]) -> None:
    """Print where the time goes, of the processor's."""
    total = middle(runs, "cpu")
    rows = []
    for step in STEPS:
        taken = spread([run.detail["steps"][step] * 1e3 for run in runs])
        rows.append((step, taken, f"{taken.middle / total / 10:.0f} %"))
    say("\n" + table(("step", "CPU ms", "share"), rows))


def cold(bench: Bench) -> None:
    """From the shell to the results file."""
    path = bench.inputs.example()
    python = sys.executable
    contenders = {
        "python, empty": lambda: command([python, "-c", "pass"]),
        "ours": lambda: command(
            [python, "-m", "workbook_engine", "run", str(path), "-o", str(bench.out("cold"))], DONE
        ),
        "usual script": lambda: command(
            [python, "-m", "tests.benchmarks.usual", str(path), str(bench.scratch / "usual.xlsx")]
        ),
    }
    interleaved(contenders, 1)
    runs = interleaved(contenders, bench.rounds)
    rows = [
        (
            name,
            spread([run.wall for run in each]),
            f"{middle(each, 'cpu'):.2f}",
            ratio(each, runs["usual script"]),
            ratio(each, runs["usual script"], "cpu"),
            f"{max(run.peak_mb for run in each):.0f}",
        )
        for name, each in runs.items()
    ]
    say(table(("", "s", "CPU s", "× usual", "× usual (CPU)", "peak MB"), rows))


def recalculated(bench: Bench) -> None:
    """Against a formula workbook, filled and recalculated by LibreOffice."""
    if shutil.which("soffice") is None:
        say("LibreOffice is not installed.")
        return
    path, python = bench.inputs.example(), sys.executable
    with Worker("ours") as ours:
        (results,) = ours.run(path=path, out=bench.out("formulas")).detail["results"]
    contenders = {
        "LibreOffice": lambda: command([python, "-m", "tests.benchmarks.recalculated", results, str(bench.out("lo"))]),
        "ours": lambda: command(
            [python, "-m", "workbook_engine", "run", str(path), "-o", str(bench.out("cold"))], DONE
        ),
    }
    runs = interleaved(contenders, min(bench.rounds, 5))
    rows = [(name, spread([run.wall for run in each]), ratio(each, runs["LibreOffice"])) for name, each in runs.items()]
    say(table(("", "s", "× LibreOffice"), rows))


def lines(bench: Bench) -> None:
    """One workbook of more and more lines."""
    rows = []
    for count in (count for count in LINES if count <= bench.most_lines):
        path = bench.inputs.lines(count)
        content, packed = content_for(bench, path)
        rounds = max(1, min(bench.rounds, 30_000 // count))
        with Worker("ours") as ours, Worker("floor") as bare, Worker("usual") as usual:
            contenders = {
                "floor": lambda worker=bare, path=path, packed=packed: worker.run(
                    path=path, content=packed, out=bench.scratch
                ),
                "ours": lambda worker=ours, path=path: worker.run(path=path, out=bench.out("lines")),
            }
            if count <= MOST_USUAL_LINES:
                contenders["usual"] = lambda worker=usual, path=path: worker.run(path=path, out=bench.scratch)
            if count <= 1_000:
                interleaved(contenders, 1)
            runs = interleaved(contenders, rounds)
        mine = runs["ours"]
        usual_ratio = ratio(runs["usual"], mine, "cpu") if "usual" in runs else "–"
        rows.append(
            (
                f"{count:,}",
                f"{content.cells:,}",
                f"{middle(mine):.2f}",
                f"{middle(mine, 'cpu') / count * 1e3:.3f}",
                ratio(mine, runs["floor"]),
                ratio(mine, runs["floor"], "cpu"),
                usual_ratio,
                f"{max(run.peak_mb for run in mine):.0f}",
            )
        )
        say(f"<!-- {rows[-1]} {steps_line(mine)} -->")
    header = ("lines", "cells written", "s", "CPU ms a line", "× floor", "× floor (CPU)", "usual ÷ ours", "peak MB")
    say(table(header, rows))


def steps_line(runs: list[Run]) -> str:
    """Return the seconds by step in one line."""
    return ", ".join(f"{step} {spread([run.detail['steps'][step] for run in runs]).middle:.3f}" for step in STEPS)


def batch(bench: Bench) -> None:
    """Folders of more and more workbooks, on one processor and on two."""
    rows = []
    for count in (count for count in WORKBOOKS if count <= bench.most_workbooks):
        inbox, python = bench.inputs.inbox(count), sys.executable
        ours = [python, "-m", "workbook_engine", "run", str(inbox), "-o"]
        contenders: dict[str, Callable[[], Run]] = {
            "1 process": lambda ours=ours: command([*ours, str(bench.out("one")), "--jobs", "1"], DONE),
            "2 processes": lambda ours=ours: command([*ours, str(bench.out("two")), "--jobs", "2"], DONE),
            "no isolation": lambda inbox=inbox: command(
                [sys.executable, "-m", "tests.benchmarks.ours", str(inbox), str(bench.out("bare"))]
            ),
            "usual, 2": lambda inbox=inbox: command(
                [sys.executable, "-m", "tests.benchmarks.usual", str(inbox), str(bench.out("usual")), "2"]
            ),
        }
        runs = interleaved(contenders, max(1, min(bench.rounds, 30 // count)))
        rows.append(
            (
                f"{count:,}",
                *(f"{middle(each):.2f}" for each in runs.values()),
                ratio(runs["1 process"], runs["2 processes"]),
                ratio(runs["usual, 2"], runs["2 processes"]),
                ratio(runs["1 process"], runs["no isolation"], "cpu"),
                f"{max(run.peak_mb for run in runs['2 processes']):.0f}",
            )
        )
        say(f"<!-- {rows[-1]} -->")
    header = ("workbooks", "1 process s", "2 processes s", "no isolation s", "usual in 2 s", "1 ÷ 2 processes", "usual ÷ ours", "isolation (CPU)", "peak MB")  # fmt: skip
    say(table(header, rows))


if __name__ == "__main__":
    main()
