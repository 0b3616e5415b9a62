"""Data quality: amounts and factors rated 1 to 5, weighted by contribution; the share of primary data.

What is known of a figure is turned into facts (rating_rules.py); on each dimension the worst fact decides, and a
dimension that no fact speaks to scores 5. A typed score takes the place of an amount's. A line's score is the worse
of its amount's and its factor's; its DQR is the mean of the five; a stage's and a product's DQR is the mean of the
lines', weighted by the size of their emissions.
"""

from __future__ import annotations

import functools
import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbook_engine.compute import rating_rules as rules
from workbook_engine.compute.pedigree import BASIC, basic_variance, pedigree, stated_pedigree
from workbook_engine.factors.regions import NATION, find_region
from workbook_engine.matching import Matcher
from workbook_engine.model import Basis, Dimension, Rating
from workbook_engine.model.biogenic import CATEGORY
from workbook_engine.spec.collection import SOURCES
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook_engine.compute.rating_rules import Scored
    from workbook_engine.model import ActivityLine, EmissionFactor, Inventory, LineResult, Pedigree, Quantity, Study

NOT_KNOWN = Text("没有依据", "nothing known")
TYPED = Text("咨询人员评定", "typed by the consultant")


def amount_pedigree(line: ActivityLine, study: Study) -> Pedigree:
    """Return the quality of a line's amount."""
    if not line.stated_ratings and line.stated_spread is None:
        basic = basic_variance(line.flow) if line.flow else BASIC
        return _unstated(line.data_source, line.is_primary, line.basis is Basis.PER_UNIT, _days(study), basic)
    ratings = _rated(line.data_source, line.is_primary, line.basis is Basis.PER_UNIT, _days(study))
    if line.stated_ratings:
        ratings = {**ratings, **{d: _typed(quantity) for d, quantity in line.stated_ratings.items()}}
    basic = basic_variance(line.flow) if line.flow else BASIC
    if line.stated_spread is not None and line.amount:
        return stated_pedigree(ratings, basic, line.stated_spread, line.amount)
    return pedigree(ratings, basic)


def _typed(quantity: Quantity) -> Rating:
    return Rating(int(quantity.value), TYPED, where=quantity.where)


@functools.lru_cache(maxsize=1024)
def _unstated(source: str, is_primary: bool | None, per_unit: bool, days: int | None, basic: float) -> Pedigree:  # noqa: FBT001 - as below
    """Return the quality of an amount of which nothing was typed; many lines share one."""
    return pedigree(_rated(source, is_primary, per_unit, days), basic, None)


@functools.lru_cache(maxsize=1024)
def _rated(source: str, is_primary: bool | None, per_unit: bool, days: int | None) -> Mapping[Dimension, Rating]:  # noqa: FBT001 - facts, not switches
    """Rate an amount by the facts known of it; many lines share the same ones."""
    facts = [rules.BY_SOURCE[source_key(source)]]
    facts.append(_PER_UNIT[is_primary] if per_unit else _period_fact(days))
    if is_primary is False:
        facts.append(rules.SECONDARY)
    return MappingProxyType(_worst(facts))


_PER_UNIT = {True: rules.PER_UNIT_PRIMARY, False: rules.PER_UNIT_SECONDARY, None: rules.PER_UNIT_UNSTATED}


def _period_fact(days: int | None) -> Scored:
    if days is None:
        return rules.NO_PERIOD
    if days >= rules.FULL_YEAR_DAYS:
        return rules.FULL_YEAR
    return rules.PART_YEAR if days >= rules.HALF_YEAR_DAYS else rules.SHORT_PERIOD


def _days(study: Study) -> int | None:
    if study.period_start is None or study.period_end is None:
        return None
    return (study.period_end - study.period_start).days + 1


def source_key(typed: str) -> str:
    """Return the key of a data source (meter, invoice …) by what the company typed; "" where it is none of them."""
    match = _sources().find(typed) if typed else None
    return match.value if match else ""


@functools.cache
def _sources() -> Matcher[str]:
    words = {word: choice.key for choice in SOURCES for word in choice.title}
    for choice in SOURCES:
        for word in (*choice.synonyms, choice.key):
            words.setdefault(word, choice.key)
    return Matcher(words)


# --- factors ----------------------------------------------------------------------------------------------------------


