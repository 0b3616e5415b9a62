"""The commands that work on folders: run and check, watch, diff, overview. The arguments are parsed in cli.py."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbook_engine import batch, report
from workbook_engine.batch.ledger_file import NAME as LEDGER
from workbook_engine.batch.letters import FOLDER as LETTERS_FOLDER
from workbook_engine.batch.outfolder import OutFolder
from workbook_engine.batch.overview import NAME as OVERVIEW_FILE
from workbook_engine.batch.remote import RemoteFolder, is_url
from workbook_engine.errors import NO_SUCH_FILE
from workbook_engine.findings import told
from workbook_engine.naming import printable
from workbook_engine.opening import limits_of, passwords_of
from workbook_engine.pipeline import difference, factor_library, process
from workbook_engine.placing import STATE
from workbook_engine.terminal import as_json
from workbook_engine.texts import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import FrameType

    from workbook_engine.model import Appearance, Sampling
    from workbook_engine.texts import Language

OK, BLOCKED, COULD_NOT_RUN = 0, 1, 2

NO_WORKBOOK: Final = Text("没有找到工作簿", "no workbook found")
UNREADABLE: Final = Text(
    "{folder}：这个文件夹读不了，已跳过", "{folder}: this folder cannot be read and was passed over"
)
OTHERS: Final = Text(
    "没有处理的其他文件 {count} 个：{names}。压缩包、邮件里的工作簿请取出后放进文件夹；文档和图片不能读取",
    "other files, which were not processed ({count}): {names}. Take workbooks out of archives and mails and put them "
    "into the folder; documents and pictures cannot be read",
)
OTHERS_NAMED: Final = 5
OVERVIEW: Final = Text("汇总：", "Overview: ")
LETTERS: Final = Text("向企业询问的问题：", "What to ask the companies: ")
OVERVIEW_OPEN: Final = Text("汇总正被打开，新的另存为 {path}", "the overview is open elsewhere; the new one is {path}")
NO_LEDGER: Final = Text("这里没有处理台账，请给出 run 的输出文件夹", "no ledger here; give the output folder of a run")
SET_ASIDE: Final = Text(
    "处理台账已损坏，原文件保留为 {path}；将重新处理",
    "the ledger was damaged and stands aside as {path}; starting anew",
)
NO_FILES_THERE: Final = Text(
    "--scheduler 不能与 --theme、--layout 同用", "--theme and --layout do not go with --scheduler"
)
NO_URL_TO_WATCH: Final = Text("watch 只能监视磁盘或网络驱动器上的文件夹", "watch needs folders on a drive, not URLs")


def run(options: argparse.Namespace, language: Language, sampling: Sampling | None, look: Appearance | None) -> int:
    """Process workbooks and folders, or read and check them alone (`out` None)."""
    missing = [path for path in options.paths if not is_url(path) and not _is_there(Path(path))]
    if missing:
        return _cannot_run(f"{missing[0]}: ", NO_SUCH_FILE, language)
    if options.scheduler and look is not None and (look.theme or look.layout):
        return _cannot_run("", NO_FILES_THERE, language)
    settings = _settings(options, sampling, look)
    with contextlib.ExitStack() as stack:
        places = stack.enter_context(batch.opened(options.paths, options.out, settings.limits.file_bytes))
        for folder in places.unreadable:
            _warn(UNREADABLE.to(language).format(folder=printable(str(folder))))
        _show_others(places.others, language)
        if not places.files:
            return _cannot_run("", NO_WORKBOOK, language)
        _show_library_findings(options.factors, language)
        stop = stack.enter_context(_stoppable()) if len(places.files) > 1 else _never
        how = batch.Options(
            jobs=options.jobs,
            again=options.again,
            scheduler=options.scheduler,
            inbox=places.inbox,
            names=places.names,
            stop=stop,
            warn=lambda path: _warn(SET_ASIDE.to(language).format(path=printable(str(path)))),
        )
        outcomes = batch.run(places.files, places.out, settings, how)
        superseded = _superseded_in(places, places.out) if places.out is not None else None
        if options.json:
            ok = report.print_json(outcomes, places.shown, language, sys.stdout, superseded or report.none_is)
        else:
            ok = report.show(outcomes, places.shown, language, superseded)
        if stop():
            raise KeyboardInterrupt
        if places.out is not None and (places.is_folder or options.tables or places.out.has(OVERVIEW_FILE)):
            _refresh(places.out, options, language, is_json=options.json)
    return OK if ok else BLOCKED


def _superseded_in(places: batch.Places, out: OutFolder) -> report.Superseded:
    """Return what tells which files of a run, as people are told of them, another one stands for."""

    def superseded(shown: Iterable[str]) -> dict[str, str]:
        asked = frozenset(shown)
        names = {
            places.names.get(file) or batch.key_of(file): printable(name)
            for file, name in zip(places.files, places.shown, strict=True)
            if printable(name) in asked
        }
        return {names[key]: state for key, state in batch.superseded(out.path, names).items()}

    return superseded


def _show_others(others: Sequence[Path], language: Language) -> None:
    """Say which files beside the workbooks may be answers of companies, too: nobody reads them."""
    if others:
        named = [printable(path.name) for path in others[:OTHERS_NAMED]] + ["…"] * (len(others) > OTHERS_NAMED)
        _warn(OTHERS.to(language).format(count=len(others), names=("、" if language == "zh" else ", ").join(named)))


def overview(options: argparse.Namespace, language: Language) -> int:
    """Rebuild the overview of an output folder."""
    if not is_url(options.out):
        return _overview_of(OutFolder(Path(options.out)), options, language)
    with RemoteFolder(options.out) as folder:
        return _overview_of(folder, options, language)


def _overview_of(folder: OutFolder, options: argparse.Namespace, language: Language) -> int:
    if not folder.has(f"{STATE}/{LEDGER}"):
        return _cannot_run(f"{options.out}: ", NO_LEDGER, language)
    _refresh(folder, options, language, is_json=False, anew=True)
    return OK


def _refresh(
    folder: OutFolder, options: argparse.Namespace, language: Language, *, is_json: bool, anew: bool = False
) -> None:
    """Write the overview and the tables that were asked for, and say where; on standard error beside --json."""
    stream = sys.stderr if is_json else sys.stdout
    refreshed = batch.refresh_overview(folder.path, options.lang, anew=anew)
    written = [refreshed.path, *(batch.write_tables(folder.path, options.tables, language) if options.tables else ())]
    shown = []
    for letter in refreshed.letters:
        folder.publish(letter)
    if refreshed.letters and not is_json:
        print(LETTERS.to(language) + printable(folder.show(LETTERS_FOLDER)), file=stream)
    for path in written:
        relative = path.relative_to(folder.path).as_posix()
        folder.publish(relative)
        shown.append(printable(folder.show(relative)))
    for path in refreshed.held:
        _warn(report.LETTER_HELD.to(language).format(path=printable(folder.show(path))))
    if refreshed.is_beside:
        _warn(OVERVIEW_OPEN.to(language).format(path=shown[0]))
    elif not is_json:
        print(OVERVIEW.to(language) + shown[0], file=stream)
    for name in shown[1:]:
        print(name, file=stream)


def watch(options: argparse.Namespace, language: Language, sampling: Sampling | None, look: Appearance | None) -> int:
    """Watch until Ctrl-C or a service manager's SIGTERM."""
    from workbook_engine.batch.watch import Timing, Watcher, watch  # noqa: PLC0415 - of this command alone

    if any(is_url(place) for place in (*options.paths, options.out)):
        return _cannot_run("", NO_URL_TO_WATCH, language)
    _settings(options, sampling, look)  # a library that is not there is said now, not at the first workbook
    paths = tuple(map(Path, options.paths))
    batch.check_apart(paths, Path(options.out))  # nor would trying again help here
    telling = report.WatchReport(language)
    with _stoppable() as stop:
        watcher = Watcher(
            paths,
            Path(options.out),
            lambda: _settings(options, sampling, look),
            Timing(options.poll, options.settle),
            options.jobs,
            telling.outcome,
            stop=stop,
        )
        telling.started(paths)
        watch(watcher, telling.look, events=not options.no_events)
        telling.ended()
    return OK


