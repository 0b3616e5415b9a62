"""What the consultant typed of an earlier report, and of what was left out: tables of the sheet of settings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.grid import PERCENT
from workbook_engine.matching import canonical
from workbook_engine.model import DeclaredResult, DeclaredSource, Omission, Printed, Stage
from workbook_engine.normalize.context import rows
from workbook_engine.normalize.numbers import plain_number
from workbook_engine.units import UNITS

if TYPE_CHECKING:
    from workbook_engine.matching import Matcher
    from workbook_engine.model import Flow, Product
    from workbook_engine.normalize.context import Context, Row, Slot

TOTAL = "total"
GWP_WORDS = frozenset(canonical(word) for word in ("GWP", "全球增温潜势", "全球变暖潜势", "global warming potential"))
WHOLE = 100  # per cent


def read_omissions(context: Context, products: Matcher[str]) -> tuple[Omission, ...]:
    """Read the flows that were left out by the cut-off criteria, with their estimates."""
    return tuple(_omission(row, products) for row in rows(context, "omissions"))


def _omission(row: Row, products: Matcher[str]) -> Omission:
    row.slot("item").require()
    stage = row.slot("stage").choice()
    return Omission(
        item=row.slot("item").words(),
        stage=Stage(stage) if stage else None,
        product=_product(row, products),
        kg_co2e=row.slot("kg_co2e").number(UNITS["kgCO2e"]),
        mass_kg=row.slot("mass_kg").number(UNITS["kg"]),
        reason=row.slot("reason").words(),
        where=row.where,
    )


def read_declared(
    context: Context, products: tuple[Product, ...], match_product: Matcher[str]
) -> tuple[DeclaredResult, ...]:
    """Read the results that an earlier report prints; a row whose product is not certain is compared with none."""
    found: list[DeclaredResult] = []
    in_per_cent = _is_in_per_cent(context)
    for row in rows(context, "declared"):
        row.slot("stage").require()
        stage = row.slot("stage").choice()
        product = _declared_product(row, products, match_product)
        if product is None:
            continue
        result = DeclaredResult(
            product=product,
            stage=Stage(stage) if stage and stage != TOTAL else None,
            kg_co2e=_printed(row.slot("kg_co2e")),
            share=_printed_share(row.slot("share"), in_per_cent=in_per_cent),
            printed_in=row.slot("printed_in").words(),
            where=row.where,
        )
        if stage:
            found.append(result)
    return tuple(found)


def _declared_product(row: Row, products: tuple[Product, ...], match_product: Matcher[str]) -> str | None:
    """Return the product that a row names; blank is the only one, and reported where there are several."""
    slot = row.slot("product")
    if slot.text or not products:
        return _product(row, match_product)
    if len(products) > 1:
        row.context.report(catalogue.DECLARED_WITHOUT_PRODUCT, slot.where, count=len(products))
        return None
    return products[0].key


def read_declared_sources(context: Context) -> tuple[DeclaredSource, ...]:
    """Read how an earlier report names its factors and its GWP set."""
    found: list[DeclaredSource] = []
    for row in rows(context, "declared_sources"):
        slot = row.slot("subject")
        slot.require()
        flow = _flow(slot)
        if not slot.text or (flow is None and canonical(slot.text) not in GWP_WORDS):
            if slot.text:
                context.report(catalogue.DECLARED_SUBJECT_UNKNOWN, slot.where, typed=slot.text)
            continue
        found.append(
            DeclaredSource(
                flow=flow,
                named=row.slot("named").words(),
                value=_printed(row.slot("value")),
                unit=row.slot("unit").words(),
                year=row.slot("year").year(),
                where=row.slot("named").where,
            )
        )
    return tuple(found)


def _flow(slot: Slot) -> Flow | None:
    match = slot.context.library.match_flow(slot.words()) if slot.text else None
    return match.value if match else None


def _product(row: Row, products: Matcher[str]) -> str | None:
    slot = row.slot("product")
    match = products.find(slot.words()) if slot.text else None
    if slot.text and match is None:
        slot.context.report(catalogue.PRODUCT_UNKNOWN, slot.where, typed=slot.text)
    return match.value if match else None


# --- numbers as printed -----------------------------------------------------------------------------------------------


def _printed(slot: Slot) -> Printed | None:
    """Return a number with the decimals that were typed; a cell that holds a number has lost closing zeros."""
    reading = slot.reading()
    slot.context.findings += [f for f in reading.findings(slot.where) if f.type is not catalogue.NUMBER_AS_TEXT]
    if reading.value is None:
        return None
    value = Decimal(f"{reading.value:.15g}")
    return Printed(value, max(_decimals(value), _typed_decimals(slot.text)), slot.where)


def _is_in_per_cent(context: Context) -> bool:
    """Tell whether the column of shares holds 43.86 rather than 0.4386: one number above 1 decides for all."""
    values = (row.slot("share").cell for row in rows(context, "declared"))
    return any((plain_number(cell) or 0) > 1 for cell in values)


def _printed_share(slot: Slot, *, in_per_cent: bool) -> Printed | None:
    """Return a share in per cent: 0.4386 in a cell of the format %, the text `43.86%`, or the number 43.86."""
    reading = slot.reading()
    slot.context.findings += [
        f
        for f in reading.findings(slot.where)
        if f.type not in (catalogue.NUMBER_AS_TEXT, catalogue.NUMBER_WITH_UNIT, catalogue.NUMBER_CONVERTED)
    ]
    if reading.value is None:
        return None
    value = Decimal(f"{reading.value:.15g}")
    is_fraction = slot.cell is not None and slot.cell.format == PERCENT
    if is_fraction or (reading.unit is None and not in_per_cent):
        value *= WHOLE
    typed = _typed_decimals(slot.text) if reading.unit and not is_fraction else 0
    return Printed(value, max(_decimals(value), typed), slot.where)


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _typed_decimals(text: str) -> int:
    """Return the decimals of a number that was typed as text: 97.90 has two."""
    _, point, fraction = text.strip().rstrip("%％ ").partition(".")
    return len(fraction) if point and fraction.isdecimal() else 0
