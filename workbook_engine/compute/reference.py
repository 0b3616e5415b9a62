"""The page of data quality and uncertainty, written from the rules themselves: docs/quality.md is generated from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.compute import rating_rules as rules
from workbook_engine.compute.pedigree import BASIC, BASIC_GAS, BASIC_TRANSPORT, VARIANCES, Z95
from workbook_engine.model import Dimension, Sampling
from workbook_engine.spec.collection import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from workbook_engine.compute.rating_rules import Scored
    from workbook_engine.texts import Text

HEAD = """# Data quality and uncertainty 数据质量与不确定性

Generated from `workbook_engine/compute/rating_rules.py` and `pedigree.py`.

Amounts and factors are rated 1 (best) to 5 on five dimensions. On each dimension the worst of the facts below decides;
what nothing is known of scores 5 and is marked. A score typed in the data table (`template --include quality`) takes
the place of an amount's. A line's score is the worse of its amount's and its factor's; its DQR is the mean of the five;
stages and products take the mean of their lines, weighted by the size of the emissions. The primary-data share is by
emission, too; what is not stated is not primary.

数量和因子在五个方面各评 1（最好）至 5 分，取下列事实中最差的一项；没有依据的记 5 分并标出。在数据表中填写的评分优先。
"""
FORMULA = f"""σ² of a figure's logarithm = basic + what its five scores add. Basic: {BASIC:g}; transport services, t·km,
{BASIC_TRANSPORT:g}; greenhouse gases other than CO2, emitted directly, {BASIC_GAS:g}. A stated ± p % at 95 % takes its
place: σ² = (ln(1 + p/100) / {Z95})². The computed value is the median of a lognormal distribution.

An amount's distribution may be typed (`template --include quality`), with ± p % or with two limits l and h in the
amount's unit, here as multiples of the amount; blank is lognormal, or triangular where limits stand. It then enters the
analytic propagation as the lognormal one of the same coefficient of variation, σ² = ln(1 + CV²); Monte Carlo draws the
distribution itself.

| distribution | p | CV² | the amount is |
| --- | --- | --- | --- |
| `lognormal` 对数正态 | 95 % interval | as above | median |
| `normal` 正态 | 95 % interval, under 100 | (p/100/{Z95})² | mean; draws are cut at zero |
| `triangular` 三角 | limits 1 ± p/100 | (l² + 1 + h² - l - lh - h) / 18 | mode |
| `uniform` 均匀 | limits 1 ± p/100 | (h - l)² / 12 | between the limits |

What makes no sense (an amount outside its limits, a lower limit below zero, limits of a normal distribution) is asked
about and not used; the amount is then rated by the rules.

The uncertainty is propagated analytically, to first order: (ln GSD)² of a total = Σ over amounts
(Eᵢ/E)² σ² + Σ over factors (Σ of the Eᵢ that use it / E)² σ²; the 95 % interval is value ÷ and × GSD^{Z95}. A factor
that lines share is one figure and errs for all of them alike. So do the amounts of biogenic CO2, since the carbon that
is taken up is the carbon that is given off: (Σ Eᵢσᵢ / E)² of them; its factors +1 and -1 are exact. Outputs and
allocation weights count as exact. With `run --draws N` it is drawn by Monte Carlo too: {Sampling().draws:,} draws by
default from Python, seed {Sampling().seed}, NumPy's PCG64. Sensitivity moves one input at a time by ± 10 %.

Sources: JCGM 100:2008 (GUM), 4.3.7 and 4.3.9;
Weidema and Wesnæs 1996, J. Cleaner Prod. 4, 167-174; Weidema et al. 2013, Data quality guideline for the
ecoinvent database version 3, ch. 10; Frischknecht et al. 2007, ecoinvent report 1, v2.0; GHG Protocol, Quantitative
inventory uncertainty; Imbeault-Tétreault et al. 2013, J. Ind. Ecol. 17, 485-492."""


def quality_page() -> str:
    """Return the page, as Markdown."""
    sources = {choice.key: choice.title for choice in SOURCES}
    sections = (
        ("Scale 评分的含义", _scale()),
        ("Amounts, by their source 数量：数据来源", _scored(rules.BY_SOURCE[key] for key in (*sources, ""))),
        ("Amounts, by kind, basis and period 数量：类别、口径与统计周期", _scored(_AMOUNTS)),
        ("Factors, by series 因子：系列", _keyed(rules.BY_SERIES)),
        ("Factors, by tier 因子：读取等级", _keyed(rules.BY_TIER)),
        ("Factors, by region and year 因子：地区与年份", f"{_scored(_PLACES)}\n\n{_years()}"),
        ("Variance that each score adds 评分对应的方差", _variances()),
        ("Uncertainty 不确定性", FORMULA),
    )
    return HEAD + "".join(f"\n## {title}\n\n{text}\n" for title, text in sections)


_AMOUNTS = (
    rules.SECONDARY,
    rules.FULL_YEAR,
    rules.PART_YEAR,
    rules.SHORT_PERIOD,
    rules.NO_PERIOD,
    rules.PER_UNIT_PRIMARY,
    rules.PER_UNIT_SECONDARY,
    rules.PER_UNIT_UNSTATED,
)
_PLACES = (
    rules.SAME_REGION,
    rules.NATION_OF_IT,
    rules.WORLD,
    rules.OTHER_PROVINCE,
    rules.OTHER_COUNTRY,
    rules.NO_REGION,
    rules.ANY_REGION,
    rules.NO_YEAR,
    rules.AGELESS,
)


def _both(text: Text) -> str:
    return f"{text.zh} · {text.en}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _scale() -> str:
    rows = (
        (_both(dimension.title), *(_both(meaning) for meaning in meanings))
        for dimension, meanings in rules.SCALE.items()
    )
    return _table(("", "1", "2", "3", "4", "5"), rows)


def _scored(facts: Iterable[Scored]) -> str:
    return _table(_heads(), ((_both(fact.fact), *_cells(fact)) for fact in facts))


def _keyed(facts: Mapping[str, Scored]) -> str:
    rows = ((f"`{key}` {_both(fact.fact)}" if key else _both(fact.fact), *_cells(fact)) for key, fact in facts.items())
    return _table(_heads(), rows)


def _heads() -> Iterator[str]:
    yield ""
    yield from (_both(dimension.title) for dimension in Dimension)


def _cells(fact: Scored) -> Iterator[str]:
    return (str(fact.scores.get(dimension, "")) for dimension in Dimension)


def _years() -> str:
    steps = ", ".join(f"less than {limit} years: {score}" for limit, score in rules.YEARS)
    return f"Years between factor and data: {steps}, else 5."


def _variances() -> str:
    rows = (
        (_both(dimension.title), *(f"{added:.6f}".rstrip("0").rstrip(".") for added in VARIANCES[dimension]))
        for dimension in Dimension
    )
    return _table(("", "1", "2", "3", "4", "5"), rows)
