"""Conditions on rows and counts over tables, each as a formula for the workbook and as a computation of our own.

The live check needs both: the formula works as the company types, and its value must stand in the file from the
start. So a condition is declared once and rendered twice. Formulas keep to what Excel, WPS and LibreOffice compute
alike: comparisons, arithmetic, SUM, SUMPRODUCT, COUNTA, COUNT, COUNTBLANK, IF, IFERROR, AND.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_engine.errors import WorkbookEngineError
from workbook_engine.spec.schema import Kind
from workbook_engine.template.options import Row, Typed, Value, is_blank

if TYPE_CHECKING:
    from workbook_engine.template.layout import BookPlan

Reference = Callable[[str], str]  # field key -> the cell of a row, or the range of a column


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


@dataclass(frozen=True, slots=True)
class Filled(Condition):
    """Something stands in the field."""

    field: str

    def formula(self, cell: Reference) -> str:
        """Return the comparison with an empty cell."""
        return f'({cell(self.field)}<>"")'

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether the row has a value."""
        return not is_blank(row.get(self.field))


@dataclass(frozen=True, slots=True)
class Empty(Condition):
    """Nothing stands in the field."""

    field: str

    def formula(self, cell: Reference) -> str:
        """Return the comparison with an empty cell."""
        return f'({cell(self.field)}="")'

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether the row has no value."""
        return is_blank(row.get(self.field))


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Every(Condition):
    """All of the conditions hold."""

    conditions: tuple[Condition, ...]

    def formula(self, cell: Reference) -> str:
        """Return the product."""
        return "(" + "*".join(["1", *(condition.formula(cell) for condition in self.conditions)]) + ")"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether all hold. Each is asked, as in a formula: one that cannot be computed spoils the count."""
        return all([condition.holds(row) for condition in self.conditions])  # noqa: C419 - asked for, see above


@dataclass(frozen=True, slots=True)
class Some(Condition):
    """At least one of the conditions holds."""

    conditions: tuple[Condition, ...]

    def formula(self, cell: Reference) -> str:
        """Return the sum, compared with 0."""
        return "((" + "+".join(["0", *(condition.formula(cell) for condition in self.conditions)]) + ")>0)"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether one holds."""
        return any(condition.holds(row) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Not(Condition):
    """The condition does not hold."""

    condition: Condition

    def formula(self, cell: Reference) -> str:
        """Return one less the condition."""
        return f"(1-{self.condition.formula(cell)})"

    def holds(self, row: Mapping[str, Value]) -> bool:
        """Return whether it does not hold."""
        return not self.condition.holds(row)


@dataclass(frozen=True, slots=True)
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
        return abs(total - sum(parts)) > self.tolerance * abs(total)


def any_filled(fields: Sequence[str]) -> Condition:
    """Return the condition that the row is begun: one of the fields is filled."""
    return Some(tuple(Filled(field) for field in fields))


def all_filled(fields: Sequence[str]) -> Condition:
    """Return the condition that each of the fields is filled."""
    return Every(tuple(Filled(field) for field in fields))


# --- counts over the workbook -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the workbook when it is written, as text that a cell shows: the other computation of a count."""

    fields: Mapping[str, Value]
    tables: Mapping[str, Sequence[Row]]  # a table with given rows has all of them, in order


class Count(ABC):
    """A number that the workbook counts."""

    @abstractmethod
    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the count as an expression; `other` names the cell of another count by its key."""

    @abstractmethod
    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the count for what stands in the workbook when it is written."""


