"""The study computed again from the company's sheets in the workbook, and what stands there held against that.

Every cell of the computed sheets is compared, texts too, and whatever stands where nothing should. What the sheets of
the workbook cannot tell again is taken from it: the name and the digest of the returned file, the language, the view.
Where the returned file itself is at hand, the study is computed from that, and the company's sheets are compared, too.
So is what stands around the cells: charts, formats, links. Of a workbook that another version of the program wrote, and
that this one would not write so, only the totals are compared: else each change of wording would be told as damage.
"""

from __future__ import annotations

import functools
import hashlib
import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import __version__, catalogue
from workbook_engine.frozen import frozen
from workbook_engine.intake.limits import DEFAULT_LIMITS, Refused, of_results
from workbook_engine.intake.package import Package
from workbook_engine.intake.xlsx import read_xlsx
from workbook_engine.model import Comparison
from workbook_engine.results.again import written_again
from workbook_engine.results.stated import stated
from workbook_engine.spec.carried import META_SHEET, carried, carried_digests
from workbook_engine.spec.marks import computed_key
from workbook_engine.spec.schema import MARK_RESULTS
from workbook_engine.texts import Text
from workbook_engine.verify.around import compare_around
from workbook_engine.verify.cells import TOLERANCE, cells_by_place, distance, shown, values_among, values_at
from workbook_engine.verify.compared import Compared
from workbook_engine.verify.inputs import Inputs, against_digests, identified
from workbook_engine.verify.originals import originals
from workbook_engine.verify.result import AROUND, ENGINE, About, Check, Difference, Remark, What, Why
from workbook_engine.verify.sheets import company_sheets, has_cells, has_formulas, renamed
from workbook_engine.verify.surroundings import Surroundings, Thing, surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.grid import Book, Sheet
    from workbook_engine.intake.open import Opened
    from workbook_engine.results.stated import Stated
    from workbook_engine.verify.cells import Look, Place
    from workbook_engine.verify.originals import Originals
    from workbook_engine.verify.recalculation import Values
    from workbook_engine.verify.sheets import CompanySheets

DIFFERENCES = "differences"  # the sheet that only the earlier submission could tell again
LIMITS = of_results(DEFAULT_LIMITS)  # of what the program writes itself
TITLE = "Workbook Engine "  # before the version
# What was told of a sheet that need not be told again of each thing around its cells; "" is the workbook.
APART = frozenset(
    {
        About.SHEET_GONE,
        About.SHEET_EMPTIED,
        About.SHEET_ADDED,
        About.SHEET_UNEXPECTED,
        About.VALUES_ONLY,
        About.COLUMNS_MOVED,
        About.ROWS_MOVED,
        About.ROWS_SORTED,
        About.NOT_CHECKED,
        About.BY_DIGEST,
    }
)
# Findings on what somebody brought into this file: `around` names it.
OF_THE_FILE = frozenset({catalogue.FILE_OTHER_FORMAT, catalogue.PARTS_NOT_READ})
NOTHING_COMPARED = Comparison("", "", (), (), (), "none")


class Parts(NamedTuple):
    """What is asked of the parts of the workbook's file.

    `unchanged`: which sheets' are the same in a package of ours; `around`: what stands around the cells, but for such
    sheets, or why that is not known.
    """

    unchanged: Callable[[bytes], frozenset[str]]
    around: Callable[[frozenset[str]], Surroundings | Why]


NO_PARTS = Parts(lambda _: frozenset(), lambda _: Why.OTHER_FORMAT)


@frozen
class Rebuilt:
    """The checks of the cells and of what stands around them, and what is to be said of whole sheets."""

    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...]


