"""An OOXML package (.xlsx, .xlsm) -> Book: workbook part, styles, shared strings, then each worksheet in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeVar

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import Beside, Book, quote_sheet
from workbook_engine.intake.beside import add_targets, beside_cells, described_connections, linked_workbooks
from workbook_engine.intake.drawings import pictures_in_cells
from workbook_engine.intake.empty_cells import without_empty_cells
from workbook_engine.intake.limits import Refused, exceeded
from workbook_engine.intake.markup import NotWellFormed, attribute, is_true, walk, without_forbidden
from workbook_engine.intake.names import is_constant
from workbook_engine.intake.package import in_chunks
from workbook_engine.intake.parts import unread_parts
from workbook_engine.intake.properties import read_properties
from workbook_engine.intake.store import RowStore
from workbook_engine.intake.strings import CompactStrings, Looks, read_strings
from workbook_engine.intake.styles import cell_formats
from workbook_engine.intake.values import Values, unescaped
from workbook_engine.intake.worksheet import SheetScan
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.grid import Cell, Sheet
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package
    from workbook_engine.intake.styles import CellFormats

T = TypeVar("T")

_COLOURS = 4_096  # of pieces of text, of which it is kept whether a cell may hide them
_OWN_VIEW = pattern(r"- (?:个人视图|Personal View)$|^$")  # which Excel makes for everybody who opens a shared workbook

NO_TABLE = {
    "chartsheet": Text("图表页", "a chart sheet"),
    "dialogsheet": Text("对话框页", "a dialog sheet"),
    "xlMacrosheet": Text("宏表", "a macro sheet"),
    "xlIntlMacrosheet": Text("宏表", "a macro sheet"),
}

# Folders and parts that openpyxl does not write again, and the word for them.
_LOST_PARTS = {
    "xl/media/": "images",
    "xl/charts/": "charts",
    "xl/vbaproject": "vba",
    "xl/ctrlprops/": "controls",
    "xl/activex/": "controls",
    "xl/slicers/": "slicers",
    "xl/timelines/": "timelines",
    "xl/threadedcomments/": "threaded-comments",
    "xl/richdata/": "rich-data",
    "xl/querytables/": "query-tables",
    "xl/cellimages": "images",  # pictures that WPS puts into cells
}


@dataclass(slots=True)
class _Listing:
    """What workbook.xml says: sheets in order, names, date system."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)  # name, visible, relationship
    names: dict[str, str] = field(default_factory=dict)
    date1904: bool = False
    beside: list[Beside] = field(default_factory=list)  # of names: what they hold that is no reference


def read_xlsx(
    package: Package,
    workbook: str,
    kind: str,
    known: Callable[[str, str], Sheet | None] = lambda _part, _name: None,
) -> tuple[Book, list[Finding]]:
    """Return the book whose workbook part is `workbook`, and the findings on its sheets and cells.

    What `known(part, name)` returns stands in the place of a sheet, whose part is not read then.

    Names: a name of the whole workbook is its own key; a name of one sheet is `'Sheet'!name`, quoted as in a formula.
    """
    listing = _listing(package, workbook)
    related = package.relationships(workbook)
    parts = dict(related.values())
    formats = cell_formats(package, parts.get("styles"), parts.get("theme"))
    strings, looks = _strings(package, parts.get("sharedStrings"), formats)
    values = Values(strings, formats.meanings, date1904=listing.date1904, limits=package.limits)
    values.struck_formats, values.struck_texts, values.unseen_formats = formats.struck, looks.struck, formats.unseen
    values.pale_texts, values.guides, values.cell_formats = looks.pale, looks.guides, formats
    pictures = list(pictures_in_cells(package))
    values.has_pictures_in_cells = bool(pictures)
    values.formats_without_text = formats.without_text
    reading = _Reading(package, values, known)
    sheets = tuple(reading.sheets(listing, related))
    if not sheets:
        raise Refused(Finding(catalogue.FILE_WITHOUT_SHEETS))
    lost = tuple(sorted({*reading.lost, *_lost_parts(package)}))
    program, properties = read_properties(package)
    if any(each.place == "picture" and each.area for each in reading.beside):
        pictures = []  # which are these
    linked = (*linked_workbooks(package, related.values()), *described_connections(package, related.values()))
    beside = (*reading.beside, *listing.beside, *properties, *(Beside("picture", name) for name in pictures), *linked)
    unread, others = unread_parts(package, parts_of_sheets(listing.sheets, related))
    beside = (*beside, *others)
    book = Book(sheets, listing.names, listing.date1904, kind, program, lost, beside, tuple(unread))
    return book, reading.findings


