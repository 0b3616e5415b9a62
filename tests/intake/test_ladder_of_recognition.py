"""The ladder of recognition on a real workbook: a rung less at a time, the same total, and a note on each sheet."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from workbook_engine.compute import compute_footprint
from workbook_engine.intake.bind import bind_inputs
from workbook_engine.intake.open import open_bytes
from workbook_engine.normalize import build_inventory
from workbook_engine.pipeline import factor_library

if TYPE_CHECKING:
    from workbook_engine.findings import Finding

(EXAMPLE,) = (Path(__file__).parents[2] / "example_workbooks" / "T4000402").glob("*.xlsx")
STAGES = ["原材料获取", "原材料运输", "产品生产", "成品运输", "产品处置"]


def without(rungs: int) -> tuple[float | None, dict[str, set[str]]]:
    """Take marks (1) and names (2) away; return the total and, of each sheet, which notes on recognition it has."""
    book = openpyxl.load_workbook(EXAMPLE)
    if rungs >= 1:
        for sheet in book:
            for (cell,) in sheet.iter_rows(max_col=1) if sheet.sheet_state == "visible" else ():
                cell.value = None
    if rungs >= 2:
        book.defined_names.clear()
    total, findings = processed(book)
    notes: dict[str, set[str]] = {}
    for finding in findings:
        if finding.code in {"found-by-name", "found-by-label"} and finding.where:
            notes.setdefault(finding.where.sheet, set()).add(finding.code)
    return total, notes


def processed(book: openpyxl.Workbook) -> tuple[float | None, list[Finding]]:
    saved = io.BytesIO()
    book.save(saved)
    opened = open_bytes(saved.getvalue())
    assert opened.book is not None
    submission, findings = bind_inputs(opened.book)
    assert submission is not None
    inventory, more = build_inventory(submission, factor_library(), findings)
    return compute_footprint(inventory).products[0].cfp_kg_co2e, [*findings, *more]


def test_each_rung_down_gives_the_same_total_and_leaves_its_note() -> None:
    by_marks, none = without(0)
    by_names, of_names = without(1)
    by_labels, of_labels = without(2)
    assert by_marks == by_names == by_labels == pytest.approx(1345.6139, abs=5e-5)  # as printed
    assert none == {}
    assert {sheet: of_names[sheet] for sheet in STAGES} == {key: {"found-by-name"} for key in STAGES}
    assert {sheet: of_labels[sheet] for sheet in STAGES} == {key: {"found-by-label"} for key in STAGES}


@pytest.mark.parametrize("at", [1, 2, 3, 4, -1])
def test_columns_moved_by_a_program_that_leaves_names_behind(at: int) -> None:
    """openpyxl inserts a column, or deletes the hidden one (-1), and the names then point at help or at nothing."""
    book = openpyxl.load_workbook(EXAMPLE)
    for sheet in book:
        if sheet.sheet_state == "visible":
            if at < 0:
                sheet.delete_cols(1)
            else:
                sheet.insert_cols(at)
    total, findings = processed(book)
    assert total == pytest.approx(1345.6139, abs=5e-5)  # as printed
    wrong = {"label-disagrees", "content-not-read", "field-twice", "required-empty", "setting-defaulted"}
    assert not wrong & {finding.code for finding in findings}
    assert [finding.code for finding in findings if finding.severity.value == "error"] == []


def test_what_is_typed_beside_a_title_is_told_at_its_own_cell() -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    book["产品生产"]["Z1"] = "注意：天然气单位为万方"
    _, findings = processed(book)
    (told,) = [finding for finding in findings if finding.code == "content-not-read"]
    assert str(told.where) == "产品生产!Z1"
    assert "天然气单位为万方" in told.message("zh")
    assert "产品生产”" not in told.message("zh")
