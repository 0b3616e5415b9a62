"""What somebody typed into the computed sheets of a results workbook that is handed in again.

A results workbook is an input by its company's sheets. Factors and scores on its own sheets can be changed to see what
follows, in the workbook; they are not read, because the library and the template are where a factor and a score of
one's own are kept, with their source. So that nobody takes a trial for the result, each is told.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.model import Dimension
from workbook_engine.results.columns import RatingColumns, ScenarioColumns
from workbook_engine.results.factor_sheet import COLUMNS as FACTOR_COLUMNS
from workbook_engine.results.factor_sheet import typed_inputs
from workbook_engine.results.layout import FIRST_ROW
from workbook_engine.results.package import called
from workbook_engine.results.scenario_switch import BASE, SWITCH_ROW
from workbook_engine.spec.marks import computed_key
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.grid import Book, Cell, Sheet
    from workbook_engine.model import Assessment, EmissionFactor, Inventory

ID: Final = 2  # column of both sheets
EMPTY: Final = Text("空白", "empty")
SAME: Final = 1e-9  # relative: a figure that went through another program

Expected = dict[str, dict[int, float]]
"""Id of the row -> column -> the number that the engine would write."""


def typed_over(book: Book, inventory: Inventory, assessment: Assessment) -> tuple[Finding, ...]:
    """Tell the numbers on the factor sheet and the scores that the engine would write otherwise."""
    found: list[Finding] = []
    items = {line.id: called(line.item) for line in inventory.lines}
    for key, expected, titles, names in (
        ("factors", _factors(inventory), {at: column.title for at, column in FACTOR_COLUMNS.items()}, {}),
        ("ratings", _scores(assessment), _score_titles(), items),
    ):
        sheet = next((sheet for sheet in book.sheets if computed_key(sheet) == key), None)
        found += _in_sheet(sheet, expected, titles, names) if sheet else ()
    return (*found, *_scenario_left_on(book))


def _scenario_left_on(book: Book) -> Iterator[Finding]:
    """Tell where the switch is not on the result itself: somebody may have read the figures as the result's."""
    for sheet in book.sheets:
        if computed_key(sheet) == "scenarios":
            cells = next((cells for row, cells in sheet.rows() if row == SWITCH_ROW), {})
            cell = cells.get(ScenarioColumns.LINE)
            chosen = "" if cell is None or cell.value is None else str(cell.value)
            if chosen not in BASE:
                where = CellRef(sheet.name, SWITCH_ROW, ScenarioColumns.LINE)
                yield Finding(catalogue.SCENARIO_LEFT_ON, where, {"scenario": chosen or EMPTY, "base": BASE})


def _in_sheet(
    sheet: Sheet, expected: Expected, titles: Mapping[int, Text], names: Mapping[str, str]
) -> Iterator[Finding]:
    for row, cells in sheet.rows():
        subject = str(cells[ID].value) if row >= FIRST_ROW and ID in cells else ""
        name = cells.get(RatingColumns.NAME)
        if subject in names and name is not None and not names[subject].startswith(str(name.value).removesuffix("…")):
            continue  # lines were removed or added since: this id was another line's then
        for column, number in expected.get(subject, {}).items():
            if (stored := _changed(cells.get(column), number)) is not None:
                params = {
                    "subject": subject,
                    "column": titles[column],
                    "stored": stored or EMPTY,
                    "expected": f"{number:.12g}",
                }
                yield Finding(catalogue.TYPED_OVER, CellRef(sheet.name, row, column), params)


def _changed(cell: Cell | None, expected: float) -> str | None:
    """Return what stands in the cell where it is not the number expected. A formula is the program's own."""
    if cell is None or cell.is_blank:
        return ""
    if cell.formula is not None:
        return None
    if (
        cell.kind == "number"
        and isinstance(cell.value, float | int)
        and math.isclose(cell.value, expected, rel_tol=SAME)
    ):
        return None
    return f"{cell.value:.12g}" if isinstance(cell.value, float) else str(cell.value)


def _factors(inventory: Inventory) -> Expected:
    used: dict[str, EmissionFactor] = {}
    for line in inventory.lines:
        for factor in (line.factor, line.contract.factor if line.contract else None):
            if factor is not None:
                used[factor.id] = factor
    return {id_: typed_inputs(factor) for id_, factor in used.items()}


def _scores(assessment: Assessment) -> Expected:
    return {
        id_: {
            RatingColumns.FIRST_SCORE + index: float(pedigree.ratings[dimension].score)
            for index, dimension in enumerate(Dimension)
        }
        for id_, pedigree in (*assessment.amounts.items(), *assessment.factors.items())
    }


def _score_titles() -> dict[int, Text]:
    return {RatingColumns.FIRST_SCORE + index: dimension.title for index, dimension in enumerate(Dimension)}
