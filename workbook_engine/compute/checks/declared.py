"""Results of an earlier report against the computed ones, to the printed digit, with the cause of a difference.

A figure agrees where the computed one, rounded half up to the report's decimals, is the printed one. For one that does
not, causes.py looks for a computation that gives the print; a cause is named only where it gives it to the last digit.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.causes import Question, cause_of
from workbook_engine.compute.checks.rounding import round_half_up
from workbook_engine.compute.checks.shares import check_share
from workbook_engine.compute.checks.wording import subject
from workbook_engine.findings import Finding
from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.model import DeclaredResult, Footprint, Inventory, ProductFootprint

EXPLAINED = (catalogue.DECLARED_TOTAL_REPEATS_LINE, catalogue.DECLARED_SUM_OF_ROUNDED)


@frozen
class _Report:
    """What was typed of one product's report, with its decimals: those of its longest figure."""

    product: ProductFootprint
    rows: tuple[DeclaredResult, ...]
    decimals: int
    share_decimals: int


def check_declared(inventory: Inventory, footprint: Footprint, library: FactorLibrary) -> Iterator[Finding]:
    """Yield the reconciliation of every declared figure, then a note of how many agree."""
    reports = list(_reports(inventory, footprint))
    findings = [finding for report in reports for finding in _report(report, footprint, inventory, library)]
    yield from findings
    count = sum((row.kg_co2e is not None) + (row.share is not None) for report in reports for row in report.rows)
    if count:
        differ = sum(finding.type is not catalogue.DECLARED_SUM_DIFFERS for finding in findings)
        yield Finding(catalogue.DECLARED_AGREES, reports[0].rows[0].where, {"count": count, "agree": count - differ})


def _reports(inventory: Inventory, footprint: Footprint) -> Iterator[_Report]:
    """Yield the declared rows by product."""
    for product in footprint.products:
        rows = tuple(row for row in inventory.declared if row.product == product.product.key)
        if rows:
            yield _Report(product, rows, *inventory.printed_decimals(product.product.key))


def _report(report: _Report, footprint: Footprint, inventory: Inventory, library: FactorLibrary) -> Iterator[Finding]:
    product = report.product
    values = {stage.stage: stage.kg_co2e for stage in product.stages} | {None: product.cfp_kg_co2e}
    computed = {stage: value for stage, value in values.items() if value is not None}
    found: list[Finding] = []
    for row in report.rows:
        if row.kg_co2e is not None and row.stage in computed:
            question = Question(row, report.decimals, product, computed, footprint, inventory, library)
            found += cause_of(question)
        if row.share is not None and row.stage in computed and computed.get(None):
            found += check_share(row, report.share_decimals, product, report.rows)
        if row.stage not in computed:
            printed = row.kg_co2e or row.share
            params: dict[str, object] = {"subject": subject(row), "printed": str(printed.value) if printed else ""}
            found.append(Finding(catalogue.DECLARED_NOT_COMPARED, row.where, params))
    yield from found
    if not any(finding.type in EXPLAINED for finding in found):
        yield from _sum(report)


def _sum(report: _Report) -> Iterator[Finding]:
    """Yield a report whose printed stages do not add up to its printed total, beyond the rounding of its rows."""
    total = next((row for row in report.rows if row.stage is None and row.kg_co2e), None)
    if total is None or total.kg_co2e is None:
        return
    beside = (row for row in report.rows if row.printed_in == total.printed_in)
    stages = {row.stage: row.kg_co2e.value for row in beside if row.stage and row.kg_co2e}
    if len(stages) < len(report.product.stages):
        return
    summed = sum(stages.values(), Decimal(0))
    tolerance = Decimal(len(stages) + 1) / 2 * Decimal(1).scaleb(-report.decimals)
    if abs(summed - total.kg_co2e.value) > tolerance:
        params = {
            "product": report.product.product.name,
            "sum": str(round_half_up(summed, report.decimals)),
            "printed": str(total.kg_co2e.value),
        }
        yield Finding(catalogue.DECLARED_SUM_DIFFERS, total.where, params)
