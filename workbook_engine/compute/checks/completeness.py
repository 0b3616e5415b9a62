"""Completeness by stage: the boundary's name against its stages, partial footprints, production without energy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.wording import LISTED, listed, named
from workbook_engine.compute.footprint import WHOLE_LIFE
from workbook_engine.findings import Finding
from workbook_engine.model import Basis, Stage
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Footprint, Inventory, ProductFootprint

ENERGY = frozenset(("electricity", "heat", "fuel"))

# What a boundary's name promises: its title, stages that belong to it, stages that do not.
BOUNDARIES: dict[str, tuple[Text, frozenset[Stage], frozenset[Stage]]] = {
    "cradle_to_grave": (
        Text("摇篮到坟墓", "cradle to grave"),
        frozenset((Stage.RAW_MATERIAL_ACQUISITION, Stage.PRODUCTION, Stage.USE, Stage.END_OF_LIFE)),
        frozenset(),
    ),
    "cradle_to_gate": (
        Text("摇篮到大门", "cradle to gate"),
        frozenset((Stage.RAW_MATERIAL_ACQUISITION, Stage.PRODUCTION)),
        frozenset((Stage.DISTRIBUTION, Stage.STORAGE, Stage.USE, Stage.END_OF_LIFE)),
    ),
}


def check_completeness(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Yield what is missing of what the study says that it covers."""
    yield from _boundary(inventory)
    yield from _plants(inventory)
    for product in footprint.products:
        yield from _known(inventory, product)
        yield from _partial(inventory, product)
        yield from _energy(product)


def _boundary(inventory: Inventory) -> Iterator[Finding]:
    known = BOUNDARIES.get(inventory.study.boundary_type)
    if known is None:
        return
    title, belong, foreign = known
    inside = set(inventory.stages)
    parts: list[Text] = []
    if belong - inside:
        missing = joined(stage.title for stage in Stage if stage in belong - inside)
        parts.append(Text(f"不含“{missing.zh}”", f"it does not include “{missing.en}”"))
    if foreign & inside:
        extra = joined(stage.title for stage in Stage if stage in foreign & inside)
        parts.append(Text(f"含有“{extra.zh}”", f"it includes “{extra.en}”"))
    if parts:
        wrong = (belong - inside) | (foreign & inside)
        where = next((inventory.boundary[stage].where for stage in Stage if stage in wrong), None)
        yield Finding(catalogue.BOUNDARY_TYPE_DISAGREES, where, {"type": title, "stages": joined(parts)})


def _plants(inventory: Inventory) -> Iterator[Finding]:
    """Yield plants without totals of production whose products have those of other plants alone: theirs are lacking."""
    lines = [line for line in inventory.lines if line.stage is Stage.PRODUCTION]
    counted = {line.plant for line in lines if line.basis is Basis.PLANT_TOTAL}
    made = {plant.key: {each.product for each in plant.products if each.product} for plant in inventory.plants}
    by_plants = {key for plant in counted if plant in made for key in made[plant]}
    by_themselves = {
        key
        for line in lines
        if line.basis is not Basis.PLANT_TOTAL and line.flow is not None and line.flow.category in ENERGY
        for key in ([line.product] if line.product else [product.key for product in inventory.products])
    }
    for plant in inventory.plants if len(made) > 1 else ():
        lacking = made[plant.key] & (by_plants - by_themselves) if plant.key not in counted else set()
        names = [product.name for product in inventory.products if product.key in lacking]
        if names:
            yield Finding(catalogue.PLANT_WITHOUT_TOTALS, plant.where, {"plant": plant.name, "products": joined(names)})


def _known(inventory: Inventory, product: ProductFootprint) -> Iterator[Finding]:
    """Yield why a product has no total where no row is to blame: nothing to divide a plant's totals by.

    Of a plant without products that is told already, at the plant or at the output that is missing.
    """
    told = {plant.key for plant in inventory.plants if not plant.products}
    where, name = product.product.where, product.product.name
    if product.product.output is None:
        return  # told where the output is missing
    unknown = [
        result
        for stage in product.stages
        for result in stage.lines
        if result.activity is None and not result.line.blocked and result.line.amount is not None
        and result.line.plant not in told
    ]  # fmt: skip
    if unknown:
        lines = listed((named(result.line) for result in unknown[:LISTED]), of=len(unknown))
        yield Finding(catalogue.RESULT_NOT_KNOWN, where, {"product": name, "lines": lines})


def _partial(inventory: Inventory, product: ProductFootprint) -> Iterator[Finding]:
    where, name = product.product.where, product.product.name
    if not inventory.lines or not name:
        return  # no result to speak of; a name that is missing is told at its own cell
    if product.is_partial:
        missing = joined(stage.title for stage in Stage if stage in WHOLE_LIFE - set(inventory.stages))
        yield Finding(catalogue.PARTIAL_CFP, where, {"stages": missing, "product": name})
    elif product.product.is_declared:
        yield Finding(catalogue.DECLARED_UNIT_OF_WHOLE_LIFE, where, {"product": name})


def _energy(product: ProductFootprint) -> Iterator[Finding]:
    for stage in product.stages:
        flows = [result.line.flow for result in stage.lines]
        if stage.stage is not Stage.PRODUCTION or not flows or None in flows:
            continue
        if not any(flow and flow.category in ENERGY for flow in flows):
            where = stage.lines[0].line.where
            yield Finding(catalogue.PRODUCTION_WITHOUT_ENERGY, where, {"product": product.product.name})
