"""Text struck through instead of deleted: whether it still holds, the cell does not say.

A cell struck through as a whole is read, with a warning. One in which digits are struck through beside others that
are not reads as one number that nobody typed (~~1200~~1350), which is an error. Text in the colour of its cell is
read, with a warning, too: it counts, and nobody sees it. So is a text that its number format does not show.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.intake.formulas import area_of
from workbook_engine.intake.reported import LISTED, OF_INPUTS, more_like_it
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from workbook_engine.findings import FindingType
    from workbook_engine.grid import Area
    from workbook_engine.intake.colours import Colour
    from workbook_engine.model import Submission

_OF_TEMPLATE = "template."  # its version and language, which a format shows in words
_SHOWN = 60
_A_NUMBER = pattern(r"[约≈<>＜＞]?[\d.,，、/\s~\-–—→]*\d[\d.,，、/\s~\-–—→]*\S{0,6}")  # with a unit behind it, perhaps


@dataclass(slots=True)
class StruckPieces:
    """The pieces of a rich text that are struck through or have a colour, gathered while the text is read."""

    is_on: bool = False  # in the run that is being read
    pieces: list[str] = field(default_factory=list)
    colour: Colour | None = None  # of the run
    coloured: list[tuple[Colour, str]] = field(default_factory=list)

    def add(self, text: list[str]) -> None:
        """Take a piece of text, if it is struck through or has a colour."""
        if self.is_on:
            self.pieces.extend(text)
        if self.colour is not None:
            self.coloured.append((self.colour, "".join(text)))

    def end_run(self) -> None:
        """Leave the run that was being read."""
        self.is_on, self.colour = False, None

    def is_whole(self, text: str) -> bool | None:
        """Tell whether all of `text` is struck through, None where no piece is; begin anew."""
        struck = "".join("".join(self.pieces).split())
        self.pieces.clear()
        return struck == "".join(text.split()) if struck else None


def struck_out(where: CellRef, typed: object, *, is_whole: bool) -> Finding:
    """Return the finding on a cell that is struck through, as a whole or in part."""
    text = _text(typed)
    kind = catalogue.CELL_STRUCK_OUT
    if not is_whole:
        is_number = len(text) <= _SHOWN and _A_NUMBER.fullmatch(text.strip())
        kind = catalogue.NUMBER_PARTLY_STRUCK_OUT if is_number else catalogue.CELL_PARTLY_STRUCK_OUT
    return Finding(kind, where, {"typed": _cut(text)})


def unseen(where: CellRef, typed: object) -> Finding:
    """Return the finding on a cell whose text has the colour of the cell."""
    return Finding(catalogue.CELL_UNSEEN, where, {"typed": _cut(_text(typed))})


def partly_unseen(where: CellRef, typed: object, hidden: str) -> Finding:
    """Return the finding on a text of which a piece, `hidden`, or all has the colour of the cell."""
    text = _text(typed)
    if "".join(hidden.split()) == "".join(text.split()):
        return unseen(where, typed)
    is_number = len(text) <= _SHOWN and _A_NUMBER.fullmatch(text.strip())
    kind = catalogue.NUMBER_PARTLY_UNSEEN if is_number else catalogue.CELL_PARTLY_UNSEEN
    return Finding(kind, where, {"typed": _cut(text), "hidden": _cut(hidden.strip())})


def text_muted(where: CellRef, typed: object) -> Finding:
    """Return the finding on a text that the cell's number format does not show."""
    return Finding(catalogue.TEXT_FORMAT_HIDES, where, {"typed": _cut(_text(typed))})


def _text(typed: object) -> str:
    return f"{typed:.12g}" if isinstance(typed, float) else str(typed)


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def of_inputs(findings: Sequence[Finding], submission: Submission) -> Iterator[Finding]:
    """Leave out what is struck through where nothing was read; tell a row that is struck through once.

    Of each type the first on a sheet are listed, the others counted.
    """
    if not any(finding.type in OF_INPUTS for finding in findings):
        yield from findings
        return
    counts: Counter[tuple[str, FindingType]] = Counter()
    for finding in _of_inputs(findings, submission):
        if finding.where is None or finding.type not in OF_INPUTS:
            yield finding
            continue
        kind = finding.where.sheet, finding.type
        counts[kind] += 1
        if counts[kind] <= LISTED:
            yield finding
    for (sheet, type_), count in counts.items():
        if count > LISTED:
            yield more_like_it(sheet, type_, count - LISTED)


def _of_inputs(findings: Sequence[Finding], submission: Submission) -> Iterator[Finding]:
    inputs = set(_inputs(submission, {f.where.row for f in findings if f.where and f.type in OF_INPUTS}))
    rows = Counter(
        (f.where.sheet, f.where.row) for f in findings if f.type == catalogue.CELL_STRUCK_OUT and f.where in inputs
    )
    told: set[tuple[str, int | None]] = set()
    for finding in findings:
        where = finding.where
        if where is None or finding.type not in OF_INPUTS:
            yield finding
        elif finding.type == catalogue.RULE_HIDES:
            areas = str(finding.params["area"])
            if covered := _first_within(areas, where.sheet, submission):
                yield Finding(finding.type, covered, {"area": _cut(areas)})
        elif where in inputs:
            row = (where.sheet, where.row)
            if finding.type != catalogue.CELL_STRUCK_OUT or rows[row] == 1:
                yield finding
            elif row not in told:
                told.add(row)
                yield Finding(catalogue.ROW_STRUCK_OUT, where, {**finding.params, "count": rows[row]})


def _first_within(areas: str, sheet: str, submission: Submission) -> CellRef | None:
    """Return the first input of a sheet within areas such as `B9:B15 D9`."""
    within = [area for word in areas.split() if (area := area_of(word))]
    inputs = (where for where in _inputs(submission) if where.sheet == sheet)
    held = (where for where in inputs if any(_holds(area, where) for area in within))
    return min(held, key=lambda where: (where.row or 0, where.column or 0), default=None)


def _holds(area: Area, where: CellRef) -> bool:
    row, column = where.row or 0, where.column or 0
    return area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column


def _inputs(submission: Submission, rows: Container[int | None] | None = None) -> Iterator[CellRef]:
    fields = ((key, entry) for key, entry in submission.fields.items() if entry.cell is not None)
    yield from (entry.where for key, entry in fields if not key.startswith(_OF_TEMPLATE))
    for table in submission.tables.values():
        for record in table.records:
            if rows is None or record.row in rows:
                yield from (CellRef(table.sheet, record.row, table.columns[key]) for key in record.cells)
