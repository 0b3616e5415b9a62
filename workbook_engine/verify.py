"""Check a results workbook: whether its figures follow from its formulas, and these from the company's inputs.

Three checks, each by itself:

    ironcalc      an independent engine recalculates every formula; its values are compared with those the file carries
    LibreOffice   the same by LibreOffice, where it is installed
    engine        the study is computed again from the company's sheets in the workbook, and what this program would
                  write is compared with what stands there: a formula that was replaced, a factor that was overwritten

A workbook that was mended on purpose passes the first two; the third names what was mended beside the company's cells.
"""

from __future__ import annotations

import contextlib
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.errors import ResultsError
from workbook_engine.frozen import frozen
from workbook_engine.grid import address, column_number
from workbook_engine.intake import open_workbook
from workbook_engine.model import Appearance
from workbook_engine.spec.marks import computed_key
from workbook_engine.texts import LANGUAGES, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book, Cell
    from workbook_engine.texts import Language

TOLERANCE = 1e-9  # relative: two engines round differently in the last binary digits
SMALLEST = 1e-12  # kgCO2e: below it two figures are both nothing
LIBREOFFICE_SECONDS = 180
IRONCALC, LIBREOFFICE, ENGINE = "ironcalc", "LibreOffice", "engine"

NOT_RESULTS = Text("{file}：不是本程序的结果工作簿", "{file}: not a results workbook of this program")
UNREADABLE = Text(
    "{file}：无法读取：不是工作簿，或不完整、已损坏；请重新取得一份",
    "{file}: cannot be read: no workbook, or incomplete or damaged; ask for another copy",
)
# LibreOffice recalculates a file of another program on loading only if told so: 0 is "always".
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""

Place = tuple[str, int, int]  # sheet, row, column
Area = tuple[str, int, int, int, int]
MOST_TRACED = 3_000  # differing cells of which it is worked out which follow from which

_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d*"
_REFERENCE = re.compile(
    rf"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^\W\d][\w.]*))!)?(?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w(])"
)


@frozen
class Difference:
    """A cell that is not as it should be. `cell` is "" where a whole sheet is missing.

    `follows`: its formula refers to another cell that differs, so that it may only be told after that one.
    """

    sheet: str
    cell: str
    stored: str
    expected: str
    follows: bool = False


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
        """Whether nothing differs in any check that was made, and the engine's own was.

        Without it nobody knows whether formulas and factors are those that the data ask for.
        """
        return not any(check.differences or (check.name == ENGINE and not check.was_made) for check in self.checks)


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


# --- what stands in the file ------------------------------------------------------------------------------------------


def _open(path: Path) -> Book:
    opened = open_workbook(path)
    if opened.book is None:
        raise ResultsError(UNREADABLE.filled(file=path.name))
    if not any(computed_key(sheet) for sheet in opened.book.sheets):
        raise ResultsError(NOT_RESULTS.filled(file=path.name))
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
    with _nothing_printed():
        model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
        model.evaluate()
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    return {
        (names[sheet], row, column): model.get_cell_value(sheet, row, column)
        for sheet, row, column in model.get_all_cells()
    }


@contextlib.contextmanager
def _nothing_printed() -> Iterator[None]:
    """Keep what native code prints of a damaged cell out of the output, which may be one JSON document."""
    sys.stdout.flush()
    kept = os.dup(1)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - the null device is no path of a file system
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


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
    found: list[Place] = []
    for place, cell in formulas.items():
        distance = _distance(cell.value, values.get(place))
        largest = max(largest, distance if distance < math.inf else 0.0)
        if distance > TOLERANCE:
            found.append(place)
    follows = _followers(found, formulas)
    differences = (
        _difference(place, _shown(formulas[place].value), _shown(values.get(place)), follows=place in follows)
        for place in found
    )
    return Check(name, was_made=True, largest=largest, differences=tuple(differences))


