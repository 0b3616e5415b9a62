"""Whole sheets that are not as they were: deleted, emptied, renamed, moved, their formulas or their values gone.

Each is one sentence, before any cell is named: five hundred cells that follow from one deletion tell nobody what was
done. A sheet that was renamed is given its name back, in formulas too, so that only what else was changed differs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.grid import MemorySheet, quote_sheet
from workbook_engine.patterns import pattern
from workbook_engine.spec.carried import META_SHEET
from workbook_engine.spec.marks import computed_key
from workbook_engine.verify.result import About, Remark

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping, Sequence

    from workbook_engine.grid import Book, Sheet
    from workbook_engine.verify.cells import Line

_TITLE_ROWS = 2
_SHEET = pattern(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!")


# --- renamed, deleted, emptied ----------------------------------------------------------------------------------------


@frozen
class CompanySheets:
    """What became of the company's sheets.

    `order` are their names in the order of the cover's list, `names` those that were renamed for certain (as they are
    -> as they were), `added` those that nobody knows.
    """

    order: tuple[str, ...]
    names: Mapping[str, str]
    added: frozenset[str]
    remarks: tuple[Remark, ...]

    @property
    def are_whole(self) -> bool:
        """Whether none is missing or without content: else nothing can be computed from them again."""
        return not any(remark.about in {About.SHEET_GONE, About.SHEET_EMPTIED} for remark in self.remarks)

    def restored(self, book: Book) -> Book:
        """Return the book with these sheets under their names and in their order, without what was added."""
        order = {name: place for place, name in enumerate(self.order)}
        known = renamed(book, self.names)
        kept = [sheet for sheet in known.sheets if sheet.name not in self.added]
        own = sorted((_shown(sheet) for sheet in kept if sheet.name in order), key=lambda sheet: order[sheet.name])
        return replace(known, sheets=(*own, *(sheet for sheet in kept if sheet.name not in order)))


def renamed(book: Book, names: Mapping[str, str]) -> Book:
    """Return the book with sheets under other names (as it has them -> as they shall be), in formulas too."""
    if not names:
        return book

    def other(found: re.Match[str]) -> str:
        name = (found[1] or "").replace("''", "'") or found[2]
        return f"{quote_sheet(names[name])}!" if name in names else found[0]

    def formula(text: str) -> str:
        return _SHEET.sub(other, text)

    def sheet(old: Sheet) -> MemorySheet:
        rows = {
            row: {
                column: cell if cell.formula is None else cell._replace(formula=formula(cell.formula))
                for column, cell in cells.items()
            }
            for row, cells in old.rows()
        }
        name = names.get(old.name, old.name)
        return MemorySheet(name, rows, old.visible, old.merges, old.hidden_rows, old.hidden_columns)

    defined = {name: formula(target) for name, target in book.names.items()}
    return replace(book, sheets=tuple(map(sheet, book.sheets)), names=defined)


def _shown(sheet: Sheet) -> Sheet:
    """Return a sheet that the cover lists as it was then: it lists none that is hidden."""
    if sheet.visible:
        return sheet
    return MemorySheet(sheet.name, dict(sheet.rows()), True, sheet.merges, sheet.hidden_rows, sheet.hidden_columns)  # noqa: FBT003


def company_sheets(book: Book, listed: Sequence[str], known: Mapping[str, str]) -> CompanySheets:
    """Look for the company's sheets that the cover lists, or, where it lists none, for those that have marks.

    `known` are sheets (as they are called) of which is known for certain what they were called.
    """
    there = {sheet.name: sheet for sheet in book.sheets if not computed_key(sheet)}
    if not listed:
        marked = (name for name, sheet in there.items() if name != META_SHEET and _is_marked(sheet))
        listed = [known.get(name, name) for name in marked]
    sheets = {known.get(name, name): sheet for name, sheet in there.items()}
    gone = [name for name in listed if name not in sheets]
    spare = [sheet for name, sheet in sheets.items() if name not in listed and name != META_SHEET and sheet.visible]
    certain = {**known, **_by_title(gone, spare)}
    pairs = certain | _by_order(gone, spare, certain)
    added = [sheet.name for sheet in spare if sheet.name not in pairs]
    remarks = [Remark(About.SHEET_RENAMED, old, now, old) for now, old in pairs.items()]
    remarks += [Remark(About.SHEET_GONE, name) for name in gone if name not in pairs.values()]
    remarks += [Remark(About.SHEET_EMPTIED, name) for name in listed if name in sheets and _is_empty(sheets[name])]
    remarks += [Remark(About.SHEET_ADDED, name) for name in added]
    likely = {old: now for now, old in pairs.items() if now not in certain}
    ours = {sheet.name for sheet in book.sheets if computed_key(sheet)}
    swapped = {old: now for now, old in certain.items() if old in ours}  # one of ours has its name, and gives it back
    remarks += [Remark(About.SHEET_RENAMED, now, old, now) for old, now in swapped.items()]
    order = tuple(likely.get(name, name) for name in listed)
    return CompanySheets(order, {**certain, **swapped}, frozenset(added), tuple(remarks))


def _by_title(gone: Sequence[str], spare: Sequence[Sheet]) -> dict[str, str]:
    """Return which sheet is which of those that are missing, by the title that it still has."""
    found: dict[str, str] = {}
    for sheet in spare:
        titles = {str(cell.value) for row, cells in sheet.rows() if row <= _TITLE_ROWS for cell in cells.values()}
        if name := next((name for name in gone if name in titles and name not in found.values()), ""):
            found[sheet.name] = name
    return found


def _by_order(gone: Sequence[str], spare: Sequence[Sheet], certain: Mapping[str, str]) -> dict[str, str]:
    """Return the same of the others by their order, where there are as many; or the cover's list was typed over."""
    left = [name for name in gone if name not in certain.values()]
    marked = [sheet.name for sheet in spare if sheet.name not in certain and _is_marked(sheet)]
    return dict(zip(marked, left, strict=True)) if len(marked) == len(left) else {}


