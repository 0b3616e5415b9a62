"""The consultant's own layout, filled in beside the results workbook."""

from workbook_engine.house.layout import Filled, LayoutError, check_layout, fill_layout

__all__ = ["Filled", "LayoutError", "check_layout", "fill_layout"]
