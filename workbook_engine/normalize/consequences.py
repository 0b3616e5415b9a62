"""Leave out what only follows from another finding: an output that is missing or 0 is told once.

Never the last word on a problem: a finding is left out only where the error that it follows from stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import CellRef, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.findings import Finding
    from workbook_engine.model import Submission

OF_PRODUCT = (catalogue.OUTPUT_MISSING, catalogue.STAGE_WITHOUT_DATA_OF_PRODUCT)
OF_PLANT = (catalogue.PLANT_WITHOUT_PRODUCTS, catalogue.PLANT_MAKES_OTHERS)
UNCLEAR_COLUMNS = (catalogue.HEADING_DISAGREES, catalogue.HEADING_UNKNOWN)
FOLLOWS = (*OF_PRODUCT, *OF_PLANT)


def without_consequences(
    findings: list[Finding], submission: Submission, earlier: Iterable[Finding] = ()
) -> list[Finding]:
    """Return the findings without those that follow from others.

    From a column whose meaning is not certain, by the findings of reading, `earlier`; or from an output that was given
    and could not be used.
    """
    unclear = _unclear_cells(submission, earlier)
    findings = [finding for finding in findings if finding.where not in unclear]
    unusable = [finding for finding in findings if _is_about_output(finding, submission)]
    missing = [] if unusable else _missing_outputs(findings, submission)
    causes = [*unusable, *missing]
    if not causes:
        return findings
    cells = {finding.where for finding in causes}
    products = {finding.params["product"] for finding in causes if "product" in finding.params}

    def follows(finding: Finding) -> bool:
        named = finding.where in cells or finding.params.get("product") in products
        return finding.type in OF_PRODUCT and named and finding not in missing

    dropped = [finding for finding in findings if follows(finding)]
    plants = submission.tables.get("plant_products")
    spoilt = plants and any(f.where and f.where.sheet == plants.sheet for f in (*causes, *dropped))
    return [finding for finding in findings if not follows(finding) and not (spoilt and finding.type in OF_PLANT)]


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


def _missing_outputs(findings: list[Finding], submission: Submission) -> list[Finding]:
    """Return for each product the finding that its output is missing: at the product itself before at a plant's."""
    table = submission.tables.get("products")
    found: dict[object, Finding] = {}
    for finding in findings:
        if finding.type is catalogue.OUTPUT_MISSING and finding.where is not None:
            is_own = table is not None and finding.where.sheet == table.sheet
            product = finding.params.get("product")
            found[product] = finding if is_own else found.get(product, finding)
    return list(found.values())


def _is_about_output(finding: Finding, submission: Submission) -> bool:
    """Tell whether an error stands at an output's cell, of a product or of a plant's product."""
    where = finding.where
    if where is None or finding.severity is not Severity.ERROR or finding.type in FOLLOWS:
        return False
    tables = (submission.tables.get(key) for key in ("products", "plant_products"))
    return any(t and where.sheet == t.sheet and where.column == t.columns.get("output") for t in tables)
