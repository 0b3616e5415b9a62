"""Materials and parts by the supplier's own data, in three ways.

per part        an amount for one part (the supplier's energy per piece) × parts per unit of product
annual total    the supplier's total ÷ the supplier's output × parts per unit of product
footprint       the supplier's declared footprint per part or kg takes the place of a factor; it counts as primary data
                and is documented by report number, standard and boundary
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.factors.plausible import is_plausible
from workbook_engine.matching import canonical
from workbook_engine.model import EmissionFactor, Flow, Operation, Step
from workbook_engine.normalize.amounts import Amount, read_unit, stated_quantity
from workbook_engine.normalize.context import report_unused
from workbook_engine.normalize.denominators import read_denominator
from workbook_engine.normalize.wording import figure
from workbook_engine.spec.optional import PER_PART, SUPPLIER_TOTAL
from workbook_engine.texts import Text, joined
from workbook_engine.units import UNITS, parse_unit_phrase

if TYPE_CHECKING:
    from workbook_engine.model import Quantity
    from workbook_engine.normalize.context import Row
    from workbook_engine.units import Unit

BASES = (PER_PART, SUPPLIER_TOTAL)
OUTPUT = Text("供应商产量（件）", "Supplier's output (parts)")
PIECES = Text("单位产品用量（件）", "Parts per unit of product")
DOCUMENTS = ("own_cfp_report", "own_cfp_standard", "own_cfp_boundary")
NO_FOOTPRINT = Text("这一行没有填供应商声明的碳足迹", "the row has no declared footprint")
BY_FOOTPRINT = Text("这一行按供应商声明的碳足迹计算", "the row counts by the declared footprint")
OF_THE_LIBRARY = ("factor_id", "factor_region", "supply", "contract_share", "contract_factor", "contract_no")
SERIES = "supplier"
PIECE = UNITS["件"]


def part_steps(row: Row, item: str, basis: str | None) -> tuple[Step, ...]:
    """Return the steps from a supplier's amount to that of a unit of product, by the basis that the row chose."""
    if basis is None:  # told already; what is wrong with the numbers is told with it
        _check_numbers(row)
        return ()
    output = _needed(row, item, "supplier_output", wanted=basis == SUPPLIER_TOTAL)
    pieces = _needed(row, item, "pieces", wanted=basis in BASES and not is_footprint_of_parts(row))
    steps = [Step(Operation.DIVIDE, output.value, OUTPUT, output.where)] if output else []
    steps += [Step(Operation.MULTIPLY, pieces.value, PIECES, pieces.where)] if pieces else []
    return tuple(steps)


def _check_numbers(row: Row) -> None:
    for key in ("supplier_output", "pieces"):
        if row.has(key) and not is_footprint_of_parts(row):
            row.slot(key).number(PIECE)


def _needed(row: Row, item: str, key: str, *, wanted: bool) -> Quantity | None:
    """Return a number that the basis needs (reported where missing); one that it does not use is reported too."""
    if not wanted:
        if row.has(key) and not is_footprint_of_parts(row):
            params = {"item": item, "field": row.slot(key).spec.title, "basis": row.slot("basis").text}
            row.context.report(catalogue.SUPPLIER_FIELD_UNUSED, row.slot(key).where, **params)
        return None
    slot = row.slot(key)
    number = slot.number(PIECE)
    if number is None and slot.cell is None:
        params = {"item": item, "field": slot.spec.title, "basis": row.slot("basis").text}
        row.context.report(catalogue.SUPPLIER_FIELD_MISSING, slot.where, **params)
    return number


# --- the declared footprint -------------------------------------------------------------------------------------------


def report_papers_alone(row: Row, item: str) -> None:
    """Report what belongs to a declared footprint on a row that has none."""
    for key in ("own_cfp_unit", *DOCUMENTS):
        report_unused(row, item, key, NO_FOOTPRINT)


def is_footprint_of_parts(row: Row) -> bool:
    """Tell whether a row states a declared footprint and the parts per unit, and no other amount."""
    return row.has("own_cfp") and row.has("pieces") and not row.has("amount")