def parts_of_sheets(listed: list[tuple[str, bool, str]], related: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Return part -> name of the sheets that a workbook lists."""
    return {related[relation][1]: name for name, _, relation in listed if relation in related}


def _listing(package: Package, part: str) -> _Listing:
    found = _Listing()
    scope: str | None = None
    name, is_hidden = "", False

    def on_sheet(attributes: Attributes) -> None:
        if len(found.sheets) >= package.limits.sheets:
            raise exceeded(package.limits, "sheets")
        visible = attributes.get("state", "visible") == "visible"
        found.sheets.append((unescaped(attributes.get("name", "")), visible, attribute(attributes, "id") or ""))

    def on_properties(attributes: Attributes) -> None:
        found.date1904 = is_true(attributes.get("date1904"))

    def on_name(attributes: Attributes) -> None:
        nonlocal scope, name, is_hidden
        scope, name = attributes.get("localSheetId"), attributes.get("name", "")
        is_hidden = is_true(attributes.get("hidden"))
        if comment := attributes.get("comment"):
            found.beside.append(Beside("name", f"{name}: {comment}"))

    def on_name_end(text: str) -> None:
        if len(found.names) >= package.limits.names:
            raise exceeded(package.limits, "names")
        found.names.setdefault(_name_key(found, scope, name), text)
        if not is_hidden and is_constant(name, text):
            found.beside.append(Beside("name", f"{name} = {text}"))

    starts: dict[str, Callable[[Attributes], None]] = {
        "customWorkbookView": partial(_keep_view, found.beside),
        "sheet": on_sheet,
        "workbookPr": on_properties,
        "definedName": on_name,
    }
    walk(part, package.stream(part), package.limits, starts, {"definedName": on_name_end})
    return found


def _keep_view(beside: list[Beside], attributes: Attributes) -> None:
    view = attributes.get("name", "")
    if not _OWN_VIEW.search(view):
        beside.append(Beside("name", unescaped(view)))


def _name_key(listing: _Listing, scope: str | None, name: str) -> str:
    if scope is None or not scope.isdecimal() or int(scope[:9]) >= len(listing.sheets):
        return name
    return f"{quote_sheet(listing.sheets[int(scope)][0])}!{name}"


def _strings(package: Package, part: str | None, formats: CellFormats) -> tuple[list[Cell] | CompactStrings, Looks]:
    """Return the shared strings; a workbook of numbers or inline texts has none."""
    if part is None:
        return [], Looks()

    def read(chunks: Iterable[bytes]) -> tuple[list[Cell] | CompactStrings, Looks]:
        return read_strings(part, chunks, package.limits, Looks(lru_cache(_COLOURS)(formats.is_alike_a_fill)))

    return _despite_forbidden(package, part, read)


def _despite_forbidden(package: Package, part: str, read: Callable[[Iterable[bytes]], T]) -> T:
    """Read a part without its empty cells. Where it is not XML, read it again whole, forbidden characters escaped.

    If that was not the fault, the second error names the place as it stands in the file.
    """
    try:
        return read(without_empty_cells(package.stream(part)))
    except NotWellFormed:
        return read(in_chunks(without_forbidden(package.read(part))))


class _Reading:
    """Reads the worksheets of one workbook and keeps what concerns them all."""

    def __init__(self, package: Package, values: Values, known: Callable[[str, str], Sheet | None]) -> None:
        self._package = package
        self._known = known
        self._values = values
        self._strings = values.strings if isinstance(values.strings, CompactStrings) else None
        self._cells = 0
        self.findings: list[Finding] = []
        self.lost: set[str] = set()
        self.beside: list[Beside] = []

    def sheets(self, listing: _Listing, related: dict[str, tuple[str, str]]) -> Iterator[Sheet]:
        """Yield the sheets that are tables and whose part is there; the others are reported."""
        for name, visible, relation in listing.sheets:
            kind, part = related.get(relation, ("", ""))
            if kind in NO_TABLE:
                self.findings.append(Finding(catalogue.SHEET_SKIPPED, CellRef(name), {"found": NO_TABLE[kind]}))
            elif part not in self._package:
                self.findings.append(Finding(catalogue.SHEET_UNREADABLE, CellRef(name)))
            else:
                yield self._known(part, name) or self._sheet(name, part, visible=visible)

    def _sheet(self, name: str, part: str, *, visible: bool) -> Sheet:
        scan, store = _despite_forbidden(self._package, part, lambda chunks: self._scanned(name, part, chunks))
        if not scan.has_data:
            scan.reported.add(Finding(catalogue.SHEET_UNREADABLE, CellRef(name)))
        hidden = (frozenset(scan.hidden_rows), frozenset(scan.hidden_columns))
        sheet = store.sheet(name, self._strings, tuple(scan.merges), hidden, visible=visible)
        self._cells += store.count
        if store.count + scan.skipped != scan.stored:
            params = {"stored": scan.stored, "delivered": store.count}
            scan.reported.add(Finding(catalogue.CELLS_LOST, CellRef(name), params))
        self.findings += (*scan.reported.findings(), *beside_cells(self._package, part, scan.beside))
        add_targets(self._package, part, scan.links, scan.beside)
        self.lost |= scan.lost
        self.beside += scan.beside.all()
        return sheet

    def _scanned(self, name: str, part: str, chunks: Iterable[bytes]) -> tuple[SheetScan, RowStore]:
        scan = SheetScan(name, part, self._values)
        store = RowStore(scan.report_twice)
        for number, cells in scan.rows(chunks):
            store.add(number, cells)
            if self._cells + store.count > self._package.limits.cells:
                raise exceeded(self._package.limits, "cells")
        return scan, store


def _lost_parts(package: Package) -> Iterator[str]:
    for name in package.names:
        for beginning, word in _LOST_PARTS.items():
            if name.startswith(beginning):
                yield word
