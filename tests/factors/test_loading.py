from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factors.small_library import FACTORS, FLOWS, FUELS, SERIES, TABLES, found, library, load, sheet
from workbook_engine.errors import LibraryError
from workbook_engine.factors import load_library
from workbook_engine.grid import Book, Cell, MemorySheet

# The factor table has 9 rows from row 3, so an added row is row 12; flows end at 9, fuels at 5, sets at 5.
# Its columns: B id, C flow, D value, E unit, F series, G year, H region, I publisher, J document, K tier.


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("X | steel | | kgCO2e/t | own | 2024 | CN | a | b | P", ("D12", "library-row-incomplete")),
        ("| steel | 2000 | kgCO2e/t | own | 2024 | CN | a | b | P", ("B12", "library-row-incomplete")),
        ("X | steel | ca. 2 | kgCO2e/t | own | 2024 | CN | a | b | P", ("D12", "library-value-unreadable")),
        ("X | iron | 2000 | kgCO2e/t | own | 2024 | CN | a | b | P", ("C12", "library-unknown-flow")),
        ("X | steel | 2000 | kgCO2e/kWh | own | 2024 | CN | a | b | P", ("E12", "library-unknown-unit")),
        ("X | steel | 2000 | kg/t | own | 2024 | CN | a | b | P", ("E12", "library-unknown-unit")),
        ("X | steel | 2000 | kgCO2e | own | 2024 | CN | a | b | P", ("E12", "library-unknown-unit")),
        ("X | steel | 2000 | kgCO2e/L | own | 2024 | CN | a | b | P", ("E12", "library-unknown-unit")),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_and_told(row: str, expected: tuple[str, str]) -> None:
    loaded, findings = load(more_factors="\n" + row)

    assert found(findings) == [("factors", *expected)]
    assert "X" not in loaded.factors


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("X | steel | 2000 | kgCO2e/t | own | 2024 | CN | | | P", ("J12", "library-source-missing")),
        ("X | steel | 2000 | kgCO2e/kg | own | 2024 | CN | a | b | P", ("D12", "library-value-implausible")),
        ("X | steel | -2 | kgCO2e/kg | own | 2024 | CN | a | b | P", ("D12", "library-value-implausible")),
        ("X | electricity | 5777 | kgCO2e/万kWh | own | 2024 | CN | a | b | P", None),
        ("X | electricity | 5777 | kgCO2e/kWh | own | 2024 | CN | a | b | P", ("D12", "library-value-implausible")),
        ("X | steel | 2000 | kgCO2e/t | own | 2024 | CN | a | b | best", ("K12", "library-unknown-word")),
        ("X | steel | 2000 | kgCO2e/t | house | 2024 | CN | a | b | P", ("B12", "library-unknown-series")),
        ("X | steel | 0 | kgCO2e/t | own | 2024 | CN | a | b | P", None),  # burden-free scrap: an explicit 0 is valid
    ],
)
def test_a_row_that_is_only_doubtful_is_kept_and_told(row: str, expected: tuple[str, str] | None) -> None:
    loaded, findings = load(more_factors="\n" + row)

    assert found(findings) == ([("factors", *expected)] if expected else [])
    assert "X" in loaded.factors


def test_a_year_that_is_no_number_is_told_and_the_factor_stands_without_it() -> None:
    loaded, findings = load(more_factors="\nX | steel | 2000 | kgCO2e/t | own | 去年 | CN | a | b | P")

    assert found(findings) == [("factors", "G12", "library-value-unreadable")]
    assert loaded.factors["X"].year is None


@pytest.mark.parametrize(
    ("typed", "year", "told"), [("2024年", 2024, []), ("2024年度", 2024, []), ("2024.5", None, ["G12"])]
)
def test_a_year_is_read_as_it_is_written_and_never_cut(typed: str, year: int | None, told: list[str]) -> None:
    loaded, findings = load(more_factors=f"\nX | steel | 2000 | kgCO2e/t | own | {typed} | CN | a | b | P")
    assert loaded.factors["X"].year == year
    assert [cell for _, cell, _ in found(findings)] == told


def test_numbers_stored_as_text_are_numbers() -> None:
    book = Book((*(sheet(key, text) for key, text in TABLES.items() if key != "factors"), _factors_as_text()))

    loaded, findings = load_library(book)

    assert found(findings) == []
    assert loaded.factors["EL-F-2024"].value == 0.5777


def _factors_as_text() -> MemorySheet:
    typed = sheet("factors", FACTORS)
    as_text = {n: {c: Cell("text", str(cell.value)) for c, cell in row.items()} for n, row in typed.cells.items()}
    return MemorySheet("factors", as_text)


def test_an_id_that_stands_twice_is_used_in_neither_row() -> None:
    loaded, findings = load(more_factors="\nsteel-19 | steel | 1000 | kgCO2e/t | own | 2024 | CN | a | b | P")

    assert found(findings) == [("factors", "B12", "library-duplicate-id")]
    assert findings[0].params["first"] == "factors!B9"
    assert not {"STEEL-19", "steel-19"} & set(loaded.factors)


