"""问题清单: what was found in the returned workbook, the gravest first, each leading to its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.findings import Severity, alike, also, by_weight, grouped
from workbook_engine.results.layout import FIRST_ROW, HEADER_ROW
from workbook_engine.results.package import shown
from workbook_engine.results.sheets import (
    Column,
    Table,
    amount_format,
    freeze,
    open_table,
    source_link,
    write_texts,
)
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workbook_engine.findings import Finding
    from workbook_engine.results.job import ResultsJob
    from workbook_engine.results.layout import Layout
    from workbook_engine.results.package import Package, Page

TITLE: Final = Text("问题清单", "Findings")
COUNTS: Final = Text(
    "须更正 {error} 个，请核对 {warning} 个，说明 {note} 个。",
    "Errors: {error}. Warnings: {warning}. Notes: {note}.",
)
NONE: Final = Text("没有发现问题。", "Nothing was found.")


class At:
    """Columns of the sheet."""

    NUMBER = 2
    SEVERITY = 3
    PLACE = 4
    MESSAGE = 5
    REMEDY = 6
    EFFECT = 7
    CODE = 8


COLUMNS: Final = {
    At.NUMBER: Column(Text("序号", "No."), 6),
    At.SEVERITY: Column(Text("类别", "Severity"), 9),
    At.PLACE: Column(Text("位置", "Place"), 20),
    At.MESSAGE: Column(Text("问题", "What"), 58),
    At.REMEDY: Column(Text("处理建议", "What to do"), 52),
    At.EFFECT: Column(Text("影响 kgCO2e", "Effect kgCO2e"), 13),
    At.CODE: Column(Text("代码", "Code"), 24),
}
STYLES: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "centre"}


def write_findings(package: Package, job: ResultsJob, layout: Layout) -> None:
    """Write the sheet; the client's view has none."""
    if job.is_client_view:
        return
    counts = {severity.value: sum(f.severity is severity for f in job.findings) for severity in Severity}
    subtitle = COUNTS.to(layout.language).format(**counts)
    title = (TITLE.to(layout.language), subtitle)
    page = open_table(package, job, layout, "findings", title, Table(COLUMNS, At.PLACE))
    page.landmark("findings", HEADER_ROW, At.NUMBER)
    row = FIRST_ROW
    ordered = by_weight(job.findings, job.sheets or job.book.sheet_names, job.footprint.emissions_of_rows())
    for number, group in enumerate(grouped(ordered, alike), start=1):
        row = FIRST_ROW + number - 1
        _write(page, job, layout, row, number, group)
    if not job.findings:
        page.text(row, At.NUMBER, NONE.to(layout.language), "plain")
    freeze(page, At.PLACE, row if job.findings else 0, At.CODE)


def _write(page: Page, job: ResultsJob, layout: Layout, row: int, number: int, group: Sequence[Finding]) -> None:
    """Write a finding, or several alike on one column with the place of the first."""
    language, finding = layout.language, group[0]
    rows = [each.where.row for each in group if each.where and each.where.row]
    page.number(row, At.NUMBER, number, "centre_number")
    page.text(row, At.SEVERITY, finding.severity.title.to(language), STYLES[finding.severity])
    source_link(page, layout, row, At.PLACE, finding.where)
    said = finding.sentence(language) + also(rows, language)
    write_texts(page, row, [(At.MESSAGE, said), (At.REMEDY, finding.remedy(language))])
    if finding.effect_kg_co2e is None:
        page.blank(row, At.EFFECT)
    else:
        page.number(row, At.EFFECT, finding.effect_kg_co2e, "number", amount_format(job))
    page.text(row, At.CODE, shown(finding.code))
