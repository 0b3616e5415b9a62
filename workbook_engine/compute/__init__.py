"""Inventory -> Footprint -> Assessment: pure arithmetic, no spreadsheet, no text."""

from workbook_engine.compute.assessment import assess
from workbook_engine.compute.checks import verify
from workbook_engine.compute.effects import with_effects
from workbook_engine.compute.footprint import compute_footprint
from workbook_engine.compute.simulation import monte_carlo

__all__ = ["assess", "compute_footprint", "monte_carlo", "verify", "with_effects"]
