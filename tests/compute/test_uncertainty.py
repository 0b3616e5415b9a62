"""Pedigree to spread, and its analytic propagation, worked by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.books import line, returned
from tests.studies import process_book
from workbook_engine.compute import assess
from workbook_engine.compute.pedigree import VARIANCES, stated_variance
from workbook_engine.grid import MemorySheet
from workbook_engine.model import Dimension

if TYPE_CHECKING:
    from workbook_engine.grid import Book
    from workbook_engine.model import Assessment

# Amount: 每功能单位, metered, primary [1, 1, 1, 3, 2]: 0.0006 basic + 0.0006 completeness 3 + 0.0006 reliability 2
METERED = 0.0018
# Amount: estimated, secondary [3, 3, 3, 4, 5]: 0.0006 + 0.008 + 0.0001 + 0.002 + 0.002 + 0.04
ESTIMATED = 0.0527
# Factor: electricity footprint [2, 2, 1, 1, 1]: 0.0006 basic + 0.0006 technology 2 + 0.000025 geography 2
GRID = 0.001225
# Factor: diesel of GB/T 32151 [2, 2, 1, 3, 3]: 0.0006 + 0.0006 + 0.000025 + 0.0006 + 0.002
DIESEL = 0.003825


def assessed(book: Book) -> tuple[Assessment, float]:
    outcome = process_book(book)
    assert outcome.cfp is not None
    return assess(outcome.inventory, outcome.footprint), outcome.cfp


@pytest.mark.parametrize(
    ("dimension", "factors"),
    [
        # Uncertainty factors U of Frischknecht et al. 2007; the variance is (ln U / 2)², printed to one or two digits
        (Dimension.RELIABILITY, (1.00, 1.05, 1.10, 1.20, 1.50)),
        (Dimension.COMPLETENESS, (1.00, 1.02, 1.05, 1.10, 1.20)),
        (Dimension.TIME, (1.00, 1.03, 1.10, 1.20, 1.50)),
        (Dimension.TECHNOLOGY, (1.00, 1.05, 1.20, 1.50, 2.00)),
        (Dimension.GEOGRAPHY, (1.00, 1.01, 1.02, 1.05, 1.10)),
    ],
)
def test_the_variances_are_those_of_the_published_factors(dimension: Dimension, factors: tuple[float, ...]) -> None:
    # Some are printed rounded (0.00227 as 0.002), so a fifth of the value is the tolerance.
    for variance, factor in zip(VARIANCES[dimension], factors, strict=True):
        assert variance == pytest.approx((math.log(factor) / 2) ** 2, rel=0.2)


def test_the_variance_of_amount_and_factor_is_basic_plus_pedigree() -> None:
    rows = [line(), line(data_source="估算", quality="次级数据"), line(flow="柴油", unit="kg")]
    assessment, _ = assessed(returned({"production": rows}))
    assert assessment.amounts["PR-001"].variance == pytest.approx(METERED)
    assert assessment.amounts["PR-002"].variance == pytest.approx(ESTIMATED)
    assert assessment.factors["EL-CF-2024-CN"].variance == pytest.approx(GRID)
    assert assessment.factors["FU-GBT32151.22-13"].variance == pytest.approx(DIESEL)


def test_freight_and_gases_have_a_wider_basic_spread() -> None:
    freight = {
        "item": "运壳体", "mass": 2000, "mass_unit": "kg", "distance_km": 300, "mode": "重型柴油货车(载重18t)",
        "basis": "本产品全年合计", "data_source": "计量仪表", "quality": "初级数据",
    }  # fmt: skip
    gas = line(flow="SF6", unit="kg", amount=0.01)
    assessment, _ = assessed(returned({"raw_material_transport": [freight], "production": [gas]}))
    assert assessment.amounts["RT-001"].basic == 0.12  # transport services: U = 2
    assert assessment.amounts["PR-001"].basic == 0.04  # U = 1.5


def test_one_line_has_the_spread_of_its_amount_and_its_factor() -> None:
    assessment, total = assessed(returned({"production": [line()]}))
    interval = assessment.products[0].interval
    assert interval is not None
    sigma = math.sqrt(METERED + GRID)  # 0.0550; GSD 1.0565, so ÷ and × 1.1138
    assert interval.gsd == pytest.approx(math.exp(sigma))
    assert interval.low == pytest.approx(total / math.exp(1.96 * sigma))
    assert interval.high == pytest.approx(total * math.exp(1.96 * sigma))


def test_a_factor_that_lines_share_errs_for_all_of_them_alike() -> None:
    # Two equal lines of one factor: the amounts' part halves (2 × 0.5² × σ²), the factor's stays whole.
    assessment, _ = assessed(returned({"production": [line(), line()]}))
    interval = assessment.products[0].interval
    assert interval is not None
    assert math.log(interval.gsd) ** 2 == pytest.approx(METERED / 2 + GRID)


def test_factors_of_different_lines_err_independently() -> None:
    # 100 kWh × 0.5777 = 57.77 and a mass of diesel of the same emission: shares 0.5 and 0.5
    diesel = line(flow="柴油", unit="kg", amount=57.77 / 3.0959103)
    assessment, total = assessed(returned({"production": [line(), diesel]}))
    assert total == pytest.approx(2 * 57.77, rel=1e-6)
    interval = assessment.products[0].interval
    assert interval is not None
    expected = 0.25 * (METERED + GRID) + 0.25 * (METERED + DIESEL)
    assert math.log(interval.gsd) ** 2 == pytest.approx(expected, rel=1e-6)


def test_each_line_adds_its_part_to_the_variance_and_the_parts_are_the_whole() -> None:
    # Shares 0.25 and 0.75 of one factor:
    #   metered   0.25² × 0.0018 + 0.25 × GRID = 0.00041875
    #   estimated 0.75² × 0.0527 + 0.75 × GRID = 0.0305625
    rows = [line(), line(amount=300, data_source="估算", quality="次级数据")]
    assessment, _ = assessed(returned({"production": rows}))
    first, second = (rated.variance_share for rated in assessment.products[0].lines)
    assert first is not None
    assert second is not None
    assert first == pytest.approx(0.00041875 / 0.03098125)
    assert second == pytest.approx(0.0305625 / 0.03098125)
    assert first + second == pytest.approx(1)


def test_stages_have_intervals_of_their_own() -> None:
    rows = [line(), line(data_source="估算", quality="次级数据")]
    assessment, _ = assessed(returned({"production": [rows[0]], "use": [rows[1]]}))
    production, use = (stage.interval for stage in assessment.products[0].stages)
    assert production is not None
    assert use is not None
    assert math.log(production.gsd) ** 2 == pytest.approx(METERED + GRID)
    assert math.log(use.gsd) ** 2 == pytest.approx(ESTIMATED + GRID)


def test_a_stated_spread_is_where_the_upper_limit_stands() -> None:
    # ± 20 %: the 97.5 % quantile is 1.2 times the median: exp(1.96 σ) = 1.2
    assert math.exp(1.96 * math.sqrt(stated_variance(20))) == pytest.approx(1.2)


# (1 + 10 % of 1) at 95 %: 0.1 / 1.96; limits 80 and 130 of an amount of 100; ± 30 % as limits
STATED = {
    "normal": ({"distribution": "正态", "spread": 10}, (0.1 / 1.96) ** 2),
    # (80² + 100² + 130² - 80·100 - 80·130 - 100·130) / 18 = 1900 / 18 = 105.5556; of 100²: 0.01055556
    "triangular": ({"distribution": "三角", "low": 80, "high": 130}, 0.010555556),
    "limits alone are triangular": ({"low": 80, "high": 130}, 0.010555556),
    # 70, 100, 130: (70² + 100² + 130² - 70·100 - 70·130 - 100·130) / 18 = 2700 / 18 = 150; of 100²: 0.015
    "triangular by ± %": ({"distribution": "三角分布", "spread": 30}, 0.015),
    # (130 - 80)² / 12 = 208.3333; of 100²: 0.02083333
    "uniform": ({"distribution": "均匀", "low": 80, "high": 130}, 0.020833333),
    # (130 - 70)² / 12 = 300; of 100²: 0.03
    "uniform by ± %": ({"distribution": "均匀", "spread": 30}, 0.03),
}


@pytest.mark.parametrize(("stated", "relative"), STATED.values(), ids=STATED)
def test_another_distribution_has_the_variance_of_its_coefficient_of_variation(
    stated: dict[str, object], relative: float
) -> None:
    # the lognormal one of the same coefficient of variation: σ² = ln(1 + CV²)
    assessment, _ = assessed(returned({"production": [line(**stated)]}))
    assert assessment.amounts["PR-001"].variance == pytest.approx(math.log(1 + relative), rel=1e-7)
    interval = assessment.products[0].interval
    assert interval is not None
    assert math.log(interval.gsd) ** 2 == pytest.approx(math.log(1 + relative) + GRID, rel=1e-7)


def test_a_workbook_of_version_1_0_has_no_such_columns_and_is_read_as_before() -> None:
    book = returned({"production": [line(spread=2)]})
    sheets = []
    for sheet in book.sheets:
        rows = {number: dict(cells) for number, cells in sheet.rows()}
        new = {column for cells in rows.values() for column, cell in cells.items()
               if cell.value in ("distribution", "low", "high")}  # fmt: skip
        sheets.append(
            MemorySheet(sheet.name, {n: {c: v for c, v in r.items() if c not in new} for n, r in rows.items()})
        )
    assessment, _ = assessed(replace(book, sheets=tuple(sheets)))
    assert assessment.amounts["PR-001"].variance == pytest.approx((0.019802627 / 1.96) ** 2)


NONSENSE = {
    "a distribution alone": {"distribution": "正态"},
    "one limit": {"distribution": "均匀", "low": 80},
    "± % and limits": {"spread": 5, "low": 80, "high": 130},
    "limits of a normal distribution": {"distribution": "正态", "low": 80, "high": 130},
    "an amount outside its limits": {"distribution": "三角", "low": 110, "high": 130},
    "limits in another order": {"distribution": "均匀", "low": 130, "high": 80},
    "a normal distribution that reaches below zero": {"distribution": "正态", "spread": 100},
    "limits below zero": {"distribution": "均匀", "spread": 120},
    "an amount of zero": {"amount": 0, "distribution": "正态", "spread": 5},
}


@pytest.mark.parametrize("stated", NONSENSE.values(), ids=NONSENSE)
def test_a_spread_that_makes_no_sense_is_asked_about_and_not_used(stated: dict[str, object]) -> None:
    book = returned({"production": [line(**stated)], "use": [line()]})
    assert "spread-not-used" in process_book(book).codes()
    assessment, cfp = assessed(book)
    assert assessment.amounts["PR-001"].variance == pytest.approx(METERED)  # by the rules
    assert cfp > 0


@pytest.mark.parametrize(
    "stated", [{"low": "8t", "high": 130}, {"low": "少", "high": 130}, {"distribution": "随便", "spread": 5}]
)
def test_a_spread_that_cannot_be_read_is_told_and_blocks_nothing(stated: dict[str, object]) -> None:
    outcome = process_book(returned({"production": [line(**stated)]}))
    assert outcome.codes() & {"quality-not-read", "spread-not-used"}
    assert outcome.is_final


def test_a_stated_spread_takes_the_place_of_the_pedigree() -> None:
    # ± 2 %: ln 1.02 / 1.96 = 0.010103; the factor keeps its own
    assessment, _ = assessed(returned({"production": [line(spread=2)]}))
    assert assessment.amounts["PR-001"].variance == pytest.approx((0.019802627 / 1.96) ** 2)
    interval = assessment.products[0].interval
    assert interval is not None
    assert math.log(interval.gsd) ** 2 == pytest.approx((0.019802627 / 1.96) ** 2 + GRID)
