"""Comparison of two submissions of a study: what changed, and what each change did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_engine.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.findings import CellRef
    from workbook_engine.model.stages import Stage
    from workbook_engine.texts import Text


@frozen
class CellChange:
    """One cell that differs between two submissions, as typed; "" where it is blank or was not there."""

    field: Text
    old: str
    new: str
    where: CellRef | None  # in the later submission; in the earlier one where the row is gone


@frozen
class Effect:
    """What a change does to one product, kgCO2e per unit: later less earlier. None where one of them is not known."""

    product: str  # Product.key in the later submission
    total: float | None
    stages: Mapping[Stage, float | None]


@frozen
class Change:
    """A field or a row that differs. A row is one change: a unit and its amount mean nothing apart.

    `effects` are those of this change alone, or of it and the changes that follow with `is_joined`, which mean nothing
    without it (a product's new name, wherever it stands); empty where they were not worked out.
    """

    kind: str  # changed, added, removed
    block: Text  # the form's or table's title
    subject: str  # what the row is about, "" for a field
    cells: tuple[CellChange, ...]
    effects: tuple[Effect, ...] = ()
    is_joined: bool = False


@frozen
class ProductComparison:
    """One product before and after. `rest` is what all changes together do beyond the sum of each alone."""

    product: str  # Product.key in the later submission
    name: str
    old_kg_co2e: float | None
    new_kg_co2e: float | None
    old_stages: Mapping[Stage, float | None]
    new_stages: Mapping[Stage, float | None]
    rest: Effect | None


@frozen
class Comparison:
    """What a later submission of a study changed, and what each change did.

    `method`: "onto-old", each change made alone in the earlier submission; "off-new", each taken back alone in the
    later one, because the earlier had no result; "none" where neither had. Both are computed with the same factor
    library. `by_table` says that there were so many changes that those of a table were taken together.
    """

    old_name: str
    old_sha256: str
    changes: tuple[Change, ...]
    products: tuple[ProductComparison, ...]
    only_old: tuple[str, ...]  # names of products that the later one no longer has
    method: str
    by_table: bool = False
