"""Inventory -> Footprint: pure arithmetic, no spreadsheet, no text."""

from workbook_engine.compute.footprint import compute_footprint

__all__ = ["compute_footprint"]
