"""Rows of the stage sheets -> lines of activity data.

A row is understood in this order: is it a line at all (an example, a total, a row that does not apply are not); by
which of the table's routes it is filled in; product, basis and plant; amount; flow and unit; factor. Everything that is
wrong with a row is reported at once, and the row then stands in the inventory as a blocked line.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.frozen import frozen
from workbook_engine.matching import canonical
from workbook_engine.model import ActivityLine, Basis, Stage
from workbook_engine.model.compact import LineList
from workbook_engine.normalize.amounts import MONTHS, Amount, read_activity, read_freight
from workbook_engine.normalize.context import ROW, Row, report_unused, rows
from workbook_engine.normalize.counting import read_counting
from workbook_engine.normalize.denominators import check_denominator, per_piece
from workbook_engine.normalize.drawn_down import DrawnDown
from workbook_engine.normalize.losses import loss_steps
from workbook_engine.normalize.no_lines import is_no_line
from workbook_engine.normalize.parts import Parts
from workbook_engine.normalize.plants import plant_matcher
from workbook_engine.normalize.products import product_matcher
from workbook_engine.normalize.removals import check_removal
from workbook_engine.normalize.stated_quality import stated_ratings, stated_spread
from workbook_engine.normalize.suppliers import BASES as SUPPLIER
from workbook_engine.normalize.suppliers import is_footprint_of_parts, part_steps, read_own_amount, report_papers_alone
from workbook_engine.normalize.telling_words import check_words
from workbook_engine.normalize.totals import Totals
from workbook_engine.normalize.treatment import check_routes, is_credit, route_steps
from workbook_engine.normalize.trips import is_by_trips, read_trips
from workbook_engine.normalize.use_profile import life_steps
from workbook_engine.spec.collection import BASES
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from workbook_engine.findings import CellRef, Finding
    from workbook_engine.matching import Matcher
    from workbook_engine.model import Plant, Product, Settings, Study
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
PER_UNIT = Text("功能单位", "functional unit")
EVERY_PRODUCT = Text("所有产品", "all products")  # what a blank says too
ALL_PRODUCTS = frozenset(
    canonical(word)
    for word in ("所有产品", "全部产品", "全部", "所有", "各产品", "通用", "共用", "all", "all products")
)
FREIGHT_FIELDS = ("mass", "distance_km", "mode")
NO_TRIPS = Text("只有按车次填写的行才按往返加倍", "only rows given by trips are doubled for the way back")


@dataclass(slots=True)
class Lines:
    """The lines with the findings of their rows. `unplaced`: an error stands against a row that became no line."""

    lines: list[ActivityLine] = field(default_factory=LineList)
    findings: list[Finding] = field(default_factory=list)
    unplaced: bool = False


@frozen
class Surroundings:
    """What a row refers to. `problems`: product key -> what is to be said if a line needs its output."""

    settings: Settings
    data_year: int | None
    years: frozenset[int]  # that the reference period touches; none where it is not known
    products: Mapping[str, Product]
    plants: Mapping[str, Plant]
    match_product: Matcher[str]
    match_plant: Matcher[str]
    problems: Mapping[str, Finding]
    is_plant_implied: bool  # no plant and no plant's product was filled in
    per_piece: Mapping[str | None, Collection[str]]  # product, None for all: 每把 of a chair that is counted in 把

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
            study.data_year,
            study.years,
            {product.key: product for product in products},
            {plant.key: plant for plant in plants},
            product_matcher(products),
            plant_matcher(plants),
            problems,
            not any(True for key in ("plants", "plant_products") for _ in rows(context, key)),
            per_piece(products),
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
        elif not any(made.product for made in plant.products):
            context.report(catalogue.PLANT_MAKES_OTHERS, _first_made(context, plant), plant=plant.name)
    bases = {(line.product, line.plant) for line in lines if line.basis is not Basis.PER_UNIT}
    needed = {key for product, plant in bases for key in _products_of(product, plant, around)}
    context.findings += [problem for key, problem in around.problems.items() if key in needed]


def _first_made(context: Context, plant: Plant) -> CellRef | None:
    """Return the cell that names the plant's first product."""
    made = list(rows(context, "plant_products"))
    own = [row for row in made if canonical(row.slot("plant").text) == canonical(plant.name)]
    return (own or made)[0].slot("product").where if made else plant.where


