"""An .xlsx file opened for editing as Excel edits it: cells that keep their identity wherever rows and columns move.

Only what a mutation touches is parsed; every other part is written back byte for byte. Inserting and deleting moves
what Excel moves: cells, merged areas, defined names, and formulas of the same sheet.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr, unescape

from workbook_engine.grid import address, column_letter, column_number, quote_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
Value = float | str | bool | None
Shift = dict[int, int]  # old number -> new number; a number that is absent is deleted

_SHEET = re.compile(r"<sheet\s[^>]*?/>")
_NAME = re.compile(r"<definedName\s([^>]*?)(?:/>|>(.*?)</definedName>)", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_MERGES = re.compile(rb"<mergeCells[^>]*>.*?</mergeCells>", re.DOTALL)
_COLUMNS = re.compile(rb"<cols>.*?</cols>", re.DOTALL)
_REFERENCE = re.compile(r"(?<![\w!.'])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![\w(])")
_ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")


class NotApplicableError(Exception):
    """The mutation has nothing to work on in this workbook."""


@dataclass(eq=False, slots=True)
class RawCell:
    """A cell: its value (None: blank, or a formula that was never calculated), its formula and its style.

    `runs` are the pieces of a text of which some are struck through.
    """

    value: Value = None
    formula: str | None = None
    style: str | None = None
    runs: tuple[tuple[str, bool], ...] = ()

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""

    @property
    def is_blank(self) -> bool:
        return self.value is None and self.formula is None


@dataclass(eq=False, slots=True)
class RawRow:
    """A row: its cells by column, and its attributes but for the number."""

    cells: dict[int, RawCell] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)

    def put(self, column: int, value: Value, formula: str | None = None) -> RawCell:
        """Type into a cell; it keeps its look."""
        cell = self.cells.setdefault(column, RawCell())
        cell.value, cell.formula, cell.runs = value, formula, ()
        return cell

    def text(self, column: int) -> str:
        return self.cells[column].text if column in self.cells else ""


class RawSheet:
    """A worksheet. `rows` is keyed by the row's number; a RawRow and a RawCell are the same wherever they go."""

    def __init__(self, name: str, state: str, part: str, data: bytes, strings: list[str]) -> None:
        self.name = name
        self.state = state
        self.part = part
        self._data = data
        self._strings = strings
        self._rows: dict[int, RawRow] | None = None
        self.merges: list[tuple[int, int, int, int]] = []  # first row, first column, last row, last column
        self.columns: dict[int, dict[str, str]] = {}
        self.dimension: str | None = None
        self.filter: tuple[int, int, int, int] | None = None  # the area of an autofilter

    @property
    def rows(self) -> dict[int, RawRow]:
        if self._rows is None:
            self._rows = _parsed(self._data, self._strings)
            self.merges = _merged(self._data)
            self.columns = _column_attributes(self._data)
        return self._rows

    def copy(self, name: str, part: str) -> RawSheet:
        twin = RawSheet(name, self.state, part, self._data, self._strings)
        if self._rows is not None:
            twin._rows = {
                n: RawRow({c: RawCell(x.value, x.formula, x.style) for c, x in row.cells.items()}, dict(row.attributes))
                for n, row in self._rows.items()
            }
            twin.merges, twin.columns = list(self.merges), dict(self.columns)
        return twin

    def row(self, number: int) -> RawRow:
        return self.rows.setdefault(number, RawRow())

    def says(self, words: str) -> bool:
        """Tell whether the words stand in a cell, or in the part's XML outside its rows."""
        return any(words == cell.value for _, _, cell in self.cells()) or words.encode() in self._data

    def find(self, row: RawRow) -> int | None:
        """Return the row's number, None where it is not on the sheet."""
        return next((number for number, each in (self._rows or {}).items() if each is row), None)

    def number_of(self, row: RawRow) -> int:
        number = self.find(row)
        if number is None:
            raise NotApplicableError
        return number

    def place_of(self, cell: RawCell) -> tuple[int, int] | None:
        """Return row and column of a cell, None where it is gone."""
        for number, row in self.rows.items():
            for column, each in row.cells.items():
                if each is cell:
                    return number, column
        return None

    def cells(self) -> Iterator[tuple[int, int, RawCell]]:
        for number in sorted(self.rows):
            for column, cell in sorted(self.rows[number].cells.items()):
                yield number, column, cell

    @property
    def last_row(self) -> int:
        return max((n for n, row in self.rows.items() if any(not c.is_blank for c in row.cells.values())), default=0)

    @property
    def last_column(self) -> int:
        return max((c for _, c, cell in self.cells() if not cell.is_blank), default=1)

    def edit(self, old: str, new: str) -> None:
        """Replace a piece of the part's XML outside its rows, by a pattern."""
        data = re.sub(old.encode(), lambda _: new.encode(), self._data, count=1)
        if data == self._data:
            raise NotApplicableError
        self._data = data

    # --- moving ---

    def move(self, rows: Shift | None = None, columns: Shift | None = None) -> None:
        """Give rows and columns new numbers; those that are not in the mapping are deleted."""
        old = self.rows
        to_row: Callable[[int], int | None] = rows.get if rows is not None else lambda n: n
        to_column: Callable[[int], int | None] = columns.get if columns is not None else lambda n: n
        self._rows = {new: row for n, row in old.items() if (new := to_row(n)) is not None}
        if columns is not None:
            for row in self._rows.values():
                row.cells = {new: cell for c, cell in row.cells.items() if (new := to_column(c)) is not None}
            self.columns = {new: a for c, a in self.columns.items() if (new := to_column(c)) is not None}
        self.merges = [area for each in self.merges if (area := _moved_area(each, to_row, to_column)) is not None]
        for _, _, cell in self.cells():
            if cell.formula and "!" not in cell.formula:
                cell.formula = moved_formula(cell.formula, to_row, to_column)

    def xml(self) -> bytes:
        """Return the worksheet part."""
        if self._rows is None:
            return self._data
        head, _, rest = self._data.partition(b"<sheetData")
        _, _, tail = rest.partition(b"</sheetData>") if b"</sheetData>" in rest else rest.partition(b"/>")
        rows = "".join([_row_xml(number, row) for number, row in sorted(self._rows.items())])
        columns = _columns_xml(self.columns).encode()
        head = _COLUMNS.sub(lambda _: columns, head)
        dimension = self.dimension or f"A1:{address(max(self.last_row, 1), self.last_column)}"
        head = re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{dimension}"'.encode(), head)
        tail = _MERGES.sub(b"", tail)
        if self.filter:
            r1, c1, r2, c2 = self.filter
            tail = _before_merges(tail, f'<autoFilter ref="{address(r1, c1)}:{address(r2, c2)}"/>'.encode())
        return head + f"<sheetData>{rows}</sheetData>".encode() + _merges_into(tail, self.merges)


