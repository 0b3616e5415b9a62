"""What a run tells: a short table and what to mend on the terminal, or one JSON document."""

from __future__ import annotations

import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TextIO

from workbook_engine.batch.overview import STATES, STATUSES
from workbook_engine.batch.record import BLOCKING, from_bytes, to_bytes
from workbook_engine.batch.saying import said_of
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.frozen import frozen
from workbook_engine.naming import printable
from workbook_engine.terminal import BOLD, DIM, Progress, as_json, harmless, styled, table, terminal_columns
from workbook_engine.texts import Text, counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workbook_engine.batch import FindingRecord, Outcome, ProductRecord, Record
    from workbook_engine.batch.watch import Look
    from workbook_engine.texts import Language

MAX_SHOWN: Final = 8  # findings printed of one workbook; the results workbook lists them all, `check` prints them all
FEW: Final = 5  # workbooks of which everything is told; of more, only what is to be done about those that are not ok
MAX_ROWS: Final = 20  # workbooks in a table
MAX_NOT_OK: Final = 10  # of many workbooks those of which it is told what to do; the overview lists them all

Superseded = Callable[[Iterable[str]], Mapping[str, str]]  # of files those that another stands for, with their state


def none_is(_: Iterable[str]) -> Mapping[str, str]:
    """Return what is superseded where nothing is written, and so nothing known of earlier submissions."""
    return {}


HEADINGS = (
    Text("文件", "File"),
    Text("产品", "Product"),
    Text("单位", "Unit"),
    Text("碳足迹 kgCO2e", "CFP kgCO2e"),
    Text("须更正", "Errors"),
    Text("请核对", "Warnings"),
    Text("状态", "State"),
)
NUMERIC: Final = frozenset({3, 4, 5})
MARKS = {"error": "×", "warning": "!"}  # severities that somebody has to look at; signs that code page 936 has
MORE = Text("另有 {count} 条，见问题清单", "{count} more, see the list of findings")
MORE_UNWRITTEN = Text(
    "另有 {count} 条，单独检查该文件可全部看到", "{count} more, which are shown where this file is checked by itself"
)
MORE_WORKBOOKS = Text("另有 {count} 个工作簿未能完成，见汇总.xlsx", "{count} more workbooks are not ok, see 汇总.xlsx")
RESULTS_IN = Text("结果：", "Results: ")


WATCHING = Text("正在监视 {paths}；按 Ctrl-C 停止", "watching {paths}; Ctrl-C stops")
UNREACHABLE = Text("{path} 连接不上，恢复后自动继续", "{path} cannot be reached; going on when it is back")
BACK = Text("{path} 已恢复", "{path} is back")
PROBLEM = Text("暂时无法处理：{error}；将自动重试", "cannot go on for the moment: {error}; trying again")
OTHER_FILE = Text("不是工作簿，没有处理：{path}", "no workbook, not processed: {path}")
INCOMPLETE_FILE = Text("等待写完或关闭：{path}", "waiting until it is whole and closed: {path}")
OVERVIEW_BESIDE = Text("汇总正被打开，新的另存为 {path}", "the overview is open elsewhere; the new one is {path}")
LETTER_HELD = Text(
    "没能更新 {path}（可能正被打开，或磁盘已满），下次再写",
    "{path} could not be brought up to date (it may be open, or the disk full); it will be the next time",
)
TO_MEND = Text("{count} 处须更正", "to be corrected: {count}")
WATCH_ENDED = Text("已停止监视", "stopped watching")


# --- JSON -------------------------------------------------------------------------------------------------------------


def print_json(
    outcomes: Iterable[Outcome],
    files: Sequence[str],
    language: Language,
    stream: TextIO,
    superseded: Superseded,
) -> bool:
    """Print the one JSON document of `--json`, workbooks in the order of `files`; tell whether all that count are ok.

    Records wait packed until all are there, so that a folder of thousands stays small in memory.
    """
    packed: dict[str, bytes] = {}
    not_ok = []
    for outcome in outcomes:
        packed[outcome.record.file] = to_bytes(outcome.record)
        if outcome.record.status != "ok":
            not_ok.append(outcome.record.file)
    instead = superseded(packed)
    stream.write('{\n  "workbooks": [')
    separator = "\n"
    for file in (name for name in dict.fromkeys(map(printable, files)) if name in packed):  # all, unless stopped
        shown = workbook_document(from_bytes(packed[file]), language)
        if file in instead:
            shown["superseded"] = instead[file]
        document = as_json(shown, stream, indent=2)
        stream.write(separator + textwrap.indent(document, "    "))
        separator = ",\n"
    stream.write("\n  ]\n}\n")
    return not set(not_ok).difference(instead)


