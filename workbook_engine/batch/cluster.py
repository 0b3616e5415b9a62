"""The same work on machines of a cluster: an executor over an existing Dask scheduler (`--scheduler tcp://…`).

Workers need this package in the same version and nothing else: no common disk. The bytes of a workbook travel to the
worker, those of its results back; the factor library goes to each worker once. On the worker, too, a workbook is read
in a killable child. Workbooks go in batches; a batch whose worker died goes to another, and one that kills its
workers is taken apart, so that a single workbook is left to blame. Ledger and results are the coordinator's alone.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import queue
import tempfile
import threading
import time
import uuid
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workbook_engine import catalogue
from workbook_engine.batch.rules import engine_version
from workbook_engine.batch.work import Done, Task, Written, failed, perform
from workbook_engine.batch.workers import RECYCLE_AFTER, call_in_child
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.frozen import frozen
from workbook_engine.intake.isolate import Child
from workbook_engine.placing import PlaceError, digest, flush
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH: Final = 8  # workbooks that travel together
_AHEAD: Final = 3  # batches for each thread of the cluster
_CONNECT_SECONDS: Final = 20
_LONELY_SECONDS: Final = 60.0  # without any worker, until a run gives up


class ClusterError(WorkbookEngineError):
    """The scheduler or its workers cannot be used."""


@frozen
class Delivered:
    """What came of a task on a worker, with the bytes of what was written."""

    done: Done
    results: tuple[bytes, ...] = ()


class ClusterExecutor:
    """Does tasks on the workers of a Dask scheduler. Raises ClusterError where there are none, or no dask."""

    def __init__(self, address: str) -> None:
        self._client = _connected(address)
        self._waiting: collections.deque[tuple[int, Task]] = collections.deque()
        self._done: collections.deque[tuple[int, Done]] = collections.deque()
        self._finished: queue.SimpleQueue[Any] = queue.SimpleQueue()  # futures
        self._batches: dict[str, list[tuple[int, Task]]] = {}  # by the future's key
        self._futures: dict[str, Any] = {}  # a future that nobody holds is forgotten by the cluster
        self._library: tuple[str, Any] = ("", None)
        self._lonely_since: float | None = None
        self._threads = self._count_threads()

    @property
    def width(self) -> int:
        """Return how many tasks keep all threads of the cluster busy."""
        return BATCH * _AHEAD * max(1, self._threads)

    def submit(self, ticket: int, task: Task) -> None:
        """Take a task on. It travels when there is room."""
        self._waiting.append((ticket, task))

    def next(self, seconds: float) -> tuple[int, Done] | None:
        """Wait so long for a task to be done."""
        if not self._done:
            self._send()
            try:
                self._take(self._finished.get(timeout=seconds))
            except queue.Empty:
                self._watch_workers()
        return self._done.popleft() if self._done else None

    def close(self) -> None:
        """Cancel what is under way and leave the cluster to itself."""
        self._batches.clear()
        with contextlib.suppress(Exception):  # a scheduler that is gone cannot be told
            self._client.cancel(list(self._futures.values()))
            self._client.close(timeout=5)

    # --- sending ---

    def _send(self) -> None:
        while self._waiting and len(self._batches) < _AHEAD * max(1, self._threads):
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            packed = [(ticket, task) for ticket, task in batch if self._pack(ticket, task)]
            if packed:
                self._send_batch(packed)

    def _pack(self, ticket: int, task: Task) -> bool:
        """Tell whether a task can travel; one whose file cannot be read is done here, where that is found out."""
        if task.data is None and not Path(task.path).is_file():
            self._done.append((ticket, perform(task)))
            return False
        return True

    def _send_batch(self, batch: list[tuple[int, Task]]) -> None:
        tasks = [_with_bytes(task) for _, task in batch]
        future = self._client.submit(
            work, tasks, self._shared_library(tasks[0]), engine_version(), pure=False, retries=1, key=uuid.uuid4().hex
        )
        self._batches[future.key], self._futures[future.key] = batch, future
        future.add_done_callback(self._finished.put)

    def _shared_library(self, task: Task) -> Any:
        """Return the factor library's bytes as the workers have them, sent to all of them once."""
        if self._library[0] != task.settings.library_sha256:
            content = Path(str(task.settings.factors)).read_bytes()
            self._library = (task.settings.library_sha256, self._client.scatter(content, broadcast=True))
        return self._library[1]

    # --- taking back ---

    def _take(self, future: Any) -> None:
        self._futures.pop(future.key, None)
        batch = self._batches.pop(future.key, None)
        if batch is None:
            return
        try:
            delivered: Sequence[Delivered] = future.result()
        except ClusterError:
            raise
        except Exception as error:  # noqa: BLE001 - killed workers, lost connections, whatever a cluster does
            self._again(batch, error)
            return
        for (ticket, task), one in zip(batch, delivered, strict=True):
            self._done.append((ticket, _received(task, one)))

    def _again(self, batch: list[tuple[int, Task]], error: Exception) -> None:
        """Send the workbooks of a batch that came to nothing one by one; one that was alone is to blame."""
        if self._client.status != "running":
            raise ClusterError(
                Text(
                    "与调度器的连接已断开；再次运行会从这里继续",
                    "the scheduler is gone; the next run goes on from here",
                )
            )
        if len(batch) == 1:
            ticket, task = batch[0]
            params = {"detail": f"{type(error).__name__}: {error}"}
            self._done.append((ticket, failed(task, catalogue.ENGINE_FAULT, params)))
            return
        for one in batch:
            self._send_batch([one])

    def _watch_workers(self) -> None:
        """Give up when there has been no worker for a while: nobody would ever do the work."""
        self._threads = self._count_threads()
        if self._threads:
            self._lonely_since = None
            return
        self._lonely_since = self._lonely_since or time.monotonic()
        if time.monotonic() - self._lonely_since > _LONELY_SECONDS:
            raise _no_workers()

    def _count_threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except Exception:  # noqa: BLE001 - the connection may be on its way back
            return 0