def factor_pedigree(factor: EmissionFactor, category: str, inventory: Inventory) -> Pedigree:
    """Return the quality of a factor for a study; `category` is its flow's."""
    data_year = inventory.study.data_year
    tier = "documented" if factor.tier == "stated" and factor.document else factor.tier
    facts = [
        rules.BY_TIER.get(tier, rules.BY_TIER[""]),
        rules.BY_SERIES.get(factor.series, rules.BY_SERIES[""]),
        _year_fact(factor, category, data_year),
    ]
    if factor.series != rules.SUPPLIER_SERIES:
        facts.append(_region_fact(factor, category, inventory.settings.electricity_region))
    exact = category == CATEGORY  # +1 and -1 are what a standard lays down, and no measurement
    return pedigree(_worst(facts), 0.0 if exact else BASIC, factor.spread_percent)


def _region_fact(factor: EmissionFactor, category: str, wanted: str) -> Scored:
    """Compare regions. Where the study names none, China is its region, but a place in China is not all of it."""
    region = factor.region
    if category in rules.ANYWHERE_CATEGORIES:
        return rules.ANY_REGION
    if region == find_region(wanted) and region != NATION:
        return rules.SAME_REGION
    if region.startswith(f"{NATION}-"):
        return rules.OTHER_PROVINCE
    return rules.BY_REGION.get(region, rules.OTHER_COUNTRY)


def _year_fact(factor: EmissionFactor, category: str, data_year: int | None) -> Scored:
    if category in rules.AGELESS_CATEGORIES:
        return rules.AGELESS
    if factor.year is None or data_year is None:
        return rules.NO_YEAR
    distance = abs(data_year - factor.year)
    score = next((score for limit, score in rules.YEARS if distance < limit), rules.WORST)
    words = Text(f"{factor.year} 年的因子，数据为 {data_year} 年", f"factor of {factor.year}, data of {data_year}")
    return rules.Scored({Dimension.TIME: score}, words)


# --- from facts to scores ---------------------------------------------------------------------------------------------


def _worst(facts: Iterable[Scored]) -> dict[Dimension, Rating]:
    """Return on each dimension the worst score with the facts that give it."""
    facts = tuple(facts)
    ratings: dict[Dimension, Rating] = {}
    for dimension in Dimension:
        given = [(fact.scores[dimension], fact.fact) for fact in facts if dimension in fact.scores]
        if not given:
            ratings[dimension] = Rating(rules.WORST, NOT_KNOWN, is_unknown=True)
            continue
        score = max(score for score, _ in given)
        why = [fact for found, fact in given if found == score]
        reason = Text("；".join(fact.zh for fact in why), "; ".join(fact.en for fact in why))
        ratings[dimension] = Rating(score, reason, is_unknown=score == rules.WORST and _is_unknown(why))
    return ratings


_UNKNOWN = frozenset(
    fact.fact
    for fact in (
        rules.BY_SOURCE[""],
        rules.NO_PERIOD,
        rules.PER_UNIT_UNSTATED,
        rules.BY_TIER[""],
        rules.BY_SERIES[""],
        rules.NO_REGION,
        rules.NO_YEAR,
    )
)


def _is_unknown(facts: Sequence[Text]) -> bool:
    return all(fact in _UNKNOWN for fact in facts)


def line_scores(amount: Pedigree, factor: Pedigree | None) -> dict[Dimension, int]:
    """Return a line's scores: on each dimension the worse of amount and factor."""
    return {
        dimension: max(p.ratings[dimension].score for p in (amount, factor) if p is not None) for dimension in Dimension
    }


def line_dqr(scores: Iterable[int]) -> float:
    """Return the mean of a line's five scores."""
    values = tuple(scores)
    return math.fsum(values) / len(values)


# --- weighting --------------------------------------------------------------------------------------------------------


def weighted_dqr(results: Sequence[LineResult], dqr: Iterable[float]) -> float | None:
    """Return Σ |E| · DQR / Σ |E|; None where an emission is not known or all are zero."""
    weights = _weights(results)
    if weights is None:
        return None
    return math.fsum(w * value for w, value in zip(weights, dqr, strict=True)) / math.fsum(weights)


def primary_share(results: Sequence[LineResult]) -> float | None:
    """Return the part of the emissions, by size, whose amounts are primary data; what is not stated is not primary."""
    weights = _weights(results)
    if weights is None:
        return None
    primary = (w for w, result in zip(weights, results, strict=True) if result.line.is_primary)
    return math.fsum(primary) / math.fsum(weights)


def _weights(results: Sequence[LineResult]) -> list[float] | None:
    weights = [abs(result.kg_co2e) for result in results if result.kg_co2e is not None]
    return weights if len(weights) == len(results) and any(weights) else None
