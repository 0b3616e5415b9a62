"""A consultant's own layout: an ordinary workbook whose defined names say which result goes where.

A name `result_…` on a cell is a placeholder for one figure or text; on a row of cells that hold column keys in braces
({item}, {activity}, …) it is a placeholder for a table, which is written from that row on, in that row's styles. The
layout's own formulas stay and are computed when it is opened. openpyxl fills it in: it keeps charts, and pictures where
Pillow is installed, but no shapes, pictures in headers or controls; what a layout loses is said. A figure in a cell
without a number format gets that of the results.

    result_company  result_report_no  result_standards  result_period  result_source
    result_P1_name  _model  _unit  _total  _low  _high  _dqr  _primary_share      (P1, P2 … in the order of the study)
    result_P1_production_kg  _production_share                                    (and so on for each stage)
    result_P1_stages: {stage} {kg_co2e} {share}
    result_P1_lines:  {id} {stage} {item} {flow} {activity} {unit} {factor} {factor_id} {source} {kg_co2e} {share}

With one product `P1_` may be left out. What the study has no figure for is written as "—". The same study and layout
give the same file, byte for byte.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from workbook_engine import drawings
from workbook_engine.errors import WriteError
from workbook_engine.findings import told
from workbook_engine.frozen import frozen
from workbook_engine.intake import open_workbook
from workbook_engine.patterns import pattern
from workbook_engine.texts import Text, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from workbook_engine.grid import Book
    from workbook_engine.model import Processed, ProductAssessment, ProductFootprint
    from workbook_engine.texts import Language

PREFIX = "result_"
DASH = "—"  # what is not known is no number
ESSENTIAL = ("total", "unit")  # a layout that shows neither tells no result
_KEY = pattern(r"^\s*\{(\w+)\}\s*$")

UNKNOWN = Text("{name}：没有这个名称的结果", "{name}: there is no result of that name")
NEAR = Text("；相近的有 {names}", "; near to it: {names}")
NO_COLUMN = Text("{name}：表格没有 {{{key}}} 这一列", "{name}: the table has no column {{{key}}}")
MISSING = Text("{name}：版式中没有放置", "{name}: the layout has no place for it")
NOT_A_PLACE = Text("{name}：不是一个单元格或一行", "{name}: is not a cell or a row of cells")
NO_ROOM = Text(
    "{place}：表格从第 {row} 行起需要 {count} 行，这里已有内容",
    "{place}: the table needs {count} rows from row {row} on",
)
UNREADABLE = Text(
    "{file}：这个版式无法填写（{error}）；请在 Excel 中另存为新的 .xlsx 后再试",
    "{file}: this layout cannot be filled in ({error}); save it in Excel as a new .xlsx and try again",
)
LOSES = Text("版式含有填写时会丢失的内容：{parts}", "the layout holds what is lost when it is filled in: {parts}")
AMOUNT, SHARE, RATING = "#,##0.0000", "0.00%", "0.00"  # as the results show them
NUMBER_FORMATS = {"total": AMOUNT, "low": AMOUNT, "high": AMOUNT, "kg": AMOUNT, "kg_co2e": AMOUNT, "activity": AMOUNT,
                  "share": SHARE, "dqr": RATING}  # fmt: skip
GENERAL = "General"

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP file can tell: nothing of the clock gets in
_MODIFIED = pattern(rb"(<dcterms:modified[^>]*>)[^<]*")

Table = tuple["Mapping[str, object]", ...]


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
    values = dict(_values(done, language))
    workbook = _loaded(house)
    names = {name: str(target) for name, target in book.names.items() if name.startswith(PREFIX)}
    remarks = list(_losses(house, book, workbook))
    filled: list[str] = []
    unknown = {
        name: _unknown_columns(workbook, at, values.get(name.removeprefix(PREFIX))) for name, at in names.items()
    }
    # Tables first: a single figure that stands in the way of one is found before it is overwritten.
    for name in sorted(names, key=lambda name: not isinstance(values.get(name.removeprefix(PREFIX)), tuple)):
        key = name.removeprefix(PREFIX)
        if key not in values:
            remarks.append(_unknown(name, values))
        elif _fill(workbook, names[name], key, values[key]):
            filled.append(name)
            remarks += [NO_COLUMN.filled(name=name, key=column) for column in unknown.get(name, ())]
        else:
            remarks.append(NOT_A_PLACE.filled(name=name))
    remarks += [MISSING.filled(name=PREFIX + key) for key in _essential(done) if not _is_placed(key, filled)]
    _save(workbook, target)
    return Filled(tuple(sorted(filled)), tuple(remarks))


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
    """Return the layout's workbook. Raises LayoutError where it cannot be read."""
    opened = open_workbook(house)
    if opened.book is None:
        raise LayoutError(told(opened.findings, house))
    return opened.book


def _unknown(name: str, known: Mapping[str, object]) -> Text:
    """Return that there is no such result, with the names that may have been meant."""
    key = name.removeprefix(PREFIX)
    near = [other for other in known if other.startswith(key)] or get_close_matches(key, known, n=3, cutoff=0.6)
    said = UNKNOWN.filled(name=name)
    if not near:
        return said
    names = [PREFIX + other for other in near[:3]]
    listed = Text("、".join(names), ", ".join(names))
    return Text(*(f"{text}{more.format(names=them)}" for text, more, them in zip(said, NEAR, listed, strict=True)))


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


