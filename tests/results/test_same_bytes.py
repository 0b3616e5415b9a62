"""The same inputs give the same file, whatever the version of Python: its `sum` rounds otherwise since 3.12."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

import pytest

from tests.batch.season import PRODUCTION_KWH, example, good
from tests.results.kinds import KINDS, made
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

# Saved by openpyxl, which writes the time of day into them or into what they are made of.
TIMED = {"house layout", "copy for the company", "fresh copy for the company", "results with what was changed"}


def _in_turn(values: Iterable[object], start: object = 0) -> object:
    """Add one after the other, as `sum` did before Python 3.12."""
    for value in values:
        start = start + value  # type: ignore[operator]
    return start


def _compensated(values: Iterable[object], start: object = 0) -> object:
    """Add floats as Python 3.12 does: what each step rounds away is kept apart (Neumaier) and added last."""
    lost = 0.0
    for value in values:
        total = start + value  # type: ignore[operator]
        if isinstance(start, float) and isinstance(value, float | int):
            large, small = (start, value) if abs(start) >= abs(value) else (value, start)
            lost += (large - total) + small
        start = total
    return start + lost if isinstance(start, float) and lost else start


def test_the_two_ways_are_two() -> None:
    assert _in_turn([0.1] * 10) == 0.9999999999999999
    assert _compensated([0.1] * 10) == 1.0


def _both_ways(
    make: Callable[[Path], object], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return what is written into an empty folder, by name; the overview tells the time of its run and is left out."""
    contents = []
    for way in (_in_turn, _compensated):
        monkeypatch.setattr(builtins, "sum", way)
        out = folder / way.__name__
        out.mkdir()
        make(out)
        contents.append({p.name: p.read_bytes() for p in out.rglob("*.xlsx") if "汇总" not in p.name})
    assert contents[0]
    return contents[0], contents[1]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in TIMED])
def test_every_kind_of_workbook_is_the_same_whichever_way_is_summed(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = _both_ways(lambda folder: made(kind, folder), tmp_path, monkeypatch)
    assert one == other


def test_so_is_what_a_correction_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new, out = tmp_path / "1.xlsx", tmp_path / "2.xlsx", tmp_path / "out"
    out.mkdir()
    old.write_bytes(good(example(), "甲公司", float(PRODUCTION_KWH) / 3))
    new.write_bytes(good(example(), "甲公司", float(PRODUCTION_KWH)))
    one, other = _both_ways(lambda folder: process(new, folder, previous=old), out, monkeypatch)
    assert one == other
