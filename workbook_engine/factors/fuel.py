"""A fuel's factor from its parameters: NCV × carbon content × oxidation × 44/12 (GB/T 32151, formula of the fuels)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_engine.model import FuelParameters

C_TO_CO2 = 44 / 12  # molar masses of CO2 and C as the guidelines take them

# How many of the reference unit (kg, m³) are in one unit that the NCV is stated for.
REFERENCE_PER_NCV_UNIT: dict[str, float] = {"t": 1000.0, "10^4 m3": 10000.0}


def t_co2_per_gj(fuel: FuelParameters) -> float:
    """Return the factor per heat: as printed where the document multiplies with that, else worked out."""
    if fuel.printed_t_co2_per_gj is not None:
        return fuel.printed_t_co2_per_gj
    if fuel.carbon_content_t_per_tj is None or fuel.oxidation is None:
        message = "a fuel needs carbon content and oxidation, or a printed factor per GJ"
        raise ValueError(message)
    return fuel.carbon_content_t_per_tj * fuel.oxidation * C_TO_CO2 / 1000  # tC/TJ -> tC/GJ


def kg_co2_per_reference_unit(fuel: FuelParameters) -> float:
    """Return kgCO2 per kg, or per m³ for a gas that the NCV is stated by volume for."""
    return fuel.ncv_gj * t_co2_per_gj(fuel) * 1000 / REFERENCE_PER_NCV_UNIT[fuel.ncv_unit]
