"""The results of a study by the names that a layout has for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbook_engine.model.biogenic import biogenic_carbon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from workbook_engine.model import Processed, ProductAssessment, ProductFootprint
    from workbook_engine.texts import Language

DASH = "—"  # what is not known is no number
Table = tuple[Mapping[str, object], ...]


def values_of(done: Processed, language: Language) -> Iterator[tuple[str, object]]:
    """Yield name, without its beginning, and figure, text or table."""
    if done.inventory is None or done.footprint is None:
        return
    study = done.inventory.study
    yield "company", study.company
    yield "address", study.address
    yield "report_no", study.report_no
    yield "standards", study.standards
    yield "period", f"{study.period_start or DASH} – {study.period_end or DASH}"
    yield "source", done.file
    assessed = done.assessment.products if done.assessment else (None,) * len(done.footprint.products)
    for product, assessment in zip(done.footprint.products, assessed, strict=True):
        for key, value in _product(product, assessment, language):
            yield f"{product.product.key}_{key}", value
            if len(done.footprint.products) == 1:
                yield key, value


def _product(
    product: ProductFootprint, assessment: ProductAssessment | None, language: Language
) -> Iterator[tuple[str, object]]:
    interval = assessment.interval if assessment else None
    yield "name", product.product.name
    yield "model", product.product.model
    yield "unit", product.product.unit
    yield "output", product.product.output.value if product.product.output else None
    yield "total", product.cfp_kg_co2e
    yield "low", interval.low if interval else None
    yield "high", interval.high if interval else None
    yield "dqr", assessment.dqr if assessment else None
    yield "primary_share", assessment.primary_share if assessment else None
    total, carbon = product.cfp_kg_co2e, biogenic_carbon(product)
    yield "biogenic_removed", -carbon.removed if carbon else None
    yield "biogenic_emitted", carbon.emitted if carbon else None
    yield "without_biogenic", total - carbon.net_kg_co2e if carbon and total is not None else None
    for stage in product.stages:
        yield f"{stage.stage.value}_kg", stage.kg_co2e
        yield f"{stage.stage.value}_share", stage.share
    yield (
        "stages",
        tuple(
            {"stage": stage.stage.title.to(language), "kg_co2e": stage.kg_co2e, "share": stage.share}
            for stage in product.stages
        ),
    )
    yield "lines", _lines(product, language)


def _lines(product: ProductFootprint, language: Language) -> Table:
    return tuple(
        {
            "id": result.line.id,
            "stage": stage.stage.title.to(language),
            "item": result.line.item,
            "flow": result.line.flow.name.to(language) if result.line.flow else result.line.flow_typed,
            "activity": result.activity,
            "unit": result.line.flow.unit if result.line.flow and result.activity is not None else "",
            "factor": result.line.factor.value if result.line.factor else None,
            "factor_id": result.line.factor.id if result.line.factor else "",
            "source": result.line.factor.source if result.line.factor else "",
            "kg_co2e": result.kg_co2e,
            "share": result.share,
        }
        for stage in product.stages
        for result in stage.lines
    )
