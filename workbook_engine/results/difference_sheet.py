"""与上次提交的差异: what the company changed since its last submission, and what each change did to each stage.

What a change did is a value: it was worked out by computing the study again with that change alone. The present
figures beside it are formulas; where an input is changed in this workbook, the sheet still tells of the submission.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Final, cast

from workbook_engine.grid import address
from workbook_engine.model import Stage
from workbook_engine.results.columns import SummaryColumns
from workbook_engine.results.package import DASH, shown
from workbook_engine.results.sheets import Column, amount_format, open_sheet, set_widths, source_link, write_header
from workbook_engine.spec.carried import digest
from workbook_engine.spec.schema import MARK_RESULTS
from workbook_engine.texts import Text, joined
from workbook_engine.writing.noted import NotedSheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_engine.model import Change, Comparison, Effect, ProductComparison
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.writing.sheet import SheetWriter

TITLE: Final = Text("与上次提交的差异", "Changes since the last submission")
EARLIER: Final = Text("上次提交：{name}（SHA-256 {digest}）", "Last submission: {name} (SHA-256 {digest})")
METHODS: Final = {
    "onto-old": Text(
        "每处改动的影响：只在上次的数据中作这一处改动，重新计算，与上次结果之差。各处改动相互作用的部分列为“交互影响”。",
        "Effect of a change: the last submission with that change alone, computed again, less the last result. What "
        "changes do to each other stands as “interaction”.",
    ),
    "off-new": Text(
        "上次没有得出结果。每处改动的影响：只把这一处改回上次的填写，重新计算，本次结果与其之差。",
        "The last submission had no result. Effect of a change: the present result less that with this change undone.",
    ),
    "none": Text("两次都没有得出结果，只列出改动。", "Neither has a result: the changes are listed alone."),
}
BY_TABLE: Final = Text(
    "改动很多，同一张表的改动合并计算。", "So many changes that those of a table are taken together."
)
RULES: Final = Text(
    "两次都按现在的程序和因子库计算。", "Both are computed with the present program and factor library."
)
NOTHING: Final = Text("没有改动。", "Nothing was changed.")
TOTAL: Final = Text("合计", "Total")
REST: Final = Text("交互影响", "Interaction")
GONE: Final = Text("本次不再包含的产品：{names}", "Products that are no longer in it: {names}")
JOINED: Final = Text("与上一处合并", "with the one above")
KINDS: Final = {
    "changed": Text("修改", "changed"),
    "added": Text("新增", "added"),
    "removed": Text("删除", "removed"),
}
SIGNED: Final = "+{0};-{0};{0}"
MAX_EFFECTS: Final = 40  # columns; beyond that the totals alone
NOTE_ROW: Final = 3


class At:
    """Columns: of the figures before and after, and of the changes."""

    PRODUCT, STAGE, OLD, NEW, CHANGE = 2, 3, 4, 5, 6
    KIND, BLOCK, SUBJECT, FIELD, BEFORE, AFTER, PLACE, EFFECTS = 2, 3, 4, 5, 6, 7, 8, 9


FIGURES: Final = {
    At.PRODUCT: Column(Text("产品", "Product"), 22),
    At.STAGE: Column(Text("阶段", "Stage"), 18),
    At.OLD: Column(Text("上次 kgCO2e", "Before kgCO2e"), 26),
    At.NEW: Column(Text("本次 kgCO2e", "Now kgCO2e"), 22),
    At.CHANGE: Column(Text("变化 kgCO2e", "Change kgCO2e"), 24),
}
CHANGES: Final = {
    At.KIND: Column(Text("改动", "Change"), 30),
    At.BLOCK: Column(Text("表", "Table"), 18),
    At.SUBJECT: Column(Text("项目", "Row"), 26),
    At.FIELD: Column(Text("填写项", "Cell"), 18),
    At.BEFORE: Column(Text("上次填写", "Before"), 22),
    At.AFTER: Column(Text("本次填写", "Now"), 26),
    At.PLACE: Column(Text("位置", "Place"), 18),
}


def write_differences(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet, where there is an earlier submission."""
    if job.comparison is not None:
        _Writer(package, job, layout, job.comparison).write()


