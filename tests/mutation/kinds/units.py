"""Units in every spelling, in the neighbour cell and in the amount's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError

if TYPE_CHECKING:
    from tests.mutation.case import Case, Line

# Spelling -> how many of it are one of the unit that the row was in. 1 kWh = 0.0036 GJ; 1 kg = 2 斤.
UNITS: dict[str, dict[str, float]] = {
    "kWh": {
        "度": 1, "千瓦时": 1, "KWH": 1, "kW·h": 1, "ｋＷｈ": 1, "万kWh": 1e-4, "万度": 1e-4, "MWh": 1e-3, "GJ": 0.0036,
        "千瓦时（kWh）": 1, "kwh ": 1, "万千瓦时": 1e-4, "千瓦小时": 1, "KW.H": 1, "kW-h": 1, "亿度": 1e-8, "MJ": 3.6,
        "兆瓦时": 1e-3, "10⁴kWh": 1e-4, "(kWh)": 1, "单位：kWh": 1,
    },
    "kg": {
        "公斤": 1, "千克": 1, "KG": 1, "t": 1e-3, "吨": 1e-3, "噸": 1e-3, "g": 1e3, "克": 1e3, "斤": 2, "吨（t）": 1e-3,
        "千克(kg)": 1, "kgs": 1, "公吨": 1e-3, "毫克": 1e6, "两": 20, "T": 1e-3,
    },
    "m³": {
        "立方米": 1, "方": 1, "m3": 1, "Nm³": 1, "万m³": 1e-4, "立方": 1, "㎥": 1, "标方": 1, "m^3": 1, "升": 1e3,
        "L": 1e3, "万Nm³": 1e-4, "千立方米": 1e-3, "m³（标况）": 1,
    },
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
    alone = [(unit, per) for unit, per in UNITS[line.text("unit")].items() if unit[0].isalpha()]  # not 10⁴kWh
    unit, per = case.rng.choice(sorted(alone))
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


# 0.84 kg of diesel are a litre; its heat is 42.652 GJ/t (GB/T 32151), 1 tce is 29.3076 GJ (GB/T 2589-2020).
_LITRE_KG, _NCV, _TCE_GJ = 0.84, 42.652, 29.3076


@typed("fuel in litres")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("flow") == "柴油" and line.text("unit") == "kg")
    unit, times = case.rng.choice([("升", 1.0), ("L", 1.0), ("千升", 1e-3), ("m³", 1e-3)])
    case.allow(line.type("unit", unit), line.type("amount", line.amount / _LITRE_KG * times))


@typed("fuel by its heat")
def _(case: Case) -> None:
    if case.name.startswith(("T4000402", "template 1.0")):
        raise NotApplicableError  # another heat, of another source
    line = case.pick(lambda line: line.text("flow") == "柴油" and line.text("unit") == "kg")
    unit, gigajoules = case.rng.choice([("GJ", 1.0), ("tce", _TCE_GJ), ("吨标准煤", _TCE_GJ), ("kgce", _TCE_GJ / 1000)])
    case.allow(line.type("unit", unit), line.type("amount", line.amount / 1000 * _NCV / gigajoules))


@typed("electricity in tce")
def _(case: Case) -> None:
    """By its heat, or by the coal that a power station burns for it: nobody says which."""
    line = case.pick(lambda line: line.text("unit") == "kWh")
    case.need(line.type("unit", case.rng.choice(["tce", "吨标煤", "kgce"])), line.cell("flow"))  # it is none of that


# --- what an amount is per ---


@typed("unit per year beside an annual total")
def _(case: Case) -> None:
    line = case.pick(lambda line: "全年" in line.text("basis") and bool(line.text("unit")))
    case.allow(line.type("unit", line.text("unit") + case.rng.choice(["/年", "/a", "（每年）", "/year"])))


@typed("number per year beside an annual total")
def _(case: Case) -> None:
    line = case.pick(lambda line: "全年" in line.text("basis") and bool(line.text("unit")))
    case.allow(line.retype(1430.0, case.rng.choice(["1430/年", "1,430 / 年度", "1430每年", "1430/a"])))


@typed("number per year beside per functional unit")
def _(case: Case) -> None:
    line = case.pick(
        lambda line: (
            line.text("basis") == "每功能单位" and line.text("unit") != "" and "years" not in line.table.columns
        )
    )
    case.need(line.type("amount", "1430/年"))


@typed("unit per piece beside per functional unit")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("basis") == "每功能单位" and bool(line.text("unit")))
    case.allow(line.type("unit", line.text("unit") + case.rng.choice(["/台", "/功能单位", "（每台）", "/单位产品"])))


@typed("unit per month")
def _(case: Case) -> None:
    line = case.pick(lambda line: bool(line.text("unit")))
    case.need(line.type("unit", line.text("unit") + case.rng.choice(["/月", "/month", "/天"])))


@typed("unit per year beside per functional unit")
def _(case: Case) -> None:
    line = case.pick(
        lambda line: (
            line.text("basis") == "每功能单位" and line.text("unit") != "" and "years" not in line.table.columns
        )
    )
    case.need(line.type("unit", f"{line.text('unit')}/年"))


@typed("unit per piece beside a total")
def _(case: Case) -> None:
    line = case.pick(lambda line: "全年" in line.text("basis") and bool(line.text("unit")))
    case.need(line.type("unit", f"{line.text('unit')}/台"))


for _name, _unit in {
    "crossed out": "/",
    "pending": "待定",
    "of volume beside a mass": "L/kg",
    "blank": None,
    "unknown": "箩",
    "of another dimension": "台",
    "same as above, first row": "同上",
}.items():

    @typed(f"unit: {_name}")
    def _(case: Case, unit: str | None = _unit) -> None:
        line = case.pick(lambda line: line.row is line.table.rows[0])
        # What an amount is per is held against its basis: where that cannot be read, that is told in its place.
        case.need(line.type("unit", unit), *([line.cell("basis")] if unit == "L/kg" else []))


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
    per_unit = ("每功能单位", "Per functional unit")
    line = case.pick(
        lambda line: line.stage == "production" and line.text("unit") == "kWh" and line.text("basis") not in per_unit
    )
    month = line.amount / 16
    for number in range(1, 13):
        line.type(f"month_{number:02d}", month)
    typed_month = line.type("month_07", month / 1e4)
    line.retype(month * 11 + month / 1e4, None)
    case.doubted(typed_month, line.cell("amount"))
