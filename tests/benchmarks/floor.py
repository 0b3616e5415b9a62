"""The floor: what reading a workbook and writing another costs at the least, with nothing understood in between.

`read` takes every cell's value and formula (zipfile and ElementTree, no checks at all); `write` writes given sheets,
formulas with their values, and charts with XlsxWriter, its formula substitutions switched off and one format for all.
What is written is the content of our own results workbook, taken from it beforehand, so that the floor moves as many
cells, formulas and charts as we do. Links, notes, column widths and styles, which ours has, the floor leaves out.

    python -m tests.benchmarks.floor FOLDER CONTENTS OUT PROCESSES      a folder, as the engine's `run` does one
"""

from __future__ import annotations

import marshal
import multiprocessing
import pickle
import posixpath
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Row = tuple[int, list[tuple[int, Any, str | None]]]  # 0-based row; of each cell its 0-based column, value, formula
STREAMED = 50_000  # rows from which the writer keeps one row in memory, as ours does
_BLOCK = 500  # rows


@dataclass(frozen=True)
class Content:
    """What a results workbook holds. Sheets of many cells lie packed in blocks of rows."""

    sheets: list[tuple[str, list[bytes]]]
    charts: list[tuple[str, str, list[tuple[str, str]]]]  # sheet, type, of each series categories and values
    cells: int
    formulas: int
    rows: int


class _Bare(Worksheet):  # type: ignore[misc]
    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        return formula


def run(path: Path, content: Content, out: Path) -> tuple[float, float]:
    """Read the workbook, write the content; return wall and processor seconds without unpacking the content."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in read(path):
        pass
    waited = write(content, out)
    return time.perf_counter() - wall - waited[0], time.process_time() - cpu - waited[1]


def read(path: Path, *, blanks: bool = False) -> Iterator[tuple[str, list[Row]]]:
    """Yield each sheet with its rows."""
    with zipfile.ZipFile(path) as package:
        strings = _strings(package)
        for name, part in _parts(package):
            yield name, _rows(ET.fromstring(package.read(part)), strings, blanks=blanks)  # noqa: S314


def _strings(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    root = ET.fromstring(package.read("xl/sharedStrings.xml"))  # noqa: S314
    return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in root]


def _parts(package: zipfile.ZipFile) -> list[tuple[str, str]]:
    book = ET.fromstring(package.read("xl/workbook.xml"))  # noqa: S314
    relations = ET.fromstring(package.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
    return [
        (str(sheet.get("name")), posixpath.join("xl", targets[sheet.get(RELATION)]).lstrip("/"))
        for sheet in book.iter(f"{MAIN}sheet")
    ]


def _rows(root: ET.Element, strings: list[str], *, blanks: bool) -> list[Row]:  # noqa: C901 - one bare loop
    data = root.find(f"{MAIN}sheetData")
    v, f, inline = f"{MAIN}v", f"{MAIN}f", f"{MAIN}is"
    columns: dict[str, int] = {}
    rows: list[Row] = []
    for row in data if data is not None else ():
        cells: list[tuple[int, Any, str | None]] = []
        number = str(row.get("r"))
        for cell in row:
            value: Any = None
            formula = None
            for child in cell:
                if child.tag == v:
                    value = child.text
                elif child.tag == f:
                    formula = child.text
                elif child.tag == inline:
                    value = "".join(child.itertext())
            if value is None and formula is None and not blanks:
                continue
            kind = cell.get("t", "n")
            if kind == "s":
                value = strings[int(value)]
            elif kind == "n" and value is not None:
                value = float(value)
            letters = str(cell.get("r")).removesuffix(number)
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = _column(letters)
            cells.append((column, value, formula))
        rows.append((int(number) - 1, cells))
    return rows


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def write(content: Content, out: Path) -> tuple[float, float]:
    """Write the content; return the wall and processor seconds that unpacking it took."""
    stream = content.rows >= STREAMED
    book = Workbook(str(out), {"constant_memory": stream, "in_memory": not stream})
    form = book.add_format({"border": 1})
    sheets = {name: book.add_worksheet(name, _Bare) for name, _ in content.sheets}
    wall = cpu = 0.0
    for name, blocks in content.sheets:
        for block in blocks:
            before = time.perf_counter(), time.process_time()
            rows = marshal.loads(block)  # noqa: S302 - our own
            wall += time.perf_counter() - before[0]
            cpu += time.process_time() - before[1]
            _write_rows(sheets[name], rows, form)
    for sheet, kind, series in content.charts:
        chart = book.add_chart({"type": kind})
        for categories, values in series:
            chart.add_series({"categories": f"={categories}" if categories else None, "values": f"={values}"})
        sheets[sheet].insert_chart(0, 0, chart)
    book.close()
    return wall, cpu


def _write_rows(sheet: Worksheet, rows: list[Row], form: object) -> None:
    number, text, formula_, blank = sheet.write_number, sheet.write_string, sheet.write_formula, sheet.write_blank
    for row, cells in rows:
        for column, value, formula in cells:
            if formula is not None:
                formula_(row, column, formula, form, "" if value is None else value)
            elif value is None:
                blank(row, column, None, form)
            elif isinstance(value, float):
                number(row, column, value, form)
            else:
                text(row, column, value, form)


def content_of(results: Path) -> Content:
    """Return what a results workbook holds."""
    sheets: list[tuple[str, list[bytes]]] = []
    cells = formulas = rows = 0
    for name, sheet in read(results, blanks=True):
        blocks = [marshal.dumps(sheet[start : start + _BLOCK]) for start in range(0, len(sheet), _BLOCK)]
        sheets.append((name, blocks))
        rows += len(sheet)
        cells += sum(len(row) for _, row in sheet)
        formulas += sum(formula is not None for _, row in sheet for _, _, formula in row)
    return Content(sheets, _charts(results), cells, formulas, rows)


def _charts(results: Path) -> list[tuple[str, str, list[tuple[str, str]]]]:
    with zipfile.ZipFile(results) as package:
        parts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        return [_chart(ET.fromstring(package.read(part))) for part in parts]  # noqa: S314


def _chart(root: ET.Element) -> tuple[str, str, list[tuple[str, str]]]:
    kinds = {"pieChart": "pie", "lineChart": "line", "scatterChart": "scatter", "doughnutChart": "doughnut"}
    plot = next(root.iter(f"{CHART}plotArea"))
    kind = next(child.tag.removeprefix(CHART) for child in plot if child.tag.endswith("Chart"))
    series = [
        (each.findtext(f"{CHART}cat//{CHART}f") or "", each.findtext(f"{CHART}val//{CHART}f") or "")
        for each in plot.iter(f"{CHART}ser")
    ]
    sheet = series[0][1].rpartition("!")[0].strip("'").replace("''", "'")
    return sheet, kinds.get(kind, "column"), series


_contents: dict[str, Content] = {}


def _load(contents: Path) -> None:
    _contents.update({path.stem: pickle.loads(path.read_bytes()) for path in contents.iterdir()})  # noqa: S301 - our own


def _job(path: Path, out: Path) -> None:
    run(path, _contents[path.stem.rpartition("_")[0]], out)


def main() -> None:
    """Read every workbook of a folder and write the results of the example that it is a copy of."""
    folder, contents, out = map(Path, sys.argv[1:4])
    jobs = [(path, out / path.name) for path in sorted(folder.glob("*.xlsx"))]
    with multiprocessing.Pool(int(sys.argv[4]), _load, (contents,)) as pool:
        pool.starmap(_job, jobs, chunksize=4)


if __name__ == "__main__":
    main()