class RawBook:
    """A workbook file."""

    def __init__(self, parts: dict[str, bytes], path: Path | None = None) -> None:
        self.path = path
        self.parts = dict(parts)
        self._workbook = parts["xl/workbook.xml"].decode()
        self._relations = parts["xl/_rels/workbook.xml.rels"].decode()
        strings = _strings(parts.get("xl/sharedStrings.xml"))
        targets = {a["Id"]: a["Target"] for a in map(_attributes, re.findall(r"<Relationship [^>]*>", self._relations))}
        self.sheets: list[RawSheet] = []
        for tag in _SHEET.findall(self._workbook):
            a = _attributes(tag)
            part = "xl/" + targets[a["r:id"]].removeprefix("/xl/")
            self.sheets.append(RawSheet(a["name"], a.get("state", "visible"), part, parts[part], strings))
        self.names = [(_attributes(a), unescape(text)) for a, text in _NAME.findall(self._workbook)]
        self.date1904 = False

    @classmethod
    def open(cls, path: Path) -> RawBook:
        return cls(_parts(path, path.stat().st_mtime_ns), path)

    def sheet(self, name: str) -> RawSheet:
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def place_of(self, cell: RawCell) -> tuple[str, int, int] | None:
        """Return sheet, row and column of a cell, None where it is gone."""
        for sheet in self.sheets:
            place = sheet.place_of(cell) if sheet._rows is not None else None
            if place:
                return (sheet.name, *place)
        return None

    def date_style(self) -> str:
        """Return the style of a cell that shows a date, which is added to the workbook."""
        return self._style(14)

    def number_style(self, code: str) -> str:
        """Return the style of a cell with a number format, which is added to the workbook."""
        styles = self.parts["xl/styles.xml"].decode()
        taken = [int(number) for number in re.findall(r'<numFmt numFmtId="(\d+)"', styles)]
        number = max([200, *taken]) + 1
        format_ = f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/></numFmts>'
        assert "</numFmts>" in styles
        styles = re.sub(r'<numFmts count="\d+"', f'<numFmts count="{len(taken) + 1}"', styles, count=1)
        self.parts["xl/styles.xml"] = styles.replace("</numFmts>", format_, 1).encode()
        return self._style(number)

    def struck_style(self) -> str:
        """Return the style of a cell that is struck through, which is added to the workbook."""
        styles = self.parts["xl/styles.xml"].decode()
        count = len(re.findall(r"<font[ />]", styles.partition("<fonts")[2].partition("</fonts>")[0]))
        styles = styles.replace("</fonts>", '<font><strike/><sz val="10"/><name val="Arial"/></font></fonts>', 1)
        self.parts["xl/styles.xml"] = re.sub(r'<fonts count="\d+"', f'<fonts count="{count + 1}"', styles).encode()
        return self._style(0, count)

    def _style(self, number_format: int, font: int = 0) -> str:
        styles = self.parts["xl/styles.xml"].decode()
        count = int(re.search(r'<cellXfs count="(\d+)"', styles)[1])  # type: ignore[index]
        styles = styles.replace(f'<cellXfs count="{count}"', f'<cellXfs count="{count + 1}"', 1)
        look = f'fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"'
        kind = f'<xf numFmtId="{number_format}" {look}/>'
        self.parts["xl/styles.xml"] = styles.replace("</cellXfs>", f"{kind}</cellXfs>", 1).encode()
        return str(count)

    # --- structure ---

    def move_rows(self, sheet: RawSheet, rows: Shift) -> None:
        sheet.move(rows=rows)
        self._move_names(sheet, rows.get, lambda n: n)

    def move_columns(self, sheet: RawSheet, columns: Shift) -> None:
        sheet.move(columns=columns)
        self._move_names(sheet, lambda n: n, columns.get)

    def insert_rows(self, sheet: RawSheet, at: int, count: int = 1) -> None:
        self.move_rows(sheet, _inserted(max(sheet.rows, default=1), at, count))

    def delete_rows(self, sheet: RawSheet, at: int, count: int = 1) -> None:
        self.move_rows(sheet, _deleted(max(sheet.rows, default=1), at, count))

    def insert_columns(self, sheet: RawSheet, at: int, count: int = 1) -> None:
        self.move_columns(sheet, _inserted(_widest(sheet), at, count))

    def delete_columns(self, sheet: RawSheet, at: int, count: int = 1) -> None:
        self.move_columns(sheet, _deleted(_widest(sheet), at, count))

    def rename(self, sheet: RawSheet, name: str) -> None:
        """Rename a sheet; names and formulas that mean it follow."""
        old, new = quote_sheet(sheet.name), quote_sheet(name)
        self.names = [(a, text.replace(f"{old}!", f"{new}!")) for a, text in self.names]
        for other in self.sheets:
            if other._rows is None:
                other._data = other._data.replace(f"{escape(old)}!".encode(), f"{escape(new)}!".encode())
                continue
            for _, _, cell in other.cells():
                if cell.formula:
                    cell.formula = cell.formula.replace(f"{old}!", f"{new}!")
        sheet.name = name

    def add_sheet(self, name: str, state: str = "visible") -> RawSheet:
        empty = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData></sheetData></worksheet>'
        sheet = RawSheet(name, state, self._new_part(), empty.encode(), [])
        self.sheets.append(sheet)
        return sheet

    def copy_sheet(self, sheet: RawSheet, name: str) -> RawSheet:
        """Copy a sheet as Excel does: its names stay with the original, drawings are left behind."""
        twin = sheet.copy(name, self._new_part())
        _ = twin.rows
        twin._data = re.sub(rb"<(?:drawing|legacyDrawing)\s[^>]*/>", b"", twin._data)
        self.sheets.insert(self.sheets.index(sheet) + 1, twin)
        return twin

    def remove_sheet(self, sheet: RawSheet) -> None:
        """Delete a sheet; names that point at it become #REF!."""
        self.sheets.remove(sheet)
        marker = f"{quote_sheet(sheet.name)}!"
        self.names = [(a, "#REF!" if marker in text else text) for a, text in self.names]

    def _new_part(self) -> str:
        taken = {sheet.part for sheet in self.sheets}
        return next(
            f"xl/worksheets/sheet{n}.xml" for n in range(100, 999) if f"xl/worksheets/sheet{n}.xml" not in taken
        )

    def _move_names(self, sheet: RawSheet, to_row: Callable, to_column: Callable) -> None:
        marker = f"{quote_sheet(sheet.name)}!"
        bare = f"{sheet.name}!"
        moved = []
        for attributes, text in self.names:
            prefix = marker if text.startswith(marker) else bare if text.startswith(bare) else None
            if prefix and text.count("!") == 1:
                moved.append((attributes, prefix + moved_formula(text.removeprefix(prefix), to_row, to_column)))
            else:
                moved.append((attributes, text))
        self.names = moved

    # --- saving ---

    def save(self, path: Path) -> Path:
        parts = dict(self.parts)
        relations, types = self._relations, parts["[Content_Types].xml"].decode()
        tags = []
        targets = {a["Target"].removeprefix("/xl/"): a["Id"]
                   for a in map(_attributes, re.findall(r"<Relationship [^>]*>", relations))}  # fmt: skip
        for number, sheet in enumerate(self.sheets, 1):
            parts[sheet.part] = sheet.xml()
            target = sheet.part.removeprefix("xl/")
            if target not in targets:
                targets[target] = f"rIdNew{number}"
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
                added = f'<Relationship Id="rIdNew{number}" Type="{kind}" Target="{target}"/></Relationships>'
                relations = relations.replace("</Relationships>", added)
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
                types = types.replace("</Types>", f'<Override PartName="/{sheet.part}" ContentType="{kind}"/></Types>')
            state = "" if sheet.state == "visible" else f' state="{sheet.state}"'
            attributes = f'name={quoteattr(sheet.name)} sheetId="{number}"{state} r:id="{targets[target]}"'
            tags.append(f"<sheet {_RELATIONS} {attributes}/>")
        workbook = re.sub(r"<sheets>.*</sheets>", lambda _: f"<sheets>{''.join(tags)}</sheets>", self._workbook)
        workbook = _with_names(workbook, self._saved_names())
        if self.date1904:
            workbook = re.sub(r' date1904="[^"]*"', "", workbook)
            workbook = re.sub(r"<workbookPr\b", '<workbookPr date1904="1"', workbook)
        parts["xl/workbook.xml"] = workbook.encode()
        parts["xl/_rels/workbook.xml.rels"] = relations.encode()
        parts["[Content_Types].xml"] = types.encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        return path

    def _saved_names(self) -> list[tuple[dict[str, str], str]]:
        # A name of one sheet counts sheets by position: where sheets were added or moved it is dropped.
        return [(a, text) for a, text in self.names if "localSheetId" not in a]


