"""汇总.xlsx: the overview of an output folder, rebuilt from its ledger whenever that has changed."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine import __version__
from workbook_engine.batch.ledger import Entry, Ledger
from workbook_engine.batch.letters import write_letters
from workbook_engine.batch.record import with_question
from workbook_engine.batch.remote import is_url
from workbook_engine.catalogue import is_for_consultant
from workbook_engine.findings import Severity
from workbook_engine.frozen import frozen
from workbook_engine.model import Stage
from workbook_engine.placing import STATE, PlaceError, flush, replace_or_beside
from workbook_engine.staging import FileLock, Staging
from workbook_engine.texts import Text, several

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from workbook_engine.batch.record import FindingRecord, ProductRecord, Record
    from workbook_engine.results.overview import (
        Link,
        Overview,
        OverviewFinding,
        OverviewRow,
        OverviewSubmission,
    )
    from workbook_engine.texts import Language

NAME: Final = "汇总.xlsx"
_BUILT: Final = (
    "overview"  # notes of the ledger: its revision when the overview was built, and a copy beside an open one
)
_BESIDE: Final = "overview-beside"
STATUSES: Final = ("ok", "incomplete", "rejected", "failed")

STATES: Final = {
    "ok": (Text("完成", "ok"), "good"),
    "incomplete": (Text("未完成", "incomplete"), "bad"),
    "rejected": (Text("未读取", "not read"), "bad"),
    "failed": (Text("出错", "failed"), "bad"),
    "corrected": (Text("已被更正", "corrected since"), "centre"),
    "copy": (Text("副本", "copy"), "centre"),
    "moved": (Text("已移动", "moved"), "centre"),
    "void": (Text("已移走", "taken out"), "centre"),
}
NEXT_STEPS: Final = {
    "ok": Text("可以出具报告", "ready to be reported"),
    "ok-warnings": Text("核对 {warnings} 处提示后出具报告", "look at the warnings ({warnings}), then report"),
    "incomplete": Text("请企业更正 {errors} 处，见询问清单", "have the errors ({errors}) corrected, see the questions"),
    "incomplete-own": Text(
        "由咨询机构处理 {errors} 处，见询问清单", "the consultant's to mend ({errors}), see the questions"
    ),
    "rejected": Text("请企业重新提交：{reason}", "ask the company to send it again: {reason}"),
    "rejected-own": Text("{remedy}", "{remedy}"),
    "failed": Text("{remedy}", "{remedy}"),
    "corrected": Text("以后来的提交为准", "the later submission counts"),
    "copy": Text("与“{copy}”内容相同，不另计", "the same content as “{copy}”: not counted twice"),
    "moved": Text("已移动或改名，现为“{copy}”", "moved or renamed, now “{copy}”"),
    "void": Text("没有读成，原文件已移走，无需处理", "was not read and has left the inbox: nothing to do"),
}
WHICH_COUNTS: Final = Text(
    "先定以哪一份为准（另有“{others}”）；", "settle first which counts (there is “{others}”, too); "
)
GONE: Final = Text("（原文件已移走）", " (the file was moved away)")
LABELS: Final = {
    (False, False): Text("碳足迹", "CFP"),
    (True, False): Text("部分产品碳足迹", "partial CFP"),
    (False, True): Text("未得出", "not final"),
    (True, True): Text("未得出（部分）", "not final (partial)"),
}


@frozen
class Refreshed:
    """Where the overview stands; `is_beside`: the older one is open in another program and could not be replaced."""

    path: Path
    is_beside: bool = False
    letters: tuple[str, ...] = ()  # that were written, as paths below the output folder
    held: tuple[str, ...] = ()  # that could not be written: tried again the next time


def refresh(out: Path, language: Language | None = None, *, anew: bool = False) -> Refreshed:
    """Bring the overview up to date with the ledger; nothing is done where it is (unless `anew`).

    `language`: that of most of the workbooks, unless given. Two runs that refresh at once do so one after the other,
    so the last has seen everything. Raises PlaceError, LedgerError, WriteError.
    """
    target = out / NAME
    with Staging(out) as staging, Ledger(out) as ledger, _alone(out):
        revision = ledger.note("revision")
        beside = ledger.note(_BESIDE)
        if not anew and target.exists() and ledger.note(_BUILT) == revision and not beside:
            return Refreshed(target)
        gathered = gather(ledger, out)
        path, is_beside = _build(target, gathered, staging.path / NAME, language)
        letters = write_letters(ledger, out, staging.path, _by_company(ledger, gathered.places))
        if beside and not is_beside:
            with contextlib.suppress(OSError):
                (out / beside).unlink(missing_ok=True)
        ledger.set_note(_BESIDE, path.name if is_beside else "")
        ledger.set_note(_BUILT, "" if letters.held else revision)
    return Refreshed(path, is_beside, *letters)


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    path = out / STATE / "overview.lock"
    try:
        lock = FileLock(path)
        lock.acquire()
    except OSError as error:
        raise PlaceError(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _build(target: Path, gathered: Gathered, temporary: Path, language: Language | None) -> tuple[Path, bool]:
    from workbook_engine.results.overview_sheets import write_overview  # noqa: PLC0415 - only a folder needs the writer

    write_overview(temporary, gathered.overview, language=language or gathered.language)
    flush(temporary)
    return replace_or_beside(temporary, target)


# --- from the ledger's entries to rows --------------------------------------------------------------------------------


class Gathered(NamedTuple):
    """The overview of a folder as data, the language of most of its workbooks, and company and path of each."""

    overview: Overview
    language: Language
    places: list[tuple[str, str]]


def gather(ledger: Ledger, out: Path) -> Gathered:
    """Return the overview of a folder."""
    from workbook_engine.results.overview import Overview  # noqa: PLC0415

    keyed: list[tuple[tuple[str, str, int, str], list[OverviewRow]]] = []
    counts, languages = Counter[str](), Counter[str]()
    for entry in map(_with_question, ledger.entries()):
        record = entry.record
        counts[_state(entry)] += 1
        languages[record.language] += 1
        rows = _rows(entry, out)
        keyed.append(((record.company, rows[0].product, entry.number, entry.path), rows))
    keyed.sort(key=lambda item: item[0])
    places = [(key[0], key[-1]) for key, _ in keyed]
    overview = Overview(
        rows=tuple(row for _, rows in keyed for row in rows),
        questions=_questions(ledger, out, places),
        findings=_findings(ledger, out, places),
        submissions=_submissions(ledger),
        counts=tuple((STATES[state][0], counts[state]) for state in STATES if counts[state]),
        engine_version=__version__,
    )
    return Gathered(overview, "en" if languages["en"] > languages["zh"] else "zh", places)


def _with_question(entry: Entry) -> Entry:
    return replace(entry, record=with_question(entry.record, entry.others))


def _rows(entry: Entry, out: Path) -> list[OverviewRow]:
    products: Sequence[ProductRecord | None] = entry.record.products or (None,)
    return [_row(entry, product, out) for product in products]


def _row(entry: Entry, product: ProductRecord | None, out: Path) -> OverviewRow:
    from workbook_engine.results.overview import OverviewRow  # noqa: PLC0415

    record = entry.record
    state, style = STATES[_state(entry)]
    return OverviewRow(
        company=record.company,
        product=product.name if product else "",
        model=product.model if product else "",
        unit=product.unit if product else "",
        state=state,
        style=style,
        next_step=_next_step(entry),
        source=_source_link(entry, out),
        result=_result_link(record),
        lines=product.lines if product else 0,
        lines_done=product.lines_done if product else 0,
        cfp_kg_co2e=product.cfp_kg_co2e if product else None,
        label=LABELS[product.is_partial, product.cfp_kg_co2e is None] if product else None,
        stages={Stage(stage.stage): stage.kg_co2e for stage in product.stages} if product else {},
        low=product.low if product else None,
        high=product.high if product else None,
        dqr=product.dqr if product else None,
        primary_share=product.primary_share if product else None,
        errors=record.count("error"),
        warnings=record.count("warning"),
        period=record.period.replace("/", " – "),
        report_no=record.report_no,
        is_current=entry.counts,
    )


def superseded(out: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return which files of the inbox, as the ledger calls them, another one stands for: path to key of STATES."""
    with Ledger(out) as ledger:
        entries = filter(None, map(ledger.entry, paths))
        return {entry.path: _state(entry) for entry in entries if not entry.counts}


