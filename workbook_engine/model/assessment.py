"""Assessment: how good a footprint's figures are: ratings, uncertainty, sensitivity, scenarios."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen
from workbook_engine.model.spread import Distribution

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbook_engine.findings import CellRef
    from workbook_engine.model.footprint import Footprint
    from workbook_engine.model.inventory import Dimension, Scenario
    from workbook_engine.model.stages import Stage
    from workbook_engine.texts import Text


@frozen
class Rating:
    """One score of a figure's quality, 1 (best) to 5, and the rule or the cell that it comes from."""

    score: int
    reason: Text
    where: CellRef | None = None  # the cell in which it was typed
    is_unknown: bool = False  # nothing is known: the worst score stands


@frozen
class Pedigree:
    """The quality of one figure, an amount or a factor, and how far it may be off.

    `variance` is σ² of the figure's natural logarithm: the figure is taken as the median of a lognormal distribution
    with the geometric standard deviation exp(σ). `basic` is the part that even the best data have. Where another
    distribution was typed, the variance is that of the lognormal one with the same coefficient of variation, and `low`
    and `high` are the limits (of a normal distribution those of its 95 % interval) as multiples of the figure.
    """

    ratings: Mapping[Dimension, Rating]
    basic: float
    variance: float
    is_stated: bool = False  # the spread was typed, the ratings do not enter it
    distribution: Distribution = Distribution.LOGNORMAL
    low: float = 1.0
    high: float = 1.0


@frozen
class Interval:
    """A figure's 95 % interval, kgCO2e, with the geometric standard deviation that it comes from."""

    gsd: float
    low: float
    high: float


@frozen
class LineAssessment:
    """A line of one product: on each dimension the worse of amount and factor; None where the line has no emission."""

    line_id: str
    scores: Mapping[Dimension, int]
    dqr: float  # the mean of the scores
    variance_share: float | None = None  # of the variance of the product's total


@frozen
class StageAssessment:
    """A stage of one product; None where it has no result. Shares are of the stage's emissions, by size."""

    stage: Stage
    dqr: float | None
    primary_share: float | None
    interval: Interval | None


@frozen
class Swing:
    """What one input changes: the total with the input lower and higher by the step, all else as it is.

    `subject` is a line id, a factor id, or the product's key for its output.
    """

    kind: str  # amount, factor, output
    subject: str
    low: float  # the total with the input × (1 - step)
    high: float

    @property
    def reach(self) -> float:
        """Return the distance between the two totals."""
        return abs(self.high - self.low)


@frozen
class ProductAssessment:
    """One product; what hangs on its total is None or empty where there is no final total."""

    product: str  # Product.key
    lines: Sequence[LineAssessment]
    stages: tuple[StageAssessment, ...]
    dqr: float | None
    primary_share: float | None
    interval: Interval | None
    swings: Sequence[Swing]  # the widest first


@frozen
class ScenarioResult:
    """A scenario and the footprints of all products under it."""

    scenario: Scenario
    footprint: Footprint


@frozen
class Sampling:
    """A Monte Carlo run that is asked for: how many draws, and the seed that makes it repeatable."""

    draws: int = 100_000
    seed: int = 20240823  # any number would do; it is stated beside the figures


@frozen
class Sampled:
    """A figure over the draws of a Monte Carlo run, kgCO2e; `low` and `high` are the 2.5 and 97.5 % quantiles."""

    mean: float
    median: float
    low: float
    high: float


@frozen
class Histogram:
    """Draws counted in bins of one width; bin i lies between edges i and i + 1. What lies outside is not counted."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@frozen
class ProductDraws:
    """One product over the draws.

    `variance_shares` are by input, (kind, subject) as in Swing: its squared correlation with the total, of the sum of
    all of them.
    """

    product: str  # Product.key
    total: Sampled
    stages: Mapping[Stage, Sampled]
    variance_shares: Mapping[tuple[str, str], float]  # the largest first
    histogram: Histogram


@frozen
class MonteCarlo:
    """A Monte Carlo run over all products that have a total. Products share their draws."""

    sampling: Sampling
    products: tuple[ProductDraws, ...]


@frozen
class Assessment:
    """How good the figures of a footprint are: ratings, primary-data share, uncertainty, sensitivity.

    `amounts` and `factors` hold the pedigree of each line's amount, by line id, and of each factor, by factor id.
    `step` is the fraction by which the sensitivities move each input.
    """

    amounts: Mapping[str, Pedigree]
    factors: Mapping[str, Pedigree]
    products: tuple[ProductAssessment, ...]
    scenarios: tuple[ScenarioResult, ...]
    step: float
    variances: Mapping[Dimension, tuple[float, ...]] = field(default_factory=dict)  # what scores 1 to 5 add to σ²
    scale: Mapping[Dimension, tuple[Text, ...]] = field(default_factory=dict)  # what scores 1 to 5 mean
    monte_carlo: MonteCarlo | None = None  # on request
