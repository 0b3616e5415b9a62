"""Transport by mass and distance, the system boundary, and the consultant's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case


@typed("transport given in both ways")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage in ("raw_material_transport", "distribution"))
    for key, value in {"mass": 12.5, "mass_unit": "t", "distance_km": 320.0, "mode": "重型柴油货车(载重18t)"}.items():
        line.type(key, value)
    case.need(line.cell("amount"), line.row)


@typed("transport without its distance")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage in ("raw_material_transport", "distribution"))
    for key, value in {
        "mass": 12.5,
        "mass_unit": "t",
        "mode": "重型柴油货车(载重18t)",
        "amount": None,
        "flow": None,
        "unit": None,
    }.items():
        line.type(key, value)
    case.need(line.row)


# --- the boundary -----------------------------------------------------------------------------------------------------


@typed("boundary: another word for yes and no")
def _(case: Case) -> None:
    for stage, row in case.boundary.items():
        case.claim(row.cells[4])
        inside = stage in case.tables and bool(case.tables[stage].rows)
        row.put(4, case.rng.choice(["√", "纳入", "Yes", "包含", "Y"] if inside else ["×", "不纳入", "No", "N"]))


@typed("boundary: blank for a stage with data")
def _(case: Case) -> None:
    stage = case.rng.choice(sorted(case.stages))
    cell = case.boundary[stage].cells[4]
    case.claim(cell)
    cell.value = None
    table = case.tables["boundary"]  # where the row of the boundary is deleted, too
    case.need(
        cell, table.header, table.keys, case.tables[stage].header
    )  # nobody asks where a table is not found at all


@typed("boundary: no for a stage with data")
def _(case: Case) -> None:
    stage = case.rng.choice(sorted(case.stages))
    cell = case.boundary[stage].cells[4]
    case.claim(cell)
    cell.value = "否"
    own = case.tables[stage]  # where its table is not found, that is said
    case.doubted(cell, own.header, own.keys, *own.rows)
    case.lines = [line for line in case.lines if line.stage != stage]


@typed("boundary: yes for a stage without data")
def _(case: Case) -> None:
    cell = case.boundary["use" if "use" not in case.stages else "storage"].cells[4]
    case.claim(cell)
    cell.value = "是"
    case.need(cell)


@typed("boundary: an unknown word")
def _(case: Case) -> None:
    stage = case.rng.choice(sorted(case.stages))
    cell = case.boundary[stage].cells[4]
    case.claim(cell)
    cell.value = "部分"
    case.need(cell)


# --- settings ---------------------------------------------------------------------------------------------------------


@typed("settings: an unknown factor set")
def _(case: Case) -> None:
    cell = case.field_cell("settings.factor_set")
    case.claim(cell)
    cell.value = "我们自己的因子"
    case.need(cell)
    case.spoil(lambda _: True)


@typed("settings: the year as text")
def _(case: Case) -> None:
    cell = case.field_cell("settings.electricity_year")
    case.claim(cell)
    if isinstance(cell.value, float):
        cell.value = case.rng.choice([f"{cell.value:.0f}", f" {cell.value:.0f} "])
    case.allow(cell)


@typed("settings: the year with 年")
def _(case: Case) -> None:
    cell = case.field_cell("settings.electricity_year")
    case.claim(cell)
    if not isinstance(cell.value, float):
        raise NotApplicableError
    cell.value = f"{cell.value:.0f}{case.rng.choice(['年', '年度', ' 年'])}"
    case.allow(cell)


@typed("settings: a broken year")
def _(case: Case) -> None:
    cell = case.field_cell("settings.electricity_year")
    case.claim(cell)
    cell.value = 2024.5
    case.need(cell)
    case.spoil(lambda line: line.text("unit") == "kWh")


@typed("boundary: crossed out for a stage without data")
def _(case: Case) -> None:
    cell = case.boundary["use" if "use" not in case.stages else "storage"].cells[4]
    case.claim(cell)
    cell.value = case.rng.choice(["/", "—", "无", "不适用"])
    case.allow(cell)


@typed("settings: the year is not a number")
def _(case: Case) -> None:
    cell = case.field_cell("settings.electricity_year")
    case.claim(cell)
    cell.value = "最新"
    case.need(cell)
    case.spoil(lambda line: line.text("unit") == "kWh")
