"""A results workbook is an input: handed in again it gives the same, and what was found is found again.

Also what only the returned workbook itself could tell: sheets that did not come along, number formats, formulas.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.mutation.bases import example_bases, made_bases
from tests.mutation.harness import mutate
from tests.mutation.rawbook import NotApplicableError
from tests.verify.editing import edit
from workbook_engine.intake import open_workbook
from workbook_engine.pipeline import examine, factor_library, write_results_file
from workbook_engine.verify.cells import cells_of, content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mutation.harness import Base
    from workbook_engine.model import Processed
    from workbook_engine.verify.cells import Place

# Kinds of change of which a results workbook's sheets alone would tell less, or something else, than was returned.
KINDS = (
    "no number: an error value of a formula",
    "flow: error value",
    "number format: divided by a thousand",
    "number format: the number hidden",
    "formula without its value",
    "formula that lost its cells, without its value",
    "formula into another workbook, without its value",
    "formula of an unknown function, without its value",
    "a unit and a flow by formula, without their values",
    "typed over a row of the template's own words",
    "typed into the words above a column",
    "typed onto the sheet of instructions",
    "typed into the title row",
    "column inserted before everything",
    "marks of a sheet cleared",
    "all marks and names lost",
    "keys and headings deleted",
    "sheets moved into another workbook",
    "the previous version of the template",
    "a template newer than this program",
)


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> list[Base]:
    return [*example_bases(), *made_bases(tmp_path_factory.mktemp("foreign"))]


def _returned(kind: str, bases: list[Base], folder: Path) -> Path:
    for base in bases:
        try:
            case = mutate(base, [kind], random.Random(kind))  # noqa: S311 - repeatable, not secret
        except NotApplicableError:
            continue
        return case.book.save(folder / "returned.xlsx")
    raise AssertionError(kind)


def _results(path: Path, target: Path, sha256: str = "") -> Processed:
    """Process a workbook and write its results, as of a returned workbook with that digest."""
    done, book = examine("returned.xlsx", open_workbook(path), factor_library())
    assert book is not None
    done = replace(done, sha256=sha256 or done.sha256)
    write_results_file(target, done, book, factor_library())
    return done


def _contents(path: Path) -> dict[Place, str]:
    book = open_workbook(path).book
    assert book
    return {place: content(cell) for place, cell in cells_of(book)}


def _told(done: Processed) -> list[tuple[str, str, str]]:
    return [(finding.code, str(finding.where), finding.message("en")) for finding in done.findings]


@pytest.mark.parametrize("kind", KINDS)
def test_it_gives_the_same_cells_and_the_same_findings(kind: str, bases: list[Base], tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{number}.xlsx" for number in (1, 2, 3))
    done = _results(_returned(kind, bases, tmp_path), first)
    again = _results(first, second, done.sha256)
    assert _told(again) == _told(done)
    assert [product.cfp_kg_co2e for product in again.footprint.products] == [  # type: ignore[union-attr]
        product.cfp_kg_co2e
        for product in done.footprint.products  # type: ignore[union-attr]
    ]
    assert again.status == done.status
    _results(second, third, done.sha256)
    assert _contents(second) == _contents(first)
    assert third.read_bytes() == second.read_bytes()


def test_a_finding_that_came_along_is_gone_once_its_cell_is_mended(bases: list[Base], tmp_path: Path) -> None:
    first, mended, second = (tmp_path / f"{name}.xlsx" for name in ("first", "mended", "second"))
    done = _results(_returned("formula of an unknown function, without its value", bases, tmp_path), first)
    (finding,) = (finding for finding in done.findings if finding.code == "formula-not-calculated")
    assert finding.where
    assert done.status == "incomplete"
    edit(first, mended, finding.where.sheet, {str(finding.where.cell): 12.0})
    again = _results(mended, second)
    assert "formula-not-calculated" not in {finding.code for finding in again.findings}
    assert again.status == "ok"


def test_what_somebody_wrote_into_the_hidden_sheet_is_no_finding(bases: list[Base], tmp_path: Path) -> None:
    path, target = tmp_path / "results.xlsx", tmp_path / "changed.xlsx"
    _results(bases[0].path, path)
    before = _told(_results(path, tmp_path / "again.xlsx"))
    for text in ("wbe:finding:", "wbe:finding:[1, 2]", 'wbe:finding:["no-such", null, {}, ""]', "wbe:sheets:{}"):
        edit(path, target, "_wbe", {"A3": text})
        assert _told(_results(target, tmp_path / "again.xlsx")) == before
