"""What reading a returned workbook found, as its results workbook carries it along on a hidden sheet.

Some of it nobody could find there again: a sheet that was not read and so did not come along, a comment, a number
format, a formula that had no value. Handed in again, the results workbook must not be taken for sound because of that.
A finding holds as long as its cell holds what it held; who mends the cell is rid of it. So does a note that this
program wrote on a cell of the company's sheets, as of a formula that could not come along.
"""

from __future__ import annotations

import functools
import json
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import MAX_ROW, Area
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.findings import FindingType
    from workbook_engine.grid import Book, Cell, Sheet

META_SHEET: Final = "_wbe"  # hidden: which template this is, as the instructions sheet of the template says it
MARK_FINDING: Final = "wbe:finding:"  # column A of a row of that sheet: a finding
MARK_SHEETS: Final = "wbe:sheets:"  # the same: the sheets of the returned workbook in their order
MARK_NOTE: Final = "wbe:note:"  # the same: a note on a cell
MARK_DIGESTS: Final = "wbe:digests:"  # the same: digests of cells that nobody can compute again, row by row
MARK_AROUND: Final = "wbe:around:"  # the same: what stands around the cells of the company's sheets
LONGEST: Final = 30_000  # characters of a mark; a cell holds 32,767
MOST: Final = 1_000  # findings, and notes, that are carried along
MOST_ROWS: Final = 500  # of a sheet whose cells have digests of their own; each row below them has one for all
SHORT: Final = 200  # characters of a text whose checksum is kept at hand
FORMULA: Final = "="  # before the digest of a formula
NOTE_KINDS: Final = frozenset({"formula", "cut"})
HELD: Final = 200  # characters by which a cell with a note is known again
# What is found as inputs are understood, of what does not come along: number formats, formulas without a value.
LEFT_BEHIND: Final = frozenset(
    {
        catalogue.NUMBER_FORMAT_SCALES,
        catalogue.NUMBER_FORMAT_HIDES,
        catalogue.FORMULA_NOT_CALCULATED,
        catalogue.CELL_ERROR,
    }
)

_UNSURE = pattern(r"['$\s]")  # of a formula: what programs write differently
_PAIR = '"%d":"%s"'
_ESCAPE = pattern(r"_x[0-9A-Fa-f]{4}_")  # how a workbook writes a character that XML cannot hold


class Note(NamedTuple):
    """A note of this program on a cell: that a "formula" did not come along, that a text was "cut" (to which detail).

    `content` is what the cell holds.
    """

    kind: str
    detail: str
    content: str


def held(cell: Cell | None) -> str:
    """Return what a cell holds, to know whether it was changed."""
    if cell is None or cell.kind == "uncached":
        return f"={cell.formula}" if cell is not None and cell.formula else ""
    return f"={cell.formula}" if cell.formula is not None else str(cell.value)


def marks(findings: Iterable[Finding], sheets: Iterable[str], contents: Mapping[CellRef, str]) -> Iterator[str]:
    """Yield the texts that carry findings along; `contents` are those of their cells as the results have them."""
    yield MARK_SHEETS + json.dumps(list(sheets), ensure_ascii=False)
    ordered = sorted(findings, key=lambda finding: (str(finding.where), finding.code))
    for finding in ordered[:MOST]:
        where = finding.where
        place = [where.sheet, where.row, where.column] if where else None
        params = {name: _plain(value) for name, value in finding.params.items()}
        text = json.dumps([finding.code, place, params, contents.get(where, "") if where else ""], ensure_ascii=False)
        if len(text) < LONGEST:
            yield MARK_FINDING + text


def note_marks(notes: Mapping[CellRef, Note]) -> Iterator[str]:
    """Yield the texts that carry notes along."""
    for where, note in list(notes.items())[:MOST]:
        place = [where.sheet, where.row, where.column]
        text = json.dumps([place, note.kind, note.detail, note.content[:HELD]], ensure_ascii=False)
        if len(text) < LONGEST:
            yield MARK_NOTE + text


class Around(NamedTuple):
    """What stands around the cells of the company's sheets.

    `names`: defined name -> what it refers to. `hidden`: sheet -> the numbers of its hidden rows with cells, and, below
    0, of its hidden columns. `merges`: sheet -> its merged areas.
    """

    names: Mapping[str, str]
    hidden: Mapping[str, frozenset[int]]
    merges: Mapping[str, tuple[Area, ...]]


