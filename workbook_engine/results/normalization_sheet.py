"""归一化: each line's way from the company's own cell to the activity per functional or declared unit, left to right.

amount (from the company's cell) × conversion steps = amount in the flow's reference unit;
× coefficient (1, 1/output, or the allocation's share/output) = activity per unit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.model import Basis, Operation
from workbook_engine.results.columns import AllocationColumns
from workbook_engine.results.package import DASH, SMALL, called, fitting_code, shown
from workbook_engine.results.raw import literal
from workbook_engine.results.sheets import (
    Column,
    Table,
    freeze,
    open_table,
    source_link,
    write_texts,
)
from workbook_engine.results.study import results_of
from workbook_engine.results.words import (
    SEMICOLON,
    basis_title,
    bracketed,
    capitalised,
    reason,
    short_title,
    unit_title,
)
from workbook_engine.results.writer import Writer
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ActivityLine, LineResult, Product, Step
    from workbook_engine.results.columns import NormalizationColumns
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language

TITLE: Final = Text(
    "归一化：从原始数据到单位产品活动数据", "Normalization: from the data as given to activity per unit"
)
HINT: Final = Text(
    "底色为浅黄的是读取或设定的数，可直接修改；其余为公式。重新提交时以原始数据表为准。",
    "Light yellow: numbers as read or set, can be changed; the rest are formulas. When handed in again the company's "
    "own sheets count.",
)
READ_AS: Final = Text("原单元格为文本“{typed}”，读作 {value}", "the cell holds the text “{typed}”, read as {value}")
SUM_OF: Final = Text(
    "{count} 个月之和，月度变异系数 {spread}", "sum of {count} months, coefficient of variation {spread}"
)
OF_WHAT: Final = Text("，", ", ")  # "÷ 0.95, 1 − loss rate": a second figure would read on from the first
STEP: Final = Text("换算 {}", "Step {}")
NO_OUTPUT: Final = Text("缺产量或分摊数据", "output or allocation missing")


def write_normalization(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    title = (TITLE.to(layout.language), HINT.to(layout.language))
    table = Table(columns_of(layout.columns), layout.columns.ITEM, layout.columns.unused)
    page = open_table(package, job, layout, "normalization", title, table)
    writer = _Lines(page, job, layout)
    row = 0
    for product, result in results_of(job):
        row = layout.lines[product.product.key][result.line.id]
        writer.write(row, product.product, result)
    freeze(page, layout.columns.ITEM, row, layout.columns.note)


def columns_of(at: NormalizationColumns) -> dict[int, Column]:
    """Return the columns of the sheet, with as many for steps as the study needs."""
    columns = {
        at.ID: Column(Text("编号", "Line"), 9),
        at.PRODUCT: Column(Text("产品", "Product"), 20),
        at.STAGE: Column(Text("阶段", "Stage"), 13),
        at.ITEM: Column(Text("项目", "Item"), 22),
        at.SOURCE: Column(Text("来源单元格", "Source cell"), 18),
        at.AMOUNT: Column(Text("读取的数量", "Amount as read"), 15),
        at.UNIT: Column(Text("单位", "Unit"), 9),
        at.combined: Column(Text("换算系数（合计）", "Conversion in all"), 13),
        at.step_text: Column(Text("换算说明", "Conversion steps"), 26),
        at.reference_amount: Column(Text("换算后数量", "Amount converted"), 16),
        at.reference_unit: Column(Text("单位", "Unit"), 8),
        at.basis: Column(Text("数据口径", "Basis"), 16),
        at.coefficient: Column(Text("每单位产品系数", "Coefficient per unit"), 14),
        at.activity: Column(Text("单位产品活动数据", "Activity per unit"), 15),
        at.note: Column(Text("说明", "Note"), 30),
    }
    for index in range(at.steps):
        columns[at.FIRST_STEP + index] = Column(Text(STEP.zh.format(index + 1), STEP.en.format(index + 1)), 11)
    return columns


class _Lines(Writer):
    """Writes the rows. A line of several products is read once: its later rows refer to the first."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout) -> None:
        super().__init__(page, job, layout)
        self.at = layout.columns
        self.factors = _coefficients(job, layout)

    def write(self, row: int, product: Product, result: LineResult) -> None:
        line, page, at = result.line, self.page, self.at
        write_texts(
            page,
            row,
            [
                (at.ID, line.id),
                (at.PRODUCT, short_title(self.job, product)),
                (at.STAGE, line.stage.title.to(self.language)),
                (at.ITEM, called(line.item)),
            ],
        )
        source_link(page, self.layout, row, at.SOURCE, line.amounts[0].where if line.amounts else line.where)
        self._amount(row, line)
        page.text(row, at.UNIT, shown(line.unit), "centre")
        self._steps(row, line)
        page.text(row, at.step_text, step_text(line, self.language))
        self._reference_amount(row, line)
        unit = unit_title(line.flow.unit, self.language) if line.flow and not line.blocked else ""
        page.text(row, at.reference_unit, unit, "centre")
        page.text(row, at.basis, basis_title(line.basis, self.language))
        self._coefficient(row, product, result)
        formula = f"{address(row, at.reference_amount)}*{address(row, at.coefficient)}"
        page.figure(row, at.activity, formula, result.activity, "number", self.amounts)
        page.text(row, at.note, self._note(result))

    def _first(self, row: int, line: ActivityLine, column: int) -> str | None:
        first = self.layout.first_rows[line.id]
        return None if first == row else address(first, column)

    def _amount(self, row: int, line: ActivityLine) -> None:
        column = self.at.AMOUNT
        if line.amount is None:
            self.page.text(row, column, DASH, "dash")
            return
        formula = self._first(row, line, column) or amount_formula(line, self.layout)
        # What a company typed in tonnes may be less than the decimals show: 0.0000 would say that it typed nothing.
        number = fitting_code(line.amount) if 0 < abs(line.amount) < SMALL else self.amounts
        if formula:
            self.page.formula(row, column, formula, line.amount, "number", number)
        else:
            self.page.number(row, column, line.amount, "input", number)

    def _steps(self, row: int, line: ActivityLine) -> None:
        for index in range(self.at.steps):
            column = self.at.FIRST_STEP + index
            if index >= len(line.steps):
                self.page.blank(row, column)
                continue
            step = line.steps[index]
            formula = self._first(row, line, column) or self.layout.raw.step(step)
            if formula:
                self.page.formula(row, column, formula, step.operand, "number")
            else:
                self.page.number(row, column, step.operand, "input")
        if line.steps:
            self.page.formula(row, self.at.combined, self._product_of_steps(row, line), _combined(line), "number")
        else:
            self.page.blank(row, self.at.combined)

    def _product_of_steps(self, row: int, line: ActivityLine) -> str:
        formula = "1"
        for index, step in enumerate(line.steps):
            sign = "*" if step.operation is Operation.MULTIPLY else "/"
            formula += sign + address(row, self.at.FIRST_STEP + index)
        return formula.removeprefix("1*")

    def _reference_amount(self, row: int, line: ActivityLine) -> None:
        formula = address(row, self.at.AMOUNT)
        if line.steps:
            formula += f"*{address(row, self.at.combined)}"
        self.page.figure(row, self.at.reference_amount, formula, line.reference_amount, "number", self.amounts)

    def _coefficient(self, row: int, product: Product, result: LineResult) -> None:
        share = result.share_of_total
        formula = self.factors.get((product.key, result.line.basis, result.line.plant))
        if share is None:
            self.page.text(row, self.at.coefficient, DASH, "dash")
        elif formula:
            self.page.formula(row, self.at.coefficient, formula, share, "number")
        else:
            self.page.number(row, self.at.coefficient, share, "number")

    def _note(self, result: LineResult) -> str:
        line = result.line
        notes: list[str] = []
        if line.amount is None or line.factor is None:
            notes.append(reason(self.job, line.where, self.language))
        elif result.share_of_total is None:
            notes.append(NO_OUTPUT.to(self.language))
        if len(line.amounts) > 1:
            spread = f"{line.variation:.0%}" if line.variation is not None else DASH
            notes.append(SUM_OF.to(self.language).format(count=len(line.amounts), spread=spread))
        notes += [
            READ_AS.to(self.language).format(typed=amount.typed[:60], value=f"{amount.value:.12g}")
            for amount in line.amounts
            if self.layout.raw.live(amount.where, amount.value) is None
        ]
        return capitalised(shown(SEMICOLON.to(self.language).join(notes)))


