"""The lines on the sheet of uncertainty: what each adds to the variance of its product's total, and how it responds.

A line's part of Σ E² is Eᵢ² σ²ₐᵢ + Eᵢ (Σ of the Eⱼ with the same factor) σ²f; of biogenic CO2, whose amounts err alike,
Eᵢ σₐᵢ (Σ of the Eⱼ σₐⱼ of biogenic CO2) stands in place of Eᵢ² σ²ₐᵢ. The tables of stages and of swings above
it are computed from its columns.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.model import Basis, Dimension
from workbook_engine.model.biogenic import CANCELLED_DIGITS, cancelled, is_biogenic_co2
from workbook_engine.results.columns import AllocationColumns, RatingColumns, TraceColumns
from workbook_engine.results.package import DASH, called, shown
from workbook_engine.results.sheets import Column, fixed, write_texts
from workbook_engine.results.writer import ProductWriter
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.model import LineAssessment, LineResult, ProductAssessment, ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Page


class At:
    """Columns of the table: a row for each line."""

    NAME = 2
    LINE_EMISSION = 3
    LINE_STAGE = 4
    FACTOR = 5
    LINE_DQR = 6
    AMOUNT_VARIANCE = 7
    FACTOR_VARIANCE = 8
    SAME_FACTOR = 9
    SAME_IN_STAGE = 10
    PART = 11
    PART_SHARE = 12
    RESPONSE = 13
    ALIKE = 14  # these two only where there is biogenic CO2
    ALIKE_IN_STAGE = 15


LINE_COLUMNS: Final = {
    At.NAME: Column(Text("数据行", "Line"), 34),
    At.LINE_EMISSION: Column(Text("排放量 E kgCO2e", "Emission E kgCO2e"), 14),
    At.LINE_STAGE: Column(Text("阶段", "Stage"), 14),
    At.FACTOR: Column(Text("因子编号", "Factor id"), 20),
    At.LINE_DQR: Column(Text("DQR", "DQR"), 13),
    At.AMOUNT_VARIANCE: Column(Text("数量方差", "Variance of the amount"), 13),
    At.FACTOR_VARIANCE: Column(Text("因子方差", "Variance of the factor"), 13),
    At.SAME_FACTOR: Column(Text("同因子 ΣE kgCO2e", "ΣE, same factor kgCO2e"), 13),
    At.SAME_IN_STAGE: Column(Text("本阶段同因子 ΣE kgCO2e", "ΣE, same in stage kgCO2e"), 13),
    At.PART: Column(Text("对 E²σ² 的贡献", "Part of E²σ²"), 13),
    At.PART_SHARE: Column(Text("占方差", "Of the variance"), 13),
    At.RESPONSE: Column(Text("对产量的响应", "Response to output"), 13),
}
CARBON_COLUMNS: Final = {
    At.ALIKE: Column(Text("同误差 ΣEσ", "ΣEσ, erring alike"), 15),
    At.ALIKE_IN_STAGE: Column(Text("本阶段同误差 ΣEσ", "ΣEσ, alike in stage"), 22),
}


def has_carbon(product: ProductFootprint) -> bool:
    """Tell whether a product's lines hold biogenic CO2: its table then has two columns more."""
    return any(is_biogenic_co2(result.line.factor) for result in product.lines)


