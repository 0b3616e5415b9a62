"""The whole program as a table of contents: read -> normalize -> compute -> write.

    returned workbook -> read -> Submission -> normalize -> Inventory -> compute -> Footprint -> results workbook

Each step takes what the one before it gave, returns new frozen data, and says what it found. `process` runs them all.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine import __version__, catalogue
from workbook_engine.compute import assess, compute_footprint, verify, with_effects
from workbook_engine.errors import LibraryError, ReadError
from workbook_engine.factors import FactorLibrary, load_library
from workbook_engine.findings import Finding, blocking, blocks, by_weight, told
from workbook_engine.frozen import frozen
from workbook_engine.intake import bind_inputs, lists_not_read, open_workbook
from workbook_engine.intake.computed_sheets import typed_on_computed_sheets, with_marks
from workbook_engine.intake.computed_values import keeps_no_formulas, typed_values
from workbook_engine.intake.limits import DEFAULT_LIMITS
from workbook_engine.intake.open import open_bytes
from workbook_engine.intake.struck import of_inputs
from workbook_engine.model import Appearance, Processed
from workbook_engine.normalize import build_inventory
from workbook_engine.output_names import language_of, layout_name, results_name
from workbook_engine.placing import flush, place, write_whole
from workbook_engine.resources import FACTOR_LIBRARY, shipped
from workbook_engine.spec.carried import LEFT_BEHIND, carried, together
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.marks import computed_key
from workbook_engine.staging import Staging

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from workbook_engine.grid import Book
    from workbook_engine.intake.computed_values import Place
    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.open import Opened
    from workbook_engine.model import Comparison, Sampling, Submission
    from workbook_engine.template import TemplateOptions
    from workbook_engine.texts import Language


FLOW_CATEGORIES = ("electricity", "heat", "fuel", "material", "transport", "gas", "biogenic", "water", "waste")


@frozen
class Read:
    """What reading gave: the cells, the inputs found in them, and what is to be said about the file."""

    book: Book | None
    submission: Submission | None
    findings: tuple[Finding, ...]
    sha256: str
    sheets: tuple[str, ...] = ()  # in their order; of a results workbook those of the workbook that it was made of


def process(
    path: str | Path,
    out: str | Path | None = None,
    *,
    factors: FactorLibrary | None = None,
    sampling: Sampling | None = None,
    appearance: Appearance | None = None,
    previous: str | Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    passwords: tuple[str, ...] = (),
) -> Processed:
    """Take one returned workbook through all the steps; write its results workbook into the folder `out`, if given.

    With `appearance` the results workbook has a theme or a language of one's own, or is the client's view, or a
    layout of one's own is filled in beside it.
    With `sampling` the uncertainty is drawn by Monte Carlo too, beside the analytic one. `previous` is the submission
    that this one corrects: what was changed is then in `comparison`, and on a sheet of the results. `limits` hold what
    a file may contain; `passwords` are tried on a protected one.

    Never raises for what is wrong *in* the workbook: that is in `findings`. Raises LibraryError where the factor
    library cannot be used, WriteError where the results cannot be written.
    """
    library = factors or factor_library()
    done, book = examine(str(path), open_workbook(Path(path), limits, passwords), library, sampling)
    if previous is not None:
        earlier = open_workbook(Path(previous), limits, passwords)
        done = compared(done, earlier, Path(previous).name, library)
    if out is None or book is None:
        return done
    written = write_results_workbook(done, book, library, Path(out), appearance)
    if appearance is None or appearance.layout is None:
        return replace(done, results=(str(written),))
    filled, findings = write_layout(done, appearance, Path(out))
    results = (str(written), *map(str, filled))
    emissions = done.footprint.emissions_of_rows() if done.footprint else {}
    everything = by_weight([*done.findings, *findings], done.sheets, emissions)
    return replace(done, results=results, findings=tuple(everything))


def examine(
    file: str, opened: Opened, library: FactorLibrary, sampling: Sampling | None = None
) -> tuple[Processed, Book | None]:
    """Take a workbook that is open through the steps, short of writing. The book is None where it was rejected."""
    read = bind(opened)
    if read.book is None or read.submission is None:
        return Processed(file, read.sha256, "rejected", tuple(by_weight(read.findings, read.sheets))), None
    inventory, normalizing = build_inventory(read.submission, library, read.findings)
    footprint = compute_footprint(inventory)
    assessment = assess(inventory, footprint, sampling=sampling)
    reading = _of_reading(read, read.book, normalizing, library)
    done = Processed(
        file, read.sha256, "incomplete", (), read.submission, inventory, footprint, assessment, sheets=read.sheets
    )
    found = (
        *reading,
        *with_effects(normalizing, footprint),
        *verify(inventory, footprint, library),
        *_trials(done, read.book, library),
    )
    everything = tuple(by_weight(found, read.sheets, footprint.emissions_of_rows()))
    is_final = not blocks(everything) and all(product.cfp_kg_co2e is not None for product in footprint.products)
    left_behind = (finding for finding in normalizing if finding.type in LEFT_BEHIND)
    status = "ok" if is_final else "incomplete"
    return replace(done, status=status, findings=everything, reading=(*reading, *left_behind)), read.book


def _of_reading(read: Read, book: Book, normalizing: Sequence[Finding], library: FactorLibrary) -> tuple[Finding, ...]:
    """Return what reading found, short of what normalizing says again of a cell, and the words of lists of its own."""
    again = {(finding.code, finding.where) for finding in normalizing}
    found = (finding for finding in read.findings if (finding.code, finding.where) not in again)
    is_of_results = read.submission is not None and read.submission.from_results
    return (*found, *lists_not_read(book, library, is_of_results=is_of_results))


def _trials(done: Processed, book: Book, library: FactorLibrary) -> tuple[Finding, ...]:
    """Tell what was typed into the computed sheets, where the workbook is one of results that is handed in again."""
    if not any(map(computed_key, book.sheets)) or done.inventory is None or done.assessment is None:
        return ()
    from workbook_engine.results.typed_over import typed_over  # noqa: PLC0415 - pulls in the writer, and is rare

    trials = typed_over(book, done.inventory, done.assessment)
    # A factor typed over changes figures that nobody typed.
    values = _typed_values(done, book, library) if not trials and keeps_no_formulas(book) else ()
    return (*trials, *typed_on_computed_sheets(book, {finding.where for finding in trials}, values))


def _typed_values(done: Processed, book: Book, library: FactorLibrary) -> Collection[Place]:
    """Return where values were typed into results without formulas; nowhere in those of another version or library."""
    from workbook_engine.results.again import written_again  # noqa: PLC0415 - pulls in the writer, and is rare
    from workbook_engine.results.stated import stated  # noqa: PLC0415 - the same

    about = stated(book)
    if __version__ not in about.engine or about.library_sha256 != library.sha256 or about.has_comparison:
        return ()
    if about.sampling is not None and done.inventory and done.footprint:
        done = replace(done, assessment=assess(done.inventory, done.footprint, sampling=about.sampling))
    again = open_bytes(written_again(done, book, library, about, __version__)).book
    return typed_values(book, again) if again else ()


def compared(done: Processed, earlier: Opened, name: str, library: FactorLibrary) -> Processed:
    """Add what was changed since an earlier submission, called `name`. Where that cannot be read there is nothing."""
    from workbook_engine.diff import Side, compare  # noqa: PLC0415 - only corrections need it

    read = bind(earlier)
    if read.submission is None or done.submission is None or done.footprint is None:
        return done
    inventory, _ = build_inventory(read.submission, library, read.findings)
    old = Side(name, read.sha256, read.submission, compute_footprint(inventory))
    new = Side(Path(done.file).name, done.sha256, done.submission, done.footprint)
    return replace(done, comparison=compare(old, new, library))


def difference(
    old: Path, new: Path, library: FactorLibrary, limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = ()
) -> tuple[Comparison | None, dict[Path, tuple[Finding, ...]]]:
    """Compare two submissions of a study; None, and of each that cannot be read the findings that say why.

    Each may be a returned workbook or a results workbook, whose inputs are compared.
    """
    earlier, later = open_workbook(old, limits, passwords), open_workbook(new, limits, passwords)
    done, _ = examine(str(new), later, library)
    comparison = compared(done, earlier, old.name, library).comparison
    if comparison is not None:
        return comparison, {}
    read = {old: bind(earlier), new: bind(later)}
    return None, {path: each.findings for path, each in read.items() if each.submission is None}


def read_workbook(path: Path, limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = ()) -> Read:
    """Read a workbook and find the template's inputs in it."""
    return bind(open_workbook(path, limits, passwords))


