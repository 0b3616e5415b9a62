from __future__ import annotations

import pytest

from tests.factors.small_library import library
from workbook_engine.factors.regions import find_region, region_name
from workbook_engine.texts import Text

LIBRARY = library()


def test_flows_are_offered_only_where_a_factor_can_be_reached() -> None:
    # copper has nothing but a database value that must be named
    assert [flow.key for flow in LIBRARY.offered_flows("material")] == ["steel"]
    assert LIBRARY.find_flow("铜") == LIBRARY.flows["copper"]


def test_flows_are_offered_in_the_order_of_the_workbook_with_their_names() -> None:
    assert [flow.name.zh for flow in LIBRARY.offered_flows("fuel")] == ["柴油", "天然气"]
    assert [flow.name.en for flow in LIBRARY.offered_flows("gas")] == ["SF6"]


@pytest.mark.parametrize("typed", ["柴油", " 柴 油 ", "DIESEL", "Ｄｉｅｓｅｌ", "0#柴油", "０＃柴油"])
def test_a_flow_is_found_whatever_its_spelling(typed: str) -> None:
    assert LIBRARY.find_flow(typed) == LIBRARY.flows["diesel"]


def test_a_misspelt_name_is_a_similar_match_and_no_certain_one() -> None:
    match = LIBRARY.match_flow("electricty")

    assert LIBRARY.find_flow("electricty") is None
    assert match is not None
    assert (match.value.key, match.step) == ("electricity", "similar")


def test_a_name_that_nothing_has_brings_suggestions() -> None:
    assert LIBRARY.match_flow("天然气体管") is None
    assert "natural_gas" in [flow.key for flow in LIBRARY.suggest_flows("天然气体管")]


@pytest.mark.parametrize("typed", ["绿电", "绿色电力", "綠電", "外购绿电（光伏）", "Green power"])
def test_green_power_is_electricity_in_what_is_suggested_too(typed: str) -> None:
    assert LIBRARY.suggest_flows(typed)[0].key == "electricity"


def test_years_and_regions_of_electricity_for_the_templates_lists() -> None:
    assert LIBRARY.electricity_years() == (2024, 2023, 2022)
    assert LIBRARY.electricity_years("electricity_co2") == (2023, 2022)
    assert LIBRARY.electricity_regions() == (Text("全国", "China"), Text("浙江", "Zhejiang"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("全国", "CN"), ("中国", "CN"), ("CN", "CN"), ("内蒙古自治区", "CN-Inner Mongolia"), ("陕西省", "CN-Shaanxi"),
        ("山西", "CN-Shanxi"), ("华东区域电网", "CN-East China"), ("上海市", "CN-Shanghai"), ("Guangxi", "CN-Guangxi"),
        ("广西壮族自治区", "CN-Guangxi"), ("巴黎", None), ("", None),
    ],
)  # fmt: skip
def test_regions_by_name(typed: str, code: str | None) -> None:
    assert find_region(typed) == code


def test_an_unknown_region_stands_for_itself() -> None:
    assert region_name("DE-BY") == Text("DE-BY", "DE-BY")
