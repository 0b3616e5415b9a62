"""Transport by mass and distance, and in t·km: 0.129 kgCO2e/(t·km) for a diesel lorry of 18 t (GB/T 51366-2019)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed

if TYPE_CHECKING:
    from tests.mutation.case import Case, Line
    from tests.mutation.rawbook import Value

LORRY, FACTOR = "重型柴油货车运输（载重18t）", 0.129
TONNES, KM = 12.5, 320.0
MASSES: tuple[tuple[Value, str | None], ...] = (
    (12.5, "t"), (12.5, "吨"), (12500.0, "kg"), ("12,500公斤", None), ("12.5t", "t"), (25000.0, "斤"), (1.25, "万kg"),
)  # fmt: skip
DISTANCES: tuple[Value, ...] = (320.0, "320", "320km", "320公里", "约320", "320000m")


def _leg(case: Case) -> Line:
    line = case.pick(lambda line: line.stage in ("raw_material_transport", "distribution"))
    for key in ("amount", "unit", "flow"):
        line.type(key, None)
    line.kg = TONNES * KM * FACTOR
    line.amount = TONNES * KM
    return line


@typed("transport by mass and distance")
def _(case: Case) -> None:
    line = _leg(case)
    mass, unit = case.rng.choice(MASSES)
    line.type("mode", LORRY)
    case.allow(line.type("mass", mass), line.type("mass_unit", unit))
    case.allow(line.type("distance_km", case.rng.choice(DISTANCES)))


@typed("transport by a lorry whose fuel is not named")
def _(case: Case) -> None:
    line = _leg(case)
    case.allow(line.type("mass", TONNES), line.type("mass_unit", "t"), line.type("distance_km", KM))
    case.mentioned(line.type("mode", case.rng.choice(["18吨货车", "18t货车"])))


@typed("transport in t·km")
def _(case: Case) -> None:
    line = _leg(case)
    line.type("flow", LORRY)
    unit, times = case.rng.choice([("吨公里", 1.0), ("t·km", 1.0), ("tkm", 1.0), ("万吨公里", 1e-4), ("kg·km", 1e3)])
    line.type("unit", unit)
    line.type("amount", TONNES * KM * times)


@typed("transport: the mass in pieces")
def _(case: Case) -> None:
    line = _leg(case)
    line.type("mode", LORRY)
    line.type("distance_km", KM)
    case.need(line.type("mass_unit", "台"), line.type("mass", 12.0))


@typed("transport: the distance pending")
def _(case: Case) -> None:
    line = _leg(case)
    line.type("mode", LORRY)
    line.type("mass", TONNES)
    line.type("mass_unit", "t")
    case.need(line.type("distance_km", "待定"))
