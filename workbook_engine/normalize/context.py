"""Reading one cell after another under the spec: numbers, choices, dates, references, each with what is to be said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding, FindingType, Severity
from workbook_engine.grid import shown_date
from workbook_engine.matching import Matcher
from workbook_engine.model import Quantity
from workbook_engine.normalize.above import without_stand_ins
from workbook_engine.normalize.dates import read_date, read_period
from workbook_engine.normalize.number_readings import unclear
from workbook_engine.normalize.number_words import ERROR_CODES, STANDS_FOR
from workbook_engine.normalize.numbers import read_number
from workbook_engine.spec.limits import limits_in_words
from workbook_engine.spec.schema import Required
from workbook_engine.texts import Text, joined
from workbook_engine.traditional import simplified
from workbook_engine.units import UNITS, parse_unit_phrase

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.grid import Cell
    from workbook_engine.model import BoundTable, Record, Submission
    from workbook_engine.normalize.dates import DateReading
    from workbook_engine.normalize.numbers import NumberReading
    from workbook_engine.spec.schema import Field, Table, TemplateSpec
    from workbook_engine.texts import Language
    from workbook_engine.units import Unit, UnitPhrase


ROW = Text("第 {row} 行", "row {row}")  # how a row is called that has no name of its own
_EMPTY = {Required.MUST: catalogue.REQUIRED_EMPTY, Required.SHOULD: catalogue.RECOMMENDED_EMPTY}
# China has no decimal comma, and no point between thousands.
_CERTAIN_IN_CHINA = dict.fromkeys((catalogue.NUMBER_ONE_COMMA, catalogue.NUMBER_ONE_DOT), catalogue.NUMBER_AS_TEXT)
_SAID = {"pending": catalogue.VALUE_PENDING, "same": catalogue.VALUE_SAME_AS_ABOVE}


@dataclass(slots=True)
class Context:
    """What the steps of normalizing share: the inputs, and the findings as they come up."""

    submission: Submission
    library: FactorLibrary
    spec: TemplateSpec
    findings: list[Finding] = field(default_factory=list)
    months: frozenset[int] = frozenset(range(1, 13))  # of the reference period; none where it is longer than a year
    _matchers: dict[int, Matcher[str]] = field(default_factory=dict)
    _records: dict[str, Sequence[Record]] = field(default_factory=dict)
    _said: set[tuple[object, ...]] = field(default_factory=set)  # codes and parameters of what is said once

    @property
    def language(self) -> Language:
        """Return the language of the company's template: messages quote its headings."""
        return self.submission.language

    def report(self, kind: FindingType, where: CellRef | None, **params: object) -> None:
        """Add a finding."""
        self.findings.append(Finding(kind, where, params))

    def report_once(self, kind: FindingType, where: CellRef, **params: object) -> None:
        """Add a finding, unless the same was said of an earlier cell: a note on a factor holds for all of its lines."""
        said = (kind.code, *params.values())
        if said not in self._said:
            self._said.add(said)
            self.report(kind, where, **params)

    def errors_since(self, mark: int) -> bool:
        """Tell whether an error was added after the findings counted `mark`."""
        added = self.findings[mark:]
        return bool(added) and any(finding.severity is Severity.ERROR for finding in added)

    def records(self, table: BoundTable) -> Sequence[Record]:
        """Return the rows of a table, `同上` and `/` replaced by what they stand for; that is said once."""
        if table.key not in self._records:
            spec = self.spec.table(table.key)
            self._records[table.key] = without_stand_ins(spec, table, self.report, self._is_choice)
        return self._records[table.key]

    def text_of(self, cell: Cell | None) -> str:
        """Return what was typed into a cell, stripped, a date as it is shown; empty where nothing was."""
        value = cell.value if cell is not None else ""
        if isinstance(value, str):  # nearly always
            return value.strip()
        if cell is not None and cell.kind == "date" and isinstance(value, float):
            return shown_date(value, date1904=self.submission.date1904)
        return typed(cell)

    def _is_choice(self, field: Field, word: str) -> bool:
        return bool(field.choices) and self.choices(field).find(word) is not None

    def choices(self, spec: Field) -> Matcher[str]:
        """Return the matcher of a field's closed list; built once."""
        matcher = self._matchers.get(id(spec))
        if matcher is None:
            words = {word: choice.key for choice in spec.choices for word in choice.title}
            for choice in spec.choices:
                for word in (*choice.synonyms, choice.key):
                    words.setdefault(word, choice.key)
            matcher = self._matchers[id(spec)] = Matcher(words)
        return matcher


