"""One workbook's work, as a worker does it: read, compute, write into the staging folder.

A Task goes to the worker and a Done comes back, wherever the worker is: this process, a child of it, or a machine of
a cluster. What lies in the output folder is the coordinator's business alone (see run.py).
"""

from __future__ import annotations

import functools
import gc
import hashlib
import os
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.batch.record import Record, finding_records, record_of
from workbook_engine.errors import LibraryError, WorkbookEngineError
from workbook_engine.findings import Finding
from workbook_engine.frozen import frozen
from workbook_engine.intake.limits import DEFAULT_LIMITS, Limits, Refused, exceeded
from workbook_engine.intake.open import Opened, open_bytes
from workbook_engine.intake.screen import read_private
from workbook_engine.naming import printable
from workbook_engine.output_names import language_of, layout_name, results_name
from workbook_engine.pipeline import (
    compared,
    examine,
    factor_library,
    fill_layout_file,
    write_results_file,
)
from workbook_engine.placing import PlaceError, flush
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import FindingType
    from workbook_engine.grid import Book
    from workbook_engine.model import Appearance, Processed, Sampling


LIBRARY_CHANGED = Text(
    "因子库在运行期间被改动，请重新运行", "the factor library was changed while the run was on; run again"
)


@frozen
class Settings:
    """What holds for every workbook of a run and changes its result: part of what the ledger knows an outcome by."""

    factors: str | None = None  # the factor library workbook; None: the shipped one
    library_sha256: str = ""  # of that file as the run began
    passwords: tuple[str, ...] = field(default=(), repr=False)  # tried on protected workbooks; told to nobody
    limits: Limits = DEFAULT_LIMITS
    sampling: Sampling | None = None
    appearance: Appearance | None = None


@frozen
class Previous:
    """An earlier submission: what it was called, its hash, and its bytes or where the copy of them lies."""

    name: str
    sha256: str
    path: str = ""
    data: bytes | None = None


@frozen
class Task:
    """One workbook to process. `file` is what people call it; its bytes are at `path` (absolute), or are `data`.

    `staging` is the folder for what is written, None where nothing is to be; `keep` asks for a copy of the input.
    `previous` is the submission that this one corrects.
    """

    file: str
    path: str
    settings: Settings
    staging: str | None = None
    keep: bool = False
    data: bytes | None = None
    previous: Previous | None = None


@frozen
class Written:
    """A file in the staging folder, and where it wants to go: folders and name below the output folder."""

    path: str
    folders: tuple[str, ...]
    name: str


@frozen
class Done:
    """What became of a task: the results workbook, then a layout of the consultant's own where one was asked for.

    `kept` is the copy of the input in the staging folder.
    """

    record: Record
    written: tuple[Written, ...] = ()
    kept: str | None = None


def perform(task: Task) -> Done:
    """Do the work. What goes wrong with the file or in the program becomes the record's status and findings.

    Raises MemoryError alone: the process may not be sound any more, whoever owns it decides.
    """
    try:
        return _perform(task)
    except PlaceError as error:
        return failed(task, catalogue.NOT_WRITTEN, {"detail": error.reason})
    except WorkbookEngineError as error:
        return failed(task, catalogue.NOT_WRITTEN, {"detail": error.text})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one bad file never stops a folder
        params = {"detail": f"{type(error).__name__}: {error}"}
        import traceback  # noqa: PLC0415 - a fault of the program's own is rare

        return failed(task, catalogue.ENGINE_FAULT, params, traceback.format_exc())


def _perform(task: Task) -> Done:
    data, opened = _open(task)
    library = _library(task.settings.factors, task.settings.library_sha256)
    done, book = examine(task.file, opened, library, task.settings.sampling)
    if task.previous is not None:
        done = _compared(done, task.previous, task.settings, library)
    record = record_of(done)
    if task.staging is None:
        return Done(record)
    staging = Path(task.staging)
    kept = _keep(data, staging) if task.keep and data else None
    if book is None:
        return Done(record, (), kept)
    written = [_write(done, book, library, staging, task.settings.appearance)]
    if task.settings.appearance is not None and task.settings.appearance.layout is not None:
        layout, findings = _fill_layout(done, staging, task.settings.appearance)
        written += layout
        record = replace(record, findings=(*record.findings, *finding_records(findings)))
    return Done(record, tuple(written), kept)


