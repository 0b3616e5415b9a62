"""What companies do to the sheets themselves: each function moves, renames, hides or loses something.

These come after everything that is typed, so they look for rows and columns where they stand now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.rawbook import NotApplicableError, RawCell, RawRow, RawSheet
from workbook_engine.spec.collection import COLLECTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Table

LAYOUT: dict[str, Callable[[Case], None]] = {}
STAGE_TABLES = ("raw_material_acquisition", "raw_material_transport", "production", "distribution", "end_of_life")


def layout(name: str) -> Callable[[Callable[[Case], None]], Callable[[Case], None]]:
    def register(function: Callable[[Case], None]) -> Callable[[Case], None]:
        assert name not in LAYOUT, name
        LAYOUT[name] = function
        return function

    return register


def stage_table(case: Case) -> Table:
    """Choose a stage's table whose sheet no other layout change has taken."""
    free = [case.tables[key] for key in STAGE_TABLES if id(case.tables[key].sheet) not in case.touched]
    if not free:
        raise NotApplicableError
    table = case.rng.choice(free)
    case.claim(table.sheet)
    return table


def any_sheet(case: Case) -> RawSheet:
    free = [sheet for sheet in case.book.sheets[1:10] if id(sheet) not in case.touched]
    if not free:
        raise NotApplicableError
    sheet = case.rng.choice(free)
    case.claim(sheet)
    return sheet


def at(table: Table, row: RawRow) -> int:
    return table.sheet.number_of(row)


def column_of(table: Table, key: str) -> int:
    """Return the column of a field where it stands now."""
    for column, cell in table.keys.cells.items():
        if cell.text == key:
            return column
    raise NotApplicableError


def lines_of(table: Table) -> list[RawRow]:
    return [row for row in table.rows if row in table.sheet.rows.values()]


def heading(table: Table, key: str) -> RawCell:
    column = column_of(table, key)
    if column not in table.header.cells or not table.header.cells[column].text:
        raise NotApplicableError
    return table.header.cells[column]


def bare(text: str) -> str:
    """Return a heading without the star of a required field."""
    return text.lstrip("＊* ")


# --- rows and columns -------------------------------------------------------------------------------------------------


@layout("rows inserted above everything")
def _(case: Case) -> None:
    case.book.insert_rows(any_sheet(case), 1, case.rng.randint(1, 4))


@layout("title row added")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    case.book.insert_rows(sheet, 1, 2)
    cell = sheet.row(1).put(2, "杭州某某有限公司产品碳足迹数据（内部资料）")
    case.allow(cell)


@layout("a row inserted between headings and data")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_rows(table.sheet, at(table, table.header) + 1)


@layout("a row inserted between keys and headings")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_rows(table.sheet, at(table, table.header))


@layout("a title typed between keys and headings")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_rows(table.sheet, at(table, table.header))
    case.allow(table.sheet.row(at(table, table.header) - 1).put(2, "2025年度数据"))


@layout("blank rows inserted between the lines")
def _(case: Case) -> None:
    table = stage_table(case)
    for row in lines_of(table):
        case.book.insert_rows(table.sheet, at(table, row), case.rng.randint(0, 2))


@layout("rows inserted between the blocks of the first sheet")
def _(case: Case) -> None:
    table = case.tables[case.rng.choice(["boundary", "products"])]
    case.claim(table.sheet)
    case.book.insert_rows(table.sheet, at(table, table.keys) - 2, 3)


