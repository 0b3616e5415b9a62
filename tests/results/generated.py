"""Studies made at random, repeatable by seed: several products and plants, all bases, months, text, conversions."""

from __future__ import annotations

import functools
import random
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tests.results import studies
from workbook_engine.findings import CellRef
from workbook_engine.grid import Book, Cell, MemorySheet, address
from workbook_engine.model import (
    ActivityLine,
    Basis,
    BoundTable,
    EmissionFactor,
    Inventory,
    Operation,
    Plant,
    PlantProduct,
    Product,
    Quantity,
    Record,
    Scenario,
    ScenarioChange,
    Settings,
    Stage,
    StageBoundary,
    Step,
)
from workbook_engine.results.columns import FactorColumns
from workbook_engine.results.factor_sheet import is_one_gas
from workbook_engine.results.plan import plan
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_engine.results import ResultsJob

STAGES = {
    Stage.RAW_MATERIAL_ACQUISITION: ("原材料获取", "RM"),
    Stage.RAW_MATERIAL_TRANSPORT: ("原材料运输", "RT"),
    Stage.PRODUCTION: ("产品生产", "PR"),
    Stage.DISTRIBUTION: ("成品运输", "DI"),
    Stage.USE: ("使用", "US"),
    Stage.END_OF_LIFE: ("产品处置", "EL"),
}
# Told apart: nothing of electricity and of one for gas, all of gas and of one for diesel, two parts of the other.
FACTORS = (
    (studies.ELECTRICITY, studies.EF_ELECTRICITY),
    (studies.DIESEL, replace(studies.EF_DIESEL, gases={"co2": 2.9, "ch4_fossil": 0.05})),
    (studies.DIESEL, replace(studies.EF_DIESEL_PRINTED, gases={"co2": studies.EF_DIESEL_PRINTED.value})),
    (studies.GAS, replace(studies.EF_GAS, gases={"co2": studies.EF_GAS.value})),
    (studies.GAS, replace(studies.EF_GAS, id="per_tonne", fuel=None, value=0.00217, printed_value=2.17)),
)
FIRST_ROW = 5
AMOUNT, FIRST_MONTH = 5, 8


