"""The long run: every kind of mutation singly, and 2,000 seeded combinations of them.

    python -m tests.mutation.run                     some five minutes; prints the table, exit status 1 if one is wrong
    python -m tests.mutation.run --cases 300 --seed spring
    python -m tests.mutation.run --only merged       the kinds whose name holds the word, singly

One combination in ten is saved by openpyxl, one in ten with a wrong dimension as WPS writes it; where LibreOffice is
installed, some more are saved by it as .xlsx, .ods and .xls.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutation.bases import example_bases, foreign_bases
from tests.mutation.carriers import FORMATS, OPENPYXL, WPS, convert
from tests.mutation.harness import KINDS, RAW, combination, judged, run, run_combination, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.mutation.harness import Base, Outcome


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the table, and return 1 where a verdict is `wrong`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=2000, help="combinations")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", help="kinds whose name holds this, singly")
    parser.add_argument("--office", type=int, default=20, help="combinations for each format that LibreOffice saves")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        bases = [*example_bases(), *foreign_bases(work)]
        outcomes = list(_singly(bases, options.only or "", work))
        if not options.only:
            outcomes += _combined(bases, options.cases, options.seed, work)
            outcomes += _by_libreoffice(bases, options.office, options.seed, work)
    wrong = [outcome for outcome in outcomes if outcome.verdict == "wrong"]
    print(table(outcomes))
    print(f"{len(outcomes)} workbooks, {len(KINDS)} kinds, {time.monotonic() - started:.0f} s")
    for outcome in wrong:
        print(outcome)
    return 1 if wrong else 0


def _singly(bases: Sequence[Base], only: str, work: Path) -> Iterator[Outcome]:
    for name in KINDS:
        for base in bases if only in name else ():
            outcome = run(base, [name], f"{name} {base.name}", RAW, work)
            if outcome:
                yield outcome


def _combined(bases: Sequence[Base], count: int, seed: str, work: Path) -> Iterator[Outcome]:
    carriers = [OPENPYXL, WPS, *[RAW] * 8]
    for number in range(count):
        yield run_combination(bases, f"{seed}-{number}", carriers[number % 10], work)


def _by_libreoffice(bases: Sequence[Base], count: int, seed: str, work: Path) -> Iterator[Outcome]:
    if not shutil.which("soffice") or not count:
        return
    for target in FORMATS:
        drawn = {}
        for number in range(count):
            base, _, case = combination(bases, f"{seed}-{target}-{number}")
            drawn[case.book.save(work / f"{target}-{number}.xlsx")] = base, case
        saved = convert(list(drawn), target, work / f"saved-{target}", work / "profile")
        for path, (base, case) in drawn.items():
            yield judged(base, case, saved[path], f"LibreOffice .{target}")


if __name__ == "__main__":
    sys.exit(main())
