"""Runs mutated workbooks through the program and judges what came of them.

read right               every stage and the total are the truth, nothing new is said
read right with a note   the same, and a finding tells what was understood
reported                 no total, or one shown with a warning where the truth cannot be known; each thing that is
                         wrong has its finding on its own cell
wrong                    anything else: a wrong figure, or an error that does not lead to what is wrong
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.mutation.case import Case, open_case
from tests.mutation.content import CONTENT
from tests.mutation.layout import LAYOUT
from tests.mutation.rawbook import NotApplicableError, RawCell, RawRow, RawSheet
from workbook_engine.findings import Severity
from workbook_engine.grid import address
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from example_workbooks import fill
    from workbook_engine.model import Processed

VERDICTS = ("read right", "read right with a note", "reported", "wrong")
TOLERANCE = 1e-9
KINDS: dict[str, Callable[[Case], None]] = {**CONTENT, **LAYOUT}
Place = tuple[str, int | None, int | None]


@dataclass(frozen=True)
class Base:
    """A filled example workbook to start from."""

    name: str
    path: Path
    answers: fill.Case
    codes: Counter[tuple[str, str]]  # (code, sheet) of what is said of it before anything is changed


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
    codes = Counter((f.code, f.where.sheet if f.where else "") for f in done.findings)
    return Base(name, path, answers, codes)


def mutate(base: Base, names: Iterable[str], rng: random.Random) -> Case:
    """Apply the mutations in turn: what is typed first, what moves sheets afterwards. Raises NotApplicableError."""
    case = open_case(base.name, base.path, base.answers, rng)
    for name in sorted(names, key=lambda name: name in LAYOUT):
        case.applied.append(name)
        KINDS[name](case)
    return case


def run(base: Base, names: Iterable[str], seed: str, carrier: Carrier, work: Path) -> Outcome | None:
    """Mutate, save, process and judge; None where a mutation has nothing to work on."""
    try:
        case = mutate(base, names, random.Random(seed))
    except NotApplicableError:
        return None
    return judged(base, case, carrier.save(case, work), carrier.name)


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
        names = rng.sample(sorted(CONTENT), typed) + rng.sample(sorted(LAYOUT), moved)
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
    verdict, why = judge(case, process(path), base)
    return Outcome(base.name, tuple(case.applied), carrier, verdict, why)


# --- judging ----------------------------------------------------------------------------------------------------------


def judge(case: Case, done: Processed, base: Base) -> tuple[str, str]:
    """Return the verdict, and why it is wrong."""
    errors = [f.where for f in done.findings if f.severity is Severity.ERROR]
    spoken = [f.where for f in done.findings if f.severity is not Severity.NOTE]
    final = done.status == "ok"
    if case.must and final:
        return "wrong", f"a total is shown in spite of {[what for what, _ in case.must]}: {_list(done)}"
    if case.must or case.doubt:
        missed = [
            what for what, things in case.must if not _hit(case, things, errors) and not _excused(case, things, errors)
        ]
        missed += [
            what for what, things in case.doubt if not _hit(case, things, spoken) and not _excused(case, things, errors)
        ]
        return ("wrong", f"nothing is said of {missed}: {_list(done)}") if missed else ("reported", "")
    if not final:
        known = _hit(case, case.may, errors)
        return ("reported", "") if known else ("wrong", f"an error without cause: {_list(done)}")
    difference = _difference(case, done)
    if difference:
        return "wrong", f"{difference}: {_list(done)}"
    said = Counter((f.code, f.where.sheet if f.where else "") for f in done.findings)
    return ("read right with a note" if _more(said, base.codes) else "read right"), ""


def _more(said: Counter[tuple[str, str]], before: Counter[tuple[str, str]]) -> bool:
    """Tell whether more of any code is said than before (sheets may have been renamed: codes alone count)."""
    a, b = Counter(code for code, _ in said.elements()), Counter(code for code, _ in before.elements())
    return bool(a - b)


def _difference(case: Case, done: Processed) -> str:
    assert done.footprint is not None
    assert done.inventory is not None
    (product,) = done.footprint.products
    got = {stage.stage.value: stage.kg_co2e for stage in product.stages}
    for stage, kg in case.stages.items():
        value = got.get(stage)
        if value is None or not math.isclose(value, kg, rel_tol=TOLERANCE, abs_tol=1e-12):
            return f"{stage} is {value}, the truth is {kg}"
    if product.cfp_kg_co2e is None or not math.isclose(product.cfp_kg_co2e, case.total, rel_tol=TOLERANCE):
        return f"the total is {product.cfp_kg_co2e}, the truth is {case.total}"
    period = (done.inventory.study.period_start, done.inventory.study.period_end)
    if period != (case.start, case.end):
        return f"the period is {period}"
    return ""


def _hit(case: Case, things: Sequence[object], places: Iterable[object]) -> bool:
    wanted = [_place(case, thing) for thing in things]
    return any(_is_at(found, place) for found in places for place in wanted if place and found)


def _excused(case: Case, things: Sequence[object], errors: Iterable[object]) -> bool:
    """Tell whether what is wrong cannot be seen: its cell is gone, or a graver error on its sheet hides it."""
    places = [place for thing in things if (place := _place(case, thing))]
    lost = {sheet.name for sheet in case.lost}
    hidden = [thing for thing in case.may if (place := _place(case, thing)) and place[0] in {p[0] for p in places}]
    return not places or all(place[0] in lost for place in places) or _hit(case, hidden, errors)


def _place(case: Case, thing: object) -> Place | None:
    if isinstance(thing, RawCell):
        return case.book.place_of(thing)
    if isinstance(thing, RawRow):
        for sheet in case.book.sheets:
            for number, row in sheet.rows.items():
                if row is thing:
                    return sheet.name, number, None
        return None
    if isinstance(thing, RawSheet):
        return thing.name, None, None
    return (thing, None, None) if isinstance(thing, str) else None


def _is_at(found: object, place: Place) -> bool:
    sheet, row, column = place
    where: tuple[str, int | None, int | None] = (found.sheet, found.row, found.column)  # type: ignore[attr-defined]
    return where[0] == sheet and (row is None or where[1] == row) and (column is None or where[2] in (column, None))


def _list(done: Processed) -> str:
    graver = [f for f in done.findings if f.severity is not Severity.NOTE]
    shown = graver or list(done.findings)
    return "; ".join(f"{f.code} {f.where}" for f in shown[:8])


def place_name(place: Place) -> str:
    sheet, row, column = place
    return f"{sheet}!{address(row, column)}" if row and column else f"{sheet} {row or ''}"


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