def around_marks(around: Around) -> Iterator[str]:
    """Yield the texts that carry it along; what is too much for one is left out."""
    of_sheets = ([name, _spans(lines), around.merges[name]] for name, lines in around.hidden.items())
    for kept in (["", dict(around.names)], *of_sheets):
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        if len(text) < LONGEST:
            yield MARK_AROUND + text


def around_of(sheets: Mapping[str, Sheet], names: Mapping[str, str]) -> Around:
    """Return what stands around the cells of these sheets, by their names."""
    hidden = {name: hidden_of(sheet) for name, sheet in sheets.items()}
    return Around(names, hidden, {name: sheet.merges for name, sheet in sheets.items()})


def hidden_of(sheet: Sheet) -> frozenset[int]:
    """Return which rows with cells and which columns of a sheet are hidden, as `Around` has them."""
    rows = frozenset(row for row, _ in sheet.rows() if row in sheet.hidden_rows) if sheet.hidden_rows else frozenset()
    return rows | {-column for column in sheet.hidden_columns}


def carried_around(book: Book) -> Around | None:
    """Return it as a results workbook carries it along; None where somebody took it away."""
    names: dict[str, str] | None = None
    hidden: dict[str, frozenset[int]] = {}
    merges: dict[str, tuple[Area, ...]] = {}
    for text in _texts(book, MARK_AROUND):
        try:
            sheet, kept, *areas = json.loads(text)
            if sheet:
                hidden[str(sheet)] = _lines(kept)
                merges[str(sheet)] = tuple(Area(*map(int, area)) for area in areas[0])
            else:
                names = {str(name): str(target) for name, target in kept.items()}
        except (ValueError, TypeError, AttributeError, IndexError):
            continue  # somebody wrote into the hidden sheet
    return None if names is None else Around(names, hidden, merges)


def _spans(numbers: Iterable[int]) -> list[list[int]]:
    """Return the first and the last number of each span without a gap."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return spans


def _lines(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    lines = [range(int(first), int(last) + 1) for first, last in spans]
    if sum(map(len, lines)) > MAX_ROW:
        raise ValueError
    return frozenset(line for span in lines for line in span)


def carried_notes(book: Book) -> dict[CellRef, Note]:
    """Return the notes that a results workbook carries along and whose cells hold what they held."""
    notes: dict[CellRef, Note] = {}
    for text in _texts(book, MARK_NOTE):
        try:
            (sheet, row, column), kind, detail, content = json.loads(text)
            where, note = CellRef(str(sheet), int(row), int(column)), Note(str(kind), str(detail), str(content))
        except (ValueError, TypeError):
            continue  # somebody wrote into the hidden sheet
        if kind in NOTE_KINDS and held(_cell(where, book))[:HELD] == note.content:
            notes[where] = note
    return notes


def root(content: float | str) -> int:
    """Return the checksum of what every program keeps of a content.

    One change in four thousand million goes unseen. Whoever means to deceive can write checksums, too.
    """
    if not isinstance(content, str):
        return zlib.crc32(b"%.12g" % content)
    return _root_of_text(content) if len(content) <= SHORT else _root_of_text.__wrapped__(content)


@functools.lru_cache(maxsize=4096)  # most texts are the template's or ours, and the same in every workbook
def _root_of_text(text: str) -> int:
    if not text.isprintable() or "_x" in text:
        text = "".join(filter(str.isprintable, _ESCAPE.sub("", " ".join(text.split()))))
    return zlib.crc32(" ".join(text.split()).encode("utf-8", "replace"))


def digest(content: float | str, *, is_formula: bool = False) -> str:
    """Return a few digits that are another's where a cell holds something else, whichever program saved it."""
    if is_formula:
        return FORMULA + _digits(_UNSURE.sub("", str(content)).upper())
    return f"{root(content):08x}"


def cell_digest(cell: Cell | None) -> str:
    """Return the digest of what a cell holds: "" where that is nothing."""
    if cell is None or cell.formula is not None:
        return digest(cell.formula, is_formula=True) if cell is not None and cell.formula else ""
    return digest(cell.value) if isinstance(cell.value, float | int | str) and cell.value != "" else ""


def row_digest(cells: Mapping[int, str]) -> str:
    """Return the digest of a row, of those of its cells by column."""
    return _digits(" ".join(f"{column}{digits}" for column, digits in sorted(cells.items())))


def _digits(text: str) -> str:
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


