"""The sections of the benchmark. Each measures its contenders in turn and returns Markdown: a table, and the targets."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.measure import Run, Worker, command, interleaved, middle, ratio, spread, table, target
from tests.benchmarks.ours import STEPS
from tests.benchmarks.workbooks import Inputs, examples

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = (10, 100, 1_000, 10_000, 100_000)
WORKBOOKS = (1, 10, 100, 1_000)
MOST_USUAL_LINES = 10_000  # the usual script takes minutes and gigabytes beyond
MOST_USUAL_WORKBOOKS = 200  # beyond, its time for these is scaled up
RECALCULATED = 10  # workbooks of one call of LibreOffice
ISOLATED = 100  # workbooks with which the cost of isolation is measured
DONE = (0, 1)  # exit status 1: findings that block; the results are written
PYTHON = sys.executable

Contenders = dict[str, "Callable[[], Run]"]


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

    def run(self, path: Path, name: str, jobs: int = 1) -> list[str]:
        """Return the command that processes a workbook or a folder into an empty folder."""
        return [PYTHON, "-m", "workbook_engine", "run", str(path), "-o", str(self.out(name)), "--jobs", str(jobs)]

    def content(self, workbook: Path) -> tuple[Path, Run]:
        """Process a workbook once; return what its results hold, packed for the floor, and in figures."""
        packed = self.scratch / f"{workbook.stem}.content"
        with Worker("ours") as ours:
            (results,) = ours.run(path=workbook, out=self.out("content")).detail["results"]
        with Worker("content") as reader:
            return packed, reader.run(path=results, out=packed)


def warm(bench: Bench) -> str:
    """One workbook in a process that has already done one."""
    path = bench.inputs.example()
    packed, content = bench.content(path)
    with Worker("ours") as ours, Worker("floor") as bare, Worker("usual") as usual:
        contenders: Contenders = {
            "floor": lambda: bare.run(path=path, content=packed, out=bench.scratch),
            "ours": lambda: ours.run(path=path, out=bench.out("warm")),
            "usual script": lambda: usual.run(path=path, out=bench.scratch),
        }
        interleaved(contenders, 2)  # warm up
        runs = interleaved(contenders, bench.rounds)
    with Worker("content") as reader:
        bare_content = reader.run(path=bench.scratch / "floor.xlsx", out=bench.scratch / "floor.content")
    same = "the floor's file holds the same" if bare_content.detail == content.detail else "THE FLOOR'S FILE DIFFERS"
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
    return "\n\n".join([
        f"Results: {described(content)}; {same}.",
        table(header, rows),
        steps(runs["ours"]),
        target("at most 1.5 × the floor", ratio(runs["ours"], runs["floor"]).middle, most=1.5),
    ])  # fmt: skip


def described(content: Run) -> str:
    """Return what is moved, in words."""
    return "{sheets} sheets, {cells:,} cells, {formulas:,} formulas, {charts} charts".format(**content.detail)


def steps(runs: list[Run]) -> str:
    """Return where the time goes, of the processor's."""
    total = middle(runs, "cpu")
    rows = []
    for step in STEPS:
        taken = spread([run.detail["steps"][step] * 1e3 for run in runs])
        rows.append((step, taken, f"{taken.middle / total / 10:.0f} %"))
    return table(("step", "CPU ms", "share"), rows)


