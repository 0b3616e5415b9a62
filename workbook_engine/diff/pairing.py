"""Which row of an earlier submission is which of the later one, whatever was inserted, deleted, sorted or renamed.

The order of the rules, each over the rows that the one before left:

    1. all cells the same
    2. the same name (the table's naming fields), in the order of the sheet
    3. most alike: at least half of the cells the same, the most alike first
    4. the same place in the order, where the same number of rows is left and something in them is the same
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from workbook_engine.model import Record

# What names a row of a table; the first field that a person would call it by comes first.
NAMING: Final[Mapping[str, tuple[str, ...]]] = {
    "products": ("name", "model"),
    "plants": ("name",),
    "plant_products": ("plant", "product"),
    "boundary": ("stage",),
}
NAMING_A_LINE: Final = ("item", "flow", "product", "plant", "part")  # of the stages' tables
_ALIKE: Final = 0.5


class Pair(NamedTuple):
    """A row before and after; None where it was added or removed."""

    old: Record | None
    new: Record | None


def pair_rows(table: str, old: Sequence[Record], new: Sequence[Record], fields: Iterable[str]) -> list[Pair]:
    """Pair the rows of a table, in the order of the later one; removed rows stand after what they stood after."""
    fields = tuple(fields)
    naming = NAMING.get(table, NAMING_A_LINE)
    partner: dict[int, Record] = {}  # row of the later submission -> its record in the earlier
    left = _by_equal(old, new, partner, lambda record: _texts(record, fields))
    left = _by_equal(left, new, partner, lambda record: _texts(record, naming))
    left = _by_likeness(left, new, partner, fields)
    _by_order(left, new, partner, fields)
    return _in_order(old, new, partner)


def _texts(record: Record, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(shown(record, field) for field in fields)


def shown(record: Record | None, field: str) -> str:
    """Return what stands in a field of a row, as typed."""
    cell = record.cells.get(field) if record else None
    if cell is None or cell.value is None:
        return f"={cell.formula}" if cell and cell.formula else ""
    return f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value).strip()


def _by_equal(
    old: Sequence[Record],
    new: Sequence[Record],
    partner: dict[int, Record],
    key: Callable[[Record], tuple[str, ...]],
) -> list[Record]:
    """Pair rows of one key; return the earlier rows that are left."""
    waiting: dict[tuple[str, ...], list[Record]] = {}
    for record in new:
        if record.row not in partner and any(key(record)):
            waiting.setdefault(key(record), []).append(record)
    left = []
    for record in old:
        same = waiting.get(key(record))
        if same:
            partner[same.pop(0).row] = record
        else:
            left.append(record)
    return left


def _by_likeness(
    old: Sequence[Record], new: Sequence[Record], partner: dict[int, Record], fields: tuple[str, ...]
) -> list[Record]:
    rest = [record for record in new if record.row not in partner]
    scored = [(_likeness(a, b, fields), -abs(i - j), a, b) for i, a in enumerate(old) for j, b in enumerate(rest)]
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    taken: set[int] = set()
    for likeness, _, a, b in scored:
        if likeness >= _ALIKE and a.row not in taken and b.row not in partner:
            taken.add(a.row)
            partner[b.row] = a
    return [record for record in old if record.row not in taken]


def _by_order(
    old: Sequence[Record], new: Sequence[Record], partner: dict[int, Record], fields: tuple[str, ...]
) -> None:
    rest = [record for record in new if record.row not in partner]
    if len(rest) == len(old):
        for a, b in zip(old, rest, strict=True):
            if _likeness(a, b, fields) > 0:
                partner[b.row] = a


def _likeness(a: Record, b: Record, fields: tuple[str, ...]) -> float:
    """Return the share of the filled cells that hold the same."""
    pairs = [(shown(a, field), shown(b, field)) for field in fields]
    filled = [pair for pair in pairs if any(pair)]
    return sum(one == other for one, other in filled) / len(filled) if filled else 0.0


def _in_order(old: Sequence[Record], new: Sequence[Record], partner: Mapping[int, Record]) -> list[Pair]:
    pairs = [Pair(partner.get(record.row), record) for record in new]
    paired = {record.row for record in partner.values()}
    for index, record in enumerate(old):
        if record.row not in paired:
            before = {other.row for other in old[:index]}
            at = max((n + 1 for n, pair in enumerate(pairs) if pair.old and pair.old.row in before), default=0)
            pairs.insert(at, Pair(record, None))
    return pairs
