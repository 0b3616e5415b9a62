"""What LibreOffice makes of workbooks: saved in other formats, or printed. Each caller has a profile of its own."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97"}
SECONDS = 180  # a workbook


def converted(paths: Sequence[Path], kind: str, out: Path, profile: Path) -> dict[Path, Path]:
    """Open workbooks in LibreOffice and save them in another format below `out`; all in one run of the program."""
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to"]
    command += [FILTERS.get(kind, kind), "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS * len(paths))
    return {path: out / f"{path.stem}.{kind}" for path in paths}