def cold(bench: Bench) -> str:
    """From the shell to the results file."""
    path = bench.inputs.example()
    contenders: Contenders = {
        "python, empty": lambda: command([PYTHON, "-c", "pass"]),
        "ours": lambda: command(bench.run(path, "cold"), DONE),
        "usual script": lambda: command(
            [PYTHON, "-m", "tests.benchmarks.usual", str(path), str(bench.scratch / "usual.xlsx")]
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
    share = ratio(runs["ours"], runs["usual script"]).middle
    return "\n\n".join([
        table(("", "s", "CPU s", "× usual", "× usual (CPU)", "peak MB"), rows),
        "\n".join([
            target("at most 0.35 s", middle(runs["ours"]), most=0.35),
            target("at most a third of the usual script's", share, most=1 / 3),
        ]),
    ])  # fmt: skip


def recalculated(bench: Bench) -> str:
    """Against a formula workbook, filled and recalculated by LibreOffice: one, and several in one call of it."""
    if shutil.which("soffice") is None:
        return "LibreOffice is not installed."
    path = bench.inputs.example()
    with Worker("ours") as ours:
        (results,) = ours.run(path=path, out=bench.out("formulas")).detail["results"]
    rows = []
    for count in (1, RECALCULATED):
        inbox = bench.inputs.inbox(count)
        filling = [PYTHON, "-m", "tests.benchmarks.recalculated", results, str(count)]
        contenders: Contenders = {
            "LibreOffice": lambda filling=filling: command([*filling, str(bench.out("recalculated"))]),
            "ours": lambda inbox=inbox: command(bench.run(inbox, "cold"), DONE),
        }
        runs = interleaved(contenders, 3 if count == 1 else 1)
        rows += [
            (count, name, spread([run.wall for run in each]), ratio(runs["LibreOffice"], each))
            for name, each in runs.items()
        ]
    return table(("workbooks", "", "s", "LibreOffice ÷ this"), rows)


def lines(bench: Bench) -> str:
    """One workbook of more and more lines."""
    rows, detail = [], []
    measured: dict[int, tuple[float, float, float]] = {}  # lines -> CPU seconds a line, × floor, MB
    for count in (count for count in LINES if count <= bench.most_lines):
        content, runs = _lines_of(bench, count)
        mine, times_floor = runs["ours"], ratio(runs["ours"], runs["floor"])
        peak = max(run.peak_mb for run in mine)
        measured[count] = middle(mine, "cpu") / count, times_floor.middle, peak
        rows.append((
            f"{count:,}",
            f"{content.detail['cells']:,}",
            f"{middle(mine):.2f}",
            f"{middle(mine, 'cpu') / count * 1e3:.3f}",
            times_floor,
            ratio(mine, runs["floor"], "cpu"),
            ratio(runs["usual"], mine, "cpu") if "usual" in runs else "–",
            f"{peak:.0f}",
            len(mine),
        ))  # fmt: skip
        detail.append((f"{count:,}", *(f"{spread([run.detail['steps'][step] for run in mine]).middle:.3f}" for step in STEPS)))  # fmt: skip
    header = (
        "lines", "cells written", "s", "CPU ms a line", "× floor", "× floor (CPU)", "usual ÷ ours (CPU)", "peak MB",
        "rounds",
    )  # fmt: skip
    text = table(header, rows) + "\n\nCPU seconds by step:\n\n" + table(("lines", *STEPS), detail)
    if LINES[-1] in measured:
        per_line, times, peak = measured[LINES[-1]]
        text += "\n\n" + "\n".join([
            target("100,000 lines at most 1.5 × the floor", times, most=1.5),
            target("memory under 150 MB", peak, most=150),
            target("a line of 100,000 at most 1.3 × one of 1,000", per_line / measured[1_000][0], most=1.3),
        ])  # fmt: skip
    return text


def _lines_of(bench: Bench, count: int) -> tuple[Run, dict[str, list[Run]]]:
    path = bench.inputs.lines(count)
    packed, content = bench.content(path)
    with Worker("ours") as ours, Worker("floor") as bare, Worker("usual") as usual:
        contenders: Contenders = {
            "floor": lambda: bare.run(path=path, content=packed, out=bench.scratch),
            "ours": lambda: ours.run(path=path, out=bench.out("lines")),
        }
        if count <= MOST_USUAL_LINES:
            contenders["usual"] = lambda: usual.run(path=path, out=bench.scratch)
        if count <= 1_000:
            interleaved(contenders, 1)  # warm up
        return content, interleaved(contenders, max(1, min(bench.rounds, 20_000 // count)))


def batch(bench: Bench) -> str:
    """Folders of more and more workbooks, on one processor and on two."""
    contents = bench.out("contents")
    for example in examples():
        packed, _ = bench.content(example)
        packed.rename(contents / packed.name)
    rows = []
    gains: tuple[float, float] | None = None
    for count in (count for count in WORKBOOKS if count <= bench.most_workbooks):
        asked = min(count, MOST_USUAL_WORKBOOKS)
        runs = _folder(bench, count, asked, contents)
        scaled = middle(runs["usual"]) * count / asked
        one, two = middle(runs["one"]), middle(runs["two"])
        gains = scaled / two, one / two
        rows.append((
            f"{count:,}", f"{one:.2f}", f"{two:.2f}", f"{count / two:.1f}", f"{one / two:.2f}",
            f"{middle(runs['floor one']) / middle(runs['floor two']):.2f}",
            f"{two / middle(runs['floor two']):.2f}",
            f"{scaled:.1f}" + ("" if asked == count else f" (from {asked})"),
            f"{scaled / two:.1f}", f"{max(run.peak_mb for run in runs['two']):.0f}", len(runs["two"]),
        ))  # fmt: skip
    header = (
        "workbooks", "one core s", "two cores s", "a second", "one ÷ two cores", "the floor's one ÷ two", "× floor",
        "usual, two cores s", "usual ÷ ours", "peak MB of a process", "rounds",
    )  # fmt: skip
    text, isolation = table(header, rows), _isolation(bench)
    targets = [target("isolation at most 10 % (CPU)", isolation - 1, most=0.1)]
    if gains is not None:
        targets = [
            target(f"usual ÷ ours at least 5, {rows[-1][0]} workbooks", gains[0], least=5),
            target("one ÷ two cores at least 1.8", gains[1], least=1.8),
            *targets,
        ]
    return text + "\n\n" + "\n".join(targets)


def _folder(bench: Bench, count: int, asked: int, contents: Path) -> dict[str, list[Run]]:
    """Measure a folder; one core means that all processes share it. The usual script gets the first `asked`."""
    inbox, few = bench.inputs.inbox(count), bench.inputs.inbox(asked)

    def bare(jobs: int) -> list[str]:
        script = [PYTHON, "-m", "tests.benchmarks.floor", str(inbox), str(contents), str(bench.out("floor"))]
        return [*script, str(jobs)]

    usual = [PYTHON, "-m", "tests.benchmarks.usual", str(few)]
    contenders: Contenders = {
        "one": lambda: command(bench.run(inbox, "one"), DONE, one_core=True),
        "two": lambda: command(bench.run(inbox, "two", 2), DONE),
        "floor one": lambda: command(bare(1), one_core=True),
        "floor two": lambda: command(bare(2)),
        "usual": lambda: command([*usual, str(bench.out("usual")), "2"]),
    }
    return interleaved(contenders, max(1, min(5, 200 // count)))


def _isolation(bench: Bench) -> float:
    """Return the CPU time of a run with its workers in children, against that in the coordinator's own process."""
    inbox = bench.inputs.inbox(min(ISOLATED, bench.most_workbooks))
    script = [PYTHON, "-m", "tests.benchmarks.ours", str(inbox)]
    contenders: Contenders = {
        way: lambda way=way: command([*script, str(bench.out("isolation")), way]) for way in ("here", "child")
    }
    runs = interleaved(contenders, 3)
    return ratio(runs["child"], runs["here"], "cpu").middle


SECTIONS: dict[str, Callable[[Bench], str]] = {
    "warm": warm,
    "cold": cold,
    "recalculated": recalculated,
    "batch": batch,
    "lines": lines,
}
