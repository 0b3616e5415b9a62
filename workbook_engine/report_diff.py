"""What `diff` tells: figures before and after, then each change with what it did; or one JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TextIO

from workbook_engine.terminal import BOLD, DIM, harmless, styled, table, terminal_columns
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import Change, Comparison, Effect, ProductComparison, Stage
    from workbook_engine.texts import Language

KINDS: Final = {"changed": Text("修改", "changed"), "added": Text("新增", "added"), "removed": Text("删除", "removed")}
HEADINGS: Final = (
    Text("产品", "Product"),
    Text("阶段", "Stage"),
    Text("上次 kgCO2e", "Before kgCO2e"),
    Text("本次 kgCO2e", "Now kgCO2e"),
    Text("变化 kgCO2e", "Change kgCO2e"),
)
TOTAL, REST = Text("合计", "Total"), Text("改动之间的交互影响：", "What the changes do to each other: ")
NOTHING: Final = Text("没有改动。", "Nothing was changed.")
UNKNOWN: Final = Text("影响无法单独得出", "its own effect cannot be told")
BLANK: Final = Text("（空）", "(blank)")
NOT_KNOWN: Final = Text(
    "“—”：那一份还得不出结果，原因请用 workbook-engine check 查看那一份。",
    "“—”: that workbook has no result yet; workbook-engine check on it tells why.",
)
STAGES, BETWEEN = Text("（{}）", " ({})"), Text("；", "; ")
GONE: Final = Text("本次不再包含：", "no longer in it: ")


def print_diff(comparison: Comparison, language: Language, stream: TextIO) -> None:
    """Print a comparison."""
    if not comparison.changes:
        print(NOTHING.to(language), file=stream)
        return
    headings = [heading.to(language) for heading in HEADINGS]
    for number, line in enumerate(
        table(headings, _figures(comparison, language), frozenset({2, 3, 4}), terminal_columns())
    ):
        print(styled(line, BOLD, stream) if number == 0 else line, file=stream)
    if not all(_is_known(product) for product in comparison.products):
        print(NOT_KNOWN.to(language), file=stream)
    for name in comparison.only_old:
        print(GONE.to(language) + harmless(name), file=stream)
    print(file=stream)
    for change in comparison.changes:
        _print_change(change, language, stream)
    for product in comparison.products:
        if product.rest and product.rest.total is not None:
            print(f"{REST.to(language)}{product.rest.total:+,.4f} kgCO2e", file=stream)


def _is_known(product: ProductComparison) -> bool:
    figures = (*product.old_stages.values(), *product.new_stages.values(), product.new_kg_co2e)
    return None not in figures and (product.old_kg_co2e is not None or not product.old_stages)


def _figures(comparison: Comparison, language: Language) -> list[list[str]]:
    rows = []
    for product in comparison.products:
        stages = [*dict.fromkeys((*product.old_stages, *product.new_stages))]
        for stage in stages:
            old, new = product.old_stages.get(stage, 0.0), product.new_stages.get(stage, 0.0)
            rows.append(_row(harmless(product.name), stage.title.to(language), old, new))
        rows.append(_row(harmless(product.name), TOTAL.to(language), product.old_kg_co2e, product.new_kg_co2e))
    return rows


def _row(product: str, stage: str, old: float | None, new: float | None) -> list[str]:
    change = "—" if old is None or new is None else f"{new - old:+,.4f}"
    return [product, stage, _number(old), _number(new), change]


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:,.4f}"


def _print_change(change: Change, language: Language, stream: TextIO) -> None:
    subject = f"  {harmless(change.subject)}" if change.subject else ""
    print(f"{KINDS[change.kind].to(language)}  {change.block.to(language)}{subject}", file=stream)
    for cell in change.cells:
        place = f"{cell.where}: " if cell.where else ""
        old, new = (harmless(text) or BLANK.to(language) for text in (cell.old, cell.new))
        print(f"    {place}{cell.field.to(language)}  {old} → {new}", file=stream)
    for effect in change.effects:
        print("    " + styled(_effect(effect, language), DIM, stream), file=stream)


def _effect(effect: Effect, language: Language) -> str:
    if effect.total is None:
        return UNKNOWN.to(language)
    moved = [f"{s.title.to(language)} {v:+,.4f}" for s, v in effect.stages.items() if v]
    stages = STAGES.to(language).format(BETWEEN.to(language).join(moved)) if moved else ""
    return f"{effect.total:+,.4f} kgCO2e{stages}"


# --- JSON -------------------------------------------------------------------------------------------------------------


def diff_document(comparison: Comparison, language: Language) -> dict[str, Any]:
    """Return a comparison as JSON has it: unrounded numbers, null where a figure is not known."""
    return {
        "old": comparison.old_name,
        "method": comparison.method,
        "products": [
            {
                "product": product.name,
                "old_kg_co2e": product.old_kg_co2e,
                "new_kg_co2e": product.new_kg_co2e,
                "old_stages": _stages(product.old_stages),
                "new_stages": _stages(product.new_stages),
                "interaction": _effect_document(product.rest) if product.rest else None,
            }
            for product in comparison.products
        ],
        "products_gone": list(comparison.only_old),
        "changes": [_change_document(change, comparison, language) for change in comparison.changes],
    }


def _change_document(change: Change, comparison: Comparison, language: Language) -> dict[str, Any]:
    names = {product.product: product.name for product in comparison.products}
    return {
        "kind": change.kind,
        "table": change.block.to(language),
        "row": change.subject,
        "cells": [
            {
                "field": cell.field.to(language),
                "sheet": cell.where.sheet if cell.where else None,
                "cell": cell.where.cell if cell.where else None,
                "old": cell.old,
                "new": cell.new,
            }
            for cell in change.cells
        ],
        "with_the_one_above": change.is_joined,
        "effects": [{"product": names[e.product], **_effect_document(e)} for e in change.effects],
    }


def _effect_document(effect: Effect) -> dict[str, Any]:
    return {"kg_co2e": effect.total, "stages": _stages(effect.stages)}


def _stages(stages: Mapping[Stage, float | None]) -> dict[str, float | None]:
    return {stage.value: value for stage, value in stages.items()}
