"""What a field's cell may hold, as a data validation says it: limits of numbers and dates, the units that are offered."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.spec.schema import Field
    from workbook_engine.texts import Language

MAX_INLINE: Final = 255  # characters; Excel refuses a longer list inside a validation
LARGEST: Final = 1e15
# Relative: how far a year's amount may be from the sum of its months, in the live check as in the reader. Months are
# typed rounded; a slip of a digit is far larger.
MONTHS_TOLERANCE: Final = 1e-4
DATES: Final = {
    "validate": "date",
    "criteria": "between",
    "minimum": dt.date(2000, 1, 1),
    "maximum": dt.date(2099, 12, 31),
}

# The units that a list offers, the usual one first. Any spelling that units.py knows is read.
OFFERED_UNITS: Final[dict[Language, dict[str, tuple[str, ...]]]] = {
    "zh": {
        "energy": ("kWh", "万kWh", "MWh", "GJ", "MJ"),
        "mass": ("kg", "t", "g"),
        "volume": ("m³", "万m³", "L"),
        "area": ("m²",),
        "count": ("台", "套", "件", "个", "只"),
        "freight": ("t·km",),
    },
    "en": {
        "energy": ("kWh", "MWh", "GJ", "MJ"),
        "mass": ("kg", "t", "g"),
        "volume": ("m³", "L"),
        "area": ("m²",),
        "count": ("piece", "set", "unit"),
        "freight": ("t·km",),
    },
}


def number_rule(field: Field) -> dict[str, Any]:
    """Return XlsxWriter's options for a number within the field's limits."""
    if field.minimum is not None and field.maximum is not None:
        return {"validate": "decimal", "criteria": "between", "minimum": field.minimum, "maximum": field.maximum}
    if field.minimum is not None:
        return {"validate": "decimal", "criteria": ">" if field.exclusive else ">=", "value": field.minimum}
    return {"validate": "decimal", "criteria": "between", "minimum": -LARGEST, "maximum": LARGEST}


def limits_in_words(field: Field) -> Text:
    """Return what a number of the field should be: 大于 0; empty where anything goes."""
    if field.minimum is not None and field.maximum is not None:
        low, high = f"{field.minimum:g}", f"{field.maximum:g}"
        return Text(f"在 {low} 到 {high} 之间", f"between {low} and {high}")
    if field.minimum is None:
        return Text("", "")
    low = f"{field.minimum:g}"
    return Text(f"大于 {low}", f"above {low}") if field.exclusive else Text(f"不小于 {low}", f"{low} or more")


def offered_units(field: Field, language: Language) -> list[str]:
    """Return the units that a field's list offers."""
    return [unit for dimension in field.dimensions for unit in OFFERED_UNITS[language].get(dimension, ())]
