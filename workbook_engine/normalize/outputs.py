"""Outputs in functional units: what annual totals are divided by.

A product's output is stated in the unit of its column (台, t, 万只), its result is for a functional unit (1 台,
1000 件, 1 kWh delivered). They are tied in this order:
1. the reference flow that the company states: units of output in a functional unit, or functional units in one of
   output;
2. count and unit of the functional unit, where they convert: 2 t are 2000 of "1 kg", 24000 只 are 24 of "1000 只".
Where the two units are of different kinds and no reference flow is stated, the output is not known.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from workbook_engine import catalogue
from workbook_engine.findings import Finding
from workbook_engine.matching import canonical
from workbook_engine.model import Operation, Step
from workbook_engine.normalize.numerals import arabic, chinese, even
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text
from workbook_engine.traditional import simplified
from workbook_engine.units import UNITS, parse_unit_phrase

if TYPE_CHECKING:
    from fractions import Fraction

    from workbook_engine.model import Product, Quantity
    from workbook_engine.normalize.context import Context, Row
    from workbook_engine.units import Unit

AGREE = 1e-6  # relative: how far two statements of one reference flow may be apart
_EACH = pattern(r"^(?:每一?|per\s+|an?\s+|one\s+|each\s+)", re.IGNORECASE)
_LAST_COUNT = pattern(r"(?P<count>[0-9][0-9.,]*)\s*(?P<words>[^\s0-9]+)$")
_RANGE = pattern(r"[0-9][0-9.,]*\s*(?:[-~—至到/]|\.\.)\s*[0-9][0-9.,]*\s*(?P<words>[^\s0-9].*)")
_TIMES = pattern(r"(?P<head>.+?)\s*[×xX*]\s*[0-9][0-9.,]*")
_IN_BRACKETS = pattern(r"(?P<head>.+?)[(\[【](?P<inside>[^)\]】]+)[)\]】]?")
_MULTIPLIERS = frozenset("十百千万亿")
_YEARS = range(1990, 2101)
_REMARK = pattern(r"[(\[【].*$")
PER_FUNCTIONAL_UNIT = Text("基准流（产量单位/功能单位）", "Reference flow (units of output per functional unit)")
PER_OUTPUT = Text("每产量单位的功能单位数", "Functional units per unit of output")


class FunctionalUnit(NamedTuple):
    """What a functional unit's text says: 1000 of "件". `unit` is None where its words are no unit that is known."""

    times: float
    words: str
    unit: Unit | None


def functional_unit(text: str, output_words: str = "") -> FunctionalUnit:
    """Read a functional unit: "1 台", "每 1000 件", "1 kWh 电", "10kV断路器 1 台".

    Numbers in names count for nothing (一二次融合断路器, 10kV断路器): a count is only taken where a known unit follows
    it, or the words of the output's unit.
    """
    bare = _EACH.sub("", _REMARK.sub("", even(text)).strip()).strip()
    whole = unit_of(bare)
    if whole is not None:
        return FunctionalUnit(1.0, bare, whole)
    for numeral in (arabic(bare), *chinese(bare)):
        if numeral is None or numeral.value <= 0:
            continue
        rest = numeral.rest.strip()
        if unit_of(rest) is not None or (rest and canonical(rest) == canonical(output_words)):
            return FunctionalUnit(numeral.value, rest, unit_of(rest))
    return _at_the_end(bare) or _before_a_space(bare) or FunctionalUnit(1.0, bare, None)


def unclear_count(text: str) -> str | None:
    """Return the unit's words where a functional unit gives two counts, or none that is certain; else None.

    1/2 台, 1-2 台, 1 台×1000, 1 台（千）, 1 台（100台）; not 1000 台（千台）, 1 箱（24瓶）, 1 台（2024）, 1 根 3×70.
    """
    bare = even(text).strip()
    span = _RANGE.fullmatch(bare)
    if span and unit_of(span["words"].strip()):
        return str(span["words"].strip())
    times = _TIMES.fullmatch(bare)
    head = functional_unit(times["head"]) if times else None
    if times and head and head.unit and times["head"].rstrip().endswith(head.words):  # no size behind it: 1 根 3×70
        return head.words
    found = _IN_BRACKETS.fullmatch(bare)
    outside = functional_unit(found["head"]) if found else None
    if found and outside and outside.unit and _is_another_count(_EACH.sub("", found["inside"].strip()), outside):
        return outside.words
    return None


def _is_another_count(inside: str, outside: FunctionalUnit) -> bool:
    """Tell whether what stands in brackets behind a functional unit is a number or a number of the same unit."""
    number = arabic(inside)
    if set(simplified(inside)) <= _MULTIPLIERS or (number and not number.rest.strip() and number.value not in _YEARS):
        return True
    within = functional_unit(inside)
    if within.unit is None or outside.unit is None or not within.unit.symbol.endswith(outside.unit.symbol):
        return False
    return within.times * within.unit.exact != outside.times * outside.unit.exact


def _at_the_end(bare: str) -> FunctionalUnit | None:
    """Read a count and a unit behind a name: 断路器1台."""
    found = _LAST_COUNT.search(bare)
    unit = unit_of(found["words"]) if found else None
    numeral = arabic(found["count"]) if found else None
    return FunctionalUnit(numeral.value, found["words"], unit) if found and numeral and unit else None