def _state(entry: Entry) -> str:
    """Return the key of STATES."""
    if entry.copy_of:
        return "moved" if entry.gone else "copy"
    if entry.is_void:
        return "void"
    return "corrected" if entry.corrected_by else entry.record.status


def _next_step(entry: Entry) -> Text:
    record = entry.record
    warnings = record.count("warning")
    key = _state(entry)
    if key == "ok" and warnings:
        key = "ok-warnings"
    errors = [finding for finding in record.errors if not is_for_consultant(finding.code)]
    if key in {"incomplete", "rejected"} and record.errors and not errors:
        key, errors = f"{key}-own", list(record.errors)
    gravest = (record.errors or record.findings or (None,))[0]
    template = NEXT_STEPS[key]

    def filled(language: Language) -> str:
        is_asked = entry.others and not entry.copy_of
        question = WHICH_COUNTS.to(language).format(others=several(entry.others).to(language)) if is_asked else ""
        return (
            question
            + template.to(language).format(
                warnings=warnings,
                errors=len(errors),
                reason=gravest.title.to(language) if gravest else "",
                remedy=gravest.advice(language) if gravest else "",
                copy=entry.copy_of,
            )
            + (GONE.to(language) if entry.gone and key not in {"moved", "void"} else "")
        )

    return Text(filled("zh"), filled("en"))


