"""A consultant's own layout: an ordinary workbook whose defined names say which result goes where.

A name `result_…` on a cell is a placeholder for one figure or text; on a row of cells that hold column keys in braces
({item}, {activity}, …) it is a placeholder for a table, which is written from that row on, in that row's styles and
with its formulas; what stands below moves down (rows.py). The layout's own formulas stay and are computed when it is
opened. openpyxl fills it in; what a layout loses by that is said. A figure in a cell without a number format gets that
of the results.

    result_company  result_address  result_report_no  result_standards  result_period  result_source
    result_P1_name  _model  _unit  _output  _total  _low  _high  _dqr  _primary_share
                                                               (P1, P2 … in the order of the study)
    result_P1_biogenic_removed  _biogenic_emitted  _without_biogenic              (where there is biogenic CO2)
    result_P1_production_kg  _production_share                                    (and so on for each stage)
    result_P1_stages: {stage} {kg_co2e} {share}
    result_P1_lines:  {id} {stage} {item} {flow} {activity} {unit} {factor} {factor_id} {source} {kg_co2e} {share}

With one product `P1_` may be left out. What the study has no figure for is written as "—". The same study and layout
give the same file, byte for byte.
"""

from __future__ import annotations

import io
import zipfile
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from workbook_engine import drawings
from workbook_engine.errors import WriteError
from workbook_engine.findings import told
from workbook_engine.frozen import frozen
from workbook_engine.house.filling import KEY, NOT_A_PLACE, fill, place_of
from workbook_engine.house.values import values_of
from workbook_engine.intake import open_workbook
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from workbook_engine.grid import Book
    from workbook_engine.model import Processed
    from workbook_engine.texts import Language

PREFIX = "result_"
NEARLY = 0.85  # so alike is a name without the beginning to one with it
MOST_LEFT = 10
ESSENTIAL = ("total", "unit")  # a layout that shows neither tells no result

UNKNOWN = Text("{name}：没有这个名称的结果", "{name}: there is no result of that name")
NEAR = Text("；相近的有 {names}", "; near to it: {names}")
MISSING = Text("{name}：版式中没有放置", "{name}: the layout has no place for it")
UNREADABLE = Text(
    "{file}：这个版式无法填写（{error}）；请在 Excel 中另存为新的 .xlsx 后再试",
    "{file}: this layout cannot be filled in ({error}); save it in Excel as a new .xlsx and try again",
)
EMPTY = Text(
    "{file}：这个工作簿不是版式，没有以 result_ 开头的名称（公式→名称管理器），不知道结果填在哪里；见 docs/results.md",
    "{file}: no layout: it has no name that begins with result_ (Formulas, Name Manager), so that nothing says where a "
    "result goes; see docs/results.md",
)
LEFT = Text(
    "{place}：{key} 没有填写，没有以 result_ 开头的名称指向这一行",
    "{place}: {key} was not filled in; no name that begins with result_ points to this row",
)
MORE_LEFT = Text("另有 {count} 处大括号没有填写", "{count} more keys in braces were not filled in")
LOSES = Text("版式含有填写时会丢失的内容：{parts}", "the layout holds what is lost when it is filled in: {parts}")

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can tell: nothing of the clock gets in
_MODIFIED = pattern(rb"(<dcterms:modified[^>]*>)[^<]*")


class LayoutError(WriteError):
    """A layout cannot be filled in."""


@frozen
class Filled:
    """What became of a layout: the names that were filled in, and what is to be said about the others."""

    names: tuple[str, ...]
    remarks: tuple[Text, ...]


def fill_layout(house: Path, done: Processed, target: Path, language: Language) -> Filled:
    """Fill the layout at `house` with the results of a study and save it as `target`.

    Raises LayoutError where the layout cannot be read or filled in, WriteError where the target cannot be written.
    """
    book = check_layout(house)
    values = dict(values_of(done, language))
    workbook = _loaded(house)
    workbook.template = False  # an .xltx becomes an ordinary workbook
    remarks = [*_losses(house, book, workbook), *_nearly(book, values)]
    by_name = {(PREFIX + key).casefold(): key for key in values}
    filled: list[str] = []
    # All are found before anything is written, since tables move what stands below them; and tables go first: a single
    # figure that stands in the way of one is moved before it is written.
    found = [(name, by_name.get(name.casefold()), place_of(workbook, at)) for name, at in _placeholders(book)]
    for name, key, place in sorted(found, key=lambda each: not isinstance(values.get(each[1] or ""), tuple)):
        if key is None:
            remarks.append(_unknown(name, values))
        elif place is None:
            remarks.append(NOT_A_PLACE.filled(name=name))
        else:
            said = fill(workbook, place, key, values[key])
            remarks += [Text(*map(str.format_map, text, ({"name": name},) * 2)) for text in said]
            if NOT_A_PLACE not in said:
                filled.append(PREFIX + key)
    remarks += [MISSING.filled(name=PREFIX + key) for key in _essential(done) if not _is_placed(key, filled)]
    remarks += _left(workbook)
    _save(workbook, target)
    return Filled(tuple(sorted(filled)), tuple(remarks))


