"""CO2 that biomass took up is taken off the result: only where biomass enters the product system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.model import Stage
from workbook_engine.model.biogenic import CATEGORY, REMOVED

if TYPE_CHECKING:
    from workbook_engine.model import Flow
    from workbook_engine.normalize.context import Row

ENTERS = frozenset((Stage.RAW_MATERIAL_ACQUISITION, Stage.PRODUCTION, Stage.USE))


def check_removal(row: Row, item: str, stage: Stage, flow: Flow | None, *, credit: bool) -> None:
    """Report an uptake in a stage that takes up no biomass, and biogenic CO2 as a credit, which would be one too."""
    if flow is None or flow.category != CATEGORY:
        return
    if credit or (flow.key == REMOVED and stage not in ENTERS):
        slot = row.slot("credit" if credit else "flow")
        row.context.report(catalogue.REMOVAL_OUT_OF_PLACE, slot.where, item=item, flow=flow.name, stage=stage.title)
