"""Ranges outside which a factor is hardly what it says: slips of a thousand, a column taken for another.

Wide on purpose, in kgCO2e per the flow's reference unit. A factor of exactly 0 is allowed: burden-free scrap, or
contractual power. The ranges span what the library's own sources print, with room of a factor of about three; they ask
for a second look, and block nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbook_engine.model import Flow, FuelParameters
    from workbook_engine.units import Dimension

_ANY: tuple[float, float] = (1e-6, 1e8)
_RANGES: dict[tuple[str, Dimension], tuple[float, float]] = {
    ("electricity", "energy"): (0.001, 1.5),
    ("heat", "energy"): (1, 250),
    ("fuel", "mass"): (0.02, 5),
    ("fuel", "volume"): (0.05, 5),
    ("material", "mass"): (0.001, 100),
    ("material", "volume"): (0.01, 2000),
    ("material", "area"): (0.1, 1000),
    ("material", "length"): (0.001, 1000),
    ("transport", "freight"): (0.0005, 5),
    ("gas", "mass"): (0.5, 50_000),
    ("biogenic", "mass"): (-1, 1),
    ("water", "mass"): (1e-5, 0.05),
    ("waste", "mass"): (0.001, 5),
}
_NCV = {"t": (5.0, 60.0), "10^4 m3": (20.0, 500.0)}
_CARBON = (10.0, 75.0)  # tC/TJ: refinery gas to blast furnace gas
_OXIDATION = (0.8, 1.0)
_PER_GJ = (0.03, 0.3)


def is_plausible(flow: Flow, dimension: Dimension, value: float) -> bool:
    """Tell whether a factor lies in the range of its category, or is exactly 0."""
    low, high = _RANGES.get((flow.category, dimension), _ANY)
    return value == 0 or low <= value <= high


def implausible_parameter(fuel: FuelParameters) -> str | None:
    """Return the column key of the first fuel parameter out of range, or None."""
    checks = (
        ("ncv", fuel.ncv_gj, _NCV[fuel.ncv_unit]),
        ("carbon_content", fuel.carbon_content_t_per_tj, _CARBON),
        ("oxidation", fuel.oxidation, _OXIDATION),
        ("printed_per_gj", fuel.printed_t_co2_per_gj, _PER_GJ),
    )
    return next((key for key, value, (low, high) in checks if value is not None and not low <= value <= high), None)