def _result_link(record: Record) -> Link:
    if not record.results:
        return "", ""
    return Path(record.results[0]).name, record.results[0]


def _source_link(entry: Entry, out: Path) -> Link:
    path = Path(entry.path)
    if is_url(entry.path):
        return path.name, entry.path
    if entry.gone or "\\x" in path.name:  # gone, or a name that is no Unicode: no link can lead there
        return path.name, ""
    try:
        return path.name, Path(os.path.relpath(path, out.absolute())).as_posix()
    except ValueError:  # on another drive of Windows
        return path.name, "file:///" + path.as_posix()


def _findings(ledger: Ledger, out: Path, places: Iterable[tuple[str, str]]) -> Iterator[OverviewFinding]:
    """Yield all findings in the order of the rows, a workbook at a time: all together they may be hundreds of MB."""
    for _, path in places:
        entry = ledger.entry(path)
        if entry is not None:
            source = _source_link(entry, out)
            yield from (_finding(entry, finding, source) for finding in _with_question(entry).record.findings)


def _questions(ledger: Ledger, out: Path, places: Iterable[tuple[str, str]]) -> Iterator[OverviewFinding]:
    """Yield what the companies have to be asked, a company at a time: errors first, then by effect."""
    for _, current in _by_company(ledger, places):
        asked = [question for entry in current for question in _asked(entry, out)]
        asked.sort(key=lambda question: question[0])
        yield from (finding for _, finding in asked)


def _by_company(ledger: Ledger, places: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[Entry]]]:
    """Yield each company with those of its workbooks that count: not corrected since, each content once."""
    for company, of_company in itertools.groupby(places, key=lambda place: place[0]):
        entries = (ledger.entry(path) for _, path in of_company)
        yield company, [_with_question(entry) for entry in entries if entry and entry.counts]


def _finding(entry: Entry, finding: FindingRecord, source: Link) -> OverviewFinding:
    from workbook_engine.results.overview import OverviewFinding  # noqa: PLC0415

    severity = Severity(finding.severity)
    return OverviewFinding(
        company=entry.record.company,
        source=source,
        severity=severity.title,
        style={"error": "error", "warning": "warning"}.get(finding.severity, "centre"),
        place=finding.place,
        message=finding.sentence,
        remedy=Text(finding.advice("zh"), finding.advice("en")),
        code=finding.code,
        effect_kg_co2e=finding.effect_kg_co2e,
    )


def _asked(entry: Entry, out: Path) -> Iterator[tuple[tuple[int, float, int], OverviewFinding]]:
    """Yield what is to be asked about a workbook, each with its place in the order: errors, then by effect."""
    seen: set[Text] = set()
    source = _source_link(entry, out)
    for finding in entry.record.findings:
        severity = Severity(finding.severity)
        if severity is Severity.NOTE or finding.message in seen:
            continue
        seen.add(finding.message)
        effect = abs(finding.effect_kg_co2e or 0.0)
        yield (severity.rank, -effect, entry.number), _finding(entry, finding, source)


def _submissions(ledger: Ledger) -> Iterator[OverviewSubmission]:
    from workbook_engine.results.overview import OverviewSubmission  # noqa: PLC0415

    totals: dict[str, tuple[int, float | None]] = {}
    for number, name, at, record in ledger.submissions():
        product = record.products[0] if record.products else None
        total = product.cfp_kg_co2e if product else None
        totals[record.sha256] = (number, total)
        corrects, earlier = totals.get(record.previous, (None, None))
        yield OverviewSubmission(
            number=number,
            at=at,
            name=name,
            company=record.company,
            product=product.title if product else "",
            state=STATES[record.status][0],
            cfp_kg_co2e=total,
            corrects=corrects,
            change=total - earlier if total is not None and earlier is not None else None,
        )
