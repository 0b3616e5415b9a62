from __future__ import annotations

import pytest

from tests.factors.small_library import library, settings
from workbook_engine.factors import Choice, choose

LIBRARY = library()


def chosen(flow: str, **asked: object) -> Choice:
    own = asked.pop("settings", None) or settings()
    return choose(LIBRARY, LIBRARY.flows[flow], own, **asked)  # type: ignore[arg-type]


def codes(choice: Choice) -> list[str]:
    return [remark.code for remark in choice.remarks]


def factor_id(choice: Choice) -> str | None:
    return choice.factor.id if choice.factor else None


def test_a_factor_named_by_the_line_goes_before_the_factor_set() -> None:
    choice = chosen("diesel", factor_id="diesel-r")

    assert (factor_id(choice), choice.rung) == ("DIESEL-R", "line")


def test_the_factor_set_goes_before_the_default_order() -> None:
    choice = chosen("diesel", settings=settings(factor_set="报告"))

    assert (factor_id(choice), choice.rung) == ("DIESEL-R", "factor_set")


def test_a_flow_that_the_set_does_not_list_follows_the_default_order() -> None:
    choice = chosen("steel", settings=settings(factor_set="report"))

    assert (factor_id(choice), choice.rung) == ("STEEL-19", "default")


def test_an_id_that_the_library_lacks_gives_no_factor() -> None:
    choice = chosen("diesel", factor_id="DIESEL-X")

    assert (factor_id(choice), codes(choice)) == (None, ["factor-id-unknown"])


def test_an_id_of_another_flow_gives_no_factor() -> None:
    choice = chosen("diesel", factor_id="GAS")

    assert (factor_id(choice), codes(choice)) == (None, ["factor-of-other-flow"])


# --- electricity ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data_year", "year", "expected"),
    [
        (2025, None, "EL-F-2024"),  # the newest
        (2024, None, "EL-F-2024"),
        (2023, None, "EL-F-2023"),  # not the newer one
        (2024, 2023, "EL-F-2023"),  # the settings say so
        (None, None, "EL-F-2024"),
    ],
)
def test_electricity_takes_the_newest_factor_not_after_the_data(
    data_year: int | None, year: int | None, expected: str
) -> None:
    choice = chosen("electricity", settings=settings(electricity_year=year), data_year=data_year)

    assert (factor_id(choice), choice.rung) == (expected, "settings")


def test_the_footprint_series_of_the_datas_own_year_needs_no_remark() -> None:
    assert codes(chosen("electricity", data_year=2024)) == []


def test_data_older_than_every_factor_take_the_oldest_and_say_so() -> None:
    choice = chosen("electricity", data_year=2021)

    assert (factor_id(choice), codes(choice)) == ("EL-F-2023", ["factor-newer-than-data"])


def test_a_lag_of_one_year_with_nothing_newer_is_a_note() -> None:
    assert codes(chosen("electricity", data_year=2025)) == ["factor-year-lag"]


def test_an_older_factor_where_a_newer_one_is_at_hand_is_a_warning_that_names_it() -> None:
    choice = chosen("electricity", settings=settings(electricity_year=2023), data_year=2024)

    assert codes(choice) == ["factor-older-than-data"]
    assert choice.remarks[0].params["newer"].en == "EL-F-2024"


def test_the_co2_series_in_a_footprint_is_told() -> None:
    own = settings(electricity_series="electricity_co2", electricity_year=2022)

    choice = chosen("electricity", settings=own, data_year=2024)

    assert factor_id(choice) == "EL-C-2022"
    assert codes(choice) == ["electricity-co2-series", "factor-older-than-data"]


@pytest.mark.parametrize("region", ["浙江", "浙江省", "CN-Zhejiang", "zhejiang"])
def test_a_region_is_found_by_code_or_name(region: str) -> None:
    own = settings(electricity_series="electricity_co2", electricity_region=region)

    assert factor_id(chosen("electricity", settings=own, data_year=2023)) == "EL-C-23-ZJ"


def test_a_region_of_the_line_goes_before_that_of_the_settings() -> None:
    own = settings(electricity_series="electricity_co2")

    assert factor_id(chosen("electricity", settings=own, region="浙江", data_year=2023)) == "EL-C-23-ZJ"


def test_a_region_without_a_factor_takes_the_nations_and_warns() -> None:
    choice = chosen("electricity", settings=settings(electricity_region="浙江"), data_year=2024)

    assert (factor_id(choice), codes(choice)) == ("EL-F-2024", ["electricity-region-national"])


