"""The life-cycle stages, and what an amount can be stated for."""

from __future__ import annotations

import enum

from workbook_engine.texts import Text


class Stage(enum.Enum):
    """The life-cycle stages, in the order in which every sheet lists them."""

    RAW_MATERIAL_ACQUISITION = "raw_material_acquisition"
    RAW_MATERIAL_TRANSPORT = "raw_material_transport"
    PRODUCTION = "production"
    DISTRIBUTION = "distribution"
    STORAGE = "storage"
    USE = "use"
    END_OF_LIFE = "end_of_life"

    __hash__ = object.__hash__  # Enum's own hashes the name, in Python: tables by stage are looked up for each line

    @property
    def title(self) -> Text:
        """Return the standard's term."""
        return _STAGE_TITLES[self]


_STAGE_TITLES = {
    Stage.RAW_MATERIAL_ACQUISITION: Text("原材料获取", "Raw material acquisition"),
    Stage.RAW_MATERIAL_TRANSPORT: Text("原材料运输", "Raw material transport"),
    Stage.PRODUCTION: Text("产品生产", "Production"),
    Stage.DISTRIBUTION: Text("成品运输", "Distribution"),
    Stage.STORAGE: Text("仓储", "Storage"),
    Stage.USE: Text("使用", "Use"),
    Stage.END_OF_LIFE: Text("产品处置", "End of life"),
}


class Basis(enum.Enum):
    """What an amount is stated for."""

    PER_UNIT = "per_unit"  # per functional or declared unit: as it is
    PRODUCT_TOTAL = "product_total"  # of this product in the reference period: ÷ its output
    PLANT_TOTAL = "plant_total"  # of the whole plant: allocated to its products, ÷ output

    __hash__ = object.__hash__  # as of stages