def rebuilt(
    opened: Opened,
    name: str,
    library: FactorLibrary,
    recalculated: Values | None,
    given: Iterable[tuple[Path, Opened]] = (),
    parts: Parts | None = None,
) -> Rebuilt:
    """Compare the computed sheets with what this program writes from the company's sheets of the same workbook.

    Where the workbook carries no values, those `recalculated` from its formulas are compared. Of the files that were
    `given` those count that it states: with the one that it was made of, all of its sheets are compared with what the
    program writes from that. Without `parts` only cells are compared. Raises ReadError where a file that is stated
    cannot be read.
    """
    parts = parts or NO_PARTS
    assert opened.book is not None  # noqa: S101 - for the type checker: callers have looked
    about = stated(opened.book)
    digests = {name: known for name, known in carried_digests(opened.book).items() if not name.startswith(MARK_RESULTS)}
    there = {sheet.name: sheet for sheet in opened.book.sheets if not computed_key(sheet)}
    company = company_sheets(opened.book, about.inputs, identified(there, digests))
    files = originals(given, about)
    is_other = _is_other(about, parts)
    remarks = [*files.remarks, *_versions(about, library, is_other=is_other), *company.remarks]
    if not company.are_whole and files.source is None:
        return _not_made(Why.INPUTS_GONE, remarks)
    book = company.restored(opened.book)
    held = Inputs(book, {}, ())
    if files.source is None and not is_other:
        held = against_digests(book, digests, company.order)
        remarks += held.remarks
        if not held.are_whole:
            return _not_made(Why.INPUTS_GONE, remarks)
    inputs = files.source or replace(opened, book=held.book)
    version = about.engine.removeprefix(TITLE) if is_other else __version__
    written = _written(inputs, about.source or name, about, library, files.earlier, version)
    gone = () if about.inputs else tuple(_gone_with_their_lines(written.findings, about))
    if not written.data or gone:
        return _not_made(Why.INPUTS_GONE if written.data else Why.NO_INPUTS, [*remarks, *gone])
    if hashlib.sha256(written.data).hexdigest() == opened.sha256:
        return Rebuilt((Check(ENGINE), Check(AROUND)), tuple(remarks))  # the very same file
    anew = _opened(written.data, opened.book, parts)
    found = _held_against(anew, opened.book, book, company, held, files, recalculated, parts)
    if is_other and any(check.differences for check in found.checks):
        return Rebuilt((_totals(written.totals, book), Check(AROUND, Why.OTHER_ENGINE)), tuple(remarks))
    return replace(found, remarks=(*remarks, *found.remarks))


def _not_made(why: Why, remarks: Iterable[Remark]) -> Rebuilt:
    return Rebuilt((Check(ENGINE, why), Check(AROUND, why)), tuple(remarks))


def _held_against(
    anew: _Anew | None,
    as_it_is: Book,
    book: Book,
    company: CompanySheets,
    held: Inputs,
    files: Originals,
    recalculated: Values | None,
    parts: Parts,
) -> Rebuilt:
    """Compare the cells of the book, and what stands around them, with what the program wrote.

    `book` is the one `as_it_is`, but for what became of the company's sheets, of which it was told already.
    """
    if anew is None:
        return _not_made(Why.TOO_LARGE, ())
    ours = {sheet.name: computed_key(sheet) for sheet in anew.book.sheets if computed_key(sheet) or files.source}
    is_anew = files.earlier is not None  # the sheet of differences is, and with it its digests
    if any(key == DIFFERENCES for key in ours.values()) and not is_anew:
        ours.pop(META_SHEET, None)
    names, remarks = _computed_sheets(book, ours)
    there = renamed(book, names)
    stored = {sheet.name: sheet for sheet in there.sheets}
    wanted = {sheet.name: sheet for sheet in anew.book.sheets}
    not_there = {remark.sheet for remark in (*remarks, *held.remarks)}
    found = Compared(recalculated, not_there, held.changed, is_live=any(map(has_formulas, there.sheets)))
    kept = carried_digests(book)
    for sheet, key in ours.items():
        if key == DIFFERENCES and not is_anew:
            cells = cells_by_place(stored[sheet]) if sheet in stored else {}
            remarks.append(found.digests(sheet, cells, kept.get(MARK_RESULTS + key, {})))
        elif sheet in stored and has_cells(stored[sheet]):
            remarks += found.sheet(stored[sheet], wanted[sheet])
    look = functools.partial(_held_by, there, recalculated)
    check = found.check(look)
    remarks = _together(remarks, [wanted[sheet] for sheet in ours])
    apart = {remark.sheet for remark in (*remarks, *company.remarks, *held.remarks) if remark.about in APART}
    names = {**company.names, **names}
    beside, more = _beside(parts.around(anew.unchanged), anew, names, look, set(found.contents), apart)
    order = _order(as_it_is, anew.book, names)
    return Rebuilt((check, beside), (*remarks, *more, *order))


