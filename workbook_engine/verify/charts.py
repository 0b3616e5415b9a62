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
LIMITS = ("min", "max", "logBase", "builtInUnit", "custUnit")  # the last two: figures in thousands
AXES = ("valAx", "catAx", "dateAx")
# What stands in a series and has a fill of its own, which says nothing of the series.
_ASIDE = frozenset({"ln", "dLbls", "errBars", "trendline", "marker", "pattFill"})
_PAPER = frozenset({"FFFFFF", "BG1", "LT1"})
_CLEAR = frozenset({"0", "1000", "1"})  # of 100,000, or of 100
_OPEN = ("ser", "spPr", *AXES, *_ASIDE)


class ChartScan:
    """The pass over a chart's part. Programs differ in order and repetition: of texts and scales each counts once."""

    def __init__(self) -> None:
        self.caches: list[tuple[str, dict[int, str]]] = []  # reference, the points that are kept of it
        self._kinds: set[str] = set()
        self._texts: list[str] = []
        self._scales: set[str] = set()
        self._legends = 0
        self._turned = 0  # axes that run the other way
        self._lost = 0  # axes that are not shown
        self._unseen = 0  # series and points that have the colour of paper, or none
        self._open: set[str] = set()  # elements that are being read
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
            "delete": self._on_deleted,
            "noFill": lambda _: self._on_paper(),
            "srgbClr": self._on_colour,
            "schemeClr": self._on_colour,
            "alpha": self._on_alpha,
            **{tag: self._enter(tag) for tag in _OPEN},
        }
        self.ends: dict[str, Callable[[str], None]] = {
            "f": self._on_formula,
            "v": self._on_value,
            "t": self._texts.append,
            **{tag: self._leave(tag) for tag in _OPEN},
        }

    def said(self) -> dict[What, str]:
        """Return what the chart is, says, refers to and how it is scaled."""
        formulas = (plain(formula) or "" for formula, _ in self.caches)
        return {
            What.CHART: " | ".join(
                [*sorted(self._kinds), *["legend"] * self._legends, *["of no colour"] * self._unseen]
            ),
            What.CHART_TEXT: " | ".join(sorted(filter(str.strip, self._texts))),
            What.CHART_DATA: " | ".join(sorted(formulas)),
            What.CHART_SCALE: " | ".join(
                [*sorted(self._scales), *["maxMin"] * self._turned, *["no axis"] * self._lost]
            ),
        }

    def _enter(self, tag: str) -> Callable[[Attributes], None]:
        def enter(_: Attributes) -> None:
            self._open.add(tag)
            if tag == "trendline":
                self._kinds.add(tag)

        return enter

    def _leave(self, tag: str) -> Callable[[str], None]:
        return lambda _: self._open.discard(tag)

    def _on_deleted(self, attributes: Attributes) -> None:
        if not self._open.isdisjoint(AXES) and is_true(attributes.get("val", "1")):
            self._lost += 1

    def _on_paper(self) -> None:
        if self._open >= {"ser", "spPr"} and self._open.isdisjoint(_ASIDE):
            self._unseen += 1

    def _on_colour(self, attributes: Attributes) -> None:
        if attributes.get("val", "").upper() in _PAPER:
            self._on_paper()

    def _on_alpha(self, attributes: Attributes) -> None:
        if attributes.get("val", "").rstrip("%") in _CLEAR:
            self._on_paper()

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
