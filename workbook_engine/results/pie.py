"""The pie of the stages, as the published reports print it, and where its labels stand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine.results.charts import WHITE, font, frame
from workbook_engine.widths import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.results.package import Package
    from workbook_engine.writing import Chart

LABEL_RADIUS, LABEL_HEIGHT, HALF_WIDTH = 105, 15, 6.2  # pixels: of a pie's labels at 9 points
ON_ONE_LINE = 16  # characters of a label that no program breaks; 8 of them 汉字


def pie(
    package: Package,
    title: str,
    names: tuple[list[object], Sequence[str]],
    values: list[object],
    colours: Sequence[str],
    shares: Sequence[float],
) -> Chart:
    """Return the distribution of the stages with their shares, as the published reports print it.

    `names` are the cells that hold each stage's name with its share, and what they say now. `shares` are the present
    ones: the pie is turned so that its largest slice lies on the left and the labels of the small ones stand below each
    other on the right.
    Labels that would lie on each other are left out, and a legend names those slices alone: each is told once.
    """
    hidden = crowded(names[1], shares)
    border = WHITE if len(shares) > 1 else {"none": True}  # of one slice it would be a line from its middle
    labels = {"custom": [{"delete": True} if index in hidden else None for index in range(len(shares))]}
    chart = package.workbook.add_chart({"type": "pie"})
    chart.add_series(
        {
            "name": title,
            "categories": names[0],
            "values": values,
            "points": [{"fill": {"color": colour}, "border": border} for colour in colours],
            "data_labels": {
                "category": True,
                "position": "outside_end",
                "leader_lines": True,
                "font": font(package, 9),
                **(labels if hidden else {}),
            },
        }
    )
    chart.set_rotation(_rotation(shares))
    frame(package, chart, title)
    told = [index for index in range(len(shares)) if index not in hidden]
    legend = {"position": "right", "font": font(package, 9), "delete_series": told}
    chart.set_legend(legend if hidden else {"none": True})
    return chart


def crowded(words: Sequence[str], shares: Sequence[float]) -> set[int]:
    """Return the slices whose labels would lie on that of a larger one, in a pie of the usual size."""
    start = _rotation(shares)
    boxes: list[tuple[float, float, float, float]] = []
    hidden: set[int] = set()
    for index in sorted(range(len(shares)), key=lambda index: -shares[index]):
        turn = math.radians(start + 360 * (math.fsum(shares[:index]) + shares[index] / 2))  # from 12 o'clock, clockwise
        across, down = LABEL_RADIUS * math.sin(turn), -LABEL_RADIUS * math.cos(turn)
        width = HALF_WIDTH * text_width(words[index])
        # A label stands outside: to the right of a point on the right, to the left of one on the left, else above it.
        left = across - width * (1 - min(1.0, max(0.0, 0.5 + 2 * math.sin(turn))))
        half = LABEL_HEIGHT / 2 if text_width(words[index]) <= ON_ONE_LINE else LABEL_HEIGHT
        box = (left, down - half, left + width, down + half)
        if any(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in boxes):
            hidden.add(index)
        else:
            boxes.append(box)
    return hidden


def _rotation(shares: Sequence[float]) -> int:
    """Return the angle of the first slice that brings the middle of the largest to 9 o'clock (270 degrees)."""
    largest = max(range(len(shares)), key=lambda index: shares[index])
    middle = math.fsum(shares[:largest]) + shares[largest] / 2
    return round(270 - 360 * middle) % 360
