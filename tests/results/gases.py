"""The sheet of gases as it stands in a recalculated workbook, and what the engine has for it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine.grid import address
from workbook_engine.results.gas_sheet import REST, SHARE, TOTAL
from workbook_engine.results.layout import GASES

if TYPE_CHECKING:
    from tests.recalc import Values
    from workbook_engine.model import ProductFootprint

SHEET, GAS, LINE = "温室气体分列", "温室气体", "数据行"
NAME = 2
Block = dict[str, dict[str, object]]
"""Name of a row (a gas, a line) -> heading of the column -> its value."""


def blocks(values: Values, head: str) -> list[Block]:
    """Return the tables whose first heading is `head`, from top to bottom: one of each product that has any.

    Below the same headings each begins with a band, which holds a name alone.
    """
    last = max((int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for sheet, cell in values if sheet == SHEET), default=0)
    found: list[Block] = []
    row = 1
    while row <= last:
        if values.get((SHEET, address(row, NAME))) == head:
            heads, block = _row(values, row), Block()
            found.append(block)
            while name := values.get((SHEET, address(row + 1, NAME))):
                row += 1
                if len(cells := _row(values, row)) > 1:
                    block[str(name)] = {str(heads[at]): value for at, value in cells.items() if at in heads}
                elif block:
                    found.append(block := Block())
        row += 1
    return found


def _row(values: Values, row: int) -> dict[int, object]:
    cells = ((column, values.get((SHEET, address(row, column)))) for column in range(NAME, NAME + 24))
    return {column: value for column, value in cells if value not in (None, "")}


def of_engine(product: ProductFootprint, gas: str) -> float:
    """Return a product's emission of a gas; of "" what its factors do not tell apart."""
    parts = []
    for result in product.lines:
        factor, activity = result.line.factor, result.activity or 0.0
        told = {} if factor is None else factor.gases
        parts.append(activity * told.get(gas, 0.0) if gas else (result.kg_co2e or 0.0) - activity * sum(told.values()))
    return math.fsum(parts)


def faults(values: Values, products: list[ProductFootprint]) -> list[str]:
    """Hold the sheet against the engine's products: each gas, the sums, and no rest below zero of what is positive."""
    by_gas, by_line = blocks(values, GAS), blocks(values, LINE)
    found = [] if len(by_gas) == len(by_line) == len(products) else [f"{len(by_gas)} blocks"]
    for product, gases, lines in zip(products, by_gas, by_line, strict=False):
        size = math.fsum(abs(result.kg_co2e or 0.0) for result in product.lines)
        for gas, title in (*GASES.items(), ("", REST)):
            ours = of_engine(product, gas)
            theirs = gases.get(title.zh, {}).get(TOTAL.zh, 0.0)
            if not _is_close(theirs, ours, size):
                found.append(f"{product.product.key} {title.zh}: {theirs}, the engine {ours}")
        if not _is_close(gases[TOTAL.zh][TOTAL.zh], product.cfp_kg_co2e or 0.0, size):
            found.append(f"{product.product.key}: {gases[TOTAL.zh][TOTAL.zh]} in all, not {product.cfp_kg_co2e}")
        if not _is_close(gases[TOTAL.zh][SHARE.zh], 1.0, size / abs(product.cfp_kg_co2e or 1.0)):
            found.append(f"{product.product.key}: shares of {gases[TOTAL.zh][SHARE.zh]} in all")
        for result in product.lines:
            row = next(row for name, row in lines.items() if name.split()[0] == result.line.id)
            parts = [value for head, value in row.items() if isinstance(value, float | int)]
            if not _is_close(math.fsum(parts), result.kg_co2e or 0.0, size):
                found.append(f"{result.line.id}: {parts} are not {result.kg_co2e}")
            if (result.kg_co2e or 0.0) >= 0 and min(parts) < 0:
                found.append(f"{result.line.id}: {parts} of {result.kg_co2e}")
    return found


def _is_close(theirs: object, ours: float, size: float) -> bool:
    return isinstance(theirs, float | int) and abs(theirs - ours) <= 1e-9 * max(size, 1e-300)
