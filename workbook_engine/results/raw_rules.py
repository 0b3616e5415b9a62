"""The template's data validation on the company's sheets in the results workbook: a consultant may mend there.

Lists, limits of numbers and dates, as the template has them. Flows have no list here: it comes of the factor library,
and any name is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook_engine.grid import MAX_ROW, Area, column_letter, quote_sheet
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.limits import DATES, MAX_INLINE, number_rule, offered_units
from workbook_engine.spec.schema import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import BoundTable
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.texts import Language

SPARE_ROWS: Final = 50  # below a table's last row: a line may be added
BETWEEN: Final = 4  # rows that the title, the note and the key row of the next table take
NAMED_IN: Final = {Kind.PRODUCT: "products", Kind.PLANT: "plants"}


def validations(job: ResultsJob, layout: Layout, sheet: str) -> Iterator[tuple[Area, dict[str, Any]]]:
    """Yield the validations of a company's sheet: XlsxWriter's options and where they hold."""
    tables = [table for table in job.submission.tables.values() if table.sheet == sheet]
    headers = sorted(table.header_row for table in tables)
    for table in tables:
        fields = {field.key: field for field in COLLECTION.table(table.key).fields}
        below = next((row - BETWEEN for row in headers if row > table.header_row), None)
        first, last = table.header_row + 1, _last_row(table)
        last = max(last, min(last + SPARE_ROWS, MAX_ROW if below is None else below))
        for key, column in table.columns.items():
            rule = _rule(fields[key], job, layout) if key in fields else None
            if rule:
                yield Area(first, column, last, column), rule
    for name, entry in job.submission.fields.items():
        form, _, key = name.partition(".")
        if entry.where.sheet == sheet and entry.where.row and entry.where.column and form != "template":
            field = next((field for field in COLLECTION.form(form).fields if field.key == key), None)
            rule = _rule(field, job, layout) if field else None
            if rule:
                yield Area(entry.where.row, entry.where.column, entry.where.row, entry.where.column), rule


def _last_row(table: BoundTable) -> int:
    return max((record.row for record in table.records), default=table.header_row + 1)


def _rule(field: Field, job: ResultsJob, layout: Layout) -> dict[str, Any] | None:
    """Return what a field allows; None where anything goes. Words that a list lacks are asked about, not refused."""
    if field.kind is Kind.DATE:
        return dict(DATES)
    if field.kind in NAMED_IN:
        return _names(NAMED_IN[field.kind], job, layout)
    words = _words(field, layout.language)
    if words and len(",".join(words)) <= MAX_INLINE and not any("," in word for word in words):
        is_open = field.free or field.kind is not Kind.CHOICE
        return {"validate": "list", "source": words, "error_type": "warning" if is_open else "stop"}
    return number_rule(field) if field.kind is Kind.NUMBER else None


def _words(field: Field, language: Language) -> list[str]:
    if field.kind is Kind.UNIT:
        return list(dict.fromkeys(offered_units(field, language)))
    return [choice.title.to(language) for choice in field.choices]


def _names(key: str, job: ResultsJob, layout: Layout) -> dict[str, Any] | None:
    """Return the list of what stands in the name column of a table: as many rows as it has."""
    table = job.submission.tables.get(key)
    if table is None or "name" not in table.columns or table.sheet not in layout.raw.names or not table.records:
        return None
    letter = column_letter(table.columns["name"])
    rows = f"${letter}${table.header_row + 1}:${letter}${_last_row(table)}"
    source = f"={quote_sheet(layout.raw.names[table.sheet])}!{rows}"
    return {"validate": "list", "source": source, "error_type": "warning"}
