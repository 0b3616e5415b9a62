"""The library that is shipped: its facts, its workbook, and what the reference studies need of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.factors.small_library import settings
from workbook_engine.factors import FactorLibrary, choose, load_library
from workbook_engine.factors.facts import LIBRARY_VERSION, read_rows
from workbook_engine.intake import open_workbook
from workbook_engine.resources import FACTOR_LIBRARY, shipped
from workbook_engine.template.library import library_bytes

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "factors.csv"


@pytest.fixture(scope="module")
def library() -> FactorLibrary:
    book = open_workbook(shipped(FACTOR_LIBRARY)).book
    assert book is not None
    loaded, findings = load_library(book)
    assert [finding.message("en") for finding in findings] == []
    return loaded


def test_the_committed_workbook_is_a_freshly_built_one() -> None:
    assert shipped(FACTOR_LIBRARY).read_bytes() == library_bytes("zh")


def test_every_fact_comes_back_from_the_workbook(library: FactorLibrary) -> None:
    facts = read_rows("facts")
    ids = {row["id"] if row["role"] == "factor" else row["id"].rpartition("-")[0] for row in facts}

    assert set(library.factors) == ids
    assert set(library.flows) == {row["key"] for row in read_rows("flows")}
    assert library.version == LIBRARY_VERSION


def test_the_readme_counts_facts_and_flows() -> None:
    words = " ".join((Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8").split())
    assert f": {len(read_rows('facts'))} facts with their sources, {len(read_rows('flows'))} flows," in words


def test_direct_facts_keep_value_unit_and_source(library: FactorLibrary) -> None:
    for row in read_rows("facts"):
        if row["role"] == "factor":
            factor = library.factors[row["id"]]
            assert factor.printed_value == float(row["value"])
            assert (factor.printed_unit, factor.document, factor.tier) == (row["unit"], row["document"], row["tier"])
            assert (factor.series, factor.flow, factor.publisher) == (row["series"], row["flow"], row["publisher"])


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference table is not beside the repository")
def test_values_are_those_of_the_reference_table() -> None:
    with REFERENCE.open(encoding="utf-8-sig", newline="") as stream:
        reference = {row["id"]: row for row in csv.DictReader(stream)}
    facts = [row for row in read_rows("facts") if row["series"] not in ("report", "iso14067")]

    assert len(facts) > 600
    for row in facts:
        origin = reference[row["id"]]
        assert all(row[key] == origin[key] for key in ("value", "unit", "year", "publisher", "tier")), row["id"]


@pytest.mark.parametrize("name", ["facts", "flows", "series", "sets"])
def test_what_is_shipped_names_no_place_where_it_was_read(name: str) -> None:
    for row in read_rows(name):
        text = " ".join(row.values()).casefold()
        assert not any(word in text for word in ("http", "www.", "github", "pypi", ".html", " id ", "ids ")), row


def test_names_and_notes_stand_in_both_languages() -> None:
    for row in read_rows("flows") + read_rows("series"):
        assert row["name_zh"], row
        assert row["name_en"].isascii(), row
    for row in read_rows("facts"):
        assert row["name_zh"], row
        assert row["name_en"], row
        assert bool(row["note_zh"]) == bool(row["note_en"]), row
        assert row["publisher"], row
        assert row["document"], row


# Printed in the reports and worked by hand:
# diesel    42.652 GJ/t × 20.2 tC/TJ × 0.98 × 44/12 / 1000 = 3.095909637 kg/kg; per heat 0.0725853, printed 0.0726
# gasoline  43.070 × 18.9 × 0.98 × 44/12 / 1000            = 2.925055980 kg/kg
# gas       389.31 GJ/10⁴ m³ × 15.3 × 0.99 × 44/12 / 10⁴   = 2.162188809 kg/m³; per heat 0.055539
# diesel of T4000402: 43.33 GJ/t × 0.0726 tCO2/GJ          = 3.145758 kg/kg
# diesel of the NDRC guideline: 43.33 × 20.2 × 0.98 × 44/12 / 1000 = 3.145122493 kg/kg
@pytest.mark.parametrize(
    ("factor_set", "flow", "expected"),
    [
        ("gbt32151", "柴油", 3.095909637),
        ("gbt32151", "汽油", 2.925055980),
        ("gbt32151", "天然气", 2.162188809),
        ("report_T4000402", "柴油", 3.145758),
        ("report_T4000402", "天然气", 2.162188809),
        ("ndrc2015", "柴油", 3.145122493),
    ],
)
def test_the_fuels_of_the_reference_studies(
    library: FactorLibrary, factor_set: str, flow: str, expected: float
) -> None:
    found = library.find_flow(flow)
    assert found is not None

    factor = choose(library, found, settings(factor_set=factor_set), data_year=2025).factor

    assert factor is not None
    assert factor.value == pytest.approx(expected, rel=1e-9)
    assert factor.gases == {"co2": factor.value}


def test_a_fuel_prints_its_factor_per_heat_as_the_reports_do(library: FactorLibrary) -> None:
    printed = {key: library.factors[key] for key in ("FU-GBT32151.22-13", "FU-GBT32151.22-12", "FU-T4000402-DIESEL")}

    assert [f"{factor.printed_value:.4f} {factor.printed_unit}" for factor in printed.values()] == [
        "0.0726 tCO2/GJ", "0.0679 tCO2/GJ", "0.0726 tCO2/GJ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("series", "year", "data_year", "expected"),
    [
        ("electricity_footprint", 2024, 2025, 0.5777),  # T400104 and T410267
        ("electricity_footprint", None, 2025, 0.5777),
        ("electricity_co2", 2022, 2024, 0.5366),  # T4000402
    ],
)
def test_the_electricity_of_the_reference_studies(
    library: FactorLibrary, series: str, year: int | None, data_year: int, expected: float
) -> None:
    own = settings(factor_set="gbt32151", electricity_series=series, electricity_year=year, electricity_region="全国")
    electricity = library.find_flow("电力")
    assert electricity is not None

    factor = choose(library, electricity, own, data_year=data_year).factor

    assert factor is not None
    assert factor.value == expected


def test_both_electricity_series_are_there_for_every_year_region_and_technology(library: FactorLibrary) -> None:
    assert library.electricity_years("electricity_footprint") == (2024, 2023)
    assert library.electricity_years("electricity_co2") == (2023, 2022, 2021)
    # the nation, 7 grid regions and 30 provinces (none is published for Tibet)
    assert len(library.electricity_regions()) == 38
    technologies = {f.flow for f in library.factors.values() if f.series == "electricity_footprint" and f.year == 2024}
    assert len(technologies) == 11  # the mix, 8 technologies, transmission with and without losses


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference table is not beside the repository")
def test_every_value_of_the_reference_table_that_a_study_in_china_needs_is_there() -> None:
    with REFERENCE.open(encoding="utf-8-sig", newline="") as stream:
        reference = list(csv.DictReader(stream))
    shipped_ids = {row["id"] for row in read_rows("facts")}
    left_out = {row["id"]: row for row in reference if row["id"] not in shipped_ids}

    whole = {"electricity CO2", "electricity carbon footprint", "heat", "fuel upstream"}
    assert {row["category"] for row in reference} >= whole
    assert [key for key, row in left_out.items() if row["category"] in whole] == []
    # fuels: what is left out repeats a row that is there (GB/T 32151.24 and .34 have the values of .22)
    fuels = [row for row in left_out.values() if row["category"] == "fuel parameter"]
    parameters = {float(row["value"]) for row in read_rows("facts") if row["role"] != "factor"}
    assert [row["id"] for row in fuels if float(row["value"]) not in parameters] == []
    # freight: all but literature values and United Kingdom values beyond those that are offered as proxies
    freight = [key for key, row in left_out.items() if row["category"] == "transport"]
    assert [key for key in freight if not key.startswith(("CPCD-", "DEFRA"))] == []
    # GWP: the fifth and the sixth report; the fourth is no choice of the settings
    assert [key for key, row in left_out.items() if row["category"] == "GWP100" and not key.startswith("GWP-AR4")] == []
    # materials: bricks, lime, clay
    materials = [key for key, row in left_out.items() if row["category"] == "material"]
    assert all(key.startswith("MA-GBT51366D-") for key in materials)
    assert len(materials) <= 11


def test_literature_values_and_proxies_are_never_the_default(library: FactorLibrary) -> None:
    own = settings(factor_set="gbt32151")
    reached = [choose(library, flow, own, data_year=2025).factor for flow in library.flows.values()]

    assert len([factor for factor in reached if factor]) > 100
    assert {factor.series for factor in reached if factor}.isdisjoint({"cpcd", "desnz_proxy", "report"})


def test_every_offered_flow_gets_a_factor(library: FactorLibrary) -> None:
    own = settings(factor_set="gbt32151")
    categories = {flow.category for flow in library.flows.values()} - {"electricity"}
    offered = [flow for category in categories for flow in library.offered_flows(category)]

    assert [flow.key for flow in offered if choose(library, flow, own).factor is None] == []


def test_factors_that_are_co2_alone_or_aircraft_are_shown_apart(library: FactorLibrary) -> None:
    assert library.factors["EL-CO2-2022-CN"].gases == {"co2": 0.5366}
    assert library.factors["EL-CF-2024-CN"].gases == {}  # kgCO2e: its parts are not published
    assert library.factors["GWP-AR6-CH4-FOSSIL"].gases == {"ch4_fossil": 29.8}
    assert library.factors["CPCD-65319X0012024C"].gases == {"aircraft": 0.921}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("电", "electricity"),
        ("ＥＬＥＣＴＲＩＣＩＴＹ", "electricity"),
        ("0# 柴油", "diesel"),
        ("92#汽油", "gasoline"),
        ("外购蒸汽", "heat"),
        ("LPG", "lpg"),
        ("SF₆", "sf6"),
        ("R-134a", "hfc_134a"),
        ("冷轧钢板", "steel_cold_rolled_coil"),
        ("重型柴油货车（载重18t）", "truck_diesel_heavy_18t"),
        ("硅钢片", "silicon_steel_non_oriented"),
        ("铜排", "copper"),
        ("tap water", "tap_water"),
        ("光伏", "electricity_pv"),
    ],
)
def test_flows_are_found_as_companies_name_them(library: FactorLibrary, typed: str, key: str) -> None:
    found = library.find_flow(typed)

    assert found is not None
    assert found.key == key


def test_a_word_that_could_be_several_flows_finds_none(library: FactorLibrary) -> None:
    assert [library.find_flow(word) for word in ("煤", "油", "钢板", "铝", "货物")] == [None] * 5


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("饱和蒸汽", "heat"), ("过热蒸汽", "heat"), ("蒸气", "heat"), ("saturated steam", "heat"),
        ("柴油0#", "diesel"), ("柴油 0＃", "diesel"), ("0号轻柴油", "diesel"), ("-10号柴油", "diesel"),
        ("汽油92#", "gasoline"), ("98号汽油", "gasoline"),
    ],
)  # fmt: skip
def test_steam_by_its_state_and_fuels_by_their_grade_are_known(library: FactorLibrary, typed: str, key: str) -> None:
    assert library.find_flow(typed) == library.flows[key]
