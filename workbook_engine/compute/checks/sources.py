"""How an earlier report names what it used: the GWP report and its year, the series of electricity, values of factors.

IPCC assessment reports by year: AR4 2007; AR5 2013 (working group I, which holds the GWP) and 2014; AR6 2021 (working
group I) to 2023.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.rounding import round_half_up
from workbook_engine.compute.checks.wording import listed, number
from workbook_engine.factors.fuel import t_co2_per_gj
from workbook_engine.findings import Finding
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified
from workbook_engine.units import parse_unit_phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.model import DeclaredSource, EmissionFactor, Inventory

REPORTS: dict[str, tuple[int, ...]] = {"AR4": (2007,), "AR5": (2013, 2014), "AR6": (2021, 2022, 2023)}
_REPORT_WORDS = {
    "AR4": pattern(r"ar\s*4|第四次|fourth", re.IGNORECASE),
    "AR5": pattern(r"ar\s*5|第五次|fifth", re.IGNORECASE),
    "AR6": pattern(r"ar\s*6|第六次|sixth", re.IGNORECASE),
}
_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
FOOTPRINT, CO2 = "electricity_footprint", "electricity_co2"
_FOOTPRINT_WORDS = pattern(r"碳足迹|footprint|life.?cycle|生命周期", re.IGNORECASE)
_CO2_WORDS = pattern(r"二氧化碳排放因子|co2\s*(?:emission)?\s*factor|电力排放因子|排放因子", re.IGNORECASE)


def check_sources(inventory: Inventory, library: FactorLibrary) -> Iterator[Finding]:
    """Yield what is wrong with each name, year and value that a report gives."""
    for source in inventory.declared_sources:
        if source.flow is None:
            yield from _gwp(source, inventory)
        elif source.flow.category == "electricity":
            yield from _electricity(source, inventory, library)
        else:
            yield from _factor(source, inventory, library)


# --- GWP --------------------------------------------------------------------------------------------------------------


def _gwp(source: DeclaredSource, inventory: Inventory) -> Iterator[Finding]:
    report = next((name for name, words in _REPORT_WORDS.items() if words.search(simplified(source.named))), None)
    if report is None:
        return
    year = _year(source)
    if year is not None and year not in REPORTS[report]:
        other = next((name for name, years in REPORTS.items() if year in years), None)
        instead = Text(f"发布的是 {other}", f"is that of {other}") if other else Text("没有发布评估报告", "has none")
        right = "/".join(map(str, REPORTS[report]))
        params: dict[str, object] = {
            "named": source.named,
            "year": year,
            "report": report,
            "right": right,
            "instead": instead,
        }
        yield Finding(catalogue.DECLARED_GWP_YEAR, source.where, params)
    if report != inventory.settings.gwp_set:
        other_set = {"report": report, "used": inventory.settings.gwp_set}
        yield Finding(catalogue.DECLARED_GWP_OTHER, source.where, other_set)


def _year(source: DeclaredSource) -> int | None:
    found = _YEAR.search(source.named)
    return source.year or (int(found[0]) if found else None)


# --- electricity ------------------------------------------------------------------------------------------------------


def _electricity(source: DeclaredSource, inventory: Inventory, library: FactorLibrary) -> Iterator[Finding]:
    matches = _matching(source, library)
    series = {factor.series for factor in matches}
    if source.value is None:
        series = {inventory.settings.electricity_series}
    elif not matches:
        yield from _unknown(source)
        return
    named = _named_series(source.named)
    if len(series) == 1 and named and named != series:
        value = str(source.value.value) if source.value else ""
        params = {"value": value, "named": source.named, "series": library.series_name(next(iter(series)))}
        yield Finding(catalogue.DECLARED_SERIES_MISNAMED, source.where, params)
    years = {factor.year for factor in matches}
    if source.year is not None and matches and source.year not in years:
        factor = matches[0]
        dated: dict[str, object] = {
            "named": source.named,
            "value": str(source.value.value) if source.value else "",
            "year": source.year,
            "right": factor.year or "",
            "factor": listed(match.id for match in matches),
        }
        yield Finding(catalogue.DECLARED_FACTOR_YEAR, source.where, dated)


def _named_series(named: str) -> set[str]:
    """Return the series that a name speaks of; both where it mixes them."""
    found: set[str] = set()
    named = simplified(named)
    if _FOOTPRINT_WORDS.search(named):
        found.add(FOOTPRINT)
    if _CO2_WORDS.search(_FOOTPRINT_PHRASE.sub("", named)):
        found.add(CO2)
    return found


_FOOTPRINT_PHRASE = pattern(r"碳足迹(?:排放)?因子|footprint(?:\s+emission)?\s+factor", re.IGNORECASE)


# --- values -----------------------------------------------------------------------------------------------------------


def _factor(source: DeclaredSource, inventory: Inventory, library: FactorLibrary) -> Iterator[Finding]:
    """Compare a printed value with the factor that the study used for the flow."""
    if source.flow is None or source.value is None:
        return
    used = next((r.factor for r in inventory.lines if r.factor and r.factor.flow == source.flow.key), None)
    matches = _matching(source, library)
    params: dict[str, object] = {"value": str(source.value.value), "unit": source.unit, "flow": source.flow.name}
    if used is not None and used.id in {match.id for match in matches}:
        exact = _in_unit(used, source.unit)
        if exact is not None and not _is_exact(exact, source.value.value):
            shown = {"factor": used.id, "exact": f"{exact:.7g}"}
            yield Finding(catalogue.DECLARED_FACTOR_ROUNDED, source.where, params | shown)
    elif matches and used is not None:
        params |= {"factor": listed(match.id for match in matches), "used": f"{used.id} ({number(used.value)})"}
        yield Finding(catalogue.DECLARED_FACTOR_OTHER, source.where, params)
    elif not matches:
        yield from _unknown(source)


def _unknown(source: DeclaredSource) -> Iterator[Finding]:
    if source.value is not None and source.flow is not None:
        params = {"value": str(source.value.value), "unit": source.unit, "flow": source.flow.name}
        yield Finding(catalogue.DECLARED_FACTOR_UNKNOWN, source.where, params)


def _matching(source: DeclaredSource, library: FactorLibrary) -> list[EmissionFactor]:
    """Return the flow's factors that round to the printed value."""
    if source.flow is None or source.value is None:
        return []
    printed = source.value
    return [
        factor
        for factor in library.variants.get(source.flow.key, ())
        if (value := _in_unit(factor, source.unit)) is not None
        and round_half_up(value, printed.decimals) == printed.value
    ]


def _is_exact(value: float, printed: Decimal) -> bool:
    return abs(Decimal(f"{value:.15g}") - printed) <= abs(printed) * Decimal("1e-9")


def _in_unit(factor: EmissionFactor, unit: str) -> float | None:
    """Return a factor in the unit that a report prints it in; None where the two do not convert.

    A blank unit is the factor's own; per GJ of a fuel it is the factor of its heat.
    """
    if not unit:
        return factor.value
    phrase, own = parse_unit_phrase(unit), parse_unit_phrase(factor.unit)
    if phrase is None or own is None or phrase.unit.dimension != "emission" or phrase.per is None:
        return None
    if phrase.per.symbol == "GJ" and factor.fuel is not None:
        return t_co2_per_gj(factor.fuel) * 1000 / phrase.unit.factor
    if own.per is None or not own.per.converts_to(phrase.per):
        return None
    return factor.value * own.unit.factor / phrase.unit.factor * phrase.per.factor / own.per.factor