def _held_by(book: Book, recalculated: Values | None, places: Iterable[Place]) -> dict[Place, object]:
    """Return what cells hold; of a formula without a value what it gives."""
    values = values_at(book, places)
    empty = [place for place, value in values.items() if value is None]
    return {**values, **(values_among(recalculated, empty) if recalculated else {})}


def _order(there: Book, written: Book, names: Mapping[str, str]) -> Iterator[Remark]:
    """Say from which sheet on they stand in another order."""
    now = [names.get(sheet.name, sheet.name) for sheet in there.sheets]
    then = [name for name in written.sheet_names if name in now]
    for is_one, was_one in zip((name for name in now if name in then), then, strict=False):
        if is_one != was_one:
            yield Remark(About.SHEETS_ORDERED, was_one)
            return


def _beside(
    around: Surroundings | Why,
    anew: _Anew,
    names: Mapping[str, str],
    look: Look,
    named: set[Place],
    apart: set[str],
) -> tuple[Check, list[Remark]]:
    if isinstance(around, Why):
        return Check(AROUND, around), []
    if "" in apart:
        return Check(AROUND, Why.VALUES_ONLY), []
    expected = surroundings(Package(anew.data, LIMITS), anew.unchanged)
    return compare_around(around.renamed(names), expected, look, named, apart)


def _together(remarks: list[Remark], computed: Iterable[Sheet]) -> list[Remark]:
    """Say it once where the formulas of all sheets became values."""
    values = [remark for remark in remarks if remark.about is About.VALUES_ONLY]
    if len(values) < 2 or len(values) < sum(map(has_formulas, computed)):
        return remarks
    return [Remark(About.VALUES_ONLY), *(remark for remark in remarks if remark not in values)]


@frozen
class _Written:
    """What the program writes from the inputs, b"" where there are none, with its findings and totals by product."""

    data: bytes
    findings: tuple[Finding, ...]
    totals: tuple[tuple[str, float | None], ...]


class _Anew(NamedTuple):
    """The same as it is read. Sheets whose parts are `unchanged` are those of the workbook that is verified."""

    book: Book
    data: bytes
    unchanged: frozenset[str]


def _opened(data: bytes, stored: Book, parts: Parts) -> _Anew | None:
    """Read it; None where it is larger than what is read of a results workbook."""
    there = {sheet.name: sheet for sheet in stored.sheets}
    try:
        written, unchanged = Package(data, LIMITS), parts.unchanged(data)
        book, _ = read_xlsx(
            written, "xl/workbook.xml", "xlsx", lambda part, name: there.get(name) if part in unchanged else None
        )
    except Refused:
        return None
    return _Anew(book, data, unchanged)