def _before_a_space(bare: str) -> FunctionalUnit | None:
    """Read a count and a unit before further words: 1 kWh 电能."""
    numeral = arabic(bare)
    words = numeral.rest.split() if numeral else []
    unit = unit_of(words[0]) if words else None
    return FunctionalUnit(numeral.value, words[0], unit) if numeral and unit and numeral.value > 0 else None


def unit_of(text: str) -> Unit | None:
    """Return the unit of an output or a functional unit; what it is per (台/年) is the year, and nothing else."""
    phrase = parse_unit_phrase(text) if text else None
    if phrase is None or (phrase.per_text and phrase.per is not UNITS["年"]):
        return None
    return phrase.unit


def converted(quantity: Quantity, source: Unit | None, target: Unit | None) -> Quantity:
    """Return an output in another unit of its kind; as it is where one of them is unknown or they do not convert."""
    if source is None or target is None or source is target or not source.converts_to(target):
        return quantity
    return quantity.after(*ratio_step(source, target))


def ratio_step(source: Unit, target: Unit) -> tuple[Step, ...]:
    """Return the step from one unit to another, none where they are equal."""
    ratio: Fraction = source.exact / target.exact
    if ratio == 1:
        return ()
    label = Text(f"{source} 换算为 {target}", f"{source} to {target}")
    definition = f"1 {source} = {float(ratio):.10g} {target}"
    if ratio < 1:
        return (Step(Operation.DIVIDE, float(1 / ratio), label, source=definition),)
    return (Step(Operation.MULTIPLY, float(ratio), label, source=definition),)


def in_functional_units(
    context: Context, products: tuple[Product, ...], rows: dict[str, Row]
) -> tuple[tuple[Product, ...], dict[str, Finding]]:
    """Bring the outputs to functional units.

    Returns the products, and product key -> the finding to report if some line needs the output that is not known.
    """
    problems: dict[str, Finding] = {}
    done = [_product(context, product, rows[product.key], problems) for product in products]
    return tuple(done), problems


def _product(context: Context, product: Product, row: Row, problems: dict[str, Finding]) -> Product:
    if product.output is None:
        problems[product.key] = Finding(catalogue.OUTPUT_MISSING, row.slot("output").where, {"product": product.name})
        return product
    stated = _stated(context, product, row)
    if stated is not None:
        return replace(product, output=_counted_in(product, product.output.after(stated)))
    wanted = functional_unit(product.unit, product.output.unit)
    source = unit_of(product.output.unit)
    params = {"product": product.name, "unit": product.unit, "output_unit": product.output.unit}
    if source and wanted.unit and not source.converts_to(wanted.unit):
        problems[product.key] = Finding(catalogue.REFERENCE_FLOW_MISSING, row.slot("output_unit").where, params)
        return replace(product, output=None)
    if wanted.unit is None and not _same_words(wanted.words, product.output.unit):
        context.report(catalogue.FUNCTIONAL_UNIT_UNCLEAR, row.slot("unit").where, **params)
    if source and wanted.unit and _are_other_words(source, wanted.unit):
        where = row.slot("output_unit").where
        context.report(catalogue.OUTPUT_UNIT_OTHER_WORD, where, counted=wanted.unit.symbol, **params)
    output = converted(product.output, source, wanted.unit)
    if wanted.times != 1:
        label = Text(f"功能单位为 {product.unit}", f"functional unit: {product.unit}")
        output = output.after(Step(Operation.DIVIDE, wanted.times, label, source=product.unit))
    return replace(product, output=_counted_in(product, output))


def _counted_in(product: Product, output: Quantity) -> Quantity:
    """Return an output with the unit that it is in after its steps: the functional unit."""
    return replace(output, unit=product.unit) if output.steps else output


def _are_other_words(one: Unit, other: Unit) -> bool:
    """Tell whether two units count pieces in different words (台, 套): a set may be several pieces."""
    counts = one.dimension == other.dimension == "count" and one.exact == other.exact
    return counts and one.symbol != other.symbol


def _same_words(unit: str, output_unit: str) -> bool:
    """Tell whether two unit texts of no known unit mean the same: one is blank, or part of the other (台套, 台)."""
    first, second = canonical(unit), canonical(output_unit)
    return first in second or second in first


def _stated(context: Context, product: Product, row: Row) -> Step | None:
    """Return the reference flow that the company states as a step from units of output to functional units."""
    found: list[Step] = []
    for key, operation, label in (
        ("reference_flow", Operation.DIVIDE, PER_FUNCTIONAL_UNIT),
        ("units_per_output", Operation.MULTIPLY, PER_OUTPUT),
    ):
        number = row.slot(key).number() if row.has(key) else None
        if number:
            found.append(Step(operation, number.value, label, number.where))
    if len(found) == 2 and abs(found[0].operand * found[1].operand - 1) > AGREE:
        params = {"product": product.name, "first": f"{found[0].operand:g}", "second": f"{found[1].operand:g}"}
        context.report(catalogue.REFERENCE_FLOW_TWICE, row.slot("units_per_output").where, **params)
    return found[0] if found else None
