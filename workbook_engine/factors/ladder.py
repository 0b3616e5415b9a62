"""How a line gets its factor: one ladder, the first rung that holds decides.

1. `line`: the line names a factor id.
2. `factor_set`: the study's factor set names a factor for the flow.
3. `settings`: electricity by the series, region and year of the settings (blank region: the nation; blank year: the
   newest not after the data); greenhouse gases by the GWP set.
4. `default`: among the series that have an order in the library: that order; then region (China, global, others); then
   years not after the data before later ones; then the better tier; then the newer year; then the id.

A rung that names what the library lacks does not fall through to the next: the line gets no factor and a finding. A
series without an order (CPCD, UK proxies, factors of published reports) is reached by rungs 1 and 2 only.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.factors.ageing import age_findings
from workbook_engine.factors.columns import TIERS
from workbook_engine.factors.library import GWP_PREFIX
from workbook_engine.factors.regions import NATION, find_region, region_name
from workbook_engine.factors.remarks import caution_text
from workbook_engine.findings import Finding
from workbook_engine.frozen import frozen
from workbook_engine.matching import canonical
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.factors.library import FactorLibrary
    from workbook_engine.model import EmissionFactor, Flow, Settings

CO2_SERIES = "electricity_co2"
_REGION_ORDER = {NATION: 0, "GLO": 1}
_TIER_ORDER = {tier: order for order, tier in enumerate(TIERS)}
_SHOWN = 4  # how many alternatives a sentence names


@frozen
class Choice:
    """The factor of a line, how it was reached, and what else there was.

    `rung` is line, factor_set, settings, default, or none. `alternatives` are the flow's other factors (for
    electricity those of the region and the nation). `remarks` carry no place: they are told at the line's cell.
    """

    factor: EmissionFactor | None
    rung: str
    alternatives: tuple[EmissionFactor, ...] = ()
    remarks: tuple[Finding, ...] = ()


@frozen
class _Question:
    library: FactorLibrary
    flow: Flow
    settings: Settings
    factor_id: str | None
    region: str
    year: int | None
    data_year: int | None

    @property
    def variants(self) -> tuple[EmissionFactor, ...]:
        return self.library.variants[self.flow.key]


def choose(
    library: FactorLibrary,
    flow: Flow,
    settings: Settings,
    *,
    factor_id: str | None = None,
    region: str | None = None,
    year: int | None = None,
    data_year: int | None = None,
) -> Choice:
    """Return the factor of a flow for one line.

    `factor_id` is the id that the line names; `region` (a code or a name) and `year` take the place of the settings'
    for electricity used elsewhere; `data_year` is the year of the activity data, None where it is not known.
    """
    wanted = region or settings.electricity_region
    code = (find_region(wanted) or wanted) if wanted else NATION
    return _chosen(library, flow.key, settings, factor_id, code, year or settings.electricity_year, data_year)


@functools.lru_cache(maxsize=1024)  # a study of 100,000 lines asks a few dozen different questions
def _chosen(
    library: FactorLibrary,
    flow: str,
    settings: Settings,
    factor_id: str | None,
    region: str,
    year: int | None,
    data_year: int | None,
) -> Choice:
    question = _Question(library, library.flows[flow], settings, factor_id, region, year, data_year)
    for rung in (_by_line, _by_set, _by_settings, _by_default):
        choice = rung(question)
        if choice is not None:
            return _completed(question, choice)
    return Choice(None, "none", question.variants, (_missing(question, _NOT_NAMED),))


# --- the rungs --------------------------------------------------------------------------------------------------------


def _by_line(question: _Question) -> Choice | None:
    if not question.factor_id:
        return None
    library = question.library
    factor = library.find_factor(question.factor_id)
    if factor is None:
        return _refused("line", Finding(catalogue.FACTOR_ID_UNKNOWN, None, {"id": question.factor_id}))
    if factor.flow != question.flow.key:
        params = {"id": factor.id, "other": library.flows[factor.flow].name, "flow": question.flow.name}
        return _refused("line", Finding(catalogue.FACTOR_OF_OTHER_FLOW, None, params))
    return Choice(factor, "line")


def _by_set(question: _Question) -> Choice | None:
    key = question.library.find_factor_set(question.settings.factor_set)
    factor_id = question.library.factor_sets[key].choices.get(question.flow.key) if key else None
    return Choice(question.library.factors[factor_id], "factor_set") if factor_id else None


def _by_settings(question: _Question) -> Choice | None:
    if question.flow.category == "electricity":
        return _electricity(question)
    series = gwp_series(question.settings.gwp_set)
    if question.flow.category != "gas" or not any(f.series.startswith(GWP_PREFIX) for f in question.variants):
        return None
    found = [factor for factor in question.variants if factor.series == series]
    if found:
        return Choice(found[0], "settings")
    return _refused("settings", _missing(question, _not_in_series(question, series)))


def _electricity(question: _Question) -> Choice:
    series = question.settings.electricity_series
    there = [factor for factor in question.variants if factor.series == series]
    for region in dict.fromkeys((question.region, NATION)):
        of_region = [factor for factor in there if factor.region == region]
        factor = _of_year(of_region, question.year, question.data_year)
        if factor is not None:
            named = {"series": question.library.series_name(series), "region": region_name(question.region)}
            fallen_back = Finding(catalogue.ELECTRICITY_REGION_NATIONAL, None, {**named, "factor": factor.name})
            return Choice(factor, "settings", remarks=(fallen_back,) if _is_fallback(question, region) else ())
    return _refused("settings", _missing(question, _not_in_series(question, series)))


def _is_fallback(question: _Question, region: str) -> bool:
    """Tell whether a region's own value was wanted: technologies are published for the nation alone, in any series."""
    return region != question.region and any(factor.region != NATION for factor in question.variants)