def _written(
    opened: Opened, name: str, about: Stated, library: FactorLibrary, earlier: Opened | None, version: str
) -> _Written:
    """Write it, as of that version of the program."""
    from workbook_engine.pipeline import compared, examine  # noqa: PLC0415 - pulls in all

    done, source = examine(name, opened, library, about.sampling)
    if source is None:
        return _Written(b"", done.findings, ())
    # What was typed into computed sheets or brought into the file is named as that, not in the list of findings.
    ours = {sheet.name for sheet in source.sheets if computed_key(sheet)}
    came = {(finding.code, finding.where) for finding in carried(source)[0]}
    findings = tuple(
        finding
        for finding in done.findings
        if (finding.code, finding.where) in came
        or (finding.type not in OF_THE_FILE if finding.where is None else finding.where.sheet not in ours)
    )
    done = replace(done, sha256=about.source_sha256, findings=findings)
    if earlier is not None:
        done = compared(done, earlier, about.earlier, library)
    elif about.has_comparison:
        done = replace(done, comparison=NOTHING_COMPARED)
    products = done.footprint.products if done.footprint else ()
    totals = tuple((product.product.name, product.cfp_kg_co2e) for product in products)
    return _Written(written_again(done, source, library, about, version), done.findings, totals)


def _versions(about: Stated, library: FactorLibrary, *, is_other: bool) -> Iterator[Remark]:
    """Say with which program and library the workbook was made, where these are others."""
    if is_other:
        yield Remark(About.OTHER_ENGINE, "", about.engine, TITLE + __version__)
    if about.library_sha256 and about.library_sha256 != library.sha256:
        yield Remark(About.OTHER_LIBRARY, "", about.library, library.version)


def _is_other(about: Stated, parts: Parts) -> bool:
    """Tell whether another version wrote the workbook: its cover and its properties say so; one alone was changed."""
    if about.engine in {"", TITLE + __version__}:
        return False
    around = parts.around(frozenset())
    return not isinstance(around, Why) and around.things.get(Thing(What.PROPERTY, "", "creator")) == about.engine


def _totals(totals: Iterable[tuple[str, float | None]], book: Book) -> Check:
    """Look on the cover for the totals that follow from the inputs, wherever another version has put them."""
    cover = next((sheet for sheet in book.sheets if computed_key(sheet) == "cover"), None)
    there = [cell.value for _, cells in (cover.rows() if cover else ()) for cell in cells.values()]
    missing = [
        Difference(cover.name if cover else "", product, "", shown(total), what=What.TOTAL)
        for product, total in totals
        if total is not None and min((distance(value, total) for value in there), default=math.inf) > TOLERANCE
    ]
    return Check(ENGINE, "", 0.0, tuple(missing))


def _computed_sheets(book: Book, ours: Mapping[str, str]) -> tuple[dict[str, str], list[Remark]]:
    """Return the program's sheets that were renamed (as they are -> as they were), and what is to be said."""
    there = {sheet.name: sheet for sheet in book.sheets}
    keys = {sheet.name: computed_key(sheet) for sheet in book.sheets}
    spare = {key: name for name, key in keys.items() if key and ours.get(name) != key}
    names: dict[str, str] = {}
    remarks: list[Remark] = []
    for name, key in ours.items():
        if key in spare and keys.get(name) != key and not _is_copy(key, keys, ours):
            names[spare[key]] = name
            remarks.append(Remark(About.SHEET_RENAMED, name, spare[key], name))
        elif name in there and not any(True for _ in there[name].rows()):
            remarks.append(Remark(About.SHEET_EMPTIED, name))
        elif name not in there:
            remarks.append(Remark(About.SHEET_GONE, name))
    copies = (now for now in spare.values() if now not in names)
    return names, [*remarks, *(Remark(About.SHEET_UNEXPECTED, now) for now in copies)]


def _is_copy(key: str, keys: Mapping[str, str], ours: Mapping[str, str]) -> bool:
    """Tell whether the program's own sheet of that key stands under its name."""
    return any(ours.get(name) == key == there for name, there in keys.items())


def _gone_with_their_lines(findings: Iterable[Finding], about: Stated) -> Iterator[Remark]:
    """Yield the company's stage sheets that the study needs and the workbook has no more, where no list tells."""
    for finding in findings:
        stage = finding.params.get("stage")
        if finding.type is catalogue.STAGE_SHEET_GONE and isinstance(stage, Text):
            yield Remark(About.SHEET_GONE, stage.to(about.language))
