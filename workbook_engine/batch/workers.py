"""Who does the work: this process, or a pool of killable children.

An executor takes tasks under a ticket and gives back what became of them, in any order. A task always comes back:
over its time, over its memory, from a worker that died (once more in a fresh one), it comes back as a finding.
"""

from __future__ import annotations

import collections
import contextlib
import os
import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from workbook_engine import catalogue
from workbook_engine.batch.work import Done, Task, failed, perform, refused, size_of
from workbook_engine.intake.isolate import Child, ChildFailedError
from workbook_engine.intake.open import is_light

if TYPE_CHECKING:
    from collections.abc import Callable

RECYCLE_AFTER: Final = 300  # workbooks; whatever a library holds on to goes with its process, and memory stays flat


class Executor(Protocol):
    """Does tasks. Not for use by two threads at a time."""

    @property
    def width(self) -> int:
        """How many tasks it wants in hand to be busy."""

    def submit(self, ticket: int, task: Task) -> None:
        """Take a task on."""

    def next(self, seconds: float) -> tuple[int, Done] | None:
        """Wait so long for a task to be done, whichever comes first; None where none was."""

    def close(self) -> None:
        """Stop at once and leave nothing running."""


class SingleExecutor:
    """Does one workbook at a time: a light one in this process, as its result should not wait for another one.

    Any other goes to a killable child, like those of a folder.
    """

    width = 1

    def __init__(self) -> None:
        self._waiting: collections.deque[tuple[int, Task]] = collections.deque()
        self._child: Child | None = None

    def submit(self, ticket: int, task: Task) -> None:
        """Take a task on."""
        self._waiting.append((ticket, task))

    def next(self, seconds: float) -> tuple[int, Done] | None:  # noqa: ARG002 - it takes as long as it takes
        """Do the task that waits longest."""
        ticket, task = self._waiting.popleft()
        if task.data is None and not is_light(Path(task.path), task.settings.limits):
            self._child = self._child or Child(task.settings.limits.memory_bytes, task.settings.limits.seconds)
            return ticket, call_in_child(self._child, task)
        try:
            return ticket, perform(task)
        except MemoryError:
            return ticket, refused(task, "memory_bytes")

    def close(self) -> None:
        """Forget what waits, and end the child."""
        self._waiting.clear()
        if self._child is not None:
            self._child.close()


class PoolExecutor:
    """A pool of killable children, a thread of this process looking after each.

    The children are those of intake/isolate.py: reused, replaced after a fault and after RECYCLE_AFTER workbooks,
    killed over their time or memory.
    """

    def __init__(self, size: int | None = None) -> None:
        self._size = size or processors()
        self._tasks: queue.SimpleQueue[tuple[int, Task] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[int, Done]] = queue.SimpleQueue()
        self._children: dict[int, Child] = {}
        self._closed = threading.Event()
        self._threads = [threading.Thread(target=self._look_after, args=(n,), daemon=True) for n in range(self._size)]
        for thread in self._threads:
            thread.start()

    @property
    def width(self) -> int:
        """Return how many tasks keep all children busy while this process sees to what is done."""
        return 4 * self._size

    @property
    def children(self) -> tuple[int, ...]:
        """Return the process ids of the children that are alive."""
        return tuple(child.pid for child in list(self._children.values()) if child.pid is not None)

    def submit(self, ticket: int, task: Task) -> None:
        """Take a task on."""
        self._tasks.put((ticket, task))

    def next(self, seconds: float) -> tuple[int, Done] | None:
        """Wait so long for a task to be done."""
        with contextlib.suppress(queue.Empty):
            return self._done.get(timeout=seconds)
        return None

    def close(self) -> None:
        """Kill the children and let the threads end."""
        self._closed.set()
        for _ in self._threads:
            self._tasks.put(None)
        for child in list(self._children.values()):
            child.kill()
        for thread in self._threads:
            thread.join(timeout=5)

    def _look_after(self, number: int) -> None:
        child, calls = None, 0
        while (item := self._tasks.get()) is not None and not self._closed.is_set():
            ticket, task = item
            if child is None:
                child, calls = Child(task.settings.limits.memory_bytes, task.settings.limits.seconds), 0
                self._children[number] = child
            done = call_in_child(child, task, lambda: not self._closed.is_set())
            if self._closed.is_set():
                break
            self._done.put((ticket, done))
            calls += 1
            if calls >= RECYCLE_AFTER:
                child.close()
                calls = 0
        if child is not None:
            child.close()


def call_in_child(child: Child, task: Task, wanted: Callable[[], bool] = lambda: True) -> Done:
    """Have a child do a task, again in a fresh one if it died: that may have been none of the task's doing.

    What goes over a limit, or ends the child twice, comes back as a finding. `wanted` says whether to go on.
    """
    failure = None
    for _ in range(2):
        try:
            return child.call_within(task.settings.limits.seconds_for(size_of(task)), perform, task)
        except ChildFailedError as error:
            child.close()
            failure = error
        if not wanted() or failure.reason != "crash" or failure.detail:
            break
    return _failure(task, failure)


def _failure(task: Task, failure: ChildFailedError | None) -> Done:
    if failure is None or (failure.reason == "crash" and failure.detail):
        return failed(task, catalogue.ENGINE_FAULT, {"detail": failure.detail if failure else ""})
    return refused(task, "seconds" if failure.reason == "time" else "memory_bytes")


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
