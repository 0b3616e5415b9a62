"""Bit flips: 300 of each kind in the test suite; `python -m tests.intake.fuzz 10000` is the longer run.

Two kinds: flips anywhere in the file, most of which the checksums catch; and flips inside of a part that is then
packed again with a right checksum, which only the reader itself can survive. Reading must never raise, and where the
outer file was flipped and no error is reported, every cell must be as it was.
"""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import xlsxwriter

from tests.intake.oracle import our_cells
from workbook_engine.findings import Severity
from workbook_engine.intake.open import Opened, open_bytes

if TYPE_CHECKING:
    from collections.abc import Callable


def workbook() -> bytes:
    """Return a workbook with something of everything."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        date = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for name in ("基本信息", "产品生产", "成品运输"):
            sheet = book.add_worksheet(name)
            sheet.merge_range("A1:D1", f"{name} 填报表")
            sheet.write_row(1, 0, ["项目", "数量", "单位", "备注"])
            for row in range(2, 12):
                sheet.write_row(row, 0, [f"能源 {row}", row * 12.5, "kWh", "约 & 估 <1>"])
                sheet.write_formula(row, 4, f"=B{row + 1}*2", None, row * 25.0)
                sheet.write_datetime(row, 5, sheet_date(row), date)
        book.define_name("产量", "=基本信息!$B$3")
    return buffer.getvalue()


def sheet_date(day: int) -> object:
    import datetime as dt  # noqa: PLC0415

    return dt.datetime(2025, 1, day)  # noqa: DTZ001 - a spreadsheet's dates have no zone


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Return data with one to three bits turned, or a byte run cut out."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 3)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    if chance.random() < 0.1:
        start = chance.randrange(len(changed))
        del changed[start : start + chance.randint(1, 50)]
    return bytes(changed)


def flipped_inside(data: bytes, chance: random.Random) -> bytes:
    """Return a package with one part flipped and packed again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victim = chance.choice([name for name, content in parts.items() if content])
    parts[victim] = flipped(parts[victim], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(data: bytes) -> Opened:
    """Read everything, the rows too, and every message in both languages."""
    opened = open_bytes(data)
    for sheet in opened.book.sheets if opened.book else ():
        for _ in sheet.rows():
            pass
    for finding in opened.findings:
        assert finding.message("zh")
        assert finding.message("en")
        assert finding.remedy("zh")
    return opened


def outcomes(good: bytes, count: int, flip: Callable[[bytes, random.Random], bytes], seed: int = 0) -> Counter[str]:
    """Return how often reading gave which first code, "read" or, for a flipped file, "wrong and silent"."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice
    book = open_bytes(good).book
    assert book
    cells, found = dict(our_cells(book)), Counter[str]()
    for _ in range(count):
        opened = read(flip(good, chance))
        errors = [finding.code for finding in opened.findings if finding.severity is Severity.ERROR]
        silent = not errors and flip is flipped and opened.book and dict(our_cells(opened.book)) != cells
        found["wrong and silent" if silent else errors[0] if errors else "read"] += 1
    return found


def main(count: int) -> None:
    """Print the outcomes of a long run."""
    for flip in (flipped, flipped_inside):
        started = time.monotonic()
        found = outcomes(workbook(), count, flip, seed=1)
        sys.stdout.write(f"{flip.__name__}: {count} cases, {time.monotonic() - started:.0f} s\n")
        for code, number in found.most_common():
            sys.stdout.write(f"  {number:6d} {code}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
