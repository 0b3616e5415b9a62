"""The rows of products, plants and what plants make, without those that name none: examples, and totals of outputs.

A total would count as one more product of the plant, and take its share of everything.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.matching import canonical
from workbook_engine.normalize.context import rows
from workbook_engine.normalize.no_lines import ask_what_it_is, is_named_example, texts_alone
from workbook_engine.normalize.totals import closes, is_like_total, is_total_word
from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.normalize.context import Context, Row, Slot

_WHOLE_PLANT = frozenset(
    canonical(word)
    for word in (
        "全厂",
        "整厂",
        "全部产品",
        "所有产品",
        "全厂产品",
        "全厂总产量",
        "总产量",
        "all products",
        "whole plant",
    )
)
# Punctuation that no name has, or more words than a name has.
_SENTENCE = pattern(r"[，。；！？]|[.;!?]$|(?:[a-z]{2,}[\s,]+){6}", re.IGNORECASE)
_NAMES = {"products": ("name",), "plants": ("name",), "plant_products": ("plant", "product")}


def _is_whole_plant(slot: Slot) -> bool:
    """Tell whether what stands for a product is all that the plant makes: it would take a part beside its parts."""
    return slot.spec.key == "product" and canonical(slot.text) in _WHOLE_PLANT


def named_rows(context: Context, table: str) -> Iterator[Row]:
    """Yield the rows that name a product or a plant; the others are told."""
    outputs: list[float] = []
    for row in rows(context, table):
        slots = [row.slot(key) for key in _NAMES[table]]
        example = next((slot for slot in slots if is_named_example(slot.text)), None)
        value = row.slot("output").reading().value if "output" in row.fields else None
        total = next((slot for slot in slots if is_total_word(slot.text) or _is_whole_plant(slot)), None)
        if total is None and _is_sum(value, outputs):
            total = next((slot for slot in slots if is_like_total(slot.text)), None)
        if example is not None:
            context.report(catalogue.EXAMPLE_NAMED, example.where, item=example.text)
        elif total is not None:
            certain = value is None or _is_sum(value, outputs)
            kind = catalogue.SUBTOTAL_ROW if certain else catalogue.SUBTOTAL_UNCERTAIN
            context.report(kind, total.where, item=total.text)
        elif (sentence := _sentence(row)) is not None:
            ask_what_it_is(sentence)
        else:
            outputs += [] if value is None else [value]
            yield row


def _sentence(row: Row) -> Slot | None:
    """Return the cell that is all that stands in a row, where it is a sentence rather than a name."""
    filled = texts_alone(row)
    return filled[0] if len(filled) == 1 and _SENTENCE.search(filled[0].text) else None


def _is_sum(value: float | None, outputs: list[float]) -> bool:
    """Tell whether a value is the sum of all outputs above it, or of the last few."""
    if not value:
        return False
    summed = 0.0
    for output in reversed(outputs):
        summed += output
        if closes(value, summed):
            return True
    return closes(value, math.fsum(outputs))
