"""The frozen dataclass that most of the program's data are: `@frozen` for `@dataclass(frozen=True, slots=True)`.

Before Python 3.13 each such class compiles six methods of its own, one by one, when it is imported: a fifth of the time
from the shell to a results file. Comparison, hash and representation are the same for all classes here, so that half
of it goes. `dataclasses.replace`, `fields` and `asdict` know these classes as their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots, compared by its fields."""
    made: Any = dataclass(frozen=True, slots=True, repr=False, eq=False)(cls)
    names = tuple(made.__dataclass_fields__)
    values = attrgetter(*names)

    def equal(self: T, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def represent(self: T) -> str:
        return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    made.__eq__, made.__hash__, made.__repr__ = equal, lambda self: hash(values(self)), represent
    return made  # type: ignore[no-any-return]