def _placeholders(book: Book) -> list[tuple[str, str]]:
    """Return the names of results in a layout, and what they point to. Names of one sheet are as good as any."""
    names = ((name.rpartition("!")[2], str(at)) for name, at in book.names.items())
    return [(name, at) for name, at in names if name.casefold().startswith(PREFIX)]


def _nearly(book: Book, values: Mapping[str, object]) -> Iterator[Text]:
    """Tell of names that were probably meant to be results."""
    known = {PREFIX + key: key for key in values}
    for name in (name.rpartition("!")[2] for name in book.names):
        near = [] if name.casefold().startswith(PREFIX) else get_close_matches(name, known, n=3, cutoff=NEARLY)
        if near:
            yield _with_near(UNKNOWN.filled(name=name), near)


def _left(workbook: Any) -> list[Text]:
    """Tell of keys in braces that no table took: a reader would see them."""
    cells = (cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row)
    left = [cell for cell in cells if KEY.match(str(cell.value))]
    said = [LEFT.filled(place=f"{cell.parent.title}!{cell.coordinate}", key=cell.value) for cell in left[:MOST_LEFT]]
    return [*said, *([MORE_LEFT.filled(count=len(left) - MOST_LEFT)] if len(left) > MOST_LEFT else [])]


def _loaded(house: Path) -> Any:
    """Return openpyxl's workbook. Raises LayoutError where it cannot read what our own reader could."""
    try:
        return drawings.load(house)
    except Exception as error:
        raise LayoutError(UNREADABLE.filled(file=house.name, error=type(error).__name__)) from error


def _losses(house: Path, book: Book, workbook: Any) -> Iterator[Text]:
    """Say what of a layout openpyxl did not take over."""
    if lost := drawings.lost_parts(book.lossy_parts, drawings.lost(drawings.drawn(house), drawings.held(workbook))):
        words = joined(lost)
        yield Text(LOSES.zh.format(parts=words.zh), LOSES.en.format(parts=words.en))


def check_layout(house: Path) -> Book:
    """Return the layout's workbook. Raises LayoutError where it cannot be read, or has no place for any result.

    Some other workbook given by mistake, a returned one say, would be copied beside every result.
    """
    opened = open_workbook(house)
    if opened.book is None:
        raise LayoutError(told(opened.findings, house))
    if not _placeholders(opened.book):
        raise LayoutError(EMPTY.filled(file=house.name))
    return opened.book


def _unknown(name: str, known: Mapping[str, object]) -> Text:
    """Return that there is no such result, with the names that may have been meant."""
    key = name[len(PREFIX) :]
    near = [other for other in known if other.startswith(key) or other.endswith(f"_{key}")] or get_close_matches(
        key, known, n=3, cutoff=0.6
    )
    return _with_near(UNKNOWN.filled(name=name), [PREFIX + other for other in near[:3]])


def _with_near(said: Text, names: list[str]) -> Text:
    if not names:
        return said
    return Text(*(text + more.format(names=them) for text, more, them in zip(said, NEAR, joined(names), strict=True)))


def _save(workbook: Any, target: Path) -> None:
    """Save without the time of day, which openpyxl puts into the properties and on every part."""
    modified = str(workbook.properties.modified or workbook.properties.created).replace(" ", "T")[:19] + "Z"
    written = io.BytesIO()
    drawings.save(workbook, written)
    try:
        with zipfile.ZipFile(written) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                data = old.read(name)
                if name == "docProps/core.xml":
                    data = _MODIFIED.sub(rb"\g<1>" + modified.encode(), data)
                new.writestr(zipfile.ZipInfo(name, EARLIEST), data, zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise WriteError(f"{target}: {error.strerror}") from error


def _essential(done: Processed) -> list[str]:
    products = done.footprint.products if done.footprint else ()
    return [f"{product.product.key}_{key}" for product in products for key in ESSENTIAL]


def _is_placed(key: str, filled: list[str]) -> bool:
    return PREFIX + key in filled or PREFIX + key.partition("_")[2] in filled
