"""What the writers of sheets hold: the page, the study, where everything stands, and how figures are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.results.sheets import amount_format, share_format

if TYPE_CHECKING:
    from workbook_engine.model import ProductFootprint
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Page


class Writer:
    """Writes a sheet, or a part of one."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout) -> None:
        self.page = page
        self.package = page.package
        self.job = job
        self.layout = layout
        self.language = layout.language
        self.amounts = amount_format(job)
        self.shares = share_format(job)


class ProductWriter(Writer):
    """Writes what a sheet has of one product."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout, product: ProductFootprint) -> None:
        super().__init__(page, job, layout)
        self.product = product
        self.key = product.product.key
