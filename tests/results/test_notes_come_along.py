"""A note of ours on a company's cell is there again when the results are handed in, until the cell is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from tests import recalc
from tests.books import line, returned
from tests.verify.editing import edit
from workbook_engine.grid import Cell
from workbook_engine.intake import open_workbook
from workbook_engine.intake.open import Opened
from workbook_engine.model import Appearance
from workbook_engine.pipeline import examine, factor_library, write_results_file

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.grid import Book

AMOUNT = Cell("number", 120.0, "[1]Sheet1!A1")
LONG = Cell("text", "长" * 70_000)


def _write(opened: Opened, target: Path, appearance: Appearance | None = None) -> Path:
    done, book = examine("returned.xlsx", opened, factor_library())
    assert book is not None
    write_results_file(target, done, book, factor_library(), appearance)
    return target


def _notes(path: Path) -> dict[tuple[str, str], str]:
    cells = ((s.title, cell) for s in openpyxl.load_workbook(path) for row in s.iter_rows() for cell in row)
    return {(sheet, cell.coordinate): cell.comment.text for sheet, cell in cells if cell.comment}


def _book() -> Book:
    return returned({"production": [line(amount=AMOUNT, remark=LONG)]})


def test_notes_are_the_same_when_it_is_handed_in_once_and_twice_and_in_the_clients_view(tmp_path: Path) -> None:
    first = _write(Opened(_book(), (), "ab" * 32), tmp_path / "1.xlsx")
    notes = _notes(first)
    assert len(notes) == 2
    assert any("[1]Sheet1!A1" in text for text in notes.values())
    assert any("70000" in text for text in notes.values())
    second = _write(open_workbook(first), tmp_path / "2.xlsx")
    assert _notes(second) == notes
    assert _notes(_write(open_workbook(second), tmp_path / "3.xlsx")) == notes
    client = _write(Opened(_book(), (), "ab" * 32), tmp_path / "c.xlsx", Appearance("client"))
    assert len(_notes(client)) == 1  # remarks are not for clients
    assert _notes(_write(open_workbook(client), tmp_path / "c2.xlsx", Appearance("client"))) == _notes(client)


def test_in_another_language_a_note_is_in_that(tmp_path: Path) -> None:
    first = _write(Opened(_book(), (), "ab" * 32), tmp_path / "1.xlsx")
    english = _notes(_write(open_workbook(first), tmp_path / "2.xlsx", Appearance(language="en")))
    assert english.keys() == _notes(first).keys()
    assert any("cannot be computed here" in text for text in english.values())


def test_who_mends_the_cell_is_rid_of_its_note(tmp_path: Path) -> None:
    first = _write(Opened(_book(), (), "ab" * 32), tmp_path / "1.xlsx")
    ((sheet, cell),) = (place for place, text in _notes(first).items() if "Sheet1" in text)
    assert recalc.stored_values(first)[sheet, cell] == 120.0
    mended = edit(first, tmp_path / "mended.xlsx", sheet, {cell: 130.0})
    assert (sheet, cell) not in _notes(_write(open_workbook(mended), tmp_path / "2.xlsx"))
