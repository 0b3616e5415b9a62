"""The factor library: what a kWh, a kilogram, a tonne-kilometre stands for in kgCO2e, with a source each.

What stands where:
    facts.csv, flows.csv, series.csv, sets.csv   the facts that the library workbook is built from
    columns.py      the library workbook declared once: tables and columns, for its writer and its reader
    tables.py       a workbook's cells -> rows under stable column keys
    row_reader.py   typed access to one row's cells, with a finding on each that cannot be read
    rows.py         rows -> Flow, Series, FactorSet
    factor_rows.py  rows -> EmissionFactor, fuels by their parameters (fuel.py), ranges (plausible.py)
    library.py      FactorLibrary: what was loaded, and look-ups in it
    loading.py      load_library
    ladder.py       choose: the one way a line gets its factor; ageing.py: whether it is of the data's years
    conversion.py   from a typed unit to the unit in which a flow's factors count
"""

from workbook_engine.factors.ladder import Choice, choose
from workbook_engine.factors.library import FactorLibrary
from workbook_engine.factors.loading import load_library
from workbook_engine.factors.rows import FactorSet, Series

__all__ = ["Choice", "FactorLibrary", "FactorSet", "Series", "choose", "load_library"]
