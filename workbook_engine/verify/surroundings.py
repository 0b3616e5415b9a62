"""What stands in a workbook around the contents of its cells, and is seen or decides what is seen.

How figures are shown, what is hidden, links, notes, drop-down lists, conditional formats, charts with their texts,
references and scales, heads and feet of pages, names, the document's properties. Each is a text under a key, so that
two workbooks are compared by comparing two mappings. Texts are such that Excel, WPS and LibreOffice, which save the
same workbook in other words, give the same.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine.frozen import frozen
from workbook_engine.grid import address, column_letter, column_number, quote_sheet
from workbook_engine.intake.beside import MARGINS
from workbook_engine.intake.letters import LETTERS
from workbook_engine.intake.markup import NotWellFormed, attribute, is_true, walk
from workbook_engine.patterns import pattern
from workbook_engine.verify.cells import plain
from workbook_engine.verify.charts import ChartScan
from workbook_engine.verify.result import What
from workbook_engine.verify.styles import GENERAL, NORMAL, Style, cell_styles, letters_of_texts, style_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from workbook_engine.intake.colours import Colour
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package
    from workbook_engine.verify.styles import CellStyles, Letters

MOST_CELLS = 20_000  # of an area that is looked at cell by cell
LOWEST, NARROWEST = 2.0, 1.5  # points, characters: less is as good as hidden
_PROPERTIES = ("title", "subject", "creator", "keywords", "description", "category", "contentStatus")
_PRINTED = {"_xlnm.Print_Titles": "titles", "_xlnm.Print_Area": "area"}
_CODES = pattern(r'&(?:[LCR]|"[^"]*"|K[0-9A-Fa-f]{6}|\d+ ?)')  # of heads and feet: part, font, colour, size
_DIGITS = "0123456789"
# Parts of a file by the kind of their relationship: what can change figures, and what cannot.
_BROUGHT = {
    **dict.fromkeys(("vbaProject", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"), "macros"),
    "externalLink": "other workbooks",
    "connections": "connections",
    "chartsheet": "chart sheet",
}
_ASIDE = {
    "customXml": "custom XML",
    "custom-properties": "custom properties",
    "webextensiontaskpanes": "add-ins",
}
HARMLESS_PARTS = frozenset(_ASIDE.values())
_LOGO_ROWS = ("0", frozenset("012"))  # of its corners, from 0: it is 50 pixels high
_AREA = pattern(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")


class Thing(NamedTuple):
    """What a text is about: `where` is a cell, an area, the number of a chart, or "" for the sheet or the workbook."""

    what: What
    sheet: str
    where: str


RowStyles = tuple[tuple[int, "Style"], ...]
"""Column and style of each cell of a row."""


@frozen
class Cache:
    """What a chart keeps of the cells that it shows: `formula` refers to them, `points` are by their number from 0."""

    sheet: str
    chart: int
    formula: str
    points: Mapping[int, str]


@frozen
class Surroundings:
    """All of a workbook: `things`, the styles of cells by sheet and row, and what charts keep.

    Rows that look alike have one tuple in common: a study of many lines has few looks.
    """

    things: Mapping[Thing, str]
    styles: Mapping[str, Mapping[int, RowStyles]]
    caches: tuple[Cache, ...]

    def renamed(self, names: Mapping[str, str]) -> Surroundings:
        """Return the same with sheets under other names (as they are -> as they shall be), in references too."""
        if not names:
            return self

        # All of them, as the name of one may end like another's.
        mentioned = {f"{plain(now)}!": f"{plain(names.get(now, now))}!" for now in {**self.styles, **names}}
        mention = re.compile("|".join(map(re.escape, sorted(mentioned, key=len, reverse=True))))

        def other(text: str) -> str:
            return mention.sub(lambda found: mentioned[found[0]], text)

        def sheet(name: str) -> str:
            return names.get(name, name)

        return Surroundings(
            {thing._replace(sheet=sheet(thing.sheet)): other(text) for thing, text in self.things.items()},
            {sheet(name): cells for name, cells in self.styles.items()},
            tuple(replace(one, sheet=sheet(one.sheet), formula=_renamed(one.formula, names)) for one in self.caches),
        )


def _renamed(reference: str, names: Mapping[str, str]) -> str:
    name, _, cells = reference.rpartition("!")
    bare = name.strip("'").replace("''", "'")
    return f"{quote_sheet(names[bare])}!{cells}" if bare in names else reference


def surroundings(package: Package, unchanged: Collection[str] = ()) -> Surroundings:
    """Read them, but for what the parts of the sheets that are `unchanged` say. Raises Refused where one is damaged."""
    return _Reading(package, unchanged).read()


class _Reading:
    """The pass over a workbook's parts."""

    def __init__(self, package: Package, unchanged: Collection[str]) -> None:
        self.package = package
        self.unchanged = unchanged
        self.first = ""  # sheet of the workbook
        self.things: dict[Thing, str] = {}
        self.styles: dict[str, dict[int, RowStyles]] = {}
        self.looks: dict[RowStyles, RowStyles] = {}  # each by itself, so that alike ones are one object
        self.caches: list[Cache] = []
        self.formats: CellStyles
        self.letters: Mapping[str, Letters] = {}  # number of a shared text -> those of its pieces

    def read(self) -> Surroundings:
        """Read workbook, sheets, properties."""
        (book,) = (target for kind, target in self.package.relationships("").values() if kind == "officeDocument")
        related = self.package.relationships(book)
        styles = next((target for kind, target in related.values() if kind == "styles"), None)
        theme = next((target for kind, target in related.values() if kind == "theme"), None)
        texts = next((target for kind, target in related.values() if kind == "sharedStrings"), None)
        self.formats = cell_styles(self.package, styles, theme)
        self.letters = letters_of_texts(self.package, texts)
        for kind, _ in (*self.package.relationships("").values(), *related.values()):
            if word := _BROUGHT.get(kind) or _ASIDE.get(kind):
                self.things[Thing(What.PART, "", word)] = word
        sheets = self._workbook(book)
        self.first = sheets[0][0] if sheets else ""
        for name, relation in sheets:
            kind, part = related.get(relation, ("", ""))
            if kind == "worksheet" and part in self.package:
                self._sheet(name, part)
        self._properties()
        return Surroundings(self.things, self.styles, tuple(self.caches))

    def _walk(
        self,
        part: str,
        starts: Mapping[str, Callable[[Attributes], None]],
        ends: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        walk(part, self.package.stream(part), self.package.limits, starts, ends or {})

    def _keep(self, what: What, sheet: str, where: str, text: str) -> None:
        thing = Thing(what, sheet, where)
        before = self.things.get(thing)
        self.things[thing] = text if before is None else f"{before} | {text}"

    def _workbook(self, part: str) -> list[tuple[str, str]]:
        """Read what the workbook part says; return name and relationship of each sheet."""
        sheets: list[tuple[str, str]] = []

        def on_sheet(attributes: Attributes) -> None:
            sheets.append((attributes.get("name", ""), attribute(attributes, "id") or ""))
            if attributes.get("state", "visible") != "visible":
                self._keep(What.HIDDEN, attributes.get("name", ""), "", "hidden")

        def on_calculation(attributes: Attributes) -> None:
            said = {"manual": attributes.get("calcMode") == "manual", "iterate": is_true(attributes.get("iterate"))}
            said["rounded"] = attributes.get("fullPrecision", "1") in {"0", "false"}
            if words := ", ".join(word for word, holds in said.items() if holds):
                self._keep(What.CALCULATION, "", "", words)

        starts = {
            "sheet": on_sheet,
            "calcPr": on_calculation,
            "workbookPr": self._on_properties,
            "workbookView": self._on_window,
        }
        self._walk(part, starts)
        self._names(part, [name for name, _ in sheets])
        return sheets

    def _on_properties(self, attributes: Attributes) -> None:
        if is_true(attributes.get("date1904")):
            self._keep(What.CALCULATION, "", "", "1904")
        if attributes.get("showObjects", "all") != "all":
            self._keep(What.HIDDEN, "", "", "objects")

    def _on_window(self, attributes: Attributes) -> None:
        if not is_true(attributes.get("showSheetTabs", "1")):
            self._keep(What.HIDDEN, "", "", "tabs")
        if attributes.get("visibility", "visible") != "visible":
            self._keep(What.HIDDEN, "", "", "window")

    def _names(self, part: str, sheets: list[str]) -> None:
        """Read the names that the workbook defines, and those for printing, which programs order as they like."""
        name = sheet = ""
        printed: list[tuple[str, str]] = []

        def on_name(attributes: Attributes) -> None:
            nonlocal name, sheet
            at = attributes.get("localSheetId", "")
            name, sheet = attributes.get("name", ""), sheets[int(at)] if at in _numbers(sheets) else ""

        def on_end(text: str) -> None:
            if name in _PRINTED:
                areas = sorted(area.rpartition("!")[2] for area in text.replace("$", "").split(","))
                printed.append((sheet, f"{_PRINTED[name]} {', '.join(areas)}"))
            elif not name.startswith("_xlnm."):
                self._keep(What.NAME, "", name, plain(text) or "")

        self._walk(part, {"definedName": on_name}, {"definedName": on_end})
        for sheet, text in sorted(printed):
            self._keep(What.PRINTED, sheet, "", text)

    def _properties(self) -> None:
        def keep(word: str) -> Callable[[str], None]:
            return lambda text: self._keep(What.PROPERTY, "", word, " ".join(text.split())) if text.strip() else None

        for part, words in (("docProps/core.xml", _PROPERTIES), ("docProps/app.xml", ("Company",))):
            if part in self.package:
                self._walk(part, {}, {word: keep(word) for word in words})

    def _sheet(self, name: str, part: str) -> None:
        if part not in self.unchanged:
            scan = _SheetScan(name, self, self.package.outside(part))
            self._walk(part, scan.starts, scan.ends)
        for kind, target in self.package.relationships(part).values():
            if target not in self.package:
                continue
            if kind == "comments":
                self._comments(name, target)
            elif kind == "drawing":
                self._drawing(name, target)
            elif kind == "threadedComment":
                self._thread(name, target)
            elif kind == "vmlDrawing":
                self._old_shapes(name, target)

    def style(self, number: int) -> Style:
        """Return the style that a cell refers to by its number."""
        return self.formats.cells[number] if number < len(self.formats.cells) else NORMAL

    def _comments(self, sheet: str, part: str) -> None:
        pieces: list[str] = []
        where = ""

        def on_comment(attributes: Attributes) -> None:
            nonlocal where
            where = attributes.get("ref", "")
            pieces.clear()

        def on_end(_: str) -> None:
            self._keep(What.NOTE, sheet, where, " ".join("".join(pieces).split()))

        self._walk(part, {"comment": on_comment}, {"t": pieces.append, "comment": on_end})

    def _thread(self, sheet: str, part: str) -> None:
        where = ""

        def on_comment(attributes: Attributes) -> None:
            nonlocal where
            where = attributes.get("ref", "")

        keep = lambda text: self._keep(What.NOTE, sheet, where, " ".join(text.split()))  # noqa: E731
        self._walk(part, {"threadedComment": on_comment}, {"text": keep})

    def _old_shapes(self, sheet: str, part: str) -> None:
        """Count shapes that are no frames of notes. What Excel writes there need not be XML."""
        kinds: list[str] = []
        on_shape = lambda attributes: kinds.append(attributes.get("ObjectType", ""))  # noqa: E731
        with suppress(NotWellFormed):
            self._walk(part, {"ClientData": on_shape})
        if count := sum(kind != "Note" for kind in kinds):
            self._keep(What.PICTURE, sheet, "object", str(count))

    # --- drawings and charts ---

    def _drawing(self, sheet: str, part: str) -> None:
        scan = _DrawingScan(is_of_first=sheet == self.first)
        self._walk(part, scan.starts, scan.ends)
        if scan.count:
            self._keep(What.PICTURE, sheet, "", str(scan.count))
        if scan.has_logo:
            self._keep(What.LOGO, sheet, "", "picture")
        if scan.hidden:
            self._keep(What.HIDDEN, sheet, "", "objects")
        charts = scan.charts
        related = self.package.relationships(part)
        for number, relation in enumerate(charts, start=1):
            kind, target = related.get(relation, ("", ""))
            if kind == "chart" and target in self.package:
                self._chart(sheet, number, target)

    def _chart(self, sheet: str, number: int, part: str) -> None:
        scan = ChartScan()
        self._walk(part, scan.starts, scan.ends)
        for what, words in scan.said().items():
            self._keep(what, sheet, str(number), words)
        self.caches += (Cache(sheet, number, formula, points) for formula, points in scan.caches)
        if any(kind == "chartUserShapes" for kind, _ in self.package.relationships(part).values()):
            self._keep(What.PICTURE, sheet, f"chart {number}", "shapes")


class _DrawingScan:
    """The pass over a sheet's drawing: charts, and what else lies over its cells."""

    def __init__(self, *, is_of_first: bool) -> None:
        self.charts: list[str] = []  # relationships
        self.count = self.hidden = 0
        self.has_logo = False
        self._is_of_first = is_of_first
        self._corners: list[str] = []  # of an anchor: column, offset, row, offset, twice
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "from": lambda _: self._corners.clear(),
            "chart": lambda attributes: self.charts.append(attribute(attributes, "id") or ""),
            "cNvPr": self._on_object,
            "pic": self._on_picture,
            **dict.fromkeys(("sp", "cxnSp", "contentPart"), self._on_shape),
        }
        self.ends: dict[str, Callable[[str], None]] = {
            "to": self._on_corner,
            **dict.fromkeys(("col", "colOff", "row", "rowOff"), self._corners.append),
        }

    def _on_corner(self, _: str) -> None:
        self.hidden += self._corners[:4] == self._corners[4:]

    def _on_object(self, attributes: Attributes) -> None:
        self.hidden += is_true(attributes.get("hidden"))

    def _on_picture(self, _: Attributes) -> None:
        rows = self._corners[2::4]
        is_in_place = len(rows) == 2 and rows[0] == _LOGO_ROWS[0] and rows[1] in _LOGO_ROWS[1]
        if self._is_of_first and is_in_place and not self.has_logo:
            self.has_logo = True
        else:
            self.count += 1

    def _on_shape(self, _: Attributes) -> None:
        self.count += 1


