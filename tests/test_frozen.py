"""The frozen dataclass of the program's data behaves as dataclass(frozen=True, slots=True) does."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from workbook_engine.frozen import frozen


@frozen
class Point:
    """Two numbers."""

    x: int
    y: int = 2


@frozen
class Other:
    """The same fields, another class."""

    x: int
    y: int = 2


def test_it_is_compared_by_its_fields_within_its_class() -> None:
    assert Point(1) == Point(1, 2)
    assert Point(1) != Point(1, 3)
    assert Point(1) != Other(1)
    assert len({Point(1), Point(1, 2), Point(3)}) == 2


def test_it_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Point(1).x = 5  # type: ignore[misc]


def test_dataclasses_and_pickle_know_it() -> None:
    point = dataclasses.replace(Point(1), y=7)
    assert dataclasses.asdict(point) == {"x": 1, "y": 7}
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301 - our own
    assert repr(point) == "Point(x=1, y=7)"
