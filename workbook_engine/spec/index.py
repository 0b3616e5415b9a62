"""The spec turned round: from what may stand in a cell to what it means. Built once for a spec and kept."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.matching import Matcher, canonical
from workbook_engine.patterns import pattern
from workbook_engine.spec.schema import (
    NEED_WORDS,
    WAY_WORDS,
    Field,
    Form,
    Kind,
    Table,
    TemplateSpec,
    field_name,
    table_name,
)
from workbook_engine.spec.words import PRINTED, STATE_LABEL, all_guidance
from workbook_engine.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.texts import Text


_LONGEST_HEADING = 60  # characters: a longer text is a remark
_KEPT = 20_000  # texts that are remembered: a column repeats its words
_NUMBERED = pattern(r"^[0-9]{1,2}\. ")  # the instructions count their sentences
_REMARK = pattern(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")


@frozen
class SpecIndex:
    """Look-ups from typed or printed text to the spec's keys."""

    fields: Mapping[str, tuple[Form, Field]]  # "study.company" -> its form and field
    tables: Mapping[str, Table]
    form_labels: Matcher[str]  # a form's label, title or synonym -> "form.field"
    headings: Mapping[str, Matcher[str]]  # table key -> matcher of its headings -> field key
    sheets: Matcher[str]  # a sheet's title or synonym -> its key
    tables_of_sheet: Mapping[str, tuple[str, ...]]  # sheet key -> keys of its tables
    sheet_of_form: Mapping[str, str]  # form key -> key of its sheet
    fixed_rows: Mapping[str, Matcher[str]]  # table key -> matcher of its rows' titles -> row key
    block_titles: frozenset[str]  # canonical titles of forms and tables: one of them alone in a row ends a table
    spec_titles: frozenset[str]  # what the template's first sheet is headed with
    printed: frozenset[str]  # canonical texts that the template itself prints: nobody typed them
    printed_answers: frozenset[str]  # those of them that a company may choose somewhere: 数量, 使用
    names: Mapping[str, str]  # defined name -> "form.field" or table key
    titles: Mapping[str, frozenset[str]]  # table key -> its headings as printed, without synonyms
    tables_by_title: Mapping[str, tuple[str, ...]]  # canonical title of a table, or of its sheet -> keys of tables
    field_keys: frozenset[str]  # keys of all tables' fields: what stands in key rows
    heading_words: frozenset[str]  # canonical headings and their synonyms, of all tables
    label_words: frozenset[str]  # canonical labels of forms and their synonyms
    _seen: dict[str, bool] = field(default_factory=dict)
    _answers: dict[int, frozenset[str]] = field(default_factory=dict)

    def is_heading(self, text: str) -> bool:
        """Tell whether a text, or one of its parts, is a heading of some table, but for misspellings."""
        if len(text) > _LONGEST_HEADING:
            return False
        known = self._seen.get(text)
        if known is None:
            if len(self._seen) >= _KEPT:
                self._seen.clear()
            bare = _REMARK.sub("", unicodedata.normalize("NFKC", text))
            words = (text, bare, *re.split(r"[\n/|、]+", text), text.strip("()[]（）【】〔〕 "))
            known = self._seen[text] = any(canonical(word) in self.heading_words for word in words if word.strip())
        return known

    def is_printed(self, text: str) -> bool:
        """Tell whether the template itself prints the text: nobody typed it."""
        return canonical(_NUMBERED.sub("", text)) in self.printed or text.startswith(STATE_LABEL)

    def is_printed_answer(self, text: str) -> bool:
        """Tell whether a text that the template prints is one that a company may choose somewhere, too."""
        return canonical(text) in self.printed_answers

    def is_answer(self, spec: Field, text: str) -> bool:
        """Tell whether a text is a word that a company chooses in the field: a unit, or a word of its list."""
        if spec.kind is Kind.UNIT:
            return parse_unit(text) is not None
        words = self._answers.get(id(spec))
        if words is None:
            choices = ((*choice.title, *choice.synonyms) for choice in spec.choices)
            words = self._answers[id(spec)] = frozenset(canonical(word) for choice in choices for word in choice)
        return canonical(text) in words


