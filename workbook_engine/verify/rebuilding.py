"""The study computed again from the company's sheets in the workbook, and what stands there held against that.

Every cell of the computed sheets is compared, texts too, and whatever stands where nothing should. What the sheets of
the workbook cannot tell again is taken from it: the name and the digest of the returned file, the language, the view.
Where the returned file itself is at hand, the study is computed from that, and the company's sheets are compared, too.
"""

from __future__ import annotations

import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine import __version__, catalogue
from workbook_engine.model import Appearance, Comparison
from workbook_engine.results.stated import stated
from workbook_engine.spec.carried import carried
from workbook_engine.spec.marks import computed_key
from workbook_engine.texts import Text
from workbook_engine.verify.cells import (
    TOLERANCE,
    cells_of,
    content,
    difference,
    distance,
    followers,
    plain,
    rounding,
    shown,
)
from workbook_engine.verify.originals import originals
from workbook_engine.verify.result import ENGINE, About, Check, Remark, Why
from workbook_engine.verify.sheets import by_sheet, company_sheets, has_formulas, is_values_only, moved, renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book, Cell
    from workbook_engine.intake.open import Opened
    from workbook_engine.model import Processed
    from workbook_engine.results.stated import Stated
    from workbook_engine.verify.cells import Place
    from workbook_engine.verify.recalculation import Values
    from workbook_engine.verify.sheets import Cells, Moved

DIFFERENCES = "differences"  # the sheet that only the earlier submission could tell again
NOTHING_COMPARED = Comparison("", "", (), (), (), "none")


def rebuilt(
    opened: Opened,
    name: str,
    library: FactorLibrary,
    recalculated: Values,
    given: Iterable[tuple[Path, Opened]] = (),
) -> tuple[Check, list[Remark]]:
    """Compare the computed sheets with what this program writes from the company's sheets of the same workbook.

    Where the workbook carries no values, those `recalculated` from its formulas are compared. Of the files that were
    `given` those count that it states: with the one that it was made of, all of its sheets are compared with what the
    program writes from that. Also returns what is to be said of whole sheets. Raises ReadError where such a file
    cannot be read.
    """
    assert opened.book is not None  # noqa: S101 - for the type checker: callers have looked
    about = stated(opened.book)
    company = company_sheets(opened.book, about.inputs)
    files = originals(given, about)
    remarks = [*files.remarks, *_versions(about, library), *company.remarks]
    if not company.are_whole and files.source is None:
        return Check(ENGINE, Why.INPUTS_GONE), remarks
    book = company.restored(opened.book)
    inputs = files.source or replace(opened, book=book)
    expected, done = _written(inputs, about.source or name, about, library, files.earlier)
    if expected is None:
        return Check(ENGINE, Why.NO_INPUTS), remarks
    if not about.inputs and (gone := list(_gone_with_their_lines(done.findings, about))):
        return Check(ENGINE, Why.INPUTS_GONE), [*remarks, *gone]
    ours = {sheet.name: computed_key(sheet) for sheet in expected.sheets if computed_key(sheet) or files.source}
    names, more = _computed_sheets(book, ours)
    stored = by_sheet(cells_of(renamed(book, names)))
    wanted = by_sheet(cells_of(expected))
    is_live = any(cell.formula is not None for cells in stored.values() for cell in cells.values())
    found = _Compared(recalculated, {remark.sheet for remark in more}, is_live=is_live)
    for sheet, key in ours.items():
        if key == DIFFERENCES and files.earlier is None:
            more.append(Remark(About.NOT_CHECKED, sheet))
        elif sheet in stored:
            more += found.sheet(sheet, stored[sheet], wanted[sheet])
    values = {(name, *place): cell.value for name, cells in stored.items() for place, cell in cells.items()}
    return found.check(values), [*remarks, *_together(more, [wanted[sheet] for sheet in ours])]


def _together(remarks: list[Remark], computed: Iterable[Cells]) -> list[Remark]:
    """Say it once where the formulas of all sheets became values."""
    values = [remark for remark in remarks if remark.about is About.VALUES_ONLY]
    if len(values) < 2 or len(values) < sum(map(has_formulas, computed)):
        return remarks
    return [Remark(About.VALUES_ONLY), *(remark for remark in remarks if remark not in values)]


def _written(
    opened: Opened, name: str, about: Stated, library: FactorLibrary, earlier: Opened | None
) -> tuple[Book | None, Processed]:
    """Return what the program writes from these inputs, None where there are none."""
    from workbook_engine.intake import open_workbook  # noqa: PLC0415
    from workbook_engine.pipeline import compared, examine, write_results_file  # noqa: PLC0415 - pulls in all

    done, source = examine(name, opened, library, about.sampling)
    if source is None:
        return None, done
    # What was typed into computed sheets is named where it stands, not in the list of findings.
    ours = {sheet.name for sheet in source.sheets if computed_key(sheet)}
    came = {(finding.code, finding.where) for finding in carried(source)[0]}
    findings = tuple(
        finding
        for finding in done.findings
        if finding.where is None or finding.where.sheet not in ours or (finding.code, finding.where) in came
    )
    done = replace(done, sha256=about.source_sha256, findings=findings)
    if earlier is not None:
        done = compared(done, earlier, about.earlier, library)
    elif about.has_comparison:
        done = replace(done, comparison=NOTHING_COMPARED)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.xlsx"
        write_results_file(fresh, done, source, library, _appearance(about))
        return open_workbook(fresh).book, done


def _appearance(about: Stated) -> Appearance:
    return Appearance("client" if about.is_client else "full", language=about.language)


