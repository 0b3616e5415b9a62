"""Read a number whose format shows more than its digits: 0.9 as 90%, 120 as 120kg, 35000 as 3.5万.

The company sees what the format shows; the cell holds the number alone. A unit in the format counts like one typed
into the cell, a per cent sign too.
"""

from __future__ import annotations

from workbook_engine import catalogue
from workbook_engine.grid import HIDDEN, MONEY, PERCENT, SCALED, shown_number
from workbook_engine.normalize.number_readings import NumberReading, unclear
from workbook_engine.normalize.wording import figure
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified
from workbook_engine.units import UNITS, parse_unit_phrase

_TIMES = pattern("[万亿千百兆]")  # in a text that is no unit: whether the number is meant in it is not certain
# By the sign with which the meaning of a format begins.
_TOLD = {
    SCALED: catalogue.NUMBER_FORMAT_SCALES,
    HIDDEN: catalogue.NUMBER_FORMAT_HIDES,
    MONEY: catalogue.NUMBER_FORMAT_MONEY,
}


def read_formatted(value: float, format_: str) -> NumberReading:
    """Return the reading of a finite number in a cell whose format is not "" (see Cell.format)."""
    typed = shown_number(value, format_) or figure(value)
    if format_ == PERCENT:
        return NumberReading("number", value, typed, unit=UNITS["无量纲"], unit_text="%")
    told = _TOLD.get(format_[0])
    if told is not None:
        return NumberReading("number", value, typed, types=(told,))
    phrase = parse_unit_phrase(format_)
    if phrase is not None:
        return NumberReading(
            "number",
            value,
            typed,
            unit=phrase.unit,
            unit_text=format_,
            per_text=phrase.per_text,
            per=phrase.per,
            types=(catalogue.NUMBER_FORMAT_UNIT,),
            convention=phrase.convention,
        )
    if _TIMES.search(simplified(format_)):
        return unclear(typed, catalogue.NUMBER_FORMAT_UNCLEAR, unit_text=format_, low=value)
    return NumberReading("number", value, typed, unit_text=format_, types=(catalogue.NUMBER_FORMAT_TEXT,))
