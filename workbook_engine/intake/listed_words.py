"""The words that lists offer from the factor library, on the template's hidden sheet or in a validation itself.

One that the library lacks may be typed. Or the template was made with another library than that of the run, which a
consultant with one of their own wants to know: companies choose from these lists. One note for a workbook, however many
words there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.grid import address
from workbook_engine.intake.binding.answers import is_corrections
from workbook_engine.intake.binding.marks import ASIDE_SHEET
from workbook_engine.intake.binding.outside import told_choices
from workbook_engine.intake.binding.own_cells import list_words
from workbook_engine.intake.binding.result import listed
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.limits import OFFERED_UNITS
from workbook_engine.spec.schema import MARK_ASIDE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.grid import Book, Sheet

_SHOWN = 30  # characters of the first


def lists_not_read(book: Book, library: FactorLibrary, *, is_of_results: bool) -> Iterator[Finding]:
    """Yield what lists offer and nobody reads. The validations of a results workbook are the program's own."""
    yield from words_not_read(book, library)
    if not is_of_results:
        yield from choices_not_read(book, library)


def words_not_read(book: Book, library: FactorLibrary) -> Iterator[Finding]:
    """Yield a note for each hidden sheet of lists on which words stand that neither library nor template offers."""
    for sheet in book.sheets:
        if not _is_own(sheet):
            continue
        unknown = [word for word in list_words(sheet) if word[2] not in library.names]
        known = _offered(library) if unknown else frozenset[str]()
        found = [word for word in unknown if word[2] not in known]
        if found:
            row, column, text = found[0]
            cells = listed(address(row, column) for row, column, _ in found)
            params = {"count": len(found), "cells": cells, "typed": text[:_SHOWN]}
            yield Finding(catalogue.LIST_WORDS_UNKNOWN, CellRef(sheet.name, row, column), params)


def choices_not_read(book: Book, library: FactorLibrary) -> Iterator[Finding]:
    """Yield a note if validations offer words of their own that neither library nor template has."""
    lists = [(each, each.text.split("\n")) for each in book.beside if each.place == "choices"]
    if any(word not in library.names for _, words in lists for word in words):
        known = _offered(library) | library.names.keys() | {""}
        own = [(each, [word for word in words if word not in known]) for each, words in lists]
        if any(words for _, words in own):
            yield told_choices([(each, words) for each, words in own if words])


def _is_own(sheet: Sheet) -> bool:
    _, first = next(sheet.rows(), (0, {}))
    is_aside = any(cell.value == f"{MARK_ASIDE}{ASIDE_SHEET}" for cell in first.values())
    return is_aside and not is_corrections(sheet)


def _offered(library: FactorLibrary) -> frozenset[str]:
    """Return what lists offer beside flows: factor sets, years and regions of electricity, choices, units."""
    words = {name for each in library.factor_sets.values() for name in (each.key, *each.name)}
    words |= {str(year) for year in library.electricity_years()}
    words |= {name for region in library.electricity_regions() for name in region}
    words |= {unit for each in OFFERED_UNITS.values() for units in each.values() for unit in units}
    fields = (field for sheet in COLLECTION.sheets for block in sheet.blocks for field in block.fields)
    return frozenset(words.union(word for field in fields for choice in field.choices for word in choice.title))
