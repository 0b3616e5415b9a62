"""Why a printed result differs from the computed one: the first computation that gives the print to its last digit.

The order goes from the certain to the coincidental: a total that repeats a row, a shifted decimal point, the sum of
rounded rows; then other factors (rounded, another variant or set of the library) and rounded activity, which must give
every digit; then another row's figure, and slips of single digits.
"""

from __future__ import annotations

import math
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.rounding import round_half_up, round_significant
from workbook_engine.compute.checks.wording import TOTAL, number, subject
from workbook_engine.factors.fuel import REFERENCE_PER_NCV_UNIT, t_co2_per_gj
from workbook_engine.findings import Finding
from workbook_engine.frozen import Remembering, frozen
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import FindingType
    from workbook_engine.model import (
        DeclaredResult,
        EmissionFactor,
        Footprint,
        Inventory,
        LineResult,
        ProductFootprint,
        Stage,
    )

SHIFTS = range(1, 7)  # powers of ten that units are apart: kg and t, kWh and 万kWh, m³ and 万m³
SHIFT_TOLERANCE = Decimal("0.0001")  # relative: both figures are rounded
FACTOR_DECIMALS = range(5)
FACTOR_DIGITS = (3, 4, 5)
ACTIVITY_DECIMALS = range(6)
PER_GJ_DECIMALS = (4, 5)  # as the guidelines print tCO2/GJ: 0.0726


@frozen
class Question(Remembering):
    """One printed figure with everything that may explain it. `computed` holds the stages, under None the total."""

    row: DeclaredResult
    decimals: int
    product: ProductFootprint
    computed: Mapping[Stage | None, float]
    footprint: Footprint
    inventory: Inventory
    library: FactorLibrary

    @property
    def printed(self) -> Decimal:
        """Return the printed figure."""
        return self.row.kg_co2e.value if self.row.kg_co2e else Decimal(0)

    @property
    def value(self) -> float:
        """Return the computed figure, unrounded."""
        return self.computed[self.row.stage]

    @cached_property
    def lines(self) -> tuple[LineResult, ...]:
        """Return the lines behind the figure."""
        stages = [s for s in self.product.stages if self.row.stage in (None, s.stage)]
        return tuple(r for s in stages for r in s.lines if r.kg_co2e is not None and r.line.factor)

    def gives(self, value: float) -> bool:
        """Tell whether a value prints as the figure does."""
        return round_half_up(value, self.decimals) == round_half_up(self.printed, self.decimals)

    def says(self, kind: FindingType, **params: object) -> Finding:
        """Return a finding of the figure. No effect: the computed result stands."""
        shown = {
            "subject": subject(self.row),
            "printed": str(self.printed),
            "computed": str(round_half_up(self.value, self.decimals)),
        }
        where = self.row.kg_co2e.where if self.row.kg_co2e else self.row.where
        return Finding(kind, where, {**shown, **params})


def cause_of(question: Question) -> list[Finding]:
    """Return nothing where the figure agrees, else one finding: of the first cause that gives it, or of none."""
    if question.gives(question.value):
        return []
    for cause in _CAUSES:
        found = next(cause(question), None)
        if found is not None:
            return [found]
    difference = question.printed - round_half_up(question.value, question.decimals)
    return [question.says(catalogue.DECLARED_DIFFERS, difference=str(difference))]


def _repeated_line(question: Question) -> Iterator[Finding]:
    if question.row.stage is None:
        for stage, value in question.computed.items():
            if stage is not None and question.gives(value):
                yield question.says(catalogue.DECLARED_TOTAL_REPEATS_LINE, line=stage.title)


def _shifted(question: Question) -> Iterator[Finding]:
    value = Decimal(f"{question.value:.15g}")
    for power in SHIFTS if value and question.printed else ():
        for ratio in (Decimal(10) ** power, Decimal(10) ** -power):
            expected = value * ratio
            half_a_digit = Decimal(1).scaleb(-question.decimals) / 2
            if abs(question.printed - expected) <= max(SHIFT_TOLERANCE * abs(expected), half_a_digit) and (
                abs(expected) > 20 * half_a_digit  # of a figure of one digit everything is a shift
            ):
                yield question.says(catalogue.DECLARED_DECIMAL_SHIFT, ratio=f"{float(max(ratio, 1 / ratio)):g}")


def _sum_of_rounded(question: Question) -> Iterator[Finding]:
    if question.row.stage is None:
        stages = (value for stage, value in question.computed.items() if stage is not None)
        summed = sum((round_half_up(value, question.decimals) for value in stages), Decimal(0))
        if summed == question.printed:
            yield question.says(catalogue.DECLARED_SUM_OF_ROUNDED)


# --- factors ----------------------------------------------------------------------------------------------------------


def _rounded_factor(question: Question) -> Iterator[Finding]:
    """Yield a rounding of the factors, one at a time, that gives the print."""
    for used, activity in _by_factor(question):
        for value, shown in _roundings(used):
            if question.gives(question.value + activity * (value - used.value)):
                yield question.says(catalogue.DECLARED_ROUNDED_FACTOR, factor=used.name, rounded=shown)