@dataclass(slots=True)  # not frozen: a million are made for a large workbook, and freezing is half of their cost
class Slot:
    """One place that can be filled in: a form's field or a cell of a row, with its declaration."""

    context: Context
    spec: Field
    cell: Cell | None
    place: tuple[str, int | None, int | None]  # sheet, row, column
    heading: UnitPhrase | None = None  # the unit that the column's heading names, where a company retyped it

    @property
    def where(self) -> CellRef:
        """Return the cell, also where it is blank."""
        return CellRef(*self.place)

    @property
    def heading_unit(self) -> Unit | None:
        """Return the unit that the column's heading names."""
        return self.heading.unit if self.heading else None

    @property
    def text(self) -> str:
        """Return what was typed, stripped; empty where nothing was."""
        return self.context.text_of(self.cell)

    def reading(self, *, per_year: bool = False) -> NumberReading:
        """Return what the cell says where a number belongs.

        `per_year`: who asks holds what it is per (1430000/年) against the basis or the period; else it is refused.
        """
        if self.cell is not None and self.cell.formula:
            submission, formula = self.context.submission, f"={self.cell.formula}"
            if self.place in submission.circular:
                return unclear(formula, catalogue.FORMULA_CIRCULAR)
            if self.place in submission.of_nothing and self.cell.value == 0:
                return unclear(formula, catalogue.FORMULA_OF_NOTHING)
        reading = read_number(self.cell, date1904=self.context.submission.date1904)
        if reading.per_text and reading.unit is None and not per_year:
            return reading.refused(catalogue.NUMBER_UNIT_UNKNOWN)
        is_open = reading.types and any(each in _CERTAIN_IN_CHINA for each in reading.types)
        return reading.with_types(_CERTAIN_IN_CHINA) if is_open and self.context.language == "zh" else reading

    def require(self) -> None:
        """Report an empty cell as far as the spec wants it filled."""
        kind = None if self.text else _EMPTY.get(self.spec.required)
        if kind:
            self.context.report(kind, self.where, field=self.spec.title, help=self.spec.help)

    def unknown(self, kind: FindingType, **params: object) -> None:
        """Report a word that the field does not know: as what it says where it stands for something, else as `kind`."""
        found = STANDS_FOR.get(simplified(self.text).casefold())
        said = _SAID.get(found[0]) if found else None
        self.context.report(said or kind, self.where, typed=self.text, **({} if said else params))

    def words(self) -> str:
        """Return the text; an error value in its place is reported, one that was pasted as text too."""
        cell, text = self.cell, self.text
        if cell is not None and (cell.kind == "error" or text.casefold() in ERROR_CODES):
            self.context.report(catalogue.CELL_ERROR, self.where, typed=str(cell.value))
            return ""
        return text

    def choice(self) -> str | None:
        """Return the key of the choice, None where blank or (reported) not one of them."""
        text = self.words()
        if not text:
            return None
        match = self.context.choices(self.spec).find(text)
        if match is None:
            if not self.spec.free:
                offered = joined(choice.title.to(self.context.language) for choice in self.spec.choices)
                self.unknown(catalogue.CHOICE_UNKNOWN, field=self.spec.title, choices=offered)
            return None
        if match.step == "similar":
            title = next(choice.title for choice in self.spec.choices if choice.key == match.value)
            self.context.report(catalogue.UNDERSTOOD_AS, self.where, typed=text, value=title)
        return match.value

    def number(self, unit: Unit | None = None, *, per_year: bool = False) -> Quantity | None:
        """Return the number, None where blank, not applicable, or (reported) not certain.

        `unit` is what the field counts in: a cell that names another (`2t` where kg are asked) is converted to it. A
        field without one takes plain numbers only: what `0.2g` means there is not certain.
        """
        cell = self.cell
        if cell is None:
            return None
        reading = self.reading(per_year=per_year)
        wants_share = unit is not None and unit.dimension == "ratio"
        if reading.unit is not None and reading.unit.dimension == "ratio" and not wants_share:
            reading = reading.refused(catalogue.PERCENT_FOR_NUMBER)
        elif unit is not None:
            reading = reading.counted_in(self.heading_unit).in_unit(unit)
        elif reading.unit is not None:
            typed_with = {"typed": reading.typed, "field": self.spec.title}
            self.context.report(catalogue.NUMBER_UNIT_UNWANTED, self.where, **typed_with)
            return None
        self.context.findings += reading.findings(self.where)
        if reading.value is None:
            return None
        quantity = Quantity(reading.value, self.where, self.text, reading.unit_text)
        return quantity if self._in_range(quantity) else None

    def _in_range(self, quantity: Quantity) -> bool:
        spec = self.spec
        low, high = spec.minimum, spec.maximum
        is_low = low is not None and (quantity.value < low or (spec.exclusive and quantity.value == low))
        if not is_low and (high is None or quantity.value <= high):
            return True
        params = {"field": spec.title, "typed": quantity.typed, "limit": limits_in_words(spec)}
        self.context.report(catalogue.OUT_OF_RANGE, self.where, **params)
        return False

    def span(self) -> DateReading | None:
        """Return the days of a cell that names a whole period, a year or a part of one; None of any other."""
        reading = read_period(self.cell, date1904=self.context.submission.date1904)
        return reading if reading.kind == "date" and reading.precision not in ("day", "month") else None

    def year(self) -> int | None:
        """Return the calendar year, also of `2024年`; None where blank, or (reported) not certain: 2024.5."""
        if self.cell is None:
            return None
        reading = read_period(self.cell, date1904=self.context.submission.date1904)
        if reading.kind == "date" and reading.precision == "year" and reading.start is not None:
            year: Quantity | None = Quantity(float(reading.start.year), self.where, self.text)
            if self.cell.kind == "text" and self.text != str(reading.start.year):
                self.context.report(catalogue.UNDERSTOOD_AS, self.where, typed=self.text, value=reading.start.year)
        else:
            year = self.whole_number(UNITS["年"])
        return int(year.value) if year and self._in_range(year) else None

    def whole_number(self, unit: Unit | None = None) -> Quantity | None:
        """Return a number as `number` does; a broken one is reported, never cut."""
        number = self.number(unit)
        if number is None or number.value == int(number.value):
            return number
        self.context.report(catalogue.NUMBER_NOT_WHOLE, self.where, field=self.spec.title, typed=number.typed)
        return None

    def date(self, *, end_of_period: bool = False) -> datetime.date | None:
        """Return the date, None where blank or (reported) not certain."""
        if self.cell is None:
            return None
        reading = read_date(self.cell, date1904=self.context.submission.date1904, end_of_period=end_of_period)
        self.context.findings += reading.findings(self.where)
        return reading.value