@dataclass
class Generator:
    """Builds one study; `cells` are the company's sheets as they grow."""

    seed: int
    most_lines: int = 60
    with_scenarios: bool = False
    cells: dict[str, dict[int, dict[int, Cell]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311 - repeatable, not secret

    def job(self) -> ResultsJob:
        inventory = self.inventory()
        if self.with_scenarios:
            inventory = replace(inventory, scenarios=self._scenarios(inventory.lines))
        sheets = tuple(
            MemorySheet(name, {row: dict(sorted(cells.items())) for row, cells in sorted(rows.items())})
            for name, rows in self.cells.items()
        )
        book = Book(sheets)
        job = studies.job(inventory, studies.book())
        return replace(job, book=book, submission=self._submission(job, book))

    def _submission(self, job: ResultsJob, book: Book) -> object:
        tables: dict[str, BoundTable] = {}
        for sheet in book.sheets:
            stage = next((s for s, (name, _) in STAGES.items() if name == sheet.name), None)
            if stage:
                records = tuple(Record(row, cells) for row, cells in sheet.rows())
                tables[stage.value] = BoundTable(stage.value, sheet.name, 4, studies.COLUMNS, records)
        names = tuple(sheet.name for sheet in book.sheets)
        return replace(job.submission, tables=tables, input_sheets=names)

    def inventory(self) -> Inventory:
        products = tuple(self._product(index) for index in range(self.random.choice((1, 1, 1, 2, 3))))
        plants = tuple(self._plant(index, products) for index in range(self.random.choice((0, 1, 1, 2))))
        stages = self.random.sample(sorted(STAGES, key=list(Stage).index), self.random.randint(1, len(STAGES)))
        counts = dict.fromkeys(stages, 0)
        lines: list[ActivityLine] = []
        for _ in range(max(len(stages), self.random.randint(1, self.most_lines))):
            stage = stages[len(lines)] if len(lines) < len(stages) else self.random.choice(stages)
            counts[stage] += 1
            lines.append(self._line(stage, counts[stage], products, plants))
        base = studies.inventory()
        boundary = {stage: StageBoundary(stage, stage in stages, "", "", "", None) for stage in Stage}
        settings = Settings("gbt32151", "electricity_footprint", 2024, "", "AR6", self.random.randint(0, 3), 2)
        return Inventory(base.study, settings, products, plants, boundary, tuple(lines))

    def _number(self, largest: float = 6) -> float:
        size = 10 ** self.random.uniform(-3, largest)
        return float(f"{size:.{self.random.randint(1, 9)}g}")

    def _typed(self, sheet: str, row: int, column: int, value: float, unit: str = "") -> Quantity:
        """Put a number into a cell, as a number, a formula or text, and return what was read."""
        kind = self.random.choice(("number", "number", "number", "formula", "text", "uncached"))
        cell = {
            "number": Cell("number", value),
            "formula": Cell("number", value, f"{value!r}*1"),
            "text": Cell("text", f"约{value!r}"),
            "uncached": Cell("uncached", None, f"{value!r}+0"),
        }[kind]
        self.cells.setdefault(sheet, {}).setdefault(row, {})[column] = cell
        return Quantity(value, CellRef(sheet, row, column), repr(value), unit)

    def _product(self, index: int) -> Product:
        output = self._typed("基本信息", 8 + index, 6, float(self.random.randint(1, 10_000)), "套")
        where = CellRef("基本信息", 8 + index, 2)
        return Product(
            f"P{index + 1}", f"产品{index}", f"M{index}", "1 套", is_declared=False, where=where, output=output
        )

    def _plant(self, index: int, products: tuple[Product, ...]) -> Plant:
        made: list[PlantProduct] = []
        for number in range(self.random.randint(1, 4)):
            row = 10 + 10 * index + number
            product = products[number] if number < len(products) else None
            output = self._typed("工厂与产量", row, 4, float(self.random.randint(1, 9000)))
            weight = None if self.random.random() < 0.4 else self._typed("工厂与产量", row, 6, self._number())
            made.append(PlantProduct(product.key if product else None, f"产品{number}", output, weight))
        return Plant(f"F{index + 1}", f"工厂{index}", None, tuple(made), "mass", "理由")

    def _line(
        self, stage: Stage, number: int, products: tuple[Product, ...], plants: tuple[Plant, ...]
    ) -> ActivityLine:
        sheet, letters = STAGES[stage]
        row = FIRST_ROW + number
        flow, factor = self.random.choice(FACTORS)
        basis = self.random.choice(list(Basis) if plants else [Basis.PER_UNIT, Basis.PRODUCT_TOTAL])
        steps = tuple(self._step(sheet, row, index) for index in range(self.random.choice((0, 0, 0, 1, 2))))
        self.cells.setdefault(sheet, {}).setdefault(row, {})[2] = Cell("text", f"项目{number}")
        return ActivityLine(
            id=f"{letters}-{number:03d}",
            stage=stage,
            item=f"项目{number}",
            product=self.random.choice((None, None, self.random.choice(products).key)),
            flow=flow,
            flow_typed=flow.name.zh,
            amounts=self._amounts(sheet, row),
            unit=flow.unit,
            steps=steps,
            basis=basis,
            plant=self.random.choice(plants).key if basis is Basis.PLANT_TOTAL else None,
            factor=factor,
            where=CellRef(sheet, row, AMOUNT),
            data_source=self.random.choice(("计量仪表", "估算", "")),
            is_primary=self.random.choice((True, False, None)),
        )

    def _scenarios(self, lines: tuple[ActivityLine, ...]) -> tuple[Scenario, ...]:
        """Return one or two scenarios, each changing amounts or factors of some lines; drawn by themselves."""
        rng = random.Random(f"scenarios {self.seed}")  # noqa: S311 - repeatable, not secret
        return tuple(
            Scenario(f"情景{number}", tuple(self._change(rng, line) for line in rng.sample(lines, min(3, len(lines)))))
            for number in range(rng.choice((1, 2)))
        )

    def _change(self, rng: random.Random, line: ActivityLine) -> ScenarioChange:
        """Another amount, or a share of it at a factor of the same flow; a line without a factor keeps it."""
        others = [factor for flow, factor in FACTORS if line.flow == flow and line.factor and factor != line.factor]
        factor = rng.choice(others) if others and rng.random() < 0.5 else None
        share = rng.choice((0.25, 1.0)) if factor else 0.0
        times = rng.choice((0.0, 0.5, 1.3)) if factor is None else 1.0
        return ScenarioChange(line.id, times, factor, share, Text("改变", "change"), line.where)

    def _amounts(self, sheet: str, row: int) -> tuple[Quantity, ...]:
        if self.random.random() < 0.15 and row > FIRST_ROW + 1:
            return tuple(self._typed(sheet, row, FIRST_MONTH + month, self._number()) for month in range(12))
        value = 0.0 if self.random.random() < 0.05 else self._number()
        quantity = self._typed(sheet, row, AMOUNT, value)
        if row == FIRST_ROW + 1:  # one typed number in every study that a test can change
            self.cells[sheet][row][AMOUNT] = Cell("number", value)
        return (quantity,)

    def _step(self, sheet: str, row: int, index: int) -> Step:
        operation = self.random.choice(list(Operation))
        operand = self._number(2)
        if self.random.random() < 0.5:
            return Step(operation, operand, Text("定义", "definition"), source="定义")
        quantity = self._typed(sheet, row, 30 + index, operand)
        return Step(operation, operand, Text("运距", "distance"), quantity.where)


Change = tuple[str, str, float, "Callable[[Inventory], Inventory]"]
"""(sheet, cell, new number, the same change of the inventory)."""


def changes(job: ResultsJob) -> list[Change]:
    """Return changes of single typed numbers, each with what it makes of the inventory."""
    book = {sheet.name: dict(sheet.rows()) for sheet in job.book.sheets}
    found: list[Change] = []

    def add(old: Quantity, change: Callable[[Inventory, float], Inventory], times: float = 1.37) -> None:
        cell = book[old.where.sheet][old.where.row or 0][old.where.column or 0]
        if cell.kind == "number" and cell.formula is None:
            new = old.value * times + 1
            found.append((old.where.sheet, str(old.where.cell), new, lambda inventory: change(inventory, new)))

    for line in job.inventory.lines:
        for index, amount in enumerate(line.amounts):
            add(amount, lambda inventory, new, line=line, index=index: _with_amount(inventory, line, index, new))
    for product in job.inventory.products:
        if product.output:
            add(product.output, lambda inventory, new, product=product: _with_output(inventory, product, new))
    for plant in job.inventory.plants:
        for index, made in enumerate(plant.products):
            add(
                made.output, lambda inventory, new, plant=plant, index=index: _made(inventory, plant, index, output=new)
            )
            if made.weight:
                add(
                    made.weight,
                    lambda inventory, new, plant=plant, index=index: _made(inventory, plant, index, weight=new),
                )
    return found


def factor_changes(job: ResultsJob) -> list[Change]:
    """Return a change of each factor on the factor sheet: of the printed value, of a fuel's net calorific value."""
    layout, found = plan(job, "zh"), []
    for factor in job.factors:
        column = FactorColumns.NCV if factor.fuel else FactorColumns.PRINTED
        old = factor.fuel.ncv_gj if factor.fuel else factor.printed_value
        cell = address(layout.factors[factor.id], column)
        found.append((layout.sheets["factors"], cell, old * 1.25, functools.partial(_with_factor, factor=factor)))
    return found


def _with_factor(inventory: Inventory, factor: EmissionFactor) -> Inventory:
    fuel = replace(factor.fuel, ncv_gj=factor.fuel.ncv_gj * 1.25) if factor.fuel else None
    printed = factor.printed_value * (1 if fuel else 1.25)
    gases = {gas: part * 1.25 for gas, part in factor.gases.items()} if is_one_gas(factor) else factor.gases
    changed = replace(factor, value=factor.value * 1.25, printed_value=printed, fuel=fuel, gases=gases)
    lines = tuple(
        replace(line, factor=changed) if line.factor and line.factor.id == factor.id else line
        for line in inventory.lines
    )
    return replace(inventory, lines=lines)


def _with_amount(inventory: Inventory, line: ActivityLine, index: int, new: float) -> Inventory:
    amounts = tuple(replace(a, value=new) if i == index else a for i, a in enumerate(line.amounts))
    lines = tuple(replace(other, amounts=amounts) if other.id == line.id else other for other in inventory.lines)
    return replace(inventory, lines=lines)


def _with_output(inventory: Inventory, product: Product, new: float) -> Inventory:
    products = tuple(
        replace(p, output=replace(p.output, value=new)) if p.key == product.key and p.output else p
        for p in inventory.products
    )
    return replace(inventory, products=products)


def _made(
    inventory: Inventory, plant: Plant, index: int, *, output: float | None = None, weight: float | None = None
) -> Inventory:
    def changed(made: PlantProduct) -> PlantProduct:
        if output is not None:
            return replace(made, output=replace(made.output, value=output))
        return replace(made, weight=replace(made.weight, value=weight)) if made.weight and weight else made

    products = tuple(changed(made) if i == index else made for i, made in enumerate(plant.products))
    plants = tuple(replace(p, products=products) if p.key == plant.key else p for p in inventory.plants)
    return replace(inventory, plants=plants)
