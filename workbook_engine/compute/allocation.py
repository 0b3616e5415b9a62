"""What an activity per functional unit is to the amount of a line, by product, basis and plant; and the control of it.

Of a plant's total T, product k gets T × wₖOₖ / Σ wᵢOᵢ (GB/T 24067-2024; ISO 14067:2018, 6.4.6: the allocated amounts
add up to the whole again). Worked out once for a study: lines only look up.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine.model import Basis, PlantControl
from workbook_engine.model.columns import in_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.model import ActivityLine, Inventory, Plant

Key = tuple[str, Basis, str | None]  # product, basis, plant (None but for plant totals)


def coefficients(inventory: Inventory) -> dict[Key, float | None]:
    """Return activity per unit ÷ amount, None where an output is not known.

    A product that a plant does not make, and a plant that is not named, have no entry: such a line does not concern it.
    Per unit: 1. Product total: 1 / O. Plant total: (wₖOₖₚ / Σ wᵢOᵢₚ) / Oₖ, where Oₖₚ is the output of product k at
    plant p and Oₖ its output at all plants in functional units; with one plant that is wₖ / Σ wᵢOᵢ.
    """
    found: dict[Key, float | None] = {}
    for product in inventory.products:
        output = product.output.value if product.output else None
        found[product.key, Basis.PER_UNIT, None] = 1.0
        found[product.key, Basis.PRODUCT_TOTAL, None] = 1.0 / output if output else None
        for plant in inventory.plants:
            if not plant.products or any(made.product == product.key for made in plant.products):
                share = plant_share(plant, product.key)
                known = share / output if output and share is not None else None
                found[product.key, Basis.PLANT_TOTAL, plant.key] = known
    return found


def plant_share(plant: Plant, product: str) -> float | None:
    """Return the part of the plant's totals that falls to a product: wₖOₖ / Σ wᵢOᵢ, None if nothing was made."""
    whole = plant.weighted_output
    own = math.fsum(made.output.value * made.weight_value for made in plant.products if made.product == product)
    return own / whole if whole else None


def find_plant(inventory: Inventory, line: ActivityLine) -> Plant | None:
    """Return the plant whose total the line states, or None where its basis is another."""
    if line.basis is not Basis.PLANT_TOTAL:
        return None
    return next((plant for plant in inventory.plants if plant.key == line.plant), None)


def coefficient_key(product: str, line: ActivityLine) -> Key:
    """Return the key under which `coefficients` holds what a line needs."""
    return product, line.basis, line.plant if line.basis is Basis.PLANT_TOTAL else None


def plant_controls(inventory: Inventory) -> Sequence[PlantControl]:
    """Return a control for each plant total of a stage inside the boundary: what is allocated adds up to it again."""
    per_total = {plant.key: _outputs_by_scope(plant) for plant in inventory.plants if plant.weighted_output}
    stages = set(inventory.stages)
    return in_columns(
        control
        for line in inventory.lines
        if line.stage in stages and (control := _control(line, per_total)) is not None
    )


def _outputs_by_scope(plant: Plant) -> tuple[float, float]:
    """Return Σ (w / Σ wO) × O over the products of the study, and over the others: what they are of a total of 1."""
    whole = plant.weighted_output
    parts: tuple[list[float], list[float]] = ([], [])
    for made in plant.products:
        parts[0 if made.product else 1].append(made.weight_value / whole * made.output.value)
    return math.fsum(parts[0]), math.fsum(parts[1])


def _control(line: ActivityLine, per_total: Mapping[str, tuple[float, float]]) -> PlantControl | None:
    total, scopes = line.reference_amount, per_total.get(line.plant or "")
    if line.basis is not Basis.PLANT_TOTAL or total is None or scopes is None:
        return None
    unit = line.flow.unit if line.flow else ""
    return PlantControl(line.id, line.plant or "", unit, total, total * scopes[0], total * scopes[1])
