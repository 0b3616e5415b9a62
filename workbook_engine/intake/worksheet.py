"""One worksheet part, read in one pass: value, formula, cached or not, error and date of each cell together.

What a sheet declares about itself (its dimension, counts, spans) is not believed; where a cell has no address it
stands after the one before. Merges, hidden state and what openpyxl would lose are gathered on the way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import MAX_COLUMN, MAX_ROW, Area, Cell, address, column_letter, column_number
from workbook_engine.intake.beside import MARGINS, MESSAGES, BesideTexts
from workbook_engine.intake.colours import ILLEGIBLE, WHITE
from workbook_engine.intake.conditions import said_in_formula
from workbook_engine.intake.drawings import is_of_program
from workbook_engine.intake.formats import DATE
from workbook_engine.intake.formulas import LOST, Formulas, area_of, remarks_in
from workbook_engine.intake.letters import LETTERS
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.looks import LookReader
from workbook_engine.intake.markup import attribute, is_struck, is_true, local_name, parsed, refuse_endless
from workbook_engine.intake.own_colours import OwnColours
from workbook_engine.intake.raised import shift_of, shifted
from workbook_engine.intake.reported import LISTED, Reported
from workbook_engine.intake.strings import CompactStrings
from workbook_engine.intake.struck import StruckPieces, partly_unseen, struck_out, text_muted, unseen
from workbook_engine.intake.styles import hides
from workbook_engine.intake.values import SHOWN, shown, unescaped, why_invalid
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.raised import Shift
    from workbook_engine.intake.values import Values

_OF_NOTHING = {"containsErrors", "containsBlanks"}  # conditional formats that hide no entry
_SCALES = {"dataBar", "iconSet", "colorScale"}  # whose formulas are ends of a scale
_ADDRESS = pattern(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_NEAR = 256  # columns whose letters are at hand; most sheets have no more
_LETTERS = ("", *map(column_letter, range(1, _NEAR + 1)))
_NO_ROW = "\0"  # in the place of a row number beyond the grid: no address ends in it
# A picture that WPS put into a cell, as WPS keeps it and as Excel saves it.
_PICTURE = pattern(r'(?:_xlfn\.)*DISPIMG\("([^"]*)",.*\)', re.DOTALL)
_NOTHING = Cell("text", "")
_new = tuple.__new__  # a cell with its formula, three times as fast as `_replace`

_OF_RULES = frozenset({"conditionalFormatting", "dxf", "f", "sqref"})  # the last three in those extensions
_OF_LISTS = frozenset({"formula1", "f"})  # what a validation allows; the latter in the extensions of Excel 2010
# Elements of a worksheet that openpyxl does not write again, and the word for them.
_LOST = {"sparklineGroups": "sparklines", "ext": "extensions", "drawing": "drawings", "controls": "controls"}


class SheetScan:
    """The pass over one worksheet part. The attributes are complete when `rows` is exhausted."""

    def __init__(self, name: str, part: str, values: Values) -> None:
        self.name = name
        self.part = part
        self.values = values
        self.limits: Limits = values.limits
        self.has_data = False  # whether there is a sheetData: every worksheet has one, an empty one too
        self.stored = 0  # cells with content in the XML, whether they could be delivered or not
        self.skipped = 0  # of these, outside of the grid
        self.merges: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.lost: set[str] = set()
        self.beside = BesideTexts(name, values.count)
        self.links: list[tuple[str, str]] = []  # relationship and area of those that lead somewhere else
        self.reported = Reported(name)
        self._list_area: str | None = None  # where the list is shown whose validation is being read
        self._hiding = {""}  # areas in which conditional formats hide what stands there
        self._rule_area = ""  # of the conditional format that is being read
        self._rule = ""  # the type of its rule
        self._own_colours = OwnColours[str]()
        self._looks = LookReader()
        self._is_in_rules = False
        self._hides_next = False  # of rules whose area comes after them: whether one hides what stands in a cell
        self._said_next: list[str] = []  # and what their conditions say
        self._formulas = Formulas()
        self._outside = {
            "conditionalFormatting": self._enter_rules,
            "cfRule": self._keep_rule,
            "dataBar": self._keep_bar,
            "iconSet": self._keep_bar,
            "mergeCell": self._merge,
            "col": self._hide_columns,
            "dataValidation": self._keep_messages,
            "hyperlink": self._keep_link,
            "scenario": self._keep_scenario,
            "protectedRange": self._keep_range,
            **self._looks.starts,
        }

    def rows(self, chunks: Iterable[bytes]) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Yield the rows with content as the part gives them."""
        ready: list[tuple[int, dict[int, Cell]]] = []
        text: list[str] = []
        for _ in parsed(self.part, chunks, *self._handlers(text, ready), text.append):
            refuse_endless(text, self.limits)
            yield from ready
            ready.clear()

    # These two run four times for each cell of every workbook. Local variables of one scope, and calls only where a
    # cell is out of the ordinary, halve the time; so they are longer and less divided than the rest.
    def _handlers(  # noqa: C901, PLR0915
        self, text: list[str], ready: list[tuple[int, dict[int, Cell]]]
    ) -> tuple[Callable[[str, Attributes], None], Callable[[str], None]]:
        local: dict[str, str] = {}
        formulas, number_of, shared_of = self._formulas, self.values.number, self.values.shared
        can_be_struck = bool(self.values.struck_formats or self.values.struck_texts or self.values.unseen_formats)
        can_be_struck = can_be_struck or bool(self.values.pale_texts or self.values.guides)
        noted = self._noted_formats()  # of which the template has one
        max_depth = self.limits.xml_depth
        depth = number = column = stored = 0
        row_text = ""
        inside = phonetic = hidden = False
        cells: dict[int, Cell] = {}
        cell_attributes: Attributes = {}
        formula_attributes: Attributes | None = None
        formula = ""
        raw: str | None = None
        pieces: list[str] = []  # of an inline text
        strikes = StruckPieces()
        shift: Shift | None = None  # of the run that is being read: raised or lowered
        most_pieces = self.limits.cell_characters

        def start(name: str, attributes: Attributes) -> None:  # noqa: C901, PLR0912 - one branch for each element
            nonlocal depth, inside, phonetic, hidden, cell_attributes, formula_attributes, raw, cells, number
            nonlocal row_text, column, can_be_struck, shift
            depth += 1
            if depth > max_depth:
                raise exceeded(self.limits, "xml_depth", self.name)
            try:
                tag = local[name]
            except KeyError:
                tag = local[name] = local_name(name)
            if tag == "c":
                cell_attributes, raw, formula_attributes = attributes, None, None
            elif tag == "v":
                text.clear()
            elif not inside:
                inside = tag == "sheetData"
                text.clear()
                self.has_data = self.has_data or inside
                self._note_outside(tag, attributes)
            elif tag == "f":
                text.clear()
                formula_attributes = attributes
            elif tag == "row":
                cells, column, number = {}, 0, number + 1
                row_text = str(number)
                if attributes.get("r") != row_text or number > MAX_ROW:
                    number = _row_number(attributes.get("r"), number)
                    row_text = str(number) if number <= MAX_ROW else _NO_ROW
                if formulas.arrays:
                    formulas.forget_arrays_above(number)
                hidden = ("hidden" in attributes and is_true(attributes["hidden"])) or attributes.get("ht") == "0"
            elif tag == "t":
                text.clear()
            elif tag == "is":
                pieces.clear()
                strikes.coloured.clear()
            elif tag == "rPh":
                phonetic = True
            elif tag == "strike":
                strikes.is_on = is_struck(attributes)
                can_be_struck = can_be_struck or strikes.is_on
            elif tag in LETTERS and strikes.colour != ILLEGIBLE:
                strikes.colour = LETTERS[tag](attributes) or strikes.colour
                can_be_struck = can_be_struck or strikes.colour is not None
            elif tag == "vertAlign":
                shift = shift_of(attributes)

        def end(name: str) -> None:  # noqa: C901, PLR0912, PLR0915 - one branch for each element
            nonlocal depth, inside, phonetic, formula, cell_attributes, formula_attributes, raw, column, stored, cells
            nonlocal shift
            depth -= 1
            tag = local[name]
            if tag == "c":
                address = cell_attributes.get("r")
                if column < _NEAR and address == _LETTERS[column + 1] + row_text:
                    column += 1
                else:
                    column = _column(address, row_text, column)
                if raw is None and formula_attributes is None:
                    return  # a format without content: most cells of a template
                kind = cell_attributes.get("t", "n")
                if formula_attributes is not None:
                    place = (number, column) if column else _place(address or "")
                    cell = self._computed((kind, raw, cell_attributes.get("s")), (formula, formula_attributes), place)
                elif not raw or not inside:
                    return
                elif kind == "n":
                    cell = number_of(raw, cell_attributes.get("s"))
                elif kind == "s":
                    cell = shared_of(raw)
                elif kind == "e" and "vm" in cell_attributes and self.values.has_pictures_in_cells:
                    self._keep_picture(raw, (number, column))
                    return
                else:
                    cell = self.values.of(kind, raw)
                if not cell[1] and is_blank(cell):
                    return
                stored += 1
                if column and (can_be_struck or cell_attributes.get("s") in noted):
                    self._note_struck(cell, (kind, raw or "", cell_attributes.get("s")), strikes, (number, column))
                if column and column not in cells and cell[0] != "invalid":
                    cells[column] = cell
                else:
                    self._keep_odd(cell, kind, address or f"?{number}", (number, column), cells, ready)
            elif tag == "v":
                raw = "".join(text)
            elif not inside:
                if tag in MARGINS:
                    self.beside.add("margin", unescaped("".join(text)))
                elif tag in _OF_LISTS and self._list_area is not None:
                    self._keep_choices("".join(text))
                elif tag == "formula" and self._rule_area:
                    self._keep_condition("".join(text))
                elif tag in _OF_RULES:
                    self._end_rules(tag, "".join(text))
                return
            elif tag == "f":
                formula = "".join(text)
            elif tag == "t":
                if not phonetic and len(pieces) <= most_pieces:  # more are too long for a cell whatever follows
                    pieces.extend([shifted(pieces, "".join(text), shift)] if shift else text)
                    strikes.add(text)
            elif tag == "r":
                strikes.end_run()
                shift = None
            elif tag == "row":
                if cells:
                    formulas.give_to_members(number, cells)
                    if hidden:
                        self.hidden_rows.add(number)
                    ready.append((number, _in_order(cells)))
                    cells = {}
                cell_attributes, raw, formula_attributes, column = {}, None, None, 0
            elif tag == "is":
                raw = "".join(pieces)
            elif tag == "rPh":
                phonetic = False
            elif tag == "sheetData":
                inside = False
                self.stored = stored

        return start, end

    def _keep_odd(
        self,
        cell: Cell,
        kind: str,
        address: str,
        place: tuple[int, int],
        cells: dict[int, Cell],
        ready: list[tuple[int, dict[int, Cell]]],
    ) -> None:
        """Keep or report a cell that is invalid, comes twice, or whose address is not of the row it stands in."""
        row, column = place if place[1] else _place(address)
        if not 0 < column <= MAX_COLUMN or row > MAX_ROW:
            self._report_beyond(address, cell)
            return
        if cell.kind == "invalid":
            self._report_invalid(kind, cell, row, column)
        if not place[1]:
            ready.append((row, {column: cell}))
        elif column in cells:
            self.report_twice(row, column, cells[column], cell)
        else:
            cells[column] = cell

    def _computed(
        self, stored: tuple[str, str | None, str | None], written: tuple[str, Attributes], place: tuple[int, int]
    ) -> Cell:
        """Return the cell of a formula; `stored` is type, raw value and format, `written` the `<f>`.

        An empty `<v>` is an empty text where the type is text, and no value yet otherwise.
        """
        kind, raw, style = stored
        formula = self._formulas.of(*written, *place)
        self.values.count(len(formula or ""))
        if formula and "DISPIMG" in formula and (picture := _PICTURE.fullmatch(formula)):
            self._keep_picture(picture[1], place)
            return _NOTHING
        for remark in remarks_in(formula or ""):
            self.beside.add("formula", remark, address(*place) if place[1] else "")
        if raw is None or (not raw and kind not in {"str", "inlineStr"}):
            meaning = self.values.format_of(style)
            return Cell("uncached", None, formula, "" if meaning == DATE else meaning)
        if formula is LOST:
            self.reported.add(Finding(catalogue.CELL_FORMULA_LOST, CellRef(self.name, *place)))
            formula = None
        cell = self.values.number(raw, style) if kind == "n" else self.values.of(kind, raw)
        return _new(Cell, (cell[0], cell[1], formula, cell[3]))

    def _keep_picture(self, name: str, place: tuple[int, int]) -> None:
        """Keep a picture that fills a cell: its name, or an error for programs that cannot show it, stands there."""
        area = address(*place) if place[1] else ""
        self.beside.add("picture", f"{name} {area}", area)

    def _report_beyond(self, address: str, cell: Cell) -> None:
        self.skipped += 1
        params = {"address": address[:SHOWN], "raw": shown(cell)}
        self.reported.add(Finding(catalogue.CELL_BEYOND_GRID, CellRef(self.name), params))

    def _report_invalid(self, kind: str, cell: Cell, row: int, column: int) -> None:
        params = {"raw": shown(cell), "reason": why_invalid(kind, cell, self.limits)}
        self.reported.add(Finding(catalogue.CELL_INVALID, CellRef(self.name, row, column), params))

    def _noted_formats(self) -> frozenset[str]:
        """Return the formats of cells that are looked at: they show no text, or have the colour of a rule's letters."""
        formats = self.values.cell_formats
        return self.values.formats_without_text.union(formats.alike if formats else ())

    def _note_struck(
        self, cell: Cell, stored: tuple[str, str, str | None], inline: StruckPieces, place: tuple[int, int]
    ) -> None:
        """Report a cell that is struck through or not seen; `stored` is type, raw value and format."""
        kind, raw, style = stored
        formats = self.values.cell_formats
        if formats and (looks := formats.alike.get(style or "0")):
            self._own_colours.add(*place, looks)
        is_whole = inline.is_whole(raw)
        if kind == "s":
            is_whole = self.values.struck_texts.get(raw)
        if style in self.values.struck_formats:
            is_whole = True
        is_unseen = style in self.values.unseen_formats
        if kind == "s" and raw in self.values.guides:
            self.beside.add("guide", self.values.guides[raw], address(*place))
        pieces = self.values.pale_texts.get(raw, ()) if kind == "s" else inline.coloured if kind == "inlineStr" else ()
        hidden = "".join(self._hidden(pieces, style)) if pieces else ""
        is_muted = cell.kind == "text" and style in self.values.formats_without_text
        if is_whole is not None or is_unseen or is_muted or hidden.strip():
            texts = self.values.strings
            typed = cell.value
            if cell.kind == "text" and isinstance(typed, int) and isinstance(texts, CompactStrings):
                typed = texts.cell(typed).value
            where = CellRef(self.name, *place)
            if is_whole is not None:
                self.reported.add(struck_out(where, typed, is_whole=is_whole))
            elif hidden.strip() and not is_unseen:
                self.reported.add(partly_unseen(where, typed, hidden))
            else:
                self.reported.add(unseen(where, typed) if is_unseen else text_muted(where, typed))

    def _hidden(self, pieces: Iterable[tuple[Colour, str]], style: str | None) -> Iterator[str]:
        """Yield the pieces of a text that have the colour of a cell of that format."""
        formats = self.values.cell_formats
        fill = formats.fills.get(style or "0", WHITE if not formats.fills else None) if formats else None
        if formats and fill:
            yield from (text for colour, text in pieces if formats.palette.is_alike(colour, fill))

    def report_twice(self, row: int, column: int, kept: Cell, dropped: Cell) -> None:
        """Report an address that the part holds twice."""
        self.skipped += 1
        params = {"kept": shown(kept), "dropped": shown(dropped)}
        self.reported.add(Finding(catalogue.CELL_TWICE, CellRef(self.name, row, column), params))

    def _note_outside(self, tag: str, attributes: Attributes) -> None:
        if handler := self._outside.get(tag):
            handler(attributes)
        elif tag in _LOST:
            self.lost.add(_LOST[tag])

    def _keep_messages(self, attributes: Attributes) -> None:
        self._list_area = attributes.get("sqref", "") if attributes.get("type") == "list" else None
        for word in MESSAGES:
            if word in attributes:
                self.beside.add("prompt", unescaped(attributes[word]), attributes.get("sqref", ""))

    def _keep_choices(self, formula: str) -> None:
        """Keep the words of a list that stand in its validation: "甲,乙"."""
        if len(formula) > 1 and formula[0] == formula[-1] == '"':
            words = unescaped(formula[1:-1].replace('""', '"')).split(",")
            self.beside.add("choices", "\n".join(word.strip() for word in words), self._list_area or "")
        self._list_area = None

    def _enter_rules(self, attributes: Attributes) -> None:
        self._rule_area, self._is_in_rules = attributes.get("sqref", ""), True

    def _keep_rule(self, attributes: Attributes) -> None:
        self.beside.add("condition", unescaped(attributes.get("text", "")), self._rule_area)
        formats = self.values.cell_formats
        look = attributes.get("dxfId", "")
        hides = formats and (look in formats.hiding or self._own_colours.are_in(self._rule_area, look))
        self._rule = attributes.get("type", "")
        if hides and self._rule not in _OF_NOTHING:
            self._report_hiding()

    def _end_rules(self, tag: str, text: str) -> None:
        """Leave a part of a conditional format. In the extensions of Excel 2010 its area comes last."""
        formats = self.values.cell_formats
        if tag == "dxf":
            look = self._looks.end()
            is_hiding = look is not None and formats is not None and hides(look, formats.palette)
            self._hides_next = self._hides_next or (is_hiding and self._rule not in _OF_NOTHING)
        elif tag == "f" and self._is_in_rules and self._rule not in _SCALES:
            self._said_next += said_in_formula(text)
        elif tag == "sqref" and self._is_in_rules:
            self._rule_area = text
            for said in self._said_next:
                self.beside.add("condition", said, text)
            if self._hides_next:
                self._report_hiding()
        elif tag == "conditionalFormatting":
            self._rule_area, self._is_in_rules, self._hides_next = "", False, False
            self._said_next.clear()

    def _keep_bar(self, attributes: Attributes) -> None:
        """Keep a bar or an icon that stands in the place of the number."""
        if not is_true(attributes.get("showValue", "1")):
            self._report_hiding()

    def _report_hiding(self) -> None:
        if self._rule_area not in self._hiding and len(self._hiding) < LISTED:
            self._hiding.add(self._rule_area)
            params = {"area": self._rule_area}
            self.reported.add(Finding(catalogue.RULE_HIDES, CellRef(self.name), params))

    def _keep_condition(self, formula: str) -> None:
        """Keep the words in the formula of a conditional format, or the number that it is."""
        for said in said_in_formula(formula):
            self.beside.add("condition", said, self._rule_area)

    def _keep_link(self, attributes: Attributes) -> None:
        area = attributes.get("ref", "")
        self.beside.add("link", unescaped(attributes.get("tooltip", "")), area)
        if relation := attribute(attributes, "id"):
            self.links.append((relation, area))

    def _keep_scenario(self, attributes: Attributes) -> None:
        said = (attributes.get(word, "") for word in ("name", "comment"))
        self.beside.add("scenario", unescaped(": ".join(text for text in said if text)))

    def _keep_range(self, attributes: Attributes) -> None:
        if not is_of_program(name := attributes.get("name", "")):
            self.beside.add("name", unescaped(name), attributes.get("sqref", ""))

    def _merge(self, attributes: Attributes) -> None:
        if len(self.merges) >= self.limits.merges:
            raise exceeded(self.limits, "merges", self.name)
        if area := area_of(attributes.get("ref", "")):
            self.merges.append(area)

    def _hide_columns(self, attributes: Attributes) -> None:
        is_hidden = is_true(attributes.get("hidden")) or attributes.get("width") == "0"
        if is_hidden and len(self.hidden_columns) < MAX_COLUMN:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal() and max(len(first), len(last)) <= 5:
                self.hidden_columns.update(range(max(1, int(first)), min(MAX_COLUMN, int(last)) + 1))