# --- reading parts ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _parts(path: Path, _: int) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def _attributes(tag: str) -> dict[str, str]:
    return {key: unescape(value, {"&quot;": '"'}) for key, value in _ATTRIBUTE.findall(tag)}


@lru_cache(maxsize=16)
def _strings(data: bytes | None) -> list[str]:
    if not data:
        return []
    items = ET.fromstring(data).iter(f"{{{MAIN}}}si")  # noqa: S314 - our own files
    return ["".join(t.text or "" for t in item.iter(f"{{{MAIN}}}t")) for item in items]


def _parsed(data: bytes, strings: list[str]) -> dict[int, RawRow]:
    root = ET.fromstring(data)  # noqa: S314 - our own files
    rows: dict[int, RawRow] = {}
    for element in root.iter(f"{{{MAIN}}}row"):
        attributes = {k: v for k, v in element.attrib.items() if k not in ("r", "spans") and not k.startswith("{")}
        row = rows[int(element.attrib["r"])] = RawRow({}, attributes)
        for cell in element:
            letters = cell.attrib["r"].rstrip("0123456789")
            row.cells[column_number(letters)] = _cell(cell, strings)
    return rows


def _cell(element: ET.Element, strings: list[str]) -> RawCell:
    kind = element.attrib.get("t", "n")
    formula = element.find(f"{{{MAIN}}}f")
    stored = element.find(f"{{{MAIN}}}v")
    raw = stored.text if stored is not None else None
    value: Value = None
    if kind == "inlineStr":
        value = "".join(t.text or "" for t in element.iter(f"{{{MAIN}}}t"))
    elif raw is not None:
        value = strings[int(raw)] if kind == "s" else raw if kind in ("str", "e") else float(raw)
        value = value == 1 if kind == "b" else value
    return RawCell(value, None if formula is None else formula.text or "", element.attrib.get("s"))


