"""Native charts, all of one make: fonts, stage colours, no clutter; titles with units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from workbook_engine.grid import column_letter, quote_sheet
from workbook_engine.results.study import removals
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from workbook_engine.model import ProductFootprint
    from workbook_engine.results.package import Package, Page
    from workbook_engine.writing import Chart

# Where all values lie close together, programs begin their axes in between: the bars then tell lengths that are none.
FROM_ZERO: Final = {"min": 0}
# Names stand at the bottom of the chart: at the axis itself a bar below zero would cover its own.
UNDER_BARS: Final = {"line": {"color": "#808080"}, "major_tick_mark": "none", "label_position": "low"}
GAP: Final = 60  # % of a bar's width
WHITE: Final = {"color": "#FFFFFF", "width": 1}
NET_SHARES: Final = Text(
    "各阶段占合计的比例（抵减为负，合计 100 %）", "Stages in % of the total (credits below 0; 100 % in all)"
)


def font(package: Package, size: float = 9, **more: object) -> dict[str, Any]:
    """Return the font of a chart's text."""
    return {"name": package.theme.font, "size": size, "color": "#404040", **more}


def cells(page: Page, first_row: int, last_row: int, column: int) -> list[object]:
    """Return a range of one column as XlsxWriter's charts want it."""
    return range_of(page.name, first_row, last_row, column)


def range_of(sheet: str, first_row: int, last_row: int, column: int) -> list[object]:
    """Return the same for a column of another sheet."""
    return [sheet, first_row - 1, column - 1, last_row - 1, column - 1]


def bars(
    package: Package,
    titles: tuple[str, str],
    categories: list[object],
    values: list[object],
    colours: Sequence[str],
    number: str,
    *,
    falls: Collection[int] = (),
    axis_number: str = "",
) -> Chart:
    """Return horizontal bars, the first category on top, each with its value unless `number`, its format, is empty.

    `titles` are those of the chart and of the axis of values; `falls` are the bars below zero.
    """
    title, axis = titles
    chart = package.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": title,
            "categories": categories,
            "values": values,
            "gap": GAP,
            "points": [_bar(colour, is_fall=index in falls) for index, colour in enumerate(colours)],
            **({"data_labels": {"value": True, "num_format": number, "font": font(package, 8)}} if number else {}),
        }
    )
    chart.set_title({"name": title, "name_font": font(package, 11, bold=True), "overlay": False})
    chart.set_legend({"none": True})
    _bar_axes(package, chart, axis, axis_number, from_zero=not falls)
    chart.set_chartarea({"border": {"none": True}})
    return chart


def share_bars(
    package: Package, title: str, names: list[object], values: list[object], product: ProductFootprint
) -> Chart:
    """Return the stages' shares of a product's total as bars, where one of them is a credit: they add up to 100 %.

    `names` hold each stage's name with its share: beside a short bar below zero there is no room for it.
    """
    colours, falls = stage_colours(package, product), removals(product)
    return bars(package, (title, ""), names, values, colours, "", falls=falls, axis_number="0%")


def stage_colours(package: Package, product: ProductFootprint) -> list[str]:
    """Return the colours of a product's stages, in their order."""
    return [package.theme.stages[stage.stage] for stage in product.stages]


def _bar(colour: str, *, is_fall: bool) -> dict[str, Any]:
    """Return the look of a bar in its stage's colour; one below zero is hatched."""
    if not is_fall:
        return {"fill": {"color": colour}}
    return {
        "pattern": {"pattern": "wide_upward_diagonal", "fg_color": colour, "bg_color": "#FFFFFF"},
        "border": {"color": colour},
    }


def stacked(
    package: Package,
    title: str,
    axis: str,
    series: Sequence[tuple[str, list[object], str]],
    categories: list[object],
    *,
    percent: bool = False,
    from_zero: bool = False,
) -> Chart:
    """Return one stacked bar for each category; `series` are (name, values, colour). `percent`: each bar is 100 %."""
    chart = package.workbook.add_chart({"type": "bar", "subtype": "percent_stacked" if percent else "stacked"})
    for name, values, colour in series:
        chart.add_series(
            {
                "name": name,
                "categories": categories,
                "values": values,
                "gap": GAP,
                "fill": {"color": colour},
                "border": WHITE,
            }
        )
    chart.set_title({"name": title, "name_font": font(package, 11, bold=True), "overlay": False})
    chart.set_legend({"position": "bottom", "font": font(package)})
    _bar_axes(package, chart, axis, "0%" if percent else "", from_zero=from_zero)
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _bar_axes(package: Package, chart: Chart, axis: str, number: str = "", *, from_zero: bool = False) -> None:
    """First category on top, values along the bottom, light grid."""
    chart.set_y_axis(
        {
            "reverse": True,
            "crossing": "max",
            "num_font": font(package),
            "line": {"color": "#808080"},
            "major_tick_mark": "none",
            "label_position": "low",
            "interval_unit": 1,  # every bar has its name
        }
    )
    chart.set_x_axis(
        {
            "name": axis,
            "name_font": font(package, 9, bold=False),
            "num_font": font(package, 8),
            "num_format": number or package.axis_number,
            "major_gridlines": {"visible": True, "line": {"color": "#E3E3E3", "width": 0.75}},
            "line": {"none": True},
            **(FROM_ZERO if from_zero else {}),
        }
    )


