"""The live check of the template, as data: what is counted on each sheet, and the sentence that a count above 0 gives.

Here is what holds for every form and table; what ties sheets together is in rules.py.

Levels: a *gap* is something required and still empty; a *conflict* contradicts something typed elsewhere and counts
even on an empty sheet; a *hint* says what to do first; *advice* is worth doing once the sheet is begun. The last two
hold nobody up. A *count* has no sentence: others refer to it.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.spec import sentences
from workbook_engine.spec.schema import Kind, Required
from workbook_engine.template.conditions import Condition, Counted, Empty, Every, Filled, Not, Some, any_filled
from workbook_engine.template.counts import Count, Fields, Rows, TextInNumbers
from workbook_engine.template.layout import FormPlan, SheetPlan, TablePlan
from workbook_engine.texts import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.spec.schema import Field
    from workbook_engine.texts import Text

MONTHLY = "monthly"  # the group of the fields that are months


class Level(enum.Enum):
    """How much a count matters."""

    COUNT = "count"
    GAP = "gap"
    CONFLICT = "conflict"
    HINT = "hint"
    ADVICE = "advice"


@frozen
class Check:
    """One count of a sheet. `message` may hold {n}; it is shown where the count is above 0."""

    key: str
    sheet: str
    level: Level
    count: Count
    message: Text | None = None


def block_checks(sheet: SheetPlan) -> Iterator[Check]:
    """Yield the checks that each form and table of a sheet has by its declaration."""
    for block in sheet.blocks:
        if isinstance(block, FormPlan):
            yield from _form_checks(sheet, block)
        elif block.table.fixed_rows:
            yield from _fixed_checks(sheet, block)
        else:
            yield from _table_checks(sheet, block)


def _form_checks(sheet: SheetPlan, plan: FormPlan) -> Iterator[Check]:
    form, key = plan.form, sheet.sheet.key
    must = [field for field in form.fields if field.required is Required.MUST]
    should = [field for field in form.fields if field.required is Required.SHOULD]
    must_keys = tuple(field.key for field in must)
    yield Check(f"fields.{form.key}", key, Level.COUNT, Fields(form.key, must_keys, filled=True))
    for field in must:
        message = sentences.about(sentences.FIELD_MISSING, field.title)
        yield Check(f"gap.{form.key}.{field.key}", key, Level.GAP, Fields(form.key, (field.key,)), message)
    for field in should:
        message = sentences.about(sentences.FIELD_WANTED, field.title)
        yield Check(f"advice.{form.key}.{field.key}", key, Level.ADVICE, Fields(form.key, (field.key,)), message)


def _table_checks(sheet: SheetPlan, plan: TablePlan) -> Iterator[Check]:
    table, key = plan.table.key, sheet.sheet.key
    begun = begun_condition(plan)
    yield Check(f"rows.{table}", key, Level.COUNT, Rows(table, begun))
    for field in plan.fields:
        if plan.needs[field.key].required is Required.MUST:
            message = _where(sheet, plan, sentences.about(sentences.ROWS_WITHOUT, field.title))
            count = Rows(table, Every((begun, Empty(field.key))))
            yield Check(f"gap.{table}.{field.key}", key, Level.GAP, count, message)
    if plan.ways:
        condition = Every((begun, no_way_complete(plan)))
        yield Check(f"gap.{table}.ways", key, Level.GAP, Rows(table, condition), _ways_message(plan))
    if any(field.kind is Kind.NUMBER for field in plan.fields):
        message = _where(sheet, plan, sentences.TEXT_IN_NUMBERS)
        yield Check(f"gap.{table}.text", key, Level.GAP, TextInNumbers(table), message)
    yield from _table_advice(sheet, plan, begun)


def _table_advice(sheet: SheetPlan, plan: TablePlan, begun: Condition) -> Iterator[Check]:
    """Yield a check for each field that is wanted: one for all of them would name those that are filled in."""
    table = plan.table.key
    for field in plan.fields:
        if plan.needs[field.key].required is Required.SHOULD:
            message = _where(sheet, plan, sentences.about(sentences.ROWS_WANTED, field.title))
            count = Rows(table, Every((begun, Empty(field.key))))
            yield Check(f"advice.{table}.{field.key}", sheet.sheet.key, Level.ADVICE, count, message)


def _fixed_checks(sheet: SheetPlan, plan: TablePlan) -> Iterator[Check]:
    table, key = plan.table, sheet.sheet.key
    for field in plan.fields:
        if plan.needs[field.key].required is Required.MUST:
            yield Check(f"rows.{table.key}.{field.key}", key, Level.COUNT, Rows(table.key, Filled(field.key)))
            message = sentences.in_table(table.title, sentences.about(sentences.GIVEN_ROWS_WITHOUT, field.title))
            yield Check(f"gap.{table.key}.{field.key}", key, Level.GAP, Rows(table.key, Empty(field.key)), message)


def _where(sheet: SheetPlan, plan: TablePlan, sentence: Text) -> Text:
    """Return a sentence with what tells the tables of one sheet apart."""
    return sentence if sheet.only_table else sentences.in_table(plan.table.title, sentence)


def begun_condition(plan: TablePlan) -> Condition:
    """Return the condition that something stands in a row of the table."""
    return any_filled([field.key for field in plan.fields if field.kind is not Kind.LABEL])


def no_way_complete(plan: TablePlan) -> Condition:
    """Return the condition that none of the ways to fill in a row is complete."""
    return Every(tuple(Not(way_complete(plan, way)) for way in plan.ways))


def way_complete(plan: TablePlan, way: tuple[str, ...]) -> Condition:
    """Return the condition that all fields of a way are filled: of months those of the period."""
    fields = (plan.table.field(key) for key in way)
    return Every(
        tuple(
            Some((Filled(field.key), Not(in_period(field)))) if field.group == MONTHLY else Filled(field.key)
            for field in fields
        )
    )


def in_period(field: Field) -> Condition:
    """Return the condition that the month of a field lies in the reference period."""
    return Counted(month_key(field))


def month_key(field: Field) -> str:
    """Return the key of the count that says so."""
    return f"period.{field.key}"


def _ways_message(plan: TablePlan) -> Text:
    titles = sentences.ways(_titles(plan, way) for way in plan.ways)
    return sentences.about(sentences.NO_WAY_COMPLETE, titles)


def _titles(plan: TablePlan, way: tuple[str, ...]) -> Text:
    if all(plan.table.field(key).group == MONTHLY for key in way):
        return sentences.MONTHS_WANTED
    return joined(plan.table.field(key).title for key in way)