def test_a_technology_that_is_published_for_the_nation_alone_needs_no_warning_of_its_region() -> None:
    pv = library(
        more_flows="\nelectricity_pv | electricity | 光伏 | PV | kWh | | |",
        more_factors="\nPV|electricity_pv|0.052|kgCO2e/kWh|electricity_footprint|2024|CN|MEE|notice|P",
    )

    choice = choose(pv, pv.flows["electricity_pv"], settings(electricity_region="浙江"), data_year=2024)

    assert (factor_id(choice), codes(choice)) == ("PV", [])


def test_a_year_that_the_series_lacks_gives_no_factor_rather_than_another_year() -> None:
    choice = chosen("electricity", settings=settings(electricity_year=2019))

    assert (factor_id(choice), codes(choice)) == (None, ["factor-missing"])
    assert "2019" in choice.remarks[0].message("zh")


def test_a_series_that_the_library_lacks_gives_no_factor_of_another_series() -> None:
    choice = chosen("electricity", settings=settings(electricity_series="house_mix"))

    assert (factor_id(choice), codes(choice)) == (None, ["factor-missing"])


def test_alternatives_of_electricity_leave_out_other_regions() -> None:
    ids = {factor.id for factor in chosen("electricity", data_year=2024).alternatives}

    assert ids == {"EL-F-2023", "EL-C-2022", "EL-C-2023"}


# --- gases ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("gwp_set", "expected"), [("AR6", "SF6-AR6"), ("ar5", "SF6-AR5"), ("gwp_ar5", "SF6-AR5")])
def test_a_gas_takes_the_gwp_set_of_the_settings(gwp_set: str, expected: str) -> None:
    assert factor_id(chosen("sf6", settings=settings(gwp_set=gwp_set), data_year=2024)) == expected


def test_a_gas_without_a_value_in_the_gwp_set_takes_none_of_another_set() -> None:
    choice = chosen("sf6", settings=settings(gwp_set="AR4"))

    assert (factor_id(choice), codes(choice)) == (None, ["factor-missing"])


# --- default order ----------------------------------------------------------------------------------------------------


def test_a_series_without_an_order_is_never_chosen_unless_named() -> None:
    choice = chosen("copper")

    assert (factor_id(choice), choice.rung, codes(choice)) == (None, "none", ["factor-missing"])
    assert "COPPER-DB" in choice.remarks[0].remedy("en")


def test_a_named_factor_of_such_a_series_carries_its_caution() -> None:
    choice = chosen("copper", settings=settings(factor_set="report"))

    assert (factor_id(choice), codes(choice)) == ("COPPER-DB", ["factor-caution"])
    assert "未评级" in choice.remarks[0].message("zh")


STEEL = "\n{id} | steel | 1000 | kgCO2e/t | {series} | {year} | {region} | maker | paper | {tier}"
BASE = {"id": "OTHER", "series": "gbt", "year": 2019, "region": "CN", "tier": "S2"}


@pytest.mark.parametrize(
    ("other", "data_year", "expected"),
    [
        ({"series": "own", "region": "UK", "tier": "derived"}, 2025, "OTHER"),  # the order of the series goes first
        ({"region": "GLO", "tier": "P", "year": 2024}, 2025, "STEEL-19"),  # China before the world
        ({"year": 2024, "tier": "S1"}, 2025, "STEEL-19"),  # the better tier before the newer year
        ({"year": 2024}, 2025, "OTHER"),  # the newer year
        ({"year": 2024, "tier": "P"}, 2023, "STEEL-19"),  # but none after the data, however well read
        ({"id": "ABLE"}, 2025, "ABLE"),  # all alike: the id decides
    ],
)
def test_the_default_order(other: dict[str, object], data_year: int, expected: str) -> None:
    more = library(more_factors=STEEL.format(**(BASE | other)))

    choice = choose(more, more.flows["steel"], settings(), data_year=data_year)

    assert factor_id(choice) == expected


def test_factors_that_are_equally_good_are_told() -> None:
    more = library(more_factors=STEEL.format(**BASE))

    choice = choose(more, more.flows["steel"], settings(), data_year=2020)

    assert (factor_id(choice), codes(choice)) == ("OTHER", ["factor-several"])
    assert choice.remarks[0].params["others"].en == "STEEL-19"


@pytest.mark.parametrize(
    ("data_year", "expected"), [(2024, []), (2025, ["factor-year-lag"]), (2030, ["factor-older-than-data"])]
)
def test_a_materials_factor_ages_after_five_years(data_year: int, expected: list[str]) -> None:
    assert codes(chosen("steel", data_year=data_year)) == expected


def test_the_default_tables_of_fuels_and_heat_do_not_age() -> None:
    assert codes(chosen("diesel", data_year=2035)) == []
    assert codes(chosen("heat", data_year=2035)) == []
