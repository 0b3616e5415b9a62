"""How good a footprint's figures are: ratings, primary-data share, uncertainty and sensitivity of every product."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from workbook_engine.compute.pedigree import VARIANCES
from workbook_engine.compute.quality import (
    amount_pedigree,
    factor_pedigree,
    line_dqr,
    line_scores,
    primary_share,
    weighted_dqr,
)
from workbook_engine.compute.rating_rules import SCALE
from workbook_engine.compute.scenarios import run_scenarios
from workbook_engine.compute.sensitivity import STEP, swings
from workbook_engine.compute.simulation import monte_carlo
from workbook_engine.compute.uncertainty import interval, propagate, variance_shares
from workbook_engine.model import Assessment, LineAssessment, ProductAssessment, StageAssessment
from workbook_engine.model.columns import in_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.model import (
        Dimension,
        EmissionFactor,
        Footprint,
        Inventory,
        LineResult,
        Pedigree,
        ProductFootprint,
        Sampling,
        StageResult,
    )


def assess(
    inventory: Inventory, footprint: Footprint, *, step: float = STEP, sampling: Sampling | None = None
) -> Assessment:
    """Assess the footprints of all products; with `sampling`, by a Monte Carlo run too.

    `step` is the fraction by which the sensitivities move each input.
    """
    lines = {result.line.id: result.line for product in footprint.products for result in product.lines}
    amounts = {key: amount_pedigree(line, inventory.study) for key, line in lines.items()}
    used = {line.factor.id: (line.factor, line.flow) for line in lines.values() if line.factor and line.flow}
    factors = {key: factor_pedigree(factor, flow.category, inventory) for key, (factor, flow) in used.items()}
    assessor = _Assessor(inventory, amounts, factors, step)
    products = tuple(assessor.product(product) for product in footprint.products)
    assessment = Assessment(amounts, factors, products, run_scenarios(inventory), step, VARIANCES, SCALE)
    if sampling is None:
        return assessment
    return replace(assessment, monte_carlo=monte_carlo(footprint, assessment, sampling))


class _Assessor:
    """Assesses one product after the other."""

    def __init__(
        self, inventory: Inventory, amounts: Mapping[str, Pedigree], factors: Mapping[str, Pedigree], step: float
    ) -> None:
        self.inventory = inventory
        self.amounts = amounts
        self.factors = factors
        self.step = step
        self._scored: dict[tuple[int, str | None], tuple[Mapping[Dimension, int], float]] = {}

    def product(self, product: ProductFootprint) -> ProductAssessment:
        results = product.lines
        is_final = product.cfp_kg_co2e is not None
        spread = propagate(results, self.amounts, self.factors) if is_final else None
        shares = variance_shares(spread, len(results))
        lines = in_columns(self._line(result, share) for result, share in zip(results, shares, strict=True))
        dqr = [line.dqr for line in lines]
        in_turn = iter(dqr)  # the stages' lines one after the other
        return ProductAssessment(
            product=product.product.key,
            lines=lines,
            stages=tuple(self._stage(stage, list(islice(in_turn, len(stage.lines)))) for stage in product.stages),
            dqr=weighted_dqr(results, dqr) if is_final else None,
            primary_share=primary_share(results) if is_final else None,
            interval=interval(product.cfp_kg_co2e, spread),
            swings=swings(self.inventory, product, self.step),
        )

    def _stage(self, stage: StageResult, dqr: Sequence[float]) -> StageAssessment:
        return StageAssessment(
            stage=stage.stage,
            dqr=weighted_dqr(stage.lines, dqr),
            primary_share=primary_share(stage.lines),
            interval=interval(stage.kg_co2e, propagate(stage.lines, self.amounts, self.factors)),
        )

    def _line(self, result: LineResult, variance_share: float | None) -> LineAssessment:
        scores, dqr = self._scores(self.amounts[result.line.id], result.line.factor)
        return LineAssessment(result.line.id, scores, dqr, variance_share)

    def _scores(self, amount: Pedigree, factor: EmissionFactor | None) -> tuple[Mapping[Dimension, int], float]:
        """Return scores and rating of a line; lines whose amount and factor are rated alike share them."""
        key = id(amount), factor.id if factor else None  # the pedigrees live as long as this does
        if key not in self._scored:
            scores = line_scores(amount, self.factors[factor.id] if factor else None)
            self._scored[key] = scores, line_dqr(scores.values())
        return self._scored[key]
