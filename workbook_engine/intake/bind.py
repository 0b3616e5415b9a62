"""Cells -> Submission: find the template's inputs again, wherever they went.

The ladder of recognition, from certain to less certain; each step down leaves a note:

    1. marks     column A (hidden) says which field, table or row this is; a table's key row says which column is which
    2. names     a defined name of the template still points at the cell, or at the key row that lost its mark; the
                 label beside it must not say something else
    3. labels    keys without mark and name; the sheet's title and the headings, as printed, as synonyms in either
                 language, in both, or slightly misspelt

Never a fixed address. What the company sees decides where it contradicts what it does not see: a heading that is not
the key's is an error, a given row's label counts and not its mark. Sheets that the engine computed itself (a results
workbook handed in again) are passed over. What stands on a sheet of ours and was read by nobody is reported, so
nothing that somebody typed is lost in silence.

The rungs are in `binding`: marks, headings, merges (merged areas), tables, sheet (forms and the order of rungs).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.intake.binding.marks import name_targets
from workbook_engine.intake.binding.outside import beside_findings, unread_findings
from workbook_engine.intake.binding.own_cells import own_cells, sentences_of_another
from workbook_engine.intake.binding.result import Rung
from workbook_engine.intake.binding.sheet import SheetReader
from workbook_engine.intake.circles import looks_at_itself, that_reach_a_circle
from workbook_engine.intake.looked_at import looked_at
from workbook_engine.matching import canonical
from workbook_engine.model import Submission
from workbook_engine.spec.carried import META_SHEET
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.index import spec_index
from workbook_engine.spec.schema import LIBRARY_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.grid import Book, Sheet
    from workbook_engine.intake.binding.result import Found, SheetResult
    from workbook_engine.intake.references import Place
    from workbook_engine.model import BoundTable, Entry
    from workbook_engine.spec.index import SpecIndex
    from workbook_engine.spec.schema import TemplateSpec
    from workbook_engine.texts import Language


_FEWEST_LABELS = 3  # of a form, where nothing else of the template is there
_TITLE_ROWS = 5  # in which the template's title is looked for
_OF_PROGRAMS = ("WpsReserved", "_xl", "xl_")  # hidden sheets that WPS and Excel add for themselves


def bind_inputs(book: Book, spec: TemplateSpec = COLLECTION) -> tuple[Submission | None, list[Finding]]:
    """Find the inputs of `spec` in `book`.

    Formulas among them that no program has calculated are worked out where that is certain. Returns None in place of a
    submission where nothing of the template was recognised, with a finding that says so.
    """
    if _is_library(book):
        return None, [Finding(catalogue.FACTOR_LIBRARY)]
    index = spec_index(spec)
    names = name_targets(book, index)
    found = _Collected(book, spec)
    for sheet in book.sheets:
        found.add(sheet, SheetReader(sheet, index, names, date1904=book.date1904).read(), index)
    fields = {key: each.entry for key, each in found.fields.items()}
    if not found.tables and not found.has_inputs:
        return None, [Finding(catalogue.NOT_OUR_TEMPLATE)]
    submission = Submission(
        language=_language(fields, found.input_sheets),
        template_version=_text(fields.get("template.version")),
        fields=fields,
        tables=found.tables,
        input_sheets=tuple(found.input_sheets),
        date1904=book.date1904,
        from_results=found.from_results,
    )
    submission, notes = _with_formulas_settled(book, submission)
    version = fields.get("template.version")
    said = [*found.findings, *_version_findings(version, spec)]
    beside = beside_findings(book, spec, is_known_version=_is_known(version, spec), from_results=found.from_results)
    return submission, [*said, *beside, *unread_findings(book), *notes]


def _is_library(book: Book) -> bool:
    """Tell whether the workbook is a factor library, by the mark near the top of its first sheet."""
    top = islice(book.sheets[0].rows(), _TITLE_ROWS) if book.sheets else ()
    return any(cell.value == LIBRARY_MARK for _, cells in top for cell in cells.values())


def _with_formulas_settled(book: Book, submission: Submission) -> tuple[Submission, list[Finding]]:
    """Mark formulas that look at themselves or at nothing, work out those that no program has calculated; say which.

    A large study's inputs are made anew whenever they are gone over: this does it once.
    """
    circular: set[Place] = set()
    # Programs save 0 for a circle of several cells and for empty ones, or nothing.
    unsettled: dict[Place, str] = {}
    settled: dict[Place, str] = {}
    is_calculated = True
    for place, cell in submission.formulas():
        is_calculated = is_calculated and cell.kind != "uncached"
        if looks_at_itself(cell.formula or "", place, book.names):
            circular.add(place)
        elif cell.kind == "uncached" or (cell.kind == "number" and not cell.value):
            unsettled[place] = cell.formula or ""
        elif cell.kind == "number":
            settled[place] = cell.formula or ""
    if unsettled:
        circular |= that_reach_a_circle(unsettled, book)
    seen = looked_at(unsettled, settled, book)
    submission = replace(submission, circular=frozenset(circular), of_nothing=seen.nothing - circular)
    notes = [
        Finding(catalogue.SUM_PASSES_OVER, CellRef(*place), {"cell": str(CellRef(*where)), "typed": text})
        for place, (where, text) in seen.passed_over.items()
    ]
    if is_calculated:
        return submission, notes
    from workbook_engine.intake.recalculate import recalculated  # noqa: PLC0415 - rare, and it starts a process

    submission, worked_out = recalculated(book, submission)
    return submission, [*notes, *worked_out]


class _Collected:
    """What the sheets gave so far. What an earlier sheet gave already is compared, never overwritten in silence."""

    def __init__(self, book: Book, spec: TemplateSpec) -> None:
        self._book = book
        self._spec = spec
        self.fields: dict[str, Found] = {}
        self.tables: dict[str, BoundTable] = {}
        self.input_sheets: list[str] = []
        self.findings: list[Finding] = []
        self.from_results = META_SHEET in book.sheet_names  # its computed sheets may have been deleted

    @property
    def has_inputs(self) -> bool:
        """Whether fields of the template were found: a label alone may stand in anybody's workbook."""
        inputs = [found for key, found in self.fields.items() if not key.startswith("template.")]
        return len(inputs) >= _FEWEST_LABELS or any(found.rung is not Rung.LABEL for found in inputs)

    def add(self, sheet: Sheet, result: SheetResult, index: SpecIndex) -> None:
        """Add what a sheet gave."""
        self.from_results = self.from_results or result.is_results
        self.findings += result.findings
        if result.is_results:
            return
        if result.is_aside:
            if not _is_known(self._version(), self._spec):
                others = sentences_of_another(sheet)
                result.unread[:] = [place for place in result.unread if place not in others]
            self.findings += result.unread_findings()
            return
        if result.is_empty:
            self.findings += _unknown_sheet(sheet, result, index, self._book)
            return
        for key, found in result.fields.items():
            self._field(key, found)
        for table in result.tables:
            self._table(table, CellRef(sheet.name, table.header_row, 1))
        if result.is_instructions:
            _pass_over_check(sheet, result, index, self._book)
        else:
            self.input_sheets.append(sheet.name)
            if not sheet.visible and any(table.records for table in result.tables):
                self.findings.append(Finding(catalogue.HIDDEN_SHEET, CellRef(sheet.name)))
        self.findings += result.unread_findings()

    def _version(self) -> Entry | None:
        found = self.fields.get("template.version")
        return found.entry if found else None

    def _field(self, key: str, found: Found) -> None:
        first = self.fields.get(key)
        if first is None or first.entry.cell is None:
            self.fields[key] = found
        elif found.entry.cell is not None and first.entry.cell.value != found.entry.cell.value:
            params = {"other": str(first.entry.where)}
            self.findings.append(Finding(catalogue.FIELD_TWICE, found.entry.where, params))

    def _table(self, table: BoundTable, where: CellRef) -> None:
        earlier = self.tables.setdefault(table.key, table)
        if earlier is table or not table.records:
            return
        params = {"other": earlier.sheet}
        if not earlier.records:
            self.tables[table.key] = table
        elif len(earlier.records) == len(table.records) and all(
            first.cells == second.cells for first, second in zip(earlier.records, table.records, strict=True)
        ):
            self.findings.append(Finding(catalogue.SHEET_COPIED, where, params))
        else:
            self.findings.append(Finding(catalogue.TABLE_TWICE, where, params))


