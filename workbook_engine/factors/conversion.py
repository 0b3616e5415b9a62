"""From the unit that a company typed to the unit in which a flow's factors count, as steps that can be shown.

In this order:
1. units of one dimension: their ratio (MWh -> kWh);
2. volume <-> mass by the flow's density (L of diesel -> kg);
3. kgCO2, tCO2 -> kg of a flow that is CO2 itself, whose GWP is 1;
4. energy -> the reference unit of a fuel by the NCV of the factor that the line uses (GJ, tce of diesel -> kg), so
   that amount × factor is what the energy gives in that factor's own document.

Electricity in tonnes of coal equivalent is not converted: Chinese statistics count a kWh by its heat content (当量值,
0.1229 kgce) or by the coal burnt for it (等价值, some 0.3 kgce), and the unit alone does not tell which.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from workbook_engine.model import Operation, Step
from workbook_engine.model.biogenic import CATEGORY
from workbook_engine.texts import Text
from workbook_engine.units import UNITS, Unit, parse_unit

if TYPE_CHECKING:
    from fractions import Fraction

    from workbook_engine.model import EmissionFactor, Flow

_CO2 = "co2"  # key of the flow
_COAL_EQUIVALENT = ("tce", "kgce", "gce")
_NCV_UNITS = {"t": Text("t", "t"), "10^4 m3": Text("10⁴ m³", "10⁴ m³")}


def conversion_steps(from_unit: Unit, flow: Flow, factor: EmissionFactor | None) -> tuple[Step, ...] | None:
    """Return the steps from an amount in `from_unit` to the flow's reference unit; () where none is needed.

    None where there is no way: other dimensions, no density, no NCV (a fuel by energy needs the factor that its line
    uses), electricity in coal equivalent.
    """
    reference = parse_unit(flow.unit)
    if reference is None or _is_ambiguous(from_unit, flow):
        return None
    if from_unit.converts_to(reference):
        return _ratio(from_unit, reference)
    if from_unit.dimension == "emission" and (flow.key == _CO2 or flow.category == CATEGORY):
        return (*_ratio(from_unit, UNITS["kgCO2e"]), *_ratio(UNITS["kg"], reference))
    return _by_density(from_unit, flow, reference) or _by_heat(from_unit, factor, reference)


def _is_ambiguous(unit: Unit, flow: Flow) -> bool:
    return flow.category == "electricity" and unit.symbol.endswith(_COAL_EQUIVALENT)


@functools.lru_cache(maxsize=256)
def _ratio(source: Unit, target: Unit) -> tuple[Step, ...]:
    """Return the one step between two units: a multiplication or a division by the number that reads best."""
    ratio = source.exact / target.exact
    if ratio == 1:
        return ()
    operation, operand = _readable(ratio)
    label = Text(f"{source} 换算为 {target}", f"{source} to {target}")
    definition = f"1 {source} = {float(ratio):.10g} {target}"
    return (Step(operation, operand, label, source=definition),)


def _readable(ratio: Fraction) -> tuple[Operation, float]:
    """Return × ratio, or ÷ its inverse where that is the shorter number: ÷ 1000 instead of × 0.001."""
    inverse = 1 / ratio
    if inverse.denominator < ratio.denominator:
        return Operation.DIVIDE, float(inverse)
    return Operation.MULTIPLY, float(ratio)


def _by_density(source: Unit, flow: Flow, reference: Unit) -> tuple[Step, ...] | None:
    density = flow.density_kg_per_l
    if not density:
        return None
    ways = {("volume", "mass"): (Operation.MULTIPLY, "L", "kg"), ("mass", "volume"): (Operation.DIVIDE, "kg", "L")}
    way = ways.get((source.dimension, reference.dimension))
    if way is None:
        return None
    operation, before, after = way
    label = Text(f"密度 {density:g} kg/L", f"density {density:g} kg/L")
    middle = Step(operation, density, label, source=flow.density_source)
    return (*_ratio(source, UNITS[before]), middle, *_ratio(UNITS[after], reference))


def _by_heat(source: Unit, factor: EmissionFactor | None, reference: Unit) -> tuple[Step, ...] | None:
    fuel = factor.fuel if factor else None
    if factor is None or fuel is None or source.dimension != "energy":
        return None
    stated = UNITS["t"] if fuel.ncv_unit == "t" else Unit("万m³", "volume", UNITS["m³"].exact * 10_000)
    if not stated.converts_to(reference):
        return None
    per = _NCV_UNITS[fuel.ncv_unit]
    label = Text(f"低位发热量 {fuel.ncv_gj:g} GJ/{per.zh}", f"NCV {fuel.ncv_gj:g} GJ/{per.en}")
    by_ncv = Step(Operation.DIVIDE, fuel.ncv_gj, label, source=factor.document)
    return (*_ratio(source, UNITS["GJ"]), by_ncv, *_ratio(stated, reference))
