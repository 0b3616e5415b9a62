"""Returned workbooks as companies change them: read right, or reported on the right cell; never wrong in silence.

Here each kind of change once, and seeded combinations; `python -m tests.mutation.run` is the long run. With `-s` the
table of verdicts is printed.
"""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from example_workbooks import fill
from tests.mutation.bases import SEVERAL, example_bases, made_bases
from tests.mutation.carriers import FORMATS, OPENPYXL, WPS
from tests.mutation.harness import RAW, combination, judged, run, run_combination, table
from tests.mutation.kinds import KINDS
from tests.office import converted
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.mutation.harness import Base, Outcome

COMBINATIONS = 120
OFFICE_CASES = 4  # for each format


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> list[Base]:
    return [*example_bases(), *made_bases(tmp_path_factory.mktemp("foreign"))]


@pytest.fixture(scope="module")
def outcomes() -> Iterator[list[Outcome]]:
    """Collect what came of the mutations; printed at the end (with -s)."""
    collected: list[Outcome] = []
    yield collected
    print(f"\n{table(collected)}")  # noqa: T201 - the table is for whoever asks with -s


def test_there_are_sixty_kinds_and_more() -> None:
    assert len(KINDS) > 60


def test_the_truth_is_the_printed_result(bases: list[Base]) -> None:
    """The harness's own arithmetic against the reports: four decimals."""
    for base in (base for base in bases if base.answers in fill.CASES):
        expected = json.loads((fill.HERE / base.answers.folder / "expected.json").read_text(encoding="utf-8"))
        case = base.open(random.Random(0))
        assert case.total(0) == pytest.approx(expected["printed"]["cfp_kg_co2e"], abs=5.1e-5)


def test_the_truth_of_two_products_is_as_worked_by_hand(bases: list[Base]) -> None:
    """140,000 kWh x 2 / (2x300 + 0.5x1000 + 0.1x3000) x 300/400 + 2,400 kWh / 400 = 156 kWh a breaker."""
    (base,) = (base for base in bases if base.answers is SEVERAL)
    case = base.open(random.Random(0))
    assert case.by_stage(0)["production"] == pytest.approx((150 + 6) * 0.5777)
    assert case.by_stage(1)["production"] == pytest.approx(140_000 * 0.5 / 1400 * 0.5777)
    assert case.by_stage(0)["raw_material_acquisition"] == pytest.approx(36.5 * 0.5777)
    assert case.by_stage(1)["raw_material_acquisition"] == pytest.approx(5200 / 1000 * 2.162189, rel=1e-6)


def test_every_workbook_is_read_right_before_it_is_changed(bases: list[Base]) -> None:
    for base in bases:
        case = base.open(random.Random(0))
        outcome = judged(base, case, base.path, "as it is")
        assert outcome.verdict == "read right", outcome


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_is_read_right_or_reported(
    kind: str, bases: list[Base], outcomes: list[Outcome], tmp_path: Path
) -> None:
    """Each kind on the first workbook that it applies to, from a place in the list that differs from kind to kind."""
    first = list(KINDS).index(kind) % len(bases)
    for base in (*bases[first:], *bases[:first]):
        outcome = run(base, [kind], f"{kind} {base.name}", RAW, tmp_path)
        if outcome:
            outcomes.append(outcome)
            assert outcome.verdict != "wrong", outcome
            return
    pytest.fail("the kind applies to no workbook")


@pytest.mark.parametrize("part", range(12))
def test_combined_changes_are_read_right_or_reported(
    part: int, bases: list[Base], outcomes: list[Outcome], tmp_path: Path
) -> None:
    for number in range(part, COMBINATIONS, 12):
        carrier = {3: OPENPYXL, 7: WPS}.get(part, RAW)
        outcome = run_combination(bases, f"suite-{number}", carrier, tmp_path)
        outcomes.append(outcome)
        assert outcome.verdict != "wrong", outcome


@pytest.mark.libreoffice
@pytest.mark.parametrize("target", FORMATS)
def test_combined_changes_saved_by_libreoffice(target: str, bases: list[Base], tmp_path: Path) -> None:
    drawn = {}
    for number in range(OFFICE_CASES):
        base, _, case = combination(bases, f"suite-{target}-{number}")
        drawn[case.book.save(tmp_path / f"case{number}.xlsx")] = base, case
    saved = converted(list(drawn), target, tmp_path / "saved", tmp_path / "profile")
    for path, (base, case) in drawn.items():
        outcome = judged(base, case, saved[path], f"LibreOffice .{target}")
        assert outcome.verdict != "wrong", outcome


def test_the_harness_knows_a_wrong_total(bases: list[Base], tmp_path: Path) -> None:
    """A judge that never says wrong would prove nothing: the truth is changed, the workbook is not."""
    base = bases[0]
    case = base.open(random.Random(0))
    case.lines[0].kg *= 1.000001
    assert judged(base, case, case.book.save(tmp_path / "same.xlsx"), "edited").verdict == "wrong"


def test_the_harness_knows_a_wrong_line_behind_an_error(bases: list[Base], tmp_path: Path) -> None:
    """An error that is right must not hide a figure that is not."""
    base = bases[0]
    case = base.open(random.Random(0))
    first, second = case.lines[:2]
    case.need(first.type("unit", "箩"))
    second.kg *= 1.000001
    assert "the truth is" in judged(base, case, case.book.save(tmp_path / "hidden.xlsx"), "edited").why


def test_the_harness_knows_an_error_without_cause(bases: list[Base], tmp_path: Path) -> None:
    base = bases[0]
    case = base.open(random.Random(0))
    first, second = case.lines[:2]
    case.need(first.type("unit", "箩"))
    second.type("unit", "箩")
    assert "without cause" in judged(base, case, case.book.save(tmp_path / "accused.xlsx"), "edited").why


def test_the_harness_knows_an_error_on_another_cell(bases: list[Base], tmp_path: Path) -> None:
    base = bases[0]
    case = base.open(random.Random(0))
    first, second = case.lines[:2]
    first.type("unit", "箩")
    case.need(second.cell("unit"))
    path = case.book.save(tmp_path / "other.xlsx")
    assert process(path).status == "incomplete"
    assert judged(base, case, path, "edited").verdict == "wrong"
