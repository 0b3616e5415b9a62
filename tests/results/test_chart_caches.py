"""What a chart shows without recalculating, in a preview or on a phone, is what its cells hold."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from tests.results.kinds import KINDS, made

if TYPE_CHECKING:
    from pathlib import Path

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WITHOUT_CHARTS = {
    "house layout", "copy for the company", "fresh copy for the company", "template", "template in English",
    "template filled in", "factor library", "results without a total",
}  # fmt: skip


def references(path: Path) -> list[tuple[str, str, list[str]]]:
    """Return of each reference of each chart its part, its range, and the points that the chart keeps of it."""
    found: list[tuple[str, str, list[str]]] = []
    with zipfile.ZipFile(path) as package:
        for part in (name for name in package.namelist() if name.startswith("xl/charts/chart")):
            root = ET.fromstring(package.read(part))  # noqa: S314 - our own
            for kind in ("num", "str"):
                for reference in root.iter(f"{CHART}{kind}Ref"):
                    cache = reference.find(f"{CHART}{kind}Cache")
                    assert cache is not None, (part, reference.findtext(f"{CHART}f"))
                    count = cache.find(f"{CHART}ptCount")
                    assert count is not None
                    points = [""] * int(count.get("val", "0"))
                    for point in cache.iter(f"{CHART}pt"):
                        points[int(point.get("idx", "0"))] = point.findtext(f"{CHART}v") or ""
                    found.append((part, reference.findtext(f"{CHART}f") or "", points))
    return found


def is_same(point: str, value: object) -> bool:
    if isinstance(value, int | float):
        return point != "" and float(point) == pytest.approx(value, rel=1e-12)
    return point == str(value or "") or (point in ("", "0") and value == "—")  # a figure that is not known


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in WITHOUT_CHARTS])
def test_charts_keep_what_their_cells_hold(kind: str, tmp_path: Path) -> None:
    seen = 0
    for path in made(kind, tmp_path):
        book = load_workbook(path, data_only=True)
        for part, formula, points in references(path):
            sheet, _, area = formula.rpartition("!")
            left, top, right, bottom = range_boundaries(area.replace("$", ""))
            rows = book[sheet.strip("'").replace("''", "'")].iter_rows(top, bottom, left, right, values_only=True)
            values = [value for row in rows for value in row]
            assert len(points) == len(values), (path.name, part, formula)
            wrong = [pair for pair in zip(points, values, strict=True) if not is_same(*pair)]
            assert wrong == [], (path.name, part, formula)
            seen += 1
    assert seen