def _followers(differing: list[Place], formulas: Mapping[Place, Cell]) -> set[Place]:
    """Return the cells whose formulas refer to others of them; none where they are so many that this would be slow."""
    if len(differing) > MOST_TRACED:
        return set()
    return {
        place
        for place in differing
        if any(_lies_in(other, area) for area in _areas(place[0], formulas[place].formula or "") for other in differing)
    }


def _areas(sheet: str, formula: str) -> list[Area]:
    """Return the areas that a formula refers to, as (sheet, first row, first column, last row, last column)."""
    areas: list[Area] = []
    for found in _REFERENCE.finditer(formula):
        name = (found["quoted"] or "").replace("''", "'") or found["plain"] or sheet
        first, last = found["first"], found["last"] or found["first"]
        areas.append((name, *_row_column(first), *_row_column(last)))
    return areas


def _row_column(cell: str) -> tuple[int, int]:
    letters = cell.replace("$", "").rstrip("0123456789")
    return int(cell.replace("$", "").removeprefix(letters)), column_number(letters)


def _lies_in(place: Place, area: Area) -> bool:
    sheet, row, column = place
    return sheet == area[0] and area[1] <= row <= area[3] and area[2] <= column <= area[4]


def _distance(stored: object, other: object) -> float:
    """Return the relative difference of two figures; infinity where one is no figure or two texts differ."""
    if isinstance(stored, int | float) and isinstance(other, int | float):
        return abs(stored - other) / max(abs(stored), abs(other), SMALLEST)
    return 0.0 if (stored or "") == (other or "") else math.inf


def _difference(place: Place, stored: str, expected: str, *, follows: bool = False) -> Difference:
    sheet, row, column = place
    return Difference(sheet, address(row, column), stored, expected, follows)


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
    missing = [Difference(name, "", "", "") for name in computed if name not in sheets]
    missing += [
        Difference(name, "", "", "") for name in _stages_gone(done.findings, _appearance(book).language or LANGUAGES[0])
    ]
    stored = dict(_cells(book))
    largest = 0.0
    found: dict[Place, tuple[Cell, tuple[str, str]]] = {}
    for place, cell in _cells(expected):
        if place[0] in computed and place[0] in sheets and _is_figure(cell):
            distance, contents = _against(stored.get(place), cell)
            largest = max(largest, distance if distance < math.inf else 0.0)
            if contents:
                found[place] = cell, contents
    # A formula that was replaced stands by itself, whatever else differs.
    follows = _followers(list(found), {place: cell for place, (cell, _) in found.items()})
    differences = (
        _difference(place, *contents, follows=place in follows and not contents[1].startswith("="))
        for place, (_, contents) in found.items()
    )
    return Check(ENGINE, was_made=True, largest=largest, differences=(*missing, *differences))


def _stages_gone(findings: tuple[Finding, ...], language: Language) -> list[str]:
    """Return the company's stage sheets that the study needs and the workbook has no more."""
    gone = (finding.params["stage"] for finding in findings if finding.type is catalogue.STAGE_SHEET_GONE)
    return [stage.to(language) for stage in gone if isinstance(stage, Text)]


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


def _against(stored: Cell | None, expected: Cell) -> tuple[float, tuple[str, str] | None]:
    """Return how far a cell is from what it should be, and what is shown of both where they differ."""
    if stored is None:
        return math.inf, ("", _content(expected))
    if _plain(stored.formula) != _plain(expected.formula):
        return math.inf, (_content(stored), _content(expected))
    distance = _distance(stored.value, expected.value)
    return distance, None if distance <= TOLERANCE else (_shown(stored.value), _shown(expected.value))


def _content(cell: Cell) -> str:
    return f"={cell.formula}" if cell.formula is not None else _shown(cell.value)


def _plain(formula: str | None) -> str | None:
    """Return a formula as programs differ not in writing it: no quotes round sheet names, no spaces, upper case."""
    return None if formula is None else re.sub(r"['\s]", "", formula).upper()
