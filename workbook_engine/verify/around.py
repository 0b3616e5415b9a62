"""What stands around the cells of a results workbook, held against what the program writes there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbook_engine.grid import Area, address, column_number
from workbook_engine.patterns import pattern
from workbook_engine.verify.cells import TOLERANCE, distance, shown
from workbook_engine.verify.result import AROUND, About, Check, Difference, Remark, What
from workbook_engine.verify.surroundings import HARMLESS_PARTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from workbook_engine.verify.cells import Look, Place
    from workbook_engine.verify.surroundings import Cache, Surroundings, Thing

EXACT = 6  # decimals: with fewer a figure is one that is shown
NOT_KNOWN = "—"  # a cell that says that a figure is not known; charts keep nothing, or 0, of it
OF_CHARTS = frozenset({What.CHART, What.CHART_TEXT, What.CHART_DATA, What.CHART_SCALE, What.CHART_POINT})
LOST_IN_SAVING = frozenset({What.PROPERTY, What.TIP})  # by LibreOffice, or openpyxl
_RANGE = pattern(r"(?:'((?:[^']|'')+)'|([^'!]+))!([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")


def compare_around(
    stored: Surroundings,
    expected: Surroundings,
    look: Look,
    named: Collection[Place],
    apart: Collection[str],
) -> tuple[Check, list[Remark]]:
    """Compare them. `look` tells what the workbook's cells hold; what charts keep of those `named` already follows.

    Of sheets that are `apart`, since they are gone or moved, and of what refers to them, it was told already.
    """
    remarks = list(_beside(stored, expected))
    skipped: frozenset[What] = frozenset()
    if _charts(expected) and not _charts(stored):
        remarks, skipped = [*remarks, Remark(About.CHARTS_GONE)], OF_CHARTS
    found = [*_things(stored, expected, apart, skipped), *_styles(stored, expected, look, apart)]
    found += _points(stored.caches, look, named, apart)
    return Check(AROUND, "", 0.0, tuple(_together(found))), remarks


def _beside(stored: Surroundings, expected: Surroundings) -> Iterator[Remark]:
    """Say what the file has that changes no figure: a logo, which no workbook can tell again, and foreign parts."""
    more = [thing for thing in stored.things if thing not in expected.things]
    for thing in more:
        if thing.what is What.LOGO:
            yield Remark(About.LOGO, thing.sheet)
    if parts := sorted(thing.where for thing in more if thing.what is What.PART and thing.where in HARMLESS_PARTS):
        yield Remark(About.PARTS_ADDED, "", ", ".join(parts))


def _charts(of: Surroundings) -> int:
    return sum(thing.what is What.CHART for thing in of.things)


def _things(
    stored: Surroundings, expected: Surroundings, apart: Collection[str], skipped: Collection[What]
) -> Iterator[Difference]:
    mentioned = tuple(f"{sheet}!".upper() for sheet in apart)
    for thing in {**expected.things, **stored.things}:
        there, wanted = stored.things.get(thing, ""), expected.things.get(thing, "")
        if there == wanted or thing.what in skipped or thing.sheet in apart or _is_fine(thing, there, wanted):
            continue
        if any(name in text for name in mentioned for text in (there, wanted)):
            continue
        yield Difference(thing.sheet, thing.where, there, wanted, what=thing.what)


def _is_fine(thing: Thing, there: str, wanted: str) -> bool:
    """Tell whether it is told apart, a name of somebody's own, which no formula of ours uses, or lost in saving."""
    is_brought = thing.what is What.LOGO or (thing.what is What.PART and thing.where in HARMLESS_PARTS)
    return is_brought or (thing.what is What.NAME and not wanted) or (thing.what in LOST_IN_SAVING and not there)


def _styles(stored: Surroundings, expected: Surroundings, look: Look, apart: Collection[str]) -> Iterator[Difference]:
    differing = {
        (sheet, row, column): (now, style)
        for sheet, rows in expected.styles.items()
        if sheet not in apart
        for row, styles in rows.items()
        if (there := stored.styles.get(sheet, {}).get(row, ())) is not styles and there != styles
        for column, style in styles
        if (now := dict(there).get(column)) is not None and now != style
    }
    values = look(differing)
    for place, (now, style) in differing.items():
        if values.get(place) in (None, ""):
            continue
        sheet, cell = place[0], address(*place[1:])
        if now.is_seen != style.is_seen:
            seen, unseen = "seen", "not seen"
            found = (seen, unseen) if now.is_seen else (unseen, seen)
            yield Difference(sheet, cell, *found, what=What.UNSEEN)
        elif now.manner != style.manner:
            yield Difference(sheet, cell, now.manner, style.manner, what=What.UNSEEN)
        else:
            yield Difference(sheet, cell, now.format, style.format, what=What.FORMAT)


def _points(
    caches: Iterable[Cache], look: Look, named: Collection[Place], apart: Collection[str]
) -> Iterator[Difference]:
    """Yield the points that charts keep and that are not what their cells hold."""
    shown_by = [(cache, places) for cache in caches if cache.points and (places := _cells_of(cache.formula, apart))]
    values = look(place for _, places in shown_by for place in places)
    for cache, places in shown_by:
        for number, place in enumerate(places):
            point = cache.points.get(number, "")
            if not _is_same(point, values.get(place)):
                follows = place in named
                stored = f"{place[0]}!{address(*place[1:])} {point}"
                expected = shown(values.get(place))
                yield Difference(cache.sheet, str(cache.chart), stored, expected, follows, What.CHART_POINT)


def _cells_of(reference: str, apart: Collection[str]) -> list[Place]:
    """Return the cells of a reference; none where its sheet is apart."""
    found = _RANGE.fullmatch(reference.replace("$", ""))
    sheet = ((found[1] or "").replace("''", "'") or found[2]) if found else ""
    if not found or sheet in apart:
        return []
    return [(sheet, *place) for place in _places(_area(found[3], found[4], found[5], found[6]))]


def _area(first: str, top: str, last: str | None, bottom: str | None) -> Area:
    return Area(int(top), column_number(first), int(bottom or top), column_number(last or first))


def _places(area: Area) -> Iterator[tuple[int, int]]:
    for row in range(area.first_row, area.last_row + 1):
        for column in range(area.first_column, area.last_column + 1):
            yield row, column


def _is_same(point: str, value: object) -> bool:
    """Tell whether a point is its cell's value. LibreOffice keeps the numbers beside an axis as they are shown."""
    if isinstance(value, int | float):
        try:
            figure = float(shown_figure := point.replace(",", "").strip())
        except ValueError:
            return False
        digits = len(shown_figure.partition(".")[2])
        return distance(figure, value) <= TOLERANCE or (0 < digits < EXACT and round(value, digits) == figure)
    return point == str(value or "") or (point in ("", "0") and value in (NOT_KNOWN, None, ""))


def _together(found: Iterable[Difference]) -> Iterator[Difference]:
    """Yield as one what is the same of many cells of a sheet: the first of them, and how many more there are."""
    same: dict[Difference, list[Difference]] = {}
    for difference in found:
        same.setdefault(replace(difference, cell=""), []).append(difference)
    for first, *others in same.values():
        yield replace(first, more=len(others))
