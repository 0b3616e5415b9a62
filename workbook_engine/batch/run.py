"""The run of a folder: the coordinator, who alone writes the ledger and gives results their names.

    scan: content hash → known under these rules? → the ledger's record, nothing to do
    work: the others, oldest first, through an executor, in any order
    judge: strictly in order of arrival: keep a copy of the input, see what it corrects; do it once more, compared
    settle: strictly in order of arrival: results get their names, the ledger its entries

The order makes the outcome independent of who was quicker: version numbers and what corrects what are those of a run
with one worker. An outcome is told once it is in the ledger, which writes several at a time; a run that is asked to
stop ends between two of its steps. After kill -9 the next run goes on where the ledger ends; results that were placed
but not yet entered are computed again, come out the same, and so keep their names.
"""

from __future__ import annotations

import collections
import contextlib
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbook_engine import catalogue
from workbook_engine.batch.filing import file_results, input_of, keep_input
from workbook_engine.batch.inbox import dated, in_order_of_arrival
from workbook_engine.batch.items import Item, Queue, content_hash
from workbook_engine.batch.ledger import Ledger, is_outcome
from workbook_engine.batch.outfolder import as_folder
from workbook_engine.batch.record import Record, with_question
from workbook_engine.batch.rules import rules_of
from workbook_engine.batch.standing import Standing
from workbook_engine.batch.work import Previous, Settings, Task, with_sha256
from workbook_engine.batch.workers import Executor, PoolExecutor, SingleExecutor
from workbook_engine.frozen import frozen
from workbook_engine.naming import printable
from workbook_engine.pipeline import factor_library
from workbook_engine.staging import Staging

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workbook_engine.batch.inbox import Inbox
    from workbook_engine.batch.ledger import Rules
    from workbook_engine.batch.outfolder import OutFolder

_TICK: Final = 0.2  # seconds until a wish to stop is seen
_AHEAD: Final = 8  # times the executor's width: how far work may run ahead of a slow workbook
_LOCKED: Final = {catalogue.FILE_ENCRYPTED.code, catalogue.FILE_WRONG_PASSWORD.code}


@frozen
class Outcome:
    """What came of one file in a run. `is_unchanged`: the ledger knew it, nothing was done."""

    record: Record
    is_unchanged: bool = False


@frozen
class Options:
    """How a run is done, apart from what changes its results."""

    jobs: int | None = None  # worker processes; None: one a processor
    again: bool = False  # do everything again, whatever the ledger knows
    executor: Executor | None = None  # who does the work; None: this process for one workbook, else a pool
    scheduler: str = ""  # address of a Dask scheduler whose workers do the work
    inbox: Inbox | None = None  # where the files were found: what is no longer there is noted as gone
    warn: Callable[[Path], None] | None = None  # called where a damaged ledger was set aside, with its new place
    names: Mapping[Path, str] = field(default_factory=dict)  # of files that are copies: what people call them
    stop: Callable[[], bool] = lambda: False  # asked again and again: whether to end with what is done by now


def run(
    files: Iterable[Path], out: Path | OutFolder | None, settings: Settings, options: Options | None = None
) -> Iterator[Outcome]:
    """Process files; yield what came of each, once each, as soon as it is in the ledger.

    `out` None reads and checks alone: no results, no ledger. Raises LibraryError, PlaceError where the output folder
    cannot be written to at all, LedgerError. Closing the iterator early stops all work and keeps what was done.
    """
    options = options or Options()
    if out is None:
        items = [Item(file, "", options.names.get(file, "")) for file in files]
        with _executor(items, settings, options) as executor:
            yield from _checked(executor, items, settings, options.stop)
        return
    folder = as_folder(out)
    with Staging(folder.path) as staging, Ledger(folder.path) as ledger:
        if ledger.set_aside is not None and options.warn is not None:
            options.warn(ledger.set_aside)
        coordinator = _Coordinator(folder, settings, ledger, staging)
        if options.inbox is not None:
            ledger.gone(options.inbox)
            ledger.flush()
        items = []
        for item, known in coordinator.scan(files, options):
            if known is None:
                items.append(item)
            else:
                yield Outcome(known, is_unchanged=True)
        ledger.flush()
        with _executor(items, settings, options) as executor:
            yield from coordinator.work(executor, items, options.stop)


@contextlib.contextmanager
def _executor(items: list[Item], settings: Settings, options: Options) -> Iterator[Executor]:
    """Give the executor that suits the work, and stop it at the end, however that comes."""
    if items:
        factor_library(Path(settings.factors) if settings.factors else None)  # if it cannot be used, say so at once
    executor = options.executor or _usual_executor(items, options)
    try:
        yield executor
    finally:
        executor.close()


def _usual_executor(items: list[Item], options: Options) -> Executor:
    if options.scheduler and items:
        from workbook_engine.batch.cluster import ClusterExecutor  # noqa: PLC0415 - an extra

        return ClusterExecutor(options.scheduler)
    return SingleExecutor() if len(items) < 2 else PoolExecutor(options.jobs)


def _checked(executor: Executor, items: list[Item], settings: Settings, stop: Callable[[], bool]) -> Iterator[Outcome]:
    """Have the items read and checked; yield what comes of each as soon as it is done."""
    waiting = collections.deque(enumerate(items))
    busy = 0
    while (waiting or busy) and not stop():
        while waiting and busy < executor.width:
            ticket, item = waiting.popleft()
            executor.submit(ticket, Task(item.shown, str(item.file.absolute()), settings))
            busy += 1
        ended = executor.next(_TICK)
        if ended is not None:
            busy -= 1
            yield Outcome(ended[1].record)


