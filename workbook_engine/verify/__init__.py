"""Check a results workbook: whether its figures follow from its formulas, and these from the company's inputs.

Four checks, each by itself:

    ironcalc      an independent engine recalculates every formula; its values are compared with those the file carries
    LibreOffice   the same by LibreOffice, where it is installed
    engine        the study is computed again from the company's sheets in the workbook, and what this program would
                  write is compared with what stands there: a formula that was replaced, a factor or a text typed over
    around        so is what stands around the cells: charts, number formats, what is hidden, links, notes, names

With the returned workbook itself (`sources`) the study is computed again from that, once its SHA-256 is the one that
the results state: then the company's sheets are compared, too. With the submission before it, so is the sheet that
tells what was changed since.

A workbook that was mended on purpose passes the first two; the third names what was mended beside the company's cells.
Before any cell, `remarks` tell what befell whole sheets. What is computed again from the inputs cannot be forged
without changing them. A digest can: it is kept only of what the workbook cannot tell again, the company's sheets and
the sheet of changes.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from workbook_engine.errors import ResultsError
from workbook_engine.findings import told
from workbook_engine.intake import bind_inputs, open_workbook
from workbook_engine.intake.limits import DEFAULT_LIMITS, Refused, of_results
from workbook_engine.intake.package import Package
from workbook_engine.spec.marks import computed_key
from workbook_engine.texts import Text
from workbook_engine.verify.cells import (
    TOLERANCE,
    difference,
    distance,
    followers,
    rounding,
    shown,
    side_by_side,
    values_among,
    values_at,
)
from workbook_engine.verify.rebuilding import Parts, rebuilt
from workbook_engine.verify.recalculation import by_ironcalc, by_libreoffice
from workbook_engine.verify.result import (
    AROUND,
    ENGINE,
    IRONCALC,
    LIBREOFFICE,
    About,
    Check,
    Difference,
    Remark,
    Verification,
    What,
    Why,
)
from workbook_engine.verify.sheets import without_values
from workbook_engine.verify.surroundings import Surroundings, surroundings
from workbook_engine.verify.unchanged import unchanged_sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.grid import Book, Cell
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.open import Opened
    from workbook_engine.verify.cells import Place
    from workbook_engine.verify.recalculation import Values

__all__ = [
    "AROUND",
    "ENGINE",
    "IRONCALC",
    "LIBREOFFICE",
    "About",
    "Check",
    "Difference",
    "Remark",
    "Verification",
    "What",
    "Why",
    "verify",
]

NOT_RESULTS = Text("{file}：不是本程序的结果工作簿", "{file}: not a results workbook of this program")
INPUT = Text(
    "{file}：这是数据收集表，不是结果工作簿；请先用 workbook-engine run 核算，再核对得到的结果工作簿",
    "{file}: a data-collection workbook, no results; run workbook-engine run on it and verify what that writes",
)
OVERVIEW = Text(
    "{file}：这是多份工作簿的汇总，不是结果工作簿；请逐一核对它所列的结果工作簿",
    "{file}: the overview of many workbooks, no results workbook; verify those that it lists, one by one",
)


def verify(
    path: Path,
    library: FactorLibrary | None = None,
    sources: Sequence[Path] = (),
    limits: Limits = DEFAULT_LIMITS,
    passwords: tuple[str, ...] = (),
    *,
    telling: Callable[[str], object] = str,
) -> Verification:
    """Check the results workbook at `path`, with the files that it was made of where they are given.

    `telling` is called with what is done next: "" for reading, then the names of checks as they begin. Raises
    ResultsError where it is no results workbook, ReadError where one of the others cannot be read.
    """
    from workbook_engine.pipeline import factor_library  # noqa: PLC0415 - pulls in all

    telling("")
    given = [(source, open_workbook(source, limits, passwords)) for source in sources]
    limits = of_results(limits)
    opened = _opened(path, limits)
    assert opened.book is not None  # noqa: S101 - for the type checker: _opened raises
    formulas, empty, remarks = without_values(opened.book)
    count = sum(formulas.values())
    with by_libreoffice(path, count, limits) as office:  # works while we do
        telling(IRONCALC)
        ironcalc = by_ironcalc(path, opened.book, count)
        values = ironcalc if not isinstance(ironcalc, Why) else office() if empty else None
        recalculated = None if isinstance(values, Why) else values
        parts = _parts(path, opened.book.format, limits)
        telling(ENGINE)
        again = rebuilt(opened, path.name, library or factor_library(), recalculated, given, parts)
        gone = {remark.sheet for remark in again.remarks}
        compare = functools.partial(_compare, book=opened.book, empty=empty, gone=gone)
        telling(LIBREOFFICE)
        checks = (compare(IRONCALC, ironcalc), compare(LIBREOFFICE, office()), *again.checks)
    return Verification(path.name, count, (*remarks, *again.remarks), checks)


def _parts(path: Path, kind: str, limits: Limits) -> Parts | None:
    if kind not in {"xlsx", "xlsm"}:
        return None
    around = functools.cache(functools.partial(_around, path, limits))
    return Parts(lambda written: unchanged_sheets(path.read_bytes(), written, limits), around)


def _around(path: Path, limits: Limits, unchanged: frozenset[str]) -> Surroundings | Why:
    try:
        return surroundings(Package(path.read_bytes(), limits), unchanged)
    except (Refused, ValueError):  # an attribute that is no number
        return Why.NOT_LOADED


def _opened(path: Path, limits: Limits) -> Opened:
    opened = open_workbook(path, limits)
    if opened.book is None:
        raise ResultsError(told(opened.findings, path))
    keys = {computed_key(sheet) for sheet in opened.book.sheets} - {""}
    if not keys:
        submission, _ = bind_inputs(opened.book)
        is_input = submission is not None and submission.tables
        raise ResultsError((INPUT if is_input else NOT_RESULTS).filled(file=path.name))
    if "overview" in keys:
        raise ResultsError(OVERVIEW.filled(file=path.name))
    return opened


def _compare(name: str, values: Values | Why, *, book: Book, empty: Collection[str], gone: Collection[str]) -> Check:
    """Compare the values that formulas carry with those that another program computes, a row at a time.

    Not those of sheets that carry none. Of the sheets in `gone` it was told already that they are not as they were.
    """
    if isinstance(values, Why):
        return Check(name, values)
    apart: dict[Place, float] = {}
    cells: dict[Place, Cell] = {}
    largest, is_any = 0.0, False
    for sheet in book.sheets:
        if sheet.name in empty:
            continue
        for row, line, there in side_by_side(sheet.rows(), values(sheet.name)):
            for column, cell in line.items():
                if cell.formula is None:
                    continue
                is_any = True
                far = distance(cell.value, there.get(column))
                if far <= TOLERANCE:
                    largest = max(largest, far)
                else:
                    place = sheet.name, row, column
                    apart[place], cells[place] = far, cell
    if not is_any:
        return Check(name, Why.NO_VALUES)
    look = functools.partial(_look, book, values)
    rounded = rounding(apart, cells, look)
    found = [place for place in apart if place not in rounded]
    largest = max((apart[place] for place in found if apart[place] < math.inf), default=largest)
    follows = followers(found, cells, gone)
    others = look(found)
    differences = (
        difference(place, shown(cells[place].value), shown(others.get(place)), follows=place in follows)
        for place in found
    )
    return Check(name, "", largest, tuple(differences))


def _look(book: Book, values: Values, places: Collection[Place]) -> dict[Place, object]:
    """Return what cells of a book hold, where they are formulas what these give."""
    return {**values_at(book, places), **values_among(values, places)}