def step_text(line: ActivityLine, language: Language) -> str:
    """Return a line's conversion steps in words."""
    return shown(SEMICOLON.to(language).join(_one_step(step, language) for step in line.steps))


def _one_step(step: Step, language: Language) -> str:
    source = str(step.where) if step.where else step.source
    words = f"{step.operation.value} {step.operand:.10g}{OF_WHAT.to(language)}{step.label.to(language)}"
    return words + bracketed(source, language)


def amount_formula(line: ActivityLine, layout: Layout) -> str | None:
    """Return the formula that reads a line's amount from the company's cells, or None where none holds a number.

    Twelve months in a row are summed as a range; otherwise cell by cell, with what was read from text as a constant.
    """
    parts = [layout.raw.live(amount.where, amount.value) for amount in line.amounts]
    if not any(parts):
        return None
    if len(parts) > 1 and all(parts) and _is_row(line):
        first, last = line.amounts[0].where, line.amounts[-1].where
        if last.row and last.column and layout.raw.live(first, line.amounts[0].value) == layout.raw.link(first):
            return f"SUM({layout.raw.link(first)}:{address(last.row, last.column)})"
    return "+".join(part or literal(amount.value) for part, amount in zip(parts, line.amounts, strict=True))


def _is_row(line: ActivityLine) -> bool:
    """Tell whether the amounts stand side by side in one row."""
    places = [amount.where for amount in line.amounts]
    first = places[0]
    return all(
        place.sheet == first.sheet and place.row == first.row and place.column == (first.column or 0) + offset
        for offset, place in enumerate(places)
    )


def _combined(line: ActivityLine) -> float:
    combined = 1.0
    for step in line.steps:
        combined = combined * step.operand if step.operation is Operation.MULTIPLY else combined / step.operand
    return combined


def _coefficients(job: ResultsJob, layout: Layout) -> dict[tuple[str, Basis, str | None], str]:
    """Return (product, basis, plant) -> the formula of the coefficient per unit, on the allocation sheet's cells."""
    formulas: dict[tuple[str, Basis, str | None], str] = {}
    plants = [None, *(plant.key for plant in job.inventory.plants)]
    for product in job.inventory.products:
        for key in plants:
            formulas[product.key, Basis.PER_UNIT, key] = "1"
        output = layout.at("allocation", layout.outputs[product.key], AllocationColumns.OUTPUT)
        for key in plants:
            formulas[product.key, Basis.PRODUCT_TOTAL, key] = f"1/{output}"
        for plant in job.inventory.plants:
            rows = [
                layout.plants[plant.key].first + index
                for index, made in enumerate(plant.products)
                if made.product == product.key
            ]
            shares = "+".join(layout.at("allocation", row, AllocationColumns.SHARE) for row in rows)
            if rows:
                formulas[product.key, Basis.PLANT_TOTAL, plant.key] = (
                    f"({shares})/{output}" if len(rows) > 1 else f"{shares}/{output}"
                )
    return formulas
