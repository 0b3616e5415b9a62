"""The frozen dataclass of the program's data behaves as dataclass(frozen=True, slots=True) does."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from functools import cached_property

import pytest

from workbook_engine.frozen import Remembering, frozen


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


@frozen
class Farther(Point):
    """A third number, mappings of its own, and a sum that is worked out at once."""

    z: int = 3
    names: dict[str, int] = field(default_factory=dict)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", self.x + self.y + self.z)


@frozen
class Itself(Remembering):
    """Equal to itself alone; remembers an answer."""

    x: int
    asked: list[int] = field(default_factory=list, repr=False)

    __eq__, __hash__ = object.__eq__, object.__hash__

    @cached_property
    def twice(self) -> int:
        self.asked.append(1)
        return 2 * self.x


def test_arguments_are_those_of_the_fields() -> None:
    signature = inspect.signature(Farther)
    assert list(signature.parameters) == ["x", "y", "z", "names"]
    assert (signature.parameters["z"].annotation, signature.parameters["z"].default) == ("int", 3)
    first, second = Farther(1, z=5), Farther(1, 2, 5, {})
    assert first == second
    assert first != Point(1, 2)
    assert first.total == 8
    assert first.names is not second.names
    with pytest.raises(TypeError, match=r"Point.__init__\(\) missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]


def test_a_class_may_say_what_it_equals_and_remember() -> None:
    one = Itself(4)
    assert one == one  # noqa: PLR0124 - that is the question
    assert one != Itself(4)
    assert (one.twice, one.twice, one.asked) == (8, 8, [1])
    assert len({one, Itself(4)}) == 2


def test_it_is_compared_by_its_fields_within_its_class() -> None:
    assert Point(1) == Point(1, 2)
    assert Point(1) != Point(1, 3)
    assert Point(1) != Other(1)
    assert len({Point(1), Point(1, 2), Point(3)}) == 2


def test_it_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Point(1).x = 5  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del Point(1).x
    with pytest.raises(dataclasses.FrozenInstanceError):
        Point(1).other = 5  # type: ignore[attr-defined]


def test_dataclasses_and_pickle_know_it() -> None:
    point = dataclasses.replace(Point(1), y=7)
    assert dataclasses.asdict(point) == {"x": 1, "y": 7}
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301 - our own
    farther = Farther(1, names={"a": 1})
    assert copy.deepcopy(farther) == farther
    assert pickle.loads(pickle.dumps(farther)).total == 6  # noqa: S301
    assert [each.name for each in dataclasses.fields(farther)] == ["x", "y", "z", "names", "total"]
    assert repr(Itself(4)) == "Itself(x=4)"
    assert repr(point) == "Point(x=1, y=7)"
