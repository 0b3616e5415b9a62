"""Colours and fonts of the results workbook: one small object, so that a consultant can have a house style."""

from __future__ import annotations

from dataclasses import field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from workbook_engine.errors import WriteError, unreadable
from workbook_engine.frozen import frozen
from workbook_engine.model import Stage
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# No two stages are alike in lightness (L* of CIELAB differs by 8 and more), and those that stand side by side in most
# studies are far apart: a chart that is printed in black and white can still be read.
STAGE_COLOURS: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.RAW_MATERIAL_ACQUISITION: "#17375E",
        Stage.RAW_MATERIAL_TRANSPORT: "#C5DCF3",
        Stage.PRODUCTION: "#BD5510",
        Stage.DISTRIBUTION: "#F3B387",
        Stage.STORAGE: "#5B3F85",
        Stage.USE: "#82B861",
        Stage.END_OF_LIFE: "#8C8C8C",
    }
)


@frozen
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

_COLOUR = pattern(r"#[0-9A-Fa-f]{6}")
_COLOURS = frozenset({"dark", "accent", "band", "input", "line", "muted", "good", "bad"})
LOGOS = frozenset({".png", ".jpg", ".jpeg"})


NO_THEME = Text(
    "{file}：{name} = {value} 不是主题里的颜色、字体、字号或标志图片",
    "{file}: {name} = {value} is no colour, font, font size or logo of a theme",
)
NO_STAGE = Text(
    "{file}：stages.{name} = {value} 不是某个阶段的颜色", "{file}: stages.{name} = {value} is not a colour of a stage"
)
NO_TOML = Text("{file}：不是 TOML 文件（{detail}）", "{file}: no TOML file ({detail})")


def load_theme(path: Path) -> Theme:
    """Read a theme file: TOML with the names of Theme's fields; `logo` relative to the file; a table `stages`.

        font = "SimSun"
        dark = "#004D40"
        logo = "logo.png"
        [stages]
        production = "#C55A11"

    Raises WriteError, naming what is wrong: a theme is asked for by name and never half applied.
    """
    import tomllib  # noqa: PLC0415 - few have a theme of their own

    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Notepad marks it
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WriteError(_not_toml(path, error)) from error
    changes: dict[str, object] = {}
    for name, value in stated.items():
        changes[name] = _checked(path, name, value)
    return replace(DEFAULT_THEME, **changes)  # type: ignore[arg-type]  # each value was checked by its name


def _not_toml(path: Path, error: Exception) -> Text:
    if isinstance(error, OSError | UnicodeDecodeError):
        return unreadable(path, error)
    return NO_TOML.filled(file=path.name, detail=error)


def _checked(path: Path, name: str, value: object) -> object:
    if name in _COLOURS and isinstance(value, str) and _COLOUR.fullmatch(value):
        return value
    if name == "font" and isinstance(value, str) and value:
        return value
    if name == "font_size" and isinstance(value, int | float) and 6 <= value <= 16:
        return float(value)
    if name == "logo" and isinstance(value, str) and _is_logo(path.parent / value):
        return path.parent / value
    if name == "stages" and isinstance(value, dict):
        return _stage_colours(path, value)
    raise WriteError(NO_THEME.filled(file=path.name, name=name, value=repr(value)))


def _is_logo(path: Path) -> bool:
    return path.suffix.lower() in LOGOS and path.is_file()


def _stage_colours(path: Path, stated: dict[str, object]) -> Mapping[Stage, str]:
    colours = dict(STAGE_COLOURS)
    for name, value in stated.items():
        stage = next((stage for stage in Stage if stage.value == name), None)
        if stage is None or not isinstance(value, str) or not _COLOUR.fullmatch(value):
            raise WriteError(NO_STAGE.filled(file=path.name, name=name, value=repr(value)))
        colours[stage] = value
    return MappingProxyType(colours)
