"""Rounding half up, as the reports print, and as a spreadsheet shows a number of 15 digits."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def round_half_up(value: float | Decimal, decimals: int) -> Decimal:
    """Return a number rounded half up to so many decimals, of the 15 digits that a spreadsheet keeps."""
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.15g}")
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def round_significant(value: float, digits: int) -> float:
    """Return a number rounded half up to so many significant digits."""
    if not value:
        return value
    exact = Decimal(f"{value:.15g}")
    return float(round_half_up(exact, digits - 1 - exact.adjusted()))
