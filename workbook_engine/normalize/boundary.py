"""The system boundary: each stage in or out, and whether the data agree with that."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from workbook_engine import catalogue
from workbook_engine.findings import CellRef
from workbook_engine.model import Stage, StageBoundary
from workbook_engine.normalize.above import stands_for
from workbook_engine.normalize.context import Row, rows
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.model import ActivityLine, Plant, Product, Settings
    from workbook_engine.normalize.context import Context


# Where a stage is filled in: on its own sheet; storage on that of distribution.
_OWN_SHEET: Final = Text("“{sheet}”页签", "the sheet “{sheet}”")
_AS_STORAGE: Final = Text("“{sheet}”页签（“环节”选“仓储”）", "the sheet “{sheet}” (part: storage)")


def read_boundary(context: Context, lines: Sequence[ActivityLine]) -> dict[Stage, StageBoundary]:
    """Read the boundary table and compare it with the stages that have lines."""
    counts = Counter(line.stage for line in lines)
    found = {row.record.cells["stage"].value: row for row in rows(context, "boundary")}
    return {stage: _stage(context, stage, found.get(stage.value), counts[stage]) for stage in Stage}


def _stage(context: Context, stage: Stage, row: Row | None, count: int) -> StageBoundary:
    if row is None:
        if count or stage.value in context.submission.tables:  # else the template did not ask for it
            kind = catalogue.STAGE_NOT_DECIDED if count else catalogue.STAGE_TAKEN_AS_OUT
            context.report(kind, _boundary_table(context), stage=stage.title)
        return StageBoundary(stage, bool(count), "", "", "", None)
    slot = row.slot("included")
    choice = slot.choice()
    if not slot.text:
        kind = catalogue.STAGE_NOT_DECIDED if count else catalogue.STAGE_TAKEN_AS_OUT
        context.report(kind, slot.where, stage=stage.title)
    included = choice == "yes" or (choice is None and bool(count))
    if included and not count:
        is_storage = stage is Stage.STORAGE
        sheet = Stage.DISTRIBUTION if is_storage else stage  # the two share one
        if sheet.value in context.submission.tables:
            form = _AS_STORAGE if is_storage else _OWN_SHEET
            place = Text(form.zh.format(sheet=sheet.title.zh), form.en.format(sheet=sheet.title.en))
            context.report(catalogue.STAGE_WITHOUT_DATA, slot.where, stage=stage.title, place=place)
        else:
            context.report(catalogue.STAGE_SHEET_GONE, slot.where, stage=stage.title)
    if choice == "no" and count:
        context.report(catalogue.STAGE_OUT_WITH_DATA, slot.where, stage=stage.title, count=count)
    excludes, reason = _said(row, "excludes"), _said(row, "reason")
    if not reason and choice == "no":
        context.report(catalogue.STAGE_OUT_UNJUSTIFIED, row.slot("reason").where, stage=stage.title)
    elif not reason and excludes:  # ISO 14067, 6.3.4: what is left out is justified
        context.report(catalogue.EXCLUSION_UNJUSTIFIED, row.slot("reason").where, stage=stage.title, typed=excludes)
    return StageBoundary(stage, included, _said(row, "covers"), excludes, reason, slot.where)


def _said(row: Row, key: str) -> str:
    """Return what a cell says, "" where it says that there is nothing: `/`, `无`.

    Of a reason `待定` is none, and `不涉及` is one.
    """
    slot = row.slot(key)
    kind, sense = stands_for(slot.cell)
    is_reason = key == "reason"
    if (kind == "nothing" and not (is_reason and sense == "not-applicable")) or (kind == "pending" and is_reason):
        return ""
    return slot.words()


def check_products(
    context: Context,
    boundary: Mapping[Stage, StageBoundary],
    lines: Sequence[ActivityLine],
    products: Sequence[Product],
    plants: Sequence[Plant],
    settings: Settings,
) -> None:
    """Report products without data in a stage that is inside the boundary and has data of others.

    Such a product has no total: a stage without data is not a stage of zero.
    """
    everybody = {product.key for product in products}
    # A plant without any product, or with none of this study, is told as such.
    made = {plant.key: everybody & {each.product for each in plant.products} for plant in plants}
    made = {plant: keys for plant, keys in made.items() if keys}
    counted = (line for line in lines if settings.include_credits or not line.is_credit)
    kinds = {(line.stage, line.product, line.plant) for line in counted}
    covered: dict[Stage, set[str]] = {}
    for stage, product, plant in kinds:
        named = {product} if product else everybody
        covered.setdefault(stage, set()).update(named & made[plant] if plant in made else named)
    for stage, keys in covered.items():
        for bare in products if boundary[stage].included else ():
            if bare.key not in keys and bare.name:  # a name that is missing is told at its own cell
                params = {"stage": stage.title, "product": bare.name}
                context.report(catalogue.STAGE_WITHOUT_DATA_OF_PRODUCT, bare.where, **params)


def _boundary_table(context: Context) -> CellRef | None:
    table = context.submission.tables.get("boundary")
    return CellRef(table.sheet, table.header_row, 1) if table else None
