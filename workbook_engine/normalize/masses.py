"""A product's mass against what else says how heavy it is: its functional unit, its reference flow, its name.

The mass enters no result, but every question of proportion is asked by it: 1000 times wrong, it asks the wrong ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.normalize.numerals import even
from workbook_engine.normalize.outputs import functional_unit, unit_of
from workbook_engine.normalize.wording import figure, rounded
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Product
    from workbook_engine.normalize.context import Row

AGREES = 2.0  # times: with its packaging a kilogram of product is still less than two
SLIP = 1.25  # times of a thousand: 25 kg in a name beside 25,000 kg; 5t of a crane are what it lifts
THOUSAND = 1000.0
_IN_NAME = pattern(r"([0-9]+(?:\.[0-9]+)?)\s*(kg|千克|公斤|g|克|t|吨)(?![0-9a-z/])")


def check_mass(row: Row, product: Product) -> None:
    """Ask about a mass that contradicts the unit of the result, the reference flow, or a mass in the name."""
    mass = product.mass_kg
    if mass is None or not mass.value:
        return
    for text, kg, most in _stated(row, product):
        ratio = mass.value / kg
        is_slip = not 1 / most < ratio < most if most == AGREES else is_thousand(ratio)
        if is_slip:
            params = {"product": product.name, "mass": figure(mass.value), "typed": text, "kg": rounded(kg, 6)}
            row.context.report(catalogue.MASS_DISAGREES, mass.where, **params)
            return


def is_thousand(ratio: float) -> bool:
    """Tell whether a ratio is that of a slip between g, kg and t."""
    return any(slip / SLIP < max(ratio, 1 / ratio) < slip * SLIP for slip in (THOUSAND, THOUSAND**2))


def _stated(row: Row, product: Product) -> Iterator[tuple[str, float, float]]:
    """Yield what else says how many kg one unit of product has: its text, the kg, how far the mass may be from it."""
    unit = functional_unit(product.unit, product.output.unit if product.output else "")
    if unit.unit is not None and unit.unit.dimension == "mass":
        yield product.unit, unit.times * unit.unit.factor, AGREES
    output = unit_of(row.slot("output_unit").text)
    flow = row.slot("reference_flow").reading().value if row.has("reference_flow") else None
    if output is not None and output.dimension == "mass" and flow:
        yield f"{figure(flow)} {output}", flow * output.factor, AGREES
    for text in (product.name, product.model, product.unit):
        named = named_mass(text) if text else None
        if named:
            yield *named, SLIP


def named_mass(text: str) -> tuple[str, float] | None:
    """Return a text and the kg that it names, None where it names none: 5 of 5kg桶."""
    found = _IN_NAME.search(simplified(even(text)).casefold())
    unit = unit_of(found[2]) if found else None
    return (text, float(found[1]) * unit.factor) if found and unit and float(found[1]) else None
