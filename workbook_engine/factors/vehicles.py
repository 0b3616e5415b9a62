"""Vehicles of which something is left open: what 18吨货车 burns; of 货车, fuel and payload, so that nothing counts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workbook_engine.patterns import pattern
from workbook_engine.traditional import simplified

if TYPE_CHECKING:
    from workbook_engine.factors.library import FactorLibrary
    from workbook_engine.model import Flow

_FUEL = pattern(
    r"柴油|汽油|天然气|燃气|电动|纯电|新能源|氢|LNG|CNG|diesel|petrol|gasoline|natural gas|electric|hydrogen",
    re.IGNORECASE,
)
_OPEN = pattern("不明|不区分")  # 公路运输(车型不明), 柴油货车(不区分质量)
_SHIP = "船"
_LORRY = "货车"


@lru_cache(maxsize=256)  # a study names a few vehicles over and over
def fuel_is_assumed(flow: Flow, typed: str) -> bool:
    """Tell whether a flow is of a fuel that the words for it do not name."""
    return flow.category == "transport" and bool(_FUEL.search(flow.name.zh)) and not _FUEL.search(simplified(typed))


def vehicles_to_choose(library: FactorLibrary, flow: Flow) -> tuple[Flow, ...]:
    """Return the vehicles, or vessels, that the lists offer for a flow that leaves its own open; () for any other."""
    if flow.category != "transport" or not _OPEN.search(flow.name.zh):
        return ()
    kind = _SHIP if _SHIP in flow.name.zh else _LORRY
    fuel = _FUEL.search(flow.name.zh)
    offered = [each for each in library.offered_flows("transport") if kind in each.name.zh]
    return tuple(each for each in offered if fuel is None or fuel[0] in each.name.zh)