def _merged(data: bytes) -> list[tuple[int, int, int, int]]:
    areas = []
    for first, last in re.findall(rb'<mergeCell ref="([A-Z0-9]+):([A-Z0-9]+)"', data):
        (r1, c1), (r2, c2) = _split(first.decode()), _split(last.decode())
        areas.append((r1, c1, r2, c2))
    return areas


def _split(ref: str) -> tuple[int, int]:
    letters = ref.rstrip("0123456789")
    return int(ref[len(letters) :]), column_number(letters)


def _column_attributes(data: bytes) -> dict[int, dict[str, str]]:
    columns: dict[int, dict[str, str]] = {}
    for tag in re.findall(rb"<col\s[^>]*/>", data.partition(b"<sheetData")[0]):
        a = _attributes(tag.decode())
        first, last = int(a.pop("min")), int(a.pop("max"))
        for column in range(first, min(last, 60) + 1):
            columns[column] = dict(a)
    return columns


# --- writing parts ----------------------------------------------------------------------------------------------------


def _row_xml(number: int, row: RawRow) -> str:
    attributes = "".join([f' {key}="{value}"' for key, value in row.attributes.items()])  # numbers and flags
    cells = "".join([_cell_xml(address(number, column), row.cells[column]) for column in sorted(row.cells)])
    return f'<row r="{number}"{attributes}>{cells}</row>'


