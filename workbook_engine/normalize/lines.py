"""Rows of the stage sheets -> lines of activity data.

A row is understood in this order: is it a line at all (an example, a total, a row that does not apply are not); by
which of the table's routes it is filled in; product, basis and plant; amount; flow and unit; factor. Everything that is
wrong with a row is reported at once, and the row then stands in the inventory as a blocked line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.factors import choose
from workbook_engine.matching import Matcher, canonical
from workbook_engine.model import ActivityLine, Basis, Stage
from workbook_engine.normalize.amounts import Amount, read_activity, read_freight
from workbook_engine.normalize.context import Row, rows
from workbook_engine.normalize.green_power import read_supply
from workbook_engine.normalize.losses import loss_steps
from workbook_engine.normalize.plants import plant_matcher
from workbook_engine.normalize.products import product_matcher
from workbook_engine.normalize.stated_quality import stated_ratings, stated_spread
from workbook_engine.normalize.suppliers import BASES as SUPPLIER
from workbook_engine.normalize.suppliers import (
    is_footprint_of_parts,
    own_factor,
    own_flow,
    part_steps,
    read_own_amount,
)
from workbook_engine.normalize.treatment import check_routes, is_credit, route_steps
from workbook_engine.normalize.trips import is_by_trips, read_trips
from workbook_engine.normalize.use_profile import life_steps
from workbook_engine.texts import Text
from workbook_engine.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.findings import Finding
    from workbook_engine.model import Plant, Product, Settings, Step, Study
    from workbook_engine.normalize.context import Context

ID_LETTERS = {
    Stage.RAW_MATERIAL_ACQUISITION: "RM",
    Stage.RAW_MATERIAL_TRANSPORT: "RT",
    Stage.PRODUCTION: "PR",
    Stage.DISTRIBUTION: "DI",
    Stage.STORAGE: "ST",
    Stage.USE: "US",
    Stage.END_OF_LIFE: "EL",
}
TOTAL_WORDS = frozenset(
    canonical(word) for word in ("合计", "小计", "总计", "总和", "合 计", "total", "subtotal", "sum", "grand total")
)
TOTAL_TOLERANCE = 1e-6  # relative: a typed total may be rounded where its rows are not
PER_UNIT = Text("功能单位", "functional unit")
FREIGHT_FIELDS = ("mass", "distance_km", "mode")


@dataclass(slots=True)
class Lines:
    """The lines with the findings of their rows. `unplaced`: an error stands against a row that became no line."""

    lines: list[ActivityLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a row refers to. `problems`: product key -> what is to be said if a line needs its output."""

    settings: Settings
    study: Study
    products: Mapping[str, Product]
    plants: Mapping[str, Plant]
    match_product: Matcher[str]
    match_plant: Matcher[str]
    problems: Mapping[str, Finding]
    is_plant_implied: bool  # no plant and no plant's product was filled in

    @classmethod
    def of(
        cls,
        context: Context,
        settings: Settings,
        study: Study,
        products: tuple[Product, ...],
        plants: tuple[Plant, ...],
        problems: Mapping[str, Finding],
    ) -> Surroundings:
        """Return the surroundings, with products and plants ready to be looked up."""
        return cls(
            settings,
            study,
            {product.key: product for product in products},
            {plant.key: plant for plant in plants},
            product_matcher(products),
            plant_matcher(plants),
            problems,
            not any(rows(context, key) for key in ("plants", "plant_products")),
        )


def read_lines(context: Context, around: Surroundings) -> Lines:
    """Read every stage's table. Findings of single rows come back apart from those of the context."""
    own = replace(context, findings=[])
    lines = Lines(findings=own.findings)
    for _, table in context.spec.tables():
        if table.stage:
            _read_table(own, table.key, table.stage, around, lines)
    _check_needs(own, lines.lines, around)
    mark = len(own.findings)
    check_routes(own, lines.lines)
    lines.unplaced = lines.unplaced or own.errors_since(mark)
    return lines


def _check_needs(context: Context, lines: Sequence[ActivityLine], around: Surroundings) -> None:
    """Report, once each, what the lines' bases need and the study lacks: outputs of products, products of plants."""
    for key in dict.fromkeys(line.plant for line in lines if line.plant):
        plant = around.plants[key]
        if not plant.products:
            context.report(catalogue.PLANT_WITHOUT_PRODUCTS, plant.where, plant=plant.name)
    bases = {(line.product, line.plant) for line in lines if line.basis is not Basis.PER_UNIT}
    needed = {key for product, plant in bases for key in _products_of(product, plant, around)}
    context.findings += [problem for key, problem in around.problems.items() if key in needed]


def _products_of(product: str | None, plant: str | None, around: Surroundings) -> set[str]:
    """Return the products that a line with a total concerns."""
    named = {product} if product else set(around.products)
    made = {each.product for each in around.plants[plant].products if each.product} if plant else named
    return named & made if made else named


