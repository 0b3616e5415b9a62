"""What ties the sheets together, and what the check says of each sheet.

A sheet's state, in this order:
    须补充 to be completed    a conflict, or something is filled and there is a gap
    不适用 not applicable     its stages are outside the boundary (its data are not asked for), and nothing is filled
    未填写 not begun          nothing is filled
    已完成 complete           otherwise
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

from workbook_engine.errors import SpecError
from workbook_engine.frozen import frozen
from workbook_engine.model import Basis, Stage
from workbook_engine.spec import sentences
from workbook_engine.spec.collection import BASES, NO, YES
from workbook_engine.spec.limits import MONTHS_TOLERANCE
from workbook_engine.spec.words import STATES
from workbook_engine.template.checks import MONTHLY, Check, Level, begun_condition, block_checks, month_key
from workbook_engine.template.conditions import Condition, Empty, Every, Filled, Is, Not, SumDiffers, any_filled
from workbook_engine.template.counts import (
    Constant,
    Count,
    Dates,
    DatesReversed,
    FixedCell,
    MonthInPeriod,
    Other,
    Product,
    Rows,
    Total,
)
from workbook_engine.template.layout import BookPlan, SheetPlan, TablePlan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook_engine.spec.schema import Choice, Field


PERIOD: Final = Dates("study", "period_start", "period_end")


class State(enum.Enum):
    """What the check says of a sheet."""

    EMPTY, INCOMPLETE, COMPLETE, NOT_APPLICABLE = STATES


@frozen
class SheetChecks:
    """A sheet's checks, and the keys of two counts: what is filled, and (1 or more) that the sheet does not apply."""

    sheet: str
    checks: tuple[Check, ...]
    filled: str
    not_applicable: str = ""

    def keys(self, level: Level) -> list[str]:
        """Return the keys of the checks of that level."""
        return [check.key for check in self.checks if check.level is level]


def book_checks(book: BookPlan) -> tuple[SheetChecks, ...]:
    """Return the checks of every sheet, in the order of the sheets."""
    return tuple(_sheet_checks(book, sheet) for sheet in book.sheets)


def _sheet_checks(book: BookPlan, sheet: SheetPlan) -> SheetChecks:
    key = sheet.sheet.key
    checks = [*block_checks(sheet), *_rules_of(sheet)(book, sheet)]
    parts = tuple(Other(check.key) for check in checks if check.key.startswith(("rows.", "fields.")))
    filled = Check(f"filled.{key}", key, Level.COUNT, Total(parts))
    off = f"off.{key}"
    return SheetChecks(key, (*checks, filled), filled.key, off if any(check.key == off for check in checks) else "")


# --- basics -----------------------------------------------------------------------------------------------------------


def _basics_rules(book: BookPlan, sheet: SheetPlan) -> Iterator[Check]:
    key = sheet.sheet.key
    no_product = Other("rows.products", at_least=1, negated=True)
    yield Check("gap.products", key, Level.GAP, no_product, sentences.NO_PRODUCT)
    yield Check("conflict.period", key, Level.CONFLICT, DatesReversed(PERIOD), sentences.PERIOD_REVERSED)
    for number, month in enumerate(months_of(book), start=1):
        yield Check(month_key(month), key, Level.COUNT, MonthInPeriod(PERIOD, number))
    used = Total(tuple(Other(f"product_totals.{table}") for table in _stage_tables(book)))
    yield Check("product_totals", key, Level.COUNT, used)
    products = _table(book, "products")
    without_output = Rows("products", Every((begun_condition(products), Empty("output"))))
    count = Product((Other("product_totals", at_least=1), without_output))
    yield Check("conflict.output", key, Level.CONFLICT, count, sentences.NO_OUTPUT)
    no_reason = Rows("boundary", Every((Is("included", NO.title.to(book.language)), Empty("reason"))))
    yield Check("advice.boundary.reason", key, Level.ADVICE, no_reason, sentences.NO_REASON)


def months_of(book: BookPlan) -> list[Field]:
    """Return the fields that are months, where the template asks for them."""
    found = {field.key: field for _, plan in book.tables() for field in plan.fields if field.group == MONTHLY}
    return [found[key] for key in sorted(found)]


# --- plants -----------------------------------------------------------------------------------------------------------


def _plants_rules(book: BookPlan, sheet: SheetPlan) -> Iterator[Check]:
    key = sheet.sheet.key
    used = Total(tuple(Other(f"plant_totals.{table}") for table in _stage_tables(book)))
    yield Check("plant_totals", key, Level.COUNT, used)
    yield Check(f"off.{key}", key, Level.COUNT, Other("plant_totals", at_least=1, negated=True))
    empty = Product((Other("plant_totals", at_least=1), Other("rows.plant_products", at_least=1, negated=True)))
    yield Check("conflict.plants", key, Level.CONFLICT, empty, sentences.NO_PLANT_OUTPUT)
    plant = Rows("plant_products", Every((begun_condition(_table(book, "plant_products")), Empty("plant"))))
    count = Product((Other("rows.plants", at_least=2), plant))
    yield Check("gap.plant_products.plant", key, Level.GAP, count, sentences.PRODUCTS_WITHOUT_PLANT)