def _pass_over_check(sheet: Sheet, result: SheetResult, index: SpecIndex, book: Book) -> None:
    """Leave out the live check of the first sheet, but for what somebody typed over it or beside it."""
    own = own_cells(sheet, index, book.sheets)
    result.unread[:] = [place for place in result.unread if place not in own]


def _unknown_sheet(sheet: Sheet, result: SheetResult, index: SpecIndex, book: Book) -> list[Finding]:
    """Say that nothing of a sheet was read: an error where it has the name of one of the template's own.

    Of a sheet of the company's own every cell counts, headings that the template has as well (1月) among them.
    """
    is_ours = any(
        cell.value in index.spec_titles for _, cells in islice(sheet.rows(), _TITLE_ROWS) for cell in cells.values()
    )
    if is_ours:
        _pass_over_check(sheet, result, index, book)  # the instructions, their marks gone
    count = len(result.unread) + result.lost_cells
    if not count or sheet.name.startswith(_OF_PROGRAMS):
        return []
    own = index.sheets.find(sheet.name)
    if own is not None and own.step == "exact":
        return [Finding(catalogue.OWN_SHEET_NOT_READ, CellRef(sheet.name), {"title": sheet.name, "count": count})]
    if not is_ours:
        count = sum(not cell.is_blank for _, cells in sheet.rows() for cell in cells.values())
    kind = catalogue.SHEET_NOT_READ if sheet.visible else catalogue.HIDDEN_SHEET_NOT_READ
    return [Finding(kind, CellRef(sheet.name), {"count": count})]


