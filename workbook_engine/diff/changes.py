"""What differs between two submissions, cell by cell, and the later submission made of the earlier step by step.

A `Step` is one difference that can be made by itself: a field of a form, or a row of a table. `made(submission,
step)` is the submission with that one difference made; `taken_back` undoes it in the later one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from workbook_engine.diff.pairing import NAMING, NAMING_A_LINE, Pair, pair_rows, shown
from workbook_engine.findings import CellRef
from workbook_engine.frozen import frozen
from workbook_engine.model import BoundTable, CellChange, Change, Record, Submission
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook_engine.model import Entry
    from workbook_engine.spec.schema import Field, Form, Table

_FAR: Final = 10_000_000  # beyond a sheet's last row: a row that is carried over collides with none
_NOTHING: Final = Pair(None, None)
_NAMES: Final = ("products", "plants")  # tables whose names other tables refer to


@frozen
class Step:
    """One difference: what is told of it, and what to put in the place of what."""

    change: Change
    field: str = ""  # "form.field"; or
    table: str = ""  # a table's key, with
    pair: Pair = _NOTHING


def find_steps(old: Submission, new: Submission) -> list[Step]:
    """Return every difference, in the order of the template's sheets."""
    steps: list[Step] = []
    for _, form in COLLECTION.forms():
        steps += _of_form(form, old.fields, new.fields)
    for _, table in COLLECTION.tables():
        steps += _of_table(table, old.tables.get(table.key), new.tables.get(table.key))
    return steps


def _of_form(form: Form, old: Mapping[str, Entry], new: Mapping[str, Entry]) -> Iterator[Step]:
    for spec in form.fields:
        key = f"{form.key}.{spec.key}"
        before, after = old.get(key), new.get(key)
        texts = _entry_text(before), _entry_text(after)
        if texts[0] != texts[1]:
            place = after or before
            cells = (CellChange(spec.title, *texts, place.where if place else None),)
            yield Step(Change("changed", form.title, "", cells), field=key)


def _entry_text(entry: Entry | None) -> str:
    return shown(Record(0, {"it": entry.cell}), "it") if entry is not None and entry.cell is not None else ""


def _of_table(spec: Table, old: BoundTable | None, new: BoundTable | None) -> Iterator[Step]:
    fields = [field for field in spec.fields if field.kind is not Kind.LABEL]
    keys = [field.key for field in fields]
    pairs = pair_rows(spec.key, old.records if old else (), new.records if new else (), keys)
    for pair in pairs:
        cells = tuple(_cells(fields, pair, old, new))
        if cells:
            kind = "changed" if pair.old and pair.new else "added" if pair.new else "removed"
            yield Step(Change(kind, spec.title, _subject(spec, pair), cells), table=spec.key, pair=pair)


def _cells(fields: list[Field], pair: Pair, old: BoundTable | None, new: BoundTable | None) -> Iterator[CellChange]:
    for field in fields:
        before, after = shown(pair.old, field.key), shown(pair.new, field.key)
        if before != after:
            yield CellChange(field.title, before, after, _where(field.key, pair, old, new))


def _where(key: str, pair: Pair, old: BoundTable | None, new: BoundTable | None) -> CellRef | None:
    table, record = (new, pair.new) if pair.new else (old, pair.old)
    return CellRef(table.sheet, record.row, table.columns.get(key)) if table and record else None


def _subject(spec: Table, pair: Pair) -> str:
    record = pair.new or pair.old
    names = [shown(record, key) for key in NAMING.get(spec.key, NAMING_A_LINE)]
    return next((name for name in names if name), "")


def grouped(steps: list[Step], *, by_table: bool) -> list[list[Step]]:
    """Return the steps that have to be made together: a new name with all cells that refer to it; else each alone."""
    groups: dict[object, list[Step]] = {}
    renamed = {names: ("name", index) for index, step in enumerate(steps) for names in _renamed(step)}
    for index, step in enumerate(steps):
        joined = next(
            (renamed[cell.old, cell.new] for cell in step.change.cells if (cell.old, cell.new) in renamed), index
        )
        key = (step.table or step.field.partition(".")[0]) if by_table else joined
        groups.setdefault(key, []).append(step)
    return list(groups.values())


def _renamed(step: Step) -> list[tuple[str, str]]:
    """Return the old and the new name where a step renames a product or a plant."""
    if step.table not in _NAMES or step.pair.old is None or step.pair.new is None:
        return []
    names = [(shown(step.pair.old, field), shown(step.pair.new, field)) for field in ("name", "model")]
    return [(old, new) for old, new in names if old and new and old != new]


# --- one difference at a time -----------------------------------------------------------------------------------------


def made(old: Submission, new: Submission, steps: list[Step]) -> Submission:
    """Return the earlier submission with these differences made."""
    result = old
    for step in steps:
        result = _with(result, new, step, step.pair)
    return result


def taken_back(old: Submission, new: Submission, steps: list[Step]) -> Submission:
    """Return the later submission with these differences undone."""
    result = new
    for step in steps:
        result = _with(result, old, step, Pair(step.pair.new, step.pair.old))
    return result


def _with(submission: Submission, source: Submission, step: Step, pair: Pair) -> Submission:
    """Return a submission with a field, or a row `pair.old`, put as it is in the other one (`pair.new`)."""
    if step.field:
        fields = dict(submission.fields)
        if step.field in source.fields:
            fields[step.field] = source.fields[step.field]
        else:
            fields.pop(step.field, None)
        return replace(submission, fields=fields)
    table, other = submission.tables.get(step.table), source.tables.get(step.table)
    base = table or other
    if base is None:
        return submission
    records = _exchanged(table.records if table else (), pair)
    columns = {**(other.columns if other else {}), **base.columns}
    return replace(
        submission, tables={**submission.tables, step.table: replace(base, records=records, columns=columns)}
    )


def _exchanged(records: Sequence[Record], pair: Pair) -> Sequence[Record]:
    if pair.old is None:
        return (*records, replace(pair.new, row=_FAR + pair.new.row)) if pair.new else records
    kept = []
    for record in records:
        if record.row != pair.old.row:
            kept.append(record)
        elif pair.new is not None:
            kept.append(replace(pair.new, row=record.row))
    return tuple(kept)
