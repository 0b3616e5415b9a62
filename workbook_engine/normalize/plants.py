"""Plants, what each makes, and how its totals are divided; the outputs of products made at several plants."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.matching import Matcher, canonical
from workbook_engine.model import Plant, PlantProduct, Product, Quantity
from workbook_engine.normalize.context import ROW, Row, rows
from workbook_engine.normalize.named_rows import named_rows
from workbook_engine.normalize.outputs import converted, unit_of
from workbook_engine.normalize.products import product_matcher, read_output
from workbook_engine.normalize.telling_words import check_output_remark
from workbook_engine.normalize.totals import is_total_word
from workbook_engine.normalize.weights import COUNT, SUM_TOLERANCE, THE_PLANT, check_weights
from workbook_engine.texts import joined
from workbook_engine.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from workbook_engine.normalize.context import Context
    from workbook_engine.units import Unit

STATED = "stated"
WEIGHED_IN = {"mass": "kg", "hours": "h", "value": "元"}  # one piece, by basis


def read_plants(
    context: Context, products: tuple[Product, ...], product_rows: Mapping[str, Row]
) -> tuple[tuple[Plant, ...], tuple[Product, ...]]:
    """Read plants with their products. Returns them, and the products with the outputs that only plants state."""
    plant_rows = list(named_rows(context, "plants"))
    made_rows = list(named_rows(context, "plant_products"))
    plants = [_plant(row, f"F{number}") for number, row in enumerate(plant_rows, 1)]
    if not plants and not made_rows:
        return _implied(products), products
    if not plants:
        plants = [_unnamed(made_rows)]
    made: dict[str, list[PlantProduct]] = {plant.key: [] for plant in plants}
    match_plant = plant_matcher(plants)
    match_product = product_matcher(products)
    pairs = {(_product_of(row, match_product), canonical(row.slot("plant").text)) for row in made_rows}
    times = Counter(key for key, _ in pairs if key)
    incomplete: set[str | None] = set()  # products of which a plant's output is not known
    for row in made_rows:
        plant = _plant_of(row, plants, match_plant)
        if plant:
            listed = {key for key, where in pairs if key and where == canonical(row.slot("plant").text)}
            item = _plant_product(row, plant, products, match_product, times, listed)
            made[plant.key] += [item] if item else []
            incomplete |= set() if item else {_product_of(row, match_product)}
        else:
            product = _product_of(row, match_product)
            _check_cells(row, is_alone=times[product or ""] == 1)
            incomplete.add(product)
    complete = tuple(replace(plant, products=tuple(made[plant.key])) for plant in plants)
    _check_names(context, complete)
    _check_units(context, complete)
    check_weights(context, complete, products)
    products = tuple(
        product if product.key in incomplete else _with_output(context, product, product_rows[product.key], complete)
        for product in products
    )
    return tuple(_in_one_unit(plant) for plant in complete), products


def _implied(products: tuple[Product, ...]) -> tuple[Plant, ...]:
    """Return the plant of a study that names none: with one product its totals are that product's."""
    if len(products) != 1 or products[0].output is None:
        return ()
    (product,) = products
    assert product.output is not None  # noqa: S101 - for the type checker, looked at above
    return (Plant("F1", "", None, (PlantProduct(product.key, product.name, product.output, None),), COUNT),)


def _unnamed(made_rows: Sequence[Row]) -> Plant:
    """Return the one plant of a study that lists what it makes and names none; with no basis it goes by count."""
    if len(made_rows) > 1:
        first = made_rows[0]
        first.context.report(catalogue.ALLOCATION_BASIS_MISSING, first.slot("plant").where, plant=THE_PLANT)
    return Plant("F1", "", None, (), COUNT)


def _check_names(context: Context, plants: tuple[Plant, ...]) -> None:
    """Report plants of one name, and products that stand twice among those of a plant."""
    seen: set[str] = set()
    for plant in plants:
        name = canonical(plant.name)
        if name and name in seen:
            context.report(catalogue.PLANT_TWICE, plant.where, name=plant.name)
        seen.add(name)
        made: set[str] = set()
        for product in plant.products:
            key = product.product or canonical(product.name)
            if key in made:
                params = {"product": product.name, "plant": plant.name}
                context.report(catalogue.PLANT_PRODUCT_TWICE, product.output.where, **params)
            made.add(key)


