"""The comparison of several products at the head of the summary: their stages side by side, and a chart of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.results import charts
from workbook_engine.results.columns import SummaryColumns as At
from workbook_engine.results.plan import comparison_height
from workbook_engine.results.sheets import write_section
from workbook_engine.results.study import has_removals, stages_of
from workbook_engine.results.words import TOTAL_CFP, product_title
from workbook_engine.results.writer import Writer
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ProductFootprint

COMPARISON: Final = Text("产品对比（kgCO2e/功能单位或声明单位）", "Products compared (kgCO2e per unit)")
PRODUCT: Final = Text("产品", "Product")


class Comparison(Writer):
    """Writes it."""

    def write(self) -> None:
        """Write table and chart."""
        header, page, stages = self.layout.comparison, self.page, stages_of(self.job)
        write_section(page, header - 1, COMPARISON.to(self.language), (At.STAGE, At.STAGE + len(stages) + 1))
        titles = [
            PRODUCT.to(self.language),
            *(stage.title.to(self.language) for stage in stages),
            TOTAL_CFP.to(self.language).replace("（", "\n（"),
        ]
        for column, title in enumerate(titles, start=At.STAGE):
            page.text(header, column, title, "header")
        products = self.job.footprint.products
        for row, product in enumerate(products, start=header + 1):
            self._row(row, product)
        rows = (header + 1, header + len(products))
        series = [
            (
                stage.title.to(self.language),
                charts.cells(page, *rows, At.STAGE + index),
                page.package.theme.stages[stage],
            )
            for index, stage in enumerate(stages, start=1)
        ]
        names, from_zero = charts.cells(page, *rows, At.STAGE), not any(map(has_removals, products))
        title = COMPARISON.to(self.language)
        chart = charts.stacked(self.package, title, "kgCO2e", series, names, from_zero=from_zero)
        chart.set_size({"width": 880, "height": comparison_height(len(products))})
        page.chart(header + len(products) + 2, At.STAGE, chart)

    def _row(self, row: int, product: ProductFootprint) -> None:
        block = self.layout.summary[product.product.key]
        by_stage = {stage.stage: stage.kg_co2e for stage in product.stages}
        self.page.text(row, At.STAGE, product_title(product.product))
        column = At.STAGE
        for stage in stages_of(self.job):
            column += 1
            source = address(block.stages[stage], At.EMISSION) if stage in block.stages else ""
            self.page.figure(row, column, source, by_stage.get(stage), "number", self.amounts)
        total = address(block.total, At.EMISSION)
        self.page.figure(row, column + 1, total, product.cfp_kg_co2e, "band_number", self.amounts)
