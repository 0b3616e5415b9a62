"""The results workbook: settle the layout, then write sheet after sheet.

Order: WRITERS below, then the company's own sheets. Every sheet of ours carries
`wbe:results:<sheet>` in A1 of its hidden column A, so that the workbook can be handed in again: only the company's
sheets are read then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workbook_engine.results.allocation_sheet import write_allocation
from workbook_engine.results.choice_sheet import write_choices
from workbook_engine.results.clause_sheet import write_clauses
from workbook_engine.results.cover import write_cover
from workbook_engine.results.declared_sheet import write_declared
from workbook_engine.results.difference_sheet import write_differences
from workbook_engine.results.draws_sheet import write_draws
from workbook_engine.results.factor_sheet import write_factors
from workbook_engine.results.finding_sheet import write_findings
from workbook_engine.results.gas_sheet import write_gases
from workbook_engine.results.hotspots import write_hotspots
from workbook_engine.results.normalization_sheet import write_normalization
from workbook_engine.results.package import CREATED, Package, shown
from workbook_engine.results.plan import plan
from workbook_engine.results.quality_sheet import write_quality
from workbook_engine.results.ratings_sheet import write_ratings
from workbook_engine.results.raw_sheets import write_raw_sheets
from workbook_engine.results.report_sheet import write_report
from workbook_engine.results.scenario_sheet import write_scenarios
from workbook_engine.results.sheets import axis_format, is_tiny
from workbook_engine.results.stage_sheets import write_stages
from workbook_engine.results.summary import write_summary
from workbook_engine.results.trace_sheet import write_trace
from workbook_engine.results.uncertainty_sheet import write_uncertainty
from workbook_engine.results.words import engine_title, product_title
from workbook_engine.spec.known import Known
from workbook_engine.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_engine.results.job import ResultsJob
    from workbook_engine.texts import Language

SUBJECT: Final = Text("产品碳足迹", "Carbon footprint of products")
STREAM_FROM: Final = 5_000  # lines × products from which rows go to disk as they are written
KNOWN_BLOCKS: Final = 2  # for each of them: its line has some five texts that no other has

WRITERS: Final = (
    write_cover,
    write_summary,
    write_report,
    write_hotspots,
    write_scenarios,
    write_uncertainty,
    write_draws,
    write_stages,
    write_normalization,
    write_allocation,
    write_factors,
    write_choices,
    write_gases,
    write_quality,
    write_ratings,
    write_declared,
    write_findings,
    write_differences,
    write_trace,
    write_clauses,
)


def write_results(path: Path, job: ResultsJob, *, language: Language) -> None:
    """Write the results workbook of a study to `path`, which is overwritten.

    Every computed cell holds its formula and the engine's value. Raises WriteError where the disk or the format
    refuses; the file is then not complete (write to a temporary name and rename).
    """
    layout = plan(job, language)
    size = sum(map(len, layout.lines.values()))
    package = Package(
        path,
        job.theme,
        constant_memory=size >= STREAM_FROM,
        known=Known(KNOWN_BLOCKS * size) if size >= STREAM_FROM else None,
        date1904=job.book.date1904,
        is_tiny=is_tiny(job),
        axis_number=axis_format(job),
    )
    package.workbook.set_properties(_properties(job, language))
    for write in WRITERS:
        write(package, job, layout)
    write_raw_sheets(package, job, layout)
    package.close()


def _properties(job: ResultsJob, language: Language) -> dict[str, object]:
    products = "、".join(product_title(product) for product in job.inventory.products)
    return {
        "title": shown(products)[:200],
        "subject": SUBJECT.to(language),
        "author": engine_title(job),
        "company": shown(job.inventory.study.company)[:200],
        "keywords": shown(job.inventory.study.report_no)[:200],
        "comments": f"SHA-256 {job.source_sha256}" if job.source_sha256 else "",
        "created": CREATED.replace(tzinfo=None),
    }
