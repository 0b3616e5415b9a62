"""Ratings by the documented rules, their weighting, and the share of primary data, each worked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.books import line, returned
from tests.studies import process_book
from workbook_engine.compute import assess
from workbook_engine.compute.quality import source_key
from workbook_engine.model import Dimension, Stage

if TYPE_CHECKING:
    from workbook_engine.grid import Book
    from workbook_engine.model import Assessment, Pedigree

T, G, Y, C, R = Dimension  # technology, geography, time, completeness, reliability


def assessed(book: Book) -> Assessment:
    outcome = process_book(book)
    return assess(outcome.inventory, outcome.footprint)


def scores(pedigree: Pedigree) -> list[int]:
    return [pedigree.ratings[dimension].score for dimension in Dimension]


@pytest.mark.parametrize(
    ("source", "kind", "basis", "expected"),
    [
        # technology, geography, time, completeness, reliability
        ("计量仪表", "初级数据", "本产品全年合计", [1, 1, 1, 1, 2]),  # measured, not verified; a full year
        ("计量仪表", "初级数据", "每功能单位", [1, 1, 1, 3, 2]),  # of how many pieces is not said
        ("供应商提供", "初级数据", "本产品全年合计", [1, 1, 1, 1, 3]),
        ("供应商提供", "次级数据", "本产品全年合计", [3, 3, 3, 1, 3]),  # the company's own word counts too
        ("估算", "次级数据", "每功能单位", [3, 3, 3, 4, 5]),
        ("数据库或文献", "次级数据", "本产品全年合计", [4, 5, 5, 4, 4]),
        ("据说", "初级数据", "本产品全年合计", [5, 5, 5, 1, 5]),  # no source of the list: not known
    ],
)
def test_an_amount_is_rated_by_its_source_kind_and_basis(
    source: str, kind: str, basis: str, expected: list[int]
) -> None:
    book = returned({"production": [line(data_source=source, quality=kind, basis=basis)]})
    assert scores(assessed(book).amounts["PR-001"]) == expected


def test_what_is_not_known_scores_worst_and_is_shown_as_not_known() -> None:
    book = returned({"production": [line(data_source=None, quality=None, basis="每功能单位")]})
    ratings = assessed(book).amounts["PR-001"].ratings
    assert {dimension: rating.score for dimension, rating in ratings.items()} == dict.fromkeys(Dimension, 5)
    assert all(rating.is_unknown for rating in ratings.values())
    assert "未说明" in ratings[R].reason.zh


def test_a_bad_score_that_is_known_is_not_shown_as_not_known() -> None:
    book = returned({"production": [line(data_source="估算")]})
    rating = assessed(book).amounts["PR-001"].ratings[R]
    assert (rating.score, rating.is_unknown) == (5, False)


@pytest.mark.parametrize(("end", "expected"), [("2025-12-31", 1), ("2025-11-30", 3), ("2025-05-31", 4)])
def test_a_shorter_period_is_less_complete(end: str, expected: int) -> None:
    # 365, 334 and 151 days: a year, more than half of one, less
    book = returned({"production": [line(basis="本产品全年合计")]}, {"study.period_end": end})
    assert assessed(book).amounts["PR-001"].ratings[C].score == expected


def test_electricity_of_the_footprint_series() -> None:
    # national average (technology 2, geography 2), of 2024 for data of 2025 (1), life cycle (1), official document (1)
    book = returned({"production": [line()]})
    assert scores(assessed(book).factors["EL-CF-2024-CN"]) == [2, 2, 1, 1, 1]


def test_electricity_of_the_co2_series_is_incomplete() -> None:
    # combustion only (4); of Zhejiang for a study of Zhejiang (1); of 2022 for data of 2025: 3 years, less than 6 (2)
    fields = {
        "settings.electricity_series": "电力二氧化碳排放因子",
        "settings.electricity_year": 2022,
        "settings.electricity_region": "浙江",
    }
    factors = assessed(returned({"production": [line()]}, fields)).factors
    ((key, pedigree),) = factors.items()
    assert key.startswith("EL-CO2-2022")
    assert scores(pedigree)[:4] == [2, 1, 2, 4]


def test_a_default_of_a_fuel_does_not_age_and_covers_combustion_alone() -> None:
    rows = [line(flow="柴油", unit="kg")]
    ((_, pedigree),) = assessed(returned({"production": rows})).factors.items()
    assert pedigree.ratings[Y].score == 1
    assert pedigree.ratings[C].score == 3


def test_a_line_takes_the_worse_of_amount_and_factor() -> None:
    # amount [1, 1, 1, 3, 2], factor [2, 2, 1, 1, 1]: [2, 2, 1, 3, 2], mean 10 / 5
    assessment = assessed(returned({"production": [line()]}))
    (rated,) = assessment.products[0].lines
    assert list(rated.scores.values()) == [2, 2, 1, 3, 2]
    assert rated.dqr == pytest.approx(2.0)


def test_the_rating_of_stage_and_product_is_weighted_by_emission() -> None:
    # 100 kWh metered: DQR 2.0; 300 kWh estimated, secondary: [3, 3, 3, 4, 5] -> 3.6; one factor, so the kWh weigh
    # (100 × 2.0 + 300 × 3.6) / 400 = 3.2 in production; with 100 kWh of DQR 2.0 in use: (3.2 × 400 + 2 × 100) / 500
    rows = [line(), line(amount=300, data_source="估算", quality="次级数据")]
    assessment = assessed(returned({"production": rows, "use": [line()]}))
    product = assessment.products[0]
    assert {stage.stage: pytest.approx(stage.dqr) for stage in product.stages} == {
        Stage.PRODUCTION: 3.2,
        Stage.USE: 2.0,
    }
    assert product.dqr == pytest.approx(2.96)


def test_the_primary_share_is_by_emission_and_what_is_not_stated_is_not_primary() -> None:
    # kWh: 100 primary, 250 secondary, 50 not stated, of 400; and 100 primary in use
    rows = [line(), line(amount=250, quality="次级数据"), line(amount=50, quality=None)]
    product = assessed(returned({"production": rows, "use": [line()]})).products[0]
    assert product.stages[0].primary_share == pytest.approx(0.25)
    assert product.primary_share == pytest.approx(200 / 500)


def test_nothing_is_weighted_where_an_emission_is_not_known() -> None:
    product = assessed(returned({"production": [line(), line(flow="独角兽毛")]})).products[0]
    assert product.dqr is None
    assert product.primary_share is None
    assert product.interval is None
    assert product.swings == ()
    assert len(product.lines) == 2  # the lines are rated all the same


def test_a_study_of_zeros_has_no_weights() -> None:
    product = assessed(returned({"production": [line(amount=0)]})).products[0]
    assert product.dqr is None
    assert product.interval is None


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("计量仪表", "meter"),
        ("Meter", "meter"),
        ("发票或结算单", "invoice"),
        ("估算", "estimate"),
        ("听说", ""),
        ("", ""),
    ],
)
def test_a_source_is_found_by_its_words(typed: str, key: str) -> None:
    assert source_key(typed) == key


def test_a_typed_score_takes_the_place_of_the_rules() -> None:
    row = line(rating_reliability=1, rating_completeness="2")
    assessment = assessed(returned({"production": [row]}))
    amount = assessment.amounts["PR-001"]
    assert scores(amount) == [1, 1, 1, 2, 1]  # by the rules it were [1, 1, 1, 3, 2]
    typed = amount.ratings[R].where
    assert typed is not None
    assert typed.sheet == "产品生产"
    # with the factor's [2, 2, 1, 1, 1]: [2, 2, 1, 2, 1], mean 8 / 5
    assert assessment.products[0].lines[0].dqr == pytest.approx(1.6)


@pytest.mark.parametrize(
    ("field", "typed"), [("rating_time", 6), ("rating_time", 2.5), ("spread", "大概"), ("spread", -3)]
)
def test_a_score_or_spread_that_is_none_is_left_out_with_a_warning(field: str, typed: object) -> None:
    outcome = process_book(returned({"production": [line(**{field: typed})]}))
    assert "quality-not-read" in outcome.codes()
    assert outcome.is_final
    amount = assess(outcome.inventory, outcome.footprint).amounts["PR-001"]
    assert scores(amount) == [1, 1, 1, 3, 2]
    assert not amount.is_stated


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        # its own process and place, as far as declared (completeness 2), year not stated; with or without a report
        ({"own_cfp_report": "CFP-2025-018"}, [1, 1, 5, 2, 2]),
        ({}, [1, 1, 5, 2, 3]),
    ],
)
def test_a_declared_footprint_is_the_supplier_s_own(document: dict[str, str], expected: list[int]) -> None:
    row = line(
        flow=None, amount=None, unit=None, item="断路器", own_cfp=12.5, own_cfp_unit="kgCO2e/件", pieces=3, **document
    )
    factors = assessed(returned({"raw_material_acquisition": [row]})).factors
    assert scores(factors["SUPPLIER-RM-001"]) == expected