def _never() -> bool:
    return False


@contextlib.contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Have the first Ctrl-C, or a service manager's SIGTERM, ask for an orderly end; the second breaks off at once.

    An exception at any moment would do for the work, but not for the ledger: raised in its last commit it would lose
    what was told already.
    """
    asked: list[int] = []  # no event: what the signal interrupts may hold an event's lock

    def ask(number: int, _: FrameType | None) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    heard = [number for number in _stop_signals() if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, ask) for number in heard}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_signals() -> list[signal.Signals]:
    """Return the signals that ask for an end; only a main thread can hear them."""
    if threading.current_thread() is not threading.main_thread():
        return []
    return [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGBREAK") if name in signal.Signals.__members__]


def diff(options: argparse.Namespace, language: Language) -> int:
    """Compare two submissions; the exit status is 1 where one of them cannot be read."""
    from workbook_engine.report_diff import diff_document, print_diff  # noqa: PLC0415 - of this command alone

    missing = [path for path in (options.old, options.new) if not path.exists()]
    if missing:
        return _cannot_run(f"{missing[0]}: ", NO_SUCH_FILE, language)
    library = factor_library(options.factors)
    limits, passwords = limits_of(options), passwords_of(options)
    comparison, unread = difference(options.old, options.new, library, limits, passwords)
    if comparison is None:
        for path, findings in unread.items():
            _warn(told(findings, path).to(language))
        return BLOCKED
    if options.json:
        print(as_json(diff_document(comparison, language), sys.stdout, indent=2))
    else:
        print_diff(comparison, language, sys.stdout)
    if options.out is not None:
        done = process(
            options.new, options.out, factors=library, previous=options.old, limits=limits, passwords=passwords
        )
        _say(done.results, is_json=options.json)
    return OK


def _settings(
    options: argparse.Namespace, sampling: Sampling | None = None, look: Appearance | None = None
) -> batch.Settings:
    """Return the settings of the moment: library and file of passwords are looked at again each time."""
    return batch.settings_for(
        options.factors,
        passwords=passwords_of(options),
        limits=limits_of(options),
        sampling=sampling,
        appearance=look,
    )


def _say(lines: Sequence[str], *, is_json: bool) -> None:
    for line in lines:
        print(printable(line), file=sys.stderr if is_json else sys.stdout)


def _warn(text: str) -> None:
    print(f"workbook-engine: {text}", file=sys.stderr)


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _show_library_findings(factors: Path | None, language: Language) -> None:
    """Say what is wrong with a library of the consultant's own. The shipped one is known to be sound."""
    if factors is not None:
        for finding in factor_library(factors.absolute()).findings:
            print(finding.message(language), finding.advice(language), file=sys.stderr)


def _cannot_run(place: str, reason: Text, language: Language) -> int:
    _warn(printable(place) + reason.to(language))
    return COULD_NOT_RUN
