"""Flows and emission factors, as the library offers them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.findings import CellRef
    from workbook_engine.texts import Text


@frozen
class Flow:
    """A thing that is used, burnt, moved or emitted, and the unit in which factors and sheets count it."""

    key: str  # stable, ASCII: "electricity", "diesel", "steel_cold_rolled_coil"
    name: Text
    category: str  # electricity, heat, fuel, material, transport, gas, biogenic, water, waste
    unit: str  # reference unit: kWh, GJ, kg, m3, t·km
    synonyms: tuple[str, ...] = ()
    density_kg_per_l: float | None = None
    density_source: str = ""


@frozen
class FuelParameters:
    """How a fuel's factor comes about: NCV × carbon content × oxidation × 44/12, or NCV × a printed factor per GJ.

    `ncv_gj` is GJ per `ncv_unit` ("t" or "10^4 m3"), carbon content tC/TJ, oxidation a fraction,
    `printed_t_co2_per_gj` the factor per GJ where a document prints it rounded and multiplies with that.
    """

    ncv_gj: float
    ncv_unit: str
    carbon_content_t_per_tj: float | None = None
    oxidation: float | None = None
    printed_t_co2_per_gj: float | None = None


@frozen
class EmissionFactor:
    """One variant of a flow's factor, with its source. `value` is kgCO2e per the flow's reference unit.

    `printed_value` and `printed_unit` are as the source prints them; `gases` holds the parts (co2, ch4_fossil, n2o,
    co2_biogenic, co2_removed, which is below zero, ch4_biogenic, land_use_change, aircraft; kgCO2e per reference unit)
    where the source tells them apart.
    """

    id: str
    flow: str
    name: Text
    value: float
    unit: str  # "kgCO2e/kWh"
    printed_value: float
    printed_unit: str
    series: str  # electricity_footprint, electricity_co2, gbt32151, ndrc2015, gbt51366, cpcd, desnz_proxy, gwp_ar5, …
    year: int | None
    region: str
    publisher: str
    document: str
    tier: str  # P, S2, S1, definition, derived: how the value was read
    note: str = ""
    fuel: FuelParameters | None = None
    gases: Mapping[str, float] = field(default_factory=dict)
    where: CellRef | None = None  # its row in the library workbook
    spread_percent: float | None = None  # ± % at 95 % confidence, where its document states one

    @property
    def source(self) -> str:
        """Publisher and document in a line; the publisher once, where the document's title begins with it."""
        names_both = self.document.startswith(self.publisher)
        return self.document if names_both else f"{self.publisher} {self.document}".strip()
