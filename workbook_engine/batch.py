"""Many workbooks: find them, take each through the pipeline, let none stop the others."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.errors import WorkbookEngineError
from workbook_engine.findings import Finding
from workbook_engine.model import Processed
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.model import Sampling

logger = logging.getLogger(__name__)

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv"})  # what a folder is searched for


def find_workbooks(paths: Iterable[Path], out: Path | None = None) -> list[Path]:
    """Return the workbooks that `paths` name: files as they are, folders searched through, in a stable order.

    Lock and temporary files are passed over, and so is the output folder, which may lie inside the inbox.
    """
    found: list[Path] = []
    skip = out.resolve() if out else None
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
            found += sorted(file for file in inside if not _is_passed_over(file, skip))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _is_passed_over(file: Path, skip: Path | None) -> bool:
    return file.name.startswith(("~$", ".", "~")) or (skip is not None and skip in file.resolve().parents)


def run(
    files: Sequence[Path], out: Path | None, library: FactorLibrary | None = None, sampling: Sampling | None = None
) -> Iterator[Processed]:
    """Process each file; yield what came of it as soon as it is done. A fault in one file is that file's result."""
    for file in files:
        yield process_safely(file, out, library, sampling)


def process_safely(
    file: Path, out: Path | None, library: FactorLibrary | None, sampling: Sampling | None = None
) -> Processed:
    """Process one file; whatever goes wrong becomes its status."""
    try:
        return process(file, out, factors=library, sampling=sampling)
    except WorkbookEngineError as error:
        return Processed(str(file), "", "failed", (Finding(catalogue.NOT_WRITTEN, None, {"detail": str(error)}),))
    except Exception as error:
        logger.exception("%s", file)
        detail = f"{type(error).__name__}: {error}"
        return Processed(str(file), "", "failed", (Finding(catalogue.ENGINE_FAULT, None, {"detail": detail}),))
