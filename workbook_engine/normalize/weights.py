"""Allocation weights against what they must be: of one piece each, and the mass where mass divides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.grid import PERCENT
from workbook_engine.normalize.masses import is_thousand, named_mass
from workbook_engine.normalize.outputs import functional_unit, unit_of
from workbook_engine.normalize.wording import figure, rounded
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from workbook_engine.findings import Finding
    from workbook_engine.model import Plant, PlantProduct, Product, Quantity
    from workbook_engine.normalize.context import Context

THE_PLANT = Text("本厂", "The plant")  # that has no name
COUNT, MASS = "count", "mass"  # keys of the allocation basis
UNITS_OF_WEIGHTS = frozenset({MASS, "hours", "value"})  # the bases whose weights have a unit
SUM_TOLERANCE = 1e-6  # relative: outputs are whole numbers or weighed figures, never rounded to less than this
WHOLES = (1.0, 100.0)  # what shares add up to
SHARE_TOLERANCE = 1e-3  # relative: 33.3 % three times is a whole
FAR_APART = 100.0  # times: one piece of a plant's products seldom weighs, costs or takes so much more than another
STATED_APART = 800.0  # times: of weights that the plant states itself, without a unit, only a slip of thousands
SLIP_NEARER = 1000.0**0.5  # times: from here on, read as grams beside kilograms, weights are nearer to each other
MASS_AGREES = 2.0  # times: a weight with its packaging is still one piece's


def check_weights(context: Context, plants: tuple[Plant, ...], products: tuple[Product, ...]) -> None:
    """Report weights that are not certain to be of one piece.

    Those beside division by count; those of which some are percentages and some are not, 90% beside 10; those that add
    up to a whole, as shares of the plant do; those so far apart that they may be in two units; a mass that is not the
    product's.
    """
    by_key = {product.key: product for product in products}
    for plant in plants:
        weights = [made.weight for made in plant.products if made.weight is not None]
        if not weights:
            continue
        if plant.allocation_basis in (COUNT, ""):
            _check_beside_count(context, plant, weights[0])
        else:
            _check_whole(context, plant, weights)
            _check_far_apart(context, plant)
        if plant.allocation_basis == MASS:
            _check_masses(context, plant, by_key)


def _check_beside_count(context: Context, plant: Plant, first: Quantity) -> None:
    if len({made.weight_value for made in plant.products}) > 1:
        listed = joined(_as_seen(made.weight) if made.weight else figure(made.weight_value) for made in plant.products)
        context.findings[:] = [each for each in context.findings if not _is_basis_of(plant, each)]  # told once
        context.report(catalogue.WEIGHTS_BY_COUNT, first.where, plant=plant.name or THE_PLANT, weights=listed)


def _is_basis_of(plant: Plant, finding: Finding) -> bool:
    return finding.type is catalogue.ALLOCATION_BASIS_MISSING and finding.params["plant"] == (plant.name or THE_PLANT)


def _check_whole(context: Context, plant: Plant, weights: list[Quantity]) -> None:
    """Report weights that add up to 1 or 100: each is multiplied by its output, which a share of the plant is not."""
    params = {"plant": plant.name, "weights": joined(map(_as_seen, weights))}
    in_hundredths = math.fsum(weight.value * 100 if weight.value <= 1 else weight.value for weight in weights)
    is_mixed = 0 < sum(weight.value <= 1 for weight in weights) < len(weights)
    if is_mixed and math.isclose(in_hundredths, 100, rel_tol=SUM_TOLERANCE):
        context.report(catalogue.WEIGHTS_MIXED, weights[0].where, **params)
        return
    summed = math.fsum(weight.value for weight in weights)
    is_whole = any(math.isclose(summed, whole, rel_tol=SHARE_TOLERANCE) for whole in WHOLES)
    if is_whole and len(weights) > 1 and len({made.output.value for made in plant.products}) > 1:
        in_per_cent = all(weight.unit == PERCENT for weight in weights)
        total = f"{summed * 100:.6g}%" if in_per_cent else figure(round(summed, 6))
        context.report(catalogue.WEIGHTS_LIKE_SHARES, weights[0].where, **params, sum=total)


def _check_far_apart(context: Context, plant: Plant) -> None:
    """Ask about weights that may be in two units: grams beside kilograms leave one product with hardly anything."""
    weighed = [made for made in plant.products if made.weight is not None and made.weight.value > 0]
    if len(weighed) < 2:
        return
    small, large = (find(weighed, key=lambda made: made.weight_value) for find in (min, max))
    times = large.weight_value / small.weight_value
    has_units = plant.allocation_basis in UNITS_OF_WEIGHTS
    is_far = _is_far(times, small, large) if has_units else times >= STATED_APART
    if not is_far or small.weight is None or large.weight is None:
        return
    params = {
        "small": small.name,
        "smaller": _as_seen(small.weight),
        "large": large.name,
        "larger": _as_seen(large.weight),
    }
    context.report(catalogue.WEIGHTS_FAR_APART, small.weight.where, plant=plant.name, **params, times=f"{times:,.0f}")


def _is_far(times: float, small: PlantProduct, large: PlantProduct) -> bool:
    """Tell whether weights are too far apart; fewer are made of what is much heavier, so that less tells where not."""
    is_alike = len({_counted_in(made) for made in (small, large)}) == 1
    makes_more = is_alike and large.output.value >= small.output.value
    return times >= FAR_APART or (makes_more and times >= SLIP_NEARER)


def _counted_in(made: PlantProduct) -> str:
    unit = unit_of(made.output.unit)
    return unit.dimension if unit else "count"


def _as_seen(weight: Quantity) -> str:
    """Return a weight as its cell shows it: 90%, not the 0.9 that the file holds."""
    return f"{weight.value * 100:.12g}%" if weight.unit == PERCENT else figure(weight.value)


def _check_masses(context: Context, plant: Plant, products: dict[str, Product]) -> None:
    """Report a weight that is far from the product's own mass: a year's mass, or a slip of units.

    Of a product that is not the study's, its unit (a tonne) or its name (5kg桶) may tell the mass.
    """
    for made in plant.products:
        _check_stated_mass(context, made)
        product = products.get(made.product or "")
        mass = product.mass_kg.value if product and product.mass_kg else 0.0
        if product is None or made.weight is None or not made.weight.value or not mass:
            continue
        if functional_unit(product.unit, made.output.unit).times != 1:
            continue  # the mass is that of several pieces
        ratio = made.weight.value / mass
        if _differs(ratio):
            params = {"product": made.name, "weight": figure(made.weight.value), "mass": figure(mass)}
            context.report(catalogue.WEIGHT_NOT_MASS, made.weight.where, **params)


def _check_stated_mass(context: Context, made: PlantProduct) -> None:
    """Report a weight that is not the mass that the product's unit or name states."""
    unit = unit_of(made.output.unit)
    if made.weight is None or not made.weight.value:
        return
    if unit is not None and unit.dimension == "mass":
        text, kg, is_wrong = f"1 {unit}", unit.factor, _differs(made.weight.value / unit.factor)
    else:
        text, kg = named_mass(made.name) or ("", 0.0)
        is_wrong = kg > 0 and is_thousand(made.weight.value / kg)
    if is_wrong:
        params = {"product": made.name, "weight": figure(made.weight.value), "typed": text, "kg": rounded(kg, 6)}
        context.report(catalogue.WEIGHT_NOT_UNIT, made.weight.where, **params)


def _differs(ratio: float) -> bool:
    return not 1 / MASS_AGREES <= ratio <= MASS_AGREES