def _in_one_unit(plant: Plant) -> Plant:
    """Return the plant with outputs that are added up without weights in one unit of their kind: t beside kg.

    A weight is that of one unit of output as it was typed, so that beside a weight the output stays in that unit.
    """
    first: dict[str, Unit] = {}
    for made in plant.products:
        unit = unit_of(made.output.unit)
        if unit:
            first.setdefault(unit.dimension, unit)
    return replace(plant, products=tuple(_counted_as(made, first) for made in plant.products))


def _counted_as(made: PlantProduct, units: Mapping[str, Unit]) -> PlantProduct:
    unit = unit_of(made.output.unit)
    if made.weight is not None or unit is None:
        return made
    target = units[unit.dimension]
    output = converted(made.output, unit, target)
    return made if output is made.output else replace(made, output=replace(output, unit=target.symbol))


def _check_units(context: Context, plants: tuple[Plant, ...]) -> None:
    """Report a plant that is divided by count though its outputs are counted in units of different kinds."""
    for plant in plants:
        units = {unit.dimension: unit for made in plant.products if (unit := unit_of(made.output.unit))}
        if plant.allocation_basis == COUNT and len(units) > 1:
            listed = joined(unit.symbol for unit in units.values())
            context.report(catalogue.PLANT_UNITS_MIXED, plant.where, plant=plant.name, units=listed)


def plant_matcher(plants: list[Plant] | tuple[Plant, ...]) -> Matcher[str]:
    """Return the matcher from a plant's name to its key."""
    return Matcher({plant.name: plant.key for plant in plants if plant.name})


def _plant(row: Row, key: str) -> Plant:
    for field in ("name", "justification"):
        row.slot(field).require()
    basis = row.slot("allocation_basis")
    if not basis.text:
        row.context.report(catalogue.ALLOCATION_BASIS_MISSING, basis.where, plant=row.slot("name").text)
    return Plant(
        key=key,
        name=row.slot("name").words(),
        where=row.where,
        products=(),
        allocation_basis=basis.choice() or COUNT,
        justification=row.slot("justification").words(),
    )


def _plant_of(row: Row, plants: list[Plant], matcher: Matcher[str]) -> Plant | None:
    slot = row.slot("plant")
    text = slot.words()
    if not text:
        if len(plants) == 1:
            return plants[0]
        row.context.report(catalogue.PLANT_MISSING, slot.where, count=len(plants))
        return None
    match = matcher.find(text)
    if match is None:
        slot.unknown(catalogue.PLANT_UNKNOWN)
        return None
    found = next(plant for plant in plants if plant.key == match.value)
    if match.step == "similar":
        row.context.report(catalogue.UNDERSTOOD_AS, slot.where, typed=text, value=found.name)
    return found


def _check_cells(row: Row, *, is_alone: bool) -> None:
    """Tell what else is wrong in a row whose plant is not known; what its weight is in, only the plant would say.

    `is_alone`: no other row makes the product, so that a blank output is what Basics states.
    """
    row.slot("product").require()
    output = read_output(row, "unit")
    if row.has("output") or not is_alone:
        _check_output(row, output)
    weight = row.slot("weight")
    weight.number(weight.reading().unit)


def _product_of(row: Row, matcher: Matcher[str]) -> str | None:
    """Return the product of the study that a row certainly names."""
    match = matcher.find(row.slot("product").text)
    return match.value if match and match.step != "similar" else None


