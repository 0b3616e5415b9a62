"""What each cell format of a workbook makes of a number, and which strike it out: all that is read of styles.xml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.intake.formats import built_in, meaning_of
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import attribute, is_struck, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.limits import Limits
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package


def cell_formats(package: Package, part: str | None) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the meaning of each cell format, the `s` of a cell (see formats.py), and those that are struck through."""
    scan = _StyleScan(package.limits)
    if part is not None:
        walk(part, package.stream(part), package.limits, scan.starts, scan.ends)
    return tuple(scan.meanings), frozenset(scan.struck)


class _StyleScan:
    """The pass over the styles. Fonts and formats stand in lists of their own; others of their kind do not count."""

    def __init__(self, limits: Limits) -> None:
        self.meanings: list[str] = []
        self.struck: set[str] = set()
        self._limits = limits
        self._codes: dict[str, str] = {}
        self._fonts: list[bool] = []  # whether each strikes its text through
        self._list = ""  # the list that is being read
        self.starts: dict[str, Callable[[Attributes], None]] = {
            "numFmt": self._on_number_format,
            "fonts": lambda _: self._enter("fonts"),
            "font": self._on_font,
            "strike": self._on_strike,
            "cellXfs": lambda _: self._enter("cellXfs"),
            "xf": self._on_format,
        }
        self.ends: dict[str, Callable[[str], None]] = dict.fromkeys(("fonts", "cellXfs"), lambda _: self._enter(""))

    def _enter(self, tag: str) -> None:
        self._list = tag

    def _on_number_format(self, attributes: Attributes) -> None:
        if (identity := attribute(attributes, "numFmtId")) is not None:
            self._codes[identity] = attribute(attributes, "formatCode") or ""

    def _on_font(self, _: Attributes) -> None:
        if self._list == "fonts" and len(self._fonts) < self._limits.formats:
            self._fonts.append(False)

    def _on_strike(self, attributes: Attributes) -> None:
        if self._list == "fonts" and self._fonts:
            self._fonts[-1] = is_struck(attributes)

    def _on_format(self, attributes: Attributes) -> None:
        if self._list != "cellXfs":
            return
        if len(self.meanings) >= self._limits.formats:
            raise exceeded(self._limits, "formats")
        font = attribute(attributes, "fontId") or ""
        if font.isdecimal() and int(font[:6]) < len(self._fonts) and self._fonts[int(font[:6])]:
            self.struck.add(str(len(self.meanings)))
        self.meanings.append(_meaning(attribute(attributes, "numFmtId") or "0", self._codes))


def _meaning(identity: str, codes: dict[str, str]) -> str:
    """Return a format's meaning; a code that the workbook declares wins over the number's built-in one."""
    if identity in codes:
        return meaning_of(codes[identity])
    return built_in(int(identity)) if identity.isdecimal() and len(identity) < 6 else ""