@layout("rows above the table deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, 1, at(table, table.keys) - 1)


@layout("row of what is wanted deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, at(table, table.keys) - 1)


@layout("column inserted before everything")
def _(case: Case) -> None:
    case.book.insert_columns(any_sheet(case), 1, case.rng.randint(1, 2))


@layout("column inserted after the marks")
def _(case: Case) -> None:
    case.book.insert_columns(any_sheet(case), 2)


@layout("column of row numbers inserted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_columns(table.sheet, 2)
    table.header.put(2, "序号")
    for number, row in enumerate(lines_of(table), 1):
        row.put(2, float(number))


@layout("row numbers typed into the hidden column")
def _(case: Case) -> None:
    table = stage_table(case)
    for number, row in enumerate(lines_of(table), 1):
        case.allow(row.put(1, float(number)))


@layout("column inserted inside the table")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.insert_columns(table.sheet, column_of(table, case.rng.choice(["amount", "unit", "basis", "flow"])))


@layout("column of one's own inserted and filled")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "amount")
    case.book.insert_columns(table.sheet, column)
    cells = [table.header.put(column, "供应商名称")]
    cells += [row.put(column, "乐清某厂") for row in lines_of(table)]
    case.allow(*cells)


@layout("column inserted between label and value of a form")
def _(case: Case) -> None:
    sheet = case.fields["study.company"][0]
    case.claim(sheet)
    case.book.insert_columns(sheet, 3)


@layout("column of remarks deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_columns(table.sheet, column_of(table, "remark"))


@layout("columns nobody must fill in deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    for key in ("remark", "quality", "data_source"):
        case.book.delete_columns(table.sheet, column_of(table, key))


@layout("column of the basis deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_columns(table.sheet, column_of(table, "basis"))
    case.need(table.header, *lines_of(table))
    case.lost.append(table.sheet)


@layout("column of the unit deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_columns(table.sheet, column_of(table, "unit"))
    case.need(table.header, *lines_of(table))
    case.lost.append(table.sheet)


@layout("column of amounts deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_columns(table.sheet, column_of(table, "amount"))
    case.need(table.header, *lines_of(table))
    case.lost.append(table.sheet)


@layout("columns swapped")
def _(case: Case) -> None:
    table = stage_table(case)
    first, second = (column_of(table, key) for key in case.rng.sample(["item", "flow", "amount", "unit", "basis"], 2))
    last = max(column for row in table.sheet.rows.values() for column in row.cells)
    case.book.move_columns(table.sheet, {n: {first: second, second: first}.get(n, n) for n in range(1, last + 50)})


@layout("a column moved to the far right")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, case.rng.choice(["amount", "unit", "basis", "flow"]))
    last = max(column for row in table.sheet.rows.values() for column in row.cells)
    case.book.move_columns(table.sheet, {n: last + 3 if n == column else n for n in range(1, last + 3)})


@layout("headings and data swapped, keys left")
def _(case: Case) -> None:
    table = stage_table(case)
    first, second = column_of(table, "flow"), column_of(table, "basis")
    for row in (table.header, *lines_of(table)):
        a, b = row.cells.get(first, RawCell()), row.cells.get(second, RawCell())
        row.cells[first], row.cells[second] = b, a
    case.need(table.header)


@layout("data swapped, headings left")
def _(case: Case) -> None:
    table = stage_table(case)
    first, second = column_of(table, "amount"), column_of(table, "unit")
    rows = lines_of(table)
    for row in rows:
        a, b = row.cells.get(first, RawCell()), row.cells.get(second, RawCell())
        row.cells[first], row.cells[second] = b, a
    case.need(*rows)


@layout("a column copied beside itself, other amounts typed in")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "amount")
    case.book.insert_columns(table.sheet, column + 1)
    for row in (table.keys, table.header):
        row.put(column + 1, row.cells[column].value)
    rows = lines_of(table)
    for row in rows:
        row.put(column + 1, 77.0)
    case.need(*rows, table.header, table.keys)


@layout("a column copied beside itself and left empty")
def _(case: Case) -> None:
    table = stage_table(case)
    column = column_of(table, "amount")
    case.book.insert_columns(table.sheet, column + 1)
    for row in (table.keys, table.header):
        row.put(column + 1, row.cells[column].value)


# --- hidden, filtered, sorted -----------------------------------------------------------------------------------------


@layout("rows hidden")
def _(case: Case) -> None:
    table = stage_table(case)
    for row in lines_of(table)[-1:]:
        row.attributes["hidden"] = "1"


@layout("rows filtered away")
def _(case: Case) -> None:
    table = stage_table(case)
    for row in lines_of(table):
        row.attributes["hidden"] = case.rng.choice(["true", "1"])


@layout("columns hidden")
def _(case: Case) -> None:
    table = stage_table(case)
    for key in ("data_source", "basis"):
        table.sheet.columns[column_of(table, key)] = {"hidden": "1", "width": "0"}


@layout("everything shown")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    for row in sheet.rows.values():
        row.attributes.pop("hidden", None)
    for attributes in sheet.columns.values():
        attributes.pop("hidden", None)


@layout("sheet hidden")
def _(case: Case) -> None:
    any_sheet(case).state = case.rng.choice(["hidden", "veryHidden"])


@layout("lines sorted")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = lines_of(table)
    numbers = [at(table, row) for row in rows]
    shuffled = numbers[:]
    case.rng.shuffle(shuffled)
    moves = dict(zip(numbers, shuffled, strict=True))
    table.sheet.move(rows={n: moves.get(n, n) for n in range(1, max(table.sheet.rows) + 50)})


@layout("sorted with the headings and keys")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = [table.keys, table.header, *lines_of(table)]
    numbers = sorted(at(table, row) for row in rows)
    moves = dict(zip(numbers, numbers[::-1], strict=True))
    table.sheet.move(rows={n: moves.get(n, n) for n in range(1, max(table.sheet.rows) + 50)})
    case.allow(*rows, table.sheet)


@layout("sorted without the column of marks")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = [table.keys, table.header, *lines_of(table)]
    rows.sort(key=lambda row: at(table, row))
    marks = [row.cells.pop(1, None) for row in rows]
    numbers = [at(table, row) for row in rows]
    moves = dict(zip(numbers, numbers[::-1], strict=True))
    table.sheet.move(rows={n: moves.get(n, n) for n in range(1, max(table.sheet.rows) + 50)})
    for number, mark in zip(numbers, marks, strict=True):
        if mark is not None:
            table.sheet.rows[number].cells[1] = mark
    case.allow(*rows, table.sheet)


def _boundary_rows(case: Case) -> list[RawRow]:
    table = case.tables["boundary"]
    case.claim(table.sheet)
    return sorted(case.boundary.values(), key=lambda row: at(table, row))


@layout("boundary sorted with its marks")
def _(case: Case) -> None:
    sheet = case.tables["boundary"].sheet
    rows = _boundary_rows(case)
    numbers = [sheet.number_of(row) for row in rows]
    moves = dict(zip(numbers, numbers[::-1], strict=True))
    sheet.move(rows={n: moves.get(n, n) for n in range(1, max(sheet.rows) + 50)})


@layout("boundary sorted without its marks")
def _(case: Case) -> None:
    rows = _boundary_rows(case)
    contents = [{c: cell for c, cell in row.cells.items() if c > 1} for row in rows]
    for row, content in zip(rows, reversed(contents), strict=True):
        row.cells = {1: row.cells[1], **content}
    case.allow(*rows)


@layout("a row of the boundary deleted")
def _(case: Case) -> None:
    rows = _boundary_rows(case)
    stage = case.rng.choice(sorted(case.boundary))
    table = case.tables["boundary"]
    case.book.delete_rows(table.sheet, at(table, case.boundary[stage]))
    if stage in case.stages:
        case.need(table.header, table.keys, *rows, table.sheet)


# --- sheets -----------------------------------------------------------------------------------------------------------


@layout("sheet renamed")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    case.book.rename(sheet, case.rng.choice(["Sheet3", "数据(2025年)", "表三", "生產階段 ", "O'Brien & Co", "2025"]))


@layout("all sheets renamed")
def _(case: Case) -> None:
    for number, sheet in enumerate(case.book.sheets, 1):
        case.book.rename(sheet, f"Sheet{number}")


@layout("sheets in another order")
def _(case: Case) -> None:
    case.rng.shuffle(case.book.sheets)


@layout("sheet copied")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    case.book.copy_sheet(sheet, f"{sheet.name} (2)")


@layout("sheet copied, then an amount changed in the copy")
def _(case: Case) -> None:
    table = stage_table(case)
    twin = case.book.copy_sheet(table.sheet, f"{table.sheet.name} (2)")
    column = column_of(table, "amount")
    number = next((at(table, row) for row in lines_of(table) if column in row.cells), None)
    if number is None:
        raise NotApplicableError
    twin.rows[number].put(column, 4711.0)
    case.need(twin.rows[at(table, table.header)], twin.rows[at(table, table.keys)], twin.rows[number], twin)


@layout("sheet copied before it was filled in")
def _(case: Case) -> None:
    table = stage_table(case)
    twin = case.book.copy_sheet(table.sheet, f"{table.sheet.name} (2)")
    for row in lines_of(table):
        for cell in twin.rows[at(table, row)].cells.values():
            cell.value = cell.formula = None
    if case.rng.random() < 0.5:
        case.book.sheets.remove(twin)
        case.book.sheets.insert(0, twin)


@layout("sheets moved into another workbook")
def _(case: Case) -> None:
    book = case.book
    book.names = []
    keep = [sheet for sheet in book.sheets if sheet.state == "visible"]
    for sheet in [sheet for sheet in book.sheets if sheet not in keep]:
        book.sheets.remove(sheet)
    diary = book.add_sheet("生产日报")
    diary.row(1).put(1, "日期")
    diary.row(2).put(1, "2025-03-01")
    diary.row(2).put(2, 88.0)
    book.sheets.insert(0, book.sheets.pop())


@layout("sheet of instructions deleted")
def _(case: Case) -> None:
    sheet = case.book.sheets[0]
    case.claim(sheet)
    case.book.remove_sheet(next(s for s in case.book.sheets if s.name in ("填写说明", "Instructions")))


@layout("hidden sheets deleted")
def _(case: Case) -> None:
    for sheet in [
        sheet
        for sheet in case.book.sheets
        if sheet.state != "visible" and sheet.name in ("列表", "检查", "Lists", "Checks")
    ]:
        case.book.remove_sheet(sheet)


@layout("a stage's sheet deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    if table.key not in case.stages:
        raise NotApplicableError
    case.book.remove_sheet(table.sheet)
    case.need(case.boundary[table.key])


@layout("two tables on one sheet, with their marks")
def _(case: Case) -> None:
    lower = stage_table(case)
    upper = stage_table(case)
    _append(upper.sheet, lower.sheet, upper.sheet.last_row + 3)
    case.book.remove_sheet(lower.sheet)


@layout("two tables on one sheet, without the marks of the lower")
def _(case: Case) -> None:
    lower = stage_table(case)
    upper = stage_table(case)
    for cell in [cell for _, column, cell in lower.sheet.cells() if column == 1]:
        cell.value = None
    case.book.delete_rows(lower.sheet, at(lower, lower.keys))
    _append(upper.sheet, lower.sheet, upper.sheet.last_row + 3)
    case.book.remove_sheet(lower.sheet)
    case.allow(lower.header, *lower.rows, upper.sheet, *(case.boundary[k] for k in (lower.key,) if k in case.boundary))


def _append(sheet: RawSheet, other: RawSheet, start: int) -> None:
    for number in sorted(other.rows):
        if number <= other.last_row:
            sheet.rows[start + number] = other.rows[number]


@layout("headings repeated in the middle of the table")
def _(case: Case) -> None:
    table = stage_table(case)
    last = max((at(table, row) for row in lines_of(table)), default=at(table, table.header))
    below = table.sheet.row(last + 1)
    for column, cell in table.header.cells.items():
        below.put(column, cell.value)


# --- marks and names --------------------------------------------------------------------------------------------------


@layout("names lost")
def _(case: Case) -> None:
    case.book.names = []


@layout("names turned to #REF!")
def _(case: Case) -> None:
    case.book.names = [(a, "#REF!") for a, _ in case.book.names]


@layout("names left behind when rows moved")
def _(case: Case) -> None:
    any_sheet(case).move(rows={n: n + 2 for n in range(1, 3000)})


@layout("marks of a sheet cleared")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    for _, column, cell in sheet.cells():
        if column == 1:
            cell.value = None


@layout("column of marks deleted")
def _(case: Case) -> None:
    case.book.delete_columns(any_sheet(case), 1)


@layout("all marks deleted, names kept")
def _(case: Case) -> None:
    for sheet in case.book.sheets:
        if sheet.state == "visible":
            case.claim(sheet)
            case.book.delete_columns(sheet, 1)


@layout("all marks and names lost")
def _(case: Case) -> None:
    _lose_marks(case)
    case.book.names = []


@layout("marks, keys and names lost")
def _(case: Case) -> None:
    for table in case.tables.values():
        case.book.delete_rows(table.sheet, at(table, table.keys))
    _lose_marks(case)
    case.book.names = []


def _lose_marks(case: Case) -> None:
    for sheet in [sheet for sheet in case.book.sheets if sheet.state != "visible"]:
        case.book.remove_sheet(sheet)
    for sheet in case.book.sheets:
        case.claim(sheet)
        for _, column, cell in sheet.cells():
            if column == 1:
                cell.value = None


@layout("key row deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, at(table, table.keys))


@layout("key row of the products deleted")
def _(case: Case) -> None:
    table = case.tables[case.rng.choice(["products", "boundary"])]
    case.claim(table.sheet)
    case.book.delete_rows(table.sheet, at(table, table.keys))


@layout("heading row deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    case.book.delete_rows(table.sheet, at(table, table.header))


@layout("heading row cleared")
def _(case: Case) -> None:
    table = stage_table(case)
    for cell in table.header.cells.values():
        cell.value = None


@layout("keys and headings deleted")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = lines_of(table)
    case.book.delete_rows(table.sheet, at(table, table.keys), 2)
    if table.key in case.stages:
        case.need(*rows, table.sheet, case.boundary[table.key])
    case.lost.append(table.sheet)


@layout("a mark typed over")
def _(case: Case) -> None:
    table = stage_table(case)
    table.keys.put(1, case.rng.choice(["1", "x", "wbe:table:nonsense", "wbe:"]))


@layout("a mark's text typed into a remark")
def _(case: Case) -> None:
    table = stage_table(case)
    rows = lines_of(table)
    if not rows:
        raise NotApplicableError
    cell = rows[0].put(column_of(table, "remark"), case.rng.choice(["wbe:aside:x", "wbe:results:x", "wbe:table:use"]))
    case.allow(cell)


# --- headings ---------------------------------------------------------------------------------------------------------


def _retype(
    heading_of: Callable[[str, str], str], keys: tuple[str, ...] = ("flow", "amount", "unit", "basis", "item")
) -> Callable[[Case], None]:
    def mutate(case: Case) -> None:
        table = stage_table(case)
        for key in keys:
            cell = heading(table, key)
            cell.value = heading_of(cell.text, _other_language(cell.text, table.key))
            case.allow(cell)

    return mutate


_TRADITIONAL = str.maketrans("数单据径类气体燃运输产废与", "數單據徑類氣體燃運輸產廢與")
_WIDE = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
RETYPED: dict[str, Callable[[str, str], str]] = {  # of the heading, and of it in the other language
    "with spaces": lambda text, _: " ".join(text),
    "with a line break": lambda text, _: f"{text[:2]}\n{text[2:]}",
    "with brackets": lambda text, _: f"{text}（必填）",
    "in brackets": lambda text, _: f"【{bare(text)}】",
    "full-width": lambda text, _: text.translate(_WIDE),
    "traditional": lambda text, _: text.translate(_TRADITIONAL),
    "with a colon": lambda text, _: f"{bare(text)}：",
    "without the star": lambda text, _: bare(text),
    "in two languages": lambda text, other: f"{bare(text)} / {other}",
    "in two languages, on two lines": lambda text, other: f"{bare(text)}\n{other}",
    "with the year": lambda text, _: f"{bare(text)}（2025年）",
}  # fmt: skip


def _other_language(text: str, table: str) -> str:
    titles = {field.title.zh: field.title.en for field in COLLECTION.table(table).fields}
    return {**titles, **{en: zh for zh, en in titles.items()}}[bare(text)]


for _name, _function in RETYPED.items():
    layout(f"headings {_name}")(_retype(_function))


@layout("headings in the other language")
def _(case: Case) -> None:
    table = stage_table(case)
    for column, cell in table.header.cells.items():
        if column > 1 and cell.text:
            cell.value = _other_language(cell.text, table.key)


@layout("heading misspelt")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "basis")
    cell.value = cell.text.replace("数据", "数剧").replace("Basis", "Bassis")
    case.allow(cell)


@layout("heading of amounts with the right unit")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    cell.value = f"{bare(cell.text)}（{unit}）"
    case.allow(cell)


@layout("heading of amounts with another unit")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    other = {"kWh": "万kWh", "kg": "t", "m³": "万m³"}[unit]
    cell.value = f"{bare(cell.text)}（{other}）"
    case.need(cell, *lines_of(table))


@layout("unit in the heading, its column empty")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    cell.value = f"{bare(cell.text)}（{unit}）"
    case.allow(cell)
    for row in lines_of(table):
        case.allow(row.put(column_of(table, "unit"), None))


def _table_of_one_unit(case: Case) -> tuple[Table, str]:
    free = [
        table for key in STAGE_TABLES if id((table := case.tables[key]).sheet) not in case.touched
        and len(units := {row.text(column_of(table, "unit")) for row in lines_of(table)}) == 1
        and units <= {"kWh", "kg", "m³"} and not any(id(row) in case.touched for row in table.rows)
    ]  # fmt: skip
    if not free:
        raise NotApplicableError
    table = case.rng.choice(free)
    case.claim(table.sheet)
    return table, lines_of(table)[0].text(column_of(table, "unit"))


@layout("heading of amounts turned into money")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "amount")
    cell.value = case.rng.choice(["金额（元）", "金额", "单价", "折标煤（tce）"])
    case.need(cell, *lines_of(table))


@layout("heading of the mass per product with another unit")
def _(case: Case) -> None:
    table = case.tables["products"]
    case.claim(table.sheet)
    cell = heading(table, "mass_kg")
    cell.value = "单位产品质量（t）"
    case.allow(cell)


@layout("a form's label retyped")
def _(case: Case) -> None:
    sheet, row = case.fields["study.period_start"]
    case.claim(sheet)
    cell = row.cells[2]
    cell.value = case.rng.choice(["统计周期 开始：", "統計週期開始", "开始日期", "统计周期（开始）", "数据从哪天起"])
    case.allow(cell)


# --- merged cells -----------------------------------------------------------------------------------------------------


def _rows_for_merging(case: Case) -> tuple[Table, list[RawRow]]:
    """Give a table three rows of one flow, unit and basis, one below the other."""
    free = [
        line for line in case.lines
        if id(line.row) not in case.touched and id(line.table.sheet) not in case.touched and len(line.table.rows) == 1
    ]  # fmt: skip
    if not free:
        raise NotApplicableError
    line = case.rng.choice(free)
    case.claim(line.table.sheet)
    case.claim(line.row)
    columns = {key: column_of(line.table, key) for key in line.table.columns if _has(line.table, key)}
    if columns != line.table.columns:
        raise NotApplicableError
    return line.table, [each.row for each in case.split(line, 2)]


def _has(table: Table, key: str) -> bool:
    return any(cell.text == key for cell in table.keys.cells.values())


def _merge_down(case: Case, keys: tuple[str, ...]) -> tuple[Table, list[RawRow]]:
    table, rows = _rows_for_merging(case)
    first, last = at(table, rows[0]), at(table, rows[-1])
    for key in keys:
        column = column_of(table, key)
        table.sheet.merges.append((first, column, last, column))
        for row in rows[1:]:
            row.put(column, None)
    return table, rows


@layout("cells of the same words merged downwards")
def _(case: Case) -> None:
    keys = tuple(case.rng.sample(["flow", "unit", "basis", "data_source", "quality"], case.rng.randint(1, 5)))
    _, rows = _merge_down(case, keys)
    case.allow(*rows)


@layout("amounts merged downwards")
def _(case: Case) -> None:
    _, rows = _merge_down(case, ("amount",))
    case.need(*rows)


@layout("values left under a merged area")
def _(case: Case) -> None:
    table, rows = _rows_for_merging(case)
    column = column_of(table, "amount")
    table.sheet.merges.append((at(table, rows[0]), column, at(table, rows[-1]), column))
    case.need(*rows)


@layout("item and product merged across")
def _(case: Case) -> None:
    table, rows = _rows_for_merging(case)
    for row in rows:
        number = at(table, row)
        table.sheet.merges.append((number, column_of(table, "item"), number, column_of(table, "product")))
        row.put(column_of(table, "product"), None)
    case.allow(*rows)


@layout("each line over two merged rows")
def _(case: Case) -> None:
    table, rows = _rows_for_merging(case)
    for row in reversed(rows):
        number = at(table, row)
        case.book.insert_rows(table.sheet, number + 1)
        table.sheet.merges += [(number, column, number + 1, column) for column in table.columns.values()]
    case.allow(*rows)


@layout("headings merged across two columns")
def _(case: Case) -> None:
    table = stage_table(case)
    number, column = at(table, table.header), column_of(table, "amount")
    if column_of(table, "unit") != column + 1:
        raise NotApplicableError
    table.sheet.merges.append((number, column, number, column + 1))
    table.header.put(column + 1, None)
    case.allow(table.header)


@layout("title merged across the sheet")
def _(case: Case) -> None:
    sheet = any_sheet(case)
    sheet.merges.append((1, 2, 1, 9))


# --- versions ---------------------------------------------------------------------------------------------------------


@layout("the previous version of the template")
def _(case: Case) -> None:
    """Fewer columns, some of the old headings, no row of what is wanted, another version number."""
    for key in STAGE_TABLES:
        table = case.tables[key]
        case.claim(table.sheet)
        for field in ("quality", "product"):
            if _has(table, field):
                case.book.delete_columns(table.sheet, column_of(table, field))
        heading(table, "basis").value = "统计口径"
        case.book.delete_rows(table.sheet, at(table, table.keys) - 1)
    sheet = next(
        (s for s in case.book.sheets if s.rows and any("template.version" in r.text(1) for r in s.rows.values())), None
    )
    if sheet is None:
        raise NotApplicableError
    for row in sheet.rows.values():
        if "template.version" in row.text(1):
            row.put(2, "0.9")


@layout("a template newer than this program")
def _(case: Case) -> None:
    for sheet in case.book.sheets:
        for row in sheet.rows.values():
            if "template.version" in row.text(1):
                case.allow(row.put(2, "7.0"))
