"""Leave out what only follows from another finding: a missing output is told once, at the cell where it is missing.

Never the last word on a problem: a finding is left out only where the error that it follows from stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.findings import Finding
    from workbook_engine.model import BoundTable, Submission

OF_PRODUCT = (catalogue.OUTPUT_MISSING, catalogue.OUTPUT_DISAGREES, catalogue.STAGE_WITHOUT_DATA_OF_PRODUCT)
OF_ANY = (*OF_PRODUCT, catalogue.PRODUCT_UNKNOWN)  # where no product is given at all
OF_PLANT = (catalogue.PLANT_WITHOUT_PRODUCTS, catalogue.PLANT_MAKES_OTHERS, catalogue.PLANT_DOES_NOT_MAKE)
UNCLEAR_COLUMNS = (catalogue.HEADING_DISAGREES, catalogue.HEADING_UNKNOWN)
CAUSES = ("output", "product", "plant")  # columns: without them a product has no output, or a plant no product


def without_consequences(
    findings: list[Finding], submission: Submission, earlier: Iterable[Finding] = ()
) -> list[Finding]:
    """Return the findings without those that follow from others.

    From a product, or an output, that could not be used; or from a column whose meaning is not certain, by the findings
    of reading, `earlier`.
    """
    unclear = _unclear_cells(submission, earlier)
    findings = [finding for finding in findings if finding.where not in unclear] if unclear else findings
    causes = [finding for finding in findings if _is_cause(finding, submission)]
    causes += _missing(findings, _subjects(causes, submission), submission)
    if not causes:
        return findings
    is_cause = {id(finding) for finding in causes}
    without_any = any(finding.type is catalogue.NO_PRODUCT for finding in causes)
    subjects = _subjects(causes, submission)
    kept: list[Finding] = []
    dropped: list[Finding] = []
    for finding in findings:
        named = finding.where in subjects or finding.params.get("product") in subjects
        follows = finding.type in OF_ANY if without_any else finding.type in OF_PRODUCT and named
        (dropped if follows and id(finding) not in is_cause else kept).append(finding)
    made = submission.tables.get("plant_products")
    spoilt = without_any or any(_column(made, finding.where) for finding in (*causes, *dropped))
    return [finding for finding in kept if not (spoilt and finding.type in OF_PLANT)]


def _unclear_cells(submission: Submission, earlier: Iterable[Finding]) -> set[CellRef]:
    """Return the cells below headings that contradict their columns: nothing more can be said of their content."""
    headings = {finding.where for finding in earlier if finding.type in UNCLEAR_COLUMNS and finding.where}
    return {
        CellRef(table.sheet, record.row, where.column)
        for where in headings
        for table in submission.tables.values()
        if (table.sheet, table.header_row) == (where.sheet, where.row)
        for record in table.records
    }


def _is_cause(finding: Finding, submission: Submission) -> bool:
    """Tell whether an error says that a product, or a product's output as given, cannot be used."""
    if finding.severity is not Severity.ERROR or finding.type in (*OF_PRODUCT, *OF_PLANT):
        return False
    products, made = (submission.tables.get(key) for key in ("products", "plant_products"))
    is_of_product = _column(products, finding.where) == "output" or _column(made, finding.where) in CAUSES
    return is_of_product or finding.type is catalogue.NO_PRODUCT


def _missing(findings: list[Finding], told: set[object], submission: Submission) -> list[Finding]:
    """Return the outputs that nobody gave: at the product's own cell, which is where to give them."""
    products = submission.tables.get("products")
    return [
        finding
        for finding in findings
        if finding.type is catalogue.OUTPUT_MISSING and _column(products, finding.where) == "output"
        and not {finding.where, finding.params.get("product")} & told
    ]  # fmt: skip


def _subjects(causes: list[Finding], submission: Submission) -> set[object]:
    """Return what the findings are about: their cells, and the products in their rows."""
    names = {name for finding in causes for name in (finding.params.get("product"), _product(finding, submission))}
    return {finding.where for finding in causes} | names - {None, ""}


def _column(table: BoundTable | None, where: CellRef | None) -> str:
    """Return the field in whose column of the table a place is, "" where it is not in the table."""
    if table is None or where is None or where.sheet != table.sheet or (where.row or 0) <= table.header_row:
        return ""
    if where.row not in {record.row for record in table.records}:
        return ""
    return next((key for key, column in table.columns.items() if column == where.column), "")


def _product(finding: Finding, submission: Submission) -> str | None:
    """Return the product's name in the row of a finding."""
    for key, field in (("products", "name"), ("plant_products", "product")):
        table = submission.tables.get(key)
        if table and _column(table, finding.where):
            cell = next(r.cells.get(field) for r in table.records if finding.where and r.row == finding.where.row)
            return str(cell.value).strip() if cell else None
    return None