def _read_table(context: Context, key: str, stage: Stage, around: Surroundings, lines: Lines) -> None:
    first = len(lines.lines)
    for number, row in enumerate(rows(context, key), 1):
        mark = len(context.findings)
        line = None if _is_no_line(row, lines.lines, first) else _line(row, stage, number, around)
        blocked = context.errors_since(mark)
        if line:
            lines.lines.append(replace(line, blocked=blocked))
        else:
            lines.unplaced = lines.unplaced or blocked


# --- is it a line at all ----------------------------------------------------------------------------------------------


def _is_no_line(row: Row, lines: Sequence[ActivityLine], first: int) -> bool:
    return _is_remark(row) or _is_example(row) or _is_total(row, lines, first)


def _is_remark(row: Row) -> bool:
    """Tell whether nothing but a remark stands in the row; it is kept as a note."""
    if set(row.record.cells) - {"remark"}:
        return False
    row.context.report(catalogue.REMARK_ROW, row.where, typed=row.slot("remark").text)
    return True


def _is_example(row: Row) -> bool:
    """Report a row that is the template's own example, word for word."""
    examples = {f.key: f.example for f in row.spec.fields if f.example and row.has(f.key)}
    needed = {"item", "flow", "amount"} & {f.key for f in row.spec.fields}
    if not needed <= examples.keys():
        return False
    same = all(row.slot(key).text in example for key, example in examples.items() if key in needed)
    if same:
        row.context.report(catalogue.EXAMPLE_ROW, row.where)
    return same


def _is_total(row: Row, lines: Sequence[ActivityLine], first: int) -> bool:
    """Leave out a row that repeats the sum of the table's rows above it; report one that only looks like it."""
    item = row.slot("item").text or row.slot("flow").text
    if canonical(item).rstrip(":") not in TOTAL_WORDS:
        return False
    amount = row.slot("amount").entry.cell
    value = amount.value if amount else None
    summed = math.fsum(line.amount or 0.0 for line in lines[first:])
    is_sum = isinstance(value, float) and math.isclose(value, summed, rel_tol=TOTAL_TOLERANCE)
    kind = catalogue.SUBTOTAL_ROW if is_sum else catalogue.SUBTOTAL_UNCERTAIN
    row.context.report(kind, row.slot("amount").where, item=item)
    return True


# --- one line ---------------------------------------------------------------------------------------------------------


def _line(row: Row, stage: Stage, number: int, around: Surroundings) -> ActivityLine | None:
    stage = _part(row, stage)
    item = row.slot("item").words() or row.slot("flow").text
    amount = _amount(row, item)
    if amount.omitted:
        return None
    basis, choice = _basis(row, item)
    if amount.per and basis not in (None, Basis.PER_UNIT):
        params = {"typed": row.slot("amount").text, "per": amount.per, "basis": row.slot("basis").text}
        row.context.report(catalogue.AMOUNT_PER_PIECE, amount.where, item=item, **params)
    line = ActivityLine(
        id=f"{ID_LETTERS[stage]}-{number:03d}",
        stage=stage,
        item=item,
        product=_product(row, around),
        flow=amount.flow,
        flow_typed=row.slot("mode" if is_freight(row) else "flow").text,
        amounts=amount.quantities,
        unit=amount.unit_text,
        steps=(),
        basis=basis or Basis.PER_UNIT,
        plant=_plant(row, basis, around),
        factor=None,
        where=amount.where,
        data_source=_data_source(row),
        is_primary=_is_primary(row),
        remark=row.slot("remark").text,
        is_credit=is_credit(row),
        stated_ratings=stated_ratings(row),
        stated_spread=stated_spread(row),
    )
    _check_plant(row, line, around)
    done = _with_factor(row, line, amount, around)
    return replace(done, steps=(*done.steps, *_further_steps(row, line, choice))) if done else None


def _amount(row: Row, item: str) -> Amount:
    """Read the amount by the route that the row is filled in by."""
    if row.has("own_cfp"):
        return read_own_amount(row, item)
    if is_by_trips(row):
        return read_trips(row, item)
    if not is_freight(row):
        return read_activity(row, item)
    if row.has("amount"):
        row.context.report(catalogue.TWO_ROUTES, row.slot("amount").where, item=item)
    return read_freight(row, item)


def is_freight(row: Row) -> bool:
    """Tell whether a row is filled in as mass × distance."""
    return any(row.has(key) for key in FREIGHT_FIELDS) and not is_by_trips(row)


def _further_steps(row: Row, line: ActivityLine, basis: str | None) -> tuple[Step, ...]:
    """Return the steps that optional columns add to the way from the amount to the activity."""
    return (
        *part_steps(row, line.item, basis),
        *loss_steps(row, line.item, line.basis),
        *life_steps(row),
        *route_steps(row, credit=line.is_credit),
    )


