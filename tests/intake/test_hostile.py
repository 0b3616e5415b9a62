"""Files made to harm: each is read in a child of limited memory and time, and gives the finding that it should."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.intake.hostile import CASES, Hostile
from workbook_engine.intake.isolate import Child
from workbook_engine.intake.open import open_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 700_000_000  # address space of the child, the interpreter's own share included
SECONDS = 30.0


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    child = Child(MEMORY, SECONDS)
    yield child
    child.close()


def codes(data: bytes) -> tuple[bool, list[str]]:
    """Return whether there is a book, and the codes of its findings, each once."""
    opened = open_bytes(data)
    for sheet in opened.book.sheets if opened.book else ():
        for _ in sheet.rows():
            pass
    return opened.book is not None, sorted({finding.code for finding in opened.findings})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_file_is_named_and_harmless(case: Hostile, child: Child) -> None:
    data = case.make()
    started = time.monotonic()
    has_book, found = child.call(codes, data)
    assert time.monotonic() - started < SECONDS
    assert found == sorted(case.codes)
    assert has_book or case.codes