def _cell_xml(place: str, cell: RawCell) -> str:
    style = f' s="{cell.style}"' if cell.style else ""
    if cell.formula is not None:
        kind, value = _stored(cell.value)
        return f'<c r="{place}"{style}{kind}><f>{escape(cell.formula)}</f>{value}</c>'
    if cell.value is None:
        return f'<c r="{place}"{style}/>'
    if cell.runs:
        runs = "".join(_run_xml(text, is_struck=is_struck) for text, is_struck in cell.runs)
        return f'<c r="{place}"{style} t="inlineStr"><is>{runs}</is></c>'
    if isinstance(cell.value, str) and cell.value not in _ERRORS:
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(cell.value)}</t></is></c>'
    kind, value = _stored(cell.value)
    return f'<c r="{place}"{style}{kind}>{value}</c>'


def _run_xml(text: str, *, is_struck: bool) -> str:
    look = "<rPr><strike/></rPr>" if is_struck else ""
    return f'<r>{look}<t xml:space="preserve">{escape(text)}</t></r>'


def _stored(value: Value) -> tuple[str, str]:
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return ' t="b"', f"<v>{int(value)}</v>"
    if isinstance(value, str):
        return f' t="{"e" if value in _ERRORS else "str"}"', f"<v>{escape(value)}</v>"
    return "", f"<v>{value!r}</v>"