def _is_marked(sheet: Sheet) -> bool:
    return any(1 in cells and str(cells[1].value).startswith("wbe:") for _, cells in sheet.rows())


def _is_empty(sheet: Sheet) -> bool:
    return all(cell.is_blank for _, cells in sheet.rows() for cell in cells.values())


# --- formulas and values that are gone --------------------------------------------------------------------------------


def without_values(book: Book) -> tuple[dict[str, int], frozenset[str], list[Remark]]:
    """Return how many formulas the sheets have, those none of whose formulas carries a value, and what is to be said.

    That is one sentence if no sheet carries any.
    """
    counts: dict[str, int] = {}
    uncached: dict[str, int] = {}
    for sheet in book.sheets:
        kinds = [cell.kind for _, cells in sheet.rows() for cell in cells.values() if cell.formula is not None]
        if kinds:
            counts[sheet.name], uncached[sheet.name] = len(kinds), kinds.count("uncached")
    empty = frozenset(name for name, count in counts.items() if uncached[name] == count)
    if not empty:
        return counts, empty, []
    if len(empty) == len(counts):
        return counts, empty, [Remark(About.NO_VALUES)]
    return counts, empty, [Remark(About.NO_VALUES, name) for name in counts if name in empty]


def has_cells(sheet: Sheet) -> bool:
    """Tell whether a sheet has cells."""
    return any(True for _ in sheet.rows())


def has_formulas(sheet: Sheet) -> bool:
    """Tell whether a sheet has formulas."""
    return any(cell.formula is not None for _, cells in sheet.rows() for cell in cells.values())


def is_values_only(lines: Iterable[tuple[int, Line, Line]], fewest: int) -> bool:
    """Tell whether every formula of rows that should have at least so many was replaced by a value.

    A row is its number, its cells as they are and as they should be.
    """
    formulas = [
        column in there and there[column].formula is None
        for _, there, wanted in lines
        for column, cell in wanted.items()
        if cell.formula is not None
    ]
    return len(formulas) >= fewest and all(formulas)
