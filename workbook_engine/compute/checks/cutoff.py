"""The cut-off criteria: what is small among what is counted, and what was left out, against the limits.

By convention in these studies a flow under 1 % of the whole may be left out, all of them together at most 5 % (both can
be set). Nothing that has data is left out by the engine: the criteria justify what a study has no data for, and their
effect is assessed (ISO 14067:2018, 6.3.4.3).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from workbook_engine import catalogue
from workbook_engine.compute.checks.wording import LISTED, listed, named, percent
from workbook_engine.findings import Finding
from workbook_engine.frozen import frozen
from workbook_engine.model.columns import in_columns
from workbook_engine.model.omitted import omitted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook_engine.model import Footprint, Inventory, LineResult, Omission, ProductFootprint


@frozen
class CutOff:
    """The criteria on one product. `small` are the lines under the limit, smallest first; shares are of the whole.

    `omitted` holds each omission that concerns the product with its estimated share, None where there is no estimate.
    """

    small: Sequence[LineResult]
    small_share: float
    omitted: tuple[tuple[Omission, float | None], ...]
    omitted_share: float


def cut_off(inventory: Inventory, product: ProductFootprint) -> CutOff | None:
    """Return the criteria on a product, None where it has no total."""
    if not product.cfp_kg_co2e:
        return None
    limit = inventory.settings.cutoff_flow
    lines = product.lines
    sizes = {place: abs(r.share) for place, r in enumerate(lines) if r.share is not None and abs(r.share) < limit}
    small = in_columns(lines[place] for place in sorted(sizes, key=sizes.__getitem__))
    left_out = omitted(inventory, product)
    return CutOff(
        small=small,
        small_share=math.fsum(result.share or 0.0 for result in small),
        omitted=left_out,
        omitted_share=math.fsum(share for _, share in left_out if share is not None),
    )


def check_cutoff(inventory: Inventory, footprint: Footprint) -> Iterator[Finding]:
    """Yield what the criteria say of every product, and exclusions that nobody estimated."""
    for product in footprint.products:
        criteria = cut_off(inventory, product)
        if criteria is not None:
            yield from _small(inventory, product, criteria)
            yield from _omitted(inventory, product, criteria)
    estimated = {omission.stage for omission in inventory.omissions}
    for stage in inventory.stages:
        boundary = inventory.boundary[stage]
        if boundary.excludes and stage not in estimated and None not in estimated:
            params = {"stage": stage.title, "typed": boundary.excludes}
            yield Finding(catalogue.EXCLUSION_NOT_ESTIMATED, boundary.where, params)


def _small(inventory: Inventory, product: ProductFootprint, criteria: CutOff) -> Iterator[Finding]:
    if not criteria.small:
        return
    largest = criteria.small[: -LISTED - 1 : -1]
    params = {
        "product": product.product.name,
        "count": len(criteria.small),
        "limit": percent(inventory.settings.cutoff_flow),
        "share": percent(criteria.small_share),
        "lines": listed((named(result.line) for result in largest), of=len(criteria.small)),
    }
    effect = math.fsum(result.kg_co2e or 0.0 for result in criteria.small)
    yield Finding(catalogue.CUTOFF_UNDER, product.product.where, params, effect)


def _omitted(inventory: Inventory, product: ProductFootprint, criteria: CutOff) -> Iterator[Finding]:
    limit, limit_total = inventory.settings.cutoff_flow, inventory.settings.cutoff_total
    name, total = product.product.name, product.cfp_kg_co2e or 0.0
    for omission, share in criteria.omitted:
        if share is None:
            yield Finding(catalogue.OMISSION_NOT_ESTIMATED, omission.where, {"item": omission.item})
        elif share > limit:
            params = {"item": omission.item, "product": name, "share": percent(share), "limit": percent(limit)}
            effect = omission.kg_co2e.value if omission.kg_co2e else share * total
            yield Finding(catalogue.OMISSION_OVER, omission.where, params, effect)
    if criteria.omitted_share > limit_total:
        params = {"product": name, "share": percent(criteria.omitted_share), "limit": percent(limit_total)}
        where = criteria.omitted[0][0].where
        yield Finding(catalogue.OMISSIONS_OVER_TOTAL, where, params, criteria.omitted_share * total)