def test_ids_are_unique_across_sheets() -> None:
    loaded, findings = load(more_factors="\nDIESEL | diesel | 3 | kgCO2e/kg | own | 2024 | CN | a | b | P")

    assert ("fuels", "B3", "library-duplicate-id") in found(findings)
    assert "DIESEL" not in loaded.factors


def test_flows_and_series_are_found_by_name_as_well_as_by_key() -> None:
    loaded = library(more_factors="\nX | 钢 | 2.1 | tCO2e/t | 自有 | 2024 | 浙江 | a | b | own")

    factor = loaded.factors["X"]
    assert (factor.flow, factor.series, factor.region, factor.value) == ("steel", "own", "CN-Zhejiang", 2.1)


@pytest.mark.parametrize(
    ("value", "unit", "flow", "expected"),
    [
        (2050, "kgCO2e/t", "steel", 2.05),
        (0.11, "tCO2/GJ", "heat", 110),
        (577.7, "gCO2e/kWh", "electricity", 0.5777),
        (0.5777, "tCO2e/MWh", "electricity", 0.5777),
        (2.6, "kgCO2/L", "diesel", 2.6 / 0.84),  # by the flow's density: 1 L weighs 0.84 kg
        (21.6, "tCO2/10⁴Nm³", "natural_gas", 2.16),
    ],
)
def test_a_printed_value_is_brought_to_the_flows_unit(value: float, unit: str, flow: str, expected: float) -> None:
    loaded = library(more_factors=f"\nX | {flow} | {value} | {unit} | own | 2024 | CN | a | b | P")

    factor = loaded.factors["X"]
    assert factor.value == pytest.approx(expected, rel=1e-12)
    assert (factor.printed_value, factor.printed_unit) == (value, unit)
    assert factor.unit == f"kgCO2e/{loaded.flows[flow].unit}"


def test_co2_alone_is_shown_as_co2_and_co2e_is_not_split() -> None:
    loaded = library()

    assert loaded.factors["EL-C-2022"].gases == {"co2": 0.5366}
    assert loaded.factors["EL-F-2024"].gases == {}


def test_a_factor_knows_its_row_in_the_library() -> None:
    where = library().factors["EL-F-2024"].where

    assert where is not None
    assert str(where) == "factors!B4"


# --- fuels ------------------------------------------------------------------------------------------------------------


def test_a_fuels_factor_is_worked_out_whatever_its_cell_shows() -> None:
    fuels = FUELS.replace("|tier", "|tier|factor", 1).replace("|S1", "|S1|3.0", 1)

    loaded, findings = load(fuels=fuels)

    assert found(findings) == [("fuels", "O3", "library-fuel-value-differs")]
    # 42.652 GJ/t × 20.2 tC/TJ × 98 % × 44/12 / 1000
    assert loaded.factors["DIESEL"].value == pytest.approx(3.095909637333333, rel=1e-12)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("X|diesel|42.652|MJ/kg|20.2|0.98||own|2024|CN|a|b|P", 3.095909637333333),  # 1 MJ/kg is 1 GJ/t
        ("X|diesel|42652|MJ/t|20.2|98%||own|2024|CN|a|b|P", 3.095909637333333),
        ("X|natural_gas|38.931|MJ/m³|15.3|0.99||own|2024|CN|a|b|P", 2.162188809),  # 389.31 GJ per 10⁴ m³
        ("X|diesel|43.33|GJ/t|20.2|0.98|0.0726|own|2024|CN|a|b|P", 3.145758),  # the printed factor per heat goes first
    ],
)
def test_fuels_in_other_units_of_heat(row: str, expected: float) -> None:
    assert library(more_fuels="\n" + row).factors["X"].value == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("X|diesel||GJ/t|20.2|0.98||own|2024|CN|a|b|P", ("D6", "library-row-incomplete")),
        ("X|diesel|42.652|GJ/t|20.2|||own|2024|CN|a|b|P", ("G6", "library-row-incomplete")),
        ("X|diesel|42.652|GJ/10⁴Nm³|20.2|0.98||own|2024|CN|a|b|P", ("E6", "library-unknown-unit")),
        ("X|natural_gas|389.31|GJ/t|15.3|0.99||own|2024|CN|a|b|P", ("E6", "library-unknown-unit")),
    ],
)
def test_a_fuel_without_sound_parameters_is_left_out(row: str, expected: tuple[str, str]) -> None:
    loaded, findings = load(more_fuels="\n" + row)

    assert found(findings) == [("fuels", *expected)]
    assert "X" not in loaded.factors


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("X|diesel|42652|GJ/t|20.2|0.98||own|2024|CN|a|b|P", "D6"),  # MJ/t typed under GJ/t
        ("X|diesel|42.652|GJ/t|0.0202|0.98||own|2024|CN|a|b|P", "F6"),  # tC/GJ typed under tC/TJ
        ("X|diesel|42.652|GJ/t|20.2|98||own|2024|CN|a|b|P", "G6"),  # per cent typed as a number
        ("X|diesel|42.652|GJ/t|||72.6|own|2024|CN|a|b|P", "H6"),  # kg typed under t
    ],
)
def test_a_fuel_parameter_that_slipped_by_a_thousand_is_told(row: str, cell: str) -> None:
    _, findings = load(more_fuels="\n" + row)

    assert found(findings) == [("fuels", cell, "library-value-implausible")]


