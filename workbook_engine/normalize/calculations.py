"""Work out a calculation that was typed as text: what is certain, and what is read but asked about.

`=715000*2`         a formula in a cell of the format Text, or `715000×2=1430000` with its own result: certain
`715000×2` `12*365` one number by shifts, months, days or the like; `1000+430` sums: read, and asked about
all else            `1200×800` may be a size, `120-100` a range, `3/4` a date or something per something: not read
"""

from __future__ import annotations

from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import NamedTuple

from workbook_engine.normalize.numerals import arabic, finite, scaled
from workbook_engine.patterns import pattern

# What a yearly amount is a multiple of: pieces, shifts and months, hours of a day, weeks and days of a year.
MULTIPLES = frozenset((*range(2, 13), 24, 52, 365, 366))
SMALLEST = 10  # of a number that is multiplied: 3×2.5 is a cable
_SIGNS = str.maketrans("×xX÷", "***/")
_FACTORS = pattern(r"([^-+*/()=]+)\*([^-+*/()=]+)")
_TERMS = pattern(r"[^-+*/()=]+(?:\+[^-+*/()=]+)+")
_DEEPEST = 20  # brackets within brackets


class Calculation(NamedTuple):
    """The result of a calculation, and whether it is certain that one was meant."""

    value: float
    is_certain: bool


def calculation(text: str) -> Calculation | None:
    """Return what an evened text works out to, None where it is no calculation or may be something else."""
    even = "".join(text.split()).translate(_SIGNS)
    if even.startswith("="):
        return _certain(_worked_out(even[1:]))
    left, _, stated = even.partition("=")
    value = _worked_out(left)
    if value is None or not any(sign in left[1:] for sign in "+*"):
        return None
    if stated:
        return _certain(value) if _number(stated) == value else None
    factors = _FACTORS.fullmatch(left)
    is_multiple = factors is not None and _is_multiple(*(_number(each) or Decimal(0) for each in factors.groups()))
    result = finite(value) if is_multiple or _TERMS.fullmatch(left) else None
    return None if result is None else Calculation(result, is_certain=False)


def _certain(value: Decimal | None) -> Calculation | None:
    result = None if value is None else finite(value)
    return None if result is None else Calculation(result, is_certain=True)


def _is_multiple(one: Decimal, other: Decimal) -> bool:
    return any(times in MULTIPLES and number >= SMALLEST for times, number in ((one, other), (other, one)))


def _number(text: str) -> Decimal | None:
    """Return a number with nothing behind it but 万 or 亿."""
    numeral = arabic(text)
    whole = [] if numeral is None else [each for each in (numeral, *scaled(numeral)) if not each.rest]
    return Decimal(repr(whole[0].value)) if whole else None


def _worked_out(text: str) -> Decimal | None:
    try:
        with localcontext() as context:
            context.prec = 30
            value, rest = _sum(text, 0)
    except (ValueError, DivisionByZero, InvalidOperation):
        return None
    return None if rest else value


def _sum(text: str, depth: int) -> tuple[Decimal, str]:
    value, rest = _product(text, depth)
    while rest[:1] in ("+", "-"):
        sign = rest[0]
        term, rest = _product(rest[1:], depth)
        value = value + term if sign == "+" else value - term
    return value, rest


def _product(text: str, depth: int) -> tuple[Decimal, str]:
    value, rest = _factor(text, depth)
    while rest[:1] in ("*", "/"):
        sign = rest[0]
        factor, rest = _factor(rest[1:], depth)
        value = value * factor if sign == "*" else value / factor
    return value, rest


def _factor(text: str, depth: int) -> tuple[Decimal, str]:
    """Return the number or bracket at the head of a text, and the rest. Raises ValueError where there is neither."""
    if text[:1] == "(" and depth < _DEEPEST:
        value, rest = _sum(text[1:], depth + 1)
        if rest[:1] != ")":
            raise ValueError(text)
        return value, rest[1:]
    end = next((place for place, sign in enumerate(text) if sign in "+-*/()="), len(text))
    value_of = _number(text[:end])
    if value_of is None:
        raise ValueError(text)
    return value_of, text[end:]