# --- the stages -------------------------------------------------------------------------------------------------------


def _stage_rules(book: BookPlan, sheet: SheetPlan) -> Iterator[Check]:
    key = sheet.sheet.key
    off = Product(tuple(_boundary_says(book, stage, NO) for stage in sheet.stages))
    yield Check(f"off.{key}", key, Level.COUNT, off)
    for plan in sheet.blocks:
        if isinstance(plan, TablePlan):
            for stage, condition in _rows_by_stage(book, plan, sheet.stages):
                yield from _boundary_rules(book, key, stage, Rows(plan.table.key, condition))
            yield from _basis_rules(book, key, plan)
            yield from _months_rules(key, plan)


def _rows_by_stage(book: BookPlan, plan: TablePlan, stages: tuple[Stage, ...]) -> Iterator[tuple[Stage, Condition]]:
    """Yield each stage with the condition that a row belongs to it: the row's own choice, else the table's stage."""
    begun = begun_condition(plan)
    chosen = [
        (stage, Is(field.key, choice.title.to(book.language)))
        for field in plan.fields
        for choice in field.choices
        for stage in stages
        if choice.key == stage.value and stage is not plan.table.stage
    ]
    yield stages[0], Every((begun, *(Not(condition) for _, condition in chosen)))
    yield from chosen


def _boundary_rules(book: BookPlan, key: str, stage: Stage, rows: Rows) -> Iterator[Check]:
    title = stage.title
    count = Check(f"stage_rows.{stage.value}", key, Level.COUNT, rows)
    yield count
    empty = Product((_boundary_says(book, stage, YES), Other(count.key, at_least=1, negated=True)))
    message = sentences.about(sentences.STAGE_EMPTY, title)
    yield Check(f"conflict.{stage.value}.empty", key, Level.CONFLICT, empty, message)
    filled = Product((_boundary_says(book, stage, NO), Other(count.key)))
    message = sentences.about(sentences.STAGE_FILLED, title)
    yield Check(f"conflict.{stage.value}.filled", key, Level.CONFLICT, filled, message)
    message = sentences.about(sentences.STAGE_UNDECIDED, title)
    undecided = FixedCell("boundary", stage.value, "included", "")
    yield Check(f"hint.{stage.value}.undecided", key, Level.HINT, undecided, message)


def _basis_rules(book: BookPlan, key: str, plan: TablePlan) -> Iterator[Check]:
    table = plan.table.key
    words = {choice.key: choice.title.to(book.language) for choice in BASES}
    of_product = Rows(table, Is("basis", words[Basis.PRODUCT_TOTAL.value]))
    yield Check(f"product_totals.{table}", key, Level.COUNT, of_product)
    of_plant = Is("basis", words[Basis.PLANT_TOTAL.value])
    yield Check(f"plant_totals.{table}", key, Level.COUNT, Rows(table, of_plant))
    which = Product((Other("rows.plants", at_least=2), Rows(table, Every((of_plant, Empty("plant"))))))
    yield Check(f"gap.{table}.plant", key, Level.GAP, which, sentences.TOTALS_WITHOUT_PLANT)


def _months_rules(key: str, plan: TablePlan) -> Iterator[Check]:
    months = tuple(field.key for field in plan.fields if field.group == MONTHLY)
    if months:
        differs = SumDiffers("amount", months, MONTHS_TOLERANCE)
        condition = Every((Filled("amount"), any_filled(months), differs))
        message = sentences.MONTHS_DIFFER
        yield Check(f"conflict.{plan.table.key}.months", key, Level.CONFLICT, Rows(plan.table.key, condition), message)


def _boundary_says(book: BookPlan, stage: Stage, choice: Choice) -> Count:
    return FixedCell("boundary", stage.value, "included", choice.title.to(book.language))


def _stage_tables(book: BookPlan) -> list[str]:
    return [plan.table.key for _, plan in book.tables() if plan.table.stage is not None]


def _table(book: BookPlan, key: str) -> TablePlan:
    found = book.table(key)
    if found is None:
        raise SpecError(f"the live check needs the table {key!r}")
    return found[1]


def _no_rules(book: BookPlan, sheet: SheetPlan) -> Iterator[Check]:
    del book, sheet
    return iter(())


def _optional_rules(book: BookPlan, sheet: SheetPlan) -> Iterator[Check]:
    """Yield that a sheet which the consultant may use or not does not apply until something stands in it."""
    del book
    yield Check(f"off.{sheet.sheet.key}", sheet.sheet.key, Level.COUNT, Constant(1.0))


_RULES = {"basics": _basics_rules, "plants": _plants_rules, "settings": _no_rules}


def _rules_of(sheet: SheetPlan) -> Callable[[BookPlan, SheetPlan], Iterator[Check]]:
    return _RULES.get(sheet.sheet.key, _stage_rules if sheet.stages else _optional_rules)