# --- the results by name ----------------------------------------------------------------------------------------------


def _values(done: Processed, language: Language) -> Iterator[tuple[str, object]]:
    if done.inventory is None or done.footprint is None:
        return
    study = done.inventory.study
    yield "company", study.company
    yield "report_no", study.report_no
    yield "standards", study.standards
    yield "period", f"{study.period_start or DASH} – {study.period_end or DASH}"
    yield "source", done.file
    assessed = done.assessment.products if done.assessment else (None,) * len(done.footprint.products)
    for product, assessment in zip(done.footprint.products, assessed, strict=True):
        for key, value in _product(product, assessment, language):
            yield f"{product.product.key}_{key}", value
            if len(done.footprint.products) == 1:
                yield key, value


def _product(
    product: ProductFootprint, assessment: ProductAssessment | None, language: Language
) -> Iterator[tuple[str, object]]:
    interval = assessment.interval if assessment else None
    yield "name", product.product.name
    yield "model", product.product.model
    yield "unit", product.product.unit
    yield "total", product.cfp_kg_co2e
    yield "low", interval.low if interval else None
    yield "high", interval.high if interval else None
    yield "dqr", assessment.dqr if assessment else None
    yield "primary_share", assessment.primary_share if assessment else None
    for stage in product.stages:
        yield f"{stage.stage.value}_kg", stage.kg_co2e
        yield f"{stage.stage.value}_share", stage.share
    yield (
        "stages",
        tuple(
            {"stage": stage.stage.title.to(language), "kg_co2e": stage.kg_co2e, "share": stage.share}
            for stage in product.stages
        ),
    )
    yield "lines", _lines(product, language)


def _lines(product: ProductFootprint, language: Language) -> Table:
    return tuple(
        {
            "id": result.line.id,
            "stage": stage.stage.title.to(language),
            "item": result.line.item,
            "flow": result.line.flow.name.to(language) if result.line.flow else result.line.flow_typed,
            "activity": result.activity,
            "unit": result.line.flow.unit if result.line.flow and result.activity is not None else "",
            "factor": result.line.factor.value if result.line.factor else None,
            "factor_id": result.line.factor.id if result.line.factor else "",
            "source": result.line.factor.source if result.line.factor else "",
            "kg_co2e": result.kg_co2e,
            "share": result.share,
        }
        for stage in product.stages
        for result in stage.lines
    )


# --- into the layout --------------------------------------------------------------------------------------------------


def _place(workbook: Any, target: str) -> tuple[Any, Any] | None:
    """Return the sheet and the cells that a name points to; None where that is no cell or row of a sheet."""
    sheet_name, _, place = target.rpartition("!")
    name = sheet_name.strip("'").replace("''", "'")
    if name not in workbook.sheetnames or not re.fullmatch(r"\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?", place):
        return None
    return workbook[name], workbook[name][place.replace("$", "")]


def _unknown_columns(workbook: Any, target: str, value: object) -> list[str]:
    """Return the keys in braces that a table has no column of."""
    found = _place(workbook, target)
    if found is None or not isinstance(value, tuple) or not value or not isinstance(found[1], tuple):
        return []
    keys = (_KEY.match(str(cell.value)) for cell in found[1][0])
    return [key[1] for key in keys if key and key[1] not in value[0]]


def _fill(workbook: Any, target: str, key: str, value: object) -> bool:
    """Write a value, called `key`, to where a name points; False where that is no cell or row of a sheet."""
    found = _place(workbook, target)
    if found is None:
        return False
    sheet, cells = found
    if isinstance(value, tuple):
        rows = cells if isinstance(cells, tuple) else ((cells,),)
        return len(rows) == 1 and _fill_table(sheet, list(rows[0]), value)
    if isinstance(cells, tuple):
        return False
    _write(cells, key, value)
    return True


def _fill_table(sheet: Any, header: list[Any], rows: Table) -> bool:
    keys = [_KEY.match(str(cell.value)) for cell in header]
    if not any(keys):
        return False
    first = header[0].row
    _hold_room(sheet, header, len(rows))
    for offset, row in enumerate(rows):
        for cell, key in zip(header, keys, strict=True):
            target = sheet.cell(first + offset, cell.column)
            if offset:
                target._style = copy.copy(cell._style)  # noqa: SLF001 - openpyxl's documented way to copy a style
            if key:
                _write(target, key[1], row.get(key[1]))
    if not rows:
        for cell in header:
            cell.value = None
    return True


def _hold_room(sheet: Any, header: list[Any], count: int) -> None:
    """Refuse where something stands in the rows that the table needs: moving it would break formulas."""
    first, columns = header[0].row, [cell.column for cell in header]
    for row in range(first + 1, first + count):
        for column in columns:
            if sheet.cell(row, column).value is not None:
                place = f"{sheet.title}!{sheet.cell(row, column).coordinate}"
                raise LayoutError(NO_ROOM.filled(place=place, row=first, count=count))


def _write(cell: Any, key: str, value: object) -> None:
    """Write a number as a number, anything else as text, whatever it begins with."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.value = value
        if cell.number_format == GENERAL:
            cell.number_format = NUMBER_FORMATS.get(key) or NUMBER_FORMATS.get(key.rpartition("_")[2], GENERAL)
        return
    text = DASH if value is None else re.sub("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]", " ", str(value))[:32_767]
    cell.value = text
    cell.data_type = "s"