def _compared(done: Processed, previous: Previous, settings: Settings, library: FactorLibrary) -> Processed:
    """Compare with the earlier submission. A copy that is gone or damaged costs the comparison, no more."""
    try:
        data = Path(previous.path).read_bytes() if previous.data is None else previous.data
    except OSError:
        return done
    if hashlib.sha256(data).hexdigest() != previous.sha256:
        return done
    return compared(done, open_bytes(data, settings.limits, settings.passwords), previous.name, library)


def _open(task: Task) -> tuple[bytes, Opened]:
    settings = task.settings
    try:
        data = read_private(Path(task.path), settings.limits) if task.data is None else task.data
    except Refused as refusal:
        return b"", Opened(None, (refusal.finding,), "")
    return data, open_bytes(data, settings.limits, settings.passwords, extension=Path(task.file).suffix)


def _keep(data: bytes, staging: Path) -> str:
    path = staging / f"{os.urandom(16).hex()}.input"
    path.write_bytes(data)
    return str(path)


def _write(
    done: Processed, book: Book, library: FactorLibrary, staging: Path, appearance: Appearance | None
) -> Written:
    path = staging / f"{os.urandom(16).hex()}.xlsx"
    write_results_file(path, done, book, library, appearance)
    flush(path)
    folders, name = results_name(done, language_of(done, appearance))
    return Written(str(path), folders, name)


def _fill_layout(
    done: Processed, staging: Path, appearance: Appearance
) -> tuple[tuple[Written, ...], tuple[Finding, ...]]:
    path = staging / f"{os.urandom(16).hex()}.xlsx"
    findings = fill_layout_file(path, done, appearance)
    if not path.exists():
        return (), findings
    flush(path)
    return (Written(str(path), *layout_name(done, appearance)),), findings


@functools.lru_cache(maxsize=2)
def _library(path: str | None, sha256: str) -> FactorLibrary:
    """Load the factor library that the run was begun with. Raises LibraryError where the file is another by now."""
    library = factor_library(Path(path) if path else None)
    if sha256 and library.sha256 != sha256:  # loaded before the run began, or changed since
        factor_library.cache_clear()
        library = factor_library(Path(path) if path else None)
    if sha256 and library.sha256 != sha256:
        raise LibraryError(LIBRARY_CHANGED)
    gc.freeze()  # it lives as long as the process: the collector need not walk over it for each workbook
    return library


def failed(task: Task, kind: FindingType, params: Mapping[str, object], trace: str = "") -> Done:
    """Return the outcome of a task in which something failed that is not the workbook's fault."""
    finding = Finding(kind, None, {name: _plain(value) for name, value in params.items()})
    record = Record(printable(task.file), "", "failed", finding_records([finding]), trace=trace)
    return Done(record)


def size_of(task: Task) -> int:
    """Return how many bytes a task's workbook has, 0 where that cannot be told."""
    try:
        return Path(task.path).stat().st_size if task.data is None else len(task.data)
    except OSError:
        return 0


def refused(task: Task, limit: str) -> Done:
    """Return the outcome of a workbook that went over a limit of its worker: `memory_bytes` or `seconds`."""
    findings = finding_records([exceeded(task.settings.limits, limit, size=size_of(task)).finding])
    return Done(Record(printable(task.file), "", "rejected", findings))


def _plain(value: object) -> object:
    return value if isinstance(value, Text) else printable(str(value))


def with_sha256(done: Done, sha256: str) -> Done:
    """Return the outcome with the content's hash where the worker could not tell it any more."""
    return done if done.record.sha256 else replace(done, record=replace(done.record, sha256=sha256))
