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
from workbook_engine.batch.inbox import dated, in_order_of_arrival, key_of
from workbook_engine.batch.ledger import Ledger, Submitted, is_outcome
from workbook_engine.batch.outfolder import as_folder
from workbook_engine.batch.record import Record, finding_records, identity_of, with_question
from workbook_engine.batch.rules import rules_of
from workbook_engine.batch.work import Done, Previous, Settings, Task, with_sha256
from workbook_engine.batch.workers import Executor, PoolExecutor, SingleExecutor
from workbook_engine.findings import Finding
from workbook_engine.frozen import frozen
from workbook_engine.naming import printable
from workbook_engine.pipeline import factor_library
from workbook_engine.placing import STATE, PlaceError, Staging, digest, place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workbook_engine.batch.inbox import Inbox
    from workbook_engine.batch.ledger import Rules
    from workbook_engine.batch.outfolder import OutFolder

INPUTS: Final = "inputs"  # below STATE: a copy of every submission, by hash; what a correction is compared with
_TICK: Final = 0.2  # seconds until a wish to stop is seen
_AHEAD: Final = 8  # times the executor's width: how far work may run ahead of a slow workbook
_IN_ONE_GO_SECONDS: Final = 600.0  # files saved one after the other: their dates do not tell which is the later
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
        items = [_Item(file, "", options.names.get(file, "")) for file in files]
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
def _executor(items: list[_Item], settings: Settings, options: Options) -> Iterator[Executor]:
    """Give the executor that suits the work, and stop it at the end, however that comes."""
    if items:
        factor_library(Path(settings.factors) if settings.factors else None)  # if it cannot be used, say so at once
    executor = options.executor or _usual_executor(items, options)
    try:
        yield executor
    finally:
        executor.close()


def _usual_executor(items: list[_Item], options: Options) -> Executor:
    if options.scheduler and items:
        from workbook_engine.batch.cluster import ClusterExecutor  # noqa: PLC0415 - an extra

        return ClusterExecutor(options.scheduler)
    return SingleExecutor() if len(items) < 2 else PoolExecutor(options.jobs)


@frozen
class _Item:
    """A file to process and the hash of its content as it was scanned, "" where it could not be read; its date.

    `name` is what people call a file that is a copy of something elsewhere.
    """

    file: Path
    sha256: str
    name: str = ""
    dated: float = 0.0

    @property
    def key(self) -> str:
        """Return how the ledger calls the file."""
        return self.name or key_of(self.file)

    @property
    def shown(self) -> str:
        """Return how people are told of the file."""
        return self.name or str(self.file)


