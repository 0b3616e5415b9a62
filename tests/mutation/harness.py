"""Changes workbooks, runs them through the program, and has what came of them judged (judge.py)."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.mutation.case import Case, open_case
from tests.mutation.judge import VERDICTS, judge
from tests.mutation.kinds import KINDS, MOVED, TYPED
from tests.mutation.rawbook import NotApplicableError
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from example_workbooks import fill


@dataclass(frozen=True)
class Base:
    """A filled example workbook to start from."""

    name: str
    path: Path
    answers: fill.Case
    codes: Counter[str]  # of what is said of it before anything is changed
    opened: bytes  # the workbook and its truth, pickled: that is read back faster than the file

    def open(self, rng: random.Random) -> Case:
        """Return the workbook with its truth, to be changed freely."""
        case: Case = pickle.loads(self.opened)  # noqa: S301 - our own
        case.rng = rng
        return case


@dataclass(frozen=True)
class Outcome:
    """What came of one mutated workbook."""

    base: str
    mutations: tuple[str, ...]
    carrier: str
    verdict: str
    why: str = ""

    def __str__(self) -> str:
        return f"{self.verdict}: {self.base} · {' + '.join(self.mutations)} · {self.carrier}: {self.why}"


def base_of(name: str, path: Path, answers: fill.Case) -> Base:
    done = process(path)
    codes = Counter(finding.code for finding in done.findings)
    return Base(name, path, answers, codes, pickle.dumps(open_case(name, path, answers)))


def mutate(base: Base, names: Iterable[str], rng: random.Random) -> Case:
    """Apply the mutations in turn: what is typed first, what moves sheets afterwards. Raises NotApplicableError."""
    case = base.open(rng)
    for name in sorted(names, key=lambda name: name in MOVED):
        case.applied.append(name)
        KINDS[name](case)
    return case


def run(base: Base, names: Iterable[str], seed: str, carrier: Carrier, work: Path) -> Outcome | None:
    """Mutate, save, process and judge; None where a mutation has nothing to work on."""
    try:
        case = mutate(base, names, random.Random(seed))
    except NotApplicableError:
        return None
    path = carrier.save(case, work)
    for put in case.after_save:
        path = put(path)
    return judged(base, case, path, carrier.name)


@dataclass(frozen=True)
class Carrier:
    """A program that saves the workbook before it is sent back."""

    name: str
    save: Callable[[Case, Path], Path]


def save_raw(case: Case, work: Path) -> Path:
    return case.book.save(work / "returned.xlsx")


RAW = Carrier("edited", save_raw)


# --- random combinations ----------------------------------------------------------------------------------------------


def combination(bases: Sequence[Base], seed: str) -> tuple[Base, list[str], Case]:
    """Return a workbook with two to five mutations, drawn from the seed: what is typed, and what happens to sheets."""
    rng = random.Random(seed)
    while True:
        base = rng.choice(bases)
        typed, moved = rng.randint(0, 3), rng.randint(0, 3)
        names = rng.sample(sorted(TYPED), typed) + rng.sample(sorted(MOVED), moved)
        try:
            if len(names) > 1:
                return base, names, mutate(base, names, random.Random(seed))
        except NotApplicableError:
            continue


def run_combination(bases: Sequence[Base], seed: str, carrier: Carrier, work: Path) -> Outcome:
    """Draw, save, process and judge one combination."""
    base, _, case = combination(bases, seed)
    return judged(base, case, carrier.save(case, work), carrier.name)


def judged(base: Base, case: Case, path: Path, carrier: str) -> Outcome:
    """Process a saved workbook and judge what came of it."""
    case.suffix, case.is_calculated = path.suffix, carrier.startswith("LibreOffice")
    verdict, why = judge(case, process(path), base.codes)
    return Outcome(base.name, tuple(case.applied), carrier, verdict, why)


# --- the table --------------------------------------------------------------------------------------------------------


def table(outcomes: Iterable[Outcome]) -> str:
    """Return the table of verdicts, a line a kind of mutation, and the sum."""
    rows: dict[str, Counter[str]] = {}
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total[outcome.verdict] += 1
        for name in outcome.mutations:
            rows.setdefault(name, Counter())[outcome.verdict] += 1
    width = max(map(len, rows), default=10)
    head = f"{'kind':{width}}  {'right':>6} {'noted':>6} {'reported':>8} {'wrong':>6}"
    lines = [head, *(f"{name:{width}}  {_counts(rows[name])}" for name in KINDS if name in rows)]
    lines.append(f"{f'all {sum(total.values())} workbooks':{width}}  {_counts(total)}")
    return "\n".join(lines)


def _counts(counter: Counter[str]) -> str:
    right, noted, reported, wrong = (counter[verdict] for verdict in VERDICTS)
    return f"{right:6} {noted:6} {reported:8} {wrong:6}"
