"""Leave out what only follows from another finding: an output that is 0 is told once, not once more as missing.

Never the last word on a problem: a finding is left out only where the error that it follows from stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.findings import Severity

if TYPE_CHECKING:
    from workbook_engine.findings import Finding
    from workbook_engine.model import Submission

OF_PRODUCT = (catalogue.OUTPUT_MISSING, catalogue.STAGE_WITHOUT_DATA_OF_PRODUCT)
OF_PLANT = (catalogue.PLANT_WITHOUT_PRODUCTS, catalogue.PLANT_MAKES_OTHERS)
FOLLOWS = (*OF_PRODUCT, *OF_PLANT)


def without_consequences(findings: list[Finding], submission: Submission) -> list[Finding]:
    """Return the findings without those that follow from an output that was given and could not be used."""
    causes = [finding for finding in findings if _is_about_output(finding, submission)]
    if not causes:
        return findings
    cells = {finding.where for finding in causes}
    products = {finding.params["product"] for finding in causes if "product" in finding.params}

    def follows(finding: Finding) -> bool:
        named = finding.where in cells or finding.params.get("product") in products
        return finding.type in OF_PRODUCT and named

    dropped = [finding for finding in findings if follows(finding)]
    plants = submission.tables.get("plant_products")
    spoilt = plants and any(f.where and f.where.sheet == plants.sheet for f in (*causes, *dropped))
    return [finding for finding in findings if not follows(finding) and not (spoilt and finding.type in OF_PLANT)]


def _is_about_output(finding: Finding, submission: Submission) -> bool:
    """Tell whether an error stands at an output's cell, of a product or of a plant's product."""
    where = finding.where
    if where is None or finding.severity is not Severity.ERROR or finding.type in FOLLOWS:
        return False
    tables = (submission.tables.get(key) for key in ("products", "plant_products"))
    return any(t and where.sheet == t.sheet and where.column == t.columns.get("output") for t in tables)
