"""What a company wrote on or beside a list of findings that went out to it: nothing on it is input, so it is told."""

from __future__ import annotations

import math
from itertools import islice
from typing import TYPE_CHECKING, Final

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import shown_date
from workbook_engine.spec.marks import own_text
from workbook_engine.spec.schema import MARK_CORRECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from workbook_engine.grid import Cell, Sheet

OF_RESULTS: Final = "findings"  # the key of the list in a results workbook
_LAST_OF_RESULTS: Final = 8  # columns that the program fills
_LAST_OF_CORRECTIONS, _REMEMBERED, _SIGNED = 8, frozenset(range(12, 16)), 15  # columns; the last has digests
_PLACE: Final = 4  # the column that says what a row is about
_TICKS: Final = frozenset("☐☑☒□■√✓✔vxoy是好") | {"yes", "ok", "done", "改好了"}
_NUMBER: Final = 2  # the column of the rows' numbers
_MOST, _LONGEST = 3, 40  # answers that are repeated, and characters of each


def is_corrections(sheet: Sheet) -> bool:
    """Tell whether an aside sheet is the list of a correction copy."""
    second = next((cells for row, cells in sheet.rows() if row == 2), {})
    return any(cell.value == MARK_CORRECTIONS for cell in second.values())


def answers(sheet: Sheet, *, of_results: bool, date1904: bool = False) -> Iterator[Finding]:
    """Yield one finding for what was written beside a list or over its texts, at the first of the cells."""
    found = list(_answers(sheet, of_results=of_results))
    if found:
        params = {"count": len(found), "typed": samples((cell for _, cell in found), date1904=date1904)}
        yield Finding(catalogue.ANSWER_NOT_READ, found[0][0], params)


def is_answer(sheet: Sheet) -> Callable[[int, int, Cell], bool]:
    """Return what tells whether a cell of the list in a results workbook is an answer, or a tick."""
    end = _end(sheet)
    return lambda row, column, cell: column > _LAST_OF_RESULTS or row > end or not _is_said(cell)


def samples(cells: Iterable[Cell], *, date1904: bool = False) -> str:
    """Return what the first cells show, cut, with the quotation marks that a message has around it between them."""
    shown = [_shown(cell, date1904=date1904) for cell in islice(cells, _MOST)]
    return "”、“".join(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in shown)


def _shown(cell: Cell, *, date1904: bool) -> str:
    if cell.formula is not None:
        return f"={cell.formula}"
    if cell.kind == "date" and isinstance(cell.value, float):
        return shown_date(cell.value, date1904=date1904)
    return f"{cell.value:.12g}" if isinstance(cell.value, float) else " ".join(str(cell.value).split())


def _answers(sheet: Sheet, *, of_results: bool) -> Iterator[tuple[CellRef, Cell]]:
    last = _LAST_OF_RESULTS if of_results else _LAST_OF_CORRECTIONS
    end, signed = _end(sheet), frozenset[str]() if of_results else _signed(sheet)
    for row, cells in sheet.rows():
        for column, cell in cells.items():
            if (
                (of_results or column not in _REMEMBERED)
                and (column > last or row > end or _is_over(cells, column, signed))
                and _is_said(cell)
            ):
                yield CellRef(sheet.name, row, column), cell


def _signed(sheet: Sheet) -> frozenset[str]:
    """Return the digests of the list's own texts; none of a list that was written before it kept them."""
    kept = (str(cells[_SIGNED].value) for _, cells in sheet.rows() if _SIGNED in cells)
    return frozenset(digest for digests in kept for digest in digests.split())


def _is_over(cells: Mapping[int, Cell], column: int, signed: Collection[str]) -> bool:
    """Tell whether a cell of the list's own columns says what the list did not."""
    if not signed or column == 1:
        return False
    place = cells[_PLACE].value if _PLACE in cells else None
    return own_text(place, column, cells[column].value) not in signed


def _end(sheet: Sheet) -> float:
    """Return the last row of a list: below its numbered rows, that which tells how many are left out."""
    numbered = [row for row, cells in sheet.rows() if _NUMBER in cells and _is_number(cells[_NUMBER])]
    return numbered[-1] + 1 if numbered else math.inf


def _is_number(cell: Cell) -> bool:
    return cell.kind == "number" or str(cell.value).isdecimal()


def _is_said(cell: Cell) -> bool:
    text = str(cell.value if cell.value is not None else "").strip()
    return bool(text) and text.casefold() not in _TICKS
