"""Shares of an earlier report against plain rounding of the computed ones."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.causes import digit_slip
from workbook_engine.compute.checks.rounding import round_half_up
from workbook_engine.compute.checks.wording import subject
from workbook_engine.findings import Finding

if TYPE_CHECKING:
    from workbook_engine.model import DeclaredResult, ProductFootprint

WHOLE = Decimal(100)


def check_share(
    row: DeclaredResult, decimals: int, product: ProductFootprint, rows: tuple[DeclaredResult, ...]
) -> list[Finding]:
    """Return nothing where a share agrees to the printed digit, else one finding with its probable cause."""
    plain = {stage.stage: round_half_up((stage.share or 0.0) * 100, decimals) for stage in product.stages}
    if row.share is None:
        return []
    expected = plain[row.stage] if row.stage else WHOLE
    printed = round_half_up(row.share.value, decimals)
    if printed == round_half_up(expected, decimals):
        return []
    summed = sum(plain.values(), Decimal(0))
    params: dict[str, object] = {
        "subject": subject(row),
        "printed": f"{printed}%",
        "computed": f"{round_half_up(expected, decimals)}%",
        "sum": f"{summed}%",
    }
    where = row.share.where
    if row.stage and summed != WHOLE and printed - expected == WHOLE - summed:
        return [Finding(catalogue.DECLARED_SHARE_CLOSED, where, params)]
    if _follows(row, decimals, rows):
        return [Finding(catalogue.DECLARED_SHARE_FOLLOWS, where, params)]
    slip = digit_slip(str(printed), str(round_half_up(expected, decimals)))
    if slip is not None:
        return [Finding(slip, where, params)]
    params["difference"] = f"{printed - expected}%"
    return [Finding(catalogue.DECLARED_DIFFERS, where, params)]


def _follows(row: DeclaredResult, decimals: int, rows: tuple[DeclaredResult, ...]) -> bool:
    """Tell whether the share is that of the report's own figures."""
    total = next((r.kg_co2e.value for r in rows if r.stage is None and r.kg_co2e), None)
    if not total or row.kg_co2e is None or row.share is None:
        return False
    return round_half_up(row.kg_co2e.value / total * WHOLE, decimals) == round_half_up(row.share.value, decimals)
