"""Generated studies: every formula agrees with the engine, and follows any change as the engine does.

Recalculated by ironcalc one by one, and by LibreOffice, which is started once for many workbooks.
"""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import recalc
from tests.results import gases
from tests.results.generated import Generator, changes, factor_changes
from workbook_engine.compute import assess, compute_footprint
from workbook_engine.grid import address
from workbook_engine.intake import open_workbook
from workbook_engine.intake.computed_sheets import typed_on_computed_sheets
from workbook_engine.results import write_results
from workbook_engine.results.columns import ScenarioColumns, SummaryColumns
from workbook_engine.results.plan import plan
from workbook_engine.results.scenario_switch import SWITCH_ROW
from workbook_engine.results.trace_sheet import why_not_ranked

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.model import ProductFootprint
    from workbook_engine.results import ResultsJob

# The full counts (200 studies, 200 changes) run with WBE_MANY=1; a part of them on every run.
MANY = bool(os.environ.get("WBE_MANY"))
STUDIES = range(200 if MANY else 24)
CHANGED_STUDIES = range(1000, 1000 + (200 if MANY else 20))
SWITCHED_STUDIES = range(2000, 2000 + (200 if MANY else 12))
AT_ONCE = 10  # workbooks that LibreOffice is given together
IN_LIBREOFFICE = 200 if MANY else 4
# Sheets whose rows stand in the order that they had when written, or that hold the engine's own figures to compare.
NOT_COMPARED = ("封面", "不确定性与敏感性", "热点分析")

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.mark.parametrize("seed", STUDIES)
def test_every_formula_of_a_generated_study_agrees(tmp_path: Path, seed: int) -> None:
    path = _study(tmp_path, seed)
    assert recalc.differences(path, recalc.ironcalc_values(path)) == []


# Among them: months of which some hold figures, in columns where other rows look at cells alone.
@pytest.mark.parametrize("seed", range(200) if MANY else [25, 50, 75, 100, 125, 135, 150, 175])
def test_nothing_of_a_generated_study_is_told_as_typed(tmp_path: Path, seed: int) -> None:
    book = open_workbook(_study(tmp_path, seed)).book
    assert book
    assert list(typed_on_computed_sheets(book, set())) == []


@needs_libreoffice
@pytest.mark.parametrize("first", range(0, IN_LIBREOFFICE, AT_ONCE))
def test_every_formula_agrees_in_libreoffice(tmp_path: Path, first: int) -> None:
    paths = [_study(tmp_path, seed) for seed in range(first, min(first + AT_ONCE, IN_LIBREOFFICE))]
    copies = recalc.recalculate(paths, tmp_path)
    for path in paths:
        assert recalc.differences(path, recalc.stored_values(copies / path.name)) == []


@pytest.mark.parametrize("seed", CHANGED_STUDIES)
def test_a_change_in_the_workbook_equals_the_engine_run_on_it(tmp_path: Path, seed: int) -> None:
    changed, fresh = _changed(tmp_path, seed)
    assert _differences(fresh, recalc.ironcalc_values(changed)) == []


@needs_libreoffice
@pytest.mark.parametrize("first", range(1000, 1000 + IN_LIBREOFFICE, AT_ONCE))
def test_a_change_equals_the_engine_in_libreoffice(tmp_path: Path, first: int) -> None:
    pairs = [_changed(tmp_path, seed) for seed in range(first, min(first + AT_ONCE, 1000 + IN_LIBREOFFICE))]
    copies = recalc.recalculate([changed for changed, _ in pairs], tmp_path)
    for changed, fresh in pairs:
        assert _differences(fresh, recalc.stored_values(copies / changed.name)) == []


@pytest.mark.parametrize("seed", SWITCHED_STUDIES)
def test_a_switch_in_the_workbook_shows_what_the_engine_computes_for_the_scenario(tmp_path: Path, seed: int) -> None:
    switched, expected, products = _switched(tmp_path, seed)
    values = recalc.ironcalc_values(switched)
    assert _shown(values, expected) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert gases.faults(values, products) == []


