"""What became of a changed workbook, judged against its truth line by line.

read right               every line, stage and total is the truth, nothing new is said
read right with a note   the same, and a finding tells what was understood
reported                 no total, or one with a warning where the truth cannot be known: each thing that is wrong has
                         its finding on its own cell, and every error stands on something that is wrong
wrong                    anything else: a figure that is not the truth, an error that leads nowhere, or none at all

A workbook whose total is rightly withheld is judged no less: the lines that nothing was done to must still be the
truth, or a wrong figure could hide behind an error that is right.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING

from tests.mutation.rawbook import RawCell, RawRow, RawSheet
from workbook_engine.findings import CellRef, Severity
from workbook_engine.grid import column_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tests.mutation.case import Case
    from workbook_engine.findings import Finding
    from workbook_engine.model import Processed

VERDICTS = ("read right", "read right with a note", "reported", "wrong")
TOLERANCE = 1e-9
_ADDRESS = re.compile(r"\b([A-Z]{1,3})([1-9][0-9]*)\b")
Place = tuple[str, int | None, int | None]  # sheet, row, column; without a row the finding must be on the whole sheet


def judge(case: Case, done: Processed, codes: Counter[str]) -> tuple[str, str]:
    """Return the verdict, and why it is wrong. `codes` count what is said of the workbook before it is changed."""
    if case.refused:
        codes_told = [finding.code for finding in done.findings]
        is_refused = done.footprint is None and done.inventory is None and codes_told == [case.refused]
        return ("reported", "") if is_refused else ("wrong", f"not refused with {case.refused} | {_list(done)}")
    wrong = [*_unsaid(case, done), *_unquoted(case, done), *_without_cause(case, done)]
    wrong += [*_wrong_lines(case, done), *_wrong_totals(case, done)]
    if wrong:
        return "wrong", "; ".join(wrong) + " | " + _list(done)
    if case.must or case.doubt or done.status != "ok":
        return "reported", ""
    more = Counter(finding.code for finding in done.findings) - codes
    return ("read right with a note" if more else "read right"), ""


# --- what must be said, and may --------------------------------------------------------------------------------------


def _unsaid(case: Case, done: Processed) -> Iterator[str]:
    """Tell what is wrong in the workbook and has no finding on its own cell."""
    errors = _errors(done)
    unread = {finding.where.sheet for finding in done.findings if finding.code == "data-not-read" and finding.where}
    spoken = [place for finding in done.findings if finding.severity is not Severity.NOTE for place in _told(finding)]
    # A wrong answer whose row was deleted afterwards is in the workbook no more.
    must = [what for what, things in case.must if not (things and all(_is_taken_out(case, thing) for thing in things))]
    if must and done.status == "ok":
        yield f"a total is shown in spite of {must}"
    for expected, said in ((case.must, errors), (case.doubt, spoken)):
        for what, things in expected:
            if what.startswith("magnitude") and done.status != "ok":
                continue  # whether a figure is out of proportion is seen when there is a result
            if not _hit(case, things, said) and not _excused(case, things, errors, unread):
                yield f"nothing is said of {what}"
    told = [place for finding in done.findings for place in _told(finding)]
    for what, things in case.mention if done.status == "ok" else ():
        is_value_now = any(_is_value_now(case, thing) for thing in things)
        if not is_value_now and not _hit(case, things, told) and _places(case, things):
            yield f"not even a note is left of {what}"
    for code in case.codes if len(case.applied) == 1 else ():
        if all(finding.code != code for finding in done.findings):
            yield f"no {code} is told"


def _is_value_now(case: Case, thing: object) -> bool:
    """Tell whether a formula without a value came back with the one that LibreOffice worked out for it."""
    return isinstance(thing, RawCell) and bool(thing.formula) and case.is_calculated and thing.value is None


def _unquoted(case: Case, done: Processed) -> Iterator[str]:
    """Tell which words, typed where nobody reads, no finding repeats."""
    sentences = [finding.message("zh") for finding in done.findings] if case.quotes else []
    for words, without in case.quotes.items():
        if case.suffix != without and not any(words in sentence for sentence in sentences):
            yield f"nobody is told of {words!r}"


def _without_cause(case: Case, done: Processed) -> Iterator[str]:
    """Tell which errors stand where nothing was done: they would send the company to a cell that is right."""
    if done.status == "ok":
        return
    things = [thing for _, each in (*case.must, *case.doubt) for thing in each] + case.may + case.follows
    places = _places(case, things)
    lost = {sheet.name for sheet in case.lost}
    for where in _errors(done):
        if where is None or not (where.sheet in lost or any(_is_at(where, place) for place in places)):
            yield f"an error without cause at {where}"
    if not _errors(done):
        yield "no total, and no error"


def _told(finding: Finding) -> Iterator[CellRef | None]:
    """Return the place of a finding, and the cells that its sentence lists."""
    yield finding.where
    for found in _ADDRESS.finditer(str(finding.params.get("cells", ""))):
        if finding.where:
            yield CellRef(finding.where.sheet, int(found[2]), column_number(found[1]))


def _excused(case: Case, things: Sequence[object], errors: Sequence[CellRef | None], unread: set[str]) -> bool:
    """Tell whether nothing need be said of what is wrong. These are the excuses, and there is no other.

    gone        none of its cells is in the workbook any more, or not the one that it was typed into
    unclear     the heading of its column has an error: what the column means comes first
    lost        its sheet lost a column or its marks, and that is said there, at something that nobody typed wrongly
    not found   its table was not found, said at its sheet as a whole or, where it stays without data, at its stage
    not read    rows of its table were moved out of it and are told as not read: they, or whether the stage has data,
                are seen when that is mended
    same row    another change of its own row may be an error and is one
    """
    places = _places(case, things)
    sheets = {place[0] for place in places}
    is_unclear = any(_is_below_unclear_heading(case, place, errors) for place in places)
    if is_unclear or not places or _is_taken_out(case, things[0]):
        return True
    if any(where and where.sheet in sheets and where.row is None for where in errors):
        return True
    headings = {heading[:2] for heading in _headings(case)}  # where a column is told that is gone
    others = [place for _, each in case.must if each is not things for place in _places(case, each)]
    typed = [place for place in others if place[:2] not in headings]
    lost = {sheet.name for sheet in case.lost} & sheets
    if any(where and where.sheet in lost and not any(_is_at(where, place) for place in typed) for where in errors):
        return True
    may = [(thing, place) for thing in case.may if (place := _place(case, thing)) and place[0] in sheets]
    if any(isinstance(thing, RawSheet) for thing, _ in may) and _hit(case, case.follows, errors):
        return True
    rows = {place[:2] for place in places}
    outside = [*case.boundary.values(), *(thing for thing, _ in may if isinstance(thing, RawRow))]
    if sheets & unread and rows & {place[:2] for place in _places(case, outside)}:
        return True
    hiding = [thing for thing, place in may if place[:2] in rows or _is_of_a_heading(case, thing, place)]
    return _hit(case, hiding, errors)


def _is_taken_out(case: Case, thing: object) -> bool:
    return isinstance(thing, RawCell) and not _places(case, [thing])


def _is_of_a_heading(case: Case, thing: object, place: Place) -> bool:
    """Tell whether a thing is a sheet, or stands in the rows by which a table is found."""
    return isinstance(thing, RawSheet) or place[:2] in {found[:2] for found in _headings(case)}


def _headings(case: Case) -> list[Place]:
    return _places(case, [each for table in case.tables.values() for each in (table.header, table.keys)])


def _is_below_unclear_heading(case: Case, place: Place, errors: Iterable[CellRef | None]) -> bool:
    headings = {heading[:2] for table in case.tables.values() if (heading := _place(case, table.header))}
    return any(
        where is not None
        and (where.sheet, where.row) in headings
        and where.sheet == place[0]
        and where.column is not None
        and where.column == place[2]
        for where in errors
    )


def _errors(done: Processed) -> list[CellRef | None]:
    return [finding.where for finding in done.findings if finding.severity is Severity.ERROR]


# --- figures ----------------------------------------------------------------------------------------------------------


def _wrong_lines(case: Case, done: Processed) -> Iterator[str]:
    """Compare each line with the truth, whether or not a total is shown."""
    if done.footprint is None:
        return
    suspect = _suspect_rows(case)
    truth = {place[:2]: line for line in case.lines for place in _places(case, [line.row])}
    for number, product in enumerate(done.footprint.products[: len(case.products)]):
        for result in (each for stage in product.stages for each in stage.lines):
            place = (result.line.where.sheet, result.line.where.row)
            line = truth.get(place)
            if result.kg_co2e is None or place in suspect:
                continue
            kg = line.of(number) if line else 0.0
            if not math.isclose(result.kg_co2e, kg, rel_tol=TOLERANCE, abs_tol=1e-12):
                yield f"{place} is {result.kg_co2e} of product {number + 1}, the truth is {kg}"


def _suspect_rows(case: Case) -> set[tuple[str, int | None]]:
    """Return the rows of which something wrong is told: what their figures are then does not matter."""
    things = [thing for _, each in (*case.must, *case.doubt) for thing in each]
    return {place[:2] for place in _places(case, [*things, *case.spoilt])}


def _wrong_totals(case: Case, done: Processed) -> Iterator[str]:
    if done.status != "ok":
        return
    assert done.footprint is not None
    assert done.inventory is not None
    if len(done.footprint.products) != len(case.products):
        yield f"{len(done.footprint.products)} products"
        return
    for number, product in enumerate(done.footprint.products):
        got = {stage.stage.value: stage.kg_co2e for stage in product.stages} | {"total": product.cfp_kg_co2e}
        for what, kg in (case.by_stage(number) | {"total": case.total(number)}).items():
            value = got.get(what)
            if value is None or not math.isclose(value, kg, rel_tol=TOLERANCE, abs_tol=1e-12):
                yield f"{what} of product {number + 1} is {value}, the truth is {kg}"
    period = (done.inventory.study.period_start, done.inventory.study.period_end)
    if period != (case.start, case.end):
        yield f"the period is {period}"


# --- places -----------------------------------------------------------------------------------------------------------


def _hit(case: Case, things: Sequence[object], found: Iterable[CellRef | None]) -> bool:
    places = _places(case, things)
    return any(where is not None and _is_at(where, place) for where in found for place in places)


def _is_at(where: CellRef, place: Place) -> bool:
    sheet, row, column = place
    return where.sheet == sheet and where.row == row and (column is None or where.column in (column, None))


def _places(case: Case, things: Sequence[object]) -> list[Place]:
    """Return the places of cells, rows and sheets that are still there, and of their likes on copied sheets."""
    copies = [case.copies[id(thing)] for thing in things if id(thing) in case.copies]
    return [place for thing in (*things, *copies) if (place := _place(case, thing))]


def _place(case: Case, thing: object) -> Place | None:
    if isinstance(thing, RawCell):
        return case.book.place_of(thing)
    if isinstance(thing, RawRow):
        return next(((sheet.name, row, None) for sheet in case.book.sheets if (row := sheet.find(thing))), None)
    assert isinstance(thing, RawSheet), thing
    return (thing.name, None, None) if thing in case.book.sheets else None


def _list(done: Processed) -> str:
    graver = [finding for finding in done.findings if finding.severity is not Severity.NOTE]
    shown = graver or list(done.findings)
    return ", ".join(f"{finding.code} {finding.where}" for finding in shown[:8])
