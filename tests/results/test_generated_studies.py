"""Generated studies: every formula agrees with the engine, and follows any change as the engine does."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.results.generated import Generator, changes
from workbook_engine.compute import assess, compute_footprint
from workbook_engine.results import write_results

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.results import ResultsJob

# The full counts (200 studies, 200 changes) run with WBE_MANY=1; a part of them on every run.
MANY = bool(os.environ.get("WBE_MANY"))
STUDIES = range(200 if MANY else 24)
CHANGED_STUDIES = range(1000, 1000 + (200 if MANY else 20))
# Sheets whose rows stand in the order that they had when written, or that hold the engine's own figures to compare.
NOT_COMPARED = ("封面", "不确定性与敏感性", "热点分析")


@pytest.mark.parametrize("seed", STUDIES)
def test_every_formula_of_a_generated_study_agrees(tmp_path: Path, seed: int) -> None:
    job = Generator(seed, most_lines=500 if seed % 25 == 0 else 60).job()
    path = tmp_path / "results.xlsx"
    write_results(path, job, language="zh" if seed % 3 else "en")
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []


@pytest.mark.parametrize("seed", CHANGED_STUDIES)
def test_a_change_in_the_workbook_equals_the_engine_run_on_it(tmp_path: Path, seed: int) -> None:
    job = Generator(seed, most_lines=30).job()
    path, changed, fresh = (tmp_path / f"{name}.xlsx" for name in ("written", "changed", "fresh"))
    write_results(path, job, language="zh")
    sheet, cell, value, change = random.Random(seed).choice(changes(job))  # noqa: S311 - repeatable, not secret
    recalc.change_cell(path, changed, sheet, cell, value)
    write_results(fresh, _again(job, change(job.inventory)), language="zh")
    differing = recalc.differences(fresh, recalc.ironcalc_values(changed))
    assert [
        difference for difference in differing if not difference.startswith(tuple(f"('{s}'" for s in NOT_COMPARED))
    ] == []


def _again(job: ResultsJob, inventory: object) -> ResultsJob:
    """Return the job with a changed inventory: computed anew, the company's sheets as they were."""
    footprint = compute_footprint(inventory)
    return replace(job, inventory=inventory, footprint=footprint, assessment=assess(inventory, footprint))
