"""Columns and tables that only some studies need, by group: `template --include supplier,losses` shows them.

They stand to the right of the columns that every template has, and are read wherever they are found.
"""

from __future__ import annotations

from workbook_engine.spec.schema import Field, Kind
from workbook_engine.texts import Text

REFERENCE_FLOW = (
    Field("reference_flow", Text("基准流（产量单位/功能单位）", "Reference flow (units of output per functional unit)"), Kind.NUMBER,
          Text("一个功能单位相当于多少个产量单位；两者不同时填写。例如功能单位 1 kWh、每台一生供电 5000 kWh，填 0.0002。", "Units of output that make one functional unit, where the two differ: for 1 kWh delivered, by a piece that delivers 5000 kWh in its life, 0.0002."),
          width=16, minimum=0, exclusive=True, group="reference_flow", synonyms=("基准流", "参考流", "reference flow")),
    Field("units_per_output", Text("每产量单位的功能单位数", "Functional units per unit of output"), Kind.NUMBER,
          Text("与“基准流”二选一：一个产量单位相当于多少个功能单位，例如每台一生供电 5000 kWh，填 5000。", "In place of the reference flow: functional units that one unit of output gives, e.g. 5000 for a piece that delivers 5000 kWh in its life."),
          width=16, minimum=0, exclusive=True, group="reference_flow", synonyms=("每台功能单位数", "functional units per piece")),
)
