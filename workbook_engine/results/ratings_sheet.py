"""数据质量评分: each amount and factor on five dimensions, 1 (best) to 5, and the variance that follows.

σ² of a figure's logarithm = basic + what each score adds (the table below); a typed ± % at 95 % takes its place:
σ² = (ln(1 + p) / 1.96)², or what another typed distribution gives. A score that the consultant typed is
read from its cell.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from workbook_engine.grid import address
from workbook_engine.model import Dimension, Distribution
from workbook_engine.results.columns import RatingColumns as At
from workbook_engine.results.columns import TraceColumns
from workbook_engine.results.layout import HEADER_ROW
from workbook_engine.results.package import called, shown
from workbook_engine.results.paging import Block, Headed, paginate, table
from workbook_engine.results.raw import literal
from workbook_engine.results.sheets import (
    HEIGHT_ABOVE,
    Column,
    fixed,
    open_sheet,
    set_widths,
    write_band,
    write_header,
    write_texts,
)
from workbook_engine.results.study import counted_results
from workbook_engine.results.words import (
    LISTED,
    SEMICOLON,
    bracketed,
    capitalised,
    choice_title,
    source_title,
    tier_title,
)
from workbook_engine.spec.collection import COLLECTION
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.model import ActivityLine, Assessment, Pedigree, Spread
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page
    from workbook_engine.texts import Language

TITLE: Final = Text("数据质量评分（1 最好，5 最差）", "Data quality scores (1 best, 5 worst)")
HINT: Final = Text(
    "谱系矩阵：Weidema 与 Wesnæs 1996；方差：ecoinvent v3 数据质量指南第 10 章。浅黄底色的可改，结果随之更新。",
    "Pedigree matrix: Weidema and Wesnæs 1996; variances: ecoinvent v3 data quality guideline, ch. 10. Light yellow "
    "cells can be changed; the results follow.",
)
VARIANCES: Final = Text("评分对应的方差", "Variance that each score adds")
FACTORS: Final = Text("因子", "Factors")
SCALE: Final = Text("评分的含义", "What the scores mean")
VARIANCE_FORMAT: Final = "0.0000##"
UNKNOWN: Final = Text(
    "红底：没有依据，按最差的 5 计；补充说明或直接改为评定的分数。",
    "Red: nothing is known, so the worst score stands; say what is known, or type a score.",
)
IS: Final = Text(" ", ": ")  # "5: 15 years or more"
STATED: Final = Text("所填 ±{percent:g} %（95 %）", "stated ±{percent:g} % (95 %)")
SCORES: Final = 5
DISTRIBUTIONS: Final = COLLECTION.table("production").field("distribution").choices
PERCENT_FORMULAS: Final = {
    Distribution.LOGNORMAL: "(LN(1+{p})/1.96)^2",
    Distribution.NORMAL: "LN(1+({p}/1.96)^2)",
    Distribution.TRIANGULAR: "LN(1+({p})^2/6)",
    Distribution.UNIFORM: "LN(1+({p})^2/3)",
}
LIMIT_FORMULAS: Final = {
    Distribution.TRIANGULAR: "LN(1+({l}^2+{m}^2+{h}^2-{l}*{m}-{l}*{h}-{h}*{m})/18/{m}^2)",
    Distribution.UNIFORM: "LN(1+({h}-{l})^2/12/{m}^2)",
}
UNKNOWN_ROW: Final = HEADER_ROW - 1

COLUMNS: Final = {
    At.ID: Column(Text("数据行 / 因子编号", "Line / factor id"), 21),
    At.NAME: Column(Text("项目 / 因子名称", "Item / factor name"), 24),
    At.SOURCE: Column(Text("数据来源\n/ 可信度", "Data source / tier"), 14),
    **{At.FIRST_SCORE + index: Column(dimension.title, 9) for index, dimension in enumerate(Dimension)},
    At.BASIC: Column(Text("基本方差", "Basic variance"), 10),
    At.VARIANCE: Column(Text("方差 σ²", "Variance σ²"), 11),
    At.REASON: Column(Text("依据", "Grounds"), 60),
}


def write_ratings(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet; nothing where the study was not assessed."""
    assessment = job.assessment
    if assessment is None:
        return
    page = open_sheet(package, job, layout, "ratings", TITLE, HINT.to(layout.language))
    set_widths(page, COLUMNS, layout.language)
    page.text(UNKNOWN_ROW, At.ID, UNKNOWN.to(layout.language), "subtitle_above")
    page.sheet.row(UNKNOWN_ROW, height=HEIGHT_ABOVE)
    write_header(page, COLUMNS, layout.language)
    page.sheet.freeze_panes(HEADER_ROW, At.NAME)
    writer = _Ratings(page, job, layout, assessment)
    writer.lines()
    writer.factors()
    writer.variances()
    lines, factors, scale = layout.rated_lines.values(), layout.rated_factors.values(), layout.variance_row
    blocks = [table(min(lines), min(lines), max(lines))] if lines else []
    if factors:
        blocks.append(table(min(factors) - 1, min(factors), max(factors)))
    blocks.append(Block(scale, scale + len(Dimension)))
    paginate(page, blocks, (At.ID, At.REASON), Headed(HEADER_ROW, scale - 2))


