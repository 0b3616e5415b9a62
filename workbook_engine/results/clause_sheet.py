"""条款对照: what GB/T 24067 and ISO 14067 want in a study, and where this workbook answers it or leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.results.clauses import CLAUSES, Clause
from workbook_engine.results.layout import HEADER_ROW
from workbook_engine.results.package import DASH
from workbook_engine.results.seen import Seen
from workbook_engine.results.sheets import (
    Column,
    Table,
    freeze,
    open_table,
    write_texts,
)
from workbook_engine.results.verdicts import GIVEN, NOT_APPLICABLE, OPEN, PARTLY
from workbook_engine.results.words import capitalised
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("条款对照：标准要求的内容在何处", "Reporting items of the standards, and where they are answered")
HINT: Final = Text(
    "条款号为 ISO 14067:2018，引自二手资料，正式引用前请核对标准原文；GB/T 24067-2024 与之基本一致。",
    "Clauses of ISO 14067:2018, from secondary copies: check before citing. GB/T 24067-2024 follows it in the main.",
)
STYLES: Final = {GIVEN: "good", PARTLY: "warning", OPEN: "error", NOT_APPLICABLE: "centre"}


class At:
    """Columns of the sheet."""

    CLAUSE = 2
    TOPIC = 3
    REQUIREMENT = 4
    STATE = 5
    WHY = 6
    PLACE = 7


COLUMNS: Final = {
    At.CLAUSE: Column(Text("条款", "Clause"), 9),
    At.TOPIC: Column(Text("主题", "Topic"), 22),
    At.REQUIREMENT: Column(Text("要求", "Requirement"), 48),
    At.STATE: Column(Text("状态", "State"), 12),
    At.WHY: Column(Text("本工作簿", "This workbook"), 52),
    At.PLACE: Column(Text("见", "See"), 27),
}


def write_clauses(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet."""
    title = (TITLE.to(layout.language), HINT.to(layout.language))
    page = open_table(package, job, layout, "clauses", title, Table(COLUMNS, At.TOPIC))
    seen = Seen(job)
    for row, clause in enumerate(CLAUSES, start=HEADER_ROW + 1):
        _write(page, seen, layout, row, clause)
    freeze(page, At.TOPIC, HEADER_ROW + len(CLAUSES), At.PLACE)


def _write(page: Page, seen: Seen, layout: Layout, row: int, clause: Clause) -> None:
    language, answer, landmarks = layout.language, clause.answer(seen), page.package.landmarks
    texts = (clause.clause, clause.topic.to(language), clause.requirement.to(language))
    write_texts(page, row, list(zip((At.CLAUSE, At.TOPIC, At.REQUIREMENT), texts, strict=True)))
    page.text(row, At.STATE, capitalised(answer.state.to(language)), STYLES[answer.state])
    page.text(row, At.WHY, capitalised(answer.why.to(language)))
    known = [landmarks[place] for place in (answer.place, *clause.places) if place in landmarks]
    if known:
        sheet, cell = known[0]
        page.link(row, At.PLACE, cell, sheet)
    else:
        page.text(row, At.PLACE, DASH, "centre")
