"""What reading a number gives: the value or why there is none, its unit, and what is to be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.normalize.wording import figure, shown
from workbook_engine.units import UNITS, convert

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.findings import CellRef, FindingType
    from workbook_engine.normalize.number_words import Sense
    from workbook_engine.texts import Text
    from workbook_engine.units import Unit

NumberKind = Literal[
    "number",  # value is set
    "blank",  # no cell, or white space only
    "nothing",  # the company says that there is none: `sense` tells how
    "pending",  # the company says that it will come, or that it does not know
    "same",  # as the cell above: a caller who knows that cell may use it, and then drops the note
    "unclear",  # something else: notes say what
]


class NumberReading(NamedTuple):
    """What a cell says where a number belongs. `value` is finite, and None unless `kind` is "number".

    `value` is in `unit` where the cell itself names one (`3.5万度` is 35000 kWh, `15%` is 15 %), else in whatever
    unit the column has. `multiplier` is the 万 (1e4) or 亿 (1e8) that the number was written with and that `value`
    already contains: with a column in 万kWh it may have been meant once. `per_text` is set for `120kg/台`. `low` and
    `high` are the ends of a range, a limit or a tolerance, where they could be read.
    """

    kind: NumberKind
    value: float | None = None
    typed: str = ""
    sense: Sense = ""
    unit: Unit | None = None
    unit_text: str = ""
    per_text: str = ""
    per: Unit | None = None
    multiplier: float = 1.0
    low: float | None = None
    high: float | None = None
    remark: str = ""
    types: tuple[FindingType, ...] = ()
    wanted: Unit | None = None  # the unit that `in_unit` could not state the amount in
    convention: Text | None = None  # how the cell's unit was read, where that follows a convention (ton)

    @property
    def notes(self) -> list[tuple[FindingType, dict[str, object]]]:
        """Return what is to be said about the cell: types of findings with the parameters of their sentences."""
        return [(each, self._params()) for each in self.types] if self.types else []

    def findings(self, where: CellRef) -> list[Finding]:
        """Return the notes as findings at a cell."""
        return [Finding(each, where, params) for each, params in self.notes]

    def counted_in(self, unit: Unit | None) -> NumberReading:
        """Return the reading as if the cell itself named the unit that stands in its column's heading."""
        if unit is None or self.value is None or self.unit is not None:
            return self
        typed = self.typed or figure(self.value)
        return self._replace(typed=f"{typed} {unit.symbol}", unit=unit, unit_text=unit.symbol)

    def in_unit(self, unit: Unit) -> NumberReading:
        """Return the reading in the unit of its column or field: where the cell names its own, the value is converted.

        Unclear where the two do not convert, and where 万 stands both in the cell and in the unit of the column, and
        may have been meant once.
        """
        if self.value is None or self.unit is unit:
            return self
        if self.unit is None and unit.dimension == UNITS["元"].dimension:
            return self._replace(types=tuple(each for each in self.types if each is not catalogue.NUMBER_FORMAT_MONEY))
        if self.unit is None:
            twice = self.multiplier > 1 and unit.symbol not in UNITS
            return self.refused(catalogue.NUMBER_SCALED_TWICE, unit) if twice else self
        if not self.unit.converts_to(unit):
            return self.refused(catalogue.NUMBER_UNIT_MISFIT, unit)
        value, low, high = (
            None if each is None else convert(each, self.unit, unit) for each in (self.value, self.low, self.high)
        )
        told = (catalogue.NUMBER_WITH_UNIT, catalogue.NUMBER_FORMAT_UNIT)
        kept = tuple(each for each in self.types if each not in told)
        said = catalogue.PERCENT_READ if unit.dimension == "ratio" else catalogue.NUMBER_CONVERTED
        return self._replace(value=value, low=low, high=high, unit=unit, types=(*kept, said))

    def with_types(self, types: Mapping[FindingType, FindingType]) -> NumberReading:
        """Return the reading with some of what is said of it put in other words."""
        return self._replace(types=tuple(types.get(each, each) for each in self.types))

    def refused(self, kind: FindingType, unit: Unit | None = None) -> NumberReading:
        """Return the reading as one that is not certain, for the reason `kind`."""
        return self._replace(kind="unclear", value=None, wanted=unit, types=(kind,))

    def _params(self) -> dict[str, object]:
        return {
            "typed": shown(self.typed),
            "value": figure(self.value),
            "unit": self.unit_text if self.unit is None else self.unit.symbol,
            "per": self.per_text,
            "low": "" if self.low is None else f"{self.low:.12g}",  # the ends of a tolerance are worked out
            "high": "" if self.high is None else f"{self.high:.12g}",
            "remark": self.remark,
            "wanted": "" if self.wanted is None else self.wanted.symbol,
            "convention": self.convention,
        }


BLANK = NumberReading("blank")


def unclear(typed: str, kind: FindingType, **known: Any) -> NumberReading:
    """Return the reading of a cell that is no certain number; `known` are fields of it that could be read."""
    return NumberReading("unclear", typed=typed, types=(kind,), **known)
