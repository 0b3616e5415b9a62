from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factors.small_library import library
from workbook_engine.factors.conversion import conversion_steps
from workbook_engine.model import Operation, Step
from workbook_engine.units import convert, parse_unit

LIBRARY = library()


def steps(unit: str, flow: str, factor: str | None = None) -> tuple[Step, ...] | None:
    parsed = parse_unit(unit)
    assert parsed is not None
    return conversion_steps(parsed, LIBRARY.flows[flow], LIBRARY.factors[factor] if factor else None)


def taken(amount: float, found: tuple[Step, ...] | None) -> float:
    assert found is not None
    for step in found:
        amount = amount * step.operand if step.operation is Operation.MULTIPLY else amount / step.operand
    return amount


def shown(found: tuple[Step, ...] | None) -> str | None:
    return None if found is None else " ".join(f"{step.operation.value}{step.operand:g}" for step in found)


@pytest.mark.parametrize(
    ("unit", "flow", "expected"),
    [
        ("kWh", "electricity", ""),
        ("万kWh", "electricity", "×10000"),
        ("MWh", "electricity", "×1000"),
        ("MJ", "electricity", "÷3.6"),
        ("t", "steel", "×1000"),
        ("g", "steel", "÷1000"),
        ("斤", "steel", "÷2"),
        ("万m³", "natural_gas", "×10000"),
        ("Nm³", "natural_gas", ""),
        ("MJ", "heat", "÷1000"),
        ("tce", "heat", "×29.3076"),  # 1 tce = 29.3076 GJ
    ],
)
def test_units_of_one_dimension_are_one_step_that_reads_well(unit: str, flow: str, expected: str) -> None:
    assert shown(steps(unit, flow)) == expected


def test_litres_of_diesel_become_kilograms_by_its_density_with_its_source() -> None:
    found = steps("L", "diesel")

    assert shown(found) == "×0.84"
    assert found is not None
    assert found[0].source == "a guideline, page 15"


def test_cubic_metres_of_diesel_go_by_litres() -> None:
    assert shown(steps("m³", "diesel")) == "×1000 ×0.84"


@pytest.mark.parametrize(
    ("unit", "flow", "factor", "expected"),
    [
        ("GJ", "diesel", "DIESEL", "÷42.652 ×1000"),
        ("MJ", "diesel", "DIESEL", "÷1000 ÷42.652 ×1000"),
        ("tce", "diesel", "DIESEL", "×29.3076 ÷42.652 ×1000"),
        ("GJ", "diesel", "DIESEL-R", "÷43.33 ×1000"),  # the NCV of the factor that the line uses
        ("GJ", "natural_gas", "GAS", "÷389.31 ×10000"),
    ],
)
def test_energy_becomes_fuel_by_the_ncv_of_the_lines_factor(unit: str, flow: str, factor: str, expected: str) -> None:
    found = steps(unit, flow, factor)

    assert shown(found) == expected
    assert found is not None
    assert {step.source for step in found if "NCV" in step.label.en} == {LIBRARY.factors[factor].document}


def test_fuel_by_energy_emits_what_its_factor_per_heat_says() -> None:
    # 100 GJ × 20.2 tC/TJ × 98 % × 44/12 = 7258.5333 kg
    factor = LIBRARY.factors["DIESEL"]

    assert taken(100, steps("GJ", "diesel", "DIESEL")) * factor.value == pytest.approx(7258.533333, rel=1e-9)


@pytest.mark.parametrize(
    ("unit", "flow", "factor"),
    [
        ("kg", "electricity", None),
        ("kWh", "steel", None),
        ("kg", "natural_gas", "GAS"),  # no density
        ("L", "steel", None),
        ("t", "heat", None),  # steam by mass: its enthalpy is not known
        ("GJ", "diesel", None),  # no NCV without a factor
        ("台", "steel", None),
        ("tce", "electricity", None),  # 当量 or 等价: the unit does not tell
        ("万tce", "electricity", None),
    ],
)
def test_where_there_is_no_way_there_are_no_steps(unit: str, flow: str, factor: str | None) -> None:
    assert steps(unit, flow, factor) is None


@given(
    st.floats(min_value=1e-6, max_value=1e9), st.sampled_from(["kWh", "MWh", "GJ", "MJ", "kJ", "度", "万kWh", "kcal"])
)
def test_steps_agree_with_the_units_themselves(amount: float, unit: str) -> None:
    source, target = parse_unit(unit), parse_unit("kWh")
    assert source is not None
    assert target is not None

    assert taken(amount, steps(unit, "electricity")) == pytest.approx(convert(amount, source, target), rel=1e-12)
