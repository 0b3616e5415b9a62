"""How far a finding about a line can move the result: findings are sorted by it, so that the weightiest come first.

Only for findings that say how a figure was read: if it was read amiss, up to the whole line is amiss. A tolerance moves
the line by its width. What the checks and the factors say of themselves is left as it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.findings import Finding, FindingType
    from workbook_engine.model import Footprint

# The part of a line's emission that is in doubt.
DOUBT: dict[FindingType, float] = {
    catalogue.NUMBER_ONE_COMMA: 0.999,  # 1,234 read as 1234 where 1.234 may be meant
    catalogue.NUMBER_ONE_DOT: 999.0,  # 12.000 read as 12 where 12,000 may be meant
    catalogue.NUMBER_MULTIPLIED: 1.0,
    catalogue.NUMBER_PER_UNIT: 1.0,
    catalogue.NUMBER_IN_BRACKETS: 1.0,
    catalogue.NUMBER_WITH_REMARK: 1.0,
    catalogue.NUMBER_APPROXIMATE: 1.0,
    catalogue.UNIT_BY_CONVENTION: 1.0,
    catalogue.UNDERSTOOD_AS: 1.0,
    catalogue.PERCENT_AS_NUMBER: 1.0,
    catalogue.HOURS_ASSUMED: 1.0,
    catalogue.OWN_CFP_UNDOCUMENTED: 1.0,
    catalogue.SUPPLIER_FIELD_UNUSED: 1.0,
    catalogue.PLANT_TOTAL_OF_ONE_PRODUCT: 1.0,
}


def with_effects(findings: Iterable[Finding], footprint: Footprint) -> list[Finding]:
    """Return the findings; those about how a line's figures were read with what they may move, in the worst case."""
    emissions = footprint.emissions_of_rows()
    return [_with_effect(finding, emissions) for finding in findings]


def _with_effect(finding: Finding, emissions: dict[tuple[str, int], float]) -> Finding:
    where = finding.where
    if finding.effect_kg_co2e is not None or where is None or where.row is None:
        return finding
    emission = emissions.get((where.sheet, where.row))
    part = _tolerance(finding) if finding.type is catalogue.NUMBER_WITH_TOLERANCE else DOUBT.get(finding.type)
    return finding if emission is None or part is None else replace(finding, effect_kg_co2e=emission * part)


def _tolerance(finding: Finding) -> float | None:
    """Return half the width of a tolerance over its mean: ±5 of 120."""
    try:
        low, high, mean = (float(str(finding.params[name])) for name in ("low", "high", "value"))
    except (KeyError, ValueError):
        return None
    return (high - low) / 2 / mean if mean else None