def bind(opened: Opened) -> Read:
    """Find the template's inputs in a workbook that is open."""
    if opened.book is None:
        return Read(None, None, opened.findings, opened.sha256)
    opened = replace(opened, book=with_marks(opened.book))
    assert opened.book is not None  # noqa: S101 - for the type checker
    submission, findings = bind_inputs(opened.book)
    said = blocking(opened.findings) if submission is None else tuple(of_inputs(opened.findings, submission))
    before, sheets = carried(opened.book) if submission is not None and submission.from_results else ((), ())
    everything = tuple(together([*said, *findings], before))
    return Read(opened.book, submission, everything, opened.sha256, sheets or tuple(opened.book.sheet_names))


def write_results_workbook(
    done: Processed, book: Book, library: FactorLibrary, out: Path, appearance: Appearance | None = None
) -> Path:
    """Write the results workbook below the folder `out` and return its path; an older one is kept. Raises WriteError.

    It lies in a folder of the company and in it of the product. Where other content has its name it becomes the next
    version, "… (2).xlsx"; where the same content stands there already, that is it.
    """
    folders, name = results_name(done, language_of(done, appearance))
    with Staging(out) as staging:
        temporary = staging.path / "results.xlsx"
        write_results_file(temporary, done, book, library, appearance)
        flush(temporary)
        return place(temporary, out, folders, name).path


