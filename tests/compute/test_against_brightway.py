"""An independent computation agrees: Brightway gives the same totals and the same Monte Carlo mean and interval."""

from __future__ import annotations

import importlib.util
import math
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.books import PRODUCT, line, returned
from tests.compute import brightway
from tests.results.wood import pallet
from tests.studies import process_book
from workbook_engine.compute import assess, monte_carlo
from workbook_engine.model import Sampling
from workbook_engine.pipeline import process

if TYPE_CHECKING:
    from tests.studies import Outcome

EXAMPLES = sorted((Path(__file__).parents[2] / "example_workbooks").glob("*/*.xlsx"))
DRAWS = 2_000  # two milliseconds each

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("bw2calc") is None and not os.environ.get("REQUIRE_BRIGHTWAY"),
    reason='Brightway (bw2calc) is not installed: pip install ".[crosscheck]"',
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_have_the_same_total(example: Path) -> None:
    done = process(example)
    assert done.footprint is not None
    for product in done.footprint.products:
        assert brightway.score(product) == pytest.approx(product.cfp_kg_co2e, rel=1e-9)


def mixed() -> Outcome:
    """Two products, two stages, five factors, two of them shared; spreads from ± 5 % to ± 80 %."""
    freight = {
        "item": "运壳体", "mass": 12, "mass_unit": "kg", "distance_km": 3000, "mode": "重型柴油货车(载重18t)",
        "basis": "每功能单位", "data_source": "估算", "quality": "次级数据",
    }  # fmt: skip
    rows = [
        line(amount=9000, basis="本产品全年合计", product="分支箱"),
        line(amount=4000, basis="本产品全年合计", product="开关柜"),
        line(amount=3, flow="柴油", unit="kg", data_source="估算", quality="次级数据"),
        line(amount=0.4, flow="柴油", unit="L"),
        line(amount=0.001, flow="SF6", unit="kg", spread=40),
    ]
    use = [line(amount=20, data_source="估算", quality="次级数据")]
    products = [PRODUCT, PRODUCT | {"name": "开关柜", "model": "K2", "output": 250}]
    return process_book(
        returned({"production": rows, "raw_material_transport": [freight], "use": use}, products=products)
    )


def test_a_study_of_two_products_has_the_same_totals() -> None:
    outcome = mixed()
    assert outcome.is_final
    for product in outcome.footprint.products:
        assert brightway.score(product) == pytest.approx(product.cfp_kg_co2e, rel=1e-9)


@pytest.mark.parametrize("to_the_grave", [True, False])
def test_what_biomass_takes_up_is_taken_off(*, to_the_grave: bool) -> None:
    (product,) = process_book(pallet(to_the_grave=to_the_grave)).footprint.products
    assert brightway.score(product) == pytest.approx(product.cfp_kg_co2e, rel=1e-9)


def test_monte_carlo_has_the_same_mean_and_interval() -> None:
    outcome = mixed()
    assessment = assess(outcome.inventory, outcome.footprint)
    product = outcome.footprint.products[1]
    theirs = brightway.scores(product, assessment, DRAWS, seed=11)
    ours = monte_carlo(outcome.footprint, assessment, Sampling(100_000, 12)).products[1].total
    spread = float(theirs.std())
    # Sampling errors, theirs by far the larger: of a mean s/√n; of a quantile √(p(1-p)/n) / density, which at 2.5 %
    # and 97.5 % of a normal distribution is 2.7 s/√n. The upper tail of a lognormal is longer: 4 s/√n.
    error = spread * math.sqrt(1 / DRAWS + 1 / 100_000)
    low, high = (float(sorted(theirs)[round(p * DRAWS)]) for p in (0.025, 0.975))
    assert ours.mean == pytest.approx(theirs.mean(), abs=4 * error)
    assert ours.low == pytest.approx(low, abs=4 * 2.7 * error)
    assert ours.high == pytest.approx(high, abs=4 * 4 * error)
    assert spread > 0.03 * ours.mean  # an interval worth the comparison


def test_amounts_of_other_distributions_have_the_same_mean_and_interval() -> None:
    rows = [
        line(amount=100, distribution="正态", spread=25),
        line(amount=120, distribution="均匀", low=80, high=150),
        line(amount=90, distribution="三角", low=60, high=160),
    ]
    outcome = process_book(returned({"production": rows}))
    assessment = assess(outcome.inventory, outcome.footprint)
    theirs = brightway.scores(outcome.footprint.products[0], assessment, DRAWS, seed=3)
    ours = monte_carlo(outcome.footprint, assessment, Sampling(100_000, 4)).products[0].total
    error = float(theirs.std()) * math.sqrt(1 / DRAWS + 1 / 100_000)  # as above
    low, high = (float(sorted(theirs)[round(p * DRAWS)]) for p in (0.025, 0.975))
    assert ours.mean == pytest.approx(theirs.mean(), abs=4 * error)
    assert ours.low == pytest.approx(low, abs=4 * 2.7 * error)
    assert ours.high == pytest.approx(high, abs=4 * 2.7 * error)


def test_the_analytic_interval_is_the_one_that_brightway_draws() -> None:
    # First order: good to some per cent of the width where no single spread is wide.
    outcome = process_book(returned({"production": [line(), line(amount=40)], "use": [line(amount=70)]}))
    assessment = assess(outcome.inventory, outcome.footprint)
    theirs = sorted(brightway.scores(outcome.footprint.products[0], assessment, DRAWS, seed=5))
    interval = assessment.products[0].interval
    assert interval is not None
    width = interval.high - interval.low
    assert interval.low == pytest.approx(theirs[round(0.025 * DRAWS)], abs=0.05 * width)
    assert interval.high == pytest.approx(theirs[round(0.975 * DRAWS)], abs=0.05 * width)
