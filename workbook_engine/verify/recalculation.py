"""The formulas of a workbook recalculated by programs that are not this one, each in a process that can be ended.

What they compute is kept in packed blocks and handed over a row at a time: all cells of a large study at once would
take gigabytes.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.intake import open_workbook
from workbook_engine.intake.isolate import ChildFailedError, shared_child
from workbook_engine.model.sequences import block_of, items_of
from workbook_engine.verify.result import Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.grid import Book, Sheet
    from workbook_engine.intake.limits import Limits

Values = Callable[[str], Iterable[tuple[int, Mapping[int, object]]]]
"""Name of a sheet -> its rows from above: number, and column -> the value of its formula as computed."""

# Beyond so many formulas the program is not asked: it would take gigabytes. 100,000 lines have 1,500,000.
MOST_BY_IRONCALC, MOST_BY_LIBREOFFICE = 2_000_000, 500_000
SECONDS = 180  # what each may take, whatever the workbook asks of it
_MEMORY = 4_000_000_000  # bytes of address space
_BLOCK = 20_000  # formulas of a block
_GIVES_UP = ("WorkbookError", "PanicException")  # what its native code raises of a damaged file
# LibreOffice recalculates a file of another program on loading only if told so: 0 is "always".
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def by_ironcalc(path: Path, book: Book, formulas: int) -> Values | Why:
    """Return what the formulas of a book give by ironcalc, which loads it from `path`; not of too many formulas."""
    if importlib.util.find_spec("ironcalc") is None:
        return Why.NOT_INSTALLED
    if formulas > MOST_BY_IRONCALC:
        return Why.TOO_LARGE
    try:
        asked = {sheet.name: list(_asked(sheet)) for sheet in book.sheets}
        blocks = shared_child(_MEMORY, SECONDS).call(_computed, str(path.absolute()), asked)
    except ChildFailedError as error:
        return Why.TOO_SLOW if error.reason == "time" else Why.NOT_LOADED
    if blocks is None:
        return Why.NOT_LOADED
    return lambda name: (row for block in blocks.get(name, ()) for row in items_of(block))


def _asked(sheet: Sheet) -> Iterator[bytes]:
    """Yield the places of a sheet's formulas, packed: rows, and the columns in them."""
    rows: list[tuple[int, tuple[int, ...]]] = []
    count = 0
    for row, cells in sheet.rows():
        if columns := tuple(column for column, cell in cells.items() if cell.formula is not None):
            rows.append((row, columns))
            count += len(columns)
        if count >= _BLOCK:
            yield block_of(rows)
            rows, count = [], 0
    yield block_of(rows)


def _computed(path: str, asked: Mapping[str, list[bytes]]) -> dict[str, list[bytes]] | None:
    """Return the values at places of each sheet, packed; None where ironcalc cannot load it. Called in the child."""
    import ironcalc  # noqa: PLC0415 - only here

    try:
        model = ironcalc.load_from_xlsx(path, "en", "UTC", "en")
        model.evaluate()
    except BaseException as error:
        if type(error).__name__ in _GIVES_UP:
            return None
        raise
    value = model.get_cell_value
    return {
        sheet["name"]: [
            block_of(
                [(row, {column: value(number, row, column) for column in columns}) for row, columns in items_of(rows)]
            )
            for rows in asked.get(sheet["name"], ())
        ]
        for number, sheet in enumerate(model.get_worksheets_properties())
    }


@contextlib.contextmanager
def by_libreoffice(path: Path, formulas: int, limits: Limits) -> Iterator[Callable[[], Values | Why]]:
    """Let LibreOffice recalculate a copy meanwhile; what is yielded waits for it and returns what its formulas give.

    Not of a workbook with more than so many formulas. It is ended with the context, if it still runs.
    """
    program = shutil.which("soffice")
    if program is None or formulas > MOST_BY_LIBREOFFICE:
        yield lambda: Why.TOO_LARGE if program else Why.NOT_INSTALLED
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        (work / "profile" / "user").mkdir(parents=True)
        (work / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        copy = work / "results.xlsx"
        shutil.copyfile(path, copy)
        command = [program, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(work / "out"), str(copy)]
        last_moment = time.monotonic() + SECONDS
        # No pipes: the program starts others, which would hold them open after it was ended.
        none = subprocess.DEVNULL
        process = subprocess.Popen(  # noqa: S603 - soffice
            command, stdin=none, stdout=none, stderr=none, start_new_session=True
        )
        try:
            yield lambda: _saved(process, last_moment, work / "out" / copy.name, limits)
        finally:
            _end(process)


def _saved(process: subprocess.Popen[bytes], last_moment: float, path: Path, limits: Limits) -> Values | Why:
    """Wait for the program and read what it saved."""
    try:
        process.wait(max(0.0, last_moment - time.monotonic()))
    except subprocess.TimeoutExpired:
        return Why.TOO_SLOW
    book = open_workbook(path, limits).book
    if book is None:
        return Why.NOT_LOADED
    sheets = {sheet.name: sheet for sheet in book.sheets}
    return lambda name: _values(sheets[name]) if name in sheets else ()


def _values(sheet: Sheet) -> Iterator[tuple[int, Mapping[int, object]]]:
    for row, cells in sheet.rows():
        yield row, {column: cell.value for column, cell in cells.items()}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with those that it started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