def _plant_product(
    row: Row,
    plant: Plant,
    products: tuple[Product, ...],
    matcher: Matcher[str],
    times: Mapping[str, int],
    listed: AbstractSet[str],
) -> PlantProduct | None:
    """Read what a plant makes. `times`: product -> how many plants make it; of several, each states its own output.

    `listed`: the study's products that this plant certainly makes; beside one, a name like it is another's.
    """
    row.slot("product").require()
    name = row.slot("product").words()
    match = matcher.find(name) if name else None
    # A misspelt name may be another product that the plant makes: only a certain match joins it to the study's.
    key = match.value if match and match.step != "similar" else None
    like = match.value if match else _named_in_part(name, products, times)
    if like and key is None:
        meant = next(product.name for product in products if product.key == like)
        kind = catalogue.PRODUCT_ALIKE if like in listed else catalogue.PRODUCT_SIMILAR
        row.context.report(kind, row.slot("product").where, typed=name, product=meant)
    own = next((product.output for product in products if product.key == key), None)
    output = read_output(row, "unit")
    if output is None and not row.has("output") and times.get(key or "", 1) == 1:
        output = own
    elif output and own and not output.unit:
        output = replace(output, unit=own.unit)  # a blank unit is the one that Basics states
    elif output and own:
        output = converted(output, unit_of(output.unit), unit_of(own.unit))
    check_output_remark(row)
    weight = _weight(row, plant, name)  # before anything is given up: what is wrong with it is told at once, too
    known = _check_output(row, output)
    return PlantProduct(key, name, known, weight) if known else None


def _check_output(row: Row, output: Quantity | None) -> Quantity | None:
    """Return an output that is there and not zero; what else it is, is told."""
    if output is not None and output.value != 0:
        return output
    kind = catalogue.OUTPUT_MISSING if output is None else catalogue.OUTPUT_ZERO
    product = row.slot("product").words() or ROW.filled(row=row.record.row)
    params = {"product": product, "typed": output.typed if output else ""}
    row.context.report(kind, row.slot("output").where, **params)
    return None


def _named_in_part(name: str, products: tuple[Product, ...], times: Mapping[str, int]) -> str | None:
    """Return the product that no plant makes and whose name has this one in it, or the other way: 餐桌 of 实木餐桌."""
    word = canonical(name)
    found = [
        product.key
        for product in products
        if product.key not in times and _one_in_the_other(word, canonical(product.name))
    ]
    return found[0] if len(found) == 1 else None


def _one_in_the_other(word: str, name: str) -> bool:
    return min(len(word), len(name)) > 1 and (word in name or name in word)


def _is_alone(row: Row, plant: Plant) -> bool:
    """Tell whether a row is the only product of a plant that states its weights itself: there is nothing to divide."""
    name = row.slot("plant").text
    others = (
        each
        for each in rows(row.context, "plant_products")
        if each.slot("plant").text == name and not is_total_word(each.slot("product").text)
    )
    return plant.allocation_basis == STATED and sum(1 for _ in islice(others, 2)) == 1


def _weight(row: Row, plant: Plant, product: str) -> Quantity | None:
    slot = row.slot("weight")
    # A weight may carry the unit of its basis (500 g, 30 min); 90% is 0.9 of a stated one.
    weight = slot.number(UNITS[WEIGHED_IN.get(plant.allocation_basis, "无量纲")])
    if weight is None and not row.has("weight") and plant.allocation_basis != COUNT and not _is_alone(row, plant):
        basis = next(
            choice.title
            for choice in row.context.spec.table("plants").field("allocation_basis").choices
            if choice.key == plant.allocation_basis
        )
        row.context.report(catalogue.WEIGHT_MISSING, slot.where, plant=plant.name, basis=basis, product=product)
    return weight


def _sum(row: Row, outputs: tuple[Quantity, ...]) -> Quantity:
    """Return the output that only the plants state; its place is the blank cell where the product would state it."""
    first = outputs[0]
    target = unit_of(first.unit)
    parts = tuple(converted(output, unit_of(output.unit), target) for output in outputs)
    return Quantity(math.fsum(part.value for part in parts), row.slot("output").where, "", first.unit, parts)


def _with_output(context: Context, product: Product, row: Row, plants: tuple[Plant, ...]) -> Product:
    """Compare a product's output with what its plants state; take theirs where it states none itself."""
    stated = tuple(made.output for plant in plants for made in plant.products if made.product == product.key)
    if not stated:
        return product
    summed = math.fsum(output.value for output in stated)
    if product.output is None:
        return replace(product, output=stated[0] if len(stated) == 1 else _sum(row, stated))
    if not math.isclose(summed, product.output.value, rel_tol=SUM_TOLERANCE):
        context.report(
            catalogue.OUTPUT_DISAGREES,
            product.output.where,
            product=product.name,
            stated=product.output.typed,
            summed=f"{summed:.15g}",
        )
    return product