def _columns_xml(columns: dict[int, dict[str, str]]) -> str:
    if not columns:
        return ""
    tags = (
        f'<col min="{column}" max="{column}"' + "".join(f' {k}="{v}"' for k, v in sorted(a.items())) + "/>"
        for column, a in sorted(columns.items())
    )
    return f"<cols>{''.join(tags)}</cols>"


def _merges_into(tail: bytes, merges: list[tuple[int, int, int, int]]) -> bytes:
    """Put the merged areas where the schema wants them: after protection and filters, before what follows."""
    if not merges:
        return tail
    tags = "".join(f'<mergeCell ref="{address(r1, c1)}:{address(r2, c2)}"/>' for r1, c1, r2, c2 in merges)
    return _before_merges(tail, f'<mergeCells count="{len(merges)}">{tags}</mergeCells>'.encode())


def _before_merges(tail: bytes, block: bytes) -> bytes:
    """Put a block behind protection and filters, where the schema wants filters and merged areas."""
    found = re.match(
        rb"(?:<sheetCalcPr[^>]*/>|<sheetProtection[^>]*/>|<autoFilter.*?(?:/>|</autoFilter>)|<sortState.*?</sortState>)*",
        tail,
        re.DOTALL,
    )
    cut = found.end() if found else 0
    return tail[:cut] + block + tail[cut:]


def _with_names(workbook: str, names: list[tuple[dict[str, str], str]]) -> str:
    tags = "".join(
        "<definedName" + "".join(f" {k}={quoteattr(v)}" for k, v in a.items()) + f">{escape(text)}</definedName>"
        for a, text in names
    )
    block = f"<definedNames>{tags}</definedNames>" if tags else ""
    if "<definedNames>" in workbook:
        return re.sub(r"<definedNames>.*</definedNames>", lambda _: block, workbook, flags=re.DOTALL)
    return workbook.replace("</sheets>", f"</sheets>{block}")


# --- moving references ------------------------------------------------------------------------------------------------


def moved_formula(formula: str, to_row: Callable[[int], int | None], to_column: Callable[[int], int | None]) -> str:
    """Return a formula after rows and columns moved; a reference to what was deleted becomes #REF!."""

    def moved(found: re.Match[str]) -> str:
        column, row = to_column(column_number(found[2])), to_row(int(found[4]))
        if column is None or row is None:
            return "#REF!"
        return f"{found[1]}{column_letter(column)}{found[3]}{row}"

    parts = formula.split('"')
    parts[::2] = [_REFERENCE.sub(moved, part) for part in parts[::2]]
    return '"'.join(parts)


def _moved_area(
    area: tuple[int, int, int, int], to_row: Callable[[int], int | None], to_column: Callable[[int], int | None]
) -> tuple[int, int, int, int] | None:
    r1, c1, r2, c2 = area
    rows = [new for n in range(r1, r2 + 1) if (new := to_row(n)) is not None]
    columns = [new for n in range(c1, c2 + 1) if (new := to_column(n)) is not None]
    if not rows or not columns or (len(rows) == 1 and len(columns) == 1):
        return None
    return min(rows), min(columns), max(rows), max(columns)


def _inserted(last: int, at: int, count: int) -> Shift:
    return {n: n + count if n >= at else n for n in range(1, last + 2000)}


def _deleted(last: int, at: int, count: int) -> Shift:
    return {n: n - count if n >= at + count else n for n in range(1, last + 2000) if not at <= n < at + count}


def _widest(sheet: RawSheet) -> int:
    return max((column for row in sheet.rows.values() for column in row.cells), default=1)
