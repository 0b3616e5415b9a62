"""Conditional formats of an .ods: what hides what stands in a cell, and what their conditions say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Finding
from workbook_engine.intake.conditions import said_in_condition
from workbook_engine.intake.markup import attribute
from workbook_engine.intake.ods_formulas import within_sheet
from workbook_engine.intake.reported import LISTED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook_engine.intake.beside import Place
    from workbook_engine.intake.markup import Attributes
    from workbook_engine.intake.ods_styles import Styles
    from workbook_engine.intake.reported import Reported

_OF_ERRORS = "is-error"  # a condition that no entry fulfils


class Rules:
    """Follows the conditional formats, sheet by sheet; `starts` are the elements that it wants to be told of."""

    def __init__(self, styles: Styles, keep: Callable[[Place, str, str], object]) -> None:
        """`keep` takes what a condition says, and where."""
        self._styles, self._keep = styles, keep
        self.starts: Mapping[str, Callable[[Attributes], None]] = {
            "conditional-format": self._on_format,
            "condition": self._on_condition,
            "data-bar": self._on_bar,
            "formatting-entry": self._on_bar,  # of icons
        }

    def start_sheet(self, name: str, reported: Reported) -> None:
        """Begin with a sheet; what hides in it goes to `reported`."""
        self._sheet, self._reported = name, reported
        self._area = ""  # of the conditional formats that are being read
        self._hiding = {""}  # areas in which they hide what stands there

    def _on_format(self, attributes: Attributes) -> None:
        self._area = within_sheet(attribute(attributes, "target-range-address") or "")

    def _on_condition(self, attributes: Attributes) -> None:
        condition = attribute(attributes, "value") or ""
        for said in said_in_condition(condition):
            self._keep("condition", said, self._area)
        if self._styles.hides(attribute(attributes, "apply-style-name") or "") and condition != _OF_ERRORS:
            self._report()

    def _on_bar(self, attributes: Attributes) -> None:
        """Take a bar or an icon that may stand in the place of the number."""
        if attribute(attributes, "show-value") == "false":
            self._report()

    def _report(self) -> None:
        if self._area not in self._hiding and len(self._hiding) < LISTED:
            self._hiding.add(self._area)
            self._reported.add(Finding(catalogue.RULE_HIDES, CellRef(self._sheet), {"area": self._area}))
