"""The package as ECMA-376 wants it, where Excel insists: parts, relations, order of elements, references that lead."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests import recalc
from tests.results import studies
from tests.results.generated import Generator
from tests.results.kinds import KINDS, made
from workbook_engine.results import write_results

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

# CT_Worksheet and CT_Workbook, ECMA-376 part 1, 18.3.1.99 and 18.2.27: the sequence of their children.
WORKSHEET = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
WORKBOOK = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
]
STYLES = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]


@pytest.fixture(scope="module", params=["worked", "generated"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("results") / "results.xlsx"
    job = studies.job() if request.param == "worked" else Generator(7).job()
    write_results(path, job, language="zh")
    return path


@pytest.fixture(scope="module")
def package(path: Path) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(path) as opened:
        yield opened


def _root(package: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(package.read(part))  # noqa: S314 - our own file


def _sheets(package: zipfile.ZipFile) -> list[tuple[str, ET.Element]]:
    names = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    return [(name, _root(package, name)) for name in names]


def _in_order(children: list[str], sequence: list[str]) -> bool:
    positions = [sequence.index(child) for child in children]
    return positions == sorted(positions)


def _check_order(package: zipfile.ZipFile) -> None:
    for name, root in _sheets(package):
        assert _in_order([child.tag.removeprefix(MAIN) for child in root], WORKSHEET), name
    book = [child.tag.removeprefix(MAIN) for child in _root(package, "xl/workbook.xml")]
    assert _in_order(book, WORKBOOK)
    assert _in_order([child.tag.removeprefix(MAIN) for child in _root(package, "xl/styles.xml")], STYLES)


def _check_parts(package: zipfile.ZipFile) -> None:
    types = _root(package, "[Content_Types].xml")
    overrides = {str(item.get("PartName")).lstrip("/") for item in types.iter(f"{TYPES}Override")}
    defaults = {item.get("Extension") for item in types.iter(f"{TYPES}Default")}
    names = set(package.namelist()) - {"[Content_Types].xml"}
    assert overrides <= names
    assert all(name in overrides or name.rpartition(".")[2] in defaults for name in names)
    targets = set()
    for relations in (name for name in names if name.endswith(".rels")):
        base = posixpath.dirname(posixpath.dirname(relations))
        for item in _root(package, relations).iter(f"{PACKAGE}Relationship"):
            if item.get("TargetMode") == "External":
                assert str(item.get("Type")).endswith("/hyperlink"), relations  # the overview's, to its workbooks
                continue
            target = str(item.get("Target"))
            targets.add(
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(base, target))
            )
    assert targets <= names
    assert {name for name in names if not name.endswith(".rels")} == targets


def _check_relations(package: zipfile.ZipFile) -> None:
    for name, root in _sheets(package):
        used = {value for element in root.iter() for key, value in element.attrib.items() if key.startswith(RELATION)}
        relations = name.replace("worksheets/", "worksheets/_rels/") + ".rels"
        known = set()
        if relations in package.namelist():
            known = {item.get("Id") for item in _root(package, relations).iter(f"{PACKAGE}Relationship")}
        assert used <= known, name  # comments are related without being named


def _check_rows(package: zipfile.ZipFile) -> None:
    formats = _root(package, "xl/styles.xml").find(f"{MAIN}cellXfs")
    assert formats is not None
    part = "xl/sharedStrings.xml"
    strings = len(list(_root(package, part))) if part in package.namelist() else 0
    for name, root in _sheets(package):
        rows = [int(str(row.get("r"))) for row in root.iter(f"{MAIN}row")]
        assert rows == sorted(set(rows)), name
        for row in root.iter(f"{MAIN}row"):
            cells = [str(cell.get("r")) for cell in row]
            assert cells == sorted(set(cells), key=lambda cell: (len(cell.rstrip("0123456789")), cell)), name
            assert all(cell.endswith(str(row.get("r"))) for cell in cells)
            for cell in row:
                assert int(cell.get("s", 0)) < len(formats)
                if cell.get("t") == "s":
                    assert int(str(cell.findtext(f"{MAIN}v"))) < strings


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_workbook_is_put_together_as_excel_wants_it(kind: str, tmp_path: Path) -> None:
    for path in made(kind, tmp_path):
        with zipfile.ZipFile(path) as package:
            _check_order(package)
            _check_parts(package)
            _check_relations(package)
            _check_rows(package)
            _check_links(path, package)


def test_a_results_workbook_leads_nowhere_outside(package: zipfile.ZipFile) -> None:
    for relations in (name for name in package.namelist() if name.endswith(".rels")):
        modes = [item.get("TargetMode") for item in _root(package, relations).iter(f"{PACKAGE}Relationship")]
        assert "External" not in modes, relations


def test_every_formula_carries_a_value_and_no_equals_sign(package: zipfile.ZipFile) -> None:
    for name, root in _sheets(package):
        for cell in root.iter(f"{MAIN}c"):
            formula = cell.find(f"{MAIN}f")
            if formula is not None:
                assert formula.text, name
                assert not formula.text.startswith("=")
                assert cell.find(f"{MAIN}v") is not None
                assert cell.findtext(f"{MAIN}v") not in ("nan", "None", "inf")


def _check_links(path: Path, package: zipfile.ZipFile) -> None:
    """Links within the workbook and names lead to sheets that it has; names begin with an ASCII letter."""
    sheets = set(recalc.sheet_parts(path))
    for _, root in _sheets(package):
        for link in root.iter(f"{MAIN}hyperlink"):
            sheet = str(link.get("location")).rpartition("!")[0]
            assert sheet.strip("'").replace("''", "'") in sheets
    for name in _root(package, "xl/workbook.xml").iter(f"{MAIN}definedName"):
        assert re.match(r"^[A-Za-z_][\w.]*$", str(name.get("name")), re.ASCII)
        assert str(name.text).rpartition("!")[0].rpartition("'!")[0].strip("'") in sheets | {""}


def test_sheet_names_are_allowed_and_differ(path: Path) -> None:
    names = list(recalc.sheet_parts(path))
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_openpyxl_and_calamine_read_the_same_values(path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    ours = recalc.stored_values(path)
    openpyxl = load_workbook(path, data_only=True)
    calamine = CalamineWorkbook.from_path(str(path))
    for (sheet, cell), value in ours.items():
        if isinstance(value, float):
            assert openpyxl[sheet][cell].value == value
    for name in calamine.sheet_names:
        sheet = calamine.get_sheet_by_name(name)
        read = sorted(v for row in sheet.to_python() for v in row if isinstance(v, float) and v)
        assert read == pytest.approx(
            sorted(v for (s, _), v in ours.items() if s == name and isinstance(v, float) and v)
        )


def test_only_portable_functions_are_used(path: Path) -> None:
    from workbook_engine.results.portable import FUNCTIONS, anatomy  # noqa: PLC0415

    ours = FUNCTIONS | {"EXP", "LN", "TEXT"}
    for place, formula in recalc.formula_cells(path).items():
        parts = anatomy(formula.removeprefix("=")) if len(formula) < 2000 else None
        assert parts is None or parts.functions <= ours, (place, formula)
        assert parts is not None or len(formula) >= 2000, (place, formula)


@pytest.mark.parametrize("lines", [1, 8])
def test_every_number_on_our_sheets_is_a_formula_or_an_input(tmp_path: Path, lines: int) -> None:
    """Numbers that are neither: counts and ranks, and the engine's own total on the cover, to compare with."""
    from openpyxl import load_workbook  # noqa: PLC0415

    from workbook_engine.results import DEFAULT_THEME  # noqa: PLC0415

    base = studies.inventory()
    job = studies.job(
        type(base)(**{f: getattr(base, f) for f in base.__dataclass_fields__} | {"lines": base.lines[:lines]})
    )
    path = tmp_path / "results.xlsx"
    write_results(path, job, language="zh")
    typed = DEFAULT_THEME.input.removeprefix("#")
    allowed = {("封面", "E"), ("热点分析", "B"), ("数据质量与取舍", "C"), ("不确定性与敏感性", "M")}
    for sheet in load_workbook(path).worksheets:
        if not str(sheet["A1"].value).startswith("wbe:results:"):
            continue
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            is_input = str(cell.fill.start_color.rgb).endswith(typed)
            if isinstance(cell.value, int | float) and not is_input:
                is_printed = sheet.title == "排放因子"  # what a source prints beside the parameters that count
                is_engine = sheet.title == "封面" and cell.column > 9  # the stages' values, as the total's in E
                assert is_printed or is_engine or (sheet.title, cell.column_letter) in allowed, (
                    sheet.title,
                    cell.coordinate,
                )
