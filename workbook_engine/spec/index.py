"""The spec turned round: from what may stand in a cell to what it means. Built once for a spec and kept."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbook_engine.matching import Matcher, canonical
from workbook_engine.spec.schema import (
    NEED_WORDS,
    WAY_WORDS,
    Field,
    Form,
    Table,
    TemplateSpec,
    field_name,
    table_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workbook_engine.texts import Text


@dataclass(frozen=True, slots=True)
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
    printed: frozenset[str]  # canonical texts that the template itself prints: nobody typed them
    names: Mapping[str, str]  # defined name -> "form.field" or table key


@functools.lru_cache(maxsize=4)
def spec_index(spec: TemplateSpec) -> SpecIndex:
    """Return the look-ups of `spec`."""
    fields = {f"{form.key}.{field.key}": (form, field) for _, form in spec.forms() for field in form.fields}
    tables = {table.key: table for _, table in spec.tables()}
    blocks = [block for sheet in spec.sheets for block in sheet.blocks]
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
        printed=_printed(spec),
        names={field_name(*key.split(".")): key for key in fields} | {table_name(key): key for key in tables},
    )


def _pairs(entries: Iterable[tuple[str, Text, tuple[str, ...]]]) -> dict[str, str]:
    """Return text -> key. A title wins over a synonym; of two equal synonyms the first declared wins."""
    entries = list(entries)
    pairs = {word: key for key, title, _ in entries for word in title if word}
    for key, _, synonyms in entries:
        for word in synonyms:
            pairs.setdefault(word, key)
    return pairs


def _printed(spec: TemplateSpec) -> frozenset[str]:
    texts: list[Text] = [spec.title, *spec.instructions, *NEED_WORDS.values(), *WAY_WORDS]
    for sheet in spec.sheets:
        texts += [sheet.title, sheet.intro]
        for block in sheet.blocks:
            texts += [block.title, *([block.note] if block.note else [])]
            for field in block.fields:
                texts += [field.title, field.help]
            if isinstance(block, Table):
                texts += [row.title for row in block.fixed_rows]
    return frozenset(canonical(word) for text in texts for word in text if word)