class Digests:
    """Collects the digests of sheets, as the texts that carry them along."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._sheet = ""
        self._rows: list[str] = []
        self._count = self._length = 0
        self._most = MOST_ROWS

    def sheet(self, sheet: str, most: int = MOST_ROWS) -> None:
        """Begin a sheet: rows that follow are of it. So many of them keep digests of their cells."""
        self._close()
        self._sheet, self._count, self._most = sheet, 0, most

    def row(self, row: int, cells: Mapping[int, str]) -> None:
        """Add a row: column -> digest of each cell that holds something."""
        self._count += 1
        if self._count > self._most:
            text = f'"{row}":"{row_digest(cells)}"'
        else:
            text = f'"{row}":{{{",".join([_PAIR % pair for pair in cells.items()])}}}'
        if self._length + len(text) >= LONGEST:
            self._close()
        self._rows.append(text)
        self._length += len(text) + 1

    def marks(self) -> list[str]:
        """Return the texts that carry them along."""
        self._close()
        return self._texts

    def _close(self) -> None:
        if self._rows:
            name = json.dumps(self._sheet, ensure_ascii=False)
            self._texts.append(f"{MARK_DIGESTS}[{name},{{{','.join(self._rows)}}}]")
        self._rows, self._length = [], 0


SheetDigests = dict[tuple[int, int], str]
"""(row, column) -> digest of a cell; column 0: of all cells of a row that have none of their own."""


def carried_digests(book: Book) -> dict[str, SheetDigests]:
    """Return the digests that a results workbook carries along: sheet -> its own; none where somebody took them away.

    Of a computed sheet the key counts, of a sheet of the company its name as the program wrote it.
    """
    found: dict[str, SheetDigests] = {}
    for text in _texts(book, MARK_DIGESTS):
        try:
            name, rows = json.loads(text)
            for row, cells in rows.items():
                columns = cells if isinstance(cells, dict) else {0: cells}
                digests = {(int(row), int(column)): str(digits) for column, digits in columns.items()}
                found.setdefault(str(name), {}).update(digests)
        except (ValueError, TypeError, AttributeError):
            continue  # somebody wrote into the hidden sheet
    return found


def _texts(book: Book, mark: str) -> list[str]:
    """Return what stands behind a mark on the hidden sheet, wherever it stands there."""
    meta = next((sheet for sheet in book.sheets if sheet.name == META_SHEET), None)
    texts = [str(cells[1].value) for _, cells in meta.rows() if 1 in cells] if meta else []
    return [text.removeprefix(mark) for text in texts if text.startswith(mark)]


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    return value if isinstance(value, str | int | float) else str(value)


def carried(book: Book) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return the findings that a results workbook carries along and that still hold, and the order of the sheets.

    What cannot be read is passed over: somebody wrote into the hidden sheet.
    """
    found = [finding for text in _texts(book, MARK_FINDING) for finding in _finding(text, book)]
    return tuple(found), tuple(_names(next(iter(_texts(book, MARK_SHEETS)), "")))


def _finding(text: str, book: Book) -> Iterator[Finding]:
    try:
        code, place, params, content = json.loads(text)
        kind = _types()[code]
        where = CellRef(str(place[0]), *(None if at is None else int(at) for at in place[1:])) if place else None
        said = {name: Text(**value) if isinstance(value, dict) else value for name, value in params.items()}
        finding = Finding(kind, where, said)
        finding.message("zh")
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        return
    if _still_holds(where, str(content), book):
        yield finding


@functools.cache
def _types() -> Mapping[str, FindingType]:
    return {kind.code: kind for kind in catalogue.all_types()}


def _still_holds(where: CellRef | None, content: str, book: Book) -> bool:
    if where is None or where.column is None or where.sheet not in book.sheet_names:
        return True
    return held(_cell(where, book)) == content


def _cell(where: CellRef, book: Book) -> Cell | None:
    sheet = next((sheet for sheet in book.sheets if sheet.name == where.sheet), None)
    cells = next((cells for row, cells in sheet.rows() if row == where.row), {}) if sheet else {}
    return cells.get(where.column or 0)


def _names(text: str) -> list[str]:
    try:
        names = json.loads(text) if text else []
    except ValueError:
        return []
    return [str(name) for name in names] if isinstance(names, list) else []


def together(found: Iterable[Finding], from_before: Iterable[Finding]) -> list[Finding]:
    """Return the findings of a reading with those carried along that it did not make again."""
    before = list(from_before)
    codes = {finding.code for finding in before}
    again = [f for f in found if not (f.where and f.where.sheet == META_SHEET and f.code in codes)]
    known = {(finding.code, finding.where) for finding in again}
    return [*again, *(finding for finding in before if (finding.code, finding.where) not in known)]
