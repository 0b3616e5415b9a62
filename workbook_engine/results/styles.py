"""The cell styles of the results workbook, as data. A value "@name" is the theme's colour of that name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

Style = dict[str, object]

_BOX: Style = {"border": 1, "border_color": "@line", "valign": "vcenter"}
_WRAPPED: Style = {**_BOX, "text_wrap": True}
_BAND: Style = {**_BOX, "bold": True, "bg_color": "@band"}
_TOTAL: Style = {**_BOX, "bold": True, "bg_color": "@band", "top": 2, "top_color": "@dark"}
_INPUT: Style = {**_BOX, "bg_color": "@input"}
_GOOD_LINE: Style = {"bold": True, "bg_color": "@good", "valign": "vcenter"}
# A figure keeps off the line and off the unit beside it: by the end of its number format, since LibreOffice draws an
# indent at the right of some cells alone.
_RIGHT: Style = {"align": "right", "num_format": "General_)"}
_RAW_RIGHT: Style = {"align": "right", "indent": 1}  # its number format is the company's
_LEFT: Style = {"align": "left", "indent": 1}
_DASH: Style = {"align": "right", "num_format": "General;General;General;@_)", "font_color": "@muted"}

STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "plain": {"valign": "vcenter"},
        "plain_above": {"valign": "top"},  # in a higher row, off the table below it
        "plain_figure": {"valign": "vcenter", "align": "left"},
        "plain_wrap": {"valign": "top", "text_wrap": True},
        "bold": {"bold": True, "valign": "vcenter"},
        "bold_wrap": {"bold": True, "valign": "vcenter", "text_wrap": True},
        "title": {"bold": True, "font_size": 16, "font_color": "@dark", "valign": "vcenter"},
        "title_wrap": {"bold": True, "font_size": 16, "font_color": "@dark", "valign": "vcenter", "text_wrap": True},
        "subtitle": {"font_color": "@muted", "valign": "vcenter"},
        "subtitle_above": {"font_color": "@muted", "valign": "top"},
        "subtitle_wrap": {"font_color": "@muted", "valign": "top", "text_wrap": True},
        "section": {"bold": True, "font_size": 12, "font_color": "@dark", "bottom": 2, "bottom_color": "@dark"},
        "note": {"font_color": "@muted", "italic": True, "valign": "top"},
        "note_wrap": {"font_color": "@muted", "italic": True, "valign": "top", "text_wrap": True},
        "mark": {"font_color": "@line", "font_size": 8},
        "header": {
            **_WRAPPED,
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": "@dark",
            "align": "center",
        },
        "label": {**_WRAPPED, **_LEFT, "bold": True, "bg_color": "@band"},
        "text": {**_WRAPPED, **_LEFT},
        "used": {**_WRAPPED, **_LEFT, "bold": True, "bg_color": "@band"},
        "centre": {**_WRAPPED, "align": "center"},
        "centre_number": {**_BOX, "align": "center"},
        "number": {**_BOX, **_RIGHT},
        "dash": {**_BOX, **_DASH},
        "link": {**_WRAPPED, **_LEFT, "font_color": "@accent", "underline": 1},
        "plain_link": {"font_color": "@accent", "underline": 1, "valign": "vcenter"},
        "input": {**_INPUT, **_RIGHT},
        "input_centre": {**_INPUT, "align": "center"},
        "input_text": {**_INPUT, **_LEFT, "text_wrap": True},
        "band": {**_BAND, **_LEFT},
        # A row of one text: no line through it, above its first cells alone, or from edge to edge.
        "band_start": {**_BAND, **_LEFT, "right": 0},
        "band_inner": {**_BAND, "left": 0, "right": 0},
        "band_end": {**_BAND, "left": 0},
        "band_number": {**_BAND, **_RIGHT},
        "band_number_dash": {**_BAND, **_DASH},
        "total": {**_TOTAL, **_LEFT},
        "total_start": {**_TOTAL, **_LEFT, "right": 0},
        "total_inner": {**_TOTAL, **_LEFT, "left": 0},
        "total_centre": {**_TOTAL, "align": "center"},
        "total_number": {**_TOTAL, **_RIGHT},
        "total_number_dash": {**_TOTAL, **_DASH},
        "big": {
            "bold": True,
            "font_size": 22,
            "font_color": "@dark",
            "align": "left",
            "valign": "vcenter",
            "shrink": True,
        },
        "big_dash": {"bold": True, "font_size": 22, "font_color": "@muted", "align": "left", "valign": "vcenter"},
        "good": {**_WRAPPED, "bold": True, "bg_color": "@good", "align": "center"},
        "bad": {**_WRAPPED, "bold": True, "bg_color": "@bad", "align": "center"},
        "good_line": _GOOD_LINE,
        "good_label": {**_GOOD_LINE, "align": "right"},
        "good_figure": {**_GOOD_LINE, "align": "left", "indent": 1},
        "bad_line": {"bold": True, "bg_color": "@bad", "valign": "vcenter"},
        "error": {**_WRAPPED, "bg_color": "@bad", "bold": True, "align": "center"},
        "warning": {**_WRAPPED, "bg_color": "@input", "align": "center"},
        "raw_header": {**_WRAPPED, "bold": True, "bg_color": "@band", "align": "center"},
        "raw_text": {"valign": "vcenter"},
        "raw_block": {"bold": True, "font_size": 12, "font_color": "@dark", "valign": "vcenter"},
        "raw_help": {"font_color": "@muted", "valign": "vcenter", "indent": 1},
        "raw_label": {"bold": True, "valign": "vcenter"},
        "raw_input": {**_INPUT, **_RAW_RIGHT},
        "raw_input_text": {**_INPUT, **_LEFT, "text_wrap": True},
        "raw_link": {**_INPUT, **_LEFT, "text_wrap": True, "font_color": "@accent", "underline": 1},
        "raw_number": {"valign": "vcenter", **_RAW_RIGHT},
    }
)

WRAPPED: Final = frozenset(name for name, style in STYLES.items() if style.get("text_wrap"))
