"""The company's sheets held against the digests that the workbook carries of them.

Nothing in the workbook tells what stood in an input that was typed over; that it was, its digest tells. So do the
digests of a whole sheet tell which one it is, whatever it is called now, and where its rows have gone: they are put
back before the study is computed again, so that only what else was changed differs.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import Area, MemorySheet, quote_sheet
from workbook_engine.spec.carried import FORMULA, carried_around, cell_digest, hidden_of, row_digest
from workbook_engine.verify.cells import content
from workbook_engine.verify.moving import moved
from workbook_engine.verify.result import About, Remark

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from workbook_engine.grid import Book, Sheet
    from workbook_engine.spec.carried import Around, SheetDigests
    from workbook_engine.verify.cells import Place
    from workbook_engine.verify.moving import Moved, Words

ALIKE = 0.5  # of the digests of a sheet: so many make it that sheet, where no other has more
FEWEST_FILLED = 3  # cells of a row that is more than a note
SAME = 0.9  # of them: nobody needs to look for another


@frozen
class Inputs:
    """The book with the company's rows where they were, its cells that hold something else, and what is to be said.

    `changed`: place as it is now -> what stands there; column 0 is a whole row.
    """

    book: Book
    changed: Mapping[Place, str]
    remarks: tuple[Remark, ...]

    @property
    def are_whole(self) -> bool:
        """Whether no row is gone that held something: else nothing can be computed from them again."""
        return not any(remark.expected for remark in self.remarks)


def identified(there: Mapping[str, Sheet], digests: Mapping[str, SheetDigests]) -> dict[str, str]:
    """Return which sheets (as they are called) are by their digests others than their names say (as they were)."""
    found: dict[str, str] = {}
    for name, sheet in there.items():
        own = _likeness(sheet, digests[name]) if name in digests else 0.0
        if own >= SAME:
            continue
        likeness = {other: _likeness(sheet, known) for other, known in digests.items() if other != name}
        best = max(likeness, key=lambda other: likeness[other], default="")
        if best and likeness[best] > max(ALIKE, own) and best not in found.values():
            found[name] = best
    return {now: then for now, then in found.items() if then not in there or then in found}


def _likeness(sheet: Sheet, digests: SheetDigests) -> float:
    words = _words(sheet, digests)
    return sum(words.get(place) == digits for place, digits in digests.items()) / max(len(digests), 1)


def against_digests(book: Book, digests: Mapping[str, SheetDigests], own: Sequence[str]) -> Inputs:
    """Compare the company's sheets, `own`, with their digests."""
    changed: dict[Place, str] = {}
    unknown = [sheet.name for sheet in book.sheets if sheet.name in own and sheet.name not in digests]
    remarks = [Remark(About.DIGESTS_GONE, "" if len(unknown) == len(own) else name) for name in unknown]
    remarks = list(dict.fromkeys(remarks))
    sheets: list[Sheet] = []
    for sheet in book.sheets:
        known = digests.get(sheet.name)
        if known is None:
            sheets.append(sheet)
            continue
        stored = _words(sheet, known)
        shift = moved(sheet.name, _without_formulas(stored), _without_formulas(known))
        if not shift and (emptied := _emptied(stored, known)):
            remarks.append(Remark(About.ROWS_EMPTIED, sheet.name, "", ", ".join(map(str, emptied))))
        sheets.append(_put_back(sheet, shift) if shift else sheet)
        if shift:
            remarks.append(shift.remark)
        else:
            came = {place for place in stored if place not in known and place[1]}
            sheets[-1] = _without(sheet, came) if came else sheet
        changed |= _changed(sheet, stored, known, shift)
    apart = {remark.sheet for remark in remarks}
    whole = replace(book, sheets=tuple(sheets))
    kept = carried_around(book)
    return Inputs(_as_it_was(whole, kept, {*own} - apart) if kept else whole, changed, tuple(remarks))


