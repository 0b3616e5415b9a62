"""Legacy .xls through xlrd, and files with a password through msoffcrypto. Both run in the child (see isolate.py)."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Area, Beside, Book, Cell, address, quote_sheet
from workbook_engine.intake.beside import not_read
from workbook_engine.intake.biff import CHART_SHEET, MACRO_SHEET, WORKSHEET, linked_workbooks, sources_of, stored_sheets
from workbook_engine.intake.colours import BLACK, ILLEGIBLE, WHITE, Colour, Palette
from workbook_engine.intake.formats import DATE, hides_text, meaning_of
from workbook_engine.intake.formulas import lost_formulas, remarks_in
from workbook_engine.intake.legacy_formulas import formula_at
from workbook_engine.intake.legacy_rules import hiding_areas, looks_of, said_in_rules
from workbook_engine.intake.letters import TWIPS, is_legible
from workbook_engine.intake.limits import Limits, Refused, exceeded
from workbook_engine.intake.names import is_constant
from workbook_engine.intake.ole2 import names_of
from workbook_engine.intake.other_parts import unread_of_xls
from workbook_engine.intake.own_colours import OwnColours, alike_looks
from workbook_engine.intake.property_sets import read_property_sets
from workbook_engine.intake.raised import LOWERED, RAISED, with_shifts
from workbook_engine.intake.reported import LISTED, Reported
from workbook_engine.intake.store import RowStore
from workbook_engine.intake.struck import partly_unseen, struck_out, text_muted, unseen
from workbook_engine.intake.styles import bare_letters
from workbook_engine.intake.values import dated, error_text, shown, text_cell, why_invalid
from workbook_engine.intake.xlsx import NO_TABLE
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import COMMENT_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.grid import Sheet
    from workbook_engine.intake.biff import Stored
    from workbook_engine.intake.looks import Look
    from workbook_engine.intake.tokens import Sources

# Excel encrypts a workbook that is merely protected against changes with this password, and opens it without asking.
DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - [MS-OFFCRYPTO] 2.4.2.3
_WHOLE = pattern(r"(?<=[0-9])\.0(?![0-9])")  # xlrd writes 1000 as 1000.0
_AUTOMATIC = 0x7FFF  # colour of letters
_WITHIN = "workbook"  # type of a link that leads to a cell
_NO_TABLE = {CHART_SHEET: NO_TABLE["chartsheet"], MACRO_SHEET: NO_TABLE["xlMacrosheet"]}


def decrypted(data: bytes, passwords: tuple[str, ...]) -> bytes | None:
    """Return the file without its password, which is one of `passwords` or none to speak of; None where it is not."""
    return next((plain for password in (DEFAULT_PASSWORD, *passwords) if (plain := _opened(data, password))), None)


def _opened(data: bytes, password: str) -> bytes | None:
    import msoffcrypto  # noqa: PLC0415 - only where a file is encrypted
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError  # noqa: PLC0415

    plain = io.BytesIO()
    try:
        file: Any = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password)
        file.decrypt(plain)
    except (DecryptionError, InvalidKeyError):
        return None
    return plain.getvalue()


def read_xls(data: bytes, limits: Limits) -> tuple[Book, list[Finding]]:
    """Return the book of a BIFF file: values, formulas, and the codes of errors."""
    import xlrd  # noqa: PLC0415 - only where a file is an .xls

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Refused(Finding(catalogue.FILE_ENCRYPTED)) from error
        raise
    if book.nsheets > limits.sheets:
        raise exceeded(limits, "sheets")
    streams = _streams(data)
    stream = streams("Workbook") or streams("Book")
    stored = stored_sheets(stream)
    names = _names(book, limits)
    defined = [name.name for name in book.name_obj_list]
    reading = _Reading(book, limits, sources_of(stream, [sheet.name for sheet in stored], defined))
    sheets = tuple(reading.sheets([sheet for sheet in stored if sheet.kind == WORKSHEET]))
    reading.findings += _skipped(stored)
    findings = [*lost_formulas(".xls", reading.lost), *reading.findings]
    drawn = (text for sheet in stored for text in sheet.beside)
    linked = (Beside("target", target) for target in linked_workbooks(stream))
    texts = (*drawn, *reading.beside, *_constants(book), *read_property_sets(streams), *linked)
    unread = tuple(unread_of_xls(names_of(data)))
    return Book(sheets, names, bool(book.datemode), "xls", beside=texts, unread=unread), findings


def _streams(data: bytes) -> Callable[[str], bytes]:
    """Return what gives a stream of the file's container by its name; one that is not there is empty."""
    from xlrd.compdoc import CompDoc  # noqa: PLC0415 - as above

    container = CompDoc(data, logfile=io.StringIO())

    def stream(name: str) -> bytes:
        memory, start, size = container.locate_named_stream(name)
        return bytes(memory[start : start + size]) if memory else b""

    return stream


