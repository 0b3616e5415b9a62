"""An OpenDocument spreadsheet (.ods) -> Book, in one pass over content.xml.

Read by ourselves for the same reason as .xlsx: the libraries at hand give neither formulas nor error values, and one
aborts the process on a lying repeat count. A run of equal cells or rows stands once with a count: a run without
content is never expanded, one with content counts against the limits before it is.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import MAX_COLUMN, MAX_ROW, PERCENT, Area, Beside, Book, Cell, Sheet, Unread, address
from workbook_engine.intake.beside import BesideTexts, not_read
from workbook_engine.intake.drawings import is_of_program
from workbook_engine.intake.limits import Refused, exceeded
from workbook_engine.intake.markup import LocalNames, attribute, parsed, walk
from workbook_engine.intake.names import is_constant, is_name_of_program
from workbook_engine.intake.ods_beside import MESSAGES, VALIDATION, Messages, of_objects, read_margins, read_meta
from workbook_engine.intake.ods_formulas import excel_formula, excel_reference, within_sheet
from workbook_engine.intake.ods_rules import Rules
from workbook_engine.intake.ods_styles import read_styles
from workbook_engine.intake.other_parts import unread_of_ods
from workbook_engine.intake.parts import REVISIONS
from workbook_engine.intake.raised import shifted
from workbook_engine.intake.reported import Reported
from workbook_engine.intake.store import RowStore
from workbook_engine.intake.struck import partly_unseen, struck_out, text_muted, unseen
from workbook_engine.intake.values import Values, serial_of, shown, why_invalid
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import COMMENT_AUTHOR

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.beside import Place
    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.ods_styles import Styles
    from workbook_engine.intake.package import Package
    from workbook_engine.intake.raised import Shift

_NOTE_PIECES = 1_000  # of the text of one comment; a message shows its beginning
_CELLS = {"table-cell", "covered-table-cell"}
_DESCRIPTIONS = ("title", "desc")  # of a picture or shape
_CONTROLS = ("checkbox", "radio", "button", "fixed-text")
_SHOWN_FOR_OBJECTS = "ObjectReplacements/"  # pictures of charts
_DURATION = pattern(r"-?P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?")
_TRUTHS = ("TRUE()", "FALSE()")
_ERROR = pattern(r"#[A-Z/0!?]+|Err:\d+|#.+[!?]")


def read_ods(package: Package) -> tuple[Book, list[Finding]]:
    """Return the book of an OpenDocument spreadsheet. Dates are given in the 1900 system, whatever its null date."""
    _refuse_encrypted(package)
    scan = _ContentScan(package.limits, read_styles(package), read_margins(package))
    scan.run(package)
    if not scan.sheets:
        raise Refused(Finding(catalogue.FILE_WITHOUT_SHEETS))
    program, properties = read_meta(package)
    objects = of_objects(package, scan.objects)
    shown = [each.text for each in scan.beside if each.place == "picture"]
    others = list(unread_of_ods(package, shown, [folder for _, folder in scan.objects]))
    pictures = (each for each in others if isinstance(each, Beside))
    unread = tuple(each for each in (*scan.unread, *others) if isinstance(each, Unread))
    beside = (*scan.beside, *objects, *scan.messages.all(), *properties, *pictures)
    book = Book(tuple(scan.sheets), scan.names, format="ods", application=program, beside=beside, unread=unread)
    return book, scan.findings


def _refuse_encrypted(package: Package) -> None:
    part = "META-INF/manifest.xml"

    def on_encryption(_: Attributes) -> None:
        raise Refused(Finding(catalogue.FILE_LOCKED))

    if part in package:
        walk(part, package.stream(part), package.limits, {"encryption-data": on_encryption}, {})


class _ContentScan:
    """The pass over content.xml."""

    def __init__(self, limits: Limits, styles: Styles, margins: dict[str, list[str]]) -> None:
        self.limits = limits
        self.styles = styles
        self._margins = margins
        self.beside: list[Beside] = []  # of pages, names, pictures and controls
        self.objects: list[tuple[str, str]] = []  # sheet and folder of each chart, or other document in this one
        self.unread: list[Unread] = []
        self.messages = BesideTexts("", self._count_text)
        self._messages = Messages(self.messages)
        self._meanings: dict[str, str] = {}  # style of a cell -> what it makes of a number
        self.sheets: list[Sheet] = []
        self.names: dict[str, str] = {}
        self.findings: list[Finding] = []
        self._values = Values([], (), date1904=False, limits=limits)
        self._cells = 0
        self._text_size = 0
        self._depth = 0
        self._in_table = False
        self._rules = Rules(styles, self._keep_beside)
        self._start_sheet({})
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "table": self._on_table,
            "named-range": self._on_name,
            "named-expression": self._on_expression,
            "database-range": self._on_table_name,
            **{tag: partial(self._messages.start, tag) for tag in (*MESSAGES, VALIDATION)},
            "table-column": self._on_column,
            "table-row": self._on_row,
            "table-cell": self._on_cell,
            "covered-table-cell": self._on_cell,
            "p": self._on_paragraph,
            "span": self._on_span,
            "a": self._on_link,
            "scenario": self._on_scenario,
            "tracked-changes": lambda _: self.unread.append(Unread(REVISIONS)),
            **self._rules.starts,
            "s": self._on_spaces,
            "line-break": lambda _: self._text.append("\n"),
            "tab": lambda _: self._text.append("\t"),
            "annotation": self._on_annotation,
            "creator": lambda _: self._note.clear(),
            "image": self._on_picture,
            "object-ole": self._on_picture,
            "object": self._on_object,
            **dict.fromkeys(_DESCRIPTIONS, lambda _: self._note.clear()),
            **dict.fromkeys(_CONTROLS, self._on_control),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table": self._end_table,
            "table-row": self._end_row,
            "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell,
            "p": self._end_paragraph,
            "span": self._end_span,
            "annotation": self._end_annotation,
            "creator": self._end_creator,
            "date": self._forget_note,
            "date-string": self._forget_note,
            "text-box": self._end_text_box,
            "custom-shape": self._end_text_box,
            **dict.fromkeys(_DESCRIPTIONS, self._end_description),
            **{tag: partial(self._messages.end, tag) for tag in MESSAGES},
        }

    def run(self, package: Package) -> None:
        """Read the part."""
        part, local = "content.xml", LocalNames()

        def start(name: str, attributes: Attributes) -> None:
            self._depth += 1
            if self._depth > self.limits.xml_depth:
                raise exceeded(self.limits, "xml_depth")
            if handler := self._starts.get(local[name]):
                handler(attributes)

        def end(name: str) -> None:
            if handler := self._ends.get(local[name]):
                handler()
            self._depth -= 1

        for _ in parsed(part, package.stream(part), start, end, self._on_text):
            pass

    # --- sheets, columns, names

    def _on_table(self, attributes: Attributes) -> None:
        if self._in_table:  # a table within a cell: LibreOffice writes none, and it is no sheet
            return
        if len(self.sheets) >= self.limits.sheets:
            raise exceeded(self.limits, "sheets")
        self._in_table = True
        self._table_depth = self._depth
        self._start_sheet(attributes)
        page = self.styles.pages.get(attribute(attributes, "style-name") or "", "")
        self.beside += (Beside("margin", text, self._name) for text in self._margins.get(page, ()))

    def _start_sheet(self, attributes: Attributes) -> None:
        self._name = attribute(attributes, "name") or ""
        self._visible = attribute(attributes, "style-name") not in self.styles.hidden_tables
        self._store = RowStore(lambda *_: None)
        self._merges: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row = self._row_repeats = self._column = self._next_column = 0
        self._next_row = 1
        self._row_cells: dict[int, Cell] = {}
        self._cell_attributes: Attributes | None = None
        self._cell_depth = 0
        self._paragraphs: list[str] = []
        # Pieces of text before a span, whether it is struck through, how it is raised or lowered, its colour.
        self._spans: list[tuple[int, bool, Shift | None, Colour | None]] = []
        self._struck: list[str] = []  # of the cell's text, what is struck through
        self._coloured: list[tuple[Colour, str]] = []  # and what has a colour of its own
        self._text: list[str] = []
        self._in_paragraph = False
        self._note: list[str] = []  # text that is not the cell's own: of a comment, or of a shape
        self._by_program = False
        self._beside: list[tuple[tuple[int, int] | None, str]] = []
        self._reported = Reported(self._name)
        self._rules.start_sheet(self._name, self._reported)
        self._stored = self._skipped = 0  # cells with content in the part; of these, reported or empty
        self._column_styles: list[tuple[int, str]] = []  # last column, style of its cells
        self._row_style = ""

    def _end_table(self) -> None:
        if not self._in_table or self._depth != self._table_depth:
            return
        self._in_table = False
        if self._store.count + self._skipped != self._stored:
            params = {"stored": self._stored, "delivered": self._store.count}
            self._reported.add(Finding(catalogue.CELLS_LOST, CellRef(self._name), params))
        self.findings += [*self._reported.findings(), *not_read(self._name, self._beside)]
        hidden = (frozenset(self._hidden_rows), frozenset(self._hidden_columns))
        self.sheets.append(self._store.sheet(self._name, None, tuple(self._merges), hidden, visible=self._visible))

    def _on_name(self, attributes: Attributes) -> None:
        if len(self.names) >= self.limits.names:
            raise exceeded(self.limits, "names")
        reference = attribute(attributes, "cell-range-address") or ""
        self.names.setdefault(attribute(attributes, "name") or "", excel_reference(reference))

    def _on_expression(self, attributes: Attributes) -> None:
        name = attribute(attributes, "name") or ""
        formula = (attribute(attributes, "expression") or "").removeprefix("of:").removeprefix("=")
        if is_constant(name, formula) and len(self.beside) < self.limits.names:
            self.beside.append(Beside("name", f"{name} = {formula}"))

    def _on_table_name(self, attributes: Attributes) -> None:
        """Keep the name of an area that is filtered or formatted as a table; those without one get one, too."""
        name, target = attribute(attributes, "name") or "", attribute(attributes, "target-range-address") or ""
        if name.strip() and not is_name_of_program(name) and len(self.beside) < self.limits.names:
            sheet = target.partition(":")[0].rpartition(".")[0].strip("$'")
            self.beside.append(Beside("label", name, sheet, within_sheet(target)))

    def _on_column(self, attributes: Attributes) -> None:
        first, count = self._next_column + 1, _repeats(attributes, "number-columns-repeated", MAX_COLUMN)
        self._next_column += count
        if first <= MAX_COLUMN:
            self._column_styles.append((self._next_column, attribute(attributes, "default-cell-style-name") or ""))
        if attribute(attributes, "visibility") in {"collapse", "filter"}:
            self._hidden_columns.update(range(first, min(MAX_COLUMN, first + count - 1) + 1))

    # --- rows

    def _on_row(self, attributes: Attributes) -> None:
        self._row = self._next_row
        if self._row > MAX_ROW:  # below the grid: whatever it holds is reported
            self._row_repeats, self._row_cells, self._column = 1, {}, 0
            return
        self._row_repeats = _repeats(attributes, "number-rows-repeated", MAX_ROW)
        self._next_row += self._row_repeats
        self._row_hidden = attribute(attributes, "visibility") in {"collapse", "filter"}
        self._row_style = attribute(attributes, "default-cell-style-name") or ""
        self._row_cells = {}
        self._column = 0

    def _end_row(self) -> None:
        if not self._row_cells:
            return
        self._cells += len(self._row_cells) * self._row_repeats
        if self._cells > self.limits.cells:
            raise exceeded(self.limits, "cells")
        for number in range(self._row, self._row + self._row_repeats):
            if number > MAX_ROW:
                self._report_beyond(number)
                self._skipped += len(self._row_cells) * (self._row + self._row_repeats - number)
                return
            self._store.add(number, dict(self._row_cells))
            if self._row_hidden:
                self._hidden_rows.add(number)

    def _report_beyond(self, row: int) -> None:
        params = {"address": f"{self._column}:{row}", "raw": ", ".join(map(shown, self._row_cells.values()))[:60]}
        self._reported.add(Finding(catalogue.CELL_BEYOND_GRID, CellRef(self._name), params))

    # --- cells

    def _on_cell(self, attributes: Attributes) -> None:
        if self._cell_attributes is None:
            self._cell_attributes, self._cell_depth = attributes, self._depth
            self._paragraphs, self._struck, self._coloured = [], [], []
            if _has_content(attributes):
                self._stored += _repeats(attributes, "number-columns-repeated", MAX_COLUMN) * self._row_repeats
        elif _has_content(attributes):  # a cell within a cell, which no spreadsheet shows
            self._stored += 1

    def _on_paragraph(self, _: Attributes) -> None:
        """Begin a paragraph of the cell itself; those of its comment or of a shape on it lie deeper."""
        self._in_paragraph = self._cell_attributes is not None and self._depth == self._cell_depth + 1
        self._text.clear()
        self._spans.clear()

    def _on_spaces(self, attributes: Attributes) -> None:
        self._text.append(" " * _repeats(attributes, "c", self.limits.cell_characters))

    def _on_text(self, text: str) -> None:
        if self._in_paragraph:
            self._text.append(text)
            self._count_text(len(text))
        elif not self._in_table:
            self._messages.add(text)
        elif len(self._note) < _NOTE_PIECES:
            self._note.append(text)

    def _count_text(self, characters: int) -> None:
        self._text_size += characters
        if self._text_size > self.limits.text_characters:
            raise exceeded(self.limits, "text_characters")

    def _end_paragraph(self) -> None:
        if self._in_paragraph and self._depth == self._cell_depth + 1:
            self._paragraphs.append("".join(self._text))
            self._in_paragraph = False
        elif not self._in_table:
            self._messages.end("p")

    def _on_span(self, attributes: Attributes) -> None:
        if self._in_paragraph and (self.styles.struck or self.styles.shifts or self.styles.colours):
            style = attribute(attributes, "style-name") or ""
            looks = self.styles.is_struck(style), self.styles.shifts.get(style), self.styles.letters(style)
            self._spans.append((len(self._text), *looks))

    def _on_link(self, attributes: Attributes) -> None:
        target = attribute(attributes, "href") or ""
        if self._in_table and not target.startswith("#"):
            self._keep_beside("target", unquote(target), address(self._row, self._column + 1))

    def _on_scenario(self, attributes: Attributes) -> None:
        self._keep_beside("scenario", attribute(attributes, "comment") or "")

    def _keep_beside(self, place: Place, text: str, area: str = "") -> None:
        if text.strip():
            self._count_text(len(text))
            self.beside.append(Beside(place, text, self._name, area))

    def _end_span(self) -> None:
        if self._in_paragraph and self._spans:
            start, is_struck, shift, colour = self._spans.pop()
            if shift:
                self._text[start:] = [shifted(self._text[:start], "".join(self._text[start:]), shift)]
            if is_struck:
                self._struck += self._text[start:]
            if colour is not None:
                self._coloured.append((colour, "".join(self._text[start:])))

    # --- comments and shapes

    def _on_annotation(self, _: Attributes) -> None:
        self._note.clear()
        self._by_program = False

    def _end_creator(self) -> None:
        self._by_program = "".join(self._note).strip() == COMMENT_AUTHOR
        self._note.clear()

    def _end_annotation(self) -> None:
        if not self._by_program:
            self._keep_note((self._row, self._column + 1))
        self._note.clear()

    def _end_text_box(self) -> None:
        self._keep_note(None)

    def _on_picture(self, attributes: Attributes) -> None:
        name = attribute(attributes, "href") or ""
        if self._in_table and not name.removeprefix("./").startswith(_SHOWN_FOR_OBJECTS):
            self.beside.append(Beside("picture", name.rpartition("/")[2], self._name))

    def _on_object(self, attributes: Attributes) -> None:
        if self._in_table:
            self.objects.append((self._name, (attribute(attributes, "href") or "").removeprefix("./")))

    def _on_control(self, attributes: Attributes) -> None:
        label = attribute(attributes, "label") or ""
        self._count_text(len(label))
        if self._in_table and label.strip() and not is_of_program(label):
            self.beside.append(Beside("drawing", label, self._name))

    def _end_description(self) -> None:
        text = " ".join("".join(self._note).split())
        self._note.clear()
        if self._in_table and text and not is_of_program(text):
            self.beside.append(Beside("drawing", text, self._name))

    def _forget_note(self) -> None:
        self._note.clear()

    def _keep_note(self, place: tuple[int, int] | None) -> None:
        text = "".join(self._note).strip()
        self._note.clear()
        if text and self._in_table:
            self._beside.append((place, text))

    def _end_cell(self) -> None:
        attributes = self._cell_attributes
        if attributes is None or self._depth != self._cell_depth:
            return
        self._cell_attributes = None
        first = self._column + 1
        count = _repeats(attributes, "number-columns-repeated", MAX_COLUMN)
        self._column += count
        self._note_merge(attributes, first)
        cell = self._cell(attributes, first)
        if cell is None:
            self._skipped += count * self._row_repeats * _has_content(attributes)
            return
        self._report_look(attributes, cell, first)
        if first + count - 1 > MAX_COLUMN:
            self._skipped += count * self._row_repeats
            self._row_cells[first] = cell
            self._report_beyond(self._row)
            del self._row_cells[first]
            return
        if cell.kind == "invalid":
            params = {"raw": shown(cell), "reason": why_invalid("n", cell, self.limits)}
            self._reported.add(Finding(catalogue.CELL_INVALID, CellRef(self._name, self._row, first), params))
        self._row_cells |= dict.fromkeys(range(first, first + count), cell)

    def _note_merge(self, attributes: Attributes, column: int) -> None:
        across = _repeats(attributes, "number-columns-spanned", MAX_COLUMN)
        down = _repeats(attributes, "number-rows-spanned", MAX_ROW)
        if across * down > 1:
            if len(self._merges) >= self.limits.merges:
                raise exceeded(self.limits, "merges", self._name)
            last_row, last_column = min(MAX_ROW, self._row + down - 1), min(MAX_COLUMN, column + across - 1)
            self._merges.append(Area(self._row, column, last_row, last_column))

    def _style_of(self, attributes: Attributes, column: int) -> str:
        """Return the style of a cell: its own, else that of its row, else of its column."""
        own = attribute(attributes, "style-name") or self._row_style
        if own or not self._column_styles:
            return own
        index = bisect_left(self._column_styles, (column, ""))
        return self._column_styles[index][1] if index < len(self._column_styles) else ""

    def _report_look(self, attributes: Attributes, cell: Cell, column: int) -> None:
        """Report a cell whose text cannot be seen, or is struck through."""
        where = CellRef(self._name, self._row, column)
        if self.styles.colours and self.styles.is_unseen(self._style_of(attributes, column)):
            self._reported.add(unseen(where, cell.value))
        elif self.styles.mute and cell.kind == "text" and self.styles.hides_text(self._style_of(attributes, column)):
            self._reported.add(text_muted(where, cell.value))
        elif self._coloured and not self._struck and (hidden := self._hidden(attributes, column)).strip():
            self._reported.add(partly_unseen(where, cell.value, hidden))
        if not self.styles.struck:
            return
        is_whole = self.styles.is_struck(self._style_of(attributes, column))
        if not is_whole and self._struck:
            is_whole = "".join(self._struck).split() == "".join(self._paragraphs).split()
        elif not is_whole:
            return
        if cell.kind != "invalid":
            self._reported.add(struck_out(where, cell.value, is_whole=is_whole))

    def _hidden(self, attributes: Attributes, column: int) -> str:
        """Return what of the cell's text has the colour of the cell."""
        style = self._style_of(attributes, column)
        return "".join(piece for colour, piece in self._coloured if self.styles.are_alike(colour, style))

    def _cell(self, attributes: Attributes, column: int) -> Cell | None:
        text = "\n".join(self._paragraphs)
        formula = attribute(attributes, "formula")
        if formula is not None:
            formula = excel_formula(formula)
            self._values.count(len(formula))
            if formula in _TRUTHS:  # what LibreOffice makes of a truth in a cell with a number format: the number 1
                return Cell("bool", formula == _TRUTHS[0], formula)
        value = self._value(attributes, text, computed=formula is not None)
        if value is not None and value.kind == "number" and not value.format:
            value = value._replace(format=self._meaning(self._style_of(attributes, column)))
        if value is None:
            return None if formula is None else Cell("uncached", None, formula)
        return value._replace(formula=formula)

    def _meaning(self, style: str) -> str:
        if style not in self._meanings:
            self._meanings[style] = self.styles.meaning(style)
        return self._meanings[style]

    def _value(self, attributes: Attributes, text: str, *, computed: bool) -> Cell | None:
        """Return the value. An error is a text or a 0 to OpenDocument; LibreOffice marks it, others only show it."""
        kinds = [value for name, value in attributes.items() if name.rpartition(":")[2] == "value-type"]
        if "error" in kinds or (computed and _ERROR.fullmatch(text)):
            return Cell("error", text)
        kind = kinds[0] if kinds else ""
        if kind in {"float", "percentage", "currency"}:
            cell = self._values.number(attribute(attributes, "value") or "", None)
            return cell._replace(format=PERCENT) if kind == "percentage" else cell
        if kind == "date":
            return self._values.of("d", attribute(attributes, "date-value") or "")
        if kind == "time":
            return _time(attribute(attributes, "time-value") or "")
        if kind == "boolean":
            return self._values.of("b", attribute(attributes, "boolean-value") or "")
        shown_text = attribute(attributes, "string-value") or text
        return self._values.text(shown_text) if shown_text or (computed and kind) else None


def _has_content(attributes: Attributes) -> bool:
    """Tell whether a cell states a value or a formula."""
    return any(name.rpartition(":")[2] in {"value-type", "formula"} for name in attributes)


def _repeats(attributes: Attributes, name: str, most: int) -> int:
    """Return a count, 1 where none is stated, at most one more than fits."""
    stated = attribute(attributes, name) or "1"
    if not (stated.isascii() and stated.isdecimal()):
        return 1
    return min(int(stated[:9]), most + 1)


def _time(iso: str) -> Cell:
    """Return a duration as days: a time of day where it is below one, as a spreadsheet shows it."""
    match = _DURATION.fullmatch(iso)
    if not match or not any(match.groups()):
        serial = serial_of(iso)
        return Cell("invalid", iso) if serial is None else Cell("date", serial)
    days, hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in match.groups())
    value = (days + (hours + (minutes + seconds / 60) / 60) / 24) * (-1 if iso.startswith("-") else 1)
    return Cell("date" if 0 <= value < 1 else "number", value)