@needs_libreoffice
@pytest.mark.parametrize("first", range(SWITCHED_STUDIES.start, SWITCHED_STUDIES.start + IN_LIBREOFFICE, AT_ONCE))
def test_a_switch_shows_the_same_in_libreoffice(tmp_path: Path, first: int) -> None:
    last = min(first + AT_ONCE, SWITCHED_STUDIES.start + IN_LIBREOFFICE)
    studies = [_switched(tmp_path, seed) for seed in range(first, last)]
    copies = recalc.recalculate([switched for switched, _, _ in studies], tmp_path)
    for switched, expected, products in studies:
        values = recalc.stored_values(copies / switched.name)
        assert _shown(values, expected) == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert gases.faults(values, products) == []


Switched = tuple["Path", dict[tuple[str, str], float], list["ProductFootprint"]]


def _switched(folder: Path, seed: int) -> Switched:
    """Return a study whose switch is on its last scenario, its totals and stages by the engine, and its products.

    Of the products those that the sheet of gases shows: what has a total.
    """
    job = Generator(seed, most_lines=30, with_scenarios=True).job()
    assert job.assessment is not None
    path, switched = (folder / f"{name}{seed}.xlsx" for name in ("plain", "switched"))
    write_results(path, job, language="zh")
    layout = plan(job, "zh")
    result = job.assessment.scenarios[-1]
    cell = address(SWITCH_ROW, ScenarioColumns.LINE)
    recalc.change_text(path, switched, layout.sheets["scenarios"], cell, result.scenario.name)
    expected: dict[tuple[str, str], float] = {}
    for product in result.footprint.products:
        block = layout.summary[product.product.key]
        rows = {block.total: product.cfp_kg_co2e} | {block.stages[s.stage]: s.kg_co2e for s in product.stages}
        for row, figure in rows.items():
            if figure is not None:
                expected[layout.sheets["summary"], address(row, SummaryColumns.EMISSION)] = figure
    pairs = zip(job.footprint.products, result.footprint.products, strict=True) if layout.gases else ()
    return switched, expected, [after for before, after in pairs if why_not_ranked(before) is None]


def _shown(values: recalc.Values, wanted: dict[tuple[str, str], float]) -> dict[tuple[str, str], object]:
    return {place: values.get(place) for place in wanted}


def _study(folder: Path, seed: int) -> Path:
    """Write a generated study; seed 0 and every 25th have up to 500 lines."""
    path = folder / f"study{seed}.xlsx"
    job = Generator(seed, most_lines=500 if seed % 25 == 0 else 60).job()
    write_results(path, job, language="zh" if seed % 3 else "en")
    return path


def _changed(folder: Path, seed: int) -> tuple[Path, Path]:
    """Return a study with one cell changed, and the study written from the same change of the inventory.

    Every fourth changes a factor, the others an amount, an output or a weight.
    """
    job = Generator(seed, most_lines=30).job()
    path, changed, fresh = (folder / f"{name}{seed}.xlsx" for name in ("written", "changed", "fresh"))
    write_results(path, job, language="zh")
    possible = factor_changes(job) if seed % 4 == 0 else changes(job)
    sheet, cell, value, change = random.Random(seed).choice(possible)  # noqa: S311 - repeatable, not secret
    recalc.change_cell(path, changed, sheet, cell, value)
    write_results(fresh, _again(job, change(job.inventory)), language="zh")
    return changed, fresh


def _differences(fresh: Path, values: recalc.Values) -> list[str]:
    left_out = tuple(f"('{sheet}'" for sheet in NOT_COMPARED)
    return [found for found in recalc.differences(fresh, values) if not found.startswith(left_out)]


def _again(job: ResultsJob, inventory: object) -> ResultsJob:
    """Return the job with a changed inventory: computed anew, the company's sheets as they were."""
    footprint = compute_footprint(inventory)
    return replace(job, inventory=inventory, footprint=footprint, assessment=assess(inventory, footprint))
