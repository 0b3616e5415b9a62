"""Recalculate a workbook with engines that are not ours: ironcalc (a wheel) and LibreOffice (where installed)."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.office import converted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NS = f"{{{_MAIN}}}"

Values = dict[tuple[str, str], object]
"""(sheet, A1 address) -> number, text, bool or error code."""

# LibreOffice recalculates a file of another program only when told to: 0 is "always".
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def ironcalc_values(path: Path) -> Values:
    """Return every cell's value after ironcalc recalculated the workbook."""
    import ironcalc  # noqa: PLC0415

    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    return {
        (names[sheet], f"{letters(column)}{row}"): model.get_cell_value(sheet, row, column)
        for sheet, row, column in model.get_all_cells()
    }


def libreoffice_values(path: Path, work: Path) -> Values:
    """Return every cell's value after LibreOffice recalculated and saved a copy of the workbook in `work`."""
    return stored_values(recalculate([path], work) / path.name)


def recalculate(paths: Sequence[Path], work: Path) -> Path:
    """Have LibreOffice recalculate and save copies of the workbooks in a folder below `work`; return the folder."""
    profile = work / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    out = work / "recalculated"
    converted(paths, "xlsx", out, profile)
    return out


def stored_values(path: Path) -> Values:
    """Return every cell's value as the file carries it."""
    return {place: value for place, (_, value) in stored_cells(path).items() if value is not None}


def formula_cells(path: Path) -> dict[tuple[str, str], str]:
    """Return every formula of the workbook, with its "="."""
    return {place: f"={formula}" for place, (formula, _) in stored_cells(path).items() if formula is not None}


def stored_cells(path: Path) -> dict[tuple[str, str], tuple[str | None, object]]:
    """Return formula and value of every cell, straight from the package: fast enough for hundreds of workbooks."""
    parts = sheet_parts(path)
    cells: dict[tuple[str, str], tuple[str | None, object]] = {}
    with zipfile.ZipFile(path) as package:
        strings = _shared_strings(package)
        for sheet, part in parts.items():
            for element in ET.fromstring(package.read(part)).iter(f"{_NS}c"):  # noqa: S314 - our own file
                formula = element.find(f"{_NS}f")
                text = None if formula is None else formula.text or ""
                cells[sheet, str(element.get("r"))] = (text, _value(element, strings))
    return cells


def _shared_strings(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    root = ET.fromstring(package.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
    return ["".join(t.text or "" for t in item.iter(f"{_NS}t")) for item in root.iter(f"{_NS}si")]


def _value(element: ET.Element, strings: list[str]) -> object:
    kind, value = element.get("t", "n"), element.find(f"{_NS}v")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in element.iter(f"{_NS}t"))
    if value is None or value.text is None:
        return None
    if kind == "s":
        return strings[int(value.text)]
    if kind == "n":
        return float(value.text)
    return value.text == "1" if kind == "b" else value.text


def differences(path: Path, recalculated: Values, tolerance: float = 1e-9) -> list[str]:
    """Compare every numeric formula cell's stored value with its recalculated one; [] where all agree."""
    found: list[str] = []
    for place, (formula, ours) in stored_cells(path).items():
        if formula is None:
            continue
        theirs = recalculated.get(place)
        if isinstance(ours, str) or ours is None:
            if theirs not in (ours, None, ""):
                found.append(f"{place}: stored {ours!r}, recalculated {theirs!r}: {formula}")
        elif not isinstance(theirs, int | float) or not _close(float(ours), float(theirs), tolerance):
            found.append(f"{place}: stored {ours!r}, recalculated {theirs!r}: {formula}")
    return found


def _close(a: float, b: float, tolerance: float) -> bool:
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-12)


def change_cell(source: Path, target: Path, sheet: str, cell: str, value: float) -> None:
    """Write a copy of a workbook in which one cell holds another number, everything else byte by byte the same.

    Rewrites the cell's element in the sheet's part: a library's round trip would lose charts and cached values.
    """
    part = sheet_parts(source)[sheet]
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _changed(data, cell, value) if name == part else data)


_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet_parts(path: Path) -> dict[str, str]:
    """Return sheet name -> its part in the package."""
    with zipfile.ZipFile(path) as package:
        book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314 - our own file
        relations = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target") for relation in relations}
    return {str(sheet.get("name")): f"xl/{targets[sheet.get(_RELATION)]}" for sheet in book.iter(f"{{{_MAIN}}}sheet")}


def _changed(data: bytes, cell: str, value: float) -> bytes:
    root = ET.fromstring(data)  # noqa: S314 - our own file
    for element in root.iter(f"{{{_MAIN}}}c"):
        if element.get("r") == cell:
            for child in list(element):
                element.remove(child)
            element.attrib.pop("t", None)
            ET.SubElement(element, f"{{{_MAIN}}}v").text = repr(value)
            return ET.tostring(root, encoding="utf-8", xml_declaration=True)
    raise KeyError(cell)


def change_text(source: Path, target: Path, sheet: str, cell: str, text: str) -> None:
    """Write a copy of a workbook in which one cell holds another text, everything else byte by byte the same."""
    part = sheet_parts(source)[sheet]
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _with_text(data, cell, text) if name == part else data)


def _with_text(data: bytes, cell: str, text: str) -> bytes:
    root = ET.fromstring(data)  # noqa: S314 - our own file
    element = next(element for element in root.iter(f"{{{_MAIN}}}c") if element.get("r") == cell)
    for child in list(element):
        element.remove(child)
    element.set("t", "inlineStr")
    ET.SubElement(ET.SubElement(element, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t").text = text
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)
