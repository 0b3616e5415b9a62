"""What a study's results hold, in the order in which the sheets tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.model import Stage
from workbook_engine.results.layout import GASES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import LineResult, ProductFootprint
    from workbook_engine.results.job import ResultsJob


def counted_results(job: ResultsJob) -> Iterator[tuple[ProductFootprint, LineResult]]:
    """Yield every line that enters a product's result."""
    for product in job.footprint.products:
        for stage in product.stages:
            for result in stage.lines:
                yield product, result


def results_of(job: ResultsJob) -> Iterator[tuple[ProductFootprint, LineResult]]:
    """Yield every line of every product in the order of the normalization sheet: the credits shown apart come last."""
    yield from counted_results(job)
    for product in job.footprint.products:
        for result in product.credits:
            yield product, result


def has_removals(product: ProductFootprint) -> bool:
    """Tell whether a stage of a product takes more up than it emits: its bars then go below zero."""
    return bool(removals(product))


def removals(product: ProductFootprint) -> tuple[int, ...]:
    """Return which of a product's stages take more up than they emit."""
    return tuple(index for index, stage in enumerate(product.stages) if (stage.kg_co2e or 0.0) < 0)


def stages_of(job: ResultsJob) -> tuple[Stage, ...]:
    """Return the stages that the results have, in the standard order."""
    found = {stage.stage for product in job.footprint.products for stage in product.stages}
    return tuple(stage for stage in Stage if stage in found)


def gases_of(job: ResultsJob) -> tuple[str, ...]:
    """Return the gases that the factors used tell apart, in the order of `GASES`."""
    found = {gas for factor in job.factors for gas in factor.gases}
    return tuple(gas for gas in GASES if gas in found)
