"""A footprint fed to Brightway, which knows nothing of this program: matrices, a solver and distributions of its own.

Each factor is a process that emits its CO2e a unit; the product is a process that takes the activity of each line from
the process of its factor. A line's amount and a factor's emission are lognormal, as stats_arrays has them: loc is the
logarithm of the median, scale the σ; or an amount is normal, triangular or uniform.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

from workbook_engine.model import Distribution

if TYPE_CHECKING:
    from workbook_engine.model import Assessment, Pedigree, ProductFootprint

LOGNORMAL, NORMAL, UNIFORM, TRIANGULAR, NO_UNCERTAINTY = 2, 3, 4, 5, 0  # ids of stats_arrays
EMISSION, PRODUCT, FIRST_FACTOR = 1, 2, 1_000


def package(product: ProductFootprint, assessment: Assessment | None = None) -> Any:
    """Return the data package of a product; with an assessment, its figures are distributions."""
    import bw_processing  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    results = [result for stage in product.stages for result in stage.lines]
    factors = list({result.line.factor.id: result.line.factor for result in results}.values())
    node = {factor.id: FIRST_FACTOR + number for number, factor in enumerate(factors)}
    spread = dict(assessment.amounts) if assessment else {}
    of_factor = dict(assessment.factors) if assessment else {}

    technosphere: list[tuple[Any, ...]] = [(PRODUCT, PRODUCT, 1.0, None, False)]
    technosphere += [(node[factor.id], node[factor.id], 1.0, None, False) for factor in factors]
    technosphere += [
        (node[result.line.factor.id], PRODUCT, result.activity, spread.get(result.line.id), True) for result in results
    ]
    biosphere = [(EMISSION, node[f.id], f.value, of_factor.get(f.id), False) for f in factors]
    made = bw_processing.create_datapackage()
    for matrix, rows in (("technosphere_matrix", technosphere), ("biosphere_matrix", biosphere)):
        made.add_persistent_vector(
            matrix=matrix,
            indices_array=np.array([row[:2] for row in rows], dtype=bw_processing.INDICES_DTYPE),
            data_array=np.array([row[2] for row in rows]),
            flip_array=np.array([row[4] for row in rows]),
            distributions_array=np.array([_distribution(row[2], row[3]) for row in rows], dtype=_dtype()),
        )
    made.add_persistent_vector(
        matrix="characterization_matrix",
        indices_array=np.array([(EMISSION, EMISSION)], dtype=bw_processing.INDICES_DTYPE),
        data_array=np.array([1.0]),
        global_index=EMISSION,
    )
    return made


def _dtype() -> Any:
    import bw_processing  # noqa: PLC0415

    return bw_processing.UNCERTAINTY_DTYPE


def _distribution(value: float, pedigree: Pedigree | None) -> tuple[object, ...]:
    nan = math.nan
    if pedigree is None or pedigree.variance == 0 or value == 0:
        return (NO_UNCERTAINTY, value, nan, nan, nan, nan, False)
    low, high = pedigree.low * value, pedigree.high * value
    if pedigree.distribution is Distribution.NORMAL:
        return (NORMAL, value, (high - low) / 2 / 1.96, nan, nan, nan, False)
    if pedigree.distribution is Distribution.TRIANGULAR:
        return (TRIANGULAR, value, nan, nan, low, high, False)
    if pedigree.distribution is Distribution.UNIFORM:
        return (UNIFORM, nan, nan, nan, low, high, False)
    return (LOGNORMAL, math.log(abs(value)), math.sqrt(pedigree.variance), nan, nan, nan, value < 0)


def score(product: ProductFootprint) -> float:
    """Return the product's footprint as Brightway computes it."""
    calculation = _calculation(product, None)
    calculation.lci()
    calculation.lcia()
    return float(calculation.score)


def scores(product: ProductFootprint, assessment: Assessment, draws: int, seed: int) -> Any:
    """Return the footprints of a Monte Carlo run by Brightway, as an array."""
    import numpy as np  # noqa: PLC0415

    calculation = _calculation(product, assessment, seed=seed)
    calculation.lci()
    calculation.lcia()
    found = []
    for _ in range(draws):
        next(calculation)
        found.append(float(calculation.score))
    return np.array(found)


def _calculation(product: ProductFootprint, assessment: Assessment | None, seed: int | None = None) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends a faster solver
        import bw2calc  # noqa: PLC0415

        return bw2calc.LCA(
            demand={PRODUCT: 1},
            data_objs=[package(product, assessment)],
            use_distributions=assessment is not None,
            seed_override=seed,
        )
