"""The factor library: what a kWh, a kilogram, a tonne-kilometre stands for in kgCO2e, with a source each.

What stands where:
    facts.csv, flows.csv, series.csv, sets.csv   the facts that the library workbook is built from
    columns.py      the library workbook declared once: tables and columns, for its writer and its reader
    tables.py       a workbook's cells -> rows under stable column keys
    rows.py         rows -> Flow, EmissionFactor, Series, FactorSet; what is unsound is a finding
    library.py      FactorLibrary: what was loaded, and look-ups in it
    loading.py      load_library
    ladder.py       choose: the one way a line gets its factor
    conversion.py   from a typed unit to the unit in which a flow's factors count
"""

from workbook_engine.factors.ladder import Choice, choose
from workbook_engine.factors.library import FactorLibrary
from workbook_engine.factors.loading import load_library
from workbook_engine.factors.rows import FactorSet, Series

__all__ = ["Choice", "FactorLibrary", "FactorSet", "Series", "choose", "load_library"]
