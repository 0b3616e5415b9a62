"""The formulas of a workbook recalculated by programs that are not this one."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_engine.intake import open_workbook
from workbook_engine.verify.cells import Place, cells_of
from workbook_engine.verify.result import Why

if TYPE_CHECKING:
    from collections.abc import Iterator

Values = Mapping[Place, object]
LIBREOFFICE_SECONDS = 180
_GIVES_UP = ("WorkbookError", "PanicException")  # what its native code raises of a damaged file
# LibreOffice recalculates a file of another program on loading only if told so: 0 is "always".
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


def by_ironcalc(path: Path) -> Values | Why:
    """Return every cell's value as ironcalc computes it."""
    try:
        import ironcalc  # noqa: PLC0415 - only this check needs it
    except ImportError:
        return Why.NOT_INSTALLED
    with _nothing_printed():
        try:
            model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
            model.evaluate()
        except BaseException as error:
            if type(error).__name__ in _GIVES_UP:
                return Why.NOT_LOADED
            raise
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    return {
        (names[sheet], row, column): model.get_cell_value(sheet, row, column)
        for sheet, row, column in model.get_all_cells()
    }


@contextlib.contextmanager
def _nothing_printed() -> Iterator[None]:
    """Keep what native code prints of a damaged cell out of the output, which may be one JSON document."""
    sys.stdout.flush()
    kept = os.dup(1)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - the null device is no path of a file system
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)


def by_libreoffice(path: Path) -> Values | Why:
    """Return every cell's value as LibreOffice computes it."""
    program = shutil.which("soffice")
    if program is None:
        return Why.NOT_INSTALLED
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "profile" / "user").mkdir(parents=True)
        (work / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        copy = work / "results.xlsx"
        shutil.copyfile(path, copy)
        command = [program, f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", "xlsx", "--outdir", str(work / "out"), str(copy)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, check=False, capture_output=True, timeout=LIBREOFFICE_SECONDS)  # noqa: S603 - soffice
        book = open_workbook(work / "out" / copy.name).book
        return {place: cell.value for place, cell in cells_of(book)} if book else Why.NOT_LOADED
