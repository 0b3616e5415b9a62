"""Whatever is changed on a computed sheet is named with its cell: a figure, a text, a formula, something added.

On every computed sheet of every kind of results workbook, so that no sheet is forgotten.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.results.kinds import EXAMPLES, made
from tests.verify.editing import edit
from workbook_engine.grid import Book, MemorySheet, address
from workbook_engine.intake import open_workbook
from workbook_engine.pipeline import factor_library
from workbook_engine.results.layout import AFTER_STAGES, BEFORE_STAGES
from workbook_engine.spec.marks import computed_key
from workbook_engine.verify import ENGINE, About
from workbook_engine.verify.rebuilding import rebuilt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from workbook_engine.grid import Cell, Sheet
    from workbook_engine.intake.open import Opened
    from workbook_engine.verify import Remark

    Opening = Callable[[str], tuple[Path, Opened]]

WORKBOOKS = (
    "results and overview",
    "results and overview in English",
    "client's view",
    "results without a total",
    "results with scenarios",
    "results with draws",
    "results with an earlier report",
    "results with what was changed",
)
EARLIER = EXAMPLES[0]  # the submission with which the last of them is compared

_KNOWN_BY = {"": {(1, 1)}, "differences": {(1, 1), (2, 2)}}  # sheet -> its mark, and what names the earlier file


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opening:
    @cache
    def write(kind: str) -> tuple[Path, Opened]:
        path = next(path for path in made(kind, tmp_path_factory.mktemp("kind")) if "汇总" not in path.name)
        return path, replace(open_workbook(path), sha256="")  # the very same file would not be looked at closer

    return write


def _rebuilt(opened: Opened) -> tuple[set[tuple[str, str]], list[Remark]]:
    """Return the cells that are named, and what is said of whole sheets beside them."""
    given = [(EARLIER, open_workbook(EARLIER))] if _has_changes(opened) else []
    found = rebuilt(opened, "results.xlsx", factor_library(), None, given)
    (check,) = (check for check in found.checks if check.name == ENGINE)
    assert check.was_made
    return {(found.sheet, found.cell) for found in check.differences}, [
        remark for remark in found.remarks if remark.about is not About.FILE_FITS
    ]


def _has_changes(opened: Opened) -> bool:
    assert opened.book
    return any(computed_key(sheet) == "differences" for sheet in opened.book.sheets)


def _changed(cell: Cell) -> Cell:
    if cell.formula is not None:
        return cell._replace(formula=f"{cell.formula}+0")
    return cell._replace(value=f"{cell.value}x" if isinstance(cell.value, str) else float(cell.value or 0) * 1.001 + 1)


def _with(opened: Opened, changed: Mapping[str, Mapping[int, Mapping[int, Cell]]]) -> Opened:
    assert opened.book
    sheets = tuple(MemorySheet(s.name, changed[s.name]) if s.name in changed else s for s in opened.book.sheets)
    return replace(opened, book=replace(opened.book, sheets=sheets))


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_every_cell_of_every_sheet_is_named_where_it_is_changed(kind: str, opened: Opening) -> None:
    """All cells of a sheet are changed at once, but for those by which the sheet, or the earlier file, is known."""
    _, original = opened(kind)
    assert original.book
    for sheet in original.book.sheets:
        if not (key := computed_key(sheet)):
            continue
        kept = _KNOWN_BY.get(key, _KNOWN_BY[""])
        cells = {
            row: {column: cell if (row, column) in kept else _changed(cell) for column, cell in cells.items()}
            for row, cells in sheet.rows()
        }
        named, _ = _rebuilt(_with(original, {sheet.name: cells}))
        wanted = {
            (sheet.name, address(row, column))
            for row, line in cells.items()
            for column in line
            if (row, column) not in kept
        }
        assert wanted - named == set(), sheet.name
        assert {name for name, _ in named} == {sheet.name}, "nothing else was changed"


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_few_changes_in_the_file_are_named_and_nothing_else(kind: str, opened: Opening, tmp_path: Path) -> None:
    """On each sheet a figure, a text and a formula are typed over, and a text is put where there was nothing."""
    path, original = opened(kind)
    assert original.book
    assert _rebuilt(original) == (set(), [])
    for sheet in original.book.sheets:
        if not (key := computed_key(sheet)):
            continue
        changes = _some_changes(sheet, random.Random(f"{kind} {key}"))  # noqa: S311 - repeatable, not secret
        changed = edit(path, tmp_path / "changed.xlsx", sheet.name, changes)
        named, _ = _rebuilt(open_workbook(changed))
        assert named == {(sheet.name, cell) for cell in changes}, sheet.name


def _some_changes(sheet: Sheet, rng: random.Random) -> dict[str, float | str]:
    places: dict[str, list[str]] = {"number": [], "text": [], "formula": []}
    taken = set()
    formulas = {}
    for row, cells in sheet.rows():
        for column, cell in cells.items():
            kind = "formula" if cell.formula is not None else cell.kind
            taken.add((row, column))
            formulas[address(row, column)] = cell.formula
            if column > 1:
                places[kind].append(address(row, column))
    changes: dict[str, float | str] = {}
    if places["number"]:
        changes[rng.choice(places["number"])] = 4711.0
    changes[rng.choice(places["text"])] = "别的"
    if places["formula"]:
        cell = rng.choice(places["formula"])
        changes[cell] = f"={formulas[cell]}+0"
    last = max(row for row, _ in taken)
    changes[address(last, max(column for row, column in taken if row == last) + 1)] = "多出的文字"
    return changes


def test_between_them_the_workbooks_have_every_sheet(opened: Opening) -> None:
    seen = {computed_key(sheet) for kind in WORKBOOKS for sheet in (opened(kind)[1].book or Book(())).sheets}
    assert {*BEFORE_STAGES, *AFTER_STAGES} <= seen
