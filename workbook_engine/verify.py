"""Check a results workbook: whether its figures follow from its formulas, and these from the company's inputs.

Three checks, each by itself:

    ironcalc      an independent engine recalculates every formula; its values are compared with those the file carries
    LibreOffice   the same by LibreOffice, where it is installed
    engine        the study is computed again from the company's sheets in the workbook, and what this program would
                  write is compared with what stands there: a formula that was replaced, a factor that was overwritten

A workbook that was mended on purpose passes the first two; the third names what was mended beside the company's cells.
"""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.errors import ResultsError
from workbook_engine.frozen import frozen
from workbook_engine.grid import address
from workbook_engine.intake import open_workbook
from workbook_engine.model import Appearance
from workbook_engine.spec.marks import computed_key
from workbook_engine.texts import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.grid import Book, Cell
    from workbook_engine.texts import Language

TOLERANCE = 1e-9  # relative: two engines round differently in the last binary digits
SMALLEST = 1e-12  # kgCO2e: below it two figures are both nothing
LIBREOFFICE_SECONDS = 180
IRONCALC, LIBREOFFICE, ENGINE = "ironcalc", "LibreOffice", "engine"

NOT_RESULTS = Text("{file}：不是本程序的结果工作簿", "{file}: not a results workbook of this program")
UNREADABLE = Text("{file}: 无法读取", "{file}: cannot be read")
COUNTED = Text("{file}: {count} 个公式", "{file}: {count} formulas")
AGREES = Text(
    "{check}：一致（最大相对差 {largest:.1e}）", "{check}: agrees (largest relative difference {largest:.1e})"
)
DIFFERS = Text("{check}：{count} 个单元格不一致", "{check}: {count} cells differ")
NOT_RUN = Text("{check}：未安装，未检查", "{check}: not installed, not checked")
CELL = Text("  {sheet}!{cell}: 文件中 {stored}，应为 {expected}", "  {sheet}!{cell}: is {stored}, should be {expected}")
MISSING = Text("  {sheet}: 缺少此工作表", "  {sheet}: the sheet is missing")
NAMES = {
    IRONCALC: Text("ironcalc 重算", "Recalculated by ironcalc"),
    LIBREOFFICE: Text("LibreOffice 重算", "Recalculated by LibreOffice"),
    ENGINE: Text("由原始数据重新核算", "Computed again from the inputs"),
}
MOST_SHOWN = 50

# LibreOffice recalculates a file of another program on loading only if told so: 0 is "always".
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""

Place = tuple[str, int, int]  # sheet, row, column


@frozen
class Difference:
    """A cell that is not as it should be. `cell` is "" where a whole sheet is missing."""

    sheet: str
    cell: str
    stored: str
    expected: str


@frozen
class Check:
    """One check: whether it could be made, the largest relative difference of figures, and what differs."""

    name: str
    was_made: bool
    largest: float = 0.0
    differences: tuple[Difference, ...] = ()


