"""Changes results workbooks as people and programs do: cells in the XML, so that nothing else changes with them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from tests import recalc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Content = float | str | None
"""A number, a text, a formula with its "=", whose value stays, or nothing."""


def edit(source: Path, target: Path, sheet: str, cells: Mapping[str, Content]) -> Path:
    """Write a copy in which cells of a sheet hold something else; cells that are not there are added."""
    return rewrite(source, target, {recalc.sheet_parts(source)[sheet]: lambda data: _edited(data, cells)})


def rewrite(source: Path, target: Path, parts: Mapping[str, Callable[[bytes], bytes | None]]) -> Path:
    """Write a copy in which parts of the package are others; None takes a part away."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data: bytes | None = old.read(name)
            if name in parts:
                data = parts[name](old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def _edited(data: bytes, cells: Mapping[str, Content]) -> bytes:
    root = ET.fromstring(data)  # noqa: S314 - our own file
    there = {element.get("r"): element for element in root.iter(f"{_NS}c")}
    for cell, content in cells.items():
        _fill(there.get(cell) or _added(root, cell), content)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _added(root: ET.Element, cell: str) -> ET.Element:
    letters, number = coordinate_from_string(cell)
    row = next((element for element in root.iter(f"{_NS}row") if element.get("r") == str(number)), None)
    if row is None:
        rows = next(root.iter(f"{_NS}sheetData"))
        row = ET.Element(f"{_NS}row", r=str(number))
        rows.insert(sum(int(str(each.get("r"))) < number for each in rows), row)
    column = column_index_from_string(letters)
    before = sum(column_index_from_string(coordinate_from_string(str(c.get("r")))[0]) < column for c in row)
    element = ET.Element(f"{_NS}c", r=cell)
    row.insert(before, element)
    return element


def _fill(element: ET.Element, content: Content) -> None:
    if isinstance(content, str) and content.startswith("="):
        formula = element.find(f"{_NS}f")
        assert formula is not None
        formula.text = content[1:]
        return
    for child in list(element):
        element.remove(child)
    element.attrib.pop("t", None)
    if content is None:
        return
    if isinstance(content, str):
        element.set("t", "inlineStr")
        ET.SubElement(ET.SubElement(element, f"{_NS}is"), f"{_NS}t").text = content
    else:
        ET.SubElement(element, f"{_NS}v").text = repr(content)