def _versions(about: Stated, library: FactorLibrary) -> Iterator[Remark]:
    """Say with which program and library the workbook was made, where these are others."""
    own = f"Workbook Engine {__version__}"
    if about.engine and about.engine != own:
        yield Remark(About.OTHER_ENGINE, "", about.engine, own)
    if about.library_sha256 and about.library_sha256 != library.sha256:
        yield Remark(About.OTHER_LIBRARY, "", about.library, library.version)


def _computed_sheets(book: Book, ours: Mapping[str, str]) -> tuple[dict[str, str], list[Remark]]:
    """Return the program's sheets that were renamed (as they are -> as they were), and what is to be said."""
    there = {sheet.name: sheet for sheet in book.sheets}
    spare = {computed_key(sheet): sheet.name for sheet in book.sheets if sheet.name not in ours}
    names: dict[str, str] = {}
    remarks: list[Remark] = []
    for name, key in ours.items():
        if name in there and not any(True for _ in there[name].rows()):
            remarks.append(Remark(About.SHEET_EMPTIED, name))
        elif name not in there and key in spare:
            names[spare[key]] = name
            remarks.append(Remark(About.SHEET_RENAMED, name, spare[key], name))
        elif name not in there:
            remarks.append(Remark(About.SHEET_GONE, name))
    copies = (now for key, now in spare.items() if key and now not in names)
    return names, [*remarks, *(Remark(About.SHEET_UNEXPECTED, now) for now in copies)]


def _gone_with_their_lines(findings: Iterable[Finding], about: Stated) -> Iterator[Remark]:
    """Yield the company's stage sheets that the study needs and the workbook has no more, where no list tells."""
    for finding in findings:
        stage = finding.params.get("stage")
        if finding.type is catalogue.STAGE_SHEET_GONE and isinstance(stage, Text):
            yield Remark(About.SHEET_GONE, stage.to(about.language))


class _Compared:
    """Collects what differs, sheet by sheet."""

    def __init__(self, recalculated: Values, not_there: set[str], *, is_live: bool) -> None:
        self.recalculated = recalculated
        self.is_live = is_live  # any formula is left
        self.expected: dict[Place, Cell] = {}  # of the cells that differ
        self.contents: dict[Place, tuple[str, str]] = {}
        self.far: dict[Place, float] = {}  # cells whose figures differ at all, and how far
        self.moved = not_there  # sheets to which formulas do not refer as they did

    def sheet(self, name: str, stored: Cells, expected: Cells) -> list[Remark]:
        """Compare a sheet; return what is to be said of it as a whole."""
        if shift := moved(name, stored, expected):
            self.moved.add(name)
            self._moved(name, stored, expected, shift)
            return [shift.remark]
        values_only = is_values_only(stored, expected, fewest=2 if self.is_live else 1)
        for row, column in {**expected, **stored}:
            place = name, row, column
            self._cell(place, stored.get((row, column)), expected.get((row, column)), values_only=values_only)
        return [Remark(About.VALUES_ONLY, name)] if values_only else []

    def _moved(self, name: str, stored: Cells, expected: Cells, shift: Moved) -> None:
        """Compare the texts and numbers of a sheet that moved; its formulas moved along, each as its program does."""
        for place, cell in expected.items():
            now = shift.place(*place)
            if now is None or cell.formula is not None:
                continue
            there = stored.get(now)
            if there is None or there.formula is None:
                self._cell((name, *now), there, cell, values_only=False)

    def _cell(self, place: Place, stored: Cell | None, expected: Cell | None, *, values_only: bool) -> None:
        apart, contents = self._against(place, stored, expected, values_only=values_only)
        if 0.0 < apart < math.inf:
            self.far[place] = apart
        if contents:
            self.contents[place] = contents
            if expected is not None:
                self.expected[place] = expected

    def _against(
        self, place: Place, stored: Cell | None, expected: Cell | None, *, values_only: bool
    ) -> tuple[float, tuple[str, str] | None]:
        """Return how far a cell is from what it should be, and what is shown of both where they differ."""
        if stored is None or expected is None:
            is_blank = all(cell is None or (cell.formula is None and not cell.value) for cell in (stored, expected))
            return (0.0, None) if is_blank else (math.inf, (content(stored), content(expected)))
        if not values_only and plain(stored.formula) != plain(expected.formula):
            return math.inf, (content(stored), content(expected))
        value = stored.value
        if stored.kind == "uncached":
            if not self.recalculated:
                return 0.0, None
            value = self.recalculated.get(place)  # type: ignore[assignment]
        apart = distance(value, expected.value)
        return apart, None if apart <= TOLERANCE else (shown(value), shown(expected.value))

    def check(self, stored: Values) -> Check:
        """Return what was found; `stored` are the values that the workbook carries.

        A formula that was replaced stands by itself, whatever else differs.
        """
        differing = {place: far for place, far in self.far.items() if place in self.contents}
        for place in rounding(differing, self.expected, stored):
            del self.contents[place], self.far[place]
        follows = followers(list(self.contents), self.expected, self.moved)
        return Check(
            ENGINE,
            "",
            max(self.far.values(), default=0.0),
            tuple(
                difference(place, *contents, follows=place in follows and not self._is_replaced(place, contents))
                for place, contents in self.contents.items()
            ),
        )

    def _is_replaced(self, place: Place, contents: tuple[str, str]) -> bool:
        """Tell whether a formula was replaced, and not because the sheet that it refers to has moved."""
        return contents[1].startswith("=") and not followers([place], self.expected, self.moved)