class _Coordinator:
    """One run on one output folder."""

    def __init__(self, folder: OutFolder, settings: Settings, ledger: Ledger, staging: Staging) -> None:
        self._folder = folder
        self._settings = settings
        self._rules: Rules = rules_of(settings)
        self._ledger = ledger
        self._standing = Standing(ledger)
        self._staging = staging.path.absolute()

    # --- scan ---

    def scan(self, files: Iterable[Path], options: Options) -> Iterator[tuple[Item, Record | None]]:
        """Yield each file, oldest first, with the ledger's record where there is nothing to do."""
        for file in in_order_of_arrival(files):
            if options.stop():
                return
            content = content_hash(file, self._settings.limits.file_bytes)
            item = Item(file, content, options.names.get(file, ""), dated(file))
            known = None if options.again else self._known(item)
            if known is not None and self._ledger.file(item.key) != (item.sha256, str(self._rules), False):
                self._ledger.lies_at(item.key, known, self._rules)
            yield item, self._shown(known, item) if known is not None else None

    def _known(self, item: Item) -> Record | None:
        record = self._ledger.known(item.sha256, self._rules) if item.sha256 else None
        if record is None:
            return None
        if self._settings.passwords and any(finding.code in _LOCKED for finding in record.findings):
            return None
        return record if all(map(self._folder.has, record.results)) else None

    def _shown(self, record: Record, item: Item) -> Record:
        """Return a record of the ledger as it is shown: the file as it was named now, the results' whole paths.

        Of those that came at once, those that were taken after the first ask which counts.
        """
        results = tuple(self._folder.show(result) for result in record.results)
        shown = replace(record, file=printable(item.shown), results=results)
        return with_question(shown, self._ledger.others(record.sha256)) if record.beside else shown

    # --- work, judge, settle ---

    def work(self, executor: Executor, items: list[Item], stop: Callable[[], bool]) -> Iterator[Outcome]:
        """Take the items through the executor; yield them in the order of arrival, placed and entered."""
        queue = Queue(items)
        busy = 0
        settled: list[tuple[Record, Item]] = []  # placed, and on their way into the ledger
        while (queue.has_more or busy) and not stop():
            while queue.has_more and busy < executor.width and queue.ahead < _AHEAD * executor.width:
                executor.submit(*self._first_task(queue))
                busy += 1
            ended = executor.next(_TICK)
            if ended is not None:
                busy -= 1
                queue.put_done(*ended)
                for number in queue.to_be_judged():
                    task = self._judge(number, queue)
                    if task is not None:
                        executor.submit(number, task)
                        busy += 1
                while queue.is_settled:
                    settled += self._settle(queue)
            if self._ledger.flush_when_due():
                self._folder.checkpoint()
                yield from self._told(settled)
                settled.clear()
        self._ledger.flush()
        yield from self._told(settled)

    def _told(self, settled: Iterable[tuple[Record, Item]]) -> Iterator[Outcome]:
        return (Outcome(self._shown(record, item)) for record, item in settled)

    def _first_task(self, queue: Queue) -> tuple[int, Task]:
        """Return the next task. It is compared with what it is known to correct, or most likely does."""
        ticket, item = queue.take()
        previous = self._previous(self._standing.likely_predecessor(item))
        queue.compared_with[ticket] = previous.sha256 if previous else ""
        path = str(item.file.absolute())
        return ticket, Task(item.shown, path, self._settings, str(self._staging), keep=True, previous=previous)

    def _judge(self, ticket: int, queue: Queue) -> Task | None:
        """See what a workbook corrects, which has to be done in the order of arrival, and keep a copy of it.

        Returns the task of doing it once more where it has to be compared with another submission than it was.
        """
        item, done = queue.item(ticket), with_sha256(queue.done[ticket], queue.item(ticket).sha256)
        keep_input(self._folder, done)
        corrects, beside = self._standing.of(done.record, item)
        record = replace(done.record, previous=corrects, beside=beside)
        self._standing.remember(record, item)
        previous = self._previous(corrects)
        compared_with = previous.sha256 if previous else ""
        queue.done[ticket] = replace(done, record=record, kept=None)
        if not done.written or queue.compared_with[ticket] == compared_with:
            return None
        for written in done.written:
            Path(written.path).unlink(missing_ok=True)
        queue.redo(ticket, compared_with)
        own = str(self._folder.bring(input_of(record.sha256)).absolute())  # the file itself may have changed since
        return Task(item.shown, own, self._settings, str(self._staging), previous=previous)

    def _previous(self, sha256: str) -> Previous | None:
        """Return an earlier submission as a worker needs it, None where there is no copy of it."""
        if not sha256 or not self._folder.has(input_of(sha256)):
            return None
        copy = self._folder.bring(input_of(sha256))
        submitted = self._standing.submitted(sha256)
        return Previous(submitted.name if submitted else sha256, sha256, str(copy.absolute()))

    def _settle(self, queue: Queue) -> Iterator[tuple[Record, Item]]:
        """Place what the queue waits for, and enter it; the files of the same content share its outcome."""
        item, twins, done = queue.settle()
        record = file_results(self._folder, done)
        self._enter(record, item)
        yield record, item
        if record.sha256 != item.sha256:  # it changed after the scan: the others hold what it was then
            queue.put_back(twins)
            return
        for twin in twins:
            self._ledger.lies_at(twin.key, record, self._rules)
            yield record, twin

    def _enter(self, record: Record, item: Item) -> None:
        if is_outcome(record):
            self._ledger.add(record, self._rules, item.dated)
        self._ledger.lies_at(item.key, record, self._rules)