# --- flows, names, sets -----------------------------------------------------------------------------------------------


def test_a_flow_without_a_factor_is_told() -> None:
    _, findings = load(more_flows="\nzinc | material | 锌 | Zinc | kg | | |")

    assert found(findings) == [("flows", "B10", "library-flow-without-factor")]


def test_a_name_of_two_flows_finds_neither() -> None:
    loaded, findings = load(more_flows="\nheat2 | heat | 余热 | Waste heat | GJ | 蒸汽 | |")

    assert ("flows", "G10", "library-ambiguous-name") in found(findings)
    assert loaded.find_flow("蒸汽") is None
    assert loaded.flows["heat2"] == loaded.find_flow("余热")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("zinc | metal | 锌 | Zinc | kg | | |", ("C10", "library-unknown-word")),
        ("zinc | material | 锌 | Zinc | 块头 | | |", ("F10", "library-unknown-word")),
        ("zinc | material | | Zinc | kg | | |", ("D10", "library-row-incomplete")),
    ],
)
def test_a_flow_that_is_not_sound_is_left_out(row: str, expected: tuple[str, str]) -> None:
    loaded, findings = load(more_flows="\n" + row)

    assert found(findings) == [("flows", *expected)]
    assert "zinc" not in loaded.flows


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("gbt | 国标 | GB/T | copper | NONE", ("F6", "library-set-unknown-factor")),
        ("gbt | 国标 | GB/T | copper | STEEL-19", ("F6", "library-set-unknown-factor")),
        ("gbt | 国标 | GB/T | diesel | DIESEL-R", ("E6", "library-set-flow-twice")),
        ("gbt | 国标 | GB/T | zinc | COPPER-DB", ("E6", "library-unknown-flow")),
    ],
)
def test_a_set_that_names_what_is_not_there_is_told(row: str, expected: tuple[str, str]) -> None:
    loaded, findings = load(more_sets="\n" + row)

    assert found(findings) == [("sets", *expected)]
    assert loaded.factor_sets["gbt"].choices == {"diesel": "DIESEL"}


def test_the_shipped_small_library_is_sound_and_knows_its_sets_by_name() -> None:
    loaded = library()

    assert [loaded.find_factor_set(text) for text in ("report", "报告", "REPORT", "other")] == [
        "report",
        "report",
        "report",
        None,
    ]


# --- the workbook -----------------------------------------------------------------------------------------------------


def test_columns_are_found_by_key_wherever_they_stand() -> None:
    lines = [line.split("|") for line in SERIES.strip().splitlines()]
    turned = "\n".join("|".join(reversed(line)) for line in lines)

    assert library(series=turned).series == library().series


def test_a_workbook_without_marks_is_no_library() -> None:
    book = Book((MemorySheet("Sheet1", {1: {1: Cell("text", "排放因子")}, 2: {1: Cell("number", 0.5)}}),))

    with pytest.raises(LibraryError, match="flows"):
        load_library(book)


def test_a_library_without_factors_is_refused() -> None:
    with pytest.raises(LibraryError, match="factors"):
        load_library(Book((sheet("flows", FLOWS),)))


def test_every_finding_of_the_library_is_worded_in_both_languages() -> None:
    bad = "\nX|steel|2000|kg/t|house|2024|CN|||P\nY|steel|9e9|kgCO2e/t|house|2024|CN|||best"
    _, findings = load(more_factors=bad)

    assert len(findings) == 5
    for finding in findings:
        assert finding.message("zh") != finding.message("en")
        assert "{" not in finding.message("zh") + finding.remedy("en")


CELLS = st.one_of(
    st.builds(Cell, st.just("text"), st.text(max_size=12)),
    st.builds(Cell, st.just("number"), st.floats(allow_nan=True, allow_infinity=True)),
    st.sampled_from(
        [
            Cell("error", "#REF!"),
            Cell("bool", value=True),
            Cell("uncached", None, "A1*2"),
            Cell("date", 45658.0),
            Cell("invalid", "1e999"),
        ]
    ),
)


@given(
    st.sampled_from(sorted(TABLES)),
    st.integers(min_value=1, max_value=12),
    st.integers(min_value=1, max_value=14),
    CELLS,
)
def test_whatever_stands_in_a_cell_loading_ends_in_findings(table: str, row: int, column: int, cell: Cell) -> None:
    spoilt = sheet(table, TABLES[table])
    cells = {n: dict(found_row) for n, found_row in spoilt.cells.items()}
    cells.setdefault(row, {})[column] = cell
    others = [sheet(key, text) for key, text in TABLES.items() if key != table]

    with contextlib.suppress(LibraryError):  # the mark itself was overwritten
        _, findings = load_library(Book((MemorySheet(table, dict(sorted(cells.items()))), *others)))
        for finding in findings:
            assert "{" not in finding.message("en").replace(str(cell.value), "")
