"""Monte Carlo against what can be worked out exactly: one lognormal line, sums of them, shared factors."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.books import PRODUCT, line, returned
from tests.studies import process_book
from workbook_engine.compute import assess, monte_carlo
from workbook_engine.model import Sampling, Stage

if TYPE_CHECKING:
    from tests.studies import Outcome
    from workbook_engine.model import MonteCarlo

DRAWS = 40_000
METERED, ESTIMATED, GRID = 0.0018, 0.0527, 0.001225  # variances, worked out in test_uncertainty.py


def run(outcome: Outcome, draws: int = DRAWS, seed: int = 1, chunk: int = 8_192) -> MonteCarlo:
    assessment = assess(outcome.inventory, outcome.footprint)
    return monte_carlo(outcome.footprint, assessment, Sampling(draws, seed), chunk=chunk)


def test_one_line_comes_out_as_the_lognormal_that_it_is() -> None:
    # The product of two lognormals is one: median E, σ² = METERED + GRID; mean E exp(σ²/2)
    outcome = process_book(returned({"production": [line()]}))
    assert outcome.cfp is not None
    total = run(outcome).products[0].total
    sigma = math.sqrt(METERED + GRID)
    error = sigma / math.sqrt(DRAWS)  # standard error of the mean; a quantile's is some three times that
    assert total.median == pytest.approx(outcome.cfp, rel=4 * 1.25 * error)
    assert total.mean == pytest.approx(outcome.cfp * math.exp(sigma**2 / 2), rel=4 * error)
    assert total.low == pytest.approx(outcome.cfp * math.exp(-1.96 * sigma), rel=4 * 2.7 * error)
    assert total.high == pytest.approx(outcome.cfp * math.exp(1.96 * sigma), rel=4 * 2.7 * error)


def exact_factors(outcome: Outcome, draws: int = DRAWS) -> MonteCarlo:
    """Draw with factors that do not vary, so that what comes out is the amounts'."""
    assessment = assess(outcome.inventory, outcome.footprint)
    factors = {key: replace(pedigree, variance=0.0) for key, pedigree in assessment.factors.items()}
    return monte_carlo(outcome.footprint, replace(assessment, factors=factors), Sampling(draws, 7))


# of 100 kWh, as multiples of the result: mean, median, 2.5 % and 97.5 % quantile
DISTRIBUTIONS = {
    # 1 ± 20 %
    "normal": ({"distribution": "正态", "spread": 20}, (1.0, 1.0, 0.8, 1.2)),
    # 80 to 130: mean 105; 80 + 0.025 · 50 = 81.25, 130 - 0.025 · 50 = 128.75
    "uniform": ({"distribution": "均匀", "low": 80, "high": 130}, (1.05, 1.05, 0.8125, 1.2875)),
    # 80, 100, 130: mean 310 / 3; F(100) = 20/50 = 0.4, so the median is 130 - √(0.5 · 50 · 30) = 102.6139;
    # 80 + √(0.025 · 50 · 20) = 85; 130 - √(0.025 · 50 · 30) = 123.8763
    "triangular": ({"distribution": "三角", "low": 80, "high": 130}, (310 / 300, 1.026139, 0.85, 1.238763)),
}


@pytest.mark.parametrize(("stated", "figures"), DISTRIBUTIONS.values(), ids=DISTRIBUTIONS)
def test_an_amount_comes_out_as_the_distribution_that_was_typed(
    stated: dict[str, object], figures: tuple[float, ...]
) -> None:
    outcome = process_book(returned({"production": [line(**stated)]}))
    assert outcome.cfp is not None
    total = exact_factors(outcome).products[0].total
    found = (total.mean, total.median, total.low, total.high)
    # standard error of the mean 0.145 / √40,000 = 0.0007; a quantile's in a flat or thin tail is up to four times that
    assert found == pytest.approx([figure * outcome.cfp for figure in figures], rel=0.008)


def test_a_normal_amount_is_never_drawn_below_zero() -> None:
    # ± 99 %: σ = 0.505, so 2.4 % of the draws would lie below zero
    outcome = process_book(returned({"production": [line(distribution="正态", spread=99)]}))
    draws = exact_factors(outcome).products[0]
    assert min(draws.histogram.edges) >= 0
    assert draws.total.low >= 0


def test_the_shares_of_the_variance_hold_for_all_distributions() -> None:
    # CV² 0.0208 (uniform 80 to 130) and 0.0104 (normal ± 20 %) of two equal lines: 2/3 and 1/3 of the variance
    rows = [line(distribution="均匀", low=80, high=130), line(distribution="正态", spread=20)]
    draws = exact_factors(process_book(returned({"production": rows}))).products[0]
    assert draws.variance_shares["amount", "PR-001"] == pytest.approx(0.66675, abs=0.01)
    assert draws.variance_shares["amount", "PR-002"] == pytest.approx(0.33325, abs=0.01)