def _roundings(factor: EmissionFactor) -> Iterator[tuple[float, str]]:
    """Yield rounded values of a factor with the rounded number that a report would have multiplied with."""
    fuel = factor.fuel
    if fuel is not None and fuel.printed_t_co2_per_gj is None and fuel.carbon_content_t_per_tj:
        for decimals in PER_GJ_DECIMALS:
            per_gj = float(round_half_up(t_co2_per_gj(fuel), decimals))
            value = fuel.ncv_gj * per_gj * 1000 / REFERENCE_PER_NCV_UNIT[fuel.ncv_unit]
            yield value, f"{per_gj:g} tCO2/GJ"
    for decimals in FACTOR_DECIMALS:
        value = float(round_half_up(factor.value, decimals))
        yield value, f"{value:g} {factor.unit}"
    for digits in FACTOR_DIGITS:
        value = round_significant(factor.value, digits)
        yield value, f"{value:g} {factor.unit}"


def _other_factor(question: Question) -> Iterator[Finding]:
    """Yield another factor of the library for one of the flows that gives the print."""
    for used, activity in _by_factor(question):
        for other in question.library.variants.get(used.flow, ()):
            if other.id != used.id and question.gives(question.value + activity * (other.value - used.value)):
                yield _says_other(question, [other])


def _other_set(question: Question) -> Iterator[Finding]:
    """Yield a factor set of the library that, taken for all flows together, gives the print."""
    activities = _by_factor(question)
    for factor_set in question.library.factor_sets.values():
        others: list[EmissionFactor] = []
        change = 0.0
        for used, activity in activities:
            other = question.library.factors.get(factor_set.choices.get(used.flow, ""))
            if other is not None and other.id != used.id:
                others.append(other)
                change += activity * (other.value - used.value)
        if len(others) > 1 and question.gives(question.value + change):
            yield _says_other(question, others)


def _says_other(question: Question, factors: list[EmissionFactor]) -> Finding:
    return question.says(
        catalogue.DECLARED_OTHER_FACTOR,
        flow=joined(question.library.flows[factor.flow].name for factor in factors),
        factor=joined(factor.id for factor in factors),
        value=joined(f"{number(factor.value)} {factor.unit}" for factor in factors),
    )


def _by_factor(question: Question) -> list[tuple[EmissionFactor, float]]:
    """Return the factors behind the figure, each with the activity that it is multiplied with."""
    factors: dict[str, EmissionFactor] = {}
    activities: dict[str, list[float]] = {}
    for result in question.lines:
        if result.line.factor and result.activity is not None:
            factors.setdefault(result.line.factor.id, result.line.factor)
            activities.setdefault(result.line.factor.id, []).append(result.activity)
    return [(factor, math.fsum(activities[key])) for key, factor in factors.items()]


# --- activity, rows, digits -------------------------------------------------------------------------------------------


def _rounded_activity(question: Question) -> Iterator[Finding]:
    for decimals in ACTIVITY_DECIMALS:
        parts = [
            float(round_half_up(result.activity, decimals)) * result.line.factor.value
            for result in question.lines
            if result.line.factor and result.activity is not None
        ]
        if question.gives(math.fsum(parts)):
            yield question.says(catalogue.DECLARED_ROUNDED_ACTIVITY, decimals=decimals)


def _other_row(question: Question) -> Iterator[Finding]:
    """Yield another stage of the product, or the same of another product, whose figure was printed."""
    for stage, value in question.computed.items():
        if stage is not question.row.stage and question.gives(value):
            yield question.says(catalogue.DECLARED_OTHER_STAGE, line=stage.title if stage else TOTAL)
    for other in question.footprint.products:
        values = {stage.stage: stage.kg_co2e for stage in other.stages} | {None: other.cfp_kg_co2e}
        value_there = values.get(question.row.stage)
        if other is not question.product and value_there is not None and question.gives(value_there):
            title = question.row.stage.title if question.row.stage else TOTAL
            line = Text(f"{other.product.name}：{title.zh}", f"{other.product.name}: {title.en}")
            yield question.says(catalogue.DECLARED_OTHER_STAGE, line=line)


def _digits(question: Question) -> Iterator[Finding]:
    """Yield slips of one digit, of two neighbours, or of the rounding of the last."""
    rounded = round_half_up(question.value, question.decimals)
    printed = round_half_up(question.printed, question.decimals)
    if abs(printed - rounded) == Decimal(1).scaleb(-question.decimals):
        yield question.says(catalogue.DECLARED_LAST_DIGIT)
    slip = digit_slip(str(printed), str(rounded))
    if slip is not None:
        yield question.says(slip)


def digit_slip(printed: str, expected: str) -> FindingType | None:
    """Return what kind of slip makes one number of the other: one wrong digit, two neighbours swapped, or None."""
    if len(printed) != len(expected):
        return None
    places = [place for place, (a, b) in enumerate(zip(printed, expected, strict=True)) if a != b]
    if len(places) == 1:
        return catalogue.DECLARED_DIGIT
    digits = [place for place, character in enumerate(expected) if character != "."]
    if len(places) == 2 and digits.index(places[1]) - digits.index(places[0]) == 1:
        first, second = places
        swapped = (printed[first], printed[second]) == (expected[second], expected[first])
        return catalogue.DECLARED_TRANSPOSED if swapped else None
    return None


_CAUSES = (
    _repeated_line,
    _shifted,
    _sum_of_rounded,
    _rounded_factor,
    _other_factor,
    _other_set,
    _rounded_activity,
    _other_row,
    _digits,
)
