"""Scenarios: the footprints computed anew with named changes of inputs, side by side with the result.

A line's amount × `times`; where another factor is given, `share` of the amount counts with it and the rest with the
line's own: E = amount × times × ((1 - share) × EF + share × EF′).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.compute.footprint import compute_footprint
from workbook_engine.model import ScenarioResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import ActivityLine, EmissionFactor, Inventory, Scenario, ScenarioChange


def run_scenarios(inventory: Inventory) -> tuple[ScenarioResult, ...]:
    """Compute every scenario of an inventory; a blocked line stays blocked in all of them."""
    return tuple(
        ScenarioResult(scenario, compute_footprint(changed_inventory(inventory, scenario)))
        for scenario in inventory.scenarios
    )


def changed_inventory(inventory: Inventory, scenario: Scenario) -> Inventory:
    """Return the inventory as a scenario has it."""
    changes = {change.line_id: change for change in scenario.changes}
    lines = tuple(_changed(line, changes[line.id]) if line.id in changes else line for line in inventory.lines)
    return replace(inventory, lines=lines)


def _changed(line: ActivityLine, change: ScenarioChange) -> ActivityLine:
    amounts = tuple(replace(amount, value=amount.value * change.times) for amount in line.amounts)
    factor = line.factor
    if factor and change.factor:
        value, gases = scenario_factor(factor.value, change), _scenario_gases(factor, change.factor, change.share)
        factor = replace(change.factor, value=value, gases=gases)
    return replace(line, amounts=amounts, factor=factor)


def _scenario_gases(own: EmissionFactor, other: EmissionFactor, share: float) -> Mapping[str, float]:
    """Return the parts of a factor of which a share is another's: what either does not tell apart is not told."""
    parts = dict.fromkeys((*own.gases, *other.gases))
    return {gas: (1 - share) * own.gases.get(gas, 0.0) + share * other.gases.get(gas, 0.0) for gas in parts}


def scenario_factor(base: float, change: ScenarioChange) -> float:
    """Return the factor that a change makes of a line's own, kgCO2e per reference unit."""
    return base if change.factor is None else (1 - change.share) * base + change.share * change.factor.value
