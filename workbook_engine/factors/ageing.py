"""Whether a factor is of the years of the data, and what is said where it is not.

Electricity changes every year and its factors come out a year or more late: a lag of one year with nothing newer at
hand is a note, more than that a warning. Factors of materials, transport, water and waste are taken as they are for
five years, the span that data-quality schemes count as good for time. The default tables of fuels and heat, and GWP
values, do not age: their year is that of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.texts import joined

if TYPE_CHECKING:
    from workbook_engine.model import EmissionFactor, Flow

# Category -> years that pass without a word, years from which on a look is asked for.
_SPANS = {"electricity": (0, 2), "material": (5, 11), "transport": (5, 11), "water": (5, 11), "waste": (5, 11)}


def age_findings(
    factor: EmissionFactor, flow: Flow, data_year: int | None, variants: tuple[EmissionFactor, ...]
) -> tuple[Finding, ...]:
    """Return at most one finding: the factor is older than the data, a little older, or newer."""
    span = _SPANS.get(flow.category)
    if span is None or data_year is None or factor.year is None:
        return ()
    lag, (silent, late) = data_year - factor.year, span
    params = {"data_year": data_year, "factor_year": factor.year, "factor": factor.name}
    if lag < 0 and flow.category == "electricity":
        return (Finding(catalogue.FACTOR_NEWER_THAN_DATA, None, params),)
    newer = _newer(factor, data_year, variants)
    if lag > silent and (newer or lag >= late):
        listed = joined([other.id for other in newer] or ["—"])
        return (Finding(catalogue.FACTOR_OLDER_THAN_DATA, None, {**params, "newer": listed}),)
    return (Finding(catalogue.FACTOR_YEAR_LAG, None, params),) if lag > silent else ()


def _newer(factor: EmissionFactor, data_year: int, variants: tuple[EmissionFactor, ...]) -> list[EmissionFactor]:
    """Return the factors of the same series and region that are newer, and not newer than the data."""
    return [
        other
        for other in variants
        if (other.series, other.region) == (factor.series, factor.region)
        and factor.year is not None
        and other.year is not None
        and factor.year < other.year <= data_year
    ]