def _part(row: Row, stage: Stage) -> Stage:
    """Return the stage of a row on the sheet that distribution and storage share."""
    if stage is not Stage.DISTRIBUTION:
        return stage
    choice = row.slot("part").choice()
    return Stage(choice) if choice else stage


def _basis(row: Row, item: str) -> tuple[Basis | None, str | None]:
    """Return the basis that counts, and the choice: a supplier's bases are brought to one unit of product by steps."""
    slot = row.slot("basis")
    choice = slot.choice()
    if is_footprint_of_parts(row) and choice in (None, Basis.PER_UNIT.value, *SUPPLIER):
        return Basis.PER_UNIT, choice
    if is_footprint_of_parts(row):
        params = {"typed": row.slot("pieces").text, "per": PER_UNIT, "basis": slot.text}
        row.context.report(catalogue.AMOUNT_PER_PIECE, row.slot("pieces").where, item=item, **params)
    if not slot.text:
        row.context.report(catalogue.BASIS_MISSING, slot.where, item=item)
    if choice in SUPPLIER:
        return Basis.PER_UNIT, choice
    return Basis(choice) if choice else None, choice


def _product(row: Row, around: Surroundings) -> str | None:
    slot = row.slot("product")
    text = slot.words()
    if not text:
        return None
    match = around.match_product.find(text)
    if match is None:
        row.context.report(catalogue.PRODUCT_UNKNOWN, slot.where, typed=text)
        return None
    if match.step == "similar":
        name = around.products[match.value].name
        row.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=text, value=name)
    return match.value


def _plant(row: Row, basis: Basis | None, around: Surroundings) -> str | None:
    if basis is not Basis.PLANT_TOTAL:
        return None
    slot = row.slot("plant")
    text = slot.words()
    if text:
        match = around.match_plant.find(text)
        if match is None:
            row.context.report(catalogue.PLANT_UNKNOWN, slot.where, typed=text)
            return None
        return match.value
    if len(around.plants) == 1:
        (plant,) = around.plants.values()
        if around.is_plant_implied:
            row.context.report(catalogue.PLANT_IMPLIED, slot.where, product=plant.products[0].name)
        return plant.key
    row.context.report(catalogue.PLANT_MISSING, slot.where, count=len(around.plants))
    return None


def _check_plant(row: Row, line: ActivityLine, around: Surroundings) -> None:
    """Report a plant's total that names one product: of which the plant makes others too, or which it does not make."""
    plant = around.plants.get(line.plant or "")
    if plant is None or line.product is None or not plant.products:
        return
    made = {each.product for each in plant.products}
    params = {"product": around.products[line.product].name, "plant": plant.name}
    if line.product not in made:
        row.context.report(catalogue.PLANT_DOES_NOT_MAKE, row.slot("product").where, **params)
    elif len(plant.products) > 1:
        row.context.report(catalogue.PLANT_TOTAL_OF_ONE_PRODUCT, row.slot("product").where, **params)


def _with_factor(row: Row, line: ActivityLine, amount: Amount, around: Surroundings) -> ActivityLine | None:
    """Choose the factor, then bring the amount to the unit in which it counts. None for a row that counts nothing."""
    if row.has("own_cfp"):
        return _with_own_factor(row, line, amount)
    if line.flow is None:
        return line
    supply = read_supply(row, line, around.settings, data_year(around.study))
    if supply.flow is None or not supply.counts:
        return None
    choice = choose(
        row.context.library,
        supply.flow,
        around.settings,
        factor_id=row.slot("factor_id").words() if row.has("factor_id") else None,
        region=row.slot("factor_region").words() if row.has("factor_region") else None,
        data_year=data_year(around.study),
    )
    row.context.findings += choice.findings(amount.flow_where)
    steps = amount.steps_to(row, supply.flow, choice.factor)
    return replace(line, flow=supply.flow, factor=choice.factor, steps=steps or (), contract=supply.contract)


def _with_own_factor(row: Row, line: ActivityLine, amount: Amount) -> ActivityLine:
    """Take the supplier's declared footprint as the factor."""
    factor = own_factor(row, line.item, line.id, line.flow)
    if factor is None:
        return line
    flow = own_flow(line.id, factor.name, UNITS[factor.unit.partition("/")[2]])
    return replace(line, flow=flow, factor=factor, steps=amount.steps_to(row, flow, factor) or ())


def data_year(study: Study) -> int | None:
    """Return the year that the data stand for: the one in which the middle of the reference period lies."""
    start, end = study.period_start, study.period_end
    if start is None or end is None:
        return end.year if end else None
    return (start + (end - start) / 2).year


def _data_source(row: Row) -> str:
    slot = row.slot("data_source")
    slot.require()
    return slot.words()


def _is_primary(row: Row) -> bool | None:
    slot = row.slot("quality")
    choice = slot.choice()
    if choice is None and row.has("own_cfp"):
        return True  # what a supplier declares of the part itself is specific to it
    slot.require()
    return None if choice is None else choice == "primary"
