"""Conditions on rows, each as a formula for the workbook and as a computation of our own.

The live check needs both: the formula works as the company types, and its value must stand in the file from the
start. So a condition is declared once and rendered twice. Formulas keep to what Excel, WPS and LibreOffice compute
alike: comparisons, arithmetic, SUM, SUMPRODUCT, COUNTA, COUNT, COUNTBLANK, IF, IFERROR, AND.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

from workbook_engine.errors import WorkbookEngineError
from workbook_engine.frozen import frozen
from workbook_engine.template.options import Typed, Value, is_blank

Reference = Callable[[str], str]  # field key -> the cell of a row, or the range of a column; COUNT + key -> a count
COUNT = "count:"


def quoted(text: str) -> str:
    """Return a text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def plain(value: Value) -> Value:
    """Return what a cell shows: a formula's value."""
    return value.value if isinstance(value, Typed) else value


class TextAmongNumbersError(WorkbookEngineError):
    """A text stands where a formula calculates: in the workbook an error value."""


# --- conditions on one row --------------------------------------------------------------------------------------------


class Condition(ABC):
    """Something that is true or false of a row."""

    @abstractmethod
    def formula(self, cell: Reference) -> str:
        """Return the condition over the cells that `cell` names: an expression in brackets, not 0 where it holds."""

    @abstractmethod
    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether it holds of a row of values."""


@frozen
class Filled(Condition):
    """Something stands in the field."""

    field: str

    def formula(self, cell: Reference) -> str:
        """Return the comparison with an empty cell."""
        return f'({cell(self.field)}<>"")'

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether the row has a value."""
        return not is_blank(row.get(self.field))


@frozen
class Empty(Condition):
    """Nothing stands in the field."""

    field: str

    def formula(self, cell: Reference) -> str:
        """Return the comparison with an empty cell."""
        return f'({cell(self.field)}="")'

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether the row has no value."""
        return is_blank(row.get(self.field))


@frozen
class Is(Condition):
    """The field shows exactly this word."""

    field: str
    word: str

    def formula(self, cell: Reference) -> str:
        """Return the comparison with the word."""
        return f"({cell(self.field)}={quoted(self.word)})"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether the row shows the word; as in a spreadsheet, capitals do not matter."""
        value = plain(row.get(self.field))
        return isinstance(value, str) and value.casefold() == self.word.casefold()


@frozen
class Counted(Condition):
    """A count of the workbook is above 0: the same for every row."""

    key: str

    def formula(self, cell: Reference) -> str:
        """Return the comparison with 0."""
        return f"({cell(COUNT + self.key)}>0)"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether it is above 0; a row that is asked knows the counts too."""
        count = row[COUNT + self.key]
        return isinstance(count, int | float) and count > 0


@frozen
class Every(Condition):
    """All of the conditions hold."""

    conditions: tuple[Condition, ...]

    def formula(self, cell: Reference) -> str:
        """Return the product."""
        return "(" + "*".join(["1", *(condition.formula(cell) for condition in self.conditions)]) + ")"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether all hold. Each is asked, as in a formula: one that cannot be computed spoils the count."""
        return all([condition.holds(row) for condition in self.conditions])  # noqa: C419 - asked for, see above


@frozen
class Some(Condition):
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]

    def formula(self, cell: Reference) -> str:
        """Return the sum, compared with 0."""
        return "((" + "+".join(["0", *(condition.formula(cell) for condition in self.conditions)]) + ")>0)"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether one holds."""
        return any(condition.holds(row) for condition in self.conditions)


@frozen
class Not(Condition):
    """The condition does not hold."""

    condition: Condition

    def formula(self, cell: Reference) -> str:
        """Return one less the condition."""
        return f"(1-{self.condition.formula(cell)})"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether it does not hold."""
        return not self.condition.holds(row)


@frozen
class SumDiffers(Condition):
    """The total and the sum of its parts are more than `tolerance` (a fraction of the total) apart.

    A text among them, in any row, makes the whole count an error, which is shown as 0: the text itself is told of by
    TextInNumbers, and once it is mended the sums are compared.
    """

    total: str
    parts: tuple[str, ...]
    tolerance: float

    def formula(self, cell: Reference) -> str:
        """Return the comparison of squares: not every program takes ABS of a whole range."""
        total, parts = cell(self.total), "-".join(cell(part) for part in self.parts)
        return f"(({total}-{parts})*({total}-{parts})>{self.tolerance**2:g}*{total}*{total})"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether they differ; blanks count as nothing. TextAmongNumbersError where there is no sum."""
        values = [plain(row.get(key)) or 0 for key in (self.total, *self.parts)]
        total, *parts = numbers = [value for value in values if isinstance(value, int | float)]
        if len(numbers) < len(values):
            raise TextAmongNumbersError
        return abs(total - math.fsum(parts)) > self.tolerance * abs(total)


def any_filled(fields: Sequence[str]) -> Condition:
    """Return the condition that the row is begun: one of the fields is filled."""
    return Some(tuple(Filled(field) for field in fields))