def _numbers(sheets: list[str]) -> frozenset[str]:
    return frozenset(map(str, range(len(sheets))))


class _SheetScan:
    """The pass over a worksheet's part."""

    def __init__(self, sheet: str, reading: _Reading, outside: Mapping[str, str]) -> None:
        self.sheet = sheet
        self.outside = outside  # relationship -> address of a link that leads out of the file
        self.keep = reading._keep  # noqa: SLF001 - one reader in two classes
        self.reading = reading
        self.styles: dict[int, RowStyles] = {}
        reading.styles[sheet] = self.styles
        self.row, self.line = 0, list[tuple[int, Style]]()  # the row being read
        self.columns: dict[str, int] = {}  # letters -> number
        self.cell = ""  # that is being read
        self.first_row = ""  # that is seen at the top, where the view says so
        self.look, self.is_shared = 0, False  # of the cell: number of its style, whether its text is shared
        self.inline: set[Colour] | None = None  # letters of the text that stands in the cell itself
        self.areas, self.kind, self.formulas = "", "", list[str]()
        self.says = self.operator = ""  # of a validation
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "row": self._on_row,
            "col": self._on_column,
            "c": self._on_cell,
            "sheetView": self._on_view,
            "sheetFormatPr": self._on_default,
            "picture": lambda _: self.keep(What.PICTURE, sheet, "background", "1"),
            **dict.fromkeys(("oleObject", "control"), self._on_object),
            "filterColumn": lambda attributes: self.keep(
                What.HIDDEN, sheet, "", f"filter {attributes.get('colId', '')}"
            ),
            "mergeCell": lambda attributes: self.keep(What.MERGED, sheet, attributes.get("ref", ""), "merged"),
            "hyperlink": self._on_link,
            "dataValidation": self._on_validation,
            "conditionalFormatting": self._on_conditional,
            "cfRule": self._on_rule,
            "is": self._on_inline,
            "f": self._on_formula,
            "pane": self._on_pane,
            "legacyDrawingHF": lambda _: self.keep(What.PICTURE, sheet, "margin", "1"),
            **dict.fromkeys(("dataBar", "iconSet"), self._on_bar),
            **{tag: self._on_letters(tag) for tag in LETTERS},
        }
        self.ends: dict[str, Callable[[str], None]] = {
            **({"v": self._on_value} if reading.letters else {}),
            "is": self._on_inline_end,
            **{tag: self._margin(tag) for tag in MARGINS},
            **dict.fromkeys(("formula1", "formula2", "formula"), lambda text: self.formulas.append(plain(text) or "")),
            "sheetData": self._end_row,
            "dataValidation": self._on_validation_end,
            "cfRule": self._on_rule_end,
        }

    def _on_row(self, attributes: Attributes) -> None:
        is_low = float(attributes.get("ht", "20") or 20) < LOWEST
        if is_true(attributes.get("hidden")) or is_low:
            self.keep(What.HIDDEN, self.sheet, f"{attributes.get('r', '')}:{attributes.get('r', '')}", "hidden")

    def _on_column(self, attributes: Attributes) -> None:
        is_narrow = float(attributes.get("width", "9") or 9) < NARROWEST
        if is_true(attributes.get("hidden")) or is_narrow:
            first, last = (int(attributes.get(end, "1")) for end in ("min", "max"))
            for column in range(first, min(last, first + 255) + 1):
                self.keep(What.HIDDEN, self.sheet, ":".join([column_letter(column)] * 2), "hidden")

    def _on_cell(self, attributes: Attributes) -> None:
        cell = self.cell = attributes.get("r", "")
        if "vm" in attributes:
            self.keep(What.UNSEEN, self.sheet, cell, "rich value")
        self.look, self.is_shared = style_number(attributes.get("s")), attributes.get("t") == "s"
        letters = cell.rstrip(_DIGITS)
        column = self.columns.get(letters)
        if column is None:
            if not (letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3):
                return
            column = self.columns[letters] = column_number(letters)
        number = cell[len(letters) :]
        if (row := int(number) if number.isdecimal() and len(number) <= 7 else 0) != self.row:
            self._end_row()
            self.row = row
        self.line.append((column, self.reading.style(self.look)))

    def _on_formula(self, attributes: Attributes) -> None:
        if attributes.get("t") in {"array", "dataTable"}:
            self.keep(What.ARRAY, self.sheet, self.cell, f"{attributes['t']} {attributes.get('ref', '')}".strip())

    def _on_value(self, text: str) -> None:
        if self.is_shared and text in self.reading.letters:
            self._have_letters(self.reading.letters[text])

    def _on_inline(self, _: Attributes) -> None:
        self.inline = set()

    def _on_letters(self, tag: str) -> Callable[[Attributes], None]:
        def keep(attributes: Attributes) -> None:
            if self.inline is not None and (colour := LETTERS[tag](attributes)) is not None:
                self.inline.add(colour)

        return keep

    def _on_inline_end(self, _: str) -> None:
        if self.inline:
            self._have_letters(frozenset(self.inline))
        self.inline = None

    def _have_letters(self, letters: Letters) -> None:
        if self.line and self.reading.formats.hides(self.look, letters):
            column, style = self.line[-1]
            self.line[-1] = column, style._replace(is_seen=False)

    def _end_row(self, _: str = "") -> None:
        if self.line:
            look = (*dict(self.styles.get(self.row, ())).items(), *self.line)
            self.styles[self.row] = self.reading.looks.setdefault(look, look)
            self.line.clear()

    def _on_object(self, _: Attributes) -> None:
        self.keep(What.PICTURE, self.sheet, "object", "1")

    def _on_pane(self, attributes: Attributes) -> None:
        """Rows above the first one of a frozen pane come into nobody's sight, however one scrolls."""
        if attributes.get("state", "").startswith("frozen") and self.first_row not in {"", "1"}:
            self.keep(What.HIDDEN, self.sheet, "", f"above row {self.first_row}")

    def _on_view(self, attributes: Attributes) -> None:
        self.first_row = attributes.get("topLeftCell", "").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if attributes.get("showZeros", "1") in {"0", "false"}:
            self.keep(What.HIDDEN, self.sheet, "", "zeros")
        if is_true(attributes.get("showFormulas")):
            self.keep(What.HIDDEN, self.sheet, "", "values")

    def _on_default(self, attributes: Attributes) -> None:
        is_low = is_true(attributes.get("zeroHeight")) or float(attributes.get("defaultRowHeight", "15") or 15) < LOWEST
        is_narrow = float(attributes.get("defaultColWidth", "9") or 9) < NARROWEST
        if is_low or is_narrow:
            self.keep(What.HIDDEN, self.sheet, "", "rows and columns of the usual size")

    def _on_link(self, attributes: Attributes) -> None:
        target = plain(attributes.get("location", "").removeprefix("#")) or ""
        relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
        if relation:
            target = f"{self.outside.get(relation, relation)} {target}".strip()
        for cell in _cells(attributes.get("ref", "")):
            self.keep(What.LINK, self.sheet, cell, target)
            if tip := attributes.get("tooltip"):
                self.keep(What.TIP, self.sheet, cell, tip)

    def _on_validation(self, attributes: Attributes) -> None:
        self.areas, self.kind = attributes.get("sqref", ""), attributes.get("type", "none")
        says = (attributes.get(name, "") for name in ("promptTitle", "prompt", "errorTitle", "error"))
        self.says = " ".join(" ".join(says).split())
        refuses = "" if is_true(attributes.get("showErrorMessage")) else " not refused"
        self.operator = f"{attributes.get('operator', 'between')}{refuses}"
        self.formulas.clear()

    def _on_validation_end(self, _: str) -> None:
        ends = self.formulas[: 2 if self.operator.lower().startswith(("between", "notbetween")) else 1]
        limits = "" if self.kind in {"list", "none"} else f"{self.kind} {self.operator} {', '.join(map(_figure, ends))}"
        allowed = f"{limits} {self.says}".strip()
        for area in self.areas.split():
            for cell in _cells(area):
                if self.kind == "list":
                    self.keep(What.LIST, self.sheet, cell, self.formulas[0] if self.formulas else "")
                if allowed:
                    self.keep(What.ALLOWED, self.sheet, cell, allowed)

    def _on_conditional(self, attributes: Attributes) -> None:
        self.areas = attributes.get("sqref", "")

    def _on_rule(self, attributes: Attributes) -> None:
        number = attributes.get("dxfId", "")
        styles = self.reading.formats.conditional
        style = styles[int(number)] if number.isdecimal() and int(number[:6]) < len(styles) else NORMAL
        shown = ["" if style.is_seen else "invisible", style.manner, "" if style.format == GENERAL else style.format]
        kind = attributes.get("type", "")
        operator = attributes.get("operator", "") if kind == "cellIs" else ""
        self.kind = " ".join(filter(None, [kind, operator, *shown]))
        self.formulas.clear()

    def _on_bar(self, attributes: Attributes) -> None:
        if not is_true(attributes.get("showValue", "1")):
            self.kind += " no figure"

    def _on_rule_end(self, _: str) -> None:
        self.keep(What.CONDITION, self.sheet, self.areas, f"{self.kind} {', '.join(self.formulas)}")

    def _margin(self, tag: str) -> Callable[[str], None]:
        def keep(text: str) -> None:
            if bare := " ".join(_CODES.sub(" ", text).split()):
                self.keep(What.MARGIN, self.sheet, "" if tag.startswith("odd") else tag, f"{bare}")

        return keep


def _figure(text: str) -> str:
    """Return a limit as programs differ not in writing it: 1E15 is 1000000000000000."""
    try:
        return f"{float(text):.15g}"
    except ValueError:
        return text


def _cells(area: str) -> Iterator[str]:
    """Yield the cells of an area; the area itself where they are too many."""
    found = _AREA.fullmatch(re.sub(r"\$", "", area))
    if not found:
        yield area
        return
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    if (right - left + 1) * (bottom - top + 1) > MOST_CELLS:
        yield area
        return
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield address(row, column)
