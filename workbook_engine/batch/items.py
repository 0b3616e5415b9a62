"""The items of a run: the files to process, in the order in which they arrived, and how far each has come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.batch.inbox import key_of
from workbook_engine.frozen import frozen
from workbook_engine.placing import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from workbook_engine.batch.work import Done


@frozen
class Item:
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


class Queue:
    """The items in order of arrival, and how far each has come: taken, done, judged, settled.

    Files of the same content stand behind the first of them as its twins. A ticket is an item's number.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self.done: dict[int, Done] = {}
        self.compared_with: dict[int, str] = {}  # of those that are taken: the earlier submission's hash, or ""
        self._items: list[Item] = []
        self._twins: dict[str, list[Item]] = {}
        self._first: dict[str, int] = {}
        self._again: set[int] = set()  # those that are being done once more
        self._taken = self._judged = self._settled = 0
        for item in items:
            self._put(item)

    def _put(self, item: Item) -> None:
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

    def item(self, ticket: int) -> Item:
        """Return the item of a ticket."""
        return self._items[ticket]

    def take(self) -> tuple[int, Item]:
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

    def settle(self) -> tuple[Item, list[Item], Done]:
        """Return the item that was waited for, its twins, and what came of it."""
        item = self._items[self._settled]
        done = self.done.pop(self._settled)
        del self.compared_with[self._settled]
        self._settled += 1
        return item, self._twins.pop(item.sha256, []), done

    def put_back(self, items: Iterable[Item]) -> None:
        """Let items be processed by themselves after all."""
        for item in items:
            self._put(item)


def content_hash(file: Path, most_bytes: int) -> str:
    """Return the SHA-256 of a regular file's content; "" for whatever a worker has to look at first."""
    try:
        if file.is_symlink() or not file.is_file() or file.stat().st_size > most_bytes:
            return ""
        return digest(file)
    except OSError:
        return ""