def workbook_document(record: Record, language: Language) -> dict[str, Any]:
    """Return a workbook as JSON has it: unrounded numbers, stages outside the boundary absent."""
    return {
        "file": record.file,
        "status": record.status,
        "products": [_product(product) for product in record.products],
        "results": list(record.results),
        "findings": [_finding(finding, language) for finding in record.findings],
    }


def _product(product: ProductRecord) -> dict[str, Any]:
    return {
        "product": product.name,
        "model": product.model,
        "unit": product.unit,
        "cfp_kg_co2e": product.cfp_kg_co2e,
        "stages": {stage.stage: {"kg_co2e": stage.kg_co2e, "share": stage.share} for stage in product.stages},
    }


def _finding(finding: FindingRecord, language: Language) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message.to(language),
        "remedy": finding.advice(language),
    }


# --- the terminal -----------------------------------------------------------------------------------------------------


@frozen
class _Shown:
    """What is kept of a workbook until the end: no more than is printed."""

    state: str  # key of STATES
    rows: tuple[tuple[str, ...], ...]
    file: str
    said: tuple[tuple[str, str, str], ...]  # mark, message, remedy: errors first, then warnings
    more: int
    results: tuple[str, ...]

    @property
    def is_to_be_mended(self) -> bool:
        """Whether something has to be done before there is a result."""
        return self.state in STATUSES and self.state != "ok"


def show(
    outcomes: Iterable[Outcome],
    files: Sequence[str],
    language: Language,
    superseded: Superseded | None = None,
) -> bool:
    """Show the progress, then what came of it; tell whether all that count are ok. The order is that of `files`.

    Of a few workbooks: a row for each product, what to mend, where the results lie. Of many: how many are in which
    state, and what to do about each that is not ok; the first of them where there is an overview that has them all.
    `superseded` tells, once all is done, for which of the files another stands: nothing is to be done about those.
    None: nothing is written, so there is no overview.
    """
    shown: dict[str, _Shown] = {}
    states: dict[str, str] = {}
    is_few, has_table, is_written = len(files) <= FEW, len(files) <= MAX_ROWS, superseded is not None
    with Progress(len(files), language) as progress:
        for outcome in outcomes:
            record = outcome.record
            states[record.file] = record.status
            if has_table or record.status != "ok":
                shown[record.file] = _shown(record, language, is_few=is_few, is_whole=not is_written)
            progress.advance(record.file, ok=record.status == "ok", unchanged=outcome.is_unchanged)
    for file, state in (superseded or none_is)(states).items():
        states[file] = state
        if file in shown:
            shown[file] = replace(shown[file], state=state, said=(), more=0)
    names = dict.fromkeys(map(printable, files))
    told = [shown[name] for name in names if name in shown]
    more = MORE if is_written else MORE_UNWRITTEN
    if has_table:
        _print_table(told, language, sys.stdout)
    if is_few:
        _print_details(told, more, language, sys.stdout)
    else:
        _print_what_to_do(
            told, Counter(states.values()), more, language, sys.stdout, most=MAX_NOT_OK if is_written else len(files)
        )
    return not any(one.is_to_be_mended for one in told)


def _shown(record: Record, language: Language, *, is_few: bool, is_whole: bool) -> _Shown:
    """Keep what is printed: of few workbooks all that is said (`is_whole`) or the weightiest, of many one thing."""
    marks, most = (MARKS, None if is_whole else MAX_SHOWN) if is_few else ({BLOCKING}, 1)
    weighty = [finding for severity in marks for finding in record.findings if finding.severity == severity]
    told = said_of(weighty, language)
    said = tuple((MARKS[one.severity], one.message, one.advice) for one in told[:most])
    more = sum(one.count for one in told[len(said) :])
    return _Shown(record.status, _rows(record), record.file, said, more, record.results)


def _rows(record: Record) -> tuple[tuple[str, ...], ...]:
    counts = (str(record.count(BLOCKING)), str(record.count("warning")))
    file = harmless(record.file.replace("\\", "/").rpartition("/")[2])
    if not record.products:
        return ((file, "", "", "—", *counts),)
    return tuple(
        (
            file,
            harmless(product.title),
            harmless(product.unit),
            "—" if product.cfp_kg_co2e is None else f"{product.cfp_kg_co2e:,.4f}",
            *counts,
        )
        for product in record.products
    )


def _print_table(shown: list[_Shown], language: Language, stream: TextIO) -> None:
    headings = [heading.to(language) for heading in HEADINGS]
    rows = [(*row, STATES[workbook.state][0].to(language)) for workbook in shown for row in workbook.rows]
    for number, line in enumerate(table(headings, rows, NUMERIC, terminal_columns())):
        print(styled(line, BOLD, stream) if number == 0 else line, file=stream)


