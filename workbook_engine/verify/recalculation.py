"""The formulas of a workbook recalculated by programs that are not this one, each in a process that can be ended.

What they compute is handed over a sheet at a time: all cells of a large study at once would take a gigabyte.
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
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.intake import open_workbook
from workbook_engine.intake.isolate import ChildFailedError, shared_child
from workbook_engine.model.sequences import block_of, items_of
from workbook_engine.verify.cells import values_of
from workbook_engine.verify.result import Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.intake.limits import Limits

Values = Callable[[str], Mapping[tuple[int, int], object]]
"""Name of a sheet -> (row, column) -> the value of each of its cells as computed."""

# Beyond so many formulas the program is not asked: it would take gigabytes. 10,000 lines have 150,000.
MOST_BY_IRONCALC, MOST_BY_LIBREOFFICE = 2_000_000, 500_000
SECONDS = 180  # what each may take, whatever the workbook asks of it
_MEMORY = 4_000_000_000  # bytes of address space
EMPTY = block_of([])
_GIVES_UP = ("WorkbookError", "PanicException")  # what its native code raises of a damaged file
# LibreOffice recalculates a file of another program on loading only if told so: 0 is "always".
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def by_ironcalc(path: Path, formulas: int) -> Values | Why:
    """Return every cell's value as ironcalc computes it; not of a workbook with more than so many formulas."""
    if importlib.util.find_spec("ironcalc") is None:
        return Why.NOT_INSTALLED
    if formulas > MOST_BY_IRONCALC:
        return Why.TOO_LARGE
    try:
        blocks = shared_child(_MEMORY, SECONDS).call(_blocks, str(path.absolute()))
    except ChildFailedError as error:
        return Why.TOO_SLOW if error.reason == "time" else Why.NOT_LOADED
    if blocks is None:
        return Why.NOT_LOADED
    return lambda name: {(row, column): value for row, column, value in items_of(blocks.get(name, EMPTY))}


def _blocks(path: str) -> dict[str, bytes] | None:
    """Return the values of each sheet, packed; None where ironcalc cannot load the file. Called in the child."""
    import ironcalc  # noqa: PLC0415 - only here

    try:
        model = ironcalc.load_from_xlsx(path, "en", "UTC", "en")
        model.evaluate()
    except BaseException as error:
        if type(error).__name__ in _GIVES_UP:
            return None
        raise
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    cells: list[list[tuple[int, int, object]]] = [[] for _ in names]
    for sheet, row, column in model.get_all_cells():
        cells[sheet].append((row, column, model.get_cell_value(sheet, row, column)))
    return {name: block_of(cells.pop(0)) for name in names}


@contextlib.contextmanager
def by_libreoffice(path: Path, formulas: int, limits: Limits) -> Iterator[Callable[[], Values | Why]]:
    """Let LibreOffice recalculate a copy meanwhile; what is yielded waits for it and returns every cell's value.

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
    return lambda name: values_of(sheets[name]) if name in sheets else {}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with those that it started."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