@frozen
class Verification:
    """What came of a results workbook."""

    file: str
    formulas: int
    checks: tuple[Check, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing differs in any check that was made."""
        return not any(check.differences for check in self.checks)


def verify(path: Path, library: FactorLibrary | None = None) -> Verification:
    """Check the results workbook at `path`. Raises ResultsError where it is none."""
    book = _open(path)
    formulas = {place: cell for place, cell in _cells(book) if cell.formula is not None}
    again = _by_engine(path, book, library)
    checks = (
        _compare(IRONCALC, formulas, _by_ironcalc(path)),
        _compare(LIBREOFFICE, formulas, _by_libreoffice(path)),
        again,
    )
    return Verification(path.name, len(formulas), checks)


def as_lines(result: Verification, language: Language) -> Iterator[str]:
    """Yield the result as lines of text."""
    yield COUNTED.to(language).format(file=result.file, count=result.formulas)
    for check in result.checks:
        name = NAMES[check.name].to(language)
        if not check.was_made:
            yield NOT_RUN.to(language).format(check=name)
        elif not check.differences:
            yield AGREES.to(language).format(check=name, largest=check.largest)
        else:
            yield DIFFERS.to(language).format(check=name, count=len(check.differences))
            yield from (_line(found, language) for found in check.differences[:MOST_SHOWN])


def _line(found: Difference, language: Language) -> str:
    text = CELL if found.cell else MISSING
    return text.to(language).format(sheet=found.sheet, cell=found.cell, stored=found.stored, expected=found.expected)


# --- what stands in the file ------------------------------------------------------------------------------------------


def _open(path: Path) -> Book:
    opened = open_workbook(path)
    if opened.book is None:
        raise ResultsError(" / ".join(UNREADABLE).format(file=path.name))
    if not any(computed_key(sheet) for sheet in opened.book.sheets):
        raise ResultsError(" / ".join(NOT_RESULTS).format(file=path.name))
    return opened.book


def _cells(book: Book) -> Iterator[tuple[Place, Cell]]:
    for sheet in book.sheets:
        for row, cells in sheet.rows():
            for column, cell in cells.items():
                yield (sheet.name, row, column), cell


# --- recalculated by others -------------------------------------------------------------------------------------------


def _by_ironcalc(path: Path) -> Mapping[Place, object] | None:
    try:
        import ironcalc  # noqa: PLC0415 - only this check needs it
    except ImportError:
        return None
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    return {
        (names[sheet], row, column): model.get_cell_value(sheet, row, column)
        for sheet, row, column in model.get_all_cells()
    }


def _by_libreoffice(path: Path) -> Mapping[Place, object] | None:
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "profile" / "user").mkdir(parents=True)
        (work / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        copy = work / "results.xlsx"
        shutil.copyfile(path, copy)
        command = [program, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(work / "out"), str(copy)]
        subprocess.run(command, check=False, capture_output=True, timeout=LIBREOFFICE_SECONDS)  # noqa: S603 - soffice
        book = open_workbook(work / "out" / copy.name).book
        return {place: cell.value for place, cell in _cells(book)} if book else None


def _compare(name: str, formulas: Mapping[Place, Cell], values: Mapping[Place, object] | None) -> Check:
    if values is None:
        return Check(name, was_made=False)
    largest = 0.0
    found: list[Difference] = []
    for place, cell in formulas.items():
        distance = _distance(cell.value, values.get(place))
        largest = max(largest, distance if distance < math.inf else 0.0)
        if distance > TOLERANCE:
            found.append(_difference(place, _shown(cell.value), _shown(values.get(place))))
    return Check(name, was_made=True, largest=largest, differences=tuple(found))


def _distance(stored: object, other: object) -> float:
    """Return the relative difference of two figures; infinity where one is no figure or two texts differ."""
    if isinstance(stored, int | float) and isinstance(other, int | float):
        return abs(stored - other) / max(abs(stored), abs(other), SMALLEST)
    return 0.0 if (stored or "") == (other or "") else math.inf


def _difference(place: Place, stored: str, expected: str) -> Difference:
    sheet, row, column = place
    return Difference(sheet, address(row, column), stored, expected)


def _shown(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str("" if value is None else value)


# --- computed again ---------------------------------------------------------------------------------------------------


def _by_engine(path: Path, book: Book, library: FactorLibrary | None) -> Check:
    """Compare the computed sheets with what this program writes from the company's sheets of the same workbook."""
    from workbook_engine.pipeline import examine, factor_library, write_results_file  # noqa: PLC0415 - pulls in all

    known = library or factor_library()
    done, source = examine(path.name, open_workbook(path), known)
    if source is None:
        return Check(ENGINE, was_made=False)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.xlsx"
        write_results_file(fresh, done, source, known, _appearance(book))
        expected = _open(fresh)
    sheets = {sheet.name for sheet in book.sheets}
    computed = [sheet.name for sheet in expected.sheets if computed_key(sheet)]
    found = [Difference(name, "", "", "") for name in computed if name not in sheets]
    stored = dict(_cells(book))
    largest = 0.0
    for place, cell in _cells(expected):
        if place[0] in computed and place[0] in sheets and _is_figure(cell):
            distance, difference = _against(place, stored.get(place), cell)
            largest = max(largest, distance if distance < math.inf else 0.0)
            found += [difference] if difference else []
    return Check(ENGINE, was_made=True, largest=largest, differences=tuple(found))


def _appearance(book: Book) -> Appearance:
    """Return the view and the language that the workbook is in."""
    from workbook_engine.results.layout import BEFORE_STAGES  # noqa: PLC0415 - pulls in the writer
    from workbook_engine.results.raw_sheets import VIEW_MARK  # noqa: PLC0415

    is_client = any(cell.value == VIEW_MARK for (_, _, column), cell in _cells(book) if column == 1)
    names = [sheet.name for sheet in book.sheets if computed_key(sheet)]
    language = next(at for at in LANGUAGES if any(name.startswith(BEFORE_STAGES["cover"].to(at)) for name in names))
    return Appearance("client" if is_client else "full", language=language)


def _is_figure(cell: Cell) -> bool:
    """Tell whether a cell is compared: numbers and formulas are; texts name the file and the versions."""
    return cell.formula is not None or cell.kind == "number"


def _against(place: Place, stored: Cell | None, expected: Cell) -> tuple[float, Difference | None]:
    if stored is None:
        return math.inf, _difference(place, "", _content(expected))
    if _plain(stored.formula) != _plain(expected.formula):
        return math.inf, _difference(place, _content(stored), _content(expected))
    distance = _distance(stored.value, expected.value)
    if distance <= TOLERANCE:
        return distance, None
    return distance, _difference(place, _shown(stored.value), _shown(expected.value))


def _content(cell: Cell) -> str:
    return f"={cell.formula}" if cell.formula is not None else _shown(cell.value)


def _plain(formula: str | None) -> str | None:
    """Return a formula as programs differ not in writing it: no quotes round sheet names, no spaces, upper case."""
    return None if formula is None else re.sub(r"['\s]", "", formula).upper()
