"""The factor library in memory: flows, factors, series and factor sets of one library workbook."""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbook_engine.factors.regions import NATION, region_name
from workbook_engine.frozen import Remembering, frozen
from workbook_engine.matching import Match, Matcher, canonical
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.factors.rows import FactorSet, Series
    from workbook_engine.findings import Finding
    from workbook_engine.model import EmissionFactor, Flow

GWP_PREFIX = "gwp_"
ELECTRICITY = "electricity"
# What is bought under a contract or with certificates is electricity, too; its letters are near to nothing.
GREEN_POWER = ("绿电", "绿色电", "green power", "green electricity", "renewable electricity")


@frozen
class FactorLibrary(Remembering):
    """Flows, factors and named choices of one library workbook. All mappings keep the workbook's order.

    A library equals itself only, so that answers about it can be remembered.
    """

    version: str
    flows: Mapping[str, Flow]
    factors: Mapping[str, EmissionFactor]
    series: Mapping[str, Series]
    factor_sets: Mapping[str, FactorSet]
    names: Mapping[str, str] = field(repr=False)  # name, synonym or key -> flow key
    sha256: str = ""  # of the library's file, where it was read from one
    findings: tuple[Finding, ...] = ()  # what is not sound in it, at its own sheets and cells

    __eq__, __hash__ = object.__eq__, object.__hash__

    @cached_property
    def variants(self) -> Mapping[str, tuple[EmissionFactor, ...]]:
        """Return the factors of each flow, by the flow's key; every flow has an entry."""
        found: dict[str, list[EmissionFactor]] = {key: [] for key in self.flows}
        for factor in self.factors.values():
            found[factor.flow].append(factor)
        return MappingProxyType({key: tuple(factors) for key, factors in found.items()})

    def find_factor(self, text: str) -> EmissionFactor | None:
        """Return the factor with this id, however it was typed; None where there is none."""
        return self._by_id.get(canonical(text))

    @cached_property
    def _by_id(self) -> Mapping[str, EmissionFactor]:
        return {canonical(key): factor for key, factor in self.factors.items()}

    def find_flow(self, text: str) -> Flow | None:
        """Return the flow of a key, a name or a synonym, whatever its case, width and spacing; None for any other."""
        match = self.match_flow(text)
        return match.value if match and match.step != "similar" else None

    def match_flow(self, text: str) -> Match[Flow] | None:
        """Return the flow that a text stands for, and how certain that is: `similar` is to be told to the reader."""
        match = self._matcher.find(text)
        return Match(self.flows[match.value], match.text, match.step, match.remark) if match else None

    def suggest_flows(self, text: str, limit: int = 3) -> list[Flow]:
        """Return the flows whose names are nearest to a text that no flow was found for."""
        near = self._matcher.suggestions(text, limit)
        if ELECTRICITY in self.flows and any(word in simplified(text).casefold() for word in GREEN_POWER):
            near = [ELECTRICITY, *(key for key in near if key != ELECTRICITY)][:limit]
        return [self.flows[key] for key in near]

    @cached_property
    def _matcher(self) -> Matcher[str]:
        return Matcher(self.names, wary=True)

    def offered_flows(self, category: str) -> tuple[Flow, ...]:
        """Return the flows of a category that a list may offer to a company, in the workbook's order.

        Left out are those whose every factor has to be named by a consultant: a company that chose one would only be
        told that there is no factor. Typed by hand they are found all the same.
        """
        return tuple(f for f in self.flows.values() if f.category == category and self.has_default(f.key))

    def has_default(self, flow: str) -> bool:
        """Tell whether a flow has a factor that the ladder can reach without anybody naming it."""
        return any(self.is_default(factor) for factor in self.variants[flow])

    def is_default(self, factor: EmissionFactor) -> bool:
        """Tell whether a factor can be reached by the default order, or by the settings of electricity and GWP."""
        series = self.series.get(factor.series)
        by_setting = factor.series.startswith(GWP_PREFIX) or self.flows[factor.flow].category == "electricity"
        return by_setting or (series is not None and series.rank is not None)

    def series_name(self, key: str) -> Text:
        """Return the name of a series; a key that is not declared stands for itself."""
        series = self.series.get(key)
        return series.name if series else Text(key, key)

    def find_factor_set(self, text: str) -> str | None:
        """Return the key of the factor set of a key or a name in either language; None if there is none."""
        wanted = canonical(text)
        sets = self.factor_sets.values()
        return next((s.key for s in sets if wanted in {canonical(n) for n in (s.key, *s.name)}), None)

    def electricity_years(self, series: str | None = None) -> tuple[int, ...]:
        """Return the years that there is a national electricity factor of (in one series, or in any), newest first."""
        factors = (f for f in self._electricity() if f.region == NATION and series in (None, f.series))
        return tuple(sorted({f.year for f in factors if f.year is not None}, reverse=True))

    def electricity_regions(self) -> tuple[Text, ...]:
        """Return the names of the regions that an electricity factor is there for, the nation first."""
        return tuple(region_name(code) for code in dict.fromkeys((NATION, *(f.region for f in self._electricity()))))

    def _electricity(self) -> Iterable[EmissionFactor]:
        return (f for f in self.factors.values() if self.flows[f.flow].category == "electricity")
