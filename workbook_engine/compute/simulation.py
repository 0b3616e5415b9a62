"""Monte Carlo: draw every amount and every factor from its distribution, and count what comes out.

Each amount and each factor is drawn once a draw, independently: a factor that several lines use is one figure, and
lines that several products share are the same draw in all of them. Amounts of biogenic CO2 err alike, as the carbon
that is taken up is the carbon that is given off: one normal draw stands for all of them. The distribution is lognormal
with the computed value as its median, unless another was typed: normal (cut at zero), triangular with the value as its
mode, uniform. No run is needed for a result: this is for studies whose spreads are wide, or whose verifier asks for it.
numpy is imported only here, when a run is asked for.

Draws come from NumPy's PCG64 by `seed`: the same inputs, draws, seed and version of NumPy give the same figures.
Memory is for CHUNK draws at a time and, for each product, one number a stage and draw.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from workbook_engine.compute.pedigree import relative_variance
from workbook_engine.model import Distribution, Histogram, MonteCarlo, ProductDraws, Sampled, Sampling, Stage
from workbook_engine.model.biogenic import is_biogenic_co2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.model import Assessment, Footprint, Pedigree, ProductFootprint

FEWEST = 1_000  # with fewer draws a 2.5 % quantile rests on a handful of them
CHUNK = 8_192
BINS = 40
TAIL = 0.001  # of the draws, left out of the histogram at either end

Array = Any  # numpy's array: numpy is not imported at run time until it is needed


class _Product(NamedTuple):
    """A product as matrices: draws of amounts × `groups` gives the sums of lines by stage and factor."""

    key: str
    stages: tuple[Stage, ...]
    groups: Array  # amounts × groups: medians of the lines' emissions
    factor_of_group: Array  # index among the factors
    stage_of_group: Array  # groups × stages: 1 where the group is the stage's


class _Inputs(NamedTuple):
    """What is drawn: amounts by line id, then factors by id, with the σ of each; `shaped` are not lognormal."""

    amounts: tuple[str, ...]
    factors: tuple[str, ...]
    sigma: Array
    shaped: tuple[tuple[int, Pedigree], ...]
    carbon: tuple[int, ...]  # amounts of biogenic CO2


def monte_carlo(
    footprint: Footprint, assessment: Assessment, sampling: Sampling | None = None, *, chunk: int = CHUNK
) -> MonteCarlo:
    """Draw over all products that have a total, 100,000 times by default; `chunk` bounds the memory alone.

    Raises ValueError for fewer than 1,000 draws.
    """
    sampling = sampling or Sampling()
    if sampling.draws < FEWEST:
        raise ValueError(f"{sampling.draws} draws are too few for an interval: at least {FEWEST}")
    final = [product for product in footprint.products if product.cfp_kg_co2e is not None]
    inputs = _inputs(final, assessment)
    products = [_matrices(product, inputs) for product in final]
    sums, covariances = _run(products, inputs, sampling, chunk)
    found = (
        _summary(product, inputs, stages, covariance)
        for product, stages, covariance in zip(products, sums, covariances, strict=True)
    )
    return MonteCarlo(sampling, tuple(found))


def _inputs(products: Sequence[ProductFootprint], assessment: Assessment) -> _Inputs:
    import numpy as np  # noqa: PLC0415 - 70 ms to import; only this module needs it

    results = [result for product in products for result in product.lines]
    amounts = tuple(dict.fromkeys(result.line.id for result in results))
    factors = tuple(dict.fromkeys(result.line.factor.id for result in results if result.line.factor))
    variances = [assessment.amounts[key].variance for key in amounts]
    variances += [assessment.factors[key].variance for key in factors]
    pedigrees = ((index, assessment.amounts[key]) for index, key in enumerate(amounts))
    shaped = tuple((i, p) for i, p in pedigrees if p.distribution is not Distribution.LOGNORMAL)
    biogenic = {result.line.id for result in results if is_biogenic_co2(result.line.factor)}
    carbon = tuple(index for index, key in enumerate(amounts) if key in biogenic)
    return _Inputs(amounts, factors, np.sqrt(np.array(variances, dtype=np.float32)), shaped, carbon)


def _matrices(product: ProductFootprint, inputs: _Inputs) -> _Product:
    import numpy as np  # noqa: PLC0415

    stages = tuple(stage.stage for stage in product.stages)
    columns: dict[tuple[int, int], int] = {}  # (stage, factor) -> group
    cells: list[tuple[int, int, float]] = []
    amount_index = {key: index for index, key in enumerate(inputs.amounts)}
    factor_index = {key: index for index, key in enumerate(inputs.factors)}
    for number, stage in enumerate(product.stages):
        for result in stage.lines:
            if result.line.factor and result.kg_co2e is not None:
                group = columns.setdefault((number, factor_index[result.line.factor.id]), len(columns))
                cells.append((amount_index[result.line.id], group, result.kg_co2e))
    groups: Array = np.zeros((len(inputs.amounts), len(columns)), dtype=np.float32)
    for row, column, emission in cells:
        groups[row, column] += emission
    stage_of_group: Array = np.zeros((len(columns), len(stages)), dtype=np.float32)
    for (number, _), group in columns.items():
        stage_of_group[group, number] = 1
    return _Product(product.product.key, stages, groups, np.array([f for _, f in columns], dtype=int), stage_of_group)


def _run(
    products: Sequence[_Product], inputs: _Inputs, sampling: Sampling, chunk: int
) -> tuple[list[Array], list[Array]]:
    """Return for each product its stages' emissions by draw, and the sums of input × total over the draws."""
    import numpy as np  # noqa: PLC0415

    generator = np.random.default_rng(sampling.seed)
    sums: list[Array] = [np.empty((sampling.draws, len(product.stages)), dtype=np.float32) for product in products]
    covariances: list[Array] = [np.zeros(len(inputs.sigma)) for _ in products]
    # The two large arrays are made once: fresh memory for each chunk takes longer than the exponentials.
    space: Array = np.empty((2, min(chunk, sampling.draws), len(inputs.sigma)), dtype=np.float32)
    for first in range(0, sampling.draws, chunk):
        normal, drawn = space[:, : sampling.draws - first]
        generator.standard_normal(dtype=np.float32, out=normal)
        if inputs.carbon:
            normal[:, inputs.carbon] = normal[:, inputs.carbon[:1]]
        np.exp(np.multiply(normal, inputs.sigma, out=drawn), out=drawn)
        _shape(generator, inputs.shaped, normal, drawn)
        amounts, factors = drawn[:, : len(inputs.amounts)], drawn[:, len(inputs.amounts) :]
        for index, product in enumerate(products):
            groups = (amounts @ product.groups) * factors[:, product.factor_of_group]
            stages = groups @ product.stage_of_group
            sums[index][first : first + chunk] = stages
            covariances[index] += normal.T @ (stages.sum(axis=1) - product.groups.sum())
    return sums, covariances


