"""The parts of a line's factor that its source tells apart, as the switch of the scenarios has the factor."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.model.biogenic import BIOGENIC_CO2, is_biogenic_co2
from workbook_engine.results.columns import FactorColumns
from workbook_engine.results.factor_sheet import is_one_gas
from workbook_engine.results.scenario_switch import switch_of

if TYPE_CHECKING:
    from workbook_engine.model import LineResult
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout

TOLERANCE: Final = "1.000000000001"  # parts that add up to the value differ from it in the last binary digit


def has_biogenic_co2(layout: Layout) -> bool:
    """Tell whether a factor used is one of biogenic CO2."""
    return not BIOGENIC_CO2.isdisjoint(layout.gases)


class GasParts:
    """Formulas of the parts of the factors in effect."""

    def __init__(self, job: ResultsJob, layout: Layout) -> None:
        self.layout = layout
        self.factors = {factor.id: factor for factor in job.factors}
        self.switch = switch_of(job, layout)

    def of_line(self, product: str, result: LineResult, gas: str) -> str:
        """Return the formula of a gas's part of the factor that a line has now; "0" where it has none."""
        factor = result.line.factor
        if factor is None:
            return "0"
        cell = functools.partial(self._of_factor, gas=gas)
        own = cell(factor.id)
        return self.switch.factor(product, result.line.id, own, cell) if self.switch else own

    def biogenic_co2(self, product: str, result: LineResult) -> str:
        """Return the formula of the biogenic CO2 in a line's factor; "" where neither its own nor another has any."""
        others = self.switch.factors(product, result.line.id) if self.switch else ()
        if not any(is_biogenic_co2(factor) for factor in (result.line.factor, *map(self.factors.get, others))):
            return ""
        gases = [gas for gas in self.layout.gases if gas in BIOGENIC_CO2]
        return "+".join(self.of_line(product, result, gas) for gas in gases)

    def _of_factor(self, factor: str, gas: str) -> str:
        """Return the formula of a factor's part; parts that a trial of another value leaves too large tell nothing."""
        first, last = FactorColumns.NOTE + 1, FactorColumns.NOTE + len(self.layout.gases)
        cell = self.layout.factor(factor, first + self.layout.gases.index(gas))
        known = self.factors[factor]
        if not known.gases or is_one_gas(known):
            return cell
        row = self.layout.factors[factor]
        parts = f"{self.layout.factor(factor, first)}:{address(row, last)}"
        return f"IF(SUM({parts})>{self.layout.factor(factor)}*{TOLERANCE},0,{cell})"
