"""The formats of a results workbook: each cell names a style, and a figure its number format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook_engine.results.styles import STYLES

if TYPE_CHECKING:
    from workbook_engine.results.theme import Theme
    from workbook_engine.writing import BookWriter, Format


class Formats(dict["str | tuple[str, str]", "Format"]):
    """The formats by style, or by style and number format; each is made when it is first asked for.

    A mapping, and no method: every cell asks for its format, and most find it.
    """

    def __init__(self, workbook: BookWriter, theme: Theme) -> None:
        super().__init__()
        self._workbook = workbook
        self._theme = theme
        self._unsigned: dict[str, Format] = {}

    def __missing__(self, key: str | tuple[str, str]) -> Format:
        style, number = (key, "") if isinstance(key, str) else key
        properties = self._properties(style)
        if number:
            properties["num_format"] = kept_off(number) if "num_format" in properties else number
        found = self[key] = self._workbook.style(**properties)
        return found

    def unsigned(self, code: str) -> Format:
        """Return the format of a condition that shows a figure without its sign."""
        if code not in self._unsigned:
            self._unsigned[code] = self._workbook.add_format({"num_format": kept_off(f"{code};{code}")})
        return self._unsigned[code]

    def _properties(self, style: str) -> dict[str, Any]:
        """Return XlsxWriter's properties of a style; a value "@dark" is the theme's colour of that name."""
        properties: dict[str, Any] = {}
        for name, value in STYLES[style].items():
            is_theme = isinstance(value, str) and value.startswith("@")
            properties[name] = getattr(self._theme, str(value)[1:]) if is_theme else value
        return properties


def kept_off(code: str) -> str:
    """Return a number format that leaves room at the right of its figures, as much as a bracket takes."""
    return ";".join(f"{section}_)" for section in code.split(";"))
