"""The verifier's checks one after the other.

completeness   stages against the boundary, energy of production
apart          recycling credits, the alternative by contracts
biogenic       carbon that biomass took up against what is given off again
balance        materials against product mass, intensities against other products
doubles        the same thing counted twice
cut-off        what is small, what was left out, against the limits
magnitude      slips of a thousand or ten thousand, by the study's own numbers
proportions    stages, goods, packaging and plants out of proportion to the rest
carried        materials and suppliers' energy against the freight of the same name, freight against the product
vehicles       road freight by a vehicle whose fuel nobody named, where it matters
weighing       allocation weights that are a year's in place of one piece's
declared       results and factors of an earlier report, reconciled line by line

Each walks over the lines once: 100,000 of them take a fraction of the time that reading them took.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.compute.checks.apart import say_apart
from workbook_engine.compute.checks.balance import check_intensities, check_mass
from workbook_engine.compute.checks.biogenic import check_biogenic
from workbook_engine.compute.checks.carried import check_carried
from workbook_engine.compute.checks.completeness import check_completeness
from workbook_engine.compute.checks.cutoff import check_cutoff
from workbook_engine.compute.checks.declared import check_declared
from workbook_engine.compute.checks.doubles import check_doubles
from workbook_engine.compute.checks.magnitude import check_magnitudes
from workbook_engine.compute.checks.proportions import check_proportions
from workbook_engine.compute.checks.sources import check_sources
from workbook_engine.compute.checks.vehicles import check_vehicles
from workbook_engine.compute.checks.weighing import check_weighing

if TYPE_CHECKING:
    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.model import Footprint, Inventory


def verify(inventory: Inventory, footprint: Footprint, library: FactorLibrary) -> list[Finding]:
    """Return what a verifier would ask about. No errors are among it: the figures stand as they were computed."""
    return [
        *check_completeness(inventory, footprint),
        *say_apart(inventory, footprint),
        *check_biogenic(inventory, footprint),
        *check_mass(footprint),
        *check_intensities(footprint),
        *check_doubles(inventory, footprint),
        *check_cutoff(inventory, footprint),
        *check_magnitudes(footprint),
        *check_proportions(inventory, footprint),
        *check_carried(footprint),
        *check_vehicles(inventory, footprint),
        *check_weighing(inventory),
        *check_declared(inventory, footprint, library),
        *check_sources(inventory, library),
    ]