@functools.lru_cache(maxsize=4)
def spec_index(spec: TemplateSpec) -> SpecIndex:
    """Return the look-ups of `spec`."""
    fields = {f"{form.key}.{field.key}": (form, field) for _, form in spec.forms() for field in form.fields}
    tables = {table.key: table for _, table in spec.tables()}
    blocks = [block for sheet in spec.sheets for block in sheet.blocks]
    printed = _printed(spec)
    return SpecIndex(
        fields=fields,
        tables=tables,
        form_labels=Matcher(_pairs((key, field.title, field.synonyms) for key, (_, field) in fields.items())),
        headings={
            table.key: Matcher(_pairs((field.key, field.title, field.synonyms) for field in table.fields))
            for table in tables.values()
        },
        sheets=Matcher(_pairs((sheet.key, sheet.title, sheet.synonyms) for sheet in spec.sheets)),
        tables_of_sheet={
            sheet.key: tuple(block.key for block in sheet.blocks if isinstance(block, Table)) for sheet in spec.sheets
        },
        sheet_of_form={form.key: sheet.key for sheet, form in spec.forms()},
        fixed_rows={
            table.key: Matcher(_pairs((row.key, row.title, row.synonyms) for row in table.fixed_rows))
            for table in tables.values()
            if table.fixed_rows
        },
        block_titles=frozenset(canonical(word) for block in blocks for word in block.title),
        spec_titles=frozenset(spec.title),
        printed=printed,
        printed_answers=printed.intersection(
            canonical(word)
            for block in blocks
            for each in block.fields
            for choice in each.choices
            for word in (*choice.title, *choice.synonyms)
        ),
        names={field_name(*key.split(".")): key for key in fields} | {table_name(key): key for key in tables},
        titles={
            table.key: frozenset(word for f in table.fields for word in f.title if word) for table in tables.values()
        },
        tables_by_title=_tables_by_title(spec),
        field_keys=frozenset(f.key for table in tables.values() for f in table.fields),
        heading_words=frozenset(
            canonical(word)
            for table in tables.values()
            for f in table.fields
            for word in (*f.title, *f.synonyms)
            if word
        ),
        label_words=frozenset(canonical(word) for _, f in fields.values() for word in (*f.title, *f.synonyms) if word),
    )


def _tables_by_title(spec: TemplateSpec) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for sheet in spec.sheets:
        tables = tuple(block.key for block in sheet.blocks if isinstance(block, Table))
        for word in (*sheet.title, *sheet.synonyms):
            found.setdefault(canonical(word), tables)
    for _, table in spec.tables():
        for word in table.title:
            found[canonical(word)] = (table.key,)
    return found


def _pairs(entries: Iterable[tuple[str, Text, tuple[str, ...]]]) -> dict[str, str]:
    """Return text -> key. A title wins over a synonym; of two equal synonyms the first declared wins."""
    entries = list(entries)
    pairs = {word: key for key, title, _ in entries for word in title if word}
    for key, _, synonyms in entries:
        for word in synonyms:
            pairs.setdefault(word, key)
    return pairs


def _printed(spec: TemplateSpec) -> frozenset[str]:
    texts: list[Text] = [spec.title, *spec.instructions, *NEED_WORDS.values(), *WAY_WORDS, *PRINTED]
    texts += [text for hint in spec.unit_hints for text in hint]
    for sheet in spec.sheets:
        texts += [sheet.title, sheet.intro]
        for block in sheet.blocks:
            texts.append(block.title)
            for each in block.fields:
                texts += [each.title, each.help]
            if isinstance(block, Table):
                texts += all_guidance(block)
                texts += [row.title for row in block.fixed_rows]
    return frozenset(canonical(word) for text in texts for word in text if word)
