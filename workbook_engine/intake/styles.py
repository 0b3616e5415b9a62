"""Which cell formats show a number as a date: all that is read of styles.xml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_engine.intake.limits import exceeded
from workbook_engine.intake.markup import attribute, walk

if TYPE_CHECKING:
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.package import Package

# ECMA-376 18.8.30: 14-22 in every language, 45 and 47 minutes; 27-36 and 50-58 are dates where the language is
# Chinese, Japanese or Korean (WPS and Excel in China write 31, 57, 58) and are not used for anything else.
# 46 is [h]:mm:ss, a duration: its number is an amount of time.
BUILTIN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})

# What in a format code is shown as it stands: "text", \x, _x (a space as wide as x), *x (x repeated).
_LITERALS = re.compile(r'"[^"]*"?|\\.|_.|\*.', re.DOTALL)
_BRACKETS = re.compile(r"\[[^\]]*\]?")  # colour, condition, currency, language
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NO_DATE = re.compile(r"general|standard|e[+-]|(?<=s)[.,]0+", re.IGNORECASE)  # the e of 0.00E+00 is no era
_DATE_LETTERS = re.compile(r"[ymdhse]|aaa", re.IGNORECASE)
_DIGITS = re.compile(r"[0#?]")


def is_date_format(code: str) -> bool:
    """Tell whether a format code shows a date or a time of day. A duration (`[h]:mm`) is none."""
    bare = _LITERALS.sub("", _sections(code)[0])
    if _ELAPSED.search(bare):
        return False
    letters = _NO_DATE.sub("", _BRACKETS.sub("", bare))
    return bool(_DATE_LETTERS.search(letters)) and not _DIGITS.search(letters)


def _sections(code: str) -> list[str]:
    """Split at the semicolons outside of quotes."""
    return re.findall(r'(?:"[^"]*"?|\\.|[^;"\\])+', code) or [""]


def date_styles(package: Package, part: str | None) -> tuple[bool, ...]:
    """Return for each cell format (the `s` of a cell) whether it is a date's."""
    codes: dict[str, str] = {}
    styles: list[bool] = []
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
            styles.append(_is_date(attribute(attributes, "numFmtId") or "0", codes))

    if part is not None:
        starts = {"numFmt": on_format, "cellXfs": on_cell_formats, "xf": on_xf}
        walk(part, package.stream(part), package.limits, starts, {"cellXfs": on_cell_formats_end})
    return tuple(styles)


def _is_date(identity: str, codes: dict[str, str]) -> bool:
    """Tell whether a format is a date's; a code that the workbook declares wins over the number's built-in meaning."""
    if identity in codes:
        return is_date_format(codes[identity])
    return identity.isdecimal() and int(identity) in BUILTIN_DATES
