"""A results workbook written once more, as it says of itself that it was written, to hold it against what it is now."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.results.job import job_of
from workbook_engine.results.write import write_results

if TYPE_CHECKING:
    from workbook_engine.factors import FactorLibrary
    from workbook_engine.grid import Book
    from workbook_engine.model import Processed
    from workbook_engine.results.stated import Stated


def written_again(done: Processed, book: Book, library: FactorLibrary, about: Stated, engine_version: str) -> bytes:
    """Return the file that is written from the inputs: in its language and view, of the returned file that it names.

    `engine_version` is the one that it states. Raises WriteError.
    """
    job = job_of(replace(done, sha256=about.source_sha256), book, library, about.appearance, engine_version)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.xlsx"
        write_results(fresh, job, language=about.language)
        return fresh.read_bytes()