def _connected(address: str) -> Any:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ClusterError(
            Text(
                '--scheduler 需要 Dask：pip install "workbook-engine[cluster]"。',
                '--scheduler needs Dask: pip install "workbook-engine[cluster]"',
            )
        ) from error
    try:
        client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(Text(f"连不上调度器 {address}：{error}", f"no scheduler at {address}: {error}")) from error
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
    except TimeoutError as error:
        client.close()
        raise _no_workers() from error
    return client


def _no_workers() -> ClusterError:
    return ClusterError(Text("调度器没有可用的工作节点", "the scheduler has no workers"))


def _with_bytes(task: Task) -> Task:
    """Return a task that needs no disk of ours."""
    previous = task.previous
    if previous is not None and previous.data is None:
        with contextlib.suppress(OSError):
            previous = replace(previous, data=Path(previous.path).read_bytes())
    try:
        data = Path(task.path).read_bytes() if task.data is None else task.data
    except OSError:
        data = b""
    return replace(task, data=data, previous=previous)


def _received(task: Task, delivered: Delivered) -> Done:
    """Put what a worker wrote into our own staging folder, and a copy of the input beside it."""
    done = delivered.done
    if task.staging is None:
        return done
    staging = Path(task.staging)
    try:
        here: list[Written] = []
        for written, data in zip(done.written, delivered.results, strict=True):
            path = staging / f"{uuid.uuid4().hex}.xlsx"
            path.write_bytes(data)
            flush(path)
            here.append(replace(written, path=str(path)))
        done = replace(done, written=tuple(here))
        if task.keep and done.record.sha256:
            kept = staging / f"{uuid.uuid4().hex}.input"
            kept.write_bytes(Path(task.path).read_bytes() if task.data is None else task.data)
            done = replace(done, kept=str(kept) if digest(kept) == done.record.sha256 else None)
    except OSError as error:
        return failed(task, catalogue.NOT_WRITTEN, {"detail": PlaceError(staging, error).reason})
    except PlaceError as error:
        return failed(task, catalogue.NOT_WRITTEN, {"detail": error.reason})
    return done


# --- on the worker ----------------------------------------------------------------------------------------------------

_own = threading.local()  # a child for each thread of the worker


def work(tasks: list[Task], library: bytes, version: str) -> list[Delivered]:
    """Do a batch of tasks on a worker, each in the worker's killable child. Raises ClusterError for another version."""
    if version != engine_version():
        zh = f"工作节点上的程序版本是 {engine_version()}，这里是 {version}"
        raise ClusterError(Text(zh, f"the workers run version {engine_version()}, this is {version}"))
    sha256 = hashlib.sha256(library).hexdigest()
    factors = Path(tempfile.gettempdir()) / f"workbook-engine-factors-{sha256}.xlsx"  # one place: children keep it read
    if not factors.exists() or digest(factors) != sha256:
        with tempfile.NamedTemporaryFile(dir=factors.parent, delete=False) as file:
            file.write(library)
        Path(file.name).replace(factors)
    with tempfile.TemporaryDirectory(prefix="workbook-engine-") as folder:
        return [_deliver(task, Path(folder), factors) for task in tasks]


def _deliver(task: Task, folder: Path, factors: Path) -> Delivered:
    here = replace(
        task,
        settings=replace(task.settings, factors=str(factors)),
        staging=str(folder) if task.staging is not None else None,
        keep=False,
    )
    done = call_in_child(_child(task), here)
    results = tuple(Path(written.path).read_bytes() for written in done.written)
    for written in done.written:
        Path(written.path).unlink()
    return Delivered(done, results)


def _child(task: Task) -> Child:
    limits = task.settings.limits
    child: Child | None = getattr(_own, "child", None)
    if child is None:
        child = _own.child = Child(limits.memory_bytes, limits.seconds)
        _own.calls = 0
    _own.calls += 1
    if _own.calls > RECYCLE_AFTER:
        child.close()
        _own.calls = 1
    return child
