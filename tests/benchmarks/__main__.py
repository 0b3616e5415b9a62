"""Measure the engine against the floor, the usual script and LibreOffice, in one run, interleaved.

How to run it stands in README.md beside this file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import re
import tempfile
import time
from pathlib import Path

from tests.benchmarks.sections import LINES, SECTIONS, WORKBOOKS, Bench
from tests.benchmarks.workbooks import Inputs

README = Path(__file__).with_name("README.md")


def main() -> None:
    """Run the sections that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=SECTIONS, default=list(SECTIONS), metavar="SECTION")
    parser.add_argument("--rounds", type=int, default=15, help="interleaved rounds of the short measurements")
    parser.add_argument("--most-lines", type=int, default=LINES[-1])
    parser.add_argument("--most-workbooks", type=int, default=WORKBOOKS[-1])
    parser.add_argument("--inputs", type=Path, help="keep the generated workbooks here for the next time")
    parser.add_argument("--write", action="store_true", help="put each section into README.md when it is finished")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        inputs = options.inputs or Path(scratch) / "inputs"
        inputs.mkdir(parents=True, exist_ok=True)
        bench = Bench(Inputs(inputs), Path(scratch), options.rounds, options.most_lines, options.most_workbooks)
        for name in options.only:
            begun, circumstances = time.monotonic(), _circumstances()
            text = f"{SECTIONS[name](bench)}\n\n{circumstances}, {time.monotonic() - begun:.0f} s."
            print(f"\n## {name}\n\n{text}", flush=True)
            if options.write:
                _write(name, text)


def _circumstances() -> str:
    """Return what the figures were measured on; the load is that before the section."""
    model = re.search(r"model name\s*: (.*)", _text(Path("/proc/cpuinfo")))
    cpu = model[1] if model else platform.processor()
    today = dt.datetime.now(dt.UTC).date()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"{today}, Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} × {cpu}, load {load:.1f}"
    )


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _write(section: str, text: str) -> None:
    """Put a section between its markers in README.md."""
    begin, end = f"<!-- begin {section} -->", f"<!-- end {section} -->"
    before, _, rest = README.read_text(encoding="utf-8").partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise SystemExit(f"{README.name} has no place for {section}: {begin} … {end}")
    README.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
