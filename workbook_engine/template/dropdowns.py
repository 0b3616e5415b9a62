"""Lists and limits of the input cells: a field's declaration as a data validation with its input message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook_engine.errors import SpecError
from workbook_engine.grid import column_letter, quote_sheet
from workbook_engine.spec.limits import DATES, MAX_INLINE, number_rule, offered_units
from workbook_engine.spec.messages import MAX_TITLE, error_message, input_message
from workbook_engine.spec.schema import MARK_ASIDE, NEED_WORDS, WAY_WORDS, Field, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.template.counts import Answers
    from workbook_engine.template.layout import BookPlan, Need
    from workbook_engine.template.options import Lists
    from workbook_engine.texts import Text
    from workbook_engine.writing import Format, SheetWriter

MAX_NAMES = 100  # products or plants that their list offers
MAX_MESSAGE = 255
Source = list[str] | str


class ListSheet:
    """The hidden sheet that holds the lists which are too long to stand inside a validation, or which grow."""

    def __init__(self, sheet: SheetWriter, styles: tuple[Format, Format]) -> None:
        self._sheet = sheet
        self._heading, self._body = styles
        self._columns: dict[tuple[str, ...], str] = {}
        self._next_column = 2
        sheet.column(1, 2, hidden=True)
        sheet.text(1, 1, f"{MARK_ASIDE}sheet")

    def source(self, title: str, words: list[str]) -> Source:
        """Return the words as a validation takes them: themselves where they fit, else a range of this sheet."""
        if not any("," in word for word in words) and len(",".join(words)) <= MAX_INLINE:
            return words
        key = tuple(words)
        if key not in self._columns:
            self._columns[key] = self._write(title, words)
        return self._columns[key]

    def _write(self, title: str, words: list[str]) -> str:
        letter = self._column(title)
        for row, word in enumerate(words, start=2):
            self._sheet.text(row, self._next_column - 1, word, self._body)
        return f"={quote_sheet(self._sheet.name)}!${letter}$2:${letter}${len(words) + 1}"

    def names(self, title: str, names: str, models: str, typed: Sequence[tuple[str, str]]) -> str:
        """Return the source of a list of what is typed in a table: `names` (a range), as far as it is filled.

        A name that occurs twice is followed by its model, where the table has one (`models`, else ""). The list goes
        by position in the range, so it follows rows that are inserted or deleted.
        """
        letter, number = self._column(title), self._column("")
        labels = _labels(typed)
        for row in range(2, MAX_NAMES + 2):
            position = row - 1
            label = labels[position - 1] if position <= len(labels) else ""
            name = f"INDEX({names},{position})"
            twice = f'IF(COUNTIF({names},{name})>1,{name}&" "&INDEX({models},{position}),{name})' if models else name
            self._sheet.formula(row, self._next_column - 2, f'=IFERROR(IF({name}="","",{twice}),"")', label, self._body)
            used = f'=IF({letter}{row}="",0,{position})'
            self._sheet.formula(row, self._next_column - 1, used, float(position if label else 0), self._body)
        last = max((n for n, label in enumerate(labels, start=1) if label), default=1)
        total = f"=MAX(1,MAX({number}2:{number}{MAX_NAMES + 1}))"
        self._sheet.formula(1, self._next_column - 1, total, float(last), self._body)
        here = quote_sheet(self._sheet.name)
        return f"=OFFSET({here}!${letter}$2,0,0,{here}!${number}$1,1)"

    def _column(self, title: str) -> str:
        self._sheet.column(self._next_column, 28 if title else 6)
        if title:
            self._sheet.text(1, self._next_column, title, self._heading)
        else:
            self._sheet.blank(1, self._next_column, self._heading)
        self._next_column += 1
        return column_letter(self._next_column - 1)


def _labels(typed: Sequence[tuple[str, str]]) -> list[str]:
    names = [name for name, _ in typed]
    return [f"{name} {model}" if name and names.count(name) > 1 else name for name, model in typed]


class Validations:
    """Makes the validation of a field, in the workbook's language."""

    def __init__(self, book: BookPlan, lists: Lists, sheet: ListSheet, answers: Answers) -> None:
        self._language = book.language
        self._lists = lists
        self._sheet = sheet
        self._names = {kind: _typed_names(kind, book, sheet, answers) for kind in _TABLE_OF}

    def options(self, field: Field, need: Need) -> dict[str, Any]:
        """Return XlsxWriter's options for the field: what is allowed, the input message, the error message."""
        return {**self._rule(field), **self._messages(field, need), "ignore_blank": True}

    def _rule(self, field: Field) -> dict[str, Any]:
        if field.kind is Kind.DATE:
            return dict(DATES)
        words = self._words(field)
        if words:
            # A choice that is only an offer asks nothing when other words are typed.
            return {
                "validate": "list",
                "source": words,
                "error_type": _strictness(field),
                "show_error": _is_asked(field),
            }
        if field.kind is Kind.NUMBER:
            return number_rule(field)
        return {"validate": "any"}

    def _words(self, field: Field) -> Source | None:
        to = self._language
        if field.kind in self._names:
            return self._names[field.kind]
        if field.kind is Kind.FLOW:
            words = [text.to(to) for category in field.categories for text in self._lists.flows.get(category, ())]
        elif field.kind is Kind.UNIT:
            words = offered_units(field, to)
        elif field.choices_from:
            words = self._from_library(field.choices_from)
        else:
            words = [choice.title.to(to) for choice in field.choices]
        return self._sheet.source(field.title.to(to), list(dict.fromkeys(words))) if words else None

    def _from_library(self, which: str) -> list[str]:
        offered = {
            "factor_sets": list(self._lists.factor_sets),
            "electricity_years": [str(year) for year in self._lists.electricity_years],
            "electricity_regions": [text.to(self._language) for text in self._lists.electricity_regions],
        }
        return offered[which]

    def _messages(self, field: Field, need: Need) -> dict[str, Any]:
        to = self._language
        message = input_message(field, need_word(need), to)
        if len(message) > MAX_MESSAGE:
            raise SpecError(f"{field.key}: the input message has {len(message)} characters, Excel takes {MAX_MESSAGE}")
        title = field.title.to(to)[:MAX_TITLE]
        prompt = {"input_title": title, "input_message": message}
        if field.kind is Kind.TEXT:
            return prompt  # anything goes, so there is no error to explain
        return {**prompt, "error_title": title, "error_message": error_message(field).to(to)}


_TABLE_OF = {Kind.PRODUCT: "products", Kind.PLANT: "plants"}


def _typed_names(kind: Kind, book: BookPlan, sheet: ListSheet, answers: Answers) -> str:
    """Write the list of the products or plants that the company typed, and return where it is."""
    table = _TABLE_OF[kind]
    has_model = any(field.key == "model" for field in book.spec.table(table).fields)
    models = book.column_range(table, "model") if has_model else ""
    typed = [(str(row.get("name") or ""), str(row.get("model") or "")) for row in answers.tables.get(table, ())]
    title = book.spec.table(table).title.to(book.language)
    return sheet.names(title, book.column_range(table, "name"), models, typed)


def need_word(need: Need) -> Text:
    """Return what stands above a column: required, wanted, optional, or which of several ways it belongs to."""
    if need.way:
        return WAY_WORDS[need.way - 1]
    return NEED_WORDS[need.required]


def _strictness(field: Field) -> str:
    """Return how a word outside the list is met: names and free text by a question, a closed choice by a refusal."""
    return "warning" if field.free or field.kind in {Kind.PRODUCT, Kind.PLANT} else "stop"


def _is_asked(field: Field) -> bool:
    return not (field.free and field.kind is Kind.CHOICE and not field.choices_from)
