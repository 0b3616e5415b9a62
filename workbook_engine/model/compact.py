"""Lines of activity data in a fifth of their memory: what a study of very many lines keeps.

A line takes some 700 bytes: most of them say what the neighbours say too (stage, flow, unit, factor), or are read a
few times only (the item, the typed text, the cells). So what lines have in common is kept once, the rest packed in
blocks. A `CompactLine` stands for such a line: it has its fields and properties, equals it, and `replace` makes an
ordinary line of it.
"""

from __future__ import annotations

import functools
import math
from collections import namedtuple
from dataclasses import MISSING
from operator import attrgetter
from typing import Final, cast

from workbook_engine.findings import CellRef
from workbook_engine.model.inventory import ActivityLine
from workbook_engine.model.quantity import Operation, Quantity, Step
from workbook_engine.model.sequences import Plain, block_of, items_of
from workbook_engine.texts import Text

FEW: Final = 12_000  # lines that stay as they are: some 8 MB, and a fifth of the time of 10,000 lines
_BLOCK: Final = 500  # lines that are packed together
_COMMON: Final = (
    "stage", "product", "flow", "flow_typed", "unit", "basis", "plant", "factor", "data_source", "is_primary",
    "blocked", "is_credit", "rung", "alternatives",
)  # fmt: skip
_Common = namedtuple("_Common", _COMMON)  # type: ignore[misc]  # noqa: PYI024 - the types are those of a line
_OBJECTS: Final = tuple(map(_COMMON.index, ("flow", "factor", "alternatives")))  # of which equal ones are one object
_ITEM, _REMARK, _WHERE, _AMOUNTS, _STEPS = range(5)  # of what is packed
_PACKED: Final = ("id", "item", "remark", "where", "amounts", "steps")  # the id stays as it is
_RARE: Final = tuple(name for name in ActivityLine.__dataclass_fields__ if name not in (*_COMMON, *_PACKED))


class LineList(list[ActivityLine]):
    """Takes lines one after the other. When they are many, those that have nothing out of the ordinary are compact."""

    def __init__(self) -> None:
        super().__init__()
        self._ready = 0  # lines that were looked at
        self._common: dict[Plain, Plain] = {}

    def append(self, line: ActivityLine) -> None:
        """Add a line."""
        super().append(line)
        if len(self) >= FEW and len(self) - self._ready >= _BLOCK:
            while len(self) - self._ready >= _BLOCK:
                self._compact(self._ready, self._ready + _BLOCK)
                self._ready += _BLOCK

    def _compact(self, start: int, end: int) -> None:
        places = [place for place in range(start, end) if _is_ordinary(self[place])]
        block = block_of([_packed(self[place]) for place in places])
        for number, place in enumerate(places):
            line = self[place]
            compact = CompactLine(line.id, self._shared(line), block, number)
            self[place] = cast("ActivityLine", compact)  # it stands for one in all that a line can do

    def _shared(self, line: ActivityLine) -> Plain:
        """Return what a line has in common with others: one tuple for all of them.

        It keeps flow and factors alive, so that their ids stay theirs.
        """
        common: Plain = _Common(*(getattr(line, name) for name in _COMMON))
        flow, factor, others = (common[place] for place in _OBJECTS)
        words = (value for place, value in enumerate(common) if place not in _OBJECTS)
        return self._common.setdefault((*words, id(flow), id(factor), *map(id, others)), common)


def _is_ordinary(line: ActivityLine) -> bool:
    """Tell whether a line has only what is packed: no rating or contract of its own, amounts from single cells."""
    is_plain = not any(getattr(line, name) for name in _RARE)
    return is_plain and not any(amount.parts or amount.steps for amount in line.amounts)


def _packed(line: ActivityLine) -> Plain:
    amounts = tuple((each.value, _place(each.where), each.typed, each.unit) for each in line.amounts)
    steps = tuple(
        (
            step.operation is Operation.MULTIPLY, step.operand, tuple(step.label), _place(step.where), step.source,
            step.rule, step.cell_value,
        )
        for step in line.steps
    )  # fmt: skip
    return line.item, line.remark, _place(line.where), amounts, steps


def _place(where: CellRef | None) -> Plain | None:
    return (where.sheet, where.row, where.column) if where else None


@functools.lru_cache(maxsize=4)
def _unpacked(block: bytes) -> list[Plain]:
    return items_of(block)


@functools.lru_cache(maxsize=1024)
def _steps(plain: Plain) -> tuple[Step, ...]:
    """Return steps; most are the conversions of a few units."""
    return tuple(
        Step(
            Operation.MULTIPLY if multiplies else Operation.DIVIDE,
            operand,
            Text(*label),
            CellRef(*where) if where else None,
            *rest,
        )
        for multiplies, operand, label, where, *rest in plain
    )


class CompactLine:
    """Stands for an `ActivityLine`."""

    __slots__ = ("_block", "_common", "_number", "id")
    __dataclass_fields__ = ActivityLine.__dataclass_fields__  # for `replace`

    def __init__(self, line_id: str, common: Plain, block: bytes, number: int) -> None:
        self.id = line_id
        self._common = common
        self._block = block
        self._number = number

    __class__ = ActivityLine  # type: ignore[assignment]  # `replace` makes one, `isinstance` sees one, and the two compare

    @property
    def item(self) -> str:
        """Return the item."""
        return str(self._own[_ITEM])

    @property
    def remark(self) -> str:
        """Return the remark."""
        return str(self._own[_REMARK])

    @property
    def where(self) -> CellRef:
        """Return the line's cell."""
        return CellRef(*self._own[_WHERE])

    @property
    def amounts(self) -> tuple[Quantity, ...]:
        """Return the amounts."""
        return tuple(Quantity(value, CellRef(*where), typed, unit) for value, where, typed, unit in self._own[_AMOUNTS])

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the steps."""
        return _steps(self._own[_STEPS])

    @property
    def amount(self) -> float | None:
        """Return the amount in the unit as typed."""
        amounts = self._own[_AMOUNTS]
        return math.fsum(amount[0] for amount in amounts) if amounts else None

    reference_amount = ActivityLine.reference_amount
    variation = ActivityLine.variation

    @property
    def _own(self) -> Plain:
        return _unpacked(self._block)[self._number]

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        names = self.__dataclass_fields__
        return isinstance(other, ActivityLine) and all(getattr(self, name) == getattr(other, name) for name in names)

    __hash__ = None  # type: ignore[assignment]  # as a line, which holds mappings

    def __reduce__(self) -> tuple[type[ActivityLine], Plain]:
        return ActivityLine, tuple(getattr(self, name) for name in self.__dataclass_fields__)


def _default(name: str) -> object:
    field = ActivityLine.__dataclass_fields__[name]
    return field.default if field.default_factory is MISSING else field.default_factory()


for _name in _COMMON:
    setattr(CompactLine, _name, property(attrgetter(f"_common.{_name}")))
for _name in _RARE:  # what no ordinary line has
    setattr(CompactLine, _name, _default(_name))
