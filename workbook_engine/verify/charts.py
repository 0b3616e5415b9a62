"""What a chart shows: its kinds, its texts, the cells that it refers to and what it keeps of them, its scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.intake.markup import is_true
from workbook_engine.verify.cells import plain
from workbook_engine.verify.result import What
from workbook_engine.verify.styles import GENERAL, normal

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.intake.markup import Attributes

KINDS = ("pieChart", "doughnutChart", "barChart", "lineChart", "areaChart", "scatterChart")
LIMITS = ("min", "max", "logBase")


class ChartScan:
    """The pass over a chart's part. Programs differ in order and repetition: of texts and scales each counts once."""

    def __init__(self) -> None:
        self.caches: list[tuple[str, dict[int, str]]] = []  # reference, the points that are kept of it
        self._kinds: set[str] = set()
        self._texts: list[str] = []
        self._scales: set[str] = set()
        self._legends = 0
        self._turned = 0  # axes that run the other way
        self._points: dict[int, str] = {}
        self._at: int | None = None
        self.starts: dict[str, Callable[[Attributes], None]] = {
            **{tag: self._kind(tag) for tag in KINDS},
            **{tag: self._limit(tag) for tag in LIMITS},
            "orientation": self._on_orientation,
            "plotVisOnly": self._on_hidden,
            "grouping": self._on_grouping,
            "legend": self._on_legend,
            "numFmt": self._on_format,
            "pt": self._on_point,
        }
        self.ends: dict[str, Callable[[str], None]] = {
            "f": self._on_formula,
            "v": self._on_value,
            "t": self._texts.append,
        }

    def said(self) -> dict[What, str]:
        """Return what the chart is, says, refers to and how it is scaled."""
        formulas = (plain(formula) or "" for formula, _ in self.caches)
        return {
            What.CHART: " | ".join([*sorted(self._kinds), *["legend"] * self._legends]),
            What.CHART_TEXT: " | ".join(sorted(filter(str.strip, self._texts))),
            What.CHART_DATA: " | ".join(sorted(formulas)),
            What.CHART_SCALE: " | ".join([*sorted(self._scales), *["maxMin"] * self._turned]),
        }

    def _kind(self, tag: str) -> Callable[[Attributes], None]:
        return lambda _: self._kinds.add(tag)

    def _limit(self, tag: str) -> Callable[[Attributes], None]:
        return lambda attributes: self._scales.add(f"{tag} {attributes.get('val', '')}")

    def _on_hidden(self, attributes: Attributes) -> None:
        if not is_true(attributes.get("val")):
            self._kinds.add("hidden cells too")

    def _on_orientation(self, attributes: Attributes) -> None:
        if attributes.get("val") == "maxMin":
            self._turned += 1

    def _on_grouping(self, attributes: Attributes) -> None:
        if attributes.get("val") in {"stacked", "percentStacked"}:
            self._kinds.add(attributes["val"])

    def _on_legend(self, _: Attributes) -> None:
        self._legends += 1

    def _on_format(self, attributes: Attributes) -> None:
        code = normal(attributes.get("formatCode", ""))
        if code != GENERAL and not is_true(attributes.get("sourceLinked")):
            self._scales.add(code)

    def _on_point(self, attributes: Attributes) -> None:
        self._at = int(attributes.get("idx", "0"))

    def _on_formula(self, text: str) -> None:
        self._points = {}
        if text.startswith('"'):  # the name of a series, as LibreOffice writes it
            self._texts.append(text.strip('"'))
        else:
            self.caches.append((text, self._points))

    def _on_value(self, text: str) -> None:
        if self._at is None:
            self._texts.append(text)  # the name of a series
        else:
            self._points[self._at] = text
        self._at = None
