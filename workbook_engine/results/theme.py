"""Colours and fonts of the results workbook: one small object, so that a consultant can have a house style."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbook_engine.model import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Stages that stand side by side in most studies differ in lightness (dark, light, middle, light, dark …), so that a
# chart printed in black and white can still be told apart.
STAGE_COLOURS: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.RAW_MATERIAL_ACQUISITION: "#17375E",
        Stage.RAW_MATERIAL_TRANSPORT: "#9DC3E6",
        Stage.PRODUCTION: "#C55A11",
        Stage.DISTRIBUTION: "#F4B183",
        Stage.STORAGE: "#6A4C93",
        Stage.USE: "#A9D18E",
        Stage.END_OF_LIFE: "#595959",
    }
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A house style. Colours are "#RRGGBB"; `logo` is a PNG or JPEG shown on the cover."""

    font: str = "微软雅黑"
    font_size: float = 10
    dark: str = "#1F3864"  # titles, header rows
    accent: str = "#2E75B6"  # links, bars
    band: str = "#DDE6F1"  # product bands and subtotals
    input: str = "#FFF8DC"  # cells that a person typed
    line: str = "#BFBFBF"  # borders
    muted: str = "#7F7F7F"  # notes
    good: str = "#E2EFDA"
    bad: str = "#FBE3D6"
    stages: Mapping[Stage, str] = field(default_factory=lambda: STAGE_COLOURS)
    logo: Path | None = None


DEFAULT_THEME = Theme()