@dataclass(frozen=True, slots=True)
class Rows(Count):
    """The rows of a table of which a condition holds."""

    table: str
    condition: Condition

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the sum over the table's rows. An error value in a cell makes it 0: it is reported after return."""
        del other
        condition = self.condition.formula(lambda field: book.column_range(self.table, field))
        return f"IFERROR(SUMPRODUCT(1*{condition}),0)"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the number of rows; 0 where the formula is an error."""
        del book, other
        try:
            return float(sum(self.condition.holds(row) for row in answers.tables.get(self.table, ())))
        except TextAmongNumbersError:
            return 0.0


@dataclass(frozen=True, slots=True)
class TextInNumbers(Count):
    """The cells of a table's number columns in which something stands that is no number."""

    table: str

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return what is filled less what is a number."""
        del other
        ranges = ",".join(book.column_range(self.table, key) for key in self._numbers(book))
        return f"COUNTA({ranges})-COUNT({ranges})"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the number of cells."""
        del other
        rows = answers.tables.get(self.table, ())
        values = (plain(row.get(key)) for row in rows for key in self._numbers(book))
        return float(sum(isinstance(value, str) and value != "" for value in values))

    def _numbers(self, book: BookPlan) -> list[str]:
        found = book.table(self.table)
        return [field.key for field in found[1].fields if field.kind is Kind.NUMBER] if found else []


@dataclass(frozen=True, slots=True)
class Fields(Count):
    """How many of a form's fields are empty, or filled."""

    form: str
    keys: tuple[str, ...]
    filled: bool = False

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the sum of the comparisons."""
        del other
        sign = "<>" if self.filled else "="
        return "+".join(f'({book.form_cell(self.form, key)}{sign}"")' for key in self.keys) + "+0"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the number of fields."""
        del book, other
        blank = (is_blank(answers.fields.get(f"{self.form}.{key}")) for key in self.keys)
        return float(sum(is_empty is not self.filled for is_empty in blank))


@dataclass(frozen=True, slots=True)
class DatesReversed(Count):
    """1 where both dates of a form are filled and the second lies before the first."""

    form: str
    first: str
    second: str

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the comparison."""
        del other
        first, second = (book.form_cell(self.form, key) for key in (self.first, self.second))
        return f'({first}<>"")*({second}<>"")*({second}<{first})'

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return 0 or 1."""
        del book, other
        first, second = (plain(answers.fields.get(f"{self.form}.{key}")) for key in (self.first, self.second))
        return float(isinstance(first, dt.date) and isinstance(second, dt.date) and second < first)


@dataclass(frozen=True, slots=True)
class FixedCell(Count):
    """1 where a cell in a given row of a table shows the word; "" is an empty cell."""

    table: str
    row: str
    field: str
    word: str

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the comparison."""
        del other
        return f"({book.fixed_cell(self.table, self.row, self.field)}={quoted(self.word)})*1"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return 0 or 1."""
        del other
        found = book.table(self.table)
        keys = [fixed.key for fixed in found[1].table.fixed_rows] if found else []
        row = answers.tables[self.table][keys.index(self.row)]
        condition = Is(self.field, self.word) if self.word else Empty(self.field)
        return float(condition.holds(row))


@dataclass(frozen=True, slots=True)
class Constant(Count):
    """A number that stands."""

    number: float

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the number."""
        del book, other
        return f"{self.number:g}"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the number."""
        del book, answers, other
        return self.number


@dataclass(frozen=True, slots=True)
class Other(Count):
    """Another count, by its key; `at_least` makes it 1 or 0."""

    key: str
    at_least: float | None = None
    negated: bool = False

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the reference, or its comparison."""
        del book
        if self.at_least is None:
            return other(self.key)
        return f"1*({other(self.key)}{'<' if self.negated else '>='}{self.at_least:g})"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the count, or 0 or 1."""
        del book, answers
        count = other(self.key)
        return (
            count
            if self.at_least is None
            else float((count < self.at_least) if self.negated else count >= self.at_least)
        )


@dataclass(frozen=True, slots=True)
class Product(Count):
    """The counts multiplied: with comparisons among them, the count where they hold."""

    counts: tuple[Count, ...]

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the product."""
        return "*".join(f"({count.formula(book, other)})" for count in self.counts)

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the product."""
        result = 1.0
        for count in self.counts:
            result *= count.value(book, answers, other)
        return result


@dataclass(frozen=True, slots=True)
class Total(Count):
    """The counts added up; 0 where there are none."""

    counts: tuple[Count, ...]

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the sum."""
        return "+".join(f"({count.formula(book, other)})" for count in self.counts) or "0"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the sum."""
        return sum(count.value(book, answers, other) for count in self.counts)