def _print_details(shown: list[_Shown], more: Text, language: Language, stream: TextIO) -> None:
    for workbook in (workbook for workbook in shown if workbook.said):
        print("\n" + styled(harmless(workbook.file), BOLD, stream), file=stream)
        _print_findings(workbook, more, language, stream)
    for path in (path for workbook in shown for path in workbook.results):
        print(RESULTS_IN.to(language) + harmless(path), file=stream)


def _print_what_to_do(
    told: list[_Shown], counts: Mapping[str, int], more: Text, language: Language, stream: TextIO, *, most: int
) -> None:
    """Print how many workbooks are in which state, and what is to be done about the first of those that are not ok."""
    states = [(state, counts[key]) for key, (state, _) in STATES.items() if counts[key]]
    print("\n" + styled(counted(states, language), BOLD, stream), file=stream)
    not_ok = [workbook for workbook in told if workbook.is_to_be_mended]
    for workbook in not_ok[:most]:
        print(f"{harmless(workbook.file)}  {STATES[workbook.state][0].to(language)}", file=stream)
        _print_findings(workbook, more, language, stream)
    unsaid = len(not_ok) - most
    if unsaid > 0:
        print(MORE_WORKBOOKS.to(language).format(count=unsaid), file=stream)


def _print_findings(workbook: _Shown, more: Text, language: Language, stream: TextIO) -> None:
    for mark, message, remedy in workbook.said:
        print(f"  {mark} {harmless(message)}", file=stream)
        print("    " + styled(harmless(remedy), DIM, stream), file=stream)
    if workbook.more:
        print("  " + styled(more.to(language).format(count=workbook.more), DIM, stream), file=stream)


# --- watching ---------------------------------------------------------------------------------------------------------


class WatchReport:
    """Tells what a watch does, a line for each thing, each thing once: fit for a terminal and for a service's log."""

    def __init__(self, language: Language, stream: TextIO | None = None) -> None:
        self._language = language
        self._stream = stream or sys.stdout
        self._lost: set[str] = set()
        self._waiting: set[str] = set()
        self._others: set[str] = set()
        self._held: set[str] = set()
        self._problem = ""

    def started(self, paths: Iterable[Path]) -> None:
        """Say what is watched."""
        self._say(WATCHING, paths="、".join(printable(str(path)) for path in paths))

    def ended(self) -> None:
        """Say that it is over."""
        self._say(WATCH_ENDED)

    def outcome(self, outcome: Outcome) -> None:
        """Say what came of a workbook, unless nothing had to be done."""
        if not outcome.is_unchanged:
            record = outcome.record
            said = [STATES[record.status][0].to(self._language), *self._totals(record), record.file]
            self._line("  ".join(said))

    def look(self, look: Look) -> None:
        """Say what is new about what is in the way."""
        lost = {printable(str(path)) for path in look.lost}
        waiting = {printable(str(path)) for path in look.waiting}
        for path in sorted(lost - self._lost):
            self._say(UNREACHABLE, path=path)
        for path in sorted(self._lost - lost):
            self._say(BACK, path=path)
        for path in sorted(waiting - self._waiting):
            self._say(INCOMPLETE_FILE, path=path)
        others = {printable(str(path)) for path in look.others}
        for path in sorted(others - self._others):
            self._say(OTHER_FILE, path=path)
        problem = _words(look.problem, self._language) if look.problem else ""
        if problem and problem != self._problem:
            self._say(PROBLEM, error=problem.rstrip("。."))
        if look.overview and look.overview.is_beside:
            self._say(OVERVIEW_BESIDE, path=printable(str(look.overview.path)))
        held = set(look.overview.held) if look.overview else self._held
        for path in sorted(held - self._held):
            self._say(LETTER_HELD, path=path)
        self._lost, self._waiting, self._others, self._held, self._problem = lost, waiting, others, held, problem

    def _totals(self, record: Record) -> list[str]:
        if record.errors:
            return [TO_MEND.to(self._language).format(count=len(record.errors))]
        return [
            f"{product.title} {product.cfp_kg_co2e:,.4f} kgCO2e"
            for product in record.products
            if product.cfp_kg_co2e is not None
        ]

    def _say(self, text: Text, **values: str) -> None:
        self._line(text.to(self._language).format(**values))

    def _line(self, text: str) -> None:
        print(f"{time.strftime('%H:%M:%S')}  {harmless(text)}", file=self._stream, flush=True)


def _words(error: Exception, language: Language) -> str:
    return error.text.to(language) if isinstance(error, WorkbookEngineError) else printable(str(error))