def _as_it_was(book: Book, kept: Around, own: Collection[str]) -> Book:
    """Return the book with what is hidden and merged of these sheets, and their names, as it was: it is named then."""
    known = kept.hidden.keys() & own
    sheets = tuple(_sheet_as_it_was(sheet, kept) if sheet.name in known else sheet for sheet in book.sheets)
    elsewhere = tuple(f"{quote_sheet(sheet.name)}!" for sheet in book.sheets if sheet.name not in own)
    names = {name: target for name, target in kept.names.items() if not target.startswith(elsewhere)}
    return replace(book, sheets=sheets, names={**book.names, **names})


def _sheet_as_it_was(sheet: Sheet, kept: Around) -> Sheet:
    lines, merges = kept.hidden[sheet.name], kept.merges.get(sheet.name, ())
    if hidden_of(sheet) == lines and set(sheet.merges) == set(merges):
        return sheet
    columns = {column for _, cells in sheet.rows() for column in cells}
    rows = frozenset(line for line in lines if line > 0)
    hidden = frozenset(-line for line in lines if line < 0) | (sheet.hidden_columns - columns)
    return MemorySheet(sheet.name, dict(sheet.rows()), sheet.visible, merges, rows, hidden)


def _words(sheet: Sheet, known: SheetDigests) -> Words:
    """Return the digests of a sheet's cells; of each row as a whole where only those of rows are known."""
    low = min((row for row, column in known if column == 0), default=math.inf)
    words: Words = {}
    for row, cells in sheet.rows():
        digests = {column: digits for column, cell in cells.items() if (digits := cell_digest(cell))}
        if row < low:
            words.update(((row, column), digits) for column, digits in digests.items())
        elif digests:
            words[row, 0] = row_digest(digests)
    return words


def _without_formulas(words: Words) -> Words:
    return {place: "" if word.startswith(FORMULA) else word for place, word in words.items()}


def _emptied(stored: Words, known: SheetDigests) -> list[int]:
    """Return the rows that were filled in and hold nothing any more."""
    filled = Counter(row for (row, column), digits in known.items() if not digits.startswith(FORMULA))
    whole = {row for row, column in known if column == 0}
    there = {row for row, _ in stored}
    return [row for row, count in filled.items() if (count >= FEWEST_FILLED or row in whole) and row not in there]


def _changed(sheet: Sheet, stored: Words, known: SheetDigests, shift: Moved | None) -> dict[Place, str]:
    """Return the cells that hold something else; of a sheet that moved those that did not only move."""
    if shift is None:
        places = [place for place in {**known, **stored} if stored.get(place, "") != known.get(place, "")]
    else:
        pairs = ((digits, shift.place(*place)) for place, digits in known.items() if not digits.startswith(FORMULA))
        places = [now for digits, now in pairs if now is not None and stored.get(now, "") != digits]
    if not places:
        return {}
    rows = {row for row, _ in places}
    cells = {row: there for row, there in sheet.rows() if row in rows}
    return {(sheet.name, *place): content(cells.get(place[0], {}).get(place[1])) for place in places}


def _without(sheet: Sheet, came: Collection[tuple[int, int]]) -> Sheet:
    """Return the sheet without the cells that were empty as it was written."""
    cells = {
        row: {column: cell for column, cell in there.items() if (row, column) not in came}
        for row, there in sheet.rows()
    }
    return MemorySheet(sheet.name, cells, sheet.visible, sheet.merges, sheet.hidden_rows, sheet.hidden_columns)


def _put_back(sheet: Sheet, shift: Moved) -> Sheet:
    """Return the sheet with its rows and columns where they were, without those that came."""
    rows, columns = ({now: then for then, now in lines.items()} for lines in (shift.rows, shift.columns))
    cells = {
        rows[row]: {columns[column]: cell for column, cell in there.items() if column in columns}
        for row, there in sheet.rows()
        if row in rows
    }
    merges = tuple(
        Area(rows[area.first_row], columns[area.first_column], rows[area.last_row], columns[area.last_column])
        for area in sheet.merges
        if {area.first_row, area.last_row} <= rows.keys() and {area.first_column, area.last_column} <= columns.keys()
    )
    hidden = (
        frozenset(lines[at] for at in there if at in lines)
        for there, lines in ((sheet.hidden_rows, rows), (sheet.hidden_columns, columns))
    )
    return MemorySheet(sheet.name, dict(sorted(cells.items())), sheet.visible, merges, *hidden)