def _is_known(version: Entry | None, spec: TemplateSpec) -> bool:
    """Tell whether the template is of this version or of an older one: it is where nothing says that it is newer."""
    text = _text(version)
    return text is None or _numbers(text) <= _numbers(spec.version)


def _version_findings(version: Entry | None, spec: TemplateSpec) -> list[Finding]:
    """Say that the template is of another version than this program's."""
    text = _text(version)
    if version is None or text is None or canonical(text) == canonical(spec.version):
        return []
    own, theirs = _numbers(spec.version), _numbers(text)
    kind = catalogue.TEMPLATE_NEWER if theirs > own else catalogue.TEMPLATE_OLDER
    return [Finding(kind, version.where, {"version": text, "own": spec.version})]


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.strip().lstrip("vV").split(".")
    return tuple(int(part) if part.isascii() and part.isdecimal() and len(part) < 6 else 0 for part in parts)


def _text(entry: Entry | None) -> str | None:
    if entry is None or entry.cell is None or entry.cell.value is None:
        return None
    value = entry.cell.value
    return f"{value:g}" if isinstance(value, float) and value % 1 else str(value)


def _language(fields: Mapping[str, Entry], input_sheets: list[str]) -> Language:
    """Return the template's language: as it says itself, else as its sheets are titled."""
    stated = _text(fields.get("template.language"))
    if stated in ("zh", "en"):
        return "en" if stated == "en" else "zh"
    ascii_titles = sum(title.isascii() for title in input_sheets)
    return "en" if ascii_titles * 2 > len(input_sheets) else "zh"
