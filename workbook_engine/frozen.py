"""The frozen dataclass that the program's data are: `@frozen` in the place of `@dataclass(frozen=True, slots=True)`.

Before Python 3.13 a dataclass compiles each of its methods by itself as it is imported, which was a third of the time
that the imports took. Here it compiles none: comparison, hash and representation are the same code for all classes, and
`__init__` is compiled when it is first looked up, and puts its arguments straight into the slots, which takes two
thirds of the time. `dataclasses.replace`, `fields` and `asdict` know these classes as their own.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FunctionType

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class a frozen dataclass with slots, compared by its fields unless it says otherwise itself."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    values: Callable[[object], object] = attrgetter(*made.__dataclass_fields__)
    shown = [each.name for each in fields(made) if each.repr]

    def equal(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def represent(self: object) -> str:
        return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    made.__init__, made.__repr__ = _Initializer(made), represent
    if "__eq__" not in vars(cls):
        made.__eq__ = equal
        made.__hash__ = vars(cls).get("__hash__") or (lambda self: hash(values(self)))
    made.__setattr__ = made.__delattr__ = _refuse
    made.__getstate__, made.__setstate__ = _state, _restore
    return made  # type: ignore[no-any-return]


class Remembering:
    """What a frozen class inherits from to have cached properties: room beside its slots."""


class _Initializer:
    """Stands for the `__init__` of a class until it is first looked up."""

    def __init__(self, cls: Any) -> None:
        self._cls = cls

    def __get__(self, instance: object, owner: type) -> object:
        self._cls.__init__ = _compiled(self._cls)
        return self._cls.__init__.__get__(instance, owner)


def _compiled(cls: Any) -> FunctionType:
    """Compile the `__init__` of a class: each argument goes past the refusal, straight into its slot."""
    scope: dict[str, Any] = {"MISSING": MISSING}
    arguments, lines = ["self"], []
    for each in fields(cls):
        if not each.init:
            continue
        name = value = each.name
        scope[f"set_{name}"] = getattr(cls, name).__set__
        if each.default_factory is not MISSING:
            scope[f"default_{name}"], scope[f"make_{name}"] = MISSING, each.default_factory
            value = f"make_{name}() if {name} is MISSING else {name}"
        elif each.default is not MISSING:
            scope[f"default_{name}"] = each.default
        arguments.append(f"{name}=default_{name}" if f"default_{name}" in scope else name)
        lines.append(f"set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(arguments)}):\n " + "\n ".join(lines), scope)  # noqa: S102 - as dataclasses do
    made: FunctionType = scope["__init__"]
    made.__annotations__ = {each.name: each.type for each in fields(cls) if each.init}
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    msg = f"{type(self).__qualname__}.{name} cannot be changed"
    raise FrozenInstanceError(msg)


def _state(self: Any) -> list[object]:
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _restore(self: Any, state: list[object]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)
