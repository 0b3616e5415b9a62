"""Footprint: what follows from an inventory: the emission of each line, stages, totals, shares."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.model.columns import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from workbook_engine.model.inventory import ActivityLine, Product
    from workbook_engine.model.stages import Stage


@frozen
class LineResult:
    """A line's contribution to one product: activity per unit in the flow's reference unit, and its emission."""

    line: ActivityLine
    share_of_total: float | None  # what activity per unit is to reference_amount: 1, 1/output, or wₖOₖₚ/Σwᵢoᵢ/Oₖ
    activity: float | None
    kg_co2e: float | None
    share: float | None = None  # of the product's total; None where there is no final total
    contractual_kg_co2e: float | None = None  # by the contract's factor; None without a contract, or without its factor


@frozen
class StageResult:
    """A stage of one product: the sum of its lines, None where one of them is blocked."""

    stage: Stage
    lines: Sequence[LineResult]  # a tuple, or columns where they are very many
    kg_co2e: float | None
    share: float | None


@frozen
class ProductFootprint:
    """One product's footprint per functional or declared unit. `cfp_kg_co2e` is None unless it is final."""

    product: Product
    stages: tuple[StageResult, ...]
    cfp_kg_co2e: float | None
    is_partial: bool  # a significant stage is outside the boundary: the result is a partial CFP
    credits: tuple[LineResult, ...] = ()  # recycling credits that are shown apart; negative, in no stage and no total
    contractual_kg_co2e: float | None = None  # the total with contracts' factors in place of the grid's; an alternative

    @property
    def lines(self) -> Sequence[LineResult]:
        """Return the lines of all stages, in their order."""
        return joined([stage.lines for stage in self.stages])

    @property
    def credits_kg_co2e(self) -> float | None:
        """Return the sum of the credits that are shown apart, None where there is none or one is not known."""
        known = [result.kg_co2e for result in self.credits if result.kg_co2e is not None]
        return math.fsum(known) if known and len(known) == len(self.credits) else None


@frozen
class PlantControl:
    """The proof that a plant's total is divided without rest: amounts in the flow's reference unit.

    `in_study` and `outside` are Σ (per piece × output at the plant) over the products of the study and over the others.
    """

    line: str  # ActivityLine.id
    plant: str  # Plant.key
    unit: str
    total: float
    in_study: float
    outside: float

    @property
    def difference(self) -> float:
        """Return what is allocated less the total: 0 but for the last binary digits."""
        return math.fsum((self.in_study, self.outside, -self.total))


@frozen
class Footprint:
    """The footprints of all products of a workbook."""

    products: tuple[ProductFootprint, ...]
    controls: Sequence[PlantControl] = ()

    def emissions_of_rows(self) -> dict[tuple[str, int], float]:
        """Return the emission of each line, kgCO2e per unit, by sheet and row: the largest of the products'."""
        found: dict[tuple[str, int], float] = {}
        for product in self.products:
            for result in product.lines:
                where = result.line.where
                if where.row is not None and result.kg_co2e is not None:
                    key = (where.sheet, where.row)
                    found[key] = max(found.get(key, 0.0), abs(result.kg_co2e))
        return found

    def to_frame(self) -> pd.DataFrame:
        """Return one row a line: product, stage, line, item, flow, activity, unit, factor, kg_co2e, share."""
        import pandas as pd  # noqa: PLC0415 - pandas takes a third of a second to import; only this method needs it

        rows = [
            {
                "product": footprint.product.name,
                "model": footprint.product.model,
                "stage": stage.stage.value,
                "line": result.line.id,
                "item": result.line.item,
                "flow": result.line.flow.key if result.line.flow else None,
                "activity": result.activity,
                "unit": result.line.flow.unit if result.line.flow else None,
                "factor": result.line.factor.id if result.line.factor else None,
                "factor_kg_co2e": result.line.factor.value if result.line.factor else None,
                "kg_co2e": result.kg_co2e,
                "share": result.share,
            }
            for footprint in self.products
            for stage in footprint.stages
            for result in stage.lines
        ]
        return pd.DataFrame(rows)
