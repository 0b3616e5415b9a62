"""Units in every spelling, in the neighbour cell and in the amount's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed

if TYPE_CHECKING:
    from tests.mutation.case import Case, Line

# Spelling -> how many of it are one of the unit that the row was in. 1 kWh = 0.0036 GJ; 1 kg = 2 斤.
UNITS: dict[str, dict[str, float]] = {
    "kWh": {"度": 1, "千瓦时": 1, "KWH": 1, "kW·h": 1, "ｋＷｈ": 1, "万kWh": 1e-4, "万度": 1e-4, "MWh": 1e-3,
            "GJ": 0.0036, "千瓦时（kWh）": 1, "kwh ": 1, "万千瓦时": 1e-4},
    "kg": {"公斤": 1, "千克": 1, "KG": 1, "t": 1e-3, "吨": 1e-3, "噸": 1e-3, "g": 1e3, "克": 1e3, "斤": 2,
           "吨（t）": 1e-3},
    "m³": {"立方米": 1, "方": 1, "m3": 1, "Nm³": 1, "万m³": 1e-4, "立方": 1, "㎥": 1},
}  # fmt: skip


@typed("unit changed in the neighbour cell")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") in UNITS)
    unit, per = case.rng.choice(sorted(UNITS[line.text("unit")].items()))
    line.type("unit", unit)
    line.type("amount", line.amount * per)


@typed("unit moved into the amount's cell")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") in UNITS)
    unit, per = case.rng.choice(sorted(UNITS[line.text("unit")].items()))
    case.allow(line.type("amount", f"{round(line.amount * per, 6):.15g}{unit}"), line.type("unit", None))
    line.kg *= round(line.amount * per, 6) / (line.amount * per)


@typed("another unit in the amount's cell than in the unit column")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") == "kWh")
    case.need(line.type("amount", f"{line.amount:.15g}MWh"), line.cell("unit"))


@typed("万 in the amount and in the unit")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("unit") == "kWh")
    line.type("unit", "万kWh")
    case.need(line.type("amount", "3.5万"), line.cell("unit"))


for _name, _unit in {
    "blank": None,
    "unknown": "箩",
    "of another dimension": "台",
    "same as above, first row": "同上",
}.items():

    @typed(f"unit: {_name}")
    def _(case: Case, unit: str | None = _unit) -> None:
        line = case.pick(lambda line: line.row is line.table.rows[0])
        case.need(line.type("unit", unit))


# --- magnitudes -------------------------------------------------------------------------------------------------------

# A slip is seen by the product's own mass: 60 kg of breaker is not made with 20,000 kWh, nor carried with 800 kg of
# diesel. Without a mass, or in a small line, nobody can see it.
_MASS_KG = 60.0
_SEEN = {"kWh": 0.7, "kg": 0.05}  # per piece: ten thousand, or a thousand, times it is out of any proportion
_CARRYING = ("raw_material_transport", "distribution")


def _slip(case: Case, unit: str, larger: str, times: float) -> None:
    def is_seen(line: Line) -> bool:
        per_piece = line.amount * max(line.shares)
        return line.text("unit") == unit and per_piece > _SEEN[unit] and (unit == "kWh" or line.stage in _CARRYING)

    line = case.pick(is_seen)
    for product in case.products:
        cell = case.product_cell("mass_kg", product)
        case.claim(cell)
        cell.value = _MASS_KG
    case.doubted(line.type("unit", larger), line.cell("amount"))
    line.retype(line.amount * times, line.amount)


@typed("magnitude: 万kWh in the unit column, the amount in kWh")
def _(case: Case) -> None:
    _slip(case, "kWh", "万kWh", 1e4)


@typed("magnitude: t in the unit column, the amount in kg")
def _(case: Case) -> None:
    _slip(case, "kg", "t", 1e3)


@typed("magnitude: one month in 万kWh")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.stage == "production" and line.text("unit") == "kWh")
    month = line.amount / 16
    for number in range(1, 13):
        line.type(f"month_{number:02d}", month)
    typed_month = line.type("month_07", month / 1e4)
    line.retype(month * 11 + month / 1e4, None)
    case.doubted(typed_month, line.cell("amount"))
