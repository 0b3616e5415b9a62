"""The long run: every kind of change singly on every workbook, and 2,000 seeded combinations of them.

    python -m tests.mutation.run                      prints the table; exit status 1 if a verdict is wrong
    python -m tests.mutation.run --cases 300 --seed spring
    python -m tests.mutation.run --only merged        the kinds whose name holds the word, singly
    python -m tests.mutation.run --log outcomes.jsonl --processes 2     what the log holds already is not run again

One combination in ten is saved by openpyxl, one in ten with a wrong dimension as WPS writes it; where LibreOffice is
installed, some more are saved by it as .xlsx, .ods and .xls. A case depends on its seed alone.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.bases import example_bases, made_bases
from tests.mutation.carriers import FORMATS, OPENPYXL, WPS
from tests.mutation.harness import RAW, Outcome, combination, judged, run, run_combination, table
from tests.mutation.kinds import KINDS
from tests.office import converted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.mutation.harness import Base

_CARRIERS = (OPENPYXL, WPS, *[RAW] * 8)
_OFFICE_BATCH = 20  # workbooks that one run of LibreOffice converts
Job = tuple[str, str]  # what to run: a kind or a format, "" for combinations; and the workbook, or the seeds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the table, and return 1 where a verdict is `wrong`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=2000, help="combinations")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", help="kinds whose name holds this, singly")
    parser.add_argument("--office", type=int, default=20, help="combinations for each format that LibreOffice saves")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--log", type=Path, help="file of outcomes, a line each: continues where it ends")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        bases = [*example_bases(), *made_bases(Path(folder))]
        jobs = [(name, base.name) for name in KINDS if (options.only or "") in name for base in bases]
        if not options.only:
            jobs += [("", f"{options.seed}-{number}") for number in range(options.cases)]
            jobs += _office_jobs(options.office, options.seed)
        done = _logged(options.log)
        todo = [job for job in jobs if json.dumps(job) not in done]
        with ProcessPoolExecutor(options.processes, initializer=_start, initargs=(bases, Path(folder))) as pool:
            for job, outcomes in zip(todo, pool.map(_do, todo), strict=True):
                done[json.dumps(job)] = outcomes
                if options.log:
                    _log(options.log, job, outcomes)
    outcomes = [outcome for job in jobs for outcome in done[json.dumps(job)]]
    return _tell(outcomes, time.monotonic() - started)


def _tell(outcomes: Sequence[Outcome], seconds: float) -> int:
    print(table(outcomes))
    for carrier, count in Counter(outcome.carrier for outcome in outcomes).items():
        print(f"{count:6} saved as: {carrier}")
    print(f"{len(outcomes)} workbooks, {len(KINDS)} kinds, {seconds:.0f} s")
    wrong = [outcome for outcome in outcomes if outcome.verdict == "wrong"]
    for outcome in wrong:
        print(outcome)
    return 1 if wrong else 0


def _office_jobs(count: int, seed: str) -> list[Job]:
    if not shutil.which("soffice"):
        return []
    numbers = [str(number) for number in range(count)]
    batches = [numbers[first : first + _OFFICE_BATCH] for first in range(0, count, _OFFICE_BATCH)]
    return [(f"LibreOffice .{target}", f"{seed} {' '.join(batch)}") for target in FORMATS for batch in batches]


# --- in the processes -------------------------------------------------------------------------------------------------

_bases: dict[str, Base] = {}
_work = Path()


def _start(bases: Sequence[Base], folder: Path) -> None:
    global _work  # noqa: PLW0603 - a process has one folder of its own
    _bases.update((base.name, base) for base in bases)
    _work = Path(tempfile.mkdtemp(dir=folder))


def _do(job: Job) -> list[Outcome]:
    """Run one job; a kind that does not apply to the workbook has no outcome."""
    what, which = job
    if what in KINDS:
        outcome = run(_bases[which], [what], f"{what} {which}", RAW, _work)
        return [outcome] if outcome else []
    if what:
        return list(_by_libreoffice(what.rpartition(".")[2], which))
    carrier = _CARRIERS[int(which.rpartition("-")[2]) % len(_CARRIERS)]
    return [run_combination(list(_bases.values()), which, carrier, _work)]


def _by_libreoffice(target: str, which: str) -> Iterator[Outcome]:
    seed, *numbers = which.split()
    drawn = {}
    for number in numbers:
        base, _, case = combination(list(_bases.values()), f"{seed}-{target}-{number}")
        drawn[case.book.save(_work / f"{target}-{number}.xlsx")] = base, case
    saved = converted(list(drawn), target, _work / f"saved-{target}", _work / "profile")
    for path, (base, case) in drawn.items():
        yield judged(base, case, saved[path], f"LibreOffice .{target}")


# --- the log ----------------------------------------------------------------------------------------------------------


def _log(path: Path, job: Job, outcomes: Sequence[Outcome]) -> None:
    with path.open("a", encoding="utf-8") as file:
        print(json.dumps([job, [dataclasses.asdict(each) for each in outcomes]], ensure_ascii=False), file=file)


def _logged(path: Path | None) -> dict[str, list[Outcome]]:
    """Return the outcomes of the jobs that are logged; what was wrong is run again."""
    if path is None or not path.exists():
        return {}
    done = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        job, outcomes = json.loads(line)
        done[json.dumps(tuple(job))] = [Outcome(**each | {"mutations": tuple(each["mutations"])}) for each in outcomes]
    return {job: outcomes for job, outcomes in done.items() if all(each.verdict != "wrong" for each in outcomes)}


if __name__ == "__main__":
    sys.exit(main())