def _skipped(stored: list[Stored]) -> list[Finding]:
    """Tell of the sheets that are no tables, which xlrd passes over."""
    return [
        Finding(catalogue.SHEET_SKIPPED, CellRef(sheet.name), {"found": _NO_TABLE[sheet.kind]})
        for sheet in stored
        if sheet.kind in _NO_TABLE
    ]


def _names(book: Any, limits: Limits) -> dict[str, str]:
    if len(book.name_obj_list) > limits.names:
        raise exceeded(limits, "names")
    found: dict[str, str] = {}
    for name in book.name_obj_list:
        text = getattr(getattr(name, "result", None), "text", None)
        if text:
            scope = book.sheet_names()[name.scope] if 0 <= name.scope < book.nsheets else None
            found.setdefault(f"{quote_sheet(scope)}!{name.name}" if scope else name.name, text)
    return found


def _constants(book: Any) -> Iterator[Beside]:
    """Yield the names that hold something themselves."""
    for name in book.name_obj_list:
        text = getattr(getattr(name, "result", None), "text", None) or ""
        if not (name.hidden or name.builtin) and is_constant(name.name, text):
            yield Beside("name", f"{name.name} = {_WHOLE.sub('', text)}")


def _notes(sheet: Any) -> list[tuple[tuple[int, int] | None, str]]:
    """Return the comments of others than this program."""
    notes = sorted(sheet.cell_note_map.items())
    return [((row + 1, column + 1), note.text) for (row, column), note in notes if note.author != COMMENT_AUTHOR]


def _targets(sheet: Any) -> Iterator[Beside]:
    """Yield where the links of a sheet lead outside of the workbook."""
    for link in sheet.hyperlink_list:
        target = link.url_or_path
        if target and link.type != _WITHIN:
            text = target.decode("utf-8", "replace") if isinstance(target, bytes) else str(target)
            yield Beside("target", unquote(text), sheet.name, address(link.frowx + 1, link.fcolx + 1))


_NONE, _SOLID = 0, 1  # fill patterns
_SHIFTS = {1: RAISED, 2: LOWERED}  # by the escapement of a font


class _Colours:
    """The colours of fonts and of cells."""

    def __init__(self, book: Any) -> None:
        own = {place: r << 16 | g << 8 | b for place, (r, g, b) in _palette(book)}
        self.palette = Palette(lambda: (), own)
        self._letters = [_letters(font) for font in book.font_list]
        self._cells = [_fill(xf.background) for xf in book.xf_list]
        self.unseen = {style for style, xf in enumerate(book.xf_list) if self.are_alike(style, xf.font_index)}

    def are_alike(self, style: int, font: int) -> bool:
        """Tell whether letters of a font have the colour of a cell of a format."""
        cell = self._cells[style] if style < len(self._cells) else None
        return cell is not None and font < len(self._letters) and self.palette.is_alike(self._letters[font], cell)

    def alike(self, looks: Iterable[Look]) -> dict[int, frozenset[int]]:
        """Return the cell formats whose colour is that of the letters of rules without a ground, and these rules."""
        letters = ((number, colour) for number, look in enumerate(looks) if (colour := bare_letters(look)))
        fills = {style: fill for style, fill in enumerate(self._cells) if fill is not None}
        return alike_looks(letters, fills, self.palette)


