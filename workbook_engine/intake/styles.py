"""What each cell format of a workbook makes of a number: all that is read of styles.xml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.intake.formats import built_in, meaning_of
from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import attribute, walk

if TYPE_CHECKING:
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package


def cell_formats(package: Package, part: str | None) -> tuple[str, ...]:
    """Return the meaning of each cell format, the `s` of a cell (see formats.py)."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    inside = False

    def on_format(attributes: Attributes) -> None:
        if (identity := attribute(attributes, "numFmtId")) is not None:
            codes[identity] = attribute(attributes, "formatCode") or ""

    def on_cell_formats(_: Attributes) -> None:
        nonlocal inside
        inside = True

    def on_cell_formats_end(_: str) -> None:
        nonlocal inside
        inside = False

    def on_xf(attributes: Attributes) -> None:
        if inside:
            if len(styles) >= package.limits.formats:
                raise exceeded(package.limits, "formats")
            styles.append(_meaning(attribute(attributes, "numFmtId") or "0", codes))

    if part is not None:
        starts = {"numFmt": on_format, "cellXfs": on_cell_formats, "xf": on_xf}
        walk(part, package.stream(part), package.limits, starts, {"cellXfs": on_cell_formats_end})
    return tuple(styles)


def _meaning(identity: str, codes: dict[str, str]) -> str:
    """Return a format's meaning; a code that the workbook declares wins over the number's built-in one."""
    if identity in codes:
        return meaning_of(codes[identity])
    return built_in(int(identity)) if identity.isdecimal() and len(identity) < 6 else ""