def _row_number(declared: str | None, following: int) -> int:
    """Return a row's number; one that states none, or nonsense, follows the row before it."""
    if declared is None or not (declared.isascii() and declared.isdecimal()) or not declared.strip("0"):
        return following
    return int(declared) if len(declared) <= 9 else MAX_ROW + 1


def _column(address: str | None, row_text: str, last: int) -> int:
    """Return the column of a cell that does not follow the one before it; 0 where the address is not of this row."""
    if address is None:
        return last + 1 if last < MAX_COLUMN and row_text != _NO_ROW else 0
    match = _ADDRESS.fullmatch(address)
    if not match or match[2] != row_text:
        return 0
    column = column_number(match[1].upper())
    return column if column <= MAX_COLUMN else 0


def _place(address: str) -> tuple[int, int]:
    """Return row and column of an address; (0, 0) for nonsense."""
    match = _ADDRESS.fullmatch(address)
    return (int(match[2]), column_number(match[1].upper())) if match else (0, 0)


def _in_order(cells: dict[int, Cell]) -> dict[int, Cell]:
    """Return a row's cells by column; every known program writes them so already."""
    columns = sorted(cells)
    return cells if columns == list(cells) else {column: cells[column] for column in columns}


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell has nothing in it: an empty shared string, an `<f>` without text and value."""
    return cell.formula is None and cell.value in (None, "")
