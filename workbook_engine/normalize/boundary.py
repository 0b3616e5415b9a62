"""The system boundary: each stage in or out, and whether the data agree with that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef
from workbook_engine.model import Stage, StageBoundary
from workbook_engine.normalize.context import Row, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.model import ActivityLine
    from workbook_engine.normalize.context import Context


def read_boundary(context: Context, lines: Sequence[ActivityLine]) -> dict[Stage, StageBoundary]:
    """Read the boundary table and compare it with the stages that have lines."""
    found = {row.record.cells["stage"].value: row for row in rows(context, "boundary")}
    return {stage: _stage(context, stage, found.get(stage.value), lines) for stage in Stage}


def _stage(context: Context, stage: Stage, row: Row | None, lines: Sequence[ActivityLine]) -> StageBoundary:
    count = sum(line.stage is stage for line in lines)
    if row is None:
        if count:
            context.report(catalogue.STAGE_NOT_DECIDED, _boundary_table(context), stage=stage.title)
        return StageBoundary(stage, bool(count), "", "", "", None)
    slot = row.slot("included")
    choice = slot.choice()
    if not slot.text:
        kind = catalogue.STAGE_NOT_DECIDED if count else catalogue.STAGE_TAKEN_AS_OUT
        context.report(kind, slot.where, stage=stage.title)
    included = choice == "yes" or (choice is None and bool(count))
    if included and not count:
        context.report(catalogue.STAGE_WITHOUT_DATA, slot.where, stage=stage.title)
    if choice == "no" and count:
        context.report(catalogue.STAGE_OUT_WITH_DATA, slot.where, stage=stage.title, count=count)
    return StageBoundary(
        stage=stage,
        included=included,
        covers=row.slot("covers").words(),
        excludes=row.slot("excludes").words(),
        reason=row.slot("reason").words(),
        where=slot.where,
    )


def _boundary_table(context: Context) -> CellRef | None:
    table = context.submission.tables.get("boundary")
    return CellRef(table.sheet, table.header_row, 1) if table else None
