"""What is struck through instead of deleted: read as typed, and asked about on its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case


@typed("struck through: an amount")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("amount", line.amount)
    cell.style = case.book.struck_style()
    case.mentioned(cell)


@typed("struck through: a whole row")
def _(case: Case) -> None:
    line = case.pick()
    style = case.book.struck_style()
    shares = {line.table.columns.get("load_factor"), line.table.columns.get("route_share")}  # keep the format %
    cells = [
        cell for column, cell in line.row.cells.items() if column > 1 and column not in shares and not cell.is_blank
    ]
    for cell in cells:
        cell.style = style
    case.mentioned(*cells)


@typed("struck through: one number beside another")
def _(case: Case) -> None:
    """1200 corrected by hand to 1350: ~~1200~~ 1350 in one cell."""
    line = case.pick()
    old, new = f"{line.amount * 3:g}", f"{line.amount:g}"
    cell = line.type("amount", f"{old} {new}")
    cell.runs = ((old, True), (f" {new}", False))
    case.need(cell)


@typed("struck through: words of a remark")
def _(case: Case) -> None:
    line = case.pick()
    cell = line.type("remark", "见三号表见四号表")
    cell.runs = (("见三号表", True), ("见四号表", False))
    case.said("cell-partly-struck-out")  # alone: openpyxl saves such a text without its runs


@typed("struck through: the output")
def _(case: Case) -> None:
    cell = case.product_cell("output")
    case.claim(cell)
    if not isinstance(cell.value, float):
        raise NotApplicableError
    cell.style = case.book.struck_style()
    case.mentioned(cell)
