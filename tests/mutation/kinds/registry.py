"""Where each kind of change is put down by its name: what is typed into cells, and what is moved about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case

    Kind = Callable[[Case], None]

TYPED: dict[str, Kind] = {}  # a cell's content is changed, or a row is typed
MOVED: dict[str, Kind] = {}  # rows, columns, sheets, marks, headings; after everything that is typed
ALONE: dict[str, Kind] = {}  # the file as a whole is another one: not combined with anything


def typed(name: str) -> Callable[[Kind], Kind]:
    """Put a change of what cells hold down by its name."""
    return _register(TYPED, name)


def moved(name: str) -> Callable[[Kind], Kind]:
    """Put a change of the sheets themselves down by its name."""
    return _register(MOVED, name)


def alone(name: str) -> Callable[[Kind], Kind]:
    """Put a change of the file as a whole down by its name."""
    return _register(ALONE, name)


def _register(kinds: dict[str, Kind], name: str) -> Callable[[Kind], Kind]:
    def register(kind: Kind) -> Kind:
        assert name not in TYPED, name
        assert name not in MOVED, name
        assert name not in ALONE, name
        kinds[name] = kind
        return kind

    return register
