"""A wooden pallet from the tree to the fire, and the same at the gate: biogenic CO2 worked by hand.

22 kg of dry wood with half its mass of carbon take up 22 × 0.5 × 44/12 = 40.3333 kg CO2. Of the offcuts 4 kg are burnt
in the dry kiln: 4 × 0.5 × 44/12 = 7.3333 kg. The pallet's 18 kg are burnt at the end: 33 kg. 40.3333 = 7.3333 + 33.
Electricity 5 kWh × 0.5777 = 2.8885 kgCO2e.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.books import PRODUCT, Answers, line, returned

if TYPE_CHECKING:
    from workbook_engine.grid import Book

UPTAKE, EMITTED, METHANE = "CO2 移除（生物质吸收）", "生物源 CO2（排放）", "甲烷（非化石）"
PER_KG = 0.5 * 44 / 12  # kg CO2 of 1 kg dry wood
TAKEN_UP, KILN, BURNT = 22 * PER_KG, 4 * PER_KG, 18 * PER_KG
POWER = 5 * 0.5777
PALLET = PRODUCT | {"name": "木托盘", "model": "1200×1000", "unit": "1 个", "mass_kg": 18, "output_unit": "个"}
WOOD = line(item="松木吸收的 CO2", flow=UPTAKE, amount=TAKEN_UP, unit="kg")
MAKING = [
    line(item="裁切用电", amount=5),
    line(item="干燥窑烧边皮", flow=EMITTED, amount=KILN, unit="kg"),
]
FIRE = line(item="废托盘焚烧", flow=EMITTED, amount=BURNT, unit="kg")


def pallet(*, to_the_grave: bool = True, **more: list[Answers]) -> Book:
    """Return the workbook of the pallet; `more` rows stand in place of a stage's own."""
    tables = {"raw_material_acquisition": [WOOD], "production": MAKING}
    tables |= {"end_of_life": [FIRE]} if to_the_grave else {}
    fields = {"study.boundary_type": "摇篮到坟墓" if to_the_grave else "摇篮到大门"}
    return returned({**tables, **more}, fields, products=[PALLET])