def pareto(
    package: Package,
    title: str,
    names: tuple[str, str],
    series: Sequence[tuple[str, list[object], str]],
    categories: list[object],
    cumulative: list[object],
    *,
    from_zero: bool,
) -> Chart:
    """Return columns in their stages' colours, and the cumulative share as a line on its own axis.

    `names` are those of the line and of the categories; `series` (name, values, colour) hold a stage each: a column
    stands in one of them.
    """
    chart = package.workbook.add_chart({"type": "column", "subtype": "stacked"})
    for name, values, colour in series:
        chart.add_series({
            "name": name, "categories": categories, "values": values, "gap": GAP, "fill": {"color": colour},
        })  # fmt: skip
    line = package.workbook.add_chart({"type": "line"})
    line.add_series({
        "name": names[0], "categories": categories, "values": cumulative, "y2_axis": True,
        "line": {"color": "#000000", "width": 1.5},
        "marker": {"type": "circle", "size": 5, "fill": {"color": "#FFFFFF"}, "border": {"color": "#000000"}},
    })  # fmt: skip
    chart.combine(line)
    frame(package, chart, title)
    chart.set_legend({"position": "bottom", "font": font(package)})
    chart.set_x_axis({
        "name": names[1], "name_font": font(package, 9, bold=False), "num_font": font(package, 8),
        **UNDER_BARS,
    })  # fmt: skip
    chart.set_y_axis({**_value_axis(package, "kgCO2e"), **(FROM_ZERO if from_zero else {})})
    line.set_y2_axis({
        "name": names[0], "name_font": font(package, 9, bold=False), "num_font": font(package, 8), "num_format": "0%",
        "major_unit": 0.2,
        "line": {"none": True}, "major_gridlines": {"visible": False}, **(FROM_ZERO | {"max": 1} if from_zero else {}),
    })  # fmt: skip
    return chart


def waterfall(
    package: Package,
    title: str,
    categories: list[object],
    series: Sequence[list[object]],
    colours: Sequence[str],
    number: str,
) -> Chart:
    """Return a waterfall: an invisible base, rises in the stages' colours, falls hatched, each with the sum so far.

    `series` are the ranges of base, rise and fall, of what of these two is below zero, and of the sum.
    """
    base, *steps, summed = series
    chart = package.workbook.add_chart({"type": "column", "subtype": "stacked"})
    nothing = {"fill": {"none": True}, "border": {"none": True}}
    chart.add_series({"categories": categories, "values": base, "gap": 40, **nothing})
    points = [{"fill": {"color": colour}} for colour in colours]
    hatched = {"pattern": "wide_upward_diagonal", "fg_color": "#595959", "bg_color": "#FFFFFF"}
    for up, down in (steps[:2], steps[2:]):  # stacked columns pile up on either side of zero by themselves
        chart.add_series({"categories": categories, "values": up, "points": points})
        chart.add_series({
            "categories": categories, "values": down, "pattern": hatched, "border": {"color": "#595959"},
        })  # fmt: skip
    chart.combine(_cumulative_labels(package, categories, summed, number))
    frame(package, chart, title)
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": font(package), **UNDER_BARS})
    chart.set_y_axis(_value_axis(package, "kgCO2e"))
    return chart


def _cumulative_labels(package: Package, categories: list[object], summed: list[object], number: str) -> Chart:
    """Return an invisible line whose labels say how far the sum has come: on top of a rise, at the foot of a fall.

    Labels that show other cells' values would say the step itself, but not every program knows them.
    """
    line = package.workbook.add_chart({"type": "line"})
    line.add_series({
        "categories": categories, "values": summed, "line": {"none": True}, "marker": {"type": "none"},
        "data_labels": {
            "value": True, "position": "above", "num_format": number, "font": font(package, 8),
            "fill": {"color": "#FFFFFF"},  # a fall is hatched
        },
    })  # fmt: skip
    return line