def _shape(generator: Array, shaped: Sequence[tuple[int, Pedigree]], normal: Array, drawn: Array) -> None:
    """Draw the inputs that are not lognormal; in `normal` stands for each what it is off by, in its own deviations."""
    import numpy as np  # noqa: PLC0415

    for column, pedigree in shaped:
        low, high = pedigree.low, pedigree.high
        sigma = math.sqrt(relative_variance(pedigree.distribution, low, high))
        if not sigma:
            drawn[:, column] = 1
        elif pedigree.distribution is Distribution.NORMAL:
            np.maximum(1 + sigma * normal[:, column], 0, out=drawn[:, column])
        elif pedigree.distribution is Distribution.TRIANGULAR:
            drawn[:, column] = generator.triangular(low, 1, high, len(drawn))
            normal[:, column] = (drawn[:, column] - (low + 1 + high) / 3) / sigma
        else:
            drawn[:, column] = generator.uniform(low, high, len(drawn))
            normal[:, column] = (drawn[:, column] - (low + high) / 2) / sigma


def _summary(product: _Product, inputs: _Inputs, stages: Array, covariance: Array) -> ProductDraws:
    total = stages.sum(axis=1, dtype=float)
    return ProductDraws(
        product=product.key,
        total=_sampled(total),
        stages={stage: _sampled(stages[:, number].astype(float)) for number, stage in enumerate(product.stages)},
        variance_shares=_variance_shares(product, inputs, covariance),
        histogram=_histogram(total),
    )


def _sampled(values: Array) -> Sampled:
    import numpy as np  # noqa: PLC0415

    low, median, high = map(float, np.quantile(values, (0.025, 0.5, 0.975)))
    return Sampled(float(values.mean()), median, low, high)


def _variance_shares(product: _Product, inputs: _Inputs, covariance: Array) -> dict[tuple[str, str], float]:
    """Return the squared correlations with the total as parts of their sum; all inputs have the same variance, 1.

    Only of the product's own inputs: with those of other products it correlates by chance.
    """
    names = [("amount", key) for key in inputs.amounts] + [("factor", key) for key in inputs.factors]
    own_factors = set(map(int, product.factor_of_group))
    own = [*map(bool, product.groups.any(axis=1)), *(index in own_factors for index in range(len(inputs.factors)))]
    squares = [
        float(value) ** 2 if sigma > 0 and is_own else 0.0
        for value, sigma, is_own in zip(covariance, inputs.sigma, own, strict=True)
    ]
    for index in inputs.carbon:  # one draw
        squares[index] /= len(inputs.carbon)
    whole = math.fsum(squares)
    if not whole:
        return {}
    shares = {name: square / whole for name, square, is_own in zip(names, squares, own, strict=True) if is_own}
    return dict(sorted(shares.items(), key=lambda item: -item[1]))


def _histogram(values: Array) -> Histogram:
    import numpy as np  # noqa: PLC0415

    low, high = map(float, np.quantile(values, (TAIL, 1 - TAIL)))
    counts, edges = np.histogram(values, bins=BINS, range=(low, high))
    return Histogram(tuple(map(float, edges)), tuple(map(int, counts)))
