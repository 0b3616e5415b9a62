"""The order of normalizing: study and settings, products, plants, boundary, lines; then what concerns all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.findings import blocks
from workbook_engine.model import Inventory
from workbook_engine.normalize.boundary import check_products, read_boundary
from workbook_engine.normalize.consequences import if_untouched, without_basics, without_consequences
from workbook_engine.normalize.context import Context
from workbook_engine.normalize.declared import read_declared, read_declared_sources, read_omissions
from workbook_engine.normalize.lines import Surroundings, read_lines
from workbook_engine.normalize.outputs import in_functional_units
from workbook_engine.normalize.plants import read_plants
from workbook_engine.normalize.products import product_matcher, read_products
from workbook_engine.normalize.scenarios import read_scenarios
from workbook_engine.normalize.study import check_headings, read_settings, read_study
from workbook_engine.normalize.telling_words import check_sentences
from workbook_engine.spec.collection import COLLECTION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.findings import Finding
    from workbook_engine.model import Submission


def build_inventory(
    submission: Submission, library: FactorLibrary, earlier: Iterable[Finding] = ()
) -> tuple[Inventory, list[Finding]]:
    """Understand what a company wrote.

    `earlier` are the findings of reading: an error among them blocks every total, as does any error here that no line
    carries. A line with an error is in the inventory, blocked. Returns the inventory and the findings of this step.
    """
    context = Context(submission, library, COLLECTION)
    study = read_study(context)
    check_headings(context, study)
    settings = read_settings(context)
    products, product_rows = read_products(context)
    plants, products = read_plants(context, products, product_rows)
    products, problems = in_functional_units(context, products, product_rows)
    lines = read_lines(context, Surroundings.of(context, settings, study, products, plants, problems))
    check_sentences(context, [*earlier, *lines.findings], study.years)
    boundary = read_boundary(context, lines.lines)
    blocked = lines.unplaced or blocks([*earlier, *context.findings])
    check_products(context, boundary, lines.lines, products, plants, settings)
    match_product = product_matcher(products)
    scenarios = read_scenarios(context, lines.lines, settings, study)
    inventory = Inventory(
        study=study,
        settings=settings,
        products=products,
        plants=tuple(plant for plant in plants if plant.where or any(line.plant == plant.key for line in lines.lines)),
        boundary=boundary,
        lines=tuple(lines.lines),
        blocked_products=frozenset(product.key for product in products) if blocked else frozenset(),
        scenarios=scenarios,
        omissions=read_omissions(context, match_product),
        declared=read_declared(context, products, match_product),
        declared_sources=read_declared_sources(context),
    )
    findings = without_consequences([*context.findings, *lines.findings], submission, earlier)
    return inventory, if_untouched(without_basics(findings, submission, earlier), submission, earlier)
