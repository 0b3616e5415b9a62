"""Words for road vehicles that leave open what they burn: 18吨货车 may run on diesel, on gas or on electricity."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from workbook_engine.patterns import pattern

if TYPE_CHECKING:
    from workbook_engine.model import Flow

_FUEL = pattern(
    r"柴油|汽油|天然气|燃气|电动|纯电|新能源|氢|LNG|CNG|diesel|petrol|gasoline|natural gas|electric|hydrogen",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)  # a study names a few vehicles over and over
def fuel_is_assumed(flow: Flow, typed: str) -> bool:
    """Tell whether a flow is of a fuel that the words for it do not name."""
    return flow.category == "transport" and bool(_FUEL.search(flow.name.zh)) and not _FUEL.search(typed)
