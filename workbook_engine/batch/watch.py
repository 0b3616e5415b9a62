"""Watching an inbox: the run of a folder, again and again, for what is new, changed or come back.

Looking is polling: every few seconds all names, sizes and dates, which works on every disk and every network drive.
Where watchdog is installed its events only make the next look come sooner.

A file is taken when it is whole: unchanged for a while, not open in an office program, readable, and, if it is a zip,
with its end. One that never gets an end is taken after all when it has not changed for half a minute: it is damaged,
and its sender has to hear of it.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from workbook_engine.batch.inbox import ON_ITS_WAY, Inbox, search
from workbook_engine.batch.ledger_file import NAME as LEDGER
from workbook_engine.batch.overview import Refreshed, refresh
from workbook_engine.batch.run import Options, run
from workbook_engine.batch.workers import PoolExecutor
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.frozen import frozen
from workbook_engine.naming import printable
from workbook_engine.placing import STATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_engine.batch.run import Outcome
    from workbook_engine.batch.work import Done, Settings, Task

ZIPPED: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".ods"})
_ZIP_BEGIN, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_TAIL: Final = 65_536 + 22  # bytes in which a zip's end record stands, whatever its comment (PKWARE APPNOTE, 4.3.16)
PATIENCE_SECONDS: Final = 30.0  # for a zip without its end
_LOCK_DEAD_SECONDS: Final = 86_400.0  # an office program that crashed leaves its lock file for ever
_RETRY_SECONDS: Final = 60.0  # until a file that failed for no fault of its own is tried again
_READING: Final = frozenset({"opened", "closed_no_write"})  # events of watchdog
_STOP_SECONDS: Final = 0.2  # until a wish to stop is seen
_REFRESH_SECONDS: Final = 30.0  # between overviews while files keep coming


class Signature(NamedTuple):
    """What tells, without reading, that a file has changed."""

    size: int
    mtime_ns: int


@frozen
class Timing:
    """Seconds: between looks, and how long a file has to stay as it is before it is taken."""

    every: float = 2.0
    settle: float = 2.0


@frozen
class Look:
    """What one look at the inbox came to."""

    outcomes: tuple[Outcome, ...] = ()
    waiting: tuple[Path, ...] = ()  # no longer changing, but open in a program or not whole
    lost: tuple[Path, ...] = ()  # folders that cannot be reached
    problem: Exception | None = None  # why nothing could be done this time
    others: tuple[Path, ...] = ()  # files by which a company may have answered, and which nobody reads
    overview: Refreshed | None = None


@dataclass(slots=True)
class _Seen:
    """A file as it was at the last look: since when it is so, and whether it was taken as it is."""

    signature: Signature
    since: float
    is_done: bool = False


@dataclass(slots=True)
class Watcher:
    """Watches an inbox. `settings` gives those of the moment: a changed factor library computes everything anew.

    `tell` is called with each outcome once it is in the ledger. Where `stop` says so a look ends with what is done by
    then. Close it when done: it keeps its workers between looks.
    """

    paths: tuple[Path, ...]
    out: Path
    settings: Callable[[], Settings]
    timing: Timing = field(default_factory=Timing)
    jobs: int | None = None
    tell: Callable[[Outcome], None] = lambda _: None
    clock: Callable[[], float] = time.monotonic
    stop: Callable[[], bool] = lambda: False
    _seen: dict[Path, _Seen] = field(default_factory=dict)
    _others: dict[Path, float] = field(default_factory=dict)  # since when they are there
    _rules: Settings | None = None
    _pool: _KeptPool | None = None
    _refreshed_at: float = float("-inf")
    _is_behind: bool = True  # the overview may be

    def look(self) -> Look:
        """Look at the inbox once and do what is to be done."""
        lost = tuple(path for path in self.paths if not _is_there(path))
        try:
            inbox = search([path for path in self.paths if path not in lost], self.out)
            self._settle_rules()
            ready, waiting = self._sort(inbox)
            outcomes = self._process(ready, inbox) if ready or self._has_left(inbox) else ()
            overview = self._refresh(is_due=not waiting or self.stop())
        except (WorkbookEngineError, OSError) as error:  # a drive may vanish at any moment, and come back
            self.close()
            return Look(lost=lost, problem=error)
        held_up, lost = self._held_up(waiting), (*lost, *inbox.unreadable)
        return Look(outcomes, held_up, lost, overview=overview, others=self._stay(inbox.others))

    def close(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._pool.end()
            self._pool = None

    def _settle_rules(self) -> None:
        rules = self.settings()
        if rules != self._rules:
            self._rules = rules
            for seen in self._seen.values():
                seen.is_done = False

    def _sort(self, inbox: Inbox) -> tuple[list[Path], list[Path]]:
        """Return the files that are to be taken now, and those that are not whole yet."""
        now = self.clock()
        ready: list[Path] = []
        waiting: list[Path] = []
        for path in inbox.files:
            signature = _signature(path)
            if signature is None:
                continue
            seen = self._seen.get(path)
            if seen is None or seen.signature != signature:
                seen = self._seen[path] = _Seen(signature, now)
            if seen.is_done:
                continue
            (ready if self._is_whole(path, now - seen.since) else waiting).append(path)
        return ready, waiting

    def _is_whole(self, path: Path, unchanged: float) -> bool:
        if unchanged < self.timing.settle or is_open(path):
            return False
        return has_its_end(path) or unchanged >= PATIENCE_SECONDS

    def _stay(self, others: Iterable[Path]) -> tuple[Path, ...]:
        """Return those of the files that nobody reads that are not on their way to being a workbook."""
        now = self.clock()
        self._others = {path: self._others.get(path, now) for path in others}
        return tuple(
            path
            for path, since in self._others.items()
            if now - since >= PATIENCE_SECONDS or path.suffix.lower() not in ON_ITS_WAY
        )

    def _held_up(self, waiting: list[Path]) -> tuple[Path, ...]:
        """Return those of the waiting files that have not changed for a while and still are not whole, or open."""
        return tuple(path for path in waiting if self.clock() - self._seen[path].since >= self.timing.settle)

    def _has_left(self, inbox: Inbox) -> bool:
        """Forget the files that have left the inbox; tell whether there were any. An empty inbox is a lost drive."""
        if not inbox.files:
            return False
        present = set(inbox.files)
        left = [path for path in self._seen if path not in present]
        for path in left:
            del self._seen[path]
        return bool(left)

    def _process(self, ready: list[Path], inbox: Inbox) -> tuple[Outcome, ...]:
        settings = self._rules or self.settings()
        if self._pool is None:
            self._pool = _KeptPool(self.jobs)
        outcomes = []
        before = {path: self._seen[path].signature for path in ready}
        for outcome in run(ready, self.out, settings, Options(executor=self._pool, inbox=inbox, stop=self.stop)):
            outcomes.append(outcome)
            self.tell(outcome)
        for path in ready:
            if self._seen[path].signature == before[path]:
                self._seen[path].is_done = True
        failed = {outcome.record.file for outcome in outcomes if outcome.record.status == "failed"}
        for path in (path for path in ready if printable(str(path)) in failed):
            self._seen[path] = _Seen(before[path], self.clock() + _RETRY_SECONDS)
        self._is_behind = True
        return tuple(outcomes)

    def _refresh(self, *, is_due: bool) -> Refreshed | None:
        """Bring the overview up to date: when nothing is on its way, at the end, now and then while much is coming."""
        is_due = is_due or self.clock() - self._refreshed_at >= _REFRESH_SECONDS
        if not (self._is_behind and is_due and (self.out / STATE / LEDGER).exists()):
            return None
        overview = refresh(self.out)
        self._is_behind, self._refreshed_at = overview.is_beside or bool(overview.held), self.clock()
        return overview


class _KeptPool:
    """A pool that outlives a run: the runs of a watch come every few seconds."""

    def __init__(self, size: int | None) -> None:
        self._pool = PoolExecutor(size)
        self.width = self._pool.width
        self._in_hand = 0

    def submit(self, ticket: int, task: Task) -> None:
        """Take a task on."""
        self._in_hand += 1
        self._pool.submit(ticket, task)

    def next(self, seconds: float) -> tuple[int, Done] | None:
        """Wait so long for a task to be done."""
        done = self._pool.next(seconds)
        self._in_hand -= done is not None
        return done

    def close(self) -> None:
        """End a run. One that was broken off left tasks behind: then the workers go, too."""
        if self._in_hand:
            self.end()

    def end(self) -> None:
        """End the workers."""
        self._pool.close()


def watch(watcher: Watcher, report: Callable[[Look], None], *, events: bool = True) -> None:
    """Look again and again until the watcher is to stop; `report` is called after each look."""
    wake = threading.Event()
    heard = _events(watcher.paths, watcher.out, wake) if events else contextlib.nullcontext()
    with contextlib.closing(watcher), heard:
        while not watcher.stop():
            report(watcher.look())
            _wait(wake, watcher)


def _wait(wake: threading.Event, watcher: Watcher) -> None:
    """Wait for the next look, an event or the end. The end is asked for: a signal may set no lock, so no event."""
    until = time.monotonic() + watcher.timing.every
    while not watcher.stop() and (left := until - time.monotonic()) > 0:
        if wake.wait(min(left, _STOP_SECONDS)):
            break
    wake.clear()


@contextlib.contextmanager
def _events(paths: Iterable[Path], out: Path, wake: threading.Event) -> Iterator[None]:
    """Set `wake` when something happens in the folders, where watchdog is installed and the disk tells it.

    What happens in the output folder, which may lie inside them, is our own doing; so is reading: a look that woke the
    next one would never let the machine rest while a file waits.
    """
    try:
        from watchdog.events import FileSystemEvent, FileSystemEventHandler  # noqa: PLC0415 - an extra
        from watchdog.observers import Observer  # noqa: PLC0415
    except ImportError:
        yield
        return

    class Handler(FileSystemEventHandler):  # type: ignore[misc]  # watchdog is skipped by the type check
        def on_any_event(self, event: FileSystemEvent) -> None:
            is_ours = Path(os.fsdecode(event.src_path)).absolute().is_relative_to(ours)
            if event.event_type not in _READING and not is_ours:
                wake.set()

    # Of a folder that was made and renamed at once it says so, in a page of its own innards.
    warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
    ours = out.absolute()
    observer = Observer()
    try:
        for path in paths:
            observer.schedule(Handler(), str(path if path.is_dir() else path.parent), recursive=path.is_dir())
        observer.start()
    except OSError:  # too many folders for the system's watches, a drive without events: polling goes on
        yield
        return
    try:
        yield
    finally:
        observer.stop()
        observer.join(timeout=5)


# --- is a file whole? -------------------------------------------------------------------------------------------------


def is_open(path: Path) -> bool:
    """Tell whether an office program holds the file: its lock file lies beside it (Excel and WPS ~$, LibreOffice)."""
    locks = (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")
    return any(_age(path.with_name(lock)) < _LOCK_DEAD_SECONDS for lock in locks)


def has_its_end(path: Path) -> bool:
    """Tell whether a file can be read and, if it is a zip, has a zip's end: a copy that is under way has none."""
    try:
        if path.suffix.lower() not in ZIPPED or path.is_symlink() or not path.is_file():
            return True
        with path.open("rb") as file:
            head = file.read(4)
            size = file.seek(0, 2)
            file.seek(max(0, size - _TAIL))
            tail = file.read()
    except OSError:
        return False
    if head.strip(b"\0") == b"":
        return False  # a file that was given its size before its content, or none yet
    return head != _ZIP_BEGIN or _ZIP_END in tail


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return float("inf")


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _signature(path: Path) -> Signature | None:
    try:
        status = path.lstat()
    except OSError:
        return None
    return Signature(status.st_size, status.st_mtime_ns)
