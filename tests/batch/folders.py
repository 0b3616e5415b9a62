"""What tests look at after a run: the output folder as it stands, and who does the work in which order."""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING

from workbook_engine import batch
from workbook_engine.batch.work import perform
from workbook_engine.placing import STATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from workbook_engine.batch.work import Done, Task

OVERVIEW, LETTERS = "汇总", "询问"


class AnyOrder:
    """An executor that does its tasks in a random order, many of them in hand."""

    width = 9

    def __init__(self, seed: int) -> None:
        self.waiting: list[tuple[int, Task]] = []
        self.chance = random.Random(seed)  # noqa: S311 - a repeatable choice
        self.performed = 0

    def submit(self, ticket: int, task: Task) -> None:
        self.waiting.append((ticket, task))

    def next(self, seconds: float) -> tuple[int, Done]:  # noqa: ARG002
        ticket, task = self.waiting.pop(self.chance.randrange(len(self.waiting)))
        self.performed += 1
        return ticket, perform(task)

    def close(self) -> None:
        self.waiting.clear()


def run(inbox: Path | Iterable[Path], out: Path | None, **options: object) -> list[batch.Outcome]:
    """Run a folder, or files, with the shipped library; in this process unless `options` say otherwise."""
    files = batch.find_workbooks([inbox], out) if not isinstance(inbox, list) else inbox
    options.setdefault("executor", AnyOrder(0))
    return list(batch.run(files, out, batch.settings_for(), batch.Options(**options)))  # type: ignore[arg-type]


def results(out: Path) -> dict[str, str]:
    """Return every file of the output folder that a person looks at, with the hash of its content."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
        and STATE not in path.relative_to(out).parts
        and not path.name.startswith(OVERVIEW)
        and path.parent != out / LETTERS
    }


def letters(out: Path) -> dict[str, str]:
    """Return the letters to the companies."""
    return {path.name: path.read_text(encoding="utf-8-sig") for path in sorted((out / LETTERS).glob("*"))}


def ledger(out: Path) -> list[tuple[object, ...]]:
    """Return what the ledger says of each file of the inbox, without times."""
    with batch.Ledger(out) as book:
        return [(entry.path, entry.number, entry.corrected_by, entry.gone, entry.record) for entry in book.entries()]


def litter(out: Path) -> list[str]:
    """Return what a run should not have left: staging, lock and temporary files."""
    staging = out / STATE / "staging"
    left = [str(path) for path in staging.rglob("*")] if staging.exists() else []
    return left + [str(path) for path in out.rglob("*") if path.name.startswith((".~", "tmp"))]
