"""A results workbook is an input: handed in again it gives the same, and what was found is found again.

Also what only the returned workbook itself could tell: sheets that did not come along, number formats, formulas.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests import recalc
from tests.books import changed, line, returned
from tests.mutation.bases import example_bases, made_bases
from tests.mutation.harness import mutate
from tests.mutation.rawbook import NotApplicableError
from tests.results.kinds import EXAMPLES, SCENARIOS, command, made
from tests.verify.editing import edit
from workbook_engine.grid import Cell
from workbook_engine.intake import open_workbook
from workbook_engine.intake.open import Opened
from workbook_engine.pipeline import examine, factor_library, process, write_results_file
from workbook_engine.verify.cells import cells_of, content

if TYPE_CHECKING:
    from pathlib import Path

    from tests.mutation.harness import Base
    from workbook_engine.grid import Book
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


def _of_book(book: Book, target: Path) -> Processed:
    done, source = examine("returned.xlsx", Opened(book, (), "ab" * 32), factor_library())
    assert source is not None
    write_results_file(target, done, source, factor_library())
    return done


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


# --- mended in the results workbook -----------------------------------------------------------------------------------

FORMULAS = (
    "LET(x,100,x)",
    "_xlfn.XLOOKUP(1,A1:A2,B1:B2)",
    "TODAY()-TODAY()+100",
    "[1]Sheet1!A1",
    "'[价格.xlsx]表'!A1",
    "#REF!*2",
    "NOSUCHNAME*2",
    'INDIRECT("E9")+95',
    "Table1[[#This Row],[x]]",
)
NEW_ROW = {
    "B9": "新增设备",
    "D9": "电力",
    "E9": 12.5,
    "F9": "kWh",
    "G9": "每功能单位",
    "H9": "计量仪表",
    "I9": "初级数据",
}


@pytest.mark.parametrize(
    "changes",
    [
        {"E7": 4711.0},  # an amount
        dict.fromkeys(("B8", "C8", "D8", "E8", "F8", "G8", "H8", "I8", "J8", "K8")),  # a row
        NEW_ROW,
    ],
    ids=["an amount", "a row deleted", "a row added"],
)
def test_what_is_mended_in_the_results_is_as_if_it_was_mended_in_the_returned_workbook(
    changes: dict[str, float | str | None], tmp_path: Path
) -> None:
    returned_book = returned({"production": [line(), line(item="装配", amount=12)]})
    first, mended = tmp_path / "first.xlsx", tmp_path / "mended.xlsx"
    _of_book(returned_book, first)
    edit(first, mended, "产品生产", changes)
    again = process(mended)
    book = returned_book
    for cell, value in changes.items():
        book = changed(book, "产品生产", cell, value)
    straight, _ = examine("returned.xlsx", Opened(book, (), "ab" * 32), factor_library())
    assert again.footprint
    assert straight.footprint
    assert again.footprint.products[0].cfp_kg_co2e == straight.footprint.products[0].cfp_kg_co2e
    assert again.footprint.products[0].cfp_kg_co2e != process(first).footprint.products[0].cfp_kg_co2e  # type: ignore[union-attr]
    assert _told(again) == _told(straight)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_cannot_live_there_leaves_its_value_with_a_note(formula: str, tmp_path: Path) -> None:
    book = returned({"production": [line(amount=Cell("number", 100.0, formula))]})
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    done = _of_book(book, first)
    cell = done.inventory.lines[0].where.cell  # type: ignore[union-attr]
    assert recalc.stored_cells(first)["产品生产", str(cell)] == (None, 100.0)
    note = openpyxl.load_workbook(first)["产品生产"][str(cell)].comment
    assert formula in note.text
    again = _results(first, second, done.sha256)
    assert _told(again) == _told(done)
    assert _contents(second) == _contents(first)


def test_a_switch_that_was_left_on_a_scenario_is_told_and_the_result_given(tmp_path: Path) -> None:
    first, switched = tmp_path / "first.xlsx", tmp_path / "switched.xlsx"
    done = _of_book(returned({"production": [line(), line(amount=40)], "scenarios": SCENARIOS}), first)
    assert "scenario-left-on" not in {finding.code for finding in process(first).findings}
    edit(first, switched, "情景", {"C3": "2030 年电网"})
    again = process(switched)
    (finding,) = (finding for finding in again.findings if finding.code == "scenario-left-on")
    assert str(finding.where) == "情景!C3"
    assert "2030 年电网" in finding.message("zh")
    assert again.footprint
    assert done.footprint
    assert again.footprint.products[0].cfp_kg_co2e == done.footprint.products[0].cfp_kg_co2e


@pytest.mark.parametrize("kind", ["client's view", "results and overview in English", "results with draws"])
def test_other_views_of_the_results_are_inputs_too(kind: str, tmp_path: Path) -> None:
    (path,) = (path for path in made(kind, tmp_path) if "汇总" not in path.name)
    again, straight = process(path), process(EXAMPLES[0])
    assert again.status == straight.status == "ok"
    assert again.footprint == straight.footprint
    assert {finding.code for finding in again.findings} == {finding.code for finding in straight.findings}


def test_what_is_no_results_workbook_is_refused_in_words(tmp_path: Path) -> None:
    (house,) = made("house layout", tmp_path / "house")
    command("run", *map(str, EXAMPLES[:2]), "-o", str(tmp_path / "out"))
    (overview,) = (tmp_path / "out").glob("汇总.xlsx")
    for path in (house, overview):
        done = process(path)
        assert (done.status, [finding.code for finding in done.findings]) == ("rejected", ["not-our-template"])
