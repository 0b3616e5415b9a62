"""What an amount is per, where a company says so in its unit: kWh/台, 吨/年. It must be what the row's basis says.

per functional unit   `kWh/台` of a product that is counted in 台, `kg/功能单位`
annual total          `吨/年`, where the reference period is a year
months                `kWh/月`
a year of use         `kWh/年`, where the years of use are given beside it
per part              `kWh/件`
A piece under another word (件 for 台) is asked about; anything else is an error, since what is meant is not certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.frozen import frozen
from workbook_engine.matching import canonical
from workbook_engine.model import Basis
from workbook_engine.normalize.outputs import functional_unit
from workbook_engine.spec.collection import BASES
from workbook_engine.spec.optional import PER_PART, SUPPLIER_TOTAL
from workbook_engine.units import UNITS, parse_unit_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.findings import CellRef
    from workbook_engine.model import Product
    from workbook_engine.normalize.context import Row, Slot
    from workbook_engine.normalize.number_readings import NumberReading
    from workbook_engine.units import Unit

MONTHS_A_YEAR = 12
_FUNCTIONAL_UNIT = frozenset(
    canonical(word)
    for word in (
        "功能单位", "声明单位", "单位产品", "产品", "单位", "functional unit", "declared unit", "unit", "product",
        "unit of product",
    )
)  # fmt: skip


_EACH = ("每", "每一", "每1", "单", "/", "per ", "each ")
_LONGEST_UNIT = 8  # characters; what is longer is no unit but a description


@frozen
class Denominator:
    """What an amount is per: its words, its unit where that is known, and the text and cell that say so."""

    text: str
    unit: Unit | None
    typed: str
    where: CellRef


def read_denominator(amount: Slot, reading: NumberReading, unit: Slot | None = None) -> Denominator | None:
    """Return what the amount's own cell, its unit's, or the heading of its column says that it is per."""
    phrase = parse_unit_phrase(unit.text) if unit and unit.text else None
    if reading.per_text and reading.unit is None and unit and phrase and phrase.per_text not in ("", reading.per_text):
        both = f"{reading.per_text}/{phrase.per_text}"  # 1430/年 beside kWh/台 fits neither basis
        return Denominator(both, None, f"{amount.text} {unit.text}", amount.where)
    if reading.per_text:
        return Denominator(reading.per_text, reading.per, amount.text, amount.where)
    if unit and phrase and phrase.per_text:
        return Denominator(phrase.per_text, phrase.per, unit.text, unit.where)
    headed = amount.heading
    if headed and headed.per_text:
        return Denominator(headed.per_text, headed.per, f"{headed.unit}/{headed.per_text}", amount.where)
    return None


def check_denominator(
    row: Row,
    item: str,
    per: Denominator,
    basis: Basis | None,
    choice: str | None,
    products: Iterable[Product],
    *,
    by_months: bool,
) -> None:
    """Say whether what an amount is per fits its basis (`choice` where that is a supplier's)."""
    if basis is None and not by_months:
        return  # that it is missing, or unknown, is told
    fits = _fits(row, per, basis, choice, products, by_months=by_months)
    params = {"item": item, "typed": per.typed, "per": per.text, "basis": row.slot("basis").text}
    if fits is None:
        row.context.report(catalogue.PER_ANOTHER_WORD, per.where, **params)
    elif fits:
        row.context.report(catalogue.PER_AGREES, per.where, **params)
    elif basis is Basis.PER_UNIT or _is_time(per):
        row.context.report(catalogue.PER_UNCLEAR, per.where, **params)
    else:
        row.context.report(catalogue.AMOUNT_PER_PIECE, per.where, **params)


def per_piece(products: Iterable[Product]) -> dict[str | None, frozenset[str]]:
    """Return by product the words of the basis that mean its functional unit, 每把 of 1 把; under None those of all.

    What the spec knows for every product (每台) is not among them.
    """
    known = {canonical(word) for word in BASES[0].synonyms}
    words: dict[str | None, frozenset[str]] = {}
    for product in products:
        wanted = functional_unit(product.unit, product.output.unit if product.output else "")
        of_one = wanted.words if wanted.times == 1 else ""
        said = {canonical(each + of_one) for each in _EACH if of_one and len(of_one) <= _LONGEST_UNIT}
        words[product.key] = frozenset(said - known)
    shared = frozenset.intersection(*words.values()) if words else frozenset()
    return {**words, None: shared}


def _is_time(per: Denominator) -> bool:
    return per.unit is not None and per.unit.dimension == "time"


def _fits(
    row: Row, per: Denominator, basis: Basis | None, choice: str | None, products: Iterable[Product], *, by_months: bool
) -> bool | None:
    """Tell whether the two fit; None where it is a piece, but by another word than the functional unit's."""
    if by_months:
        return per.unit is UNITS["月"]
    if _is_time(per):
        is_year = per.unit is UNITS["年"] and len(row.context.months) == MONTHS_A_YEAR
        is_total = choice == SUPPLIER_TOTAL or basis in (Basis.PRODUCT_TOTAL, Basis.PLANT_TOTAL)
        return is_year and (is_total or row.has("years"))
    if choice in (PER_PART, SUPPLIER_TOTAL) or basis is not Basis.PER_UNIT:
        return choice == PER_PART and (per.unit is None or per.unit.dimension in ("count", "package"))
    if canonical(per.text) in _FUNCTIONAL_UNIT:
        return True
    found = [_is_unit_of(product, per) for product in products]
    return None if None in found and False not in found else all(found)


def _is_unit_of(product: Product, per: Denominator) -> bool | None:
    """Tell whether what an amount is per is one functional unit of the product; None: a piece by another word."""
    wanted = functional_unit(product.unit, product.output.unit if product.output else "")
    if canonical(per.text) in (canonical(product.unit), canonical(product.name)):
        return True
    if per.unit is None or wanted.unit is None:
        return wanted.times == 1 and canonical(per.text) == canonical(wanted.words)
    if not per.unit.converts_to(wanted.unit) or per.unit.factor != wanted.unit.factor * wanted.times:
        return False
    return True if per.unit.symbol == wanted.unit.symbol or per.unit.dimension != "count" else None


def without_denominator(reading: NumberReading) -> NumberReading:
    """Return a reading whose `120kg/台` is 120 kg: what it is per is told with the row's basis."""
    if not reading.per_text:
        return reading
    said = catalogue.NUMBER_AS_TEXT if reading.unit is None else catalogue.NUMBER_WITH_UNIT
    types = tuple(said if each is catalogue.NUMBER_PER_UNIT else each for each in reading.types)
    return reading._replace(types=types, unit_text="" if reading.unit is None else str(reading.unit))