class LineTable(ProductWriter):
    """One product's lines; `first` and `last` are their rows. Those of all products stand below the same headings."""

    def __init__(
        self,
        page: Page,
        job: ResultsJob,
        layout: Layout,
        product: ProductFootprint,
        assessed: ProductAssessment,
        first: int,
    ) -> None:
        super().__init__(page, job, layout, product)
        self.assessed = assessed
        self.results = product.lines
        self.same = _sums(self.results, by_stage=False)
        self.biogenic = [result for result in self.results if is_biogenic_co2(result.line.factor)]
        self.has_carbon = has_carbon(product)
        self.carbon = cancelled(map(self._error, self.biogenic))
        self.first, self.last = first, first + len(self.results) - 1
        self._ranges: dict[int, str] = {}

    def column(self, column: int) -> str:
        """Return the range of a column over all lines."""
        if column not in self._ranges:  # each line looks at several
            self._ranges[column] = f"{fixed(address(self.first, column))}:{fixed(address(self.last, column))}"
        return self._ranges[column]

    def write(self) -> None:
        """Write the lines."""
        in_stage = _sums(self.results, by_stage=True)
        for index, (result, assessed) in enumerate(zip(self.results, self.assessed.lines, strict=True)):
            self._line(self.first + index, result, assessed, self.same[index], in_stage[index])

    def _line(self, row: int, result: LineResult, assessed: LineAssessment, same: float, in_stage: float) -> None:
        page, line = self.page, result.line
        factor = line.factor.id if line.factor else DASH
        write_texts(page, row, [(At.NAME, f"{line.id} {called(line.item)}")])
        trace = self.layout.lines[self.product.product.key][line.id]
        emission = result.kg_co2e or 0.0
        source = self.layout.at("trace", trace, TraceColumns.EMISSION)
        page.formula(row, At.LINE_EMISSION, source, emission, "number", self.amounts)
        write_texts(page, row, [(At.LINE_STAGE, line.stage.title.to(self.language)), (At.FACTOR, factor)])
        rated, of_factor = self.layout.rated_lines[line.id], self.layout.rated_factors[factor]
        page.formula(row, At.LINE_DQR, self._dqr(rated, of_factor), assessed.dqr, "number", "0.00")
        self._variances(row, line.id, factor, rated, of_factor)
        own = f"({self.column(At.FACTOR)}={address(row, At.FACTOR)})"
        stage = f"({self.column(At.LINE_STAGE)}={address(row, At.LINE_STAGE)})"
        emissions = self.column(At.LINE_EMISSION)
        page.formula(row, At.SAME_FACTOR, f"SUMPRODUCT({own}*{emissions})", same, "number", self.amounts)
        page.formula(row, At.SAME_IN_STAGE, f"SUMPRODUCT({own}*{stage}*{emissions})", in_stage, "number", self.amounts)
        e, same_cell = address(row, At.LINE_EMISSION), address(row, At.SAME_FACTOR)
        variance, alike = address(row, At.AMOUNT_VARIANCE), address(row, At.ALIKE)
        own_part = f"{variance}^0.5*{alike}" if self.has_carbon else f"{e}*{variance}"
        part = f"{e}*({own_part}+{same_cell}*{address(row, At.FACTOR_VARIANCE)})+0"  # + 0: no minus before a zero
        pedigrees = self.job.assessment
        amount, of = (0.0, 0.0) if pedigrees is None else (
            pedigrees.amounts[line.id].variance, pedigrees.factors[factor].variance,
        )  # fmt: skip
        err = math.sqrt(amount) * self.carbon if is_biogenic_co2(line.factor) else emission * amount
        page.formula(row, At.PART, part, emission * (err + same * of) + 0.0, "number", "0.0000E+00")
        share = f"{address(row, At.PART)}/SUM({self.column(At.PART)})"
        page.figure(row, At.PART_SHARE, share, assessed.variance_share, "number", self.shares)
        formula, response = self.response(result)
        if formula:
            page.formula(row, At.RESPONSE, formula, response, "number", "0.0000")
        else:
            page.number(row, At.RESPONSE, response, "number", "0.0000")
        if self.has_carbon:
            self._alike(row, result)

    def _alike(self, row: int, result: LineResult) -> None:
        """Write ΣEσ of the amounts that err as this line's does: all of biogenic CO2, or its own alone."""
        page, emissions, variances = self.page, self.column(At.LINE_EMISSION), self.column(At.AMOUNT_VARIANCE)
        if not is_biogenic_co2(result.line.factor):
            own = f"{address(row, At.LINE_EMISSION)}*{address(row, At.AMOUNT_VARIANCE)}^0.5"
            for column in (At.ALIKE, At.ALIKE_IN_STAGE):
                page.formula(row, column, own, self._error(result), "number", "0.0000E+00")
            return
        ids = {each.line.factor.id for each in self.biogenic if each.line.factor}
        among = "+".join(f'({self.column(At.FACTOR)}="{shown(each)}")' for each in sorted(ids))
        stage = f"({self.column(At.LINE_STAGE)}={address(row, At.LINE_STAGE)})"
        in_stage = cancelled(self._error(each) for each in self.biogenic if each.line.stage is result.line.stage)
        for column, only, value in ((At.ALIKE, "", self.carbon), (At.ALIKE_IN_STAGE, f"{stage}*", in_stage)):
            summed = f"SUMPRODUCT(({among})*{only}{emissions}*{variances}^0.5)"
            size = f"SUMPRODUCT(({among})*{only}({emissions}^2*{variances})^0.5)"
            formula = f"IF({size}=0,0,ROUND({summed}/{size},{CANCELLED_DIGITS})*{size})"
            page.formula(row, column, formula, value, "number", "0.0000E+00")

    def _error(self, result: LineResult) -> float:
        """Return E σ of an amount."""
        assessment = self.job.assessment
        return (result.kg_co2e or 0.0) * math.sqrt(assessment.amounts[result.line.id].variance) if assessment else 0.0

    def _dqr(self, line: int, factor: int) -> str:
        cells = [
            tuple(self.layout.at("ratings", row, RatingColumns.FIRST_SCORE + index) for row in (line, factor))
            for index in range(len(Dimension))
        ]
        return "(" + "+".join(f"MAX({a},{b})" for a, b in cells) + f")/{len(Dimension)}"

    def _variances(self, row: int, line: str, factor: str, rated: int, of_factor: int) -> None:
        assessment = self.job.assessment
        if assessment is None:
            return
        for column, at, pedigree in (
            (At.AMOUNT_VARIANCE, rated, assessment.amounts[line]),
            (At.FACTOR_VARIANCE, of_factor, assessment.factors[factor]),
        ):
            source = self.layout.at("ratings", at, RatingColumns.VARIANCE)
            self.page.formula(row, column, source, pedigree.variance, "number", "0.000000")

    def response(self, result: LineResult) -> tuple[str, float]:
        """Return formula and value of k in E / (1 + δk), the emission when the output is higher by the fraction δ."""
        basis = result.line.basis
        if basis is not Basis.PLANT_TOTAL:
            return "", 1.0 if basis is Basis.PRODUCT_TOTAL else 0.0
        plant = next(plant for plant in self.job.inventory.plants if plant.key == result.line.plant)
        block, key = self.layout.plants[plant.key], self.product.product.key
        rows = [block.first + index for index, made in enumerate(plant.products) if made.product == key]
        cells = "+".join(self.layout.at("allocation", at, AllocationColumns.SHARE) for at in rows)
        own = math.fsum(made.output.value * made.weight_value for made in plant.products if made.product == key)
        return cells, own / plant.weighted_output


def _sums(results: Sequence[LineResult], *, by_stage: bool) -> list[float]:
    """Return for each line the emissions of all lines with its factor (and its stage)."""

    def key(result: LineResult) -> tuple[str, str]:
        factor = result.line.factor.id if result.line.factor else ""
        return factor, result.line.stage.value if by_stage else ""

    sums: dict[tuple[str, str], float] = {}
    for result in results:
        sums[key(result)] = sums.get(key(result), 0.0) + (result.kg_co2e or 0.0)
    return [sums[key(result)] for result in results]
