"""Headings and labels retyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import moved
from tests.mutation.kinds.tools import STAGE_TABLES, bare, column_of, heading, lines_of, stage_table
from tests.mutation.rawbook import NotApplicableError
from tests.traditional import FORMS, traditional
from workbook_engine.spec.collection import COLLECTION

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mutation.case import Case, Table


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


_WIDE = {n: n + 0xFEE0 for n in range(0x21, 0x7F)}
RETYPED: dict[str, Callable[[str, str], str]] = {  # of the heading, and of it in the other language
    "with spaces": lambda text, _: " ".join(text),
    "with a line break": lambda text, _: f"{text[:2]}\n{text[2:]}",
    "with brackets": lambda text, _: f"{text}（必填）",
    "in brackets": lambda text, _: f"【{bare(text)}】",
    "full-width": lambda text, _: text.translate(_WIDE),
    "traditional": lambda text, _: traditional(text),
    "with a colon": lambda text, _: f"{bare(text)}：",
    "without the star": lambda text, _: bare(text),
    "in two languages": lambda text, other: f"{bare(text)} / {other}",
    "in two languages, on two lines": lambda text, other: f"{bare(text)}\n{other}",
    "with the year": lambda text, _: f"{bare(text)}（2025年）",
}  # fmt: skip


def _other_language(text: str, table: str) -> str:
    titles = {field.title.zh: field.title.en for field in COLLECTION.table(table).fields}
    both = {**titles, **{en: zh for zh, en in titles.items()}}
    if bare(text) not in both:
        raise NotApplicableError  # a heading of an older template
    return both[bare(text)]


for _name, _function in RETYPED.items():
    moved(f"headings {_name}")(_retype(_function))


@moved("headings in the other language")
def _(case: Case) -> None:
    table = stage_table(case)
    for column, cell in table.header.cells.items():
        if column > 1 and cell.text:
            cell.value = _other_language(cell.text, table.key)


@moved("heading misspelt")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "basis")
    cell.value = cell.text.replace("数据", "数剧").replace("Basis", "Bassis")
    case.allow(cell)


@moved("heading of the flow misspelt")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "flow")
    cell.value = (
        cell.text.replace("燃料", "燃枓")
        .replace("材料", "材枓")
        .replace("nergy", "nergie")
        .replace("aterial", "aterail")
    )
    case.allow(cell)


@moved("heading of the products misspelt")
def _(case: Case) -> None:
    table = case.tables["products"]
    case.claim(table.sheet)
    cell = heading(table, "name")
    cell.value = cell.text.replace("名称", "名稱呼").replace("name", "nmae")
    case.allow(cell)


@moved("heading of amounts beyond recognition")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "amount")
    cell.value = case.rng.choice(["abc", "见下", "2025"])
    case.need(cell, *lines_of(table))


@moved("heading of amounts with the right unit")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    cell.value = f"{bare(cell.text)}（{unit}）"
    case.allow(cell)


@moved("heading of amounts with another unit")
def _(case: Case) -> None:
    table, unit = _table_of_one_unit(case)
    cell = heading(table, "amount")
    other = {"kWh": "万kWh", "kg": "t", "m³": "万m³"}[unit]
    cell.value = f"{bare(cell.text)}（{other}）"
    case.need(cell, *lines_of(table))


@moved("unit in the heading, its column empty")
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


@moved("heading of amounts turned into money")
def _(case: Case) -> None:
    table = stage_table(case)
    cell = heading(table, "amount")
    cell.value = case.rng.choice(["金额（元）", "金额", "单价", "折标煤（tce）"])
    case.need(cell, *lines_of(table))


@moved("heading of the mass per product with another unit")
def _(case: Case) -> None:
    table = case.tables["products"]
    case.claim(table.sheet)
    cell = heading(table, "mass_kg")
    cell.value = "单位产品质量（t）"
    case.allow(cell)


@moved("a form's label retyped")
def _(case: Case) -> None:
    sheet, row = case.fields["study.period_start"]
    case.claim(sheet)
    cell = row.cells[2]
    cell.value = case.rng.choice(["统计周期 开始：", "統計週期開始", "开始日期", "统计周期（开始）", "数据从哪天起"])
    case.allow(cell)


@moved("the whole workbook in traditional characters")
def _(case: Case) -> None:
    form = case.rng.choice(FORMS)
    for sheet in case.book.sheets:
        if sheet.state == "visible":
            case.claim(sheet)
            sheet.name = traditional(sheet.name, form)
            for _, _, cell in sheet.cells():
                if cell.formula is None and not cell.text.startswith("wbe:"):
                    cell.value = traditional(cell.text, form) if cell.text else cell.value
    case.book.names = []
