"""The one data model: what flows from step to step, frozen, each value with the cell that it came from.

    Submission   what the company wrote, cell by cell, under the spec's keys: nothing interpreted yet
    Inventory    what was understood: products, allocation, lines with amount, unit, basis and factor
    Footprint    what follows: emission of each line, stages, totals, shares

A float is in the unit that its name or its docstring says. None stands for "not known" and blocks what depends on it;
an explicit 0 is a value like any other.
"""

from workbook_engine.model.assessment import (
    Assessment,
    Histogram,
    Interval,
    LineAssessment,
    MonteCarlo,
    Pedigree,
    ProductAssessment,
    ProductDraws,
    Rating,
    Sampled,
    Sampling,
    ScenarioResult,
    StageAssessment,
    Swing,
)
from workbook_engine.model.comparison import CellChange, Change, Comparison, Effect, ProductComparison
from workbook_engine.model.factors import EmissionFactor, Flow, FuelParameters
from workbook_engine.model.footprint import Footprint, LineResult, PlantControl, ProductFootprint, StageResult
from workbook_engine.model.inventory import (
    ActivityLine,
    Contract,
    DeclaredResult,
    DeclaredSource,
    Dimension,
    Inventory,
    Omission,
    Plant,
    PlantProduct,
    Printed,
    Product,
    Scenario,
    ScenarioChange,
    Settings,
    StageBoundary,
    Study,
)
from workbook_engine.model.processed import Appearance, Processed
from workbook_engine.model.quantity import Operation, Quantity, Step, apply_steps
from workbook_engine.model.spread import Distribution, Spread
from workbook_engine.model.stages import Basis, Stage
from workbook_engine.model.submission import BoundTable, Entry, Record, Submission

__all__ = [
    "ActivityLine",
    "Appearance",
    "Assessment",
    "Basis",
    "BoundTable",
    "CellChange",
    "Change",
    "Comparison",
    "Contract",
    "DeclaredResult",
    "DeclaredSource",
    "Dimension",
    "Distribution",
    "Effect",
    "EmissionFactor",
    "Entry",
    "Flow",
    "Footprint",
    "FuelParameters",
    "Histogram",
    "Interval",
    "Inventory",
    "LineAssessment",
    "LineResult",
    "MonteCarlo",
    "Omission",
    "Operation",
    "Pedigree",
    "Plant",
    "PlantControl",
    "PlantProduct",
    "Printed",
    "Processed",
    "Product",
    "ProductAssessment",
    "ProductComparison",
    "ProductDraws",
    "ProductFootprint",
    "Quantity",
    "Rating",
    "Record",
    "Sampled",
    "Sampling",
    "Scenario",
    "ScenarioChange",
    "ScenarioResult",
    "Settings",
    "Spread",
    "Stage",
    "StageAssessment",
    "StageBoundary",
    "StageResult",
    "Step",
    "Study",
    "Submission",
    "Swing",
    "apply_steps",
]