def test_lines_of_one_factor_err_together() -> None:
    # Two equal lines: σ² of the total is METERED / 2 + GRID to first order; were the factor drawn for each line, it
    # would be (METERED + GRID) / 2: intervals of ± 9.0 % and ± 7.6 %, which 40,000 draws tell apart.
    outcome = process_book(returned({"production": [line(), line()]}))
    total = run(outcome).products[0].total
    sigma = math.log(total.high / total.low) / (2 * 1.96)
    assert sigma == pytest.approx(math.sqrt(METERED / 2 + GRID), rel=0.03)


def test_the_mean_of_a_sum_is_the_sum_of_the_means() -> None:
    rows = [line(), line(amount=300, data_source="估算", quality="次级数据")]
    outcome = process_book(returned({"production": [rows[0]], "use": [rows[1]]}))
    draws = run(outcome).products[0]
    first, second = (stage.kg_co2e for stage in outcome.footprint.products[0].stages)
    assert first is not None
    assert second is not None
    assert draws.stages[Stage.PRODUCTION].mean == pytest.approx(first * math.exp((METERED + GRID) / 2), rel=2e-3)
    assert draws.stages[Stage.USE].mean == pytest.approx(second * math.exp((ESTIMATED + GRID) / 2), rel=6e-3)
    assert draws.total.mean == pytest.approx(sum(stage.mean for stage in draws.stages.values()), rel=1e-6)


def test_the_interval_agrees_with_the_analytic_one_where_spreads_are_small() -> None:
    # First order neglects terms of σ⁴; with σ about 0.05 the two differ by less than half a per cent.
    outcome = process_book(returned({"production": [line(), line(amount=40)], "use": [line(amount=70)]}))
    analytic = assess(outcome.inventory, outcome.footprint).products[0].interval
    total = run(outcome).products[0].total
    assert analytic is not None
    assert total.low == pytest.approx(analytic.low, rel=5e-3)
    assert total.high == pytest.approx(analytic.high, rel=5e-3)


def test_the_shares_of_the_variance_are_those_of_the_inputs() -> None:
    # Shares of emission 0.25 and 0.75 of one factor: 0.25² × METERED, 0.75² × ESTIMATED and GRID, of their sum
    rows = [line(), line(amount=300, data_source="估算", quality="次级数据")]
    shares = run(process_book(returned({"production": rows}))).products[0].variance_shares
    parts = {
        ("amount", "PR-002"): 0.75**2 * ESTIMATED,
        ("factor", "EL-CF-2024-CN"): GRID,
        ("amount", "PR-001"): 0.25**2 * METERED,
    }
    assert next(iter(shares)) == ("amount", "PR-002")
    for name, part in parts.items():
        assert shares[name] == pytest.approx(part / sum(parts.values()), abs=0.01)
    assert sum(shares.values()) == pytest.approx(1)


def test_the_same_seed_gives_the_same_figures_and_another_seed_others() -> None:
    outcome = process_book(returned())
    assert run(outcome) == run(outcome)
    assert run(outcome).products[0].total.median != run(outcome, seed=2).products[0].total.median


def test_the_chunk_bounds_the_memory_and_changes_no_figure() -> None:
    outcome = process_book(returned({"production": [line(), line(amount=3)]}))
    small, large = (run(outcome, draws=5_000, chunk=chunk).products[0].total for chunk in (700, 5_000))
    assert small.median == pytest.approx(large.median, rel=1e-6)
    assert small.high == pytest.approx(large.high, rel=1e-6)


def test_what_is_exact_does_not_vary() -> None:
    # A stated spread of 0 % leaves the factor's alone
    outcome = process_book(returned({"production": [line(spread=0)]}))
    total = run(outcome).products[0]
    sigma = math.log(total.total.high / total.total.low) / (2 * 1.96)
    assert sigma == pytest.approx(math.sqrt(GRID), rel=0.03)
    assert total.variance_shares["amount", "PR-001"] == 0


def test_the_histogram_counts_nearly_all_draws() -> None:
    histogram = run(process_book(returned())).products[0].histogram
    assert len(histogram.edges) == len(histogram.counts) + 1
    assert 0.997 * DRAWS <= sum(histogram.counts) <= DRAWS  # a thousandth is left out at either end


def test_products_without_a_total_are_left_out() -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    rows = [line(product="分支箱"), line(product="开关柜", flow="独角兽毛")]
    outcome = process_book(returned({"production": rows}, products=products))
    assert [product.product for product in run(outcome).products] == ["P1"]


def test_products_that_share_a_line_vary_together() -> None:
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2"}]
    outcome = process_book(returned({"production": [line()]}, products=products))
    first, second = run(outcome).products
    assert first.total == second.total


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1000"):
        run(process_book(returned()), draws=100)


def test_a_hundred_thousand_draws_of_two_hundred_lines_take_under_a_second() -> None:
    rows = [line(amount=10 + number) for number in range(200)]
    outcome = process_book(returned({"production": rows}))
    run(outcome, draws=1_000)  # imports numpy
    times = []
    for _ in range(3):
        start = time.process_time()  # of all threads: what else the machine does is none of it
        run(outcome, draws=100_000)
        times.append(time.process_time() - start)
    assert min(times) < 1.0


def test_numpy_is_imported_only_when_a_run_is_asked_for() -> None:
    code = "import sys, workbook_engine.compute; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