def _checked(executor: Executor, items: list[_Item], settings: Settings, stop: Callable[[], bool]) -> Iterator[Outcome]:
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
        self._staging = staging.path.absolute()
        self._arrived: dict[str, list[tuple[str, str]]] = {}  # study -> (content, period), of this run
        self._came: dict[str, Submitted] = {}  # by content, of this run: the ledger may not have them yet

    # --- scan ---

    def scan(self, files: Iterable[Path], options: Options) -> Iterator[tuple[_Item, Record | None]]:
        """Yield each file, oldest first, with the ledger's record where there is nothing to do."""
        for file in in_order_of_arrival(files):
            if options.stop():
                return
            content = _content_hash(file, self._settings.limits.file_bytes)
            item = _Item(file, content, options.names.get(file, ""), dated(file))
            known = None if options.again else self._known(item)
            if known is not None and self._ledger.file(item.key) != (item.sha256, str(self._rules), False):
                self._ledger.lies_at(item.key, known, self._rules)
            yield item, self._shown(known, item) if known is not None else None

    def _known(self, item: _Item) -> Record | None:
        record = self._ledger.known(item.sha256, self._rules) if item.sha256 else None
        if record is None:
            return None
        if self._settings.passwords and any(finding.code in _LOCKED for finding in record.findings):
            return None
        return record if all(map(self._folder.has, record.results)) else None

    def _shown(self, record: Record, item: _Item) -> Record:
        """Return a record of the ledger as it is shown: the file as it was named now, the results' whole paths.

        Of those that came at once, those that were taken after the first ask which counts.
        """
        results = tuple(self._folder.show(result) for result in record.results)
        shown = replace(record, file=printable(item.shown), results=results)
        return with_question(shown, self._ledger.others(record.sha256)) if record.beside else shown

    # --- work, judge, settle ---

    def work(self, executor: Executor, items: list[_Item], stop: Callable[[], bool]) -> Iterator[Outcome]:
        """Take the items through the executor; yield them in the order of arrival, placed and entered."""
        queue = _Queue(items)
        busy = 0
        settled: list[tuple[Record, _Item]] = []  # placed, and on their way into the ledger
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

    def _told(self, settled: Iterable[tuple[Record, _Item]]) -> Iterator[Outcome]:
        return (Outcome(self._shown(record, item)) for record, item in settled)

    def _first_task(self, queue: _Queue) -> tuple[int, Task]:
        """Return the next task. It is compared with what it is known to correct, or most likely does."""
        ticket, item = queue.take()
        previous = self._previous(self._likely_predecessor(item))
        queue.compared_with[ticket] = previous.sha256 if previous else ""
        path = str(item.file.absolute())
        return ticket, Task(item.shown, path, self._settings, str(self._staging), keep=True, previous=previous)

    def _likely_predecessor(self, item: _Item) -> str:
        """Return what this submission was found to correct before, or what lay in its place."""
        known = self._ledger.submission(item.sha256)
        if known is not None:
            return known.previous
        earlier = self._ledger.file(item.key)
        return earlier[0] if earlier and earlier[0] != item.sha256 else ""

    def _judge(self, ticket: int, queue: _Queue) -> Task | None:
        """See what a workbook corrects, which has to be done in the order of arrival, and keep a copy of it.

        Returns the task of doing it once more where it has to be compared with another submission than it was.
        """
        item, done = queue.item(ticket), with_sha256(queue.done[ticket], queue.item(ticket).sha256)
        self._keep(done)
        corrects, beside = self._standing(done.record, item)
        record = replace(done.record, previous=corrects, beside=beside)
        self._remember(record, item)
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
        submitted = self._submitted(sha256)
        return Previous(submitted.name if submitted else sha256, sha256, str(copy.absolute()))

    def _submitted(self, sha256: str) -> Submitted | None:
        return self._came.get(sha256) or self._ledger.submission(sha256)

    def _remember(self, record: Record, item: _Item) -> None:
        """Let the submissions that follow in this run know of this one."""
        if is_outcome(record):
            identity = identity_of(record)
            name = Path(item.shown).name
            self._came[record.sha256] = Submitted(0, record.previous, name, item.dated, record.beside)
            for study in identity.keys:
                self._arrived.setdefault(study, []).append((record.sha256, identity.period))

    def _settle(self, queue: _Queue) -> Iterator[tuple[Record, _Item]]:
        """Place what the queue waits for, and enter it; the files of the same content share its outcome."""
        item, twins, done = queue.settle()
        record = self._place(done)
        self._enter(record, item)
        yield record, item
        if record.sha256 != item.sha256:  # it changed after the scan: the others hold what it was then
            queue.put_back(twins)
            return
        for twin in twins:
            self._ledger.lies_at(twin.key, record, self._rules)
            yield record, twin

    def _enter(self, record: Record, item: _Item) -> None:
        if is_outcome(record):
            self._ledger.add(record, self._rules, item.dated)
        self._ledger.lies_at(item.key, record, self._rules)

    def _standing(self, record: Record, item: _Item) -> tuple[str, str]:
        """Return what a submission corrects and what it stands beside, by hash: at most one of the two.

        What is known of it already; else the latest of the same company, product and period, of this run or before,
        which it corrects unless the two came at once; else it corrects what lay in its place, if that came from the
        same company.
        """
        known = self._ledger.submission(record.sha256)
        if known is not None and (known.previous or known.beside):
            return known.previous, known.beside
        latest = self._latest(record, before=known.number if known else None)
        if not latest:
            return "" if known else self._earlier_in_place(record, item), ""
        lay_there = (self._ledger.file(item.key) or ("",))[0]
        if self._first_of(lay_there) == self._first_of(latest):
            return lay_there, ""  # it took the place of one of those that came at once
        if self._came_at_once(latest, known.dated if known else item.dated):
            return "", self._first_of(latest)
        return latest, ""

    def _first_of(self, sha256: str) -> str:
        """Return the first of those that a submission came at once with, itself where it came alone."""
        submitted = self._submitted(sha256)
        return submitted.beside or sha256 if submitted else ""

    def _latest(self, record: Record, before: int | None) -> str:
        """Return the latest other submission of the same study; of those before a number, if one is given."""
        identity = identity_of(record)
        for study in sorted(identity.keys) if before is None else ():
            for sha256, period in reversed(self._arrived.get(study, [])):
                if sha256 != record.sha256 and (period == identity.period or not period or not identity.period):
                    return sha256
        return self._ledger.latest(identity, record.sha256, before=before)

    def _came_at_once(self, earlier: str, dated: float) -> bool:
        """Tell whether nothing says that a submission is later than another: both are there, saved in one go."""
        submitted = self._submitted(earlier)
        is_there = earlier in self._came or self._ledger.is_in_inbox(earlier)
        return is_there and submitted is not None and abs(dated - submitted.dated) < _IN_ONE_GO_SECONDS

    def _earlier_in_place(self, record: Record, item: _Item) -> str:
        earlier = self._ledger.file(item.key)
        if earlier is None or earlier[0] in ("", record.sha256):
            return ""
        companies = {study.partition("|")[0] for study in identity_of(record).keys}
        same = any(study.partition("|")[0] in companies for study in self._ledger.studies(earlier[0]))
        return earlier[0] if same else ""

    def _keep(self, done: Done) -> None:
        """Put the copy of the input where later submissions find it. Its name is its hash: that is its check, too."""
        if done.kept is None:
            return
        relative = input_of(done.record.sha256)
        target = self._folder.path / relative
        with contextlib.suppress(OSError):  # without it a later correction cannot be compared; nothing else suffers
            if not self._folder.has(relative):
                target.parent.mkdir(parents=True, exist_ok=True)
                Path(done.kept).replace(target)
                self._folder.publish(relative)
            Path(done.kept).unlink(missing_ok=True)

    def _place(self, done: Done) -> Record:
        findings = done.record.findings
        results: list[str] = []
        for written in done.written:
            try:
                self._folder.bring_folder(written.folders)
                placed = place(Path(written.path), self._folder.path, written.folders, written.name)
            except PlaceError as error:
                finding = Finding(catalogue.NOT_WRITTEN, None, {"detail": error.reason})
                findings = (*finding_records([finding]), *done.record.findings)
                return replace(done.record, status="failed", findings=findings)
            if placed.beside_open:
                params = {"older": placed.beside_open, "name": placed.path.name}
                findings = (*findings, *finding_records([Finding(catalogue.RESULTS_BESIDE_OPEN, None, params)]))
            results.append(placed.path.relative_to(self._folder.path).as_posix())
            if placed.is_new:
                self._folder.publish(results[-1])
        return replace(done.record, results=tuple(results), findings=findings)