def _by_default(question: _Question) -> Choice | None:
    series = question.library.series
    ranked = [f for f in question.variants if f.series in series and series[f.series].rank is not None]
    if not ranked:
        return None
    keys = {factor.id: _default_order(question, factor) for factor in ranked}
    best = min(ranked, key=lambda factor: (keys[factor.id], factor.id))
    equals = [factor for factor in ranked if factor is not best and keys[factor.id] == keys[best.id]]
    params = {"flow": question.flow.name, "others": _listed(equals), "factor": best.id}
    return Choice(best, "default", remarks=(Finding(catalogue.FACTOR_SEVERAL, None, params),) if equals else ())


def _default_order(question: _Question, factor: EmissionFactor) -> tuple[int, int, bool, int, int]:
    return (
        question.library.series[factor.series].rank or 0,  # only factors of series with an order come here
        _REGION_ORDER.get(factor.region, len(_REGION_ORDER)),
        _is_after(factor, question.data_year),
        _TIER_ORDER.get(factor.tier, len(_TIER_ORDER)),
        -(factor.year or 0),
    )


def _of_year(factors: list[EmissionFactor], year: int | None, data_year: int | None) -> EmissionFactor | None:
    """Return the factor of a year; without one, the newest not after the data, else the oldest after them."""
    if year is not None:
        return next((factor for factor in factors if factor.year == year), None)
    in_time = [factor for factor in factors if not _is_after(factor, data_year)]
    if in_time:
        return max(in_time, key=lambda factor: factor.year or 0)
    return min(factors, key=lambda factor: factor.year or 0, default=None)


def _is_after(factor: EmissionFactor, data_year: int | None) -> bool:
    return data_year is not None and factor.year is not None and factor.year > data_year


def gwp_series(gwp_set: str) -> str:
    """Return the series of a GWP set as settings name it: AR6 -> gwp_ar6."""
    bare = canonical(gwp_set).removeprefix(GWP_PREFIX).removeprefix("ipcc")
    return GWP_PREFIX + bare


# --- findings ---------------------------------------------------------------------------------------------------------

_NOT_NAMED = Text("现有因子只有被指定时才采用", "what there is must be named to be used")


def _not_in_series(question: _Question, series: str) -> Text:
    name, year = question.library.series_name(series), question.year
    if question.flow.category == "electricity" and year is not None:
        return Text(f"“{name.zh}”没有 {year} 年的数值", f"the series “{name.en}” has none of {year}")
    return Text(f"“{name.zh}”没有它的数值", f"the series “{name.en}” has none of it")


def _refused(rung: str, finding: Finding) -> Choice:
    return Choice(None, rung, remarks=(finding,))


def _missing(question: _Question, reason: Text) -> Finding:
    params = {"flow": question.flow.name, "reason": reason, "available": _listed(_near(question))}
    return Finding(catalogue.FACTOR_MISSING, None, params)


def _listed(factors: Iterable[EmissionFactor]) -> Text:
    ids = [factor.id for factor in factors]
    return joined([*ids[:_SHOWN], *(["…"] if len(ids) > _SHOWN else [])] or ["—"])


def _near(question: _Question) -> tuple[EmissionFactor, ...]:
    """Return the flow's factors; of electricity those of the region and the nation, not all provinces."""
    if question.flow.category != "electricity":
        return question.variants
    return tuple(factor for factor in question.variants if factor.region in (question.region, NATION))


def _completed(question: _Question, choice: Choice) -> Choice:
    """Add the alternatives, and what has to be said of the factor itself."""
    factor = choice.factor
    alternatives = tuple(other for other in _near(question) if other is not factor)
    if factor is None:
        return Choice(None, choice.rung, alternatives, choice.remarks)
    said = (*choice.remarks, *_cautions(question, factor))
    said = (*said, *age_findings(factor, question.flow, question.data_year, question.variants))
    return Choice(factor, choice.rung, alternatives, said)


def _cautions(question: _Question, factor: EmissionFactor) -> list[Finding]:
    found = []
    series = question.library.series.get(factor.series)
    if factor.series == CO2_SERIES:
        found.append(Finding(catalogue.ELECTRICITY_CO2_SERIES, None, {"factor": factor.name}))
    if series is not None and series.caution:
        caution = caution_text(series.caution)
        params = {"factor": factor.name, "id": factor.id, "series": series.name, "caution": caution}
        found.append(Finding(catalogue.FACTOR_CAUTION, None, params))
    return found
