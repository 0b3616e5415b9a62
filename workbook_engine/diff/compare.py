"""What a correction changed, and what each change did to each stage and to the total.

Each change is made alone in the earlier submission, and the study computed again with the same factor library. The
effects of the changes need not add up: two changes may act on each other (an amount and the output that it is divided
by). What is left over is named as the rest, never spread over the changes.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from workbook_engine.compute import compute_footprint
from workbook_engine.diff.changes import Step, find_steps, grouped, made, taken_back
from workbook_engine.frozen import frozen
from workbook_engine.matching import canonical
from workbook_engine.model import Comparison, Effect, ProductComparison, Stage
from workbook_engine.normalize import build_inventory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook_engine.factors import FactorLibrary
    from workbook_engine.model import Footprint, ProductFootprint, Submission

MOST_STEPS: Final = 150  # computed one by one; beyond that, those of a table together


@frozen
class Side:
    """One of two submissions: what was read, and its result as it is."""

    name: str
    sha256: str
    submission: Submission
    footprint: Footprint


def compare(old: Side, new: Side, library: FactorLibrary) -> Comparison:
    """Compare two submissions of a study."""
    steps = find_steps(old.submission, new.submission)
    before, after = old.footprint, new.footprint
    by_table = len(steps) > MOST_STEPS
    groups = grouped(steps, by_table=by_table)
    method = _method(before, after)
    alone = _Alone(old, new, library, method)
    effects = [alone.effects(group) for group in groups]
    changes = [
        replace(step.change, effects=effect if index == 0 else (), is_joined=index > 0)
        for group, effect in zip(groups, effects, strict=True)
        for index, step in enumerate(group)
    ]
    return Comparison(
        old_name=old.name,
        old_sha256=old.sha256,
        changes=tuple(changes),
        products=tuple(_with_rest(product, effects) for product in _products(before, after)),
        only_old=tuple(_gone(before, after)),
        method=method,
        by_table=by_table,
    )


def _method(before: Footprint, after: Footprint) -> str:
    if any(product.cfp_kg_co2e is not None for product in before.products):
        return "onto-old"
    return "off-new" if any(product.cfp_kg_co2e is not None for product in after.products) else "none"


@frozen
class _Alone:
    """Works out what changes do by themselves to each product of the later submission."""

    old: Side
    new: Side
    library: FactorLibrary
    method: str

    def effects(self, steps: list[Step]) -> tuple[Effect, ...]:
        """Return the effects of these changes, made at once and without the others.

        The side that they are made in has a result, so no finding of its reading blocks; what is wrong with the cells
        that are exchanged comes up again in normalizing.
        """
        if self.method == "onto-old":
            changed = self._footprint(made(self.old.submission, self.new.submission, steps))
            return _effects(self.old.footprint, changed, self.new.footprint)
        if self.method == "off-new":
            changed = self._footprint(taken_back(self.old.submission, self.new.submission, steps))
            return _effects(changed, self.new.footprint, self.new.footprint)
        return ()

    def _footprint(self, submission: Submission) -> Footprint:
        inventory, _ = build_inventory(submission, self.library)
        return compute_footprint(inventory)


# --- products before and after ----------------------------------------------------------------------------------------


def _pairs(before: Footprint, after: Footprint) -> list[tuple[ProductFootprint | None, ProductFootprint]]:
    """Pair products by name and model, what is left by model or name alone, then by their place."""
    left = list(before.products)
    pairs: dict[str, ProductFootprint | None] = {product.product.key: None for product in after.products}
    for title in (_title, _model, _name):
        for product in after.products:
            if pairs[product.product.key] is None and title(product):
                found = next((old for old in left if title(old) == title(product)), None)
                if found is not None:
                    left.remove(found)
                    pairs[product.product.key] = found
    rest = [product for product in after.products if pairs[product.product.key] is None]
    if len(rest) == len(left):
        pairs.update((product.product.key, old) for product, old in zip(rest, left, strict=True))
    return [(pairs[product.product.key], product) for product in after.products]


def _title(product: ProductFootprint) -> str:
    return canonical(f"{product.product.name} {product.product.model}")


def _model(product: ProductFootprint) -> str:
    return canonical(product.product.model)


def _name(product: ProductFootprint) -> str:
    return canonical(product.product.name)


def _effects(one: Footprint, other: Footprint, after: Footprint) -> tuple[Effect, ...]:
    """Return the differences between two footprints, under the products' keys in the later submission."""
    olds, news = dict(_by_key(one, after)), dict(_by_key(other, after))
    effects = []
    for product in after.products:
        key = product.product.key
        old, new = olds[key], news[key]
        total = _difference(old.cfp_kg_co2e if old else None, new.cfp_kg_co2e if new else None)
        effects.append(Effect(key, total, _stage_differences(_stages(old), _stages(new))))
    return tuple(effects)


def _by_key(footprint: Footprint, after: Footprint) -> list[tuple[str, ProductFootprint | None]]:
    return [(product.product.key, found) for found, product in _pairs(footprint, after)]


def _stages(product: ProductFootprint | None) -> dict[Stage, float | None]:
    return {stage.stage: stage.kg_co2e for stage in product.stages} if product else {}


def _stage_differences(
    old: Mapping[Stage, float | None], new: Mapping[Stage, float | None]
) -> dict[Stage, float | None]:
    """Return the difference of each stage; a stage outside one of the boundaries counts 0 there."""
    return {stage: _difference(old.get(stage, 0.0), new.get(stage, 0.0)) for stage in Stage if stage in {*old, *new}}


def _difference(old: float | None, new: float | None) -> float | None:
    return None if old is None or new is None else new - old


def _products(before: Footprint, after: Footprint) -> list[ProductComparison]:
    return [
        ProductComparison(
            product=new.product.key,
            name=f"{new.product.name} {new.product.model}".strip(),
            old_kg_co2e=old.cfp_kg_co2e if old else None,
            new_kg_co2e=new.cfp_kg_co2e,
            old_stages=_stages(old),
            new_stages=_stages(new),
            rest=None,
        )
        for old, new in _pairs(before, after)
    ]


def _gone(before: Footprint, after: Footprint) -> list[str]:
    kept = {old.product.key for old, _ in _pairs(before, after) if old}
    return [
        f"{product.product.name} {product.product.model}".strip()
        for product in before.products
        if product.product.key not in kept
    ]


def _with_rest(product: ProductComparison, effects: Iterable[tuple[Effect, ...]]) -> ProductComparison:
    """Name what the changes do together beyond each alone; not known where one of them is not."""
    own = [effect for group in effects for effect in group if effect.product == product.product]
    if not own:
        return product
    whole = _difference(product.old_kg_co2e, product.new_kg_co2e)
    stages = _stage_differences(product.old_stages, product.new_stages)
    rest = Effect(
        product.product,
        _less(whole, [effect.total for effect in own]),
        {stage: _less(change, [effect.stages.get(stage, 0.0) for effect in own]) for stage, change in stages.items()},
    )
    return replace(product, rest=rest)


def _less(whole: float | None, parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    if whole is None or len(known) < len(parts):
        return None
    return whole - math.fsum(known)
