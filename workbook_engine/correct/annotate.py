"""A workbook's bytes and a list -> the bytes of a copy that is coloured, commented and listed.

openpyxl reads and writes the copy: what it does not know of a file is lost in it, which the list says. It is not to be
trusted with every file (see intake), so callers run `annotated` in a process that may be killed. A copy that is
annotated again loses the marks of the first time before it gets new ones.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbook_engine import drawings
from workbook_engine.correct import words
from workbook_engine.correct.heights import fit_rows
from workbook_engine.correct.sheet import add_list, remove_list
from workbook_engine.findings import Severity
from workbook_engine.texts import joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.correct.listing import CorrectionList, Item
    from workbook_engine.texts import Language, Text

MOST_MARKED = 5_000  # cells
_COMMENT_WIDTH = 300  # points
_CHARACTERS_A_LINE = 26  # of a comment of that width
_LINE_HEIGHT = 17  # points
_RULE = "\n――――――\n"  # between our comment and one that stood there


def annotated(
    data: bytes, corrections: CorrectionList, lossy_parts: tuple[str, ...] = (), *, keep_macros: bool = False
) -> tuple[bytes, tuple[Text, ...]]:
    """Return the copy, and what it lacks of the file, in words. Raises what openpyxl raises where it cannot read it.

    `lossy_parts` are words of Book.lossy_parts; of pictures, charts and shapes it is counted which are lost.
    """
    book = drawings.load(io.BytesIO(data), keep_vba=keep_macros, rich_text=True)
    missing = drawings.lost(drawings.drawn(io.BytesIO(data)), drawings.held(book))
    lost = drawings.lost_parts(lossy_parts, missing)
    if lost:
        said = words.LOST.to(corrections.language).format(parts=joined(lost).to(corrections.language))
        corrections = replace(corrections, remarks=(*corrections.remarks, said))
    remove_marks(book)
    for page in book.worksheets:
        fit_rows(page)
    before = _mark_cells(book, corrections)
    add_list(book, corrections, before)
    book.calculation.fullCalcOnLoad = True  # openpyxl writes formulas without their values
    out = io.BytesIO()
    drawings.save(book, out)
    return out.getvalue(), lost


# --- cells ------------------------------------------------------------------------------------------------------------


def _mark_cells(book: Any, corrections: CorrectionList) -> dict[tuple[str, str], str]:
    """Colour and comment the cells of errors and warnings. Returns (sheet, address) -> the fill that was there."""
    before: dict[tuple[str, str], str] = {}
    for place, items in _by_cell(corrections).items():
        cell = _visible_cell(book, *place)
        if cell is None or len(before) >= MOST_MARKED:
            continue
        key = (cell.parent.title, cell.coordinate)
        before.setdefault(key, _fill_text(cell))
        gravest = min(items, key=lambda item: item.severity.rank).severity
        cell.fill = _solid(words.FILLS[gravest])
        _comment(cell, items, corrections.language)
    return before


def _by_cell(corrections: CorrectionList) -> dict[tuple[str, int, int], list[Item]]:
    found: dict[tuple[str, int, int], list[Item]] = {}
    for item in corrections.items:
        where = item.where
        if where and where.row and where.column and item.severity is not Severity.NOTE:
            for row, problem in item.alike or ((where.row, item.problem),):
                found.setdefault((where.sheet, row, where.column), []).append(replace(item, problem=problem))
    return found


def _visible_cell(book: Any, sheet: str, row: int, column: int) -> Any | None:
    """Return the cell that a person sees at the place: of a merged area the first; None where the sheet is gone."""
    if sheet not in book.sheetnames:
        return None
    page = book[sheet]
    for area in page.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return page.cell(area.min_row, area.min_col)
    return page.cell(row, column)


def _solid(colour: str) -> Any:
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as openpyxl itself

    return PatternFill("solid", start_color=colour, end_color=colour)


def _comment(cell: Any, items: list[Item], language: Language) -> None:
    """Say in a comment what is wrong and what to do; a comment that stood there stays below it."""
    from openpyxl.comments import Comment  # noqa: PLC0415 - as openpyxl itself

    parts = [
        f"{words.GRADED.to(language).format(grade=item.severity.title.to(language))}{item.problem}\n{words.REMEDY.to(language)}{item.remedy}"
        for item in items
    ]
    text = "\n\n".join(parts)
    if cell.comment is not None:
        text += f"{_RULE}{cell.comment.text}"
    comment = Comment(text, words.AUTHOR)
    lines = sum(1 + len(line) // _CHARACTERS_A_LINE for line in text.split("\n"))
    comment.width, comment.height = _COMMENT_WIDTH, min(400, 20 + lines * _LINE_HEIGHT)
    cell.comment = comment


def _fill_text(cell: Any) -> str:
    """Return a cell's fill as a text that `_fill_of` reads again; "" for none."""
    fill = cell.fill
    colour = getattr(fill, "start_color", None)
    if fill is None or fill.fill_type != "solid" or colour is None:
        return ""
    if colour.type == "rgb":
        return f"rgb {colour.rgb}"
    return f"{colour.type} {colour.value} {colour.tint or 0.0!r}"


def _fill_of(text: str) -> Any:
    from openpyxl.styles import PatternFill  # noqa: PLC0415 - as openpyxl itself
    from openpyxl.styles.colors import Color  # noqa: PLC0415

    kind, _, rest = text.partition(" ")
    if kind == "rgb":
        return _solid(rest)
    if kind in ("theme", "indexed"):
        number, _, tint = rest.partition(" ")
        return PatternFill("solid", start_color=Color(**{kind: int(number)}, tint=float(tint or 0)))
    return PatternFill()


# --- the marks of an earlier time -------------------------------------------------------------------------------------


def remove_marks(book: Any) -> None:
    """Take away what an earlier correction copy had: its list, its colours and its comments."""
    before = remove_list(book)
    _restore_fills(book, before)
    ours = set(words.FILLS.values())
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                comment = getattr(cell, "comment", None)
                if comment is None or comment.author != words.AUTHOR:
                    continue
                _, rule, theirs = comment.text.partition(_RULE)
                comment.text = theirs
                cell.comment = comment if rule else None
                if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in ours:
                    cell.fill = _fill_of("")  # the list that knew its colour is gone


def _restore_fills(book: Any, before: Mapping[tuple[str, str], str]) -> None:
    ours = set(words.FILLS.values())
    for (sheet, address), fill in before.items():
        if sheet not in book.sheetnames:
            continue
        cell = book[sheet][address]
        if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb in ours:
            cell.fill = _fill_of(fill)
