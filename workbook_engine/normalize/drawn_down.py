"""Figures that were drawn down a column: a spreadsheet copies what is drawn, or counts on by one from row to row.

Neither is measured. Three rows that rise by exactly 1, or four that repeat an amount of four digits, are asked about.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.findings import CellRef, FindingType
    from workbook_engine.model import ActivityLine
    from workbook_engine.normalize.context import Context, Row

COUNTING, ALIKE = 3, 4  # so many rows are no chance any more; three phases of a cable are alike
SMALLEST = 10  # of a figure that is counted on from: 1, 2 and 3 pieces are typed as well
DIGITS = 4  # of an amount that is copied: 100 kg of three materials are typed as well
DISTANCE = "distance_km"  # is the same for all that comes from one supplier


@frozen
class _Figure:
    """A figure of a row: its cell, its value in the row's unit, and the text as typed."""

    where: CellRef
    value: float
    typed: str


@dataclass(slots=True)
class DrawnDown:
    """For each column the figures that follow each other at the end of what was read of a table."""

    _runs: dict[str, list[_Figure]] = field(default_factory=dict)

    def add(self, row: Row, line: ActivityLine) -> None:
        """Take the next line of the table; what ends with the line before it is told."""
        for key, figure in _figures(row, line):
            run = self._runs.setdefault(key, [])
            if not _goes_on(run, figure):
                _report(row.context, key, run)
                # The last figure of a run may be the first of another: 1200, 1201, 1202, 1202, 1202.
                run[:] = run[-1:] if _goes_on(run[-1:], figure) else []
            run.append(figure)

    def report(self, context: Context) -> None:
        """Tell what the table ends with."""
        for key, run in self._runs.items():
            _report(context, key, run)


def _figures(row: Row, line: ActivityLine) -> Iterator[tuple[str, _Figure]]:
    """Return column and figure of a line's amount, where it is one figure, and of its distance."""
    if len(line.amounts) == 1:
        amount = line.amounts[0]
        yield "mass" if row.has("mass") else "amount", _Figure(amount.where, amount.value, amount.typed)
    cell = row.record.cells.get(DISTANCE)
    if cell is not None and cell.kind == "number" and not cell.formula and isinstance(cell.value, float):
        slot = row.slot(DISTANCE)
        yield DISTANCE, _Figure(slot.where, cell.value, slot.text)


def _goes_on(run: list[_Figure], figure: _Figure) -> bool:
    """Tell whether a figure stands below a run's last one and differs from it as the run's figures do."""
    if not run:
        return True
    last = run[-1]
    step = figure.value - last.value
    is_below = last.where.row is not None and figure.where.row == last.where.row + 1
    steps = (0, 1) if len(run) == 1 else (last.value - run[-2].value,)
    return is_below and step in steps


def _report(context: Context, key: str, run: list[_Figure]) -> None:
    kind = _kind(key, run)
    if kind:
        context.report(kind, run[0].where, count=len(run), first=run[0].typed, last=run[-1].typed)


def _kind(key: str, run: list[_Figure]) -> FindingType | None:
    """Return what is to be said of a run, None where it may be chance."""
    if len(run) < COUNTING:
        return None
    value = run[0].value
    if run[1].value != value:
        return catalogue.AMOUNTS_COUNT_UP if value >= SMALLEST else None
    digits = f"{value:.12g}".replace(".", "").strip("0")
    is_copied = len(run) >= ALIKE and len(digits) >= DIGITS and key != DISTANCE
    return catalogue.AMOUNTS_REPEATED if is_copied else None