@dataclass(slots=True)
class Row:
    """One row of a bound table, with the table's declaration."""

    context: Context
    spec: Table
    table: BoundTable
    record: Record
    fields: Mapping[str, Field]  # of the spec, by key

    @property
    def where(self) -> CellRef:
        """Return the row's first filled cell."""
        column = min((self.table.columns[key] for key in self.record.cells if key in self.table.columns), default=None)
        return CellRef(self.table.sheet, self.record.row, column)

    def slot(self, key: str) -> Slot:
        """Return the slot of a field of the row; of a column that is gone, at the row's first filled cell."""
        column = self.table.columns.get(key)
        place = (self.table.sheet, self.record.row, self.where.column if column is None else column)
        headed = self.heading(key) if self.table.heading_units else None
        return Slot(self.context, self.fields[key], self.record.cells.get(key), place, headed)

    def slots(self, keys: Iterable[str]) -> list[Slot]:
        """Return the slots of those of the fields that are filled in."""
        return [self.slot(key) for key in keys if key in self.record.cells]

    def text(self, key: str) -> str:
        """Return what was typed into a field, as its slot does."""
        return self.context.text_of(self.record.cells.get(key))

    def heading(self, key: str) -> UnitPhrase | None:
        """Return the unit that the column's heading names, None where it names none."""
        text = self.table.heading_units.get(key)
        return parse_unit_phrase(text) if text else None

    def has(self, key: str) -> bool:
        """Tell whether the field is filled in."""
        return key in self.record.cells

    def has_any(self, keys: Iterable[str]) -> bool:
        """Tell whether one of the fields is filled in."""
        return not self.record.cells.keys().isdisjoint(keys)


def report_unused(row: Row, item: str, key: str, reason: Text) -> None:
    """Report a field that is filled in where the way the row is filled in does not use it."""
    if row.has(key):
        slot = row.slot(key)
        params = {"item": item, "field": slot.spec.title, "typed": slot.text, "reason": reason}
        row.context.report(catalogue.FIELD_UNUSED, slot.where, **params)


def rows(context: Context, table_key: str) -> Iterator[Row]:
    """Yield the rows of a table as it was found; none where it was not."""
    table = context.submission.tables.get(table_key)
    if table is None:
        return
    spec = context.spec.table(table_key)
    fields = {field.key: field for field in spec.fields}
    for record in context.records(table):
        yield Row(context, spec, table, record, fields)


def form_slot(context: Context, form: str, field_key: str) -> Slot:
    """Return the slot of a form's field; where it was not found, a blank one placed on no cell."""
    spec = next(f for f in context.spec.form(form).fields if f.key == field_key)
    entry = context.submission.fields.get(f"{form}.{field_key}")
    if entry is None:
        return Slot(context, spec, None, (_sheet_of(context, form), None, None))
    return Slot(context, spec, entry.cell, (entry.where.sheet, entry.where.row, entry.where.column))


def _sheet_of(context: Context, form: str) -> str:
    """Return the sheet on which other fields of a form were found, however it is called; else the form's own."""
    entries = context.submission.fields.items()
    found = next((entry.where.sheet for key, entry in entries if key.startswith(f"{form}.")), "")
    return found or next(sheet.title.to(context.language) for sheet, block in context.spec.forms() if block.key == form)


def typed(cell: Cell | None) -> str:
    """Return a cell's content as text: a whole number without ".0"."""
    value = cell.value if cell is not None else None
    if isinstance(value, str):  # most of all cells
        return value.strip()
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)
