"""What a run files in its output folder: results under names for people, a copy of each input under its hash."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbook_engine import catalogue
from workbook_engine.batch.record import Record, finding_records
from workbook_engine.findings import Finding
from workbook_engine.placing import STATE, PlaceError, place

if TYPE_CHECKING:
    from workbook_engine.batch.outfolder import OutFolder
    from workbook_engine.batch.work import Done

INPUTS: Final = "inputs"  # below STATE: a copy of every submission, by hash; what a correction is compared with


def input_of(sha256: str) -> str:
    """Return where the copy of a submission lies in an output folder."""
    return f"{STATE}/{INPUTS}/{sha256[:2]}/{sha256}"


def keep_input(folder: OutFolder, done: Done) -> None:
    """Put the copy of the input where later submissions find it. Its name is its hash: that is its check, too."""
    if done.kept is None:
        return
    relative = input_of(done.record.sha256)
    target = folder.path / relative
    with contextlib.suppress(OSError):  # without it a later correction cannot be compared; nothing else suffers
        if not folder.has(relative):
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(done.kept).replace(target)
            folder.publish(relative)
        Path(done.kept).unlink(missing_ok=True)


def file_results(folder: OutFolder, done: Done) -> Record:
    """Give the results their names; return the record with their paths. What cannot be written is a finding of it."""
    findings = done.record.findings
    results: list[str] = []
    for written in done.written:
        try:
            folder.bring_folder(written.folders)
            placed = place(Path(written.path), folder.path, written.folders, written.name)
        except PlaceError as error:
            finding = Finding(catalogue.NOT_WRITTEN, None, {"detail": error.reason})
            findings = (*finding_records([finding]), *done.record.findings)
            return replace(done.record, status="failed", findings=findings)
        if placed.beside_open:
            params = {"older": placed.beside_open, "name": placed.path.name}
            findings = (*findings, *finding_records([Finding(catalogue.RESULTS_BESIDE_OPEN, None, params)]))
        results.append(placed.path.relative_to(folder.path).as_posix())
        if placed.is_new:
            folder.publish(results[-1])
    return replace(done.record, results=tuple(results), findings=findings)