class _Ratings:
    """Writes lines and factors under the same headings, then what each score adds."""

    def __init__(self, page: Page, job: ResultsJob, layout: Layout, assessment: Assessment) -> None:
        self.page = page
        self.job = job
        self.layout = layout
        self.language = layout.language
        self.assessment = assessment
        rows = range(layout.variance_row + 1, layout.variance_row + 1 + len(Dimension))
        ends = (At.FIRST_SCORE, At.FIRST_SCORE + SCORES - 1)
        self.added = [":".join(fixed(address(row, column)) for column in ends) for row in rows]  # what each score adds

    def lines(self) -> None:
        lines = {result.line.id: result.line for _, result in counted_results(self.job)}
        for key, row in self.layout.rated_lines.items():
            self._line(row, lines[key])

    def _line(self, row: int, line: ActivityLine) -> None:
        page, pedigree = self.page, self.assessment.amounts[line.id]
        target = self.layout.at("trace", self.layout.first_rows[line.id], TraceColumns.ID)
        page.link(row, At.ID, target, line.id)
        write_texts(page, row, [(At.NAME, called(line.item)), (At.SOURCE, source_title(line, self.language))])
        self._scores(row, pedigree)
        spread = line.stated_spread
        if pedigree.is_stated and spread:
            formula = self._spread_formula(line, spread)
            self.page.formula(row, At.VARIANCE, formula, pedigree.variance, "number", VARIANCE_FORMAT)
            self.page.text(row, At.REASON, capitalised(self._spread_words(spread)))
        else:
            self._variance(row, pedigree)

    def _spread_formula(self, line: ActivityLine, spread: Spread) -> str:
        """Return the variance of a typed spread, read from its cells (see compute/pedigree.py)."""
        cells = (self.layout.raw.live(q.where, q.value) or literal(q.value) for q in spread.quantities())
        if spread.percent:
            return PERCENT_FORMULAS[spread.distribution].format(p=f"{next(cells)}/100")
        mode = self.layout.at("normalization", self.layout.first_rows[line.id], self.layout.columns.AMOUNT)
        low, high = cells
        return LIMIT_FORMULAS[spread.distribution].format(l=low, h=high, m=mode)

    def _spread_words(self, spread: Spread) -> str:
        if spread.distribution is Distribution.LOGNORMAL and spread.percent:
            return STATED.to(self.language).format(percent=spread.percent.value)
        title = choice_title(DISTRIBUTIONS, spread.distribution.value, self.language)
        if spread.percent:
            return f"{title} ±{spread.percent.value:g} %"
        return f"{title} " + " – ".join(f"{quantity.value:.12g}" for quantity in spread.quantities())

    def _stated(self, row: int, percent: float, pedigree: Pedigree) -> None:
        formula = PERCENT_FORMULAS[Distribution.LOGNORMAL].format(p=f"{literal(percent)}/100")
        self.page.formula(row, At.VARIANCE, formula, pedigree.variance, "number", VARIANCE_FORMAT)
        self.page.text(row, At.REASON, capitalised(STATED.to(self.language).format(percent=percent)))

    def factors(self) -> None:
        rows = self.layout.rated_factors
        if not rows:
            return
        band = min(rows.values()) - 1
        write_band(self.page, band, FACTORS.to(self.language), (At.ID, At.REASON))
        for factor in self.job.factors:
            row = rows.get(factor.id)
            if row:
                texts = (factor.id, factor.name.to(self.language), tier_title(factor, self.language))
                write_texts(self.page, row, list(zip((At.ID, At.NAME, At.SOURCE), texts, strict=True)))
                pedigree = self.assessment.factors[factor.id]
                self._scores(row, pedigree)
                if pedigree.is_stated and factor.spread_percent is not None:
                    self._stated(row, factor.spread_percent, pedigree)
                else:
                    self._variance(row, pedigree)

    def _scores(self, row: int, pedigree: Pedigree) -> None:
        for index, dimension in enumerate(Dimension):
            rating = pedigree.ratings[dimension]
            formula = self.layout.raw.live(rating.where, float(rating.score))
            if formula:
                self.page.formula(row, At.FIRST_SCORE + index, formula, rating.score, "centre_number", "0")
            else:
                style = "error" if rating.is_unknown else "input_centre"
                self.page.number(row, At.FIRST_SCORE + index, rating.score, style, "0")
        self.page.number(row, At.BASIC, pedigree.basic, "input", VARIANCE_FORMAT)

    def _variance(self, row: int, pedigree: Pedigree) -> None:
        formula = address(row, At.BASIC)
        for index, added in enumerate(self.added):
            formula += f"+INDEX({added},1,{address(row, At.FIRST_SCORE + index)})"
        self.page.formula(row, At.VARIANCE, formula, pedigree.variance, "number", VARIANCE_FORMAT)
        reasons = tuple([pedigree.ratings[dimension].reason for dimension in Dimension])
        self.page.text(row, At.REASON, capitalised(shown(_grounds(reasons, self.language))))

    def variances(self) -> None:
        """Write for each dimension what each score adds and, beside it, what the scores mean."""
        page, row = self.page, self.layout.variance_row
        page.across(row, (At.ID, At.SOURCE), VARIANCES.to(self.language), "header")
        for score in range(1, SCORES + 1):
            page.text(row, At.FIRST_SCORE + score - 1, str(score), "header")
        page.across(row, (At.BASIC, At.REASON), SCALE.to(self.language), "header")
        semicolon, colon = SEMICOLON.to(self.language), IS.to(self.language)
        for offset, dimension in enumerate(Dimension, start=1):
            page.across(row + offset, (At.ID, At.SOURCE), dimension.title.to(self.language))
            added = self.assessment.variances.get(dimension, (0.0,) * SCORES)
            for index, variance in enumerate(added):
                page.number(row + offset, At.FIRST_SCORE + index, variance, "input", VARIANCE_FORMAT)
            meanings = enumerate(self.assessment.scale.get(dimension, ()), start=1)
            words = semicolon.join(f"{score}{colon}{meaning.to(self.language)}" for score, meaning in meanings)
            page.across(row + offset, (At.BASIC, At.REASON), words)


@functools.lru_cache(maxsize=256)  # most lines are rated on the same grounds
def _grounds(reasons: tuple[Text, ...], language: Language) -> str:
    """Return the grounds, each with the dimensions that it decides; `reasons` are in the order of these."""
    grounds: dict[str, list[str]] = {}
    for dimension, reason in zip(Dimension, reasons, strict=True):
        grounds.setdefault(reason.to(language), []).append(dimension.title.to(language))
    listed = LISTED.to(language)
    return SEMICOLON.to(language).join(
        reason + bracketed(listed.join(dimensions), language) for reason, dimensions in grounds.items()
    )
