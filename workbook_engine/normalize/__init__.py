"""Submission -> Inventory: what people typed, understood; annual totals and plants put in order."""

from workbook_engine.normalize.inventory import build_inventory

__all__ = ["build_inventory"]
