"""分摊: outputs of the products, how each plant's totals are divided, and the control that nothing is lost.

Of a plant's total T, product k gets T × wₖOₖ / Σ wᵢOᵢ, a piece of it T × wₖ / Σ wᵢOᵢ (GB/T 24067-2024, ISO 14067:2018
6.4.6: the allocated amounts add up to the whole again).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.results.columns import AllocationColumns as At
from workbook_engine.results.package import DASH, called, shown
from workbook_engine.results.paging import Block, Headed, paginate, table
from workbook_engine.results.sheets import (
    Column,
    amount_format,
    difference_formula,
    open_sheet,
    quantity_code,
    share_format,
    source_link,
    write_header,
    write_section,
    write_texts,
)
from workbook_engine.results.words import allocation_title, bracketed, product_title, unit_title
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ActivityLine, Plant, PlantProduct, Product, Quantity
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout, PlantBlock
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("分摊：产量、权重与全厂总量的分配", "Allocation: outputs, weights and how plant totals are divided")
OUTPUTS: Final = Text("产品产量（统计周期内）", "Output of the products in the reference period")
PLANT: Final = Text("{plant}：按{basis}分摊", "{plant}: allocation by {basis}")
CONTROL: Final = Text("控制：分摊量之和 = 全厂总量", "Control: what was allocated adds up to the plant's total")
OUTSIDE: Final = Text("不在核算范围内", "Outside this study")
IN_STUDY: Final = Text("本次核算", "In this study")
SUM: Final = Text("合计", "Sum")
NO_PLANT_TOTALS: Final = Text("没有按全厂总量填写的数据。", "No data were given as plant totals.")

OUTPUT_COLUMNS: Final = {
    At.NAME: Column(Text("产品", "Product"), 30),
    At.DETAIL: Column(Text("功能/声明单位", "Functional or declared unit"), 18),
    At.OUTPUT: Column(Text("产量", "Output"), 16),
    At.UNIT: Column(Text("单位", "Unit"), 10),
    At.WEIGHT: Column(Text("来源单元格", "Source cell"), 18),
}
PLANT_COLUMNS: Final = {
    At.NAME: Column(Text("产品", "Product"), 30),
    At.DETAIL: Column(Text("范围", "Scope"), 18),
    At.OUTPUT: Column(Text("产量 O", "Output O"), 16),
    At.UNIT: Column(Text("单位", "Unit"), 10),
    At.WEIGHT: Column(Text("权重 w", "Weight w"), 18),
    At.WEIGHTED: Column(Text("w × O", "w × O"), 16),
    At.SHARE: Column(Text("占全厂比例 wO/ΣwO", "Share of the plant wO/ΣwO"), 16),
    At.PER_PIECE: Column(Text("每件系数 w/ΣwO", "Per piece w/ΣwO"), 16),
    At.SOURCE: Column(Text("来源单元格", "Source cell"), 18),
}
CONTROL_COLUMNS: Final = {
    At.NAME: Column(Text("数据行", "Line"), 30),
    At.DETAIL: Column(Text("工厂", "Plant"), 18),
    At.OUTPUT: Column(Text("全厂总量", "Plant total"), 16),
    At.UNIT: Column(Text("单位", "Unit"), 10),
    At.WEIGHT: Column(Text("Σ（每件 × 产量）", "Σ (per piece × output)"), 18),
    At.WEIGHTED: Column(Text("差", "Difference"), 16),
}


def write_allocation(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    page = open_sheet(package, job, layout, "allocation", TITLE)
    page.widths({column: spec.width for column, spec in PLANT_COLUMNS.items()})
    _write_outputs(page, job, layout)
    for plant in job.inventory.plants:
        _write_plant(page, job, layout, plant)
    _write_controls(page, job, layout)
    page.sheet.freeze_panes(2, 0)
    first, last = layout.control_row + 2, layout.control_row + 1 + len(layout.controls)
    plants = [table(block.title, block.first, block.total) for block in layout.plants.values()]
    outputs = table(4, 6, 5 + len(layout.outputs))
    controls = table(layout.control_row, first, last) if layout.controls else Block(layout.control_row, first)
    paginate(page, [outputs, *plants, controls], (At.NAME, At.SOURCE), Headed(first - 1, last))


def _write_outputs(page: Page, job: ResultsJob, layout: Layout) -> None:
    write_section(page, 4, OUTPUTS.to(layout.language), (At.NAME, At.WEIGHT))
    write_header(page, OUTPUT_COLUMNS, layout.language, 5)
    for product in job.inventory.products:
        row = layout.outputs[product.key]
        write_texts(page, row, [(At.NAME, product_title(product)), (At.DETAIL, product.unit)])
        if product.output is None:
            page.text(row, At.OUTPUT, DASH, "dash")
            page.text(row, At.UNIT, "", "centre")
            page.text(row, At.WEIGHT, "")
        else:
            _quantity(page, layout, row, At.OUTPUT, product.output)
            page.text(row, At.UNIT, shown(product.output.unit), "centre")
            source_link(page, layout, row, At.WEIGHT, product.output.where)


def _quantity(page: Page, layout: Layout, row: int, column: int, quantity: Quantity) -> None:
    """Write a number that was read: by reference to the company's cell, or as typed where that holds text."""
    formula = layout.raw.quantity(quantity)
    if formula:
        page.formula(row, column, formula, quantity.value, "number", quantity_code(quantity.value))
    else:
        page.number(row, column, quantity.value, "input")