class _Queue:
    """The items in order of arrival, and how far each has come: taken, done, judged, settled.

    Files of the same content stand behind the first of them as its twins. A ticket is an item's number.
    """

    def __init__(self, items: Iterable[_Item]) -> None:
        self.done: dict[int, Done] = {}
        self.compared_with: dict[int, str] = {}  # of those that are taken: the earlier submission's hash, or ""
        self._items: list[_Item] = []
        self._twins: dict[str, list[_Item]] = {}
        self._first: dict[str, int] = {}
        self._again: set[int] = set()  # those that are being done once more
        self._taken = self._judged = self._settled = 0
        for item in items:
            self._put(item)

    def _put(self, item: _Item) -> None:
        first = self._first.get(item.sha256, -1) if item.sha256 else -1
        if first >= self._settled:
            self._twins.setdefault(item.sha256, []).append(item)
        else:
            self._first[item.sha256] = len(self._items)
            self._items.append(item)

    @property
    def has_more(self) -> bool:
        """Whether an item waits to be taken."""
        return self._taken < len(self._items)

    @property
    def ahead(self) -> int:
        """How many items were taken and are not settled."""
        return self._taken - self._settled

    def item(self, ticket: int) -> _Item:
        """Return the item of a ticket."""
        return self._items[ticket]

    def take(self) -> tuple[int, _Item]:
        """Return the next item with its ticket."""
        self._taken += 1
        return self._taken - 1, self._items[self._taken - 1]

    def put_done(self, ticket: int, done: Done) -> None:
        """Take what came of an item. Of one that was done once more, what was judged of it stays."""
        if ticket in self._again:
            self._again.discard(ticket)
            judged = self.done[ticket].record
            done = replace(
                done,
                record=replace(done.record, sha256=judged.sha256, previous=judged.previous, beside=judged.beside),
            )
        self.done[ticket] = done

    def to_be_judged(self) -> Iterator[int]:
        """Yield the tickets that are done and to be judged, in order; each counts as judged once it was yielded."""
        while self._judged in self.done:
            self._judged += 1
            yield self._judged - 1

    def redo(self, ticket: int, compared_with: str) -> None:
        """Wait for an item that is done once more."""
        self._again.add(ticket)
        self.compared_with[ticket] = compared_with

    @property
    def is_settled(self) -> bool:
        """Whether the first item that is not settled can be."""
        return self._settled < self._judged and self._settled not in self._again

    def settle(self) -> tuple[_Item, list[_Item], Done]:
        """Return the item that was waited for, its twins, and what came of it."""
        item = self._items[self._settled]
        done = self.done.pop(self._settled)
        del self.compared_with[self._settled]
        self._settled += 1
        return item, self._twins.pop(item.sha256, []), done

    def put_back(self, items: Iterable[_Item]) -> None:
        """Let items be processed by themselves after all."""
        for item in items:
            self._put(item)


def input_of(sha256: str) -> str:
    """Return where the copy of a submission lies in an output folder."""
    return f"{STATE}/{INPUTS}/{sha256[:2]}/{sha256}"


def _content_hash(file: Path, most_bytes: int) -> str:
    """Return the SHA-256 of a regular file's content; "" for whatever a worker has to look at first."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > most_bytes:
            return ""
        return digest(file)
    except OSError:
        return ""
