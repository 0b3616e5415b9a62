"""The template's look, in one place: one accent colour, thin grey lines, and a word wherever a colour speaks."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TYPE_CHECKING, Any

from workbook_engine.spec import words
from workbook_engine.texts import Language, Text

if TYPE_CHECKING:
    from workbook_engine.writing import BookWriter, Format

ACCENT = "#1F5673"
ACCENT_LIGHT = "#DCE8EE"
ACCENT_PALE = "#EEF4F7"
MUST_FILL = "#FFF6DD"
LOCKED_FILL = "#EDEDED"
COMPUTED_FILL = "#F5F5F5"
MISSING_FILL = "#F8CBAD"
MISSING_LINE = "#C0504D"
LINE = "#BFBFBF"
INK = "#262626"
GREY_INK = "#595959"

FONTS: dict[Language, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
FONT_SIZE = 10
ROW_PIXELS = 24  # 18 points: room around a line of 10 points
CREATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # fixed: the same content gives the same bytes
DATE_FORMAT = "yyyy-mm-dd"
REQUIRED_MARK = Text("＊", "* ")  # before a heading: what the colour says, said without colour
TAB_COLOURS = {"input": ACCENT, "consultant": "#A6A6A6"}


class Wants(enum.Enum):
    """What a cell wants of the person in front of it: the four entries of the legend."""

    MUST = words.WANTS_MUST
    MAY = words.WANTS_MAY
    COMPUTED = words.COMPUTED
    LOCKED = words.LOCKED


_FILLS = {Wants.MUST: MUST_FILL, Wants.MAY: "#FFFFFF", Wants.COMPUTED: COMPUTED_FILL, Wants.LOCKED: LOCKED_FILL}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: BookWriter) -> None:
        self._book = book
        self.title = self._plain(bold=True, font_size=16, font_color=ACCENT)
        self.intro = self._plain(font_color=GREY_INK)
        self.state = self._plain(font_color=ACCENT, bold=True, text_wrap=True)
        self.heading = self._plain(bold=True, font_size=12, font_color=ACCENT, bottom=2, bottom_color=ACCENT)
        self.note = self._plain(font_color=GREY_INK, italic=True)
        self.need = self._plain(font_size=8, font_color=GREY_INK, align="center", valign="bottom")
        self.mark = self._plain(font_size=8, font_color=GREY_INK)
        self.label = self._boxed(bg_color=ACCENT_PALE, text_wrap=True, indent=1)
        self.help = self._plain(font_size=9, font_color=GREY_INK, indent=1)
        self.header_must = self._header(ACCENT, "#FFFFFF")
        self.header_may = self._header(ACCENT_LIGHT, ACCENT)
        self.body = self._plain(text_wrap=True)
        self.link = self._boxed(font_color=ACCENT, underline=1, indent=1)
        self.missing_sample = self._boxed(bg_color=MISSING_FILL, border_color=MISSING_LINE, align="center")
        self.open_row = book.style(font_size=FONT_SIZE, valign="vcenter", locked=False)

    def cell(self, wants: Wants, **extra: Any) -> Format:
        """Return a bordered cell of that kind; only what the company fills in is unlocked."""
        locked = wants in {Wants.COMPUTED, Wants.LOCKED}
        return self._boxed(bg_color=_FILLS[wants], locked=locked, **extra)

    def missing(self) -> Format:
        """Return the look of a required cell that is still empty in a row that is begun."""
        return self._book.add_format({"bg_color": MISSING_FILL, "border": 1, "border_color": MISSING_LINE})

    def reached(self, wants: Wants) -> Format:
        """Return the look of a prepared cell, for rows beyond those that carry it from the start."""
        return self._book.add_format({"bg_color": _FILLS[wants], "border": 1, "border_color": LINE})

    def emphasis(self, **properties: Any) -> Format:
        """Return a conditional format of these properties."""
        return self._book.add_format(properties)

    def _header(self, fill: str, ink: str) -> Format:
        return self._boxed(bg_color=fill, font_color=ink, bold=True, align="center", text_wrap=True)

    def _plain(self, **properties: Any) -> Format:
        return self._book.style(**{"font_size": FONT_SIZE, "font_color": INK, "valign": "vcenter", **properties})

    def _boxed(self, **properties: Any) -> Format:
        return self._plain(**{"border": 1, "border_color": LINE, **properties})