def _write_plant(page: Page, job: ResultsJob, layout: Layout, plant: Plant) -> None:
    block = layout.plants[plant.key]
    basis = allocation_title(plant.allocation_basis, layout.language) or DASH
    title = PLANT.to(layout.language).format(plant=plant.name, basis=basis.lower())
    title = shown(title + bracketed(plant.justification, layout.language))
    write_section(page, block.title, title, (At.NAME, At.SOURCE))
    page.landmark("allocation", block.title, At.NAME)
    write_header(page, PLANT_COLUMNS, layout.language, block.header)
    for index, made in enumerate(plant.products):
        _write_made(page, job, layout, plant, block, block.first + index, made)
    _write_sum(page, job, layout, plant, block)


def _write_made(
    page: Page, job: ResultsJob, layout: Layout, plant: Plant, block: PlantBlock, row: int, made: PlantProduct
) -> None:
    weight = made.weight.value if made.weight else 1.0
    whole = plant.weighted_output
    scope = IN_STUDY if made.product else OUTSIDE
    write_texts(page, row, [(At.NAME, made.name), (At.DETAIL, scope.to(layout.language))])
    _plant_output(page, layout, row, made, job.inventory.products)
    page.text(row, At.UNIT, shown(made.output.unit), "centre")
    if made.weight:
        _quantity(page, layout, row, At.WEIGHT, made.weight)
    else:
        page.number(row, At.WEIGHT, 1, "input")
    own = f"{address(row, At.OUTPUT)}*{address(row, At.WEIGHT)}"
    page.formula(
        row, At.WEIGHTED, own, made.output.value * weight, "number", quantity_code(made.output.value * weight, 4)
    )
    total = address(block.total, At.WEIGHTED)
    share = made.output.value * weight / whole if whole else None
    page.figure(row, At.SHARE, f"{address(row, At.WEIGHTED)}/{total}", share, "number", share_format(job))
    page.figure(row, At.PER_PIECE, f"{address(row, At.WEIGHT)}/{total}", weight / whole if whole else None)
    source_link(page, layout, row, At.SOURCE, made.output.where)


def _plant_output(page: Page, layout: Layout, row: int, made: PlantProduct, products: tuple[Product, ...]) -> None:
    """Write a product's output at a plant; where it is the product's own output, by reference to that."""
    product = next((p for p in products if p.key == made.product), None)
    if product and product.output == made.output:
        formula = address(layout.outputs[product.key], At.OUTPUT)
        page.formula(row, At.OUTPUT, formula, made.output.value, "number", quantity_code(made.output.value))
    else:
        _quantity(page, layout, row, At.OUTPUT, made.output)


def _write_sum(page: Page, job: ResultsJob, layout: Layout, plant: Plant, block: PlantBlock) -> None:
    row, last = block.total, block.total - 1
    page.text(row, At.NAME, SUM.to(layout.language), "total")
    for column in range(At.DETAIL, At.SOURCE + 1):
        cells = f"SUM({address(block.first, column)}:{address(last, column)})"
        if column == At.WEIGHTED and plant.products:
            page.formula(
                row, column, cells, plant.weighted_output, "total_number", quantity_code(plant.weighted_output, 4)
            )
        elif column == At.SHARE and plant.weighted_output:
            page.formula(row, column, cells, 1.0, "total_number", share_format(job))
        else:
            page.blank(row, column, "total")


def _write_controls(page: Page, job: ResultsJob, layout: Layout) -> None:
    row = layout.control_row
    write_section(page, row, CONTROL.to(layout.language), (At.NAME, At.WEIGHTED))
    if not layout.controls:
        page.text(row + 1, At.NAME, NO_PLANT_TOTALS.to(layout.language), "note")
        return
    write_header(page, CONTROL_COLUMNS, layout.language, row + 1)
    for offset, line in enumerate(layout.controls, start=2):
        _write_control(page, job, layout, row + offset, line)


def _write_control(page: Page, job: ResultsJob, layout: Layout, row: int, line: ActivityLine) -> None:
    plant = next(p for p in job.inventory.plants if p.key == line.plant)
    block = layout.plants[plant.key]
    total = line.reference_amount or 0.0
    write_texts(page, row, [(At.NAME, f"{line.id}  {called(line.item)}"), (At.DETAIL, plant.name)])
    whole = layout.at("normalization", layout.first_rows[line.id], layout.columns.reference_amount)
    page.formula(row, At.OUTPUT, whole, total, "number", amount_format(job))
    page.text(row, At.UNIT, unit_title(line.flow.unit, layout.language) if line.flow else "", "centre")
    pieces, outputs = (
        f"{address(block.first, column)}:{address(block.total - 1, column)}" for column in (At.PER_PIECE, At.OUTPUT)
    )
    allocated = f"SUMPRODUCT({pieces},{outputs})*{address(row, At.OUTPUT)}"
    page.formula(row, At.WEIGHT, allocated, total, "number", amount_format(job))
    difference = difference_formula(address(row, At.WEIGHT), address(row, At.OUTPUT))
    page.formula(row, At.WEIGHTED, difference, 0.0, "number", amount_format(job))