def _letters(font: Any) -> Colour:
    if not is_legible(font.height / TWIPS, font.name):
        return ILLEGIBLE
    return BLACK if font.colour_index == _AUTOMATIC else Colour("indexed", font.colour_index)


def _palette(book: Any) -> Iterator[tuple[int, tuple[int, int, int]]]:
    return ((place, rgb) for place, rgb in book.colour_map.items() if rgb is not None)


def _fill(background: Any) -> Colour | None:
    """Return the colour of a fill; None where it has no single one."""
    if background.fill_pattern == _NONE:
        return WHITE
    return Colour("indexed", background.pattern_colour_index) if background.fill_pattern == _SOLID else None


def _hides_text(book: Any, xf: Any) -> bool:
    return xf.format_key in book.format_map and hides_text(book.format_map[xf.format_key].format_str)


class _Reading:
    """Reads the sheets of one .xls."""

    def __init__(self, book: Any, limits: Limits, sources: Sources | None) -> None:
        self._book = book
        self._sources = sources
        self.lost = 0  # formulas that are not known
        self._limits = limits
        self._left = limits.cells
        self._text_left = limits.text_characters
        self._struck = {number for number, font in enumerate(book.font_list) if font.struck_out}
        self._shifts = {
            number: _SHIFTS[font.escapement] for number, font in enumerate(book.font_list) if font.escapement in _SHIFTS
        }
        self._colours = _Colours(book)
        self._unseen = self._colours.unseen
        self._without_text = {number for number, xf in enumerate(book.xf_list) if _hides_text(book, xf)}
        self._reported = Reported("")
        self._own_colours = OwnColours[int]()
        self._alike: dict[int, frozenset[int]] = {}  # formats of the colour of letters of the sheet's rules
        self._empty = 0  # cells of the sheet with a text of no characters
        self._formats = tuple(
            meaning_of(book.format_map[xf.format_key].format_str) if xf.format_key in book.format_map else ""
            for xf in book.xf_list
        )
        self.findings: list[Finding] = []
        self.beside: list[Beside] = []

    def sheets(self, stored: list[Stored]) -> Iterator[Sheet]:
        """Yield the sheets in order; `stored` is what the file holds of each."""
        for sheet, held in zip(self._book.sheets(), stored, strict=True):
            if len(sheet.merged_cells) > self._limits.merges:
                raise exceeded(self._limits, "merges", sheet.name)
            store, self._empty, self._reported = RowStore(lambda *_: None), 0, Reported(sheet.name)
            looks = list(looks_of(held.rules))
            self._own_colours, self._alike = OwnColours(), self._colours.alike(look for _, look in looks)
            for row in range(sheet.nrows):
                if cells := dict(self._row(sheet, row, held)):
                    store.add(row + 1, cells)
            self.beside += _targets(sheet)
            self.findings += not_read(sheet.name, [*_notes(sheet), *((None, text) for text in held.boxes)])
            if store.count + self._empty != held.cells:
                params = {"stored": held.cells, "delivered": store.count}
                self._reported.add(Finding(catalogue.CELLS_LOST, CellRef(sheet.name), params))
            if self._sources is not None:
                said = said_in_rules(held.rules, self._sources)
                self.beside += (Beside("condition", text, sheet.name, area) for text, area in dict(said).items())
            for area in islice(hiding_areas(looks, self._colours.palette, self._own_colours), LISTED):
                self._reported.add(Finding(catalogue.RULE_HIDES, CellRef(sheet.name), {"area": area}))
            self.findings += self._reported.findings()
            yield self._finished(sheet, store)

    def _finished(self, sheet: Any, store: RowStore) -> Sheet:
        merges = tuple(Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
        rows = frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden)
        columns = frozenset(column + 1 for column, info in sheet.colinfo_map.items() if info.hidden)
        return store.sheet(sheet.name, None, merges, (rows, columns), visible=sheet.visibility == 0)

    def _row(self, sheet: Any, row: int, held: Stored) -> Iterator[tuple[int, Cell]]:
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind == 1 and self._shifts and (runs := sheet.rich_text_runlist_map.get((row, column))):
                value = with_shifts(value, [(start, self._shifts.get(font)) for start, font in runs])  # noqa: PLW2901
            cell = self._cell(kind, value, sheet.cell_xf_index(row, column))
            formula = formula_at((row, column), held, self._sources)
            self.lost += formula == ""
            if formula and (cell or kind == 1):
                cell = self._with_formula(cell or Cell("text", ""), formula)
                at = (sheet.name, address(row + 1, column + 1))
                self.beside += (Beside("formula", remark, *at) for remark in remarks_in(formula))
            if cell is None:
                self._empty += kind == 1
                continue
            self._left -= 1
            if self._left < 0:
                raise exceeded(self._limits, "cells")
            where = CellRef(sheet.name, row + 1, column + 1)
            if own := self._alike.get(sheet.cell_xf_index(row, column)):
                self._own_colours.add(row + 1, column + 1, own)
            if self._struck or self._unseen or self._without_text or sheet.rich_text_runlist_map:
                self._note_look(sheet, (row, column), cell, where)
            if cell.kind == "invalid":
                params = {
                    "raw": shown(cell),
                    "reason": why_invalid("n" if kind in {2, 3} else "str", cell, self._limits),
                }
                self._reported.add(Finding(catalogue.CELL_INVALID, where, params))
            yield column + 1, cell

    def _with_formula(self, cell: Cell, formula: str) -> Cell:
        self._text_left -= len(formula)
        if self._text_left < 0:
            raise exceeded(self._limits, "text_characters")
        return cell._replace(formula=formula)

    def _note_look(self, sheet: Any, place: tuple[int, int], cell: Cell, where: CellRef) -> None:
        style = sheet.cell_xf_index(*place)
        is_whole = style < len(self._book.xf_list) and self._book.xf_list[style].font_index in self._struck
        runs = sheet.rich_text_runlist_map.get(place, ())
        if style in self._unseen:
            self._reported.add(unseen(where, cell.value))
        elif style in self._without_text and cell.kind == "text":
            self._reported.add(text_muted(where, cell.value))
        if is_whole and not runs:
            self._reported.add(struck_out(where, cell.value, is_whole=True))
        elif runs and cell.kind == "text":
            text = str(cell.value)
            starts = [(0, is_whole), *((start, font in self._struck) for start, font in runs)]
            ends = [*(start for start, _ in starts[1:]), len(text)]
            pieces = (text[start:end] for (start, struck), end in zip(starts, ends, strict=True) if struck)
            if struck := "".join(pieces).split():
                self._reported.add(struck_out(where, text, is_whole="".join(struck) == "".join(text.split())))
            elif style not in self._unseen:
                both = zip(runs, ends[1:], strict=True)
                hidden = "".join(text[start:end] for (start, font), end in both if self._colours.are_alike(style, font))
                if hidden.strip():
                    self._reported.add(partly_unseen(where, text, hidden))

    def _cell(self, kind: int, value: Any, style: int) -> Cell | None:
        """Return a cell by xlrd's type: 1 text, 2 number, 3 date, 4 boolean, 5 error; 0 and 6 are empty."""
        if kind == 1:
            self._text_left -= len(value)
            if self._text_left < 0:
                raise exceeded(self._limits, "text_characters")
            return text_cell(value, self._limits) if value else None
        if kind in {2, 3}:
            meaning = self._formats[style] if style < len(self._formats) else ""
            if meaning == DATE:
                return dated(float(value), date1904=bool(self._book.datemode))
            return Cell("number", float(value), format=meaning)
        if kind == 4:
            return Cell("bool", bool(value))
        return Cell("error", error_text(value)) if kind == 5 else None
