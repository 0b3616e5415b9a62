"""A file of 25 MB and a million cells is read under 150 MB of memory: the whole process, interpreter included."""

from __future__ import annotations

import random
import re
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.intake.parts import styles_xml, workbook_parts
from workbook_engine.intake.isolate import Child
from workbook_engine.intake.open import open_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS, TEXTS, NUMBERS = 100_000, 3, 7  # the columns of a row: different texts, numbers of 17 digits
LETTERS = "ABCDEFGHIJ"


def write_large(path: Path) -> None:
    """Write a workbook whose texts and numbers hardly compress."""
    chance = random.Random(0)  # noqa: S311 - a repeatable choice
    parts = workbook_parts({"表": ""}, strings="", styles=styles_xml())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            with archive.open(name, "w") as part:
                if "sheet1" in name:
                    part.writelines(sheet(chance))
                elif "sharedStrings" in name:
                    part.writelines(strings(chance))
                else:
                    part.write(str(content).encode())


def sheet(chance: random.Random) -> Iterator[bytes]:
    yield b"<worksheet><sheetData>"
    for row in range(ROWS):
        number = row + 1
        texts = "".join(f'<c r="{LETTERS[n]}{number}" t="s"><v>{row * TEXTS + n}</v></c>' for n in range(TEXTS))
        numbers = "".join(f'<c r="{LETTERS[TEXTS + n]}{number}"><v>{chance.random()!r}</v></c>' for n in range(NUMBERS))
        yield f'<row r="{number}">{texts}{numbers}</row>'.encode()
    yield b"</sheetData></worksheet>"


def strings(chance: random.Random) -> Iterator[bytes]:
    yield b"<sst>"
    for _ in range(ROWS * TEXTS):
        yield f"<si><t>项目 {chance.randbytes(32).hex()}</t></si>".encode()
    yield b"</sst>"


def read_and_measure(path: Path) -> tuple[int, float, int, float]:
    """Return the cells read, their sum, the cells of the second reading and the process's highest memory in MB."""
    opened = open_workbook(path)
    assert opened.book
    assert not opened.findings
    count, total = 0, 0.0
    for _, cells in opened.book.sheets[0].rows():
        count += len(cells)
        total += sum(cell.value for cell in cells.values() if isinstance(cell.value, float))
    again = sum(len(cells) for _, cells in opened.book.sheets[0].rows())
    return count, total, again, highest_memory_mb()


def highest_memory_mb() -> float:
    """Return this process's own peak; getrusage would report that of the process which started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read as Linux tells it")
def test_a_million_cells_in_25_mb_are_read_under_150_mb(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    write_large(path)
    assert 22e6 < path.stat().st_size < 25e6
    child = Child(1_000_000_000, 120.0)
    count, total, again, peak_mb = child.call(read_and_measure, path)
    child.close()
    assert count == again == ROWS * len(LETTERS)
    assert total == pytest.approx(350_000, rel=0.01)  # 700,000 numbers of mean 1/2
    assert peak_mb < 150
