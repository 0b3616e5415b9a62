"""Allocation weights that are a year's hours, value or mass where those of one piece belong: wₖOₖ would count Oₖ twice.

By what the plant says of them, by what they would make of its year, and by how they go with the outputs. The bounds lie
far from what plants have: some 1 to 50 kWh for each hour worked, 0.005 kWh and more for each 元 of output.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.wording import amount, listed, number
from workbook_engine.findings import Finding
from workbook_engine.model import Basis, Stage
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Inventory, Plant, Product

_TOTAL = pattern(
    r"(?:全年|年度?|总|累计)(?:的|总)?(?:工时|产值|销售额|收入|价值|重量|质量|产量)|\b(?:total|annual|yearly)\b",
    re.IGNORECASE,
)
_PER_PIECE = pattern(r"单[台件套只位]|每|[/／÷]|除以|\bper\b|\beach\b", re.IGNORECASE)
WEIGHED = {"hours": Text("小时", "h"), "value": Text("元", "yuan"), "mass": Text("kg", "kg")}
KWH_FOR_EACH = {"hours": 0.05, "value": 1e-4, "mass": 3e-4}
MOST_A_YEAR = {"hours": 2e7, "value": 2e10}  # of 10,000 people; of the largest plants
MOST_A_KG = {"hours": 20.0, "value": 2e5}  # of a satellite; of gold
ALIKE = 1.6  # times: weights for each piece of output, …
APART = 3.0  # … where the outputs are so many times apart
BY_WORDS = Text("分摊说明写的是“{}”", "the justification says “{}”")
BY_ENERGY = Text("按它算，全厂一年 {} {}，每{}只用电 {} kWh", "they make {} {} a year, with {} kWh for each {}")
BY_SIZE = Text("按它算，全厂一年有 {} {}", "they make {} {} a year")
BY_KG = Text("“{}”每千克合 {} {}", "“{}” would have {} {} for each kg")
BY_OUTPUT = Text("各产品的权重与产量几乎成正比", "they go with the outputs almost in proportion")


def check_weighing(inventory: Inventory) -> Iterator[Finding]:
    """Yield plants whose weights look like a year's totals, at the first weight."""
    products = {product.key: product for product in inventory.products}
    for plant in inventory.plants:
        weights = [made.weight for made in plant.products if made.weight is not None]
        if len(weights) < 2 or plant.allocation_basis not in (*WEIGHED, "stated"):
            continue
        if plant.allocation_basis == "mass" and any(product.mass_kg for product in _made(plant, products)):
            continue  # held against the product's mass where the weights are read
        reason = _by_words(plant) or _by_size(inventory, plant) or _by_kg(plant, products) or _by_output(plant)
        if reason is not None:
            params = {"plant": plant.name, "weights": listed(amount(weight.value) for weight in weights)}
            yield Finding(catalogue.WEIGHTS_LIKE_TOTALS, weights[0].where, params | {"reason": reason})


def _made(plant: Plant, products: dict[str, Product]) -> list[Product]:
    """Return the study's products that a plant makes."""
    return [products[made.product] for made in plant.products if made.product in products]


def _by_words(plant: Plant) -> Text | None:
    typed = plant.justification
    text = simplified(typed)
    is_total = _TOTAL.search(text) and not _PER_PIECE.search(text)
    return Text(BY_WORDS.zh.format(typed), BY_WORDS.en.format(typed)) if is_total else None


def _by_size(inventory: Inventory, plant: Plant) -> Text | None:
    """Judge by what the weights, multiplied by the outputs, make of the plant's year."""
    basis, whole = plant.allocation_basis, plant.weighted_output
    unit = WEIGHED.get(basis)
    if unit is None or not whole:
        return None
    if whole > MOST_A_YEAR.get(basis, math.inf):
        return Text(BY_SIZE.zh.format(number(whole), unit.zh), BY_SIZE.en.format(number(whole), unit.en))
    kwh = _electricity(inventory, plant)
    if kwh is None or kwh >= KWH_FOR_EACH[basis] * whole:
        return None
    figures = number(whole), number(kwh / whole)
    zh = BY_ENERGY.zh.format(figures[0], unit.zh, unit.zh, figures[1])
    return Text(zh, BY_ENERGY.en.format(figures[0], unit.en, figures[1], unit.en))


def _electricity(inventory: Inventory, plant: Plant) -> float | None:
    """Return the kWh of the plant's totals of production; None where it has none, or they are not known."""
    lines = [
        line
        for line in inventory.lines
        if line.plant == plant.key and line.stage is Stage.PRODUCTION and line.basis is Basis.PLANT_TOTAL
        and line.flow is not None and line.flow.category == "electricity"
    ]  # fmt: skip
    amounts = [None if line.blocked else line.reference_amount for line in lines]
    known = [each for each in amounts if each is not None]
    return math.fsum(known) if known and len(known) == len(amounts) else None


def _by_kg(plant: Plant, products: dict[str, Product]) -> Text | None:
    most, unit = MOST_A_KG.get(plant.allocation_basis), WEIGHED.get(plant.allocation_basis)
    if most is None or unit is None:
        return None
    for made in plant.products:
        product = products.get(made.product or "")
        mass = product.mass_kg.value if product and product.mass_kg else 0.0
        if mass and made.weight_value / mass > most:
            each = number(made.weight_value / mass)
            return Text(BY_KG.zh.format(made.name, each, unit.zh), BY_KG.en.format(made.name, each, unit.en))
    return None


def _by_output(plant: Plant) -> Text | None:
    """Judge by how weights go with outputs: what is worked on a piece is much the same, however many are made."""
    pairs = [(made.output.value, made.weight_value) for made in plant.products]
    if any(output <= 0 or weight <= 0 for output, weight in pairs):
        return None
    outputs, each = [output for output, _ in pairs], [weight / output for output, weight in pairs]
    is_alike = max(each) <= ALIKE * min(each) and max(outputs) >= APART * min(outputs)
    return BY_OUTPUT if is_alike else None