def read_own_amount(row: Row, item: str) -> Amount:
    """Read the amount that a declared footprint is multiplied with: parts per unit, or an amount with its unit."""
    flow_slot, slot = row.slot("flow"), row.slot("amount")
    match = row.context.library.match_flow(flow_slot.text) if flow_slot.text else None
    flow = match.value if match and match.step != "similar" else None
    if is_footprint_of_parts(row):
        slot = row.slot("pieces")
        unit: Unit | None = PIECE
        text, number = str(PIECE), slot.number(PIECE)
        per = None
    else:
        reading = slot.reading()
        unit, text = read_unit(row.slot("unit"), reading, item, flow, may_be_per=True)
        per = read_denominator(slot, reading, row.slot("unit"))
        number = stated_quantity(slot, reading, item, unit, required=True)
    return Amount(
        where=slot.where,
        flow=flow,
        flow_where=flow_slot.where,
        quantities=(number,) if number else (),
        per=per,
        unit=unit,
        unit_text=text,
        unit_where=row.slot("unit").where,
    )


def own_factor(row: Row, item: str, line_id: str, flow: Flow | None) -> EmissionFactor | None:
    """Return the supplier's declared footprint as the factor of the row's own flow; None, reported, where unclear."""
    unit, per = _units(row)
    _check_documents(row, item)
    for key in OF_THE_LIBRARY:
        report_unused(row, item, key, BY_FOOTPRINT)
    value = row.slot("own_cfp").number(unit)
    if value is None or unit is None or per is None:
        return None
    documents = [row.slot(key).words() for key in DOCUMENTS if row.has(key)]
    supplier = row.slot("supplier").words() if row.has("supplier") else ""
    name = flow.name if flow else Text(item, item)
    made_of = own_flow(line_id, name, per)
    if per.dimension == "mass" and not is_plausible(made_of, "mass", value.value * unit.factor / per.factor):
        params = {"item": item, "value": figure(value.value), "unit": row.slot("own_cfp_unit").text}
        row.context.report(catalogue.OWN_CFP_ODD, value.where, **params)
    return EmissionFactor(
        id=f"SUPPLIER-{line_id}",
        flow=made_of.key,
        name=name,
        value=value.value * unit.factor,
        unit=f"kgCO2e/{per}",
        printed_value=value.value,
        printed_unit=row.slot("own_cfp_unit").text,
        series=SERIES,
        year=None,
        region="",
        publisher=supplier,
        document=("; " if "".join(documents).isascii() else "；").join(documents),
        tier="stated",
        where=value.where,
    )


def own_flow(line_id: str, name: Text, unit: Unit) -> Flow:
    """Return the flow that a declared footprint counts: the part or material itself, in the footprint's unit."""
    return Flow(f"supplier:{line_id}", name, "material", unit.symbol)


def _units(row: Row) -> tuple[Unit | None, Unit | None]:
    """Return the unit of the footprint (kgCO2e, gCO2e) and of what it is per (a piece, kg)."""
    slot = row.slot("own_cfp_unit")
    phrase = parse_unit_phrase(slot.words()) if slot.text else None
    if phrase is None or phrase.unit.dimension != "emission" or not phrase.per_text:
        row.context.report(catalogue.OWN_CFP_UNIT_UNCLEAR, slot.where, typed=slot.text)
        return None, None
    per = phrase.per
    if per is None and canonical(phrase.per_text) == canonical(row.slot("unit").text):
        per = PIECE  # a word that is no unit we know, but the same in both places: 套件
    if per is None:
        row.context.report(catalogue.OWN_CFP_UNIT_UNCLEAR, slot.where, typed=slot.text)
    return phrase.unit, per


def _check_documents(row: Row, item: str) -> None:
    missing = [row.slot(key).spec.title for key in DOCUMENTS if not row.has(key)]
    if missing:
        where = row.slot("own_cfp").where
        row.context.report(catalogue.OWN_CFP_UNDOCUMENTED, where, item=item, missing=joined(missing))
