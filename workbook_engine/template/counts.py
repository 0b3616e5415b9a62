"""Counts over a workbook, each as a formula and as a computation of our own; what they count is in conditions.py."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.spec.schema import Kind
from workbook_engine.template.conditions import (
    COUNT,
    Condition,
    Empty,
    Is,
    Reference,
    TextAmongNumbersError,
    plain,
    quoted,
)
from workbook_engine.template.options import Row, Value, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from workbook_engine.template.layout import BookPlan


@frozen
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


@frozen
class Rows(Count):
    """The rows of a table of which a condition holds."""

    table: str
    condition: Condition

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the sum over the table's rows. An error value in a cell makes it 0: it is reported after return."""

        def reference(field: str) -> str:
            is_count = field.startswith(COUNT)
            return other(field.removeprefix(COUNT)) if is_count else book.column_range(self.table, field)

        condition = self.condition.formula(reference)
        return f"IFERROR(SUMPRODUCT(1*{condition}),0)"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the number of rows; 0 where the formula is an error."""
        del book
        rows = (_Row(row, other) for row in answers.tables.get(self.table, ()))
        try:
            return float(sum(self.condition.holds(row) for row in rows))
        except TextAmongNumbersError:
            return 0.0


class _Row(dict[str, "Value"]):
    """A row that knows the counts of the workbook, too."""

    def __init__(self, row: Row, count: Callable[[str], float]) -> None:
        super().__init__(row)
        self._count = count

    def __missing__(self, key: str) -> float:
        return self._count(key.removeprefix(COUNT))


@frozen
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


@frozen
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


@frozen
class Dates:
    """Two dates of a form, between which a period lies."""

    form: str
    first: str
    last: str

    def cells(self, book: BookPlan) -> tuple[str, str]:
        """Return the references to their cells."""
        return book.form_cell(self.form, self.first), book.form_cell(self.form, self.last)

    def found(self, answers: Answers) -> tuple[dt.date, dt.date] | None:
        """Return the dates; None where one of them is blank or no date."""
        first, last = (plain(answers.fields.get(f"{self.form}.{key}")) for key in (self.first, self.last))
        return (first, last) if isinstance(first, dt.date) and isinstance(last, dt.date) else None


@frozen
class DatesReversed(Count):
    """1 where both dates are filled and the last lies before the first."""

    dates: Dates

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the comparison."""
        del other
        first, last = self.dates.cells(book)
        return f'({first}<>"")*({last}<>"")*({last}<{first})'

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return 0 or 1."""
        del book, other
        found = self.dates.found(answers)
        return float(found is not None and found[1] < found[0])


@frozen
class MonthInPeriod(Count):
    """1 where a month of the calendar lies in the period between two dates; any does where it is not known.

    So the reader has it (normalize/study.py): a period that ends before it begins says nothing of months.
    """

    dates: Dates
    month: int

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the comparison of how far the month, and the period's last, are from its first."""
        del other
        first, last = self.dates.cells(book)
        length = f"(YEAR({last})-YEAR({first}))*12+MONTH({last})-MONTH({first})"
        known = f'({first}<>"")*({last}<>"")*({last}>={first})'
        return f"IFERROR(1-{known}*(MOD({self.month}-MONTH({first}),12)>{length}),1)"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return 0 or 1."""
        del book, other
        found = self.dates.found(answers)
        if found is None or found[1] < found[0]:
            return 1.0
        first, last = found
        length = (last.year - first.year) * 12 + last.month - first.month
        return float((self.month - first.month) % 12 <= length)


@frozen
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


@frozen
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


@frozen
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


@frozen
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


@frozen
class Total(Count):
    """The counts added up; 0 where there are none."""

    counts: tuple[Count, ...]

    def formula(self, book: BookPlan, other: Reference) -> str:
        """Return the sum."""
        return "+".join(f"({count.formula(book, other)})" for count in self.counts) or "0"

    def value(self, book: BookPlan, answers: Answers, other: Callable[[str], float]) -> float:
        """Return the sum."""
        return sum(count.value(book, answers, other) for count in self.counts)