def write_layout(done: Processed, appearance: Appearance, out: Path) -> tuple[tuple[Path, ...], tuple[Finding, ...]]:
    """Fill the consultant's own layout and put it beside the results workbook; say what is missing in it."""
    with Staging(out) as staging:
        temporary = staging.path / "layout.xlsx"
        findings = fill_layout_file(temporary, done, appearance)
        if not temporary.exists():
            return (), findings
        flush(temporary)
        return (place(temporary, out, *layout_name(done, appearance)).path,), findings


def fill_layout_file(path: Path, done: Processed, appearance: Appearance) -> tuple[Finding, ...]:
    """Write the layout, filled in, to `path` itself; nothing is written where it cannot be filled in.

    A layout that does not fit a study costs that study the layout, never its results workbook.
    """
    from workbook_engine.house import LayoutError, fill_layout  # noqa: PLC0415 - only where a layout is asked for

    house = Path(appearance.layout or "")
    try:
        filled = fill_layout(house, done, path, language_of(done, appearance))
    except LayoutError as error:
        return (Finding(catalogue.LAYOUT_NOT_FILLED, None, {"layout": house.name, "detail": error.text}),)
    return tuple(
        Finding(catalogue.LAYOUT_GAP, None, {"layout": house.name, "detail": remark}) for remark in filled.remarks
    )


def write_results_file(
    path: Path,
    done: Processed,
    book: Book,
    library: FactorLibrary,
    appearance: Appearance | None = None,
) -> None:
    """Write the results workbook to `path` itself, which is overwritten. Raises WriteError."""
    from workbook_engine.results import job_of, write_results  # noqa: PLC0415 - `check` needs no writer

    job = job_of(done, book, library, appearance, __version__)
    write_results(path, job, language=language_of(done, appearance))


def write_template(
    target: Path,
    language: Language = "zh",
    options: TemplateOptions | None = None,
    factors: FactorLibrary | None = None,
) -> None:
    """Write the data-collection template, its lists fed from the factor library. Raises WriteError."""
    from workbook_engine.template import Lists, template_bytes  # noqa: PLC0415 - only this command needs the writer

    library = factors or factor_library()
    lists = Lists(
        flows={category: [flow.name for flow in library.offered_flows(category)] for category in FLOW_CATEGORIES},
        factor_sets=tuple(library.factor_sets),
        electricity_years=library.electricity_years(),
        electricity_regions=library.electricity_regions(),
    )
    write_whole(target, template_bytes(lists=lists, language=language, options=options))


@frozen
class Refill:
    """A template that holds a returned workbook's inputs: its options, its language, and what reading found.

    What was read by nobody (lines outside the tables, comments, sheets of their own) is in `findings` alone.
    """

    options: TemplateOptions
    language: Language
    findings: tuple[Finding, ...]


def refill_of(
    path: Path, *, for_next_year: bool = False, limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = ()
) -> Refill:
    """Return the template that a returned workbook fills in.

    `for_next_year` leaves out the period, the outputs and the amounts. Raises ReadError where nothing can be read.
    """
    read = read_workbook(path, limits, passwords)
    if read.book is None or read.submission is None:
        raise ReadError(told(read.findings, path))
    return Refill(*refilled(read, for_next_year=for_next_year), read.findings)


def refilled(read: Read, *, for_next_year: bool = False) -> tuple[TemplateOptions, Language]:
    """Return the same for a workbook in which the inputs were found."""
    from workbook_engine.template import TemplateOptions, content_of, groups_of  # noqa: PLC0415 - pulls in the writer

    assert read.book is not None  # noqa: S101 - for the type checker: callers have looked
    assert read.submission is not None  # noqa: S101
    content = content_of(read.submission, COLLECTION, date1904=read.book.date1904, for_next_year=for_next_year)
    groups = groups_of(read.submission, COLLECTION) | {"monthly"}
    return TemplateOptions(content=content, groups=groups), read.submission.language


def write_factor_library(target: Path, language: Language = "zh") -> None:
    """Write the factor library workbook from the shipped facts. Raises WriteError."""
    from workbook_engine.template.library import library_bytes  # noqa: PLC0415 - only this command needs the writer

    write_whole(target, library_bytes(language))


@functools.lru_cache(maxsize=4)
def factor_library(path: Path | None = None) -> FactorLibrary:
    """Load a factor library workbook, the shipped one by default; kept for the process. Raises LibraryError."""
    source = library_path(path)
    opened = open_workbook(source)
    if opened.book is None:
        raise LibraryError(told(opened.findings, source))
    library, findings = load_library(opened.book)
    return replace(library, sha256=opened.sha256, findings=findings)


def library_path(path: Path | None = None) -> Path:
    """Return the factor library workbook that stands where `path` says, the shipped one by default."""
    return path or shipped(FACTOR_LIBRARY)