class _Writer:
    def __init__(self, package: Package, job: ResultsJob, layout: Layout, comparison: Comparison) -> None:
        self.job, self.layout, self.comparison = job, layout, comparison
        self.language = layout.language
        self.before = EARLIER.to(self.language).format(name=comparison.old_name, digest=comparison.old_sha256[:12])
        self.page: Page = open_sheet(package, job, layout, "differences", TITLE, self.before)
        self.amounts = amount_format(job)
        self.signed = SIGNED.format(self.amounts)
        self.effects = self._effect_columns()

    def write(self) -> None:
        """Write note, figures, changes; keep digests, since nobody can work them out from this workbook again."""
        sheet = self.page.sheet
        noted = NotedSheet(sheet)
        noted.contents |= {(1, At.PRODUCT): TITLE.to(self.language), (2, At.PRODUCT): self.before}  # written already
        self.page.sheet = cast("SheetWriter", noted)  # it does whatever the other does
        self._write()
        self.page.sheet = sheet
        digests = {place: digest(content) for place, content in noted.contents.items()}
        digests |= {place: digest(formula, is_formula=True) for place, formula in noted.formulas.items()}
        kept = self.page.package.digests
        kept.sheet(MARK_RESULTS + "differences", most=len(digests))
        for row, cells in itertools.groupby(sorted(digests), key=lambda place: place[0]):
            kept.row(row, {column: digests[row, column] for _, column in cells})

    def _write(self) -> None:
        texts = [METHODS[self.comparison.method], RULES, *([BY_TABLE] if self.comparison.by_table else [])]
        between = "" if self.language == "zh" else " "
        self.page.text(NOTE_ROW, At.PRODUCT, between.join(text.to(self.language) for text in texts), "note")
        effects = {
            column: Column(self._effect_title(product, stage), 14) for (product, stage), column in self.effects.items()
        }
        columns = {**CHANGES, **effects}
        glued = columns.keys() - {At.PLACE}  # before stays beside now; a second page tells by the place whose effects
        set_widths(self.page, columns, self.language, kept=At.KIND - 1, glued=glued)
        self.page.sheet.freeze_panes(NOTE_ROW, 0)
        row = self._figures(NOTE_ROW + 2)
        if self.comparison.only_old:
            names = joined(map(shown, self.comparison.only_old)).to(self.language)
            self.page.text(row, At.PRODUCT, GONE.to(self.language).format(names=names), "plain")
            row += 1
        self._changes(row + 1, effects)

    # --- figures before and after ---

    def _figures(self, row: int) -> int:
        write_header(self.page, FIGURES, self.language, row)
        for product in self.comparison.products:
            for index, stage in enumerate((*self._stages(product), None)):
                row += 1
                self._figure(row, product, stage, shown(product.name) if index == 0 else "")
        return row + 1

    def _figure(self, row: int, product: ProductComparison, stage: Stage | None, name: str) -> None:
        total = stage is None
        style = "total_number" if total else "number"
        old = product.old_kg_co2e if stage is None else product.old_stages.get(stage, 0.0)
        new = product.new_kg_co2e if stage is None else product.new_stages.get(stage, 0.0)
        title = TOTAL if stage is None else stage.title
        self.page.text(row, At.PRODUCT, name, "total" if total else "text")
        self.page.text(row, At.STAGE, title.to(self.language), "total" if total else "text")
        self._value(row, At.OLD, old, style, self.amounts)
        present = self._present(product, stage)
        if present:
            self.page.figure(row, At.NEW, present, new, style, self.amounts)
        else:  # a stage that is no longer inside the boundary
            self._value(row, At.NEW, new, style, self.amounts)
        formula = f"{address(row, At.NEW)}-{address(row, At.OLD)}"
        change = None if old is None or new is None else new - old
        self.page.figure(row, At.CHANGE, formula, change, style, self.signed)

    def _present(self, product: ProductComparison, stage: Stage | None) -> str:
        """Return the reference to a present figure on the summary, "" where it has none."""
        block = self.layout.summary.get(product.product)
        if block is None:
            return ""
        row = block.total if stage is None else block.stages.get(stage)
        return self.layout.at("summary", row, SummaryColumns.EMISSION) if row else ""

    @staticmethod
    def _stages(product: ProductComparison) -> list[Stage]:
        return [stage for stage in Stage if stage in product.old_stages or stage in product.new_stages]

    # --- the changes ---

    def _effect_columns(self) -> dict[tuple[str, Stage | None], int]:
        """Return the columns of effects: of each product the total, and the stages that some change moves."""
        wanted: list[tuple[str, Stage | None]] = []
        for product in self.comparison.products:
            wanted.append((product.product, None))
            wanted += [(product.product, stage) for stage in Stage if self._is_moved(product.product, stage)]
        if len(wanted) > MAX_EFFECTS:
            wanted = [(product, stage) for product, stage in wanted if stage is None]
        if self.comparison.method == "none":
            wanted = []
        return {key: At.EFFECTS + index for index, key in enumerate(wanted)}

    def _is_moved(self, product: str, stage: Stage) -> bool:
        effects = [e for change in self.comparison.changes for e in change.effects if e.product == product]
        return any(effect.stages.get(stage, 0.0) != 0.0 for effect in effects)  # None, not known, is a move, too

    def _effect_title(self, product: str, stage: Stage | None) -> Text:
        title = TOTAL if stage is None else stage.title
        name = next(p.name for p in self.comparison.products if p.product == product)
        several = len(self.comparison.products) > 1
        return Text(*(f"{shown(name)} {word}" if several else f"Δ {word}" for word in title))

    def _changes(self, row: int, effects: Mapping[int, Column]) -> None:
        write_header(self.page, {**CHANGES, **effects}, self.language, row)
        if not self.comparison.changes:
            self.page.text(row + 1, At.KIND, NOTHING.to(self.language), "plain")
            return
        first = row + 1
        for change in self.comparison.changes:
            row = self._change(row, change)
        if self.effects:
            self._rest(row + 1)
            self._sum(row + 2, first)

    def _change(self, row: int, change: Change) -> int:
        """Write a change, a line for each cell; its effect stands in the first. Return its last row."""
        for index, cell in enumerate(change.cells):
            row += 1
            kind = KINDS[change.kind].to(self.language) if index == 0 else ""
            self.page.text(row, At.KIND, kind, "centre")
            self.page.text(row, At.BLOCK, change.block.to(self.language) if index == 0 else "")
            self.page.text(row, At.SUBJECT, shown(change.subject) if index == 0 else "")
            self.page.text(row, At.FIELD, cell.field.to(self.language))
            self.page.text(row, At.BEFORE, shown(cell.old))
            self.page.text(row, At.AFTER, shown(cell.new))
            if change.kind == "removed":  # its cell is not in this workbook
                self.page.text(row, At.PLACE, shown(str(cell.where)) if cell.where else "")
            else:
                source_link(self.page, self.layout, row, At.PLACE, cell.where)
            self._effects(row, change, is_first=index == 0)
        return row

    def _effects(self, row: int, change: Change, *, is_first: bool) -> None:
        by_product = {effect.product: effect for effect in change.effects}
        for (product, stage), column in self.effects.items():
            effect = by_product.get(product)
            if not is_first:
                self.page.blank(row, column)
            elif effect is None:
                self.page.text(row, column, JOINED.to(self.language), "centre")
            else:
                self._value(row, column, _of(effect, stage), "number", self.signed)

    def _rest(self, row: int) -> None:
        self._label(row, REST, "band")
        rests = {product.product: product.rest for product in self.comparison.products}
        for (product, stage), column in self.effects.items():
            rest = rests[product]
            self._value(row, column, _of(rest, stage) if rest else None, "band_number", self.signed)

    def _sum(self, row: int, first: int) -> None:
        """Sum the effects and the rest: what the total changed by."""
        self._label(row, TOTAL, "total")
        for (product, stage), column in self.effects.items():
            change = self._change_of(product, stage)
            formula = f"SUM({address(first, column)}:{address(row - 1, column)})"
            self.page.figure(row, column, formula, change, "total_number", self.signed)

    def _change_of(self, product: str, stage: Stage | None) -> float | None:
        """Return what effects and rest add up to; None where one of them is not known."""
        compared = next(p for p in self.comparison.products if p.product == product)
        effects = [e for change in self.comparison.changes for e in change.effects if e.product == product]
        parts = [_of(effect, stage) for effect in (*effects, *([compared.rest] if compared.rest else []))]
        known = [part for part in parts if part is not None]
        return math.fsum(known) if len(known) == len(parts) else None

    def _label(self, row: int, text: Text, style: str) -> None:
        """Name a row at its beginning and, as a second page may begin there, beside its figures."""
        for column in range(At.KIND, At.EFFECTS):
            self.page.text(row, column, text.to(self.language) if column in {At.KIND, At.PLACE} else "", style)

    def _value(self, row: int, column: int, value: float | None, style: str, number: str) -> None:
        if value is None:
            self.page.text(row, column, DASH, "dash" if style == "number" else f"{style}_dash")
        else:
            self.page.number(row, column, value, style, number)


def _of(effect: Effect, stage: Stage | None) -> float | None:
    return effect.total if stage is None else effect.stages.get(stage, 0.0)