def frame(package: Package, chart: Chart, title: str) -> None:
    """Give a chart its title and no border."""
    chart.set_title({"name": title, "name_font": font(package, 11, bold=True), "overlay": False})
    chart.set_chartarea({"border": {"none": True}})


def _value_axis(package: Package, name: str) -> dict[str, Any]:
    return {
        "name": name, "name_font": font(package, 9, bold=False), "num_font": font(package, 8),
        "num_format": package.axis_number,
        "major_gridlines": {"visible": True, "line": {"color": "#E3E3E3", "width": 0.75}}, "line": {"none": True},
    }  # fmt: skip


def with_errors(
    package: Package,
    title: str,
    categories: list[object],
    values: list[object],
    errors: tuple[list[object], list[object], list[object]],
    distances: Sequence[tuple[float | None, float | None]],
    colours: Sequence[str],
    *,
    from_zero: bool,
) -> Chart:
    """Return columns with error bars; `errors` are the ranges of the distances down and up, and of the upper ends.

    `distances` are the values of the first two: XlsxWriter looks up those of series alone, and without them nothing
    shows in a program that does not recalculate.
    An invisible line along the upper ends makes the axis reach them: no program's automatic scale does.
    """
    minus, plus = (_range(cells) for cells in errors[:2])
    chart = package.workbook.add_chart({"type": "column"})
    chart.add_series({
        "categories": categories, "values": values, "gap": GAP,
        "points": [{"fill": {"color": colour}} for colour in colours],
        "y_error_bars": {
            "type": "custom", "minus_values": minus, "minus_data": [down for down, _ in distances],
            "plus_values": plus, "plus_data": [up for _, up in distances], "line": {"color": "#404040", "width": 1.25},
        },
    })  # fmt: skip
    ends = package.workbook.add_chart({"type": "line"})
    ends.add_series({
        "categories": categories, "values": errors[2], "line": {"none": True}, "marker": {"type": "none"},
    })  # fmt: skip
    chart.combine(ends)
    frame(package, chart, title)
    chart.set_legend({"none": True})
    chart.set_x_axis({"num_font": font(package), **UNDER_BARS})
    chart.set_y_axis({**_value_axis(package, "kgCO2e"), **(FROM_ZERO if from_zero else {})})
    return chart


def tornado(
    package: Package,
    title: str,
    names: tuple[str, str],
    categories: list[object],
    low: list[object],
    high: list[object],
) -> Chart:
    """Return a tornado: for each input a bar to either side, the widest on top; the lower side is hatched."""
    chart = package.workbook.add_chart({"type": "bar"})
    hatched = {"pattern": "wide_upward_diagonal", "fg_color": "#2E75B6", "bg_color": "#FFFFFF"}
    chart.add_series({
        "name": names[0], "categories": categories, "values": low, "gap": 40, "overlap": 100,
        "pattern": hatched, "border": {"color": "#2E75B6"},
    })  # fmt: skip
    chart.add_series({
        "name": names[1], "categories": categories, "values": high, "fill": {"color": "#C55A11"},
    })  # fmt: skip
    frame(package, chart, title)
    chart.set_legend({"position": "bottom", "font": font(package)})
    _bar_axes(package, chart, "kgCO2e")
    return chart


def histogram(
    package: Package, title: str, axis: str, categories: list[object], values: list[object], number: str
) -> Chart:
    """Return columns without gaps, a bin each; `number` is the format of the bins' middles along the axis."""
    chart = package.workbook.add_chart({"type": "column"})
    chart.add_series({
        "name": axis, "categories": categories, "values": values, "gap": 3, "fill": {"color": package.theme.accent},
    })  # fmt: skip
    frame(package, chart, title)
    chart.set_legend({"none": True})
    chart.set_x_axis({
        "name": "kgCO2e", "name_font": font(package, 9, bold=False), "num_font": font(package, 8), "num_format": number,
        "interval_unit": 5, "interval_tick": 5, "line": {"color": "#808080"}, "major_tick_mark": "outside",
    })  # fmt: skip
    chart.set_y_axis(_value_axis(package, axis))
    return chart


def _range(cells: list[object]) -> str:
    """Return a range as a formula, which error bars want."""
    name, first_row, first_column, last_row, last_column = cells
    corners = (
        f"{_letters(int(str(c)))}${int(str(r)) + 1}" for r, c in ((first_row, first_column), (last_row, last_column))
    )
    start, end = corners
    return f"={quote_sheet(str(name))}!${start}:${end}"


def _letters(column: int) -> str:
    return column_letter(column + 1)
