"""Returned workbooks for tests, made in memory from small tables, laid out as the template is.

`returned` gives a Book whose sheets carry the template's marks; a test changes it as a company might have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.utils.cell import coordinate_from_string

from workbook_engine.grid import Book, Cell, MemorySheet, column_number
from workbook_engine.model import Stage
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.spec.schema import MARK_FIELD, MARK_ROW, MARK_TABLE, Field, Form, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Answers = dict[str, Any]
Cells = dict[int, dict[int, Cell]]

STUDY: Answers = {
    "study.company": "示例电气有限公司",
    "study.address": "浙江省温州市",
    "study.standards": "GB/T 24067-2024",
    "study.period_start": "2025-01-01",
    "study.period_end": "2025-12-31",
    "study.boundary_type": "其他",
    "settings.factor_set": "gbt32151",
    "settings.electricity_series": "电力碳足迹因子",
    "settings.electricity_year": 2024,
    "settings.gwp_set": "IPCC AR6",
}
PRODUCT: Answers = {
    "name": "分支箱", "model": "A1", "unit_kind": "功能单位", "unit": "1 台", "mass_kg": 80, "output": 1000,
    "output_unit": "台",
}  # fmt: skip
LINE: Answers = {
    "item": "生产用电", "flow": "电力", "amount": 100, "unit": "kWh", "basis": "每功能单位", "data_source": "计量仪表",
    "quality": "初级数据",
}  # fmt: skip


def cell(value: object) -> Cell:
    """Return a cell as a reader would: numbers as numbers, text as text, a Cell as it is."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, bool):
        return Cell("bool", value)
    if isinstance(value, int | float):
        return Cell("number", float(value))
    return Cell("text", str(value))


def field_cell(field: Field, value: object) -> Cell:
    """Return the cell of a field: a fraction stands in the template's format %, a number above 1 was pasted over it."""
    made = cell(value)
    is_fraction = "ratio" in field.dimensions and made.kind == "number" and float(made.value or 0) <= 1
    return made._replace(format="%") if is_fraction and not isinstance(value, Cell) else made


def returned(
    tables: Mapping[str, Sequence[Answers]] | None = None,
    fields: Answers | None = None,
    boundary: Mapping[str, str] | None = None,
    products: Sequence[Answers] = (PRODUCT,),
) -> Book:
    """Return the workbook of a company: `tables` by key (only the stages named there are in the boundary).

    `fields` add to or, with the value None, take away from a complete study.
    """
    tables = {"products": products, **(tables or {"production": [LINE]})}
    answers = {key: value for key, value in (STUDY | (fields or {})).items() if value is not None}
    decided = {stage.value: "是" if tables.get(stage.value) else "否" for stage in Stage} | dict(boundary or {})
    sheets = []
    for sheet in COLLECTION.sheets:
        cells: Cells = {1: {2: cell(sheet.title.zh)}, 2: {2: cell(sheet.intro.zh)}}
        row = 4
        for block in sheet.blocks:
            cells[row] = {2: cell(block.title.zh)}
            row = _block(cells, row + 1, block, answers, tables, decided) + 2
        sheets.append(MemorySheet(sheet.title.zh, cells))
    return Book(tuple(sheets))


def _block(
    cells: Cells, row: int, block: Form | Table, answers: Answers,
    tables: Mapping[str, Sequence[Answers]], boundary: Mapping[str, str],
) -> int:  # fmt: skip
    """Lay a block out from `row` on; return its last row."""
    if isinstance(block, Form):
        for row_number, field in enumerate(block.fields, row):
            key = f"{block.key}.{field.key}"
            cells[row_number] = {1: cell(MARK_FIELD + key), 2: cell(field.title.zh), 4: cell(field.help.zh)}
            if key in answers:
                cells[row_number][3] = field_cell(field, answers[key])
        return row + len(block.fields) - 1
    columns = {field.key: column for column, field in enumerate(block.fields, 2)}
    cells[row] = {1: cell(MARK_TABLE + block.key), **{column: cell(key) for key, column in columns.items()}}
    cells[row + 1] = {columns[field.key]: cell(field.title.zh) for field in block.fields}
    if block.fixed_rows:
        rows = [
            {"stage": fixed.title.zh, "included": boundary[fixed.key], "reason": "不涉及"} for fixed in block.fixed_rows
        ]
    else:
        rows = list(tables.get(block.key, ()))
    for number, entries in enumerate(rows, row + 2):
        fields = {field.key: field for field in block.fields}
        cells[number] = {
            columns[key]: field_cell(fields[key], value) for key, value in entries.items() if value is not None
        }
        if block.fixed_rows:
            mark = f"{MARK_ROW}{block.key}.{block.fixed_rows[number - row - 2].key}"
            cells[number] = {1: cell(mark), **cells[number]}
    return row + 1 + len(rows)


def changed(book: Book, sheet: str, address: str, value: object) -> Book:
    """Return the book with one cell changed; the value None clears it."""
    letters, row = coordinate_from_string(address)
    column = column_number(letters)
    sheets = []
    for old in book.sheets:
        rows = {number: dict(cells) for number, cells in old.rows()}
        if old.name == sheet:
            rows.setdefault(row, {})
            rows[row].pop(column, None)
            if value is not None:
                rows[row][column] = cell(value)
            rows[row] = dict(sorted(rows[row].items()))
            rows = dict(sorted(rows.items()))
        sheets.append(MemorySheet(old.name, rows))
    return Book(tuple(sheets), book.names)


def line(**changes: object) -> Answers:
    """Return the answers of a complete line of activity data, with changes; None leaves a cell blank."""
    return {key: value for key, value in (LINE | changes).items() if value is not None}
