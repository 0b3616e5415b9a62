"""Products, their outputs, and the plants that make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mutation.kinds.registry import typed
from tests.mutation.rawbook import NotApplicableError, RawCell

if TYPE_CHECKING:
    from tests.mutation.case import Case
    from tests.mutation.rawbook import Value


def _needs_output(case: Case) -> bool:
    return case.name.startswith(("T4000402", "T410267-1_plant"))


OUTPUTS: dict[str, object] = {
    "missing": None,
    "zero": 0.0,
    "words": "两千多",
    "pending": "待统计",
    "negative": -5.0,
    "error value": "#VALUE!",
}
for _name, _value in OUTPUTS.items():

    @typed(f"output: {_name}")
    def _(case: Case, value: object = _value) -> None:
        cell = case.product_cell("output")
        case.claim(cell)
        if not _needs_output(case):
            raise NotApplicableError
        cell.value = value  # type: ignore[assignment]
        made = case.tables["plant_products"]
        case.need(cell, *(row.cells.setdefault(made.columns["output"], RawCell()) for row in made.rows[:1]))


@typed("output in 万")
def _(case: Case) -> None:
    cell, unit = case.product_cell("output"), case.product_cell("output_unit")
    case.claim(cell)
    if not isinstance(cell.value, float):
        raise NotApplicableError
    cell.value = cell.value / 1e4
    unit.value = f"万{unit.text}"


@typed("output as text with its unit")
def _(case: Case) -> None:
    cell = case.product_cell("output")
    case.claim(cell)
    if not isinstance(cell.value, float):
        raise NotApplicableError
    cell.value = f"{cell.value:,.0f}{case.product_cell('output_unit').text}"
    case.allow(cell)


@typed("output in another word for pieces")
def _(case: Case) -> None:
    cell = case.product_cell("output_unit")
    case.claim(case.product_cell("output"))
    if cell.text != "台" or case.tables["plant_products"].rows:
        raise NotApplicableError
    cell.value = case.rng.choice(["套", "件", "只"])
    case.allow(cell)
    case.mentioned(cell)


@typed("output of a year, in thousands")
def _(case: Case) -> None:
    cell, unit = case.product_cell("output"), case.product_cell("output_unit")
    case.claim(cell)
    if not isinstance(cell.value, float) or unit.text != "台":
        raise NotApplicableError
    cell.value, unit.value = cell.value / 1e3, case.rng.choice(["千台", "千台/年"])
    case.allow(cell, unit)


@typed("output by mass of a product that is counted")
def _(case: Case) -> None:
    cell = case.product_cell("output_unit")
    case.claim(case.product_cell("output"))
    if not _needs_output(case) or not cell.text:
        raise NotApplicableError
    cell.value = "t"
    case.need(cell)


@typed("total below what plants make")
def _(case: Case) -> None:
    table = case.tables["plant_products"]
    outputs = [row.cells[table.columns["output"]].value for row in table.rows if table.columns["output"] in row.cells]
    if not outputs or not all(isinstance(output, float) for output in outputs):
        raise NotApplicableError
    for row in table.rows:
        case.claim(row)
    key = case.rng.choice(["product", "plant"])
    total: dict[str, Value] = {key: case.rng.choice(["合计", "总计", "小计：", "Total"]), "output": sum(outputs)}  # type: ignore[arg-type]
    row = case.add_row(table, total)
    table.rows.remove(row)
    case.allow(row)
    case.mentioned(row)


@typed("total below the products")
def _(case: Case) -> None:
    table = case.tables["products"]
    outputs = [row.cells[table.columns["output"]].value for row in table.rows if table.columns["output"] in row.cells]
    case.claim(case.product_cell("output"))
    case.claim(table.header)  # an example would stand in the same row
    if not outputs or not all(isinstance(output, float) for output in outputs):
        raise NotApplicableError
    row = case.add_row(table, {"name": "合计", "output": sum(outputs)})  # type: ignore[arg-type]
    table.rows.remove(row)
    case.allow(row)
    case.mentioned(row)


@typed("example left among the products")
def _(case: Case) -> None:
    table = case.tables["products"]
    case.claim(table.header)
    row = case.add_row(table, {"name": "示例：高压开关柜", "model": "KYN28", "unit": "1 台", "output": 10.0})
    table.rows.remove(row)
    case.need(row)


@typed("output of one plant of several blank")
def _(case: Case) -> None:
    table = case.tables["plant_products"]
    if len({row.text(table.columns["plant"]) for row in table.rows}) < 2:
        raise NotApplicableError
    for row in table.rows:
        case.claim(row)
    cell = table.rows[-1].put(table.columns["output"], None)
    case.need(cell)
    case.spoil(lambda line: bool(line.text("plant")))


@typed("output differs between sheets")
def _(case: Case) -> None:
    table = case.tables["plant_products"]
    if not table.rows:
        raise NotApplicableError
    case.claim(case.product_cell("output"))
    case.claim(table.rows[0])
    other = table.rows[0].put(table.columns["output"], 2300.0)
    case.need(case.product_cell("output"), other)
    case.spoil(lambda line: bool(line.text("plant")))


@typed("product's unit of output unknown")
def _(case: Case) -> None:
    cell = case.product_cell("output_unit")
    case.claim(case.product_cell("output"))
    if cell.is_blank:
        raise NotApplicableError
    cell.value = "箩筐"
    case.need(cell)


@typed("no product")
def _(case: Case) -> None:
    case.claim(case.product_cell("output"))
    case.claim(case.product_cell("mass_kg"))
    for row in case.tables["plant_products"].rows[:1]:
        case.claim(row)  # without a product nobody looks at what plants make
    for row in case.tables["products"].rows:
        for cell in row.cells.values():
            cell.value = None
    case.need(case.tables["products"].header)


def _made(case: Case, key: str) -> RawCell:
    """Return a cell of the first product that a plant makes; its output is then stated there too."""
    made = case.tables["plant_products"]
    if not made.rows:
        raise NotApplicableError
    case.claim(made.rows[0])
    output = made.rows[0].cells.setdefault(made.columns["output"], RawCell())
    if output.is_blank:
        output.value = case.product_cell("output").value
    return made.rows[0].cells.setdefault(made.columns[key], RawCell())


@typed("plant's product misspelt")
def _(case: Case) -> None:
    cell = _made(case, "product")
    cell.value = case.misspelt(cell.text)
    case.need(cell)
    case.spoil(lambda line: bool(line.text("plant")))


@typed("plant's product by another name")
def _(case: Case) -> None:
    cell = _made(case, "product")
    cell.value = "高压柜"
    rows = case.tables["plant_products"].rows  # that none of them is the study's is told at the first
    case.need(cell, _made_output(case), case.product_cell("output"), case.product_cell("name"), *rows)
    case.spoil(lambda line: bool(line.text("plant")))


def _made_output(case: Case) -> RawCell:
    made = case.tables["plant_products"]
    return made.rows[0].cells[made.columns["output"]]


@typed("plant misspelt in the list of its products")
def _(case: Case) -> None:
    cell = _made(case, "plant")
    cell.value = case.misspelt(cell.text)
    case.allow(cell)


@typed("plant named between two of them")
def _(case: Case) -> None:
    line = case.pick(lambda line: line.text("plant").endswith("一厂"))
    case.need(line.type("plant", "乐清二厂"))


@typed("plant unknown in a line")
def _(case: Case) -> None:
    line = case.pick(lambda line: bool(line.text("plant")))
    case.need(line.type("plant", "长沙工厂"))


@typed("plant misspelt in a line")
def _(case: Case) -> None:
    line = case.pick(lambda line: bool(line.text("plant")))
    case.allow(line.type("plant", case.misspelt(line.text("plant"))))


@typed("weight missing")
def _(case: Case) -> None:
    table = case.tables["plants"]
    weight = _made(case, "weight")
    weight.value = None
    table.rows[0].put(table.columns["allocation_basis"], "质量")
    case.need(weight)
    case.spoil(lambda line: bool(line.text("plant")))
