"""The products of the study."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef
from workbook_engine.matching import Matcher, canonical
from workbook_engine.model import Product
from workbook_engine.normalize.masses import check_mass
from workbook_engine.normalize.named_rows import named_rows
from workbook_engine.normalize.outputs import unclear_count, unit_of
from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified
from workbook_engine.units import UNITS, parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.model import Quantity
    from workbook_engine.normalize.context import Context, Row
    from workbook_engine.units import Unit


MONTHS_A_YEAR = 12
PIECE = "个"
WHOLE = 1e-9  # relative
# Hours and days are capacities more often: a boiler of 10 t/h.
_PER_TIME = pattern(r"[/／每·]\s*(?:年|个?月|yr\b|year|month)|\b(?:per|a) (?:year|month)", re.IGNORECASE)

_BRACKETED = pattern(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
# 办公椅、儿童款: two products beside one output. 304/316 不锈钢管 is one, and so are 锅、铲套装 and a 螺栓、螺母组件.
_BETWEEN = pattern(r"[、；;]|\s(?:[&＆+＋]|and)\s", re.IGNORECASE)
_ONE_OF_SEVERAL = pattern(
    r"[套组]|成套|系列|总成|一体|复合|混合|通用|\b(?:set|kit|assembly|combined|series)\b", re.IGNORECASE
)


def read_products(context: Context) -> tuple[tuple[Product, ...], dict[str, Row]]:
    """Read the table of products. Two rows of one name are told apart by their model, or reported.

    Outputs are as stated, in the unit of their column. Returns the products and their rows by key.
    """
    product_rows = {f"P{number}": row for number, row in enumerate(named_rows(context, "products"), 1)}
    products = [_product(row, key) for key, row in product_rows.items()]
    if not products:
        table = context.submission.tables.get("products")
        context.report(catalogue.NO_PRODUCT, CellRef(table.sheet, table.header_row, 1) if table else None)
    seen: set[str] = set()
    for product in products:
        identity = canonical(f"{product.name} {product.model}")
        if identity in seen:
            context.report(catalogue.PRODUCT_TWICE, product.where, name=product.name)
        seen.add(identity)
    return tuple(products), product_rows


def _product(row: Row, key: str) -> Product:
    for field in ("name", "model", "unit", "mass_kg"):
        row.slot(field).require()
    unit = row.slot("unit").words()
    kind = row.slot("unit_kind").choice()
    product = Product(
        key=key,
        name=row.slot("name").words(),
        model=row.slot("model").words(),
        unit=unit,
        is_declared=kind == "declared",
        where=row.where,
        mass_kg=row.slot("mass_kg").number(UNITS["kg"]),
        output=_output(row),
    )
    check_mass(row, product)
    counted = unclear_count(unit)
    if counted:
        params = {"product": product.name, "typed": unit, "example": counted}
        row.context.report(catalogue.FUNCTIONAL_UNIT_COUNT, row.slot("unit").where, **params)
    name = _BRACKETED.sub("", product.name)
    parts = [part.strip() for part in _BETWEEN.split(name)]
    if len(parts) > 1 and all(parts) and not _ONE_OF_SEVERAL.search(simplified(name)):
        row.context.report(catalogue.PRODUCTS_IN_ONE, row.slot("name").where, typed=product.name)
    if _PER_TIME.search(simplified(unit)):
        row.context.report(catalogue.UNIT_PER_TIME, row.slot("unit").where, typed=unit)
    return product


def _output(row: Row) -> Quantity | None:
    """Read the annual output. Whether it is needed shows only when a line states an annual total."""
    slot = row.slot("output")
    cell = slot.cell
    if cell is not None and cell.value == 0:
        row.context.report(catalogue.OUTPUT_ZERO, slot.where, product=row.slot("name").text, typed=slot.text)
        return None
    return read_output(row, "output_unit")


def read_output(row: Row, unit_field: str) -> Quantity | None:
    """Read an output with its unit; 0.24 万台 are 2400 pieces, 台/年 are 台 where the period is a year."""
    slot, beside = row.slot("output"), row.slot(unit_field)
    is_year = len(row.context.months) == MONTHS_A_YEAR
    unit = unit_of(beside.words()) if is_year else parse_unit(beside.words())
    if beside.text and unit is None:
        beside.unknown(catalogue.UNIT_UNKNOWN, example="台、套、件")
    reading = slot.reading(per_year=True)
    if reading.per is not None and not (is_year and reading.per is UNITS["年"]) and reading.per.dimension == "time":
        params = {"typed": slot.text, "unit": f"{reading.unit or ''}/{reading.per}", "wanted": unit or "台"}
        row.context.report(catalogue.NUMBER_UNIT_MISFIT, slot.where, **params)
        return None
    quantity = slot.number(unit or reading.unit, per_year=True)
    if quantity is None:
        return None
    quantity = replace(quantity, unit=beside.text or quantity.unit)
    if unit is not None and unit.dimension == "count" and unit.exact == 1 and not _is_whole(quantity.value):
        row.context.report(catalogue.OUTPUT_NOT_WHOLE, slot.where, typed=quantity.typed, unit=beside.text or unit)
    if unit is None or unit.dimension != "count" or unit.exact == 1:
        return quantity
    pieces = quantity.value * unit.factor
    row.context.report(
        catalogue.OUTPUT_CONVERTED, slot.where, typed=quantity.typed, unit=beside.text, value=f"{pieces:.15g}"
    )
    return replace(quantity, value=pieces, unit=_piece(unit))


def _is_whole(pieces: float) -> bool:
    """Tell whether an output is a whole number but for what a formula's binary digits leave."""
    return abs(pieces - round(pieces)) <= WHOLE * pieces


def _piece(unit: Unit) -> str:
    """Return the unit of one piece that a unit of count is a multiple of: 万台 -> 台, 对 -> 个."""
    words = (unit.symbol[start:] for start in range(1, len(unit.symbol)))
    return next((word for word in words if word in UNITS and UNITS[word].exact == 1), PIECE)


def product_matcher(products: Iterable[Product]) -> Matcher[str]:
    """Return the matcher from a product's name, model, or both together, to its key; ambiguous words are left out."""
    words: dict[str, set[str]] = {}
    for product in products:
        together = f"{product.name} {product.model}".strip()
        for word in (product.name, product.model, together, f"{product.name}（{product.model}）"):
            if word:
                words.setdefault(canonical(word), set()).add(product.key)
    return Matcher({word: next(iter(keys)) for word, keys in words.items() if len(keys) == 1})