def _products_of(product: str | None, plant: str | None, around: Surroundings) -> set[str]:
    """Return the products that a line with a total concerns."""
    named = {product} if product else set(around.products)
    made = {each.product for each in around.plants[plant].products if each.product} if plant else named
    return named & made if made else named


def _with_next(table: Iterator[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Yield each row with the one below it."""
    row = next(table, None)
    while row:
        below = next(table, None)
        yield row, below
        row = below


def _read_table(context: Context, key: str, stage: Stage, around: Surroundings, lines: Lines) -> None:
    totals, parts, drawn = Totals(), Parts(), DrawnDown()
    for number, (row, below) in enumerate(_with_next(rows(context, key)), 1):
        mark = len(context.findings)
        line = None if is_no_line(row, totals, below) else _line(row, stage, number, around)
        if line:
            lines.lines.append(line)
            totals.add(row, line)
            lines.unplaced |= parts.add(row, line)
            drawn.add(row, line)
        else:
            lines.unplaced = lines.unplaced or context.errors_since(mark)
    mark = len(context.findings)
    totals.report_totals_above(context)
    drawn.report(context)
    lines.unplaced |= parts.report(context) or context.errors_since(mark)


# --- one line ---------------------------------------------------------------------------------------------------------


def _line(row: Row, stage: Stage, number: int, around: Surroundings) -> ActivityLine | None:
    mark = len(row.context.findings)
    stage = _part(row, stage)
    item = row.slot("item").words() or row.text("flow") or ROW.filled(row=row.record.row).to(row.context.language)
    line_id = f"{ID_LETTERS[stage]}-{number:03d}"
    amount = _amount(row, item)
    if amount.omitted:
        return None
    product = _product(row, around)
    basis, choice = _basis(row, item, around.per_piece[product])
    plant = _plant(row, basis, around)
    _check_plant(row, product, plant, around)
    if basis is Basis.PRODUCT_TOTAL and product is None and not row.has("product") and len(around.products) > 1:
        params = {"basis": row.slot("basis").text, "count": len(around.products)}
        row.context.report(catalogue.PRODUCT_OF_TOTAL_MISSING, row.slot("product").where, item=item, **params)
    if basis is Basis.PER_UNIT and row.has_any(MONTHS):
        row.context.report(catalogue.MONTHS_PER_UNIT, amount.where, item=item, basis=row.text("basis"))
    if amount.per:
        products = [around.products[product]] if product else list(around.products.values())
        check_denominator(row, item, amount.per, basis, choice, products, by_months=amount.by_months)
    counting = read_counting(row, line_id, item, amount, around.settings, around.data_year)
    if counting is None:
        return None
    credit = is_credit(row)
    check_removal(row, item, stage, counting.flow, credit=credit)
    if not credit:
        check_words(row, item, stage, counting.flow, around.years)
    return ActivityLine(
        id=line_id,
        stage=stage,
        item=item,
        product=product,
        flow=counting.flow,
        flow_typed=row.text("mode" if is_freight(row) else "flow"),
        amounts=amount.quantities,
        unit=amount.unit_text,
        steps=(
            *counting.steps,
            *part_steps(row, item, choice),
            *loss_steps(row, item, basis or Basis.PER_UNIT),
            *life_steps(row),
            *route_steps(row, credit=credit),
        ),
        basis=basis or Basis.PER_UNIT,
        plant=plant,
        factor=counting.factor,
        where=amount.where,
        data_source=_data_source(row),
        is_primary=_is_primary(row),
        remark=row.text("remark"),
        contract=counting.contract,
        rung=counting.rung,
        alternatives=counting.alternatives,
        is_credit=credit,
        stated_ratings=stated_ratings(row),
        stated_spread=stated_spread(row, amount.total),
        blocked=row.context.errors_since(mark),
    )


def _amount(row: Row, item: str) -> Amount:
    """Read the amount by the route that the row is filled in by."""
    if row.has("own_cfp"):
        return read_own_amount(row, item)
    report_papers_alone(row, item)
    if is_by_trips(row):
        return read_trips(row, item)
    if row.has("round_trip") and row.slot("round_trip").choice() == "yes":
        report_unused(row, item, "round_trip", NO_TRIPS)
    if not is_freight(row):
        return read_activity(row, item)
    if row.has("amount"):
        row.context.report(catalogue.TWO_ROUTES, row.slot("amount").where, item=item)
    return read_freight(row, item)


def is_freight(row: Row) -> bool:
    """Tell whether a row is filled in as mass × distance."""
    return row.has_any(FREIGHT_FIELDS) and not is_by_trips(row)


def _part(row: Row, stage: Stage) -> Stage:
    """Return the stage of a row on the sheet that distribution and storage share."""
    if stage is not Stage.DISTRIBUTION:
        return stage
    choice = row.slot("part").choice()
    return Stage(choice) if choice else stage


def _basis(row: Row, item: str, piece: Collection[str]) -> tuple[Basis | None, str | None]:
    """Return the basis that counts, and the choice: a supplier's bases are brought to one unit of product by steps.

    `piece` are the words that say per functional unit by the product's own unit.
    """
    slot = row.slot("basis")
    is_piece = canonical(slot.text) in piece
    if is_piece:
        row.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=slot.text, value=BASES[0].title)
    choice = Basis.PER_UNIT.value if is_piece else slot.choice()
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
    if not row.has("product"):
        return None
    slot = row.slot("product")
    text = slot.words()
    if not text:
        return None
    match = around.match_product.find(text)
    if match is None and canonical(text) in ALL_PRODUCTS:
        row.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=text, value=EVERY_PRODUCT)
        return None
    if match is None:
        alike = [
            f"{p.name} {p.model}".strip() for p in around.products.values() if canonical(p.name) == canonical(text)
        ]
        if len(alike) > 1:
            row.context.report(catalogue.PRODUCT_UNCLEAR, slot.where, typed=text, products=joined(alike))
        else:
            slot.unknown(catalogue.PRODUCT_UNKNOWN)
        return None
    if match.step == "similar":
        name = around.products[match.value].name
        row.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=text, value=name)
    return match.value


def _plant(row: Row, basis: Basis | None, around: Surroundings) -> str | None:
    """Return the plant of a plant's total. One that nobody knows is told where the basis is not known either."""
    if basis not in (None, Basis.PLANT_TOTAL):
        return None
    slot = row.slot("plant")
    text = slot.words()
    if text:
        match = around.match_plant.find(text)
        if match is None:
            slot.unknown(catalogue.PLANT_UNKNOWN)
            return None
        if match.step == "similar":
            row.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=text, value=around.plants[match.value].name)
        return match.value if basis else None
    if basis is None:
        return None
    if len(around.plants) == 1:
        (plant,) = around.plants.values()
        if around.is_plant_implied:
            row.context.report(catalogue.PLANT_IMPLIED, slot.where, product=plant.products[0].name)
        return plant.key
    if around.plants:
        row.context.report(catalogue.PLANT_MISSING, slot.where, count=len(around.plants))
    elif len(around.products) > 1:
        row.context.report(catalogue.PLANTS_NOT_LISTED, slot.where, count=len(around.products))
    return None  # of one product without plants the output is missing, which is reported


def _check_plant(row: Row, product: str | None, plant_key: str | None, around: Surroundings) -> None:
    """Report a plant's total that names one product: of which the plant makes others too, or which it does not make."""
    plant = around.plants.get(plant_key or "")
    if plant is None or product is None or not plant.products:
        return
    made = {each.product for each in plant.products}
    params = {"product": around.products[product].name, "plant": plant.name}
    if product not in made:
        row.context.report(catalogue.PLANT_DOES_NOT_MAKE, row.slot("product").where, **params)
    elif len(plant.products) > 1:
        row.context.report(catalogue.PLANT_TOTAL_OF_ONE_PRODUCT, row.slot("product").where, **params)


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
